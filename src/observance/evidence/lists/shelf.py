"""The shelf of a workspace: every version of every list, one small file each, found again by list and day.

`<folder>/<list id>/<day>-<first 12 hex digits of the hash>.jsonl.gz`. A file is written whole or not at all; a version
that fails the comparison with the last good one is not put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from observance.errors import StoreError
from observance.evidence.lists.checks import check_against
from observance.evidence.lists.records import ListVersion
from observance.evidence.lists.stored import version_from_bytes, version_to_bytes
from observance.store.files import write_whole

__all__ = ["ListShelf", "Shelved"]

_FILE = re.compile(r"(\d{4}-\d{2}-\d{2})-([0-9a-f]{12})\.jsonl\.gz")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A version on the shelf, not yet opened."""

    list_id: str
    date: str
    digest: str
    path: Path


@dataclass(frozen=True, slots=True)
class ListShelf:
    """The folder of list versions."""

    folder: Path

    def lists(self) -> tuple[str, ...]:
        """Ids of the lists held, in order."""
        if not self.folder.is_dir():
            return ()
        return tuple(
            sorted(found.name for found in self.folder.iterdir() if found.is_dir() and _ID.fullmatch(found.name))
        )

    def held(self, list_id: str) -> tuple[Shelved, ...]:
        """Versions of a list in order of their day, without opening them."""
        return tuple(sorted(self._files(list_id), key=lambda found: (found.date, found.digest)))

    def read(self, found: Shelved) -> ListVersion:
        """Open a version.

        Raises:
            FormatError: damaged.
        """
        return version_from_bytes(found.path.read_bytes(), name=str(found.path.name))

    def versions(self, list_id: str) -> tuple[ListVersion, ...]:
        """All versions of a list in order of their day."""
        return tuple(self.read(found) for found in self.held(list_id))

    def latest(self, list_id: str, *, day: str | None = None) -> ListVersion | None:
        """The newest version, or the newest one up to a day; None where there is none."""
        held = [found for found in self.held(list_id) if day is None or found.date <= day]
        return self.read(held[-1]) if held else None

    def of_day(self, list_id: str, day: str) -> ListVersion:
        """The version of exactly that day (or the digits of its hash).

        Raises:
            StoreError: none; the days that are held are named.
        """
        held = self.held(list_id)
        found = [
            version for version in held if day in {version.date, version.digest, f"{version.date}-{version.digest}"}
        ]
        if not found:
            raise StoreError(
                f"no version of {list_id} of {day}",
                where=str(self.folder),
                expected=", ".join(version.date for version in held) or "none is held",
                step="add it with `observance lists add`, or name a day that is held",
            )
        return self.read(found[-1])

    def add(self, version: ListVersion, *, accept_counts: bool = False) -> tuple[Path, bool]:
        """Put a version on the shelf: (path, whether it is new).

        Raises:
            FormatError: it lost too many entries against the last good one before it.
            StoreError: the folder cannot be written, or the id of the list is no file name.
        """
        if not _ID.fullmatch(version.list_id):
            raise StoreError("no id for a list", got=version.list_id, expected="letters, digits and `-`")
        path = self.folder / version.list_id / f"{version.key}.jsonl.gz"
        if path.exists():
            return path, False
        earlier = self.latest(version.list_id, day=version.date)
        if earlier is not None and not accept_counts:
            check_against(version, earlier)
        write_whole(path, version_to_bytes(version))
        return path, True

    def _files(self, list_id: str) -> Iterator[Shelved]:
        if not _ID.fullmatch(list_id):
            return
        folder = self.folder / list_id
        if folder.is_dir():
            for path in folder.iterdir():
                if found := _FILE.fullmatch(path.name):
                    yield Shelved(list_id=list_id, date=found[1], digest=found[2], path=path)
