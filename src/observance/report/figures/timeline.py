"""The time line: lanes from top to bottom, a mark a claim; the shape is the modality, the number is in the table."""

from __future__ import annotations

from datetime import date, timedelta

from observance.report.figures.shapes import Mark, TimeLine
from observance.report.figures.svg import circle, group, line, polygon, rect, svg, text

__all__ = ["draw_timeline"]

_WIDTH, _LEFT, _RIGHT, _TOP = 760.0, 136.0, 16.0, 30.0
_ROW, _PAD = 22.0, 8.0
_LEAST = 22.0  # a mark and its number stay apart from the next one


def draw_timeline(shape: TimeLine, *, title: str, anchor: str) -> str:
    """SVG of a time line. Marks that would touch go to a row of their own within the lane."""
    first = min(mark.start for mark in shape.marks)
    last = max(mark.end for mark in shape.marks)
    margin = max(timedelta(days=1), (last - first) / 30)
    first, last = first - margin, last + margin
    span = (last - first).days or 1

    def x(day: date) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - first).days / span

    floor: list[str] = []
    parts: list[str] = []
    y = _TOP
    for lane in shape.lanes:
        rows: list[float] = []
        placed: list[tuple[int, Mark]] = []
        for mark in sorted((one for one in shape.marks if one.lane == lane), key=lambda one: (one.start, one.number)):
            left, right = x(mark.start), max(x(mark.end), x(mark.start) + _LEAST)
            if mark.open_end:
                right = _WIDTH - _RIGHT
            row = next((place for place, edge in enumerate(rows) if edge <= left - 2), len(rows))
            rows[row : row + 1] = [right]
            placed.append((row, mark))
        height = max(1, len(rows)) * _ROW + 2 * _PAD
        floor.append(rect(0, y, _WIDTH, height, cls="lane"))
        parts.append(text(8, y + _PAD + 15, lane, cls="lane-name"))
        parts.extend(_mark(mark, x(mark.start), x(mark.end), y + _PAD + row * _ROW + _ROW / 2) for row, mark in placed)
        y += height + 4
    axis = [*_ticks(first, last, x, y)]
    return svg(_WIDTH, y + 6, [*floor, *axis, *parts], title=title, anchor=anchor)


def _mark(mark: Mark, left: float, right: float, y: float) -> str:
    cls = f"mk m-{mark.modality}"
    parts: list[str] = []
    if right - left > 10 or mark.open_end or mark.open_start:
        end = _WIDTH - _RIGHT - 8 if mark.open_end else right
        start = _LEFT + 8 if mark.open_start else left
        parts.append(rect(start, y - 5, max(end - start, 4), 10, cls=f"{cls} bar", radius=2))
        if mark.open_end:
            parts.append(polygon([(end, y - 8), (end + 9, y), (end, y + 8)], cls="arrow"))
        if mark.open_start:
            parts.append(polygon([(start, y - 8), (start - 9, y), (start, y + 8)], cls="arrow"))
        left = start
    parts.extend(_shape(mark.modality, left + 5, y, cls))
    parts.append(text(left + 13, y + 4, str(mark.number), cls="mk-number"))
    return group(parts, title=f"{mark.number}: {mark.label}")


def _shape(modality: str, x: float, y: float, cls: str) -> list[str]:
    """A shape for each modality that greyscale keeps apart: disc, ring, double ring, dotted ring, crossed ring."""
    match modality:
        case "asserted":
            return [circle(x, y, 5, cls=f"{cls} disc")]
        case "offered" | "intended":
            return [circle(x, y, 5, cls=f"{cls} ring"), circle(x, y, 2.2, cls=f"{cls} ring")]
        case "denied":
            return [
                circle(x, y, 5, cls=f"{cls} ring"),
                line(x - 3.5, y + 3.5, x + 3.5, y - 3.5, cls=f"{cls} stroke"),
            ]
        case "conditional":
            return [polygon([(x, y - 5.5), (x + 5.5, y), (x, y + 5.5), (x - 5.5, y)], cls=f"{cls} ring")]
        case _:
            return [circle(x, y, 5, cls=f"{cls} ring")]


def _ticks(first: date, last: date, x: object, bottom: float) -> list[str]:
    """Years, months or days, whichever gives at most a dozen lines."""
    place = x if callable(x) else None
    assert place is not None
    days = (last - first).days
    if days > 365 * 14:
        step, label = 60, "%Y"
    elif days > 365 * 3:
        step, label = 12, "%Y"
    elif days > 300:
        step, label = 3, "%Y-%m"
    elif days > 45:
        step, label = 1, "%Y-%m"
    else:
        return _days(first, last, place, bottom)
    parts = []
    month = first.year * 12 + first.month - 1
    month += -month % step
    while date(month // 12, month % 12 + 1, 1) <= last:
        day = date(month // 12, month % 12 + 1, 1)
        if day >= first:
            parts.extend(_tick(float(place(day)), bottom, day.strftime(label)))
        month += step
    return parts


def _days(first: date, last: date, place: object, bottom: float) -> list[str]:
    assert callable(place)
    step = max(1, -(-(last - first).days // 8))
    parts: list[str] = []
    day = first + timedelta(days=1)
    while day <= last:
        parts.extend(_tick(float(place(day)), bottom, day.isoformat()))
        day += timedelta(days=step)
    return parts


def _tick(x: float, bottom: float, label: str) -> list[str]:
    return [line(x, _TOP - 8, x, bottom, cls="grid"), text(x, _TOP - 13, label, cls="tick", anchor="middle")]
