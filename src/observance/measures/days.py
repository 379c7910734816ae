"""Days of any precision as closed intervals of day numbers.

A date is an interval [first, last] of proleptic Gregorian day numbers (`date.toordinal`). Two kinds must be told
apart. An *uncertain day* is one day somewhere inside ("in August"): where a rule changes inside the interval nothing
can be said. A *stretch* is an activity that lasted ("from April to October"): a part of it lies on either side.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["STRETCH_DAYS", "Days", "parse_day", "parse_days"]

# A range up to a month is an imprecise day ("late January"), a longer one an activity that lasted.
STRETCH_DAYS = 31

_PART = re.compile(r"(\d{4})(?:-(Q[1-4]|3[3-6]|\d{2})(?:-(\d{2}))?)?[?~%]?")


@dataclass(frozen=True, slots=True)
class Days:
    """A closed interval of days.

    Attributes:
        first, last: day numbers; `last` is at least `first`.
        precision: day, month, quarter, year, range.
        open_end: the interval has no end of its own ("since September").
    """

    first: int
    last: int
    precision: str
    open_end: bool = False

    @property
    def stretch(self) -> bool:
        """Whether it is an activity that lasted, and not one day somewhere inside."""
        return self.open_end or (self.precision == "range" and self.last - self.first > STRETCH_DAYS)

    @property
    def edtf(self) -> str:
        """As EDTF, for display."""
        first = date.fromordinal(self.first).isoformat()
        if self.open_end:
            return f"{first}/.."
        return first if self.first == self.last else f"{first}/{date.fromordinal(self.last).isoformat()}"


def parse_days(text: str, precision: str | None = None, *, until: date | None = None) -> Days:
    """The days of an EDTF date: `2017`, `2017-08`, `2017-08-06`, `2017-Q3`, `a/b`, `a/..`.

    Args:
        text: the date.
        precision: id of `date_precision` where it is told; otherwise it follows from the form.
        until: end of an open interval; its beginning where left out.

    Raises:
        ValueError: no such date.
    """
    first, slash, last = text.strip().partition("/")
    start, end, told = _bounds(first)
    if not slash:
        return Days(start, end, precision or told)
    if last in {"..", ""}:
        return Days(start, max(start, until.toordinal()) if until else end, "range", open_end=True)
    _, end, _ = _bounds(last)
    if end < start:
        raise ValueError(f"{text!r} ends before it begins")
    return Days(start, end, precision or "range")


def parse_day(text: object) -> date | None:
    """A single day from a date or ISO text, None where it is neither."""
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(str(text).strip()[:10])
    except ValueError:
        return None


def _bounds(text: str) -> tuple[int, int, str]:
    match = _PART.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no date of the forms 2017, 2017-08, 2017-08-06, 2017-Q3")
    year, middle, day = int(match[1]), match[2], match[3]
    if middle is None:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), "year"
    quarter = int(middle[1]) if middle.startswith("Q") else int(middle) - 32 if int(middle) > 32 else 0
    if quarter and day is None:
        month = quarter * 3 - 2
        after = date(year, month + 2, monthrange(year, month + 2)[1])
        return date(year, month, 1).toordinal(), after.toordinal(), "quarter"
    if quarter:
        raise ValueError(f"{text!r} is no date")
    month = int(middle)
    if day is not None:
        number = date(year, month, int(day)).toordinal()
        return number, number, "day"
    start = date(year, month, 1)
    return start.toordinal(), (start + timedelta(days=monthrange(year, month)[1] - 1)).toordinal(), "month"
