"""The column contract of positions and static messages, as stored and as the kernels read them.

Positions (one row a message, in storage sorted by mmsi, ts):

| column | type | unit |
|---|---|---|
| mmsi | int32 | |
| ts | int32 | seconds UTC |
| lat, lon | int32 | 1/600,000 degree (0.0001 minute, the unit of AIS itself); longitude -180 to 180 |
| sog | int16 | tenths of a knot; 1023 = not available |
| cog | int16 | tenths of a degree; 3600 = not available |
| heading | int16 | degrees; 511 = not available |
| status | int8 | navigational status; 15 = not defined |
| message | int8 | AIS message type; 0 = not known |
| receiver | int16 | index into `receivers`; -1 = not known |
| file | int32 | index into `files` |
| row | int64 | row (or line) in that file, so that a citation survives sorting and partitioning; -1 = not known |
| quality | int16 | bits set on the way in (see `evidence.tracks`) |

Only the first four are necessary; the others have "not available" values.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["UNIT", "Columns", "StaticMessages"]

UNIT = 600_000
SOG_NONE = 1023
COG_NONE = 3600
HEADING_NONE = 511
STATUS_NONE = 15
LAT_NONE = 91 * UNIT

_TYPES: dict[str, Any] = {
    "mmsi": np.int32, "ts": np.int32, "lat": np.int32, "lon": np.int32, "sog": np.int16, "cog": np.int16,
    "heading": np.int16, "status": np.int8, "message": np.int8, "receiver": np.int16, "file": np.int32,
    "row": np.int64, "quality": np.int16,
}  # fmt: skip


_NONE = {
    "sog": SOG_NONE, "cog": COG_NONE, "heading": HEADING_NONE, "status": STATUS_NONE, "receiver": -1, "row": -1,
}  # fmt: skip
_READ = {"sog", "cog", "message", "receiver"}  # optional columns that kernels read, so that they must lie in memory


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Positions as columns of equal length (module docstring). `receivers` and `files` hold the names of the codes."""

    mmsi: NDArray[np.int32]
    ts: NDArray[np.int32]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]
    sog: NDArray[np.int16]
    cog: NDArray[np.int16]
    heading: NDArray[np.int16]
    status: NDArray[np.int8]
    message: NDArray[np.int8]
    receiver: NDArray[np.int16]
    file: NDArray[np.int32]
    row: NDArray[np.int64]
    quality: NDArray[np.int16]
    receivers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.mmsi)

    @classmethod
    def of(
        cls,
        *,
        mmsi: NDArray[Any],
        ts: NDArray[Any],
        lat: NDArray[Any],
        lon: NDArray[Any],
        receivers: tuple[str, ...] = (),
        files: tuple[str, ...] = (),
        **more: NDArray[Any],
    ) -> Self:
        """Columns from the four that are necessary; the others become "not available" where they are not given."""
        n = len(mmsi)
        full: dict[str, Any] = {"mmsi": mmsi, "ts": ts, "lat": lat, "lon": lon, **more}
        for name, kind in _TYPES.items():
            if name in full:
                full[name] = np.ascontiguousarray(full[name], dtype=kind)
            elif name in _READ:
                full[name] = np.full(n, _NONE.get(name, 0), kind)
            else:
                # no kernel reads it: one value stands for all rows, without memory
                full[name] = np.broadcast_to(np.array(_NONE.get(name, 0), kind), n)
        return cls(receivers=receivers, files=files, **full)

    @classmethod
    def from_degrees(
        cls,
        *,
        mmsi: NDArray[Any],
        ts: NDArray[Any],
        lat: NDArray[Any],
        lon: NDArray[Any],
        sog: NDArray[Any] | None = None,
        cog: NDArray[Any] | None = None,
        **more: Any,
    ) -> Self:
        """Columns from degrees and knots as floats; what is no position (91/181, NaN, out of range) gets latitude 91.

        Longitudes may run from -180 to 180 or from 0 to 360. Exactly 181 is "not available" unless the columns hold
        other longitudes above 180, which shows that they count to 360.
        """
        lat, lon = np.asarray(lat, float), np.asarray(lon, float)
        number = np.asarray(mmsi, float)
        when = np.asarray(ts, float)
        with np.errstate(invalid="ignore"):
            good = (np.abs(lat) <= 90) & (lon >= -180) & (lon <= 360)
            nowhere = np.abs(lon - 181) < 1e-6
            if not bool(np.any(good & (lon > 180) & ~nowhere)):
                good &= ~nowhere
            good &= (number > 0) & (number < 1e9) & (np.abs(when) < 2**31 - 1)
        east = np.where(good, lon, 0.0)
        east = np.where(east > 180, east - 360, east)
        extra = {"row": np.arange(len(lat)), **more}
        for name, value, none in (("sog", sog, SOG_NONE), ("cog", cog, COG_NONE)):
            if value is not None:
                x = np.asarray(value, float)
                with np.errstate(invalid="ignore"):
                    ok = (x >= 0) & (x < (102.25 if name == "sog" else 360))
                extra[name] = np.where(ok, np.round(np.where(ok, x, 0) * 10), none)
        return cls.of(
            mmsi=np.where(np.isfinite(number) & (np.abs(number) < 2**31), number, 0),
            ts=np.floor(np.where(np.isfinite(when) & (np.abs(when) < 2**31 - 1), when, 0)),
            lat=np.where(good, np.round(np.where(good, lat, 0) * UNIT), LAT_NONE),
            lon=np.round(east * UNIT),
            **extra,
        )

    def take(self, index: NDArray[Any]) -> Self:
        """The rows of an index or mask, in its order."""
        return replace(self, **{name: getattr(self, name)[index] for name in _TYPES})

    @classmethod
    def join(cls, parts: Sequence[Columns]) -> Columns:
        """Several columns one after another; receiver and file codes are renumbered by name."""
        if len(parts) == 1:
            return parts[0]
        receivers = sorted({r for p in parts for r in p.receivers})
        files = sorted({f for p in parts for f in p.files})
        fixed = [
            replace(
                p,
                receiver=_recode(p.receiver, p.receivers, receivers, np.int16),
                file=_recode(p.file, p.files, files, np.int32),
            )
            for p in parts
        ]
        whole = {name: np.concatenate([getattr(p, name) for p in fixed]) for name in _TYPES}
        return cls(receivers=tuple(receivers), files=tuple(files), **whole)


