"""Origins of observations that carry a source chain (the rule of lineage, claim by claim).

Two claims share an origin where one speaker made both: in one document, in one interview (the same outlet stands
between), within a window of days, or again on the same matter later (a repetition is no second source). An unnamed
group
is known only inside its document. An outlet that names no source of its own is the origin of what it tells, unless
another text carries the same quotation, the same wording or the same distinctive figure in that window.
A figure alone never joins two speakers: one who counted for himself is an origin of his own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from observance.findings.decided import Located
from observance.findings.groups import Groups, merged
from observance.findings.origins.likeness import alike, quotations, shingles
from observance.findings.origins.speakers import Speaker, relays, speaker_of
from observance.findings.periods import Bounds, bounds, words
from observance.findings.sketch import Sketch, fold
from observance.model import Decision, Evidence, Ground, Origin, content_id

__all__ = ["Parameters", "origins_of"]

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
class _Told:
    sketch: Sketch
    speaker: Speaker
    occasion: Bounds
    relays: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.sketch.id


def _occasion(sketch: Sketch) -> Bounds:
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


def _ground(kind: str, text: str, *told: _Told) -> Ground:
    return Ground(kind=kind, text=text, members=tuple(sorted(one.id for one in told)))


def _runs(rows: Iterable[_Told], days: int) -> Iterable[tuple[_Told, _Told]]:
    """Neighbours in time within `days`."""
    ordered = sorted(rows, key=lambda t: (t.occasion[0] or t.occasion[1] or _LONG_AGO, t.id))
    for one, two in pairwise(ordered):
        if _near(one.occasion, two.occasion, days):
            yield one, two


def _chain(rows: Sequence[_Told]) -> Iterable[tuple[_Told, _Told]]:
    ordered = sorted(rows, key=lambda t: t.id)
    return pairwise(ordered)


def _short_names(told: Sequence[_Told]) -> dict[str, str]:
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


def _named(told: Sequence[_Told], groups: Groups[str], parameters: Parameters) -> None:
    """One speaker: same document, same occasion, same interview, same matter again."""
    short = _short_names(told)
    by_speaker: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        if one.speaker.kind in {"person", "body", "record"}:
            by_speaker[short.get(one.speaker.key, one.speaker.key)].append(one)
    for rows in by_speaker.values():
        name = max((row.speaker.name for row in rows), key=lambda n: (len(n), n))
        inside: dict[tuple[str, str], list[_Told]] = defaultdict(list)
        between: dict[str, list[_Told]] = defaultdict(list)
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


def _written(rows: Sequence[_Told], folded: str) -> str:
    return min(name for row in rows for name in row.relays[1:] if fold(name) == folded)


def _unnamed(told: Sequence[_Told], groups: Groups[str]) -> None:
    """Unnamed speakers of one document: officials whose States overlap, experts, are one circle."""
    inside: dict[tuple[str, str, str], list[_Told]] = defaultdict(list)
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


def _offices(told: Sequence[_Told], groups: Groups[str], parameters: Parameters) -> None:
    """A speaker known by office and State alone is the named holder of that office who spoke in the window."""
    holders: dict[tuple[str, str], list[_Told]] = defaultdict(list)
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


def _wordings(told: Sequence[_Told], groups: Groups[str], parameters: Parameters) -> None:
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


def _figures(told: Sequence[_Told], groups: Groups[str], parameters: Parameters) -> None:
    """An outlet that names no source repeats the one speaker who told the same figure in the window."""
    index: dict[tuple[str, str, float], list[_Told]] = defaultdict(list)
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


def _documents(told: Sequence[_Told], groups: Groups[str]) -> None:
    """What an outlet tells in its own voice in one document, and what one record shows, is one origin."""
    inside: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        if one.speaker.kind in {"outlet", "record"}:
            inside[one.speaker.key].append(one)
    for rows in inside.values():
        for one, two in _chain(rows):
            groups.tie(
                one.id, two.id, _ground("same_document", "both stand in one document in its own voice", one, two)
            )


def _decided(
    ids: Mapping[str, _Told], groups: Groups[str], decisions: Sequence[Decision], located: Located
) -> set[str]:
    """Ties by persons; returns the observations that a person has parted from their group."""
    parted: set[str] = set()
    for decision in sorted(decisions, key=lambda d: (d.at, d.id)):
        meant = [key for key in located.meant(decision) if key in ids]
        if decision.kind == "join_origins":
            parted.difference_update(meant)
            for one, two in pairwise(meant):
                text = f"joined by {decision.by}: {decision.reason}"
                groups.tie(one, two, Ground(kind="person", text=text, members=tuple(meant)))
        elif decision.kind == "part_origins":
            parted.update(meant)
    return parted


def _shows_own(rows: Sequence[_Told], first_told: Mapping[tuple[str, float], set[str]], root: str) -> bool:
    """Whether an expert brings a figure or a record of his own that nobody else told."""
    for row in rows:
        if any(link.type in {"imagery", "document", "data"} for link in row.sketch.observation.chain):
            return True
        for quantity in row.sketch.observation.quantities:
            if quantity.value is not None and first_told[quantity.unit or "", quantity.value] == {root}:
                return True
    return False


def _speaks_for_nobody(rows: Sequence[_Told], officials: AbstractSet[tuple[str, str]]) -> bool:
    """Whether a named person who speaks for no State tells as a bystander what officials tell as well.

    One who takes part in what he tells is a witness and no bystander.
    """
    claims = [
        row for row in rows if row.sketch.enters == "as_claim" and row.sketch.observation.event_type not in _WORDS
    ]
    return bool(claims) and all(
        row.speaker.kind == "person"
        and row.speaker.type in {"person", ""}
        and not row.speaker.states
        and fold(row.speaker.name) not in row.sketch.sides
        and any((row.sketch.family, side) in officials for side in row.sketch.sides)
        for row in claims
    )


# Claims that tell of words and meetings: whoever was there may tell of them.
_WORDS = frozenset({"statement", "assessment", "meeting", "visit"})
_KINDS = {"person": "speaker", "body": "speaker", "group": "speaker", "outlet": "document", "record": "data"}


def _origin(rows: Sequence[_Told], grounds: Sequence[Ground], *, secondary: bool) -> Origin:
    # The fullest name leads; the order of rows must not matter.
    lead = max((row.speaker for row in rows), key=lambda s: (s.kind == "person", len(s.states), len(s.name), s.name))
    states = tuple(sorted({state for row in rows for state in row.speaker.states}))
    days = sorted(
        value for row in rows if row.sketch.observation.said_on and (value := row.sketch.observation.said_on.value)
    )
    told = sorted({day for row in rows if (day := row.sketch.observation.published)})
    occasion = days[0] if days else (told[0] if told else None)
    through = {name for row in rows for name in row.relays}
    office = f" ({', '.join(part for part in (lead.role, '+'.join(states)) if part)})" if lead.role or states else ""
    to = sorted({name for row in rows for name in row.relays[1:]})
    label = f"{lead.name}{office}{' to ' + ', '.join(to) if to else ''}{', ' + words(occasion) if occasion else ''}"
    keys = sorted((row.sketch.evidence, row.sketch.observation.key, row.id) for row in rows)
    return Origin(
        id=content_id("org", keys),
        label=label,
        kind=_KINDS[lead.kind],
        speaker=lead.name if lead.kind in {"person", "body", "group"} else None,
        states=states,
        occasion=occasion,
        observations=tuple(sorted(row.id for row in rows)),
        relays=tuple(sorted(through)),
        secondary=secondary,
        grounds=merged(grounds),
    )


def origins_of(
    sketches: Sequence[Sketch],
    evidence: Mapping[str, Evidence],
    decisions: Sequence[Decision] = (),
    parameters: Parameters = Parameters(),
) -> tuple[Origin, ...]:
    """The origins of all observations, each observation in exactly one, sorted by id."""
    told = [
        _Told(
            sketch=one,
            speaker=speaker_of(one, evidence.get(one.evidence)),
            occasion=_occasion(one),
            relays=relays(one.observation.chain),
        )
        for one in sketches
    ]
    ids = {one.id: one for one in told}
    groups: Groups[str] = Groups(sorted(ids))
    _documents(told, groups)
    _named(told, groups, parameters)
    _unnamed(told, groups)
    _offices(told, groups, parameters)
    _wordings(told, groups, parameters)
    _figures(told, groups, parameters)
    parted = _decided(ids, groups, decisions, Located(one.observation for one in sketches))

    figures: dict[tuple[str, float], set[str]] = defaultdict(set)
    for one in told:
        for quantity in one.sketch.observation.quantities:
            if quantity.value is not None:
                figures[quantity.unit or "", quantity.value].add(groups.root(one.id))
    officials = {
        (one.sketch.family, side)
        for one in told
        if one.sketch.enters == "as_claim" and one.speaker.states
        for side in one.sketch.sides
    }
    grounds = groups.grounds()
    found = []
    for root, members in groups.groups().items():
        rest = [ids[key] for key in members if key not in parted]
        single = [[ids[key]] for key in members if key in parted]
        for rows in [rest, *single]:
            if not rows:
                continue
            named = any(row.speaker.kind == "person" for row in rows)
            rests = all(row.speaker.type == "expert" for row in rows) or _speaks_for_nobody(rows, officials)
            secondary = (rests and named and not _shows_own(rows, figures, root)) or any(
                relation.type == "secondary_to" for row in rows for relation in row.sketch.observation.relations
            )
            why = list(grounds.get(root, ()))
            if rows is not rest:
                why = [Ground(kind="person", text="parted from its group by a person", members=(rows[0].id,))]
            found.append(_origin(rows, why, secondary=secondary))
    return tuple(sorted(found, key=lambda o: o.id))
