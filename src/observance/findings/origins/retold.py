"""Drift in bare texts: the retelling of an origin that changes a figure, a certainty, a period or a capacity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from observance.findings.origins.lexicon import Lexicon, plain
from observance.findings.origins.texts import Telling

__all__ = ["retold"]

_NEAR = 90
# Smaller figures may stand in any text.
_SMALL = 13
_FEW = 5


def _has(telling: Telling, cue: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.cues[cue].search(plain(telling.text)))


def _figures(telling: Telling) -> set[float]:
    return {f.value for f in telling.figures if f.value >= _SMALL}


def _held(telling: Telling, lexicon: Lexicon) -> set[float]:
    """Figures that are what something could hold: of each such word, the nearest figure of its sentence."""
    folded = plain(telling.text)
    found: set[float] = set()
    for cue in lexicon.cues["capacity"].finditer(folded):
        left = max(folded.rfind(". ", 0, cue.start()) + 1, 0)
        right = folded.find(". ", cue.end())
        right = len(folded) if right < 0 else right
        near = [
            (f.start - cue.end() if f.start >= cue.end() else 2 * (cue.start() - f.end), f.value)
            for f in telling.figures
            if left <= f.start and f.end <= right and f.unit not in {"mm", "per", "percent"}
        ]
        if near and min(near)[0] <= _NEAR:
            found.add(min(near)[1])
    return found


def _capacity(group: Sequence[Telling], lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    held = {one.key: _held(one, lexicon) for one in group}
    capacities = {value for values in held.values() for value in values if value >= _SMALL}
    for one in group:
        if (_figures(one) - held[one.key]) & capacities:
            found[one.item] = "a capacity is told as an amount"
    return found


def _numbers(group: Sequence[Telling]) -> dict[str, str]:
    """A figure that only one text has and that is another's tenfold or tenth, or the unit's only other value."""
    counts = Counter(value for one in group for value in {f.value for f in one.figures if f.value >= _FEW})
    found = {}
    for one in group:
        mine = _figures(one)
        for value in mine:
            others = {round(value * factor, 4) for factor in (10, 100, 1000, 0.1, 0.01, 0.001)} - mine
            if any(counts[other] > counts[value] for other in others):
                found[one.item] = "a figure differs from the other tellings by its size"
    return found


def _certainty(group: Sequence[Telling], lexicon: Lexicon) -> dict[str, str]:
    found: dict[str, str] = {}
    for weak, words in (
        ("hedged", "a suspicion or a plan is told as a fact"),
        ("open", "something not ruled out is told as agreed"),
        ("unstated", "something left unsaid is told as known"),
    ):
        soft = [one for one in group if _has(one, weak, lexicon)]
        if not soft:
            continue
        first = min(soft, key=lambda t: (t.day.toordinal() if t.day else 0, t.key))
        for one in group:
            # Who is left unsaid at the origin and stands in a retelling as a State is told as known.
            new = weak == "unstated" and bool(one.states - first.states - {"UN"})
            hard = (_has(one, "firm", lexicon) or new) and not any(
                _has(one, cue, lexicon) for cue in ("hedged", "open", "unstated")
            )
            if hard and one.item != first.item and (not one.day or not first.day or one.day >= first.day):
                found[one.item] = words
    return found


def _months(telling: Telling) -> set[float]:
    """Lengths told in months."""
    return {f.value for f in telling.figures if f.unit == "month"}


def _length(group: Sequence[Telling]) -> dict[str, str]:
    """A period of so many months told as another number of months."""
    counts = Counter(value for one in group for value in _months(one))
    most = max(counts, key=lambda v: (counts[v], v), default=0.0)
    return {
        one.item: "the period is told otherwise"
        for one in group
        if _months(one) and most not in _months(one) and counts[most] >= max(counts[v] for v in _months(one))
    }


def _period(group: Sequence[Telling], lexicon: Lexicon) -> dict[str, str]:
    if not any(_has(one, "part_of_year", lexicon) for one in group):
        return {}
    return {
        one.item: "the period is told otherwise"
        for one in group
        if _has(one, "whole_year", lexicon) and not _has(one, "part_of_year", lexicon)
    }


def retold(groups: Sequence[Sequence[Telling]], lexicon: Lexicon) -> dict[str, str]:
    """Texts that tell their origin otherwise, with what changed, by id of the text."""
    found: dict[str, str] = {}
    several = Counter(one for group in groups for one in {telling.item for telling in group})
    for group in groups:
        if len({one.item for one in group}) < 2:
            continue
        # A text that sets several origins side by side retells none of them otherwise.
        group = [one for one in group if several[one.item] < 2]  # noqa: PLW2901  the group without them
        for part in (
            _length(group),
            _period(group, lexicon),
            _certainty(group, lexicon),
            _numbers(group),
            _capacity(group, lexicon),
        ):
            found |= part
    return found
