"""What a listing sets off, from the pack's `lists.yaml`: by kind of entry, and by the columns of the list itself.

A regime's own list sets off duties from the day of listing on; a list of a State or of the EU tells who a party is and
sets off none. A listing looks at measures that turn on a listed party taking part; it is no proof of conduct.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observance.evidence.lists import ListedEntry

if TYPE_CHECKING:
    from observance.packs import ListSource, Pack

__all__ = ["Duty", "duties", "is_own", "selects"]

_WORDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A measure that a listing sets off (`set_off`) or that turns on the party taking part (`looks_at`).

    Attributes:
        regime: id of the pack.
        measure: id of the measure.
        way: set_off or looks_at.
        since: ISO day from which the listing holds, for that measure.
        acts: what has to be done, where the list's column says it.
        column: the column that says so.
    """

    regime: str
    measure: str
    way: str
    since: str = ""
    acts: tuple[str, ...] = ()
    column: str = ""


def is_own(list_id: str, packs: Iterable[Pack]) -> bool | None:
    """Whether a list is a regime's own; None where no pack names it."""
    known = [source.own for pack in packs for source in pack.lists.values() if _is(source, list_id)]
    return any(known) if known else None


def duties(list_id: str, entry: ListedEntry, packs: Iterable[Pack]) -> tuple[Duty, ...]:
    """The measures that an entry sets off under the packs, in their order; none for a State's own list."""
    out: dict[tuple[str, str, str], Duty] = {}
    for pack in packs:
        for source in _sources(pack, list_id):
            if source.own and selects(source, entry):
                for duty in _of(pack, source, entry):
                    out.setdefault((duty.regime, duty.measure, duty.way), duty)
    return tuple(out.values())


def _is(source: ListSource, list_id: str) -> bool:
    return list_id in {source.id, source.same_as}


def _sources(pack: Pack, list_id: str) -> list[ListSource]:
    # A source that is the same as another takes its kinds from there: the one that has them goes first and alone.
    named = [source for source in pack.lists.values() if _is(source, list_id)]
    return [source for source in named if source.kinds] or named


def selects(source: ListSource, entry: ListedEntry) -> bool:
    """Whether an entry belongs to the regime that names the list; without a selection all entries do."""
    if source.select is None:
        return True
    folded = source.select.field.casefold()
    by_programme = "program" in folded or "regime" in folded
    values = entry.programme.split("; ") if by_programme else [entry.reference]
    return any(re.match(source.select.pattern, value) for value in values)


def _fold(text: str) -> str:
    return _WORDS.sub(" ", text.casefold()).strip()


def _of(pack: Pack, source: ListSource, entry: ListedEntry) -> Iterable[Duty]:
    # A list without a kind for ships holds them among its entities.
    kind = source.kinds.get(entry.kind) or (source.kinds.get("entity") if entry.kind == "vessel" else None)
    if kind is None:
        return
    for measure in kind.duties:
        yield Duty(regime=pack.id, measure=measure, way="set_off", since=entry.listed_on)
    for column in kind.by_column:
        # The list's own heading may say more than the pack's (`... Management (KPe.020)`).
        held = next((one for one in entry.columns if _fold(one.title).startswith(_fold(column.column))), None)
        if held is not None:
            for measure in column.duties:
                yield Duty(
                    regime=pack.id,
                    measure=measure,
                    way="set_off",
                    since=held.since or entry.listed_on,
                    acts=column.acts,
                    column=column.column,
                )
    for measure in kind.looks_at:
        yield Duty(regime=pack.id, measure=measure, way="looks_at", since=entry.listed_on)
