"""A resolution split into its numbered paragraphs, sub-paragraphs and annexes, each with its characters in the text.

The layout is that of the Security Council: operative paragraphs `1.`, `2.` and so on after a preamble without numbers;
sub-paragraphs `(a)` and `(i)` inside them; annexes with a heading of their own, in which the numbers begin again.
Numbers must follow each other: a line of running text that begins with "12." or with "(d) of resolution 1718" opens
nothing. Page furniture (running heads, document symbols, page numbers) and notes are not part of any paragraph; where
a reader has marked them they come in as `skip`, in plain text lines that come back page after page are found here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

__all__ = ["Paragraph", "furniture", "split_resolution"]

_NUMBER = re.compile(r"[ \t\u00a0]*(\d{1,3})\.(?=[ \t\u00a0\n])")
_LETTER = re.compile(r"\(([a-z]{1,2}|[ivxl]{1,6})\)(?=[ \t\u00a0\n])")
_ANNEX = re.compile(
    r"[ \t\u00a0]*(annex|appendix|enclosure)(?:[ \t\u00a0]+([IVXLC]{1,6}|\d{1,2}|[A-Z]))?[ \t\u00a0]*"
    r"(?:[:.\-–—].{0,80})?$",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
# Before a paragraph stands the end of another, of a heading or of the preamble; inside a sentence stands a word.
_ENDS = frozenset(".;:,!?”\"’')]—–-")
_BEFORE_LETTER = re.compile(r"(?:[.;:,—–-]|[;,.:]\s*(?:and|or|and/or))\s*$")
_SYMBOL = re.compile(
    r"\s*(?:S/RES/\d+\s*\(\d{4}\)|S/\d{4}/\d+|\d{2}-\d{5}(?:\s*\(E\))?|\d{1,3}\s*/\s*\d{1,3}"
    r"|United Nations|Security Council)"
    r"(?:\s+(?:S/RES/\d+\s*\(\d{4}\)|\d{2}-\d{5}(?:\s*\(E\))?|\d{1,3}\s*/\s*\d{1,3}))*\s*"
)
LONGEST_FURNITURE = 90
HEADING = 60
# Stands for the letters of a paragraph whose parts are counted in Roman numerals alone.
WITHOUT_LETTERS = 1000
GAP = 3
# Inside a sentence these words stand before a letter that refers to another place.
_REFERS = re.compile(
    r"(?:\d|\b(?:paragraphs?|sub-?paragraphs?|subparas?|paras?|clauses?|annex(?:es)?|items?|and|or|to|of))\s*$",
    re.IGNORECASE,
)
_GOES_ON = {
    "a": re.compile(r"[;,]\s*(?:and\s+|or\s+)?\(b\)\s"),
    "i": re.compile(r"[;,]\s*(?:and\s+|or\s+)?\(ii\)\s"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One numbered paragraph.

    Attributes:
        number: as a measure writes it: `11`, `8(a)(ii)`.
        part: empty for the resolution itself, `annex` or `annex I` for its annexes.
        start, end: characters `[start, end)`; a paragraph holds its sub-paragraphs.
        text: the characters without page furniture, blanks closed up.
    """

    number: str
    part: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Open:
    number: str
    part: str
    start: int
    level: int
    end: int = 0


@dataclass(slots=True)
class _State:
    part: str = ""
    last: int = 0
    letter: int = 0
    roman: int = 0
    open: list[_Open] = field(default_factory=list)
    done: list[_Open] = field(default_factory=list)


