"""Confidence of a finding, with its parts; never a number, and never in one sentence with a likelihood (ICD 203)."""

from __future__ import annotations

from collections.abc import Sequence

from observance.findings.case import EXAMINED, RECORDS, Case
from observance.findings.sketch import Sketch
from observance.findings.wording import states
from observance.model import Confidence, Origin

__all__ = ["confidence_of"]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def confidence_of(
    case: Case, rows: Sequence[Sketch], origins: Sequence[Origin], contradicting: Sequence[str]
) -> Confidence:
    """High with an examined official record, moderate with other examined evidence, low with statements alone."""
    kinds = {kind for row in rows if (kind := case.evidence_type(row)) in EXAMINED}
    level = "high" if kinds & RECORDS else "moderate" if kinds else "low"
    governments = sorted({state for origin in origins for state in origin.states})
    outlets = {link.name for row in rows for link in row.observation.chain[:1]}
    independent = _count(len(origins), "independent origin reports", "independent origins report")
    behind = _count(len(governments), "government stands", "governments stand")
    parts = [
        ("origins", f"{independent} it; outlets are not counted"),
        (
            "governments",
            f"{behind} behind them ({states(case, governments)})"
            if governments
            else "no government stands behind them",
        ),
        (
            "evidence",
            "examined: " + ", ".join(sorted(kind.replace("_", " ") for kind in kinds))
            if kinds
            else f"statements only, read in {_count(len(outlets), 'publisher', 'publishers')}: no document, image, "
            "track or object was examined, so it stays below assessed",
        ),
    ]
    groups = [origin for origin in origins if len(origin.states) > 1]
    if groups:
        parts.append(("circle", "officials of several States who speak as one group are one origin"))
    if contradicting:
        parts.append(("contradiction", "denied; the denial stands beside the finding and lowers no count"))
    if case.regime.warning:
        parts.append(("law", case.regime.warning))
    return Confidence(level=level, parts=tuple(parts))
