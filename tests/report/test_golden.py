"""Golden files: what the fabricated case reads like. After a change that is meant, run with OBSERVANCE_GOLDEN=write."""

import os
from pathlib import Path

import pytest

from observance.report import build_report, explain_text, render_markdown
from tests.report.case import case

GOLDEN = Path(__file__).resolve().parent / "golden"
PAGES = {
    "report.md": lambda: render_markdown(build_report(case())),
    "report-as-of.md": lambda: render_markdown(
        build_report(case(as_of="2024-06-13", on="2024-03-01", watch=(), gaps=()))
    ),
    "explain.txt": lambda: explain_text(case(), "fnd-arms"),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_report_reads_as_it_did(name):
    text = PAGES[name]()
    path = GOLDEN / name
    if os.environ.get("OBSERVANCE_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
