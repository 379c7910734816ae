"""Numbers in bare text of several languages: digits with separators, number words, scale words; no dates, no years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Figure", "figures"]

_DIGITS = re.compile(
    r"(?<![\w.])\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|(?<!\w)\d+(?:[.,]\d+)?"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3})+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_AFTER = re.compile(r"[\s\u00a0-]*([^\W\d_]+)")
_BEFORE = re.compile(r"([^\W\d_]+)[\s\u00a0.]*$")
_HUNDRED = 100
_ONES = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "zehn": 10,
    "dix": 10,
    "diez": 10,
    "zwolf": 12,
    "douze": 12,
}
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number and where it stands (characters of the text); `unit` is the folded word after it."""

    value: float
    start: int
    end: int
    unit: str


def _plain(digits: str) -> float:
    """The value of a run of digits: three digits after a separator are thousands, else a decimal part."""
    grouped = _GROUPED.match(digits)
    if grouped:
        whole = re.sub(r"\D", "", grouped.group())
        rest = digits[grouped.end() :]
        return float(whole) + (float("0." + rest[1:]) if len(rest) > 1 else 0.0)
    return float(digits.replace(",", "."))


def _scale(word: str, units: Mapping[str, float]) -> float | None:
    if word in units:
        return units[word]
    for key, value in units.items():
        if not key[0].isascii() and len(key) == 1 and word.startswith(key):
            return value
        if key.endswith("*") and "*" not in key[:-1] and word.startswith(key[:-1]):
            return value
    return None


def _worded(text: str, units: Mapping[str, float]) -> list[Figure]:
    """Number words of English: `forty-six`, `three hundred`, `two thousand five hundred`."""
    found: list[Figure] = []
    total, current, start, end = 0.0, 0.0, -1, -1
    for match in [*_WORD.finditer(text), None]:
        word = match.group() if match else ""
        parts = word.split("-")
        value: float | None = None
        if len(parts) == 2 and parts[0] in _TENS and parts[1] in _ONES:
            value = _TENS[parts[0]] + _ONES[parts[1]]
        elif word in _TENS:
            value = _TENS[word]
        elif word in _ONES:
            value = _ONES[word]
        joined = match is not None and (start < 0 or not text[end : match.start()].strip(" -"))
        if value is not None and joined:
            start = match.start() if start < 0 and match else start
            current += value
            end = match.end() if match else end
        elif start >= 0 and joined and (factor := _scale(word, units)) is not None:
            if factor == _HUNDRED:
                current *= factor
            else:
                total, current = total + current * factor, 0.0
            end = match.end() if match else end
        elif start >= 0:
            found.append(Figure(value=total + current, start=start, end=end, unit=_unit(text, end)))
            total, current, start, end = 0.0, 0.0, -1, -1
            if match is not None and value is not None:
                start, end, current = match.start(), match.end(), value
    return found


def _unit(text: str, end: int) -> str:
    found = _AFTER.match(text, end)
    return found.group(1).rstrip("s") if found else ""


def figures(text: str, units: Mapping[str, float], months: frozenset[str]) -> tuple[Figure, ...]:
    """The figures of a folded text in order, without days of months, years and clock times."""
    found: list[Figure] = []
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        value = _plain(match.group())
        after, before = _AFTER.match(text, end), _BEFORE.search(text[max(0, start - 12) : start])
        word = after.group(1) if after else ""
        if (word in months or (before and before.group(1) in months)) and value <= 31 and "." not in match.group():
            continue
        if 1900 <= value <= 2100 and match.group().isdigit() and len(match.group()) == 4:
            continue
        scale = _scale(word, units) if after and after.start(1) - end <= 2 else None
        if scale is not None and after:
            end = after.end(1)
            value *= scale
        found.append(Figure(value=round(value, 4), start=start, end=end, unit=_unit(text, end)))
    worded = [f for f in _worded(text, units) if not any(f.start < g.end and g.start < f.end for g in found)]
    return tuple(sorted((*found, *worded), key=lambda f: f.start))
