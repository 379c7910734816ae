"""The tree as one self-contained HTML page. Same tree, same bytes."""

from __future__ import annotations

from collections.abc import Iterator

from observance.report.days import weekday
from observance.report.figures.bars import draw_bars
from observance.report.figures.maps import draw_map
from observance.report.figures.shapes import Bars, SmallMap, TimeLine
from observance.report.figures.timeline import draw_timeline
from observance.report.figures.tracks import TrackMap, draw_tracks
from observance.report.markup import element, isolated, words
from observance.report.page import page
from observance.report.tree import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chip,
    Code,
    Column,
    Day,
    Figure,
    Footnote,
    Head,
    Inline,
    Listing,
    NoteRef,
    Paragraph,
    Passage,
    Quote,
    Ref,
    Report,
    Row,
    Section,
    Sentence,
    Table,
    Text,
)

__all__ = ["render_html", "render_inline"]

# Tables of at most so many characters of markup stay on one page in print.
_SHORT = 3500
_CLOSING = (",", ".", ";", ":", ")")


class _Calls:
    """Counts the calls to each footnote, so that each call can be jumped back to."""

    def __init__(self) -> None:
        self.made: dict[int, int] = {}

    def next(self, number: int) -> int:
        self.made[number] = self.made.get(number, 0) + 1
        return self.made[number]


def render_html(report: Report) -> str:
    """One HTML document: head, contents, sections, passages, foot."""
    calls = _Calls()
    sections = "".join(_section(section, 2, calls) for section in report.sections)
    notes = _notes(report.footnotes, calls)
    body = "".join(
        (
            _head(report.head),
            _contents(report),
            element("main", sections, notes, id="main", tabindex="-1"),
            element(
                "footer",
                element(
                    "p", words(f"Made by {report.made_by}. This page needs no script and asks nothing of a network.")
                ),
            ),
        )
    )
    return page(title=report.head.title, language=report.language, body=body)


def _head(head: Head) -> str:
    facts = "".join(
        element("div", element("dt", words(name)), element("dd", render_inline(parts, None)))
        for name, parts in head.facts
    )
    callouts = "".join(_callout(callout, 2, None) for callout in head.callouts)
    return element(
        "header",
        element("p", words(head.cover), class_="cover"),
        element("h1", words(head.title)),
        element("dl", facts, class_="facts"),
        element("div", callouts, class_="calls") if callouts else "",
        class_="title",
    )


def _contents(report: Report) -> str:
    def entry(section: Section, *, deep: bool) -> str:
        link = element("a", words(section.title), href=f"#{section.anchor}")
        inner = ""
        if deep and section.anchor == "findings" and section.sections:
            inner = element("ol", *(entry(one, deep=False) for one in section.sections), class_="plain")
        return element("li", link, inner)

    entries = [entry(section, deep=True) for section in report.sections]
    if report.footnotes:
        entries.append(element("li", element("a", "Passages cited", href="#notes")))
    return element(
        "nav",
        element("h2", "Contents", id="contents"),
        element("ol", *entries, class_="plain"),
        aria_labelledby="contents",
    )


def _section(section: Section, level: int, calls: _Calls) -> str:
    tag = f"h{min(level, 6)}"
    heading = element(tag, words(section.title), id=f"{section.anchor}-h")
    chips = element("p", " ".join(_chip(chip) for chip in section.chips), class_="chips") if section.chips else ""
    inner = "".join(_block(block, level + 1, calls) for block in section.blocks)
    deeper = "".join(_section(one, level + 1, calls) for one in section.sections)
    layers = " stratum" if section.chips and section.chips[0].group == "layer" and level > 3 else ""
    return element(
        "section",
        heading,
        "" if layers else chips,
        inner,
        deeper,
        id=section.anchor,
        class_=f"s{level}{layers}",
        # Only the parts are landmarks: a reader who jumps between them should not meet forty.
        aria_labelledby=f"{section.anchor}-h" if level == 2 else "",
    )


