"""A finding in the making: what a rule hands over, before ids, versions and review are added."""

from __future__ import annotations

from dataclasses import dataclass

from observance.model import Event, FindingVersion

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rule makes.

    Attributes:
        key: what it is about, as words that survive new evidence: family, sides, identities, or the body of a record.
        event: the happening.
        version: the content, numbered 1.
    """

    key: str
    event: Event
    version: FindingVersion
