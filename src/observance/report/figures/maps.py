"""A small map: coast lines of Natural Earth (1:50m, simplified, public domain), equirectangular around the places.

The coast is kept as `coast.json.gz`: rings of (longitude, latitude) in hundredths of a degree, made by
`docs/make_coast.py` from the npm package world-atlas 2.0.2.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib import resources
from math import cos, radians

from observance.report.figures.shapes import SmallMap
from observance.report.figures.svg import circle, group, line, number, path, rect, svg, text

__all__ = ["coast", "draw_map"]

_WIDTH, _HEIGHT = 760.0, 420.0
_LEAST_DEGREES = 12.0


@cache
def coast() -> tuple[tuple[tuple[float, float], ...], ...]:
    """Rings of (longitude, latitude) in degrees."""
    data = resources.files("observance.report.figures").joinpath("coast.json.gz").read_bytes()
    rings = json.loads(gzip.decompress(data))
    return tuple(tuple((lon / 100, lat / 100) for lon, lat in ring) for ring in rings)


def draw_map(shape: SmallMap, *, title: str, anchor: str) -> str:
    """SVG of places on the coast line; no boundary is drawn. Longitudes are taken as they are, -180 to 180."""
    lats = [place.lat for place in shape.places]
    lons = [place.lon for place in shape.places]
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    squeeze = max(0.2, cos(radians(middle_lat)))
    tall = max(_LEAST_DEGREES, (max(lats) - min(lats)) * 1.4)
    wide = max(tall * _WIDTH / _HEIGHT / squeeze, (max(lons) - min(lons)) * 1.4)
    tall = wide * squeeze * _HEIGHT / _WIDTH
    west, north = middle_lon - wide / 2, middle_lat + tall / 2

    def x(lon: float) -> float:
        return (lon - west) / wide * _WIDTH

    def y(lat: float) -> float:
        return (north - lat) / tall * _HEIGHT

    parts = [rect(0, 0, _WIDTH, _HEIGHT, cls="sea")]
    land = []
    for ring in coast():
        if _outside(ring, west, west + wide, north - tall, north):
            continue
        # Far corners are drawn just outside the frame: the view cuts them and the numbers stay small.
        points = [(min(max(x(lon), -_WIDTH), 2 * _WIDTH), min(max(y(lat), -_HEIGHT), 2 * _HEIGHT)) for lon, lat in ring]
        land.append("M" + "L".join(f"{number(px)} {number(py)}" for px, py in points) + "Z")
    if land:
        parts.append(path("".join(land), cls="land"))
    parts.extend(_grid(west, west + wide, north - tall, north, x, y))
    for place in shape.places:
        px, py = x(place.lon), y(place.lat)
        right = px < _WIDTH * 0.75
        label = f"{place.number} {place.label}"
        parts.append(
            group(
                [
                    circle(px, py, 5, cls="place"),
                    text(
                        px + (9 if right else -9), py + 4, label, cls="place-name", anchor="start" if right else "end"
                    ),
                ],
                title=f"{label}: {place.lat:.3f}, {place.lon:.3f}",
            )
        )
    return svg(_WIDTH, _HEIGHT, parts, title=title, anchor=anchor)


def _outside(ring: tuple[tuple[float, float], ...], west: float, east: float, south: float, north: float) -> bool:
    return (
        all(lon < west for lon, _ in ring)
        or all(lon > east for lon, _ in ring)
        or all(lat < south for _, lat in ring)
        or all(lat > north for _, lat in ring)
    )


def _grid(west: float, east: float, south: float, north: float, x: object, y: object) -> list[str]:
    assert callable(x)
    assert callable(y)
    step = next(size for size in (1, 2, 5, 10, 20, 30, 60) if (east - west) / size <= 8 or size == 60)
    parts = []
    lon = -(-west // step) * step
    while lon <= east:
        parts.append(line(float(x(lon)), 0, float(x(lon)), _HEIGHT, cls="grid"))
        parts.append(text(float(x(lon)) + 3, _HEIGHT - 5, f"{lon:g}°", cls="tick"))
        lon += step
    lat = -(-south // step) * step
    while lat <= north:
        parts.append(line(0, float(y(lat)), _WIDTH, float(y(lat)), cls="grid"))
        parts.append(text(3, float(y(lat)) - 3, f"{lat:g}°", cls="tick"))
        lat += step
    return parts
