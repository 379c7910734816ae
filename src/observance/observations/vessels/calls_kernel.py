"""Stays in port and approaches to ports under watch, found on segments (compiled)."""

from __future__ import annotations

import math

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import DEG_M, KNOT, RAD, nearest_port, quick_metres, wrap

__all__ = ["scan_approaches", "scan_visits"]

THIN_S = 240  # speed is taken over at least this long, so that noise of dense fixes is no movement


@kernel
def _tile(lat: int, lon: int) -> int:
    """One-degree tile of a place in 1/600,000 degree."""
    y = min(max((lat + 54_000_000) // 600_000, 0), 179)
    return y * 360 + min(max((lon + 108_000_000) // 600_000, 0), 359)


@kernel
def scan_visits(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    tiles: np.ndarray,
    blocks: np.ndarray,
    start: np.ndarray,
    items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
    enter_m: float,
    leave_m: float,
    slow_kn: float,
    room: int,
) -> tuple[int, np.ndarray]:
    """Stays near a port: segment, port, first row, last row, longest slow seconds, row in their middle, left (0/1).

    A stay opens at `enter_m` of the nearest port and closes beyond `leave_m` of it. Rows are in segment order.
    """
    scale = 1.0 / 600_000.0
    slow = slow_kn * KNOT
    out = np.empty((room, 7), np.int64)
    n = 0
    for u in range(len(unit_starts) - 1):
        port = -1
        first = -1
        j = -1
        run = 0
        best = 0
        where = -1
        run_start = -1
        before = 0.0
        credit = 0
        fast = 0.0
        fast_dt = 0
        spare = 0.0  # as far as the ship may have gone from (near_lat, near_lon) without leaving
        near_lat = 0.0
        near_lon = 0.0
        cosine = 1.0
        end = unit_starts[u + 1]
        for i in range(unit_starts[u], end):
            la = lat[i] * scale
            lo = lon[i] * scale
            if port >= 0:
                gone = False
                if (abs(la - near_lat) + abs(lo - near_lon)) * 111_200.0 > spare:
                    away = quick_metres(la, lo, port_lat[port], port_lon[port])
                    gone = away > leave_m
                    spare = leave_m - away
                    near_lat = la
                    near_lon = lo
                if not gone:
                    dt = ts[i] - ts[j]
                    if dt >= THIN_S:
                        dy = la - lat[j] * scale
                        dx = wrap(lo - lon[j] * scale) * cosine
                        v = DEG_M * math.sqrt(dy * dy + dx * dx) / dt
                        if v < slow:
                            if run == 0:
                                # the step before was partly slow: its shortfall against the speed before it
                                run_start = j
                                credit = int(fast_dt * (1.0 - fast / before)) if before > fast > slow else 0
                                run = credit
                            run += dt
                            if run > best:
                                best = run
                                where = (run_start + i) // 2
                        else:
                            run = 0
                        before = fast if fast > 0 else v
                        fast = v
                        fast_dt = dt
                        j = i
                if gone:
                    if n < room:
                        out[n, 0] = u
                        out[n, 1] = port
                        out[n, 2] = first
                        out[n, 3] = i - 1
                        out[n, 4] = best
                        out[n, 5] = where
                        out[n, 6] = 1
                    n += 1
                    port = -1
            # most positions lie in a one-degree tile without any port in reach
            if port < 0 and tiles[_tile(lat[i], lon[i])] >= 0:
                p, d = nearest_port(la, lo, tiles, blocks, start, items, port_lat, port_lon)
                if p >= 0 and d <= enter_m:
                    port = p
                    first = i
                    spare = 0.0
                    cosine = math.cos(port_lat[p] * RAD)
                    j = i
                    run = 0
                    best = 0
                    where = i
                    run_start = i
                    fast = 0.0
                    fast_dt = 0
                    before = 0.0
                    if i > unit_starts[u] and ts[i] - ts[i - 1] <= 3600:
                        fast_dt = ts[i] - ts[i - 1]
                        fast = quick_metres(lat[i - 1] * scale, lon[i - 1] * scale, la, lo) / max(fast_dt, 1)
                        before = fast
        if port >= 0:
            if n < room:
                out[n, 0] = u
                out[n, 1] = port
                out[n, 2] = first
                out[n, 3] = end - 1
                out[n, 4] = best
                out[n, 5] = where
                out[n, 6] = 0
            n += 1
    return n, out[: min(n, room)].copy()


@kernel
def scan_approaches(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    tiles: np.ndarray,
    blocks: np.ndarray,
    start: np.ndarray,
    items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
    watched: np.ndarray,
    zone: np.ndarray,
    far_m: float,
    slow_kn: float,
    bridge_s: int,
    room: int,
) -> tuple[int, np.ndarray]:
    """Times within `far_m` of a watched port that is the nearest port of all.

    Rows: segment, port, first row, last row, longest slow seconds, least distance in metres, row of it. Between fixes
    at most `bridge_s` apart the way is followed in steps of ten minutes. `zone` marks the one-degree tiles near a
    watched port; elsewhere nothing is looked up.
    """
    scale = 1.0 / 600_000.0
    slow = slow_kn * KNOT
    out = np.empty((room, 7), np.int64)
    n = 0
    for u in range(len(unit_starts) - 1):
        port = -1
        first = -1
        last = -1
        j = -1
        run = 0
        best = 0
        least = 1e9
        least_row = -1
        inside_zone = False
        for i in range(unit_starts[u], unit_starts[u + 1]):
            before_zone = inside_zone
            inside_zone = zone[_tile(lat[i], lon[i])] > 0
            if not inside_zone and not before_zone and port < 0:
                continue
            la = lat[i] * scale
            lo = lon[i] * scale
            steps = 1
            dla = 0.0
            dlo = 0.0
            if i > unit_starts[u] and ts[i] - ts[i - 1] <= bridge_s:
                steps = max(1, (ts[i] - ts[i - 1]) // 600)
                dla = la - lat[i - 1] * scale
                dlo = wrap(lo - lon[i - 1] * scale)
            for k in range(steps):
                f = 1.0 - (k + 1.0) / steps
                p, d = nearest_port(la - dla * f, wrap(lo - dlo * f), tiles, blocks, start, items, port_lat, port_lon)
                inside = p >= 0 and watched[p] and d <= far_m
                if inside and port < 0:
                    port = p
                    first = i
                    j = i
                    run = 0
                    best = 0
                    least = d
                    least_row = i
                if inside:
                    last = i
                    if d < least:
                        least = d
                        least_row = i
                        port = p
                elif port >= 0:
                    if n < room:
                        out[n, 0] = u
                        out[n, 1] = port
                        out[n, 2] = first
                        out[n, 3] = last
                        out[n, 4] = best
                        out[n, 5] = int(least)
                        out[n, 6] = least_row
                    n += 1
                    port = -1
            if port >= 0 and i > j:
                dt = ts[i] - ts[j]
                if dt >= THIN_S:
                    v = quick_metres(lat[j] * scale, lon[j] * scale, la, lo) / dt
                    run = run + dt if v < slow else 0
                    best = max(best, run)
                    j = i
        if port >= 0:
            if n < room:
                out[n, 0] = u
                out[n, 1] = port
                out[n, 2] = first
                out[n, 3] = last
                out[n, 4] = best
                out[n, 5] = int(least)
                out[n, 6] = least_row
            n += 1
    return n, out[: min(n, room)].copy()
