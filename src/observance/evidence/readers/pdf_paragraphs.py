"""Lines of all pages to one running text: furniture and notes set apart, paragraphs joined over columns and pages.

A running head, a page number and a note at the foot would cut the paragraph that goes on over the page; they are set
after the running text, each with its page, and stay citable. A hyphen at the end of a line goes where the rest of the
document, or the sense of a compound, does not keep it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from observance.evidence.readers.document import Block, BlockKind, Page
from observance.evidence.readers.pdf_furniture import Furniture
from observance.evidence.readers.pdf_layout import Line
from observance.evidence.readers.pdf_tables import Grid
from observance.evidence.readers.recognise import classify

__all__ = ["Flow", "Note", "flow"]

_ENDS = re.compile(r"[.!?:;]['\"”’»)\]]{0,2}(?:\u2009?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)?$")
_NOTE = re.compile(r"(?:[0-9]{1,3}(?=[\s.)A-Z\u2009])|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|[*†‡§]{1,3})")
_ITEM = re.compile(r"(?:[•▪◦●■‣∙·]|[–—-](?=\s)|\(?[a-z]{1,2}\)|\(?[ivx]{1,5}\))\s*\S")
_NUMBERED = re.compile(r"[0-9]{1,3}\.\s+\S")
_CAPTION = re.compile(
    r"(?:figure|fig\.|map|table|photo(?:graph)?|image|chart|graph|box|source)s?[\s:.]+(?:[0-9IVXA-Z]{1,5}\b|.)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\u2009?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![⁰¹²³⁴⁵⁶⁷⁸⁹])")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# Dots that lead from a heading to its page in a table of contents.
_LEADERS = re.compile(r"(?:[.:·…] ?){6}")
_HYPHENS = "-\u2010\u00ad"


@dataclass(slots=True)
class Note:
    """A line set apart from the running text."""

    kind: BlockKind
    text: str
    page: int


@dataclass(slots=True)
class Flow:
    """The running text under way."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    grids: list[tuple[Grid, int]] = field(default_factory=list)
    page: int = 0
    page_start: int = 0

    def add(self, text: str, page: int) -> None:
        """Append characters that stand on `page`."""
        if page != self.page:
            self._turn(page)
        self.parts.append(text)
        self.length += len(text)

    def _turn(self, page: int) -> None:
        if self.page and self.length > self.page_start:
            self.pages.append(Page(number=self.page, start=self.page_start, end=self.length))
        self.page, self.page_start = page, self.length


@dataclass(slots=True)
class _Paragraph:
    lines: list[tuple[Line, int]]
    kind: str


def flow(pages: list[tuple[int, list[Line]]], furniture: list[Furniture]) -> Flow:
    """The running text of pages of lines, as (page number, lines in reading order); furniture comes last."""
    body = _body_size(pages)
    notes: list[Note] = []
    paragraphs: list[_Paragraph] = []
    lead = _leading(pages, body)
    for number, lines in pages:
        notes.extend(Note("furniture", line.text, number) for line in lines if line.turned)
        kept = [line for line in lines if not line.turned]
        # The mark of a note that was wrapped to a line of its own.
        alone = [line for line in kept if line.size <= 0.85 * body and re.fullmatch(r"[0-9]{1,3}", line.text)]
        notes.extend(Note("furniture", line.text, number) for line in alone if line.grid is None)
        kept = [line for line in kept if line not in alone or line.grid is not None]
        feet = _feet(kept, body)
        kept = [line for line in kept if id(line) not in feet]
        _collect(paragraphs, kept, number, body, lead)
        notes.extend(_footnotes([line for line in lines if id(line) in feet], number))
        notes.extend(Note("furniture", piece.text, number) for piece in furniture if piece.page == number)
    marks = {
        (note.page, found[0].translate(_PLAIN))
        for note in notes
        if note.kind == "footnote" and (found := _NOTE.match(note.text))
    }
    words = _words(paragraphs)
    out = Flow()
    title = _title(paragraphs, body)
    for paragraph in paragraphs:
        _write(out, paragraph, words, marks, is_title=paragraph is title)
    for note in notes:
        if note.text.strip():
            _write_note(out, note)
    out._turn(0)  # noqa: SLF001  closes the last page
    return out


def _body_size(pages: list[tuple[int, list[Line]]]) -> float:
    sizes: Counter[float] = Counter()
    for _, lines in pages:
        for line in lines:
            if line.grid is None and not line.turned:
                sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _leading(pages: list[tuple[int, list[Line]]], body: float) -> float:
    """The usual distance of lines in units of their size."""
    steps: Counter[float] = Counter()
    for _, lines in pages:
        for one, two in pairwise(lines):
            if one.group == two.group and one.size and abs(one.size - two.size) < 0.5 and abs(one.size - body) < 1.0:
                step = round((one.y - two.y) / one.size, 1)
                if 0.8 <= step <= 2.5:
                    steps[step] += 1
    if not steps:
        return 1.25
    most = max(steps.values())
    # The closest lines are those of one paragraph; a page of one-line paragraphs must not set the measure.
    return min(step for step, count in steps.items() if count >= 0.25 * most)


