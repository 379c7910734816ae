"""The index follows the folder: nothing has to be rebuilt by hand, and damage to it costs nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from observance.workspace import Workspace
from observance.workspace.indexing import NAME, rebuild

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST = "A port agent told us that the tanker delivered diesel to Chongjin on 2 March 2024.\n"
SECOND = "국가정보원은 북한이 러시아에 포탄을 보냈다고 밝혔다.\n"


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.init(tmp_path / "사건 one", clock=lambda: NOW)
    keep(made, tmp_path / "first.txt", FIRST)
    return made


def keep(workspace, path, text):
    path.write_text(text, encoding="utf-8")
    workspace.archive([path])


def kinds(workspace, question):
    return {hit.kind for hit in workspace.search(question)}


def test_what_was_only_archived_is_found_and_so_is_what_came_after_the_first_search(workspace, tmp_path):
    assert kinds(workspace, "diesel") == {"evidence"}
    assert kinds(workspace, "포탄") == set()
    keep(workspace, tmp_path / "second.txt", SECOND)
    assert kinds(workspace, "포탄") == {"evidence"}


def test_observations_are_found_after_observe_alone(workspace):
    assert kinds(workspace, "diesel") == {"evidence"}
    workspace.observe()
    assert kinds(workspace, "diesel") == {"evidence", "observation"}


def test_an_observation_that_is_no_longer_in_force_leaves_the_index(workspace):
    workspace.search("diesel")
    row = {"kind": "observation", "id": "obs-old", "evidence": "", "day": "", "title": "diesel", "body": "diesel"}
    workspace.index.put([{**row, "record": "{}"}])
    workspace.record("note", {})
    assert "obs-old" not in {hit.id for hit in workspace.search("diesel")}


@pytest.mark.parametrize("keep_bytes", [0, 7, 4096, 9000])
def test_a_damaged_index_is_built_anew_and_said_to_nobody(workspace, keep_bytes):
    workspace.search("diesel")
    workspace.close_index()
    path = workspace.root / NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:keep_bytes] + b"A" * (len(whole) - keep_bytes))
    assert kinds(workspace, "diesel") == {"evidence"}
    workspace.close_index()
    path.write_bytes(b"A" * 5000)
    assert rebuild(workspace) == 1


def test_a_folder_without_rights_is_searched_in_memory(workspace, monkeypatch):
    from observance.errors import StoreError
    from observance.store.index import Index

    def refused(path):
        raise StoreError("the index cannot be opened: unable to open database file", where=str(path))

    monkeypatch.setattr(Index, "at", refused)
    assert kinds(workspace, "diesel") == {"evidence"}
    assert not (workspace.root / NAME).exists()
