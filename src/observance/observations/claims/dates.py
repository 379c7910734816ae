"""Time words to EDTF: value, precision, anchor, span; what cannot be resolved stays unresolved.

A value is `2024`, `2024-03`, `2024-03-28`, an interval `a/b` or an open one `a/..` (EDTF level 1, ISO 8601-2). A
relative expression is counted from the day of publication, the anchor. A month or a day of a month without a year is
taken from the year named just before in the paragraph, if one is, else it is the last one before publication (a day
up to 60 days ahead, or one in a clause of the future, is the next one). A weekday is the last one before or on the
day of publication. "Last week" is the calendar week before, Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass, replace

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_M = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_D = r"(?:[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?:19|20)\d\d"
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_W = "|".join([*_DAYS, "Mon.", "Tues.", "Wed.", "Thurs.", "Fri."]).replace(".", r"\.")
_NUMBER = {
    w: n
    for n, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1}
_N = r"(?:\d{1,3}|" + "|".join(_NUMBER) + ")"
_UNIT = r"(?:day|week|month|year)s?"
_SEASON = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_PART = r"early|mid|late|the\ end\ of|the\ beginning\ of|the\ start\ of|the\ middle\ of"
# "may" is a month after a word of time only
_MAY = "|".join(
    rf"(?<={lead}\ )May" for lead in ("[Ii]n", "[Ss]ince", "[Bb]y", "[Ll]ast", "of", "[Bb]etween", "and", "[Ff]rom")
)
_NO_YEAR = r"barrels|tons|tonnes|containers|shells|soldiers|troops|workers|people"
_ONE = rf"""
    (?P<iso>{_Y}-[01]\d-[0-3]\d)
  | (?P<mdy_m>{_M})\ (?P<mdy_d>{_D}),?\ (?P<mdy_y>{_Y})\b
  | (?:the\ )?(?P<dmy_d>{_D})\ (?:of\ (?:\S\ of\ )?)?(?P<dmy_m>{_M}),?\ (?P<dmy_y>{_Y})\b
  | (?:(?P<part>{_PART})[\ -]\ ?)?(?P<my_m>{_M}),?\ (?:of\ )?(?P<my_y>{_Y})\b
  | (?P<md_m>{_M})\ (?P<md_d>{_D})(?![\d,]*\d|\ (?:percent|per|million|barrels|tons))\b
  | (?:the\ )?(?P<dm_d>{_D})\ (?:of\ )?(?:\S\ ?of\ )?(?:this\ )?(?P<dm_m>{_M})\b
  | (?:(?P<part2>{_PART})[\ -]\ ?)?(?P<last_m>last\ |this\ |next\ |past\ )?
    (?P<m>January|February|March|April|{_MAY}|June|July|August|September|October|November|December
      |Sept\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.|Aug\.)(?!\w)(?P<of_m>\ (?:of\ )?(?:last|this)\ year)?
  | (?P<quarter>the\ (?:first|second|third|fourth)\ (?:quarter|half)\ of\ (?:{_Y}|this\ year|last\ year))
  | (?:(?P<part3>{_PART})[\ -]\ ?)?(?P<y>(?<![\d,.$-]){_Y}(?![\d,]*\d|-\w|\ (?:{_NO_YEAR})))
  | (?P<ord>the\ \d{{1,2}}(?:st|nd|rd|th))
    (?!\ (?:century|anniversary|session|floor|parallel|time|year|day|round|paragraph))\b
"""
_RELATIVE = rf"""
    (?P<today>today|this\ (?:morning|afternoon|evening)|tonight)\b
  | (?P<yesterday>yesterday|last\ night|the\ (?:previous|preceding)\ day|the\ day\ before)(?!\ yesterday)\b
  | (?P<tomorrow>tomorrow)\b
  | (?:(?P<wd_rel>last|next|this|the\ (?:previous|following))\ )?(?P<wd>{_W})(?!\w)
  | (?P<span_rel>last|this|next|the\ (?:last|past|previous|coming|following)|earlier\ this|later\ this)[ ]
    (?P<span_n>{_N}\ )?
    (?P<span_u>week|month|year|weekend|{_UNIT}|quarter|spring|summer|autumn|fall|winter)\b
  | (?P<ago_n>{_N}|several|a\ few|some)\ (?P<ago_u>{_UNIT})\ (?P<ago>ago|earlier|before\ that)\b
  | (?P<after_n>a|one|two|three|four|five|six)\ (?P<after_u>day|week|month|year)s?\ (?P<after>after|before)\b
  | (?P<eoy>(?:before|by)\ the\ end\ of\ (?:the|this)\ year)\b
  | (?P<vague>in\ recent\ (?:years|months|weeks|days)|recently|in\ the\ past)\b
