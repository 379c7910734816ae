"""Who was heard where and when, and every silence (compiled). The ground on which a gap is told from bad reception."""

from __future__ import annotations

import numpy as np

from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.geometry import metres, nearest_port, quick_metres

__all__ = ["far_from", "hear", "near_ports", "silences"]


@kernel
def silences(
    starts: np.ndarray, ts: np.ndarray, least_s: int, before_s: int, end: int
) -> tuple[np.ndarray, np.ndarray]:
    """Silences of at least `least_s`: vessel, row of the last fix before, seconds (to `end` where open), open, fixes before.

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

    Returns rows of (vessel, half-degree cell, hours heard there) and their number, where more than `room` means: not all.
    """
    out = np.empty((room, 3), np.int32)
    n = 0
    for v in range(len(starts) - 1):
        last_slot = -1
        last_cell = -1
        last_hour = -1
        last_half = -1
        for i in range(starts[v], starts[v + 1]):
            y = min(max(lat[i] + 54_000_000, 0), 107_999_999)
            x = min(max(lon[i] + 108_000_000, 0), 215_999_999)
            slot = ts[i] // slot_s - first_slot
            cell = (y // 600_000) * 360 + x // 600_000
            half = (y // 300_000) * 720 + x // 300_000
            hour = ts[i] // 3600
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
                last_hour = hour
            elif hour != last_hour:
                if n <= room:
                    out[n - 1, 2] += 1
                last_hour = hour
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
