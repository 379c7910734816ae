"""The UN Security Council Consolidated List in its published XML.

Layout: https://www.un.org/sc/resources/sc-sanctions.xsd. `CONSOLIDATED_LIST@dateGenerated` is the day of the list, in
its own time zone. `INDIVIDUALS/INDIVIDUAL` and `ENTITIES/ENTITY`; the kind is known from the element alone. Second
birth dates stand in further `INDIVIDUAL_DATE_OF_BIRTH` elements or (2023 to 2025) in aliases without a name.
"""

from __future__ import annotations

import re
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, xml_root
from observance.evidence.lists.names import clean, spread
from observance.evidence.lists.numbers import flag_in_text, in_text, is_ship, scheme_of
from observance.evidence.lists.records import (
    EntryKind,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
)
from observance.evidence.lists.states import alpha3, state

__all__ = ["birth_date", "comparable", "quality_of", "read_un_xml", "reference_of"]

# A link that stands in most comments of some states of the file and in none of others: no fact about the entry.
_LINK = re.compile(
    r"INTERPOL-UN Security Council Special Notice web link:?(?:\s*https?:\S{1,300})?(?:\s*click here)?\s*"
)
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_KINDS: tuple[tuple[str, str, EntryKind], ...] = (
    ("INDIVIDUALS", "INDIVIDUAL", "person"),
    ("ENTITIES", "ENTITY", "entity"),
)


