"""Receivers whose clock is off: found by what several receivers heard of one ship, before a conflict is told.

A receiver set to local time, or three hours wrong, makes of one ship two that sail the same way at different times. Its
messages are shifted by the offset under which they lie on the track that the others heard.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.encounters import distance_m
from observance.observations.vessels.tracks import make_tracks

if TYPE_CHECKING:
    from observance.observations.vessels.columns import Columns
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["set_clocks", "shift_clocks"]

_KNOT = 0.514444
_STEP_S = 300
_GRID_S = 900
_SNAP_S = 45
_SHIPS = 24
_FIT_M = 1000.0
_MISFIT_M = 3000.0


def set_clocks(columns: Columns, tracks: Tracks, parameters: Parameters) -> tuple[Tracks, dict[int, int]]:
    """Tracks with the clocks of receivers set right, and the offsets found (receiver code: seconds too late).

    Tracks in which no number has rivals are handed back as they are.
    """
    found: dict[int, int] = {}
    for _ in range(4):
        suspects = _suspects(tracks)
        if not len(suspects):
            break
        offsets = _offsets(columns, suspects, parameters)
        if not offsets:
            break
        # the receiver that explains most with fewest messages is the one that is off
        code = min(offsets, key=lambda r: (int((columns.receiver == r).sum()), r))
        found[code] = found.get(code, 0) + offsets[code]
        mine = columns.receiver == code
        columns = replace(columns, ts=np.where(mine, columns.ts - offsets[code], columns.ts).astype(np.int32))
        tracks = make_tracks(columns, parameters)
    return tracks, found


def shift_clocks(columns: Columns, offsets: dict[str, int]) -> Columns:
    """Positions with the clocks of named receivers set right."""
    for name, offset in offsets.items():
        if name in columns.receivers:
            mine = columns.receiver == columns.receivers.index(name)
            columns = replace(columns, ts=np.where(mine, columns.ts - offset, columns.ts).astype(np.int32))
    return columns


def _suspects(tracks: Tracks) -> Any:
    """Numbers with rival tracks or with much noise, heard by more than one receiver."""
    numbers = [tracks.vessels[tracks.rivals[:, 0]]] if len(tracks.rivals) else []
    if len(tracks.noise):
        value, count = np.unique(tracks.noise.mmsi, return_counts=True)
        numbers.append(value[count >= 3])
    if not numbers:
        return np.zeros(0, np.int32)
    f = tracks.fixes
    out = []
    for m in np.unique(np.concatenate(numbers))[:200]:
        v = tracks.vessel_of(int(m))
        if v < 0:
            continue
        seen = np.unique(f.receiver[tracks.starts[v] : tracks.starts[v + 1]])
        if (seen >= 0).sum() > 1:
            out.append(int(m))
    return np.array(out[:_SHIPS], np.int64)


def _offsets(columns: Columns, ships: Any, p: Parameters) -> dict[int, int]:
    """Offset of each receiver that misfits the others as it is and fits them when shifted."""
    limit = int(p.clock_h * 3600)
    grid = np.arange(-limit, limit + 1, _STEP_S)
    out: dict[int, int] = {}
    keep = np.isin(columns.mmsi, ships) & (columns.receiver >= 0) & (np.abs(columns.lat) <= 90 * UNIT)
    c = columns.take(keep)
    for r in np.unique(c.receiver):
        misfit = []
        curves = []
        for m in ships:
            mine, rest = (c.mmsi == m) & (c.receiver == r), (c.mmsi == m) & (c.receiver != r)
            if mine.sum() < 4 or rest.sum() < 4:
                continue
            track = _Track(c.ts[rest], c.lat[rest] / UNIT, c.lon[rest] / UNIT)
            points = (c.ts[mine].astype(np.int64), c.lat[mine] / UNIT, c.lon[mine] / UNIT)
            curves.append([track.misfit(points, int(d)) for d in grid])
            misfit.append((track, points))
        handed = _handover(c, int(r), ships, p)
        if handed:
            out[int(r)] = handed
            continue
        if not curves:
            continue
        curve = np.median(np.array(curves), axis=0)
        zero = float(curve[len(grid) // 2])
        best = int(np.argmin(curve))
        if not np.isfinite(curve[best]) or curve[best] > _FIT_M * 2 or not zero > _MISFIT_M:
            continue
        fine = grid[best] + np.arange(-_STEP_S, _STEP_S + 1, 20)
        values = [float(np.median([t.misfit(q, int(d)) for t, q in misfit])) for d in fine]
        offset = int(fine[int(np.argmin(values))])
        snapped = round(offset / _GRID_S) * _GRID_S
        if abs(snapped - offset) <= _SNAP_S:
            offset = snapped
        if offset and min(values) < _FIT_M and zero > 5 * min(values):
            out[int(r)] = offset
    return out


def _handover(c: Columns, receiver: int, ships: Any, p: Parameters) -> int:
    """Offset of a receiver that hears ships before or after the others do, not meanwhile; 0 where none makes one track.

    The shift must leave no step faster than a jump, and the speed where the receivers meet must be that of the ship.
    """
    limit = int(p.clock_h * 3600)
    candidates = [d for d in range(-limit // _GRID_S * _GRID_S, limit + 1, _GRID_S) if d]
    scores: dict[int, list[float]] = {d: [] for d in candidates}
    seen = 0
    for m in ships:
        rows = np.flatnonzero(c.mmsi == m)
        mine = c.receiver[rows] == receiver
        if mine.sum() < 4 or (~mine).sum() < 4:
            continue
        lat, lon, ts = c.lat[rows] / UNIT, c.lon[rows] / UNIT, c.ts[rows].astype(np.int64)
        if _faults(ts, lat, lon, mine, p)[0] < 5:
            continue
        seen += 1
        for d in candidates:
            faults, meeting, usual = _faults(np.where(mine, ts - d, ts), lat, lon, mine, p)
            if faults or not np.isfinite(meeting):
                scores[d].append(float("inf"))
            else:
                scores[d].append(abs(meeting - usual))
    if not seen:
        return 0
    best = min(candidates, key=lambda d: (float(np.median(scores[d])), abs(d)))
    return best if float(np.median(scores[best])) < 2.0 else 0


def _faults(ts: Any, lat: Any, lon: Any, mine: Any, p: Parameters) -> tuple[int, float, float]:
    """Steps faster than a jump, speed in knots where the receivers meet (NaN unless they meet once), usual speed."""
    order = np.lexsort((lat, ts))
    ts, lat, lon, mine = ts[order], lat[order], lon[order], mine[order]
    step = np.diff(ts)
    away = distance_m(lat[:-1], lon[:-1], lat[1:], lon[1:])
    faults = int((away > p.jump_slack_m + p.jump_kn * _KNOT * step).sum())
    meets = mine[1:] != mine[:-1]
    kn = away / np.maximum(step, 1) / _KNOT
    usual = float(np.median(kn[~meets])) if (~meets).any() else float("nan")
    return faults, float(kn[meets][0]) if meets.sum() == 1 and step[meets][0] > 60 else float("nan"), usual


class _Track:
    """A track to hold other positions against."""

    def __init__(self, ts: Any, lat: Any, lon: Any) -> None:
        order = np.argsort(ts, kind="stable")
        self.ts = ts[order].astype(np.int64)
        self.lat = lat[order]
        self.lon = np.degrees(np.unwrap(np.radians(lon[order])))

    def misfit(self, points: tuple[Any, Any, Any], shift: int) -> float:
        """Median distance of points whose times are `shift` too late; infinite where too few can be compared."""
        ts, lat, lon = points
        t = ts - shift
        i = np.clip(np.searchsorted(self.ts, t, "right") - 1, 0, len(self.ts) - 2)
        hole = self.ts[i + 1] - self.ts[i]
        ok = (t >= self.ts[0]) & (t <= self.ts[-1]) & (hole <= 7200)
        if ok.sum() < max(4, 0.3 * len(ts)):
            return float("inf")
        x = np.interp(t[ok], self.ts, self.lat)
        y = np.interp(t[ok], self.ts, self.lon)
        return float(np.median(distance_m(x, y, lat[ok], lon[ok])))
