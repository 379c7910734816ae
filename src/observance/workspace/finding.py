"""A view: what follows from the evidence known on a day, by the law of a day.

`--on DAY` is the law of that day; `--as-of DAY` is what had been published by that day. A view is computed from the
records in the folder and a fixed parameter set; only the plain view (without days) adds versions to the findings kept
in the folder, the others leave a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from observance.evidence.ledger import Entry
from observance.model.canonical import canonical_json, sha256_bytes
from observance.model.codec import read_record, to_plain
from observance.model.decision import Decision
from observance.model.finding import Finding, FindingVersion
from observance.store.files import write_whole

if TYPE_CHECKING:
    from observance.findings import FindingSet
    from observance.model.evidence import Evidence
    from observance.model.judgement import Judgement
    from observance.model.observation import Observation
    from observance.packs import Pack
    from observance.report import ListNote
    from observance.workspace import Workspace

__all__ = ["View", "decisions", "inputs_of", "keep_findings", "stored_findings", "view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The records of one view.

    Attributes:
        on: day of the law, None for the days of the acts.
        as_of: day of publication, None for everything.
        now: time of the computation.
        inputs: hash of everything it was computed from.
        pack: the regime pack.
        evidence: by hash, those that are known on the day.
        observations, judgements: sorted by id.
        found: events, origins, drifts, findings, watch list, gaps.
        decisions: of persons.
        lists: versions of lists in use.
        not_read: evidence that could not be read, with the reason.
    """

    on: str | None
    as_of: str | None
    now: datetime
    inputs: str
    pack: Pack
    evidence: dict[str, Evidence]
    observations: Sequence[Observation]
    judgements: Sequence[Judgement]
    found: FindingSet
    decisions: Sequence[Decision]
    lists: Sequence[ListNote]
    not_read: dict[str, str]


def inputs_of(workspace: Workspace, *, on: str | None, as_of: str | None) -> str:
    """Hash of all that a view depends on: files of observations, decisions, evidence, pack, days, program version."""
    from observance.workspace.observing import current_files

    pack = workspace.pack()
    files = {path: sorted(sha for _, sha in keys) for path, keys in current_files(workspace).items()}
    parts = {
        "observations": sorted(files.items()),
        "decisions": sorted(decision.id for decision in decisions(workspace)),
        "evidence": sorted((str(sha), to_plain(record.meta)) for sha, record in workspace.archive_.records().items()),
        "pack": pack.version,
        "on": on,
        "as_of": as_of,
        "name": workspace.config.name,
        "program": version("observance"),
    }
    return sha256_bytes(canonical_json(parts))


def decisions(workspace: Workspace) -> list[Decision]:
    """What persons decided, in the order of the ledger."""
    return [read_record(Decision, entry["decision"]) for entry in workspace.ledger.entries("decided")]


def stored_findings(workspace: Workspace) -> dict[str, Finding]:
    """Findings as kept in the folder: each version is a file of its own, named in the ledger."""
    versions: dict[str, dict[int, tuple[str, str, FindingVersion]]] = {}
    for entry in workspace.ledger.entries("found"):
        record = read_record(FindingVersion, _read_plain(workspace, entry["path"]), where=entry["path"])
        versions.setdefault(entry["finding"], {})[record.number] = (entry["key"], entry["regime"], record)
    found: dict[str, Finding] = {}
    for key, numbered in versions.items():
        chain = tuple(numbered[number][2] for number in sorted(numbered))
        about, regime, _ = numbered[max(numbered)]
        found[key] = Finding(id=key, key=about, regime=regime, versions=chain)
    return found


def _read_plain(workspace: Workspace, path: str) -> object:
    import json

    return json.loads((workspace.root / path).read_bytes())


def known_on(day: str | None, as_of: str | None) -> bool:
    """Whether something published on `day` (EDTF; None is unknown) was known by `as_of`.

    A month or year counts as known when it has ended; what has no date of publication is not used in a dated view.
    """
    if as_of is None:
        return True
    if not day:
        return False
    last = day.rpartition("/")[2] or day
    return last + "-99-99"[: 10 - len(last)] <= as_of if len(last) < 10 else last <= as_of


def view(workspace: Workspace, *, on: str | None = None, as_of: str | None = None) -> View:
    """Compute a view from the folder. Nothing is written."""
    from observance.findings import find
    from observance.workspace.judging import judge_all
    from observance.workspace.listing import list_notes
    from observance.workspace.observing import current_observations, faults_on_record

    pack = workspace.pack()
    now = workspace.clock()
    records = workspace.archive_.records()
    evidence = {
        str(sha): record
        for sha, record in sorted(records.items())
        if record.kind != "document" or known_on(record.meta.published, as_of)
    }
    observations = [
        found
        for found in current_observations(workspace)
        if all(str(citation.evidence) in evidence for citation in found.citations) and _known(found, as_of)
    ]
    decided = decisions(workspace)
    judged = judge_all(workspace, observations, pack, on=on)
    found = find(
        observations=observations,
        judgements=judged,
        evidence=tuple(evidence.values()),
        pack=pack,
        decisions=decided,
        previous=tuple(stored_findings(workspace).values()) if on is None and as_of is None else (),
        on=on,
        as_of=as_of,
        now=now,
    )
    return View(
        on=on,
        as_of=as_of,
        now=now,
        inputs=inputs_of(workspace, on=on, as_of=as_of),
        pack=pack,
        evidence=evidence,
        observations=observations,
        judgements=judged,
        found=found,
        decisions=decided,
        lists=list_notes(workspace),
        not_read=faults_on_record(workspace),
    )


def _known(observation: Observation, as_of: str | None) -> bool:
    return observation.kind != "claim" or known_on(observation.published, as_of)


def keep_findings(workspace: Workspace, findings: Iterable[Finding]) -> int:
    """Write the versions that the folder does not hold yet; returns their number."""
    stored = stored_findings(workspace)
    entries: list[Entry] = []
    for finding in findings:
        known = stored.get(finding.id)
        count = len(known.versions) if known else 0
        for record in finding.versions[count:]:
            data = canonical_json(to_plain(record)) + b"\n"
            digest = sha256_bytes(data)
            path = f"findings/{finding.id}/{record.number:04d}-{digest[:12]}.json"
            write_whole(workspace.root / path, data)
            entries.append(
                Entry(
                    act="found",
                    at=workspace.clock(),
                    by=workspace.operator,
                    data={
                        "finding": finding.id,
                        "key": finding.key,
                        "regime": finding.regime,
                        "number": record.number,
                        "path": path,
                        "sha256": digest,
                    },
                )
            )
    workspace.ledger.add(entries)
    return len(entries)
