"""Denials: records that stand beside what they deny. They remove nothing, lower no count and settle nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from observance.findings.periods import overlap
from observance.findings.sketch import Sketch
from observance.model import Origin, content_id

__all__ = ["Denial", "denials_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """One origin's denial.

    Attributes:
        id: `den-` and a hash of its members.
        by: who denies, for a reader.
        states: States that deny.
        origin: id of the origin.
        observations: ids of the passages that carry it, sorted.
        against: ids of the observations that it denies, sorted.
        known_on: first day on which it was published, EDTF.
    """

    id: str
    by: str
    states: tuple[str, ...] = ()
    origin: str
    observations: tuple[str, ...]
    against: tuple[str, ...] = ()
    known_on: str | None = None


def _reaches(denial: Sketch, claim: Sketch, by: frozenset[str]) -> bool:
    """Whether a denial is of what a claim tells.

    It is of the same kind of happening, done or agreed (nobody denies a fear), its sides are those of the claim as
    far as
    both name them, and whoever denies is one of the sides that the claim names (a claim that leaves a side open is not
    denied by that side). A denial that names a period reaches that period only.
    """
    if claim.enters not in {"as_claim", "watch_only"} or claim.observation.modality in {
        "feared",
        "conditional",
        "offered",
    }:
        return False
    kinds = {claim.observation.event_type, *claim.observation.event_accept}
    if claim.family != denial.family or denial.observation.event_type not in kinds:
        return False
    for mine, theirs in ((denial.givers, claim.givers), (denial.takers, claim.takers)):
        if mine and theirs and not mine & theirs:
            return False
    if denial.identities and claim.identities and not denial.identities & claim.identities:
        return False
    if not denial.identities and by and not by & (claim.sides | claim.identities):
        return False
    start, told = claim.period[0], denial.told[1]
    # Nobody denies what begins after the denial was told.
    return overlap(denial.period, claim.period) and not (start is not None and told is not None and start > told)


def denials_of(
    sketches: Mapping[str, Sketch], origins: Sequence[Origin], origin_of: Mapping[str, str]
) -> tuple[Denial, ...]:
    """Denials by origin, sorted by id."""
    by_family: dict[str, list[Sketch]] = defaultdict(list)
    rows: dict[str, list[Sketch]] = defaultdict(list)
    for one in sketches.values():
        if one.enters == "as_denial":
            rows[origin_of[one.id]].append(one)
        else:
            by_family[one.family].append(one)
    names = {origin.id: origin for origin in origins}
    found = []
    for key, many in rows.items():
        origin = names[key]
        by = frozenset(origin.states)
        against = {c.id for d in many for c in by_family[d.family] if _reaches(d, c, by)}
        days = sorted(day for d in many if (day := d.observation.published))
        members = tuple(sorted(d.id for d in many))
        found.append(
            Denial(
                id=content_id("den", members),
                by=origin.speaker or origin.label,
                states=origin.states,
                origin=key,
                observations=members,
                against=tuple(sorted(against)),
                known_on=days[0] if days else None,
            )
        )
    return tuple(sorted(found, key=lambda d: d.id))
