"""The EU consolidated list of financial sanctions, one JSON object an entry.

Names carry double blanks, and hangul words are broken by stray blanks: the parts stay as written, with blanks folded.
All names are marked `strong`. A UN reference is taken only where it is well formed.
"""

from __future__ import annotations

import re
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.lines import objects, texts
from observance.evidence.lists.names import clean, script_of
from observance.evidence.lists.numbers import in_text, scheme_of
from observance.evidence.lists.records import (
    EntryKind,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
)
from observance.evidence.lists.states import alpha3, state

__all__ = ["UN_REFERENCE", "entry_of", "eu_birth_date", "eu_name", "read_eu_entries"]

UN_REFERENCE = re.compile(r"[A-Z]{2}[ie]\.(?!000)[0-9]{3}")
_KINDS: dict[str, EntryKind] = {"person": "person", "enterprise": "entity", "p": "person", "e": "entity"}


def read_eu_entries(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries and counts of the JSON lines.

    Raises:
        FormatError: a line without reference, kind or name.
    """
    draft = Draft()
    for row, record in objects(data, name=name, limits=limits):
        draft.entries.append(entry_of(record, row, draft, f"{name}, line {row}"))
        draft.counts["entries"] += 1
    return draft


def eu_name(written: str, *, strong: bool, language: str, field: str, first: bool) -> ListedName:
    """A name alias; the first one of an entry is its primary name."""
    value = clean(written)
    grade = "good" if strong else "low"
    return ListedName(
        value=value,
        quality="primary" if first else grade,
        kind="primary" if first else "alias",
        script=script_of(value),
        field=field,
        written="" if written == value else written,
        language=language.casefold(),
    )


def eu_birth_date(day: str, year: str, month: str, number: str, *, circa: bool) -> str:
    """EDTF from the parts the EU gives: a day, or a year with or without a month."""
    value = day[:10]
    if not value and year.isdigit():
        value = year
        if month.isdigit():
            value += f"-{int(month):02d}" + (f"-{int(number):02d}" if number.isdigit() else "")
    return value + ("~" if circa and value else "")


def entry_of(record: dict[str, Any], row: int, draft: Draft, where: str) -> ListedEntry:
    """An entry from the keys of the JSON lines.

    Raises:
        FormatError: without reference, kind or name.
    """
    reference, un, remark, details = texts(
        record, "eu_reference_number", "united_nation_id", "remark", "designation_details"
    )
    subject = texts(record.get("subject_type") or {}, "code")[0]
    if not reference or subject.casefold() not in _KINDS:
        raise FormatError("an entry lacks its reference or its kind", where=where, got=f"{reference} {subject}")
    kind = _KINDS[subject.casefold()]
    draft.counts[f"types.{subject}"] += 1
    names: list[ListedName] = []
    for at, alias in enumerate(record.get("name_aliases") or [], 1):
        whole, language, *parts = texts(alias, "whole_name", "name_language", "first_name", "middle_name", "last_name")
        whole = whole or clean(" ".join(parts))
        draft.counts["names"] += 1
        draft.counts["names_with_double_blanks"] += "  " in whole
        if clean(whole):
            names.append(
                eu_name(
                    whole,
                    strong=alias.get("strong") is not False,
                    language=language,
                    field=f"name_aliases[{at}].whole_name",
                    first=not names,
                )
            )
    if not names:
        raise FormatError("an entry has no name", where=where, got=reference)
    # A Latin name leads where there is one, so that a report reads in one script.
    names = _lead(names)
    days = [texts(rule, "entry_into_force_date", "publication_date") for rule in record.get("regulations") or []]
    programmes = list(dict.fromkeys(texts(rule, "programme")[0] for rule in record.get("regulations") or []))
    draft.newest = max([draft.newest, *(day[1][:10] for day in days)])
    draft.counts.update(f"programmes.{programme}" for programme in programmes)
    ids = [*_numbers(record), *in_text(clean(remark), kind, "remark")]
    draft.counts["united_nation_id"] += bool(un)
    crosswalk = un.strip() if UN_REFERENCE.fullmatch(un.strip()) else ""
    if crosswalk:
        draft.counts["united_nation_id_well_formed"] += 1
        ids.append(ListedIdentifier(scheme="un-reference", value=crosswalk, field="united_nation_id"))
    dates = tuple(
        ListedDate(value=value, field=f"birthdates[{at}]")
        for at, born in enumerate(record.get("birthdates") or [], 1)
        if (
            value := eu_birth_date(
                *texts(born, "birthdate", "year", "month_of_year", "day_of_month"), circa=bool(born.get("circa"))
            )
        )
    )
    states = _states(record)
    return ListedEntry(
        reference=reference,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple({(found.scheme, found.value): found for found in reversed(ids)}.values())[::-1],
        birth_dates=dates,
        states=states,
        # The file gives the latest act for an entry, not the day of listing: it is a day of amendment.
        listed_on=texts(record, "designation_date")[0][:10],
        amended=tuple(sorted({day[0][:10] or day[1][:10] for day in days if any(day)})),
        programme="; ".join(programmes),
        remarks=clean(remark) or clean(details),
        crosswalk=crosswalk,
        fields=tuple(
            sorted(
                {("name" if found.kind == "primary" else "alias", found.value) for found in names}
                | {("birth_date", born.value) for born in dates}
                | {(found.kind, found.name) for found in states}
                | {(found.scheme, found.value) for found in ids}
                | {("programme", programme) for programme in programmes}
                | {("remark", clean(remark))} - {("remark", "")}
            )
        ),
    )


def _lead(names: list[ListedName]) -> list[ListedName]:
    lead = next((at for at, found in enumerate(names) if found.script == "Latn"), 0)
    if not lead:
        return names
    first, other = names[0], names[lead]
    swapped = [
        eu_name(other.exact, strong=True, language=other.language, field=other.field, first=True),
        eu_name(first.exact, strong=True, language=first.language, field=first.field, first=False),
    ]
    return [*swapped, *names[1:lead], *names[lead + 1 :]]


def _numbers(record: dict[str, Any]) -> list[ListedIdentifier]:
    out = []
    for at, found in enumerate(record.get("identifications") or [], 1):
        code, number, issuer = texts(found, "identification_type_code", "number", "country_iso2_code")
        if value := clean(number):
            out.append(
                ListedIdentifier(
                    scheme=scheme_of(code),
                    value=value,
                    field=f"identifications[{at}].number",
                    written="" if number == value else number,
                    state=alpha3(issuer) if issuer else "",
                    note=code,
                )
            )
    return out


def _states(record: dict[str, Any]) -> tuple[ListedState, ...]:
    out: dict[tuple[str, str], ListedState] = {}
    for kind, key in (("nationality", "citizenships"), ("address", "addresses"), ("birth", "birthdates")):
        for at, place in enumerate(record.get(key) or [], 1):
            code, described = texts(place, "country_iso2_code", "country_description")
            for found in state(kind, described or code, f"{key}[{at}].country_iso2_code"):
                known = (
                    found
                    if found.code
                    else ListedState(kind=kind, name=found.name, code=alpha3(code), field=found.field)
                )
                out.setdefault((kind, known.name), known)
    return tuple(out.values())
