"""Running heads, page numbers and file marks: what repeats at the head or foot of pages, found before columns are cut.

A piece of a row near the top or bottom is furniture where it stands on a quarter of the pages (figures aside), where it
is a bare page number, or where the file itself marks it as an artifact of the page. A note that repeats ("12 Ibid.")
is none: its number does not count up with the pages.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from observance.evidence.readers.pdf_glyphs import PageContent, Run
from observance.evidence.readers.pdf_rows import join_runs, rows_of, segments_of

__all__ = ["Furniture", "take_furniture"]

_PAGE_NUMBER = re.compile(
    r"[\s\-–—|]*(?:page|p\.|seite)?\s*(?:[0-9]{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|-)\s*[0-9]{1,4})?[\s\-–—|]*",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:[0-9]{1,3}(?=[\s.)A-Z\u2009])|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡§]{1,3})")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
EDGE = 3
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Furniture:
    """A piece of page furniture: its words and its page."""

    text: str
    page: int


@dataclass(slots=True)
class _Piece:
    text: str
    runs: list[Run]
    top: bool
    outermost: bool


def take_furniture(pages: list[tuple[int, PageContent]]) -> list[Furniture]:
    """Take the furniture out of the pages (their runs are changed) and return it in order."""
    pieces = {number: _edges(content) for number, content in pages}
    seen: Counter[tuple[str, bool]] = Counter()
    steps: dict[tuple[str, bool], set[int]] = {}
    for number, found in pieces.items():
        seen.update({_key(piece) for piece in found})
        for piece in found:
            count = re.match(r"[0-9]{1,4}", piece.text.translate(_PLAIN))
            if count:
                steps.setdefault(_key(piece), set()).add(int(count[0]) - number)
    often = max(2, round(0.25 * len(pages)))
    taken: list[Furniture] = []
    for number, content in pages:
        gone: set[int] = set()
        for piece in pieces[number]:
            key = _key(piece)
            note = (
                bool(_NOTE.match(piece.text))
                and bool(re.search(r"[^\W\d]{2}", piece.text))
                and len(steps.get(key, ())) > 1
            )
            repeats = seen[key] >= often and len(piece.text) < LONGEST and not note
            bare = piece.outermost and bool(_PAGE_NUMBER.fullmatch(piece.text))
            artifact = all(run.artifact for run in piece.runs)
            if repeats or bare or artifact:
                taken.append(Furniture(piece.text, number))
                gone.update(map(id, piece.runs))
        content.runs = [run for run in content.runs if id(run) not in gone]
    return taken


def _key(piece: _Piece) -> tuple[str, bool]:
    return re.sub(r"\d+", "#", piece.text.lower()), piece.top


def _edges(content: PageContent) -> list[_Piece]:
    rows = rows_of([run for run in content.runs if not run.turned])
    found: list[_Piece] = []
    for index, row in enumerate(rows):
        top, bottom = (
            index < EDGE and row.y > content.height * 0.5,
            index >= len(rows) - EDGE and row.y < content.height * 0.5,
        )
        if not top and not bottom:
            continue
        # What stands in the outermost row may be a bare page number; inside it would be a figure of the text.
        outermost = index in {0, len(rows) - 1}
        for runs in segments_of(row):
            text = " ".join(join_runs(runs, row.size)[0].split())
            found.append(_Piece(text, runs, top, outermost))
    return found
