"""Words of a page to rows on one baseline; raised figures go to the words that they stand at.

A raised figure is set as a raised figure (U+00B9 and so on), so that the mark of a note never becomes part of a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from observance.evidence.readers.pdf_glyphs import Run

__all__ = ["Row", "join_runs", "rows_of", "segments_of"]

SPLIT = 1.2
_DIGITS = re.compile(r"[0-9]{1,3}(?:[,–-][0-9]{1,3})*|[*†‡§]{1,3}")
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_UNIT = re.compile(r"(?:\b10|\b(?:[kcmµ]?m|ft|km|mi|in))$")


@dataclass(slots=True)
class Row:
    """Words on one baseline."""

    y: float
    size: float
    runs: list[Run] = field(default_factory=list)


def rows_of(runs: list[Run]) -> list[Row]:
    """Words by baseline; raised small figures join the line that they belong to."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: (-run.y, run.x0, run.order)):
        home = next((row for row in reversed(rows[-6:]) if abs(row.y - run.y) <= 0.25 * max(row.size, run.size)), None)
        if home is None:
            rows.append(Row(run.y, run.size, [run]))
        else:
            home.runs.append(run)
            if run.size > home.size:
                home.size, home.y = run.size, run.y
    _lower(rows)
    for row in rows:
        row.runs.sort(key=lambda run: (run.x0, run.order))
    return [row for row in rows if row.runs]


def _lower(rows: list[Row]) -> None:
    """Move raised small figures from the row of their own baseline to the row of the words that they stand at."""
    for index, row in enumerate(rows):
        for run in list(row.runs):
            if len(run.text) > 8 or _touches(run, row, [other for other in row.runs if other is not run]):
                continue
            near = [other for other in rows[max(0, index - 4) : index + 5] if other is not row]
            host = next((other for other in near if _hosts(other, run)), None)
            if host is not None:
                row.runs.remove(run)
                host.runs.append(run)
        if row.runs:
            row.size = max(run.size for run in row.runs)


def _hosts(row: Row, run: Run) -> bool:
    rise = run.y - row.y
    if not 0.05 * row.size < rise < 0.75 * row.size or not _is_small(run.size, row.size, rise):
        return False
    return _touches(run, row, row.runs)


def _is_small(size: float, beside: float, rise: float) -> bool:
    """True for the size of a raised figure: clearly smaller, or a little smaller and clearly raised."""
    return size <= 0.85 * beside or (size <= 0.95 * beside and rise > 0.2 * beside)


def _touches(run: Run, row: Row, others: list[Run]) -> bool:
    """True where a run stands right after a word of the row, or right before its first (the number of a note)."""
    if any(-0.3 * row.size <= run.x0 - other.x1 <= 0.5 * row.size for other in others):
        return True
    first = min((other.x0 for other in others), default=None)
    return first is not None and -0.2 * row.size <= first - run.x1 <= 1.0 * row.size


def join_runs(runs: list[Run], size: float) -> tuple[str, float]:
    """The text of runs on a line, and the width of its first word.

    A raised figure is set as a raised figure (U+00B9 and so on) so that it never becomes part of a number; marks of
    notes are told from units and powers by what stands before them.
    """
    parts: list[str] = []
    first = 0.0
    last: Run | None = None
    base = [run.y for run in runs if run.size > 0.95 * size]
    line_y = base[0] if base else runs[0].y
    for run in runs:
        text = run.text
        rise = run.y - line_y
        raised = rise > 0.05 * size and _is_small(run.size, size, rise) and bool(_DIGITS.fullmatch(text))
        if raised and last is not None:
            text = text.translate(_RAISED)
            if parts and not _UNIT.search(parts[-1]) and run.text[0].isdigit():
                text = "\u2009" + text
        if last is not None:
            gap = run.x0 - last.x1
            if gap > 0.12 * min(size, max(run.size, last.size)) and not raised:
                parts.append(" ")
                if not first:
                    first = last.x1 - runs[0].x0
        parts.append(text)
        last = run
    return "".join(parts), first or (runs[-1].x1 - runs[0].x0)


def segments_of(row: Row) -> list[list[Run]]:
    """The words of a row, cut where the gap is wider than any between words."""
    found = [[row.runs[0]]]
    for run in row.runs[1:]:
        if run.x0 - found[-1][-1].x1 > SPLIT * row.size:
            found.append([run])
        else:
            found[-1].append(run)
    return found
