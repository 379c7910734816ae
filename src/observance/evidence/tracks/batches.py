"""A stretch of a source file in columns, and the checks that every row passes.

Units of the stored columns: see `observations.vessels.columns` (positions in 1/600,000 degree, speed in tenths of a
knot, course in tenths of a degree). Sources of the "not available" values: ITU-R M.1371-5, table 48.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "COG_NONE",
    "FIELDS",
    "HEADING_NONE",
    "QUALITY_LONGITUDE",
    "QUALITY_SPEED_UNIT",
    "REJECTS",
    "SOG_NONE",
    "STATUS_NONE",
    "UNIT",
    "Batch",
    "Raw",
    "Rejected",
    "check",
]

UNIT = 600_000
SOG_NONE = 1023
COG_NONE = 3600
HEADING_NONE = 511
STATUS_NONE = 15

QUALITY_LONGITUDE = 1
"""The source counts longitude to 360; it was brought to -180..180."""
QUALITY_SPEED_UNIT = 2
"""The source gives speed in another unit than knots; it was converted."""

EARLIEST = 631_152_000
"""1990-01-01: AIS is younger."""

REJECTS = {
    "malformed": "the row has not the cells that the header promises",
    "no_mmsi": "no MMSI between 1 and 999999999",
    "no_time": "no time that reads",
    "time_too_early": "a time before 1990",
    "time_in_future": "a time later than the day after it was added",
    "no_position": "no position (91/181, or not a number)",
    "position_out_of_range": "latitude or longitude out of range",
    "not_decoded": "a sentence that does not decode",
    "checksum": "a sentence whose checksum is wrong",
    "incomplete": "a part of a message whose other parts never came",
    "duplicate": "the same ship, time and position as an earlier row of this file",
}
"""Reasons for which a row is left out, with the words for a reader."""

FIELDS = ("mmsi", "ts", "lat", "lon", "sog", "cog", "heading", "status", "message", "receiver", "row", "quality")


@dataclass(slots=True)
class Raw:
    """Rows as read: floats with NaN for what does not read; `row` from 1.

    Attributes:
        row: source row or line.
        mmsi, ts, lat, lon: numbers as written (ts in seconds UTC).
        sog: knots; cog: degrees; heading: degrees; status, message: codes; NaN is not available.
        receiver: name of the receiver, empty where it is not told.
        statics: columns of static data: imo, name, callsign, ship_type, length, width, draught, destination.
        wide: True where the source counts longitude to 360.
        speed_factor: from the unit of the source to knots.
    """

    row: NDArray[np.int64]
    mmsi: NDArray[np.float64]
    ts: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    sog: NDArray[np.float64] | None = None
    cog: NDArray[np.float64] | None = None
    heading: NDArray[np.float64] | None = None
    status: NDArray[np.float64] | None = None
    message: NDArray[np.float64] | None = None
    receiver: NDArray[np.int16] | None = None
    receivers: tuple[str, ...] = ()
    statics: dict[str, Any] = field(default_factory=dict)
    wide: bool = False
    speed_factor: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row that was left out: source row, reason (a key of `REJECTS`), and the beginning of what it holds."""

    row: int
    reason: str
    content: str = ""


@dataclass(slots=True)
class Batch:
    """Checked rows: stored columns by the names of `FIELDS`, and for each rejected row its reason."""

    columns: dict[str, NDArray[Any]]
    rejected_rows: NDArray[np.int64]
    rejected_reasons: list[str]
    kept: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.columns["mmsi"])


def check(raw: Raw, *, now: float) -> Batch:
    """Check every row and bring it to the stored units.

    Args:
        raw: rows as read.
        now: seconds UTC of the adding; times more than a day later are rejected.
    """
    reason = np.zeros(len(raw.row), np.int8)
    order = ("", "no_mmsi", "no_time", "time_too_early", "time_in_future", "no_position", "position_out_of_range")

    def mark(bad: NDArray[np.bool_], name: str) -> None:
        reason[bad & (reason == 0)] = order.index(name)

    with np.errstate(invalid="ignore"):
        mark(~((raw.mmsi >= 1) & (raw.mmsi <= 999_999_999)), "no_mmsi")
        mark(~np.isfinite(raw.ts) | (np.abs(raw.ts) >= 2**31 - 1), "no_time")
        mark(raw.ts < EARLIEST, "time_too_early")
        mark(raw.ts > now + 86_400, "time_in_future")
        absent = ~np.isfinite(raw.lat) | ~np.isfinite(raw.lon) | (raw.lat == 91)
        absent |= (raw.lon == 181) & ~np.full(len(raw.row), raw.wide)
        mark(absent, "no_position")
        top = 360 if raw.wide else 180
        mark(~((np.abs(raw.lat) <= 90) & (raw.lon >= -180) & (raw.lon <= top)), "position_out_of_range")
    kept = reason == 0
    east = raw.lon[kept]
    wrapped = east > 180
    east = np.where(wrapped, east - 360, east)
    quality = np.where(wrapped, QUALITY_LONGITUDE, 0) | (QUALITY_SPEED_UNIT if raw.speed_factor != 1.0 else 0)
    columns: dict[str, NDArray[Any]] = {
        "mmsi": raw.mmsi[kept].astype(np.int32),
        "ts": np.floor(raw.ts[kept]).astype(np.int32),
        "lat": np.round(raw.lat[kept] * UNIT).astype(np.int32),
        "lon": np.round(east * UNIT).astype(np.int32),
        "sog": _scaled(raw.sog, kept, 10 * raw.speed_factor, 1022, SOG_NONE),
        "cog": _scaled(raw.cog, kept, 10, 3599, COG_NONE),
        "heading": _scaled(raw.heading, kept, 1, 359, HEADING_NONE),
        "status": _scaled(raw.status, kept, 1, 15, STATUS_NONE).astype(np.int8),
        "message": _scaled(raw.message, kept, 1, 27, 0).astype(np.int8),
        "receiver": raw.receiver[kept] if raw.receiver is not None else np.full(int(kept.sum()), -1, np.int16),
        "row": raw.row[kept],
        "quality": quality.astype(np.int16),
    }
    bad = reason[~kept]
    return Batch(columns, raw.row[~kept], [order[code] for code in bad], kept)


def _scaled(
    values: NDArray[np.float64] | None, kept: NDArray[np.bool_], factor: float, top: int, none: int
) -> NDArray[np.int16]:
    if values is None:
        return np.full(int(kept.sum()), none, np.int16)
    with np.errstate(invalid="ignore"):
        scaled = np.round(values[kept] * factor)
        good = (scaled >= 0) & (scaled <= top)
    return np.where(good, np.where(good, scaled, 0), none).astype(np.int16)
