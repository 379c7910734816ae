"""Meta files: what a person says of a document, as flat YAML or JSON (`publisher: ...`, one key a line).

Values are taken as written, so that a day means the same quoted or not, and `no` stays a word. An unknown key is a
warning with the nearest known one: a typing error must not lose the rest.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from observance.errors import FormatError, LimitError, StoreError
from observance.evidence.readers.html_meta import day_of
from observance.model import DocumentMeta, Sha256

__all__ = ["parse_meta", "read_meta"]

_KEYS = tuple(field.name for field in fields(DocumentMeta) if field.name != "given")
_NOTHING = frozenset({"", "null", "~", "Null", "NULL"})
_EDTF = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_MOST = 65_536


def read_meta(path: Path) -> tuple[DocumentMeta, tuple[str, ...]]:
    """What a meta file says, and warnings about keys that we do not know.

    Raises:
        StoreError: no such file, or no right to read it.
        FormatError: no flat YAML or JSON, or a value that its key cannot have.
        LimitError: larger than 64 KiB.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise StoreError(f"cannot read: {fault.strerror}", where=str(path), step="check the path") from None
    return parse_meta(data, where=str(path))


def parse_meta(data: bytes, *, where: str) -> tuple[DocumentMeta, tuple[str, ...]]:
    """The same for bytes already read; `where` names them in errors."""
    if len(data) > _MOST:
        raise LimitError(
            "the meta file is too large",
            where=where,
            got=f"{len(data):,} bytes",
            expected=f"at most {_MOST:,}",
            step="keep to the keys: " + ", ".join(_KEYS),
        )
    plain = _load(data, where)
    warnings: list[str] = []
    values: dict[str, Any] = {}
    for key, value in plain.items():
        name = str(key).strip()
        field = name.lower().replace("-", "_").replace(" ", "_")
        if field not in _KEYS:
            near = get_close_matches(field, _KEYS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]!r}?" if near else "known keys: " + ", ".join(_KEYS)
            warnings.append(f"{where}: unknown key {name!r} is left out; {hint}")
            continue
        found = _value(field, value, where)
        if found is not None:
            values[field] = found
    return replace(DocumentMeta(), **values, given=tuple(sorted(values))), tuple(warnings)


def _load(data: bytes, where: str) -> dict[Any, Any]:
    import yaml

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(
            "the meta file is no text",
            where=where,
            got="bytes that are not UTF-8",
            expected="YAML or JSON in UTF-8",
            step="save it as UTF-8",
        ) from None
    try:
        if text.lstrip().startswith("{"):
            try:
                plain = json.loads(text, parse_int=str, parse_float=str)
            except ValueError:
                plain = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes strings only
        else:
            plain = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes strings only
    except (yaml.YAMLError, ValueError, RecursionError) as fault:
        line = getattr(getattr(fault, "problem_mark", None), "line", None)
        raise FormatError(
            "the meta file does not read",
            where=f"{where}:{line + 1}" if line is not None else where,
            got=str(getattr(fault, "problem", None) or fault)[:160],
            expected="one `key: value` a line, or a JSON object",
            step="put values with a colon in quotes",
        ) from None
    if plain is None or plain == "":
        return {}
    if not isinstance(plain, dict):
        raise FormatError(
            "the meta file is not flat",
            where=where,
            got=type(plain).__name__,
            expected="one `key: value` a line",
            step="known keys: " + ", ".join(_KEYS),
        )
    return plain


def _value(field: str, value: object, where: str) -> object:
    if value is None or (isinstance(value, str) and value.strip() in _NOTHING):
        return None
    if isinstance(value, dict | list):
        raise FormatError(
            "a value of the meta file is not flat",
            where=f"{where}: {field}",
            got=type(value).__name__,
            expected="one value",
            step="write it on one line",
        )
    text = " ".join(str(value).split())
    if field == "composed":
        word = text.lower()
        if word in {"true", "yes", "1", "on"}:
            return True
        if word in {"false", "no", "0", "off"}:
            return False
        raise FormatError(
            "a value of the meta file is not what its key holds",
            where=f"{where}: {field}",
            got=repr(text),
            expected="true or false",
        )
    if field == "published":
        return _day(text, where)
    if field == "translation_of":
        try:
            return Sha256(text.lower())
        except ValueError:
            raise FormatError(
                "a value of the meta file is not what its key holds",
                where=f"{where}: {field}",
                got=repr(text[:80]),
                expected="the SHA-256 of the original, 64 hex digits",
                step="archive the original first and take its hash",
            ) from None
    return text


def _day(text: str, where: str) -> str:
    found = text if _EDTF.fullmatch(text) else None
    if found and len(found) > 4:
        found = day_of(found)
    found = found or day_of(text)
    if found is None:
        raise FormatError(
            "a value of the meta file is not what its key holds",
            where=f"{where}: published",
            got=repr(text[:80]),
            expected="a day as 2024-06-19, a month as 2024-06 or a year as 2024",
            step="leave the key out where the day is not known",
        )
    return found
