"""From raw columns to tracks: rows that are no position of a ship left out and counted, order, segments.

The result does not depend on the order of the rows, on how files were cut, or on a feed that was delivered twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT, Columns
from observance.observations.vessels.identifiers import ship_numbers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from observance.observations.vessels.parameters import Parameters

__all__ = ["Tracks", "make_tracks", "sort_columns"]

REASONS = ("kept", "no position", "sent twice", "no message of a ship", "no number of a ship", "noise")
SAME_S = 30  # the same position of one number within this time is one transmission heard twice


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tracks:
    """Vessels and their segments.

    Attributes:
        fixes: kept positions sorted by (mmsi, ts); noise is left out.
        starts: offsets of the vessels in `fixes` (one more than vessels).
        vessels: the MMSI of each vessel.
        seg: track number of each fix within its vessel.
        by_unit: rows of `fixes` in the order (vessel, track, ts), or None where that is the order they have.
        unit_starts: offsets of the segments in that order.
        unit_vessel: index of the vessel of each segment.
        rivals: table of rival tracks (`segments.track_table`).
        noise: positions that were left out as noise, sorted by (mmsi, ts).
        dropped: rows left out, by reason.
    """

    fixes: Columns
    starts: NDArray[np.int64]
    vessels: NDArray[np.int32]
    seg: NDArray[np.int32]
    by_unit: NDArray[np.int64] | None
    unit_starts: NDArray[np.int64]
    unit_vessel: NDArray[np.int64]
    rivals: NDArray[np.int64]
    noise: Columns
    dropped: dict[str, int]

    def column(self, name: str) -> NDArray[Any]:
        """A column in the order of the segments."""
        value: NDArray[Any] = getattr(self.fixes, name)
        return value if self.by_unit is None else value[self.by_unit]

    def rows(self, vessel: int, t0: int, t1: int) -> slice:
        """The rows of `fixes` of a vessel (index) from t0 to t1, both included."""
        a, b = int(self.starts[vessel]), int(self.starts[vessel + 1])
        ts = self.fixes.ts[a:b]
        return slice(
            a + int(np.searchsorted(ts, np.int32(t0), "left")), a + int(np.searchsorted(ts, np.int32(t1), "right"))
        )

    def vessel_of(self, mmsi: int) -> int:
        """Index of a vessel, -1 where it was not heard."""
        k = int(np.searchsorted(self.vessels, np.int32(mmsi)))
        return k if k < len(self.vessels) and int(self.vessels[k]) == mmsi else -1

    def degrees(self, rows: slice | NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Latitude and longitude of rows of `fixes`."""
        return self.fixes.lat[rows] / UNIT, self.fixes.lon[rows] / UNIT


def sort_columns(columns: Columns) -> Columns:
    """Rows by (mmsi, ts) and then by everything that can differ, so that no order of arrival shows."""
    from observance.observations.vessels.segments import in_order

    mmsi, ts = columns.mmsi, columns.ts
    if in_order(mmsi, ts):
        return columns
    order = np.lexsort(
        (columns.row, columns.file, columns.receiver, columns.cog, columns.sog, columns.lon, columns.lat, ts, mmsi)
    )
    return columns.take(order)


def make_tracks(columns: Columns, parameters: Parameters) -> Tracks:
    """Clean, sort and segment positions."""
    from observance.observations.vessels.segments import clean, offsets, segment

    fixes = sort_columns(columns)
    starts = offsets(fixes.mmsi)
    ships = ship_numbers(fixes.mmsi[starts[:-1]])
    dropped = {"no number of a ship": int(np.diff(starts)[~ships].sum())}
    if not ships.all():
        fixes = fixes.take(np.repeat(ships, np.diff(starts)))
    reason = clean(fixes.mmsi, fixes.ts, fixes.lat, fixes.lon, fixes.message, SAME_S)
    bad = bool(reason.any())
    for code in (1, 2, 3):
        dropped[REASONS[code]] = int((reason == code).sum()) if bad else 0
    if bad:
        fixes = fixes.take(reason == 0)
    starts = offsets(fixes.mmsi)
    seg, odd = segment(
        starts, fixes.ts, fixes.lat, fixes.lon, parameters.jump_kn, parameters.jump_slack_m, parameters.noise_fixes
    )
    noise = fixes.take(np.flatnonzero(seg < 0))
    tracks = _group(fixes, seg, noise, odd, dropped)
    if odd:
        from observance.observations.vessels.jumps import sporadic

        drop = sporadic(tracks, parameters)
        if drop.any():
            f = tracks.fixes
            tracks = _group(f, np.where(drop, -1, tracks.seg), Columns.join([noise, f.take(drop)]), odd, dropped)
    return tracks


def _group(fixes: Columns, seg: NDArray[Any], noise: Columns, odd: int, dropped: dict[str, int]) -> Tracks:
    """Tracks of fixes that know their track number (-1 = noise, left out)."""
    from observance.observations.vessels.segments import offsets, track_table

    bad = seg < 0
    if bad.any():
        fixes, seg = fixes.take(~bad), seg[~bad]
    starts = offsets(fixes.mmsi)
    vessels = fixes.mmsi[starts[:-1]]
    if not odd:
        return Tracks(
            fixes=fixes, starts=starts, vessels=vessels, seg=seg, by_unit=None, unit_starts=starts,
            unit_vessel=np.arange(len(vessels)), rivals=np.zeros((0, 7), np.int64), noise=noise,
            dropped={**dropped, "noise": len(noise)},
        )  # fmt: skip
    number = np.repeat(np.arange(len(vessels)), np.diff(starts))
    if bad.any():
        seg = _renumber(number, seg)
    rivals = track_table(starts, seg)
    by_unit = np.lexsort((np.arange(len(seg)), seg, number))
    key = number[by_unit] * (int(seg.max()) + 1) + seg[by_unit] if len(seg) else number
    cut = np.flatnonzero(np.diff(key)) + 1
    unit_starts = np.concatenate(([0], cut, [len(key)])).astype(np.int64) if len(key) else np.zeros(1, np.int64)
    heads = by_unit[unit_starts[:-1]]
    return Tracks(
        fixes=fixes,
        starts=starts,
        vessels=vessels,
        seg=seg,
        by_unit=by_unit,
        unit_starts=unit_starts,
        unit_vessel=number[heads] if len(number) else np.zeros(0, np.int64),
        rivals=rivals,
        noise=noise,
        dropped={**dropped, "noise": len(noise)},
    )


def _renumber(number: NDArray[Any], seg: NDArray[Any]) -> NDArray[np.int32]:
    """Track numbers without holes, vessel by vessel, in the order they have."""
    if not len(seg):
        return seg.astype(np.int32)
    key = number.astype(np.int64) * (int(seg.max()) + 1) + seg
    unique, inverse = np.unique(key, return_inverse=True)
    vessel = unique // (int(seg.max()) + 1)
    first = np.searchsorted(vessel, vessel, "left")
    return (np.arange(len(unique)) - first)[inverse].astype(np.int32)
