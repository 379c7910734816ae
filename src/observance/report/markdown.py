"""The tree as Markdown with footnotes: for reading as text, for comparing two reports, for other programs.

Figures are told by their table twins. Same tree, same bytes.
"""

from __future__ import annotations

import re

from observance.report.markup import clean
from observance.report.tree import (
    Block,
    Bullets,
    Callout,
    Chip,
    Code,
    Day,
    Figure,
    Footnote,
    Inline,
    Listing,
    NoteRef,
    Paragraph,
    Passage,
    Quote,
    Ref,
    Report,
    Section,
    Table,
    Text,
)

__all__ = ["render_markdown"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_CLOSING = (",", ".", ";", ":", ")")


def render_markdown(report: Report) -> str:
    """The whole report; links inside it are left out, footnotes carry the passages."""
    lines = [f"# {_plain(report.head.title)}", ""]
    lines.extend(f"- {name}: {_inline(parts)}" for name, parts in report.head.facts)
    for callout in report.head.callouts:
        lines.extend(_callout(callout))
    for section in report.sections:
        lines.extend(_section(section, 2))
    if report.footnotes:
        lines.extend(("", "## Passages cited", ""))
        for note in report.footnotes:
            lines.extend(_note(note))
    lines.extend(("", f"Made by {report.made_by}."))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _section(section: Section, level: int) -> list[str]:
    chips = f" {' '.join(f'[{_plain(chip.label)}]' for chip in section.chips)}" if section.chips else ""
    lines = ["", f"{'#' * min(level, 6)} {_plain(section.title)}{chips}", ""]
    for block in section.blocks:
        lines.extend(_block(block))
    for deeper in section.sections:
        lines.extend(_section(deeper, level + 1))
    return lines


def _block(block: Block) -> list[str]:
    match block:
        case Paragraph():
            return ["", " ".join(_inline(one.parts) for one in block.sentences), ""]
        case Bullets():
            marks = (f"{place}." if block.ordered else "-" for place, _ in enumerate(block.items, start=1))
            return [f"{mark} {_inline(one.parts)}" for mark, one in zip(marks, block.items, strict=True)]
        case Callout():
            return _callout(block)
        case Passage():
            return _passage(block)
        case Listing():
            return ["", f"{_plain(block.title)}:", "", *(f"    {line}" for line in block.lines), ""]
        case Table():
            return _table(block)
        case Figure():
            return ["", f"*{_plain(block.title)}.* {_plain(block.source)} {_plain(block.caveat)}", *_table(block.twin)]


def _callout(callout: Callout) -> list[str]:
    return ["", f"> **{_plain(callout.title)}**", *(f"> {_inline(one.parts)}" for one in callout.sentences), ""]


def _passage(passage: Passage) -> list[str]:
    words = f"{_plain(passage.before)}**{_plain(passage.quote)}**{_plain(passage.after)}"
    return [f"> {' '.join(words.split())}", f"> ({_plain(passage.where)})"]


def _table(table: Table) -> list[str]:
    rows = [
        "| " + " | ".join("<br>".join(_inline(line) for line in cell.lines) for cell in row.cells) + " |"
        for row in table.rows
    ]
    head = "| " + " | ".join(_plain(one.title) for one in table.columns) + " |"
    rule = "| " + " | ".join("---:" if one.numeric else "---" for one in table.columns) + " |"
    note = ["", _plain(table.note)] if table.note else []
    return ["", f"{_plain(table.caption)}:", "", head, rule, *rows, *note, ""]


def _note(note: Footnote) -> list[str]:
    lines = [f"[^{note.number}]: {_inline(note.source)}"]
    for passage in note.passages:
        lines.extend(f"    {line}" for line in _passage(passage))
    lines.extend(f"    {_inline(line)}  " for line in note.detail)
    return [*lines, ""]


def _inline(parts: tuple[Inline, ...]) -> str:
    spelled = ""
    for part in parts:
        words = _part(part)
        if not words:
            continue
        tight = isinstance(part, NoteRef) or (isinstance(part, Text) and part.text.startswith(_CLOSING))
        spelled += words if tight or not spelled else f" {words}"
    return spelled


def _part(part: Inline) -> str:
    match part:
        case Text():
            return f"**{_plain(part.text)}**" if part.strong and part.text else _plain(part.text)
        case Chip():
            return f"[{_plain(part.label)}]"
        case Code():
            return f"`{part.text}`"
        case Ref():
            return _plain(part.text)
        case Day():
            return part.value
        case Quote():
            by = f" (denied by {_plain(part.by)})" if part.by else ""
            return f"“{_plain(part.text)}”{by}"
        case NoteRef():
            return f"[^{part.number}]"


def _plain(text: str) -> str:
    """Words on one line, with what Markdown would read as marks escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join(clean(text).splitlines()))
