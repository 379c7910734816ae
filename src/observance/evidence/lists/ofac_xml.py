"""OFAC's SDN and consolidated lists in the published XML (SDN.XML, CONSOLIDATED.XML).

Layout (sdnList.xsd): `publshInformation` (so spelled) with `Publish_Date` (mm/dd/yyyy) and `Record_Count`, then one
`sdnEntry` an entry: uid, firstName, lastName, sdnType, remarks, programList, idList, akaList (type a.k.a. or f.k.a.,
category strong or weak), addressList, nationalityList, citizenshipList, dateOfBirthList, vesselInfo. The list states
how many records it has; another number is a fault.
"""

from __future__ import annotations

from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, xml_root
from observance.evidence.lists.names import clean, script_of
from observance.evidence.lists.ofac import kind_of, ofac_day, ofac_number
from observance.evidence.lists.records import (
    EntryKind,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
)
from observance.evidence.lists.states import state

__all__ = ["read_ofac_xml"]

_STATES = (
    ("nationality", "nationalityList/nationality"),
    ("nationality", "citizenshipList/citizenship"),
    ("address", "addressList/address"),
)


def read_ofac_xml(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries, counts and printed day.

    Raises:
        FormatError: another kind of XML (also the advanced and enhanced forms), or another count than stated.
    """
    root = xml_root(data, name=name, limits=limits)
    _plain_tags(root)
    if root.tag != "sdnList":
        raise FormatError(
            "this is not OFAC's plain XML",
            where=name,
            got=f"<{root.tag}>",
            expected="<sdnList>",
            step="take SDN.XML or CONSOLIDATED.XML, not the advanced or enhanced form",
        )
    draft = Draft(printed=ofac_day(clean(root.findtext("publshInformation/Publish_Date"))))
    entries = root.findall("sdnEntry")
    stated = clean(root.findtext("publshInformation/Record_Count"))
    if stated.isdigit() and int(stated) != len(entries):
        raise FormatError(
            "the list's own count differs from its content",
            where=name,
            got=f"{len(entries)} entries",
            expected=stated,
            step="get the file again; the version held before stays in use",
        )
    for row, element in enumerate(entries, 1):
        draft.entries.append(_entry(element, row, draft, name))
    draft.counts["entries"] = len(entries)
    return draft


def _plain_tags(root: Any) -> None:
    # The namespace has changed with the publisher's address; the elements have not.
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rsplit("}", 1)[-1]


def _text(element: Any, path: str) -> str:
    return clean(element.findtext(path))


def _whole(element: Any) -> str:
    """`SURNAME, Given` for persons, as in OFAC's other forms; the last name alone for the others."""
    first, last = _text(element, "firstName"), _text(element, "lastName")
    return f"{last}, {first}" if first and last else last or first


def _name(element: Any, field: str, kind: str, quality: str) -> ListedName:
    value = _whole(element)
    return ListedName(value=value, quality=quality, kind=kind, script=script_of(value), field=field)


def _entry(element: Any, row: int, draft: Draft, name: str) -> ListedEntry:
    where = f"{name}, entry {row}"
    uid = _text(element, "uid")
    if not uid or not _whole(element):
        raise FormatError("an entry lacks its uid or its name", where=where, got=uid)
    kind = kind_of(_text(element, "sdnType"), where)
    draft.counts[f"types.{kind}"] += 1
    names = [_name(element, "lastName", "primary", "primary")]
    for at, alias in enumerate(element.iterfind("akaList/aka"), 1):
        if not _whole(alias):
            continue
        draft.counts["alternate_names"] += 1
        former = _text(alias, "type").casefold().startswith(("f.k.a", "n.k.a"))
        grade = {"strong": "good", "weak": "low"}.get(_text(alias, "category").casefold(), "unstated")
        names.append(_name(alias, f"akaList/aka[{at}]", "former" if former else "alias", grade))
    programmes = [programme for found in element.iterfind("programList/program") if (programme := clean(found.text))]
    draft.counts.update(f"programmes.{programme}" for programme in programmes)
    ids = _numbers(element, kind)
    states = _states(element)
    dates = tuple(
        ListedDate(value=value, field=f"dateOfBirthList/dateOfBirthItem[{at}]")
        for at, found in enumerate(element.iterfind("dateOfBirthList/dateOfBirthItem"), 1)
        if (value := ofac_day(_text(found, "dateOfBirth")))
    )
    remarks = _text(element, "remarks")
    return ListedEntry(
        reference=uid,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple(ids),
        birth_dates=dates,
        states=states,
        programme="; ".join(programmes),
        remarks=remarks,
        fields=tuple(
            sorted(
                {("name", names[0].value), ("kind", kind)}
                | {("alias", found.value) for found in names[1:]}
                | {("programme", programme) for programme in programmes}
                | {(found.scheme, found.value) for found in ids}
                | {("birth_date", born.value) for born in dates}
                | {(found.kind, found.name) for found in states}
                | {
                    (label, value)
                    for label, value in (("remarks", remarks), ("type", _text(element, "vesselInfo/vesselType")))
                    if value
                }
            )
        ),
    )


def _numbers(element: Any, kind: EntryKind) -> list[ListedIdentifier]:
    out = []
    for at, found in enumerate(element.iterfind("idList/id"), 1):
        made = ofac_number(
            kind,
            _text(found, "idType"),
            _text(found, "idNumber"),
            f"idList/id[{at}].idNumber",
            issuer=_text(found, "idCountry"),
        )
        if made is not None:
            out.append(made)
    if sign := _text(element, "vesselInfo/callSign"):
        out.append(ListedIdentifier(scheme="callsign", value=sign, field="vesselInfo/callSign"))
    return out


def _states(element: Any) -> tuple[ListedState, ...]:
    out: dict[tuple[str, str], ListedState] = {}
    for kind, path in _STATES:
        for at, found in enumerate(element.iterfind(path), 1):
            for place in state(kind, _text(found, "country"), f"{path}[{at}].country"):
                out.setdefault((kind, place.name), place)
    for place in state("flag", _text(element, "vesselInfo/vesselFlag"), "vesselInfo/vesselFlag"):
        out[("flag", place.name)] = place
    return tuple(out.values())
