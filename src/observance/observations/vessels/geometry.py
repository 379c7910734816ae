"""Distances on the sphere, compiled. Degrees in, metres out; 180 degrees and the poles are places like any other."""

from __future__ import annotations

import math

import numpy as np

from observance.observations.vessels.compiled import kernel

__all__ = ["EARTH_M", "KNOT", "bearing", "lookup_land", "metres", "nearest_port", "quick_metres", "wrap"]

EARTH_M = 6371008.8  # mean radius (IUGG)
KNOT = 0.514444  # m/s
RAD = math.pi / 180.0
DEG_M = EARTH_M * RAD


@kernel
def wrap(lon: float) -> float:
    """A difference of longitudes the short way round, or a longitude within -180..180."""
    if lon > 180.0:
        return lon - 360.0
    if lon < -180.0:
        return lon + 360.0
    return lon


@kernel
def metres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine, exact enough from millimetres to half the globe)."""
    a = math.sin((lat2 - lat1) * RAD * 0.5)
    b = math.sin((lon2 - lon1) * RAD * 0.5)
    h = a * a + math.cos(lat1 * RAD) * math.cos(lat2 * RAD) * b * b
    return 2.0 * EARTH_M * math.asin(math.sqrt(min(1.0, h)))


@kernel
def quick_metres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Distance of near points on the plane of their middle latitude; exact where that would be off by 0.1 %."""
    dy = lat2 - lat1
    dx = wrap(lon2 - lon1)
    middle = 0.5 * (lat1 + lat2)
    if abs(dy) > 1.0 or abs(dx) > 1.0 or abs(middle) > 80.0:
        return metres(lat1, lon1, lat2, lon2)
    x = dx * math.cos(middle * RAD)
    return DEG_M * math.sqrt(dy * dy + x * x)


@kernel
def bearing(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Initial course in degrees, 0 to 360, from the first point to the second."""
    p1 = lat1 * RAD
    p2 = lat2 * RAD
    dl = (lon2 - lon1) * RAD
    y = math.sin(dl) * math.cos(p2)
    x = math.cos(p1) * math.sin(p2) - math.sin(p1) * math.cos(p2) * math.cos(dl)
    return (math.atan2(y, x) / RAD) % 360.0


@kernel
def lookup_land(lat: float, lon: float, index: np.ndarray, blocks: np.ndarray) -> int:
    """Class of the land raster: 0 far at sea, 1 within 20 nautical miles of land, 2 land, 3 more than 5 km inland."""
    y = min(max(int((lat + 90.0) * 50.0), 0), 8999)
    x = min(max(int((lon + 180.0) * 50.0), 0), 17999)
    tile = index[(y // 50) * 360 + x // 50]
    if tile < 0:
        return int(-1 - tile)
    return int(blocks[tile, (y % 50) * 50 + x % 50])


@kernel
def nearest_port(
    lat: float,
    lon: float,
    tiles: np.ndarray,
    blocks: np.ndarray,
    start: np.ndarray,
    items: np.ndarray,
    port_lat: np.ndarray,
    port_lon: np.ndarray,
) -> tuple[int, float]:
    """Index and distance of the nearest port in reach of the port raster; (-1, 1e9) where there is none."""
    y = min(max(int((lat + 90.0) * 20.0), 0), 3599)
    x = min(max(int((lon + 180.0) * 20.0), 0), 7199)
    tile = tiles[(y // 20) * 360 + x // 20]
    if tile < 0:
        return -1, 1e9
    cell = blocks[tile, (y % 20) * 20 + x % 20]
    if cell < 0:
        return -1, 1e9
    best = -1
    near = 1e9
    for k in range(start[cell], start[cell + 1]):
        p = items[k]
        d = quick_metres(lat, lon, port_lat[p], port_lon[p])
        if d < near:
            near = d
            best = p
    return best, near
