"""The index of a workspace: opened, built where it is new, brought up to date after a run, rebuilt on request.

Rows: evidence (its text), observations, findings. Everything in it comes from the folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from observance.errors import ObservanceError, StoreError
from observance.evidence.readers import read_document
from observance.model.canonical import canonical_json
from observance.model.codec import to_plain
from observance.store.index import Index

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.model.finding import Finding
    from observance.model.observation import Observation
    from observance.workspace import Workspace

__all__ = ["evidence_row", "finding_row", "observation_row", "open_index", "rebuild", "update"]


def open_index(workspace: Workspace) -> Index:
    """Open the index of the configuration; a damaged file is put aside, since it can be built again."""
    address = workspace.config.index
    if address:
        return Index(address)
    path = workspace.root / "index.db"
    try:
        return Index.at(path)
    except StoreError:
        if not path.exists():
            raise
        path.replace(path.with_suffix(".damaged"))
        return Index.at(path)


def rebuild(workspace: Workspace) -> int:
    """Empty the index and fill it from the folder; returns the number of records."""
    workspace.index.clear()
    return update(workspace)


def update(workspace: Workspace) -> int:
    """Add to the index what it does not hold yet; returns the number of records added."""
    from observance.workspace.finding import stored_findings
    from observance.workspace.observing import current_observations

    index = workspace.index
    added = index.put(_evidence_rows(workspace, index.known("evidence")))
    known = index.known("observation")
    observations = current_observations(workspace)
    added += index.put(observation_row(found) for found in observations if found.id not in known)
    added += index.put(finding_row(finding) for finding in stored_findings(workspace).values())
    return added


def _evidence_rows(workspace: Workspace, known: set[str]) -> Iterator[dict[str, Any]]:
    for sha256, record in sorted(workspace.archive_.records().items()):
        if sha256 not in known and record.kind == "document":
            yield evidence_row(record, _text(workspace, record))


def _text(workspace: Workspace, record: Evidence) -> str:
    try:
        return read_document(workspace.archive_.read(record), name=record.name, given=record.meta).text
    except ObservanceError:
        return ""


def _row(kind: str, key: str, evidence: str, day: str, title: str, body: str, record: object) -> dict[str, Any]:
    # A NUL cannot stand in a text column of PostgreSQL and says nothing.
    return {
        "kind": kind,
        "id": key,
        "evidence": evidence,
        "day": day,
        "title": title.replace("\0", " "),
        "body": body.replace("\0", " "),
        "record": canonical_json(to_plain(record)).decode(),
    }


def evidence_row(record: Evidence, text: str) -> dict[str, Any]:
    """A piece of evidence as a row: title or name, and its text."""
    title = record.meta.title or record.name
    return _row("evidence", record.sha256, record.sha256, record.meta.published or "", title, text, record)


def observation_row(found: Observation) -> dict[str, Any]:
    """An observation as a row: what it says and whom it names."""
    names = ", ".join(participant.name for participant in found.participants)
    body = "\n".join(part for part in (found.statement, names, *(link.name for link in found.chain)) if part)
    evidence = found.citations[0].evidence
    return _row("observation", found.id, evidence, found.published or "", found.event_type, body, found)


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as a row: its title and sentences."""
    version = finding.current
    body = "\n".join(statement.text for statement in version.statements)
    return _row("finding", finding.id, "", version.as_of or "", version.title, body, finding)
