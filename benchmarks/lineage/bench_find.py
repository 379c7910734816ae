"""How fast findings follow from the observations of many documents (reading and judging apart).

python benchmarks/lineage/bench_find.py [--documents 1000]
"""

import argparse
import random
import resource
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from observance.findings import find
from tests.findings import gold

STATES = [
    "RUS",
    "CHN",
    "SYR",
    "IRN",
    "MMR",
    "EGY",
    "SDN",
    "VNM",
    "AGO",
    "ETH",
    "UGA",
    "COD",
    "TZA",
    "MOZ",
    "LBY",
    "YEM",
]


def corpus(documents: int) -> gold.File:
    """The claims of the acceptance article told again of other States, by other speakers, on other days."""
    chance = random.Random(3)
    base = gold.article()
    verdicts: dict[str, list] = {}
    for one in base.judgements:
        verdicts.setdefault(one.subject, []).append(one)
    out = gold.File()
    for number in range(documents):
        name, day = f"doc-{number}", date(2015, 1, 1) + timedelta(days=chance.randrange(3600))
        record = gold.evidence(name, f"Outlet {number % 40}", day.isoformat())
        out.evidence[record.sha256] = record
        swap, voice = {"RUS": chance.choice(STATES)}, chance.randrange(300)
        for key, one in base.observations.items():
            made = replace(
                one,
                id="",
                participants=tuple(replace(p, state=swap.get(p.state or "", p.state)) for p in one.participants),
                chain=(*one.chain[:-1], replace(one.chain[-1], name=f"{one.chain[-1].name} {voice}"))
                if one.chain
                else (),
                published=day.isoformat(),
                said_on=None,
                statement=f"{one.statement} {chance.randrange(10**6)} {chance.randrange(10**6)}",
                citations=tuple(replace(c, evidence=record.sha256) for c in one.citations),
            ).sealed()
            out.observations[f"{key}-{number}"] = made
            out.judgements += [replace(j, subject=made.id, id="").sealed() for j in verdicts.get(one.id, ())]
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=1000)
    count = parser.parse_args().documents
    file = corpus(count)
    regime = gold.regime()
    start, cpu = time.perf_counter(), time.process_time()
    found = find(file.observations.values(), file.judgements, file.evidence, regime, now=gold.NOW)
    spent, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} documents, {len(file.observations)} observations in {spent:.1f} s ({cpu:.1f} s of one core): "
        f"{len(found.findings)} findings, {len(found.origins)} origins, {len(found.watch)} watched, peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()
