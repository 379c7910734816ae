#!/usr/bin/env python3
"""The vessel kernels on the traffic of the encounter bench; a candidate for its `compare.py`.

    python runner.py --data DIR [--no-mask]                 # the bare task: the same bins, pairs and runs as the baselines
    python runner.py --data DIR --task product              # encounters as the product tells them: segments, tiers, guards
    python runner.py --data DIR --task detectors            # every detector of single ships
    python runner.py --data DIR --task everything           # all detectors and the joint questions

Two threads work on files side by side (the kernels release the interpreter lock). Compilation is cached on disk; it is done on
a few rows before the clock starts and told apart as `compile_s`.
"""

import argparse
import csv
import json
import resource
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from observance.observations.vessels.context import Port, PortIndex

BIN, BRIDGE, SLOW_KN, NEAR_M, MERGE_BINS, MIN_BINS, PORT_M = 600, 7200, 2.0, 500.0, 24, 12, 10_000.0


def read_ports(data):
    with (Path(data) / "ports.csv").open(newline="", encoding="utf-8") as handle:
        return tuple(
            Port(name=r["name"], country=r["country"], lat=float(r["lat"]), lon=float(r["lon"]))
            for r in csv.DictReader(handle)
        )


def whole_vessels(path, columns):
    """Columns of a vessel-sorted file, one row group at a time, cut where the number changes."""
    with pq.ParquetFile(path, memory_map=True) as source:
        rest = None
        for g in range(source.num_row_groups):
            table = source.read_row_group(g, columns=columns, use_threads=False)
            part = [table.column(c).to_numpy() for c in columns]
            if rest is not None:
                part = [np.concatenate(pair) for pair in zip(rest, part, strict=True)]
            if g + 1 == source.num_row_groups:
                yield part
                return
            cut = int(np.searchsorted(part[0], part[0][-1]))
            rest = [x[cut:].copy() for x in part]
            if cut:
                yield [x[:cut] for x in part]


