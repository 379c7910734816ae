"""The few SVG elements that the figures need; every text is escaped here."""

from __future__ import annotations

from observance.report.markup import words as spelled

__all__ = ["circle", "group", "line", "number", "path", "polygon", "rect", "svg", "text"]


def number(value: float) -> str:
    """A coordinate with at most two digits after the point, so that bytes do not depend on rounding noise."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def svg(width: float, height: float, parts: list[str], *, title: str, anchor: str) -> str:
    """The picture with its name for those who do not see it; the table twin is named as its description."""
    return (
        f'<svg viewBox="0 0 {number(width)} {number(height)}" role="img" aria-labelledby="{spelled(anchor)}-title" '
        f'xmlns="http://www.w3.org/2000/svg"><title id="{spelled(anchor)}-title">{spelled(title)}</title>'
        + "".join(parts)
        + "</svg>"
    )


def line(x1: float, y1: float, x2: float, y2: float, *, cls: str) -> str:
    """A straight line."""
    return f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" class="{cls}"/>'


def rect(x: float, y: float, width: float, height: float, *, cls: str, radius: float = 0) -> str:
    """A rectangle, with round corners where a radius is given."""
    corner = f' rx="{number(radius)}"' if radius else ""
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size}{corner} class="{cls}"/>'


def circle(x: float, y: float, radius: float, *, cls: str) -> str:
    """A circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" class="{cls}"/>'


def polygon(points: list[tuple[float, float]], *, cls: str) -> str:
    """A closed shape."""
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return f'<polygon points="{corners}" class="{cls}"/>'


def path(d: str, *, cls: str) -> str:
    """A path whose data were made from numbers alone."""
    return f'<path d="{d}" class="{cls}"/>'


def text(x: float, y: float, words: str, *, cls: str, anchor: str = "start") -> str:
    """Words at a place."""
    place = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
    return f'<text {place} class="{cls}">{spelled(words)}</text>'


def group(parts: list[str], *, title: str) -> str:
    """Parts with a title of their own, shown when a pointer rests on them."""
    return f"<g><title>{spelled(title)}</title>{''.join(parts)}</g>"
