"""Ties between claims that carry a source chain: who said both, on which occasion, in which words.

Two claims share an origin where one speaker made both: in one document, in one interview (the same outlet stands
between), within a window of days, or again on the same matter later (a repetition is no second source). An unnamed
group
is known only inside its document. An outlet that names no source of its own is the origin of what it tells, unless
another text carries the same quotation, the same wording or the same distinctive figure in that window.
A figure alone never joins two speakers: one who counted for himself is an origin of his own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from observance.findings.groups import Groups
from observance.findings.origins.likeness import alike, quotations, shingles
from observance.findings.origins.speakers import Speaker
from observance.findings.periods import Bounds, bounds
from observance.findings.sketch import Sketch, fold
from observance.model import Ground

__all__ = ["Parameters", "Told", "documents", "figures", "named", "occasion_of", "offices", "unnamed", "wordings"]

_LONG_AGO = date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Windows and floors of the rule.

    Attributes:
        window: days within which one speaker's words are one occasion.
        interview: days within which relays of one named outlet's interview are one occasion.
        containment: share of three-word runs from which two wordings are one.
        runs: fewest three-word runs that can prove a shared wording.
        distinctive: smallest figure that can tie an outlet without a source of its own to another telling.
    """

    window: int = 3
    interview: int = 31
    containment: float = 0.6
    runs: int = 4
    distinctive: float = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A claim with who says it, when, and through whom.

    Attributes:
        sketch: the claim.
        speaker: the link nearest to the event.
        occasion: earliest and latest day on which it was said.
        relays: outlets from the publisher inwards.
    """

    sketch: Sketch
    speaker: Speaker
    occasion: Bounds
    relays: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the observation."""
        return self.sketch.id


def occasion_of(sketch: Sketch) -> Bounds:
    """Days on which it was said, else those on which it was published."""
    said = sketch.observation.said_on
    found = bounds(said.value if said else None)
    return found if found != (None, None) else sketch.told


def _near(one: Bounds, two: Bounds, days: int) -> bool:
    """Whether two occasions are within `days`; an occasion that nobody dates is near nothing."""
    if one == (None, None) or two == (None, None):
        return False
    start_one, end_one = one[0] or one[1], one[1] or one[0]
    start_two, end_two = two[0] or two[1], two[1] or two[0]
    assert start_one
    assert end_one
    assert start_two
    assert end_two
    return (start_two - end_one).days <= days and (start_one - end_two).days <= days


def _ground(kind: str, text: str, *told: Told) -> Ground:
    return Ground(kind=kind, text=text, members=tuple(sorted(one.id for one in told)))


def _runs(rows: Iterable[Told], days: int) -> Iterable[tuple[Told, Told]]:
    """Neighbours in time within `days`."""
    ordered = sorted(rows, key=lambda t: (t.occasion[0] or t.occasion[1] or _LONG_AGO, t.id))
    for one, two in pairwise(ordered):
        if _near(one.occasion, two.occasion, days):
            yield one, two


def _chain(rows: Sequence[Told]) -> Iterable[tuple[Told, Told]]:
    ordered = sorted(rows, key=lambda t: t.id)
    return pairwise(ordered)


def _short_names(told: Sequence[Told]) -> dict[str, str]:
    """A bare family or given name to the one full name that holds it: `shin` to `shin won sik`, where only one fits."""
    full = {t.speaker.key for t in told if t.speaker.kind == "person" and " " in t.speaker.key}
    holders: dict[str, set[str]] = defaultdict(set)
    for key in full:
        for part in key.removeprefix("person:").split():
            holders[part].add(key)
    short = {}
    for one in told:
        key = one.speaker.key
        if one.speaker.kind == "person" and key not in full:
            fits = holders.get(key.removeprefix("person:"), set())
            if len(fits) == 1:
                short[key] = next(iter(fits))
    return short


def named(told: Sequence[Told], groups: Groups[str], parameters: Parameters) -> None:
    """One speaker: same document, same occasion, same interview, same matter again."""
    short = _short_names(told)
    by_speaker: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.speaker.kind in {"person", "body", "record"}:
            by_speaker[short.get(one.speaker.key, one.speaker.key)].append(one)
    for rows in by_speaker.values():
        name = max((row.speaker.name for row in rows), key=lambda n: (len(n), n))
        inside: dict[tuple[str, str], list[Told]] = defaultdict(list)
        between: dict[str, list[Told]] = defaultdict(list)
        for row in rows:
            inside["document", row.sketch.evidence].append(row)
            inside["matter", f"{row.sketch.family}|{'+'.join(sorted(row.sketch.sides))}"].append(row)
            for relay in row.relays[1:]:
                between[fold(relay)].append(row)
        for (kind, _), many in inside.items():
            for one, two in _chain(many):
                if kind == "document":
                    ground = _ground("same_speaker_in_document", f"{name} says both in one document", one, two)
                else:
                    ground = _ground("same_speaker_and_matter", f"{name} speaks of the same matter in both", one, two)
                groups.tie(one.id, two.id, ground)
        for one, two in _runs(rows, parameters.window):
            groups.tie(one.id, two.id, _ground("same_speaker_and_occasion", f"{name} speaks on one occasion", one, two))
        for relay, many in between.items():
            for one, two in _runs(many, parameters.interview):
                text = f"{name} as told to {_written(many, relay)}, relayed by both"
                groups.tie(one.id, two.id, _ground("same_interview", text, one, two))


