"""Word documents (ISO 29500 WordprocessingML): paragraphs by style, tables with cells, notes; deleted text is left out.

The text is that of a reader who sees the document with all changes accepted: inserted text counts, deleted text does
not (a warning says that there were changes). Running heads and feet are furniture; notes follow the running text.
There is no way back to bytes (the text is packed); the citation re-reads by reading again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from observance.errors import FormatError
from observance.evidence.readers.document import Block, BlockKind, Document, Table
from observance.evidence.readers.html_meta import first_day
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.recognise import classify
from observance.evidence.readers.xml import local, parse_xml
from observance.evidence.readers.zipped import Archive
from observance.model import DocumentMeta

__all__ = ["read_docx"]

_SKIPPED = frozenset(
    {
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "rPr",
        "pPr",
        "tblPr",
        "tcPr",
        "trPr",
        "sectPr",
        "txbxContent",
        "Fallback",
        "pict",
    }
)
_QUOTES = re.compile(r"quot|zitat|cita|block text", re.IGNORECASE)
_HEADINGS = re.compile(r"(?:heading|berschrift|titre|ttulo|título)\s?([1-9])", re.IGNORECASE)


@dataclass(slots=True)
class _Draft:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    changed: bool = False
    titled: bool = False
    boxes: list[Element] = field(default_factory=list)

    def add(self, text: str, kind: BlockKind, *, level: int = 0) -> None:
        if not text.strip():
            return
        start = self._open(text)
        for block in classify(text, 0, len(text), kind=kind):
            parts = tuple(
                type(part)(kind=part.kind, start=part.start + start, end=part.end + start, text=part.text)
                for part in block.parts
            )
            self.blocks.append(
                Block(start=block.start + start, end=block.end + start, kind=block.kind, parts=parts, level=level)
            )

    def add_cell(self, text: str, table: int, row: int, column: int) -> None:
        if text:
            start = self._open(text)
            self.blocks.append(
                Block(start=start, end=self.length, kind="table_cell", table=table, row=row, column=column)
            )

    def _open(self, text: str) -> int:
        if self.length:
            self.parts.append("\n")
            self.length += 1
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start


def read_docx(data: bytes, *, name: str, limits: Limits) -> Document:
    """A Word document.

    Raises:
        FormatError: damaged, encrypted, or without text.
        LimitError: unpacks to more than the limits allow, or is nested too deeply.
    """
    archive = Archive(data, name=name, limits=limits)
    path = "word/document.xml"
    if path not in archive.infos:
        path = next((found for found in archive.names() if re.fullmatch(r"word/document\d*\.xml", found)), path)
    root = _part(archive, path, limits)
    styles = _styles(archive, limits)
    body = next((child for child in root if local(child.tag) == "body"), None)
    if body is None:
        raise FormatError(
            "the document has no body",
            where=f"{name}: {path}",
            got="no w:body",
            expected="a Word document",
            step="save it anew",
        )
    draft = _Draft()
    _walk(body, draft, styles, limits)
    for box in draft.boxes[:200]:
        for child in box:
            if local(child.tag) == "p":
                draft.add(_text(child, draft), "paragraph")
    for part, kind in (("footnotes", "footnote"), ("endnotes", "footnote"), ("comments", "metadata")):
        _apparatus(archive, f"word/{part}.xml", kind, draft, limits)  # type: ignore[arg-type]  # literals of BlockKind
    for found in archive.names():
        if re.fullmatch(r"word/(?:header|footer)\d{0,3}\.xml", found):
            _apparatus(archive, found, "furniture", draft, limits)
    text = "".join(draft.parts)
    if not text.strip():
        raise FormatError(
            "nothing is written in it",
            where=name,
            got="no text",
            expected="text",
            step="it may hold pictures only: print it to PDF",
        )
    warnings = []
    if draft.changed:
        warnings.append("the file has tracked changes; it is read as if all were accepted")
    if len(text) > limits.max_text:
        raise FormatError("the text is too long", where=name, got=f"{len(text)}", expected=f"at most {limits.max_text}")
    return Document(
        text=text,
        reader="docx/1",
        meta=_meta(archive, limits, text, draft.blocks),
        blocks=tuple(draft.blocks),
        tables=tuple(draft.tables),
        warnings=tuple(warnings),
    )


def _part(archive: Archive, path: str, limits: Limits) -> Element:
    return parse_xml(archive.read(path), where=f"{archive.name}: {path}", max_depth=limits.max_depth)


def _styles(archive: Archive, limits: Limits) -> dict[str, str]:
    """Style id to style name (ids are translated in some editions of Word; names of built-in styles are not)."""
    if "word/styles.xml" not in archive.infos:
        return {}
    found: dict[str, str] = {}
    for style in _part(archive, "word/styles.xml", limits):
        if local(style.tag) != "style":
            continue
        name = next((_value(child) for child in style if local(child.tag) == "name"), "")
        found[_attribute(style, "styleId")] = name
    return found


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _value(element: Element) -> str:
    return _attribute(element, "val")


def _walk(parent: Element, draft: _Draft, styles: dict[str, str], limits: Limits) -> None:
    for child in parent:
        match local(child.tag):
            case "p":
                _paragraph(child, draft, styles)
            case "tbl":
                _table(child, draft)
            case "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" | "smartTag":
                _walk(child, draft, styles, limits)


def _paragraph(element: Element, draft: _Draft, styles: dict[str, str]) -> None:
    properties = next((child for child in element if local(child.tag) == "pPr"), None)
    style, numbered, outline = "", False, ""
    for child in properties if properties is not None else ():
        match local(child.tag):
            case "pStyle":
                style = styles.get(_value(child), _value(child))
            case "numPr":
                numbered = True
            case "outlineLvl":
                outline = _value(child)
    text = _text(element, draft)
    kind: BlockKind = "paragraph"
    level = 0
    heading = _HEADINGS.search(style)
    if style.lower() in {"title", "titel", "titre"} or (heading and heading[1] == "1" and not draft.titled):
        kind = "headline" if not draft.titled else "heading"
        draft.titled = draft.titled or bool(text.strip())
    elif heading:
        kind, level = "heading", int(heading[1])
    elif outline.isdigit() and int(outline) < 9:
        kind, level = "heading", int(outline) + 1
    elif "caption" in style.lower():
        kind = "caption"
    elif _QUOTES.search(style):
        kind = "quote"
    elif "list" in style.lower():
        numbered = True
    for line in text.split("\x0b"):
        words = " ".join(line.split())
        # Panels number whole paragraphs; only a short one is an item of a list.
        draft.add(words, "list_item" if numbered and kind == "paragraph" and len(words) < 200 else kind, level=level)


def _text(element: Element, draft: _Draft) -> str:
    """The characters of a paragraph; a line break inside is U+000B and splits it."""
    out: list[str] = []
    stack = list(element)[::-1]
    while stack:
        child = stack.pop()
        name = local(child.tag)
        if name in _SKIPPED:
            if name in {"del", "moveFrom", "delText"}:
                draft.changed = True
            elif name == "txbxContent":
                draft.boxes.append(child)
            continue
        match name:
            case "t":
                out.append(child.text or "")
            case "tab" | "ptab":
                out.append("\t")
            case "br" | "cr":
                kind = _attribute(child, "type")
                out.append("\x0b" if kind in {"", "textWrapping"} else " ")
            case "noBreakHyphen":
                out.append("\u2011")
            case "footnoteReference" | "endnoteReference":
                draft.notes.append((name[:-9], _attribute(child, "id")))
            case "ins" | "moveTo":
                draft.changed = True
                stack.extend(list(child)[::-1])
            case "p":
                continue
            case _:
                stack.extend(list(child)[::-1])
    # A mark of a note leaves no character: "shells12" would change a number.
    return "".join(out)


def _table(element: Element, draft: _Draft) -> None:
    rows: list[list[str]] = []
    bold_first = False
    for row in _children(element, "tr"):
        cells: list[str] = []
        properties = next((child for child in row if local(child.tag) == "trPr"), None)
        if not rows and properties is not None:
            bold_first = any(local(child.tag) == "tblHeader" for child in properties)
        for cell in _children(row, "tc"):
            across = 1
            for child in cell:
                if local(child.tag) == "tcPr":
                    across = next((_span(part) for part in child if local(part.tag) == "gridSpan"), 1)
            words = " ".join(
                text for part in cell.iter() if local(part.tag) == "p" if (text := " ".join(_text(part, draft).split()))
            )
            cells.extend([words, *[""] * (across - 1)])
        rows.append(cells)
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    if width == 1 or len(rows) == 1:
        # A frame drawn as a table: its cells are paragraphs.
        for line in rows:
            for words in line:
                draft.add(words, "paragraph")
        return
    header = all(rows[0]) and (bold_first or not any(re.search(r"\d", cell) for cell in rows[0]))
    place = len(draft.tables)
    for index, line in enumerate(rows):
        for column, words in enumerate(line):
            draft.add_cell(words, place, index if header else index + 1, column)
    names: list[str] = []
    for index, words in enumerate(rows[0] if header else [""] * width):
        label = words or f"column {index + 1}"
        names.append(label if label not in names else f"{label} ({index + 1})")
    draft.tables.append(
        Table(name=f"table {place + 1}", columns=tuple(names), rows=tuple(map(tuple, rows[1:] if header else rows)))
    )


def _children(element: Element, name: str) -> list[Element]:
    """Children of a kind, through content controls and tracked insertions."""
    found: list[Element] = []
    for child in element:
        kind = local(child.tag)
        if kind == name:
            found.append(child)
        elif kind in {"sdt", "sdtContent", "ins", "customXml"}:
            found.extend(_children(child, name))
    return found


def _span(element: Element) -> int:
    value = _value(element)
    return min(max(int(value), 1), 100) if re.fullmatch(r"[0-9]{1,3}", value) else 1


def _apparatus(archive: Archive, path: str, kind: BlockKind, draft: _Draft, limits: Limits) -> None:
    if path not in archive.infos:
        return
    order = {key: place for place, key in enumerate(dict.fromkeys(draft.notes), 1)}
    for note in _part(archive, path, limits):
        if _attribute(note, "type") in {"separator", "continuationSeparator", "continuationNotice"}:
            continue
        paragraphs = [note] if local(note.tag) == "p" else [part for part in note.iter() if local(part.tag) == "p"]
        words = " ".join(text for part in paragraphs if (text := " ".join(_text(part, draft).split())))
        if not words:
            continue
        if kind == "footnote":
            key = ("endnote" if "endnotes" in path else "footnote", _attribute(note, "id"))
            words = f"{order.get(key, key[1])} {words}"
        start = draft._open(words)  # noqa: SLF001  the draft is ours
        draft.blocks.append(Block(start=start, end=draft.length, kind=kind))


def _meta(archive: Archive, limits: Limits, text: str, blocks: list[Block]) -> DocumentMeta:
    said: dict[str, str] = {}
    if "docProps/core.xml" in archive.infos:
        for child in _part(archive, "docProps/core.xml", limits):
            said[local(child.tag)] = " ".join((child.text or "").split())[:300]
    headline = next((text[block.start : block.end] for block in blocks if block.kind == "headline"), None)
    stamps = [text[block.start : block.end] for block in blocks if block.kind == "metadata"][:6]
    by = next((part.text for block in blocks if block.kind == "byline" for part in block.parts), None)
    language = (said.get("language") or "").split("-")[0].lower()
    return DocumentMeta(
        title=headline or said.get("title") or None,
        author=by or said.get("creator") or None,
        published=first_day(stamps),
        language=language if re.fullmatch(r"[a-z]{2}", language) else None,
    )