"""
_ANY = re.compile(_ONE + "|(?i:" + _RELATIVE + ")", re.VERBOSE)
_BETWEEN = re.compile(
    rf"""\b(?:[Bb]etween|[Ff]rom)\s(?:the\s)?(?P<a>[\w.,]{{1,12}}(?:[\ -][\w.,]{{1,10}}){{0,3}}?)-?\s
    (?:and|to|until|through|till)\s(?:the\s)?
    (?P<b>(?:early|mid|late)?[-\ ]?(?:{_D}\ {_M}|{_M}\ {_D}(?!\d)|{_M}|{_Y})\b\.?,?(?:\ {_Y}\b)?)(?![\w,]*\d)""",
    re.VERBOSE,
)
_PARTS = re.compile(
    rf"""(?:(?P<part>early|mid|late)[\ -]?\ ?)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\ ?)?(?P<m>{_M})?
    (?:\ (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?,?(?:\ ?(?P<y>{_Y}))?$""",
    re.VERBOSE,
)
_LEAD = re.compile(
    r"""(?:\b(?P<since>[Ss]ince|[Ff]rom|[Ss]tarting|[Bb]eginning|as\ of|[Ss]ince\ at\ least)
    |\b(?P<until>[Uu]ntil|[Tt]ill|[Bb]efore|[Uu]p\ to|[Bb]y|[Pp]rior\ to)|\b(?P<after>[Aa]fter))
    (?:\ (?:in|on|late|early|mid|the\ end\ of|at\ least
      |(?:(?:their|his|its|the|a|that|her|last|first|\w+'s)\ ){0,3}(?:meeting|summit|visit|talks|trip)(?:\ in\ \w+)?))?
    \s?$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time expression at `[start, end)` of the parsed text; `value` empty: stays unresolved."""

    start: int
    end: int
    value: str
    precision: str
    anchor: str | None = None
    lead: str = ""
    counted: str = ""


def month_number(word: str) -> int:
    """1 to 12 for a month's name or its short form."""
    low = word.lower().rstrip(".")[:3]
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(low))


def published_day(published: str) -> dt.date | None:
    """The day to count from: a month or year of publication counts from its end."""
    parts = [int(p) for p in re.findall(r"\d+", published)[:3]]
    try:
        if len(parts) >= 3:
            return dt.date(parts[0], parts[1], parts[2])
        if len(parts) == 2:
            return dt.date(parts[0], parts[1], monthrange(parts[0], parts[1])[1])
        if len(parts) == 1:
            return dt.date(parts[0], 12, 31)
    except ValueError:
        return None
    return None


def times(text: str, published: str) -> list[Time]:
    """All time expressions of a paragraph, in order, without overlaps."""
    day = published_day(published)
    out: list[Time] = []
    for found in _BETWEEN.finditer(text):
        made = _between(found, day)
        if made:
            out.append(made)
    year: int | None = None
    year_at = 0
    for found in _ANY.finditer(text):
        if any(t.start < found.end() and found.start() < t.end for t in out):
            named = re.search(_Y, found.group(0))
            year, year_at = (int(named.group(0)), found.start()) if named else (year, year_at)
            continue
        if year is not None and found.start() - year_at > 200:
            year = None  # a year named far before holds no longer
        made = _one(found, day, year, text)
        if made is None:
            continue
        named = re.search(rf"\b{_Y}\b", found.group(0))
        lead_in = _LEAD.search(text, max(0, made.start - 48), made.start)
        if named and not lead_in:  # "since 2019" names a beginning, not the year that is told of
            year, year_at = int(named.group(0)), found.start()
        lead = _LEAD.search(text, max(0, made.start - 48), made.start)
        if lead and made.value and "/" not in made.value:
            kind = next(k for k in ("since", "until", "after") if lead[k])
            if kind == "since":
                made = replace(made, start=lead.start(), value=f"{made.value}/..", precision="interval", lead="since")
            else:
                made = replace(made, lead=kind)
        elif lead and lead["since"] and made.value:
            made = replace(made, value=f"{made.value.split('/')[0]}/..", precision="interval", lead="since")
        out.append(made)
    out.sort(key=lambda t: t.start)
    return _share_years(text, out)


def _share_years(text: str, found: list[Time]) -> list[Time]:
    """As in "July 3 and July 28, 2017": the year at the end holds for the whole row; so do "January and February"."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        between = text[here.end : after.start]
        if between.strip() in {"and", ",", "or", ", and", "to", "-"} and len(between) < 8:
            if (
                here.precision == "day"
                and after.precision == "day"
                and re.search(rf"\b{_Y}$", text[after.start : after.end])
                and not re.search(_Y, text[here.start : here.end])
            ):
                out[i] = replace(here, value=after.value[:4] + here.value[4:], anchor=None)
            elif (
                here.precision == after.precision == "month"
                and re.search(rf"\b{_Y}$", text[after.start : after.end])
                and not re.search(_Y, text[here.start : here.end])
            ):
                low = after.value[:4] + here.value[4:]
                if low < after.value:
                    row = replace(here, end=after.end, value=f"{low}/{after.value}", precision="interval", anchor=None)
                    out[i : i + 2] = [row]
            elif here.precision == after.precision == "month" and between.strip() == "and" and here.value < after.value:
                out[i : i + 2] = [
                    Time(
                        start=here.start,
                        end=after.end,
                        value=f"{here.value}/{after.value}",
                        precision="interval",
                        anchor=here.anchor,
                        lead=here.lead,
                    )
                ]
    return out


def _between(found: re.Match[str], day: dt.date | None) -> Time | None:
    first, last = _PARTS.match(found["a"].strip(" ,-")), _PARTS.match(found["b"].strip(" ,."))
    if not first or not last or not (last["m"] or last["y"]):
        return None
    if not (first["m"] or first["y"] or first["d1"] or first["part"]):
        return None
    month_b = month_number(last["m"]) if last["m"] else None
    month_a = month_number(first["m"]) if first["m"] else month_b if (first["d1"] or first["part"]) else None
    year_b = int(last["y"]) if last["y"] else None
    anchor = None
    if year_b is None:
        if day is None or month_b is None:
            return None
        year_b = day.year if (month_b, 1) <= (day.month, day.day) else day.year - 1
        anchor = day.isoformat()
    year_a = (
        int(first["y"]) if first["y"] else year_b if not (month_a and month_b and month_a > month_b) else year_b - 1
    )
    low = _value(
        year_a, month_a, first["d1"] or first["d2"], {"early": 1, "mid": 11, "late": 21}.get(first["part"] or "")
    )
    ends = {"early": 10, "mid": 20, "late": monthrange(year_b, month_b)[1] if month_b else 31}
    high = _value(year_b, month_b, last["d1"] or last["d2"], ends.get(last["part"] or ""))
    if not low or not high:
        return None
    return Time(start=found.start(), end=found.end(), value=f"{low}/{high}", precision="interval", anchor=anchor)


def _value(year: int, month: int | None, day: str | None, part: int | None) -> str:
    if month is None:
        return f"{year:04d}"
    number = int(re.sub(r"\D", "", day)) if day else part
    if number is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= number <= monthrange(year, month)[1]:
        return ""
    return f"{year:04d}-{month:02d}-{number:02d}"


def _one(found: re.Match[str], day: dt.date | None, year: int | None, text: str) -> Time | None:
    g = found.groupdict()
    anchor = day.isoformat() if day else None
    value, precision = "", "unresolved"
    start, end = found.span()
    counted = ""
    if g["iso"]:
        value, precision, anchor = g["iso"], "day", None
    elif g["mdy_m"] or g["dmy_m"]:
        m, d, y = (g["mdy_m"], g["mdy_d"], g["mdy_y"]) if g["mdy_m"] else (g["dmy_m"], g["dmy_d"], g["dmy_y"])
        value, precision, anchor = _value(int(y), month_number(m), d, None), "day", None
    elif g["my_m"]:
        value, precision, anchor = f"{g['my_y']}-{month_number(g['my_m']):02d}", "month", None
    elif g["md_m"] or g["dm_m"]:
        m, d = (g["md_m"], g["md_d"]) if g["md_m"] else (g["dm_m"], g["dm_d"])
        value, precision = _month_day(month_number(m), int(re.sub(r"\D", "", d)), day, year), "day"
    elif g["m"]:
        if g["of_m"] and day is not None:
            value, precision = f"{day.year - ('last' in g['of_m']):04d}-{month_number(g['m']):02d}", "month"
        else:
            value, precision = _month(month_number(g["m"]), day, year, g["last_m"] or "", _future(text, start)), "month"
    elif g["quarter"]:
        value, precision = _quarter(g["quarter"], day), "interval"
    elif g["y"]:
        value, precision, anchor = g["y"], "year", None
    elif g["ord"]:
        value, precision = _ordinal(int(re.sub(r"\D", "", g["ord"])), day), "day"
    elif day is None:
        return None
    elif g["eoy"]:
        value, precision = f"{day.year:04d}-{day.month:02d}/{day.year:04d}-12", "interval"
    elif g["today"]:
        value, precision = day.isoformat(), "day"
    elif g["yesterday"]:
        value, precision = (day - dt.timedelta(1)).isoformat(), "day"
    elif g["tomorrow"]:
        value, precision = (day + dt.timedelta(1)).isoformat(), "day"
    elif g["wd"]:
        value, precision = _weekday(g["wd"], (g["wd_rel"] or "").lower(), day, _future(text, start)), "day"
    elif g["span_u"]:
        value, precision = _span(g["span_rel"].lower(), (g["span_n"] or "").lower(), g["span_u"].lower(), day)
    elif g["ago"]:
        value, precision = _ago(g["ago_n"].lower(), g["ago_u"].lower(), day)
    elif g["after"]:
        n = _NUMBER.get(g["after_n"].lower(), 1)
        step = {"day": 1, "week": 7, "month": 30, "year": 365}[g["after_u"].lower().rstrip("s")] * n
        counted = g["after"].lower()
        made = day - dt.timedelta(step) if counted == "after" else day + dt.timedelta(step)
        value, precision = (made.isoformat(), "day") if g["after_u"].startswith("day") else ("", "unresolved")
    if precision != "unresolved" and not value:
        return None
    return Time(start=start, end=end, value=value, precision=precision, anchor=anchor, counted=counted)


def _future(text: str, at: int) -> bool:
    before = re.split(r"[.?!;] ", text[max(0, at - 60) : at])[-1]
    before = re.sub(r"\b(?:was|were|had been) (?:scheduled|expected|due|set|going)\b", "", before)  # a plan of the past
    return bool(
        re.search(
            r"\b(?:will|'ll|shall|next|plans? to|is to|are to|scheduled|expect(?:ed|s)? to|due to|set to|going to"
            r"|intends? to|invited\b.* to|planned for|upcoming)\b",
            before,
        )
    )


def _month(month: int, day: dt.date | None, year: int | None, rel: str, future: bool) -> str:
    if day is None:
        return f"{year:04d}-{month:02d}" if year else ""
    if rel.strip() == "next" or (future and not rel):
        y = day.year if month >= day.month else day.year + 1
    elif year and year < day.year and not rel:
        y = year
    else:
        y = day.year if month <= day.month else day.year - 1
    return f"{y:04d}-{month:02d}"


def _month_day(month: int, number: int, day: dt.date | None, year: int | None) -> str:
    if day is None or (year and year < day.year):
        return _value(year, month, str(number), None) if year else ""
    best = ""
    for y in (day.year - 1, day.year, day.year + 1):
        value = _value(y, month, str(number), None)
        if value and (dt.date.fromisoformat(value) - day).days <= 60:
            best = value
    return best


def _ordinal(number: int, day: dt.date | None) -> str:
    if day is None or not 1 <= number <= 31:
        return ""
    year, month = day.year, day.month
    for _ in range(3):
        value = _value(year, month, str(number), None)
        if value and value <= day.isoformat():
            return value
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return ""


def _weekday(word: str, rel: str, day: dt.date, future: bool) -> str:
    index = next(i for i, name in enumerate(_DAYS) if name.lower().startswith(word.lower().rstrip(".")[:3]))
    back = (day.weekday() - index) % 7
    if rel == "next" or (future and rel != "last"):
        return (day + dt.timedelta((index - day.weekday()) % 7 or 7)).isoformat()
    if rel in {"last", "the previous"}:
        back = back or 7
    return (day - dt.timedelta(back)).isoformat()


def _shift(day: dt.date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _span(rel: str, number: str | None, unit: str, day: dt.date) -> tuple[str, str]:
    unit = unit.rstrip("s") if unit != "this" else unit
    many = _NUMBER.get((number or "").strip(), int(number) if number and number.strip().isdigit() else 0)
    back = (
        -1
        if rel in {"last", "the last", "the past", "the previous"}
        else 1
        if rel in {"next", "the coming", "the following"}
        else 0
    )
    if many:
        if unit == "year":
            return f"{day.year - many:04d}-{day.month:02d}/{day.year:04d}-{day.month:02d}", "interval"
        if unit == "month":
            y, m = _shift(day, -many)
            return f"{y:04d}-{m:02d}/{day.year:04d}-{day.month:02d}", "interval"
        days = many * (7 if unit == "week" else 1)
        return f"{(day - dt.timedelta(days)).isoformat()}/{day.isoformat()}", "interval"
    if unit in _SEASON:
        low, high = _SEASON[unit]
        y = day.year if (back >= 0 or (low, 28) < (day.month - 2, day.day)) else day.year - 1
        return f"{y:04d}-{low:02d}/{y if high > low else y + 1:04d}-{high:02d}", "interval"
    if unit in {"week", "weekend"}:
        monday = day - dt.timedelta(day.weekday()) + dt.timedelta(7 * back)
        first = monday + dt.timedelta(5 if unit == "weekend" else 0)
        if unit == "weekend" and back == 0 and day.weekday() < 5 and rel.startswith(("this", "earlier")):
            first = monday + dt.timedelta(5)
        return f"{first.isoformat()}/{(monday + dt.timedelta(6)).isoformat()}", "interval"
    if unit == "month":
        if rel in {"the last", "the past"}:
            y, m = _shift(day, -1)
            return f"{y:04d}-{m:02d}/{day.year:04d}-{day.month:02d}", "interval"
        y, m = _shift(day, back)
        return f"{y:04d}-{m:02d}", "month"
    if unit == "year":
        if rel in {"the last", "the past"}:
            return f"{day.year - 1:04d}-{day.month:02d}/{day.year:04d}-{day.month:02d}", "interval"
        return f"{day.year + back:04d}", "year"
    return "", "unresolved"


def _ago(number: str, unit: str, day: dt.date) -> tuple[str, str]:
    many = _NUMBER.get(number, int(number) if number.isdigit() else 0)
    if not many:
        return "", "unresolved"
    unit = unit.rstrip("s")
    if unit == "day":
        return (day - dt.timedelta(many)).isoformat(), "day"
    if unit == "week":
        monday = day - dt.timedelta(day.weekday() + 7 * many)
        return f"{monday.isoformat()}/{(monday + dt.timedelta(6)).isoformat()}", "interval"
    if unit == "month":
        y, m = _shift(day, -many)
        return f"{y:04d}-{m:02d}", "month"
    return f"{day.year - many:04d}", "year"


def _quarter(words: str, day: dt.date | None) -> str:
    named = re.search(_Y, words)
    if named:
        year = int(named.group(0))
    elif day:
        year = day.year - ("last" in words)
    else:
        return ""
    size = 3 if "quarter" in words else 6
    n = next(v for k, v in _ORDER.items() if k in words)
    return f"{year:04d}-{size * (n - 1) + 1:02d}/{year:04d}-{min(12, size * n):02d}"
