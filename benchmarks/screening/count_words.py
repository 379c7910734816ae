"""Count how often words stand in the names of published lists, and write the table the engine weighs words by.

    python benchmarks/screening/count_words.py all_names.jsonl.gz

Input: the list of the benchmark (one entity a line: schema, names), plain or gzip. Output: `tables/word_frequency.tsv` of the
engine, and `tables/MANIFEST.csv` with rows and SHA-256 of every table. Weights are a property of languages, not of one list: any
large collection of names gives the same order of words.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

import observance.observations.matches as engine
from observance.observations.matches.forms import forms
from observance.observations.matches.words import KINDS, kinds_of

TABLES = Path(engine.__file__).parent / "tables"
LEAST = 3
HEAD = (
    "# In how many distinct names a word stands: kind of bearer, canonical word, count (3 and more).\n"
    "# Source: counted by benchmarks/screening/count_words.py over the UN, OFAC SDN, UK and EU sanctions lists of 2026-05 to 2026-08 and the\n"
    "# UN 1718 vessel list; words and counts only. Terms: facts drawn from public lists.\n"
)


def count(path: Path) -> dict[str, Counter[str]]:
    """Words of the main form of each distinct name."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    seen: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in KINDS}
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as handle:
        for line in handle:
            row = json.loads(line)
            kind = kinds_of(row["schema"])[0]
            for name in row["names"]:
                for form in forms(name, kind)[:1]:
                    key = tuple(sorted(w.text for w in form.words))
                    if key not in seen[kind]:
                        seen[kind].add(key)
                        counts[kind].update({w.text for w in form.words if w.role == "name"})
    return counts


def manifest() -> None:
    """Rows, source, terms and hash of every table."""
    with (TABLES / "MANIFEST.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(("file", "rows", "sha256", "date", "source", "terms"))
        for path in sorted(TABLES.glob("*.tsv")):
            lines = path.read_text(encoding="utf-8").splitlines()
            head = " ".join(line[1:].strip() for line in lines if line.startswith("#"))
            said = re.search(r"Source: (.*?)\.? Terms: (.*)$", head)
            rows = sum(1 for line in lines if line and not line.startswith("#"))
            source, terms = said.groups() if said else ("", "")
            out.writerow((path.name, rows, hashlib.sha256(path.read_bytes()).hexdigest(), "2026-11-26", source, terms))


def main() -> None:
    """Write both files."""
    if len(sys.argv) > 1:
        counts = count(Path(sys.argv[1]))
        with (TABLES / "word_frequency.tsv").open("w", encoding="utf-8") as handle:
            handle.write(HEAD)
            for kind, counter in counts.items():
                handle.writelines(
                    f"{kind}\t{word}\t{n}\n"
                    for word, n in sorted(counter.items(), key=lambda x: (-x[1], x[0]))
                    if n >= LEAST
                )
    manifest()


if __name__ == "__main__":
    main()
