"""Citations: an evidence id and a selector that must re-read.

`observance verify` opens the bytes again and compares. Text selectors follow the Web Annotation Data Model
(TextPositionSelector with TextQuoteSelector).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from observance.model.identifiers import Sha256

__all__ = ["Citation", "ListEntry", "PageRegion", "Selector", "TableRow", "TextSpan", "TrackRows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSpan:
    """Characters of the text of a document.

    Attributes:
        start: first character, counted in Unicode code points from 0, in the text that `reader` makes of the bytes.
        end: one past the last character.
        exact: the characters themselves.
        prefix: up to 32 characters before, to find the place again in another reading.
        suffix: up to 32 characters after.
        reader: format reader and version that made the text, for example `html/1`; plain text is the decoded bytes.
        page: page number from 1, where the document has pages.
        page_start: first character on that page.
        byte_start: first byte in the original, where characters map to bytes (text, HTML, e-mail).
        byte_end: one past the last byte.
    """

    type: Literal["text"] = "text"
    start: int
    end: int
    exact: str
    prefix: str = ""
    suffix: str = ""
    reader: str = ""
    page: int | None = None
    page_start: int | None = None
    byte_start: int | None = None
    byte_end: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} runs backwards")
        if len(self.exact) != self.end - self.start:
            raise ValueError(f"quote of {len(self.exact)} characters for a span of {self.end - self.start}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """Cells of a table: a row counted from 1 after the header, and the columns that count.

    Attributes:
        table: sheet, caption or number of the table in the document; empty for a file that is one table.
        row: row number from 1, header not counted.
        columns: column names, in the order of `values`.
        values: the cells as written.
    """

    type: Literal["row"] = "row"
    row: int
    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """An entry of a sanctions list.

    Attributes:
        list_id: key of the list, for example `un`.
        version: day of the list.
        reference: the issuer's own reference, blanks removed.
        row: position of the entry in the file from 1.
        field: field that matched, for example `alias`.
        exact: its content as written.
    """

    type: Literal["entry"] = "entry"
    list_id: str
    version: str = ""
    reference: str
    row: int
    field: str = ""
    exact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRows:
    """Rows of a position file, kept by source row so that sorting and partitioning never break them.

    Attributes:
        ranges: pairs of first and last source row, from 1, both included.
        count: rows in all.
        digest: SHA-256 of the canonical JSON of the decoded values in source order; re-read by `verify`.
    """

    type: Literal["track"] = "track"
    ranges: tuple[tuple[int, int], ...] = ()
    count: int
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRegion:
    """A region of a page: points from the lower left corner (PDF user space)."""

    type: Literal["page"] = "page"
    page: int
    box: tuple[float, float, float, float]


def _by_type(value: Any) -> str:
    found = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return str(found)


class _Discriminated:
    """Tells pydantic to choose the selector by its `type`, without importing pydantic here."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        kinds = {"text": TextSpan, "row": TableRow, "entry": ListEntry, "track": TrackRows, "page": PageRegion}
        return core_schema.tagged_union_schema(
            {name: handler.generate_schema(kind) for name, kind in kinds.items()}, discriminator=_by_type
        )


Selector = Annotated[TextSpan | TableRow | ListEntry | TrackRows | PageRegion, _Discriminated()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a statement rests: bytes by their hash, and the place in them."""

    evidence: Sha256
    selector: Selector
