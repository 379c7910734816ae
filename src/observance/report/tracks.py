"""Ship tracks behind the behaviour that the report shows: a picture of each with its table twin."""

from __future__ import annotations

from observance.model import Observation
from observance.report.desk import Desk
from observance.report.pictures import shown
from observance.report.tree import Cell, Column, Figure, Row, Section, Support, Table, Text

__all__ = ["tracks_section"]

_PICTURES = 12


def tracks_section(desk: Desk) -> Section | None:
    """One figure a behaviour that a finding or the watch list rests on, the first twelve; None where there is none."""
    rows = [one for one in shown(desk) if one.kind == "behaviour" and one.id in desk.given.tracks]
    if not rows:
        return None
    return Section(
        anchor="tracks",
        title="Ship tracks",
        blocks=tuple(_figure(desk, number, one) for number, one in enumerate(rows[:_PICTURES], start=1)),
    )


def _figure(desk: Desk, number: int, one: Observation) -> Figure:
    facts = [
        ("What was heard", one.statement or one.event_type),
        ("Ships", ", ".join(f"{party.name} ({party.flag or 'flag not told'})" for party in one.participants)),
        *((name, value) for name, value in one.attributes if name in {"start", "end", "watched"}),
        *((name, value) for name, value in one.attributes if name.startswith("confidence: ")),
        *(("caveat", caveat) for caveat in one.caveats),
    ]
    support = Support.many("observation", (one.id,))
    return Figure(
        anchor=f"fig-tracks-{number}",
        title=f"Tracks {number}: {(one.detail or one.event_type).replace('_', ' ')}",
        source="Source: ship position data, by the rows cited in the table below. Coast line: Natural Earth.",
        caveat="What was heard is not what was done. A dashed stretch was not heard.",
        drawing=desk.given.tracks[one.id],
        twin=Table(
            anchor=f"t-tracks-{number}",
            caption="The same as a table",
            columns=(Column(title="Fact"), Column(title="Value"), Column(title="Positions")),
            rows=tuple(
                Row(
                    cells=(
                        Cell(lines=((Text(text=name),),)),
                        Cell(lines=((Text(text=value),),)),
                        Cell(lines=(desk.notes((one.id,)),)) if at == 0 else Cell(lines=((Text(text=""),),)),
                    ),
                    supports=support,
                )
                for at, (name, value) in enumerate(facts)
            ),
        ),
    )
