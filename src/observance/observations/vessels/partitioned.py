"""The vessel detectors over partitions, behind any executor, with the results of the whole.

1. Each partition (whole ships) is scanned on its own; what comes back is small against its positions.
2. Slow bins are spread into buckets of a day and ten degrees of latitude; bins near an edge belong to both sides; each
   bucket finds its contacts.
3. The joint questions are answered in one place, and each partition then gathers the evidence of its own ships.

Memory is bounded by a partition in the workers. The caller holds the scans, about 6 bytes a position at ten-minute
reporting; years of data are run month by month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.engine.executors import Inline, run_ordered
from observance.observations.vessels.columns import UNIT, Columns
from observance.observations.vessels.context import Context, Port, load_context
from observance.observations.vessels.detect import Evidence, gather, seal
from observance.observations.vessels.encounters import Bins, Contacts, meet
from observance.observations.vessels.parameters import Parameters

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from observance.observations.vessels.columns import StaticMessages
    from observance.observations.vessels.events import Draft, VesselEvent
    from observance.observations.vessels.scan import Scan
    from observance.observations.vessels.tracks import Tracks

__all__ = ["World", "detect_partitions", "drafts_of_partitions", "read_columns"]

_BAND = 10
_HALO = int(0.02 * UNIT)  # wider than any contact, in latitude
_DAY_BINS = 144


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a worker needs to load the context itself: small and picklable where the context is not small."""

    ports: tuple[Port, ...] | None = None
    watch: frozenset[str] = frozenset()
    listed: frozenset[int] = frozenset()
    start: int | None = None
    end: int | None = None

    def load(self) -> Context:
        """The context, from the packaged tables of the machine it runs on."""
        return load_context(ports=self.ports, watch=self.watch, listed=self.listed, start=self.start, end=self.end)


Reader = Callable[[Any], Columns]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    source: Any
    reader: Reader
    world: World
    parameters: Parameters
    receivers: tuple[str, ...]
    clocks: tuple[tuple[str, int], ...] = ()
    drafts: tuple[tuple[int, Draft], ...] = ()


def read_columns(paths: Sequence[str]) -> Columns:
    """Positions from Parquet files in the column contract; columns that a file lacks are "not available".

    `receiver` and `file` may be stored as text (dictionary) columns; they become codes here.
    """
    import pyarrow.parquet as pq

    parts = []
    for path in paths:
        table = pq.read_table(path, use_threads=False)
        full: dict[str, Any] = {}
        names: dict[str, tuple[str, ...]] = {"receiver": (), "file": ()}
        for name in (
            "mmsi",
            "ts",
            "lat",
            "lon",
            "sog",
            "cog",
            "heading",
            "status",
            "message",
            "receiver",
            "file",
            "row",
            "quality",
        ):
            if name not in table.column_names:
                continue
            column = table.column(name)
            if name in names and not str(column.type).startswith(("int", "uint")):
                coded = (
                    column.combine_chunks().dictionary_encode()
                    if not str(column.type).startswith("dictionary")
                    else column.combine_chunks()
                )
                names[name] = tuple(str(x) for x in coded.dictionary.to_pylist())
                full[name] = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            else:
                full[name] = column.to_numpy()
        parts.append(Columns.of(receivers=names["receiver"], files=names["file"], **full))
    return Columns.join(parts)


