"""The thumbnail of a vessel event: tracks on the coast, silences dashed, and the distance of two ships over time.

Two ships are drawn in two strokes (full and double-dashed in greyscale print) and named; the event itself is a band in
the plot and a ring on the map. Distances are great circles in kilometres.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import asin, ceil, cos, radians, sin, sqrt

from observance.report.figures.maps import coast
from observance.report.figures.svg import circle, group, line, number, path, rect, svg, text

__all__ = ["STYLE", "Track", "TrackMap", "draw_tracks"]

_MAP, _HEIGHT, _PLOT = 420.0, 360.0, 340.0
_SILENT = 3600
_LEAST = 0.05
STYLE = (
    ".vt text{font:12px system-ui,sans-serif;fill:#55524a}.vt .paper{fill:#fff}.vt .sea{fill:#eef3f6}"
    ".vt .land{fill:#dcd8cc;stroke:#8b8778;stroke-width:.6}.vt .track0,.vt .track1,.vt .track2{fill:none;"
    "stroke-width:1.6}.vt .track0{stroke:#0b4f8a}.vt .track1{stroke:#a3410b;stroke-dasharray:7 2}"
    ".vt .track2{stroke:#444;stroke-dasharray:2 2}.vt .silent{stroke-dasharray:1 4;stroke-width:1.2}"
    ".vt .ring{fill:none;stroke:#8c1230;stroke-width:2}.vt .band{fill:#8c1230;opacity:.12}"
    ".vt .rule{stroke:#b9b5aa;stroke-width:.5}.vt .axis{stroke:#1d1d1b;stroke-width:1}.vt .word{fill:#1d1d1b}"
    ".vt .distance{fill:none;stroke:#1d1d1b;stroke-width:1.4}.vt .dot0{fill:#0b4f8a}.vt .dot1{fill:#a3410b}"
    ".vt .dot2{fill:#444}"
)
"""Rules of the picture; they hold inside its own group only, so that a report may carry many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A ship's fixes in order: (seconds UTC, latitude, longitude)."""

    label: str
    fixes: tuple[tuple[int, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackMap:
    """What is drawn: tracks, the span of the event (seconds UTC), its place, the caveat that stands in the picture."""

    title: str
    tracks: tuple[Track, ...]
    start: int
    end: int
    place: tuple[float, float] | None = None
    caveat: str = ""


def draw_tracks(shape: TrackMap, *, anchor: str = "tracks", alone: bool = True) -> str:
    """SVG of the tracks around an event; where no fix is known it says so.

    Args:
        shape: what is drawn.
        anchor: id of the picture in its page.
        alone: with its own style rules, as a file of its own; a report has them once.
    """
    fixes = [fix for track in shape.tracks for fix in track.fixes]
    width = _MAP + _PLOT
    parts = [rect(0, 0, width, _HEIGHT + 72, cls="paper"), text(8, 18, shape.title, cls="word")]
    if not fixes:
        parts.append(text(8, 48, "no position is known in this span", cls="told"))
    else:
        parts.append(f'<g transform="translate(0 28)">{"".join(_map(shape, fixes))}</g>')
        parts.append(f'<g transform="translate({number(_MAP)} 28)">{"".join(_plot(shape, fixes))}</g>')
        notes = [shape.caveat[:150], "Boundaries and names imply no opinion. Coast: Natural Earth."]
        parts += [text(8, _HEIGHT + 46 + 16 * at, note, cls="told") for at, note in enumerate(filter(None, notes))]
    style = f"<style>{STYLE}</style>" if alone else ""
    return svg(width, _HEIGHT + 72, [style, f'<g class="vt">{"".join(parts)}</g>'], title=shape.title, anchor=anchor)


def _map(shape: TrackMap, fixes: list[tuple[int, float, float]]) -> list[str]:
    middle = fixes[0][2]
    # Longitudes run on from the first fix, so that a track over 180 degrees stays in one piece.
    turned = [middle + ((lon - middle + 180) % 360 - 180) for _, _, lon in fixes]
    lats = [lat for _, lat, _ in fixes]
    mid_lat, mid_lon = (min(lats) + max(lats)) / 2, (min(turned) + max(turned)) / 2
    squeeze = max(0.05, cos(radians(mid_lat)))
    tall = max(_LEAST, (max(lats) - min(lats)) * 1.3, (max(turned) - min(turned)) * 1.3 * squeeze * _HEIGHT / _MAP)
    wide = tall * _MAP / _HEIGHT / squeeze
    west, north = mid_lon - wide / 2, mid_lat + tall / 2

    def x(lon: float) -> float:
        return (mid_lon + ((lon - mid_lon + 180) % 360 - 180) - west) / wide * _MAP

    def y(lat: float) -> float:
        return (north - lat) / tall * _HEIGHT

    parts = [f'<svg x="0" y="0" width="{number(_MAP)}" height="{number(_HEIGHT)}" overflow="hidden">']
    parts.append(rect(0, 0, _MAP, _HEIGHT, cls="sea"))
    parts.append(_land(x, y, west, west + wide, north - tall, north))
    for at, track in enumerate(shape.tracks):
        parts.append(group(_track(track, x, y, at), title=track.label))
    if shape.place is not None:
        parts.append(group([circle(x(shape.place[1]), y(shape.place[0]), 11, cls="ring")], title="the event"))
    step = _step(tall)
    for at, track in enumerate(shape.tracks):
        parts.append(text(10, 20 + 16 * at, track.label, cls=f"dot{min(at, 2)}"))
    parts.append(text(_MAP - 8, _HEIGHT - 8, f"{mid_lat:.2f}, {mid_lon:.2f}", cls="told", anchor="end"))
    bar = step / tall * _HEIGHT
    parts.append(line(10, _HEIGHT - 14, 10 + bar, _HEIGHT - 14, cls="axis"))
    parts.append(text(10, _HEIGHT - 20, f"{step * 111.2:.3g} km", cls="told"))
    parts.append("</svg>")
    return parts


def _step(tall: float) -> float:
    """A round length for the scale bar, in degrees of latitude."""
    for step in (0.0009, 0.0045, 0.009, 0.045, 0.09, 0.45, 0.9, 4.5, 9.0):
        if step > tall / 8:
            return step
    return 18.0


def _land(x: object, y: object, west: float, east: float, south: float, north: float) -> str:
    del west, east
    drawn = []
    for ring in coast():
        if all(lat < south for _, lat in ring) or all(lat > north for _, lat in ring):
            continue
        points = [(x(lon), y(lat)) for lon, lat in ring]  # type: ignore[operator]
        if max(px for px, _ in points) - min(px for px, _ in points) > 40 * _MAP:
            continue
        near = [(min(max(px, -_MAP), 2 * _MAP), min(max(py, -_HEIGHT), 2 * _HEIGHT)) for px, py in points]
        drawn.append("M" + "L".join(f"{number(px)} {number(py)}" for px, py in near) + "Z")
    return path("".join(drawn), cls="land") if drawn else ""


def _track(track: Track, x: object, y: object, at: int) -> list[str]:
    heard: list[str] = []
    silent: list[str] = []
    for (t0, lat0, lon0), (t1, lat1, lon1) in pairwise(track.fixes):
        ax, ay, bx, by = x(lon0), y(lat0), x(lon1), y(lat1)  # type: ignore[operator]
        if abs(ax - bx) > _MAP * 3:
            continue
        piece = f"M{number(ax)} {number(ay)}L{number(bx)} {number(by)}"
        (silent if t1 - t0 > _SILENT else heard).append(piece)
    cls = f"track{min(at, 2)}"
    parts = [path("".join(heard), cls=cls)] if heard else []
    if silent:
        parts.append(path("".join(silent), cls=f"{cls} silent"))
    for _, lat, lon in track.fixes[:: max(1, len(track.fixes) // 60)]:
        parts.append(circle(x(lon), y(lat), 1.6, cls=f"dot{min(at, 2)}"))  # type: ignore[operator]
    return parts


def _plot(shape: TrackMap, fixes: list[tuple[int, float, float]]) -> list[str]:
    """Distance of the first two ships over time; of one ship, its distance from where it was first heard."""
    low, high = min(t for t, _, _ in fixes), max(t for t, _, _ in fixes)
    span = max(high - low, 60)
    points = _distances(shape.tracks)
    top = max([km for _, km in points] or [1.0]) * 1.1 or 1.0
    left, right, upper, lower = 46.0, _PLOT - 10, 16.0, _HEIGHT - 40

    def px(when: float) -> float:
        return left + (when - low) / span * (right - left)

    def py(km: float) -> float:
        return lower - km / top * (lower - upper)

    words = "distance of the two ships, km" if len(shape.tracks) > 1 else "distance from the first position, km"
    parts = [text(left, 10, words, cls="told")]
    begin, end = max(px(shape.start), left), min(px(shape.end), right)
    parts.append(rect(begin, upper, max(end - begin, 1.5), lower - upper, cls="band"))
    for share in (0, 0.5, 1):
        km = top / 1.1 * share
        parts.append(line(left, py(km), right, py(km), cls="rule"))
        parts.append(text(left - 6, py(km) + 4, f"{km:.3g}", cls="told", anchor="end"))
    pieces = []
    for (t0, km0), (t1, km1) in pairwise(points):
        if t1 - t0 <= 2 * _SILENT:
            pieces.append(f"M{number(px(t0))} {number(py(km0))}L{number(px(t1))} {number(py(km1))}")
    parts.append(path("".join(pieces), cls="distance") if pieces else "")
    parts.append(line(left, lower, right, lower, cls="axis"))
    for when, side in ((low, "start"), (high, "end")):
        stamp = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d %H:%MZ")
        parts.append(text(px(when), lower + 18, stamp, cls="told", anchor=side))
    return parts


def _distances(tracks: tuple[Track, ...]) -> list[tuple[int, float]]:
    if len(tracks) == 1:
        _, lat, lon = tracks[0].fixes[0]
        return [(t, _km(lat, lon, a, b)) for t, a, b in tracks[0].fixes]
    first, second = tracks[0].fixes, tracks[1].fixes
    step = max(60, ceil((max(first[-1][0], second[-1][0]) - min(first[0][0], second[0][0])) / 400))
    found = []
    for when in range(max(first[0][0], second[0][0]), min(first[-1][0], second[-1][0]) + 1, step):
        one, two = _at(first, when), _at(second, when)
        if one and two:
            found.append((when, _km(*one, *two)))
    return found


def _at(fixes: tuple[tuple[int, float, float], ...], when: int) -> tuple[float, float] | None:
    """Position at a time, linear between fixes at most two silences apart, the short way round."""
    from bisect import bisect_right

    at = bisect_right(fixes, (when, 91.0, 0.0)) - 1
    if at < 0:
        return None
    t0, lat0, lon0 = fixes[at]
    if t0 == when or at + 1 >= len(fixes):
        return (lat0, lon0) if when - t0 <= _SILENT else None
    t1, lat1, lon1 = fixes[at + 1]
    if t1 - t0 > 2 * _SILENT:
        return None
    share = (when - t0) / (t1 - t0)
    return lat0 + (lat1 - lat0) * share, lon0 + ((lon1 - lon0 + 180) % 360 - 180) * share


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance (haversine, mean radius 6371 km)."""
    a = sin(radians(lat2 - lat1) / 2) ** 2
    a += cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(a)))
