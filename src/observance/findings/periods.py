"""Days out of EDTF values (ISO 8601-2, level 0 and open intervals): the earliest and the latest day they allow."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

__all__ = ["Bounds", "bounds", "days_apart", "earliest", "latest", "overlap", "words"]

Bounds = tuple[date | None, date | None]

_ONE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]?")


def _one(value: str) -> Bounds:
    found = _ONE.fullmatch(value.strip())
    if not found:
        return None, None
    year, month, day = found.groups()
    try:
        if day:
            only = date(int(year), int(month), int(day))
            return only, only
        if month:
            last = calendar.monthrange(int(year), int(month))[1]
            return date(int(year), int(month), 1), date(int(year), int(month), last)
        return date(int(year), 1, 1), date(int(year), 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        return None, None


@lru_cache(maxsize=65536)
def bounds(value: str | None) -> Bounds:
    """Earliest and latest day; None on a side that is open or not told, both None for a value that does not read."""
    if not value:
        return None, None
    left, slash, right = value.partition("/")
    if not slash:
        return _one(left)
    return _one(left)[0], _one(right)[1]


def earliest(value: str | None) -> date | None:
    """First day that the value allows."""
    return bounds(value)[0]


def latest(value: str | None) -> date | None:
    """Last day that the value allows."""
    return bounds(value)[1]


def overlap(one: Bounds, two: Bounds, slack: int = 0) -> bool:
    """Whether two periods can meet, with `slack` days between them allowed; an open side meets everything."""
    gap = timedelta(days=slack)
    if one[1] is not None and two[0] is not None and one[1] + gap < two[0]:
        return False
    return not (two[1] is not None and one[0] is not None and two[1] + gap < one[0])


def days_apart(one: date | None, two: date | None) -> int | None:
    """Days between two days, None where one of them is not known."""
    return None if one is None or two is None else abs((one - two).days)


_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905  names in order read best as one line
)


def words(value: str) -> str:
    """An EDTF value in plain words: `18 June 2024`, `September 2023`, `since September 2023`."""
    left, slash, right = value.partition("/")
    if slash:
        if right in {"..", ""}:
            return f"since {words(left)}"
        if left in {"..", ""}:
            return f"until {words(right)}"
        return f"between {words(left)} and {words(right)}"
    found = _ONE.fullmatch(left.strip())
    if not found:
        return value
    year, month, day = found.groups()
    if month and not 1 <= int(month) <= 12:
        return value
    if day:
        return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
    return f"{_MONTHS[int(month) - 1]} {year}" if month else year
