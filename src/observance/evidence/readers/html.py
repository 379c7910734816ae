"""Web pages: visible text with a map into the bytes, blocks, tables, and what the page says of itself.

The text is ours (`html_walk`), so that a citation leads to the bytes. Which blocks are the article and which are page
furniture is decided by three witnesses: structure (nav, footer, aside, class names), words (`recognise`), and
trafilatura 2 with a second pass that favours recall. Furniture is marked and stays citable; nothing is thrown away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from observance.errors import FormatError, LimitError
from observance.evidence.readers.document import Block, BlockKind, Document, Part, Table
from observance.evidence.readers.encoding import decode_text
from observance.evidence.readers.html_meta import first_day
from observance.evidence.readers.html_walk import Piece, Walk, walk
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.plain import blocks_of_text
from observance.evidence.readers.recognise import classify, is_boilerplate, is_byline
from observance.evidence.readers.textmap import Decoded

__all__ = ["declared_charset", "read_html"]

_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[\W_]+")


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page or XML file declares in its first 4096 bytes."""
    found = _CHARSET.search(data[:4096])
    return found.group(1).decode("ascii") if found else None


def read_html(data: bytes, *, name: str, limits: Limits, charset: str | None = None) -> Document:
    """A web page as a document. `charset` is what a mail or an HTTP header declares; it wins over the page.

    Raises:
        FormatError: no text in it.
        LimitError: larger than a page may be.
    """
    if len(data) > limits.max_markup_bytes:
        raise LimitError(
            "the page is too large",
            where=name,
            got=f"{len(data):,} bytes of HTML",
            expected=f"at most {limits.max_markup_bytes:,}",
            step="save the article alone, or as text",
        )
    decoded = decode_text(data, declared=charset or declared_charset(data), where=name)
    return page_of(decoded, name=name, limits=limits)


def page_of(decoded: Decoded, *, name: str, limits: Limits) -> Document:
    """The document of a decoded page."""
    state = walk(decoded.text, limits=limits, where=name)
    text, source = state.builder.build()
    if not text.strip():
        raise FormatError(
            "the page shows no text",
            where=name,
            got=f"{state.tags} tags and no visible words",
            expected="text",
            step="it may be drawn by scripts: capture it from a browser, or save it as PDF",
        )
    data_tables = _data_tables(state)
    kinds = _decide(state, text, decoded.text)
    blocks: list[Block] = []
    for piece, kind in zip(state.pieces, kinds, strict=True):
        blocks.extend(_blocks(text, piece, kind, data_tables))
    headline = next((text[b.start : b.end] for b in blocks if b.kind == "headline"), None)
    meta = state.head.meta(headline)
    stamps = [text[b.start : b.end] for b in blocks if b.kind == "metadata"][:6]
    by = next((part.text for b in blocks if b.kind == "byline" for part in b.parts), None)
    meta = replace(meta, published=meta.published or first_day(stamps), author=meta.author or by)
    warnings = []
    if decoded.repaired:
        warnings.append(f"{decoded.repaired} bytes do not decode as {decoded.encoding} and are shown as U+FFFD")
    if decoded.encoding != "utf-8":
        warnings.append(f"read as {decoded.encoding}")
    if not any(block.kind in {"paragraph", "quote", "list_item"} for block in blocks):
        warnings.append("no running text was found beside the furniture of the page")
    return Document(
        text=text,
        reader="html/1",
        media_type="text/html",
        meta=meta,
        blocks=tuple(blocks),
        tables=_tables(state, text, data_tables),
        encoding=decoded.encoding,
        decoded=decoded,
        source=source,
        warnings=tuple(warnings),
    )


def _blocks(text: str, piece: Piece, kind: str, data_tables: dict[int, _Shape]) -> list[Block]:
    level = int(kind[7:]) if kind.startswith("heading") and kind[7:] else 0
    plain: BlockKind = "heading" if level else kind  # type: ignore[assignment]  # the kinds of html_walk are block kinds
    if plain == "table_cell":
        if piece.table not in data_tables:
            plain = "paragraph"
        else:
            table = data_tables[piece.table]
            return [
                Block(
                    start=piece.start,
                    end=piece.end,
                    kind="table_cell",
                    table=table.place,
                    row=table.rows.index(piece.row) + (0 if table.header else 1),
                    column=piece.column,
                )
            ]
    if plain == "code" and _is_prose(text[piece.start : piece.end]):
        return blocks_of_text(text, piece.start, piece.end)
    if plain == "byline":
        found = is_byline(text[piece.start : piece.end])
        words = text[piece.start : piece.end]
        start = piece.start + (found.start("author") if found else 0)
        end = piece.start + (found.end("author") if found else len(words))
        part = Part(kind="author", start=start, end=end, text=text[start:end])
        return [Block(start=piece.start, end=piece.end, kind="byline", parts=(part,))]
    if plain in {"boilerplate", "metadata"}:
        return [Block(start=piece.start, end=piece.end, kind=plain)]
    return [replace(block, level=level) for block in classify(text, piece.start, piece.end, kind=plain)]


