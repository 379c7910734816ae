"""A pack without conditions is read by what it says in prose, and is never engaged on a condition that nobody has read."""

import pytest

from observance.measures import decide, read_facts
from observance.packs import case_observations, load_pack
from tests.material import shared

# What prose alone does not tell: the words of an exemption, and what a note says of ability and of related materiel.
BEYOND = {
    ("transit-coal-through-rajin", "2371:8"),
    ("relief-payment-to-a-listed-bank", "1718:8(d)"),
    ("shells-between-the-targets", "1929:8"),
    ("short-range-launch", "1929:9"),
}


@pytest.fixture(scope="module")
def packs():
    found = [load_pack(shared("regime")), load_pack(shared("regime/second_regime"))]
    return {pack.id: pack for pack in found}


def test_packs_in_the_first_form_load(packs):
    assert {key: len(pack.measures) for key, pack in packs.items()} == {"dprk-1718": 114, "iran-1737": 15}


def test_their_cases_come_out_but_for_what_prose_does_not_tell(packs):
    wrong = set()
    for pack in packs.values():
        told = case_observations(pack)
        for case in pack.cases:
            facts = read_facts(told[case.id], pack.vocabulary, seen_from=pack.target)
            for row in case.expect:
                found = {d.measure: d.verdict for d in decide(facts, packs[row.regime or pack.id])}
                if found.get(row.measure, "none") != row.verdict:
                    wrong.add((case.id, row.measure))
    assert wrong == BEYOND


def test_a_trigger_that_no_fact_answers_stays_open(packs):
    pack = packs["dprk-1718"]
    facts = read_facts(
        {
            "event_type": "finance",
            "act": "finance",
            "items": ["financial_services"],
            "direction": "to_target",
            "date": "2015-01-01",
        },
        pack.vocabulary,
    )
    found = {row.measure: row for row in decide(facts, pack)}
    assert found["2094:11"].verdict == "not_determined"
    assert "could help the weapon programmes" in found["2094:11"].question


def test_shipped_packs_leave_nothing_to_prose():
    for name in ("dprk-1718", "iran-1737"):
        for measure in load_pack(name).measures.values():
            assert not any(need.prose for need in measure.needs), measure.id
