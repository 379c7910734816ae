"""The UN consolidated list as one JSON object an entry, keys as the XML's elements in lower case.

This form keeps one birth date, no name in original script and no days of amendment; the second birth dates and the
alias dates of the XML are not in it. It prints no day: the newest listing in it is only a lower bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.lines import objects, texts
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
from observance.evidence.lists.un import birth_date, comparable, quality_of, reference_of

__all__ = ["read_un_entries"]

_NAME_PARTS = ("first_name", "second_name", "third_name", "fourth_name")
_STATES = (
    ("nationality", "nationalities", "value"),
    ("address", "addresses", "country"),
    ("birth", "place_of_birth", "country"),
)


def read_un_entries(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries and counts.

    Raises:
        FormatError: a line without a reference or a name.
    """
    draft = Draft()
    for row, record in objects(data, name=name, limits=limits):
        entry = _entry(record, row, draft, f"{name}, line {row}")
        draft.entries.append(entry)
        draft.newest = max(draft.newest, entry.listed_on)
        # The list knows persons and entities only; a ship among the entities is counted as the list has it.
        draft.counts["individuals" if entry.kind == "person" else "entities"] += 1
        draft.counts["entries"] += 1
    return draft


def _several(record: Mapping[str, Any], key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # One object where there is one, a list where there are several, null where there is none.
    value = record.get(key)
    found = value if isinstance(value, list) else [value]
    return ((at, part) for at, part in enumerate(found, 1) if isinstance(part, dict))


def _entry(record: dict[str, Any], row: int, draft: Draft, where: str) -> ListedEntry:
    raw = texts(record, "reference_number")[0]
    reference = reference_of(raw)
    whole = clean(" ".join(texts(record, *_NAME_PARTS)))
    if not reference or not whole:
        raise FormatError("an entry lacks its reference or its name", where=where, got=raw or whole)
    draft.counts["references_with_blanks"] += raw != raw.strip()
    # The form has no field for it: the letter of the reference alone tells a person from an entity.
    kind: EntryKind = "entity" if reference[2:3].casefold() == "e" else "person"
    names = list(
        spread(ListedName(value=whole, quality="primary", kind="primary", field="name"), acronyms=kind == "entity")
    )
    pairs = {("name", whole)}
    for at, alias in _several(record, "aliases"):
        written, quality = texts(alias, "alias_name", "quality")
        if not clean(written):
            continue
        draft.counts["aliases_nonempty"] += 1
        grade, alias_kind = quality_of(quality)
        pairs |= {("alias", clean(written)), ("alias_quality", f"{clean(written)} [{quality}]")}
        names += [
            found
            for found in spread(
                ListedName(
                    value=clean(written),
                    quality=grade,
                    kind=alias_kind,
                    field=f"aliases[{at}].alias_name",
                    written=written,
                ),
                acronyms=kind == "entity",
            )
            if found.refers_to != reference
        ]
    dates = []
    for at, born in _several(record, "date_of_birth"):
        value, note = birth_date(*texts(born, "type_of_date", "date", "year", "from_year", "to_year", "note"))
        if value:
            dates.append(ListedDate(value=value, field=f"date_of_birth[{at}]", note=note))
            pairs.add(("birth_date", value))
    remarks, programme, listed_on = (clean(text) for text in texts(record, "comments1", "un_list_type", "listed_on"))
    numbers = [*_documents(record, pairs), *in_text(remarks, kind, "comments1")]
    states = _states(record)
    if kind == "entity" and is_ship(numbers, remarks):
        kind = "vessel"
        states += state("flag", flag_in_text(remarks), "comments1")
    pairs |= {("programme", programme), ("listed_on", listed_on[:10]), ("comments", comparable("comments", remarks))}
    return ListedEntry(
        reference=reference,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple({(found.scheme, found.value): found for found in reversed(numbers)}.values())[::-1],
        birth_dates=tuple(dates),
        states=states,
        listed_on=listed_on[:10],
        programme=programme,
        remarks=remarks,
        fields=tuple(sorted((label, value) for label, value in pairs if value)),
    )


def _documents(record: dict[str, Any], pairs: set[tuple[str, str]]) -> Iterator[ListedIdentifier]:
    for at, document in _several(record, "documents"):
        kind, written, issuer, note = texts(document, "type_of_document", "number", "issuing_country", "note")
        value = clean(written)
        if not value:
            continue
        pairs.add(("document", f"{clean(kind)} {value}"))
        yield ListedIdentifier(
            scheme=scheme_of(kind),
            value=value,
            field=f"documents[{at}].number",
            written="" if written == value else written,
            state=alpha3(issuer) if issuer else "",
            note=clean(note).strip(" ,"),
        )


def _states(record: dict[str, Any]) -> tuple[ListedState, ...]:
    out: dict[tuple[str, str], ListedState] = {}
    for kind, key, child in _STATES:
        for at, place in _several(record, key):
            for found in state(kind, texts(place, child)[0], f"{key}[{at}].{child}"):
                out.setdefault((kind, found.name), found)
    return tuple(out.values())
