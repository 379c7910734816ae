"""Position tables (CSV, plain or gzip, and Parquet) as batches of raw rows with the number of each source row.

A first pass reads typed columns with several threads. Where a value does not fit its type, or a row has not its cells,
the file is read a second time more slowly: as text, in one thread, so that every row keeps its number and one bad value
costs its own row alone.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from observance.errors import FormatError
from observance.evidence.tracks.batches import Raw
from observance.evidence.tracks.layouts import STATICS, Layout, layout_of, status_code

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TableReader", "opened"]

_BLOCK = 16 << 20
_TEXT = {"name", "callsign", "destination", "imo"}
_NUMBERS = {"mmsi", "lat", "lon", "sog", "cog", "heading", "message", "length", "width", "draught", "ship_type"}


def opened(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where it is gzip."""
    with path.open("rb") as handle:
        packed = handle.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[return-value]


@dataclass(slots=True)
class TableReader:
    """Reads one table.

    Attributes:
        path: the file.
        layout: found from the header.
        malformed: source rows that have not the cells of the header, with their text, filled while reading.
    """

    path: Path
    layout: Layout
    header: tuple[str, ...]
    delimiter: str = ","
    malformed: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path, *, mapping: Mapping[str, str] | None = None) -> TableReader:
        """A reader for a table, its header understood.

        Raises:
            FormatError: no table, or a table without the necessary columns.
        """
        if path.suffix in {".parquet", ".pq"} or _starts(path, b"PAR1"):
            return cls._parquet(path, mapping)
        with opened(path) as handle:
            try:
                first = handle.readline(1 << 20)
            except (OSError, EOFError) as fault:
                raise FormatError(f"does not unpack: {fault}", where=path.name, step="fetch the file again") from None
        if first.startswith(b"%PDF") or b"\0" in first:
            raise FormatError(
                "no table of positions", where=path.name, got="binary data", expected="CSV, NMEA or Parquet"
            )
        text = first.decode("utf-8-sig", errors="replace").rstrip("\r\n")
        delimiter = max(",;\t|", key=text.count)
        header = tuple(name.strip().lstrip("#").strip() for name in next(csv.reader([text], delimiter=delimiter), []))
        if len(header) < 4:
            raise FormatError(
                "no header of a position table", where=path.name, got=text[:120], expected="MMSI, time, LAT, LON"
            )
        return cls(path, layout_of(header, where=path.name, mapping=mapping), header, delimiter)

    @classmethod
    def _parquet(cls, path: Path, mapping: Mapping[str, str] | None) -> TableReader:
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            header = tuple(pq.read_schema(path).names)
        except (pa.ArrowInvalid, OSError) as fault:
            raise FormatError(
                "no Parquet file, or cut off", where=path.name, got=str(fault).splitlines()[0][:120]
            ) from None
        return cls(path, layout_of(header, where=path.name, mapping=mapping), header, "parquet")

    def batches(self) -> Iterator[Raw]:
        """All rows in order, in batches; a row number counts from 1 after the header."""
        if self.delimiter == "parquet":
            yield from self._parquet_batches()
            return
        import pyarrow as pa

        fast = self._fast()
        done = 0
        try:
            for raw in fast:
                done += len(raw.row)
                yield raw
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, EOFError, OSError):
            yield from self._slow(skip=done)

    def _fast(self) -> Iterator[Raw]:
        import pyarrow as pa
        from pyarrow import csv as pacsv

        columns = self.layout.columns
        kinds = {columns[key]: pa.float64() for key in _NUMBERS & set(columns)}
        if self.layout.day_first or self.layout.name == "marinecadastre":
            kinds[columns["ts"]] = pa.timestamp("s")
        for key in _TEXT & set(columns):
            kinds[columns[key]] = pa.dictionary(pa.int32(), pa.string())
        for key in {"status", "receiver", "ship_type"} & set(columns):
            kinds[columns[key]] = pa.dictionary(pa.int32(), pa.string())
        with opened(self.path) as handle:
            reader = pacsv.open_csv(
                pa.PythonFile(handle, mode="r"),
                read_options=pacsv.ReadOptions(column_names=list(self.header), skip_rows=1, block_size=_BLOCK),
                parse_options=pacsv.ParseOptions(delimiter=self.delimiter),
                convert_options=pacsv.ConvertOptions(
                    column_types=kinds,
                    include_columns=sorted(set(columns.values())),
                    strings_can_be_null=True,
                    timestamp_parsers=["%d/%m/%Y %H:%M:%S"] if self.layout.day_first else [pacsv.ISO8601],
                ),
            )
            row = 0
            for batch in reader:
                yield self._raw(batch, np.arange(row + 1, row + 1 + batch.num_rows, dtype=np.int64))
                row += batch.num_rows

    def _parquet_batches(self) -> Iterator[Raw]:
        import pyarrow.parquet as pq

        columns = sorted(set(self.layout.columns.values()))
        row = 0
        with pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=1 << 20, columns=columns):
                yield self._raw(batch, np.arange(row + 1, row + 1 + batch.num_rows, dtype=np.int64))
                row += batch.num_rows

    def _raw(self, batch: Any, rows: NDArray[np.int64]) -> Raw:
        columns = self.layout.columns
        values = {key: batch.column(name) for key, name in columns.items()}
        receiver, receivers = _codes(values.get("receiver"))
        return Raw(
            row=rows,
            mmsi=_floats(values["mmsi"]),
            ts=_times(values["ts"]),
            lat=_floats(values["lat"]),
            lon=_floats(values["lon"]),
            sog=_maybe(values.get("sog")),
            cog=_maybe(values.get("cog")),
            heading=_maybe(values.get("heading")),
            status=_status(values.get("status")),
            message=_maybe(values.get("message")),
            receiver=receiver,
            receivers=receivers,
            statics={key: values[key] for key in STATICS if key in values},
            speed_factor=self.layout.speed_factor,
        )

    def _slow(self, *, skip: int) -> Iterator[Raw]:
        """Every row as text from row `skip` + 1 on; what does not read becomes not-a-number and is rejected later."""
        import pyarrow as pa

        width = len(self.header)
        names = list(dict.fromkeys(self.layout.columns.values()))
        places = {name: self.header.index(name) for name in names}
        cells: dict[str, list[str]] = {name: [] for name in names}
        rows: list[int] = []
        number = 0
        with opened(self.path) as handle:
            text = io.TextIOWrapper(handle, encoding="utf-8", errors="replace", newline="")
            lines = csv.reader(_unnulled(text), delimiter=self.delimiter)
            try:
                next(lines)
                for cell in lines:
                    if not cell:
                        continue
                    number += 1
                    if number <= skip:
                        continue
                    if len(cell) != width:
                        self.malformed.append((number, self.delimiter.join(cell)[:200]))
                        continue
                    rows.append(number)
                    for name in names:
                        cells[name].append(cell[places[name]])
                    if len(rows) >= 200_000:
                        yield self._raw(_batch(pa, cells), np.array(rows, np.int64))
                        cells = {name: [] for name in names}
                        rows = []
            except (csv.Error, EOFError, OSError) as fault:
                # A file that was cut off: what stood before the cut is good.
                self.malformed.append((number + 1, f"the file ends in the middle: {fault}"))
        if rows:
            yield self._raw(_batch(pa, cells), np.array(rows, np.int64))


