"""Judgements: one observation or event held against one measure. Never the word violation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

from observance.model.canonical import content_id
from observance.model.codec import to_plain
from observance.model.identifiers import MeasureId

__all__ = ["Judgement", "Outcome", "Reason", "Verdict"]

Verdict = Literal["engaged", "indicator", "prospective", "possibly_exempt", "none", "not_determined"]
Outcome = Literal["held", "failed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One condition of a record and how it came out.

    Attributes:
        condition: time, act, item, direction, flag, actor, trigger, cap, notice, approval, exemption, modality.
        outcome: held, failed or unknown.
        field: field of the observation that decided.
        found: its value.
        expected: what the record asks for.
        text: one sentence for a reader.
    """

    condition: str
    outcome: Outcome
    field: str = ""
    found: str = ""
    expected: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with its reasons.

    Attributes:
        id: `jdg-` and a hash of everything below.
        subject: id of the observation or event judged.
        measure: the paragraph.
        verdict: one of the six of the vocabulary.
        role: conduct (what someone did) or response (what others owe).
        reasons: every condition that decided.
        exemption: id of an exemption that could cover it or makes it `none`.
        question: what to ask, where the answer would settle it.
        missing: the fact that is missing.
        dispute: one sentence where the validity of the measure is disputed.
        law_day: day of the law applied, EDTF.
        pack: id and version of the regime pack.
        unsigned: True while no person has compared the record with the resolution.
        content_confidence, paragraph_confidence: grades of the record.
    """

    id: str = ""
    subject: str
    measure: MeasureId
    verdict: Verdict
    role: Literal["conduct", "response"] = "conduct"
    reasons: tuple[Reason, ...] = ()
    exemption: str | None = None
    question: str | None = None
    missing: str | None = None
    dispute: str | None = None
    law_day: str | None = None
    pack: str = ""
    unsigned: bool = True
    content_confidence: str = ""
    paragraph_confidence: str = ""

    def sealed(self) -> Self:
        """The same judgement with its id: the hash of its content."""
        plain = to_plain(replace(self, id=""))
        plain.pop("id", None)
        return replace(self, id=content_id("jdg", plain))
