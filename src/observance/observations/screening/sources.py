"""Rows of a user's file: CSV, XLSX, JSON lines and Parquet, one by one, with the faults of single rows beside them.

Every file is hostile and most are careless: an open quote may swallow the rest of a table, a cell may hold megabytes,
lines may be in two encodings. A row with a fault is told with its reason and the rows after it go on.
"""

from __future__ import annotations

import csv
import difflib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from observance.errors import FormatError, LimitError, UnsupportedError, UsageError

__all__ = ["CELL_LIMIT", "Row", "columns_of", "read_rows", "resolve_columns"]

# Characters of a cell that is used or copied; the longest real cell (a listing's reasons) has about 6,000.
CELL_LIMIT = 32_000
_LINE_LIMIT = 64 << 20
# Physical lines of one record: above it a quote is taken to have been left open.
_SPAN_LIMIT = 200
_XLSX_LIMIT = 2 << 30
_XLSX_RATIO = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the file.

    Attributes:
        number: from 1, header not counted.
        line: physical line where the file has lines.
        cells: column to text; empty where the row could not be read.
        faults: what is wrong with it; a row with cells is still screened.
    """

    number: int
    line: int = 0
    cells: Mapping[str, str]
    faults: tuple[str, ...] = ()


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of a file by its suffix, checked against its first bytes.

    Raises:
        FormatError: not a table of that kind.
        LimitError: a workbook that unpacks to more than the limit.
    """
    suffix = path.suffix.casefold()
    with path.open("rb") as handle:
        head = handle.read(4096)
    if not head:
        raise FormatError("the file is empty", where=path.name)
    if head.startswith(b"PK\x03\x04"):
        return _xlsx(path)
    if head.startswith(b"PAR1"):
        return _parquet(path)
    if suffix in {".xlsx", ".parquet"}:
        raise FormatError(f"this is no {suffix[1:]} file", where=path.name, got=repr(head[:16]))
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatError("this is no text table", where=path.name, got=repr(head[:16]), expected="CSV or JSON lines")
    if suffix in {".jsonl", ".ndjson"} or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return _json_lines(path)
    return _csv(path)


def columns_of(path: Path) -> tuple[str, ...]:
    """The columns of the file: its header, or the keys of its first object."""
    if path.suffix.casefold() not in {".jsonl", ".ndjson"}:
        first = next(iter(read_rows(path)), None)
        if first is not None:
            return tuple(first.cells)
    seen: dict[str, None] = {}
    for row in read_rows(path):
        seen.update(dict.fromkeys(row.cells))
        if row.number >= 50:
            break
    return tuple(seen)


def resolve_columns(wanted: Mapping[str, str], columns: Iterable[str]) -> dict[str, str]:
    """Field to the column's real name: exact, or without case and blanks.

    Args:
        wanted: field (`name`, `imo`, ...) to the column that was named; without `name` and `imo`, columns of those very
            names are taken.
        columns: of the file.

    Raises:
        UsageError: a column that is not there; the nearest is named.
    """
    held = list(columns)
    folded = {_fold(column): column for column in reversed(held)}
    asked = dict(wanted)
    if not asked.get("name") and not asked.get("imo"):
        asked = {**{field: field for field in ("name", "imo") if field in folded}, **asked}
    faults = []
    found = {}
    for field, column in asked.items():
        if _fold(column) in folded:
            found[field] = folded[_fold(column)]
            continue
        close = difflib.get_close_matches(_fold(column), list(folded), 1, 0.3)
        faults.append(f"no column {column!r}" + (f"; the nearest is {folded[close[0]]!r}" if close else ""))
    if faults or not found:
        raise UsageError(
            "the columns do not fit the file" if faults else "which column holds the names?",
            got="columns " + ", ".join(held[:40]),
            expected="" if faults else "--name-column or --imo-column",
            faults=tuple(faults),
        )
    return found


def _fold(column: str) -> str:
    return "".join(letter for letter in column.casefold() if letter.isalnum())


class _OpenQuote(Exception):  # noqa: N818  a signal between the feeder and the reader, never seen outside
    pass


class _Lines:
    """Decoded lines for the CSV reader; remembers which lines the current record took, to give them back."""

    def __init__(self, raw: Iterator[tuple[str, str]]) -> None:
        self.raw = raw
        self.back: deque[tuple[str, str]] = deque()
        self.taken: list[tuple[str, str]] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _SPAN_LIMIT:
            raise _OpenQuote
        text, fault = self.back.popleft() if self.back else next(self.raw)
        self.taken.append((text, fault))
        return text

    def start(self) -> None:
        self.taken = []

    def give_back(self) -> None:
        """All lines of the record but the first."""
        self.back.extendleft(reversed(self.taken[1:]))


