"""Partitions, pools and a cluster of two processes give the events of the whole, ids included."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.observations.vessels.test_invariance import world as _world

adapter = pytest.importorskip("benchmarks.vessels.adapter")

from observance.engine.executors import cluster, process_pool  # noqa: E402  after the skip
from observance.engine.partitions import bucket_of  # noqa: E402  after the skip
from observance.observations.vessels.context import Port, load_context  # noqa: E402  after the skip
from observance.observations.vessels.detect import detect  # noqa: E402  after the skip
from observance.observations.vessels.partitioned import World, detect_partitions, read_columns, spread  # noqa: E402  after the skip

world = _world


@pytest.fixture(scope="module")
def parts(world, tmp_path_factory):
    """The world in five hash buckets of Parquet files, and its events found in one piece."""
    positions, static, params = world
    columns = adapter.columns(positions)
    static = adapter.messages(static)
    where = World(
        ports=tuple(Port(**p) for p in params["ports"]),
        watch=frozenset({"KP"}),
        start=params["data_start"],
        end=params["data_end"],
    )
    folder = tmp_path_factory.mktemp("lake")
    bucket = bucket_of(columns.mmsi, 5)
    sources = []
    for k in range(5):
        part = columns.take(bucket == k)
        half = np.arange(len(part)) < len(part) // 2
        paths = []
        for j, mask in enumerate((half, ~half)):
            some = part.take(mask)
            table = {
                n: getattr(some, n)
                for n in (
                    "mmsi",
                    "ts",
                    "lat",
                    "lon",
                    "sog",
                    "cog",
                    "heading",
                    "status",
                    "message",
                    "file",
                    "row",
                    "quality",
                )
            }
            table["receiver"] = pa.array(
                [some.receivers[c] if c >= 0 else None for c in some.receiver]
            ).dictionary_encode()
            paths.append(str(folder / f"bucket-{k}-{j}.parquet"))
            pq.write_table(pa.table(table), paths[-1])
        sources.append(tuple(paths))
    context = load_context(ports=where.ports, watch=where.watch, start=where.start, end=where.end)
    whole = detect(columns, static, context)
    return sources, static, where, whole


def same(a, b):
    assert [(e.id, e.kind, e.vessels, e.t0, e.t1, e.metrics, e.coverage) for e in a] == [
        (e.id, e.kind, e.vessels, e.t0, e.t1, e.metrics, e.coverage) for e in b
    ]


def test_partitions_in_this_process_give_the_whole(parts):
    sources, static, where, whole = parts
    same(detect_partitions(sources, static, where), whole)


def test_the_order_of_partitions_does_not_matter(parts):
    sources, static, where, whole = parts
    same(detect_partitions(sources[::-1], static, where, receivers=("R1", "R2")), whole)


def test_a_pool_of_two_processes_gives_the_whole(parts):
    sources, static, where, whole = parts
    with process_pool(2) as pool:
        same(detect_partitions(sources, static, where, executor=pool), whole)


def test_a_cluster_of_two_worker_processes_gives_the_whole(parts):
    distributed = pytest.importorskip("distributed")
    sources, static, where, whole = parts
    with (
        distributed.LocalCluster(
            n_workers=2, processes=True, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as machines,
        cluster(machines.scheduler_address) as executor,
    ):
        same(detect_partitions(sources, static, where, executor=executor), whole)


def test_an_event_names_the_rows_it_rests_on(parts):
    _, _, _, whole = parts
    for e in whole:
        if e.lat is not None:
            assert e.positions, e.kind
            assert all(f.row >= 0 for f in e.positions)


def test_buckets_are_even_for_neighbouring_numbers():
    count = np.bincount(bucket_of(np.arange(412_000_000, 412_010_000), 16), minlength=16)
    assert count.min() > 0.7 * count.mean()


def test_every_bin_is_at_home_once(parts):
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.scan import grid_tracks
    from observance.observations.vessels.tracks import make_tracks

    sources, _, where, _ = parts
    p = Parameters()
    bins, _, _ = grid_tracks(make_tracks(read_columns(sources[0]), p), where.load(), p)
    assert sum(int(home.sum()) for _, home in spread(bins)) == len(bins)