def detect_partitions(
    sources: Sequence[Any],
    static: StaticMessages | None,
    world: World,
    parameters: Parameters | None = None,
    *,
    reader: Reader = read_columns,
    executor: Executor | None = None,
    ahead: int = 4,
    receivers: tuple[str, ...] | None = None,
) -> list[VesselEvent]:
    """Every vessel event of partitions; the same as `detect` gives for all their rows together.

    Args:
        sources: one a partition; whole ships in each, no ship in two. What `reader` takes, for example a list of files.
        static: static messages of all ships.
        world: ports, States and ships under watch, first and last second.
        parameters: thresholds; None = defaults.
        reader: from a source to positions; must be importable by the workers.
        executor: where it runs; None = in this process.
        ahead: how many partitions are in work or waiting at once.
        receivers: names of all receivers, where they are known; saves one reading.
    """
    p = parameters or Parameters()
    run = executor or Inline()
    drafts, jobs = drafts_of_partitions(
        sources, static, world, p, reader=reader, executor=run, ahead=ahead, receivers=receivers
    )
    owner: dict[int, list[tuple[int, Draft]]] = {}
    numbered = list(enumerate(drafts))
    ships = [frozenset(numbers) for _, numbers in jobs]
    for k, d in numbered:
        for part in {i for i, known in enumerate(ships) for m in d.vessels if m in known}:
            owner.setdefault(part, []).append((k, d))
    tasks = [replace(job, drafts=tuple(owner[i])) for i, (job, _) in enumerate(jobs) if i in owner]
    evidence: dict[tuple[int, int], Evidence] = {}
    for found in run_ordered(run, _gather, tasks, ahead=ahead):
        evidence.update(found)
    return [seal(d, [evidence.get((k, m)) for m in d.vessels], p.set_id) for k, d in numbered]


def drafts_of_partitions(
    sources: Sequence[Any],
    static: StaticMessages | None,
    world: World,
    parameters: Parameters,
    *,
    reader: Reader,
    executor: Executor,
    ahead: int = 4,
    receivers: tuple[str, ...] | None = None,
) -> tuple[list[Draft], list[tuple[_Job, list[int]]]]:
    """The drafts of partitions, and for each partition its job and ships (two stages and the joint questions).

    Where `world` names first and last second and `receivers` are given, the partitions are read once, else twice.
    """
    from observance.observations.vessels.conclude import conclude
    from observance.observations.vessels.scan import join_scans

    p = parameters
    jobs = [_Job(source=s, reader=reader, world=world, parameters=p, receivers=()) for s in sources]
    if world.start is None or world.end is None or receivers is None:
        spans = list(run_ordered(executor, _span, jobs, ahead=ahead))
        known = [s for s in spans if s[2]]
        low = min((s[0] for s in known), default=0)
        high = max((s[1] for s in known), default=0)
        receivers = tuple(sorted({r for s in spans for r in s[3]}))
        world = replace(
            world,
            start=low if world.start is None else min(world.start, low),
            end=high if world.end is None else world.end,
        )
    jobs = [replace(j, world=world, receivers=receivers) for j in jobs]
    scans, clocks = _scans(jobs, executor, ahead)
    if clocks:
        # a receiver's clock is a property of the receiver: what one partition shows holds for all
        jobs = [replace(j, clocks=tuple(sorted(clocks.items()))) for j in jobs]
        scans, _ = _scans(jobs, executor, ahead)
    whole = join_scans(scans)
    context = world.load()
    contacts = meet_in_buckets(whole.bins, whole.unit_mmsi, p, executor, ahead)
    drafts = conclude(whole, static, context, p, contacts)
    return drafts, [(j, s.ends.mmsi.tolist()) for j, s in zip(jobs, scans, strict=True)]


def _scans(jobs: list[_Job], executor: Executor, ahead: int) -> tuple[list[Scan], dict[str, int]]:
    scans = []
    clocks: dict[str, int] = {}
    for found, offsets in run_ordered(executor, _scan, jobs, ahead=ahead):
        scans.append(found)
        for name, offset in offsets:
            clocks.setdefault(name, offset)
    return scans, clocks


def _tracks(job: _Job) -> tuple[Tracks, Columns]:
    from observance.observations.vessels.clocks import shift_clocks
    from observance.observations.vessels.tracks import make_tracks

    columns = shift_clocks(job.reader(job.source), dict(job.clocks))
    return make_tracks(columns, job.parameters), columns


def _span(job: _Job) -> tuple[int, int, int, tuple[str, ...]]:
    """First and last second, number of positions, and receivers of one partition."""
    ts = job.reader(job.source)
    if not len(ts):
        return 0, 0, 0, ts.receivers
    good = (ts.mmsi > 0) & (np.abs(ts.lat) <= 90 * UNIT)
    when = ts.ts[good]
    return (int(when.min()), int(when.max()), len(when), ts.receivers) if len(when) else (0, 0, 0, ts.receivers)


