"""The product's own run on the traffic of the encounter bench: segments, tiers and guards; detectors of single ships; everything."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow.parquet as pq

from observance.engine.executors import run_ordered
from observance.observations.vessels.columns import UNIT, Columns
from observance.observations.vessels.compiled import kernel
from observance.observations.vessels.parameters import Parameters
from observance.observations.vessels.partitioned import World

T0, DAYS = 1704067200, 10
P = Parameters()


@kernel
def to_units(values, scale, out, most):
    """Floats to integers of a unit, rounded; larger values become `most`."""
    for i in range(len(values)):
        x = values[i] * scale
        out[i] = int(min(np.floor(x + 0.5), most))
    return out


def read_bench(path):
    """One file of the bench in the column contract, row group by row group into arrays made once."""
    names = ("mmsi", "ts", "lat", "lon", "sog", "cog")
    with pq.ParquetFile(path, memory_map=True) as source:
        n = source.metadata.num_rows
        out = {k: np.empty(n, np.int16 if k in {"sog", "cog"} else np.int32) for k in names}
        at = 0
        for g in range(source.num_row_groups):
            table = source.read_row_group(g, columns=list(names), use_threads=False)
            rows = slice(at, at + table.num_rows)
            for k in names:
                values = table.column(k).to_numpy()
                if values.dtype.kind == "f":
                    scale, most = (
                        (float(UNIT), 2e9) if k in {"lat", "lon"} else (10.0, 1023.0 if k == "sog" else 3600.0)
                    )
                    to_units(values, scale, out[k][rows], most)
                else:
                    out[k][rows] = values
            at += table.num_rows
    return Columns.of(**out)


def world(ports):
    return World(ports=ports, watch=frozenset({"KP"}), start=T0, end=T0 + DAYS * 86400)


def product(files, ports, pool):
    """Encounters with segmentation, tiers, companions and the rest of the guards."""
    from observance.observations.vessels.encounters import Bins, Coarse, judge_contacts, meet
    from observance.observations.vessels.scan import grid_tracks
    from observance.observations.vessels.tracks import make_tracks

    context = world(ports).load()

    def one(path):
        columns = read_bench(path)
        tracks = make_tracks(columns, P)
        bins, coarse, _ = grid_tracks(tracks, context, P)
        return len(columns), tracks.vessels[tracks.unit_vessel], bins, coarse

    parts = list(run_ordered(pool, one, files))
    shift = np.cumsum([0] + [len(p[1]) for p in parts])[:-1]
    unit_mmsi = np.concatenate([p[1] for p in parts])

    def join(kind, k):
        return kind(
            **{
                n: np.concatenate(
                    [getattr(p[k], n) + (s if n == "unit" else 0) for p, s in zip(parts, shift, strict=True)]
                )
                for n in kind.__slots__
            }
        )

    bins, coarse = join(Bins, 2), join(Coarse, 3)
    found = meet(bins, unit_mmsi[bins.unit], P)
    return (
        sum(p[0] for p in parts),
        len(bins),
        len(found),
        judge_contacts(found, bins, coarse, unit_mmsi, P, frozenset()),
    )


def run(files, ports, task, workers):
    """Rows, slow bins, pairs, runs (as the bench scores them) and more about the run."""
    from observance.observations.vessels.conclude import conclude
    from observance.observations.vessels.partitioned import drafts_of_partitions, meet_in_buckets
    from observance.observations.vessels.scan import join_scans, scan
    from observance.observations.vessels.silence import slots_of
    from observance.observations.vessels.tracks import make_tracks

    assert drafts_of_partitions
    with ThreadPoolExecutor(workers) as pool:
        if task == "product":
            rows, bins, pairs, drafts = product(files, ports, pool)
            return rows, bins, pairs, [(*d.vessels, d.t0, d.t1) for d in drafts], {"events": len(drafts)}
        w = world(ports)
        context = w.load()
        slots = slots_of(w.start, w.end)

        def one(path):
            columns = read_bench(path)
            return scan(make_tracks(columns, P), context, P, slots=slots, end=w.end, receivers=0)

        t = time.perf_counter()
        scans = list(run_ordered(pool, one, files))
        scanned = time.perf_counter() - t
        whole = join_scans(scans)
        del scans
        if task == "detectors":
            from observance.observations.vessels.jumps import judge_jumps
            from observance.observations.vessels.silence import find_gaps

            drafts = [
                *whole.drafts,
                *judge_jumps(list(whole.jumps), P),
                *find_gaps(whole.silences, whole.heard, context, P),
            ]
            contacts = []
        else:
            contacts = meet_in_buckets(whole.bins, whole.unit_mmsi, P, pool, 8)
            drafts = conclude(whole, None, context, P, contacts)
    kinds = Counter(d.kind for d in drafts)
    runs = [(*d.vessels, d.t0, d.t1) for d in drafts if d.kind == "encounter"]
    return (
        whole.fixes,
        len(whole.bins),
        len(contacts),
        runs,
        {"scan_s": round(scanned, 2), "events": len(drafts), "kinds": dict(sorted(kinds.items()))},
    )


def warm(path, ports, task):
    """Load (or, the first time, compile) every kernel on the first vessels of a file."""
    with pq.ParquetFile(path, memory_map=True) as source:
        table = source.read_row_group(0, columns=["mmsi", "ts", "lat", "lon", "sog", "cog"], use_threads=False).slice(
            0, 9000
        )
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        name = str(Path(folder) / "few.parquet")
        pq.write_table(table, name)
        run([name], ports, task, 1)
