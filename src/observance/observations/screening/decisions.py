"""What reviewers decided on hits, and where it is found again.

A decision is on one question and one entry, not on one version of the list: the id of the hit holds neither the version
nor the score. The last decision on a hit counts; earlier ones stay on record. The facts of the entry are kept as a
hash, so that a decision on an entry that changed since is shown as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from observance.errors import FormatError, UsageError
from observance.evidence.lists import ListVersion, cite, find_entries
from observance.model import Citation, Decision, read_record, to_plain
from observance.observations.screening.answer import entry_facts, hit_id

__all__ = ["DELISTING", "KINDS", "by_hit", "confirmed_delistings", "decide_on", "keep_in_file", "read_file"]

DELISTING = "delisting_confirmed"
KINDS = ("match_true", "match_false", "match_unsure")


def by_hit(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Hit id to the last decision on it."""
    ordered = sorted((one for one in decisions if one.kind in KINDS), key=lambda one: (one.at, one.id))
    return {dict(one.values).get("hit", one.subject): one for one in ordered}


def confirmed_delistings(decisions: Iterable[Decision]) -> dict[str, str]:
    """Entry id (`list:reference`) to the day of the delisting that was confirmed last; an empty day takes it back."""
    ordered = sorted((one for one in decisions if one.kind == DELISTING), key=lambda one: (one.at, one.id))
    days = {one.subject: dict(one.values).get("since", "") for one in ordered}
    return {subject: day for subject, day in days.items() if day}


def decide_on(
    versions: Iterable[ListVersion], where: str, asked: str
) -> tuple[str, tuple[Citation, ...], tuple[tuple[str, str], ...]]:
    """Subject, citations and values of a decision on `LIST:REFERENCE` and what was asked.

    Raises:
        UsageError: no such entry.
    """
    list_id, _colon, reference = where.partition(":")
    held = [version for version in versions if version.list_id == list_id]
    found = [(version, entry) for version in held for entry, name in find_entries(version, reference) if not name]
    if not reference or not found:
        raise UsageError(
            "no such entry",
            got=where,
            expected="LIST:REFERENCE of a hit, for example un:KPi.033",
            step="the hits show it; lists at hand: " + (", ".join(sorted({v.list_id for v in versions})) or "none"),
        )
    version, entry = found[-1]
    ident = hit_id(list_id, entry.reference, asked)
    values = (
        ("hit", ident),
        ("asked", asked),
        ("list", list_id),
        ("reference", entry.reference),
        ("version", version.date),
        ("facts", entry_facts(entry.fields)),
    )
    return f"{list_id}:{entry.reference}", (cite(version, entry),), values


def read_file(path: Path) -> list[Decision]:
    """Decisions kept in a file, one JSON object a line; none where the file is not there.

    Raises:
        FormatError: a line that is no decision.
    """
    if not path.exists():
        return []
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                out.append(read_record(Decision, json.loads(line), where=f"{path.name}, line {number}"))
            except ValueError as fault:
                raise FormatError("no decision", where=f"{path.name}, line {number}", got=str(fault)) from None
    return out


def keep_in_file(
    path: Path,
    kind: str,
    subject: str,
    citations: tuple[Citation, ...],
    values: tuple[tuple[str, str], ...],
    *,
    by: str,
    at: datetime,
    reason: str,
) -> Decision:
    """Append a decision to a file, for work without a workspace."""
    decision = Decision(
        kind=kind, subject=subject, citations=citations, about="list match", by=by, at=at, reason=reason, values=values
    ).sealed()
    with path.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(to_plain(decision), ensure_ascii=False, separators=(",", ":")) + "\n")
        handle.flush()
    return decision
