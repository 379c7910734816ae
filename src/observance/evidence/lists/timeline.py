"""Was it listed on that day? From the versions held, and from the listing's own dates where no file of the day is held.

Rules
1. An entry's own dates come first: listed from `listed_on`; to `delisted_on`, where a list states one.
2. A version of that very day, or the last one before it, is the file to cite. Where none is held the answer rests on
   the listing's own dates, as a later version gives them, and says so.
3. Absence from a file ends no listing: one entry was missing from the UN file for three months of 2023 and came back.
   An entry that the last file before the day lacks is `review`, unless the list states a delisting or a person has
   confirmed one. It still counts as listed where it is missing alone and an earlier and a later version have it with
   the same day of listing. Where its programme left with it (84 Iran entries in October 2023, back by 2026 with their
   old days), the later file's day proves nothing for the time between: `review`.
4. Days on which an entry was amended after the day asked for are named: the words of that day are not held then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from observance.evidence.lists.names import clean
from observance.evidence.lists.records import ListedEntry, ListVersion

__all__ = ["Listing", "find_entries", "listed_on"]

Status = Literal["listed", "not_listed", "review", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The answer for one reference.

    Attributes:
        list_id: the list.
        reference: of the entry; the words asked for where none was found.
        day: the day asked for.
        status: listed, not_listed, review (a file of the time lacks it, which proves nothing) or unknown (never seen).
        ground: file (a version of that day or the last before it has it) or own_dates.
        version: the version to cite, None where none has it.
        entry: the entry as in that version.
        name: name of it that was asked for, where it was asked by name.
        reasons: in sentences.
    """

    list_id: str
    reference: str
    day: str
    status: Status
    ground: Literal["file", "own_dates", "none"]
    version: ListVersion | None = None
    entry: ListedEntry | None = None
    name: str = ""
    reasons: tuple[str, ...] = ()


def _fold(text: str) -> str:
    return " ".join(sorted("".join(x if x.isalnum() else " " for x in clean(text).casefold()).split()))


def find_entries(version: ListVersion, wanted: str) -> list[tuple[ListedEntry, str]]:
    """Entries of a version by reference, by IMO or other number, or by name in any word order: (entry, name)."""
    key = "".join(wanted.split()).casefold()
    by_reference = [(entry, "") for entry in version.entries if entry.reference.casefold() == key]
    if by_reference:
        return by_reference
    digits = key.removeprefix("imo").lstrip(":")
    if digits.isdigit() and len(digits) in {7, 9}:
        schemes = ("imo", "imo-company", "imo-unchecked", "mmsi")
        return [
            (entry, "")
            for entry in version.entries
            if any(found.value == digits and found.scheme in schemes for found in entry.identifiers)
        ]
    folded = _fold(wanted)
    return [
        (entry, name)
        for entry in version.entries
        if (
            name := next(
                (
                    found.value
                    for found in entry.names
                    if found.kind != "cross_reference" and _fold(found.value) == folded
                ),
                "",
            )
        )
    ]


def listed_on(
    versions: Sequence[ListVersion], wanted: str, day: str, *, delistings: Mapping[str, str] | None = None
) -> tuple[Listing, ...]:
    """Whether something was on a list on a day.

    Args:
        versions: all versions held of one list, in any order.
        wanted: a reference, a name or an IMO number.
        day: ISO day.
        delistings: reference to the ISO day from which a person confirmed the delisting.

    Returns:
        One answer for each entry that fits in any version; one with status `unknown` where none does.
    """
    ordered = sorted(versions, key=lambda version: (version.date, version.sha256))
    list_id = ordered[-1].list_id if ordered else ""
    names: dict[str, str] = {}
    for version in ordered:
        for entry, name in find_entries(version, wanted):
            names.setdefault(entry.reference, name)
    if not names:
        held = f"{len(ordered)} version(s) from {ordered[0].date} to {ordered[-1].date}" if ordered else "no version"
        return (
            Listing(
                list_id=list_id,
                reference=wanted,
                day=day,
                status="unknown",
                ground="none",
                reasons=(f"not found in {held}; a listing before or between them is not ruled out",),
            ),
        )
    return tuple(
        _answer(ordered, reference, day, name, (delistings or {}).get(reference, ""))
        for reference, name in names.items()
    )


