"""A row of a user's table, checked cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

__all__ = ["CELL_LIMIT", "Row", "checked", "header_of"]

# Characters of a cell that is used or copied; the longest real cell (a listing's reasons) has about 6,000.
CELL_LIMIT = 32_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the file.

    Attributes:
        number: from 1, header not counted.
        line: physical line where the file has lines.
        cells: column to text; empty where the row could not be read.
        faults: what is wrong with it; a row with cells is still screened.
    """

    number: int
    line: int = 0
    cells: Mapping[str, str]
    faults: tuple[str, ...] = ()


def checked(number: int, line: int, header: list[str], cells: list[str], faults: list[str]) -> Row:
    """A row from its cells; cells above the limit are left empty and told."""
    out = dict.fromkeys(header, "")
    for column, cell in zip(header, cells, strict=False):
        if len(cell) > CELL_LIMIT:
            faults.append(f"column {column!r} holds {len(cell):,} characters (limit {CELL_LIMIT:,}): not used")
        else:
            out[column] = cell
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        faults.append(f"{len(cells)} cells for {len(header)} columns: is a quote or a separator missing?")
    return Row(number=number, line=line, cells=out, faults=tuple(faults))


def header_of(cells: Iterable[str]) -> list[str]:
    """Column names: blanks folded, empty ones numbered, repeated ones told apart."""
    seen: dict[str, int] = {}
    out = []
    for at, cell in enumerate(cells, 1):
        name = " ".join(cell.split())[:200] or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
