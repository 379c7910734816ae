"""The flow on composed material: nothing precomputed, every byte covered, decisions kept, views of two days."""

import json
import random
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from observance.demo import materials
from observance.errors import ObservanceError
from observance.workspace import Workspace
from observance.workspace.demonstrating import demonstrate
from observance.workspace.listing import add_list
from observance.workspace.merging import merge
from observance.workspace.reviewing import answer, ask, correct, dissent, history, recommend, withdraw
from observance.workspace.verifying import SHELL_CHECK

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def content(finding):
    """What a finding says, without ids, versions and times."""
    version = finding.current
    return (
        version.rule, version.title, version.layer, version.measures, version.governments,
        tuple(sorted((s.layer, s.text) for s in version.statements)), len(version.origins), len(version.observations),
    )  # fmt: skip


def contents(view):
    return sorted(map(str, map(content, view.found.findings)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return demonstrate(tmp_path_factory.mktemp("demo") / "case", clock=lambda: NOW)


def rebuilt(folder, order, names=lambda name: name, only=None):
    """The demonstration's material in another order and under other names, in a fresh workspace."""
    workspace = Workspace.init(folder / "case", clock=lambda: NOW)
    for material in order:
        if only is not None and material.name not in only:
            continue
        path = folder / names(material.name)
        path.write_bytes(material.read())
        if material.kind == "document":
            workspace.archive([path], meta=material.meta)
        else:
            add_list(workspace, path, list_id=material.list_id or None, date=material.date or None)
    workspace.observe()
    return workspace


def test_each_step_is_one_call_of_the_library(demo):
    workspace = demo.workspace
    view = workspace.view(as_of="2026-10-31")
    assert workspace.judge(as_of="2026-10-31") == tuple(view.judgements)
    finding = view.found.findings[0].id
    assert finding in workspace.report(as_of="2026-10-31").read_text(encoding="utf-8")
    assert finding in workspace.explain(finding, as_of="2026-10-31")


def test_the_demonstration_shows_what_it_promises(demo):
    view = demo.workspace.view()
    layers = {finding.current.layer for finding in view.found.findings}
    assert {"alleged", "concluded"} <= layers
    page = demo.summary.report.read_text(encoding="utf-8")
    assert "omposed" in page
    assert any(one.modality == "offered" for one in view.observations)
    assert any(finding.current.contradicting for finding in view.found.findings), "no denial stands beside its claim"
    relayed = [origin for origin in view.found.origins if len(origin.relays) >= 2]
    assert relayed, "no origin was told by several outlets"
    assert view.found.drifts, "no drifted figure is on record"
    assert any(one.kind == "match" for one in view.observations)
    exempt = {str(one.verdict) for one in view.judgements if one.exemption}
    assert exempt & {"none", "possibly_exempt"}, "no exempt case is shown as exempt"


def test_an_offer_is_in_no_finding(demo):
    view = demo.workspace.view()
    inside = {key for finding in view.found.findings for key in finding.current.observations}
    assert not [one.statement for one in view.observations if one.modality == "offered" and one.id in inside]


def test_renamed_and_reordered_in_a_fresh_folder_it_gives_the_same_findings(demo, tmp_path):
    order = list(materials())
    random.Random(7).shuffle(order)
    stems = {material.name: f"x{number}" for number, material in enumerate(order)}
    again = rebuilt(tmp_path, order, lambda name: stems[name] + name[name.rindex(".") :])
    assert contents(again.view()) == contents(demo.workspace.view())


def test_split_over_two_workspaces_and_merged_it_gives_the_same_findings(demo, tmp_path):
    order = list(materials())
    names = [material.name for material in order]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = rebuilt(tmp_path / "a", order, only=set(names[::2]))
    second = rebuilt(tmp_path / "b", order, only=set(names[1::2]))
    merge(first, second)
    first.observe()
    assert contents(first.view()) == contents(demo.workspace.view())
    assert first.verify().faults == []
    assert len(first.ledger.chains()) == 2


def test_a_run_with_nothing_new_keeps_the_report(demo):
    again = demo.workspace.run()
    assert not again.new
    assert again.report == demo.summary.report


def test_two_builds_of_a_report_are_the_same_bytes(demo):
    from observance.workspace.reporting import issue

    first = issue(demo.workspace, demo.workspace.view()).read_bytes()
    assert first == issue(demo.workspace, demo.workspace.view()).read_bytes()


def test_a_stranger_checks_with_sha256sum_alone(demo):
    done = subprocess.run(["bash", "-c", SHELL_CHECK], cwd=demo.workspace.root, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_one_flipped_byte_anywhere_is_named_by_verify_with_the_file(demo, tmp_path):
    root = tmp_path / "case"
    shutil.copytree(demo.workspace.root, root)
    workspace = Workspace.open(root, clock=lambda: NOW)
    withdraw(workspace, workspace.view().found.findings[0].id, reason="a test")
    assert workspace.verify().faults == []
    chance = random.Random(11)
    for folder in ("evidence", "ledger", "observations", "judgements", "findings", "decisions", "lists", "reports"):
        files = sorted(path for path in (root / folder).rglob("*") if path.is_file() and not path.name.startswith("."))
        files = [path for path in files if path.stat().st_size]
        assert files, f"nothing in {folder}"
        for path in chance.sample(files, min(3, len(files))):
            good = path.read_bytes()
            at = chance.randrange(len(good))
            path.write_bytes(good[:at] + bytes([good[at] ^ (1 << chance.randrange(8))]) + good[at + 1 :])
            try:
                faults = Workspace.open(root).verify().faults
            except ObservanceError as fault:
                faults = [str(fault)]
            assert any(path.name in fault for fault in faults), f"byte {at} of {folder}/{path.name} went unnoticed"
            path.write_bytes(good)
    assert workspace.verify().faults == []


def test_a_view_as_of_a_day_knows_nothing_later_and_writes_no_finding(demo):
    before = sorted((demo.workspace.root / "findings").rglob("*.json"))
    days = sorted(one.published for one in demo.workspace.view().observations if one.published and one.kind == "claim")
    early = demo.workspace.view(as_of=days[0])
    assert all((one.published or "") <= days[0] for one in early.observations if one.kind == "claim")
    assert len(early.observations) < len(demo.workspace.view().observations)
    assert sorted((demo.workspace.root / "findings").rglob("*.json")) == before


def test_reply_dissent_correction_and_recommendation_change_finding_and_report_and_survive_new_evidence(demo, tmp_path):
    root = tmp_path / "case"
    shutil.copytree(demo.workspace.root, root)
    workspace = Workspace.open(root, operator="A. Reviewer", clock=lambda: NOW)
    (finding,) = [
        one for one in workspace.view().found.findings if one.current.layer == "alleged" and one.current.contradicting
    ][:1]
    _, text = ask(workspace, finding.id, party="Valdoria", due="2026-11-22")
    assert finding.current.title in text
    assert "2026-11-22" in text
    answer(
        workspace, finding.id, party="Valdoria", text="No such goods were received.", assessment="no document was sent"
    )
    dissent(workspace, finding.id, reason="One origin is too thin.", statement=1)
    correct(workspace, finding.id, was="since March", now="in March", reason="the source gives one month")
    recommend(workspace, finding.id, addressee="all States", text="Share images of the port.", priority="high")
    summary = workspace.run()
    (now,) = [one for one in workspace.view().found.findings if one.id == finding.id]
    version = now.current
    assert version.number > finding.current.number
    assert version.replies[0].answer == "No such goods were received."
    assert version.dissents[0].by == "A. Reviewer"
    assert version.corrections[0].now == "in March"
    assert version.recommendations[0].addressee == "all States"
    page = summary.report.read_text(encoding="utf-8")
    for words in ("No such goods were received.", "One origin is too thin.", "in March", "Share images of the port."):
        assert words in page
    new = tmp_path / "new.txt"
    new.write_text("A North Korean delegation visited Vladivostok on 2 May.\n")
    workspace.archive([new])
    workspace.run()
    (later,) = [one for one in workspace.view().found.findings if one.id == finding.id]
    assert later.current.replies == version.replies
    assert later.current.dissents == version.dissents
    assert len(history(workspace, finding.id)) >= 7
    assert workspace.verify().faults == []


def test_a_withdrawn_finding_stays_visible_as_withdrawn(demo, tmp_path):
    root = tmp_path / "case"
    shutil.copytree(demo.workspace.root, root)
    workspace = Workspace.open(root, clock=lambda: NOW)
    finding = workspace.view().found.findings[0]
    withdraw(workspace, finding.id, reason="the paper was forged")
    summary = workspace.run()
    (now,) = [one for one in workspace.view().found.findings if one.id == finding.id]
    assert now.current.status == "withdrawn"
    page = summary.report.read_text(encoding="utf-8")
    assert "withdrawn" in page
    assert "the paper was forged" in page


def test_search_finds_words_of_every_script_in_evidence(demo):
    assert {hit.kind for hit in demo.workspace.search("Rajin")} >= {"evidence"}
    korean = [material for material in materials() if "korean" in material.name][0].read().decode()
    word = next(part for part in korean.split() if any("가" <= char <= "힣" for char in part))
    assert demo.workspace.search(word.strip(".,"))


def test_command_and_library_give_the_same_summary(demo):
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "observance", "-C", str(demo.workspace.root), "run", "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    plain = json.loads(done.stdout)
    assert plain["findings"] == demo.summary.plain()["findings"]
    assert plain["report"] == str(demo.summary.report)
