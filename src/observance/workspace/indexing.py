"""The index of a workspace: opened, brought up to the folder before each search, mended or rebuilt where damaged.

Rows: evidence (its text), observations in force, findings. Everything in it comes from the folder; the mark in it is
the state of the ledger that it was last brought up to.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import ObservanceError, StoreError
from observance.evidence.readers import read_document
from observance.model.canonical import canonical_json, sha256_bytes
from observance.model.codec import to_plain
from observance.store.index import Index, SearchHit

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.model.finding import Finding
    from observance.model.observation import Observation
    from observance.workspace import Workspace

__all__ = ["evidence_row", "finding_row", "observation_row", "open_index", "rebuild", "search", "update"]

NAME = "index.db"


def open_index(workspace: Workspace) -> Index:
    """Open the index of the configuration; a file that is no database is put aside, since it can be built again."""
    if workspace.config.index:
        return Index(workspace.config.index)
    path = workspace.root / NAME
    try:
        return Index.at(path)
    except StoreError as fault:
        if not _put_aside(path, fault):
            raise
        return Index.at(path)


def _put_aside(path: Path, fault: StoreError) -> bool:
    """Whether a damaged index file was moved out of the way; one that is only locked or not ours stays."""
    if "locked" in fault.what or not path.exists() or not os.access(path.parent, os.W_OK):
        return False
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.replace(path.with_suffix(".damaged"))
    return True


def search(workspace: Workspace, question: str, *, limit: int = 50, as_of: str | None = None) -> list[SearchHit]:
    """Hits in everything that the folder holds now, best first.

    The index is first brought up to the folder, and built anew where it is damaged. A folder that cannot be written is
    searched through an index in memory.

    Raises:
        StoreError: the index is on a server that does not answer.
    """
    try:
        update(workspace)
        return workspace.index.search(question, limit=limit, as_of=as_of)
    except StoreError as fault:
        if workspace.config.index:
            raise
        workspace.close_index()
        if not _put_aside(workspace.root / NAME, fault):
            passing = Index("sqlite://")
            _fill(workspace, passing)
            return passing.search(question, limit=limit, as_of=as_of)
    update(workspace)
    return workspace.index.search(question, limit=limit, as_of=as_of)


def rebuild(workspace: Workspace) -> int:
    """Empty the index (a file is begun anew) and fill it from the folder; returns the number of records."""
    workspace.close_index()
    if workspace.config.index:
        workspace.index.clear()
    else:
        for ending in ("", "-wal", "-shm"):
            (workspace.root / f"{NAME}{ending}").unlink(missing_ok=True)
    return _fill(workspace, workspace.index)


def update(workspace: Workspace) -> int:
    """Bring the index up to the folder; returns the number of records added. Nothing is read where nothing changed."""
    index = workspace.index
    mark = _mark(workspace)
    if index.mark == mark:
        return 0
    added = _fill(workspace, index)
    index.mark = mark
    return added


def _mark(workspace: Workspace) -> str:
    """What the ledger of every writer holds, in short: any act changes it."""
    heads = sorted((path.name, path.read_bytes().hex()) for path in (workspace.root / "ledger").glob("*.head"))
    return sha256_bytes(canonical_json(heads))


def _fill(workspace: Workspace, index: Index) -> int:
    from observance.workspace.finding import stored_findings
    from observance.workspace.observing import current_observations

    added = index.put(_evidence_rows(workspace, index.known("evidence")))
    known = index.known("observation")
    observations = current_observations(workspace)
    index.drop("observation", known - {found.id for found in observations})
    added += index.put(observation_row(found) for found in observations if found.id not in known)
    findings = stored_findings(workspace)
    index.drop("finding", index.known("finding") - set(findings))
    added += index.put(finding_row(finding) for finding in findings.values())
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
