"""Score a reader on a gold folder, or time it.

    python benchmarks/reading/run.py [GOLD ...] [--held] [--time N]

Without GOLD: our own documents, and the annotated documents of the test material where they are beside the checkout; there every
third document (ids sorted) was held back while the reader was made and is shown apart.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks.reading.scorer import NAMES, Score, intervals, load_gold, score  # noqa: E402

OWN = ROOT / "tests/observations/claims/gold"


def digest(folder: Path) -> str:
    """SHA-256 over names and bytes of a gold folder: the corpus that a figure belongs to."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob("*")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def read_all(gold: dict[str, tuple[dict[str, Any], str]]) -> dict[str, list[dict[str, Any]]]:
    """The rules reader on every document of a gold."""
    from observance.observations.claims.gold import write_predictions
    from observance.observations.claims.reader import read
    from observance.observations.claims.record import Page

    out = {}
    for name, (one, text) in gold.items():
        about = one["document"]
        page = Page(
            text=text,
            publisher=about["publisher"],
            published=about["published"],
            title=about.get("title") or "",
            kind=about.get("kind") or "",
            opening_speaker=about.get("opening_speaker") or "",
        )
        out[name] = write_predictions(read(page), name)["claims"]
    return out


def show(title: str, parts: dict[str, Score]) -> None:
    print(f"{title}: {len(parts)} documents")
    for name, (value, low, high) in intervals(parts).items():
        right, _, miss = Score.joined(parts.values()).counts.get(name, [0, 0, 0])
        print(f"  {name:12} {value:5.2f}  {low:.2f}-{high:.2f}  n {right + miss}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--by-document", action="store_true")
    parser.add_argument(
        "--time", type=int, default=0, metavar="N", help="read N documents and print documents a second"
    )
    args = parser.parse_args()
    if args.time:
        timed(args.time)
        return
    material = ROOT.parent / "shared/data/text/dev"
    folders = args.gold or [OWN, *([material] if material.is_dir() else [])]
    for folder in folders:
        gold = load_gold_with_article(folder)
        parts = score(gold, read_all(gold))
        if folder == material:
            names = sorted(parts)
            held = names[2::3]
            show(f"{folder.name}, tuned on", {n: p for n, p in parts.items() if n not in held})
            show(f"{folder.name}, held back", {n: parts[n] for n in held})
        show(f"{folder.name}, all", parts)
        print(f"  corpus {digest(folder)}")
        if args.by_document:
            for name, one in parts.items():
                print(f"  {name:32}" + "  ".join(f"{k} {one.value(k):.2f}" for k in NAMES[:2]))


def load_gold_with_article(folder: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """A gold folder; a document whose text is not stored beside it is left out."""
    try:
        return load_gold(folder)
    except FileNotFoundError as fault:
        raise SystemExit(f"{fault.filename} is named by the gold and not there") from fault


def timed(number: int) -> None:
    from observance.observations.claims.parse import language
    from observance.observations.claims.reader import read
    from observance.observations.claims.record import Page

    texts = [text for _, text in load_gold(OWN).values()]
    language()
    start, cpu = time.perf_counter(), time.process_time()
    words = 0
    for n in range(number):
        text = "\n".join(texts[(n + k) % len(texts)] for k in range(4))  # about 250 words, as a news item
        words += len(text.split())
        read(Page(text=text, publisher="Benchmark", published="2025-01-15"))
    spent, used = time.perf_counter() - start, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{number} documents of {words // number} words: {number / used:.1f} a second of one core ({number / spent:.1f} by the clock), peak {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