def bare(files, ports, mask, workers=2):
    """The bare task. Returns rows, slow bins, pairs and runs (mmsi, mmsi, first, last second)."""
    from observance.observations.vessels.grid import slow_steps
    from observance.observations.vessels.pairs import contacts, order_by_bin, runs

    index = PortIndex.of(ports)

    def one(path):
        out = []
        for mmsi, ts, lat, lon in whole_vessels(path, ["mmsi", "ts", "lat", "lon"]):
            scale = 1 / 600_000 if lat.dtype.kind == "i" else 1.0
            room = max(1024, len(ts) // (16 if mask else 8))
            while True:
                slow, n, _, owner, number, x, y = slow_steps(
                    mmsi, ts, lat, lon, scale, BIN, BRIDGE, SLOW_KN, PORT_M if mask else 0.0, *index.arrays, room
                )
                if n <= room:
                    break
                room = n
            first = np.flatnonzero(np.diff(mmsi)) + 1
            out.append(
                (
                    len(ts),
                    slow,
                    np.concatenate((mmsi[:1], mmsi[first])),
                    owner.copy(),
                    number.copy(),
                    x.copy(),
                    y.copy(),
                )
            )
        return out

    with ThreadPoolExecutor(workers) as pool:
        parts = [p for found in pool.map(one, files) for p in found]
        rows, slow = sum(p[0] for p in parts), sum(p[1] for p in parts)
        shift = np.cumsum([0] + [len(p[2]) for p in parts])
        names = np.concatenate([p[2] for p in parts])
        owner = np.concatenate([p[3] + s for p, s in zip(parts, shift[:-1], strict=True)]).astype(np.int32)
        number, lat, lon = (np.concatenate([p[k] for p in parts]) for k in (4, 5, 6))
        del parts
        if not len(number):
            return rows, slow, 0, []
        first = int(number.min())
        order, offset = order_by_bin(number, first, int(number.max()) - first + 1)
        flag = np.zeros(len(number), np.uint8)
        # as many bins each side of the cut as hold half of the rows
        cut = int(np.searchsorted(offset, len(number) // 2))

        def meet(bounds):
            a, z = bounds
            room = max(1024, int(offset[z] - offset[a]))
            while True:
                found, left, right, _ = contacts(offset[a : z + 1], order, lat, lon, owner, flag, NEAR_M, room)
                if found <= room:
                    return (
                        (owner[left].astype(np.int64) << 43)
                        | (owner[right].astype(np.int64) << 23)
                        | (number[left] - first)
                    )
                room = found

        key = np.concatenate(list(pool.map(meet, [(0, cut), (cut, len(offset) - 1)])))
    key.sort()
    one_, two, b = key >> 43, (key >> 23) & 0xFFFFF, (key & 0x7FFFFF) + first
    table = runs(one_, two, b, MERGE_BINS, MIN_BINS)
    found = [(int(names[one_[a]]), int(names[two[a]]), int(b[a]) * BIN, int(b[z - 1]) * BIN) for a, z in table]
    return rows, slow, len(key), [(min(m, n), max(m, n), s, e) for m, n, s, e in found]


def score(data, found):
    by = {}
    for a, b, s, e in found:
        by.setdefault((a, b), []).append((s, e))
    out = {"true": 0, "found": 0, "decoys": 0, "decoys_reported": 0}
    with (Path(data) / "truth.csv").open(newline="", encoding="utf-8") as handle:
        for r in csv.DictReader(handle):
            s, e = int(r["start"]), int(r["end"])
            hit = any(x <= e and y >= s for x, y in by.get((int(r["mmsi1"]), int(r["mmsi2"])), []))
            out["true" if r["kind"] == "true" else "decoys"] += 1
            out["found" if r["kind"] == "true" else "decoys_reported"] += hit
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--no-mask", action="store_true")
    ap.add_argument("--task", choices=["bare", "product", "detectors", "everything"], default="bare")
    ap.add_argument("--workers", type=int, default=2)
    a = ap.parse_args()
    files = sorted(map(str, Path(a.data).glob("part-*.parquet")))
    ports = read_ports(a.data)
    t = time.perf_counter()
    if a.task == "bare":
        warm(files[0], ports)
        compiled = time.perf_counter() - t
        t, used = time.perf_counter(), time.process_time()
        rows, slow, pairs, found = bare(files, ports, not a.no_mask, a.workers)
        more = {}
    else:
        import bulk

        bulk.warm(files[0], ports, a.task)
        compiled = time.perf_counter() - t
        t, used = time.perf_counter(), time.process_time()
        rows, slow, pairs, found, more = bulk.run(files, ports, a.task, a.workers)
    seconds, cpu = time.perf_counter() - t, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1048576
    out = {
        "engine": f"observance {a.task}",
        "seconds": round(seconds, 2),
        "cpu_s": round(cpu, 2),
        "rows": rows,
        "mask": not a.no_mask,
        "slow_bins": slow,
        "pairs": pairs,
        "runs": len(found),
        **score(a.data, found),
        "peak_gb": round(peak, 2),
        "compile_s": round(compiled, 2),
        "rows_per_s": int(rows / max(seconds, 1e-9)),
        **more,
    }
    print(json.dumps(out))


def warm(path, ports):
    """Load (or, the first time, compile) the kernels on a few rows."""
    from observance.observations.vessels.grid import slow_steps
    from observance.observations.vessels.pairs import contacts, order_by_bin, runs

    with pq.ParquetFile(path, memory_map=True) as source:  # the first table read loads libraries
        [c.to_numpy() for c in source.read_row_group(0, columns=["mmsi"], use_threads=False).columns]
    index = PortIndex.of(ports[:3])
    kind = np.int32 if pq.read_schema(path).field("lat").type == "int32" else np.float64
    m, ts = np.ones(3, np.int32), np.array([0, 600, 1200], np.int32)
    x = np.zeros(3, kind)
    slow_steps(m, ts, x, x, 1.0, BIN, BRIDGE, SLOW_KN, PORT_M, *index.arrays, 8)
    order, offset = order_by_bin(np.zeros(2, np.int32), 0, 1)
    y = np.zeros(2)
    contacts(offset, order, y, y, np.array([0, 1], np.int32), np.zeros(2, np.uint8), NEAR_M, 4)
    k = np.zeros(1, np.int64)
    runs(k, k, k, MERGE_BINS, MIN_BINS)


if __name__ == "__main__":
    main()
