"""Precision and recall over thresholds, on the user's own labelled pairs.

A file of pairs has the columns `name1`, `name2`, `match` (yes or no), and where the kind matters `schema` (person,
entity, vessel). Precision is the share of alerts that are right, recall the share of true pairs that alert, F1
their harmonic mean. The threshold with the best F1 on these pairs is optimistic for others: keep some pairs apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from observance.errors import FormatError
from observance.observations.screening.sources import read_rows, resolve_columns

__all__ = ["Calibration", "Pair", "Point", "calibrate", "read_pairs"]

_YES = {"1", "true", "yes", "y", "match", "t"}
_NO = {"0", "false", "no", "n", "no match", "nomatch", "f"}
_SCHEMAS = {
    "person": "Person",
    "entity": "Organization",
    "organization": "Organization",
    "company": "Company",
    "vessel": "Vessel",
    "ship": "Vessel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A labelled pair."""

    one: str
    two: str
    match: bool
    schema: str = "LegalEntity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Figures at one threshold."""

    threshold: float
    found: int
    missed: int
    false: int

    @property
    def precision(self) -> float:
        """Right alerts over all alerts; 1 where there is none."""
        return self.found / (self.found + self.false) if self.found + self.false else 1.0

    @property
    def recall(self) -> float:
        """True pairs found over all true pairs."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Figures over all thresholds, for `pairs` pairs of which `matching` match; `default` is the engine's threshold."""

    points: tuple[Point, ...]
    pairs: int
    matching: int
    default: float

    @property
    def best(self) -> Point:
        """The threshold with the best F1; of equal ones the highest, which alerts least."""
        return max(self.points, key=lambda point: (round(point.f1, 6), point.threshold))

    def at(self, threshold: float) -> Point:
        """The point nearest to a threshold."""
        return min(self.points, key=lambda point: abs(point.threshold - threshold))

    def lines(self) -> list[str]:
        """The table as text, each twentieth of a point and the two that matter."""
        marked = {self.best.threshold: "best F1", self.at(self.default).threshold: "default"}
        if self.best.threshold == self.at(self.default).threshold:
            marked = {self.best.threshold: "default, best F1"}
        out = [
            f"{self.pairs} pairs, {self.matching} match",
            "threshold  precision  recall    F1   found  missed  false alerts",
        ]
        for point in self.points:
            if round(point.threshold * 100) % 5 and point.threshold not in marked:
                continue
            out.append(
                f"{point.threshold:9.2f}  {point.precision:9.3f}  {point.recall:6.3f}  {point.f1:.3f}  {point.found:5}"
                f"  {point.missed:6}  {point.false:12}  {marked.get(point.threshold, '')}".rstrip()
            )
        return out

    def plain(self) -> dict[str, object]:
        """The table as plain values."""
        return {
            "pairs": self.pairs,
            "matching": self.matching,
            "default_threshold": self.default,
            "best_threshold": self.best.threshold,
            "points": [
                {
                    "threshold": point.threshold,
                    "precision": round(point.precision, 4),
                    "recall": round(point.recall, 4),
                    "f1": round(point.f1, 4),
                    "found": point.found,
                    "missed": point.missed,
                    "false_alerts": point.false,
                }
                for point in self.points
            ],
        }


def read_pairs(data: bytes, *, name: str) -> tuple[Pair, ...]:
    """The pairs of a table.

    Raises:
        FormatError: a label that is neither yes nor no, or no pairs at all.
        UsageError: the columns are not there.
    """
    with TemporaryDirectory() as folder:
        # The readers of user tables work on files, for the sake of their size.
        path = Path(folder) / (Path(name).name or "pairs.csv")
        path.write_bytes(data)
        rows = list(read_rows(path))
    if not rows:
        raise FormatError("no pairs", where=name, expected="columns name1, name2, match")
    columns = rows[0].cells
    label = next((column for column in columns if column.casefold() in {"match", "is_match", "label"}), "match")
    found = resolve_columns({"name": "name1", "other": "name2", "match": label}, columns)
    schema = next((column for column in columns if column.casefold() in {"schema", "kind"}), None)
    pairs, faults = [], []
    for row in rows:
        given = row.cells.get(found["match"], "").strip().casefold()
        if given not in _YES | _NO:
            faults.append(f"row {row.number}: match is {given[:20]!r}")
            continue
        written = row.cells.get(schema, "").strip() if schema else ""
        pairs.append(
            Pair(
                one=row.cells[found["name"]],
                two=row.cells[found["other"]],
                match=given in _YES,
                schema=_SCHEMAS.get(written.casefold(), written or "LegalEntity"),
            )
        )
    if faults:
        raise FormatError("labels must be yes or no", where=name, faults=tuple(faults[:20]), expected="yes, no, 1, 0")
    return tuple(pairs)


def calibrate(pairs: Sequence[Pair]) -> Calibration:
    """Score every pair with the engine's default settings and count at each threshold."""
    from observance.observations.matches import Parameters, compare

    scored = [(compare(pair.schema, pair.one, pair.two).score, pair.match) for pair in pairs]
    points = []
    for step in range(101):
        threshold = step / 100
        found = sum(match and score >= threshold for score, match in scored)
        false = sum(not match and score >= threshold for score, match in scored)
        missed = sum(match for _score, match in scored) - found
        points.append(Point(threshold=threshold, found=found, missed=missed, false=false))
    return Calibration(
        points=tuple(points),
        pairs=len(pairs),
        matching=sum(pair.match for pair in pairs),
        default=Parameters().threshold,
    )
