"""Ship positions in a workspace: added to the lake, watched, looked at by the detectors, cited by source row.

A file of positions is kept by reference or as a copy in the archive; its rows lie sorted in the lake, and every event
cites rows of the file itself. The detectors see the whole lake; observations are made only of events that touch what
is watched (listed ships of that day, ships under the flag of a regime's target, ships and areas that a person added),
the rest stays in the table of events.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import StoreError, UsageError
from observance.evidence.ledger import Entry
from observance.evidence.tracks import Ingested, Lake, digest_of, ingest, rows_of
from observance.model.citation import TrackRows
from observance.model.evidence import Acquisition, DocumentMeta, Evidence
from observance.model.identifiers import Sha256
from observance.store.files import hash_file

if TYPE_CHECKING:
    from observance.observations.vessels.events import VesselEvent
    from observance.workspace import Workspace

__all__ = ["Watch", "add_tracks", "lake_of", "rows_checker", "stored_events", "track_rows", "watch", "watched"]

_COPY = 512 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What a person put under watch for a regime.

    Attributes:
        regime: id of the pack.
        numbers: `imo:...` and `mmsi:...`.
        areas: boxes (south, north, west, east) in degrees.
    """

    regime: str
    numbers: tuple[str, ...] = ()
    areas: tuple[tuple[float, float, float, float], ...] = ()


def lake_of(workspace: Workspace) -> Lake:
    """The lake of a workspace."""
    return Lake(workspace.root / "lake")


def add_tracks(
    workspace: Workspace,
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    copy: bool | None = None,
    progress: Callable[[int], None] | None = None,
) -> Ingested:
    """Add a file of positions.

    Args:
        workspace: where it is kept.
        path: CSV, NMEA or Parquet, plain or gzip.
        mapping: field to column, for a table of one's own.
        copy: keep the bytes in the archive (default below 512 MiB); otherwise by reference, with the path and hash.
        progress: told the rows read so far.

    Raises:
        FormatError, StoreError: see `evidence.tracks.ingest`; nothing is added.
    """
    if not path.is_file():
        raise StoreError("no such file", where=str(path), step="check the path")
    known = _known(workspace)
    if path.stat().st_size and (digest := hash_file(path)) in known:
        entry = known[digest]
        done = Ingested(source=digest, size=path.stat().st_size, kind=entry["layout"], rows=entry["rows"])
        done.kept = entry["kept"]
        done.vessels = entry["vessels"]
        done.warnings = ["this file is in the lake already; nothing was added"]
        return done
    now = workspace.clock()
    done = ingest(path, lake_of(workspace), now=now.timestamp(), mapping=mapping, progress=progress)
    kept = copy if copy is not None else done.size <= _COPY
    if kept:
        workspace.archive_.keep(path)
    record = Evidence(
        sha256=Sha256(done.source),
        size=done.size,
        media_type="text/plain" if done.kind == "nmea" else "text/csv",
        name=path.name,
        kind="tracks",
        meta=DocumentMeta(kind="ship positions", evidence_type="ais_track"),
        acquisition=Acquisition(at=now, by=workspace.operator, how="file", source=path.name),
        location=None if kept else str(path.resolve()),
    )
    workspace.archive_.register([record])
    workspace.ledger.add(
        [
            Entry(
                act="tracks_added",
                at=now,
                by=workspace.operator,
                data={
                    "evidence": done.source,
                    "layout": done.kind,
                    "mapping": dict(mapping or {}),
                    "rows": done.rows,
                    "kept": done.kept,
                    "vessels": done.vessels,
                    "rejected": dict(sorted(done.rejected.items())),
                    "first": done.first,
                    "last": done.last,
                },
            ),
            *(
                Entry(act="tracks_part", at=now, by=workspace.operator, data={"path": where, "sha256": digest})
                for where, digest in done.files
            ),
        ]
    )
    return done


def _known(workspace: Workspace) -> dict[str, dict[str, Any]]:
    return {entry["evidence"]: entry for entry in workspace.ledger.entries("tracks_added")}


