"""Observing: every detector over every piece of evidence that it has not seen in its present form.

What has been seen is known from the ledger: a line `observed` names the detector with version and parameters, the
evidence, and the file of observations it left. A better reader (another version or parameter set) reads again; its
observations take the place of the earlier ones in every view, and the earlier file stays.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.engine.executors import process_pool
from observance.errors import UnsupportedError
from observance.evidence.ledger import Entry
from observance.model.canonical import sha256_bytes
from observance.model.codec import read_record, to_plain
from observance.model.observation import Detector, Observation
from observance.store.files import jsonl_bytes, read_jsonl, write_whole
from observance.workspace.detecting import Task, detect_batch, detector

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.workspace import Workspace

__all__ = ["Fault", "ObserveSummary", "current_files", "current_observations", "observe"]

LAKE = "vessels.behaviour"
"""The detector that looks at the whole lake of positions and not at one piece of evidence."""

_BATCH = 16
_INLINE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A piece of evidence that a detector could not read, and why."""

    evidence: str
    name: str
    detector: str
    text: str


@dataclass(slots=True)
class ObserveSummary:
    """What a run of the detectors did.

    Attributes:
        documents: documents read now.
        observations: observations made now, by kind.
        faults: what could not be read.
        skipped: detectors that are not installed, with the step that helps.
    """

    documents: int = 0
    observations: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def observe(workspace: Workspace, *, progress: Callable[[str], None] | None = None) -> ObserveSummary:
    """Run the detectors of the configuration over evidence that is new to them, in batches that are acknowledged."""
    summary = ObserveSummary()
    records = workspace.archive_.records()
    seen = _seen(workspace)
    read_now: set[str] = set()
    for name in workspace.config.detectors:
        if name == LAKE:
            _observe_lake(workspace, seen, summary)
            continue
        try:
            kind = detector(name)
            identity = kind.identity(workspace)
        except UnsupportedError as fault:
            summary.skipped.append(f"{name}: {fault.what}; {fault.step}")
            continue
        if identity is None:
            continue
        done = seen.get(name, {})
        todo = [
            record
            for record in sorted(records.values(), key=lambda record: record.sha256)
            if record.kind in kind.evidence and done.get(record.sha256) != identity
        ]
        if not todo:
            continue
        for batch, lines, faults in _detected(workspace, name, identity, todo):
            _keep(workspace, name, identity, batch, lines, faults)
            read_now |= {record.sha256 for record in batch}
            for line in lines:
                summary.observations[line["kind"]] = summary.observations.get(line["kind"], 0) + 1
            summary.faults += faults
            if progress:
                progress(f"{name}: {len(read_now)} read")
    summary.documents = len(read_now)
    return summary


def _observe_lake(workspace: Workspace, seen: dict[str, dict[str, Detector]], summary: ObserveSummary) -> None:
    """Look at the tracks where positions, watch, lists or parameters are new."""
    from observance.workspace.detectors.vessels import identity_of

    try:
        identity = identity_of(workspace)
        if identity is None:
            return
        records = [record for record in workspace.archive_.records().values() if record.kind == "tracks"]
        if all(seen.get(LAKE, {}).get(record.sha256) == identity for record in records):
            return
        from observance.workspace.watching import look

        found = look(workspace, identity)
    except UnsupportedError as fault:
        summary.skipped.append(f"{LAKE}: {fault.what}; {fault.step}")
        return
    lines = [to_plain(observation) for observation in found]
    _keep(workspace, LAKE, identity, sorted(records, key=lambda record: record.sha256), lines, [])
    if lines:
        summary.observations["behaviour"] = summary.observations.get("behaviour", 0) + len(lines)


