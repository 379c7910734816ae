"""A body founded, blocked or ended: a fact of record, and nobody's conduct under a measure.

The rule looks for claims of a blocked decision or a change of mandate on a measure of kind *institution*. Where the
pack keeps the record of that body, what agrees with it is *concluded* from the record; what does not agree is *not
determined*, with both shown. Without a record the claims stay *alleged*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from observance.findings.case import Case
from observance.findings.draft import Draft
from observance.findings.events import Grouping
from observance.findings.grades import grade
from observance.findings.groups import Groups
from observance.findings.happening import event_of
from observance.findings.periods import bounds, earliest, latest, overlap, words
from observance.findings.regime import Mandate
from observance.findings.sketch import Sketch
from observance.findings.wording import and_list, said, states
from observance.model import Confidence, FindingVersion, Gap, Ground, Judgement, MeasureId, Statement

__all__ = ["institution_record", "institutions"]

_CHANGES = frozenset({"veto", "mandate_change"})


def institutions(case: Case) -> tuple[Grouping, ...]:
    """Claims of a change to one body, grouped by the paragraphs that found it."""
    rows: dict[str, Sketch] = {}
    by_measure: dict[str, list[str]] = defaultdict(list)
    for one in case.sketches.values():
        if one.enters != "as_claim" or not _CHANGES & {one.observation.event_type, *one.observation.event_accept}:
            continue
        for judgement in case.judgements.get(one.id, ()):
            if case.regime.kind(str(judgement.measure)) == "institution":
                rows[one.id] = one
                by_measure[str(judgement.measure)].append(one.id)
    groups: Groups[str] = Groups(sorted(rows))
    for measure, many in sorted(by_measure.items()):
        for left, right in pairwise(sorted(set(many))):
            ground = Ground(kind="same_body", text=f"both tell of the body of {measure}", members=(left, right))
            groups.tie(left, right, ground)
    grounds = groups.grounds()
    return tuple(
        Grouping(members=tuple(rows[key] for key in members), grounds=tuple(grounds.get(root, ())))
        for root, members in groups.groups().items()
    )


def _known(day: str | None, as_of: str | None) -> bool:
    """Whether a day of the record had come by the day of the view."""
    limit, start = latest(as_of), earliest(day)
    return start is not None and (limit is None or start <= limit)


def _agrees(row: Sketch, mandate: Mandate) -> bool:
    """Whether a claim is of what the record holds: the voter, and the time as far as it is told."""
    if "veto" in {row.observation.event_type, *row.observation.event_accept}:
        voters = {part.state for part in row.observation.participants if part.role in {"voter", "agent"} and part.state}
        # Others may be told to have voted; whoever blocked it must be among them.
        if voters and mandate.against and voters.isdisjoint(mandate.against):
            return False
        return overlap(row.period, bounds(mandate.vote_on))
    span = (earliest(mandate.vote_on or mandate.ended), latest(mandate.ended))
    return overlap(row.period, span)


def _record_sentences(mandate: Mandate, as_of: str | None) -> list[str]:
    found = []
    if _known(mandate.vote_on, as_of):
        votes = ", ".join(f"{how} {what}" for how, what in mandate.votes)
        day, how_many = words(mandate.vote_on or ""), f" ({votes})" if votes else ""
        found.append(f"On {day} the renewal of the mandate was not adopted{how_many}.")
    if mandate.ended and (_known(mandate.vote_on, as_of) or _known(mandate.ended, as_of)):
        verb = "ended" if _known(mandate.ended, as_of) else "was to end"
        found.append(f"The mandate {verb} on {words(mandate.ended)}: {mandate.cause or 'it was not renewed'}.")
    return found


def _ids(rows: Iterable[Sketch]) -> tuple[str, ...]:
    return tuple(sorted(row.id for row in rows))


def _body(mandate: Mandate | None, measures: Sequence[tuple[MeasureId, str]]) -> str:
    """The paragraph that names the body: that of the record where it is among them."""
    ids = [str(measure) for measure, _ in measures]
    return mandate.measure if mandate and mandate.measure in ids else ids[0]


def _short(body: str) -> str:
    return body.split(" established ", 1)[0]


def _title(mandate: Mandate, as_of: str | None) -> str:
    body = _short(mandate.body)
    # Which day is in the title depends on what had happened by the day of the view.
    vote = f" after a veto of {mandate.vote_on}" if mandate.against and _known(mandate.vote_on, as_of) else ""
    verb = "ended" if _known(mandate.ended, as_of) else "was to end"
    return f"The {body} lost its mandate{vote} and {verb} on {mandate.ended}"


def institution_record(case: Case, grouping: Grouping, at: datetime, on: str | None) -> Draft:
    """The finding on one body: concluded from the record of the pack where it agrees, else alleged."""
    mandate = case.regime.mandate
    judgements = [
        j
        for row in grouping.members
        for j in case.judgements.get(row.id, ())
        if case.regime.kind(str(j.measure)) == "institution"
    ]
    measures = tuple(sorted({(j.measure, j.verdict) for j in judgements}))
    fits: list[Sketch] = []
    sentences: list[str] = []
    if mandate and mandate.measure in {str(measure) for measure, _ in measures}:
        sentences = _record_sentences(mandate, case.as_of)
        fits = [row for row in grouping.members if _agrees(row, mandate)] if sentences else []
    agreed = {row.id for row in fits}
    others = [row for row in grouping.members if row.id not in agreed]
    event = event_of(case, grouping, fits or grouping.members)
    if mandate and fits:
        # The record is that of one body; other paragraphs on bodies are not what the finding tells.
        judgements = [j for j in judgements if str(j.measure) == mandate.measure]
        measures = tuple(sorted({(j.measure, j.verdict) for j in judgements}))
    statements = _statements(case, mandate, fits, others, sentences, judgements)
    record = f"mandate:{mandate.measure}" if mandate and fits else ""
    telling = case.by_origin(grouping.members)
    by_origin = [case.origins[key] for key in telling]
    level = "high" if fits else "low"
    basis = (
        f"a fact of record of the pack ({record})" if fits else "statements only; the pack holds no record that agrees"
    )
    gaps = (
        ()
        if not others
        else (Gap(text="a claim does not agree with the record", question="Which is right?", field="record"),)
    )
    version = FindingVersion(
        number=1,
        at=at,
        rule="institution_record" if fits else "institution_reported",
        title=_title(mandate, case.as_of)
        if mandate and fits
        else f"Reported change to the body of {_body(mandate, measures)}",
        layer="concluded" if fits else "alleged",
        statements=statements,
        events=(event.id,),
        observations=_ids(grouping.members),
        contradicting=event.contradicting,
        judgements=tuple(sorted(j.id for j in judgements)),
        measures=measures,
        origins=tuple(o.id for o in by_origin if not o.secondary),
        origins_secondary=tuple(o.id for o in by_origin if o.secondary),
        governments=tuple(sorted({state for o in by_origin if not o.secondary for state in o.states})),
        grades=tuple(grade(case, o, telling[o.id], by_origin) for o in by_origin),
        confidence=Confidence(level=level, parts=(("basis", basis),)),
        gaps=gaps,
        on=on,
        as_of=case.as_of,
    )
    return Draft(key="|".join(["institution", str(measures[0][0])]), event=event, version=version)


def _statements(
    case: Case,
    mandate: Mandate | None,
    fits: Sequence[Sketch],
    others: Sequence[Sketch],
    sentences: Sequence[str],
    judgements: Sequence[Judgement],
) -> tuple[Statement, ...]:
    found: list[Statement] = []
    ids = tuple(sorted({j.id for j in judgements}))
    agreeing = {row.id for row in fits}
    if mandate and fits:
        records = (f"mandate:{mandate.measure}", mandate.measure)
        found += [Statement(layer="concluded", text=s, supports=_ids(fits), records=records) for s in sentences]
        stands = f" These stay in force: {and_list(mandate.stands)}." if mandate.stands else ""
        text = f"This is a fact about a body; no measure forbids the vote, and it ends no other measure.{stands}"
        found.append(Statement(layer="concluded", text=text, supports=_ids(fits), judgements=ids, records=records))
    for row in (*fits, *others):
        text = said(case, row, case.origins[case.origin_of[row.id]])
        if row.id in agreeing:
            found.append(Statement(layer="alleged", text=text, supports=(row.id,)))
        elif mandate and fits:
            against = states(case, mandate.against) or "nobody named"
            text += (
                f" The record holds a vote of {mandate.vote_on} against by {against}; which is right is not determined."
            )
            found.append(Statement(layer="not_determined", text=text, supports=(row.id,)))
        else:
            found.append(Statement(layer="alleged", text=text, supports=(row.id,), judgements=ids))
    return tuple(found)
