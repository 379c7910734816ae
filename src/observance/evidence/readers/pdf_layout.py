"""Words of a page to lines in reading order: rows, columns, ruled and unruled tables.

Columns are found by white space: a gutter of about one em that no word crosses, over several rows with text on both
sides (the XY-cut of Nagy and Seth). Tables by their rules, or by rows of short cells that share edges. What is neither
is one column, top to bottom.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from observance.evidence.readers.pdf_glyphs import PageContent, Run
from observance.evidence.readers.pdf_rows import Row, join_runs, rows_of
from observance.evidence.readers.pdf_tables import Grid, ruled_tables, unruled_table

__all__ = ["Line", "find_gutters", "lay_out"]

GUTTER = 0.9


@dataclass(slots=True)
class Line:
    """A line of text within its column."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    artifact: bool
    left: float
    right: float
    first: float
    group: int = 0
    grid: Grid | None = None
    turned: bool = False
    justified: bool = False


def find_gutters(content: PageContent) -> list[float]:
    """Places of the gutters that a page shows clearly; on other pages of the file they stand for short columns too."""
    rows = rows_of([run for run in content.runs if not run.turned])
    found: list[float] = []
    pending = [(rows, 0)]
    while pending:
        part, depth = pending.pop()
        gutter = _gutter(part, []) if depth < 4 else None
        if gutter is None:
            continue
        first, last, x = gutter
        found.append(x)
        pending.append((part[last:], depth + 1))
        for side in (0, 1):
            inner = [
                Row(row.y, row.size, [run for run in row.runs if (run.x0 > x) == bool(side)])
                for row in part[first:last]
            ]
            pending.append(([row for row in inner if row.runs], depth + 1))
    return found


def lay_out(content: PageContent, known: list[float]) -> list[Line]:
    """Lines of a page in reading order. A table is one line that holds its grid. `known`: gutters of other pages."""
    upright = [run for run in content.runs if not run.turned]
    turned = [run for run in content.runs if run.turned]
    grids, rest = ruled_tables(content, upright)
    rows = rows_of(rest)
    lines: list[Line] = []
    counter = [0]
    _cut(rows, lines, counter, 0, known)
    for top, bottom, grid in grids:
        at = next((i for i, line in enumerate(lines) if line.y < top and not _beside(line, bottom)), len(lines))
        counter[0] += 1
        lines.insert(at, Line("", 0, 0, top, 0, False, False, 0, 0, 0, counter[0], grid))
    counter[0] += 1
    if turned:
        text = " ".join(run.text for run in turned)
        lines.append(Line(text, 0, 0, 0, turned[0].size, False, True, 0, 0, 0, counter[0], None, True))
    return lines


def _beside(line: Line, bottom: float) -> bool:
    """Lines between top and bottom of a table stand beside it and come first."""
    return line.y > bottom


def _cut(rows: list[Row], lines: list[Line], counter: list[int], depth: int, known: list[float]) -> None:
    """Add the lines of rows, column by column."""
    if not rows:
        return
    gutter = _gutter(rows, known) if depth < 4 else None
    if gutter is None:
        counter[0] += 1
        _column(rows, lines, counter)
        return
    first, last, x = _trim(rows, *gutter)
    _cut(rows[:first], lines, counter, depth + 1, known)
    zone = rows[first:last]
    for side in (0, 1):
        part = [Row(row.y, row.size, [run for run in row.runs if (run.x0 > x) == bool(side)]) for row in zone]
        part = [row for row in part if row.runs]
        for row in part:
            row.size = max(run.size for run in row.runs)
        _cut(part, lines, counter, depth + 1, known)
    _cut(rows[last:], lines, counter, depth + 1, known)


def _gutter(rows: list[Row], known: list[float]) -> tuple[int, int, float] | None:
    """The rows `[first, last)` and the place of the best gutter, or None."""
    if len(rows) < 4 and not known:
        return None
    best: tuple[int, tuple[int, int, float]] | None = None
    gaps = [_gaps(row) for row in rows]
    for x in dict.fromkeys([*known[:6], *_candidates(rows)]):
        start = None
        for index in range(len(rows) + 1):
            clear = index < len(rows) and (
                _clear(gaps[index], x) or (start is not None and _bridges(rows, gaps, start, index, x))
            )
            if clear and start is None:
                start = index
            elif not clear and start is not None:
                zone = rows[start:index]
                worth = _worth(zone, x, is_known=any(abs(x - place) <= 3 for place in known))
                if worth and (best is None or worth > best[0]):
                    best = (worth, (start, index, x))
                start = None
    return best[1] if best else None


