"""Count assertions: a list whose counts make no sense is refused, and the last good version stays in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.records import ListVersion

__all__ = ["SHRINK", "check_against", "check_counts"]

# Share of entries that may go between two versions of a list before a person has to say that it is right. The
# largest real drop in four years of UN states was 9 % of all entries (October 2023) and 24 % of the entities.
SHRINK = 0.30


def check_counts(draft: Draft, *, name: str, expected: Mapping[str, int] | None = None) -> None:
    """Hold the records against the counts taken from the source, and against the numbers a caller expects.

    Raises:
        FormatError: with all faults.
    """
    faults: list[str] = []
    if not draft.entries:
        faults.append("no entry at all")
    elif (declared := draft.counts.get("entries", len(draft.entries))) != len(draft.entries):
        faults.append(f"{declared} entries in the source, {len(draft.entries)} read")
    for what in ("individuals", "entities"):
        tagged = draft.counts.get(f"tags.{what}")
        if tagged is not None and tagged != draft.counts.get(what, 0):
            faults.append(f"{tagged} {what} by their tags, {draft.counts.get(what, 0)} read")
    twice = [key for key, times in Counter(entry.reference for entry in draft.entries).items() if times > 1]
    if len(twice) > max(3, len(draft.entries) // 100):
        faults.append(f"{len(twice)} references stand twice, for example {twice[0]}")
    elif twice:
        draft.warnings.append(f"references that stand twice: {', '.join(sorted(twice))}")
    for what, number in (expected or {}).items():
        got = draft.counts.get(what, 0)
        if got != number:
            faults.append(f"{what}: got {got}, expected {number}")
    if faults:
        raise FormatError(
            "the counts of this list make no sense",
            where=name,
            faults=tuple(faults),
            step="nothing was loaded; the version held before stays in use",
        )


def check_against(new: ListVersion, last: ListVersion) -> None:
    """Refuse a version that lost more than `SHRINK` of the entries of the last good one, in all or of one kind.

    Raises:
        FormatError: with the counts.
    """
    faults = []
    before, after = (Counter(entry.kind for entry in version.entries) for version in (last, new))
    for kind, number in [("entries in all", len(last.entries)), *before.items()]:
        now = len(new.entries) if kind == "entries in all" else after[kind]  # type: ignore[index]
        limit = SHRINK if kind == "entries in all" else 0.5
        if number >= 20 and now < number * (1 - limit):
            faults.append(f"{kind}: {number} on {last.date}, {now} on {new.date}")
    if faults:
        raise FormatError(
            "this version lost too many entries to be believed",
            where=new.name or new.list_id,
            faults=tuple(faults),
            expected=f"at most {SHRINK:.0%} of all entries and half of a kind gone at once",
            step=f"the version of {last.date} stays in use; add it with --accept-counts when it is right",
        )
