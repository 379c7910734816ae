"""Citations of positions read again from the original file by their source rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from observance.evidence.tracks.batches import check
from observance.evidence.tracks.ingest import batches_of
from observance.model.canonical import canonical_json, sha256_bytes

__all__ = ["digest_of", "rows_of"]

FAR = 4_102_444_800.0
"""2100-01-01: rows that were accepted once are not rejected for the clock of today."""


def digest_of(values: Iterable[tuple[int, int, int, int]]) -> str:
    """SHA-256 of the canonical JSON of (mmsi, ts, lat, lon) in source order, in the units of the stored columns."""
    return sha256_bytes(canonical_json([[int(part) for part in row] for row in values]))


def rows_of(
    path: Path, wanted: Iterable[int], *, mapping: Mapping[str, str] | None = None
) -> dict[int, tuple[int, int, int, int]]:
    """(mmsi, ts, lat, lon) of source rows, read from the original; a row that is no position is left out.

    Raises:
        FormatError: the file does not read any more.
    """
    left = set(wanted)
    found: dict[int, tuple[int, int, int, int]] = {}
    _, batches, _ = batches_of(path, mapping)
    last = max(left, default=0)
    for raw, _messages in batches:
        batch = check(raw, now=FAR)
        rows: Any = batch.columns["row"]
        for at in _positions(rows, left):
            values = tuple(int(batch.columns[name][at]) for name in ("mmsi", "ts", "lat", "lon"))
            found[int(rows[at])] = values  # type: ignore[assignment]
        if len(raw.row) and int(raw.row.max()) >= last:
            break
    return found


def _positions(rows: Any, wanted: set[int]) -> list[int]:
    import numpy as np

    hits: list[int] = np.flatnonzero(np.isin(rows, np.fromiter(wanted, np.int64, len(wanted)))).tolist()
    return hits
