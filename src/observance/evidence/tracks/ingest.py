"""From a file of positions to the lake: hashed, read, checked, spread over buckets, sorted, written.

Memory is bounded: rows go to one raw file a bucket as they come, and each bucket is then sorted by itself. The bytes of
the source are hashed in a thread beside the reading. Interrupted, it leaves raw files that the next adding removes; the
Parquet files are written whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.engine.partitions import bucket_of
from observance.errors import FormatError
from observance.evidence.tracks.batches import REJECTS, Batch, Raw, Rejected, check
from observance.evidence.tracks.lake import BUCKETS, Lake, month_of, schema
from observance.evidence.tracks.nmea import NmeaReader, is_nmea
from observance.evidence.tracks.statics import Runs
from observance.evidence.tracks.tables import TableReader, opened
from observance.store.files import refusals, write_stream, write_whole

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["IngestLimits", "Ingested", "ingest"]

_DTYPE = np.dtype(
    [
        ("mmsi", "<i4"), ("ts", "<i4"), ("lat", "<i4"), ("lon", "<i4"), ("sog", "<i2"), ("cog", "<i2"),
        ("heading", "<i2"), ("status", "i1"), ("message", "i1"), ("receiver", "<i2"), ("row", "<i8"),
        ("quality", "<i2"),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLimits:
    """Limits of one adding.

    Attributes:
        rejects_kept: rejected rows that are kept with their content; all are counted.
    """

    rejects_kept: int = 100_000


@dataclass(slots=True)
class Ingested:
    """What became of a file.

    Attributes:
        source: SHA-256 of its bytes.
        size: bytes.
        kind: nmea, or the layout of a table.
        rows: source rows seen.
        kept: positions written.
        rejected: rows left out, by reason.
        vessels: different MMSI.
        first, last: seconds UTC.
        static_runs: runs of static data.
        files: files written, relative to the lake's parent, with their hashes.
        warnings: what a user should know.
    """

    source: str
    size: int
    kind: str
    rows: int = 0
    kept: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    vessels: int = 0
    first: int | None = None
    last: int | None = None
    static_runs: int = 0
    files: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def ingest(
    path: Path,
    lake: Lake,
    *,
    now: float,
    mapping: Mapping[str, str] | None = None,
    limits: IngestLimits | None = None,
    progress: Callable[[int], None] | None = None,
) -> Ingested:
    """Add a file of positions to the lake.

    Args:
        path: CSV (plain or gzip), NMEA (plain or gzip) or Parquet.
        lake: where the positions go.
        now: seconds UTC; times more than a day later are rejected.
        mapping: field to column, for a table of one's own.
        limits: see `IngestLimits`.
        progress: told the number of rows read so far.

    Raises:
        FormatError: no positions in it, wrong units, or no good row at all.
        StoreError: the lake cannot be written.
    """
    sizes = limits or IngestLimits()
    if path.stat().st_size == 0:
        raise FormatError("the file is empty", where=path.name, step="nothing was added")
    work = lake.root / "raw"
    with refusals(work):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        folder = Path(tempfile.mkdtemp(dir=work))
    try:
        with ThreadPoolExecutor(1) as pool:
            hashing = pool.submit(_hash, path)
            kind, result, runs, receivers = _spread(path, folder, now, mapping, sizes, progress)
            source = hashing.result()
        done = Ingested(source=source, size=path.stat().st_size, kind=kind, rows=result.rows)
        done.rejected = result.counts
        done.warnings = result.warnings
        _sorted_parts(folder, lake, source, receivers, done, result)
        if not done.kept:
            reasons = ", ".join(f"{count} {REJECTS[name]}" for name, count in done.rejected.most_common(4))
            raise FormatError(
                "no row of this file is a position",
                where=path.name,
                got=reasons or "no rows",
                expected="MMSI, time, latitude and longitude",
                step="check units and columns; nothing was added",
            )
        _write_statics(lake, source, runs, done)
        _write_rejects(lake, source, result, done)
        return done
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(4 << 20):
            digest.update(chunk)
    return digest.hexdigest()


@dataclass(slots=True)
class _Reading:
    rows: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    rejects: list[Rejected] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def _spread(
    path: Path,
    folder: Path,
    now: float,
    mapping: Mapping[str, str] | None,
    limits: IngestLimits,
    progress: Callable[[int], None] | None,
) -> tuple[str, _Reading, Runs, tuple[str, ...]]:
    """Read everything and append each row to the raw file of its bucket."""
    result = _Reading()
    runs = Runs()
    receivers: list[str] = []
    handles = [(folder / f"{bucket:02d}").open("wb") for bucket in range(BUCKETS)]
    try:
        kind, batches, reader = batches_of(path, mapping)
        judged = False
        for raw, messages in batches:
            if not judged and len(raw.row):
                judged = _units(raw, path.name, result)
            batch = check(_recoded(raw, receivers), now=now)
            result.rows += len(raw.row)
            _count(result, batch, limits)
            if raw.statics:
                runs.add_rows(batch.columns["mmsi"], batch.columns["ts"], batch.columns["row"], raw.statics, batch.kept)
            runs.add_messages(messages)
            _append(handles, batch)
            if progress:
                progress(result.rows)
        left_out = (
            reader.rejected
            if isinstance(reader, NmeaReader)
            else [Rejected(row=row, reason="malformed", content=content) for row, content in reader.malformed]
        )
        for reject in left_out:
            result.rows += 1
            result.counts[reject.reason] += 1
            if len(result.rejects) < limits.rejects_kept:
                result.rejects.append(reject)
        if isinstance(reader, NmeaReader) and reader.other:
            result.warnings.append(f"{reader.other} lines are no AIS sentences")
    finally:
        for handle in handles:
            handle.close()
    return kind, result, runs, tuple(receivers)


def batches_of(
    path: Path, mapping: Mapping[str, str] | None
) -> tuple[str, Iterator[tuple[Raw, list[Any]]], TableReader | NmeaReader]:
    try:
        with opened(path) as handle:
            head = handle.read(64 << 10)
    except (OSError, EOFError) as fault:
        raise FormatError(f"does not unpack: {fault}", where=path.name, step="fetch the file again") from None
    if mapping is None and is_nmea(head):
        sentences = NmeaReader(path)
        return "nmea", sentences.batches(), sentences
    table = TableReader.of(path, mapping=mapping)
    return table.layout.name, ((raw, []) for raw in _widened(table.batches())), table


def _widened(batches: Iterator[Raw]) -> Iterator[Raw]:
    """Batches told apart by how they count longitude: 181 is "not available" unless the first rows go on to 360."""
    wide: bool | None = None
    for raw in batches:
        if wide is None and len(raw.row):
            with np.errstate(invalid="ignore"):
                wide = bool(np.any((raw.lon > 181.0001) & (raw.lon <= 360)))
        raw.wide = bool(wide)
        yield raw


def _units(raw: Raw, name: str, result: _Reading) -> bool:
    """Look at the first rows: units that cannot be right are an error, doubtful ones a warning."""
    with np.errstate(invalid="ignore"):
        known = np.isfinite(raw.lat) & np.isfinite(raw.lon) & (raw.lat != 91)
        if known.sum() >= 10 and np.mean(np.abs(raw.lat[known]) > 90) > 0.5:
            swapped = np.mean(np.abs(raw.lon[known]) <= 90) > 0.9
            raise FormatError(
                "most latitudes are out of range",
                where=name,
                got=f"for example {raw.lat[known][0]:g}",
                expected="degrees from -90 to 90",
                step="are latitude and longitude swapped? use --map" if swapped else "is it another unit than degrees?",
            )
        if raw.sog is not None:
            speeds = raw.sog[np.isfinite(raw.sog) & (raw.sog > 0) & (raw.sog != 1023)]
            if len(speeds) >= 10 and np.median(speeds) > 102.3:
                result.warnings.append(
                    f"speeds are not in knots (median {np.median(speeds):g}); they count as not available"
                )
    return True


def _recoded(raw: Raw, receivers: list[str]) -> Raw:
    """Receiver codes of a batch in the numbering of the file."""
    if raw.receiver is not None and raw.receivers:
        for name in raw.receivers:
            if name not in receivers:
                receivers.append(name)
        table = np.array([receivers.index(name) for name in raw.receivers], np.int16)
        known = raw.receiver >= 0
        raw.receiver = np.where(known, table[np.where(known, raw.receiver, 0)], -1).astype(np.int16)
    return raw


def _count(result: _Reading, batch: Batch, limits: IngestLimits) -> None:
    result.counts.update(batch.rejected_reasons)
    room = limits.rejects_kept - len(result.rejects)
    for row, reason in zip(batch.rejected_rows[:room].tolist(), batch.rejected_reasons, strict=False):
        result.rejects.append(Rejected(row=row, reason=reason))


def _append(handles: list[Any], batch: Batch) -> None:
    """Rows to the raw file of their bucket, as packed records."""
    table = np.empty(len(batch), _DTYPE)
    for name in _DTYPE.names or ():
        table[name] = batch.columns[name]
    bucket = bucket_of(batch.columns["mmsi"], BUCKETS)
    order = np.argsort(bucket, kind="stable")
    edges = np.searchsorted(bucket[order], np.arange(BUCKETS + 1))
    table = table[order]
    for number, handle in enumerate(handles):
        if edges[number + 1] > edges[number]:
            with refusals(Path(handle.name)):
                handle.write(table[edges[number] : edges[number + 1]].tobytes())


def _sorted_parts(
    folder: Path, lake: Lake, source: str, receivers: tuple[str, ...], done: Ingested, result: _Reading
) -> None:
    for bucket in range(BUCKETS):
        path = folder / f"{bucket:02d}"
        if not path.stat().st_size:
            continue
        table = np.fromfile(path, _DTYPE)
        path.unlink()
        key = (table["mmsi"].astype(np.int64) << 32) | table["ts"].astype(np.int64)
        order = np.argsort(key, kind="stable")
        table = table[order]
        same = np.zeros(len(table), bool)
        same[1:] = (
            (key[order][1:] == key[order][:-1])
            & (table["lat"][1:] == table["lat"][:-1])
            & (table["lon"][1:] == table["lon"][:-1])
        )
        if same.any():
            done.rejected["duplicate"] += int(same.sum())
            table = table[~same]
        done.kept += len(table)
        done.vessels += len(np.unique(table["mmsi"]))
        low, high = int(table["ts"].min()), int(table["ts"].max())
        done.first = low if done.first is None else min(done.first, low)
        done.last = high if done.last is None else max(done.last, high)
        months = month_of(table["ts"])
        for month in np.unique(months).tolist():
            _write_part(lake, table[months == month], month, bucket, source, receivers, done)
    del result


def _write_part(
    lake: Lake, table: NDArray[Any], month: int, bucket: int, source: str, receivers: tuple[str, ...], done: Ingested
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = pa.table(
        {name: np.ascontiguousarray(table[name]) for name in _DTYPE.names or ()},
        schema=schema(source=source, receivers=receivers),
    )
    sink = pa.BufferOutputStream()
    pq.write_table(
        arrow,
        sink,
        compression="zstd",
        compression_level=1,
        use_dictionary=["mmsi"],
        row_group_size=1 << 20,
        write_statistics=["mmsi", "ts"],
    )
    target = lake.part_path(month, bucket, source)
    digest, _, _ = write_stream(target.parent, (memoryview(sink.getvalue()),), lambda _: target)  # type: ignore[arg-type]
    done.files.append((target.relative_to(lake.root.parent).as_posix(), digest))


def _write_statics(lake: Lake, source: str, runs: Runs, done: Ingested) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = runs.table()
    done.static_runs = len(columns["mmsi"])
    if not done.static_runs:
        return
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table(columns).replace_schema_metadata({b"source": source.encode()}), sink, compression="zstd")
    target = lake.static_path(source)
    data = sink.getvalue().to_pybytes()
    done.files.append((target.relative_to(lake.root.parent).as_posix(), write_whole(target, data)))


def _write_rejects(lake: Lake, source: str, result: _Reading, done: Ingested) -> None:
    if not done.rejected:
        return
    lines = [json.dumps({"counts": dict(done.rejected), "words": {key: REJECTS[key] for key in done.rejected}})]
    lines += [
        json.dumps({"row": one.row, "reason": one.reason, **({"content": one.content} if one.content else {})})
        for one in sorted(result.rejects, key=lambda one: one.row)
    ]
    target = lake.root / "rejects" / f"{source[:16]}.jsonl"
    digest = write_whole(target, ("\n".join(lines) + "\n").encode())
    done.files.append((target.relative_to(lake.root.parent).as_posix(), digest))
