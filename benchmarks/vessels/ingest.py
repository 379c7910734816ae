"""CSV of positions to stored Parquet, beside DuckDB's own plain COPY of the same file in the same run.

    python benchmarks/vessels/ingest.py --rows 1000000 10000000

Ours hashes the file, checks every row, keeps source rows, sorts by ship and time and partitions by month and bucket;
DuckDB's COPY reads and writes. Rows are generated in the MarineCadastre layout. One JSON line a size.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

HEADER = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass\n"


def write(path: Path, rows: int) -> None:
    """Ships on straight legs, a fix a minute, rows in order of time as the published files have them."""
    import duckdb

    ships = max(10, rows // 1440 // 4)
    query = f"""
    COPY (
      SELECT 200000000 + (i % {ships}) * 7919 % 500000000 AS MMSI,
             strftime(TIMESTAMP '2022-01-03' + INTERVAL (i // {ships}) MINUTE, '%Y-%m-%dT%H:%M:%S') AS BaseDateTime,
             round(20 + (i % {ships}) % 30 + sin(i * 0.0001), 5) AS LAT,
             round(-120 + (i % {ships}) % 60 + cos(i * 0.0001), 5) AS LON,
             round(10 + 5 * sin(i * 0.001), 1) AS SOG, round((i * 7) % 3600 / 10.0, 1) AS COG, 511 AS Heading,
             'SHIP ' || (i % {ships}) AS VesselName, 'IMO0000000' AS IMO, 'C' || (i % {ships}) AS CallSign,
             70 AS VesselType, 0 AS Status, 100 AS Length, 20 AS Width, 6.5 AS Draft, 70 AS Cargo, 'A' AS TransceiverClass
      FROM range({rows}) t(i)
    ) TO '{path}' (HEADER, DELIMITER ',')
    """
    duckdb.connect().execute(query)


def ours(path: Path, folder: Path) -> dict:
    code = (
        "import sys, time, json, resource\n"
        "from pathlib import Path\n"
        "from observance.evidence.tracks import Lake, ingest\n"
        "start = time.perf_counter()\n"
        "done = ingest(Path(sys.argv[1]), Lake(Path(sys.argv[2]) / 'lake'), now=time.time())\n"
        "print(json.dumps({'s': time.perf_counter() - start, 'kept': done.kept, 'rejected': sum(done.rejected.values()),"
        " 'mb': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(folder)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def plain_copy(path: Path, folder: Path) -> float:
    code = (
        "import sys, time, duckdb\n"
        "start = time.perf_counter()\n"
        "duckdb.connect().execute(f\"COPY (SELECT * FROM read_csv('{sys.argv[1]}')) TO '{sys.argv[2]}/plain.parquet'\")\n"
        "print(time.perf_counter() - start)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(folder)], check=True, capture_output=True, text=True
    )
    # DuckDB draws its own progress bar on stdout for long statements; the figure stands on the last line.
    return float(done.stdout.strip().splitlines()[-1])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            path = folder / "positions.csv"
            write(path, rows)
            mine, copies = [], []
            for run in range(chosen.runs):
                copies.append(plain_copy(path, folder))
                mine.append(ours(path, folder / str(run)))
            best, plain = float(np.median([one["s"] for one in mine])), float(np.median(copies))
            print(
                json.dumps(
                    {
                        "rows": rows,
                        "csv_mb": round(path.stat().st_size / 1e6),
                        "ours_s": round(best, 2),
                        "duckdb_copy_s": round(plain, 2),
                        "ours_rows_per_s": round(rows / best),
                        "speed_to_duckdb_copy": round(plain / best, 2),
                        "peak_mb": round(max(one["mb"] for one in mine)),
                        "kept": mine[0]["kept"],
                        "rejected": mine[0]["rejected"],
                    }
                ),
                flush=True,
            )


if __name__ == "__main__":
    main()
