"""Positions that a ship cannot have had: circles, land, frozen fixes, speeds that do not agree (compiled)."""

from __future__ import annotations

import math

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import DEG_M, KNOT, RAD, nearest_port, quick_metres, wrap

__all__ = ["scan_circles", "scan_frozen", "scan_inland", "scan_mismatch"]


@kernel
def scan_frozen(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    sog: np.ndarray,
    fast: int,
    near_m: float,
    least_s: int,
) -> np.ndarray:
    """Runs in which the position stands still within `near_m` while the reported speed is above `fast` (tenths).

    Rows: segment, first row, last row, fixes. Messages without a speed neither extend nor end a run,
    a silence of two hours ends it.
    """
    scale = 1.0 / 600_000.0
    out = np.empty((len(ts) // 3 + 1, 4), np.int64)
    n = 0
    box = int(near_m / 111_195.0 * 600_000.0) + 1
    for u in range(len(unit_starts) - 1):
        a = -1
        z = -1
        count = 0
        for i in range(unit_starts[u], unit_starts[u + 1] + 1):
            end = i == unit_starts[u + 1]
            if not end and sog[i] == 1023:
                continue
            moving = not end and sog[i] > fast
            if moving and a >= 0 and abs(lat[i] - lat[a]) <= box and ts[i] - ts[z] <= 7200:
                d = quick_metres(lat[a] * scale, lon[a] * scale, lat[i] * scale, lon[i] * scale)
                if d <= near_m:
                    z = i
                    count += 1
                    continue
            if a >= 0 and count >= 3 and ts[z] - ts[a] >= least_s:
                out[n, 0] = u
                out[n, 1] = a
                out[n, 2] = z
                out[n, 3] = count
                n += 1
            a = i if moving else -1
            z = a
            count = 1
    return out[:n].copy()


@kernel
def scan_mismatch(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    sog: np.ndarray,
    cog: np.ndarray,
    limit_kn: float,
    least_s: int,
) -> np.ndarray:
    """Runs in which the mean reported speed and the implied one differ by more than `limit_kn`, one way throughout.

    Rows: segment, first row, last row, steps, mean difference in hundredths of a knot (reported less implied). Steps
    are 4 to 30 minutes (60 where the ship went further than it told: a chord is never longer than the way). Reported
    more than made good counts only on a steady course, since a turning ship makes less good than it sails.
    """
    scale = 1.0 / 600_000.0
    out = np.empty((len(ts) // 3 + 1, 5), np.int64)
    n = 0
    for u in range(len(unit_starts) - 1):
        first = -1
        last = -1
        sign = 0
        steps = 0
        total = 0.0
        j = unit_starts[u]
        speed_sum = 0.0
        speeds = 0
        steady = True
        course = -1.0
        if sog[j] != 1023:
            speed_sum = sog[j]
            speeds = 1
        if cog[j] < 3600:
            course = cog[j]
        for i in range(j + 1, unit_starts[u + 1] + 1):
            end = i == unit_starts[u + 1]
            now = 0
            difference = 0.0
            judged = end
            if not end:
                if sog[i] != 1023:
                    speed_sum += sog[i]
                    speeds += 1
                if cog[i] < 3600:
                    if course < 0:
                        course = cog[i]
                    else:
                        turn = abs(cog[i] - course)
                        if turn > 1800:
                            turn = 3600 - turn
                        if turn > 300:
                            steady = False
                else:
                    steady = False
                dt = ts[i] - ts[j]
                if dt < 240:
                    continue
                judged = True
                if speeds >= 2 and dt <= 3600:
                    v = quick_metres(lat[j] * scale, lon[j] * scale, lat[i] * scale, lon[i] * scale) / dt / KNOT
                    difference = speed_sum / speeds / 10.0 - v
                    if difference > limit_kn and steady and dt <= 1800:
                        now = 1
                    elif difference < -limit_kn:
                        now = -1
            if judged:
                if now != 0 and now == sign:
                    last = i
                    steps += 1
                    total += difference
                else:
                    if sign != 0 and steps >= 3 and ts[last] - ts[first] >= least_s:
                        out[n, 0] = u
                        out[n, 1] = first
                        out[n, 2] = last
                        out[n, 3] = steps
                        out[n, 4] = int(total / steps * 100.0)
                        n += 1
                    sign = now
                    first = j
                    last = i
                    steps = 1
                    total = difference
                if not end:
                    j = i
                    speed_sum = 0.0
                    speeds = 0
                    steady = True
                    course = -1.0
                    if sog[j] != 1023:
                        speed_sum = sog[j]
                        speeds = 1
                    if cog[j] < 3600:
                        course = cog[j]
    return out[:n].copy()


@kernel
def scan_inland(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    land_index: np.ndarray,
    land_blocks: np.ndarray,
    tiles: np.ndarray,
    blocks: np.ndarray,
    start: np.ndarray,
    items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
    port_m: float,
    least_s: int,
) -> np.ndarray:
    """Runs of three fixes or more, over 5 km inland and away from ports: segment, first row, last row, fixes."""
    scale = 1.0 / 600_000.0
    out = np.empty((len(ts) // 3 + 1, 4), np.int64)
    n = 0
    for u in range(len(unit_starts) - 1):
        a = -1
        for i in range(unit_starts[u], unit_starts[u + 1] + 1):
            inland = False
            if i < unit_starts[u + 1]:
                y = min(max((lat[i] + 54_000_000) // 12_000, 0), 8999)
                x = min(max((lon[i] + 108_000_000) // 12_000, 0), 17999)
                degree = (y // 50) * 360 + x // 50
                tile = land_index[degree]
                inland = tile == -4 if tile < 0 else land_blocks[tile, (y % 50) * 50 + x % 50] == 3
                if inland and tiles[degree] >= 0:
                    la = lat[i] * scale
                    _, d = nearest_port(la, lon[i] * scale, tiles, blocks, start, items, port_lat, port_lon)
                    inland = d > port_m
            if inland:
                if a < 0:
                    a = i
            elif a >= 0:
                if i - a >= 3 and ts[i - 1] - ts[a] >= least_s:
                    out[n, 0] = u
                    out[n, 1] = a
                    out[n, 2] = i - 1
                    out[n, 3] = i - a
                    n += 1
                a = -1
    return out[:n].copy()


@kernel
def fit_circle(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float, float, float]:
    """Least-squares circle (Kasa): centre, mean radius, variation of the radius, and turns around the centre (signed).

    Turns are 0 where the points are too far apart around the circle to tell its sense.
    """
    n = len(x)
    mx = x.mean()
    my = y.mean()
    suu = 0.0
    svv = 0.0
    suv = 0.0
    suuu = 0.0
    svvv = 0.0
    suvv = 0.0
    svuu = 0.0
    for i in range(n):
        u = x[i] - mx
        v = y[i] - my
        suu += u * u
        svv += v * v
        suv += u * v
        suuu += u * u * u
        svvv += v * v * v
        suvv += u * v * v
        svuu += v * u * u
    det = suu * svv - suv * suv
    if det <= 1e-9 * (suu + svv) * (suu + svv):
        return mx, my, 0.0, 1e9, 0.0
    cx = (0.5 * (suuu + suvv) * svv - 0.5 * (svvv + svuu) * suv) / det + mx
    cy = (0.5 * (svvv + svuu) * suu - 0.5 * (suuu + suvv) * suv) / det + my
    total = 0.0
    square = 0.0
    swept = 0.0
    absolute = 0.0
    before = math.atan2(y[0] - cy, x[0] - cx)
    for i in range(n):
        r = math.sqrt((x[i] - cx) ** 2 + (y[i] - cy) ** 2)
        total += r
        square += r * r
        if i > 0:
            angle = math.atan2(y[i] - cy, x[i] - cx)
            d = angle - before
            if d > math.pi:
                d -= 2.0 * math.pi
            elif d < -math.pi:
                d += 2.0 * math.pi
            swept += d
            absolute += abs(d)
            before = angle
    mean = total / n
    spread = math.sqrt(max(0.0, square / n - mean * mean))
    turns = swept / (2.0 * math.pi)
    if abs(swept) < 0.8 * absolute or absolute / (n - 1) > 2.7:
        turns = 0.0
    return cx, cy, mean, spread / max(mean, 1e-9), turns


@kernel
def scan_circles(
    unit_starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    least_turns: float,
    window_s: int,
    most_cv: float,
    least_m: float,
) -> np.ndarray:
    """Stretches in which a ship runs round and round one centre: more than `least_turns` within `window_s`.

    Rows: segment, first row, last row, radius in metres, variation in thousandths, turns in hundredths. Half windows
    whose way is short against their extent, or that do not turn, are passed over quickly.
    """
    scale = 1.0 / 600_000.0
    out = np.empty((len(ts) // 8 + 1, 6), np.int64)
    n = 0
    half = window_s // 2
    xs = np.empty(4096, np.float64)
    ys = np.empty(4096, np.float64)
    rows = np.empty(4096, np.int64)
    for u in range(len(unit_starts) - 1):
        a = unit_starts[u]
        z = unit_starts[u + 1]
        i = a
        done = a  # rows before this are part of a circle that was told
        while i < z:
            # one half window: path and extent on the plane of its first fix
            cosine = math.cos(lat[i] * scale * RAD)
            path = 0.0
            px = 0.0
            py = 0.0
            low_x = 0.0
            high_x = 0.0
            low_y = 0.0
            high_y = 0.0
            j = i
            kept = i
            while j + 1 < z and ts[j + 1] - ts[i] <= half:
                j += 1
                if ts[j] - ts[kept] < 20:
                    continue
                kept = j
                x = wrap((lon[j] - lon[i]) * scale) * cosine * DEG_M
                y = (lat[j] - lat[i]) * scale * DEG_M
                path += math.sqrt((x - px) ** 2 + (y - py) ** 2)
                px = x
                py = y
                low_x = min(low_x, x)
                high_x = max(high_x, x)
                low_y = min(low_y, y)
                high_y = max(high_y, y)
            wide = math.sqrt((high_x - low_x) ** 2 + (high_y - low_y) ** 2)
            if j - i < 3 or wide < 2.0 * least_m or path < 2.2 * wide:
                i = j + 1
                continue
            # candidates: windows of three lengths that start around here
            best_a = -1
            best_z = -1
            best_r = 0.0
            best_cv = 0.0
            best_turns = 0.0
            s = i
            while s > a and ts[i] - ts[s - 1] <= half and s > done:
                s -= 1
            stride = max(1, (j - s) // 48)
            while s <= j:
                for part in range(1, 4):
                    length = window_s * part // 3
                    if best_a >= 0 and part < 3:
                        continue
                    m = 0
                    k = s
                    thin = max(20, length // 1000)
                    while k < z and ts[k] - ts[s] <= length and m < 4096:
                        if m == 0 or ts[k] - ts[rows[m - 1]] >= thin:
                            xs[m] = wrap((lon[k] - lon[s]) * scale) * cosine * DEG_M
                            ys[m] = (lat[k] - lat[s]) * scale * DEG_M
                            rows[m] = k
                            m += 1
                        k += 1
                    if m < 8:
                        continue
                    _, _, r, cv, turns = fit_circle(xs[:m], ys[:m])
                    if abs(turns) > least_turns and cv < most_cv and r >= least_m:
                        if best_a < 0:
                            best_a = s
                            best_r = r
                            best_cv = cv
                            best_turns = turns
                        best_z = max(best_z, rows[m - 1])
                        if abs(turns) > abs(best_turns):
                            best_turns = turns
                s += stride
            if best_a >= 0:
                if n > 0 and out[n - 1, 0] == u and best_a <= out[n - 1, 2]:
                    out[n - 1, 2] = max(out[n - 1, 2], best_z)
                    if abs(int(best_turns * 100.0)) > abs(out[n - 1, 5]):
                        out[n - 1, 5] = int(best_turns * 100.0)
                else:
                    out[n, 0] = u
                    out[n, 1] = best_a
                    out[n, 2] = best_z
                    out[n, 3] = int(best_r)
                    out[n, 4] = int(best_cv * 1000.0)
                    out[n, 5] = int(best_turns * 100.0)
                    n += 1
            i = j + 1
    return out[:n].copy()
