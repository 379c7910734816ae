"""Events: which observations speak of one happening, with the grounds, reversible by a person.

Observations meet in one event where the family of the thing, the sides and their direction, the identities (ships,
companies) and the period agree. Detectors do not matter: a track, a list match, a trade flow and a claim in a text meet
by the same keys. A side left open ("between A and B") takes the direction that other passages of the same document
give,
or else the one direction that the whole file gives; that it is inferred is a ground of the event. A passage without a
date joins the latest happening of its kind that had begun when it was published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from observance.findings.decided import Located
from observance.findings.groups import Groups, merged
from observance.findings.periods import overlap
from observance.findings.sketch import Sketch
from observance.model import Decision, Ground

__all__ = ["Grouping", "Parameters", "direct", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Slack of grouping, in days.

    Attributes:
        incident: between sightings of one ship or one short happening.
        flow: between periods of one flow between the same sides.
        short: length up to which a period is a short happening.
    """

    incident: int = 3
    flow: int = 31
    short: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One event in the making: members and grounds."""

    members: tuple[Sketch, ...]
    grounds: tuple[Ground, ...]


# Happenings in which something goes from one side to the other; talks, visits and growth of trade have no direction.
_ONE_WAY = frozenset(
    {
        "arms_transfer",
        "technology_assistance",
        "petroleum_delivery",
        "ship_to_ship",
        "labour",
        "commodity_export",
        "goods_import",
    }
)


def direct(sketches: Sequence[Sketch]) -> tuple[dict[str, Sketch], dict[str, Ground]]:
    """Sketches with open sides turned where siblings tell the direction, and the ground of each turn.

    The order of trust: relations that the reader marked, passages of the same document, the whole file. Siblings that
    disagree settle nothing, and the sides stay open. A sibling is a passage of the same event type: an exchange in
    general takes no direction from an aid that goes one way.
    """
    inside: dict[tuple[str, str, str, frozenset[str]], list[Sketch]] = defaultdict(list)
    anywhere: dict[tuple[str, str, frozenset[str]], list[Sketch]] = defaultdict(list)
    by_key: dict[tuple[str, str], Sketch] = {}
    for one in sketches:
        by_key[one.evidence, one.observation.key] = one
        if one.directed and one.enters != "never":
            inside[one.evidence, one.family, one.observation.event_type, one.sides].append(one)
            anywhere[one.family, one.observation.event_type, one.sides].append(one)
    turned: dict[str, Sketch] = {}
    grounds: dict[str, Ground] = {}
    for one in sketches:
        turned[one.id] = one
        kind = one.observation.event_type
        if len(one.open) != 2 or one.givers or one.takers or kind not in _ONE_WAY:
            continue
        marked = [
            by_key[one.evidence, relation.to]
            for relation in one.observation.relations
            if relation.type == "direction_from" and (one.evidence, relation.to) in by_key
        ]
        marked = [sibling for sibling in marked if sibling.directed and sibling.sides == one.open]
        for siblings, where in (
            (marked, "other passages of the same document"),
            (inside[one.evidence, one.family, kind, one.open], "other passages of the same document"),
            (anywhere[one.family, kind, one.open], "other documents of the file"),
        ):
            ways = {(sibling.givers, sibling.takers) for sibling in siblings}
            if len(ways) == 1:
                givers, takers = next(iter(ways))
                turned[one.id] = replace(one, givers=givers, takers=takers, open=frozenset())
                text = f"the passage leaves the direction open; it is inferred from {where}, not stated in it"
                members = tuple(sorted({one.id, *(s.id for s in siblings[:6])}))
                grounds[one.id] = Ground(kind="direction_inferred", text=text, members=members)
                break
            if ways:
                break
    return turned, grounds


def _short(one: Sketch, parameters: Parameters) -> bool:
    start, end = one.period
    return start is not None and end is not None and (end - start).days <= parameters.short


def _slack(one: Sketch, two: Sketch, parameters: Parameters) -> int:
    return parameters.incident if _short(one, parameters) and _short(two, parameters) else parameters.flow


def _dated(rows: Sequence[Sketch], groups: Groups[str], parameters: Parameters, why: str) -> list[Sketch]:
    """Tie dated rows whose periods meet (a sweep over starts); returns the rows without a date."""
    dated = sorted((r for r in rows if r.period != (None, None)), key=lambda r: (r.period[0] or date.min, r.id))
    reach: list[Sketch] = []
    for row in dated:
        still: list[Sketch] = []
        start = row.period[0] or date.min
        for other in reach:
            if (
                other.period[1] is None
                or start == date.min
                or other.period[1] + timedelta(days=parameters.flow) >= start
            ):
                still.append(other)
                if overlap(other.period, row.period, _slack(other, row, parameters)):
                    groups.tie(
                        other.id, row.id, Ground(kind="same_parties_item_and_time", text=why, members=_two(other, row))
                    )
        # One open or long period is enough to carry a cluster on; keeping all would be quadratic.
        reach = sorted([*still, row], key=lambda r: (r.period[1] is None, r.period[1] or date.max, r.id))[-8:]
    return [r for r in rows if r.period == (None, None)]


def _two(one: Sketch, two: Sketch) -> tuple[str, str]:
    return (one.id, two.id) if one.id < two.id else (two.id, one.id)


def _undated(rows: Sequence[Sketch], dated: Sequence[Sketch], groups: Groups[str], why: str) -> None:
    """A row without a date joins the latest dated cluster that had begun when it was told, else its like."""
    starts: dict[str, date] = {}
    for row in dated:
        root = groups.root(row.id)
        starts[root] = min(starts.get(root, date.max), row.period[0] or date.min)
    ordered = sorted(starts.items(), key=lambda pair: (pair[1], pair[0]))
    loose: list[Sketch] = []
    for row in rows:
        known = row.told[1] or date.max
        fits = [root for root, start in ordered if start <= known]
        if fits:
            ground = Ground(kind="same_parties_and_item", text=f"{why}; the passage gives no date", members=(row.id,))
            groups.tie(fits[-1], row.id, ground)
        else:
            loose.append(row)
    for one, two in pairwise(loose):
        ground = Ground(kind="same_parties_and_item", text=f"{why}; neither gives a date", members=_two(one, two))
        groups.tie(one.id, two.id, ground)


def _buckets(rows: Iterable[Sketch]) -> tuple[dict[tuple[str, ...], list[Sketch]], list[Sketch]]:
    """Flows by family and direction; the second part names one side only and joins a flow that fits, or stays alone."""
    full: dict[tuple[str, ...], list[Sketch]] = defaultdict(list)
    partial: list[Sketch] = []
    for row in rows:
        if row.directed:
            full[row.family, "+".join(sorted(row.givers)), "+".join(sorted(row.takers))].append(row)
        elif len(row.sides) == 1 or (len(row.open) > 1):
            partial.append(row)
        elif row.sides:
            full[row.family, "|".join(sorted(row.sides)), ""].append(row)
    return full, partial


def _fits(row: Sketch, key: tuple[str, ...]) -> bool:
    family, givers, takers = key
    if family != row.family:
        return False
    if row.givers:
        return "+".join(sorted(row.givers)) == givers
    if row.takers:
        return "+".join(sorted(row.takers)) == takers
    sides = set(givers.split("+")) | set(takers.split("+"))
    return bool(row.open) and row.open <= sides


def _incidents(rows: Sequence[Sketch], groups: Groups[str], parameters: Parameters) -> None:
    """Rows that name a ship or company meet where they share one and their periods meet."""
    by_name: dict[tuple[str, str], list[Sketch]] = defaultdict(list)
    for row in rows:
        for name in row.identities:
            by_name[name, ""].append(row)
    for (name, _), many in by_name.items():
        why = f"both name {name} in one period"
        for rows_of_kind in _kinds(many):
            ordered = sorted(rows_of_kind, key=lambda r: r.id)
            undated = _dated(ordered, groups, parameters, why)
            _undated(undated, [r for r in ordered if r.period != (None, None)], groups, f"both name {name}")


# What a ship is seen or said to do; it goes with whatever the ship carried on that voyage.
_VOYAGE = frozenset(
    {"vessel_behaviour", "port_call", "deceptive_shipping", "ship_to_ship", "seizure", "listing", "monitoring"}
)


def _kinds(rows: Sequence[Sketch]) -> list[list[Sketch]]:
    """Rows of one ship by the kind of goods: a payment for a voyage is another happening than its cargo.

    What the ship did goes with the goods whose day is nearest.
    """
    plain: dict[str, list[Sketch]] = defaultdict(list)
    voyage = []
    for row in sorted(rows, key=lambda r: r.id):
        if row.observation.event_type in _VOYAGE:
            voyage.append(row)
        else:
            plain[row.family].append(row)
    if len(plain) < 2:
        return [list(rows)]
    firm = {kind: tuple(many) for kind, many in plain.items()}
    for row in voyage:
        day = row.period[0] or row.told[1]
        nearest = min(
            plain,
            key=lambda kind: (
                min(_apart(day, other.period[0] or other.told[1]) for other in firm[kind]),
                kind,
            ),
        )
        plain[nearest].append(row)
    return list(plain.values())


def _apart(one: date | None, two: date | None) -> int:
    return abs((one - two).days) if one and two else date.max.toordinal()


def group(
    sketches: Sequence[Sketch],
    turned: Mapping[str, Ground],
    decisions: Sequence[Decision] = (),
    parameters: Parameters = Parameters(),
) -> tuple[Grouping, ...]:
    """Events as groups of observations, sorted by their first member.

    Args:
        sketches: observations that may speak of something that happened (claims, sightings, flows, matches).
        turned: grounds of directions that were inferred, by observation.
        decisions: what persons joined and parted.
        parameters: slack of grouping.
    """
    rows = sorted(sketches, key=lambda s: s.id)
    by_id = {row.id: row for row in rows}
    groups: Groups[str] = Groups(by_id)
    _incidents([row for row in rows if row.identities], groups, parameters)
    full, partial = _buckets(row for row in rows if not row.identities)
    open_ends: dict[tuple[str, ...], list[Sketch]] = defaultdict(list)
    for row in partial:
        fits = _fitting(row, full)
        if len(fits) == 1:
            full[fits[0]].append(row)
        else:
            open_ends[
                row.family, "+".join(sorted(row.givers)), "+".join(sorted(row.takers)), "+".join(sorted(row.open))
            ].append(row)
    for many in (*full.values(), *open_ends.values()):
        why = "the same sides, direction and kind of goods"
        undated = _dated(many, groups, parameters, why)
        _undated(undated, [r for r in many if r.period != (None, None)], groups, why)
    parted = _decide(by_id, groups, decisions)
    grounds = groups.grounds()
    found: list[Grouping] = []
    for root, members in groups.groups().items():
        why_all = tuple(grounds.get(root, ()))
        rest = [by_id[key] for key in members if key not in parted]
        if rest:
            extra = tuple(turned[row.id] for row in rest if row.id in turned)
            found.append(Grouping(members=tuple(rest), grounds=merged((*why_all, *extra))))
        for key in members:
            if key in parted:
                ground = Ground(kind="person", text=parted[key], members=(key,))
                found.append(Grouping(members=(by_id[key],), grounds=(ground,)))
    return tuple(sorted(found, key=lambda g: g.members[0].id))


def _fitting(row: Sketch, full: Mapping[tuple[str, ...], list[Sketch]]) -> list[tuple[str, ...]]:
    return [key for key in sorted(full) if key[0] == row.family and _fits(row, key)]


def _decide(by_id: Mapping[str, Sketch], groups: Groups[str], decisions: Sequence[Decision]) -> dict[str, str]:
    located = Located(row.observation for row in by_id.values())
    parted: dict[str, str] = {}
    for decision in sorted(decisions, key=lambda d: (d.at, d.id)):
        if decision.kind not in {"join_events", "part_events"}:
            continue
        meant = [key for key in located.meant(decision) if key in by_id]
        if decision.kind == "part_events":
            parted.update(dict.fromkeys(meant, f"parted by {decision.by}: {decision.reason}"))
            continue
        for key in meant:
            parted.pop(key, None)
        for one, two in pairwise(meant):
            ground = Ground(kind="person", text=f"joined by {decision.by}: {decision.reason}", members=tuple(meant))
            groups.tie(one, two, ground)
    return parted
