"""Speed of the flow: start-up, one article, many articles through `run`, and a run with nothing new.

python benchmarks/flow/run.py                # prints one JSON object
python benchmarks/flow/run.py --count 100    # a shorter one
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_articles import write

COMMAND = [sys.executable, "-m", "observance"]


def timed(*arguments: str, cwd: Path | None = None) -> float:
    start = time.perf_counter()
    subprocess.run([*COMMAND, *arguments], cwd=cwd, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def one_article(folder: Path) -> float:
    """Seconds to read and judge one article after loading (second article in one process)."""
    code = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from observance.evidence.readers import read_document\n"
        "from observance.evidence.readers.meta import read_meta\n"
        "from observance.measures import facts_from_observation, judge\n"
        "from observance.observations.claims.reader import read\n"
        "from observance.packs import load_pack\n"
        "from observance.model import Sha256\n"
        "from observance.workspace.detectors.claims import CLAIMS, key_of, observation_of, page_of\n"
        "pack = load_pack('dprk-1718')\n"
        "def go(path):\n"
        "    start = time.perf_counter()\n"
        "    meta, _ = read_meta(path.with_suffix('.meta.yaml'))\n"
        "    document = read_document(path.read_bytes(), name=path.name, given=meta)\n"
        "    claims = read(page_of(document))\n"
        "    keys = {c.id: key_of(c) for c in claims}\n"
        "    for c in claims:\n"
        "        o = observation_of(c, document, Sha256('0' * 64), keys, CLAIMS.identity_alone()).sealed()\n"
        "        judge(facts_from_observation(o, pack.vocabulary), pack)\n"
        "    return time.perf_counter() - start\n"
        "paths = sorted(Path(sys.argv[1]).glob('*.txt'))[:6]\n"
        "go(paths[0])\n"
        "print(min(go(path) for path in paths[1:]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=1000)
    count = options.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "texts", count)
        figures: dict[str, float] = {"help_s": min(timed("--help") for _ in range(5))}
        figures["one_article_s"] = one_article(folder / "texts")
        timed("init", str(folder / "case"))
        figures["archive_s"] = timed("archive", str(folder / "texts"), cwd=folder / "case")
        figures["run_s"] = timed("run", cwd=folder / "case")
        figures["documents"] = count
        figures["documents_per_s"] = count / figures["run_s"]
        figures["peak_mb_of_one_process"] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        figures["nothing_new_s"] = timed("run", cwd=folder / "case")
        figures["verify_s"] = timed("verify", cwd=folder / "case")
        figures["cores"] = float(os.cpu_count() or 0)
    print(json.dumps({key: round(value, 3) for key, value in figures.items()}))


if __name__ == "__main__":
    main()
