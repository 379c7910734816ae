"""Tables of a page: by the rules that are drawn, or by rows of short cells that share their edges."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from observance.evidence.readers.pdf_glyphs import PageContent, Run
from observance.evidence.readers.pdf_rows import Row, join_runs, rows_of, segments_of

__all__ = ["Grid", "ruled_tables", "unruled_table"]


@dataclass(slots=True)
class Grid:
    """A table: rows of cells as read."""

    rows: list[list[str]]
    header: bool
    ruled: bool


def unruled_table(rows: list[Row]) -> tuple[int, Grid | None]:
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


def ruled_tables(content: PageContent, runs: list[Run]) -> tuple[list[tuple[float, float, Grid]], list[Run]]:
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
