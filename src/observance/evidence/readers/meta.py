"""Metadata that a person gives beside a document: a flat file of YAML or JSON.

Keys are the fields of `DocumentMeta`. Dates may be quoted or not (YAML reads an unquoted one as a date). An unknown
key is a warning with the nearest name, since a typing slip must not lose the rest.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from observance.errors import FormatError, LimitError, StoreError
from observance.model.evidence import DocumentMeta
from observance.model.identifiers import Sha256

__all__ = ["read_meta"]

_LIMIT = 100_000
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_KEYS = tuple(field.name for field in fields(DocumentMeta) if field.name != "given")


def read_meta(path: Path) -> tuple[DocumentMeta, tuple[str, ...]]:
    """The metadata of a file, and warnings about what was not understood.

    Raises:
        StoreError: no such file.
        LimitError: larger than 100,000 bytes.
        FormatError: neither YAML nor JSON, not flat, or a date that is none.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise StoreError(f"cannot read: {fault.strerror}", where=str(path), step="check the path") from None
    if len(data) > _LIMIT:
        raise LimitError("too large for metadata", where=str(path), got=f"{len(data)} bytes", expected=f"{_LIMIT}")
    try:
        raw: Any = yaml.safe_load(data.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as fault:
        word = " ".join(str(fault).split())[:200]
        raise FormatError(
            "neither YAML nor JSON", where=str(path), got=word, expected="lines such as `publisher: NAME`"
        ) from None
    if not isinstance(raw, dict):
        raise FormatError("no flat list of keys", where=str(path), expected="lines such as `publisher: NAME`")
    values: dict[str, Any] = {}
    warnings: list[str] = []
    for key, value in raw.items():
        name = str(key)
        if name not in _KEYS:
            near = difflib.get_close_matches(name, _KEYS, n=1)
            warnings.append(f"{path.name}: unknown key {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        elif value is not None:
            values[name] = _value(name, value, str(path))
    return DocumentMeta(**values, given=tuple(sorted(values))), tuple(warnings)


def _value(name: str, value: Any, where: str) -> Any:
    if name == "composed":
        if isinstance(value, bool):
            return value
        raise FormatError("composed is true or false", where=where, got=repr(value)[:60])
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and name == "published":
        value = str(value)
    if not isinstance(value, str):
        raise FormatError(f"{name} is not text", where=where, got=repr(value)[:60], expected="one line of text")
    text = value.strip()
    if name == "published" and not _DAY.fullmatch(text):
        raise FormatError("published is no day", where=where, got=text[:60], expected="2024-06-19, 2024-06 or 2024")
    if name == "published" and len(text) == 10:
        try:
            date.fromisoformat(text)
        except ValueError:
            raise FormatError("published is no day of the calendar", where=where, got=text) from None
    if name == "translation_of":
        if not Sha256.valid(text):
            raise FormatError("translation_of is no SHA-256", where=where, got=text[:80])
        return Sha256(text)
    return text
