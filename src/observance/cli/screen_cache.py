"""The index of large lists, kept between runs of `observance screen`: built in seconds, read again in half a second.

It lies in the user's own cache folder and never in a workspace: it is a pickle, and a pickle from somebody else's
folder could run code. Folder and file must belong to this user and be writable by nobody else, or they are not read.
The name of the file is a hash of the list versions, the engine's parameters and the engine's own source, so an index
never meets lists or an engine that it was not made for. Whatever is wrong with the cache, it is built anew.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observance.evidence.lists import ListedEntry, ListVersion
    from observance.observations.matches import Index
    from observance.observations.screening import Screen

__all__ = ["built_screen", "cache_folder", "quiet_memory"]

# Below this number of entries an index is built in less than a second.
_LEAST = 5_000
_KEPT = 3


def cache_folder() -> Path:
    """Where the indexes lie."""
    return Path.home() / ".cache" / "observance"


@contextlib.contextmanager
def quiet_memory() -> Iterator[None]:
    """Without the collector of cycles: lists make millions of objects that stay for good."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def built_screen(
    versions: Sequence[ListVersion],
    *,
    day: str | None = None,
    delistings: Mapping[str, str] | None = None,
    cache: bool = True,
) -> Screen:
    """The lists ready to be screened against, with the kept index where there is one."""
    from observance.observations.screening import build_screen, standing_entries

    with quiet_memory():
        if not cache or sum(len(version.entries) for version in versions) < _LEAST:
            return build_screen(versions, day=day, delistings=delistings)
        path = cache_folder() / f"index-{_key(standing_entries(versions, day, delistings))}.pickle"
        index = _read(path)
        made = build_screen(versions, day=day, delistings=delistings, index=index)
        if index is None:
            _keep(path, made.index)
        return made


def _key(entries: Mapping[str, tuple[ListVersion, ListedEntry]]) -> str:
    from observance.observations.matches import Parameters

    digest = hashlib.sha256(repr(Parameters()).encode())
    # What the index is made of, and not only the bytes it was read from: a better reader makes other records.
    for key, (version, entry) in entries.items():
        facts = [key, str(version.sha256), entry.kind]
        facts += [f"{name.value}\0{name.quality}\0{name.kind}\0{name.birth_dates}" for name in entry.names]
        facts += [f"{number.scheme}\0{number.value}" for number in entry.identifiers]
        facts += [f"{state.kind}\0{state.code}" for state in entry.states]
        facts += [born.value for born in entry.birth_dates]
        facts += [value for label, value in entry.fields if label == "type"]
        digest.update("\n".join(facts).encode())
    for package in ("observance.observations.matches", "observance.observations.screening"):
        for found in sorted(files(package).iterdir(), key=lambda one: one.name):
            if found.is_file() and found.name.endswith(".py"):
                digest.update(found.read_bytes())
        tables = files(package).joinpath("tables")
        if tables.is_dir():
            for found in sorted(tables.iterdir(), key=lambda one: one.name):
                if found.is_file():
                    digest.update(found.read_bytes())
    return digest.hexdigest()[:32]


def _ours(path: Path) -> bool:
    told = path.stat()
    return told.st_uid == os.getuid() and not told.st_mode & 0o022


def _read(path: Path) -> Index | None:
    try:
        if not (_ours(path.parent) and _ours(path)):
            return None
        with path.open("rb") as handle:
            index: Index = pickle.load(handle)  # noqa: S301  only from a folder and a file of this user's own
            return index
    except Exception:  # noqa: BLE001  a cache that does not read is built anew, whatever the reason
        return None


def _keep(path: Path, index: object) -> None:
    temporary = path.with_name(f".part-{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as handle:
            pickle.dump(index, handle, protocol=5)
        temporary.replace(path)
        older = sorted(path.parent.glob("index-*.pickle"), key=lambda one: one.stat().st_mtime, reverse=True)
        for found in older[_KEPT:]:
            found.unlink(missing_ok=True)
    except OSError:
        temporary.unlink(missing_ok=True)
