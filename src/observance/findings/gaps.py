"""Gaps, next steps and a first recommendation: what is missing, whom to ask, what would answer it."""

from __future__ import annotations

from collections.abc import Sequence

from observance.findings.case import EXAMINED, Case
from observance.findings.sketch import Sketch
from observance.findings.wording import and_list
from observance.model import Event, Gap, Recommendation

__all__ = ["WOULD_SHOW", "gaps_of", "next_steps_of", "recommendations_of"]

# What would show a happening of a family, beside the statements about it.
WOULD_SHOW = {
    "arms": "images, ship and rail tracks, debris reports and customs papers",
    "technology": "contracts, travel and payment records, and analysis of recovered equipment",
    "petroleum": "bills of lading, ship tracks, tank and bunker records",
    "labour": "visas, contracts, payrolls and repatriation figures",
    "finance": "account statements, payment messages and company registers",
    "cyber": "forensic reports, addresses and ledgers of the transfers",
    "deceptive_shipping": "ship tracks, registers and satellite images",
    "port_call": "port logs, ship tracks and satellite images",
}
_OTHERWISE = "documents, images, tracks and trade figures"


def gaps_of(case: Case, event: Event, rows: Sequence[Sketch], support: Sequence[Sketch]) -> tuple[Gap, ...]:
    """What was asked and not answered."""
    family = support[0].family if support else ""
    found: list[Gap] = []
    for row in rows:
        for judgement in case.conduct(row.id):
            if judgement.verdict in {"not_determined", "possibly_exempt", "indicator"} and judgement.question:
                missing = judgement.missing or ""
                text = f"{judgement.measure}: {missing.replace('_', ' ') or 'a fact'} is not known"
                found.append(Gap(text=text, question=judgement.question, field=missing))
    if not any(case.evidence_type(row) in EXAMINED for row in rows):
        what = WOULD_SHOW.get(family, _OTHERWISE)
        found.append(
            Gap(
                text="the file holds statements only, which alone cannot raise it above alleged",
                question=f"Are there {what}?",
                field="evidence",
            )
        )
    if not any(q.value is not None and q.role == "event" for r in support for q in r.observation.quantities):
        found.append(
            Gap(text="no amount is told", question="How much, in which unit, and who counted it?", field="quantity")
        )
    unseen = [r for r in rows if {i.token for i in r.observation.items} & {"cargo_any", "containers", "any_item"}]
    if unseen:
        found.append(
            Gap(text="contents of the cargo were not seen", question="What was inside, and who saw it?", field="item")
        )
    if any(ground.kind == "direction_inferred" for ground in event.grounds):
        text = "for some passages the direction is inferred from others and not stated"
        found.append(Gap(text=text, question="Who gave and who received?", field="direction"))
    if not event.recipient and event.supplier:
        found.append(Gap(text="no recipient is told", question="Who received it?", field="recipient"))
    if event.date is None:
        found.append(
            Gap(text="no day or period of the happening is told", question="When did it happen?", field="date")
        )
    unique: dict[tuple[str, str], Gap] = {(gap.text, gap.question): gap for gap in found}
    return tuple(unique[key] for key in sorted(unique))


def _asked(case: Case, event: Event) -> list[str]:
    return [case.name(side) for side in (*event.supplier, *event.recipient)] or [case.name(s) for s in event.parties]


def next_steps_of(case: Case, event: Event, support: Sequence[Sketch]) -> tuple[str, ...]:
    """Whom to ask for what."""
    family = support[0].family if support else ""
    steps = [f"ask for {WOULD_SHOW.get(family, _OTHERWISE)}"]
    asked = _asked(case, event)
    if asked:
        steps.append(f"ask {and_list(asked)} for a reply before publication")
    return tuple(steps)


def recommendations_of(case: Case, event: Event) -> tuple[Recommendation, ...]:
    """A draft for a person to sharpen: it has an addressee and hangs on the finding."""
    asked = _asked(case, event)
    label = event.label[:1].lower() + event.label[1:]
    return (
        Recommendation(
            addressee=and_list(asked) or case.regime.committee or "Member States",
            text=f"Provide information and papers on the reported {label}.",
            priority="normal",
            follow_up="check for an answer at the next run after the day that the request names",
            status="draft",
        ),
    )
