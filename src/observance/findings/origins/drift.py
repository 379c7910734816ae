"""Drift: one origin told in forms that differ. Both forms stay; the record says which is nearer to the origin.

Three shapes. A figure that is what something could *hold* in one telling and an amount agreed or sent in another.
Something
offered, planned or feared in one telling and done in another. A figure that differs by more than its rounding. A figure
that the words make a bound ("at least", "up to") and one that rounds it are no drift by themselves.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from observance.findings.sketch import Sketch, fold
from observance.model import Drift, Origin, Quantity, content_id

__all__ = ["drifts_of", "same_rounded", "unit_class"]

# Singular nouns for one thing; the ledger of rounds treats a shell as a round, and so does a reteller.
_UNITS = {
    "artillery shell": "shell", "artillery round": "shell", "round": "shell", "artillery_shell": "shell",
    "ton": "tonne", "metric ton": "tonne", "metric_ton": "tonne", "bbl": "barrel", "ship": "vessel", "tanker": "vessel",
    "troop": "soldier", "labourer": "worker", "shipping container": "container",
}  # fmt: skip
_DIRECTED = frozenset({"as_claim", "watch_only"})


def unit_class(unit: str | None) -> str:
    """Unit under which two figures can be compared."""
    folded = fold(unit or "")
    return _UNITS.get(folded, folded)


def same_rounded(one: float, two: float) -> bool:
    """Whether one figure rounds to the other, within a twentieth of the larger: 4.8 and 5 do, 4.8 and 6 do not."""
    return abs(one - two) <= 0.05 * max(abs(one), abs(two))


def _figure(sketch: Sketch, role: Callable[[str], bool]) -> Iterable[Quantity]:
    return (q for q in sketch.observation.quantities if q.value is not None and role(q.role))


def _matter(sketch: Sketch) -> tuple[str, str, str]:
    if sketch.directed:
        return sketch.family, "+".join(sorted(sketch.givers)), "+".join(sorted(sketch.takers))
    return sketch.family, "", "+".join(sorted(sketch.sides))


def _one(
    origin: Origin,
    kind: str,
    near: Iterable[Sketch],
    off: Iterable[Sketch],
    text: str,
    figures: tuple[Quantity, Quantity] | None = None,
) -> Drift:
    at_ids, told_ids = tuple(sorted({s.id for s in near})), tuple(sorted({s.id for s in off}))
    return Drift(
        id=content_id("drf", [kind, at_ids, told_ids]),
        kind=kind,
        origin=origin.id,
        at_origin=at_ids,
        told_as=told_ids,
        quantity_at_origin=figures[0] if figures else None,
        quantity_told=figures[1] if figures else None,
        text=text,
    )


def show(quantity: Quantity) -> str:
    """A figure as words: approximator, number, unit."""
    sign = {
        "exact": "",
        "at_least": "at least ",
        "up_to": "up to ",
        "more_than": "more than ",
        "less_than": "less than ",
    }
    lead = sign.get(quantity.approximator, f"{quantity.approximator.replace('_', ' ')} ")
    value = f"{quantity.value:,.0f}" if quantity.value is not None else "an amount not told"
    unit = quantity.unit or ""
    plural = f"{unit}s" if unit and quantity.value not in {None, 1.0} and unit.isalpha() and unit.islower() else unit
    return f"{lead}{value} {plural}".strip()


def _capacity(origin: Origin, rows: Sequence[Sketch]) -> Iterable[Drift]:
    """A capacity told as an amount."""
    holds = [(s, q) for s in rows for q in _figure(s, lambda role: role == "capacity")]
    for kind, enters, word in (
        ("capacity_to_agreement", "watch_only", "as an amount agreed or offered"),
        ("capacity_to_delivery", "as_claim", "as an amount that moved"),
    ):
        pairs = [
            (at, told, hold, amount)
            for (at, hold), told in itertools.product(holds, rows)
            if told.enters == enters and told.id != at.id
            for amount in _figure(told, lambda role: role == "event")
            if unit_class(amount.unit) == unit_class(hold.unit) and same_rounded(amount.value or 0, hold.value or 0)
        ]
        if pairs:
            hold, amount = pairs[0][2], pairs[0][3]
            text = (
                f"The figure is what something could hold in one telling ({show(hold)}) and is told {word} in another "
                f"({show(amount)}). One origin, so no amount is drawn from it."
            )
            yield _one(origin, kind, (p[0] for p in pairs), (p[1] for p in pairs), text, (hold, amount))


def _modality(
    origin: Origin, rows: Sequence[Sketch], first_hand: frozenset[str], taken: frozenset[str]
) -> Iterable[Drift]:
    """Something not yet done in one telling and done in another, about the same goods and, where told, one figure."""
    told = [s for s in rows if s.id not in taken]
    kinds: dict[tuple[str, ...], list[Sketch]] = defaultdict(list)
    for one in told:
        figures = sorted({unit_class(q.unit) for q in _figure(one, lambda role: role == "event")})
        kinds[tuple(figures)].append(one)
    for many in kinds.values():
        open_ones = [s for s in many if s.observation.modality in {"offered", "intended"}]
        done = [s for s in many if s.enters == "as_claim"]
        # A document that tells both knows two acts, one done and one not; it takes two documents to drift.
        if not open_ones or not done or {s.evidence for s in open_ones} & {s.evidence for s in done}:
            continue
        offered = any(s.observation.modality == "offered" for s in open_ones)
        kind = "offered_against_given" if offered else "modality"
        near = [s for s in many if s.evidence in first_hand]
        what = "an offer" if offered else "a plan or an agreement"
        text = f"One telling has {what}, another tells it as done. One origin; the wording at the origin "
        text += "is in the file." if near else "is not in the file, so neither is settled."
        yield _one(origin, kind, near, [s for s in (*open_ones, *done) if s not in near], text)


def _figures(
    origin: Origin, rows: Sequence[Sketch], first_hand: frozenset[str], taken: frozenset[str]
) -> Iterable[Drift]:
    """Figures of one occasion for one thing that differ by more than their rounding."""
    by_unit: dict[str, list[tuple[Sketch, Quantity]]] = defaultdict(list)
    for one in rows:
        if one.id in taken or one.enters not in _DIRECTED:
            continue
        for quantity in _figure(one, lambda role: role == "event"):
            by_unit[unit_class(quantity.unit)].append((one, quantity))
    for many in by_unit.values():
        values: dict[float, list[tuple[Sketch, Quantity]]] = defaultdict(list)
        for one, quantity in many:
            values[quantity.value or 0].append((one, quantity))
        if len(values) < 2 or all(same_rounded(a, b) for a, b in itertools.combinations(values, 2)):
            continue
        by_document = {one.evidence: {q.value for s, q in many if s.evidence == one.evidence} for one, _ in many}
        if any(len(found) > 1 for found in by_document.values()):
            continue  # one document tells several amounts of this unit: they are of different things
        near = [pair for pair in many if pair[0].evidence in first_hand]
        base = max(values, key=lambda v: (any(s.evidence in first_hand for s, _ in values[v]), len(values[v]), -v))
        off = [pair for pair in many if not same_rounded(pair[1].value or 0, base)]
        text = f"The figure differs between tellings of one origin: {show(values[base][0][1])} and {show(off[0][1])}."
        at = [s for s, _ in (near or values[base])]
        yield _one(origin, "figure", at, (s for s, _ in off), text, (values[base][0][1], off[0][1]))


def drifts_of(origins: Sequence[Origin], sketches: Mapping[str, Sketch]) -> tuple[Drift, ...]:
    """Drift records of every origin, sorted by id.

    A document is nearest to the origin where no outlet stands between the speaker and it (its chain has the
    publisher and the speaker, and another document of the origin names that publisher as its source).
    """
    found: list[Drift] = []
    for origin in origins:
        rows = [sketches[key] for key in origin.observations]
        if len({row.evidence for row in rows}) < 2:
            continue
        cited = {fold(link.name) for row in rows for link in row.observation.chain[1:-1]}
        first_hand = frozenset(
            row.evidence for row in rows if row.observation.chain and fold(row.observation.chain[0].name) in cited
        )
        matters: dict[tuple[str, str, str], list[Sketch]] = defaultdict(list)
        for row in sorted(rows, key=lambda s: s.id):
            matters[_matter(row)].append(row)
        for _, many in sorted(matters.items()):
            if len({row.evidence for row in many}) < 2:
                continue
            capacity = list(_capacity(origin, many))
            taken = frozenset(key for drift in capacity for key in (*drift.at_origin, *drift.told_as))
            found += capacity
            found += _modality(origin, many, first_hand, taken)
            found += _figures(origin, many, first_hand, taken)
    return tuple(sorted(found, key=lambda d: d.id))
