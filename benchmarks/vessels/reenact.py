#!/usr/bin/env python3
"""Sail the published encounters of Global Fishing Watch again at their places and times, and count how many are found.

    python reenact.py gfw_encounters_sample.csv [--every 1]

The sample tells both ships, start, end, mean position, median distance and speed, but no tracks. Each encounter is sailed by two ships that
come from different sides, drift together at that distance and speed for that time, and part. Counted apart: those within 10 km of a port
(dropped by the port mask on purpose) and those of exactly two hours (at the limit of the default).
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.vessels.adapter import columns
from observance.observations.vessels.context import load_context
from observance.observations.vessels.detect import detect
from observance.observations.vessels.reception import near_ports
from tests.observations.vessels.world import KN, T0, H, move, ship


def sail(row, k):
    rng = np.random.default_rng([11, k])
    start = pd.Timestamp(row.start_time).timestamp()
    hours = float(row.duration_hr)
    place = (float(row.mean_latitude), float(row.mean_longitude))
    apart = min(480.0, float(row.median_distance_km) * 1000)
    drift = rng.uniform(0, 360)
    way = min(float(row.median_speed_knots), 1.9) * KN * hours * H
    begin = move(place, drift + 180, way / 2)
    end = move(place, drift, way / 2)
    a = (start - T0) / H
    out = []
    for j, course in enumerate((rng.uniform(0, 150), rng.uniform(180, 330))):
        p, q = (begin, end) if j == 0 else (move(begin, 90, apart), move(end, 90, apart))
        knots = [
            (a - 5, move(p, course, 9 * KN * 5 * H)),
            (a, p),
            (a + hours, q),
            (a + hours + 5, move(q, course + 70, 9 * KN * 5 * H)),
        ]
        out.append(ship(300_000_000 + 2 * k + j, knots, every=int(rng.choice([180, 300, 600, 900])), noise=8, seed=k))
    return out, start, start + hours * H


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("sample")
    ap.add_argument("--every", type=int, default=1)
    a = ap.parse_args()
    print(json.dumps(run(a.sample, a.every)))


def run(sample, every):
    rows = pd.read_csv(sample).iloc[::every].reset_index(drop=True)
    context = load_context()
    _, away = near_ports(rows.mean_latitude.to_numpy(float), rows.mean_longitude.to_numpy(float), *context.ports.arrays)
    near = away < 10_000
    limit = rows.duration_hr.to_numpy() <= 2.0
    found = np.zeros(len(rows), bool)
    spare = 0
    for low in range(0, len(rows), 100):
        frames, spans = [], {}
        for k in range(low, min(low + 100, len(rows))):
            pair, t0, t1 = sail(rows.iloc[k], k)
            frames += pair
            spans[(300_000_000 + 2 * k, 300_000_001 + 2 * k)] = (k, t0, t1)
        for e in detect(columns(pd.concat(frames, ignore_index=True)), None, context):
            if e.kind != "encounter":
                continue
            if e.vessels not in spans:
                spare += 1
                continue
            k, t0, t1 = spans[e.vessels]
            found[k] |= e.t0 <= t1 and e.t1 >= t0
    plain = ~near & ~limit
    return {
        "encounters": len(rows),
        "plain": int(plain.sum()),
        "plain_found": int(found[plain].sum()),
        "near_port": int(near.sum()),
        "near_port_found": int(found[near].sum()),
        "at_limit": int((limit & ~near).sum()),
        "at_limit_found": int(found[limit & ~near].sum()),
        "other_pairs": spare,
    }


if __name__ == "__main__":
    main()
