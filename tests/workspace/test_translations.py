"""A working translation is marked wherever it is quoted, leads to the passage of its original, and is no new source."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from observance.model import TextSpan
from observance.model.canonical import sha256_bytes
from observance.workspace import Workspace
from observance.workspace.reporting import originals

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ORIGINAL = (
    "Das Schiff lag am Donnerstag noch im Hafen, und die Behörde wurde nicht informiert.\n\n"
    "Nordkorea hat im April 400 Tonnen Kohle nach China geliefert.\n"
)
FIRST = (
    "The ship was still in the port on Thursday, and the authority was not informed.\n\n"
    "North Korea delivered 400 tonnes of coal to China in April 2024.\n"
)
SECOND = (
    "On Thursday the vessel still lay in harbour; nobody told the authority.\n\n"
    "In April 2024, North Korea shipped 400 tons of coal to China.\n"
)
META = "publisher: Hafenblatt\npublished: 2024-05-03\nkind: news article\n"


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.init(tmp_path / "case", clock=lambda: NOW)
    source = sha256_bytes(ORIGINAL.encode())
    for name, text, more in (
        ("original.txt", ORIGINAL, "language: de\n"),
        ("first.txt", FIRST, f"translation_of: {source}\n"),
        ("second.txt", SECOND, f"translation_of: {source}\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).with_suffix(".meta.yaml").write_text(META + more, encoding="utf-8")
        made.archive([tmp_path / name])
    made.observe()
    return made


def test_a_report_marks_the_translation_and_quotes_the_original_beside_it(workspace):
    workspace.judge()
    page = workspace.report().read_text(encoding="utf-8")
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert "working translation" in words
    assert "Translated from:" in words
    assert "Nordkorea hat im April 400 Tonnen Kohle nach China geliefert." in words
    assert workspace.verify().holds


def test_the_passage_of_the_original_re_reads_and_a_passage_that_does_not_fit_is_not_paired(workspace, tmp_path):
    source = sha256_bytes(ORIGINAL.encode())
    (tmp_path / "third.txt").write_text("North Korea delivered coal to China in April 2024.\n", encoding="utf-8")
    (tmp_path / "third.meta.yaml").write_text(META + f"translation_of: {source}\n", encoding="utf-8")
    workspace.archive([tmp_path / "third.txt"])
    workspace.observe()
    view = workspace.view()
    original = originals(workspace, view.evidence)
    cited = {
        view.evidence[one.citations[0].evidence].name: original(one.citations[0])
        for one in view.observations
        if one.kind == "claim"
    }
    assert cited["third.txt"] is None
    for name in ("first.txt", "second.txt"):
        span = cited[name].selector
        assert isinstance(span, TextSpan)
        assert cited[name].evidence == source
        assert ORIGINAL.encode()[span.byte_start : span.byte_end].decode() == span.exact
        assert span.exact.startswith("Nordkorea")


def test_two_translations_of_one_document_are_one_origin(workspace):
    view = workspace.view()
    claims = {one.id for one in view.observations if one.kind == "claim"}
    assert len({view.evidence[one.citations[0].evidence].name for one in view.observations if one.kind == "claim"}) == 2
    assert len([one for one in view.found.origins if claims & set(one.observations)]) == 1
