"""Reported conduct: a happening of which at least one claim, told as fact or belief, falls under a measure.

Layers: *alleged* where the file holds statements only, however many; *assessed* where something was examined itself (a
document, an image, a track, a register, trade data) and bears on the happening; *concluded* only from an examined
official
record that tells the happening in its own voice. Offers, agreements, fears, plans and conditions never make one;
what is
denied stays, with the denial beside it; a telling that turns a capacity into an amount, or an offer into a deed,
supports nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from observance.findings.case import EXAMINED, RECORDS, Case
from observance.findings.confidence import confidence_of
from observance.findings.draft import Draft
from observance.findings.events import Grouping
from observance.findings.gaps import gaps_of, next_steps_of, recommendations_of
from observance.findings.grades import grade
from observance.findings.happening import event_of
from observance.findings.hypotheses import hypotheses_of
from observance.findings.periods import earliest
from observance.findings.sketch import Sketch, fold
from observance.findings.wording import and_list, judged, quote, said, states
from observance.model import Event, FindingVersion, Judgement, MeasureId, Origin, Statement
from observance.model.finding import Layer

__all__ = ["Parts", "parts_of", "reported_conduct"]

# Years of force before a claim after which nobody would tell of an older act without its day.
_LONG = 5
_STRENGTH = {"engaged": 0, "possibly_exempt": 1, "not_determined": 2, "indicator": 3, "prospective": 4, "none": 5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The members of an event by what they may do in a finding.

    Attributes:
        engaged: told as fact or belief and under a measure.
        exempt: possibly or certainly exempt.
        indicator: they raise the question and no more.
        beside: tellings that must be shown and support nothing.
    """

    engaged: tuple[Sketch, ...]
    exempt: tuple[Sketch, ...]
    indicator: tuple[Sketch, ...]
    beside: tuple[Sketch, ...]


def parts_of(case: Case, grouping: Grouping) -> Parts:
    """Sort the members; a member whose verdict only lacks the direction that its siblings give stands with them."""
    inferred = {key for ground in grouping.grounds if ground.kind == "direction_inferred" for key in ground.members}
    under = {
        j.measure
        for row in grouping.members
        if row.enters == "as_claim"
        for j in case.conduct(row.id)
        if j.verdict == "engaged"
    }
    engaged, exempt, indicator, beside = [], [], [], []
    for row in grouping.members:
        if row.enters != "as_claim":
            continue
        verdicts = case.verdicts(row.id)
        turned = any(
            j.verdict == "not_determined"
            and j.measure in under
            and (
                (j.missing in {"direction", None} and row.id in inferred)
                or (j.missing == "date" and _throughout(case, j, row))
            )
            for j in case.conduct(row.id)
        )
        if case.capacity_only(row):
            continue
        if case.drifted(row.id):
            beside.append(row)
        elif case.engaged(row.id) or turned:
            engaged.append(row)
        elif "possibly_exempt" in verdicts or any(j.exemption and j.verdict == "none" for j in case.conduct(row.id)):
            exempt.append(row)
        elif verdicts & {"engaged", "indicator", "not_determined"}:
            indicator.append(row)
    return Parts(engaged=tuple(engaged), exempt=tuple(exempt), indicator=tuple(indicator), beside=tuple(beside))


def _throughout(case: Case, judgement: Judgement, row: Sketch) -> bool:
    """Whether a measure held all the time in which an undated act can lie: long before it was told, and until then.

    A claim without a day that joins a dated event is told of that event; the measure must have held for
    years before the claim was told and still hold, so that no day that it could mean lies outside.
    """
    measure = case.regime.measures.get(str(judgement.measure))
    told = row.told[1]
    if measure is None or told is None:
        return False
    start, end = earliest(measure.in_force_from), earliest(measure.in_force_to)
    return start is not None and start.year + _LONG <= told.year and (end is None or end > told)


def _own_record(case: Case, row: Sketch) -> bool:
    """Whether an examined official record tells the happening itself, not by way of somebody else's words."""
    return (
        case.evidence_type(row) in RECORDS
        and row.observation.modality == "asserted"
        and len(row.observation.chain) <= 1
    )


