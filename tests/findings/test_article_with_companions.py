"""Test (b): the article with its companion evidence: origins, denials, drift, views."""

from __future__ import annotations

import pytest

from observance.findings import FindingSet
from observance.model import Finding
from tests.findings import gold
from tests.findings.test_article_alone import run

DAY = "2024-06-19"


@pytest.fixture(scope="module")
def file() -> gold.File:
    return gold.whole()


@pytest.fixture(scope="module")
def found(file: gold.File) -> FindingSet:
    return run(file, as_of=DAY)


@pytest.fixture(scope="module")
def later(file: gold.File) -> FindingSet:
    return run(file, as_of="2025-05-29")


def supply(found: FindingSet) -> Finding:
    (only,) = (f for f in found.findings if f.current.rule == "reported_conduct")
    return only


def expected() -> dict:
    return gold.load("acceptance/expected_b.yaml")


def groups(file: gold.File, found: FindingSet) -> dict[frozenset[str], object]:
    return {frozenset(file.names(origin.observations)): origin for origin in found.origins}


def test_every_view_has_the_two_findings_and_none_else(found: FindingSet, later: FindingSet) -> None:
    for view in (found, later):
        assert sorted(f.current.rule for f in view.findings) == ["institution_record", "reported_conduct"]


def test_origins_are_those_of_the_record(file: gold.File, later: FindingSet) -> None:
    got = groups(file, later)
    for row in expected()["origin_groups"]:
        assert frozenset(row["claims"]) in got, row["label"]
        origin = got[frozenset(row["claims"])]
        assert (0 if origin.secondary else 1) == row["independent_sources"]
        if row.get("government"):
            assert origin.states == (row["government"],)
    for row in gold.load("acceptance/article_claims.yaml")["origin_groups"]:
        if row["id"] != "OG3":  # joined by the interview
            assert frozenset(row["claims"]) in got, row["label"]


def test_origins_of_the_finding_on_the_day(file: gold.File, found: FindingSet) -> None:
    wanted = expected()["views"][0]["origins_for_F1"]
    members = {
        row["id"]: frozenset(row["claims"])
        for row in (*gold.load("acceptance/article_claims.yaml")["origin_groups"], *expected()["origin_groups"])
    }
    back = {origin.id: frozenset(file.names(origin.observations)) for origin in found.origins}
    version = supply(found).current
    for part, ids in (
        ("reporting", version.origins),
        ("indicator", version.origins_indicator),
        ("secondary", version.origins_secondary),
    ):
        assert {back[key] for key in ids} == {members[name] for name in wanted[part]}, part
    assert version.governments == tuple(sorted(wanted["governments"]))
    assert version.layer == "alleged"


def test_denials_stand_beside_and_remove_nothing(file: gold.File, found: FindingSet) -> None:
    got = {frozenset(file.names(d.observations)): d for d in found.denials}
    article = {c["id"] for c in gold.load("acceptance/article_claims.yaml")["claims"]}
    for row in expected()["denials"]:
        denial = got[frozenset(row["claims"])]
        assert file.names(denial.against) & article == set(row["against"])
        assert denial.known_on == row["known_on"]
        assert set(denial.observations) <= set(supply(found).current.contradicting)
    assert len(got) == len(expected()["denials"])
    assert {"S06", "S09", "S16", "S20"} <= file.names(supply(found).current.observations)


def test_no_denial_reaches_the_offer_of_technology(file: gold.File, found: FindingSet) -> None:
    assert "S12" not in {name for d in found.denials for name in file.names(d.against)}


def test_drift_is_that_of_the_record_and_no_more(file: gold.File, found: FindingSet, later: FindingSet) -> None:
    for view in (found, later):
        got = {d.kind: d for d in view.drifts}
        assert len(view.drifts) == len(expected()["drift"])
        for row in expected()["drift"]:
            drift = got[row["kind"]]
            at = set((row["at_origin"] or {}).get("claims", []))
            told = set(row["told_as"]["claims"]) | set((row.get("against") or {}).get("claims", []))
            assert file.names(drift.at_origin) == at
            assert file.names(drift.told_as) == told


def test_the_agreed_amount_is_never_shown_without_its_capacity_and_the_containers(
    file: gold.File, found: FindingSet
) -> None:
    (line,) = (w for w in found.watch if "S13" in file.names(w.observations))
    beside = file.names(line.beside) | file.names(line.observations)
    assert {"ki.2", "up.2", "unn.2", "ki.1", "up.1", "unn.1", "babel.1", "kp.2"} <= beside
    kinds = {d.kind for d in found.drifts if d.id in line.drift}
    assert {"capacity_to_agreement", "capacity_to_delivery"} <= kinds


def test_no_amount_of_shells_is_a_delivery(file: gold.File, found: FindingSet) -> None:
    version = supply(found).current
    text = " ".join(statement.text for statement in version.statements)
    assert not [w for w in ("5,000,000", "4,800,000", "million", "5mn", "9,800,000") if w in text]
    assert not file.names(version.observations) & {"kp.1", "ep.1", "S13", "ki.2", "up.2", "unn.2", "up.3"}


@pytest.mark.parametrize("row", [0, 1, 2])
def test_no_finding_goes_above_its_ceiling(file: gold.File, found: FindingSet, later: FindingSet, row: int) -> None:
    order = ["concluded", "assessed", "alleged", "not_determined", "conditional"]
    ceiling = expected()["ceilings"][row]
    for view in (found, later):
        for finding in view.findings:
            if file.names(finding.current.observations) & set(ceiling["claims"]):
                assert ceiling["layer"] is not None, ceiling["why"]
                assert order.index(finding.current.layer) >= order.index(ceiling["layer"]), ceiling["why"]


def test_both_wordings_of_the_offer_stand_side_by_side_on_the_watch_list(file: gold.File, found: FindingSet) -> None:
    (line,) = (w for w in found.watch if "S12" in file.names(w.observations))
    assert {"ki.3", "up.4", "unn.3"} <= file.names(line.observations) | file.names(line.beside)
    assert "offered_against_given" in {d.kind for d in found.drifts if d.id in line.drift}


def test_a_view_of_the_day_uses_nothing_published_later(file: gold.File, found: FindingSet) -> None:
    known = {key for origin in found.origins for key in origin.observations}
    assert not file.names(known) & {"sum10.1", "sum04.1", "jad.1", "jad.2"}
    assert file.names(key for key, _ in found.left_out) == {"sum10.1", "sum04.1", "jad.1", "jad.2"}


def test_later_figures_stand_in_later_views(file: gold.File, later: FindingSet) -> None:
    assert {"jad.1", "sum10.1"} <= file.names(supply(later).current.observations)
