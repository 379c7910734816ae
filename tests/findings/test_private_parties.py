"""What a company of a State is told to have done is not put on the State."""

from __future__ import annotations

from observance.workspace import Workspace


def _watched(folder, text):
    path = folder / "note.txt"
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".meta.yaml").write_text("publisher: Harbour Wire\npublished: 2025-03-14\n", encoding="utf-8")
    workspace = Workspace.init(folder / "case")
    workspace.archive([path])
    workspace.observe()
    found = workspace.view().found
    return [one.title for one in found.watch] + [one.current.title for one in found.findings]


def test_a_company_is_named_as_a_company_and_a_state_as_a_state(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    private = " ".join(_watched(tmp_path / "one", "A Chinese company shipped oil to North Korea.\n"))
    assert "by a company of China" in private
    assert "by China" not in private
    assert "by China" in " ".join(_watched(tmp_path / "two", "China shipped oil to North Korea.\n"))
