"""The controlled terms: one id for one thing, with broader terms upward.

A term counts as its broader term, and so on upward, when a measure is matched; never downward (a claim of unstated
oil is no claim of diesel).
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

__all__ = ["Against", "ConditionTerm", "Conversion", "Modality", "Term", "Vocabulary"]

STRICT = ConfigDict(extra="forbid")
Verdict = Literal["engaged", "indicator", "prospective", "possibly_exempt", "none", "not_determined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of any section but modality and conditions.

    Attributes:
        id, label, synonyms, broader, note: as they say; synonyms are hints for reading, never proof.
        lawful: an item that no measure touches by itself.
        undetermined: an item that says too little; `may_hold` lists what it could be.
        kind_untold: an item that leaves the kind open: a record on one of its kinds is an open question.
        too_wide: an item that says nothing of the goods; a claim of it is no open question on every ban.
        delivery: an act that is nothing until it has happened.
        duty: an act that others owe: a response, not conduct.
        cargo: an act by which something moves, even where nobody says what.
        acts: of an event type: the act that it is where none is told.
        suggests: of an event type or act: acts of which it only raises the question.
        means: of an event type: items that take part (the ships) and are not what moves.
        at_most: of an event type: the firmest verdict that it can carry.
        momentary: of an event type: one happening, so that a range of days is an uncertain day and no stretch.
    """

    __pydantic_config__ = ConfigDict(extra="ignore")
    id: Annotated[str, Field(strict=True)]
    label: str = ""
    synonyms: tuple[str, ...] = ()
    broader: str | None = None
    note: str | None = None
    meaning: str | None = None
    wording: str | None = None
    bound: str | None = None
    rank: int | None = None
    strength: int | None = None
    low: int | None = None
    high: int | None = None
    lawful: bool = False
    undetermined: bool = False
    may_hold: tuple[str, ...] = ()
    too_wide: bool = False
    kind_untold: bool = False
    delivery: bool = False
    duty: bool = False
    cargo: bool = False
    acts: tuple[str, ...] = ()
    suggests: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    at_most: Verdict | None = None
    momentary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """How far from fact (`rank`) and what may become of it (`enters_finding`)."""

    __pydantic_config__ = STRICT
    id: str
    label: str
    rank: int
    enters_finding: Literal["as_claim", "watch_only", "never", "as_denial"]
    synonyms: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A told value that speaks against a verdict, and how far it brings it down.

    Exactly one of `is_` (one of these values), `like` (one of these words stands in the text; not where a word of
    `unless_like` does) and `unless` (any told value that does not begin with one of these words). `acts`: only against
    acts that are nothing until they have happened. `unless_told`: not where one of these acts of others is told (goods
    that were seized on the way have moved).
    """

    __pydantic_config__ = STRICT
    verdict: Verdict
    ask: str
    is_: Annotated[tuple[str, ...], Field(alias="is")] = ()
    like: tuple[str, ...] = ()
    unless_like: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    acts: Literal["delivery"] | None = None
    unless_told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionTerm:
    """A fact on which triggers, exemptions and ceilings turn. `values`: a list, or date, acts, state, text, number."""

    __pydantic_config__ = STRICT
    id: str
    values: Any
    label: str = ""
    against: tuple[Against, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One `unit` of an item is `low` to `high` of the unit `to`, with the basis of the factor."""

    __pydantic_config__ = STRICT
    item: str
    unit: str
    to: str
    low: float
    high: float
    basis: str

    @property
    def id(self) -> str:
        """Name in faults."""
        return f"{self.item}:{self.unit}:{self.to}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """All sections, by id. Sections of `terms`: acts, items, actor_types, roles, event_types and so on."""

    version: int
    terms: dict[str, dict[str, Term]]
    modality: dict[str, Modality]
    conditions: dict[str, ConditionTerm]
    forbidden_words: tuple[str, ...]
    date_precision: tuple[str, ...]
    conversions: tuple[Conversion, ...] = ()
    chains: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def acts(self) -> dict[str, Term]:
        """Acts by id."""
        return self.terms["acts"]

    @property
    def items(self) -> dict[str, Term]:
        """Items by id."""
        return self.terms["items"]

    @property
    def event_types(self) -> dict[str, Term]:
        """Event types by id."""
        return self.terms["event_types"]

    def knows(self, section: str, term: str) -> bool:
        """Whether the section has the term."""
        return term in self._rows(section)

    def ids(self, section: str) -> frozenset[str]:
        """All ids of a section."""
        return frozenset(self._rows(section))

    def _rows(self, section: str) -> Mapping[str, object]:
        if section == "modality":
            return self.modality
        if section == "conditions":
            return self.conditions
        return self.terms.get(section, {})

    def closure(self, section: str, term: str) -> tuple[str, ...]:
        """The term and its broader terms, nearest first; the term alone where it is unknown."""
        return self.chains.get(section, {}).get(term, (term,))

    def narrower(self, section: str, term: str) -> tuple[str, ...]:
        """The terms one step below."""
        return tuple(row.id for row in self.terms.get(section, {}).values() if row.broader == term)

    def nearest(self, section: str, word: str) -> str | None:
        """The id most like a word, to suggest it."""
        close = difflib.get_close_matches(word, sorted(self.ids(section)), n=1, cutoff=0.5)
        return close[0] if close else None


def chains_of(rows: dict[str, Term]) -> dict[str, tuple[str, ...]]:
    """Each term with its broader terms, nearest first; a circle is cut where it closes."""
    chains = {}
    for ident, row in rows.items():
        chain = [ident]
        up = row.broader
        while up and up in rows and up not in chain:
            chain.append(up)
            up = rows[up].broader
        chains[ident] = tuple(chain)
    return chains
