"""Gaps, replies, dissent, corrections, steps and recommendations of one finding (S/2006/997, paras. 28, 48-50).

These sentences do not speak about the world; they rest on the finding that they belong to.
"""

from __future__ import annotations

from datetime import UTC, datetime

from observance.model import Correction, Dissent, Finding, Recommendation, Reply
from observance.report.desk import Desk
from observance.report.tree import (
    Bullets,
    Cell,
    Chip,
    Code,
    Column,
    Day,
    Inline,
    Row,
    Section,
    Sentence,
    Support,
    Table,
    Text,
)
from observance.report.words import as_sentence

__all__ = ["gap_sentences", "moment", "review_sections"]


def moment(at: datetime) -> str:
    """A time to the minute in UTC, said so."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def gap_sentences(text: str, question: str, rests: tuple[Support, ...]) -> Sentence:
    """A gap and the question whose answer would close it."""
    parts: list[Inline] = [Text(text=as_sentence(text))]
    if question:
        parts.extend((Text(text="Ask:", strong=True), Text(text=question)))
    return Sentence(parts=tuple(parts), supports=rests, basis="review")


def review_sections(desk: Desk, finding: Finding, anchor: str) -> list[Section]:
    """The sections that a finding has; an absent one is absent, but the right of reply is always spoken of."""
    now = finding.current
    rests = Support.many("finding", (finding.id,))
    sections: list[Section] = []

    def bullets(name: str, title: str, items: tuple[Sentence, ...]) -> None:
        if items:
            sections.append(Section(anchor=f"{anchor}-{name}", title=title, blocks=(Bullets(items=items),)))

    bullets(
        "gaps",
        "What is missing, and what would settle it",
        tuple(gap_sentences(one.text, one.question, rests) for one in now.gaps),
    )
    replies = tuple(_reply(one, rests) for one in now.replies) or (
        Sentence(
            parts=(Text(text="No party named here has been asked for a reply in this file."),),
            supports=rests,
            basis="review",
        ),
    )
    bullets("replies", "Right of reply", replies)
    bullets("dissent", "Dissent", tuple(_dissent(one, rests) for one in now.dissents))
    bullets("corrections", "Corrections", tuple(_correction(one, rests) for one in now.corrections))
    bullets(
        "steps",
        "Next steps",
        tuple(Sentence(parts=(Text(text=as_sentence(one)),), supports=rests, basis="review") for one in now.next_steps),
    )
    if now.recommendations:
        sections.append(
            Section(
                anchor=f"{anchor}-recommendations",
                title="Recommendations",
                blocks=(_recommendations(now.recommendations, rests, f"t-{anchor}-recommendations"),),
            )
        )
    if len(finding.versions) > 1:
        bullets(
            "history",
            "History",
            tuple(
                Sentence(
                    parts=(
                        Text(text=f"Version {one.number}, {moment(one.at)}, by {one.by}:"),
                        Chip(group="status", value=one.status, label=desk.words("status", one.status)),
                        Chip(group="layer", value=one.layer, label=desk.words("layer", one.layer)),
                        Text(text=one.title),
                    ),
                    supports=rests,
                    basis="review",
                )
                for one in finding.versions
            ),
        )
    return sections


def _reply(reply: Reply, rests: tuple[Support, ...]) -> Sentence:
    parts: list[Inline] = [
        Text(text=reply.party, strong=True),
        Text(text=f"was asked on {moment(reply.asked_on)}, answer due"),
        Day(value=reply.due),
    ]
    if reply.answered_on and reply.answer:
        parts.append(Text(text=f"and answered on {moment(reply.answered_on)}: “{reply.answer}”"))
        if reply.answer_evidence:
            parts.append(Code(text=reply.answer_evidence))
    elif reply.silent:
        parts.append(Text(text="and did not answer by that day."))
    else:
        parts.append(Text(text="; no answer is recorded yet."))
    if reply.assessment:
        parts.extend((Text(text="Assessment:", strong=True), Text(text=reply.assessment)))
    return Sentence(parts=tuple(parts), supports=rests, basis="review")


def _dissent(dissent: Dissent, rests: tuple[Support, ...]) -> Sentence:
    about = f" on statement {dissent.statement}" if dissent.statement is not None else ""
    return Sentence(
        parts=(Text(text=f"{dissent.by}, {moment(dissent.at)}{about}:", strong=True), Text(text=dissent.reason)),
        supports=rests,
        basis="review",
    )


def _correction(correction: Correction, rests: tuple[Support, ...]) -> Sentence:
    return Sentence(
        parts=(
            Text(text=f"{moment(correction.at)}, by {correction.by}.", strong=True),
            Text(text=f"Was: “{correction.was}”. Now: “{correction.now}”. Reason: {correction.reason}"),
        ),
        supports=rests,
        basis="review",
    )


def _recommendations(found: tuple[Recommendation, ...], rests: tuple[Support, ...], anchor: str) -> Table:
    return Table(
        anchor=anchor,
        caption="Recommendations of this finding",
        columns=(
            Column(title="To"),
            Column(title="Recommendation"),
            Column(title="Priority"),
            Column(title="Follow-up"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(lines=((Text(text=one.addressee),),)),
                    Cell(lines=((Text(text=one.text),),)),
                    Cell(lines=((Text(text=one.priority),),)),
                    Cell(lines=((Text(text=one.status),), (Text(text=one.follow_up),))),
                ),
                supports=rests,
            )
            for one in found
        ),
    )
