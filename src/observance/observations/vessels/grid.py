"""Positions on the ten-minute grid: slow bins for the pair join, loitering runs, half-hourly positions (compiled).

Between neighbouring fixes of one segment at most `bridge_s` apart, positions are interpolated (longitude the short way
round). Speed is that of the chord over two bins, so that noise of dense fixes does not look like movement. Bins near
ports are left out before pairs are joined; bins near a port under watch stay and are marked.
"""

from __future__ import annotations

import math

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import DEG_M, KNOT, RAD, lookup_land, metres, nearest_port, wrap

__all__ = ["EDGE", "IN_PORT", "count_bins", "scan_grid", "slow_steps"]

EDGE = 1  # beside a slow bin: tells where a contact began, is none itself
IN_PORT = 2  # near a port of a State under watch
HALF_HOUR = 3  # every third bin is kept as the coarse track


@kernel
def count_bins(unit_starts: np.ndarray, ts: np.ndarray, bin_s: int, bridge_s: int) -> tuple[int, int]:
    """As many grid bins as all segments, and the longest one, can have at most (room is reserved, not filled)."""
    total = 0
    longest = 0
    for u in range(len(unit_starts) - 1):
        a = unit_starts[u]
        z = unit_starts[u + 1] - 1
        span = (ts[z] - ts[a]) // bin_s + 2
        n = min(span, (z - a) * (bridge_s // bin_s + 2))
        total += n
        longest = max(longest, n)
    return total, longest


@kernel
def scan_grid(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    total: int,
    longest: int,
    bin_s: int,
    bridge_s: int,
    near_kn: float,
    loiter_kn: float,
    loiter_min_s: int,
    port_m: float,
    tiles: np.ndarray,
    port_blocks: np.ndarray,
    port_start: np.ndarray,
    port_items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
    watched: np.ndarray,
    land_index: np.ndarray,
    land_blocks: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Slow bins (unit, bin, lat, lon, speed in tenths, flags), coarse track (unit, slot; lat, lon) and loitering runs.

    Loitering rows: unit, first bin, last bin, mean latitude and longitude in 1/600,000 degree, bins.
    """
    scale = 1.0 / 600_000.0
    deg_m = 6371008.8 * RAD
    b_unit = np.empty(total, np.int32)
    b_bin = np.empty(total, np.int32)
    b_lat = np.empty(total, np.int32)
    b_lon = np.empty(total, np.int32)
    b_kn = np.empty(total, np.int16)
    b_flag = np.empty(total, np.uint8)
    c_key = np.empty((total // HALF_HOUR + len(unit_starts) * 2 + 2, 2), np.int32)
    c_pos = np.empty((total // HALF_HOUR + len(unit_starts) * 2 + 2, 2), np.int32)
    loiter = np.empty((total // 6 + 1, 6), np.int64)
    nb = 0
    nc = 0
    nl = 0
    s_bin = np.empty(longest + 1, np.int32)
    s_lat = np.empty(longest + 1, np.float64)
    s_lon = np.empty(longest + 1, np.float64)
    s_dx = np.empty(longest + 1, np.float64)
    s_dy = np.empty(longest + 1, np.float64)
    s_step = np.empty(longest + 1, np.float64)
    s_keep = np.empty(longest + 1, np.uint8)
    s_kn = np.empty(longest + 1, np.float64)
    s_loiter = np.empty(longest + 1, np.uint8)
    window = 3600 // bin_s
    window_m = loiter_kn * KNOT * window * bin_s
    for u in range(len(unit_starts) - 1):
        n = 0
        cosine = 1.0
        cos_at = 1e9
        for i in range(unit_starts[u], unit_starts[u + 1] - 1):
            dt = ts[i + 1] - ts[i]
            if dt <= 0 or dt > bridge_s:
                continue
            b0 = (ts[i] + bin_s - 1) // bin_s
            b1 = (ts[i + 1] - 1) // bin_s
            if b1 < b0:
                continue
            la = lat[i] * scale
            lo = lon[i] * scale
            dla = lat[i + 1] * scale - la
            dlo = wrap(lon[i + 1] * scale - lo)
            for b in range(b0, b1 + 1):
                f = (b * bin_s - ts[i]) / dt
                x = la + dla * f
                y = wrap(lo + dlo * f)
                if abs(x - cos_at) > 0.05:
                    cos_at = x
                    cosine = math.cos(x * RAD)
                s_bin[n] = b
                s_lat[n] = x
                s_lon[n] = y
                if n > 0 and s_bin[n - 1] == b - 1:
                    s_dy[n] = (x - s_lat[n - 1]) * deg_m
                    s_dx[n] = wrap(y - s_lon[n - 1]) * deg_m * cosine
                    s_step[n] = math.sqrt(s_dx[n] * s_dx[n] + s_dy[n] * s_dy[n])
                else:
                    s_dx[n] = dlo / dt * bin_s * deg_m * cosine
                    s_dy[n] = dla / dt * bin_s * deg_m
                    s_step[n] = -1.0
                n += 1
                if b % HALF_HOUR == 0:
                    c_key[nc, 0] = u
                    c_key[nc, 1] = b
                    c_pos[nc, 0] = int(math.floor(x * 600_000.0 + 0.5))  # noqa: RUF046  a float once compiled
                    c_pos[nc, 1] = int(math.floor(y * 600_000.0 + 0.5))  # noqa: RUF046  a float once compiled
                    nc += 1
        for k in range(n):
            fore = k + 1 < n and s_step[k + 1] >= 0
            if s_step[k] >= 0 and fore:
                x = s_dx[k] + s_dx[k + 1]
                y = s_dy[k] + s_dy[k + 1]
                d = 0.5 * math.sqrt(x * x + y * y)
            elif fore:
                d = s_step[k + 1]
            else:
                d = math.sqrt(s_dx[k] * s_dx[k] + s_dy[k] * s_dy[k])
            kn = d / (bin_s * KNOT)
            s_kn[k] = kn
            s_loiter[k] = 0
            s_keep[k] = 0
            if kn >= near_kn:
                continue
            port, away = nearest_port(
                s_lat[k], s_lon[k], tiles, port_blocks, port_start, port_items, port_lat, port_lon
            )
            if port >= 0 and away < port_m:
                if watched[port]:
                    s_keep[k] = 1 + IN_PORT
            else:
                s_keep[k] = 1
                s_loiter[k] = 2
        for k in range(n):
            kept = s_keep[k] > 0
            beside = (k > 0 and s_keep[k - 1] > 0 and s_bin[k - 1] == s_bin[k] - 1) or (
                k + 1 < n and s_keep[k + 1] > 0 and s_bin[k + 1] == s_bin[k] + 1
            )
            if kept or beside:
                b_unit[nb] = u
                b_bin[nb] = s_bin[k]
                b_lat[nb] = int(math.floor(s_lat[k] * 600_000.0 + 0.5))  # noqa: RUF046  a float once compiled
                b_lon[nb] = int(math.floor(s_lon[k] * 600_000.0 + 0.5))  # noqa: RUF046  a float once compiled
                b_kn[nb] = int(min(s_kn[k] * 10.0 + 0.5, 30000.0))
                b_flag[nb] = s_keep[k] - 1 if kept else EDGE
                nb += 1
        # hours whose path is shorter than the limit; their bins are slow, trimmed to slow steps at both ends
        path = 0.0
        length = 0
        for k in range(n):
            if k == 0 or s_step[k] < 0:
                path = 0.0
                length = 0
                continue
            path += s_step[k]
            length += 1
            if length > window:
                path -= s_step[k - window]
                length = window
            if length == window and path < window_m:
                for j in range(k - window, k + 1):
                    s_loiter[j] |= 1
        k = 0
        while k < n:
            if s_loiter[k] != 3 or lookup_land(s_lat[k], s_lon[k], land_index, land_blocks) != 0:
                k += 1
                continue
            j = k
            while (
                j + 1 < n
                and s_bin[j + 1] == s_bin[j] + 1
                and s_loiter[j + 1] == 3
                and lookup_land(s_lat[j + 1], s_lon[j + 1], land_index, land_blocks) == 0
            ):
                j += 1
            a = k
            z = j
            while a < z and s_step[a + 1] > loiter_kn * KNOT * bin_s:
                a += 1
            while z > a and s_step[z] > loiter_kn * KNOT * bin_s:
                z -= 1
            if (s_bin[z] - s_bin[a]) * bin_s >= loiter_min_s:
                la = 0.0
                lo = 0.0
                for m in range(a, z + 1):
                    la += s_lat[m]
                    lo += wrap(s_lon[m] - s_lon[a])
                loiter[nl, 0] = u
                loiter[nl, 1] = s_bin[a]
                loiter[nl, 2] = s_bin[z]
                loiter[nl, 3] = int(la / (z - a + 1) * 600_000.0)
                loiter[nl, 4] = int(wrap(s_lon[a] + lo / (z - a + 1)) * 600_000.0)
                loiter[nl, 5] = z - a + 1
                nl += 1
            k = j + 1
    return (
        b_unit[:nb].copy(),
        b_bin[:nb].copy(),
        b_lat[:nb].copy(),
        b_lon[:nb].copy(),
        b_kn[:nb].copy(),
        b_flag[:nb].copy(),
        c_key[:nc].copy(),
        c_pos[:nc].copy(),
        loiter[:nl].copy(),
    )


@kernel
def slow_steps(
    mmsi: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    scale: float,
    bin_s: int,
    bridge_s: int,
    slow_kn: float,
    port_m: float,
    tiles: np.ndarray,
    port_blocks: np.ndarray,
    port_start: np.ndarray,
    port_items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
    room: int,
) -> tuple[int, int, int, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The bare form of the grid: bins of steps slower than `slow_kn`, without segments, edges or flags.

    Rows sorted by (mmsi, ts); degrees are `lat * scale`. Bins within `port_m` of a port are left out (0 = no mask).
    Returns slow bins before the mask, bins kept (more than `room`: call again), vessels, and for each bin kept the
    vessel's number in these rows, the bin, latitude and longitude in degrees.
    """
    owner = np.empty(room, np.int32)
    number = np.empty(room, np.int32)
    out_lat = np.empty(room, np.float64)
    out_lon = np.empty(room, np.float64)
    slow = 0
    n = 0
    vessel = 0
    cosine = 1.0
    cos_at = 1e9
    for i in range(len(ts) - 1):
        if mmsi[i + 1] != mmsi[i]:
            vessel += 1
            continue
        dt = ts[i + 1] - ts[i]
        if dt <= 0 or dt > bridge_s:
            continue
        b0 = (ts[i] + bin_s - 1) // bin_s
        b1 = (ts[i + 1] - 1) // bin_s
        if b1 < b0:
            continue
        limit = slow_kn * KNOT * dt
        la = lat[i] * scale
        dla = lat[i + 1] * scale - la
        if abs(dla) * DEG_M >= limit * 1.0001:
            continue
        lo = lon[i] * scale
        dlo = wrap(lon[i + 1] * scale - lo)
        if abs(la - cos_at) > 0.02:
            cos_at = la
            cosine = math.cos(la * RAD)
        d = DEG_M * math.sqrt(dla * dla + dlo * dlo * cosine * cosine)
        if abs(la) < 80.0 and d > limit * 1.01:
            continue
        if (abs(la) >= 80.0 or d > limit * 0.99) and metres(la, lo, lat[i + 1] * scale, lon[i + 1] * scale) >= limit:
            continue
        for b in range(b0, b1 + 1):
            f = (b * bin_s - ts[i]) / dt
            x = la + dla * f
            y = wrap(lo + dlo * f)
            slow += 1
            if port_m > 0:
                port, away = nearest_port(x, y, tiles, port_blocks, port_start, port_items, port_lat, port_lon)
                near = port >= 0 and away < port_m * 1.003
                if near and (away < port_m * 0.997 or metres(x, y, port_lat[port], port_lon[port]) < port_m):
                    continue
            if n < room:
                owner[n] = vessel
                number[n] = b
                out_lat[n] = x
                out_lon[n] = y
            n += 1
    kept = min(n, room)
    return slow, n, vessel + 1, owner[:kept], number[:kept], out_lat[:kept], out_lon[:kept]
