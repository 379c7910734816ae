"""What reading, storing and comparing the published lists costs, and screening a file of names against them.

    uv run python benchmarks/lists/run.py ../shared/data/lists [names.csv]

Prints the table of README.md, in processor seconds.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from observance.evidence.lists import diff, read_list, version_from_bytes, version_to_bytes
from observance.observations.screening import build_screen
from observance.observations.screening.bulk import Job, run_bulk
from observance.observations.screening.sources import columns_of, read_rows, resolve_columns

FILES = (
    "un_consolidated_2026-02-27.xml",
    "un_1718_vessels_2020-06-04.html",
    "un_1718_vessels_2020-06-04.pdf",
    "ofac_sdn_2026-08-20.json.gz",
    "uk_sanctions_2026-08-22.jsonl.gz",
    "eu_sanctions_2026-05-01.jsonl.gz",
)


def timed(work, *args, **options):
    start = time.process_time()
    made = work(*args, **options)
    return made, time.process_time() - start


def spent_by_all() -> float:
    """Processor seconds of this process and of its workers that have ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    folder = Path(sys.argv[1])
    versions = []
    print("| list | entries | names | read, s | stored, kB | read again, s |")
    print("|---|---|---|---|---|---|")
    for name in FILES:
        data = (folder / name).read_bytes()
        version, read = timed(read_list, data, name=name)
        stored = version_to_bytes(version)
        _again, load = timed(version_from_bytes, stored)
        names = sum(len(entry.names) for entry in version.entries)
        print(
            f"| {name} | {len(version.entries):,} | {names:,} | {read:.2f} | {len(stored) / 1000:,.0f} | {load:.2f} |"
        )
        if not name.endswith(".pdf"):
            versions.append(version)
    old = read_list((folder / "un_consolidated_2021-01-27.xml.gz").read_bytes(), name="un_2021-01-27")
    _found, spent = timed(diff, old, versions[0])
    print(f"\ndiff of two UN states: {spent:.2f} s")
    built, spent = timed(build_screen, versions)
    print(f"index of all lists: {len(built.entries):,} entries in {spent:.1f} s")
    if len(sys.argv) > 2:
        path = Path(sys.argv[2])
        job = Job(screen=built, columns=resolve_columns({}, columns_of(path)))
        for workers in (1, 2):
            with tempfile.TemporaryDirectory() as place:
                parts = [Path(place) / name for name in ("hits", "rejects", "state")]
                start = spent_by_all()
                *_rest, tally = run_bulk(
                    job,
                    read_rows(path),
                    hits_part=parts[0],
                    rejects_part=parts[1],
                    state=parts[2],
                    key="b",
                    workers=workers,
                )
                spent = spent_by_all() - start
            rate = tally.rows / spent
            print(f"{tally.rows:,} rows, {tally.hits:,} hits on {workers} process(es): {rate:,.0f} rows/s and core")


if __name__ == "__main__":
    main()
