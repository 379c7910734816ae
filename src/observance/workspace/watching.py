"""Looking at the tracks: the detectors over the lake, their events kept as a table, observations of what is watched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
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

_MUCH = 64 << 20
"""Bytes of Parquet from which a pool of processes pays."""


def look(workspace: Workspace, identity: Detector) -> list[Observation]:
    """Run the detectors over the lake and keep the events; returns the observations of what is watched.

    Raises:
        UnsupportedError: numba is not installed.
    """
    from observance.observations.vessels.partitioned import World, detect_partitions

    lake = lake_of(workspace)
    fleet = fleet_of(workspace, lake)
    world = World(watch=frozenset({alpha2(fleet.target)}), listed=frozenset(fleet.listed))
    buckets: dict[int, list[str]] = {}
    for part in lake.parts():
        buckets.setdefault(part.bucket, []).append(str(part.path))
    sources = [tuple(buckets[bucket]) for bucket in sorted(buckets)]
    with _executor(workspace, sum(part.path.stat().st_size for part in lake.parts())) as executor:
        events = detect_partitions(sources, statics_of(lake), world, reader=columns_of, executor=executor)
    keep_events(workspace, events, identity)
    return behaviours(events, fleet, identity)


@contextmanager
def _executor(workspace: Workspace, size: int) -> Iterator[Executor | None]:
    """Where the kernels run: a cluster where the configuration names one, the cores of this machine for much data."""
    from observance.engine.executors import cluster, process_pool

    if workspace.config.cluster:
        with cluster(workspace.config.cluster) as executor:
            yield executor
    elif size > _MUCH:
        with process_pool(workspace.config.workers or os.cpu_count() or 1) as pool:
            yield pool
    else:
        yield None


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
