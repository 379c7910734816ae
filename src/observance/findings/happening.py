"""The event record of a group: its type, sides, goods, period, grounds and one line for a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from observance.findings.case import Case
from observance.findings.events import Grouping
from observance.findings.periods import bounds, words
from observance.findings.sketch import Sketch
from observance.findings.wording import act_noun, and_list, sides
from observance.model import Event, EventDate, content_id

__all__ = ["event_of", "period_of", "period_words"]


def period_of(rows: Iterable[Sketch]) -> EventDate | None:
    """The period that the dated rows span: from the earliest start, open where one of them is open at the end."""
    dates = [row.observation.date for row in rows if row.observation.date and row.observation.date.value]
    known = [(date, bounds(date.value)) for date in dates if bounds(date.value) != (None, None)]
    if not known:
        return None
    values = {date.value for date, _ in known}
    if len(values) == 1:
        only = min((date for date, _ in known), key=lambda d: (d.inferred, d.precision))
        return EventDate(value=only.value, precision=only.precision, inferred=all(d.inferred for d, _ in known))
    starts = sorted((limits[0], date.value.partition("/")[0]) for date, limits in known if limits[0])
    left = starts[0][1] if starts else ".."
    open_end = any(limits[1] is None for _, limits in known)
    ends = sorted((limits[1], date.value.rpartition("/")[2]) for date, limits in known if limits[1])
    right = ".." if open_end or not ends else ends[-1][1]
    inferred = all(date.inferred for date, _ in known)
    return EventDate(value=f"{left}/{right}", precision="range", inferred=inferred)


def period_words(date: EventDate | None) -> str:
    """` since September 2023`, ` on 17 May 2022`, ` in March 2024`, or nothing."""
    if date is None or not date.value:
        return ""
    text = words(date.value)
    if "/" in date.value:
        return f" {text}"
    return f" {'on' if date.value.count('-') == 2 else 'in'} {text}"


def _most(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v)) if counts else ""


def _happened(case: Case, rows: Sequence[Sketch], between: str) -> str:
    """The noun phrase of the happening with its sides; a match with a list tells of a listing and of no movement."""
    if all(row.observation.kind == "match" for row in rows):
        return f"listing of {and_list(sorted({one.name for row in rows for one in row.observation.participants}))}"
    return act_noun(case, _most(row.family for row in rows), rows) + between


def event_of(case: Case, grouping: Grouping, lead: Sequence[Sketch] = ()) -> Event:
    """The record of a group; `lead` are the rows that say best what it is (default: all)."""
    rows = grouping.members
    best = list(lead) or list(rows)
    givers = sorted({side for row in rows for side in row.givers})
    takers = sorted({side for row in rows for side in row.takers})
    ids = {row.id for row in rows}
    others = sorted(
        {side for row in rows for side in row.open if side not in {*givers, *takers}}
        | {name for row in rows for name in row.identities}
    )
    date = period_of(best) or period_of(rows)
    event_type = _most(row.observation.event_type for row in best)
    label = _happened(case, best, sides(case, givers, takers, others, rows)) + period_words(date)
    keys = sorted((row.evidence, row.observation.key, row.observation.event_type, row.id) for row in rows)
    return Event(
        id=content_id("evt", keys),
        event_type=event_type,
        act=_most(row.observation.act for row in best if row.observation.act) or None,
        supplier=tuple(givers),
        recipient=tuple(takers),
        parties=tuple(others),
        items=tuple(sorted({item.token for row in rows for item in row.observation.items if item.token})),
        date=date,
        observations=tuple(sorted(ids)),
        contradicting=tuple(sorted({key for denial in case.denials_on(ids) for key in denial.observations})),
        grounds=grouping.grounds,
        label=label[:1].upper() + label[1:],
    )
