"""Pages that are pictures, through tesseract where it is installed. The text is marked with its confidence.

Tesseract runs as a program (no library), on the picture that the page holds, with a time limit. Its TSV output gives
each word with place and confidence; words go through the same layout as those of a text PDF.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from functools import cache
from typing import Any

from observance.errors import FormatError, LimitError, UnsupportedError
from observance.evidence.readers.document import Block, Document, Page
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.pdf_glyphs import PageContent, Run
from observance.evidence.readers.pdf_layout import Line, lay_out
from observance.evidence.readers.pdf_paragraphs import flow

__all__ = ["engine", "read_image", "recognise_page"]

_MOST_PIXELS = 60_000_000
_SECONDS = 60.0


@cache
def engine() -> str | None:
    """Name and version of the recogniser on this machine, for example `tesseract-5.3.0`, or None."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(rb"tesseract v?(\d+\.\d+(?:\.\d+)?)", done.stdout + done.stderr)
    return f"tesseract-{found.group(1).decode()}" if found else None


def recognise_page(content: PageContent) -> tuple[list[Line], float | None]:
    """Lines of a page whose largest picture is the page, and the mean confidence 0..1; None where nothing was read."""
    image = max(content.images, key=lambda image: image.share)
    picture = _picture(image.resource)
    if picture is None:
        return [], None
    data, width, height = picture
    words, confidence = _words(data)
    if not words:
        return [], None
    scale_x, scale_y = content.width / width, content.height / height
    page = PageContent(content.width, content.height)
    page.runs = [
        Run(word, left * scale_x, (left + wide) * scale_x, (height - base) * scale_y, size * scale_y, order=order)
        for order, (word, left, wide, base, size) in enumerate(words)
    ]
    return lay_out(page, []), confidence


def read_image(data: bytes, *, name: str, limits: Limits) -> Document:  # noqa: ARG001  the signature of a reader
    """A scanned page as a document.

    Raises:
        UnsupportedError: tesseract is not on this machine.
        FormatError: no picture, or nothing to read on it.
    """
    program = engine()
    if program is None:
        raise UnsupportedError(
            "a picture is read by tesseract, which is not on this machine",
            where=name,
            step="install it (Debian: apt install tesseract-ocr), or give the text",
        )
    size = _size(data, name)
    words, confidence = _words(data)
    if not words or confidence is None:
        raise FormatError(
            "nothing was recognised on the picture",
            where=name,
            got="no words",
            expected="a page of text",
            step="give a sharper scan, or the text",
        )
    page = PageContent(float(size[0]), float(size[1]))
    page.runs = [
        Run(word, left, left + wide, size[1] - base, tall, order=order)
        for order, (word, left, wide, base, tall) in enumerate(words)
    ]
    out = flow([(1, lay_out(page, []))], [])
    text = "".join(out.parts)
    return Document(
        text=text,
        reader=f"image+{program}/1",
        blocks=tuple(
            Block(start=b.start, end=b.end, kind=b.kind, parts=b.parts, level=b.level, page=1) for b in out.blocks
        ),
        pages=(Page(number=1, start=0, end=len(text)),),
        ocr_confidence=round(confidence, 4),
        warnings=(f"recognised from a picture, mean confidence {confidence:.2f}",),
    )


def _size(data: bytes, name: str) -> tuple[int, int]:
    try:
        from PIL import Image
    except ImportError:
        raise UnsupportedError(
            "a picture is opened with Pillow, which is not installed", where=name, step="pip install 'observance[pdf]'"
        ) from None
    try:
        with Image.open(io.BytesIO(data)) as picture:
            size = picture.size
    except Exception as fault:  # noqa: BLE001  picture libraries raise what they like on damaged files
        raise FormatError(
            "the picture is damaged", where=name, got=str(fault)[:120], expected="a whole picture", step="get it again"
        ) from None
    if size[0] * size[1] > _MOST_PIXELS:
        raise LimitError(
            "the picture is too large",
            where=name,
            got=f"{size[0]} x {size[1]} pixels",
            expected=f"at most {_MOST_PIXELS:,} pixels",
            step="scan at 300 dpi",
        )
    return size


def _picture(resource: Any) -> tuple[bytes, int, int] | None:
    """The picture of a PDF as PNG, with its size; None where no library can decode it."""
    try:
        width, height = int(resource["/Width"]), int(resource["/Height"])
        if width * height > _MOST_PIXELS or min(width, height) < 100:
            return None
        picture = resource.decode_as_image()
        out = io.BytesIO()
        picture.convert("L").save(out, "PNG")
    except Exception:  # noqa: BLE001  a picture that does not decode leaves the page "not read"
        return None
    return out.getvalue(), width, height


def _words(data: bytes) -> tuple[list[tuple[str, float, float, float, float]], float | None]:
    """(word, left, width, baseline from the top, size) in pixels, and mean confidence by characters."""
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", "--psm", "3", "tsv"],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return [], None
    rows: list[tuple[tuple[str, ...], str, float, float, float, float, float]] = []
    for line in done.stdout.decode("utf-8", errors="replace").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        try:
            left, top, width, height, sure = (float(cell) for cell in cells[6:11])
        except ValueError:
            continue
        rows.append((tuple(cells[1:5]), cells[11].strip(), left, top, width, height, sure))
    words: list[tuple[str, float, float, float, float]] = []
    weight = total = 0.0
    lines: dict[tuple[str, ...], list[tuple[tuple[str, ...], str, float, float, float, float, float]]] = {}
    for row in rows:
        lines.setdefault(row[0], []).append(row)
    for group in lines.values():
        # Words of one line share a baseline and a size; tesseract gives boxes of ink.
        bottoms = sorted(row[3] + row[5] for row in group)
        tall = sorted(row[5] for row in group)
        base, size = bottoms[len(bottoms) // 2], tall[-max(1, len(tall) // 4)]
        for _, word, left, _, width, _, sure in group:
            words.append((word, left, width, base, size * 1.1))
            total += max(sure, 0.0) * len(word)
            weight += len(word)
    return words, (total / weight / 100 if weight else None)


def _environment() -> dict[str, str]:
    """One thread and the program's own data; nothing else of the caller's environment."""
    import os

    kept = {key: os.environ[key] for key in ("PATH", "TESSDATA_PREFIX", "LANG", "SYSTEMROOT") if key in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1"}