def _layer(case: Case, support: Sequence[Sketch], corroborating: Sequence[Sketch]) -> Layer:
    if any(_own_record(case, row) for row in support):
        return "concluded"
    if any(case.evidence_type(row) in EXAMINED for row in (*support, *corroborating)):
        return "assessed"
    return "alleged"


def _likelihood(case: Case, support: Sequence[Sketch], origins: Sequence[Origin]) -> str:
    """ICD 203 band: very likely where two governments or more stand beside what was examined, else likely."""
    governments = {state for origin in origins for state in origin.states}
    kinds = {case.evidence_type(row) for row in support} & EXAMINED
    return "very_likely" if kinds and len(governments) > 1 else "likely"


def measures_of(judgements: Sequence[Judgement]) -> tuple[tuple[MeasureId, str], ...]:
    """The strongest verdict on each measure, sorted by measure."""
    best: dict[MeasureId, str] = {}
    for one in judgements:
        known = best.get(one.measure)
        if known is None or _STRENGTH[one.verdict] < _STRENGTH[known]:
            best[one.measure] = one.verdict
    return tuple(sorted(best.items()))


def reported_conduct(case: Case, grouping: Grouping, at: datetime, on: str | None) -> Draft | None:
    """The finding on one event, or None where nothing reported falls under a measure."""
    parts = parts_of(case, grouping)
    if not parts.engaged:
        return None
    members = (*parts.engaged, *parts.exempt, *parts.indicator)
    event = event_of(case, Grouping(members=(*members, *parts.beside), grounds=grouping.grounds), parts.engaged)
    judgements = [j for row in members for j in case.conduct(row.id) if j.verdict != "none" or j.exemption]
    # Where something is engaged, mere indicators stay with the observations and do not widen the finding's paragraphs.
    told = [j for j in judgements if j.verdict in {"engaged", "possibly_exempt"}]
    telling = case.by_origin(members)
    by_origin = [case.origins[key] for key in telling]
    reporting = [o for o in (case.origins[key] for key in case.by_origin(parts.engaged)) if not o.secondary]
    shown = {case.origin_of[row.id] for row in (*parts.indicator, *parts.beside)}
    only_indicator = sorted(shown - {o.id for o in reporting} - {o.id for o in by_origin if o.secondary})
    layer = _layer(case, parts.engaged, parts.indicator)
    contradicting = event.contradicting
    grades = tuple(grade(case, o, telling[o.id], reporting) for o in by_origin)
    drift = tuple(d.id for d in case.drifts_on(row.id for row in (*members, *parts.beside)))
    version = FindingVersion(
        number=1,
        at=at,
        rule="reported_conduct",
        title=_title(event, layer),
        layer=layer,
        statements=_statements(case, event, parts, reporting, layer, told),
        events=(event.id,),
        observations=tuple(sorted(row.id for row in members)),
        contradicting=contradicting,
        judgements=tuple(sorted(j.id for j in judgements)),
        measures=measures_of(told),
        exemptions=tuple(sorted({j.exemption for j in judgements if j.exemption})),
        origins=tuple(o.id for o in reporting),
        origins_indicator=tuple(only_indicator),
        origins_secondary=tuple(sorted(o.id for o in by_origin if o.secondary)),
        governments=tuple(
            sorted({s for o in (*reporting, *(case.origins[key] for key in only_indicator)) for s in o.states})
        ),
        drift=drift,
        beside=tuple(sorted(row.id for row in parts.beside)),
        grades=grades,
        confidence=confidence_of(case, members, reporting, contradicting),
        hypotheses=hypotheses_of(case, event, members, parts.engaged),
        gaps=gaps_of(case, event, members, parts.engaged),
        next_steps=next_steps_of(case, event, parts.engaged),
        recommendations=recommendations_of(case, event),
        on=on,
        as_of=case.as_of,
    )
    return Draft(key=key_of(event, parts.engaged), event=event, version=version)


def key_of(event: Event, rows: Sequence[Sketch]) -> str:
    """What the finding is about in words that new evidence does not change: family, sides, identities."""
    families = sorted({row.family for row in rows})
    names = sorted({name for row in rows for name in row.identities})
    return "|".join([families[0], "+".join(event.supplier), "+".join(event.recipient), "+".join(names)])


