"""Records of incidents and cases from a file, line by line; a bad one is told and costs none of the others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from observance.errors import FormatError, InputError, PackError
from observance.measures.facts import Facts
from observance.measures.reader import read_facts
from observance.packs import Vocabulary, flipped
from observance.packs.files import read_yaml

__all__ = ["MAX_LINE", "read_file"]

MAX_LINE = 1_000_000


def read_file(path: Path, vocabulary: Vocabulary, *, seen_from: str | None = None) -> Iterator[Facts | FormatError]:
    """The facts of every record of a JSONL file of incidents, or of the cases of a YAML file; faults in their place.

    Raises:
        InputError: no such file.
    """
    if not path.is_file():
        raise InputError("no such file", where=str(path), expected="a JSONL file of incidents or a cases.yaml")
    rows = _cases(path) if path.suffix in {".yaml", ".yml"} else _lines(path)
    seen: set[str] = set()
    for where, row in rows:
        if isinstance(row, FormatError):
            yield row
            continue
        try:
            facts = read_facts(row, vocabulary, where=where, seen_from=seen_from)
        except FormatError as fault:
            yield fault
            continue
        if facts.id in seen:
            yield FormatError("the id stands twice", where=where, got=facts.id)
            continue
        if facts.id:
            seen.add(facts.id)
        yield facts


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            where = f"{path.name}:{number}"
            if len(line) > MAX_LINE:
                yield where, FormatError(f"a line longer than {MAX_LINE} bytes", where=where)
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_LINE)
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as fault:
                yield where, FormatError("not JSON", where=where, got=str(fault)[:120], expected="one record a line")
                continue
            if not isinstance(row, dict):
                yield where, FormatError("no record", where=where, got=type(row).__name__, expected="a JSON object")
                continue
            inner = row.get("observation")
            yield where, {"id": row.get("id", number), **inner} if isinstance(inner, dict) else {"id": number, **row}


def _cases(path: Path) -> Iterator[tuple[str, Any]]:
    faults: list[str] = []
    document = read_yaml(path, faults)
    if faults or not isinstance(document, dict) or not isinstance(document.get("cases"), list):
        raise PackError("this is no file of cases", where=str(path), faults=tuple(faults), expected="a list `cases`")
    bases = {row.get("id"): row.get("observation") for row in document["cases"] if isinstance(row, dict)}
    for row in document["cases"]:
        where = f"{path.name} {row.get('id') if isinstance(row, dict) else row}"
        try:
            told = row.get("observation") or flipped(bases[row["twin_of"]] or {}, row["flips"])
        except (KeyError, TypeError, AttributeError):
            yield where, FormatError("neither an observation nor a twin of one", where=where)
            continue
        yield where, {"id": row["id"], **told}
