"""Words of a page to lines in reading order: rows, columns, ruled and unruled tables.

Columns are found by white space: a gutter of about one em that no word crosses, over several rows with text on both
sides (the XY-cut of Nagy and Seth). Tables by their rules, or by rows of short cells that share edges. What is neither
is one column, top to bottom.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from observance.evidence.readers.pdf_glyphs import PageContent, Run

__all__ = ["Grid", "Line", "find_gutters", "join_runs", "lay_out", "rows_of", "segments_of"]

GUTTER = 0.9
SPLIT = 1.2
_DIGITS = re.compile(r"[0-9]{1,3}(?:[,–-][0-9]{1,3})*|[*†‡§]{1,3}")
_RAISED = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_UNIT = re.compile(r"(?:\b10|\b(?:[kcmµ]?m|ft|km|mi|in))$")


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


@dataclass(slots=True)
class Grid:
    """A table: rows of cells as read."""

    rows: list[list[str]]
    header: bool
    ruled: bool


@dataclass(slots=True)
class Row:
    """Words on one baseline."""

    y: float
    size: float
    runs: list[Run] = field(default_factory=list)


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
    grids, rest = _ruled_tables(content, upright)
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
        count, grid = _unruled_table(rows[at:])
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


def _unruled_table(rows: list[Row]) -> tuple[int, Grid | None]:
    """A table at the top of rows: at least three rows of short cells that share their edges."""
    cut: list[list[list[Run]]] = []
    for row in rows:
        segments = segments_of(row)
        if len(segments) < 2:
            break
        cut.append(segments)
    if len(cut) < 3:
        return 0, None
    wide = max(len(segments) for segments in cut)
    letters = [sum(len(run.text) + 1 for run in segment) for segments in cut for segment in segments]
    if sum(letters) / len(letters) > (30 if wide >= 3 else 22):
        return 0, None
    edges = _edges([(segment[0].x0, segment[-1].x1) for segments in cut for segment in segments])
    if len(edges) < 2 or len(edges) > 30:
        return 0, None
    # Labels of a list ("(a)", "1.") before running text are no column.
    if len(edges) == 2 and all(len(join_runs(segments[0], 10)[0]) <= 4 for segments in cut):
        return 0, None
    # Narrow columns of running text fill their width; cells do not.
    spans = [(segment[0].x0, segment[-1].x1) for segments in cut for segment in segments]
    if sum(x1 - x0 for x0, x1 in spans) > 0.85 * sum(x1 - x0 for x0, x1 in edges) * len(cut):
        return 0, None
    if not _is_aligned(cut, edges):
        return 0, None
    table: list[list[str]] = []
    for row, segments in zip(rows, cut, strict=False):
        cells = [""] * len(edges)
        for segment in segments:
            place = next(i for i, (x0, x1) in enumerate(edges) if segment[0].x0 <= x1 and segment[-1].x1 >= x0)
            text = join_runs(segment, row.size)[0]
            cells[place] = f"{cells[place]} {text}".strip()
        table.append(cells)
    header = all(table[0]) and (all(run.bold for run in rows[0].runs) or not re.search(r"\d", " ".join(table[0])))
    return len(cut), Grid(table, header, ruled=False)


def _is_aligned(cut: list[list[list[Run]]], edges: list[tuple[float, float]]) -> bool:
    """Cells of a column share an edge. Justified text has wide gaps as well, at places that differ from row to row.

    The right edge alone speaks for a column only where it holds figures: every line of justified text ends there.
    """
    size = cut[0][0][0].size
    for index, (left, right) in enumerate(edges):
        if index == 0:
            continue
        cells = [
            segment for segments in cut for segment in segments if segment[0].x0 <= right and segment[-1].x1 >= left
        ]
        starts = sorted(segment[0].x0 for segment in cells)
        ends = sorted(segment[-1].x1 for segment in cells)
        figures = sum(any(char.isdigit() for run in segment for char in run.text) for segment in cells)
        centres = sorted((segment[0].x0 + segment[-1].x1) / 2 for segment in cells)
        if _tight(starts, size) or (figures > 0.6 * len(cells) and _tight(ends, size)) or _tight(centres, size):
            continue
        return False
    return True


def _tight(places: list[float], size: float) -> bool:
    """True where most of the places lie within half an em."""
    keep = max(2, round(0.7 * len(places)))
    return any(places[at + keep - 1] - places[at] <= 0.5 * size for at in range(len(places) - keep + 1))


def _edges(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[list[float]] = []
    for x0, x1 in sorted(spans):
        if merged and x0 <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], x1)
        else:
            merged.append([x0, x1])
    return [(x0, x1) for x0, x1 in merged]


def _ruled_tables(content: PageContent, runs: list[Run]) -> tuple[list[tuple[float, float, Grid]], list[Run]]:
    """Tables drawn with rules: (top, bottom, grid) of each, and the words outside them."""
    across = [rule for rule in content.rules if rule[3] - rule[1] < 1.0 and rule[2] - rule[0] > 8]
    down = [rule for rule in content.rules if rule[2] - rule[0] < 1.0 and rule[3] - rule[1] > 5]
    if len(across) < 3 or len(down) < 2 or len(across) + len(down) > 6000:
        return [], runs
    found: list[tuple[float, float, Grid]] = []
    rest = runs
    for group in _connected(across, down):
        sides = [rule for rule in group if rule[2] - rule[0] < 1.0]
        xs = _places([rule[0] for rule in sides])
        ys = _places([rule[1] for rule in group if rule[3] - rule[1] < 1.0])[::-1]
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > 20_000:
            continue
        inside = [run for run in rest if xs[0] - 2 <= run.x0 <= xs[-1] + 2 and ys[-1] - 2 <= run.y <= ys[0] + 2]
        grid = _fill(xs, ys, inside, sides)
        if grid is None:
            continue
        chosen = set(map(id, inside))
        rest = [run for run in rest if id(run) not in chosen]
        found.append((ys[0], ys[-1], grid))
    return found, rest


def _connected(
    across: list[tuple[float, float, float, float]], down: list[tuple[float, float, float, float]]
) -> list[list[tuple[float, float, float, float]]]:
    """Rules that touch each other, by bands of the page that vertical rules cover."""
    bands: list[list[float]] = []
    for rule in sorted(down, key=lambda rule: rule[1]):
        if bands and rule[1] <= bands[-1][1] + 3:
            bands[-1][1] = max(bands[-1][1], rule[3])
        else:
            bands.append([rule[1], rule[3]])
    groups = []
    for low, high in bands:
        sides = [rule for rule in down if low - 3 <= rule[1] <= high + 3]
        left, right = min(rule[0] for rule in sides), max(rule[0] for rule in sides)
        level = [
            rule for rule in across if low - 3 <= rule[1] <= high + 3 and rule[0] <= right + 3 and rule[2] >= left - 3
        ]
        groups.append([*sides, *level])
    return groups


def _places(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found


def _fill(
    xs: list[float], ys: list[float], runs: list[Run], sides: list[tuple[float, float, float, float]]
) -> Grid | None:
    """Words into cells. Where no rule parts two columns in a row, the cell reaches over both."""
    rows, columns = len(ys) - 1, len(xs) - 1
    cells: dict[tuple[int, int], list[Run]] = {}
    upward = [-y for y in ys]
    for run in runs:
        column = min(max(bisect_right(xs, (run.x0 + min(run.x1, run.x0 + 4)) / 2) - 1, 0), columns - 1)
        row = min(max(bisect_right(upward, -(run.y + run.size * 0.3)) - 1, 0), rows - 1)
        middle = (ys[row] + ys[row + 1]) / 2
        while column and not any(
            abs(rule[0] - xs[column]) <= 3 and rule[1] - 2 <= middle <= rule[3] + 2 for rule in sides
        ):
            column -= 1
        cells.setdefault((row, column), []).append(run)
    used_rows = sorted({row for row, _ in cells})
    used_columns = sorted({column for _, column in cells})
    if len(used_rows) < 2 or len(used_columns) < 2 or len(cells) < 0.4 * len(used_rows) * len(used_columns):
        return None
    longest = max(sum(len(run.text) + 1 for run in part) for part in cells.values())
    if longest > 2500:
        return None
    table = []
    for row in used_rows:
        line = []
        for column in used_columns:
            part = rows_of(cells.get((row, column), []))
            line.append(" ".join(join_runs(inner.runs, inner.size)[0] for inner in part))
        table.append(line)
    top = [run for column in used_columns for run in cells.get((used_rows[0], column), [])]
    header = all(table[0]) and (all(run.bold for run in top) or not re.search(r"\d", " ".join(table[0])))
    return Grid(table, header, ruled=True)
