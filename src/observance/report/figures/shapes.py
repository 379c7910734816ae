"""What a figure shows, as data: the drawing follows from these and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Bar", "Bars", "Mark", "Place", "SmallMap", "TimeLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something on a time line.

    Attributes:
        number: the number in the picture and in the table twin.
        lane: name of the lane.
        start, end: first and last day.
        open_start, open_end: the period goes on before or after.
        modality: gives the shape.
        label: words for the title of the mark.
    """

    number: int
    lane: str
    start: date
    end: date
    modality: str
    label: str
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """Lanes from top to bottom, marks in each."""

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A figure with its lower and upper end; None is open (at least, up to). `how` is the word under its name."""

    label: str
    low: float | None
    high: float | None
    modality: str
    how: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Figures in one unit, one above the other; never added up."""

    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in degrees (WGS 84)."""

    number: int
    label: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMap:
    """Places on a coast line; boundaries are not drawn and nothing is said about them."""

    places: tuple[Place, ...]
