"""From the JSON lines of a run to the format the user asked for, by its suffix: CSV, XLSX, JSON lines or Parquet.

A cell that a spreadsheet would run as a formula is written with a leading apostrophe in CSV and XLSX.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from observance.errors import UsageError
from observance.store.files import refusals

__all__ = ["HIT_COLUMNS", "REJECT_COLUMNS", "SUFFIXES", "write_table"]

SUFFIXES = (".csv", ".xlsx", ".jsonl", ".parquet")
HIT_COLUMNS = (
    *("row", "status", "asked_name", "asked_imo", "score", "list", "list_date", "reference", "kind", "listed_name"),
    *(
        "matched_name",
        "quality",
        "rule",
        "alignment",
        "for",
        "against",
        "listed_on",
        "programme",
        "sets_off",
        "looks_at",
    ),
    *("decision", "decision_reason", "entry_changed", "note", "hit", "list_row", "list_field", "list_sha256"),
)
REJECT_COLUMNS = ("row", "line", "reason", "screened")
_NUMBERS = {"row": "int64", "line": "int64", "list_row": "int64", "score": "float64"}
_XLSX_ROWS = 1_048_575


def write_table(part: Path, out: Path, columns: Sequence[str]) -> int:
    """Write the records of a part file; returns how many.

    Raises:
        UsageError: a suffix we do not write, or more rows than a workbook holds.
        StoreError: the file cannot be written.
    """
    suffix = out.suffix.casefold()
    if suffix not in SUFFIXES:
        raise UsageError("no such output format", got=out.name, expected=", ".join(SUFFIXES))
    temporary = out.with_name(f".part-{out.name}")
    with refusals(out):
        try:
            count = {".csv": _csv, ".xlsx": _xlsx, ".jsonl": _jsonl, ".parquet": _parquet}[suffix](
                part, temporary, columns
            )
            temporary.replace(out)
        finally:
            temporary.unlink(missing_ok=True)
    return count


def _records(part: Path) -> Iterator[dict[str, Any]]:
    with part.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def _safe(value: Any) -> Any:
    if not isinstance(value, str) or not value:
        return value
    # A minus before a digit is a number and stays.
    risky = value[0] in "=+@\t\r" or (value[0] == "-" and not value[1:2].isdigit())
    return "'" + value if risky else value


def _csv(part: Path, out: Path, columns: Sequence[str]) -> int:
    count = 0
    with out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        for record in _records(part):
            writer.writerow([_safe(record.get(column, "")) for column in columns])
            count += 1
    return count


def _jsonl(part: Path, out: Path, _columns: Sequence[str]) -> int:
    count = 0
    with out.open("w", encoding="utf-8") as handle, part.open(encoding="utf-8") as held:
        for line in held:
            handle.write(line)
            count += 1
    return count


def _xlsx(part: Path, out: Path, columns: Sequence[str]) -> int:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("hits")
    sheet.append(list(columns))
    count = 0
    for record in _records(part):
        count += 1
        if count > _XLSX_ROWS:
            raise UsageError("more rows than a workbook holds", got=str(count), step="write CSV or Parquet")
        cells = [_safe(record.get(column, "")) for column in columns]
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell for cell in cells])
    with io.BytesIO() as buffer:
        book.save(buffer)
        out.write_bytes(buffer.getvalue())
    return count


def _parquet(part: Path, out: Path, columns: Sequence[str]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"int64": pa.int64(), "float64": pa.float64()}
    schema = pa.schema([(column, kinds.get(_NUMBERS.get(column, ""), pa.string())) for column in columns])
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        batch: list[dict[str, Any]] = []
        for record in _records(part):
            batch.append({column: record.get(column) for column in columns})
            count += 1
            if len(batch) >= 5000:
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, schema=schema))
    return count
