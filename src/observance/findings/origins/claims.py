"""Origins of observations: the groups that the ties between claims make, with what persons joined and parted.

Each observation stands in exactly one origin. An origin is *secondary*, and counts 0, where a named expert or a
person who speaks for no State tells what officials tell, without a figure or a record of his own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from observance.findings.decided import Located
from observance.findings.groups import Groups, merged
from observance.findings.origins.occasions import (
    Parameters,
    Told,
    documents,
    figures,
    named,
    occasion_of,
    offices,
    unnamed,
    wordings,
)
from observance.findings.origins.speakers import relays, speaker_of
from observance.findings.periods import words
from observance.findings.sketch import Sketch, fold
from observance.model import Decision, Evidence, Ground, Origin, content_id

__all__ = ["Parameters", "origins_of"]


def _decided(ids: Mapping[str, Told], groups: Groups[str], decisions: Sequence[Decision], located: Located) -> set[str]:
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


def _shows_own(rows: Sequence[Told], first_told: Mapping[tuple[str, float], set[str]], root: str) -> bool:
    """Whether an expert brings a figure or a record of his own that nobody else told."""
    for row in rows:
        if any(link.type in {"imagery", "document", "data"} for link in row.sketch.observation.chain):
            return True
        for quantity in row.sketch.observation.quantities:
            if quantity.value is not None and first_told[quantity.unit or "", quantity.value] == {root}:
                return True
    return False


def _speaks_for_nobody(rows: Sequence[Told], officials: AbstractSet[tuple[str, str]]) -> bool:
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


def _origin(rows: Sequence[Told], grounds: Sequence[Ground], *, secondary: bool) -> Origin:
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
        Told(
            sketch=one,
            speaker=speaker_of(one, evidence.get(one.evidence)),
            occasion=occasion_of(one),
            relays=relays(one.observation.chain),
        )
        for one in sketches
    ]
    ids = {one.id: one for one in told}
    groups: Groups[str] = Groups(sorted(ids))
    documents(told, groups)
    named(told, groups, parameters)
    unnamed(told, groups)
    offices(told, groups, parameters)
    wordings(told, groups, parameters)
    figures(told, groups, parameters)
    parted = _decided(ids, groups, decisions, Located(one.observation for one in sketches))

    told_by: dict[tuple[str, float], set[str]] = defaultdict(set)
    for one in told:
        for quantity in one.sketch.observation.quantities:
            if quantity.value is not None:
                told_by[quantity.unit or "", quantity.value].add(groups.root(one.id))
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
            by_name = any(row.speaker.kind == "person" for row in rows)
            rests = all(row.speaker.type == "expert" for row in rows) or _speaks_for_nobody(rows, officials)
            secondary = (rests and by_name and not _shows_own(rows, told_by, root)) or any(
                relation.type == "secondary_to" for row in rows for relation in row.sketch.observation.relations
            )
            why = list(grounds.get(root, ()))
            if rows is not rest:
                why = [Ground(kind="person", text="parted from its group by a person", members=(rows[0].id,))]
            found.append(_origin(rows, why, secondary=secondary))
    return tuple(sorted(found, key=lambda o: o.id))
