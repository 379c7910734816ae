"""Detector `matches.names`: listed names and numbers in the texts of the evidence.

One observation for each listed entity that a document names, with the passages and the row of the list. A number
(IMO) decides; a name alone is a possible match and says so. What a listing asks of others follows from the list
itself (its columns, or the kind of entry in the pack); a listing is no proof of conduct.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.evidence.lists import ListedEntry, ListVersion, cite
from observance.evidence.readers import Document, read_document
from observance.model.canonical import canonical_json, sha256_bytes
from observance.model.citation import Citation
from observance.model.identifiers import Identifier, Imo
from observance.model.observation import (
    Condition,
    Detector,
    EventDate,
    Item,
    Observation,
    Participant,
    SourceLink,
    Span,
)
from observance.workspace.listing import Held, held_versions, known_entries

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.observations.matches import NameScanner
    from observance.observations.matches import Span as Found
    from observance.packs import ListSource, Pack
    from observance.workspace import Workspace
    from observance.workspace.detecting import Task

__all__ = ["MATCHES"]

VERSION = "1"
_PASSAGES = 5
_TYPES = {"person": "person", "entity": "company", "vessel": "vessel", "aircraft": "aircraft"}
_ITEMS = {"vessel": "vessels", "aircraft": "aircraft", "person": "assets", "entity": "assets"}


class _Matches:
    """See the module."""

    evidence = frozenset({"document"})

    def identity(self, workspace: Workspace) -> Detector | None:
        """Version and the lists in use; None without lists."""
        held = held_versions(workspace)
        if not held:
            return None
        parts = [
            [[one.list_id, one.date, one.sha256] for one in held],
            workspace.pack().version,
        ]
        return Detector(name="matches.names", version=VERSION, parameters=sha256_bytes(canonical_json(parts))[:16])

    def context(self, workspace: Workspace) -> Mapping[str, Any]:
        """The versions held, and the pack that says what an entry sets off."""
        return {"held": tuple(held_versions(workspace)), "pack": str(workspace.pack().root)}

    def detect(self, data: bytes, record: Evidence, task: Task) -> Iterable[Observation]:
        """Listed parties that the text names."""
        document = read_document(data, name=record.name, given=record.meta)
        scanner, entries, sources = _loaded(task.root, task.context["held"], task.context["pack"])
        return list(_observations(document, record, scanner, entries, sources, task.identity))


MATCHES = _Matches()


@lru_cache(maxsize=1)
def _loaded(
    root: str, held: tuple[Held, ...], pack: str
) -> tuple[NameScanner, dict[str, tuple[ListVersion, ListedEntry]], dict[str, ListSource]]:
    from observance.observations.matches import NameScanner, build_index
    from observance.observations.screening.subjects import entity_records
    from observance.packs import load_pack

    sources: Pack = load_pack(Path(pack))
    entries = {
        f"{version.list_id}:{entry.reference or entry.row}": (version, entry)
        for version, entry in known_entries(Path(root), held)
    }
    index = build_index(entity_records(entries))
    return NameScanner(index), entries, sources.lists


def _observations(
    document: Document,
    record: Evidence,
    scanner: NameScanner,
    entries: Mapping[str, tuple[ListVersion, ListedEntry]],
    sources: Mapping[str, ListSource],
    identity: Detector,
) -> Iterator[Observation]:
    passages: dict[str, list[Found]] = {}
    for found in scanner.read(document.text):
        block = document.block_at(found.start)
        if block is not None and block.kind in {"boilerplate", "furniture"}:
            continue
        for key in found.entity_ids:
            passages.setdefault(key, []).append(found)
    for key, spans in sorted(passages.items()):
        version, entry = entries[key]
        yield _observation(document, record, spans, version, entry, sources.get(version.list_id), identity)


def _observation(
    document: Document,
    record: Evidence,
    spans: list[Found],
    version: ListVersion,
    entry: ListedEntry,
    source: ListSource | None,
    identity: Detector,
) -> Observation:
    by_number = [found for found in spans if found.rule.startswith("IMO")]
    shown = [*by_number, *(found for found in spans if found not in by_number)][:_PASSAGES]
    first = min(shown, key=lambda found: found.start)
    own = source is not None and source.own
    part = next((name for name in entry.names if name.value == shown[0].listed), entry.names[0])
    number = next((found for found in entry.identifiers if found.scheme == "imo"), None) if by_number else None
    identifiers = tuple(Identifier(scheme="imo", value=value) for value in entry.identifier("imo") if Imo.valid(value))
    caveats = [] if by_number else ["matched by name alone; confirm with a number, a birth date or an address"]
    if not own:
        caveats.append("law of a State or of the EU: it identifies, and sets off no duty under the regime")
    return Observation(
        kind="match",
        key=f"{first.start}-{first.end}:listing:{version.list_id}:{entry.reference}",
        event_type="listing",
        detail=first.rule,
        act="designate" if own else None,
        direction="none",
        participants=(
            Participant(
                name=entry.name,
                role="subject",
                type=_TYPES[entry.kind],
                identifiers=(*identifiers, Identifier(scheme=f"{version.list_id}-reference", value=entry.reference)),
                span=Span(start=first.start, end=first.end),
                mention=first.quote,
                named=True,
            ),
        ),
        items=(Item(token=_ITEMS[entry.kind]),) if own else (),
        date=EventDate(value=entry.listed_on, precision="day") if entry.listed_on else None,
        modality="asserted" if by_number else "believed",
        chain=(SourceLink(name=source.issuer if source else version.list_id, type="organisation", act="lists"),),
        conditions=_conditions(entry, source),
        published=max(filter(None, (document.meta.published, entry.listed_on)), default=None),
        statement=_statement(first.quote, entry, version),
        score=1.0,
        attributes=(
            ("list", version.list_id),
            ("list_version", version.date),
            ("list_sha256", version.sha256),
            ("reference", entry.reference),
            ("matched_name", part.value),
            ("matched_quality", part.quality),
            ("passages", str(len(spans))),
            ("own_list", "yes" if own else "no"),
        ),
        caveats=tuple(caveats),
        citations=(
            *(
                Citation(evidence=record.sha256, selector=document.span(found.start, found.end))
                for found in sorted(shown, key=lambda found: found.start)
            ),
            cite(version, entry, number or part),
        ),
        detector=identity,
    )


def _statement(quote: str, entry: ListedEntry, version: ListVersion) -> str:
    listed = f", listed {entry.listed_on}" if entry.listed_on else ""
    return f"“{quote}” is {entry.name}, {entry.reference} of the list {version.list_id} of {version.date}{listed}"


def _conditions(entry: ListedEntry, source: ListSource | None) -> tuple[Condition, ...]:
    """What the listing tells: that the party is listed, since when, and what it asks of others."""
    if source is None or not source.own:
        return ()
    kind = source.kinds.get(entry.kind)
    acts: list[str] = []
    if kind is not None and kind.by_column:
        titles = [" ".join(column.title.split()).casefold() for column in entry.columns]
        for column in kind.by_column:
            if any(column.column.casefold() in title or title in column.column.casefold() for title in titles):
                acts += [act for act in column.acts if act not in acts]
    elif kind is not None and kind.duties:
        acts = ["freeze_assets", *(["deny_entry"] if entry.kind == "person" else [])]
    conditions = [Condition(key="listed_party", value="yes")]
    if entry.listed_on:
        conditions.append(Condition(key="listed_on", value=entry.listed_on))
    if acts:
        conditions.append(Condition(key="listed_for", value=", ".join(acts)))
    return tuple(conditions)
