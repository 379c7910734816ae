"""A view: what follows from the evidence known on a day, by the law of a day.

`--on DAY` is the law of that day; `--as-of DAY` is what had been published by that day. A view is computed from the
records in the folder and a fixed parameter set; only the plain view (without days) adds versions to the findings kept
in the folder, the others leave a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

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
        pack: the first regime pack of the workspace.
        packs: all of them, with the signatures of the workspace.
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
    packs: Sequence[Pack]
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

    files = {path: sorted(sha for _, sha in keys) for path, keys in current_files(workspace).items()}
    parts = {
        "observations": sorted(files.items()),
        "decisions": sorted(decision.id for decision in decisions(workspace)),
        "evidence": sorted((str(sha), to_plain(record.meta)) for sha, record in workspace.archive_.records().items()),
        "packs": [workspace.pack(regime).version for regime in workspace.config.regimes],
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


def view(workspace: Workspace, *, on: str | None = None, as_of: str | None = None) -> View:
    """Compute a view from the folder. Nothing is written."""
    from observance.findings import find
    from observance.measures.review import with_signatures
    from observance.workspace.judging import judge_all
    from observance.workspace.listing import list_notes
    from observance.workspace.observing import current_observations, faults_on_record
    from observance.workspace.regimes import view_of

    now = workspace.clock()
    records = workspace.archive_.records()
    evidence = {str(sha): record for sha, record in sorted(records.items())}
    observations = current_observations(workspace)
    decided = decisions(workspace)
    observations = vouched(observations, decided)
    previous = tuple(stored_findings(workspace).values()) if on is None and as_of is None else ()
    packs = [with_signatures(workspace.pack(regime), decided) for regime in workspace.config.regimes]
    found = joined(
        [
            find(
                observations=observations,
                judgements=judge_all(workspace, observations, pack, on=on),
                evidence=evidence,
                pack=view_of(pack),
                decisions=decided,
                previous=tuple(finding for finding in previous if finding.regime == pack.id),
                on=on,
                as_of=as_of,
                now=now,
            )
            for pack in packs
        ]
    )
    left_out = {key for key, _ in found.left_out}
    cited = {str(citation.evidence) for one in observations if one.id not in left_out for citation in one.citations}
    known = {
        key
        for key, record in evidence.items()
        if key in cited or record.kind != "document" or _published_by(record.meta.published, as_of)
    }
    return View(
        on=on,
        as_of=as_of,
        now=now,
        inputs=inputs_of(workspace, on=on, as_of=as_of),
        pack=packs[0],
        packs=packs,
        evidence={key: evidence[key] for key in evidence if key in known},
        observations=[one for one in observations if one.id not in left_out],
        judgements=found.judgements,
        found=found,
        decisions=decided,
        lists=list_notes(workspace),
        not_read=faults_on_record(workspace),
    )


def vouched(observations: Sequence[Observation], decided: Sequence[Decision]) -> list[Observation]:
    """The observations that may enter a view: what a language model proposed only where a person has accepted it."""
    from observance.findings.decided import Located
    from observance.workspace.detectors.model import NAME

    proposed = {one.id for one in observations if one.detector.name == NAME}
    if not proposed:
        return list(observations)
    located = Located(one for one in observations if one.id in proposed)
    accepted: set[str] = set()
    for decision in decided:
        meant = {decision.subject, *located.meant(decision)} & proposed
        if decision.kind == "claim_accepted":
            accepted |= meant
        elif decision.kind == "claim_rejected":
            accepted -= meant
    return [one for one in observations if one.id not in proposed or one.id in accepted]


def joined(sets: Sequence[FindingSet]) -> FindingSet:
    """What follows under several regimes: events and findings of each; origins and drift are the same under all."""
    first = sets[0]
    if len(sets) == 1:
        return first

    def union(name: str) -> tuple[Any, ...]:
        rows = {str(getattr(row, "id", row)): row for one in sets for row in getattr(one, name)}
        return tuple(rows[key] for key in sorted(rows))

    names = ("findings", "events", "origins", "drifts", "denials", "watch", "gaps", "judgements")
    return replace(first, **{name: union(name) for name in names})


def _published_by(day: str | None, as_of: str | None) -> bool:
    """Whether a document that nothing cites was known on the day of the view; without a day of its own it was not."""
    if as_of is None:
        return True
    return bool(day) and (day or "")[: len(as_of)] <= as_of


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