def _unnulled(lines: Any) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "")


def _batch(pa: Any, cells: dict[str, list[str]]) -> Any:
    return pa.record_batch({name: pa.array(values, pa.string()) for name, values in cells.items()})


def _starts(path: Path, magic: bytes) -> bool:
    with path.open("rb") as handle:
        return handle.read(len(magic)) == magic


def _floats(array: Any) -> NDArray[np.float64]:
    """An Arrow column as floats; what is no number is NaN."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        trimmed = pc.utf8_trim_whitespace(array)
        good = pc.match_substring_regex(trimmed, r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$")
        array = pc.if_else(good, trimmed, None).cast(pa.float64())
    elif not pa.types.is_float64(array.type):
        array = array.cast(pa.float64(), safe=False)
    return np.asarray(array.to_numpy(zero_copy_only=False), np.float64)


def _maybe(array: Any) -> NDArray[np.float64] | None:
    return None if array is None else _floats(array)


def _times(array: Any) -> NDArray[np.float64]:
    """An Arrow column as seconds UTC: times, ISO 8601, `DD/MM/YYYY HH:MM:SS`, seconds or milliseconds of the epoch."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if pa.types.is_timestamp(array.type):
        seconds = pc.divide(array.cast(pa.timestamp("ms"), safe=False).cast(pa.int64()).cast(pa.float64()), 1000.0)
        return np.asarray(seconds.to_numpy(zero_copy_only=False), np.float64)
    if not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return _epoch(_floats(array))
    text = pc.utf8_trim_whitespace(array)
    numbers = _epoch(_floats(text))
    iso = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|\+00:?00| UTC)?$"
    plain = pc.replace_substring_regex(text, r"(Z|\+00:?00| UTC)$", "")
    good = pc.match_substring_regex(text, iso)
    stamps = _parsed(pc.if_else(good, plain, None))
    slashed = r"^[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}$"
    day_first = pc.match_substring_regex(text, slashed)
    swapped = pc.replace_substring_regex(text, r"^([0-9]{2})/([0-9]{2})/([0-9]{4}) (.*)$", r"\3-\2-\1T\4")
    stamps = np.where(np.isnan(stamps), _parsed(pc.if_else(day_first, swapped, None)), stamps)
    return np.where(np.isnan(stamps), numbers, stamps)


def _parsed(array: Any) -> NDArray[np.float64]:
    """ISO times as seconds; a day that the calendar does not have is NaN."""
    import pyarrow as pa

    try:
        stamps = array.cast(pa.timestamp("ns"))
    except pa.ArrowInvalid:
        out = np.full(len(array), np.nan)
        for at, value in enumerate(array.to_pylist()):
            if value is not None:
                try:
                    out[at] = np.datetime64(value.replace(" ", "T"), "ms").astype(np.int64) / 1000
                except ValueError:
                    continue
        return out
    values = stamps.cast(pa.timestamp("ms"), safe=False).cast(pa.int64()).cast(pa.float64())
    return np.asarray(values.to_numpy(zero_copy_only=False), np.float64) / 1000


def _epoch(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Seconds of the epoch from seconds or milliseconds."""
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(values) > 1e11, values / 1000, values)


def _status(array: Any) -> NDArray[np.float64] | None:
    if array is None:
        return None
    import pyarrow as pa

    if pa.types.is_floating(array.type) or pa.types.is_integer(array.type):
        return _floats(array)
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    table = np.array([status_code(word or "") for word in encoded.dictionary.to_pylist()] or [np.nan])
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.float64)
    known = np.isfinite(codes)
    return np.where(known, table[np.where(known, codes, 0).astype(np.int64)], np.nan)


def _codes(array: Any) -> tuple[NDArray[np.int16] | None, tuple[str, ...]]:
    """Receivers as codes and names."""
    if array is None:
        return None, ()
    import pyarrow as pa

    encoded = array if pa.types.is_dictionary(array.type) else array.cast(pa.string()).dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.float64)
    return np.where(np.isfinite(codes), codes, -1).astype(np.int16), tuple(
        str(name) for name in encoded.dictionary.to_pylist()
    )
