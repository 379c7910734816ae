"""The lake: positions and static runs as Parquet, partitioned by month and a hash of the MMSI.

`lake/positions/month=2024-06/bucket=07/<source>.parquet`, each file sorted by (mmsi, ts), whole vessels of a month in
one bucket; `lake/static/<source>.parquet`. A new file of positions adds files of its own and touches no others, so that
a new day costs a day. The source hash is in the file name and in the Parquet metadata; rows keep their source row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["BUCKETS", "Lake", "Part", "month_of", "read_parts", "schema"]

BUCKETS = 16
_KINDS = {
    "mmsi": "int32", "ts": "int32", "lat": "int32", "lon": "int32", "sog": "int16", "cog": "int16", "heading": "int16",
    "status": "int8", "message": "int8", "receiver": "int16", "row": "int64", "quality": "int16",
}  # fmt: skip


def month_of(ts: NDArray[np.int32]) -> NDArray[np.int32]:
    """Month of each second, as months since January 1970."""
    return ts.astype("datetime64[s]").astype("datetime64[M]").astype(np.int32)


def month_name(month: int) -> str:
    """`2024-06` for months since January 1970."""
    return str(np.datetime64(month, "M"))


def schema(*, source: str, receivers: Sequence[str]) -> Any:
    """Arrow schema of positions with source and receivers in its metadata."""
    import pyarrow as pa

    fields = [pa.field(name, getattr(pa, kind)()) for name, kind in _KINDS.items()]
    return pa.schema(fields, metadata={b"source": source.encode(), b"receivers": "\n".join(receivers).encode()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One Parquet file of positions."""

    path: Path
    month: str
    bucket: int


@dataclass(frozen=True, slots=True)
class Lake:
    """The folder of bulk positions of a workspace."""

    root: Path

    def parts(self, *, since: str = "", until: str = "", bucket: int | None = None) -> list[Part]:
        """Files of positions, by month and bucket; months as `2024-06`, ends included, empty is open."""
        found = []
        for path in sorted((self.root / "positions").glob("month=*/bucket=*/*.parquet")):
            month = path.parent.parent.name.removeprefix("month=")
            number = int(path.parent.name.removeprefix("bucket="))
            inside = (not since or month >= since[:7]) and (not until or month <= until[:7])
            if inside and (bucket is None or number == bucket):
                found.append(Part(path=path, month=month, bucket=number))
        return found

    def part_path(self, month: int, bucket: int, source: str) -> Path:
        """Where the positions of a source in a month and bucket are kept."""
        return (
            self.root / "positions" / f"month={month_name(month)}" / f"bucket={bucket:02d}" / f"{source[:16]}.parquet"
        )

    def static_path(self, source: str) -> Path:
        """Where the static runs of a source are kept."""
        return self.root / "static" / f"{source[:16]}.parquet"

    def columns(self, parts: Iterable[Part], names: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Columns of each file, see `read_parts`."""
        yield from read_parts((part.path for part in parts), names)

    def statics(self) -> Iterator[dict[str, Any]]:
        """Static runs of each source, as lists by field, with `source`."""
        import pyarrow.parquet as pq

        for path in sorted((self.root / "static").glob("*.parquet")):
            table = pq.read_table(path)
            values: dict[str, Any] = table.to_pydict()
            values["source"] = (table.schema.metadata or {}).get(b"source", b"").decode()
            yield values


def read_parts(paths: Iterable[Path], names: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """Columns of each file as numpy arrays, with `source` and `receivers` from its metadata."""
    import pyarrow.parquet as pq

    for path in paths:
        table = pq.read_table(path, columns=list(names) if names else None, partitioning=None)
        meta = table.schema.metadata or {}
        values: dict[str, Any] = {name: table[name].to_numpy() for name in table.column_names}
        values["source"] = meta.get(b"source", b"").decode()
        values["receivers"] = tuple(filter(None, meta.get(b"receivers", b"").decode().split("\n")))
        yield values


def day_of(ts: int) -> str:
    """ISO day of a second UTC."""
    return datetime.fromtimestamp(ts, UTC).date().isoformat()
