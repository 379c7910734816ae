"""A table of one's own as a list: CSV with a mapping from our fields to its columns.

The mapping is `field=column`, for example `name=Ship name`, `imo=IMO`. Fields: name (needed), reference, kind, alias
(names joined by `;`), imo, imo_company, mmsi, callsign, passport, registry, tax, birth_date, state, flag, listed_on,
programme, remarks. A column that is not there is an error that names the nearest one.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, decode, rows
from observance.evidence.lists.names import clean, spread
from observance.evidence.lists.numbers import imo_number
from observance.evidence.lists.records import (
    EntryKind,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
)
from observance.evidence.lists.states import state

__all__ = ["FIELDS", "read_mapped"]

_NUMBERS = {"mmsi": "mmsi", "callsign": "callsign", "passport": "passport", "registry": "registry", "tax": "tax"}
_STATES = {"state": "nationality", "flag": "flag"}
_KINDS: dict[str, EntryKind] = {
    "person": "person",
    "individual": "person",
    "entity": "entity",
    "company": "entity",
    "organization": "entity",
    "organisation": "entity",
    "vessel": "vessel",
    "ship": "vessel",
    "aircraft": "aircraft",
}
FIELDS = (
    *("name", "reference", "kind", "alias", "imo", "imo_company", *_NUMBERS),
    *("birth_date", *_STATES, "listed_on", "programme", "remarks"),
)


def read_mapped(data: bytes, *, mapping: Mapping[str, str], name: str, limits: Limits) -> Draft:
    """Entries of a CSV table under a mapping; rows without a name are left out and said.

    Raises:
        FormatError: an unknown field, or a column that is not there.
    """
    text, encoding = decode(data, name=name, limits=limits)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    table = rows(text, name=name, limits=limits, delimiter=delimiter)
    if len(table) < 2:
        raise FormatError("no rows", where=name, expected="a header and one row an entry")
    header = [clean(cell) for cell in table[0]]
    places = _places({key: column for key, column in (mapping or {"name": "name"}).items() if column}, header, name)
    draft = Draft(warnings=[] if encoding.startswith("utf") else [f"not UTF-8: read as {encoding}"])
    for row, cells in enumerate(table[1:], 1):
        values = {key: clean(cells[at]) if at < len(cells) else "" for key, at in places.items()}
        if not any(values.values()):
            continue
        if not values["name"]:
            draft.warnings.append(f"row {row} has no name and was left out")
            continue
        draft.entries.append(_entry(values, places, header, row))
    draft.counts["entries"] = len(draft.entries)
    draft.counts["rows"] = len(table) - 1
    return draft


def _places(mapping: Mapping[str, str], header: list[str], name: str) -> dict[str, int]:
    faults = []
    folded = {column.casefold(): at for at, column in reversed(list(enumerate(header)))}
    places = {}
    for key, column in mapping.items():
        if key not in FIELDS:
            near = difflib.get_close_matches(key, FIELDS, 1)
            faults.append(f"no field {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        elif column.casefold() in folded:
            places[key] = folded[column.casefold()]
        else:
            near = difflib.get_close_matches(column, header, 1, 0.4)
            faults.append(f"no column {column!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    if "name" not in mapping:
        faults.append("the mapping names no column for `name`")
    if faults:
        raise FormatError(
            "the mapping does not fit the table",
            where=name,
            got="columns " + ", ".join(header[:30]),
            faults=tuple(faults),
            step="map fields to columns: " + ", ".join(FIELDS),
        )
    return places


def _entry(values: Mapping[str, str], places: Mapping[str, int], header: list[str], row: int) -> ListedEntry:
    def column(key: str) -> str:
        return header[places[key]]

    kind: EntryKind = _KINDS.get(values.get("kind", "").casefold(), "vessel" if values.get("imo") else "entity")
    names = list(spread(ListedName(value=values["name"], quality="primary", kind="primary", field=column("name"))))
    if values.get("alias"):
        names += spread(ListedName(value=values["alias"], quality="good", field=column("alias")))
    ids = []
    if values.get("imo"):
        ids.append(imo_number(values["imo"], "vessel", column("imo")))
    if values.get("imo_company"):
        ids.append(imo_number(values["imo_company"], "entity", column("imo_company")))
    ids += [
        ListedIdentifier(scheme=scheme, value=values[key], field=column(key))
        for key, scheme in _NUMBERS.items()
        if values.get(key)
    ]
    states: tuple[ListedState, ...] = tuple(
        found for key, label in _STATES.items() if values.get(key) for found in state(label, values[key], column(key))
    )
    dates = (ListedDate(value=values["birth_date"], field=column("birth_date")),) if values.get("birth_date") else ()
    return ListedEntry(
        reference="".join(values.get("reference", "").split()) or f"row-{row}",
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple(ids),
        birth_dates=dates,
        states=states,
        listed_on=values.get("listed_on", "")[:10],
        programme=values.get("programme", ""),
        remarks=values.get("remarks", ""),
        fields=tuple(sorted((key, value) for key, value in values.items() if value)),
    )
