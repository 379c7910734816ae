"""Segments: which positions of one number a single hull can have sailed (compiled).

A position that would need more than `jump_kn` from the last position of every open track, after `jump_slack_m` of
noise, starts a rival track; later positions join the nearest track that they can have reached. Tracks of fewer than
`noise_fixes` positions are noise. What rivals mean (two hulls, a jump, interference) is decided in `jumps`.
"""

from __future__ import annotations

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import KNOT, quick_metres, wrap

__all__ = ["clean", "in_order", "offsets", "segment", "track_table"]

OPEN = 12  # tracks of one number that are kept open at once; the one heard longest ago is closed first


@kernel
def clean(
    mmsi: np.ndarray, ts: np.ndarray, lat: np.ndarray, lon: np.ndarray, message: np.ndarray, same_s: int
) -> np.ndarray:
    """Reasons for leaving rows out, sorted by (mmsi, ts): 0 kept, 1 no position, 2 sent twice, 3 no ship's message.

    A row is a repetition where the same position of the same number was kept within `same_s` seconds before.
    """
    n = len(mmsi)
    out = np.zeros(n, np.uint8)
    for i in range(n):
        if lat[i] > 54_000_000 or lat[i] < -54_000_000 or lon[i] > 108_000_000 or lon[i] < -108_000_000:
            out[i] = 1
            continue
        if message[i] == 4 or message[i] == 9 or message[i] == 21:
            out[i] = 3
            continue
        j = i - 1
        while j >= 0 and mmsi[j] == mmsi[i] and ts[i] - ts[j] <= same_s:
            if out[j] == 0 and lat[j] == lat[i] and lon[j] == lon[i]:
                out[i] = 2
                break
            j -= 1
    return out


@kernel
def in_order(mmsi: np.ndarray, ts: np.ndarray) -> bool:
    """Whether rows are sorted by (mmsi, ts) with no second row at one time."""
    for i in range(len(mmsi) - 1):
        if mmsi[i + 1] < mmsi[i] or (mmsi[i + 1] == mmsi[i] and ts[i + 1] <= ts[i]):
            return False
    return True


@kernel
def offsets(mmsi: np.ndarray) -> np.ndarray:
    """Offsets of the vessels in rows sorted by mmsi, one more than vessels."""
    n = 1 if len(mmsi) else 0
    for i in range(1, len(mmsi)):
        n += mmsi[i] != mmsi[i - 1]
    out = np.empty(n + 1, np.int64)
    out[0] = 0
    k = 1
    for i in range(1, len(mmsi)):
        if mmsi[i] != mmsi[i - 1]:
            out[k] = i
            k += 1
    out[n] = len(mmsi)
    return out


@kernel
def segment(
    starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    jump_kn: float,
    slack_m: float,
    noise_fixes: int,
) -> tuple[np.ndarray, int]:
    """Track number of each row within its vessel (-1 = noise), and how many vessels have more than one track.

    `starts` are the offsets of the vessels (one more than vessels); rows are sorted by (mmsi, ts).
    """
    unit = 1.0 / 600_000.0
    speed = jump_kn * KNOT
    out = np.zeros(len(ts), np.int32)
    head = np.zeros(OPEN, np.int64)
    name = np.zeros(OPEN, np.int64)
    odd = 0
    for v in range(len(starts) - 1):
        first = starts[v]
        last = starts[v + 1]
        opened = 1
        used = 1
        head[0] = first
        name[0] = 0
        out[first] = 0
        split = False
        for i in range(first + 1, last):
            la = lat[i] * unit
            lo = lon[i] * unit
            best = -1
            near = 1e18
            for k in range(opened):
                j = head[k]
                dt = ts[i] - ts[j]
                limit = slack_m + speed * dt
                dy = abs(lat[i] - lat[j]) * unit * 111_195.0
                if dy > limit:
                    continue
                dx = abs(wrap(lo - lon[j] * unit)) * 111_195.0
                if opened == 1 and dy + dx <= limit:
                    best = 0
                    break
                d = quick_metres(lat[j] * unit, lon[j] * unit, la, lo)
                if d <= limit and d < near:
                    near = d
                    best = k
            if best < 0:
                split = True
                if opened < OPEN:
                    best = opened
                    opened += 1
                else:
                    best = 0
                    for k in range(1, OPEN):
                        if ts[head[k]] < ts[head[best]]:
                            best = k
                name[best] = used
                used += 1
            head[best] = i
            out[i] = name[best]
        if not split and last - first >= noise_fixes:
            continue
        count = np.zeros(used, np.int64)
        for i in range(first, last):
            count[out[i]] += 1
        number = np.full(used, -1, np.int64)
        good = 0
        for k in range(used):
            if count[k] >= noise_fixes:
                number[k] = good
                good += 1
        if good > 1:
            odd += 1
        for i in range(first, last):
            out[i] = number[out[i]]
    return out, odd


@kernel
def track_table(starts: np.ndarray, seg: np.ndarray) -> np.ndarray:
    """Rival tracks: one row a track of vessels with several tracks (and of noise single tracks nothing).

    Columns: vessel, track, first row, last row, fixes, row heard before the first (-1), row heard after the last (-1).
    """
    total = 0
    for v in range(len(starts) - 1):
        top = 0
        for i in range(starts[v], starts[v + 1]):
            top = max(top, seg[i] + 1)
        if top > 1:
            total += top
    out = np.full((total, 7), -1, np.int64)
    at = 0
    for v in range(len(starts) - 1):
        top = 0
        for i in range(starts[v], starts[v + 1]):
            top = max(top, seg[i] + 1)
        if top < 2:
            continue
        before = -1
        for i in range(starts[v], starts[v + 1]):
            if seg[i] < 0:
                continue
            r = at + seg[i]
            if out[r, 2] < 0:
                out[r, 0] = v
                out[r, 1] = seg[i]
                out[r, 2] = i
                out[r, 4] = 0
                out[r, 5] = before
            out[r, 3] = i
            out[r, 4] += 1
            before = i
        after = -1
        for i in range(starts[v + 1] - 1, starts[v] - 1, -1):
            if seg[i] < 0:
                continue
            r = at + seg[i]
            if i == out[r, 3]:
                out[r, 6] = after
            after = i
        at += top
    return out