def split_resolution(
    text: str, *, skip: Sequence[tuple[int, int]] = (), starts: Iterable[int] | None = None
) -> tuple[Paragraph, ...]:
    """The numbered paragraphs of a resolution, in the order of the text.

    Args:
        text: of the whole document.
        skip: ranges that belong to no paragraph (running heads, page numbers, notes).
        starts: offsets at which a block begins; the beginnings of lines where left out.
    """
    gone = sorted([*skip, *furniture(text)])
    state = _State()
    begins = sorted({*(starts or ()), *_line_starts(text)})
    for position, end in pairwise([*begins, len(text)]):
        if not _inside(position, gone) and end > position:
            _line(state, text, position, end, gone)
    _close(state, 0, len(text))
    rows = sorted(state.done, key=lambda row: (row.start, row.level))
    return tuple(
        Paragraph(
            number=row.number,
            part=row.part,
            start=row.start,
            end=(end := _trimmed(text, row.start, row.end, gone)),
            text=_clean(text, row.start, end, gone),
        )
        for row in rows
    )


def furniture(text: str) -> tuple[tuple[int, int], ...]:
    """Lines that are page furniture in plain text: symbols of the document, page numbers, short lines that recur."""
    lines = list(_lines(text))
    shapes = Counter(_shape(text[start:end]) for start, end in lines)
    found = []
    for start, end in lines:
        line = text[start:end].strip()
        if not line or len(line) > LONGEST_FURNITURE:
            continue
        recurs = shapes[_shape(text[start:end])] >= 3 and not _NUMBER.match(line) and not _LETTER.match(line)
        if _SYMBOL.fullmatch(line) or line.isdigit() or (recurs and not line.endswith((";", ":", ","))):
            found.append((start, end))
    return tuple(found)


def _line(state: _State, text: str, start: int, end: int, gone: list[tuple[int, int]]) -> None:
    line = text[start:end]
    annex = _ANNEX.match(line.rstrip("\n"))
    if annex and len(line.strip()) < LONGEST_FURNITURE and _free(state, text, start, gone):
        _close(state, 0, start)
        label = annex[2].upper() if annex[2] else ""
        state.part = f"annex {label}".strip()
        state.last = state.letter = state.roman = 0
        return
    body = 0
    number = _NUMBER.match(line)
    if number and _opens(state, int(number[1]), text, start, gone):
        _close(state, 0, start)
        state.last, state.letter, state.roman = int(number[1]), 0, 0
        state.open.append(_Open(number[1], state.part, start, 0))
        body = number.end()
    if not state.open:
        return
    for match in _LETTER.finditer(line, body):
        before = text[max(0, start + match.start() - 120) : start + match.start()]
        at_start = not line[body : match.start()].strip()
        before = _without(before, start + match.start() - len(before), gone) if gone else before
        if at_start and body and not before[len(before) - (match.start() - body) :].strip():
            # `8. (a) ...`: the letter right after the number.
            _letter(state, match[1], start + match.start())
        elif (_BEFORE_LETTER.search(before) or (at_start and bool(state.part))) or (
            match[1] in _GOES_ON
            and not _REFERS.search(before)
            and _GOES_ON[match[1]].search(text, start + match.end(), start + match.end() + 1500)
        ):
            _letter(state, match[1], start + match.start())


def _free(state: _State, text: str, start: int, gone: list[tuple[int, int]]) -> bool:
    """Whether a heading can stand here: after a full stop, a blank line, or the entries of an annex."""
    raw = text[max(0, start - 400) : start]
    before = _without(raw, start - len(raw), gone)
    return not before.strip() or bool(state.part) or before.rstrip()[-1] in _ENDS or before.endswith("\n\n")


def _opens(state: _State, number: int, text: str, start: int, gone: list[tuple[int, int]]) -> bool:
    """Whether a number opens the next paragraph: it follows the last one, and no sentence is broken off before it."""
    if not state.last < number <= state.last + GAP or (state.last == 0 and number != 1):
        return False
    after = text[start : start + 40].partition(".")[2].lstrip()
    if after[:1].islower():
        return False
    if state.part and number == state.last + 1:
        # Entries of an annex are names and have no full stop.
        return True
    before = _without(text[max(0, start - 400) : start], max(0, start - 400), gone).rstrip()
    if not before or before[-1] in _ENDS or before.endswith((" and", " or")):
        return True
    # A heading has no full stop; it is a short line by itself, after a line that ends.
    above, _, line = before.rpartition("\n")
    above = above.rstrip()
    return number == state.last + 1 and len(line.strip()) < HEADING and (not above or above[-1] in _ENDS)


