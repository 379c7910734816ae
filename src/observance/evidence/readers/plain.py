"""Plain text and Markdown: the text is the decoded bytes, character for character; blocks are found in it.

Two ways of writing paragraphs are told apart: one line a paragraph, and lines wrapped at a width with blank lines
between paragraphs. Markdown marks stay in the text (offsets would lie otherwise) and only name the block.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from observance.errors import FormatError, LimitError
from observance.evidence.readers.document import Block, BlockKind, Document
from observance.evidence.readers.encoding import decode_text
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.recognise import classify

__all__ = ["blocks_of_text", "is_wrapped", "read_markdown", "read_plain"]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|\n|\r")
_MARK = re.compile(r"[ ]{0,3}(?:(?P<heading>#{1,6})\s+|(?P<quote>>)\s?|(?P<item>(?:[-*+•]|\d{1,3}[.)])\s+))")


def read_plain(data: bytes, *, name: str, limits: Limits, markdown: bool = False) -> Document:
    """A text file as a document.

    Raises:
        FormatError: empty, or no text.
        LimitError: longer than the limit.
    """
    decoded = decode_text(data, where=name)
    if len(decoded.text) > limits.max_text:
        raise LimitError(
            "the text is too long",
            where=name,
            got=f"{len(decoded.text)} characters",
            expected=f"at most {limits.max_text}",
            step="split the file",
        )
    if not decoded.text.strip("\ufeff \t\r\n\x0c"):
        raise FormatError("nothing is written in it", where=name, got="blanks only", expected="text")
    warnings = []
    if decoded.repaired:
        warnings.append(f"{decoded.repaired} bytes do not decode as {decoded.encoding} and are shown as U+FFFD")
    if decoded.encoding not in {"utf-8", "ascii"}:
        warnings.append(f"read as {decoded.encoding}")
    text = decoded.text
    blocks = _markdown(text) if markdown else blocks_of_text(text)
    return Document(
        text=text,
        reader="markdown/1" if markdown else "text/1",
        media_type="text/markdown" if markdown else "text/plain",
        blocks=tuple(blocks),
        encoding=decoded.encoding,
        decoded=decoded,
        warnings=tuple(warnings),
    )


def read_markdown(data: bytes, *, name: str, limits: Limits) -> Document:
    """A Markdown file: the text as it is written, marks included."""
    return read_plain(data, name=name, limits=limits, markdown=True)


def blocks_of_text(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """Blocks of the characters `[start, end)` of plain text; a first short line without a full stop is the headline."""
    stop = len(text) if end is None else end
    blocks: list[Block] = []
    for first, last in _paragraphs(text, start, stop):
        blocks.extend(classify(text, first, last))
    return _with_headline(text, blocks)


def _lines(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Lines without their breaks; blank lines are kept as empty ranges."""
    found = []
    at = start
    for match in _BREAK.finditer(text, start, stop):
        found.append((at, match.start()))
        at = match.end()
    found.append((at, stop))
    return found


def _paragraphs(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    lines = _lines(text, start, stop)
    if text.startswith("\ufeff", start) and lines:
        lines[0] = (lines[0][0] + 1, lines[0][1])
    wrapped = is_wrapped([text[first:last] for first, last in lines])
    groups: list[tuple[int, int]] = []
    open_since: int | None = None
    ends = start
    for first, last in lines:
        blank = not text[first:last].strip()
        if not wrapped:
            if not blank:
                groups.append((first, last))
            continue
        if blank:
            if open_since is not None:
                groups.append((open_since, ends))
            open_since = None
        else:
            open_since = first if open_since is None else open_since
            ends = last
    if open_since is not None:
        groups.append((open_since, ends))
    return groups


def is_wrapped(lines: list[str]) -> bool:
    """True where lines are cut at a width: paragraphs of several lines, most of which end in mid-sentence.

    In a text with one line a paragraph, lines that have a line right after them end with a full stop, a quote or a
    colon; in a wrapped one most of them are about as long as the longest and end with a word or a comma.
    """
    inner = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(inner) < 2:
        return False
    widest = max(len(line) for line in lines)
    if widest > 130:
        return False
    open_ends = sum(line[-1:] not in '.!?:;"”’)»。' for line in inner)
    full = sum(len(line) > widest * 0.7 for line in inner)
    return open_ends > 0.5 * len(inner) and full > 0.6 * len(inner)


def _with_headline(text: str, blocks: list[Block]) -> list[Block]:
    for index, block in enumerate(blocks[:4]):
        if block.kind in {"boilerplate", "byline", "metadata"}:
            continue
        line = text[block.start : block.end]
        more = any(later.kind in {"paragraph", "dateline"} for later in blocks[index + 1 :])
        if block.kind == "paragraph" and more and _is_title(line):
            blocks[index] = Block(start=block.start, end=block.end, kind="headline", page=block.page)
        break
    return blocks


def _is_title(line: str) -> bool:
    """A line that may be a headline: short, one line, no full stop or colon at its end, no speaker before a colon."""
    return (
        3 <= len(line.split()) <= 25
        and len(line) <= 160
        and "\n" not in line
        and line[-1] not in '.!?:;,"”’…'
        and not re.match(r"(?:Q|A|[A-Z][A-Z.\- ]{2,40}:)\s", line)
    )


def _markdown(text: str) -> list[Block]:
    blocks: list[Block] = []
    fence: int | None = None
    run: tuple[int, int] | None = None

    def flush() -> None:
        nonlocal run
        if run is not None:
            blocks.extend(classify(text, *run))
        run = None

    top = True
    for first, last in _lines(text, 0, len(text)):
        line = text[first:last]
        if line.lstrip().startswith(("```", "~~~")):
            flush()
            if fence is None:
                fence = first
            else:
                blocks.append(Block(start=fence, end=last, kind="code"))
                fence = None
            continue
        if fence is not None:
            continue
        if not line.strip():
            flush()
            continue
        mark = _MARK.match(line)
        if mark:
            flush()
            inside = first + mark.end()
            kind: BlockKind = "heading" if mark["heading"] else "quote" if mark["quote"] else "list_item"
            if mark["heading"] and top:
                kind, top = "headline", False
            level = len(mark["heading"]) if mark["heading"] else 0
            blocks.extend(replace(block, level=level) for block in classify(text, inside, last, kind=kind))
            continue
        run = (first, last) if run is None else (run[0], last)
    flush()
    if fence is not None:
        blocks.append(Block(start=fence, end=len(text.rstrip()), kind="code"))
    return [block for block in blocks if block.end > block.start]
