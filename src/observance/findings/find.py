"""From observations and judgements to findings: the pure core of this layer.

Everything comes in as an argument and the same input gives the same output, in whatever order it comes. Two days are
apart: `on` (the law of that day; the judgements were made for it) and `as_of` (what had been published by that day).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from observance.findings.case import Case
from observance.findings.decided import Located, rejected
from observance.findings.denials import Denial, denials_of
from observance.findings.draft import Draft
from observance.findings.events import Grouping, direct, group
from observance.findings.happening import event_of
from observance.findings.origins import drifts_of, origins_of
from observance.findings.periods import bounds, latest
from observance.findings.regime import RegimeView
from observance.findings.rules.conduct import reported_conduct
from observance.findings.rules.exempt import exempt_conduct
from observance.findings.rules.institution import institution_record, institutions
from observance.findings.rules.listing import listed_parties, listed_party
from observance.findings.sketch import Sketch, fold, sketch
from observance.findings.versions import versioned
from observance.findings.watch import watch_list
from observance.model import (
    Decision,
    Drift,
    Event,
    Evidence,
    Finding,
    Gap,
    Indicator,
    Judgement,
    ListEntry,
    Observation,
    Origin,
)

__all__ = ["FindingSet", "find"]

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSet:
    """What one run concludes, each part sorted by id.

    Attributes:
        findings: with their chains of versions.
        events: happenings that findings and indicators rest on.
        origins: of every observation in the view.
        drifts: retellings that differ from their origin.
        denials: beside what they deny.
        watch: the watch list.
        gaps: gaps of the whole file, beside those of each finding.
        judgements: those that this run used (the ones given, of observations in the view).
        left_out: ids of observations not in the view, with the reason.
    """

    findings: tuple[Finding, ...] = ()
    events: tuple[Event, ...] = ()
    origins: tuple[Origin, ...] = ()
    drifts: tuple[Drift, ...] = ()
    denials: tuple[Denial, ...] = ()
    watch: tuple[Indicator, ...] = ()
    gaps: tuple[Gap, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


def _published(observation: Observation, evidence: Mapping[str, Evidence]) -> str | None:
    """Day on which it could be known: publication, the version of a list, or the end of what a record shows."""
    if observation.published:
        return observation.published
    record = evidence.get(observation.citations[0].evidence)
    if record and record.meta.published:
        return record.meta.published
    versions = [
        c.selector.version for c in observation.citations if isinstance(c.selector, ListEntry) and c.selector.version
    ]
    if versions:
        return max(versions)
    if observation.kind in {"behaviour", "flow"} and observation.date and observation.date.value:
        return observation.date.value
    return None


def _view(
    observations: Iterable[Observation], evidence: Mapping[str, Evidence], as_of: str | None
) -> tuple[list[Observation], list[tuple[str, str]]]:
    """The observations known by a day. One whose day nobody knows is left out of such a view, and that is said."""
    limit = latest(as_of)
    kept: dict[str, Observation] = {}
    out: list[tuple[str, str]] = []
    for one in observations:
        day = bounds(_published(one, evidence))
        known = day[1] or day[0]
        if limit is None or (known is not None and known <= limit):
            kept[one.id] = one
        else:
            out.append((one.id, "published later" if known else "day of publication not known"))
    return [kept[key] for key in sorted(kept)], sorted(set(out))


def _names(sketches: Iterable[Sketch]) -> dict[str, str]:
    """How the evidence most often writes a State, a party and a ship, by code, folded name and number."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    others: dict[str, Counter[str]] = defaultdict(Counter)
    for one in sketches:
        for part in one.observation.participants:
            if part.state and part.type in {None, "state", "state_organ"} and part.name != part.state:
                counts[part.state][part.name] += 1
            for key in (fold(part.name), *map(str, part.identifiers)):
                others[key][part.name] += 1
    found = {key: min(names, key=lambda n: (-names[n], n)) for key, names in others.items() if key}
    for state, names in counts.items():
        short = [name for name in names if len(fold(name).split()) <= 3 and name[:1].isupper()]
        if short:
            found[state] = min(short, key=lambda n: (-names[n], n))
    return found


def _by_subject(judgements: Iterable[Judgement], kept: set[str]) -> dict[str, tuple[Judgement, ...]]:
    found: dict[str, dict[str, Judgement]] = defaultdict(dict)
    for one in judgements:
        if one.subject in kept:
            found[one.subject][one.id] = one
    return {key: tuple(sorted(rows.values(), key=lambda j: (j.measure, j.id))) for key, rows in found.items()}


