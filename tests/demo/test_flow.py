"""The demo from end to end: nothing is precomputed, and the report shows what it promises."""

import random

import pytest

from observance.demo import materials
from observance.workspace import Workspace
from observance.workspace.demonstrating import demonstrate
from observance.workspace.listing import add_list


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    done = demonstrate(tmp_path_factory.mktemp("demo") / "case")
    return done.workspace, done.workspace.view(on=None, as_of=None), done.summary.report.read_text(encoding="utf-8")


def current(view):
    return [finding.current for finding in view.found.findings]


def arms(view):
    found = [
        one
        for one in current(view)
        if one.layer == "alleged" and ("1874:9", "engaged") in [(str(m), v) for m, v in one.measures]
    ]
    assert len(found) == 1
    return found[0]


def test_the_alleged_supply_is_alleged_with_its_denial_beside_it(shown):
    _, view, page = shown
    found = arms(view)
    by_id = {one.id: one for one in view.observations}
    denials = [by_id[key] for key in found.contradicting]
    told_by = {view.evidence[one.citations[0].evidence].meta.publisher for one in denials}
    assert told_by == {"Ministry of Foreign Affairs of Valdoria"}
    assert {one.modality for one in denials} == {"denied"}
    assert "Denied or contradicted by" in page


def test_no_offer_agreement_or_fear_supports_a_finding(shown):
    _, view, _ = shown
    by_id = {one.id: one for one in view.observations}
    held = {by_id[key].modality for one in current(view) for key in one.observations if key in by_id}
    assert held <= {"asserted", "believed", "denied"}


def test_an_interview_told_by_several_outlets_is_one_origin(shown):
    _, view, page = shown
    origins = {one.id: one for one in view.found.origins}
    minister = [origins[key] for key in arms(view).origins if origins[key].speaker == "Edda Marnholt"]
    assert len(minister) == 1
    assert len(minister[0].relays) >= 3
    assert "reached us through" in page


def test_a_capacity_told_as_an_amount_is_shown_as_drift_and_counted_nowhere(shown):
    _, view, page = shown
    kinds = {one.kind for one in view.found.drifts}
    assert kinds & {"capacity_to_delivery", "capacity_to_agreement", "figure"}
    assert "Drift in the retelling" in page
    assert "40,000" not in arms(view).title


def test_the_end_of_the_panel_is_concluded_and_nobody_breaks_a_measure_by_it(shown):
    _, view, _ = shown
    ended = [
        one for one in current(view) if one.layer == "concluded" and any(str(m) == "1874:26" for m, _ in one.measures)
    ]
    assert len(ended) == 1
    assert {verdict for _, verdict in ended[0].measures} == {"none"}


def test_the_ship_is_met_on_the_list_under_its_former_name_and_by_its_number(shown):
    _, view, page = shown
    ships = [one for one in view.observations if one.kind == "match" and "8405270" in str(one.citations)]
    assert ships
    assert "Hwang Gum San 2" in page


def test_what_is_permitted_is_shown_as_exempt_and_accuses_nobody(shown):
    _, view, page = shown
    permitted = {"Open Wells", "Karsovia"}
    by_id = {one.id: one for one in view.observations}
    for judgement in view.judgements:
        subject = by_id.get(judgement.subject)
        if subject and permitted & {party.name for party in subject.participants if party.role == "supplier"}:
            assert judgement.verdict != "engaged", subject.statement
    assert "possibly exempt" in page


def test_the_page_marks_every_document_as_composed(shown):
    _, view, page = shown
    documents = [one for one in view.evidence.values() if one.kind == "document"]
    assert all(one.meta.composed for one in documents)
    assert "Composed material" in page


def test_the_same_files_renamed_and_in_another_order_give_the_same_findings(shown, tmp_path):
    _, view, _ = shown
    workspace = Workspace.init(tmp_path / "again", name="Again")
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    found = list(materials())
    random.Random(3).shuffle(found)
    for number, material in enumerate(found):
        path = shelf / f"{number:02}.{material.name.rpartition('.')[2]}"
        path.write_bytes(material.read())
        if material.kind == "list":
            add_list(workspace, path, list_id=material.list_id, date=material.date or None)
        else:
            workspace.archive([path], meta=material.meta)
    workspace.observe()
    again = workspace.view(on=None, as_of=None)

    def content(one):
        return sorted((now.layer, now.title, tuple(sorted(s.text for s in now.statements))) for now in current(one))

    assert content(again) == content(view)
