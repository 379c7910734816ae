"""The records of a pack: measures, exemptions, mandate, lists, sources and cases.

Field by field as in docs/packs.md and `regimes/schema.json`. They are read with pydantic over these dataclasses, so
that all faults of a file are told at once; the links between records are checked in `observance.packs.check`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from observance.packs.conditions import Condition

__all__ = [
    "Cap",
    "Case",
    "Exemption",
    "Expectation",
    "FlagCondition",
    "HsRow",
    "ListKind",
    "ListSource",
    "Mandate",
    "Measure",
    "Period",
    "Permission",
    "Reporting",
    "Source",
    "SourceRef",
    "WindDown",
]

STRICT = ConfigDict(extra="forbid")

Kind = Literal["prohibition", "cap", "obligation", "response", "exemption", "reporting", "institution"]
Way = Literal["from_target", "to_target", "both", "none"]
Text = Annotated[str, Field(strict=True)]
# Another name for the type, where a field of a record is itself called `date`.
Day = date


@dataclass(frozen=True, slots=True, kw_only=True)
class HsRow:
    """Customs codes that stand for an item, and whose list it is; only `resolution_text` decides by itself."""

    __pydantic_config__ = STRICT
    item: str
    codes: tuple[Text, ...]
    basis: Literal["resolution_text", "eu_annex", "other_law", "proxy"]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagCondition:
    """Flags that must be present: on one of `ships` ships. `fact` answers where the flags themselves are not told."""

    __pydantic_config__ = STRICT
    states: tuple[str, ...]
    applies_to: str
    ships: Literal[1, 2] = 1
    fact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A value in a unit."""

    __pydantic_config__ = STRICT
    value: float
    unit: Literal["barrel", "tonne", "USD", "person"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A ceiling: value and unit in a period, for whom, from and to; `alternative` is the same in another unit.

    `value` None is a level known only by reference. `rule` lower_of: whichever unit is reached first.
    """

    __pydantic_config__ = STRICT
    item: str
    value: float | None
    unit: Literal["barrel", "tonne", "USD", "person"]
    period: str
    scope: Literal["all_states_together", "each_state"]
    applies_from: date
    applies_to: date | None
    alternative: Amount | None = None
    rule: str | None = None
    basis: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Conditions beside a ceiling: below it and with every need met the act is lawful, by `exemption` where named."""

    __pydantic_config__ = STRICT
    exemption: str | None
    items: tuple[str, ...]
    needs: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One spell of validity; `to` is the first day on which it no longer holds."""

    __pydantic_config__ = STRICT
    from_: Annotated[date, Field(alias="from")]
    to: date | None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindDown:
    """Old contracts that could run on until a last day, or (`deadline`) a duty that falls due at its end."""

    __pydantic_config__ = STRICT
    until: date
    condition: str
    kind: Literal["old_contracts", "deadline"] = "old_contracts"
    notice: bool = False
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """What is to be reported, to whom and when."""

    __pydantic_config__ = STRICT
    what: str
    to: Literal["committee", "council"]
    deadline: str
    interval_days: int | None = None
    days_before: int | None = None
    date: Day | None = None
    dates: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A source, what it supports (content, paragraph, both) and whether it was read, secondary or from memory."""

    __pydantic_config__ = STRICT
    id: str
    seen: Literal["read", "secondary", "memory"]
    supports: Literal["content", "paragraph", "both"] = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One paragraph of a resolution as dated data."""

    __pydantic_config__ = STRICT
    id: Annotated[str, Field(pattern=r"^[0-9]{3,5}:[0-9]+(\([a-z0-9]+\))*(#[a-z0-9-]+)?$")]
    resolution: int
    paragraph: Text
    title: Annotated[str, Field(min_length=10, max_length=200)]
    kind: Kind
    direction: Way
    duty_bearers: Annotated[tuple[str, ...], Field(min_length=1)]
    acts: Annotated[tuple[str, ...], Field(min_length=1)]
    items: Annotated[tuple[str, ...], Field(min_length=1)]
    hs: tuple[HsRow, ...]
    flag_condition: FlagCondition | None
    actor_condition: str | None
    trigger: str | None
    caps: tuple[Cap, ...]
    in_force_from: date
    in_force_to: date | None
    status: Literal["in_force", "superseded", "ended", "in_force_disputed"]
    superseded_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    wind_down: WindDown | None
    exemptions: tuple[str, ...]
    reporting: Reporting | None
    responds_to: tuple[str, ...]
    notes: tuple[str, ...]
    sources: Annotated[tuple[SourceRef, ...], Field(min_length=1)]
    content_confidence: Literal["A", "B", "C"]
    paragraph_confidence: Literal["high", "medium", "low"]
    checked_by: str | None
    checked_on: date | None
    periods: tuple[Period, ...] = ()
    needs: tuple[Condition, ...] = ()
    on_listing: tuple[str, ...] = ()
    standing: Literal["own", "beside"] = "own"
    items_open: tuple[str, ...] = ()
    permission: Permission | None = None
    document: str = ""
    adopted: date | None = None
    status_dispute: str | None = None

    @property
    def spells(self) -> tuple[tuple[date, date | None], ...]:
        """Spells of validity, each [from, to); `periods` is the truth where it is written."""
        if self.periods:
            return tuple((period.from_, period.to) for period in self.periods)
        return ((self.in_force_from, self.in_force_to),)

    @property
    def beside(self) -> bool:
        """Whether it is only cited beside another record: said so, or an obligation that serves one."""
        return self.standing == "beside" or (self.kind == "obligation" and bool(self.responds_to))

    @property
    def unsigned(self) -> bool:
        """True while no person has compared the record with the resolution."""
        return self.checked_by is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A permission or limit of scope.

    `when` holds the conditions that a program can hold against facts; the prose of `conditions` is what a reader is
    shown. Without `when` it is shown as a question and decides nothing. `raised_by` names the conditions of which one
    must be told before it is considered; empty: it is considered unless a condition fails; absent: every condition
    that is not `untold: open` must be told.
    """

    __pydantic_config__ = STRICT
    id: Annotated[str, Field(pattern=r"^EX-[A-Z0-9-]+$")]
    title: str
    kind: str
    basis: Text
    applies_to: Annotated[tuple[str, ...], Field(min_length=1)]
    decided_by: str
    conditions: tuple[str, ...]
    in_force_from: date
    in_force_to: date | None
    notes: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    content_confidence: Literal["A", "B", "C"]
    checked_by: str | None
    checked_on: date | None
    when: tuple[Condition, ...] = ()
    raised_by: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a statement of a record comes from; `kind` decides the grade."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    id: str
    title: str
    publisher: str | None = None
    kind: str
    address: str | None = None
    date: Any = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateLink:
    """One extension of a body's mandate."""

    __pydantic_config__ = STRICT
    resolution: int
    adopted: date
    paragraph: str | None
    extends_until: date
    confidence: Literal["A", "B", "C"]
    source: str
    notes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The body that watches the regime: founded, extended link by link, ended. Its end ends no measure."""

    __pydantic_config__ = ConfigDict(extra="ignore")
    regime: str
    body: str
    founded: dict[str, Any]
    tasks: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    chain: tuple[MandateLink, ...] = ()
    end: dict[str, Any] | None = None
    still_in_force: tuple[str, ...] = ()
    note: str | None = None
    successors: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """Which entries of a file belong to the regime: a field and a pattern that it must match from its start."""

    __pydantic_config__ = STRICT
    field: str
    pattern: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column of a list that says which measures hold for an entry."""

    __pydantic_config__ = STRICT
    column: str
    duties: tuple[str, ...]
    acts: tuple[str, ...] = ()
    rows: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """What an entry of one kind sets off for others, and which measures turn on such a party taking part."""

    __pydantic_config__ = STRICT
    duties: tuple[str, ...] = ()
    looks_at: tuple[str, ...] = ()
    by_column: tuple[ListColumn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """A sanctions list that a case on the regime loads. `own` False: law of a State, sets off no duty here."""

    __pydantic_config__ = STRICT
    id: str
    title: str
    issuer: str
    own: bool
    adapter: str
    examples: tuple[str, ...]
    published: str
    check_every_days: Annotated[int, Field(ge=1)]
    same_as: str | None = None
    select: Select | None = None
    kinds: dict[Literal["person", "entity", "vessel", "aircraft"], ListKind] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    crosswalk: dict[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What an engine that is right says of one measure in a case."""

    __pydantic_config__ = STRICT
    measure: str
    verdict: Literal["engaged", "indicator", "prospective", "possibly_exempt", "none", "not_determined"]
    role: Literal["conduct", "response"] = "conduct"
    regime: str | None = None
    exemption: str | None = None
    missing: str | None = None
    shows: Literal["status_dispute"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A test of the law that the pack carries. A twin holds no observation: `flips` changes one fact of its base."""

    __pydantic_config__ = STRICT
    id: str
    expect: Annotated[tuple[Expectation, ...], Field(min_length=1)]
    why: str
    title: str = ""
    point: int | None = None
    observation: dict[str, Any] | None = None
    twin_of: str | None = None
    flips: dict[str, Any] | None = None
    may: tuple[str, ...] = ()
