"""PDF reports: text by page with offsets, columns and notes in order, tables to rows, pages that are pictures named.

pypdf opens the file in a process of its own (`isolate`); we play its pages back and lay the words out ourselves, so
that the same bytes give the same text and a citation re-reads. Pages that are pictures go to tesseract where it is
installed; then the name of the reader says so, because the text depends on it.
"""

from __future__ import annotations

import re
from typing import Any

from observance.errors import FormatError
from observance.evidence.readers.document import Block, Document, Page, Part, Table
from observance.evidence.readers.isolate import ask_child
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.ocr import engine
from observance.model import DocumentMeta

__all__ = ["read_pdf"]


def read_pdf(data: bytes, *, name: str, limits: Limits) -> Document:
    """A PDF as a document.

    Raises:
        FormatError: cut off, damaged, encrypted, or without anything to read.
        LimitError: more pages, text, time or memory than the limits allow.
    """
    recogniser = engine()
    options = ("ocr",) if recogniser else ()
    plain = ask_child("observance.evidence.readers.pdf_worker", data, name=name, limits=limits, options=options)
    text = str(plain["text"])
    unread = tuple(sorted(plain["unread"]))
    recognised = plain["recognised"]
    warnings = list(plain["warnings"])
    if unread and not recogniser:
        warnings.append("install tesseract to read pages that are pictures")
    if not text.strip() and not unread:
        raise FormatError(
            "nothing is written in it",
            where=name,
            got=f"{plain['count']} empty pages",
            expected="text",
            step="check the file",
        )
    confidence = None
    if recognised:
        confidence = round(sum(value for _, value in recognised) / len(recognised), 4)
        warnings.append(f"{len(recognised)} pages were recognised from pictures, mean confidence {confidence:.2f}")
    info = plain["info"]
    blocks = tuple(_block(item) for item in plain["blocks"])
    return Document(
        text=text,
        reader=f"pdf+{recogniser}/1" if recognised else "pdf/1",
        media_type="application/pdf",
        meta=_meta(info, text, blocks),
        blocks=blocks,
        pages=tuple(Page(number=number, start=start, end=end) for number, start, end in plain["pages"]),
        tables=tuple(_table(item, place) for place, item in enumerate(plain["tables"])),
        read=bool(text.strip()),
        ocr_confidence=confidence,
        pages_not_read=unread,
        warnings=tuple(warnings),
    )


def _block(item: list[Any]) -> Block:
    start, end, kind, level, page, table, row, column, parts = item
    return Block(
        start=start,
        end=end,
        kind=kind,
        level=level,
        page=page,
        table=table,
        row=row,
        column=column,
        parts=tuple(Part(kind=one, start=begin, end=stop, text=words) for one, begin, stop, words in parts),
    )


def _table(item: dict[str, Any], place: int) -> Table:
    rows = [tuple(str(cell) for cell in row) for row in item["rows"]]
    header = bool(item["header"])
    names = rows[0] if header else tuple(f"column {index + 1}" for index in range(len(rows[0])))
    seen: dict[str, int] = {}
    columns = []
    for index, label in enumerate(names):
        label = label or f"column {index + 1}"  # noqa: PLW2901  an empty header cell gets its number
        seen[label] = seen.get(label, 0) + 1
        columns.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return Table(
        name=f"table {place + 1}", columns=tuple(columns), rows=tuple(rows[1:] if header else rows), page=item["page"]
    )


def _meta(info: dict[str, str], text: str, blocks: tuple[Block, ...]) -> DocumentMeta:
    """Title, author and language as the file or its first page says; the day of the file is not that of publication."""
    headline = next((text[block.start : block.end] for block in blocks if block.kind == "headline"), None)
    title = " ".join(info.get("Title", "").split())
    if re.search(r"\.(?:docx?|indd|pdf|tex|html?)$|^(?:Microsoft Word|untitled|Slide 1)", title, re.IGNORECASE):
        title = ""
    stamps = [text[block.start : block.end] for block in blocks if block.kind == "metadata"][:6]
    from observance.evidence.readers.html_meta import first_day

    language = info.get("Lang", "").split("-")[0].lower()
    by = next((part.text for block in blocks if block.kind == "byline" for part in block.parts), None)
    return DocumentMeta(
        title=headline or title or None,
        author=by or " ".join(info.get("Author", "").split()) or None,
        published=first_day(stamps),
        language=language if re.fullmatch(r"[a-z]{2}", language) else None,
    )
