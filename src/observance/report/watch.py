"""The watch list: what is offered, agreed, feared, planned or unclear, and which later sight would settle it."""

from __future__ import annotations

from observance.report.desk import Desk
from observance.report.tree import Cell, Column, Inline, Paragraph, Row, Section, Sentence, Support, Table, Text

__all__ = ["watch_section"]

_BESIDE = 4


def watch_section(desk: Desk) -> Section | None:
    """One row an indicator; each claim shows its modality before its words."""
    if not desk.given.watch:
        return None
    rows = []
    for line in sorted(desk.given.watch, key=lambda one: (one.title, one.id)):
        known = [one for one in line.observations if one in desk.observations]
        head: list[tuple[Inline, ...]] = [(Text(text=line.title, strong=True),)]
        if line.measures:
            head.append((Text(text="would touch"), *desk.references(str(one) for one in line.measures)))
        claims = list(desk.claims(known))
        for label, ids in (("Beside, adds nothing:", line.beside), ("Denied:", line.contradicting)):
            told = desk.claims(ids, limit=_BESIDE)
            if told:
                claims.append((Text(text=label, strong=True),))
                claims.extend(told)
        claims.extend(
            (Text(text="Drift:", strong=True), Text(text=drift.text), *desk.notes((*drift.at_origin, *drift.told_as)))
            for drift in (desk.drifts[one] for one in line.drift if one in desk.drifts)
        )
        settle: list[tuple[Inline, ...]] = []
        if line.confirm:
            settle.append((Text(text="Confirms:", strong=True), Text(text=line.confirm)))
        if line.refute:
            settle.append((Text(text="Refutes:", strong=True), Text(text=line.refute)))
        rows.append(
            Row(
                cells=(Cell(lines=tuple(head)), Cell(lines=tuple(claims)), Cell(lines=tuple(settle))),
                supports=Support.many("observation", known),
                anchor=line.id,
            )
        )
    intro = "Not done, as far as this view knows: nothing here is a finding, and a word of the claim says why."
    return Section(
        anchor="watch",
        title="Watch list",
        blocks=(
            Paragraph(sentences=(Sentence(parts=(Text(text=intro),), basis="structural"),)),
            Table(
                anchor="t-watch",
                caption="Watch list",
                columns=(
                    Column(title="What", share=22),
                    Column(title="Claims", share=50),
                    Column(title="What would settle it", share=28),
                ),
                rows=tuple(rows),
            ),
        ),
    )
