"""Figures as told, one bar a claim, never added: an open end fades into an arrow, a capacity is only an outline."""

from __future__ import annotations

from observance.report.figures.shapes import Bar, Bars
from observance.report.figures.svg import circle, group, line, polygon, rect, svg, text

__all__ = ["draw_bars"]

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 760.0, 190.0, 30.0, 28.0, 34.0
_LETTER = 6.6  # mean width of a letter at the size of the words beside a bar


def draw_bars(shape: Bars, *, title: str, anchor: str) -> str:
    """SVG of figures told in one unit, on one axis from zero."""
    top = max(value for bar in shape.bars for value in (bar.low, bar.high) if value is not None)
    scale = _nice(top * 1.12)
    width = _WIDTH - _LEFT - _RIGHT

    def x(value: float) -> float:
        return _LEFT + width * value / scale

    bottom = _TOP + _ROW * len(shape.bars)
    parts: list[str] = []
    for step in range(5):
        value = scale * step / 4
        parts.append(line(x(value), _TOP - 6, x(value), bottom, cls="grid"))
        parts.append(text(x(value), _TOP - 11, _short(value), cls="tick", anchor="middle"))
    for place, bar in enumerate(shape.bars):
        parts.append(_bar(bar, x, _TOP + _ROW * place))
    return svg(_WIDTH, bottom + 6, parts, title=title, anchor=anchor)


def _bar(bar: Bar, x: object, y: float) -> str:
    assert callable(x)
    middle = y + _ROW / 2
    cls = f"mk m-{bar.modality}"
    parts = [text(_LEFT - 10, middle - 2, bar.label, cls="bar-name", anchor="end")]
    parts.append(text(_LEFT - 10, middle + 11, bar.how, cls="bar-how", anchor="end"))
    low, high = bar.low, bar.high
    edge = high if high is not None else low
    assert edge is not None
    end = float(x(edge))
    parts.append(rect(_LEFT, middle - 8, max(end - _LEFT, 1), 16, cls=f"{cls} bar"))
    if low is not None and high is not None and low != high:
        parts.append(line(float(x(low)), middle - 8, float(x(low)), middle + 8, cls=f"{cls} stroke"))
    if high is None:
        parts.append(polygon([(end, middle - 8), (end + 11, middle), (end, middle + 8)], cls="arrow"))
    if low is None:
        parts.append(circle(end, middle, 4, cls=f"{cls} ring"))
    beside = end + (16 if high is None else 9)
    if beside + _LETTER * len(bar.words) < _WIDTH:
        parts.append(text(beside, middle + 4, bar.words, cls="bar-words"))
    else:
        parts.append(text(end - 9, middle + 4, bar.words, cls="bar-words inside", anchor="end"))
    return group(parts, title=f"{bar.label}: {bar.words}")


def _nice(value: float) -> float:
    """The next 1, 2, 4 or 8 times a power of ten, so that quarters are whole."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next((factor * power for factor in (1, 2, 4, 8) if factor * power >= value), 10 * power)


def _short(value: float) -> str:
    for size, sign in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if value >= size:
            return f"{value / size:g} {sign}"
    return f"{value:g}"
