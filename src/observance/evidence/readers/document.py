"""What a reader makes of a file: text in which offsets count, blocks, pages, tables, the way back to the bytes.

Offsets are Unicode code points from 0. A plain text is its decoded bytes, character for character; other formats have
text that their reader makes, in the same way each time, so that a citation re-reads (`check_span`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from observance.evidence.readers.textmap import Decoded, SourceMap
from observance.model import DocumentMeta, TableRow, TextSpan

__all__ = ["Block", "BlockKind", "Document", "Page", "Part", "Table"]

BlockKind = Literal[
    "paragraph",
    "headline",
    "heading",
    "byline",
    "dateline",
    "boilerplate",
    "caption",
    "quote",
    "list_item",
    "table_cell",
    "footnote",
    "furniture",
    "code",
    "metadata",
]
CONTEXT = 32
NOTHING = DocumentMeta()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a block: place, date or agency of a dateline, author of a by-line, number of a footnote."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Characters that belong together; blocks stand in order and do not overlap.

    Attributes:
        start, end: characters `[start, end)` of the text of the document.
        kind: what it is. `boilerplate` and `furniture` (running heads, page numbers) are not read for claims and
            stay citable; a `dateline` stands before the paragraph that it opens.
        parts: what was recognised inside it.
        level: depth of a heading or a quote from 1, else 0.
        page: page on which it starts, where there are pages.
        table: index of its table in `Document.tables`, for table cells.
        row, column: of a table cell; row 0 is the header.
    """

    start: int
    end: int
    kind: BlockKind
    parts: tuple[Part, ...] = ()
    level: int = 0
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def part(self, kind: str) -> Part | None:
        """The first part of a kind, or None."""
        return next((part for part in self.parts if part.kind == kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Characters of the text that stand on a page.

    A page may have several ranges: footnotes and running heads are set after the running text, so that a paragraph
    which goes on over the page is one piece.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: header, rows of cells as written, and where it stands.

    Attributes:
        name: caption, or `table N` counted from 1.
        columns: header cells; `column 1` and so on where there is no header.
        rows: cells as written, one tuple a row.
        page: page on which it stands, where there are pages.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None

    def row(self, number: int, columns: tuple[str, ...] = ()) -> TableRow:
        """A citation of row `number` (from 1, header not counted), of all or of the named columns."""
        cells = self.rows[number - 1]
        names = columns or self.columns
        return TableRow(
            row=number, columns=names, values=tuple(cells[self.columns.index(name)] for name in names), table=self.name
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that has been read.

    Attributes:
        text: the text in which offsets count.
        reader: format reader and version that made the text, for example `html/1`.
        media_type: as found by looking at the bytes.
        meta: found in the document; what a person gave wins (`DocumentMeta.given` names those fields).
        blocks: in the order of the text.
        pages: ranges of the text by page; empty where there are none.
        tables: rows and cells of its tables.
        language: ISO 639-1 code of most of the text; None where there is too little to say.
        read: False where the text is kept and not read for claims: another language, or pages without text.
        ocr_confidence: mean confidence 0..1 of recognised pages; None where nothing was recognised from pixels.
        pages_not_read: pages without text that were not recognised.
        warnings: what a reader of the result should know.
        encoding: of the bytes, where the format has one.
        decoded, source: the way back to the bytes; None where a format has none (PDF, DOCX).
    """

    text: str
    reader: str
    media_type: str = "text/plain"
    meta: DocumentMeta = NOTHING
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    language: str | None = None
    read: bool = True
    ocr_confidence: float | None = None
    pages_not_read: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    encoding: str | None = None
    decoded: Decoded | None = field(default=None, repr=False, compare=False)
    source: SourceMap | None = field(default=None, repr=False, compare=False)

    def span(self, start: int, end: int) -> TextSpan:
        """A citation of the characters `[start, end)` with quote, context, page and bytes.

        Raises:
            ValueError: for characters that the text does not have.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no characters {start}..{end} in a text of {len(self.text)}")
        page = self.page_at(start)
        bytes_ = self.bytes_of(start, end)
        return TextSpan(
            start=start,
            end=end,
            exact=self.text[start:end],
            prefix=self.text[max(0, start - CONTEXT) : start],
            suffix=self.text[end : end + CONTEXT],
            reader=self.reader,
            page=page.number if page else None,
            page_start=start - page.start if page else None,
            byte_start=bytes_[0] if bytes_ else None,
            byte_end=bytes_[1] if bytes_ else None,
        )

    def page_at(self, offset: int) -> Page | None:
        """The page range that holds the character at `offset`, or None."""
        low, high = 0, len(self.pages)
        while low < high:
            middle = (low + high) // 2
            if self.pages[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        return self.pages[low - 1] if low else None

    def bytes_of(self, start: int, end: int) -> tuple[int, int] | None:
        """First and one past the last byte of the characters `[start, end)`, or None where the format has no such map.

        Between the two may stand markup, entities and blanks that the text does not have.
        """
        if self.decoded is None:
            return None
        first, last = self.source.source(start, end) if self.source else (start, end)
        return self.decoded.byte(first), self.decoded.byte(last)

    def holds(self, span: TextSpan) -> bool:
        """True where the span was made by this reader and its characters, page and bytes are those of this text."""
        if span.reader and span.reader != self.reader:
            return False
        if span.end > len(self.text) or self.text[span.start : span.end] != span.exact:
            return False
        fresh = self.span(span.start, span.end)
        given = (span.page, span.byte_start, span.byte_end)
        found = (fresh.page, fresh.byte_start, fresh.byte_end)
        return all(one is None or one == other for one, other in zip(given, found, strict=True))

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`, or None."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)
