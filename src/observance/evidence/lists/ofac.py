"""The lists of the US Treasury's Office of Foreign Assets Control: JSON of names, and what its forms share."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, decode
from observance.evidence.lists.lines import texts
from observance.evidence.lists.names import clean, script_of
from observance.evidence.lists.numbers import imo_number, scheme_of
from observance.evidence.lists.records import (
    EntryKind,
    ListedEntry,
    ListedIdentifier,
    ListedName,
)
from observance.evidence.lists.states import alpha3

__all__ = ["NONE", "kind_of", "ofac_day", "ofac_name", "ofac_number", "read_ofac_json"]

NONE = "-0-"
_KINDS: dict[str, EntryKind] = {
    "individual": "person",
    "entity": "entity",
    "vessel": "vessel",
    "aircraft": "aircraft",
    "": "entity",
}


def read_ofac_json(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries and counts of the JSON form: `entries` with uid, name, type, programs and alternateNames.

    Raises:
        FormatError: cut short, or without entries.
    """
    text, _encoding = decode(data, name=name, limits=limits, utf8=True)
    try:
        whole = json.loads(text)
        records = whole["entries"]
    except (ValueError, RecursionError, KeyError, TypeError) as fault:
        raise FormatError(
            "this JSON does not read to its end", where=name, got=str(fault), step="get the file again"
        ) from None
    draft = Draft(printed=str(whole.get("published", "")))
    for row, record in enumerate(records, 1):
        draft.entries.append(_from_json(record, row, draft, name))
    draft.counts["entries"] = len(records)
    declared = whole.get("counts", {})
    for key, ours in (("entries", "entries"), ("alternateNames", "alternate_names")):
        if isinstance(declared, dict) and declared.get(key, draft.counts[ours]) != draft.counts[ours]:
            raise FormatError(
                "the list's own counts differ from its content",
                where=name,
                got=f"{draft.counts[ours]} {key}",
                expected=str(declared[key]),
                step="get the file again; the version held before stays in use",
            )
    return draft


def kind_of(written: str, where: str) -> EntryKind:
    """Our kind for OFAC's type; an empty one is an entity.

    Raises:
        FormatError: a type we do not know.
    """
    folded = written.strip().casefold()
    if folded not in _KINDS:
        raise FormatError("a type we do not know", where=where, got=written, expected=", ".join(filter(None, _KINDS)))
    return _KINDS[folded]


def ofac_day(written: str) -> str:
    """EDTF of OFAC's dates: `08 Jan 1984`, `circa 1962`, `Feb 1985`, `1943 to 1947`; as written otherwise."""
    text = clean(written).removesuffix(".")
    about = "~" if text.casefold().startswith("circa") else ""
    text = re.sub(r"^circa\s+", "", text, flags=re.IGNORECASE)
    first, _to, last = text.partition(" to ")
    if last:
        return f"{ofac_day(first)}/{ofac_day(last)}"
    for pattern, cut in (("%d %b %Y", 10), ("%b %Y", 7), ("%Y", 4), ("%m/%d/%Y", 10)):
        try:
            return datetime.strptime(text, pattern).date().isoformat()[:cut] + about  # noqa: DTZ007  a day only
        except ValueError:
            continue
    return ""


def ofac_number(kind: EntryKind, title: str, value: str, field: str, *, issuer: str = "") -> ListedIdentifier | None:
    """A number under OFAC's word for its kind; `Vessel Registration Identification` holds `IMO 9187629`."""
    number = clean(value)
    if not number or number == NONE:
        return None
    if found := re.fullmatch(r"IMO\s*([0-9]{7})", number):
        return imo_number(found[1], kind, field, written=number)
    scheme = scheme_of(title)
    if scheme == "imo":
        return imo_number(number, kind, field) if re.fullmatch(r"[0-9]{7}", number) else None
    # The same element holds what is no number of anybody: gender, notes on secondary sanctions, web sites.
    if scheme == "other" or not any(letter.isdigit() for letter in number):
        return None
    return ListedIdentifier(
        scheme=scheme, value=number, field=field, state=alpha3(issuer) if issuer else "", note=clean(title)
    )


def _from_json(record: dict[str, Any], row: int, draft: Draft, name: str) -> ListedEntry:
    uid, whole, written = texts(record, "uid", "name", "type")
    where = f"{name}, entry {row}"
    if not uid or not clean(whole):
        raise FormatError("an entry lacks its uid or its name", where=where)
    kind = kind_of(written, where)
    others = [str(other) for other in record.get("alternateNames") or []]
    programmes = [str(programme) for programme in record.get("programs") or []]
    draft.counts.update({"alternate_names": len(others), f"types.{written}": 1})
    draft.counts.update(f"programmes.{programme}" for programme in programmes)
    names = [
        ofac_name(whole, "name", "primary"),
        *(ofac_name(other, f"alternateNames[{at}]", "alias") for at, other in enumerate(others, 1)),
    ]
    return ListedEntry(
        reference=uid,
        row=row,
        kind=kind,
        names=tuple(names),
        programme="; ".join(programmes),
        fields=tuple(
            sorted(
                {("name", clean(whole)), ("kind", kind)}
                | {("alias", clean(other)) for other in others}
                | {("programme", programme) for programme in programmes}
            )
        ),
    )


def ofac_name(written: str, field: str, kind: str, quality: str = "") -> ListedName:
    """A name as OFAC writes it; the first of an entry is its primary name."""
    value = clean(written)
    return ListedName(
        value=value,
        quality=quality or ("primary" if kind == "primary" else "unstated"),
        kind=kind,
        script=script_of(value),
        field=field,
        written="" if written == value else written,
    )