def _title(event: Event, layer: Layer) -> str:
    lead = {"alleged": "Alleged ", "assessed": "Assessed "}.get(layer, "")
    label = event.label[:1].lower() + event.label[1:] if lead else event.label
    return f"{lead}{label}"


def _statements(
    case: Case,
    event: Event,
    parts: Parts,
    reporting: Sequence[Origin],
    layer: Layer,
    judgements: Sequence[Judgement],
) -> tuple[Statement, ...]:
    rows = sorted(parts.engaged, key=lambda r: (r.observation.published or "", r.evidence, r.observation.key, r.id))
    support = tuple(sorted(row.id for row in rows))
    found: list[Statement] = []
    if layer in {"concluded", "assessed"}:
        examined = tuple(
            sorted(row.id for row in (*parts.engaged, *parts.indicator) if case.evidence_type(row) in EXAMINED)
        )
        kinds = sorted({(case.evidence_type(r) or "").replace("_", " ") for r in (*rows, *parts.indicator)} - {""})
        lead = f"{event.label}: the evidence examined ({and_list(kinds)})"
        text = f"{lead} shows it." if layer == "concluded" else f"{lead} points to it."
        likelihood = _likelihood(case, [*rows, *parts.indicator], reporting) if layer == "assessed" else None
        found.append(
            Statement(
                layer=layer,
                text=text,
                supports=tuple(sorted({*examined, *support})),
                contradicts=event.contradicting,
                likelihood=likelihood,
            )
        )
    first: str | None = found[0].text if found else None
    for row in rows:
        origin = case.origins[case.origin_of[row.id]]
        text = said(case, row, origin)
        if origin.secondary:
            text += " No evidence of its own is shown, so it adds no independent origin."
        found.append(Statement(layer="alleged", text=text, supports=(row.id,), contradicts=_against(case, row)))
        first = first or text
    for row in sorted(parts.indicator, key=lambda r: (r.evidence, r.observation.key, r.id)):
        text = f"{said(case, row, case.origins[case.origin_of[row.id]])} It raises the question and settles nothing."
        found.append(Statement(layer="alleged", text=text, supports=(row.id,), contradicts=_against(case, row)))
    for denial in case.denials_on(row.id for row in (*parts.engaged, *parts.indicator)):
        carried = case.sketches[denial.observations[0]]
        text = f"{_who(case, denial.states, denial.by)} denies it: {quote(case, carried)}."
        text += " The denial removes no claim and settles nothing."
        found.append(Statement(layer="alleged", text=text, supports=denial.observations))
    ids = tuple(sorted({j.id for j in judgements}))
    paragraphs = judged(case, judgements, "engaged")
    if paragraphs:
        seen = "told" if layer == "alleged" else "the evidence shows"
        text = f"If it took place as {seen}, it would fall under {paragraphs}."
        measures = tuple(sorted({str(j.measure) for j in judgements if j.verdict == "engaged"}))
        found.append(
            Statement(
                layer="conditional", text=text, supports=support, judgements=ids, records=measures, condition=first
            )
        )
    open_ones = judged(case, judgements, "possibly_exempt")
    if open_ones:
        text = f"It falls under {open_ones}, unless exempt; the paper of the exemption has to be seen."
        held = tuple(sorted({row.id for row in (*parts.exempt, *parts.engaged)}))
        found.append(Statement(layer="not_determined", text=text, supports=held, judgements=ids))
    if not any(q.value is not None and q.role == "event" for row in rows for q in row.observation.quantities):
        text = "How much moved is not determined: no statement that supports this finding gives an amount."
        found.append(Statement(layer="not_determined", text=text, supports=support))
    return tuple(found)


def _who(case: Case, by: Sequence[str], name: str) -> str:
    """Who denies: the State by its label where it speaks itself, a person with the State behind."""
    label = states(case, by)
    themselves = {fold(case.names.get(state, state)) for state in by} | {fold(state) for state in by}
    if not by:
        return name
    return label if fold(name) in themselves or fold(name) in fold(label) else f"{name} ({label})"


def _against(case: Case, row: Sketch) -> tuple[str, ...]:
    return tuple(sorted({key for d in case.denied_by.get(row.id, ()) for key in d.observations}))
