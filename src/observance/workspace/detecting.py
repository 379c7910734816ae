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

from observance.errors import ObservanceError, UnsupportedError
from observance.evidence.archive import Archive
from observance.evidence.ledger import Ledger
from observance.model.codec import to_plain

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.model.observation import Detector, Observation
    from observance.store.config import Config
    from observance.workspace import Workspace

__all__ = ["GROUP", "DetectorKind", "Task", "detect_batch", "detector", "detector_names"]

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


def detector_names() -> tuple[str, ...]:
    """Names of the detectors that are registered; none is imported for it."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


@cache
def detector(name: str) -> DetectorKind:
    """The detector with this name; the others are not imported, so one that is broken costs only itself.

    Raises:
        UnsupportedError: none is registered by this name, or it cannot be imported.
    """
    found = next(iter(entry_points(group=GROUP, name=name)), None)
    if found is None:
        known = ", ".join(detector_names()) or "none"
        raise UnsupportedError("no such detector", step=f"known: {known}; see `detectors` in observance.toml")
    try:
        kind: DetectorKind = found.load()
    except Exception as fault:  # noqa: BLE001  importing another package's module may raise anything
        raise UnsupportedError(
            f"it cannot be imported ({type(fault).__name__}: {fault})",
            step=f"install or remove the package that registers {found.value}",
        ) from None
    return kind


def detect_batch(task: Task, records: list[Evidence]) -> tuple[list[dict[str, Any]], list[tuple[str, str, str]]]:
    """Observations of several pieces of evidence as plain values, and faults as (evidence, name, why).

    Runs in a worker process; one piece that cannot be read never costs the others.
    """
    archive = Archive(Path(task.root), Ledger(Path(task.root), task.config.writer))
    kind = detector(task.detector)
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
        except Exception as fault:  # noqa: BLE001  a fault in a detector costs this piece, never the others
            where = fault.__traceback__
            while where and where.tb_next:
                where = where.tb_next
            at = f" in {Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
            faults.append(
                (str(record.sha256), record.name, f"{task.detector} failed ({type(fault).__name__}: {fault}{at})")
            )
            continue
        lines += found
    return lines, faults