def read_un_xml(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries, counts and printed day of a UN XML file.

    Raises:
        FormatError: another kind of XML, or one that is damaged.
    """
    root = xml_root(data, name=name, limits=limits)
    if root.tag != "CONSOLIDATED_LIST":
        raise FormatError(
            "this is not the UN consolidated list", where=name, got=f"<{root.tag}>", expected="<CONSOLIDATED_LIST>"
        )
    draft = Draft(printed=root.get("dateGenerated", ""))
    row = 0
    for section, tag, kind in _KINDS:
        for element in root.iterfind(f"{section}/{tag}"):
            row += 1
            draft.entries.append(_entry(element, tag, kind, row, draft, name))
        draft.counts[section.casefold()] = len(root.findall(f"{section}/{tag}"))
    draft.counts["entries"] = row
    # An unrelated count over the bytes: a reader that lost elements on the way would differ.
    for section, tag, _kind in _KINDS:
        draft.counts[f"tags.{section.casefold()}"] = data.count(b"<%s>" % tag.encode()) + data.count(
            b"<%s " % tag.encode()
        )
    return draft


def reference_of(text: str | None) -> str:
    """A reference without blanks: `KPe.023 ` and `KPi.063 .1` are written with some."""
    return "".join((text or "").split())


def quality_of(written: str) -> tuple[str, str]:
    """(quality, kind) of an alias: Good and Low for individuals, a.k.a. and f.k.a. for entities."""
    folded = written.strip().casefold().rstrip(".")
    kind = "former" if folded.startswith("f.k.a") else "alias"
    return {"good": "good", "low": "low"}.get(folded, "unstated"), kind


def birth_date(kind: str, date: str, year: str, first: str, last: str, note: str = "") -> tuple[str, str]:
    """EDTF and note of a birth date: EXACT, APPROXIMATELY (`~`) or BETWEEN two years (`a/b`); empty for a shell."""
    about = "~" if kind.strip().upper() == "APPROXIMATELY" else ""
    if first or last:
        return f"{clean(first) or '..'}/{clean(last) or '..'}", clean(note)
    day = clean(date)[:10]
    # One entry of 2023 to 2025 has the word `null` for a day.
    value = (day if day[:1].isdigit() else "") or clean(year)
    return (value + about if value else ""), clean(note)


def _text(element: Any, tag: str) -> str:
    return clean(element.findtext(tag))


def _entry(element: Any, tag: str, kind: EntryKind, row: int, draft: Draft, name: str) -> ListedEntry:
    raw = element.findtext("REFERENCE_NUMBER") or ""
    reference = reference_of(raw)
    if not reference:
        raise FormatError("an entry has no reference", where=f"{name}, entry {row}", expected="REFERENCE_NUMBER")
    if raw != raw.strip():
        draft.counts["references_with_blanks"] += 1
    names, dates = _names(element, tag, draft, reference)
    if not names or names[0].kind != "primary":
        raise FormatError("an entry has no name", where=f"{name}, entry {row}", got=reference, expected="FIRST_NAME")
    remarks = _text(element, "COMMENTS1")
    numbers = [*_documents(element, draft), *in_text(remarks, kind, "COMMENTS1")]
    states = _states(element, tag)
    if kind == "entity" and is_ship(numbers, remarks):
        kind = "vessel"
        states += state("flag", flag_in_text(remarks), "COMMENTS1")
    programme = _text(element, "UN_LIST_TYPE")
    draft.counts[f"list_types.{programme}"] += 1
    amended = tuple(
        sorted({day for value in element.iterfind("LAST_DAY_UPDATED/VALUE") if (day := clean(value.text)[:10])})
    )
    return ListedEntry(
        reference=reference,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple({(found.scheme, found.value): found for found in reversed(numbers)}.values())[::-1],
        birth_dates=tuple(dates),
        states=states,
        listed_on=_text(element, "LISTED_ON")[:10],
        delisted_on=_text(element, "DELISTED_ON")[:10],
        amended=amended,
        programme=programme,
        remarks=remarks,
        fields=_fields(element, tag),
    )


def _names(element: Any, tag: str, draft: Draft, reference: str) -> tuple[list[ListedName], list[ListedDate]]:
    whole = clean(" ".join(_text(element, part) for part in _NAME_PARTS))
    acronyms = tag == "ENTITY"
    primary = ListedName(value=whole, quality="primary", kind="primary", field="NAME")
    names = list(spread(primary, acronyms=acronyms)) if whole else []
    if original := _text(element, "NAME_ORIGINAL_SCRIPT"):
        draft.counts[f"original_script.{tag.casefold()}"] += 1
        names += spread(
            ListedName(value=original, quality="primary", kind="original_script", field="NAME_ORIGINAL_SCRIPT")
        )
    dates: list[ListedDate] = []
    for at, born in enumerate(element.iterfind(f"{tag}_DATE_OF_BIRTH"), 1):
        parts = [_text(born, key) for key in ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE")]
        draft.counts[f"dob.{parts[0] or '(empty)'}"] += 1
        value, note = birth_date(*parts)
        if value:
            dates.append(ListedDate(value=value, field=f"{tag}_DATE_OF_BIRTH[{at}]", note=note))
    for at, alias in enumerate(element.iterfind(f"{tag}_ALIAS"), 1):
        value, born_on = _text(alias, "ALIAS_NAME"), _text(alias, "DATE_OF_BIRTH")
        field = f"{tag}_ALIAS[{at}].ALIAS_NAME"
        quality = _text(alias, "QUALITY")
        if not value:
            draft.counts["alias_elements_empty"] += 1
            if born_on[:1].isdigit():
                dates.append(ListedDate(value=born_on[:10], field=f"{tag}_ALIAS[{at}].DATE_OF_BIRTH"))
            continue
        draft.counts[f"{tag.casefold()}_aliases.{quality}"] += 1
        draft.counts["aliases_with_semicolon"] += ";" in value
        grade, kind = quality_of(quality)
        written = alias.findtext("ALIAS_NAME") or ""
        names += [
            found
            for found in spread(
                ListedName(
                    value=value,
                    quality=grade,
                    kind=kind,
                    field=field,
                    written=written,
                    birth_dates=(born_on[:10],) if born_on else (),
                    note=_text(alias, "NOTE"),
                ),
                acronyms=acronyms,
            )
            if found.refers_to != reference
        ]
    return names, list({date.value: date for date in reversed(dates)}.values())[::-1]


def _documents(element: Any, draft: Draft) -> list[ListedIdentifier]:
    out = []
    for at, document in enumerate(element.iterfind("INDIVIDUAL_DOCUMENT"), 1):
        written = document.findtext("NUMBER") or ""
        value = clean(written)
        if not value:
            continue
        draft.counts["documents_with_number"] += 1
        out.append(
            ListedIdentifier(
                scheme=scheme_of(_text(document, "TYPE_OF_DOCUMENT")),
                value=value,
                field=f"INDIVIDUAL_DOCUMENT[{at}].NUMBER",
                written="" if written == value else written,
                state=alpha3(_text(document, "ISSUING_COUNTRY") or _text(document, "COUNTRY_OF_ISSUE")),
                note=_text(document, "NOTE").strip(" ,"),
            )
        )
    return out


def _states(element: Any, tag: str) -> tuple[ListedState, ...]:
    out: dict[tuple[str, str], ListedState] = {}
    places = (
        ("nationality", "NATIONALITY/VALUE", ""),
        ("address", f"{tag}_ADDRESS", "COUNTRY"),
        ("birth", f"{tag}_PLACE_OF_BIRTH", "COUNTRY"),
    )
    for kind, path, child in places:
        for at, place in enumerate(element.iterfind(path), 1):
            written = place.findtext(child) if child else place.text
            for found in state(kind, written, f"{path}[{at}]" + (f".{child}" if child else "")):
                out.setdefault((kind, found.name), found)
    return tuple(out.values())


def _fields(element: Any, tag: str) -> tuple[tuple[str, str], ...]:
    """The facts of an entry as (name, value), the same in every layout the publisher has used.

    Order of elements, empty shells, blanks and the place of a birth date change between states of the file while the
    facts do not, so the pairs are a set.
    """
    pairs = {("name", clean(" ".join(_text(element, part) for part in _NAME_PARTS)))}
    pairs.add(("original_script", _text(element, "NAME_ORIGINAL_SCRIPT")))
    for born in element.iterfind(f"{tag}_DATE_OF_BIRTH"):
        parts = [_text(born, key) for key in ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR")]
        pairs.add(("birth_date", birth_date(*parts)[0]))
    for alias in element.iterfind(f"{tag}_ALIAS"):
        value, born_on = _text(alias, "ALIAS_NAME"), _text(alias, "DATE_OF_BIRTH")[:10]
        quality = _text(alias, "QUALITY")
        pairs.add(("alias", value))
        if born_on[:1].isdigit():
            pairs.add(("birth_date" if not value else "alias_birth_date", born_on))
        if value and quality:
            pairs.add(("alias_quality", f"{value} [{quality}]"))
    for document in element.iterfind("INDIVIDUAL_DOCUMENT"):
        kind, number = _text(document, "TYPE_OF_DOCUMENT"), _text(document, "NUMBER")
        pairs.add(("document", f"{kind} {number}".strip() if number else ""))
    for place in element.iterfind(f"{tag}_ADDRESS"):
        parts = [_text(place, key) for key in ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")]
        pairs.add(("address", ", ".join(part for part in parts if part)))
    for place in element.iterfind(f"{tag}_PLACE_OF_BIRTH"):
        parts = [_text(place, key) for key in ("CITY", "STATE_PROVINCE", "COUNTRY")]
        pairs.add(("birth_place", ", ".join(part for part in parts if part)))
    for path, label in (
        ("NATIONALITY/VALUE", "nationality"),
        ("DESIGNATION/VALUE", "designation"),
        ("TITLE/VALUE", "title"),
    ):
        pairs |= {(label, clean(found.text)) for found in element.iterfind(path)}
    pairs |= {("amended_on", clean(found.text)[:10]) for found in element.iterfind("LAST_DAY_UPDATED/VALUE")}
    for tag_name, label in (
        ("UN_LIST_TYPE", "programme"),
        ("LISTED_ON", "listed_on"),
        ("COMMENTS1", "comments"),
        ("GENDER", "gender"),
    ):
        pairs.add((label, _text(element, tag_name)))
    pairs = {(label, comparable(label, value)) for label, value in pairs if value.strip(" ,")}
    return tuple(sorted((label, value) for label, value in pairs if value))


def comparable(label: str, value: str) -> str:
    """A fact without what says nothing: times of a day, a standing link in the comments."""
    if label == "listed_on":
        return value[:10]
    return _LINK.sub("", value).strip() if label == "comments" else value