def _feet(lines: list[Line], body: float) -> set[int]:
    """Notes at the foot of each column: smaller than the text, from the first line with a mark of a note."""
    found: set[int] = set()
    for group in sorted({line.group for line in lines}):
        column = [line for line in lines if line.group == group and line.grid is None]
        tail: list[Line] = []
        for line in reversed(column):
            if line.size > 0.93 * body:
                break
            tail.append(line)
        tail.reverse()
        first = next((i for i, line in enumerate(tail) if _NOTE.match(line.text)), None)
        if first is not None and len(tail) < len(column):
            found.update(id(line) for line in tail[first:])
        elif (
            first == 0
            and column
            and column[0].y < min((line.y for line in lines if line.size > 0.93 * body), default=0)
        ):
            found.update(id(line) for line in tail)
    return found


def _footnotes(lines: list[Line], page: int) -> list[Note]:
    notes: list[Note] = []
    for line in lines:
        if _NOTE.match(line.text) or not notes:
            notes.append(Note("footnote", line.text, page))
        else:
            notes[-1].text = _joined(notes[-1].text, line.text, Counter())
    return notes


def _collect(paragraphs: list[_Paragraph], lines: list[Line], page: int, body: float, lead: float) -> None:
    before: Line | None = None
    for line in lines:
        if line.grid is not None:
            paragraphs.append(_Paragraph([(line, page)], "table"))
            before = line
            continue
        kind = _kind_of(line, body)
        last = paragraphs[-1] if paragraphs else None
        if last is None or last.kind != kind or _breaks(last, line, before, page, lead):
            paragraphs.append(_Paragraph([(line, page)], kind))
        else:
            last.lines.append((line, page))
        before = line


def _kind_of(line: Line, body: float) -> str:
    if line.size >= 1.12 * body:
        return f"heading{round(line.size)}"
    if _LEADERS.search(line.text):
        return "contents"
    words = line.text.split()
    short = line.x1 < line.left + 0.75 * max(line.right - line.left, 1) or len(words) <= 12
    if line.bold and short and not _ENDS.search(line.text) and len(words) >= 1:
        return "headingb"
    return "text"


def _breaks(last: _Paragraph, line: Line, before: Line | None, page: int, lead: float) -> bool:
    """Whether `line` starts a new paragraph after the lines of `last`."""
    previous, on = last.lines[-1]
    ended = bool(_ENDS.search(previous.text))
    if last.kind == "contents":
        return True
    if _ITEM.match(line.text) and (ended or line.x0 > line.left + 0.5 * line.size or len(last.lines) == 1):
        return True
    if _NUMBERED.match(line.text) and ended:
        return True
    if _CAPTION.match(line.text) and ended:
        return True
    if abs(previous.size - line.size) > 0.12 * max(previous.size, line.size):
        return True
    same = before is previous and previous.group == line.group and on == page
    if not same:
        # Another column or page: the sentence goes on, or the paragraph is over.
        if last.kind != "text":
            # A heading over several columns: its second line may lie in the first of them.
            return on != page or not 0 < previous.y - line.y < 1.9 * lead * line.size
        if before is not previous and on == page:
            return True
        indented = line.x0 > line.left + 0.8 * line.size
        if ended:
            # Sentences end inside paragraphs more often than last lines are full: a full justified line goes on.
            return indented or not previous.justified or previous.x1 < previous.right - 1.0
        return line.text[:1].isupper() and previous.x1 < previous.left + 0.6 * (previous.right - previous.left)
    if last.kind != "text":
        return previous.y - line.y > 1.9 * lead * line.size
    if previous.y - line.y > 1.3 * lead * line.size or previous.y - line.y < -0.5 * line.size:
        return True
    width = max(line.right - line.left, 1.0)
    room = line.right - previous.x1 - 0.25 * line.size - line.first
    if ended and room > 0.3 * line.size:
        return True
    if room > 0.3 * width:
        return not line.text[:1].islower()
    indented = line.x0 > line.left + 0.8 * line.size and previous.x0 <= line.x0 - 0.8 * line.size
    return indented and ended


def _words(paragraphs: list[_Paragraph]) -> Counter[str]:
    """Words of the document, hyphens kept, for deciding on hyphens at line ends."""
    return Counter(
        word.lower()
        for paragraph in paragraphs
        for line, _ in paragraph.lines
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text)
    )


def _joined(text: str, after: str, words: Counter[str]) -> str:
    glue = _glue(text, after, words)
    return (text[:-1] if glue == "cut" else text) + ("" if glue else " ") + after


