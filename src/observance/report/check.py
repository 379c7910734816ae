"""A report with a sentence that rests on nothing does not build (S/2006/997, para. 21).

Rules:
- `supported` sentences and rows of tables need an observation, judgement, pack record, evidence hash or list version
  that the input holds;
- `review` sentences (gaps, steps, replies, dissent, recommendations) may also rest on a finding or a decision;
- `structural` sentences rest on nothing and must not pretend to: they carry no supports.
"""

from __future__ import annotations

from collections.abc import Iterator

from observance.errors import ReportError
from observance.report.input import ReportInput
from observance.report.tree import (
    Bullets,
    Callout,
    Figure,
    Paragraph,
    Report,
    Row,
    Section,
    Sentence,
    Support,
    Table,
    plain,
)

__all__ = ["check_support", "known_supports"]


def known_supports(given: ReportInput) -> frozenset[tuple[str, str]]:
    """Everything that the input holds, as (kind, id)."""
    known: set[tuple[str, str]] = set()
    known.update(("observation", one.id) for one in given.observations)
    known.update(("judgement", one.id) for one in given.judgements)
    known.update(("evidence", one.sha256) for one in given.evidence)
    known.update(("finding", one.id) for one in given.findings)
    known.update(("decision", one.id) for one in given.decisions)
    known.update(("list", f"{one.list_id}@{one.date}") for one in given.lists)
    known.update(("record", str(one.id)) for one in given.measures)
    known.update(("record", one.id) for one in given.exemptions)
    known.update(("record", one.id) for one in given.records)
    return frozenset(known)


def check_support(report: Report, given: ReportInput) -> None:
    """Walk the tree; every sentence must rest on what the input holds.

    Raises:
        ReportError: with every sentence that rests on nothing, and where it stands.
    """
    known = known_supports(given)
    faults: list[str] = []
    for where, sentence in _sentences(report):
        fault = _fault(sentence.words, sentence.supports, sentence.basis, known)
        if fault:
            faults.append(f"{where}: {fault}")
    for where, row in _rows(report):
        words = " | ".join(plain(line) for cell in row.cells for line in cell.lines)
        fault = _fault(words, row.supports, "review", known)
        if fault:
            faults.append(f"{where}: {fault}")
    if faults:
        raise ReportError(
            "a sentence of the report rests on nothing",
            where=faults[0].split(": ", 1)[0],
            expected="an observation, judgement, pack record or evidence hash behind every sentence",
            step="cite what the sentence rests on, or leave it out",
            faults=tuple(faults),
        )


def _fault(words: str, supports: tuple[Support, ...], basis: str, known: frozenset[tuple[str, str]]) -> str:
    if basis == "structural":
        return f"“{words}” is marked as structural and carries supports" if supports else ""
    if not supports:
        return f"“{words}” rests on nothing"
    for support in supports:
        if (support.kind, support.id) not in known:
            return f"“{words}” rests on {support.kind} {support.id!r}, which the file does not hold"
        if basis == "supported" and support.kind in {"finding", "decision"}:
            return f"“{words}” rests on a {support.kind}: a statement about the world needs what the {support.kind} saw"
    return ""


def _walk(sections: tuple[Section, ...], path: str = "") -> Iterator[tuple[str, Section]]:
    for section in sections:
        here = f"{path} > {section.title}" if path else section.title
        yield here, section
        yield from _walk(section.sections, here)


def _sentences(report: Report) -> Iterator[tuple[str, Sentence]]:
    for callout in report.head.callouts:
        yield from (("head", sentence) for sentence in callout.sentences)
    for where, section in _walk(report.sections):
        for block in section.blocks:
            match block:
                case Paragraph(sentences=found) | Callout(sentences=found) | Bullets(items=found):
                    yield from ((where, sentence) for sentence in found)
                case _:
                    continue


def _rows(report: Report) -> Iterator[tuple[str, Row]]:
    for where, section in _walk(report.sections):
        for block in section.blocks:
            table = block.twin if isinstance(block, Figure) else block
            if isinstance(table, Table) and not table.structural:
                yield from ((f"{where}, table {table.caption!r}", row) for row in table.rows)
