"""A listed party that the evidence names: what the list says is a record, what others owe follows from the list.

A listing is no proof of conduct, and this rule concludes none. Where a number ties the mention to the entry, the
listing is *concluded* from the list; where only the name does, that the two are one is *not determined*, and the
finding asks for what would settle it (a number, a birth date, an address).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from observance.findings.case import Case
from observance.findings.draft import Draft
from observance.findings.events import Grouping
from observance.findings.grades import grade
from observance.findings.happening import event_of
from observance.findings.sketch import Sketch
from observance.findings.wording import and_list
from observance.model import Confidence, FindingVersion, Gap, Ground, Judgement, Statement
from observance.model.finding import Layer

__all__ = ["listed_parties", "listed_party"]


def listed_parties(case: Case) -> tuple[Grouping, ...]:
    """Matches with the regime's own lists, grouped by entry."""
    rows: dict[tuple[str, str], list[Sketch]] = defaultdict(list)
    for one in case.sketches.values():
        facts = dict(one.observation.attributes)
        if one.observation.kind == "match" and facts.get("own_list") == "yes" and _owed(case, one):
            rows[facts.get("list", ""), facts.get("reference", "")].append(one)
    return tuple(
        Grouping(
            members=tuple(sorted(many, key=lambda row: row.id)),
            grounds=(
                Ground(
                    kind="same_entry",
                    text=f"all name the entry {reference} of the list {listed}",
                    members=tuple(sorted(row.id for row in many)),
                ),
            ),
        )
        for (listed, reference), many in sorted(rows.items())
    )


def _owed(case: Case, row: Sketch) -> tuple[Judgement, ...]:
    """What others owe by the listing."""
    return tuple(
        one
        for one in case.judgements.get(row.id, ())
        if one.role == "response" and one.verdict in {"engaged", "indicator"}
    )


def listed_party(case: Case, grouping: Grouping, at: datetime, on: str | None) -> Draft:
    """The finding on one entry that the evidence names."""
    rows = grouping.members
    sure = [row for row in rows if row.observation.modality == "asserted"]
    lead = (sure or list(rows))[0]
    facts = dict(lead.observation.attributes)
    party = lead.observation.participants[0]
    owed = sorted(
        {one.id: one for row in rows for one in _owed(case, row)}.values(), key=lambda one: (one.measure, one.id)
    )
    measures = tuple(sorted({(one.measure, str(one.verdict)) for one in owed}))
    event = event_of(case, grouping, rows)
    ids = tuple(sorted(row.id for row in rows))
    since = f" since {lead.observation.date.value}" if lead.observation.date else ""
    entry = f"entry {facts.get('reference')} of the list {facts.get('list')} of {facts.get('list_version')}"
    layer: Layer = "concluded" if sure else "not_determined"
    statements = [
        Statement(layer="concluded", text=f"{party.name} is {entry}, listed{since}.", supports=ids),
        Statement(
            layer="conditional" if not sure else "concluded",
            text=f"By this listing States owe what {and_list([str(one) for one, _ in measures])} ask; "
            "a listing is no proof of conduct.",
            supports=ids,
            judgements=tuple(one.id for one in owed),
            condition=None if sure else "the party named in the evidence is the one on the list",
        ),
    ]
    for row in rows:
        mention = row.observation.participants[0].mention or party.name
        same = (
            f"“{mention}” is this entry: its number is the same."
            if row in sure
            else f"Whether “{mention}” is this entry is not determined: the name alone ties them."
        )
        statements.append(
            Statement(layer="concluded" if row in sure else "not_determined", text=same, supports=(row.id,))
        )
    origins = [case.origins[key] for key in sorted({case.origin_of[row.id] for row in rows})]
    named = " and ".join(sorted({f"“{row.observation.participants[0].mention or party.name}”" for row in rows})[:3])
    verb = "is" if sure else "may be"
    version = FindingVersion(
        number=1,
        at=at,
        rule="listed_party" if sure else "listed_name",
        title=f"{named} {verb} {party.name}, on the list {facts.get('list')}{since}",
        layer=layer,
        statements=tuple(statements),
        events=(event.id,),
        observations=ids,
        judgements=tuple(sorted(one.id for one in owed)),
        measures=measures,
        origins=tuple(one.id for one in origins),
        grades=tuple(
            grade(case, one, [row for row in rows if case.origin_of[row.id] == one.id], origins) for one in origins
        ),
        confidence=Confidence(
            level="high" if sure else "low",
            parts=(
                ("list", f"the issuer's own list, {facts.get('list_version')}"),
                ("tie", "the same number" if sure else "the name alone"),
            ),
        ),
        gaps=()
        if sure
        else (
            Gap(
                text=f"only the name ties {named} to the entry",
                question="Which number, birth date or address does the one named have?",
                field="identifiers",
            ),
        ),
        next_steps=() if sure else ("compare birth date, number or address with the entry, and decide on the match",),
        on=on,
        as_of=case.as_of,
    )
    return Draft(
        key="|".join(["listing", facts.get("list", ""), facts.get("reference", "")]), event=event, version=version
    )
