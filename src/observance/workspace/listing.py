"""Sanctions lists of a workspace: each version is evidence, and its records are kept beside it under `lists/`.

A list that fails its counts is refused; the last good version stays in use. Absence from one day's file is no
delisting: an entry that an older version holds stays known, with the version it was last seen in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from observance.evidence.ledger import Entry
from observance.evidence.lists import (
    ListedEntry,
    ListVersion,
    check_against,
    read_list,
    version_from_bytes,
    version_to_bytes,
)
from observance.evidence.readers import media_type
from observance.model.canonical import sha256_bytes
from observance.model.citation import ListEntry
from observance.model.evidence import Acquisition, DocumentMeta, Evidence
from observance.model.identifiers import Sha256
from observance.report import ListNote
from observance.store.files import write_whole
from observance.workspace.archiving import is_address, typed_private

if TYPE_CHECKING:
    from observance.packs import ListSource
    from observance.workspace import Workspace

__all__ = ["Held", "add_list", "held_versions", "known_entries", "list_checker", "list_notes", "load_version"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A version that the workspace holds: key of the list, day, reader, hash of the bytes, and the stored form."""

    list_id: str
    date: str
    adapter: str
    sha256: Sha256
    path: str
    entries: int
    name: str


def add_list(
    workspace: Workspace,
    source: str | Path,
    *,
    list_id: str | None = None,
    date: str | None = None,
    adapter: str | None = None,
    mapping: dict[str, str] | None = None,
    expected: dict[str, int] | None = None,
    accept_counts: bool = False,
) -> ListVersion:
    """Keep a list as evidence and its records as a version.

    Args:
        workspace: where it is kept.
        source: file or address.
        list_id: key of the list; `un`, `ofac` and so on as in the pack; None goes by the content.
        date: ISO day of the list; wins over the one that it prints.
        adapter: reader, where the content does not say.
        mapping: for a table of one's own: our field to its column.
        expected: counts that must come out.
        accept_counts: take a version that lost more entries against the one before it than is believed.

    Raises:
        FormatError: damaged, another list, or counts that make no sense (in themselves, or against the last version
            before it); nothing is added.
    """
    if is_address(source):
        from observance.evidence.fetch import FetchLimits, fetch

        config = workspace.config
        limits = FetchLimits(size=max(config.fetch_limit, 500_000_000), seconds=config.fetch_timeout)
        fetched = fetch(
            str(source),
            user_agent=config.user_agent,
            limits=limits,
            now=workspace.clock(),
            allow_private=typed_private(str(source)),
        )
        data, name = fetched.body, Path(fetched.final_url.split("?", 1)[0]).name
    else:
        path = Path(source)
        workspace.archive_.keep(path)
        data, name = path.read_bytes(), path.name
    known = workspace.pack().lists.get(list_id or "")
    wanted = adapter or (known.adapter.split("-")[0] if known and mapping is None else None)
    version = read_list(
        data,
        adapter=_family(wanted, known),
        name=name,
        date=date,
        list_id=known.same_as or list_id if known else list_id,
        expected=expected,
        mapping=mapping,
    )
    earlier = [one for one in held_versions(workspace, version.list_id) if one.date <= version.date]
    if earlier and not accept_counts:
        check_against(version, load_version(workspace.root, earlier[-1]))
    sha256, size = workspace.archive_.keep(data, name=name)
    workspace.archive_.register(
        [
            Evidence(
                sha256=sha256,
                size=size,
                media_type=media_type(data, name),
                name=name,
                kind="list",
                meta=DocumentMeta(
                    publisher=known.issuer if known else None,
                    published=version.date,
                    title=known.title if known else f"list {version.list_id}",
                    url=str(source) if is_address(source) else None,
                ),
                acquisition=Acquisition(
                    at=workspace.clock(),
                    by=workspace.operator,
                    how="fetch" if is_address(source) else "list",
                    source=str(source) if is_address(source) else name,
                ),
            )
        ]
    )
    stored = version_to_bytes(version)
    digest = sha256_bytes(stored)
    where = f"lists/{version.list_id}/{version.key}.jsonl.gz"
    write_whole(workspace.root / where, stored)
    workspace.ledger.add(
        [
            Entry(
                act="list_added",
                at=workspace.clock(),
                by=workspace.operator,
                data={
                    "list": version.list_id,
                    "date": version.date,
                    "adapter": version.adapter,
                    "evidence": sha256,
                    "entries": len(version.entries),
                    "name": name,
                    "path": where,
                    "sha256": digest,
                },
            )
        ]
    )
    return version


