"""The report tree from what a workspace holds: order of the parts, and the check that closes the build."""

from __future__ import annotations

from observance.errors import ReportError
from observance.model import Finding
from observance.report.annex import annex_section, gaps_section, head, how_to_read, key_section
from observance.report.check import check_support
from observance.report.desk import Desk
from observance.report.finding import finding_section, spared
from observance.report.input import ReportInput
from observance.report.law import exempt_section, measure_section, records_section
from observance.report.marks import layer_rank
from observance.report.matches import matches_section
from observance.report.pictures import map_section, time_section
from observance.report.summary import summary_section
from observance.report.tracks import tracks_section
from observance.report.tree import Paragraph, Report, Section, Sentence, Text
from observance.report.watch import watch_section

__all__ = ["build_report", "in_order"]


def build_report(given: ReportInput) -> Report:
    """The whole report as a tree.

    Args:
        given: the records of the view; what is not in it cannot be in the report.

    Raises:
        ReportError: naming each sentence that rests on nothing, or each record that is later than the view.
    """
    _check_view(given)
    desk = Desk(given)
    findings = in_order(given.findings)
    parts: list[Section | None] = [
        summary_section(desk, findings),
        how_to_read(desk),
        _findings(desk, findings),
        matches_section(desk),
        exempt_section(desk),
        watch_section(desk),
        gaps_section(desk),
        time_section(desk),
        map_section(desk),
        tracks_section(desk),
        measure_section(desk),
        records_section(desk),
    ]
    annex = annex_section(desk)
    report = Report(
        language=given.language,
        head=head(desk),
        sections=(*(part for part in parts if part), annex, key_section(desk)),
        footnotes=desk.footnotes(),
        rests_on=tuple(sorted({*desk.evidence, *(str(one.sha256) for one in given.lists)})),
        made_by=given.tool,
    )
    check_support(report, given)
    return report


def in_order(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The firmest layer first, what may be exempt after what is not, withdrawn ones last (visible), then by title."""
    return tuple(
        sorted(
            findings,
            key=lambda one: (
                one.current.status == "withdrawn",
                layer_rank(one.current.layer),
                spared(one.current),
                one.current.title,
                one.id,
            ),
        )
    )


def _findings(desk: Desk, findings: tuple[Finding, ...]) -> Section:
    if not findings:
        words = (
            "No finding follows from what this view holds. That is no clearance: it says what was read and held "
            "against the measures, and the gaps say what was not."
        )
        return Section(
            anchor="findings",
            title="Findings",
            blocks=(Paragraph(sentences=(Sentence(parts=(Text(text=words),), basis="structural"),)),),
        )
    return Section(
        anchor="findings",
        title="Findings",
        sections=tuple(finding_section(desk, one, number) for number, one in enumerate(findings, start=1)),
    )


def _check_view(given: ReportInput) -> None:
    """A view as of a day knows nothing published later (points of law: time)."""
    if given.as_of is None:
        return
    from observance.report.days import period

    view = period(given.as_of)
    if view is None:
        raise ReportError(
            "the day of the view does not read", got=given.as_of, expected="an EDTF day", step="give --as-of YYYY-MM-DD"
        )
    later = []
    for observation in given.observations:
        published = period(observation.published)
        if published and published.start > view.end:
            later.append(f"{observation.id}: published {observation.published}")
    if later:
        raise ReportError(
            "the report would show what had not been published by the day of the view",
            where=f"as of {given.as_of}",
            expected="only records published up to that day",
            step="leave them out of the view, or move --as-of",
            faults=tuple(later),
        )
