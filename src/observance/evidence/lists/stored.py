"""The stored form of a version: gzip of JSON lines, the head first, then one line an entry.

Same version, same bytes (gzip without time and name), so that the hash of the file can be checked. Absent values are
left out; what a reader of this format does not know is an error, not a guess.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
from typing import Any

from observance.errors import FormatError
from observance.evidence.lists.limits import Limits, unpack
from observance.evidence.lists.records import (
    ListedColumn,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
    ListVersion,
)

__all__ = ["FORMAT", "version_from_bytes", "version_to_bytes"]

FORMAT = "observance-list/1"
_PARTS: dict[str, type] = {
    "names": ListedName,
    "identifiers": ListedIdentifier,
    "birth_dates": ListedDate,
    "states": ListedState,
    "columns": ListedColumn,
}
_DEFAULTS = {
    kind: {field.name: field.default for field in dataclasses.fields(kind)}
    for kind in (ListedName, ListedIdentifier, ListedDate, ListedState, ListedColumn, ListedEntry, ListVersion)
}


def version_to_bytes(version: ListVersion) -> bytes:
    """The stored form."""
    head = {"format": FORMAT, **_plain(version)}
    head.pop("entries", None)
    lines = [head, *(_plain(entry) for entry in version.entries)]
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)


def version_from_bytes(data: bytes, *, name: str = "") -> ListVersion:
    """A version from its stored form.

    Raises:
        FormatError: damaged, cut short, or of another format.
    """
    lines = unpack(data, name=name, limits=Limits()).decode("utf-8").splitlines()
    try:
        head = json.loads(lines[0])
        if head.pop("format", None) != FORMAT:
            raise FormatError("no stored list, or of another format", where=name, expected=FORMAT)
        entries = tuple(_entry(json.loads(line)) for line in lines[1:])
        head["counts"] = tuple((what, number) for what, number in head.get("counts", ()))
        head["warnings"] = tuple(head.get("warnings", ()))
        head["mapping"] = tuple((field, column) for field, column in head.get("mapping", ()))
        return ListVersion(entries=entries, **head)
    except (ValueError, TypeError, IndexError, KeyError) as fault:
        raise FormatError(
            "a stored list does not read", where=name, got=str(fault), step="add the list again"
        ) from None


def _plain(record: Any) -> dict[str, Any]:
    defaults = _DEFAULTS[type(record)]
    out: dict[str, Any] = {}
    for key, default in defaults.items():
        value = getattr(record, key)
        if value == default or (isinstance(record, ListVersion) and key == "entries"):
            continue
        out[key] = [_plain(part) for part in value] if isinstance(record, ListedEntry) and key in _PARTS else value
    return out


def _entry(plain: dict[str, Any]) -> ListedEntry:
    for key, kind in _PARTS.items():
        if key in plain:
            plain[key] = tuple(
                kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in part.items()})
                for part in plain[key]
            )
    if "fields" in plain:
        plain["fields"] = tuple((label, value) for label, value in plain["fields"])
    if "amended" in plain:
        plain["amended"] = tuple(plain["amended"])
    return ListedEntry(**plain)