def _block(block: Block, level: int, calls: _Calls) -> str:
    match block:
        case Paragraph():
            return element("p", " ".join(_sentence(one, calls) for one in block.sentences))
        case Bullets():
            tag = "ol" if block.ordered else "ul"
            return element(tag, *(element("li", _sentence(one, calls)) for one in block.items))
        case Callout():
            return _callout(block, level, calls)
        case Passage():
            return _passage(block)
        case Listing():
            lines = words("\n".join(block.lines))
            code = element("code", lines)
            title = element("p", words(block.title), class_="caption")
            return title + element("pre", code, tabindex="0", role="group", aria_label=block.title)
        case Table():
            return _table(block, calls)
        case Figure():
            return _figure(block, calls)


def _sentence(sentence: Sentence, calls: _Calls | None) -> str:
    return render_inline(sentence.parts, calls)


def _callout(callout: Callout, level: int, calls: _Calls | None) -> str:
    tag = f"h{min(level, 6)}"
    lines = "".join(element("p", _sentence(one, calls)) for one in callout.sentences)
    heading = element(tag, words(callout.title)) if calls else element("p", words(callout.title), class_="call-title")
    return element("div", heading, lines, class_=f"call {callout.kind}")


def render_inline(parts: tuple[Inline, ...], calls: _Calls | None) -> str:
    """Inline parts in a line: calls stick to the word before, closing marks too."""
    spelled: list[str] = []
    before: Inline | None = None
    for part in parts:
        if isinstance(part, Text) and not part.text:
            continue
        tight = isinstance(part, NoteRef) or (isinstance(part, Text) and part.text.startswith(_CLOSING))
        if spelled and not tight:
            spelled.append(" ")
        if isinstance(part, NoteRef) and isinstance(before, NoteRef):
            spelled.append('<span class="sep">,</span>')
        spelled.append(_part(part, calls))
        before = part
    return "".join(spelled)


def _part(part: Inline, calls: _Calls | None) -> str:
    match part:
        case Text():
            return element("strong", words(part.text)) if part.strong else words(part.text)
        case Chip():
            return _chip(part)
        case Code():
            return element("code", words(part.text))
        case Ref():
            return element("a", words(part.text), href=f"#{part.target}")
        case Day():
            day = weekday(part.value)
            shown = part.value.replace("/..", " onwards").replace("../", "until ").replace("/", " to ")
            return element("time", words(shown), title=day, datetime=part.value if day else "")
        case Quote():
            return _said(part.text, part.modality, part.by)
        case NoteRef():
            if calls is None:
                return ""
            back = f"c{part.number}-{calls.next(part.number)}"
            link = element("a", str(part.number), href=f"#n{part.number}", id=back, aria_label=f"passage {part.number}")
            return element("sup", link)


def _chip(chip: Chip) -> str:
    value = "".join(char if char.isalnum() else "-" for char in chip.value)
    mark = f"m-{value}" if chip.group == "modality" else f"{chip.group}-{value}"
    return element("span", words(chip.label), class_=f"chip {chip.group} {mark}")


def _said(text: str, modality: str, by: str) -> str:
    mark = "".join(char if char.isalnum() else "-" for char in modality)
    quote = element("span", "“", isolated(text), "”", class_=f"said m-{mark}")
    return quote + (element("span", words(f" denied by {by}"), class_="denier") if by else "")


def _passage(passage: Passage) -> str:
    mark = "".join(char if char.isalnum() else "-" for char in passage.modality)
    quote = element("mark", isolated(passage.quote), class_=f"m-{mark}")
    by = element("span", words(f" denied by {passage.by} "), class_="denier") if passage.by else ""
    context = f"{isolated(passage.before)}{quote}{by}{isolated(passage.after)}"
    where = element("p", words(passage.where), class_="where") if passage.where else ""
    return element("blockquote", element("p", context), where)


