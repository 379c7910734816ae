"""Every pack is tried by the cases that it carries: its own, and the rows that it has for another pack."""

import pytest

from observance.measures import decide, judge, read_facts
from observance.packs import case_observations, known_packs, load_pack

PACKS = {name: load_pack(name) for name in known_packs()}
CASES = [(pack.id, case.id) for pack in PACKS.values() for case in pack.cases]
CONDUCT = {"prohibition", "cap"}


def facts_of(pack, case):
    return read_facts({"id": case, **case_observations(pack)[case]}, pack.vocabulary, seen_from=pack.target)


@pytest.mark.parametrize(("name", "ident"), CASES, ids=[f"{name}-{ident}" for name, ident in CASES])
def test_a_case_of_a_pack_stands(name, ident):
    pack = PACKS[name]
    case = next(case for case in pack.cases if case.id == ident)
    facts = facts_of(pack, ident)
    for row in case.expect:
        other = PACKS[row.regime or name]
        found = {judgement.measure: judgement for judgement in judge(facts, other)}
        judgement = found.get(row.measure)
        assert (judgement.verdict if judgement else "none") == row.verdict, (row, judgement)
        if row.exemption:
            assert judgement.exemption == row.exemption
        if row.missing:
            assert judgement.missing == row.missing
            assert judgement.question.endswith("?")
        if row.verdict != "none":
            assert judgement.role == row.role
            assert judgement.reasons
        if row.shows:
            assert judgement.dispute


@pytest.mark.parametrize(("name", "ident"), CASES, ids=[f"{name}-{ident}" for name, ident in CASES])
def test_no_other_ban_comes_out_engaged(name, ident):
    pack = PACKS[name]
    case = next(case for case in pack.cases if case.id == ident)
    named = {row.measure for row in case.expect} | set(case.may)
    over = [
        row.measure
        for row in decide(facts_of(pack, ident), pack)
        if row.verdict == "engaged" and pack.measures[row.measure].kind in CONDUCT
    ]
    assert set(over) <= named


def test_every_point_of_law_has_a_case_and_a_twin():
    pack = PACKS["dprk-1718"]
    bases = {case.id: case.point for case in pack.cases if case.point}
    twins = {bases[case.twin_of] for case in pack.cases if case.twin_of}
    # The tenth point has a twin on each side of the end of the Panel.
    assert set(bases.values()) == twins == set(range(1, 11))