def _letter(state: _State, mark: str, at: int) -> None:
    """Open a sub-paragraph where the mark is the next letter or the next Roman numeral."""
    top = state.open[0].number
    as_letter = ord(mark) - 96 if len(mark) == 1 else 26 + ord(mark[0]) - 96 if mark[0] == mark[-1] else 0
    as_roman = _roman(mark)
    parent = state.open[1] if len(state.open) > 1 and state.open[1].level == 1 else None
    if (
        as_roman
        and parent is not None
        and state.letter < WITHOUT_LETTERS
        and as_roman == state.roman + 1
        and not (as_letter == state.letter + 1 and as_roman == 1 and mark == "i")
    ):
        _close(state, 2, at)
        state.roman = as_roman
        state.open.append(_Open(f"{parent.number}({mark})", state.part, at, 2))
    elif as_letter and as_letter == state.letter + 1:
        _close(state, 1, at)
        state.letter, state.roman = as_letter, 0
        state.open.append(_Open(f"{top}({mark})", state.part, at, 1))
    elif as_roman == 1 and state.letter == 0:
        # Some paragraphs count their parts (i), (ii) with no letters above them.
        _close(state, 1, at)
        state.letter, state.roman = WITHOUT_LETTERS, 1
        state.open.append(_Open(f"{top}({mark})", state.part, at, 1))
    elif state.letter >= WITHOUT_LETTERS and as_roman == state.roman + 1:
        _close(state, 1, at)
        state.roman = as_roman
        state.open.append(_Open(f"{top}({mark})", state.part, at, 1))


def _roman(mark: str) -> int:
    if any(sign not in _ROMAN for sign in mark):
        return 0
    values = [_ROMAN[sign] for sign in mark]
    return sum(-v if any(later > v for later in values[i + 1 :]) else v for i, v in enumerate(values))


def _close(state: _State, level: int, at: int) -> None:
    while state.open and state.open[-1].level >= level:
        row = state.open.pop()
        row.end = at
        state.done.append(row)


def _lines(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _line_starts(text: str) -> list[int]:
    return [start for start, _ in _lines(text)]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _inside(position: int, ranges: list[tuple[int, int]]) -> bool:
    index = bisect_right(ranges, (position, 1 << 60)) - 1
    return index >= 0 and ranges[index][0] <= position < ranges[index][1]


def _without(part: str, offset: int, gone: list[tuple[int, int]]) -> str:
    """A stretch of the text with page furniture taken out."""
    kept, at, end = [], offset, offset + len(part)
    for start, stop in gone:
        if stop <= at or start >= end:
            continue
        kept.append(part[at - offset : max(at, start) - offset])
        at = min(end, stop)
    kept.append(part[at - offset :])
    return "".join(kept)


def _trimmed(text: str, start: int, end: int, gone: list[tuple[int, int]]) -> int:
    """The end without blanks and furniture behind it."""
    while end > start:
        if text[end - 1].isspace():
            end -= 1
            continue
        behind = next(((a, b) for a, b in gone if a < end <= b), None)
        if behind is not None and behind[0] > start:
            end = behind[0]
            continue
        # The heading of what follows is no part of the paragraph before it.
        line = text.rfind("\n", start, end) + 1
        above = _without(text[start:line], start, gone).rstrip() if line else ""
        last = text[line:end].strip()
        if not (above and above[-1] in ".;" and len(last) < HEADING and last[-1] not in _ENDS and last[:1].isupper()):
            break
        end = line
    return end


def _clean(text: str, start: int, end: int, gone: list[tuple[int, int]]) -> str:
    return " ".join(_without(text[start:end], start, gone).split())
