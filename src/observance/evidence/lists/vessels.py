"""The 1718 Designated Vessels List of the UN Security Council's 1718 Committee, as HTML.

One vessel has one block of table rows, which starts where the name cell begins with `1:`. The cell holds all names,
numbered `1: ... 2: ...`, and a name may end in a digit, so the text is split at the next number that is due. The
list has no reference of its own: `IMO` and the number stands for it (the name, where there is none). The
columns say which measures hold; a block may have two dates with different measures. Row spans break at page ends, so
the number of a vessel may come in a later row of its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from observance.errors import FormatError, LimitError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.names import clean, script_of
from observance.evidence.lists.numbers import imo_number
from observance.evidence.lists.records import (
    ListedColumn,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
)
from observance.evidence.lists.states import state
from observance.model import Imo

__all__ = ["Block", "entry_of", "numbered", "printed_day", "read_vessels_html", "tally"]

# The list has 0.3 MB; a tree of an HTML page takes some twenty times its bytes.
_LARGEST = 32 << 20
_START = re.compile(r"^1\s*:")
_DAY = re.compile(r"^\d{1,2}-[A-Z][a-z]{2}-\d{2}$")
_MMSI = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
_TITLE_DAY = re.compile(r"\b(\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")
_OWNER = re.compile(r"\bKP[ie]\.\s?\d{3}", re.IGNORECASE)
_LABELS = {
    "flag": "flag",
    "call sign": "call_sign",
    "type": "type",
    "other information": "information",
    "picture link": "picture",
    "designated as economic resources of": "owner",
}


@dataclass(slots=True, kw_only=True)
class Block:
    """The cells of one vessel: texts by label, and one (day, marks of the measure columns) pair a designation."""

    names: str = ""
    number: str = ""
    imo: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    events: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


def read_vessels_html(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Vessels, counts and printed day of the HTML form of the list.

    Raises:
        FormatError: no table with the heading of the list, or a vessel without number, name or day.
    """
    from lxml import html
    from lxml.etree import LxmlError, ParserError

    if len(data) > min(limits.unpacked, _LARGEST):
        raise LimitError("too large", where=name, got=f"{len(data):,} bytes", expected=f"up to {_LARGEST:,}")
    try:
        # The parser fetches nothing and expands no external entity; HTML has no document type of its own.
        tree = html.fromstring(data, parser=html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8"))
    except (LxmlError, ParserError, ValueError) as fault:
        raise FormatError("this HTML does not read", where=name, got=str(fault)) from None
    if "1718 Designated Vessels List" not in clean(tree.text_content()):
        raise FormatError(
            "this is not the 1718 vessel list", where=name, expected="the heading '1718 Designated Vessels List'"
        )
    draft = Draft(printed=printed_day(clean(tree.findtext(".//title"))))
    lines = [[_cell(cell) for cell in line if cell.tag in {"td", "th"}] for line in tree.iter("tr")]
    columns = next((tuple(line) for line in lines if line and line[0].startswith("Paragraph 8")), ())
    if not columns:
        raise FormatError("the columns of the measures are missing", where=name, expected="'Paragraph 8 (d) ...'")
    for row, block in enumerate(_blocks(lines, len(columns)), 1):
        draft.entries.append(entry_of(block, columns, row, name))
        tally(block, columns, draft)
    return draft


def printed_day(title: str) -> str:
    """ISO day in a title such as `1718 Designated Vessels List 4 June 2020`; empty where there is none."""
    found = _TITLE_DAY.search(title)
    if not found:
        return ""
    try:
        return datetime.strptime(" ".join(found.groups()), "%d %B %Y").date().isoformat()  # noqa: DTZ007  a day only
    except ValueError:
        return ""


def numbered(text: str) -> list[str]:
    """The items of `1: A 2 2: B`: split at the number that is due, with `:` or `.` behind it."""
    rest, due = clean(text), 1
    opened = re.match(r"1\s*[:.]\s*", rest)
    if not opened:
        return [rest] if rest else []
    rest = rest[opened.end() :]
    items: list[str] = []
    while True:
        due += 1
        found = re.search(rf"(?:^|\s){due}\s*[:.]\s*", rest)
        items.append(rest[: found.start()].strip() if found else rest.strip())
        if not found:
            return [item for item in items if item]
        rest = rest[found.end() :]


def _cell(cell: object) -> str:
    # Paragraphs break words nowhere in this list, so each is followed by a blank.
    return clean(" ".join(text for part in cell.itertext() if (text := part.strip())))  # type: ignore[attr-defined]


def _blocks(lines: list[list[str]], width: int) -> Iterator[Block]:
    block: Block | None = None
    for line in lines:
        cells = list(line)
        number = cells.pop(0) if cells and (cells[0].isdigit() or not cells[0]) else ""
        if not cells:
            continue
        if _START.match(cells[0]) and len(cells) > width:
            if block:
                yield block
            block = Block(names=cells[0], imo=cells[1])
            cells = cells[2:]
        elif block and cells[0].casefold() in _LABELS:
            block.texts[_LABELS[cells[0].casefold()]] = cells[1] if len(cells) > 1 else ""
            cells = cells[2:]
        if block is None:
            continue
        block.number = block.number or number
        if cells and _DAY.match(cells[0]):
            block.events.append((cells[0], tuple(cells[1 : 1 + width])))
    if block:
        yield block


def _iso(day: str, where: str) -> str:
    try:
        return datetime.strptime(day, "%d-%b-%y").date().isoformat()  # noqa: DTZ007  a day has no time zone
    except ValueError:
        raise FormatError("no day of designation", where=where, got=day, expected="a day such as 30-Mar-18") from None


def entry_of(block: Block, columns: tuple[str, ...], row: int, name: str) -> ListedEntry:
    """The entry of a block.

    Raises:
        FormatError: without number, name or day.
    """
    where = f"{name}, vessel {block.number or row}"
    titles = numbered(block.names)
    if not titles or not block.events:
        raise FormatError("a vessel lacks a name or a day of designation", where=where, got=block.names)
    number, mmsi = block.imo.partition("MMSI")[::2]
    ids: list[ListedIdentifier] = []
    # The first seven digits; `Does not exist` is a statement and no number.
    if digits := re.search(r"(?<![0-9])[0-9]{7}(?![0-9])", number):
        ids.append(imo_number(digits[0], "vessel", "IMO number", written=block.imo if mmsi else ""))
    ids += [
        ListedIdentifier(scheme="mmsi", value=found, field="IMO number", written=block.imo)
        for found in dict.fromkeys(_MMSI.findall(mmsi))
    ]
    signs = block.texts.get("call_sign", "")
    ids += [
        ListedIdentifier(scheme="callsign", value=found, field="Call Sign", written=signs)
        for found in numbered(signs)
        if found.casefold() != "na"
    ]
    owner = _OWNER.search(block.texts.get("owner", ""))
    marks: dict[str, str] = {}
    for day, cells in sorted((_iso(day, where), cells) for day, cells in block.events):
        for title, mark in zip(columns, cells, strict=False):
            if mark.casefold() == "yes":
                marks.setdefault(title, day)
    days = sorted({_iso(day, where) for day, _cells in block.events})
    flags: tuple[ListedState, ...] = tuple(
        found for flag in numbered(block.texts.get("flag", "")) for found in state("flag", flag, "Flag")
    )
    # The list numbers its rows and gives no reference; the number of a row moves when a vessel is added before it.
    imo = next((found.value for found in ids if found.scheme.startswith("imo")), "")
    reference = f"IMO{imo}" if imo else re.sub(r"\W+", "-", titles[0])
    remarks = "; ".join(
        f"{label}: {text}"
        for label, text in (
            ("type", block.texts.get("type", "")),
            ("information", block.texts.get("information", "")),
            ("designated as economic resource of", block.texts.get("owner", "")),
        )
        if text and text.casefold() != "na"
    )
    if owner:
        ids.append(
            ListedIdentifier(
                scheme="un-reference",
                value="KPe" + owner[0].replace(" ", "")[3:],
                field="owner",
                written=block.texts["owner"],
                note="owner",
            )
        )
    return ListedEntry(
        reference=reference,
        row=row,
        kind="vessel",
        names=tuple(
            ListedName(
                value=title,
                quality="primary" if at == 0 else "good",
                kind="primary" if at == 0 else "former",
                script=script_of(title),
                field="Vessel Name",
                written=block.names,
            )
            for at, title in enumerate(titles)
        ),
        identifiers=tuple(ids),
        states=flags,
        listed_on=days[0],
        amended=tuple(days[1:]),
        programme="DPRK",
        remarks=remarks,
        columns=tuple(ListedColumn(title=title, since=since) for title, since in marks.items()),
        fields=tuple(
            sorted(
                {("name", titles[0]), *(("former_name", title) for title in titles[1:])}
                | {(found.scheme, found.value) for found in ids if not found.note}
                | {("flag", found.name) for found in flags}
                | {("measure", f"{title} since {since}") for title, since in marks.items()}
                | {(label, text) for label, text in block.texts.items() if label in {"type", "information", "owner"}}
            )
        ),
    )


def tally(block: Block, columns: tuple[str, ...], draft: Draft) -> None:
    """Count what the block holds in the source: vessels, names, numbers, designations, marks."""
    titles = numbered(block.names)
    number, mmsi = block.imo.partition("MMSI")[::2]
    has_imo = any(Imo.valid(found) for found in re.findall(r"[0-9]{7}", number))
    values = _MMSI.findall(mmsi)
    draft.counts.update(
        {
            "entries": 1,
            "vessels": 1,
            "vessels_with_imo": has_imo,
            "names": len(titles),
            "vessels_with_several_names": len(titles) > 1,
            "mmsi_values": len(values),
            "vessels_with_mmsi": bool(values),
            "designation_events": len(block.events),
        }
    )
    for day, _cells in block.events:
        draft.counts[f"designated.{day}"] += 1
    for at, title in enumerate(columns):
        draft.counts[f"measure.{title}"] += any(
            len(cells) > at and cells[at].casefold() == "yes" for _day, cells in block.events
        )
