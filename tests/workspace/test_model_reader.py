"""The model reader in a workspace: off by default, and nothing it says enters a finding without a person."""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from observance.store.config import CONFIG_NAME, render_config
from observance.workspace import Workspace
from observance.workspace.reviewing import claim
from tests.observations.claims.llm.test_llm_reader import PAGE, Liar, Quiet

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def server():
    quiet = Quiet(("127.0.0.1", 0), Liar)
    threading.Thread(target=quiet.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{quiet.server_address[1]}"
    quiet.shutdown()
    quiet.server_close()


def case(folder, **changes):
    workspace = Workspace.init(folder / "case", clock=lambda: NOW)
    config = replace(workspace.config, **changes)
    (workspace.root / CONFIG_NAME).write_text(render_config(config), encoding="utf-8")
    path = folder / "note.txt"
    path.write_text(PAGE.text, encoding="utf-8")
    path.with_name("note.meta.yaml").write_text(f"publisher: {PAGE.publisher}\npublished: {PAGE.published}\n")
    workspace = Workspace.open(workspace.root, operator="A. Reader", clock=lambda: NOW)
    workspace.archive([path])
    return workspace


def test_it_is_off_by_default(tmp_path, server):
    Liar.questions.clear()
    workspace = case(tmp_path, llm_endpoint=server, llm_model="good")
    workspace.observe()
    assert Liar.questions == []


def test_without_an_endpoint_it_says_what_to_do_and_the_others_go_on(tmp_path):
    workspace = case(tmp_path, detectors=("claims.rules", "claims.llm"))
    summary = workspace.observe()
    assert any("llm_endpoint" in word for word in summary.skipped)
    assert summary.observations["claim"] > 0


@pytest.mark.server
def test_what_it_proposes_enters_no_view_before_a_person_accepts_it(tmp_path, server):
    from observance.workspace.observing import current_observations

    workspace = case(tmp_path, detectors=("claims.llm",), llm_endpoint=server, llm_model="good")
    workspace.observe()
    proposed = current_observations(workspace)
    assert proposed
    assert all("before a person accepts it" in one.caveats[0] for one in proposed)
    assert workspace.view().observations == []
    claim(workspace, proposed[0].id, accepted=True, reason="read and right")
    assert [one.id for one in workspace.view().observations] == [proposed[0].id]
    claim(workspace, proposed[0].id, accepted=False)
    assert workspace.view().observations == []


@pytest.mark.server
def test_the_same_text_is_asked_for_once(tmp_path, server):
    Liar.questions.clear()
    workspace = case(tmp_path, detectors=("claims.llm",), llm_endpoint=server, llm_model="good")
    workspace.observe()
    asked = len(Liar.questions)
    workspace.observe()
    assert asked > 0
    assert len(Liar.questions) == asked
    assert workspace.verify().faults == []
