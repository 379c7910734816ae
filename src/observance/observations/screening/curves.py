"""The curves of a calibration as one SVG picture: axes, legend, and a text for those who do not see it."""

from __future__ import annotations

from observance.observations.screening.calibration import Calibration

__all__ = ["plot"]

_WIDTH, _HEIGHT, _LEFT, _TOP = 720, 420, 60, 24
_ACROSS, _DOWN = _WIDTH - _LEFT - 130, _HEIGHT - _TOP - 56
# Told apart by dashes as well as by colour.
_CURVES = (("precision", "#0b5fa5", ""), ("recall", "#b3400f", "6 3"), ("f1", "#2f6b2f", "2 3"))


def plot(table: Calibration) -> str:
    """The picture."""
    at_default = table.at(table.default)
    told = (
        f"{table.pairs} pairs, {table.matching} match; best F1 {table.best.f1:.3f} at {table.best.threshold:.2f}; "
        f"at the default {table.default:.2f} precision {at_default.precision:.3f}, recall {at_default.recall:.3f}"
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="system-ui,sans-serif" font-size="13">'
    )
    parts = [
        head,
        "<title>Precision, recall and F1 over thresholds</title>",
        f"<desc>{told}</desc>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        *_axes(),
    ]
    for at, (name, colour, dash) in enumerate(_CURVES):
        points = " ".join(f"{_x(point.threshold)},{_y(getattr(point, name))}" for point in table.points)
        style = f'fill="none" stroke="{colour}" stroke-width="2"' + (f' stroke-dasharray="{dash}"' if dash else "")
        height = _TOP + 12 + at * 22
        parts.append(f'<polyline points="{points}" {style}/>')
        parts.append(f'<path d="M{_LEFT + _ACROSS + 16},{height} h28" {style}/>')
        parts.append(f'<text x="{_LEFT + _ACROSS + 50}" y="{height + 4}">{"F1" if name == "f1" else name}</text>')
    place = _x(table.default)
    parts.append(f'<path d="M{place},{_TOP} V{_TOP + _DOWN}" stroke="#555" stroke-dasharray="1 3"/>')
    parts.append(f'<text x="{place + 4}" y="{_TOP + _DOWN - 6}" fill="#555">default {table.default:.2f}</text></svg>\n')
    return "".join(parts)


def _x(threshold: float) -> float:
    return round(_LEFT + threshold * _ACROSS, 1)


def _y(share: float) -> float:
    return round(_TOP + (1 - share) * _DOWN, 1)


def _axes() -> list[str]:
    parts = []
    for step in range(0, 11, 2):
        share = step / 10
        parts.append(f'<path d="M{_LEFT},{_y(share)} h{_ACROSS}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{_y(share) + 4}" text-anchor="end">{share:.1f}</text>')
        parts.append(f'<text x="{_x(share)}" y="{_y(0) + 18}" text-anchor="middle">{share:.1f}</text>')
    parts.append(f'<text x="{_LEFT + _ACROSS / 2:.0f}" y="{_HEIGHT - 14}" text-anchor="middle">threshold</text>')
    return parts
