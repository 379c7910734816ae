"""The measures that the report speaks of: content in our words, grades, and what was held against them."""

from __future__ import annotations

from observance.model import Judgement
from observance.report.desk import Desk, measure_anchor
from observance.report.input import MeasureNote
from observance.report.marks import VERDICTS
from observance.report.tree import (
    Bullets,
    Cell,
    Chip,
    Column,
    Inline,
    Paragraph,
    Ref,
    Row,
    Section,
    Sentence,
    Support,
    Table,
    Text,
)

__all__ = ["exempt_section", "grade_chips", "measure_section", "records_section", "verdict_chip"]

# A paragraph met by hundreds of claims stays readable; the rest is counted and stays in the workspace.
_ROWS_A_MEASURE = 40
_ROWS_EXEMPT = 120


def verdict_chip(desk: Desk, verdict: str) -> Chip:
    """A verdict as its word."""
    return Chip(group="verdict", value=verdict, label=desk.words("verdict", verdict))


def grade_chips(note: MeasureNote) -> tuple[Chip, ...]:
    """Grades of a record, and whether a person has signed it; unsigned is a word, not a colour."""
    chips: list[Chip] = []
    if note.content_confidence:
        chips.append(Chip(group="grade", value="content", label=f"content {note.content_confidence}"))
    if note.paragraph_confidence:
        chips.append(Chip(group="grade", value="paragraph", label=f"number {note.paragraph_confidence}"))
    if note.signed:
        on = f" {note.checked_on}" if note.checked_on else ""
        chips.append(Chip(group="mark", value="signed", label=f"signed by {note.checked_by}{on}"))
    else:
        chips.append(Chip(group="mark", value="unsigned", label="unsigned"))
    return tuple(chips)


def measure_section(desk: Desk) -> Section:
    """One subsection a paragraph that a finding names or a judgement holds against something."""
    notes = sorted((desk.measures[one] for one in desk.shown_measures), key=_order)
    if not notes:
        return Section(
            anchor="measures",
            title="Measures",
            blocks=(_plain("No paragraph of the pack is touched by what this view holds."),),
        )
    intro = _plain(
        "Content in our own words; not a legal text. Grades: content A read in a UN text or quotation, B in law of a "
        "State or press, C from memory; the paragraph number is high, medium or low. “Unsigned” means that no person "
        "has compared the record with the resolution."
    )
    return Section(
        anchor="measures",
        title="Measures",
        blocks=(intro,),
        sections=tuple(_one(desk, note) for note in notes),
    )


def _order(note: MeasureNote) -> tuple[int, int, str]:
    resolution, _, paragraph = str(note.id).partition(":")
    digits = "".join(char for char in paragraph.partition("#")[0].partition("(")[0] if char.isdigit())
    return (int(resolution), int(digits or 0), paragraph)


def _one(desk: Desk, note: MeasureNote) -> Section:
    rests = Support.many("record", (note.id,))

    def told(label: str, text: str) -> Sentence:
        return Sentence(parts=(Text(text=label, strong=True), Text(text=text)), supports=rests)

    lines = [told("Who owes it:", ", ".join(desk.words("duty", one) for one in note.duty))] if note.duty else []
    if note.acts or note.items:
        lines.append(told("Covers:", f"{', '.join(note.acts) or 'any act'} — {', '.join(note.items) or 'any item'}"))
    lines.extend(told("Terms:", term) for term in note.terms)
    since = f"from {note.in_force_from}" if note.in_force_from else ""
    until = f", no longer from {note.in_force_to}" if note.in_force_to else ""
    status = f" ({note.status.replace('_', ' ')})" if note.status else ""
    if since or status:
        lines.append(told("In force:", f"{since}{until}{status}".strip()))
    if note.exemptions:
        links: tuple[Inline, ...] = desk.references(note.exemptions)
        lines.append(Sentence(parts=(Text(text="Exemptions:", strong=True), *links), supports=rests))
    lines.extend(told("Note:", text) for text in note.notes)
    blocks: list[Bullets | Paragraph | Table] = [Bullets(items=tuple(lines))] if lines else []
    table = _held(desk, note)
    if table:
        blocks.append(table)
    return Section(
        anchor=measure_anchor(note.id),
        title=f"{note.id} — {note.title}",
        chips=grade_chips(note),
        blocks=tuple(blocks),
    )


def _held(desk: Desk, note: MeasureNote) -> Table | None:
    found = sorted(desk.relevant.get(note.id, ()), key=lambda one: (VERDICTS.index(one.verdict), one.subject, one.id))
    rows = tuple(_row(desk, one) for one in found[:_ROWS_A_MEASURE])
    if not rows:
        return None
    left = len(found) - len(rows)
    return Table(
        anchor=f"t-{measure_anchor(note.id)}",
        caption=f"Held against {note.id}",
        columns=(
            Column(title="What was told", share=34),
            Column(title="Verdict", share=20),
            Column(title="Why, and what is open", share=46),
        ),
        rows=rows,
        note=f"{left} further judgements of this paragraph are in the workspace." if left else "",
    )


def subject_lines(desk: Desk, judgement: Judgement) -> tuple[tuple[Inline, ...], ...]:
    """The subject of a judgement: a claim, or an event with its claims."""
    if judgement.subject in desk.observations:
        return (desk.claim(judgement.subject),)
    event = desk.events.get(judgement.subject)
    if event is None:
        return ((Text(text=judgement.subject),),)
    return ((Text(text=event.label or desk.words("event", event.event_type)), *desk.notes(event.observations)),)


