"""Names and numbers of listed parties met in the evidence: entry, row, score, and what the listing asks of others.

A listing is no proof of conduct, and a name alone is no identity: both are said where the match is shown.
"""

from __future__ import annotations

from observance.model import ListEntry, Observation
from observance.report.desk import Desk
from observance.report.law import verdict_chip
from observance.report.tree import Cell, Column, Inline, Paragraph, Row, Section, Sentence, Support, Table, Text

__all__ = ["matches_section"]

_ROWS = 60


def matches_section(desk: Desk) -> Section | None:
    """A row a match, the surest first; the rest is counted."""
    found = [one for one in desk.given.observations if one.kind == "match"]
    if not found:
        return None
    found.sort(key=lambda one: (-(one.score or 0.0), one.statement or "", one.id))
    intro = (
        "Names and numbers in the evidence that a loaded list carries. A listing says nothing of what its party did "
        "here, and a name without a number may be that of somebody else."
    )
    left = len(found) - _ROWS
    return Section(
        anchor="matches",
        title="Listed names met",
        blocks=(
            Paragraph(sentences=(Sentence(parts=(Text(text=intro),), basis="structural"),)),
            Table(
                anchor="t-matches",
                caption="Matches against the loaded lists",
                columns=(
                    Column(title="In the evidence"),
                    Column(title="On the list"),
                    Column(title="Score", numeric=True),
                    Column(title="What the listing touches"),
                ),
                rows=tuple(_row(desk, one) for one in found[:_ROWS]),
                note=f"{left} further matches are in the workspace." if left > 0 else "",
            ),
        ),
    )


def _row(desk: Desk, match: Observation) -> Row:
    named = match.participants[0].name if match.participants else ""
    seen: list[tuple[Inline, ...]] = [(Text(text=named or match.statement or "", strong=True),)]
    seen.append((desk.quote(match), *desk.notes((match.id,))))
    listed: list[tuple[Inline, ...]] = []
    for citation in match.citations:
        if isinstance(citation.selector, ListEntry):
            entry = citation.selector
            listed.append((Text(text=f"{entry.exact or entry.reference}", strong=True),))
            version = f" of {entry.version}" if entry.version else ""
            field = f", field {entry.field}" if entry.field else ""
            listed.append((Text(text=f"{entry.list_id}{version}, entry {entry.reference}, row {entry.row}{field}"),))
    touches: list[tuple[Inline, ...]] = [
        (*desk.references((str(one.measure),)), verdict_chip(desk, one.verdict))
        for one in desk.judgements_of.get(match.id, ())
        if one.verdict != "none"
    ]
    touches.extend((Text(text=caveat),) for caveat in match.caveats)
    return Row(
        cells=(
            Cell(lines=tuple(seen)),
            Cell(lines=tuple(listed)),
            Cell(lines=((Text(text=f"{match.score:.2f}" if match.score is not None else ""),),)),
            Cell(lines=tuple(touches)),
        ),
        supports=Support.many("observation", (match.id,)),
    )
