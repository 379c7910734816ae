"""Who was near whom: contacts of slow bins, and runs of contacts (compiled).

Bins are sorted by time and, within one time, by latitude; a sweep meets everything within reach. Longitude differences
go the short way round and distances are exact, so that 180 degrees and the poles are places like any other.
"""

from __future__ import annotations

import math

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import DEG_M, RAD, metres, wrap

__all__ = ["contacts", "order_by_bin", "runs"]


@kernel
def order_by_bin(bins: np.ndarray, first: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Counting sort: row numbers by bin, and the offset of each bin (`first` to `first + count`)."""
    offset = np.zeros(count + 1, np.int64)
    for i in range(len(bins)):
        offset[bins[i] - first + 1] += 1
    for k in range(count):
        offset[k + 1] += offset[k]
    at = offset[:-1].copy()
    order = np.empty(len(bins), np.int64)
    for i in range(len(bins)):
        k = bins[i] - first
        order[at[k]] = i
        at[k] += 1
    return order, offset


@kernel
def contacts(
    offset: np.ndarray,
    order: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    owner: np.ndarray,
    flag: np.ndarray,
    near_m: float,
    room: int,
) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of rows of one bin at most `near_m` apart, of different owners, neither of them an edge.

    `lat`, `lon` in degrees. Returns the number found (more than `room` means: call again with more room), the two rows
    (owner of the first is the smaller) and the distance in metres.
    """
    left = np.empty(room, np.int32)
    right = np.empty(room, np.int32)
    far = np.empty(room, np.float32)
    found = 0
    reach = near_m / DEG_M
    surely = (0.997 * reach) ** 2
    maybe = (1.003 * reach) ** 2
    top = reach * 1.0001
    for k in range(len(offset) - 1):
        a, z = offset[k], offset[k + 1]
        if z - a < 2:
            continue
        rows = order[a:z]
        rows = rows[np.argsort(lat[rows])]
        la = lat[rows]
        lo = lon[rows]
        for p in range(len(rows)):
            i = rows[p]
            if flag[i] & 1:
                continue
            x = la[p]
            y = lo[p]
            polar = abs(x) > 80.0
            cosine = math.cos(x * RAD)
            for q in range(p + 1, len(rows)):
                dy = la[q] - x
                if dy > top:
                    break
                dx = wrap(lo[q] - y) * cosine
                square = dy * dy + dx * dx
                # near a pole the way across is shorter than along the parallel, by up to pi / 2
                if square > (maybe if not polar else 4.0 * maybe):
                    continue
                j = rows[q]
                if flag[j] & 1 or owner[i] == owner[j]:
                    continue
                d = math.sqrt(square) * DEG_M
                if polar or square > surely:
                    d = metres(x, y, la[q], lo[q])
                    if d > near_m:
                        continue
                if found < room:
                    if owner[i] < owner[j]:
                        left[found] = i
                        right[found] = j
                    else:
                        left[found] = j
                        right[found] = i
                    far[found] = d
                found += 1
    kept = min(found, room)
    return found, left[:kept], right[:kept], far[:kept]


@kernel
def runs(first: np.ndarray, second: np.ndarray, bins: np.ndarray, merge: int, least: int) -> np.ndarray:
    """Runs of contacts sorted by (first, second, bin): contacts less than `merge` bins apart belong together.

    Rows: offset of the first contact, offset after the last, for runs of at least `least` bins from first to last.
    """
    out = np.empty((len(bins) + 1, 2), np.int64)
    n = 0
    i = 0
    while i < len(bins):
        j = i
        while (
            j + 1 < len(bins)
            and first[j + 1] == first[i]
            and second[j + 1] == second[i]
            and bins[j + 1] - bins[j] < merge
        ):
            j += 1
        if bins[j] - bins[i] >= least:
            out[n, 0] = i
            out[n, 1] = j + 1
            n += 1
        i = j + 1
    return out[:n].copy()
