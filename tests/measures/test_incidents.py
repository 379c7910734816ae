"""Real incidents by the scorer of the material: floors, and what must never happen."""

import importlib.util
import json

import pytest

from observance.measures import Facts, decide
from observance.measures.batch import read_file
from observance.packs import load_pack
from tests.material import shared


@pytest.fixture(scope="module")
def scored():
    path = shared("regime/score_incidents.py")
    spec = importlib.util.spec_from_file_location("score_incidents", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    pack = load_pack("dprk-1718")
    truth = scorer.read(shared("regime/incidents_dev.jsonl"))
    said = {}
    for facts in read_file(shared("regime/incidents_dev_observations.jsonl"), pack.vocabulary):
        assert isinstance(facts, Facts), facts
        said[facts.id] = {row.measure: row.verdict for row in decide(facts, pack)}
    return {role: scorer.score(truth, said, responses=role == "responses")[0] for role in ("conduct", "responses")}


def f1(count):
    return 2 * count["tp"] / (2 * count["tp"] + count["fp"] + count["fn"])


def test_conduct_stays_above_its_aims(scored):
    count = scored["conduct"]
    assert f1(count) >= 0.97
    assert count["verdict_ok"] / count["verdict_n"] >= 0.99
    assert count["verdict_strict"] / count["verdict_n"] >= 0.93


def test_duties_of_others_stay_above_their_aim(scored):
    assert f1(scored["responses"]) >= 0.97


def test_no_negative_gets_a_finding_hard_or_soft(scored):
    assert scored["conduct"]["neg_n"] == 19
    assert scored["conduct"]["neg_hard"] == 0
    assert scored["conduct"]["neg_soft"] == 0


def test_tempting_paragraphs_stay_none(scored):
    assert scored["conduct"]["none_ok"] == scored["conduct"]["none_n"] == 13


def test_no_rule_names_an_incident():
    from observance.packs import regimes_folder

    rows = [json.loads(line) for line in shared("regime/incidents_dev.jsonl").read_text(encoding="utf-8").splitlines()]
    names = {a["name"] for row in rows for a in row["actors"] if a["type"] in {"vessel", "person"}} | {
        row["id"] for row in rows
    }
    for path in [
        *regimes_folder().glob("*.yaml"),
        *regimes_folder().glob("*/*.yaml"),
        *regimes_folder().glob("*/measures/*.yaml"),
    ]:
        text = path.read_text(encoding="utf-8").lower()
        found = [
            name
            for name in names
            if name.lower() in text and not (name == "CHONG CHON GANG" and path.name == "2270.yaml")
        ]
        assert not found, (path.name, found)
