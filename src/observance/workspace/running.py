"""A run: observe, judge, find, report; only what is new. Where nothing changed, the last report stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import StoreError
from observance.workspace.finding import inputs_of, keep_findings
from observance.workspace.judging import keep_judgements
from observance.workspace.reporting import issue

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = ["RunSummary", "run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """What a run did and what stands now.

    Attributes:
        read: documents read now.
        documents: documents in the view.
        claims: claims in the view.
        matches: list matches in the view.
        behaviours: vessel behaviour in the view.
        verdicts: judgements by verdict.
        findings: (id, layer, title) of each.
        watch: titles on the watch list.
        gaps: open questions.
        new: True where something was computed, False where the last report stands.
        report: path of the report.
        warnings: what could not be read or is not installed.
    """

    read: int
    documents: int
    claims: int
    matches: int
    behaviours: int
    verdicts: dict[str, int]
    findings: tuple[tuple[str, str, str], ...]
    watch: tuple[str, ...]
    gaps: tuple[str, ...]
    new: bool
    report: Path
    warnings: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The summary for a person."""
        verdicts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in self.verdicts.items()) or "none"
        lines = [
            f"documents read now: {self.read} (in the case: {self.documents})",
            f"claims: {self.claims}; list matches: {self.matches}; vessel behaviour: {self.behaviours}",
            f"judgements: {verdicts}",
            f"findings: {len(self.findings)}",
            *(f"  {layer.replace('_', ' ')}: {title} ({key})" for key, layer, title in self.findings),
            f"watch list: {len(self.watch)}",
            *(f"  {title}" for title in self.watch),
            f"gaps: {len(self.gaps)}",
            *(f"  {text}" for text in self.gaps),
        ]
        if not self.new:
            lines.append("nothing new since the last run; its report stands")
        return lines

    def plain(self) -> dict[str, Any]:
        """The summary as plain values."""
        return {
            "read": self.read,
            "documents": self.documents,
            "claims": self.claims,
            "matches": self.matches,
            "behaviours": self.behaviours,
            "verdicts": self.verdicts,
            "findings": [{"id": key, "layer": layer, "title": title} for key, layer, title in self.findings],
            "watch": list(self.watch),
            "gaps": list(self.gaps),
            "new": self.new,
            "report": str(self.report),
            "warnings": list(self.warnings),
        }


def run(
    workspace: Workspace,
    *,
    on: str | None = None,
    as_of: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> RunSummary:
    """Observe, judge, find and report. Where the inputs are those of an earlier run, its report stands."""
    seen = workspace.observe(progress=progress)
    unread = dict.fromkeys(f"{fault.name} was not read: {fault.text}" for fault in seen.faults)
    warnings = (*seen.skipped, *unread)
    inputs = inputs_of(workspace, on=on, as_of=as_of)
    earlier = _earlier(workspace, inputs)
    if earlier is not None:
        path, summary = earlier
        return _summary(summary, path, read=seen.documents, new=False, warnings=warnings)
    view = workspace.view(on=on, as_of=as_of)
    keep_judgements(workspace, view)
    if on is None and as_of is None:
        keep_findings(workspace, view.found.findings)
    path = issue(workspace, view)
    kinds = Counter(found.kind for found in view.observations)
    summary = {
        "documents": sum(record.kind == "document" for record in view.evidence.values()),
        "claims": kinds["claim"],
        "matches": kinds["match"],
        "behaviours": kinds["behaviour"],
        "verdicts": dict(sorted(Counter(str(judged.verdict) for judged in view.judgements).items())),
        "findings": [[finding.id, finding.current.layer, finding.current.title] for finding in view.found.findings],
        "watch": [indicator.title for indicator in view.found.watch],
        "gaps": [gap.text for gap in view.found.gaps],
    }
    report = path.relative_to(workspace.root).as_posix()
    workspace.record("ran", {"inputs": inputs, "report": report, "summary": summary})
    if on is None and as_of is None and workspace.has_index:
        _index(workspace)
    return _summary(summary, path, read=seen.documents, new=True, warnings=warnings)


def _index(workspace: Workspace) -> None:
    """Keep an index that is in use in step; where that fails the next search mends it, and the run stands."""
    from observance.workspace.indexing import update

    with suppress(StoreError):
        update(workspace)


def _earlier(workspace: Workspace, inputs: str) -> tuple[Path, dict[str, Any]] | None:
    """The report and summary of an earlier run over the same inputs, where the report is still there."""
    for entry in workspace.ledger.entries("ran"):
        if entry["inputs"] == inputs and (workspace.root / entry["report"]).is_file():
            return workspace.root / entry["report"], entry["summary"]
    return None


def _summary(plain: dict[str, Any], path: Path, *, read: int, new: bool, warnings: tuple[str, ...]) -> RunSummary:
    return RunSummary(
        read=read,
        documents=plain["documents"],
        claims=plain["claims"],
        matches=plain["matches"],
        behaviours=plain["behaviours"],
        verdicts=plain["verdicts"],
        findings=tuple((key, layer, title) for key, layer, title in plain["findings"]),
        watch=tuple(plain["watch"]),
        gaps=tuple(plain["gaps"]),
        new=new,
        report=path,
        warnings=warnings,
    )
