#!/usr/bin/env python3
"""Stop and gap detection of MovingPandas on a sample of the bench traffic, beside all detectors of single ships here.

    python peer_movingpandas.py --data DIR --engine movingpandas [--rows 200000]     # in an environment of its own: pip install movingpandas pyarrow
    python peer_movingpandas.py --data DIR --engine observance

MovingPandas: `ObservationGapSplitter` (12 h) and `TrajectoryStopDetector` (within 1 km for an hour). Here: segments, grid, loitering, port visits,
approaches, circles, land, frozen fixes, speeds, replays, silences and reception, on the same rows. Both print positions a second; reading is left out.
"""

import argparse
import json
import time
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq


def sample(data, rows):
    path = min(Path(data).glob("part-*.parquet"))
    with pq.ParquetFile(path) as source:
        return source.read_row_group(0).slice(0, rows)


def movingpandas(table):
    import geopandas
    import movingpandas as mpd
    import pandas as pd

    frame = table.to_pandas()
    frame["t"] = pd.to_datetime(frame.ts, unit="s")
    t = time.perf_counter()
    shape = geopandas.GeoDataFrame(frame, geometry=geopandas.points_from_xy(frame.lon, frame.lat), crs=4326)
    whole = mpd.TrajectoryCollection(shape, "mmsi", t="t")
    built = time.perf_counter()
    gaps = mpd.ObservationGapSplitter(whole).split(gap=timedelta(hours=12))
    split = time.perf_counter()
    stops = mpd.TrajectoryStopDetector(whole).get_stop_time_ranges(max_diameter=1000, min_duration=timedelta(hours=1))
    end = time.perf_counter()
    n = len(frame)
    return {"engine": f"movingpandas {mpd.__version__}", "rows": n, "build_rows_per_s": int(n / (built - t)), "gap_rows_per_s": int(n / (split - built)),
            "stop_rows_per_s": int(n / (end - split)), "both_rows_per_s": int(n / (end - built)), "tracks": len(gaps), "stops": len(stops)}  # fmt: skip


def observance(table):
    import numpy as np
    from bulk import P, to_units, world

    from observance.observations.vessels.columns import UNIT, Columns
    from observance.observations.vessels.context import load_ports
    from observance.observations.vessels.scan import scan
    from observance.observations.vessels.silence import find_gaps, slots_of
    from observance.observations.vessels.tracks import make_tracks

    c = {n: table.column(n).to_numpy() for n in table.column_names}
    n = len(c["ts"])
    columns = Columns.of(
        mmsi=c["mmsi"], ts=c["ts"], lat=to_units(c["lat"], float(UNIT), np.empty(n, np.int32), 2e9),
        lon=to_units(c["lon"], float(UNIT), np.empty(n, np.int32), 2e9), sog=to_units(c["sog"], 10.0, np.empty(n, np.int16), 1023.0),
        cog=to_units(c["cog"], 10.0, np.empty(n, np.int16), 3600.0),
    )  # fmt: skip
    w = world(load_ports())
    context, slots = w.load(), slots_of(w.start, w.end)

    def all_detectors():
        found = scan(make_tracks(columns, P), context, P, slots=slots, end=w.end, receivers=0)
        return found, find_gaps(found.silences, found.heard, context, P)

    all_detectors()  # compilation, or loading from the cache on disk
    t = time.perf_counter()
    found, gaps = all_detectors()
    seconds = time.perf_counter() - t
    return {"engine": "observance", "rows": n, "rows_per_s": int(n / seconds), "events": len(found.drafts) + len(gaps)}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", required=True)
    ap.add_argument("--engine", choices=["movingpandas", "observance"], required=True)
    ap.add_argument("--rows", type=int, default=200_000)
    a = ap.parse_args()
    print(json.dumps((movingpandas if a.engine == "movingpandas" else observance)(sample(a.data, a.rows))))


if __name__ == "__main__":
    main()
