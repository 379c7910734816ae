"""Ranges on a day by a stated rule, with the reason of every figure for entering or staying out.

The rule, in this order: *known* by the day; *stage* (moved = shipped or delivered; offered, agreed and used are
listed and
never enter); *kind* (count and capacity have ranges of their own and are never mixed); *unit*; *drift* (a retelling
enters
nothing); *unseen* (a source not read enters nothing); *part* (a part stays out of the whole and has a range of its
own);
*contained* (what another admitted figure nests or includes leaves); *old* (the period of a figure of the whole ended
more
than a year before); *superseded* (of one origin only the latest stays). Nothing is ever added; origins are set side
by side.

Words of bound: about, nearly and exact give a lower and an upper end, at_least only a lower, up_to only an upper.
The low is
the smallest lower end, the high the largest end of any kind, and a range is open above where that largest is a lower
end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from observance.findings.ledgers.figures import Figure

__all__ = ["Entry", "Ledger", "Range", "Rule", "ledger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a ledger ranges over.

    Attributes:
        units: units that have ranges.
        kinds: kinds that have ranges.
        stages: name of a set of stages to its stages.
        max_age: days after the end of its period for which a figure of the whole is current.
    """

    units: tuple[str, ...] = ("container", "round")
    kinds: tuple[str, ...] = ("count", "capacity")
    stages: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("moved", ("shipped", "delivered")),
        ("delivered", ("delivered",)),
    )
    max_age: int = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A range of one unit, kind and set of stages on a day; `figures` empty is a gap and no zero."""

    unit: str
    kind: str
    stage: str
    part: str | None = None
    low: float | None = None
    high: float | None = None
    open_above: bool | None = None
    figures: tuple[str, ...] = ()

    @property
    def gap(self) -> bool:
        """Whether nobody known gives a current figure."""
        return not self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A figure and why it entered the range of what moved, or the first rule that kept it out."""

    figure: Figure
    reason: str
    text: str

    @property
    def entered(self) -> bool:
        """Whether it made a range."""
        return self.reason == "entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger on a day.

    Attributes:
        as_of: the day.
        ranges: of the whole, then of parts.
        entries: every known figure, in the order given, for the first set of stages.
        listed: figures by stage that never enter: offered, agreed, used.
        unknown: number of figures stated after the day.
        says: what has to be said beside the ranges.
    """

    as_of: date
    ranges: tuple[Range, ...]
    entries: tuple[Entry, ...]
    listed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: int = 0
    says: tuple[str, ...] = field(default=())


_LOWER = frozenset({"about", "nearly", "exact", "at_least"})
_UPPER = frozenset({"about", "nearly", "exact", "up_to"})
_TEXTS = {
    "stage": "it tells of no amount that moved ({stage})",
    "kind": "it is no count and no capacity ({kind})",
    "unit": "its unit has no range ({unit})",
    "drift": "it retells {drift_of} and is no further quantity",
    "unseen": "its source text has not been read",
    "part": "it is for a part ({part}) and has a range of its own",
    "contained": "another admitted figure contains it",
    "old": "its period ended more than a year before, and deliveries may have gone on",
    "superseded": "its own origin gave it again or a later figure",
}


def _sift(
    figures: Sequence[Figure], day: date, stages: tuple[str, ...], part: str | None, rule: Rule
) -> tuple[list[Figure], dict[str, str]]:
    """The figures that may make a range, and for each other one the first rule that keeps it out."""
    out: dict[str, str] = {}

    def keep(rows: list[Figure], reason: str, holds: Callable[[Figure], bool]) -> list[Figure]:
        out.update({f.id: reason for f in rows if not holds(f)})
        return [f for f in rows if holds(f)]

    rows = keep(list(figures), "stage", lambda f: f.stage in stages)
    rows = keep(rows, "kind", lambda f: f.kind in rule.kinds and f.value is not None)
    rows = keep(rows, "unit", lambda f: f.unit in rule.units)
    rows = keep(rows, "drift", lambda f: f.drift_of is None)
    rows = keep(rows, "unseen", lambda f: f.seen)
    rows = keep(rows, "part", lambda f: f.part == part)
    here = {f.id for f in rows}
    inside = {key for f in rows for key in f.includes} | {f.id for f in rows if f.nested_in in here}
    rows = keep(rows, "contained", lambda f: f.id not in inside)
    if part is None:
        limit = day - timedelta(days=rule.max_age)
        rows = keep(rows, "old", lambda f: (f.period[1] or f.as_of) >= limit)
    newest: dict[tuple[str, str, str], Figure] = {}
    for one in sorted(rows, key=lambda f: f.as_of):
        newest[one.origin, one.kind, one.unit] = one
    latest_ids = {f.id for f in newest.values()}
    rows = keep(rows, "superseded", lambda f: f.id in latest_ids)
    return rows, out


def _range(rows: Sequence[Figure], unit: str, kind: str, stage: str, part: str | None) -> Range:
    mine = [f for f in rows if (f.unit, f.kind) == (unit, kind) and f.value is not None]
    lows = [f.value for f in mine if f.bound in _LOWER and f.value is not None]
    highs = [f.value_high or f.value for f in mine if f.bound in _UPPER]
    ends = [end for end in (*lows, *highs) if end is not None]
    top = max(ends, default=None)
    return Range(
        unit=unit,
        kind=kind,
        stage=stage,
        part=part,
        low=min(lows, default=None),
        high=top,
        open_above=top not in highs if mine else None,
        figures=tuple(sorted(f.id for f in mine)),
    )


def _says(figures: Sequence[Figure], ranges: Sequence[Range]) -> tuple[str, ...]:
    """What has to stand beside the ranges."""
    found = []
    if any(f.kind == "capacity" for f in figures):
        found.append("A capacity is what could be held and is no count; the contents were not seen unless it is said.")
    found += [f"{f.id} descends from {f.drift_of} and is no further quantity." for f in figures if f.drift_of]
    found += [
        f"Nobody known gives a current figure: {r.unit}, {r.kind}, {r.stage}. A gap is no zero."
        for r in ranges
        if r.gap
    ]
    found += [
        f"Nobody says how many at most: {r.unit}, {r.kind}, {r.stage}{f', {r.part}' if r.part else ''}."
        for r in ranges
        if r.open_above
    ]
    return tuple(found)


def ledger(figures: Sequence[Figure], as_of: date, rule: Rule = Rule()) -> Ledger:
    """The ledger on a day: ranges, the reason of every figure, and what has to be said."""
    known = [f for f in figures if f.as_of <= as_of]
    ranges: list[Range] = []
    for unit in rule.units:
        for kind in rule.kinds:
            for stage, stages in rule.stages:
                rows, _ = _sift(known, as_of, stages, None, rule)
                made = _range(rows, unit, kind, stage, None)
                if made.figures or any((f.unit, f.kind) == (unit, kind) and f.stage in stages for f in known):
                    ranges.append(made)
    for part in sorted({f.part for f in known if f.part}):
        for stage, stages in rule.stages[:1]:
            rows, _ = _sift(known, as_of, stages, part, rule)
            made_parts = [_range(rows, unit, kind, stage, part) for unit in rule.units for kind in rule.kinds]
            ranges += [one for one in made_parts if one.figures]
    _, out = _sift(known, as_of, rule.stages[0][1], None, rule)
    entries = []
    for one in known:
        reason = out.get(one.id, "entered")
        words = {"stage": one.stage, "kind": one.kind, "unit": one.unit, "drift_of": one.drift_of, "part": one.part}
        text = _TEXTS[reason].format(**words) if reason in _TEXTS else "it stands in the range"
        entries.append(Entry(figure=one, reason=reason, text=text))
    moving = {stage for _, stages in rule.stages for stage in stages}
    listed = tuple(
        (stage, tuple(sorted(f.id for f in known if f.stage == stage)))
        for stage in ("offered", "agreed", "used")
        if stage not in moving
    )
    return Ledger(
        as_of=as_of,
        ranges=tuple(ranges),
        entries=tuple(entries),
        listed=listed,
        unknown=len(figures) - len(known),
        says=_says(known, ranges),
    )
