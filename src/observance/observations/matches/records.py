"""What goes into the name engine and what comes out of it.

Inputs are plain values without I/O: a list reader makes `EntityRecord`s, a caller makes `Query`s. Outputs never hold a
score without its reason: a `Hit` names the list name that matched as the list writes it, the rule, and an alignment a
person can read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = [
    "Aligned",
    "EntityRecord",
    "Hit",
    "NameRecord",
    "Parameters",
    "Qualifier",
    "Query",
    "Score",
    "Screened",
    "Span",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRecord:
    """One name of a listed entity as the list writes it.

    `quality` is the list's own word (`Good`, `Low`, `a.k.a.`, `strong`, ...); `script` an ISO 15924 code or empty.
    """

    text: str
    quality: str = ""
    script: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRecord:
    """A listed entity with everything that can speak for or against a match.

    `schema` is Person, Organization, Company, LegalEntity, Vessel or Airplane. `birth_dates` are `YYYY`, `YYYY-MM` or
    `YYYY-MM-DD`; `countries` and `flag` ISO 3166-1 alpha-2 codes. `imo` holds ship numbers and `imo_company` company
    numbers: two registers with two check rules, never compared with each other.
    """

    id: str
    schema: str
    names: tuple[NameRecord, ...]
    imo: tuple[str, ...] = ()
    imo_company: tuple[str, ...] = ()
    mmsi: tuple[str, ...] = ()
    callsign: tuple[str, ...] = ()
    flag: str = ""
    vessel_type: str = ""
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One thing to look for. An empty field is unknown and counts neither for nor against."""

    name: str = ""
    schema: str = ""
    imo: str = ""
    imo_company: str = ""
    mmsi: str = ""
    callsign: str = ""
    flag: str = ""
    vessel_type: str = ""
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The settings of the engine; the defaults are the documented ones and serve every list and every kind of name.

    Attributes:
        threshold: a score at or above it is an alert.
        floor: a score at or above it, but below the threshold, is a near miss and can be shown.
        gate: the share of weighted tokens (cosine of query and list name) below which a name is not aligned at all.
        hope: the score, guessed from weights alone, below which a name is not aligned; far below the floor, since an
            alignment finds more than the index does.
        candidates: list names aligned for one query at most, the best by that cosine.
        conflict: weight of words left over on both sides (two different names where each should have one).
        extra_person, extra_organisation, extra_vessel: weight of words that only one side has.
        misspelt: weight of the differing part of words that match in part.
        together: how much more a misspelling weighs where words are missing as well.
        lone_word_cap: highest score of a person of whom a single word of several matched.
        korean_cap: highest score of two Korean-shaped names whose syllables differ.
        aside_cap: highest score of two names that share nothing but what each has in brackets.
        places_cap: highest score of two organisations that each name another place.
        numbers_cap: highest score of two names whose numbers differ (sister ships, numbered units).
    """

    threshold: float = 0.70
    floor: float = 0.50
    gate: float = 0.50
    hope: float = 0.38
    candidates: int = 8
    conflict: float = 1.85
    extra_person: float = 0.32
    extra_organisation: float = 0.72
    extra_vessel: float = 0.80
    misspelt: float = 1.0
    together: float = 1.5
    lone_word_cap: float = 0.62
    korean_cap: float = 0.60
    aside_cap: float = 0.65
    places_cap: float = 0.65
    numbers_cap: float = 0.60


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """One step of an alignment: words of the query, words of the list name, why they count as one, how alike (0..1).

    `why` is one of: equal, spelling, sound, vowels, consonants, abbreviation, translation, legal form, joined,
    initial, variant, surname class, syllable, number, only asked, only listed, identifier.
    """

    asked: str
    listed: str
    why: str
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score from 0 to 1, the rule that gave it, and its alignment."""

    score: float
    rule: str
    alignment: tuple[Aligned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """A fact beside the name: `speaks` is `for`, `against` or `neither`; `effect` is what it did to the score."""

    field: str
    asked: str
    listed: str
    speaks: str
    effect: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A listed entity that matched: which of its names, by which rule, aligned how, with what for and against it."""

    entity_id: str
    schema: str
    name: str
    quality: str
    rule: str
    score: float
    name_score: float
    alignment: tuple[Aligned, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The answer to one query: alerts at or above the threshold, near misses below it down to the floor."""

    query: Query
    hits: tuple[Hit, ...] = ()
    near_misses: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in a text where a listed name or an IMO number stands: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    entity_ids: tuple[str, ...]
    listed: str
    rule: str
    names: tuple[str, ...] = field(default=())
