"""Static and voyage messages as runs: one row for each stretch in which a ship said the same of itself.

A table repeats name, number and draught in every row; a run keeps them once, with first and last second, the number of
messages, and the source row of its first message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["RUN_FIELDS", "Runs", "imo_number"]

RUN_FIELDS = (
    "mmsi",
    "t0",
    "t1",
    "count",
    "row",
    "imo",
    "name",
    "callsign",
    "ship_type",
    "length",
    "width",
    "draught",
    "destination",
)
_SAID = RUN_FIELDS[5:]
_DIGITS = re.compile(r"(\d{7})\s*$")

Said = tuple[Any, ...]


def imo_number(text: Any) -> int:
    """The seven digits of `IMO9123456` or `9123456`; 0 where there are none (IMO0000000 is absent)."""
    found = _DIGITS.search(str(text).removesuffix(".0")) if text is not None else None
    return int(found.group(1)) if found else 0


@dataclass(slots=True)
class Runs:
    """Runs while a file is read. Rows may come in any order; `table` sorts and joins them."""

    # (mmsi, what it says) -> (first second, last second, messages, source row of the first) per stretch of a batch.
    found: list[tuple[int, int, int, int, int, Said]] = field(default_factory=list)

    def add_rows(
        self,
        mmsi: NDArray[np.int32],
        ts: NDArray[np.int32],
        row: NDArray[np.int64],
        statics: Mapping[str, Any],
        kept: NDArray[np.bool_],
    ) -> None:
        """Add the static columns of a batch of positions (Arrow arrays, `kept` says which rows stand)."""
        if not statics or not len(mmsi):
            return
        codes, tables = [], []
        for name in _SAID:
            column = statics.get(name)
            code, table = _encoded(column, kept, name)
            codes.append(code)
            tables.append(table)
        key = np.zeros(len(mmsi), np.int64)
        for code, table in zip(codes, tables, strict=True):
            key = key * (len(table) + 1) + code
        order = np.lexsort((ts, mmsi))
        changes = np.ones(len(order), bool)
        changes[1:] = (mmsi[order][1:] != mmsi[order][:-1]) | (key[order][1:] != key[order][:-1])
        starts = np.flatnonzero(changes)
        ends = np.append(starts[1:], len(order)) - 1
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            first, last = order[start], order[end]
            said = tuple(table[code[first]] for code, table in zip(codes, tables, strict=True))
            if any(said):
                self.found.append(
                    (int(mmsi[first]), int(ts[first]), int(ts[last]), end - start + 1, int(row[first]), said)
                )

    def add_messages(self, messages: Iterable[tuple[int, float, float, Mapping[str, Any]]]) -> None:
        """Add static messages of their own: (line, mmsi, seconds, fields)."""
        for line, mmsi, when, fields in messages:
            if not (np.isfinite(mmsi) and np.isfinite(when) and 1 <= mmsi <= 999_999_999):
                continue
            said = tuple(_clean(name, fields.get(name)) for name in _SAID)
            if any(said):
                self.found.append((int(mmsi), int(when), int(when), 1, line, said))

    def table(self) -> dict[str, list[Any]]:
        """The runs by ship and time; neighbours that say the same are one run."""
        merged: list[list[Any]] = []
        for mmsi, t0, t1, count, row, said in sorted(self.found, key=lambda run: (run[0], run[1], run[4])):
            last = merged[-1] if merged else None
            if last is not None and last[0] == mmsi and last[5] == said:
                last[2] = max(last[2], t1)
                last[3] += count
                continue
            merged.append([mmsi, t0, t1, count, row, said])
        columns: dict[str, list[Any]] = {name: [] for name in RUN_FIELDS}
        for run in merged:
            for name, value in zip(RUN_FIELDS, (*run[:5], *run[5]), strict=True):
                columns[name].append(value)
        return columns


def _encoded(column: Any, kept: NDArray[np.bool_], name: str) -> tuple[NDArray[np.int64], list[Any]]:
    if column is None:
        return np.zeros(int(kept.sum()), np.int64), [_clean(name, None)]
    import pyarrow as pa

    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    table = [_clean(name, value) for value in encoded.dictionary.to_pylist()] + [_clean(name, None)]
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.float64)[kept]
    return np.where(np.isfinite(codes), codes, len(table) - 1).astype(np.int64), table


def _clean(name: str, value: Any) -> Any:
    if name == "imo":
        return imo_number(value)
    if name in {"name", "callsign", "destination"}:
        text = "" if value is None else str(value).split("@", 1)[0]
        return " ".join(text.upper().split())[:64]
    try:
        number = float(value)
    except (TypeError, ValueError):
        return 0.0
    return number if np.isfinite(number) and 0 < number < 1e6 else 0.0
