"""Reported conduct that an exemption covers, or could cover: shown as such, with the paper asked for."""

from __future__ import annotations

from datetime import datetime

from observance.findings.case import Case
from observance.findings.confidence import confidence_of
from observance.findings.draft import Draft
from observance.findings.events import Grouping
from observance.findings.gaps import gaps_of
from observance.findings.grades import grade
from observance.findings.happening import event_of
from observance.findings.rules.conduct import key_of, measures_of, parts_of
from observance.findings.wording import and_list, judged, said
from observance.model import FindingVersion, Gap, Statement

__all__ = ["exempt_conduct"]


def exempt_conduct(case: Case, grouping: Grouping, at: datetime, on: str | None) -> Draft | None:
    """The finding on one event with an exemption in play and nothing engaged, or None."""
    parts = parts_of(case, grouping)
    if parts.engaged or not parts.exempt:
        return None
    rows = parts.exempt
    event = event_of(case, Grouping(members=rows, grounds=grouping.grounds))
    judgements = [j for row in rows for j in case.conduct(row.id) if j.verdict == "possibly_exempt" or j.exemption]
    open_ones = [j for j in judgements if j.verdict == "possibly_exempt"]
    exemptions = tuple(sorted({j.exemption for j in judgements if j.exemption}))
    names = and_list(
        f"{key} ({case.regime.exemptions[key]})" if case.regime.exemptions.get(key) else key for key in exemptions
    )
    ids = tuple(sorted({j.id for j in judgements}))
    supports = tuple(sorted(row.id for row in rows))
    statements = [
        Statement(layer="alleged", text=said(case, row, case.origins[case.origin_of[row.id]]), supports=(row.id,))
        for row in rows
    ]
    gaps = list(gaps_of(case, event, rows, rows))
    if open_ones:
        by = f" by {names}" if names else ""
        text = f"It falls under {judged(case, open_ones, 'possibly_exempt')}, unless exempt{by}. "
        text += "Whether it is exempt is not determined: ask for the paper."
        statements.append(Statement(layer="not_determined", text=text, supports=supports, judgements=ids))
        question = f"Is there a paper of {names or 'an exemption'}, dated before the act?"
        gaps.append(Gap(text="the paper of the exemption was not seen", question=question, field="exemption"))
        title = f"{event.label}: exempt, if the paper of the exemption is produced"
    else:
        text = f"It is covered by {names or 'an exemption'} and falls under no measure on that day."
        statements.append(Statement(layer="alleged", text=text, supports=supports, judgements=ids, records=exemptions))
        title = f"{event.label}: exempt"
    telling = case.by_origin(rows)
    origins = [case.origins[key] for key in telling]
    version = FindingVersion(
        number=1,
        at=at,
        rule="possibly_exempt" if open_ones else "exempt",
        title=title,
        layer="alleged",
        statements=tuple(statements),
        events=(event.id,),
        observations=supports,
        contradicting=event.contradicting,
        judgements=ids,
        measures=measures_of(judgements),
        exemptions=exemptions,
        origins=tuple(o.id for o in origins if not o.secondary),
        origins_secondary=tuple(o.id for o in origins if o.secondary),
        governments=tuple(sorted({s for o in origins if not o.secondary for s in o.states})),
        grades=tuple(grade(case, o, telling[o.id], origins) for o in origins),
        confidence=confidence_of(case, rows, [o for o in origins if not o.secondary], event.contradicting),
        gaps=tuple(gaps),
        next_steps=(f"ask for the paper of {names}",) if open_ones and names else (),
        on=on,
        as_of=case.as_of,
    )
    return Draft(key=f"exempt|{key_of(event, rows)}", event=event, version=version)
