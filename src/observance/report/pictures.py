"""Figures of a report from its records: time line, figures as told, small map. Each with its table twin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from observance.model import Observation, Quantity
from observance.report.days import Period, period
from observance.report.desk import Desk, measure_anchor
from observance.report.figures.shapes import Bar, Bars, Mark, Place, SmallMap, TimeLine
from observance.report.marks import modality_word
from observance.report.tree import Cell, Chip, Column, Day, Figure, Inline, Ref, Row, Section, Support, Table, Text
from observance.report.words import chain_words, quantity_words, shorten

__all__ = ["bars_figure", "map_section", "time_section"]

HAPPENED, SAID, PUBLISHED, LAW = "Happened, as told", "Said", "Published", "Law"
_DRAWN = 48
_MOVED = {"event", "capacity"}


def bars_figure(desk: Desk, observations: Iterable[str], anchor: str) -> tuple[Figure, ...]:
    """Figures in one unit, a bar a claim; at least two of them, else a picture says nothing that words do not."""
    by_unit: dict[str, list[tuple[Observation, Quantity]]] = {}
    for found in (desk.observations[one] for one in observations if one in desk.observations):
        for quantity in found.quantities:
            if quantity.unit and quantity.role in _MOVED and _ends(quantity) != (None, None):
                by_unit.setdefault(quantity.unit, []).append((found, quantity))
    figures: list[Figure] = []
    for unit, told in sorted(by_unit.items()):
        if len(told) < 2:
            continue
        bars, rows = [], []
        for observation, quantity in told:
            low, high = _ends(quantity)
            speaker = observation.speaker
            label = shorten(speaker.name if speaker else chain_words(observation), 32)
            modality = "conditional" if quantity.role == "capacity" else observation.modality
            how = "capacity" if quantity.role == "capacity" else modality_word(observation.modality)
            words = quantity_words(replace(quantity, role="event"))
            bars.append(Bar(label=label, low=low, high=high, modality=modality, how=how, words=words))
            rows.append(
                Row(
                    cells=(
                        Cell(lines=((Text(text=chain_words(observation)),),)),
                        Cell(lines=((desk.modality(observation),),)),
                        Cell(lines=((Text(text=quantity_words(quantity)),),)),
                        Cell(lines=(desk.notes((observation.id,)),)),
                    ),
                    supports=Support.many("observation", (observation.id,)),
                )
            )
        name = f"{anchor}-bars-{len(figures) + 1}"
        figures.append(
            Figure(
                anchor=name,
                title=f"Figures told in {unit.replace('_', ' ')}s, claim by claim",
                source="Source: the claims in the table below, each with its passage.",
                caveat="Figures of different claims may count the same things: they are never added. "
                "A capacity is what could be held, not what moved.",
                drawing=Bars(unit=unit, bars=tuple(bars)),
                twin=Table(
                    anchor=f"t-{name}",
                    caption=f"Figures told in {unit.replace('_', ' ')}s",
                    columns=(
                        Column(title="Who tells it"),
                        Column(title="How"),
                        Column(title="Figure", numeric=True),
                        Column(title="Passage"),
                    ),
                    rows=tuple(rows),
                ),
            )
        )
    return tuple(figures)


def _ends(quantity: Quantity) -> tuple[float | None, float | None]:
    """Lower and upper end of what a quantity says; an approximator opens the side it leaves open."""
    if quantity.low is not None or quantity.high is not None:
        return quantity.low, quantity.high
    value = quantity.value
    match quantity.approximator:
        case "at_least" | "more_than" | "order_of":
            return value, None
        case "up_to" | "less_than":
            return None, value
        case _:
            return value, value


def time_section(desk: Desk) -> Section | None:
    """The time line of what the report shows: what happened as told, when it was said, when published, and the law."""
    entries: list[tuple[str, Period, str, str, Row]] = []
    for observation in _shown(desk):
        happened = period(observation.date.value) if observation.date else None
        if happened and observation.date:
            row = _time_row(desk, HAPPENED, observation.date.value, observation)
            entries.append((HAPPENED, happened, observation.modality, _label(observation), row))
        said = period(observation.said_on.value) if observation.said_on else None
        if said and observation.said_on:
            row = _time_row(desk, SAID, observation.said_on.value, observation)
            entries.append((SAID, said, observation.modality, _label(observation), row))
    for evidence in desk.given.evidence:
        published = period(evidence.meta.published)
        if published and evidence.meta.published and evidence.kind != "list":
            cells = _cells(PUBLISHED, evidence.meta.published, desk.source_line(evidence.sha256))
            row = Row(cells=cells, supports=Support.many("evidence", (evidence.sha256,)))
            label = evidence.meta.title or evidence.meta.publisher or evidence.name
            entries.append((PUBLISHED, published, "asserted", label, row))
    if not entries:
        return None
    entries.extend(_law(desk, entries))
    lanes = (HAPPENED, SAID, PUBLISHED, LAW)
    entries.sort(key=lambda one: (lanes.index(one[0]), one[1].start, one[1].end, one[3]))
    return _time_figure(lanes, entries)


def _time_figure(lanes: tuple[str, ...], entries: list[tuple[str, Period, str, str, Row]]) -> Section:
    marks, rows = [], []
    for number, (lane, when, modality, label, row) in enumerate(entries, start=1):
        if number <= _DRAWN:
            marks.append(
                Mark(
                    number=number,
                    lane=lane,
                    start=when.start,
                    end=when.end,
                    open_start=when.open_start,
                    open_end=when.open_end,
                    modality=modality,
                    label=label,
                )
            )
        rows.append(Row(cells=(Cell(lines=((Text(text=str(number)),),)), *row.cells), supports=row.supports))
    more = f" The first {_DRAWN} of {len(entries)} are drawn; all stand in the table." if len(entries) > _DRAWN else ""
    used = tuple(lane for lane in lanes if any(mark.lane == lane for mark in marks))
    return Section(
        anchor="time",
        title="Time line",
        blocks=(
            Figure(
                anchor="fig-time",
                title="What happened as told, when it was said, and when it was published",
                source="Source: the claims and documents in the table below.",
                caveat="A bar is the whole period that the words allow, not the time that an act took; an arrow is an "
                f"open end. The shape of a mark is the modality of the claim.{more}",
                drawing=TimeLine(lanes=used, marks=tuple(marks)),
                twin=Table(
                    anchor="t-time",
                    caption="The same as a table",
                    columns=(
                        Column(title="No.", numeric=True),
                        Column(title="Lane"),
                        Column(title="Day or period"),
                        Column(title="What"),
                    ),
                    rows=tuple(rows),
                ),
            ),
        ),
    )


def _shown(desk: Desk) -> list[Observation]:
    """Observations of findings, watch list and exempt cases, in a steady order."""
    wanted: dict[str, None] = {}
    for finding in desk.given.findings:
        now = finding.current
        wanted.update(dict.fromkeys((*now.observations, *now.contradicting, *now.beside)))
    for line in desk.given.watch:
        wanted.update(dict.fromkeys(line.observations))
    for judgement in desk.given.judgements:
        if judgement.exemption or judgement.verdict == "possibly_exempt":
            wanted[judgement.subject] = None
    return [desk.observations[one] for one in wanted if one in desk.observations]


def _label(observation: Observation) -> str:
    return shorten(observation.statement or observation.event_type.replace("_", " "), 90)


def _cells(lane: str, value: str, what: tuple[Inline, ...]) -> tuple[Cell, ...]:
    return (Cell(lines=((Text(text=lane),),)), Cell(lines=((Day(value=value),),)), Cell(lines=(what,)))


def _time_row(desk: Desk, lane: str, value: str, observation: Observation) -> Row:
    return Row(
        cells=_cells(lane, value, desk.claim(observation.id)), supports=Support.many("observation", (observation.id,))
    )


def _law(desk: Desk, entries: list[tuple[str, Period, str, str, Row]]) -> list[tuple[str, Period, str, str, Row]]:
    """Changes of the shown paragraphs inside the window of the rest; the law of the years before is not drawn."""
    first = min(one[1].start for one in entries)
    last = max(one[1].end for one in entries)
    changes = []
    for name in sorted(desk.shown_measures):
        note = desk.measures[name]
        for value, words in ((note.in_force_from, "in force"), (note.in_force_to, "no longer in force")):
            when = period(value)
            if when and value and first <= when.start <= last:
                what: tuple[Inline, ...] = (
                    Ref(target=measure_anchor(name), text=name),
                    Text(text=f"{words}: {note.title}"),
                    Chip(
                        group="mark",
                        value="signed" if note.signed else "unsigned",
                        label="signed" if note.signed else "unsigned",
                    ),
                )
                row = Row(cells=_cells(LAW, value, what), supports=Support.many("record", (name,)))
                changes.append((LAW, when, "asserted", f"{name} {words}", row))
    return changes


def map_section(desk: Desk) -> Section | None:
    """Places with coordinates that the shown observations name."""
    places: dict[tuple[str, float, float], list[str]] = {}
    for observation in _shown(desk):
        for place in observation.places:
            if place.lat is not None and place.lon is not None:
                places.setdefault((place.name, place.lat, place.lon), []).append(observation.id)
    if not places:
        return None
    marks, rows = [], []
    for number, ((name, lat, lon), members) in enumerate(sorted(places.items()), start=1):
        marks.append(Place(number=number, label=name, lat=lat, lon=lon))
        rows.append(
            Row(
                cells=(
                    Cell(lines=((Text(text=str(number)),),)),
                    Cell(lines=((Text(text=name),),)),
                    Cell(lines=((Text(text=f"{lat:.3f}, {lon:.3f}"),),)),
                    Cell(lines=(desk.notes(members),)),
                ),
                supports=Support.many("observation", members),
            )
        )
    return Section(
        anchor="map",
        title="Map",
        blocks=(
            Figure(
                anchor="fig-map",
                title="Places named by the claims shown",
                source="Source: the claims in the table below. Coast line: Natural Earth, public domain.",
                caveat="Places are those of the texts, not positions of ships. Names shown and the absence or presence "
                "of any line imply no opinion on the legal status of any territory.",
                drawing=SmallMap(places=tuple(marks)),
                twin=Table(
                    anchor="t-map",
                    caption="The same as a table",
                    columns=(
                        Column(title="No.", numeric=True),
                        Column(title="Place"),
                        Column(title="Latitude, longitude", numeric=True),
                        Column(title="Passages"),
                    ),
                    rows=tuple(rows),
                ),
            ),
        ),
    )
