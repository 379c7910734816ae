"""The detectors as a workspace runs them: found through entry points, each over the kinds of evidence it reads.

A detector is a Protocol of four members. `identity` gives name, version and parameter hash (None: nothing to do, for
example no list is loaded); `context` gives what a worker process needs, picklable; `detect` turns one piece of
evidence into observations. The built-in ones register in the same way as those of other packages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from observance.errors import ObservanceError
from observance.evidence.archive import Archive
from observance.evidence.ledger import Ledger
from observance.model.codec import to_plain

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.model.observation import Detector, Observation
    from observance.store.config import Config
    from observance.workspace import Workspace

__all__ = ["GROUP", "DetectorKind", "Task", "detect_batch", "detectors"]

GROUP = "observance.detectors"


class DetectorKind(Protocol):
    """What a detector offers to a workspace."""

    evidence: frozenset[str]

    def identity(self, workspace: Workspace) -> Detector | None:
        """Name, version and parameters as it would run now; None where it has nothing to run on.

        Raises:
            UnsupportedError: a part that it needs is not installed.
        """

    def context(self, workspace: Workspace) -> Mapping[str, Any]:
        """What a worker needs beside the evidence; picklable."""

    def detect(self, data: bytes, record: Evidence, task: Task) -> Iterable[Observation]:
        """The observations in one piece of evidence.

        Raises:
            ObservanceError: it cannot be read; the others go on.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a worker is asked to do.

    Attributes:
        detector: name of the detector.
        identity: as it is written in the ledger.
        root: the workspace folder.
        config: its configuration.
        context: what the detector asked for.
    """

    detector: str
    identity: Detector
    root: str
    config: Config
    context: Mapping[str, Any]


@cache
def detectors() -> dict[str, DetectorKind]:
    """All detectors by name; one that cannot be imported is left out by the caller, who names it."""
    found: dict[str, DetectorKind] = {}
    for entry in entry_points(group=GROUP):
        kind: DetectorKind = entry.load()
        found[entry.name] = kind
    return found


def detect_batch(task: Task, records: list[Evidence]) -> tuple[list[dict[str, Any]], list[tuple[str, str, str]]]:
    """Observations of several pieces of evidence as plain values, and faults as (evidence, name, why).

    Runs in a worker process; one piece that cannot be read never costs the others.
    """
    archive = Archive(Path(task.root), Ledger(Path(task.root), task.config.writer))
    kind = detectors()[task.detector]
    lines: list[dict[str, Any]] = []
    faults: list[tuple[str, str, str]] = []
    for record in records:
        try:
            found = [to_plain(observation.sealed()) for observation in kind.detect(archive.read(record), record, task)]
        except ObservanceError as fault:
            faults.append(
                (str(record.sha256), record.name, f"{fault.what}; {fault.step}" if fault.step else fault.what)
            )
            continue
        lines += found
    return lines, faults
