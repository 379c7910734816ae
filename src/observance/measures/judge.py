"""Judgements with their reasons: the facts of one record held against a pack, and told so that a reader can follow.

    judge(facts, pack) -> tuple[Judgement, ...]

The word of a verdict is one of the six of the vocabulary and nothing else; who breached what is for a person to say.
"""

from __future__ import annotations

from datetime import date

from observance.measures.engine import Decided, decide
from observance.measures.facts import Facts
from observance.measures.trace import Trace
from observance.model import Judgement, MeasureId
from observance.packs import Measure, Pack

__all__ = ["explain", "judge", "judgement_lines", "signature_word"]

MARKS = {"held": "+", "failed": "-", "unknown": "?"}


def judge(facts: Facts, pack: Pack, *, on: date | None = None) -> tuple[Judgement, ...]:
    """Every verdict on the facts under a pack, `none` of records that came near included, with all reasons.

    Args:
        facts: see `observance.measures.read_facts` and `facts_from_observation`.
        pack: the law.
        on: judge by the law of this day instead of the day of the act.
    """
    trace: dict[str, Trace] = {}
    decided = decide(facts, pack, on=on, trace=trace)
    return tuple(_judgement(facts, pack, row, trace.get(row.measure)) for row in decided)


def _judgement(facts: Facts, pack: Pack, row: Decided, told: Trace | None) -> Judgement:
    measure = pack.measures[row.measure]
    return Judgement(
        subject=facts.id,
        measure=MeasureId(row.measure),
        verdict=row.verdict,  # type: ignore[arg-type]
        role=row.role,  # type: ignore[arg-type]
        reasons=tuple(told.reasons) if told else (),
        exemption=row.exemption,
        question=row.question,
        missing=row.missing,
        dispute=measure.status_dispute if measure.status == "in_force_disputed" else None,
        law_day=told.law_day if told else None,
        pack=pack.ref,
        unsigned=measure.unsigned,
        content_confidence=measure.content_confidence,
        paragraph_confidence=measure.paragraph_confidence,
    ).sealed()


def signature_word(measure: Measure) -> str:
    """How far a record may be trusted, in the words that stand wherever a paragraph is cited."""
    signed = f"checked by {measure.checked_by} on {measure.checked_on}" if measure.checked_by else "unsigned"
    return f"content {measure.content_confidence}, paragraph number {measure.paragraph_confidence}, {signed}"


def judgement_lines(row: Judgement, pack: Pack) -> list[str]:
    """One judgement as a tree: verdict, how far the record may be trusted, each condition, what would settle it."""
    measure = pack.measures[str(row.measure)]
    lines = [
        f"{row.measure}  {row.verdict}  ({row.role})  {measure.title}",
        f"  [{signature_word(measure)}; law of {row.law_day or 'no day'}; {row.pack}]",
    ]
    for reason in row.reasons:
        found = f": {reason.field} = {reason.found}" if reason.field else ""
        wanted = f" (in force {reason.expected})" if reason.condition == "time" else ""
        wanted = f" (asks for {reason.expected})" if reason.condition == "direction" else wanted
        lines.append(f"  {MARKS[reason.outcome]} {reason.condition}: {reason.text}{wanted}{found}")
    if row.exemption:
        lines.append(f"  exemption: {row.exemption} ({pack.exemptions[row.exemption].title})")
    lines += [f"  missing: {row.missing}"] if row.missing else []
    lines += [f"  ask: {row.question}"] if row.question else []
    lines += [f"  disputed: {row.dispute}"] if row.dispute else []
    return lines


def explain(facts: Facts, pack: Pack, judgements: tuple[Judgement, ...]) -> list[str]:
    """The tree of one record: verdict, condition, field that decided, question that would settle it."""
    days = facts.days.edtf if facts.days else f"undated, told {facts.told_on}" if facts.told_on else "undated"
    lines = [f"{facts.id}  {facts.event_type or 'event not told'}  {days}  {facts.modality}"]
    for row in judgements:
        lines += [f"  {line}" for line in judgement_lines(row, pack)]
    if not judgements:
        word = pack.vocabulary.modality[facts.modality].enters_finding
        why = (
            "no record of the pack comes near"
            if word in {"as_claim", "watch_only"}
            else f"{facts.modality} gives no verdict of its own"
        )
        lines.append(f"  none  {why}")
    lines += [f"  caveat: {caveat}" for caveat in facts.caveats]
    return lines
