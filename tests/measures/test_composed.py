"""Incidents composed from the records alone, with the answers written down before any of them was run.

Each row of `composed.jsonl` holds the facts, the verdicts that a reader of the records would defend for the measures
that matter (the first is the first answer), and other measures that may be named. Many rows differ in one fact only.
"""

import json
from pathlib import Path

import pytest

from observance.measures import decide, read_facts
from observance.packs import load_pack

ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("composed.jsonl").read_text(encoding="utf-8").splitlines()
    if line.strip()
]
PACKS = {name: load_pack(name) for name in ("dprk-1718", "iran-1737")}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_composed_incident_gets_an_answer_that_the_records_bear(row):
    pack = PACKS[row.get("regime", "dprk-1718")]
    facts = read_facts(row, pack.vocabulary)
    assert not facts.caveats
    found = {decided.measure: decided.verdict for decided in decide(facts, pack)}
    wrong = {m: found.get(m, "none") for m, may in row["expect"].items() if found.get(m, "none") not in may}
    assert not wrong, row["expect"]
    beside = {m for m in found if pack.measures[m].beside or m in row["may"] or m in row["expect"]}
    assert not {m: v for m, v in found.items() if m not in beside and v in {"engaged", "indicator", "possibly_exempt"}}


def test_the_first_answer_is_given_nearly_always():
    first = same = 0
    for row in ROWS:
        pack = PACKS[row.get("regime", "dprk-1718")]
        found = {d.measure: d.verdict for d in decide(read_facts(row, pack.vocabulary), pack)}
        first += len(row["expect"])
        same += sum(found.get(measure, "none") == may[0] for measure, may in row["expect"].items())
    assert same / first > 0.93