def _glue(text: str, after: str, words: Counter[str]) -> str:
    """How a line goes on: "" with a blank, "keep" right after its hyphen, "cut" without its hyphen."""
    if not text or text[-1] not in _HYPHENS or not after[:1].isalnum():
        # Scripts without blanks between words go on without one.
        return "keep" if text and after and _wide(text[-1]) and _wide(after[0]) else ""
    head = re.search(r"([^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[-\u2010\u00ad]$", text)
    if not head:
        return "keep" if len(text) > 1 and text[-2].isalnum() else ""
    if text[-1] == "\u00ad":
        return "cut"
    left = head[1].lower().replace("\u2010", "-")
    right = re.match(r"[^\W\d_]+(?:-[^\W\d_]+)*", after)
    tail = right[0].lower() if right else ""
    if not after[0].islower() or not tail:
        return "keep"
    if words[f"{left}-{tail}"]:
        return "keep"
    if words[left + tail]:
        return "cut"
    if "-" in left or (words[left] > 0 and words[tail] > 1 and len(left) > 2 and len(tail) > 2):
        return "keep"
    return "cut"


def _wide(char: str) -> bool:
    return "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def _title(paragraphs: list[_Paragraph], body: float) -> _Paragraph | None:
    """The headline: the largest heading on the first page, before the running text has gone far."""
    found: _Paragraph | None = None
    for paragraph in paragraphs[:12]:
        line, page = paragraph.lines[0]
        if page != paragraphs[0].lines[0][1]:
            break
        if (
            paragraph.kind.startswith("heading")
            and paragraph.kind != "headingb"
            and (found is None or line.size > found.lines[0][0].size + 0.5)
        ):
            found = paragraph
    return found if found and found.lines[0][0].size >= 1.12 * body else None


def _write(
    out: Flow, paragraph: _Paragraph, words: Counter[str], marks: set[tuple[int, str]], *, is_title: bool
) -> None:
    first, page = paragraph.lines[0]
    if paragraph.kind == "table" and first.grid is not None:
        _write_table(out, first.grid, page)
        return
    if out.length:
        out.add("\n", page)
    start = out.length
    text = ""
    for line, on in paragraph.lines:
        piece = _without_marks(line.text, on, marks)
        if not text:
            out.add(piece, on)
            text = piece
            continue
        glue = _glue(text, piece, words)
        if glue == "cut":
            # The hyphen is the last character written.
            last = out.parts.pop()
            out.parts.append(last[:-1])
            out.length -= 1
        elif not glue:
            out.add(" ", out.page)
        out.add(piece, on)
        text = piece
    whole = "".join(out.parts)[start:] if len(out.parts) < 50 else _tail(out, start)
    kind: BlockKind = "paragraph"
    level = 0
    if is_title:
        kind = "headline"
    elif paragraph.kind == "contents":
        kind = "boilerplate"
    elif paragraph.kind.startswith("heading"):
        kind, level = "heading", 2
    elif _CAPTION.match(whole) and len(whole) < 400 and not whole.lower().startswith("source"):
        kind = "caption"
    elif _ITEM.match(whole):
        kind = "list_item"
    shift = [
        Block(
            start=block.start + start,
            end=block.end + start,
            kind=block.kind,
            level=level,
            page=page,
            parts=tuple(
                type(part)(kind=part.kind, start=part.start + start, end=part.end + start, text=part.text)
                for part in block.parts
            ),
        )
        for block in classify(whole, 0, len(whole), kind=kind)
    ]
    out.blocks.extend(shift)


def _tail(out: Flow, start: int) -> str:
    """The characters written from `start` on, without joining the whole text."""
    pieces: list[str] = []
    length = out.length
    for part in reversed(out.parts):
        if length <= start:
            break
        pieces.append(part)
        length -= len(part)
    text = "".join(reversed(pieces))
    return text[start - length :]


def _without_marks(text: str, page: int, marks: set[tuple[int, str]]) -> str:
    """A raised figure that is the mark of a note on this page goes; other raised figures stay."""

    def drop(found: re.Match[str]) -> str:
        number = found[1].translate(_PLAIN)
        near = any((where, number) in marks for where in (page - 1, page, page + 1))
        return "" if near else found[0].lstrip("\u2009")

    return _MARK.sub(drop, text) if "\u2009" in text else text


def _write_table(out: Flow, grid: Grid, page: int) -> None:
    place = len(out.grids)
    out.grids.append((grid, page))
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if not cell:
                continue
            if out.length:
                out.add("\n" if column == 0 else "\t", page)
            start = out.length
            out.add(cell, page)
            number = row if grid.header else row + 1
            out.blocks.append(
                Block(start=start, end=out.length, kind="table_cell", page=page, table=place, row=number, column=column)
            )


def _write_note(out: Flow, note: Note) -> None:
    text = " ".join(note.text.replace("\u2009", " ").split())
    if out.length:
        out.add("\n", note.page)
    start = out.length
    out.add(text, note.page)
    out.blocks.append(Block(start=start, end=out.length, kind=note.kind, page=note.page))