def watch(
    workspace: Workspace, regime: str, *, add: Sequence[str] = (), areas: Sequence[str] = (), reason: str = ""
) -> Watch:
    """Put ships and areas under watch; kept as a decision of the operator.

    Raises:
        UsageError: a number or an area that does not read.
    """
    from observance.model.identifiers import Imo, Mmsi
    from observance.workspace.deciding import decide

    for number in add:
        scheme, _, value = number.partition(":")
        if not (scheme == "imo" and Imo.valid(value)) and not (scheme == "mmsi" and Mmsi.valid(value)):
            raise UsageError("no such number", got=number, expected="imo:8916580 or mmsi:445123456")
    boxes = [parse_area(area) for area in areas]
    workspace.pack(regime)
    if add or boxes:
        values = [*(("number", number) for number in add), *(("area", json.dumps(box)) for box in boxes)]
        decide(workspace, "watch", regime, reason=reason, about="tracks", values=values)
    return watched(workspace, regime)


def watched(workspace: Workspace, regime: str) -> Watch:
    """All that was put under watch for a regime."""
    from observance.workspace.finding import decisions

    numbers: dict[str, None] = {}
    areas: dict[tuple[float, float, float, float], None] = {}
    for decision in decisions(workspace):
        if decision.kind == "watch" and decision.subject == regime:
            for name, value in decision.values:
                if name == "number":
                    numbers[value] = None
                elif name == "area":
                    south, north, west, east = json.loads(value)
                    areas[(south, north, west, east)] = None
    return Watch(regime=regime, numbers=tuple(numbers), areas=tuple(areas))


def parse_area(text: str) -> tuple[float, float, float, float]:
    """A box such as `38N-42N,124E-132E` as (south, north, west, east) in degrees; it may cross 180 degrees.

    Raises:
        UsageError: for anything else.
    """
    import re

    found = re.fullmatch(
        r"\s*(\d{1,2}(?:\.\d+)?)([NS])\s*-\s*(\d{1,2}(?:\.\d+)?)([NS])\s*,"
        r"\s*(\d{1,3}(?:\.\d+)?)([EW])\s*-\s*(\d{1,3}(?:\.\d+)?)([EW])\s*",
        text.upper(),
    )
    if found is not None:
        values = [float(found[at]) * (-1 if found[at + 1] in "SW" else 1) for at in (1, 3, 5, 7)]
        south, north = min(values[:2]), max(values[:2])
        if north <= 90 and all(abs(value) <= 180 for value in values[2:]):
            return south, north, values[2], values[3]
    raise UsageError("no such area", got=text, expected="SOUTH-NORTH,WEST-EAST, for example 38N-42N,124E-132E")


def track_rows(event: VesselEvent) -> dict[str, TrackRows]:
    """The citations of an event: source hash to the rows of its positions, with a digest of their values."""
    rows: dict[str, dict[int, tuple[int, int, int, int]]] = {}
    for fix in event.positions:
        if fix.file and fix.row >= 0:
            values = (fix.mmsi, fix.ts, round(fix.lat * 600_000), round(fix.lon * 600_000))
            rows.setdefault(fix.file, {})[fix.row] = values
    return {
        source: TrackRows(
            ranges=tuple(_ranges(sorted(found))),
            count=len(found),
            digest=digest_of(found[row] for row in sorted(found)),
        )
        for source, found in sorted(rows.items())
    }


def _ranges(rows: Sequence[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges


def rows_checker(workspace: Workspace, record: Evidence, wanted: Sequence[TrackRows]) -> Callable[[TrackRows], bool]:
    """A function that says whether cited rows read as cited in the original; the original is read once.

    Raises:
        FormatError: the file does not read any more.
    """
    entry = _known(workspace).get(record.sha256, {})
    numbers = {row for one in wanted for first, last in one.ranges for row in range(first, last + 1)}
    found = rows_of(workspace.archive_.path(record), numbers, mapping=entry.get("mapping") or None)

    def holds(cited: TrackRows) -> bool:
        rows = [row for first, last in cited.ranges for row in range(first, last + 1)]
        return (
            len(rows) == cited.count
            and all(row in found for row in rows)
            and digest_of(found[row] for row in rows) == cited.digest
        )

    return holds


def stored_events(workspace: Workspace) -> list[dict[str, Any]]:
    """The events of the last run of the detectors, as plain values by start; empty before the first run."""
    path = ""
    for entry in workspace.ledger.entries("tracks_watched"):
        path = entry["path"]
    if not path:
        return []
    lines = (workspace.root / path).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def clock_of(seconds: float) -> str:
    """ISO time of a second UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
