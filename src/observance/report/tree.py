"""The document tree of a report.

A sentence that says something about the world carries supports; a sentence that only says how to read the report is
structural and says so (`basis`). `observance.report.check` walks the tree and refuses anything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from observance.report.figures.shapes import Bars, SmallMap, TimeLine
from observance.report.figures.tracks import TrackMap

__all__ = [
    "Basis",
    "Block",
    "Bullets",
    "Callout",
    "Cell",
    "Chip",
    "Code",
    "Column",
    "Day",
    "Figure",
    "Footnote",
    "Head",
    "Inline",
    "Listing",
    "NoteRef",
    "Paragraph",
    "Passage",
    "Quote",
    "Ref",
    "Report",
    "Row",
    "Section",
    "Sentence",
    "Support",
    "Table",
    "Text",
    "plain",
]

SupportKind = Literal["observation", "judgement", "record", "evidence", "finding", "decision", "list"]
Basis = Literal["supported", "review", "structural"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One thing a sentence rests on, by its kind and id (a hash for evidence, `list_id@day` for a list version)."""

    kind: SupportKind
    id: str

    @classmethod
    def many(cls, kind: SupportKind, ids: Iterable[str]) -> tuple[Support, ...]:
        """Supports of one kind."""
        return tuple(cls(kind=kind, id=str(one)) for one in ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain words."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A term of the vocabulary shown as a word with a shape: modality, layer, verdict, status, grade or mark."""

    group: Literal["modality", "layer", "verdict", "status", "grade", "mark"]
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An id, a hash or a path, kept whole."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A link to a place in this report."""

    target: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date in EDTF; shown in ISO, with the weekday for a single day."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a source, underlined by their modality."""

    text: str
    modality: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRef:
    """A call to a footnote."""

    number: int


Inline = Text | Chip | Code | Ref | Day | Quote | NoteRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence.

    Attributes:
        parts: what it is made of.
        supports: what it rests on.
        basis: `supported` (a statement about the world), `review` (a gap, a step, a reply: rests on a finding or a
            decision) or `structural` (how to read this report, labels; rests on nothing and claims nothing).
    """

    parts: tuple[Inline, ...]
    supports: tuple[Support, ...] = ()
    basis: Basis = "supported"

    @property
    def words(self) -> str:
        """The sentence without marks, for errors and for plain text."""
        return plain(self.parts)


def plain(parts: tuple[Inline, ...]) -> str:
    """The words of inline parts; chips in brackets, footnote calls left out."""
    words: list[str] = []
    for part in parts:
        match part:
            case Chip(label=label):
                words.append(f"[{label}]")
            case Day(value=value):
                words.append(value)
            case Quote(text=text):
                words.append(f"“{text}”")
            case NoteRef():
                continue
            case _:
                words.append(part.text)
    return " ".join(word.strip() for word in words if word.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that run on."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """Sentences, one a line."""

    items: tuple[Sentence, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A warning or a note set apart, with a title of its own."""

    kind: Literal["warning", "note", "denial", "drift", "composed"]
    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quote in its context.

    Attributes:
        before, quote, after: the text around and the words cited.
        modality: how the words are marked.
        by: who says it, for the denier's name at a denial.
        where: the place in the bytes, for a reader.
    """

    before: str
    quote: str
    after: str
    modality: str
    by: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Lines to be typed at a shell."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; numbers are set right with figures of one width. `share` is its part of 100, 0 for free."""

    title: str
    numeric: bool = False
    share: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell: one or more lines."""

    lines: tuple[tuple[Inline, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: its first cell is its header."""

    cells: tuple[Cell, ...]
    supports: tuple[Support, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption; every row of one that is not structural rests on something.

    `even` gives the columns after the first the same width, where sides are to be compared.
    """

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    structural: bool = False
    even: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with its title, source line, caveat and table twin."""

    anchor: str
    title: str
    source: str
    caveat: str
    drawing: TimeLine | Bars | SmallMap | TrackMap
    twin: Table


Block = Paragraph | Bullets | Callout | Passage | Listing | Table | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with a heading; depth follows from nesting."""

    anchor: str
    title: str
    chips: tuple[Chip, ...] = ()
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """What a call in the text rests on: the source line, the passage and the chain of who says it."""

    number: int
    source: tuple[Inline, ...]
    passages: tuple[Passage, ...] = ()
    detail: tuple[tuple[Inline, ...], ...] = ()
    supports: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Title block: what, of which day, of which view, and the warnings that nobody may miss."""

    cover: str
    title: str
    facts: tuple[tuple[str, tuple[Inline, ...]], ...]
    callouts: tuple[Callout, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole: head, sections, footnotes, and the hashes of everything it rests on."""

    language: str
    head: Head
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    rests_on: tuple[str, ...]
    made_by: str
