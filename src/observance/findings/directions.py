"""The way between parties where a passage leaves it open and other passages tell it; for whoever judges the passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from observance.findings.events import direct
from observance.findings.regime import RegimeView
from observance.findings.sketch import sketch
from observance.model import Observation

__all__ = ["inferred_directions"]


def inferred_directions(
    observations: Iterable[Observation], regime: RegimeView, published: Mapping[str, str | None]
) -> dict[str, str]:
    """Observation id to `from_target` or `to_target`, for those whose direction is inferred and touches the target.

    Args:
        observations: all observations of the view.
        regime: the pack, whose target decides what is from and to.
        published: day of publication by hash of the evidence.
    """
    turned, grounds = direct([sketch(one, regime, published) for one in observations])
    ways: dict[str, str] = {}
    for key in grounds:
        one = turned[key]
        if regime.target in one.givers and regime.target not in one.takers:
            ways[key] = "from_target"
        elif regime.target in one.takers and regime.target not in one.givers:
            ways[key] = "to_target"
    return ways
