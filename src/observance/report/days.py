"""Dates in EDTF as first and last day, and as words. Only the forms that observations use."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

__all__ = ["Period", "period", "weekday"]

_ONE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """First and last day, both included; an open side holds the nearest known day."""

    start: date
    end: date
    open_start: bool = False
    open_end: bool = False


def period(value: str | None) -> Period | None:
    """`2024`, `2024-03`, `2024-03-28`, `a/b`, `a/..` or `../b`; None for anything else."""
    if not value:
        return None
    first, slash, last = value.partition("/")
    if not slash:
        bounds = _bounds(first)
        return Period(start=bounds[0], end=bounds[1]) if bounds else None
    left, right = _bounds(first), _bounds(last)
    open_start, open_end = first in {"", ".."}, last in {"", ".."}
    if left and right and left[0] <= right[1]:
        return Period(start=left[0], end=right[1])
    if left and open_end:
        return Period(start=left[0], end=left[1], open_end=True)
    if right and open_start:
        return Period(start=right[0], end=right[1], open_start=True)
    return None


def weekday(value: str) -> str:
    """The weekday of a single day, empty for anything coarser."""
    found = _ONE.fullmatch(value)
    if not found or not found[3]:
        return ""
    bounds = _bounds(value)
    return bounds[0].strftime("%A") if bounds else ""


def _bounds(value: str) -> tuple[date, date] | None:
    found = _ONE.fullmatch(value)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        return None
