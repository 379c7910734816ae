"""The child that reads a PDF: opens it, plays its pages back, lays them out, answers with text, blocks and tables."""

from __future__ import annotations

import io
import logging
import sys
from collections import Counter
from typing import Any

from observance.errors import FormatError, LimitError, ObservanceError, UnsupportedError
from observance.evidence.readers.isolate import answer, restrict
from observance.evidence.readers.pdf_furniture import take_furniture
from observance.evidence.readers.pdf_glyphs import PageContent, play
from observance.evidence.readers.pdf_layout import Line, find_gutters, lay_out
from observance.evidence.readers.pdf_paragraphs import flow

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Read bytes from stdin, answer on stdout."""
    name, seconds, memory, max_pages, max_text, *options = arguments
    restrict(float(seconds), int(memory))
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    try:
        answer(read(data, name, int(max_pages), int(max_text), ocr="ocr" in options))
    except ObservanceError as fault:
        answer(fault)
    except MemoryError:
        answer(LimitError("the PDF needs too much memory", where=name, step="split it, or print it to a new PDF"))
    except RecursionError:
        answer(LimitError("the PDF is nested too deeply", where=name, step="print it to a new PDF"))
    except Exception as fault:  # noqa: BLE001  a hostile file finds faults of parsers that we did not write
        answer(_damaged(name, fault))


def _damaged(name: str, fault: Exception) -> FormatError:
    return FormatError(
        "the PDF is damaged",
        where=name,
        got=f"{type(fault).__name__}: {str(fault)[:120]}",
        expected="a whole PDF",
        step="fetch it again, or print it to a new PDF",
    )


def read(data: bytes, name: str, max_pages: int, max_text: int, *, ocr: bool) -> dict[str, Any]:
    """All that the parent needs, as plain values."""
    reader = _open(data, name)
    count = len(reader.pages)
    if count == 0:
        raise FormatError(
            "the PDF has no pages", where=name, got="0 pages", expected="at least one", step="fetch it again"
        )
    if count > max_pages:
        raise LimitError(
            "the PDF has too many pages",
            where=name,
            got=f"{count} pages",
            expected=f"at most {max_pages}",
            step="split it",
        )
    played: list[tuple[int, PageContent]] = []
    scanned: dict[int, list[Line]] = {}
    warnings: list[str] = []
    unread: list[int] = []
    recognised: list[tuple[int, float]] = []
    letters = unknown = invisible = 0
    faulty: list[int] = []
    for number, page in enumerate(reader.pages, 1):
        try:
            content = play(page, reader)
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001  one damaged page does not lose the others; it is named
            faulty.append(number)
            continue
        size = sum(len(run.text) for run in content.runs)
        if size < 8 and any(image.share > 0.2 for image in content.images):
            lines, confidence = _recognise(content) if ocr else ([], None)
            if confidence is None:
                unread.append(number)
            else:
                recognised.append((number, confidence))
                scanned[number] = lines
            continue
        letters += size
        unknown += content.unknown
        invisible += content.invisible
        if letters > max_text:
            raise LimitError(
                "the PDF has too much text",
                where=name,
                got=f"{letters} characters by page {number}",
                expected=f"at most {max_text}",
                step="split it",
            )
        played.append((number, content))
    if faulty:
        warnings.append(f"pages that do not read: {_ranges(faulty)}")
    if unread:
        warnings.append(f"pages that are pictures and were not read: {_ranges(unread)}")
    if unknown > 0.02 * max(letters, 1):
        warnings.append(f"{unknown} of {letters} characters have no meaning as text in this file (shown as U+FFFD)")
    if invisible > 0.5 * max(letters, 1):
        warnings.append("the text is a layer over pictures of pages, as character recognition writes it")
    if getattr(reader, "is_encrypted", False):
        warnings.append("the file is protected against changes and opens without a password")
    furniture = take_furniture(played)
    known = _gutters(played)
    pages = sorted(
        [*((number, lay_out(content, known)) for number, content in played), *scanned.items()], key=lambda pair: pair[0]
    )
    out = flow(pages, furniture)
    return {
        "text": "".join(out.parts),
        "blocks": [
            [
                b.start,
                b.end,
                b.kind,
                b.level,
                b.page,
                b.table,
                b.row,
                b.column,
                [[part.kind, part.start, part.end, part.text] for part in b.parts],
            ]
            for b in out.blocks
        ],
        "pages": [[page.number, page.start, page.end] for page in out.pages],
        "tables": [{"rows": grid.rows, "header": grid.header, "page": page} for grid, page in out.grids],
        "count": count,
        "unread": [*unread, *faulty],
        "recognised": recognised,
        "warnings": warnings,
        "info": _info(reader),
    }


def _gutters(played: list[tuple[int, PageContent]]) -> list[float]:
    """Gutters that pages of the file show clearly, the most frequent first."""
    places = Counter(round(x / 2) * 2 for _, content in played for x in find_gutters(content))
    return [float(place) for place, _ in places.most_common(6)]


def _open(data: bytes, name: str) -> Any:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PdfReadError

    # A file that lacks its end was cut off on the way; a reader that mends it would show a part as the whole.
    if b"%%EOF" not in data[-4096:] and b"startxref" not in data[-4096:]:
        raise FormatError(
            "the PDF is cut off",
            where=name,
            got=f"{len(data):,} bytes without an end mark",
            expected="%%EOF at the end",
            step="fetch it again",
        )
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError(
                "the PDF is encrypted",
                where=name,
                got="a file that asks for a password",
                expected="an open file",
                step="save a copy without a password and archive both",
            )
        _ = len(reader.pages)
    except DependencyError:
        raise UnsupportedError(
            "the PDF is encrypted with AES, for which a part is missing", where=name, step="pip install cryptography"
        ) from None
    except (PdfReadError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as fault:
        raise _damaged(name, fault) from None
    return reader


def _info(reader: Any) -> dict[str, str]:
    try:
        metadata = reader.metadata or {}
        return {
            key: str(metadata.get(f"/{key}") or "")[:500] for key in ("Title", "Author", "CreationDate", "Producer")
        } | {"Lang": str(reader.trailer["/Root"].get("/Lang") or "")[:20]}
    except Exception:  # noqa: BLE001  metadata of a damaged file is no loss
        return {}


def _recognise(content: PageContent) -> tuple[list[Line], float | None]:
    from observance.evidence.readers.ocr import recognise_page

    return recognise_page(content)


def _ranges(numbers: list[int]) -> str:
    found: list[str] = []
    start = before = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != before + 1:
            found.append(str(start) if start == before else f"{start}-{before}")
            start = number
        before = number
    return ", ".join(found[:40]) + (" and more" if len(found) > 40 else "")


if __name__ == "__main__":
    main(sys.argv[1:])