def _row(desk: Desk, judgement: Judgement) -> Row:
    # One line an outcome: what failed or is not known decides, and must not drown in what held.
    why: list[tuple[Inline, ...]] = []
    for outcome in ("failed", "unknown", "held"):
        told = dict.fromkeys(one.text or _bare(one) for one in judgement.reasons if one.outcome == outcome)
        if told:
            why.append((Chip(group="mark", value=outcome, label=outcome), Text(text="; ".join(told))))
    if judgement.exemption:
        why.append((Text(text="Exemption:", strong=True), *desk.references((judgement.exemption,))))
    if judgement.dispute:
        why.append((Text(text="Disputed:", strong=True), Text(text=judgement.dispute)))
    if judgement.missing:
        why.append((Text(text="Missing:", strong=True), Text(text=judgement.missing.replace("_", " "))))
    if judgement.question:
        why.append((Text(text="Ask:", strong=True), Text(text=judgement.question)))
    verdict: list[tuple[Inline, ...]] = [(verdict_chip(desk, judgement.verdict),)]
    wording = desk.given.labels.get(f"verdict_wording/{judgement.verdict}")
    if wording:
        verdict.append((Text(text=f"{wording} {judgement.measure}"),))
    if judgement.role == "response":
        verdict.append((Text(text="a duty of others to respond"),))
    if judgement.law_day:
        verdict.append((Text(text=f"law of {judgement.law_day}"),))
    return Row(
        cells=(Cell(lines=subject_lines(desk, judgement)), Cell(lines=tuple(verdict)), Cell(lines=tuple(why))),
        supports=Support.many("judgement", (judgement.id,)),
    )


def _bare(reason: object) -> str:
    parts = (f"{name}: {getattr(reason, name)}" for name in ("condition", "found", "expected") if getattr(reason, name))
    return "; ".join(parts)


def exempt_section(desk: Desk) -> Section | None:
    """What falls under a paragraph and is, or may be, exempt; nobody is accused of it."""
    found = [one for one in desk.given.judgements if one.exemption or one.verdict == "possibly_exempt"]
    if not found:
        return None
    rows = []
    found.sort(key=lambda one: (one.measure, one.subject, one.id))
    for judgement in found[:_ROWS_EXEMPT]:
        exemption = desk.exemptions.get(judgement.exemption or "")
        cover: list[tuple[Inline, ...]] = []
        if exemption:
            cover.append((Ref(target=measure_anchor(exemption.id), text=exemption.id), Text(text=exemption.title)))
            cover.extend((Text(text=f"if {condition}"),) for condition in exemption.conditions)
        elif judgement.exemption:
            cover.append((Text(text=judgement.exemption),))
        if judgement.question:
            cover.append((Text(text="Ask:", strong=True), Text(text=judgement.question)))
        rows.append(
            Row(
                cells=(
                    Cell(lines=subject_lines(desk, judgement)),
                    Cell(lines=(desk.references((judgement.measure,)), (verdict_chip(desk, judgement.verdict),))),
                    Cell(lines=tuple(cover)),
                ),
                supports=Support.many("judgement", (judgement.id,)),
            )
        )
    return Section(
        anchor="exempt",
        title="Exempt, or possibly exempt",
        blocks=(
            _plain("Acts that the measures permit, or may permit if a paper is shown. Nobody is accused of them."),
            Table(
                anchor="t-exempt",
                caption="Exempt, or possibly exempt",
                columns=(
                    Column(title="What was told", share=36),
                    Column(title="Paragraph", share=18),
                    Column(title="What permits it", share=46),
                ),
                rows=tuple(rows),
                note=f"{len(found) - len(rows)} further rows are in the workspace." if len(found) > len(rows) else "",
            ),
        ),
    )


def records_section(desk: Desk) -> Section | None:
    """Exemptions and other records of the pack that the report names."""
    rows: list[Row] = []
    for name in sorted(desk.shown_records):
        if name in desk.exemptions:
            note_ = desk.exemptions[name]
            signed = f"signed by {note_.checked_by}" if note_.checked_by else "unsigned"
            lines: list[tuple[Inline, ...]] = [(Text(text=note_.title),)]
            lines.extend((Text(text=f"if {condition}"),) for condition in note_.conditions)
            lines.extend((Text(text=text),) for text in note_.notes)
            grade = f"content {note_.content_confidence}, {signed}"
            basis = note_.basis
        else:
            record = desk.records[name]
            lines = [(Text(text=record.text),)]
            grade, basis = f"confidence {record.confidence}" if record.confidence else "", record.source
        rows.append(
            Row(
                cells=(
                    Cell(lines=((Text(text=name),),)),
                    Cell(lines=tuple(lines)),
                    Cell(lines=((Text(text=basis),),)),
                    Cell(lines=((Text(text=grade),),)),
                ),
                supports=Support.many("record", (name,)),
                anchor=measure_anchor(name),
            )
        )
    if not rows:
        return None
    return Section(
        anchor="records",
        title="Exemptions and records of the pack",
        blocks=(
            Table(
                anchor="t-records",
                caption="Exemptions and other records named in this report",
                columns=(
                    Column(title="Record"),
                    Column(title="Content, in our words"),
                    Column(title="Basis"),
                    Column(title="Grade"),
                ),
                rows=tuple(rows),
            ),
        ),
    )


def _plain(text: str) -> Paragraph:
    return Paragraph(sentences=(Sentence(parts=(Text(text=text),), basis="structural"),))
