"""The facts that the law is held against: one record for incidents, cases of a pack and observations.

What is not told is None and stays unknown; it is never taken for no. Terms are those of the vocabulary.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from observance.measures.days import Days

__all__ = ["Amount", "Facts", "Party", "Thing"]


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part: role, type, State and flag on the day (ISO 3166 alpha-3); None is unknown."""

    name: str
    role: str
    type: str | None = None
    state: str | None = None
    flag: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What moves. `term` None: the vocabulary has no term, `text` and `hs` still say what it was."""

    term: str | None
    text: str = ""
    hs: tuple[str, ...] = ()
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that moved, in its unit as reported; `low` and `high` are the same without a range."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one incident, case or observation tells.

    Attributes:
        id: of the record.
        event_type: what is told.
        acts: acts told; empty where only the type of the event tells the act.
        things: items; empty where none is told.
        hs: customs codes that stand with no single item.
        direction: from_target, to_target, both or none, as told; None where the parties must tell.
        seen_from: State from which a told direction is seen; None: the target of whatever pack judges.
        inferred: the direction does not stand in the cited words and follows from elsewhere.
        days: when it happened; None where it is not told.
        told_on: day on which it was told or published: the law day of what is not dated.
        modality: how far from fact.
        parties, amounts: with roles and units.
        conditions: facts on which triggers, exemptions and ceilings turn.
        duties: acts of others that the roles tell ("seizing state"), beside `acts`.
        caveats: terms that are not in the vocabulary and were left out.
    """

    id: str
    event_type: str | None = None
    acts: tuple[str, ...] = ()
    things: tuple[Thing, ...] = ()
    hs: tuple[str, ...] = ()
    direction: str | None = None
    seen_from: str | None = None
    inferred: bool = False
    days: Days | None = None
    told_on: date | None = None
    modality: str = "asserted"
    parties: tuple[Party, ...] = ()
    amounts: tuple[Amount, ...] = ()
    conditions: dict[str, Any] = field(default_factory=dict)
    duties: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