def _detected(
    workspace: Workspace, name: str, identity: Detector, todo: Sequence[Evidence]
) -> Iterator[tuple[Sequence[Evidence], list[dict[str, Any]], list[Fault]]]:
    """Batches of evidence with the observations and faults found in each, in order."""
    task = Task(
        detector=name,
        identity=identity,
        root=str(workspace.root),
        config=workspace.config,
        context=detector(name).context(workspace),
    )
    workers = workspace.config.workers or os.cpu_count() or 1
    size = min(_BATCH, -(-len(todo) // workers))
    batches = [todo[start : start + size] for start in range(0, len(todo), size)]
    if len(todo) <= _INLINE or workers == 1:
        for batch in batches:
            yield batch, *_unpacked(detect_batch(task, list(batch)), name)
        return
    with process_pool(min(workers, len(batches))) as pool:
        yield from _pooled(pool, task, batches, name)


def _pooled(
    pool: Executor, task: Task, batches: Sequence[Sequence[Evidence]], name: str
) -> Iterator[tuple[Sequence[Evidence], list[dict[str, Any]], list[Fault]]]:
    futures = [(batch, pool.submit(detect_batch, task, list(batch))) for batch in batches]
    for batch, future in futures:
        try:
            found = future.result()
        except BrokenExecutor:
            # A worker was ended from outside (no memory, a kill): what it had in hand is read here, one by one.
            found = detect_batch(task, list(batch))
        yield batch, *_unpacked(found, name)


def _unpacked(
    found: tuple[list[dict[str, Any]], list[tuple[str, str, str]]], name: str
) -> tuple[list[dict[str, Any]], list[Fault]]:
    lines, faults = found
    return lines, [Fault(evidence=sha, name=title, detector=name, text=text) for sha, title, text in faults]


def _keep(
    workspace: Workspace,
    name: str,
    identity: Detector,
    batch: Sequence[Evidence],
    lines: list[dict[str, Any]],
    faults: Sequence[Fault],
) -> None:
    data = jsonl_bytes(lines)
    sha256 = sha256_bytes(data)
    path = f"observations/{name}-{sha256[:16]}.jsonl"
    write_whole(workspace.root / path, data)
    workspace.ledger.add(
        [
            Entry(
                act="observed",
                at=workspace.clock(),
                by=workspace.operator,
                data={
                    "detector": {"name": name, "version": identity.version, "parameters": identity.parameters},
                    "evidence": [record.sha256 for record in batch],
                    "count": len(lines),
                    "faults": [{"evidence": fault.evidence, "text": fault.text} for fault in faults],
                    "path": path,
                    "sha256": sha256,
                },
            )
        ]
    )


def _seen(workspace: Workspace) -> dict[str, dict[str, Detector]]:
    seen: dict[str, dict[str, Detector]] = {}
    for entry in workspace.ledger.entries("observed"):
        detector = read_record(Detector, entry["detector"])
        for sha256 in entry["evidence"]:
            seen.setdefault(detector.name, {})[sha256] = detector
    return seen


def current_files(workspace: Workspace) -> dict[str, set[tuple[str, str]]]:
    """Files of observations in force: path -> (detector name, evidence) pairs that this file speaks for."""
    latest: dict[tuple[str, str], str] = {}
    for entry in workspace.ledger.entries("observed"):
        for sha256 in entry["evidence"]:
            latest[(entry["detector"]["name"], sha256)] = entry["path"]
    files: dict[str, set[tuple[str, str]]] = {}
    for key, path in latest.items():
        files.setdefault(path, set()).add(key)
    return files


def current_observations(workspace: Workspace) -> list[Observation]:
    """The observations in force, by id: of each detector and piece of evidence those of the latest reading."""
    found: dict[str, Observation] = {}
    for path, keys in sorted(current_files(workspace).items()):
        for record in read_jsonl(Path(workspace.root / path)):
            sources = {citation["evidence"] for citation in record["citations"]}
            if any((record["detector"]["name"], sha256) in keys for sha256 in sources):
                observation = read_record(Observation, record, where=path)
                found[observation.id] = observation
    return [found[key] for key in sorted(found)]


def faults_on_record(workspace: Workspace) -> dict[str, str]:
    """Evidence that the latest reading could not read: hash -> why."""
    faults: dict[str, str] = {}
    for entry in workspace.ledger.entries("observed"):
        for sha256 in entry["evidence"]:
            faults.pop(sha256, None)
        for fault in entry.get("faults", ()):
            faults[fault["evidence"]] = fault["text"]
    return faults
