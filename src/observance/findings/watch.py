"""The watch list: what is offered, agreed, feared, planned or unclear, and what would settle it.

On it: a claim that may only be watched (an offer, an agreement, a fear, a condition) and has a prospective measure;
and a claim or sighting outside all findings whose verdict is *indicator* or *not determined*. A telling that turned an
offer or
a capacity of its own origin into a deed is watched too, with the drift beside it, since nothing settles which is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from observance.findings.case import Case
from observance.findings.gaps import WOULD_SHOW
from observance.findings.sketch import Sketch
from observance.findings.wording import act_noun, sides
from observance.model import Indicator, MeasureId, content_id

__all__ = ["watch_list", "watched"]

_OPEN = frozenset({"indicator", "not_determined"})


def watched(case: Case, row: Sketch, in_findings: frozenset[str]) -> bool:
    """Whether an observation is on the watch list."""
    if not row.sides and not row.identities:
        return False  # nobody to watch
    verdicts = case.verdicts(row.id)
    if row.enters == "watch_only":
        return "prospective" in verdicts
    if row.enters != "as_claim" or row.id in in_findings:
        return False
    if verdicts & _OPEN:
        return True
    return bool(verdicts & {"engaged", "prospective"}) and (case.drifted(row.id) or case.capacity_only(row))


def _way(row: Sketch) -> tuple[str, str]:
    return ("+".join(sorted(row.givers)), "+".join(sorted(row.takers))) if row.directed else ("", "")


def _groups(rows: Sequence[Sketch]) -> list[list[Sketch]]:
    """Rows of one family, sides and direction; one whose direction is open joins the only direction there is."""
    found: dict[tuple[str, frozenset[str], frozenset[str]], dict[tuple[str, str], list[Sketch]]] = defaultdict(dict)
    loose: list[Sketch] = []
    for row in sorted(rows, key=lambda r: r.id):
        if len(row.sides) < 2 and not row.identities:
            loose.append(row)
            continue
        found[row.family, row.sides, row.identities].setdefault(_way(row), []).append(row)
    for row in loose:
        fits = [
            ways
            for (family, both, names), ways in sorted(found.items(), key=str)
            if family == row.family and not names and row.sides <= both
        ]
        if row.sides and len(fits) == 1 and len(fits[0]) == 1:
            next(iter(fits[0].values())).append(row)
        else:
            found[row.family, row.sides, row.identities].setdefault(_way(row), []).append(row)
    groups: list[list[Sketch]] = []
    for ways in found.values():
        undirected = ways.pop(("", ""), [])
        if len(ways) == 1:
            next(iter(ways.values())).extend(undirected)
        elif undirected:
            groups.append(undirected)
        groups.extend(ways.values())
    return groups


def watch_list(case: Case, in_findings: frozenset[str]) -> tuple[Indicator, ...]:
    """Lines of the watch list, sorted by id; `in_findings` are observations that findings rest on."""
    rows = [row for row in case.sketches.values() if watched(case, row, in_findings)]
    return tuple(sorted((_line(case, many) for many in _groups(rows)), key=lambda line: line.id))


def _line(case: Case, rows: Sequence[Sketch]) -> Indicator:
    family = rows[0].family
    measures = sorted(
        {
            j.measure
            for row in rows
            for j in case.conduct(row.id)
            if j.verdict in {"prospective", "indicator", "not_determined", "engaged"}
        }
    )
    givers = sorted({s for row in rows for s in row.givers})
    takers = sorted({s for row in rows for s in row.takers})
    others = sorted({s for row in rows for s in row.open} | {n for row in rows for n in row.identities})
    what = act_noun(case, family, rows) + sides(case, givers, takers, others, rows)
    would = WOULD_SHOW.get(family, "documents, images and tracks")
    ids = {row.id for row in rows}
    drift = case.drifts_on(ids)
    # What shares an origin and a drift with a watched claim is shown beside it, so that no figure stands alone.
    beside = {key for d in drift for key in (*d.at_origin, *d.told_as)} | _counts_behind(case, rows)
    contradicting = sorted({key for d in case.denials_on(ids) for key in d.observations})
    return Indicator(
        id=content_id(
            "wch", [family, givers, takers, others, sorted((r.evidence, r.observation.key, r.id) for r in rows)]
        ),
        title=what[:1].upper() + what[1:],
        measures=tuple(MeasureId(str(m)) for m in measures),
        observations=tuple(sorted(ids)),
        confirm=f"A later report that it was done, told as fact, or {would}.",
        refute="A later report that it came to nothing, or a paper that shows an exemption.",
        drift=tuple(d.id for d in drift),
        beside=tuple(sorted(beside - ids)),
        contradicting=tuple(contradicting),
    )


def _counts_behind(case: Case, rows: Sequence[Sketch]) -> set[str]:
    """Figures of the same origin and matter in another unit: what was counted behind a capacity or an agreed amount."""
    found: set[str] = set()
    for row in rows:
        if not any(q.value is not None for q in row.observation.quantities):
            continue
        for key in case.origins[case.origin_of[row.id]].observations:
            other = case.sketches[key]
            figures = any(q.value is not None for q in other.observation.quantities)
            vague = {item.token for item in other.observation.items} <= {"cargo_any", "containers", "any_item"}
            same = other.family == row.family or vague
            if key != row.id and figures and same and other.sides == row.sides:
                found.add(key)
    return found
