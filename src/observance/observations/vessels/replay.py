"""Replays: a stretch of the ship's own earlier track sent again, the same positions to the metre, shifted in time.

A ferry or a survey comes to the same place, not through the same points at the same intervals; what is told here also
begins or ends with a leap, which a ship that merely sails its round again does not make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.encounters import distance_m
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["find_replays"]

_KNOT = 0.514444
_SLACK_S = 5
_LEAP_KN = 30.0
_LEAP_M = 2000.0
_EXTENT_M = 500.0


def find_replays(tracks: Tracks, parameters: Parameters) -> list[Draft]:
    """Replays in tracks."""
    from observance.observations.vessels.replay_kernel import scan_repeats

    f = tracks.fixes
    room = max(1024, len(f) // 32)
    while True:
        n, hits = scan_repeats(tracks.starts, f.ts, f.lat, f.lon, parameters.replay_min_s, room)
        if n <= room:
            break
        room = n
    if not len(hits):
        return []
    shift = f.ts[hits[:, 2]].astype(np.int64) - f.ts[hits[:, 1]]
    order = np.lexsort((hits[:, 2], shift, hits[:, 0]))
    hits, shift = hits[order], shift[order]
    out: list[Draft] = []
    cut = np.flatnonzero((np.diff(hits[:, 0]) != 0) | (np.diff(shift) > 1)) + 1
    for part in np.split(np.arange(len(hits)), cut):
        if len(part) < 3:
            continue
        out += _verify(tracks, int(hits[part[0], 0]), int(np.median(shift[part])), parameters)
    return _distinct(out)


def _distinct(found: list[Draft]) -> list[Draft]:
    """Of replays of one ship that overlap, the one with most positions."""
    kept: list[Draft] = []
    for d in sorted(found, key=lambda d: (-d.metrics["fixes"], d.vessels, d.t0)):
        assert d.t1 is not None
        if not any(k.vessels == d.vessels and k.t0 <= d.t1 and d.t0 <= (k.t1 or k.t0) for k in kept):
            kept.append(d)
    return sorted(kept, key=lambda d: (d.vessels, d.t0))


def _verify(tracks: Tracks, v: int, shift: int, p: Parameters) -> list[Draft]:
    a, z = int(tracks.starts[v]), int(tracks.starts[v + 1])
    ts = tracks.fixes.ts[a:z].astype(np.int64)
    lat, lon = tracks.degrees(slice(a, z))
    j = np.searchsorted(ts, ts - shift - _SLACK_S, "left")
    match = np.full(len(ts), -1)
    for k in range(4):  # positions sent at the same second, or a few seconds off
        q = np.minimum(j + k, len(ts) - 1)
        ok = (np.abs(ts[q] - (ts - shift)) <= _SLACK_S) & (match < 0)
        ok &= distance_m(lat[q], lon[q], lat, lon) <= p.replay_m
        match[ok] = q[ok]
    good = match >= 0
    out = []
    edges = np.flatnonzero(np.diff(np.concatenate(([0], good.astype(int), [0]))))
    for first, after in zip(edges[0::2], edges[1::2], strict=True):
        if after - first < p.replay_fixes:
            continue
        la, lo = lat[first:after], lon[first:after]
        extent = float(distance_m(la.min(), lo[0], la.max(), lo[0]) + distance_m(la[0], lo[0], la, lo).max())
        if extent < _EXTENT_M or not _leaps(ts, lat, lon, int(first), int(after)):
            continue
        out.append(_draft(int(tracks.vessels[v]), ts, lat, lon, match, int(first), int(after), shift))
    return out


def _leaps(ts: Any, lat: Any, lon: Any, first: int, after: int) -> bool:
    for i, k in ((first - 1, first), (after - 1, after)):
        if i < 0 or k >= len(ts):
            continue
        away = float(distance_m(lat[i], lon[i], lat[k], lon[k]))
        if away > _LEAP_M and away / max(1, int(ts[k] - ts[i])) > _LEAP_KN * _KNOT:
            return True
    return False


def _draft(mmsi: int, ts: Any, lat: Any, lon: Any, match: Any, first: int, after: int, shift: int) -> Draft:
    n = after - first
    source = int(ts[match[first]])
    return Draft(
        kind="replay",
        vessels=(mmsi,),
        t0=int(ts[first]),
        t1=int(ts[after - 1]),
        lat=round(float(lat[first]), 6),
        lon=round(float(lon[first]), 6),
        attributes={"source_start": source},
        metrics={"fixes": float(n), "shift_hours": round(shift / 3600, 4)},
        parts=(Part(name="repeated", value=min(0.95, 0.6 + 0.01 * n), reason=f"{n} positions again, to the metre"),),
        caveats=("The real position during this time is not known.",),
        rivals=(
            Rival(
                explanation="a receiver that delivered old messages late",
                test="receivers of both copies; times inside the messages",
            ),
        ),
        detail=(source,),
    )