def _answer(ordered: Sequence[ListVersion], reference: str, day: str, name: str, confirmed: str) -> Listing:
    having = {
        version.key: entry
        for version in ordered
        if (entry := next((found for found in version.entries if found.reference == reference), None))
    }
    before = [version for version in ordered if version.date <= day]
    last = before[-1] if before else None
    held_before = [version for version in before if version.key in having]
    held_after = [version for version in ordered if version.date > day and version.key in having]
    best = last if last and last.key in having else (held_after[0] if held_after else held_before[-1])
    entry = having[best.key]
    reasons: list[str] = []
    status, ground = _status(day, last, having, held_after, best, entry, confirmed, reasons)
    if later := [amended for amended in entry.amended if amended > day]:
        reasons.append(f"amended after that day ({', '.join(later)}): its words of that day may differ")
    if name and status == "listed":
        first = next((v for v in ordered if v.key in having and _has_name(having[v.key], name)), None)
        if first is not None and first.date > day:
            reasons.append(f"the name {name!r} is first seen in the version of {first.date}")
    return Listing(
        list_id=best.list_id,
        reference=reference,
        day=day,
        status=status,
        ground=ground,
        version=best,
        entry=entry,
        name=name,
        reasons=tuple(reasons),
    )


def _status(
    day: str,
    last: ListVersion | None,
    having: Mapping[str, ListedEntry],
    held_after: Sequence[ListVersion],
    best: ListVersion,
    entry: ListedEntry,
    confirmed: str,
    reasons: list[str],
) -> tuple[Status, Literal["file", "own_dates"]]:
    ended = confirmed or entry.delisted_on
    own = f"the version of {best.date} says listed on {entry.listed_on}" if entry.listed_on else ""
    if ended and ended <= day:
        reasons.append(f"delisted on {ended}" + (" (confirmed by a person)" if confirmed else ""))
        return "not_listed", "own_dates"
    if last is not None and last.key in having:
        reasons.append(
            f"the version of {last.date} has it" + ("" if last.date == day else "; no file of the day itself is held")
        )
        if entry.listed_on > day:
            reasons.append(f"but it says listed on {entry.listed_on}")
            return "not_listed", "own_dates"
        return "listed", "file"
    if entry.listed_on and entry.listed_on > day:
        reasons.append(own)
        return "not_listed", "own_dates"
    if held_after:
        if not entry.listed_on:
            if last is not None:
                reasons.append(
                    f"absent on {last.date}, there on {held_after[0].date}; the list gives no day of listing"
                )
                return "review", "own_dates"
            reasons.append(f"first held version is of {held_after[0].date}, and the list gives no day of listing")
            return "unknown", "own_dates"
        if last is None:
            reasons.append(f"{own}: by the listing's own date; no file of that day is held")
            return "listed", "own_dates"
        reasons.append(own)
        if entry.listed_on > last.date:
            # It came after the last file before the day: nothing contradicts its own date.
            return "listed", "own_dates"
        return _gap(last, having, best, entry, reasons), "own_dates"
    where = f"the version of {last.date} lacks it" if last else "no version has it"
    reasons.append(
        f"last held in the version of {best.date}; {where}. Absence is no proof of delisting: for review, not closed"
    )
    return "review", "own_dates"


def _gap(
    last: ListVersion,
    having: Mapping[str, ListedEntry],
    best: ListVersion,
    entry: ListedEntry,
    reasons: list[str],
) -> Status:
    """Listed or review, for an entry that the last file before the day lacks and a later one has."""
    there = {found.reference for found in last.entries}
    mates = [found for found in best.entries if found.programme == entry.programme and found.listed_on <= last.date]
    gone = [found for found in mates if found.reference not in there]
    earlier = [found for key, found in having.items() if key < last.key and found.listed_on == entry.listed_on]
    reasons.append(f"the version of {last.date} lacks it and that of {best.date} has it")
    if not earlier:
        reasons.append("no earlier version has it: for review")
        return "review"
    if len(gone) > max(3, len(mates) // 10):
        reasons.append(
            f"{len(gone)} of {len(mates)} entries of {entry.programme or 'its programme'} were absent with it: "
            "the listings may have ended and begun anew; for review"
        )
        return "review"
    reasons.append("an earlier version has it with the same day of listing: absence from one file is no delisting")
    return "listed"


def _has_name(entry: ListedEntry, name: str) -> bool:
    return any(_fold(found.value) == _fold(name) for found in entry.names)
