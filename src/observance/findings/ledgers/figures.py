"""Figures of a ledger: one public statement of an amount each, with stage, kind, bound, period and origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from observance.errors import FormatError
from observance.findings.origins.drift import unit_class
from observance.findings.periods import bounds, latest
from observance.model import Drift, EventDate, Observation, Origin

__all__ = ["Figure", "figures_of", "read_figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One statement of an amount.

    Attributes:
        id: its name in the ledger, or the id of the observation.
        as_of: day on which it was stated.
        period: first and last day that it covers; None where that is open or not told.
        stage: offered, agreed, shipped, delivered or used.
        kind: count, capacity, equivalent (a weight turned into pieces), rate or none.
        unit: singular noun.
        value: the number, or the lower one of two.
        value_high: the higher one of two.
        bound: exact, about, nearly, at_least or up_to.
        origin: origin of the statement; figures of one origin are one source.
        speaker, outlet: who says it, through whom.
        part: a part of the whole (a year, a route), None for the whole.
        nested_in: a figure that contains it.
        includes: figures that it contains.
        derived_from: the count that a capacity was worked out from.
        drift_of: the figure that it retells otherwise.
        rival_of: another answer to the same question.
        seen: False while its source text has not been read.
        note: a word beside it.
    """

    id: str
    as_of: date
    period: tuple[date | None, date | None] = (None, None)
    stage: str
    kind: str
    unit: str
    value: float | None = None
    value_high: float | None = None
    bound: str = "exact"
    origin: str
    speaker: str = ""
    outlet: str = ""
    part: str | None = None
    nested_in: str | None = None
    includes: tuple[str, ...] = ()
    derived_from: str | None = None
    drift_of: str | None = None
    rival_of: str | None = None
    seen: bool = True
    note: str = ""


_STAGES = frozenset({"offered", "agreed", "shipped", "delivered", "used"})
_BOUNDS = frozenset({"exact", "about", "nearly", "at_least", "up_to"})


def _day(value: Any, where: str, faults: list[str], *, end: bool = False) -> date | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value
    found = bounds(str(value))[1 if end else 0]
    if found is None:
        faults.append(f"{where}: {value!r} is no day")
    return found


def read_figures(rows: Iterable[Mapping[str, Any]], *, where: str = "") -> tuple[Figure, ...]:
    """Figures from the rows of a ledger file.

    Raises:
        FormatError: with every fault: an unknown stage or bound, a reference to no figure or to a later one, no origin.
    """
    faults: list[str] = []
    found: list[Figure] = []
    for row in rows:
        key = str(row.get("id", ""))
        period = row.get("period") or (None, None)
        if isinstance(period, str):
            # A period in words ("year to November") bounds nothing by itself; an EDTF value does.
            period = bounds(period)
        day = _day(row.get("as_of"), key, faults)
        if not key or day is None or not row.get("origin"):
            faults.append(f"{key or 'a row'}: id, as_of and origin are needed")
            continue
        figure = Figure(
            id=key,
            as_of=day,
            period=(_day(period[0], key, faults), _day(period[1], key, faults, end=True)),
            stage=str(row.get("stage")),
            kind=str(row.get("kind", "none")),
            unit=str(row.get("unit")),
            value=row.get("value"),
            value_high=row.get("value_high"),
            bound=str(row.get("bound") or "exact"),
            origin=str(row["origin"]),
            speaker=str(row.get("speaker") or ""),
            outlet=str(row.get("outlet") or ""),
            part=str(row["part"]) if row.get("part") is not None else None,
            nested_in=row.get("nested_in"),
            includes=tuple(map(str, row.get("includes") or ())),
            derived_from=row.get("derived_from"),
            drift_of=row.get("drift_of"),
            rival_of=row.get("rival_of"),
            seen=row.get("seen", "read") == "read",
            note=str(row.get("note") or ""),
        )
        if figure.stage not in _STAGES:
            faults.append(f"{key}: stage {figure.stage} is none of {', '.join(sorted(_STAGES))}")
        if figure.kind in {"count", "capacity"} and figure.bound not in _BOUNDS:
            faults.append(f"{key}: bound {figure.bound} is none of {', '.join(sorted(_BOUNDS))}")
        found.append(figure)
    faults += _references(found)
    if faults:
        raise FormatError("the ledger has faults", where=where, faults=tuple(faults), step="mend the rows named")
    return tuple(found)


