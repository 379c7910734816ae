"""Who was heard where and when, and every silence (compiled). The ground on which a gap is told from bad reception."""

from __future__ import annotations

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import metres, nearest_port, quick_metres

__all__ = ["around", "far_from", "hear", "near_ports", "pick_hourly", "shares", "silences"]


@kernel
def silences(
    starts: np.ndarray, ts: np.ndarray, least_s: int, before_s: int, end: int
) -> tuple[np.ndarray, np.ndarray]:
    """Silences of at least `least_s`: vessel, row of the last fix before, seconds, open, fixes before.

       Open silences run to `end`.
    Fixes before: positions in the `before_s` seconds up to and with the last one.
    """
    out = np.empty((len(ts) + len(starts), 5), np.int64)
    n = 0
    for v in range(len(starts) - 1):
        a, z = starts[v], starts[v + 1]
        low = a
        for i in range(a, z):
            dt = ts[i + 1] - ts[i] if i + 1 < z else end - ts[i]
            if dt < least_s:
                continue
            while ts[i] - ts[low] > before_s:
                low += 1
            out[n, 0] = v
            out[n, 1] = i
            out[n, 2] = dt
            out[n, 3] = 1 if i + 1 == z else 0
            out[n, 4] = i - low + 1
            n += 1
    return out[:n].copy(), starts


