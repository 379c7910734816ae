"""Rows of a user's file: CSV, XLSX, JSON lines and Parquet, one by one, with the faults of single rows beside them.

Every file is hostile and most are careless: an open quote may swallow the rest of a table, a cell may hold megabytes,
lines may be in two encodings. A row with a fault is told with its reason and the rows after it go on.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from observance.errors import FormatError, LimitError, UnsupportedError, UsageError
from observance.observations.screening.csv_rows import csv_rows, decoded_lines
from observance.observations.screening.rows import CELL_LIMIT, Row, checked, header_of

__all__ = ["CELL_LIMIT", "Row", "columns_of", "read_rows", "resolve_columns"]

_XLSX_LIMIT = 2 << 30
_XLSX_RATIO = 500


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
    return csv_rows(path)


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


def _json_lines(path: Path) -> Iterator[Row]:
    number = 0
    for line, (text, fault) in enumerate(decoded_lines(path), 1):
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
        header = header_of([_text(cell) for cell in next(rows, ())])
        number = 0
        for line, cells in enumerate(rows, 2):
            texts = [_text(cell) for cell in cells]
            if not any(texts):
                continue
            number += 1
            yield checked(number, line, header, texts, [])
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
                yield checked(number, 0, list(record), cells, [])
    except (pa.ArrowException, OSError) as fault:
        raise FormatError("this Parquet file does not read", where=path.name, got=str(fault)[:160]) from None