def _trim(rows: list[Row], first: int, last: int, x: float) -> tuple[int, int, float]:
    """Leave out headings above or below the columns that are too short to reach over the gutter.

    They are up to three rows on the left side alone, set off from the columns by more than the usual distance.
    """
    zone = rows[first:last]
    steps = sorted(one.y - two.y for one, two in pairwise(zone))
    usual = max(steps[len(steps) // 2] if steps else 0.0, zone[0].size)
    for count in (1, 2, 3):
        head, tail = zone[:count], zone[-count:]
        if count + 2 > last - first:
            break
        if all(_left_only(row, x) for row in head) and head[-1].y - zone[count].y > 1.6 * usual:
            first = rows.index(zone[count])
        if all(_left_only(row, x) for row in tail) and zone[-count - 1].y - tail[0].y > 1.6 * usual:
            last = rows.index(tail[0])
    return first, last, x


def _left_only(row: Row, x: float) -> bool:
    return all(run.x1 < x for run in row.runs)


def _gaps(row: Row) -> list[tuple[float, float]]:
    """Where a gutter may run through a row: its wide gaps, and what is left and right of its words."""
    half = GUTTER / 2 * row.size
    found = [(float("-inf"), row.runs[0].x0 - half)]
    reach = row.runs[0].x1
    for run in row.runs[1:]:
        if reach + half <= run.x0 - half:
            found.append((reach + half, run.x0 - half))
        reach = max(reach, run.x1)
    found.append((reach + half, float("inf")))
    return found


def _clear(gaps: list[tuple[float, float]], x: float) -> bool:
    return any(low <= x <= high for low, high in gaps)


def _bridges(rows: list[Row], gaps: list[list[tuple[float, float]]], start: int, index: int, x: float) -> bool:
    """True for a row whose last word on the left reaches into the gutter while the right column starts at its edge."""
    edge = min((run.x0 for row in rows[start:index] for run in row.runs if run.x0 > x), default=None)
    if edge is None or not _clear(gaps[index - 1], x):
        return False
    after = rows[index + 1] if index + 1 < len(rows) else None
    if after is None or not _clear(gaps[index + 1], x) or _left_only(after, x):
        return False
    runs = rows[index].runs
    return any(abs(two.x0 - edge) <= 2 and one.x1 < two.x0 for one, two in pairwise(runs))


def _worth(zone: list[Row], x: float, *, is_known: bool) -> int:
    """Rows of a zone that show two columns of running text; 0 where it is a list, a table or one column."""
    left = [[run for run in row.runs if run.x1 < x] for row in zone]
    right = [[run for run in row.runs if run.x0 > x] for row in zone]
    lefts, rights = [runs for runs in left if runs], [runs for runs in right if runs]
    if is_known and lefts and rights and min(_mean_letters(lefts), _mean_letters(rights)) >= 14:
        return len(lefts) + len(rights)
    if len(lefts) < 3 or len(rights) < 3:
        return 0
    letters = min(_mean_letters(lefts), _mean_letters(rights))
    fill = min(_fill_of(lefts), _fill_of(rights))
    if letters < 8 or (letters < 14 and (fill < 0.7 or len(lefts) + len(rights) < 12)):
        return 0
    # Cells of a table share their baselines and leave room; lines of a column fill it.
    level = sum(1 for one, two in zip(left, right, strict=True) if one and two) / min(len(lefts), len(rights))
    if fill < 0.5 and level > 0.8 and letters < 30:
        return 0
    both = [row.y for row, runs in zip(zone, left, strict=True) if runs]
    other = [row.y for row, runs in zip(zone, right, strict=True) if runs]
    # The columns stand side by side, not one below the other.
    shared = min(max(both), max(other)) - max(min(both), min(other))
    if shared < 0.3 * (max(zone[0].y - zone[-1].y, 1.0)):
        return 0
    return len(lefts) + len(rights)


def _mean_letters(rows: list[list[Run]]) -> float:
    return sum(sum(len(run.text) + 1 for run in runs) for runs in rows) / len(rows)


def _fill_of(rows: list[list[Run]]) -> float:
    """How much of the width of their column the rows fill, on average."""
    left, right = min(runs[0].x0 for runs in rows), max(runs[-1].x1 for runs in rows)
    return sum(runs[-1].x1 - runs[0].x0 for runs in rows) / len(rows) / max(right - left, 1.0)


def _candidates(rows: list[Row]) -> list[float]:
    places: Counter[int] = Counter()
    for row in rows:
        runs = row.runs
        for one, two in pairwise(runs):
            if two.x0 - one.x1 >= GUTTER * row.size:
                places[round((one.x1 + two.x0) / 4) * 2] += 1
    # Columns with baselines of their own show no gap in any row: look where few rows have ink.
    lefts, rights = min(run.x0 for row in rows for run in row.runs), max(run.x1 for row in rows for run in row.runs)
    steps: Counter[int] = Counter()
    for row in rows:
        for run in row.runs:
            steps[int(run.x0)] += 1
            steps[int(run.x1) + 1] -= 1
    level, ink = 0, dict[int, int]()
    for x in range(int(lefts), min(int(rights) + 2, int(lefts) + 5000)):
        level += steps[x]
        ink[x] = level
    width = rights - lefts
    low = range(int(lefts + 0.15 * width), int(rights - 0.15 * width))
    empty = [x for x in low if ink.get(x, 0) <= 0.15 * len(rows)]
    start = None
    for x, after in zip(empty, [*empty[1:], -1], strict=False):
        start = x if start is None else start
        if after != x + 1:
            if x - start >= 6:
                places[round((start + x) / 4) * 2] += len(rows)
            start = None
    return [float(x) for x, _ in places.most_common(24)]


def _column(rows: list[Row], lines: list[Line], counter: list[int]) -> None:
    at = 0
    left, right = min(row.runs[0].x0 for row in rows), max(row.runs[-1].x1 for row in rows)
    full = [abs(row.runs[0].x0 - left) < 1.0 and abs(row.runs[-1].x1 - right) < 1.0 for row in rows]
    justified = sum(full) > 0.4 * len(rows)
    while at < len(rows):
        count, grid = unruled_table(rows[at:])
        # In a narrow justified column a few lines of three long words look like a table.
        if grid is not None and justified and count < 6 and all(full[at : at + count]):
            grid = None
        if grid is not None:
            counter[0] += 1
            lines.append(Line("", 0, 0, rows[at].y, 0, False, False, 0, 0, 0, counter[0], grid))
            counter[0] += 1
            at += count
            continue
        lines.append(_line(rows[at], counter[0]))
        at += 1
    group = [line for line in lines if line.group == counter[0] and line.grid is None]
    if group:
        left = min(line.x0 for line in group)
        edges = sorted(line.x1 for line in group)
        # Ragged lines end before the margin; the second widest is near it, the widest may stick out. Justified ones end
        # at the same place, all but the last of each paragraph.
        right = edges[-2] if len(edges) >= 4 else edges[-1]
        common, often = Counter(round(edge) for edge in edges).most_common(1)[0]
        at_common = [edge for edge in edges if abs(edge - common) < 1.0]
        justified = len(edges) > 1 and (often > 0.3 * len(edges) and len(at_common) > 0.4 * len(edges))
        if justified:
            right = at_common[len(at_common) // 2]
        for line in group:
            line.left, line.right, line.justified = left, right, justified


def _line(row: Row, group: int) -> Line:
    words, first = join_runs(row.runs, row.size)
    main = [run for run in row.runs if run.size > 0.85 * row.size] or row.runs
    return Line(
        text=words,
        x0=row.runs[0].x0,
        x1=max(run.x1 for run in row.runs),
        y=row.y,
        size=row.size,
        bold=all(run.bold for run in main),
        artifact=all(run.artifact for run in row.runs),
        left=row.runs[0].x0,
        right=row.runs[-1].x1,
        first=first,
        group=group,
    )