@kernel
def hear(
    starts: np.ndarray,
    ts: np.ndarray,
    lat: np.ndarray,
    lon: np.ndarray,
    receiver: np.ndarray,
    slot_s: int,
    first_slot: int,
    presence: np.ndarray,
    receivers: np.ndarray,
    room: int,
) -> tuple[int, np.ndarray]:
    """Fill `presence` (slot x one-degree cell: ships heard) and `receivers` (receiver x slot: rows).

    Returns rows of (vessel, half-degree cell, hours heard there) and their number (more than `room`: not all).
    """
    out = np.empty((room, 3), np.int32)
    n = 0
    for v in range(len(starts) - 1):
        last_slot = -1
        last_cell = -1
        last_half = -1
        hour_end = -1  # times below this lie in the hour and the slot that were worked out last
        slot = -1
        for i in range(starts[v], starts[v + 1]):
            y = min(max(lat[i] + 54_000_000, 0), 107_999_999) // 300_000
            x = min(max(lon[i] + 108_000_000, 0), 215_999_999) // 300_000
            cell = (y >> 1) * 360 + (x >> 1)
            half = y * 720 + x
            new_hour = ts[i] >= hour_end
            if new_hour:
                hour_end = (ts[i] // 3600 + 1) * 3600
                slot = ts[i] // slot_s - first_slot
            if slot != last_slot or cell != last_cell:
                if 0 <= slot < presence.shape[0] and presence[slot, cell] < 65535:
                    presence[slot, cell] += 1
                last_slot = slot
                last_cell = cell
            if receiver[i] >= 0 and receiver[i] < receivers.shape[0] and 0 <= slot < receivers.shape[1]:
                receivers[receiver[i], slot] += 1
            if half != last_half:
                if n < room:
                    out[n, 0] = v
                    out[n, 1] = half
                    out[n, 2] = 1
                n += 1
                last_half = half
            elif new_hour and n <= room:
                out[n - 1, 2] += 1
    return n, out[: min(n, room)].copy()


@kernel
def near_ports(
    lat: np.ndarray,
    lon: np.ndarray,
    tiles: np.ndarray,
    blocks: np.ndarray,
    start: np.ndarray,
    items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Nearest port (index, -1 = none in reach) and its distance in metres, for many places."""
    which = np.empty(len(lat), np.int64)
    away = np.empty(len(lat), np.float64)
    for k in range(len(lat)):
        which[k], away[k] = nearest_port(lat[k], lon[k], tiles, blocks, start, items, port_lat, port_lon)
    return which, away


@kernel
def far_from(lat: np.ndarray, lon: np.ndarray, point_lat: np.ndarray, point_lon: np.ndarray) -> np.ndarray:
    """Distance in metres from each place to the nearest of some points; 1e9 where there are none."""
    out = np.full(len(lat), 1e9)
    for k in range(len(lat)):
        for q in range(len(point_lat)):
            if abs(lat[k] - point_lat[q]) * 111_000.0 < out[k]:
                out[k] = min(out[k], quick_metres(lat[k], lon[k], point_lat[q], point_lon[q]))
    return out


@kernel
def leg_metres(lat: float, lon: float, port_lat: np.ndarray, port_lon: np.ndarray) -> np.ndarray:
    """Great-circle metres from one place to many."""
    out = np.empty(len(port_lat), np.float64)
    for q in range(len(port_lat)):
        out[q] = metres(lat, lon, port_lat[q], port_lon[q])
    return out


@kernel
def around(
    presence: np.ndarray,
    slot_s: int,
    first: int,
    lat: np.ndarray,
    lon: np.ndarray,
    t0: np.ndarray,
    t1: np.ndarray,
) -> np.ndarray:
    """Most ships heard in one slot wholly inside each time span, in the one-degree cells around each place."""
    out = np.zeros(len(lat), np.int64)
    for k in range(len(lat)):
        a = max(0, (t0[k] + slot_s - 1) // slot_s - first)
        z = min(presence.shape[0], t1[k] // slot_s - first)
        y = min(max(int(lat[k] + 90.0), 0), 179)
        x = int(lon[k] + 180.0)
        cosine = max(0.05, np.cos(lat[k] * np.pi / 180.0))
        wide = min(10, max(1, int(1.0 / cosine + 0.5)))
        for slot in range(a, z):
            total = 0
            for r in range(max(0, y - 1), min(180, y + 2)):
                for d in range(-wide, wide + 1):
                    total += presence[slot, r * 360 + (x + d) % 360]
            out[k] = max(out[k], total)
    return out


@kernel
def shares(
    me: np.ndarray,
    path_start: np.ndarray,
    path: np.ndarray,
    heard_start: np.ndarray,
    heard_ship: np.ndarray,
    heard_hours: np.ndarray,
    silent_start: np.ndarray,
    silent_ship: np.ndarray,
    ships: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Silent share of other ships' hours along each way, and how many other ships were silent around it.

    `path` holds the half-degree cell of each hour of each way. A cell in which fewer than three other ships are known
    is judged with the cells around it. `heard_*` and `silent_*` are lists by cell (offsets and values).
    """
    share = np.zeros(len(me))
    others = np.zeros(len(me), np.int64)
    mark_cell = np.zeros(ships, np.int64)
    mark_way = np.zeros(ships, np.int64)
    stamp = 0
    for k in range(len(me)):
        weight = 0.0
        total = 0.0
        q = path_start[k]
        while q < path_start[k + 1]:
            cell = path[q]
            n = 0
            while q < path_start[k + 1] and path[q] == cell:
                n += 1
                q += 1
            y = cell // 720
            x = cell % 720
            done = False
            for reach in range(2):
                stamp += 1
                known = 0
                heard = 0.0
                silent = 0.0
                for dy in range(-reach, reach + 1):
                    if y + dy < 0 or y + dy > 359:
                        continue
                    for dx in range(-reach, reach + 1):
                        c = (y + dy) * 720 + (x + dx) % 720
                        for r in range(heard_start[c], heard_start[c + 1]):
                            s = heard_ship[r]
                            if s != me[k]:
                                heard += heard_hours[r]
                                if mark_cell[s] != stamp:
                                    mark_cell[s] = stamp
                                    known += 1
                        for r in range(silent_start[c], silent_start[c + 1]):
                            s = silent_ship[r]
                            if s != me[k]:
                                silent += 1.0
                                if mark_cell[s] != stamp:
                                    mark_cell[s] = stamp
                                    known += 1
                                if reach == 1 and mark_way[s] != k + 1:
                                    mark_way[s] = k + 1
                                    others[k] += 1
                if known >= 3 and not done:
                    total += n * silent / (heard + silent)
                    weight += n
                    done = True
        if weight > 0:
            share[k] = total / weight
    return share, others


@kernel
def pick_hourly(starts: np.ndarray, ts: np.ndarray, hole_s: int) -> np.ndarray:
    """Rows of the first fix of every hour, of both ends of every silence of `hole_s`, and of every vessel's ends."""
    out = np.empty(len(ts), np.int64)
    n = 0
    for v in range(len(starts) - 1):
        hour_end = -1
        first = True
        for i in range(starts[v], starts[v + 1]):
            kept = first or ts[i] >= hour_end or i == starts[v + 1] - 1
            if ts[i] >= hour_end or first:
                hour_end = (ts[i] // 3600 + 1) * 3600
            if not kept and ts[i + 1] - ts[i] >= hole_s:
                kept = True
            first = False
            if kept:
                out[n] = i
                n += 1
    return out[:n].copy()
