"""Which entries stand on a day, from the versions that are held, and how each of them stands.

The version of the day (or the last before it) comes first. An entry that only a later version has stands on the day
where its own date of listing says so. An entry that an earlier version had and this one lacks is asked as well: absence
from a file is no delisting, and a name that is not asked for is a miss that nobody sees. Such hits carry a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from observance.evidence.lists import ListedEntry, ListVersion, listed_on

__all__ = ["of_day", "standing_entries", "standing_note"]


def of_day(versions: Iterable[ListVersion], day: str | None = None) -> tuple[ListVersion, ...]:
    """The newest version of each list, or the newest up to a day; a list that has none by then is left out."""
    newest: dict[str, ListVersion] = {}
    for version in sorted(versions, key=lambda found: (found.date, found.sha256)):
        if day is None or version.date <= day:
            newest[version.list_id] = version
    return tuple(newest[key] for key in sorted(newest))


def standing_entries(
    versions: Sequence[ListVersion], day: str | None = None, delistings: Mapping[str, str] | None = None
) -> dict[str, tuple[ListVersion, ListedEntry]]:
    """Entry id (`list:reference`) to version and entry; a reference that stands twice keeps both, told by their row.

    Args:
        versions: held.
        day: ISO day; None is the newest version of each list.
        delistings: entry id to the ISO day of a delisting that a person confirmed. It holds for entries that the
            version of the day lacks; one that it has is listed, whatever was confirmed before.
    """
    out: dict[str, tuple[ListVersion, ListedEntry]] = {}
    for list_id in sorted({version.list_id for version in versions}):
        ordered = sorted(
            (version for version in versions if version.list_id == list_id),
            key=lambda found: (found.date, found.sha256),
        )
        before = [version for version in ordered if day is None or version.date <= day]
        if before:
            _take(out, before[-1], before[-1].entries)
        for version in ordered[len(before) :]:
            # Without any version of the time, an entry of a list that gives no days may have stood then.
            wanted = [
                entry
                for entry in version.entries
                if (entry.listed_on and day is not None and entry.listed_on <= day) or not (entry.listed_on or before)
            ]
            _take(out, version, wanted)
        for version in reversed(before[:-1]):
            _take(out, version, version.entries)
    current = {(version.list_id, version.key) for version in of_day(versions, day)}
    latest = {version.list_id: version.date for version in of_day(versions)}
    confirmed = delistings or {}
    return {
        key: (version, entry)
        for key, (version, entry) in out.items()
        if not _ended(entry.delisted_on, day or version.date)
        and (
            (version.list_id, version.key) in current
            or not _ended(confirmed.get(f"{version.list_id}:{entry.reference}", ""), day or latest[version.list_id])
        )
    }


def _take(
    out: dict[str, tuple[ListVersion, ListedEntry]], version: ListVersion, entries: Iterable[ListedEntry]
) -> None:
    known = set(out)
    for entry in entries:
        key = f"{version.list_id}:{entry.reference}"
        if key not in known:
            out[key if key not in out else f"{key}#{entry.row}"] = (version, entry)


def _ended(delisted: str, day: str) -> bool:
    return bool(delisted) and delisted <= day


def standing_note(versions: Sequence[ListVersion], version: ListVersion, entry: ListedEntry, day: str | None) -> str:
    """A word about an entry that the version of the day does not have; empty for one that it has."""
    of_list = [found for found in versions if found.list_id == version.list_id]
    if version in of_day(of_list, day):
        return ""
    asked = day or max(found.date for found in of_list)
    (found, *_more) = listed_on(of_list, entry.reference, asked)
    word = {"listed": "listed", "not_listed": "not listed", "review": "for review", "unknown": "not known"}[
        found.status
    ]
    return f"on {asked}: {word} ({'; '.join(found.reasons)})"
