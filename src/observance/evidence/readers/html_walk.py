"""A page walked once: visible text with its source, cut into pieces at block borders.

Visible is what a browser shows without scripts: not `script`, `style`, `head`, `hidden`, `display:none`. Runs of blanks
fold into one (CSS white-space: normal), entities are decoded, soft hyphens and zero-width characters are dropped, a
line feed stands between blocks. Each character keeps its source.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from observance.errors import LimitError
from observance.evidence.readers.html_elements import BLOCK, CLOSES, CLOSES_P, VOID, Element, inherit
from observance.evidence.readers.html_meta import Head
from observance.evidence.readers.html_tokens import Tag, Text, tokens
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.plain import is_wrapped
from observance.evidence.readers.textmap import MapBuilder

__all__ = ["Piece", "Walk", "walk"]

_PIECE = re.compile(
    r"(?P<words>[^ \t\n\r\f&\xad\u200b\u2060\ufeff]+(?: [^ \t\n\r\f&\xad\u200b\u2060\ufeff]+)*)|"
    r"(?P<blank>[ \t\n\r\f]+)|"
    r"(?P<entity>&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?))|(?P<drop>[\xad\u200b\u2060\ufeff]+)|&"
)
_SPLIT = frozenset({"paragraph", "quote", "list_item", "caption"})
_SENTENCE_END = (".", "!", "?", "”", '"', "…", ":", "»")


@dataclass(slots=True)
class Piece:
    """A block of the page: where its text stands, the element that made it, and where it lies.

    Attributes:
        region: empty, `weak` (a class name speaks of page furniture), `aside` or `strong` (nav, footer, form).
        linked: characters inside links.
        article: number of the innermost `article`, 0 outside.
        table, row, column: of a cell; -1 outside.
        by: inside an element named author or byline.
        stamp: it is a `time` element and nothing else.
    """

    start: int
    end: int
    kind: str
    region: str
    linked: int
    article: int
    main: bool
    table: int = -1
    row: int = -1
    column: int = -1
    by: bool = False
    stamp: bool = False


@dataclass(slots=True)
class Grid:
    """A table while it is walked: the next cell, cells that reach down, and which rows are headers."""

    row: int = -1
    column: int = 0
    taken: set[tuple[int, int]] = field(default_factory=set)
    plain: set[int] = field(default_factory=set)
    nested: bool = False
    caption: str = ""


@dataclass(slots=True)
class Walk:
    """A page walked: text builder, pieces, tables, head."""

    source: str
    builder: MapBuilder = field(default_factory=MapBuilder)
    pieces: list[Piece] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    articles: int = 0
    has_main: bool = False
    tags: int = 0
    spans: int = 0
    deepest: int = 0
    # state of the piece being written
    begin: int = -1
    linked: int = 0
    timed: int = 0
    gap: tuple[int, int] | None = None
    owner: Element | None = None
    preformatted: int = 0
    breaks: list[tuple[int, int, int]] = field(default_factory=list)


def walk(source: str, *, limits: Limits, where: str) -> Walk:
    """Walk a decoded page.

    Raises:
        LimitError: more tags than a page of text has, or more text than the limit.
    """
    state = Walk(source)
    stack = [Element("", False, "", False, "paragraph", 0, -1, False, False)]
    time_depth = 0
    for token in tokens(source):
        if isinstance(token, Text):
            _text(state, stack, token, time_depth > 0)
            continue
        state.tags += 1
        if state.tags > 2_000_000 or state.builder.length > limits.max_text:
            raise LimitError(
                "the page is too large",
                where=where,
                got=f"{state.tags} tags",
                expected="at most 2,000,000 tags",
                step="save the article alone",
            )
        name = token.name
        if token.closing:
            if name == "time":
                time_depth = max(0, time_depth - 1)
            _close(state, stack, name)
            continue
        if name == "br":
            _line_break(state)
            continue
        _open(state, stack, token)
        if name == "time":
            time_depth += 1
    _flush(state)
    return state


def _open(state: Walk, stack: list[Element], tag: Tag) -> None:
    name, attributes = tag.name, tag.attributes
    if name == "meta":
        state.head.add_meta(attributes)
    elif name == "link" and "canonical" in attributes.get("rel", "").lower():
        state.head.canonical = state.head.canonical or attributes.get("href", "")[:2000]
    elif name == "html":
        state.head.language = state.head.language or attributes.get("lang", "")[:20]
    elif name == "time" and attributes.get("datetime") and not stack[-1].hidden:
        state.head.times.append(attributes["datetime"][:60])
    if name in BLOCK or name == "img":
        _flush(state)
    if name in VOID:
        return
    if name in CLOSES_P:
        _close_up_to(state, stack, ("p",), ("td", "th", "table", "button", "object"))
    if name in CLOSES:
        _close_up_to(state, stack, *CLOSES[name])
    parent = stack[-1]
    element = inherit(parent, tag, state.articles)
    state.articles += name == "article"
    state.has_main = state.has_main or element.main
    if name == "table":
        state.grids.append(Grid())
        if element.table >= 0:
            state.grids[element.table].nested = True
        element.table = len(state.grids) - 1
    elif name in {"tr", "td", "th"} and element.table >= 0:
        _place(state, state.grids[element.table], name, attributes)
    elif name == "pre":
        state.preformatted += 1
    # A page of a million open tags is an attack; beyond this depth elements are seen and not kept.
    if len(stack) < 4000:
        stack.append(element)
        state.deepest = max(state.deepest, len(stack))


def _place(state: Walk, grid: Grid, name: str, attributes: dict[str, str]) -> None:
    if name == "tr":
        grid.row += 1
        grid.column = -1
        return
    grid.row = max(grid.row, 0)
    grid.column += 1
    while (grid.row, grid.column) in grid.taken:
        grid.column += 1
    if name == "td":
        grid.plain.add(grid.row)
    across, down = _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
    # Spans of a page may claim this many cells in all; a page that claims more is no table of data.
    state.spans += across * down
    if across * down > 1 and state.spans < 400_000:
        grid.taken.update((grid.row + y, grid.column + x) for y in range(down) for x in range(across))


def _number(text: str | None) -> int:
    return min(max(int(text), 1), 100) if text and re.fullmatch(r"[0-9]{1,4}", text) else 1


def _close(state: Walk, stack: list[Element], name: str) -> None:
    if name in BLOCK:
        _flush(state)
    if name == "p" and not any(element.name == "p" for element in stack[-60:]):
        return
    for back in range(1, min(len(stack), 200)):
        if stack[-back].name == name:
            _pop(state, stack, back)
            return
        if stack[-back].name in {"td", "th", "table"} and name not in {
            "td",
            "th",
            "tr",
            "tbody",
            "thead",
            "tfoot",
            "table",
        }:
            return


def _close_up_to(state: Walk, stack: list[Element], names: tuple[str, ...], stops: tuple[str, ...]) -> None:
    """Close what the standard closes without a tag: the outermost of `names` inside the nearest of `stops`."""
    depth = 0
    for back in range(1, min(len(stack), 60)):
        element = stack[-back]
        if element.name in names:
            depth = back
        elif element.name in stops or (element.name in BLOCK and names == ("p",)):
            break
    if depth:
        _flush(state)
        _pop(state, stack, depth)


def _pop(state: Walk, stack: list[Element], count: int) -> None:
    for _ in range(count):
        element = stack.pop()
        if element.name == "pre":
            state.preformatted -= 1


def _line_break(state: Walk) -> None:
    """Two breaks in a row end a paragraph; whether a single one does is seen when the lines are known (`_flush`)."""
    if state.begin < 0:
        return
    if state.preformatted:
        state.builder.put("\n", state.builder.sources[-1] + state.builder.widths[-1], 0)
        return
    if state.gap == (-1, 0):
        _flush(state)
        return
    state.gap = (-1, 0)


def _text(state: Walk, stack: list[Element], token: Text, timed: bool) -> None:
    element = stack[-1]
    if token.raw:
        if token.raw == "title" and not state.head.title and not any(e.name == "svg" for e in stack[-20:]):
            state.head.title = html.unescape(state.source[token.start : min(token.end, token.start + 2000)]).strip()
        elif token.raw == "script" and "ld+json" in state.source[max(0, token.start - 200) : token.start].lower():
            state.head.linked.append(state.source[token.start : token.end])
        return
    if element.hidden:
        return
    if state.preformatted:
        _copy_preformatted(state, element, token)
        return
    source, builder = state.source, state.builder
    for match in _PIECE.finditer(source, token.start, token.end):
        kind = match.lastgroup
        if kind == "blank":
            if state.begin >= 0 and state.gap is None:
                state.gap = (match.start(), match.end() - match.start())
            continue
        if kind == "drop":
            continue
        piece = match[0]
        if kind == "entity":
            decoded = html.unescape(piece)
            if decoded.strip(" \t\n\r\f\xad\u200b\u2060\ufeff") == "":
                if decoded.strip("\xad\u200b\u2060\ufeff") and state.begin >= 0 and state.gap is None:
                    state.gap = (match.start(), len(piece))
                continue
            _start(state, element)
            _close_gap(state)
            _put_entity(builder, decoded, piece, match.start())
        else:
            _start(state, element)
            _close_gap(state)
            builder.copy(piece, match.start())
        if element.link:
            state.linked += len(piece)
        if timed:
            state.timed += len(piece)


def _put_entity(builder: MapBuilder, decoded: str, piece: str, at: int) -> None:
    """Add an entity; where a name goes on after an old one without semicolon (`&notable`), the old one is decoded."""
    tail = decoded[1:] if len(decoded) > 1 and piece.endswith(decoded[1:]) and not piece.startswith("&#") else ""
    if decoded == piece:
        builder.copy(piece, at)
    elif tail:
        builder.put(decoded[0], at, len(piece) - len(tail))
        builder.copy(tail, at + len(piece) - len(tail))
    else:
        builder.put(decoded, at, len(piece))


def _copy_preformatted(state: Walk, element: Element, token: Text) -> None:
    text = state.source[token.start : token.end]
    if not text.strip() and state.begin < 0:
        return
    _start(state, element)
    _close_gap(state)
    at = 0
    for match in re.finditer(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)", text):
        decoded = html.unescape(match[0])
        if decoded != match[0] and decoded:
            state.builder.copy(text[at : match.start()], token.start + at)
            _put_entity(state.builder, decoded, match[0], token.start + match.start())
            at = match.end()
    state.builder.copy(text[at:], token.start + at)


def _start(state: Walk, element: Element) -> None:
    if state.begin < 0:
        if state.builder.length:
            last = state.builder.sources[-1] + state.builder.widths[-1]
            state.builder.put("\n", last, 0)
        state.begin = state.builder.length
        state.owner = element
        state.linked = state.timed = 0
        state.gap = None
        state.breaks.clear()


def _close_gap(state: Walk) -> None:
    if state.gap is None:
        return
    start, width = state.gap
    if start < 0:
        state.breaks.append((len(state.builder.parts), state.builder.length, state.linked))
        state.builder.put(" ", state.builder.sources[-1] + state.builder.widths[-1], 0)
    elif width == 1 and state.source[start] == " ":
        state.builder.copy(" ", start)
    else:
        state.builder.put(" ", start, width)
    state.gap = None


def _flush(state: Walk) -> None:
    """End the piece being written; a piece whose single line breaks part paragraphs becomes several."""
    owner = state.owner
    if state.begin < 0 or owner is None:
        state.gap = None
        return
    begin, end = state.begin, state.builder.length
    cuts = _cuts(state, begin, end) if state.breaks and owner.kind in _SPLIT else []
    edges = [begin, *(offset + 1 for _, offset, _ in cuts)]
    stops = [*(offset for _, offset, _ in cuts), end]
    counts = [0, *(linked for _, _, linked in cuts), state.linked]
    for part, _, _ in cuts:
        state.builder.parts[part] = "\n"
    for place, (start, stop) in enumerate(zip(edges, stops, strict=True)):
        state.pieces.append(_piece(state, owner, start, stop, counts[place + 1] - counts[place]))
    state.begin = -1
    state.gap = None
    state.owner = None
    state.breaks.clear()


def _cuts(state: Walk, begin: int, end: int) -> list[tuple[int, int, int]]:
    """The line breaks that part paragraphs: none where lines are wrapped at a width, else all but those in a sentence.

    Inside a sentence is where the line before ends without a full stop and the next goes on in lower case.
    """
    first = len(state.builder.starts) - 1
    while first > 0 and state.builder.starts[first] > begin:
        first -= 1
    text = "".join(state.builder.parts[first:])
    lines, at = [], begin
    for _, offset, _ in state.breaks:
        lines.append(text[at - begin : offset - begin])
        at = offset + 1
    lines.append(text[at - begin : end - begin])
    if is_wrapped(lines):
        return []
    return [
        found
        for found, line, after in zip(state.breaks, lines, lines[1:], strict=False)
        if line.endswith(_SENTENCE_END) or not after[:1].islower()
    ]


def _piece(state: Walk, owner: Element, start: int, end: int, linked: int) -> Piece:
    grid = state.grids[owner.table] if owner.table >= 0 else None
    in_cell = grid is not None and owner.kind == "table_cell"
    return Piece(
        start=start,
        end=end,
        kind=owner.kind,
        region=owner.region,
        linked=linked,
        article=owner.article,
        main=owner.main,
        table=owner.table if in_cell else -1,
        row=grid.row if in_cell and grid else -1,
        column=grid.column if in_cell and grid else -1,
        by=owner.by,
        stamp=state.timed >= end - start - 1 > 0,
    )
