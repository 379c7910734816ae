"""Looking at the tracks: the detectors over the lake, their events kept as a table, observations of what is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.evidence.ledger import Entry
from observance.evidence.lists.states import alpha2
from observance.model.canonical import sha256_bytes
from observance.store.files import jsonl_bytes, write_whole
from observance.workspace.detectors.vessels import behaviours, columns_of, fleet_of, statics_of
from observance.workspace.tracking import lake_of

if TYPE_CHECKING:
    from observance.model.observation import Detector, Observation
    from observance.observations.vessels.events import VesselEvent
    from observance.workspace import Workspace

__all__ = ["look"]


def look(workspace: Workspace, identity: Detector) -> list[Observation]:
    """Run the detectors over the lake and keep the events; returns the observations of what is watched.

    Raises:
        UnsupportedError: numba is not installed.
    """
    from observance.observations.vessels.context import load_context
    from observance.observations.vessels.detect import detect

    lake = lake_of(workspace)
    fleet = fleet_of(workspace, lake)
    context = load_context(watch=frozenset({alpha2(fleet.target)}), listed=frozenset(fleet.listed))
    events = detect(columns_of(lake), statics_of(lake), context)
    keep_events(workspace, events, identity)
    return behaviours(events, fleet, identity)


def keep_events(workspace: Workspace, events: list[VesselEvent], identity: Detector) -> None:
    """Write all events as one table with a ledger line."""
    data = jsonl_bytes(event.document() for event in events)
    digest = sha256_bytes(data)
    path = f"lake/events/{digest[:16]}.jsonl"
    write_whole(workspace.root / path, data)
    workspace.ledger.add(
        [
            Entry(
                act="tracks_watched",
                at=workspace.clock(),
                by=workspace.operator,
                data={"count": len(events), "parameters": identity.parameters, "path": path, "sha256": digest},
            )
        ]
    )
