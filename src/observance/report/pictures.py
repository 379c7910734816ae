"""Figures of a report from its records: time line, figures as told, small map. Each with its table twin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from observance.model import Observation, Quantity
from observance.report.days import Period, period
from observance.report.desk import Desk, measure_anchor
from observance.report.figures.shapes import Bar, Bars, Mark, Place, SmallMap, TimeLine
from observance.report.marks import modality_word
from observance.report.tree import Cell, Chip, Column, Day, Figure, Inline, Ref, Row, Section, Support, Table, Text
from observance.report.words import chain_words, quantity_words, shorten

__all__ = ["bars_figure", "map_section", "shown", "time_section"]

HAPPENED, SAID, PUBLISHED, LAW = "Happened, as told", "Said", "Published", "Law"
_LANES = (HAPPENED, SAID, PUBLISHED, LAW)
_DRAWN = 48
_TOLD = 300
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
        for tellings in _same_figure(desk, told):
            observation, quantity = tellings[0]
            members = [one.id for one, _ in tellings]
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
                        Cell(lines=tuple((Text(text=chain_words(one)),) for one, _ in tellings)),
                        Cell(lines=((desk.modality(observation),),)),
                        Cell(lines=((Text(text=quantity_words(quantity)),),)),
                        Cell(lines=(desk.notes(members),)),
                    ),
                    supports=Support.many("observation", members),
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


def _same_figure(desk: Desk, told: list[tuple[Observation, Quantity]]) -> list[list[tuple[Observation, Quantity]]]:
    """Tellings of one figure by one origin share a bar: outlets are never counted."""
    groups: dict[tuple[object, ...], list[tuple[Observation, Quantity]]] = {}
    for observation, quantity in told:
        origin = desk.origin_of.get(observation.id)
        key = (origin.id if origin else observation.id, _ends(quantity), quantity.role, observation.modality)
        groups.setdefault(key, []).append((observation, quantity))
    return list(groups.values())


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """Something on the time line; its row is made only where it is told, since a row calls footnotes."""

    lane: str
    when: Period
    value: str
    modality: str
    label: str
    support: Support
    extra: tuple[Inline, ...] = ()

    @property
    def order(self) -> tuple[int, date, date, str, str]:
        """By lane, then by day, then by words."""
        return (_LANES.index(self.lane), self.when.start, self.when.end, self.label, self.support.id)


def time_section(desk: Desk) -> Section | None:
    """The time line of what the report shows: what happened as told, when it was said, when published, and the law."""
    entries: list[_Entry] = []
    for observation in shown(desk):
        # The day of a listing is the list's own and often years back: it stands with the match.
        if observation.kind == "match":
            continue
        for lane, day in ((HAPPENED, observation.date), (SAID, observation.said_on)):
            when = period(day.value) if day else None
            if day and when:
                entries.append(
                    _Entry(
                        lane=lane,
                        when=when,
                        value=day.value,
                        modality=observation.modality,
                        label=shorten(observation.statement or observation.event_type.replace("_", " "), 90),
                        support=Support(kind="observation", id=observation.id),
                    )
                )
    for evidence in desk.given.evidence:
        meta = evidence.meta
        when = period(meta.published)
        if when and meta.published and evidence.kind != "list":
            entries.append(
                _Entry(
                    lane=PUBLISHED,
                    when=when,
                    value=meta.published,
                    modality="asserted",
                    label=meta.title or meta.publisher or evidence.name,
                    support=Support(kind="evidence", id=evidence.sha256),
                )
            )
    if not entries:
        return None
    entries.extend(_law(desk, entries))
    entries.sort(key=lambda one: one.order)
    return _time_figure(desk, entries)


def _time_figure(desk: Desk, entries: list[_Entry]) -> Section:
    marks = tuple(
        Mark(
            number=number,
            lane=one.lane,
            start=one.when.start,
            end=one.when.end,
            open_start=one.when.open_start,
            open_end=one.when.open_end,
            modality=one.modality,
            label=one.label,
        )
        for number, one in enumerate(entries[:_DRAWN], start=1)
    )
    rows = tuple(_time_row(desk, number, one) for number, one in enumerate(entries[:_TOLD], start=1))
    left = len(entries) - len(rows)
    more = f" The first {_DRAWN} of {len(entries)} are drawn." if len(entries) > _DRAWN else ""
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
                drawing=TimeLine(
                    lanes=tuple(lane for lane in _LANES if any(mark.lane == lane for mark in marks)), marks=marks
                ),
                twin=Table(
                    anchor="t-time",
                    caption="The same as a table",
                    columns=(
                        Column(title="No.", numeric=True),
                        Column(title="Lane"),
                        Column(title="Day or period"),
                        Column(title="What"),
                    ),
                    rows=rows,
                    note=f"{left} further entries are in the workspace." if left else "",
                ),
            ),
        ),
    )


def _time_row(desk: Desk, number: int, entry: _Entry) -> Row:
    match entry.support.kind:
        case "observation":
            what = desk.claim(entry.support.id)
        case "evidence":
            what = desk.source_line(entry.support.id)
        case _:
            what = entry.extra
    lines: tuple[tuple[Inline, ...], ...] = (
        (Text(text=str(number)),),
        (Text(text=entry.lane),),
        (Day(value=entry.value),),
        what,
    )
    return Row(cells=tuple(Cell(lines=(line,)) for line in lines), supports=(entry.support,))


def shown(desk: Desk) -> list[Observation]:
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


def _law(desk: Desk, entries: list[_Entry]) -> list[_Entry]:
    """Changes of the shown paragraphs inside the window of the rest; the law of the years before is not drawn."""
    first = min(one.when.start for one in entries)
    last = max(one.when.end for one in entries)
    changes = []
    for name in sorted(desk.shown_measures):
        note = desk.measures[name]
        signed = "signed" if note.signed else "unsigned"
        for value, words in ((note.in_force_from, "in force"), (note.in_force_to, "no longer in force")):
            when = period(value)
            if when and value and first <= when.start <= last:
                what: tuple[Inline, ...] = (
                    Ref(target=measure_anchor(name), text=name),
                    Text(text=f"{words}: {note.title}"),
                    Chip(group="mark", value=signed, label=signed),
                )
                changes.append(
                    _Entry(
                        lane=LAW,
                        when=when,
                        value=value,
                        modality="asserted",
                        label=f"{name} {words}",
                        support=Support(kind="record", id=name),
                        extra=what,
                    )
                )
    return changes


def map_section(desk: Desk) -> Section | None:
    """Places with coordinates that the shown observations name."""
    places: dict[tuple[str, float, float], list[str]] = {}
    for observation in shown(desk):
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
