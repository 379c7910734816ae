"""Lineage over bare texts: how right on the test material, how fast on ten thousand texts.

python benchmarks/lineage/bench.py [--texts 10000]
"""

import argparse
import itertools
import json
import random
import resource
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from observance.findings.origins.items import item_from, lineage
from tests.findings.lineage_own import records
from tests.material import ROOT


def score(rows: list[dict]) -> dict[str, float]:
    """Pairs of items that share an origin: precision, recall, F1; drift flags."""
    found = {one.id: one for one in lineage(item_from(row) for row in rows)}
    counts = {"right": 0, "false": 0, "missed": 0}
    for one, two in itertools.combinations(rows, 2):
        gold = bool(set(one["origins"]) & set(two["origins"]))
        got = bool(set(found[one["id"]].origins) & set(found[two["id"]].origins))
        if gold or got:
            counts["right" if gold and got else "missed" if gold else "false"] += 1
    right, false, missed = counts.values()
    told = {row["id"] for row in rows if row.get("drift")}
    flagged = {key for key, one in found.items() if one.drift}
    return {
        "precision": right / max(right + false, 1),
        "recall": right / max(right + missed, 1),
        "f1": 2 * right / max(2 * right + false + missed, 1),
        "drift_right": len(told & flagged) / max(len(told), 1),
        "drift_false": len(flagged - told),
    }


def many(rows: list[dict], count: int) -> list[dict]:
    """The same texts again and again on other days with other figures and names, as a year of news would bring them."""
    chance = random.Random(7)
    out = []
    for number in range(count):
        row = rows[number % len(rows)]
        shift = (number // len(rows)) * 5
        text = "".join(chance.choice("123456789") if sign.isdigit() else sign for sign in row["text"])
        day = date.fromisoformat(row["date"]) + timedelta(days=shift)
        out.append({**row, "id": f"{row['id']}-{number}", "date": day.isoformat(), "text": text})
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=10_000)
    count = parser.parse_args().texts
    own = records()
    print("own items", {k: round(v, 3) for k, v in score(own).items()})
    path = ROOT / "data/text/lineage_dev.jsonl"
    rows = own
    if path.exists():
        rows = [row for line in path.read_text(encoding="utf-8").splitlines() if "text" in (row := json.loads(line))]
        print("test material", {k: round(v, 3) for k, v in score(rows).items()})
    texts = [item_from(row) for row in many(rows, count)]
    start, cpu = time.perf_counter(), time.process_time()
    found = lineage(texts)
    spent, cpu = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    labels = {label for one in found for label in one.origins}
    print(f"{count} texts in {spent:.1f} s ({cpu:.1f} s of one core), {len(labels)} origins, peak {peak:.0f} MB")


if __name__ == "__main__":
    main()
