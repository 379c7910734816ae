"""Listed entries as the name engine wants them, and the way back from a hit to its cell.

Cross references (a cell that names another entry of the list) are not names of the entry that holds them and are left
out. Which entries stand on a day is the business of `observations.screening.standing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observance.evidence.lists import ListedEntry, ListedIdentifier, ListedName, ListVersion
from observance.evidence.lists.states import alpha2
from observance.observations.screening.standing import of_day, standing_entries

if TYPE_CHECKING:
    from observance.observations.matches import EntityRecord, Hit, Index, Parameters, Query

__all__ = ["Screen", "build_screen", "entity_records"]

_SCHEMAS = {"person": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
# Registers that are compared as identifiers of their own; other numbers are shared by unrelated parties (phones).
_NUMBERED = {"passport", "national-id", "tax", "registry", "swift", "other"}


_REGISTERS = ("IMO number", "IMO company number", "identifier", "MMSI", "call sign")
# A number of three digits stands at many unrelated parties.
_SHORTEST = 5


def _plain(value: str) -> str:
    return "".join(letter for letter in value.upper() if letter.isalnum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Lists ready to be screened against.

    Attributes:
        versions: those that were consulted, by list and day: of the day, and those that an entry was taken from.
        held: all versions that were given; they say how an entry stood on the day.
        day: the day asked for; None is the newest of each list.
        delistings: entry id to the day of a delisting that a person confirmed.
        index: the engine's index over the entries.
        entries: entry id (`list:reference`) to version and entry.
    """

    versions: tuple[ListVersion, ...]
    held: tuple[ListVersion, ...]
    day: str | None
    delistings: Mapping[str, str]
    index: Index
    entries: Mapping[str, tuple[ListVersion, ListedEntry]]

    def cell(self, hit: Hit, query: Query) -> ListedName | ListedIdentifier | None:
        """The cell of an entry that a hit rests on: the number for an equal number, else the name."""
        entry = self.entries[hit.entity_id][1]
        asked = {
            _plain(value) for value in (query.imo, query.imo_company, query.mmsi, query.callsign, *query.identifiers)
        }
        if hit.rule.startswith("equal ") and any(hit.rule.endswith(register) for register in _REGISTERS):
            found = next((number for number in entry.identifiers if _plain(number.value) in asked - {""}), None)
            if found is not None:
                return found
        return next((found for found in entry.names if found.value == hit.name), None)


def build_screen(
    versions: Sequence[ListVersion],
    parameters: Parameters | None = None,
    *,
    day: str | None = None,
    delistings: Mapping[str, str] | None = None,
    index: Index | None = None,
) -> Screen:
    """Index the entries that stand on a day (see `standing_entries`).

    Args:
        versions: held of the lists, several of one list where there are.
        parameters: of the engine.
        day: ISO day; None is the newest of each list.
        delistings: entry id to the day of a delisting that a person confirmed.
        index: one that was made of the same versions and day before.
    """
    from observance.observations.matches import build_index

    entries = standing_entries(versions, day, delistings)
    # A version that was consulted and gave no entry is part of the answer as well: nothing of it stood on that day.
    newest = of_day(versions, day)
    dated = {version.list_id for version in newest}
    consulted = [*newest, *(version for version in versions if version.list_id not in dated)]
    consulted += [version for version, _entry in entries.values()]
    used = {(version.list_id, version.key): version for version in consulted}
    return Screen(
        versions=tuple(sorted(used.values(), key=lambda version: (version.list_id, version.key))),
        held=tuple(versions),
        day=day,
        delistings=dict(delistings or {}),
        index=build_index(entity_records(entries), parameters) if index is None else index,
        entries=entries,
    )


def entity_records(entries: Mapping[str, tuple[ListVersion, ListedEntry]]) -> Iterator[EntityRecord]:
    """The engine's records, one an entry, in the order given."""
    from observance.observations.matches import EntityRecord, NameRecord

    for key, (_version, entry) in entries.items():
        flags = [alpha2(found.code) for found in entry.states if found.kind == "flag" and found.code]
        yield EntityRecord(
            id=key,
            schema=_SCHEMAS[entry.kind],
            names=tuple(
                NameRecord(text=name.value, quality=name.quality, script=name.script)
                for name in entry.names
                if name.kind != "cross_reference"
            ),
            imo=entry.identifier("imo"),
            imo_company=entry.identifier("imo-company"),
            mmsi=entry.identifier("mmsi"),
            callsign=entry.identifier("callsign"),
            flag=flags[-1] if flags else "",
            vessel_type=_vessel_type(entry),
            countries=tuple(
                dict.fromkeys(
                    code
                    for found in entry.states
                    if found.kind in {"nationality", "registration", "address"} and (code := alpha2(found.code))
                )
            ),
            birth_dates=_birth_dates(entry),
            identifiers=tuple(
                found.value
                for found in entry.identifiers
                if found.scheme in _NUMBERED and len(_plain(found.value)) >= _SHORTEST
            ),
        )


def _vessel_type(entry: ListedEntry) -> str:
    return dict(entry.fields).get("type", "") if entry.kind == "vessel" else ""


def _birth_dates(entry: ListedEntry) -> tuple[str, ...]:
    """Days and years without marks; of a range each of its years, so that any of them speaks for the person."""
    out: list[str] = []
    own = [born.value for born in entry.birth_dates]
    for value in [*own, *(day for name in entry.names for day in name.birth_dates)]:
        first, _slash, last = value.replace("~", "").partition("/")
        if last.isdigit() and first.isdigit() and 0 <= int(last) - int(first) <= 20:
            out += [str(year) for year in range(int(first), int(last) + 1)]
        elif first[:1].isdigit():
            out.append(first)
    return tuple(dict.fromkeys(out))
