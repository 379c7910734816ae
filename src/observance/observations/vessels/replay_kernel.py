"""Positions of a ship that come again later, exactly (compiled prefilter for replays)."""

from __future__ import annotations

import numpy as np

from observance.observations.vessels.compiled import kernel

__all__ = ["scan_repeats"]


@kernel
def scan_repeats(
    starts: np.ndarray, ts: np.ndarray, lat: np.ndarray, lon: np.ndarray, least_s: int, room: int
) -> tuple[int, np.ndarray]:
    """Rows (vessel, earlier row, later row) of moving ships at one place (cells of 3 m) at least `least_s` apart.

    Long tracks are sampled by content (a quarter of the cells, the same ones each time), short ones not.
    """
    longest = 0
    for v in range(len(starts) - 1):
        longest = max(longest, starts[v + 1] - starts[v])
    size = 16
    while size < longest:
        size *= 2
    table = np.full(size, -1, np.int64)
    stamp = np.full(size, -1, np.int64)
    out = np.empty((room, 3), np.int64)
    n = 0
    for v in range(len(starts) - 1):
        a, z = starts[v], starts[v + 1]
        mask = 3 if z - a > 1500 else 0
        small = 16
        while small < z - a:
            small *= 2
        for i in range(a + 1, z):
            if abs(lat[i] - lat[i - 1]) + abs(lon[i] - lon[i - 1]) < 400:
                continue
            key = (np.int64(lat[i]) >> 4) * np.int64(73856093) ^ (np.int64(lon[i]) >> 4) * np.int64(19349663)
            key = key ^ (key >> 17)
            key = key * np.int64(668265263)
            key = key ^ (key >> 23)
            if (key & mask) != 0:
                continue
            slot = (key >> 2) & (small - 1)
            for _ in range(8):
                if stamp[slot] != v:
                    stamp[slot] = v
                    table[slot] = i
                    break
                j = table[slot]
                if (lat[j] >> 4) == (lat[i] >> 4) and (lon[j] >> 4) == (lon[i] >> 4):
                    if ts[i] - ts[j] >= least_s:
                        if n < room:
                            out[n, 0] = v
                            out[n, 1] = j
                            out[n, 2] = i
                        n += 1
                    break
                slot = (slot + 1) & (small - 1)
    return n, out[: min(n, room)].copy()
