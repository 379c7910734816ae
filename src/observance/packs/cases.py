"""Cases of a pack: the law tried on invented facts, each with twins that change one fact."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from observance.packs.load import Pack

__all__ = ["case_observations", "flipped"]


def flipped(observation: dict[str, Any], flips: dict[str, Any]) -> dict[str, Any]:
    """The observation with the facts at the dotted paths changed.

    Raises:
        KeyError, TypeError: a path that the observation does not have.
    """
    new = copy.deepcopy(observation)
    for path, value in flips.items():
        *steps, last = path.split(".")
        spot = new
        for step in steps:
            spot = spot[step]
        if last not in spot:
            raise KeyError(path)
        spot[last] = value
    return new


def case_observations(pack: Pack) -> dict[str, dict[str, Any]]:
    """The observation of every case by case id, twins made from their base."""
    bases = {case.id: case.observation for case in pack.cases if case.observation is not None}
    return {
        case.id: case.observation
        if case.observation is not None
        else flipped(bases[case.twin_of or ""] or {}, case.flips or {})
        for case in pack.cases
    }