def _family(wanted: str | None, known: ListSource | None) -> str | None:
    """The adapter to ask for: the vessel list has one of its own, other families are told apart by their content."""
    if known is not None and wanted is not None and known.adapter == "un-1718-vessels":
        return known.adapter
    return wanted


def held_versions(workspace: Workspace, list_id: str | None = None) -> list[Held]:
    """Versions of a list (or of all), by list and day; the same bytes count once."""
    found: dict[tuple[str, str, str], Held] = {}
    for entry in workspace.ledger.entries("list_added"):
        if list_id is None or entry["list"] == list_id:
            found[(entry["list"], entry["date"], entry["evidence"])] = Held(
                list_id=entry["list"],
                date=entry["date"],
                adapter=entry["adapter"],
                sha256=Sha256(entry["evidence"]),
                path=entry["path"],
                entries=entry["entries"],
                name=entry["name"],
            )
    return [found[key] for key in sorted(found)]


def load_version(root: Path, held: Held) -> ListVersion:
    """The records of a version."""
    return version_from_bytes((root / held.path).read_bytes(), name=held.path)


def known_entries(root: Path, held: Iterable[Held]) -> list[tuple[ListVersion, ListedEntry]]:
    """Every entry of every list, once, in the newest version that holds it; by list and reference."""
    newest: dict[tuple[str, str], tuple[ListVersion, ListedEntry]] = {}
    for version in (load_version(root, one) for one in sorted(held, key=lambda one: (one.list_id, one.date))):
        for entry in version.entries:
            newest[(version.list_id, entry.reference or f"row {entry.row}")] = (version, entry)
    return [newest[key] for key in sorted(newest)]


def list_notes(workspace: Workspace) -> list[ListNote]:
    """The versions in use as a report names them."""
    titles = workspace.pack().lists
    return [
        ListNote(
            list_id=held.list_id,
            title=titles[held.list_id].title if held.list_id in titles else held.list_id,
            date=held.date,
            sha256=held.sha256,
            entries=held.entries,
            source=held.name,
        )
        for held in held_versions(workspace)
    ]


def list_checker(workspace: Workspace, data: bytes, record: Evidence) -> Callable[[ListEntry], bool]:
    """A function that says whether a cited cell reads as cited in these bytes; the list is read once.

    Raises:
        FormatError: the bytes do not read as the list they were added as.
    """
    held = next((one for one in held_versions(workspace) if one.sha256 == record.sha256), None)
    if held is None:
        return lambda _entry: False
    stored = load_version(workspace.root, held)
    version = read_list(
        data,
        adapter=held.adapter,
        name=record.name,
        date=held.date,
        list_id=held.list_id,
        mapping=dict(stored.mapping) or None,
    )
    rows = {entry.row: entry for entry in version.entries}

    def holds(cited: ListEntry) -> bool:
        entry = rows.get(cited.row)
        if entry is None or entry.reference != cited.reference:
            return False
        if not cited.field:
            return True
        names = {(part.field, said) for part in entry.names for said in (part.exact, part.value)}
        numbers = {(part.field, said) for part in entry.identifiers for said in (part.exact, part.value)}
        return (cited.field, cited.exact) in names | numbers

    return holds
