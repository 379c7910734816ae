"""5. What is told: a tree in which every sentence rests on something, and the pages drawn from it.

`build_report` makes the tree from what a workspace holds, `check_support` refuses a sentence that rests on nothing,
`render_html` draws one self-contained page. Pure: the clock, the passages and the labels come in as arguments.
"""

from observance.report.build import build_report
from observance.report.check import check_support
from observance.report.explain import explain_plain, explain_text
from observance.report.html import render_html
from observance.report.input import (
    ExemptionNote,
    ListNote,
    MeasureNote,
    NotRead,
    RecordNote,
    RegimeNote,
    ReportInput,
)
from observance.report.markdown import render_markdown
from observance.report.reading import ReadingInput, render_reading
from observance.report.tree import Report

__all__ = [
    "ExemptionNote",
    "ListNote",
    "MeasureNote",
    "NotRead",
    "ReadingInput",
    "RecordNote",
    "RegimeNote",
    "Report",
    "ReportInput",
    "build_report",
    "check_support",
    "explain_plain",
    "explain_text",
    "render_html",
    "render_markdown",
    "render_reading",
]
