"""The EU consolidated list of financial sanctions as published (full list, XML 1.1).

Layout: `export@generationDate`, one `sanctionEntity` an entry with `regulation`, `subjectType`, `nameAlias`,
`citizenship`, `birthdate`, `identification` and `address` elements whose facts are attributes. The JSON lines have the
same facts under names with underscores, so an element becomes such a record and one reader makes the entry.
"""

from __future__ import annotations

import re
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.eu import entry_of
from observance.evidence.lists.limits import Limits, xml_root

__all__ = ["read_eu_xml"]

_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
_LISTS = {
    "regulation": "regulations",
    "nameAlias": "name_aliases",
    "citizenship": "citizenships",
    "birthdate": "birthdates",
    "identification": "identifications",
    "address": "addresses",
}
_TRUTH = {"true": True, "false": False}


def read_eu_xml(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries, counts and printed day.

    Raises:
        FormatError: another kind of XML, or one that is damaged.
    """
    root = xml_root(data, name=name, limits=limits)
    if _local(root.tag) != "export":
        raise FormatError("this is not the EU list", where=name, got=f"<{_local(root.tag)}>", expected="<export>")
    draft = Draft(printed=root.get("generationDate", ""))
    elements = [element for element in root if _local(element.tag) == "sanctionEntity"]
    for row, element in enumerate(elements, 1):
        draft.entries.append(entry_of(_record(element), row, draft, f"{name}, entry {row}"))
    draft.counts["entries"] = len(elements)
    return draft


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _facts(element: Any) -> dict[str, Any]:
    return {_CAPITAL.sub(r"_\1", key).lower(): _TRUTH.get(value, value) for key, value in element.attrib.items()}


def _record(element: Any) -> dict[str, Any]:
    record: dict[str, Any] = _facts(element)
    for child in element:
        tag = _local(child.tag)
        if tag in _LISTS:
            record.setdefault(_LISTS[tag], []).append(_facts(child))
        elif tag == "subjectType":
            record["subject_type"] = _facts(child)
        elif tag == "remark" and child.text:
            record["remark"] = " ".join(filter(None, (record.get("remark", ""), child.text)))
    return record
