"""How well and how fast observations are judged.

uv run python benchmarks/measures/run.py            # scores on incidents, with what a constant answer would get
uv run python benchmarks/measures/run.py --texts    # the same from the bare statements, through read and judge
uv run python benchmarks/measures/run.py --speed    # 100,000 observations against all measures
"""

import argparse
import importlib.util
import json
import random
import resource
import time
from collections import Counter
from datetime import date
from itertools import islice
from pathlib import Path

from observance.measures import Facts, decide, facts_from_observation, judge, read_facts
from observance.measures.batch import read_file
from observance.measures.trace import Trace
from observance.packs import load_pack

ROOT = Path(__file__).resolve().parents[2]
PACK = load_pack("dprk-1718")
FIRST = ("engaged", "indicator", "possibly_exempt", "prospective", "not_determined", "none")


def material() -> Path:
    import os

    return Path(os.environ.get("OBSERVANCE_SHARED") or ROOT.parent / "shared") / "regime"


def scorer():
    spec = importlib.util.spec_from_file_location("score_incidents", material() / "score_incidents.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def row(count):
    tp, fp, fn = count["tp"], count["fp"], count["fn"]
    ratio = lambda a, b: a / b if b else 0.0  # noqa: E731
    return {
        "precision": ratio(tp, tp + fp),
        "recall": ratio(tp, tp + fn),
        "F1": ratio(2 * tp, 2 * tp + fp + fn),
        "verdict": ratio(count["verdict_ok"], count["verdict_n"]),
        "strict": ratio(count["verdict_strict"], count["verdict_n"]),
        "none kept": f"{count['none_ok']}/{count['none_n']}",
        "false": count["neg_hard"],
        "soft": count["neg_soft"],
    }


def matched(facts):
    """Records that act, item, time and direction reach, whatever flag, trigger, ceiling and exemption say."""
    trace: dict[str, Trace] = {}
    decide(facts, PACK, trace=trace)
    reached = []
    for measure, told in trace.items():
        out = {
            reason.condition: reason.outcome
            for reason in told.reasons
            if reason.condition in {"act", "item", "time", "direction"}
        }
        if "failed" not in out.values() and PACK.measures[measure].kind not in {
            "institution",
            "exemption",
            "reporting",
        }:
            reached.append(measure)
    return reached


def table(lines):
    head = list(next(iter(lines.values())))
    print("| answer | " + " | ".join(head) + " |")
    print("|---|" + "---|" * len(head))
    for name, values in lines.items():
        print(
            f"| {name} | " + " | ".join(f"{v:.3f}" if isinstance(v, float) else str(v) for v in values.values()) + " |"
        )


def scores(said, score, truth, name, lines, *, responses):
    count, _, details = score.score(truth, said, responses=responses)
    lines[name] = row(count)
    return details


def incidents() -> None:
    score = scorer()
    truth = score.read(material() / "incidents_dev.jsonl")
    records = [
        facts
        for facts in read_file(material() / "incidents_dev_observations.jsonl", PACK.vocabulary)
        if isinstance(facts, Facts)
    ]
    said = {facts.id: {r.measure: r.verdict for r in decide(facts, PACK)} for facts in records}
    reached = {facts.id: matched(facts) for facts in records}
    for responses in (False, True):
        print(f"\n{'duties of others' if responses else 'conduct'}, {len(records)} incidents")
        lines = {}
        details = scores(said, score, truth, "the engine", lines, responses=responses)
        for verdict in ("engaged", "indicator"):
            constant = {key: dict.fromkeys(measures, verdict) for key, measures in reached.items()}
            scores(constant, score, truth, f"every match {verdict}", lines, responses=responses)
        table(lines)
        for ident, missed, wrong, other in details:
            print(f"{ident}: missed {missed}, wrong {wrong}, other verdicts {other}")
    expected = {t["id"]: {e["measure"]: e for e in t["expected"]} for t in truth}
    print("\nverdicts that differ from the first answer, and the condition that decided")
    for facts in records:
        for judgement in judge(facts, PACK):
            want = expected[facts.id].get(str(judgement.measure))
            if want and want["verdict"] != judgement.verdict:
                why = next((r for r in judgement.reasons if r.outcome != "held"), None)
                print(
                    f"{facts.id} {judgement.measure}: {judgement.verdict}, expected {want['verdict']} or {want['also_accept']}: {why.condition if why else ''}: {why.text if why else ''}"
                )


def texts() -> None:
    """The statement of each incident as a document of its own: read, then judged; the firmest verdict of its claims counts."""
    import tempfile

    from observance.workspace.reading import read_source

    score = scorer()
    truth = score.read(material() / "incidents_dev.jsonl")
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        for line in (material() / "incidents_dev_observations.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            path = Path(folder) / f"{record['id']}.txt"
            path.write_text(record["statement"], encoding="utf-8")
            published = str(record.get("published") or record["date"]["to"])
            (Path(folder) / f"{record['id']}.meta.yaml").write_text(
                f"publisher: statement\npublished: '{published}'\n", encoding="utf-8"
            )
            best: dict[str, str] = {}
            try:
                observations = read_source(str(path)).observations
            except Exception as fault:  # a fault of the reader costs one incident and is told
                print(f"{record['id']}: not read: {type(fault).__name__}: {fault}")
                observations = ()
            for observation in observations:
                facts = facts_from_observation(observation, PACK.vocabulary)
                for decided in decide(facts, PACK):
                    before = best.get(decided.measure, "none")
                    best[decided.measure] = min(before, decided.verdict, key=FIRST.index)
            said[record["id"]] = best
    for responses in (False, True):
        print(f"\n{'duties of others' if responses else 'conduct'}, from the bare statements")
        lines = {}
        scores(said, score, truth, "read, then judged", lines, responses=responses)
        table(lines)


def made(count: int):
    """Invented observations: every act, item, type, modality and day, half with parties and conditions."""
    rnd = random.Random(20261126)
    vocabulary = PACK.vocabulary
    acts, items, events = sorted(vocabulary.acts), sorted(vocabulary.items), sorted(vocabulary.event_types)
    modality = ["asserted"] * 6 + ["believed", "feared", "offered", "intended", "denied"]
    states = ["PRK", "CHN", "RUS", "SYR", None]
    first, last = date(2006, 10, 1).toordinal(), date(2026, 1, 1).toordinal()
    for number in range(count):
        day = date.fromordinal(rnd.randint(first, last)).isoformat()
        yield {
            "id": str(number),
            "event_type": rnd.choice(events),
            "acts": rnd.sample(acts, rnd.randint(0, 2)),
            "items": [{"token": rnd.choice(items), "text": ""} for _ in range(rnd.randint(0, 2))],
            "direction": rnd.choice([None, "from_target", "to_target", "both"]),
            "date": {"from": day, "to": day, "precision": "day"},
            "modality": rnd.choice(modality),
            "participants": [
                {
                    "name": f"p{i}",
                    "role": role,
                    "type": rnd.choice(["state", "company", "vessel"]),
                    "state": rnd.choice(states),
                    "flag": rnd.choice(states),
                }
                for i, role in enumerate(rnd.sample(["supplier", "recipient", "carrier", "owner", "helper"], 3))
            ],
            "conditions": {
                "notified_to_committee": rnd.choice(["yes", "no", "unknown"]),
                "listed_party": rnd.choice(["yes", "no", "unknown"]),
            },
            "quantities": [{"value": rnd.randint(1, 9000), "unit": rnd.choice(["tonne", "barrel", "shell"])}],
        }


def speed(count: int) -> None:
    decide(read_facts(next(made(1)), PACK.vocabulary), PACK)
    begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verdicts: Counter[str] = Counter()
    reading = judging = 0.0
    source = made(count)
    # In batches, by processor time: the machine may have other work.
    while batch := list(islice(source, 5000)):
        a = time.process_time()
        facts = [read_facts(record, PACK.vocabulary) for record in batch]
        b = time.process_time()
        found = [decide(one, PACK) for one in facts]
        c = time.process_time()
        reading, judging = reading + b - a, judging + c - b
        verdicts.update(r.verdict for rows in found for r in rows)
    end = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{count:,} observations against {len(PACK.measures)} measures, one core, no memo: every one is judged anew")
    print(f"judged   {count / judging:>10,.0f} observations/s")
    print(f"read too {count / (judging + reading):>10,.0f} observations/s")
    print(f"peak memory {end / 1024:,.0f} MB, {max(0, end - begin) / 1024:,.0f} MB of it since the first observation")
    print("verdicts:", dict(verdicts))
    some = [read_facts(record, PACK.vocabulary) for record in made(5000)]
    a = time.process_time()
    for facts in some:
        judge(facts, PACK)
    print(f"with reasons and ids {len(some) / (time.process_time() - a):,.0f} observations/s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--count", type=int, default=100_000)
    told = parser.parse_args()
    if told.speed:
        speed(told.count)
    elif told.texts:
        texts()
    else:
        incidents()