def _references(figures: Sequence[Figure]) -> list[str]:
    """Every reference exists, and what is contained is not later than what contains it."""
    faults: list[str] = []
    known = {figure.id: figure for figure in figures}
    if len(known) != len(figures):
        faults.append("an id stands twice")
    for one in figures:
        single = (one.nested_in, one.derived_from, one.drift_of, one.rival_of)
        for other in [ref for ref in (*single, *one.includes) if ref is not None]:
            if other not in known or other == one.id:
                faults.append(f"{one.id}: no figure {other}")
            elif other in one.includes and known[other].as_of > one.as_of:
                faults.append(f"{one.id}: includes {other}, which is later")
        if one.derived_from and one.kind != "capacity":
            faults.append(f"{one.id}: derived from a count, but no capacity")
    return faults


_KINDS = {"event": "count", "capacity": "capacity", "rate": "rate"}
_OPEN = {"offered": "offered", "intended": "agreed"}
_BOUND = {"more_than": "at_least", "less_than": "up_to", "between": "about"}


def _part(period: EventDate | None) -> str | None:
    """A figure for a closed year or month is one for a part; an open period is the whole."""
    return period.value if period and period.value and "/" not in period.value else None


def figures_of(
    observations: Iterable[Observation], origins: Sequence[Origin], drifts: Sequence[Drift]
) -> tuple[Figure, ...]:
    """Figures of the claims of one event or watch line, as the texts tell them, sorted by id.

    The stage follows from the modality (offered, agreed; told as done is *shipped*: few texts tell arrival apart),
    the kind
    from the role of the quantity. A telling that drifted from its origin says of which figure. Feared and conditional
    amounts are capacities or nothing.
    """
    origin_of = {key: origin for origin in origins for key in origin.observations}
    drifted = {key: (drift.at_origin or ("",))[0] for drift in drifts for key in drift.told_as if drift.quantity_told}
    found = []
    for one in sorted(observations, key=lambda o: o.id):
        day = latest(one.said_on.value if one.said_on else None) or latest(one.published)
        origin = origin_of.get(one.id)
        if day is None or origin is None or one.modality in {"denied", "opinion", "feared"}:
            continue
        for number, quantity in enumerate(one.quantities):
            low = quantity.value if quantity.value is not None else quantity.low
            kind = _KINDS.get(quantity.role, "none")
            if kind == "count" and one.modality == "believed" and quantity.approximator in {"up_to", "less_than"}:
                kind = "capacity"  # a belief that names a ceiling alone tells what was possible
            if low is None or (one.modality == "conditional" and kind != "capacity"):
                continue
            found.append(
                Figure(
                    id=one.id if not number else f"{one.id}#{number}",
                    as_of=day,
                    period=bounds(one.date.value if one.date else None),
                    stage=_OPEN.get(one.modality, "shipped"),
                    kind=kind if quantity.approximator != "order_of" else "none",
                    unit={"shell": "round"}.get(unit_class(quantity.unit), unit_class(quantity.unit)),
                    value=low,
                    value_high=quantity.high,
                    bound=_BOUND.get(quantity.approximator, quantity.approximator),
                    origin=origin.id,
                    speaker=origin.speaker or origin.label,
                    outlet=one.chain[0].name if one.chain else "",
                    part=_part(one.date),
                    drift_of=drifted.get(one.id) or None,
                )
            )
    return tuple(found)