def _drafts(case: Case, groupings: Sequence[Grouping], at: datetime, on: str | None) -> list[Draft]:
    bodies = institutions(case)
    found = [institution_record(case, one, at, on) for one in bodies]
    parties = listed_parties(case)
    found += [listed_party(case, one, at, on) for one in parties]
    taken = {row.id for one in (*bodies, *parties) for row in one.members}
    for one in groupings:
        rows = tuple(row for row in one.members if row.id not in taken)
        if rows:
            left = Grouping(members=rows, grounds=one.grounds)
            draft = reported_conduct(case, left, at, on) or exempt_conduct(case, left, at, on)
            if draft:
                found.append(draft)
    return found


def _open_questions(case: Case, watch: Sequence[Indicator]) -> list[Gap]:
    """What would have to be known before a watched claim can be judged, each question once with its paragraphs."""
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in watch:
        for key in line.observations:
            for judgement in case.conduct(key):
                if judgement.verdict == "not_determined" and judgement.question:
                    asked[judgement.missing or "", judgement.question].add(str(judgement.measure))
    return [
        Gap(
            text=f"{', '.join(sorted(measures))} cannot be judged without {missing.replace('_', ' ') or 'more'}",
            question=question,
            field=missing,
        )
        for (missing, question), measures in sorted(asked.items())
    ]


def _gaps(out: Sequence[tuple[str, str]], as_of: str | None) -> tuple[Gap, ...]:
    undated = sum(reason == "day of publication not known" for _, reason in out)
    if not undated:
        return ()
    text = f"{undated} observations have no day of publication and are left out of the view as of {as_of}"
    return (Gap(text=text, question="When was it published?", field="published"),)


def find(
    observations: Iterable[Observation],
    judgements: Iterable[Judgement],
    evidence: Mapping[str, Evidence],
    pack: RegimeView,
    decisions: Sequence[Decision] = (),
    previous: Sequence[Finding] = (),
    on: str | None = None,
    as_of: str | None = None,
    now: datetime = _NEVER,
) -> FindingSet:
    """Findings, events, origins, drift, denials, watch list and gaps of a file.

    Args:
        observations: all observations, of any detector.
        judgements: verdicts on those observations, for the law of `on` or of the days of the acts.
        evidence: records by hash.
        pack: terms, measures and records of the regime.
        decisions: what persons decided.
        previous: findings of earlier runs, whose ids and versions go on.
        on: law day of the view.
        as_of: publication day of the view; nothing published later is used.
        now: UTC time of the run, for new versions.
    """
    kept, out = _view(observations, evidence, as_of)
    aside = rejected(Located(kept), decisions)
    kept = [one for one in kept if one.id not in aside]
    out += [(key, "set aside by a person") for key in aside]
    days = {key: record.meta.published for key, record in evidence.items()}
    first = [sketch(one, pack, days) for one in kept]
    turned, grounds = direct(first)
    sketches = [turned[one.id] for one in first]
    origins = origins_of(sketches, evidence, decisions)
    origin_of = {key: origin.id for origin in origins for key in origin.observations}
    by_id = {one.id: one for one in sketches}
    used = _by_subject(judgements, set(by_id))
    case = Case(
        regime=pack,
        sketches=by_id,
        judgements=used,
        evidence=evidence,
        origins={origin.id: origin for origin in origins},
        origin_of=origin_of,
        drifts=drifts_of(origins, by_id),
        denials=denials_of(by_id, origins, origin_of),
        names=_names(sketches),
        as_of=as_of,
    )
    happened = [one for one in sketches if one.enters == "as_claim" and used.get(one.id)]
    groupings = group(happened, grounds, decisions)
    drafts = _drafts(case, groupings, now, on)
    findings = versioned(drafts, previous, decisions, by_id, pack.id)
    in_findings = frozenset(key for draft in drafts for key in (*draft.version.observations, *draft.version.beside))
    covered = {key for draft in drafts for key in draft.event.observations}
    events = {draft.event.id: draft.event for draft in drafts}
    for one in groupings:
        rows = tuple(row for row in one.members if row.id not in covered)
        if rows:
            event = event_of(case, replace(one, members=rows))
            events[event.id] = event
    watch = watch_list(case, in_findings)
    return FindingSet(
        findings=findings,
        events=tuple(events[key] for key in sorted(events)),
        origins=origins,
        drifts=tuple(case.drifts),
        denials=tuple(case.denials),
        watch=watch,
        gaps=(*_gaps(out, as_of), *_open_questions(case, watch)),
        judgements=tuple(sorted((j for rows in used.values() for j in rows), key=lambda j: j.id)),
        left_out=tuple(sorted(out)),
    )