def _decide(state: Walk, text: str, source: str) -> list[str]:
    """The kind of each piece: its own, or boilerplate, metadata, byline."""
    main_text = _main_text(source, state)
    lines = {_key(line) for line in main_text}
    joined = "\n".join(_key(line) for line in main_text)[:400_000]
    sizes: dict[int, int] = defaultdict(int)
    for piece in state.pieces:
        if not piece.region and piece.linked * 2 < piece.end - piece.start:
            sizes[piece.article] += piece.end - piece.start
    biggest = max((size for number, size in sizes.items() if number), default=0)
    bounded = state.has_main or biggest > 0
    weak = _weak_is_the_page(state)
    cards = _cards(state, sizes, biggest)
    kinds = []
    for piece in state.pieces:
        words = text[piece.start : piece.end]
        key = _key(words)
        seen = key in lines or (len(key) >= 40 and key in joined)
        kinds.append(
            _one(piece, words, seen=seen, inside=piece.main or piece.article > 0 or not bounded, weak=weak, cards=cards)
        )
    if all(kind == "boilerplate" for kind in kinds):
        # A page that is all furniture to us is read as it stands: a missed passage is worse than a line too much.
        return ["boilerplate" if is_boilerplate(text[p.start : p.end]) else p.kind for p in state.pieces]
    return kinds


def _one(piece: Piece, words: str, *, seen: bool, inside: bool, weak: bool, cards: set[int]) -> str:
    size = len(words)
    density = piece.linked / max(size, 1)
    if piece.region == "strong":
        return "boilerplate"
    if is_boilerplate(words):
        return "boilerplate"
    if piece.by and size < 160:
        return "byline"
    if piece.stamp and size < 80:
        return "metadata"
    if piece.kind == "headline":
        return "headline" if piece.article not in cards else "boilerplate"
    if piece.article in cards:
        return "boilerplate"
    if seen:
        return piece.kind
    if piece.region == "aside" or (piece.region == "weak" and not weak):
        return "boilerplate"
    if density > 0.6 and size < 300:
        return "boilerplate"
    if not inside:
        return "boilerplate"
    if piece.kind in {"caption", "table_cell", "code", "quote"} or piece.kind.startswith("heading"):
        return piece.kind
    if size >= 40 or words.rstrip().endswith((".", "!", "?", "”", '"', ":")) or piece.kind == "list_item":
        return piece.kind
    return "boilerplate"


def _weak_is_the_page(state: Walk) -> bool:
    """True where class names that speak of furniture wrap most of the running text: then they mean nothing."""
    inside = outside = 0
    for piece in state.pieces:
        size = piece.end - piece.start
        if size >= 80 and piece.linked * 2 < size and piece.region != "strong":
            if piece.region == "weak":
                inside += size
            else:
                outside += size
    return inside > outside


def _cards(state: Walk, sizes: dict[int, int], biggest: int) -> set[int]:
    """Articles that only announce another page: a linked heading and little text of their own."""
    linked: set[int] = set()
    for piece in state.pieces:
        size = piece.end - piece.start
        if piece.article and piece.kind.startswith("head") and piece.linked > size * 0.8:
            linked.add(piece.article)
    return {number for number in linked if sizes[number] < min(400, biggest * 0.3)}


def _main_text(source: str, state: Walk) -> list[str]:
    """Lines that trafilatura holds to be the article; none for pages that its tree builder should not meet."""
    if len(source) > 2_000_000 or state.tags > 20_000 or state.deepest > 200:
        return []
    import trafilatura

    found: list[str] = []
    for recall in (False, True):
        try:
            main = trafilatura.extract(
                source,
                output_format="txt",
                include_comments=False,
                include_tables=True,
                favor_recall=recall,
                with_metadata=False,
            )
        except Exception:  # noqa: BLE001  a witness that fails on a hostile page says nothing
            main = None
        found = [line.strip(" -|") for line in (main or "").splitlines() if line.strip(" -|")]
        if sum(map(len, found)) > 500:
            break
    return found


def _key(text: str) -> str:
    return _LETTERS.sub("", text).lower()


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table of data: its place among them, the rows of the page that hold cells, and if the first is a header."""

    place: int
    rows: list[int]
    header: bool


def _data_tables(state: Walk) -> dict[int, _Shape]:
    """Tables of data: at least two rows and columns of short cells, no table inside. Others only lay out the page."""
    cells: dict[int, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for piece in state.pieces:
        if piece.table >= 0:
            cells[piece.table][piece.row, piece.column] += piece.end - piece.start
    found: dict[int, _Shape] = {}
    for number, sizes in sorted(cells.items()):
        rows = sorted({row for row, _ in sizes})
        columns = {column for _, column in sizes}
        short = sum(size <= 300 for size in sizes.values()) > 0.8 * len(sizes)
        if len(rows) >= 2 and len(columns) >= 2 and short and not state.grids[number].nested:
            found[number] = _Shape(len(found), rows, rows[0] not in state.grids[number].plain)
    return found


def _tables(state: Walk, text: str, shapes: dict[int, _Shape]) -> tuple[Table, ...]:
    cells: dict[int, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for piece in state.pieces:
        if piece.table in shapes:
            cells[piece.table][piece.row, piece.column].append(text[piece.start : piece.end])
    return tuple(_table(shape, cells[number]) for number, shape in shapes.items())


def _table(shape: _Shape, cells: dict[tuple[int, int], list[str]]) -> Table:
    width = max(column for _, column in cells) + 1
    lines = [tuple(" ".join(cells.get((row, column), [])) for column in range(width)) for row in shape.rows]
    names = lines[0] if shape.header else tuple(f"column {column + 1}" for column in range(width))
    return Table(
        name=f"table {shape.place + 1}", columns=_unique(names), rows=tuple(lines[1:] if shape.header else lines)
    )


def _is_prose(text: str) -> bool:
    """Preformatted text that is an article and no program: long words of letters, sentences."""
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return len(text) > 200 and letters > 0.9 * len(text) and text.count(". ") + text.count(".\n") >= 2


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """Column names without doubles: a cell is cited by the name of its column."""
    seen: dict[str, int] = {}
    found = []
    for index, name in enumerate(names):
        label = name or f"column {index + 1}"
        seen[label] = seen.get(label, 0) + 1
        found.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return tuple(found)
