"""FollowTheMoney entities as JSON lines, the form in which lists are exchanged (`id`, `schema`, `properties`).

Persons, organisations, companies, vessels and aircraft become entries. `Sanction` records (on lines of their own, or
nested under `sanctions`) give day of listing, programme and authority; `Passport` and `Identification` records give
numbers. Anything else is counted and passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.lines import objects
from observance.evidence.lists.names import clean, script_of
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

__all__ = ["read_ftm"]

_KINDS: dict[str, EntryKind] = {
    "Person": "person",
    "Organization": "entity",
    "Company": "entity",
    "LegalEntity": "entity",
    "PublicBody": "entity",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
_NAMES = (
    ("name", "primary", "primary"),
    ("alias", "alias", "good"),
    ("weakAlias", "alias", "low"),
    ("previousName", "former", "good"),
    ("pastNames", "former", "good"),
    ("abbreviation", "acronym", "low"),
)
_NUMBERS = {
    "mmsi": "mmsi",
    "callSign": "callsign",
    "passportNumber": "passport",
    "idNumber": "national-id",
    "registrationNumber": "registry",
    "ogrnCode": "registry",
    "taxNumber": "tax",
    "innCode": "tax",
    "vatCode": "tax",
    "swiftBic": "swift",
    "leiCode": "registry",
}
_STATES = (("nationality", "nationality"), ("citizenship", "nationality"), ("country", "registration"),
           ("jurisdiction", "registration"), ("pastFlags", "flag"), ("flag", "flag"))  # fmt: skip


def read_ftm(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries and counts of FollowTheMoney JSON lines.

    Raises:
        FormatError: a line that is no JSON object.
    """
    draft = Draft()
    held: list[tuple[int, dict[str, Any]]] = []
    beside: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row, record in objects(data, name=name, limits=limits):
        schema = str(record.get("schema", ""))
        draft.counts[f"schemas.{schema or '(none)'}"] += 1
        draft.newest = max(draft.newest, str(record.get("last_change") or "")[:10])
        if schema in _KINDS:
            held.append((row, record))
            continue
        for key in ("entity", "holder"):
            for target in _values(record, key):
                beside[target].append(record)
    for row, record in held:
        entry = _entry(record, row, beside.get(str(record.get("id", "")), []))
        if entry is None:
            draft.counts["without_name"] += 1
            draft.warnings.append(f"line {row}: an entity without a name or id was left out")
            continue
        draft.entries.append(entry)
    draft.warnings = draft.warnings[:20]
    draft.counts["entries"] = len(draft.entries)
    return draft


def _values(record: Mapping[str, Any], key: str) -> list[str]:
    properties = record.get("properties")
    values = properties.get(key, []) if isinstance(properties, Mapping) else []
    found = values if isinstance(values, list) else [values]
    # Nested exports hold whole entities where plain ones hold ids.
    return [str(value.get("id", "")) if isinstance(value, Mapping) else str(value) for value in found]


def _nested(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    properties = record.get("properties")
    values = properties.get(key, []) if isinstance(properties, Mapping) else []
    return [value for value in (values if isinstance(values, list) else []) if isinstance(value, Mapping)]


def _entry(record: dict[str, Any], row: int, beside: list[Mapping[str, Any]]) -> ListedEntry | None:
    kind = _KINDS[str(record["schema"])]
    names = _names(record)
    reference = "".join(str(record.get("id", "")).split())
    if not names or not reference:
        return None
    ids = [
        imo_number(value.upper().removeprefix("IMO").strip(), kind, "imoNumber")
        for value in _values(record, "imoNumber")
    ]
    ids += [
        ListedIdentifier(scheme=scheme, value=clean(value), field=key)
        for key, scheme in _NUMBERS.items()
        for value in _values(record, key)
        if clean(value)
    ]
    sanctions = [one for one in [*beside, *_nested(record, "sanctions")] if one.get("schema") == "Sanction"]
    papers = [
        one
        for one in [*beside, *_nested(record, "identification")]
        if one.get("schema") in {"Passport", "Identification"}
    ]
    for paper in papers:
        scheme = "passport" if paper["schema"] == "Passport" else "national-id"
        ids += [
            ListedIdentifier(scheme=scheme, value=clean(value), field="number") for value in _values(paper, "number")
        ]
    days = sorted(day[:10] for one in sanctions for key in ("listingDate", "startDate") for day in _values(one, key))
    programmes = dict.fromkeys(
        value for one in [record, *sanctions] for key in ("program", "programId") for value in _values(one, key)
    )
    crosswalk = next((value for one in sanctions for value in _values(one, "unscId")), "")
    states: dict[tuple[str, str], ListedState] = {}
    for key, label in _STATES:
        for value in _values(record, key):
            for found in state(label, value, key):
                states.setdefault((label, found.name), found)
    born = tuple(ListedDate(value=value[:10], field="birthDate") for value in _values(record, "birthDate"))
    properties = record.get("properties")
    return ListedEntry(
        reference=reference,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple({(found.scheme, found.value): found for found in ids}.values()),
        birth_dates=born,
        states=tuple(states.values()),
        listed_on=days[0] if days else "",
        programme="; ".join(programmes),
        remarks="; ".join(_values(record, "notes"))[:4000],
        crosswalk=crosswalk,
        fields=tuple(
            sorted(
                {
                    (str(key), clean(str(value)))
                    for key, values in (properties.items() if isinstance(properties, Mapping) else ())
                    for value in (values if isinstance(values, list) else [values])
                    if not isinstance(value, Mapping)
                }
            )
        ),
    )


def _names(record: Mapping[str, Any]) -> list[ListedName]:
    names: dict[str, ListedName] = {}
    for key, kind, quality in _NAMES:
        for at, written in enumerate(_values(record, key), 1):
            if value := clean(written):
                further = kind == "primary" and bool(names)
                names.setdefault(
                    value,
                    ListedName(
                        value=value,
                        quality="good" if further else quality,
                        kind="alias" if further else kind,
                        script=script_of(value),
                        field=f"{key}[{at}]",
                        written="" if written == value else written,
                    ),
                )
    if not names and (caption := clean(str(record.get("caption") or ""))):
        names[caption] = ListedName(
            value=caption, quality="primary", kind="primary", script=script_of(caption), field="caption"
        )
    return list(names.values())
