"""Decisions: what a person decided. They bind to citation and kind, so that they survive a better reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from observance.model.canonical import content_id
from observance.model.citation import Citation
from observance.model.codec import to_plain

__all__ = ["Decision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision.

    Attributes:
        id: `dec-` and a hash of everything below.
        kind: claim_accepted, claim_rejected, claim_corrected, match_true, match_false, match_unsure,
            delisting_confirmed, watch, join_events, part_events, join_origins, part_origins, measure_signed,
            status, reply, dissent, correction, recommendation, withdrawn.
        subject: key of what was decided: a finding id, an entity or list reference, an event, a measure.
        citations: the passages or rows it binds to.
        about: kind of the record (event type, list and reference) so that it binds to more than a place.
        by: name of the person.
        at: UTC time.
        reason: in the person's words.
        values: (name, value) pairs of what was decided, for example corrected fields.
    """

    id: str = ""
    kind: str
    subject: str
    citations: tuple[Citation, ...] = ()
    about: str = ""
    by: str
    at: datetime
    reason: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def sealed(self) -> Self:
        """The same decision with its id: the hash of its content."""
        plain = to_plain(replace(self, id=""))
        plain.pop("id", None)
        return replace(self, id=content_id("dec", plain))
