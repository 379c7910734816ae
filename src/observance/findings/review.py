"""Review: what persons decided about a finding, put on top of what the engine found (S/2006/997, paras. 28, 48-50).

A decision binds to the finding by its id, by its key, or by a passage that the finding rests on. Nothing is
rewritten: a
correction says what was and what is, a withdrawn finding stays visible as withdrawn, a dissent keeps its name and
reason.

| kind | values | effect |
|---|---|---|
| `status` | `status` | state of review |
| `withdrawn` | | status withdrawn, with the reason as a correction |
| `reply` | `party`, then `due` and `letter` (a request), or `answer`, `evidence`, `assessment`, `silent` | right of
reply | | `dissent` | `statement` (number, from 0) | a dissenting view |
| `correction` | `was`, `now` | a correction, status corrected |
| `recommendation` | `addressee`, `text`, `priority`, `follow_up`, `status` | a recommendation, or news of one |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import get_args

from observance.findings.decided import Located
from observance.findings.draft import Draft
from observance.findings.sketch import Sketch
from observance.model import Correction, Decision, Dissent, FindingVersion, Recommendation, Reply
from observance.model.finding import Status

__all__ = ["KINDS", "apply_review"]

KINDS = frozenset({"status", "withdrawn", "reply", "dissent", "correction", "recommendation"})


def _binds(key: str, draft: Draft, decision: Decision, located: Located) -> bool:
    if decision.subject in {key, draft.key, *draft.version.events}:
        return True
    return bool(decision.citations) and bool(set(located.meant(decision)) & set(draft.version.observations))


def _reply(replies: Sequence[Reply], decision: Decision) -> tuple[Reply, ...]:
    """A request opens a reply; an answer, silence or an assessment goes to the latest request to that party."""
    values = dict(decision.values)
    party = values.get("party", "")
    rows = list(replies)
    if "due" in values:
        rows.append(Reply(party=party, asked_on=decision.at, due=values["due"], letter=values.get("letter", "")))
        return tuple(rows)
    for index in range(len(rows) - 1, -1, -1):
        if rows[index].party == party or not party:
            found = rows[index]
            rows[index] = replace(
                found,
                answered_on=decision.at if "answer" in values else found.answered_on,
                answer=values.get("answer", found.answer),
                answer_evidence=values.get("evidence", found.answer_evidence),
                assessment=values.get("assessment", found.assessment),
                silent=values.get("silent", "yes" if found.silent else "no") == "yes" and "answer" not in values,
            )
            return tuple(rows)
    # An answer that nobody asked for is kept as well: the party has spoken.
    rows.append(
        Reply(
            party=party,
            asked_on=decision.at,
            due="",
            answered_on=decision.at if "answer" in values else None,
            answer=values.get("answer"),
            answer_evidence=values.get("evidence"),
            assessment=values.get("assessment"),
            silent=values.get("silent") == "yes",
        )
    )
    return tuple(rows)


def _recommendation(rows: Sequence[Recommendation], decision: Decision) -> tuple[Recommendation, ...]:
    """A new recommendation, or a new state of one with the same addressee and text."""
    values = dict(decision.values)
    made = Recommendation(
        addressee=values.get("addressee", ""),
        text=values.get("text", decision.reason),
        priority=values.get("priority", "normal"),
        follow_up=values.get("follow_up", ""),
        status=values.get("status", "open"),
    )
    kept = [row for row in rows if (row.addressee, row.text) != (made.addressee, made.text)]
    # A person's recommendation takes the place of the engine's draft.
    return (*(row for row in kept if row.status != "draft"), made)


def _one(version: FindingVersion, decision: Decision) -> FindingVersion:
    values = dict(decision.values)
    match decision.kind:
        case "status" if values.get("status") in get_args(Status):
            return replace(version, status=values["status"])  # type: ignore[arg-type]
        case "withdrawn":
            note = Correction(
                at=decision.at, by=decision.by, was=version.title, now="withdrawn", reason=decision.reason
            )
            return replace(version, status="withdrawn", corrections=(*version.corrections, note))
        case "reply":
            return replace(version, replies=_reply(version.replies, decision))
        case "dissent":
            number = values.get("statement", "")
            view = Dissent(
                by=decision.by,
                at=decision.at,
                reason=decision.reason,
                statement=int(number) if number.isdecimal() else None,
            )
            return replace(version, dissents=(*version.dissents, view))
        case "correction":
            change = Correction(
                at=decision.at,
                by=decision.by,
                was=values.get("was", ""),
                now=values.get("now", ""),
                reason=decision.reason,
            )
            status: Status = "withdrawn" if version.status == "withdrawn" else "corrected"
            return replace(version, status=status, corrections=(*version.corrections, change))
        case "recommendation":
            return replace(version, recommendations=_recommendation(version.recommendations, decision))
    return version


def apply_review(
    key: str, draft: Draft, decisions: Sequence[Decision], sketches: Mapping[str, Sketch]
) -> FindingVersion:
    """The version with replies, dissent, corrections, recommendations and state of review, in the order decided."""
    mine = [decision for decision in decisions if decision.kind in KINDS]
    if not mine:
        return draft.version
    located = Located(sketches[name].observation for name in draft.version.observations)
    version = draft.version
    for decision in sorted(mine, key=lambda d: (d.at, d.id)):
        if _binds(key, draft, decision, located):
            version = replace(_one(version, decision), by=decision.by)
    return version
