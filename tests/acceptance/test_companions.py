"""The acceptance article with its companions: denials, drift, relays of one interview, and views of two days."""

from datetime import UTC, datetime

import pytest
import yaml

from observance.evidence.readers.meta import read_meta
from observance.workspace import Workspace
from tests.acceptance.holding import candidates, missing_claims
from tests.material import shared

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def expected():
    return yaml.safe_load(shared("acceptance/expected_b.yaml").read_text())


def article():
    return yaml.safe_load(shared("acceptance/article_claims.yaml").read_text())


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("companions")
    workspace = Workspace.init(folder / "case", clock=lambda: NOW)
    meta, _ = read_meta(shared("acceptance/article.meta.yaml"))
    workspace.archive([shared("acceptance/article.txt")], meta=meta)
    for path in sorted(shared("acceptance/companions").glob("*.txt")):
        given, _ = read_meta(path.with_suffix("").with_suffix(".meta.yaml"))
        workspace.archive([path], meta=given)
    workspace.observe()
    return workspace


@pytest.fixture(scope="module")
def everything(case):
    return case.view()


@pytest.fixture(scope="module")
def then(case):
    """The view as of the day of the article."""
    return case.view(as_of="2024-06-19")


def by_file(workspace, view):
    names = {str(sha): record.name for sha, record in workspace.archive_.records().items()}
    found = {}
    for one in view.observations:
        found.setdefault(names[one.citations[0].evidence], []).append(one)
    return found


def claims(workspace, view):
    """Gold claim id to the observation that tells it, over all files."""
    rows = by_file(workspace, view)
    golds = [("article.txt", one) for one in article()["claims"]]
    golds += [(companion["file"], one) for companion in expected()["companions"] for one in companion["claims"]]
    found = {}
    for name, gold in golds:
        fits = [one for one in candidates(rows.get(name, []), gold) if one.id not in {row.id for row in found.values()}]
        if fits:
            found[gold["id"]] = fits[0]
    return found


def test_every_claim_of_the_companions_is_found(case, everything):
    rows = by_file(case, everything)
    misses = []
    for companion in expected()["companions"]:
        golds = [one for one in companion["claims"] if not one.get("may_join")]
        misses += missing_claims(rows.get(companion["file"], []), golds)
    assert misses == [], "\n".join(misses)


def test_two_findings_in_both_views_and_no_more(everything, then):
    for view in (everything, then):
        assert sorted(finding.current.layer for finding in view.found.findings) == ["alleged", "concluded"], [
            (finding.current.layer, finding.current.title) for finding in view.found.findings
        ]


def test_both_denials_stand_beside_the_finding_and_remove_nothing(case, everything, then):
    for view in (everything, then):
        found = claims(case, view)
        (finding,) = [one.current for one in view.found.findings if one.current.layer == "alleged"]
        for denial in expected()["denials"]:
            assert {found[key].id for key in denial["claims"] if key in found} & set(finding.contradicting), denial[
                "id"
            ]
        for key in ("S06", "S09", "S16", "S20"):
            assert found[key].id in finding.observations


def test_relays_of_one_interview_are_one_origin(case, everything):
    found = claims(case, everything)
    origin_of = {key: origin.id for origin in everything.found.origins for key in origin.observations}
    groups = {}
    for group in expected()["origin_groups"]:
        origins = {origin_of[found[key].id] for key in group["claims"] if key in found}
        assert len(origins) == 1, f"{group['id']}: {len(origins)} origins"
        groups[group["id"]] = origins.pop()
    assert len(set(groups.values())) == len(groups), "two origins were taken for one"


def test_the_finding_counts_origins_and_governments_and_no_outlets(everything, then):
    (finding,) = [one.current for one in then.found.findings if one.current.layer == "alleged"]
    wanted = next(view for view in expected()["views"] if view["as_of"] == "2024-06-19")["origins_for_F1"]
    assert len(finding.origins) == len(wanted["reporting"])
    assert len(finding.origins_indicator) == len(wanted["indicator"])
    assert len(finding.origins_secondary) == len(wanted["secondary"])
    assert sorted(finding.governments) == sorted(wanted["governments"])


def test_drift_is_shown_beside_its_source(case, everything):
    found = claims(case, everything)
    for drift in expected()["drift"]:
        told = {found[key].id for key in drift["told_as"]["claims"] if key in found}
        fits = [one for one in everything.found.drifts if told & set(one.told_as)]
        assert fits, f"{drift['id']} ({drift['kind']}) is not on record"


def test_a_view_knows_nothing_published_later(case, then):
    later = next(view for view in expected()["views"] if view["as_of"] == "2024-06-19")["not_yet_known"]
    rows = by_file(case, then)
    assert not set(later) & set(rows)
    for word in ("8,000,000", "9,000,000", "20,000 container", "15,809"):
        for finding in then.found.findings:
            assert all(word not in statement.text for statement in finding.current.statements)


def test_no_layer_is_firmer_than_its_ceiling(case, everything):
    order = ["concluded", "assessed", "alleged", "not_determined", "conditional"]
    found = claims(case, everything)
    for ceiling in expected()["ceilings"]:
        ids = {found[key].id for key in ceiling["claims"] if key in found}
        for finding in everything.found.findings:
            for statement in finding.current.statements:
                if ids & set(statement.supports):
                    assert ceiling["layer"] is not None, f"{statement.text} rests on {ceiling['claims']}"
                    assert order.index(statement.layer) >= order.index(ceiling["layer"]), statement.text
