"""The UK Sanctions List, one JSON object an entry.

`name6` is the surname, or the whole name of an entity or ship; `name1` to `name5` are given names. Ship numbers stand
in free text, and a company's IMO number is a company number. A renamed ship may be named `IMO 9058713 ("AVAX")`. Names
may have no part at all: they are counted and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.lines import objects, texts
from observance.evidence.lists.names import clean, script_of, spread
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
from observance.evidence.lists.un import reference_of
from observance.model import Imo, ImoCompany

__all__ = ["KINDS", "entry_of", "ids_in_text", "name_of", "read_uk_entries"]

KINDS: dict[str, EntryKind] = {"individual": "person", "entity": "entity", "ship": "vessel"}
_SEVEN = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_IMO = re.compile(r"\bIMO\b[^0-9;]{0,40}?([0-9]{7})(?![0-9])", re.IGNORECASE)
_NUMBERED = re.compile(r"""^IMO\s*(?P<imo>[0-9]{7})\s*\(\s*["“”'‘’]*(?P<name>[^"“”'‘’()]{1,80})["“”'‘’]*\s*\)$""")
_STRENGTH = {"good quality a.k.a": "good", "low quality a.k.a": "low"}
_TYPES = {"primary name": "primary", "primary name variation": "variation", "alias": "alias"}


def read_uk_entries(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries and counts of the JSON lines.

    Raises:
        FormatError: a line without id, kind or any name.
    """
    draft = Draft()
    for row, record in objects(data, name=name, limits=limits):
        draft.entries.append(entry_of(record, row, draft, f"{name}, line {row}"))
        draft.counts["entries"] += 1
        draft.newest = max(draft.newest, texts(record, "last_updated")[0][:10])
    return draft


def name_of(parts: Iterable[str], written_type: str, strength: str, field: str) -> ListedName | None:
    """A name from its six parts (`name1` ... `name6`), or None where all are empty."""
    value = clean(" ".join(parts))
    if not value:
        return None
    kind = _TYPES.get(clean(written_type).casefold(), "alias")
    quality = "primary" if kind == "primary" else _STRENGTH.get(clean(strength).casefold().rstrip("."), "unstated")
    return ListedName(value=value, quality=quality, kind=kind, script=script_of(value), field=field)


def ids_in_text(parts: Iterable[tuple[str, str]], kind: EntryKind) -> list[ListedIdentifier]:
    """The entry's own IMO number in its free texts, given as (field, text).

    A ship's statement may call it `IMO 9323326` once and `9323326` later; where more than one number is called IMO,
    the first that is stated right is the ship's own. A company's text that lists the ships it runs gives none of them.
    """
    for field, text in parts:
        found = list(dict.fromkeys(_IMO.findall(text)))
        if kind == "vessel":
            ranked = [number for number in found if Imo.valid(number)] or found
            if ranked:
                return [imo_number(ranked[0], kind, field)]
        elif kind == "entity":
            if owns := [number for number in found if ImoCompany.valid(number) and _own(text, number)]:
                return [imo_number(owns[0], kind, field)]
            if len(found) == 1 and len(set(_SEVEN.findall(text))) == 1:
                return [imo_number(found[0], kind, field)]
    return []


def _own(text: str, number: str) -> bool:
    """Whether the text states the number as the company's own: `IMO Number: 5342883`, the number right behind it."""
    return (
        re.search(rf"\bIMO\)?\s*(?:company\s*)?(?:number|no\.?)?\s*[:#]?\s*{number}\b", text, re.IGNORECASE) is not None
    )


