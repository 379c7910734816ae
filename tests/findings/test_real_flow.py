"""The article and its companions through the real reader and the real law, in a workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from observance.findings import FindingSet
from observance.model import Observation
from tests.material import shared


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[FindingSet, dict[str, Observation]]]:
    from observance.evidence.readers.meta import read_meta
    from observance.workspace import Workspace

    folder = shared("acceptance")
    found = {}
    for name, files in (
        ("alone", [folder / "article.txt"]),
        ("both", [folder / "article.txt", *sorted((folder / "companions").glob("*.txt"))]),
    ):
        workspace = Workspace.init(Path(tmp_path_factory.mktemp(name)) / "case")
        for file in files:
            workspace.archive([file], meta=read_meta(file.with_suffix(".meta.yaml"))[0])
        workspace.observe()
        for day in (None, "2024-06-19"):
            view = workspace.view(as_of=day)
            found[name if day is None else f"{name} {day}"] = (view.found, {o.id: o for o in view.observations})
    return found


@pytest.mark.parametrize("name", ["alone", "both 2024-06-19", "both"])
def test_two_findings_and_no_more(views: dict, name: str) -> None:
    found, _ = views[name]
    assert sorted((f.current.rule, f.current.layer) for f in found.findings) == [
        ("institution_record", "concluded"),
        ("reported_conduct", "alleged"),
    ]


def test_origins_are_counted_and_outlets_are_not(views: dict) -> None:
    found, _ = views["both 2024-06-19"]
    labels = {origin.id: origin for origin in found.origins}
    (supply,) = (f.current for f in found.findings if f.current.rule == "reported_conduct")
    assert sorted(labels[key].states for key in supply.origins) == [("KOR", "USA"), ("USA",), ("USA",), ("USA",)]
    assert [labels[key].states for key in supply.origins_indicator] == [("KOR",)]
    assert [labels[key].speaker for key in supply.origins_secondary] == ["Jenny Town"]
    assert supply.governments == ("KOR", "USA")


def test_drift_and_denials_stand_beside(views: dict) -> None:
    found, seen = views["both 2024-06-19"]
    assert sorted(d.kind for d in found.drifts) == [
        "capacity_to_agreement",
        "capacity_to_delivery",
        "offered_against_given",
    ]
    assert sorted(d.states for d in found.denials) == [("PRK",), ("RUS",)]
    (supply,) = (f.current for f in found.findings if f.current.rule == "reported_conduct")
    assert {key for d in found.denials for key in d.observations} <= set(supply.contradicting)
    assert not any(q.value in {5e6, 4.8e6} for key in supply.observations for q in seen[key].quantities)
    text = " ".join(s.text for s in supply.statements)
    assert "million" not in text
    assert "5mn" not in text


def test_nothing_offered_feared_or_planned_is_in_a_finding(views: dict) -> None:
    for found, seen in views.values():
        for finding in found.findings:
            assert {seen[key].modality for key in finding.current.observations} <= {"asserted", "believed"}


def test_the_agreed_shells_stand_beside_what_could_be_held_and_what_was_counted(views: dict) -> None:
    found, seen = views["both 2024-06-19"]
    for line in found.watch:
        told = [seen[key] for key in line.observations if any(q.value == 5e6 for q in seen[key].quantities)]
        if told:
            beside = [seen[key] for key in (*line.beside, *line.observations)]
            figures = {(q.value, q.role) for one in beside for q in one.quantities}
            assert (4.8e6, "capacity") in figures
            assert (1e4, "event") in figures
            return
    pytest.fail("the agreement is not on the watch list")
