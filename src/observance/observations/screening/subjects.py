"""Listed entries as the name engine wants them, and the way back from a hit to its cell.

Cross references (a cell that names another entry of the list) are not names of the entry that holds them and are left
out. Of several versions of one list only the one given counts: the caller chooses it by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observance.evidence.lists import ListedEntry, ListedIdentifier, ListedName, ListVersion
from observance.evidence.lists.states import alpha2

if TYPE_CHECKING:
    from observance.observations.matches import EntityRecord, Index, Parameters

__all__ = ["Screen", "build_screen", "entity_records", "listed_entries", "of_day"]

_SCHEMAS = {"person": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
# Registers that are compared as identifiers of their own; other numbers are shared by unrelated parties (phones).
_NUMBERED = {"passport", "national-id", "tax", "registry", "swift", "other"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """Lists ready to be screened against.

    Attributes:
        versions: one of each list.
        index: the engine's index over all of them.
        entries: entity id (`list:reference`) to version and entry.
    """

    versions: tuple[ListVersion, ...]
    index: Index
    entries: dict[str, tuple[ListVersion, ListedEntry]]

    def cell(self, entity_id: str, name: str, rule: str) -> ListedName | ListedIdentifier | None:
        """The cell of an entry that a hit rests on: the number for an equal number, else the name."""
        entry = self.entries[entity_id][1]
        if rule.startswith("equal IMO") or "identifier" in rule:
            scheme = "imo-company" if "company" in rule else "imo"
            found = next((number for number in entry.identifiers if number.scheme == scheme), None)
            if found is not None:
                return found
        return next((found for found in entry.names if found.value == name), None)


def of_day(versions: Iterable[ListVersion], day: str | None = None) -> tuple[ListVersion, ...]:
    """The newest version of each list, or the newest up to a day; a list that has none by then is left out."""
    newest: dict[str, ListVersion] = {}
    for version in sorted(versions, key=lambda found: (found.date, found.sha256)):
        if day is None or version.date <= day:
            newest[version.list_id] = version
    return tuple(newest[key] for key in sorted(newest))


def build_screen(versions: Sequence[ListVersion], parameters: Parameters | None = None) -> Screen:
    """Index the entries of the versions."""
    from observance.observations.matches import build_index

    entries = listed_entries(versions)
    index = build_index(entity_records(entries), parameters)
    return Screen(versions=tuple(versions), index=index, entries=entries)


def listed_entries(versions: Iterable[ListVersion]) -> dict[str, tuple[ListVersion, ListedEntry]]:
    """Entity id to version and entry, in order; a reference that stands twice keeps both, told apart by their row."""
    entries: dict[str, tuple[ListVersion, ListedEntry]] = {}
    for version in versions:
        for entry in version.entries:
            key = f"{version.list_id}:{entry.reference}"
            entries[key if key not in entries else f"{key}#{entry.row}"] = (version, entry)
    return entries


def entity_records(entries: dict[str, tuple[ListVersion, ListedEntry]]) -> Iterator[EntityRecord]:
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
            identifiers=tuple(found.value for found in entry.identifiers if found.scheme in _NUMBERED),
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