def entry_of(record: dict[str, Any], row: int, draft: Draft, where: str) -> ListedEntry:
    """An entry from the keys of the JSON lines, and from the further ones that the published forms have.

    Those are lists of text: imo_numbers, flags, former_flags, ship_types, birth_dates (EDTF), nationalities, passports,
    national_ids, registrations.

    Raises:
        FormatError: without id, kind or name.
    """
    uid, written, group, un, listed_on, updated, regime = texts(
        record,
        *("unique_id", "individual_entity_ship", "ofsi_group_id", "un_reference_number"),
        *("date_designated", "last_updated", "regime_name"),
    )
    if written.casefold() not in KINDS or not uid:
        raise FormatError("an entry lacks its id or its kind", where=where, got=f"{uid} {written}")
    kind = KINDS[written.casefold()]
    draft.counts[f"types.{written}"] += 1
    names, ids = _names(record, kind, draft)
    if not names:
        raise FormatError("an entry has no name", where=where, got=uid)
    # Numbers stand between line breaks in some statements, so blanks are folded before anything is looked for.
    other, reasons, measures = (
        clean(text) for text in texts(record, "other_information", "uk_statement_of_reasons", "sanctions_imposed")
    )
    ids = [*ids, *_stated(record, kind)]
    told = ids_in_text((("other_information", other), ("uk_statement_of_reasons", reasons)), kind)
    if not any(found.scheme.startswith("imo") for found in ids):
        ids += told
    draft.counts["ships_with_imo_in_text"] += kind == "vessel" and bool(told)
    crosswalk = reference_of(un)
    if crosswalk:
        draft.counts["un_references"] += 1
        ids.append(ListedIdentifier(scheme="un-reference", value=crosswalk, field="un_reference_number", written=un))
    if group:
        ids.append(ListedIdentifier(scheme="ofsi-group", value=group, field="ofsi_group_id"))
    states: dict[str, ListedState] = {}
    for key, label in (("former_flags", "flag"), ("flags", "flag"), ("nationalities", "nationality")):
        for at, written_state in enumerate(record.get(key) or [], 1):
            for found in state(label, written_state, f"{key}[{at}]"):
                states[f"{label} {found.name}"] = found
    dates = tuple(
        ListedDate(value=value, field=f"birth_dates[{at}]")
        for at, value in enumerate(record.get("birth_dates") or [], 1)
    )
    held = (record.get("addresses") or {}).get("addresses") or []
    for at, address in enumerate(held, 1):
        for found in state("address", texts(address, "address_country")[0], f"addresses[{at}].address_country"):
            states.setdefault(found.name, found)
    return ListedEntry(
        reference=uid,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple(ids),
        birth_dates=dates,
        states=tuple(states.values()),
        listed_on=listed_on[:10],
        amended=(updated[:10],) if updated else (),
        programme=clean(regime),
        remarks=other,
        crosswalk=crosswalk,
        fields=tuple(
            sorted(
                {("name" if found.kind == "primary" else found.kind, found.value) for found in names}
                | {
                    (label, value)
                    for label, value in (
                        ("listed_on", listed_on[:10]),
                        ("amended_on", updated[:10]),
                        ("programme", clean(regime)),
                        ("measures", measures),
                        ("other_information", other),
                        ("reasons", reasons),
                    )
                    if value
                }
                | {("address", clean(", ".join(str(part) for part in address.values()))) for address in held}
                | {(found.scheme, found.value) for found in ids}
                | {("birth_date", born.value) for born in dates}
                | {("type", kind_of_ship) for kind_of_ship in record.get("ship_types") or []}
            )
        ),
    )


_STATED = {"passports": "passport", "national_ids": "national-id", "registrations": "registry"}


def _stated(record: dict[str, Any], kind: EntryKind) -> list[ListedIdentifier]:
    """Numbers from cells of their own."""
    out = []
    for at, written in enumerate(record.get("imo_numbers") or [], 1):
        if digits := _SEVEN.search(written.upper().replace("IMO", " ")):
            out.append(imo_number(digits[0], kind, f"imo_numbers[{at}]", written=written))
    for key, scheme in _STATED.items():
        out += [
            ListedIdentifier(scheme=scheme, value=value, field=f"{key}[{at}]")
            for at, value in enumerate(record.get(key) or [], 1)
        ]
    return out


def _names(record: dict[str, Any], kind: EntryKind, draft: Draft) -> tuple[list[ListedName], list[ListedIdentifier]]:
    names: list[ListedName] = []
    ids: list[ListedIdentifier] = []
    for at, part in enumerate((record.get("names") or {}).get("names") or [], 1):
        draft.counts["names"] += 1
        *parts, written_type, strength = texts(
            part, "name1", "name2", "name3", "name4", "name5", "name6", "name_type", "alias_strength"
        )
        draft.counts[f"name_types.{written_type.casefold()}"] += 1
        draft.counts[f"alias_strength.{strength or '(none)'}"] += 1
        found = name_of(parts, written_type, strength, f"names[{at}]")
        if found is None:
            draft.counts["names_without_any_part"] += 1
            continue
        if kind == "vessel" and (renamed := _NUMBERED.match(found.value)):
            names.append(
                ListedName(
                    value=clean(renamed["name"]),
                    quality=found.quality,
                    kind=found.kind,
                    field=found.field,
                    written=found.value,
                    script=script_of(renamed["name"]),
                )
            )
            ids.append(imo_number(renamed["imo"], kind, found.field, written=found.value))
            continue
        names += spread(found, acronyms=kind == "entity")
    for at, part in enumerate((record.get("non_latin_names") or {}).get("names") or [], 1):
        written = texts(part, "name_non_latin_script")[0]
        draft.counts["non_latin_names"] += 1
        if value := clean(written):
            names.append(
                ListedName(
                    value=value,
                    quality="good",
                    kind="original_script",
                    script=script_of(value),
                    field=f"non_latin_names[{at}]",
                    written="" if written == value else written,
                )
            )
    names.sort(key=lambda found: found.kind != "primary")
    return names, ids[:1]
