"""JSON lines with entries: each object by its line, and a clear word for the first that does not read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from observance.errors import FormatError, LimitError
from observance.evidence.lists.limits import Limits, decode

__all__ = ["objects", "texts"]


def objects(data: bytes, *, name: str, limits: Limits) -> Iterator[tuple[int, dict[str, Any]]]:
    """(row from 1, object) of each line that holds one; a JSON array of objects counts as its lines.

    Raises:
        FormatError: a line that is no JSON object (the last one: the file is cut short).
        LimitError: more rows than the limit.
    """
    text, _encoding = decode(data, name=name, limits=limits, utf8=True)
    if text.lstrip()[:1] == "[":
        yield from _array(text, name)
        return
    lines = text.splitlines()
    row = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row += 1
        if row > limits.entries:
            raise LimitError("too many rows", where=name, expected=f"up to {limits.entries}")
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as fault:
            last = number == len(lines)
            raise FormatError(
                "the last line is cut short" if last else "a line is no JSON",
                where=f"{name}, line {number}",
                got=str(fault),
                step="get the file again; the version held before stays in use",
            ) from None
        if not isinstance(record, dict):
            raise FormatError("a line is no object", where=f"{name}, line {number}", got=type(record).__name__)
        yield row, record


def _array(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise FormatError("this JSON does not read to its end", where=name, got=str(fault)) from None
    for row, record in enumerate(records, 1):
        if not isinstance(record, dict):
            raise FormatError("an item is no object", where=f"{name}, item {row}", got=type(record).__name__)
        yield row, record


def texts(record: dict[str, Any], *keys: str) -> list[str]:
    """The values of keys as text, empty for what is absent or no text."""
    return [str(value) if isinstance(value := record.get(key), str | int | float) else "" for key in keys]
