"""Lineage over bare news texts: which share an origin, and which changed what it said. No chains are needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from observance.findings.groups import Groups
from observance.findings.origins.lexicon import lexicon
from observance.findings.origins.names import outlet_key
from observance.findings.origins.retold import retold
from observance.findings.origins.texts import Item, Telling, tellings
from observance.findings.origins.ties import Matter, TieParameters, candidates, tie
from observance.findings.periods import earliest
from observance.model import Ground

# Lineage is of short news texts; of a longer one the beginning is looked at.
LONGEST = 8000

__all__ = ["LONGEST", "Item", "Lineage", "item_from", "lineage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The outcome for one text.

    Attributes:
        id: id of the text.
        origins: labels of its origins, sorted; a label means nothing beyond being shared.
        drift: why it tells the origin otherwise, None where it does not.
        grounds: why it shares its origins.
    """

    id: str
    origins: tuple[str, ...]
    drift: str | None = None
    grounds: tuple[Ground, ...] = ()


def item_from(raw: Mapping[str, object]) -> Item:
    """The five fields of a record; everything else in it is left unread."""
    day = earliest(str(raw.get("date") or ""))
    return Item(
        id=str(raw["id"]),
        outlet=str(raw.get("outlet") or ""),
        day=day if isinstance(day, date) else None,
        language=str(raw.get("language") or ""),
        text=str(raw.get("text") or "")[:LONGEST],
    )


def lineage(items: Iterable[Item], parameters: TieParameters = TieParameters()) -> tuple[Lineage, ...]:
    """The origins of every text, in the order given."""
    rows = [replace(item, text=item.text[:LONGEST]) for item in items]
    words = lexicon()
    outlets = frozenset(outlet_key(item.outlet) for item in rows) - {""}
    told: list[Telling] = [one for item in rows for one in tellings(item, words, outlets)]
    matter = Matter(told)
    groups: Groups[str] = Groups(one.key for one in told)
    loose: dict[str, list[tuple[float, str, Ground]]] = {}
    for one, two in candidates(told, matter, parameters):
        ground = tie(one, two, matter, words, parameters)
        if ground is None:
            continue
        if ground.kind.endswith("no_source") or ground.kind.startswith("perhaps"):
            # A text without a source, or with half an office, may only follow one origin: the best fit is chosen below.
            for mine, other in ((one, two), (two, one)):
                if not mine.sourced or _vague(mine):
                    loose.setdefault(mine.key, []).append((matter.likeness(one, two), other.key, ground))
            continue
        groups.tie(one.key, two.key, ground)
    _settle(loose, groups)
    grounds: dict[str, set[Ground]] = {}
    for ground in {g for many in groups.grounds().values() for g in many}:
        for key in ground.members:
            grounds.setdefault(key, set()).add(ground)
    by_key = {one.key: one for one in told}
    by_item: dict[str, list[str]] = {}
    for one in told:
        by_item.setdefault(one.item, []).append(one.key)
    labels = {key: f"o{number}" for number, key in enumerate(sorted({groups.root(one.key) for one in told}), 1)}
    drift = retold(
        [[by_key[key] for key in members] for members in groups.groups().values() if len(members) > 1], words
    )
    found = []
    for item in rows:
        keys = by_item.get(item.id, [])
        roots = sorted({groups.root(key) for key in keys})
        why = sorted({g for key in keys for g in grounds.get(key, ())}, key=lambda g: (g.members, g.kind))
        found.append(
            Lineage(
                id=item.id, origins=tuple(labels[root] for root in roots), drift=drift.get(item.id), grounds=tuple(why)
            )
        )
    return tuple(found)


def _vague(telling: Telling) -> bool:
    """Whether a telling has an office without a portfolio and without a name."""
    return not telling.names and all(role == "minister" for role, _ in telling.roles)


def _settle(loose: Mapping[str, list[tuple[float, str, Ground]]], groups: Groups[str]) -> None:
    """Give each text without a source to the origin that it fits best; a draw between two origins gives it to none."""
    for key in sorted(loose):
        by_root: dict[str, list[tuple[float, str, Ground]]] = {}
        for row in sorted(loose[key], key=lambda row: (-row[0], row[1])):
            by_root.setdefault(groups.root(row[1]), []).append(row)
        # What several tellings of one origin resemble together counts for more than one chance likeness.
        best = [(sum(row[0] for row in rows[:3]), rows[0][1], rows[0][2]) for rows in by_root.values()]
        ranked = sorted(best, key=lambda row: (-row[0], row[1]))
        if len(ranked) > 1 and ranked[0][0] < 1.15 * ranked[1][0]:
            continue
        groups.tie(key, ranked[0][1], ranked[0][2])
