"""What the workspace hands to a report: words for every term that a report shows, counts that read as English."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from observance.packs import load_pack
from observance.workspace import Workspace
from observance.workspace.about import about, as_html
from observance.workspace.reporting import labels_of, report_input

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.init(tmp_path / "case", clock=lambda: NOW)
    path = tmp_path / "note.txt"
    path.write_text("On 3 May 2018 the ship Grey Tern (IMO 9074729) delivered coal to Nampo.\n", encoding="utf-8")
    made.archive([path])
    return made


@pytest.mark.parametrize("regime", ["dprk-1718", "iran-1737"])
def test_every_bearer_of_a_duty_has_words(regime):
    pack = load_pack(regime)
    labels = labels_of(pack.vocabulary)
    bearers = {f"duty/{one}" for measure in pack.measures.values() for one in measure.duty_bearers}
    assert bearers
    assert bearers <= set(labels)


def test_the_warning_of_a_pack_speaks_to_readers_and_instructs_nobody():
    warning = load_pack("dprk-1718").warning
    assert "No record has been compared" in warning
    assert "Show this" not in warning
    assert "checked_by" not in warning


def test_one_document_is_counted_as_one(workspace):
    assert report_input(workspace, workspace.view()).scope == "What was looked at: 1 document, 0 lists."


def test_the_page_of_a_dossier_lets_a_long_hash_break(workspace):
    workspace.observe()
    page = as_html(about(workspace, "imo:9074729"))
    assert "overflow-wrap:anywhere" in page
    assert "table-layout:fixed" in page