def _scan(job: _Job) -> tuple[Scan, tuple[tuple[str, int], ...]]:
    from observance.observations.vessels.clocks import set_clocks
    from observance.observations.vessels.scan import scan
    from observance.observations.vessels.silence import slots_of

    tracks, columns = _tracks(job)
    offsets: tuple[tuple[str, int], ...] = ()
    if not job.clocks and len(columns.receivers) > 1:
        tracks, found = set_clocks(columns, tracks, job.parameters)
        offsets = tuple(sorted((columns.receivers[c], d) for c, d in found.items()))
    tracks = _named(tracks, job.receivers)
    context = job.world.load()
    assert context.start is not None
    assert context.end is not None
    found_scan = scan(
        tracks,
        context,
        job.parameters,
        slots=slots_of(context.start, context.end),
        end=context.end,
        receivers=len(job.receivers),
    )
    return found_scan, offsets


def _named(tracks: Tracks, receivers: tuple[str, ...]) -> Tracks:
    """Tracks whose receiver codes are those of all partitions together."""
    names = tracks.fixes.receivers
    if names == receivers or not names:
        return tracks
    table = np.array([receivers.index(n) for n in names], np.int16)
    codes = tracks.fixes.receiver
    known = (codes >= 0) & (codes < len(names))
    fixed = np.where(known, table[np.where(known, codes, 0)], codes).astype(np.int16)
    return replace(tracks, fixes=replace(tracks.fixes, receiver=fixed, receivers=receivers))


def _gather(job: _Job) -> dict[tuple[int, int], Evidence]:
    numbers = [k for k, _ in job.drafts]
    found = gather(_tracks(job)[0], [d for _, d in job.drafts])
    return {(numbers[k], m): e for (k, m), e in found.items()}


def meet_in_buckets(bins: Bins, unit_mmsi: Any, parameters: Parameters, executor: Executor, ahead: int) -> Contacts:
    """Contacts of slow bins, found in buckets of a day and ten degrees of latitude."""
    tasks = [(part, unit_mmsi[part.unit], home, parameters) for part, home in spread(bins)]
    found = list(run_ordered(executor, _meet, tasks, ahead=ahead))
    return Contacts.join(found) if found else meet(bins, unit_mmsi[bins.unit], parameters)


def _meet(task: tuple[Bins, Any, Any, Parameters]) -> Contacts:
    return meet(task[0], task[1], task[3], task[2])


def spread(bins: Bins) -> list[tuple[Bins, Any]]:
    """Buckets of bins with the mask of those at home in it; bins within 0.02 degree of an edge belong to both sides."""
    if not len(bins):
        return []
    day = bins.bin // _DAY_BINS
    band = (bins.lat // UNIT + 90) // _BAND
    below = (bins.lat - _HALO) // UNIT + 90
    above = (bins.lat + _HALO) // UNIT + 90
    out = []
    base = int(day.min())
    key = (day - base) * 32 + band
    guests = [
        (np.flatnonzero(below // _BAND != band), (day - base) * 32 + below // _BAND),
        (np.flatnonzero(above // _BAND != band), (day - base) * 32 + above // _BAND),
    ]
    rows = np.concatenate([np.arange(len(bins)), *(g for g, _ in guests)])
    keys = np.concatenate([key, *(k[g] for g, k in guests)])
    home = np.concatenate([np.ones(len(bins), bool), *(np.zeros(len(g), bool) for g, _ in guests)])
    order = np.argsort(keys, kind="stable")
    rows, keys, home = rows[order], keys[order], home[order]
    cut = np.flatnonzero(np.diff(keys)) + 1
    for a, z in zip([0, *cut.tolist()], [*cut.tolist(), len(keys)], strict=True):
        part = Bins(**{n: getattr(bins, n)[rows[a:z]] for n in Bins.__slots__})
        out.append((part, home[a:z]))
    return out