def _written(rows: Sequence[Told], folded: str) -> str:
    return min(name for row in rows for name in row.relays[1:] if fold(name) == folded)


def unnamed(told: Sequence[Told], groups: Groups[str]) -> None:
    """Unnamed speakers of one document: officials whose States overlap, experts, are one circle."""
    inside: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for one in told:
        if one.speaker.kind != "group":
            continue
        kind = "official" if one.speaker.states else one.speaker.type
        for state in one.speaker.states or (one.speaker.key if kind != "expert" else "",):
            inside[one.sketch.evidence, kind, state].append(one)
    for (_, kind, state), rows in inside.items():
        for one, two in _chain(rows):
            circle = f"officials of {state}" if kind == "official" else f"{kind or 'speaker'}s without a name"
            text = f"unnamed {circle} in one document cannot be told apart"
            groups.tie(one.id, two.id, _ground("same_circle", text, one, two))


def offices(told: Sequence[Told], groups: Groups[str], parameters: Parameters) -> None:
    """A speaker known by office and State alone is the named holder of that office who spoke in the window."""
    holders: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        if one.speaker.kind == "person" and one.speaker.role:
            for state in one.speaker.states:
                holders[state, fold(one.speaker.role)].append(one)
    for one in told:
        if one.speaker.kind != "group" or len(one.speaker.states) != 1:
            continue
        office = fold(one.speaker.role or one.speaker.name)
        fits = [
            row
            for (state, role), rows in sorted(holders.items())
            if state == one.speaker.states[0] and (role == office or office.endswith(f" {role}"))
            for row in rows
            if _near(row.occasion, one.occasion, parameters.window)
        ]
        names = {row.speaker.key for row in fits}
        if len(names) == 1:
            text = f"the {one.speaker.role or one.speaker.name} of one text is {fits[0].speaker.name} of the other"
            groups.tie(fits[0].id, one.id, _ground("same_office", text, fits[0], one))


def wordings(told: Sequence[Told], groups: Groups[str], parameters: Parameters) -> None:
    """The same quotation or nearly the same words, unless both name different speakers."""
    by_id = {one.id: one for one in told if one.sketch.observation.statement}
    texts = {key: one.sketch.observation.statement or "" for key, one in by_id.items()}
    quoted = {key: found for key, text in texts.items() if (found := quotations(text))}
    runs = {key: found for key, text in texts.items() if len(found := shingles(text)) >= parameters.runs}
    ties = [
        (one, two, "same_quotation", "both carry the same quotation")
        for one, two, _ in alike(quoted, floor=0.01, least=1)
    ]
    ties += [
        (one, two, "same_wording", f"{share:.0%} of the shorter wording stands in the other")
        for one, two, share in alike(runs, floor=parameters.containment)
    ]
    for one, two, kind, text in ties:
        a, b = by_id[one], by_id[two]
        if a.sketch.evidence == b.sketch.evidence or not _near(a.sketch.told, b.sketch.told, parameters.window):
            continue
        own = {a.speaker.kind, b.speaker.kind}
        if own <= {"person", "body"} and a.speaker.key != b.speaker.key:
            continue
        if a.sketch.enters == "as_denial" or b.sketch.enters == "as_denial":
            continue
        groups.tie(one, two, _ground(kind, text, a, b))


def figures(told: Sequence[Told], groups: Groups[str], parameters: Parameters) -> None:
    """An outlet that names no source repeats the one speaker who told the same figure in the window."""
    index: dict[tuple[str, str, float], list[Told]] = defaultdict(list)
    for one in told:
        for quantity in one.sketch.observation.quantities:
            if quantity.value is not None and quantity.value >= parameters.distinctive:
                index[one.sketch.family, quantity.unit or "", quantity.value].append(one)
    for rows in index.values():
        sources = [row for row in rows if row.speaker.kind in {"person", "body", "group", "record"}]
        for row in rows:
            if row.speaker.kind != "outlet":
                continue
            near = [s for s in sources if _near(s.occasion, row.sketch.told, parameters.window)]
            if len({groups.root(s.id) for s in near}) == 1:
                text = f"{row.speaker.name} names no source and tells the figure of {near[0].speaker.name}"
                groups.tie(near[0].id, row.id, _ground("same_figure_no_source", text, near[0], row))


def documents(told: Sequence[Told], groups: Groups[str]) -> None:
    """What an outlet tells in its own voice in one document, and what one record shows, is one origin."""
    inside: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if one.speaker.kind in {"outlet", "record"}:
            inside[one.speaker.key].append(one)
    for rows in inside.values():
        for one, two in _chain(rows):
            groups.tie(
                one.id, two.id, _ground("same_document", "both stand in one document in its own voice", one, two)
            )