def _decoded(path: Path) -> Iterator[tuple[str, str]]:
    """(line, fault): UTF-8, and where a line is not, Windows-1252 with a word; UTF-16 by its mark."""
    with path.open("rb") as handle:
        mark = handle.read(2)
    if mark in {b"\xff\xfe", b"\xfe\xff"}:
        with path.open("r", encoding="utf-16", newline="") as text:
            for line in text:
                yield line, ""
        return
    with path.open("rb") as handle:
        first = True
        while raw := handle.readline(_LINE_LIMIT):
            if first:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
                first = False
            try:
                yield raw.decode("utf-8"), ""
            except UnicodeDecodeError as fault:
                at = f"byte {fault.start} of the line"
                yield (
                    raw.decode("cp1252", errors="replace"),
                    f"not UTF-8 ({at}): read as Windows-1252, check the name",
                )


def _csv(path: Path) -> Iterator[Row]:
    csv.field_size_limit(_LINE_LIMIT)
    lines = _Lines(_decoded(path))
    header_line = next(lines, "")
    delimiter = max(",;\t|", key=header_line.count)
    header = _header(next(csv.reader([header_line], delimiter=delimiter), []))
    if len([column for column in header if column]) < 1:
        raise FormatError("no header", where=path.name, expected="column names in the first line")
    number = 0
    reader = csv.reader(lines, delimiter=delimiter)
    at = 1
    while True:
        lines.start()
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_OpenQuote, csv.Error) as fault:
            reason = (
                f"a cell does not end within {_SPAN_LIMIT} lines: a quote is open"
                if isinstance(fault, _OpenQuote)
                else str(fault)
            )
            yield Row(number=number, line=at + 1, cells={}, faults=(f"{reason}; the line was left out",))
            lines.give_back()
            at += 1
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if len(lines.taken) > 1 and sum(text.count('"') for text, _fault in lines.taken) % 2:
            # Quotes come in pairs in a record; an odd one swallowed the lines behind it, up to the end of the file.
            reason = "a quote is open: the line was left out"
            yield Row(number=number, line=at + 1, cells={}, faults=(reason,))
            lines.give_back()
            at += 1
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        line, at = at + 1, at + len(lines.taken)
        if not cells:
            number -= 1
            continue
        yield _checked(number, line, header, cells, [fault for _text, fault in lines.taken if fault])


def _checked(number: int, line: int, header: list[str], cells: list[str], faults: list[str]) -> Row:
    out = dict.fromkeys(header, "")
    for column, cell in zip(header, cells, strict=False):
        if len(cell) > CELL_LIMIT:
            faults.append(f"column {column!r} holds {len(cell):,} characters (limit {CELL_LIMIT:,}): not used")
        else:
            out[column] = cell
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        faults.append(f"{len(cells)} cells for {len(header)} columns: is a quote or a separator missing?")
    return Row(number=number, line=line, cells=out, faults=tuple(faults))


def _header(cells: Iterable[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for at, cell in enumerate(cells, 1):
        name = " ".join(cell.split())[:200] or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out


def _json_lines(path: Path) -> Iterator[Row]:
    number = 0
    for line, (text, fault) in enumerate(_decoded(path), 1):
        if not text.strip():
            continue
        number += 1
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as wrong:
            record = str(wrong)[:120]
        if not isinstance(record, dict):
            said = record if isinstance(record, str) else f"a {type(record).__name__}"
            yield Row(number=number, line=line, cells={}, faults=(f"no JSON object: {said}",))
            continue
        cells = {str(key): _text(value) for key, value in record.items()}
        long = [key for key, value in cells.items() if len(value) > CELL_LIMIT]
        faults = [f"key {key!r} holds {len(cells[key]):,} characters: not used" for key in long]
        kept = {key: "" if key in long else value for key, value in cells.items()}
        yield Row(number=number, line=line, cells=kept, faults=tuple([fault] if fault else []) + tuple(faults))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        # A number column of a workbook: an IMO number must not become 8916580.0.
        return str(int(value))
    if isinstance(value, list):
        return "; ".join(_text(part) for part in value)
    return str(value)


def _xlsx(path: Path) -> Iterator[Row]:
    import zipfile

    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise FormatError("this workbook does not read", where=path.name, got=str(fault)) from None
    if size > _XLSX_LIMIT or size > max(64 << 20, path.stat().st_size * _XLSX_RATIO):
        raise LimitError("this workbook unpacks too large", where=path.name, got=f"{size:,} bytes")
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        header = _header([_text(cell) for cell in next(rows, ())])
        number = 0
        for line, cells in enumerate(rows, 2):
            texts = [_text(cell) for cell in cells]
            if not any(texts):
                continue
            number += 1
            yield _checked(number, line, header, texts, [])
    except (KeyError, ValueError, IndexError, SyntaxError, OSError, EOFError) as fault:
        raise FormatError("this workbook does not read", where=path.name, got=str(fault)[:160]) from None


def _parquet(path: Path) -> Iterator[Row]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise UnsupportedError("Parquet needs pyarrow", step="pip install pyarrow") from None
    try:
        held = pq.ParquetFile(path)
        number = 0
        for batch in held.iter_batches(batch_size=2048):
            for record in batch.to_pylist():
                number += 1
                cells = [_text(value) for value in record.values()]
                yield _checked(number, 0, list(record), cells, [])
    except (pa.ArrowException, OSError) as fault:
        raise FormatError("this Parquet file does not read", where=path.name, got=str(fault)[:160]) from None