def _recode(codes: NDArray[Any], names: tuple[str, ...], target: list[str], kind: Any) -> NDArray[Any]:
    if not names:
        return codes
    table = np.array([target.index(n) for n in names], dtype=kind)
    known = (codes >= 0) & (codes < len(names))
    return np.where(known, table[np.where(known, codes, 0)], codes).astype(kind)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StaticMessages:
    """Static and voyage messages as columns: imo 0, empty text, length 0 and draught 0 mean "not given"."""

    mmsi: NDArray[np.int32]
    ts: NDArray[np.int32]
    imo: NDArray[np.int32]
    name: NDArray[np.object_]
    callsign: NDArray[np.object_]
    length: NDArray[np.float32]
    width: NDArray[np.float32]
    draught: NDArray[np.float32]
    ship_type: NDArray[np.int16]
    file: NDArray[np.int32]
    row: NDArray[np.int64]
    files: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.mmsi)

    @classmethod
    def of(cls, *, mmsi: NDArray[Any], ts: NDArray[Any], files: tuple[str, ...] = (), **more: Any) -> Self:
        """Static messages from what is given; the rest is absent. Draught 25.5 is "not available", as 0 is."""
        n = len(mmsi)
        kinds: dict[str, Any] = {
            "imo": np.int32, "length": np.float32, "width": np.float32, "draught": np.float32,
            "ship_type": np.int16, "file": np.int32, "row": np.int64,
        }  # fmt: skip
        full: dict[str, Any] = {
            "mmsi": np.ascontiguousarray(mmsi, np.int32),
            "ts": np.ascontiguousarray(np.floor(np.asarray(ts, float)), np.int32),
        }
        for name, kind in kinds.items():
            raw = more.get(name)
            if raw is None:
                full[name] = np.arange(n, dtype=kind) if name == "row" else np.zeros(n, kind)
                continue
            value = np.asarray(raw, float)
            value = np.where(np.isfinite(value) & (np.abs(value) < 2**31 - 1), value, 0)
            full[name] = value.astype(kind)
        full["draught"] = np.where((full["draught"] <= 0) | (full["draught"] > 25.45), 0, full["draught"])
        for name in ("name", "callsign"):
            raw = more.get(name)
            full[name] = np.full(n, "", object) if raw is None else np.array([_text(x) for x in raw], object)
            if n == 0:
                full[name] = np.zeros(0, object)
        return cls(files=files, **full)

    def take(self, index: NDArray[Any]) -> Self:
        """The rows of an index or mask, in its order."""
        return replace(self, **{f.name: getattr(self, f.name)[index] for f in fields(self) if f.name != "files"})


def _text(value: object) -> str:
    """AIS text as compared: upper case, `@` padding off, runs of blanks as one; what is no text is empty."""
    if not isinstance(value, str):
        return ""
    return " ".join(value.split("@", 1)[0].upper().split())
