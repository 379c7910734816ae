"""What the reader hands on: claims with their parts, each with its span in the text.

Spans are `(start, end)` in Unicode code points of the document's text, end exclusive. Every term (event, act, role,
item, modality, approximator) is an id of the project's vocabulary. The chain runs from the publisher inwards, as in
the model.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text with its part in the page: body, headline, caption, boilerplate, quote."""

    start: int
    end: int
    role: str = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document as the reader needs it: its text and what is known of it from outside.

    Args:
        text: the text; all spans count in it.
        publisher: who publishes it, the outermost link of every chain.
        published: day, month or year of publication in ISO form, or empty.
        blocks: parts with roles where the loader knows them; none: lines are used.
    """

    text: str
    publisher: str = ""
    published: str = ""
    title: str = ""
    kind: str = ""
    opening_speaker: str = ""
    language: str = "en"
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody or something that takes part. `span` is None where it is understood and not written.

    Attributes:
        name: the usual full name; "?" for somebody described and not named.
        code: ISO 3166 alpha-3 of the State (or UN, EU, NATO) that it is or acts for.
        kind: state, official, person, organisation, company, media, vessel, aircraft, evidence, expert, place,
            described.
        inferred: taken from elsewhere in the document (a pair of parties told before).
    """

    role: str = ""
    name: str = "?"
    code: str | None = None
    kind: str = "described"
    span: Span | None = None
    imo: str | None = None
    flag: str | None = None
    unnamed: bool = False
    inferred: bool = False
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing that is moved or spoken of: `id` is an item of the vocabulary, `words` what the text calls it."""

    id: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount.

    `value` is a number, a (low, high) pair, or None for a magnitude; the number always stands in the span.
    """

    value: float | tuple[float, float] | None
    unit: str
    approximator: str
    role: str
    words: str
    span: Span
    magnitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time in EDTF. `inferred` is true where the text does not write it; `anchor` is the day it was counted from."""

    value: str
    precision: str
    words: str
    span: Span | None
    anchor: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of the chain of who says it to whom."""

    name: str
    kind: str = "described"
    act: str = "says"
    code: str | None = None
    span: Span | None = None
    unnamed: bool = False
    publisher: bool = False
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie to another claim of the same document, by its id."""

    kind: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A fact told by the text on which a paragraph may turn (a `conditions` id of the vocabulary)."""

    id: str
    value: str
    words: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event, one source, one modality (data scheme: one claim is never a merge of two)."""

    id: str
    event: str
    modality: str
    evidence: Span
    trigger: Span
    chain: tuple[Source, ...]
    act: str | None = None
    participants: tuple[Party, ...] = ()
    items: tuple[Item, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[When, ...] = ()
    said_on: When | None = None
    relations: tuple[Relation, ...] = ()
    conditions: tuple[Condition, ...] = ()
    cues: tuple[str, ...] = field(default=())
    frame: str = ""