def _table(table: Table, calls: _Calls) -> str:
    head = element(
        "tr",
        *(
            element("th", words(one.title), scope="col", role="columnheader", class_="num" if one.numeric else "")
            for one in table.columns
        ),
        role="row",
    )
    body = "".join(_row(row, table.columns, calls) for row in table.rows)
    shares = "".join(f'<col style="width: {one.share}%">' if one.share else "<col>" for one in table.columns)
    kind = "even" if table.even else "key" if table.structural else ""
    grid = element(
        "table",
        element("caption", words(table.caption)),
        element("colgroup", shares) if any(one.share for one in table.columns) else "",
        element("thead", head, role="rowgroup"),
        element("tbody", body, role="rowgroup"),
        role="table",
        id=table.anchor,
        class_=f"{kind} short".strip() if len(body) <= _SHORT else kind,
    )
    note = element("p", words(table.note), class_="caption") if table.note else ""
    return element("div", grid, class_="scroll", tabindex="0", role="group", aria_label=table.caption) + note


def _row(row: Row, columns: tuple[Column, ...], calls: _Calls) -> str:
    cells = []
    for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        number = "num" if column.numeric else ""
        lines = _lines(cell, calls)
        if place == 0:
            cells.append(element("th", lines, scope="row", role="rowheader", class_=number))
        else:
            cells.append(element("td", lines, role="cell", data_label=column.title, class_=number))
    return element("tr", *cells, role="row", id=row.anchor)


def _lines(cell: Cell, calls: _Calls) -> str:
    if len(cell.lines) == 1:
        return render_inline(cell.lines[0], calls)
    return "".join(element("p", render_inline(line, calls)) for line in cell.lines)


def _figure(figure: Figure, calls: _Calls) -> str:
    picture = element("div", _draw(figure), class_="picture", tabindex="0", role="group", aria_label=figure.title)
    caption = element(
        "figcaption",
        element("strong", words(figure.title)),
        element("span", words(f" {figure.source} {figure.caveat}")),
    )
    return element("figure", caption, picture, id=figure.anchor) + _table(figure.twin, calls)


def _draw(figure: Figure) -> str:
    match figure.drawing:
        case TimeLine() as shape:
            return draw_timeline(shape, title=figure.title, anchor=figure.anchor)
        case Bars() as shape:
            return draw_bars(shape, title=figure.title, anchor=figure.anchor)
        case SmallMap() as shape:
            return draw_map(shape, title=figure.title, anchor=figure.anchor)
        case TrackMap() as shape:
            return draw_tracks(shape, anchor=figure.anchor, alone=False)


def _notes(footnotes: tuple[Footnote, ...], calls: _Calls) -> str:
    if not footnotes:
        return ""
    return element(
        "section",
        element("h2", "Passages cited", id="notes-h"),
        element(
            "p", "Each number above leads here: the words cited, highlighted in their context, and where they stand."
        ),
        element("ol", *(_note(one, calls) for one in footnotes), class_="notes"),
        id="notes",
        class_="s2",
        aria_labelledby="notes-h",
    )


def _note(note: Footnote, calls: _Calls) -> str:
    passages = "".join(_passage(one) for one in note.passages)
    backs = "".join(_backs(note.number, calls.made.get(note.number, 0))).strip()
    lines = [render_inline(line, None) for line in note.detail]
    if backs:
        lines.append(f'<span class="backs">Cited at {backs}</span>')
    return element(
        "li",
        element("p", render_inline(note.source, None), class_="source"),
        passages,
        element("p", " · ".join(lines), class_="detail") if lines else "",
        id=f"n{note.number}",
        value=str(note.number),
    )


def _backs(number: int, count: int) -> Iterator[str]:
    for call in range(1, min(count, 12) + 1):
        name = f"back to place {call} that cites passage {number}"
        yield element("a", f"{call}", href=f"#c{number}-{call}", aria_label=name) + " "
