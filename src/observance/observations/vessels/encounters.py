"""Meetings of two ships: runs of contacts, with tows, convoys and two transponders on one hull taken out.

Adrift: at most 500 m apart for 2 h with a median speed below 2 kn, at least 10 km from ports. Under way: at most 200 m
for 3 h below 6 kn, joined and parted on courses that differ. The whole run is tested, never a day of it. Published
encounters lie at a median of 40 m and last 7.3 h in the median (Global Fishing Watch, 11,681 encounters 2012-2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from observance.observations.vessels.parameters import Parameters

__all__ = ["Bins", "Coarse", "Contacts", "judge_contacts", "meet"]

_EARTH_M = 6371008.8
_KNOT = 0.514444
_WINDOW_S = 86400  # how far beside a run the two ships are compared

Array = Any

RIVALS = (
    Rival(
        explanation="tow, tug or escort",
        test="ship types, towing status or dimensions in static messages; movement together beside the run",
    ),
    Rival(
        explanation="waiting or sheltering side by side",
        test="weather and anchorage charts; draughts before and after; other ships waiting near by",
    ),
    Rival(
        explanation="bunkering or supply",
        test="ship types (bunker tanker, supply vessel), duration and draughts before and after",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bins:
    """Slow bins of all segments: segment, bin number, degrees in 1/600,000, tenths of a knot, flags."""

    unit: NDArray[np.int32]
    bin: NDArray[np.int32]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]
    kn: NDArray[np.int16]
    flag: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coarse:
    """Half-hourly positions of all segments, sorted by (segment, bin)."""

    unit: NDArray[np.int32]
    bin: NDArray[np.int32]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]

    def part(self, unit: int, first: int, last: int) -> tuple[Array, Array, Array]:
        """Bins, latitudes and longitudes (degrees) of a segment between two bins, both included."""
        # values of the arrays' own type: otherwise the whole array is converted for each look-up
        a = int(np.searchsorted(self.unit, np.int32(unit), "left"))
        z = int(np.searchsorted(self.unit, np.int32(unit), "right"))
        b = self.bin[a:z]
        i, j = (
            a + int(np.searchsorted(b, np.int32(first), "left")),
            a + int(np.searchsorted(b, np.int32(last), "right")),
        )
        return self.bin[i:j], self.lat[i:j] / UNIT, self.lon[i:j] / UNIT


def distance_m(lat1: Array, lon1: Array, lat2: Array, lon2: Array) -> Array:
    """Great-circle metres, element by element."""
    a, b = np.radians(lat1), np.radians(lat2)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(np.subtract(lon2, lon1)) / 2) ** 2
    return 2 * _EARTH_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))


def course_deg(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Initial course between two points."""
    a, b, dl = np.radians(lat1), np.radians(lat2), np.radians(lon2 - lon1)
    y = np.sin(dl) * np.cos(b)
    return float(np.degrees(np.arctan2(y, np.cos(a) * np.sin(b) - np.sin(a) * np.cos(b) * np.cos(dl))) % 360)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contacts:
    """Two segments near each other in one bin: `a` has the smaller MMSI. Degrees in 1/600,000, speeds in tenths."""

    a: Array
    b: Array
    bin: Array
    far: Array
    kn_a: Array
    kn_b: Array
    flag: Array
    lat_a: Array
    lon_a: Array
    lat_b: Array
    lon_b: Array

    def __len__(self) -> int:
        return len(self.a)

    @classmethod
    def join(cls, parts: list[Contacts]) -> Contacts:
        """Contacts of several buckets."""
        return cls(**{n: np.concatenate([getattr(p, n) for p in parts]) for n in cls.__slots__})

    def take(self, index: Array) -> Contacts:
        """Some of the contacts."""
        return Contacts(**{n: getattr(self, n)[index] for n in self.__slots__})


def meet(bins: Bins, mmsi: Array, parameters: Parameters, home: Array | None = None) -> Contacts:
    """Contacts among slow bins.

    `mmsi` is that of each bin. Of pairs across a bucket's edge only those whose first bin is at `home` are kept, so
    that each is told by one bucket.
    """
    from observance.observations.vessels.pairs import contacts, order_by_bin

    empty = np.zeros(0, np.int64)
    left, right, far = empty, empty, empty.astype(np.float32)
    if len(bins) > 1:
        first = int(bins.bin.min())
        order, offset = order_by_bin(bins.bin, first, int(bins.bin.max()) - first + 1)
        lat, lon = bins.lat / UNIT, bins.lon / UNIT
        room = max(1024, len(bins) // 4)
        while True:
            found, left, right, far = contacts(offset, order, lat, lon, mmsi, bins.flag, parameters.encounter_m, room)
            if found <= room:
                break
            room = found
        if home is not None:
            keep = home[left]
            left, right, far = left[keep], right[keep], far[keep]
    return Contacts(
        a=bins.unit[left], b=bins.unit[right], bin=bins.bin[left], far=far, kn_a=bins.kn[left], kn_b=bins.kn[right],
        flag=bins.flag[left] | bins.flag[right], lat_a=bins.lat[left], lon_a=bins.lon[left],
        lat_b=bins.lat[right], lon_b=bins.lon[right],
    )  # fmt: skip


def judge_contacts(
    found: Contacts,
    bins: Bins,
    coarse: Coarse,
    unit_mmsi: Array,
    parameters: Parameters,
    same_hull: frozenset[tuple[int, int]],
) -> list[Draft]:
    """Encounters from contacts. `same_hull` are pairs of numbers that static messages give one hull."""
    from observance.observations.vessels.pairs import runs

    p = parameters
    if not len(found):
        return []
    found = found.take(np.lexsort((found.bin, found.b, found.a)))
    # two bins are spared here: where the run began and ended between bins is worked out below
    least = max(1, int(np.ceil(min(p.encounter_h, p.underway_h) * 3600 / p.bin_s)) - 2)
    table = runs(found.a, found.b, found.bin, int(p.encounter_merge_h * 3600 / p.bin_s), least)
    lookup = _Lookup(bins)
    out = []
    for first, after in table:
        c = found.take(np.arange(first, after))
        units = int(c.a[0]), int(c.b[0])
        numbers = int(unit_mmsi[units[0]]), int(unit_mmsi[units[1]])
        if (min(numbers), max(numbers)) in same_hull:
            continue
        draft = _judge(c, coarse, lookup, units, numbers, p)
        if draft is not None:
            out.append(draft)
    return out


class _Lookup:
    """The slow bin of a segment at a time."""

    def __init__(self, bins: Bins) -> None:
        self.bins = bins
        self.sorted = bool(np.all(np.diff(bins.unit) >= 0))
        self.order = np.arange(len(bins)) if self.sorted else np.lexsort((bins.bin, bins.unit))
        self.unit = bins.unit if self.sorted else bins.unit[self.order]
        self.bin = bins.bin if self.sorted else bins.bin[self.order]

    def at(self, unit: int, number: int) -> tuple[float, float] | None:
        a = int(np.searchsorted(self.unit, np.int32(unit), "left"))
        z = int(np.searchsorted(self.unit, np.int32(unit), "right"))
        k = a + int(np.searchsorted(self.bin[a:z], np.int32(number), "left"))
        if k >= z or int(self.bin[k]) != number:
            return None
        r = self.order[k]
        return float(self.bins.lat[r]) / UNIT, float(self.bins.lon[r]) / UNIT


def _crossing(lookup: _Lookup, units: tuple[int, int], inside: int, outside: int, limit: float) -> float:
    """Part of a bin, from the last contact towards the bin beside it, at which the distance passes the limit."""
    a0, b0 = lookup.at(units[0], inside), lookup.at(units[1], inside)
    a1, b1 = lookup.at(units[0], outside), lookup.at(units[1], outside)
    if a0 is None or b0 is None or a1 is None or b1 is None:
        return 0.0
    cosine = np.cos(np.radians(a0[0]))

    def apart(q: tuple[float, float], r: tuple[float, float]) -> Array:
        return np.array([(r[0] - q[0]) * 111195.0, ((r[1] - q[1] + 540) % 360 - 180) * 111195.0 * cosine])

    d0, d1 = apart(a0, b0), apart(a1, b1)
    if np.hypot(*d1) <= limit:
        return 0.0
    step = d1 - d0
    # |d0 + f step| = limit
    qa, qb, qc = step @ step, 2 * d0 @ step, d0 @ d0 - limit**2
    root = qb * qb - 4 * qa * qc
    if root < 0 or qa == 0:
        return 0.0
    return float(np.clip((-qb + np.sqrt(root)) / (2 * qa), 0, 1))


def _judge(
    c: Contacts, coarse: Coarse, lookup: _Lookup, units: tuple[int, int], numbers: tuple[int, int], p: Parameters
) -> Draft | None:
    when, far = c.bin, c.far
    speed = 0.5 * (c.kn_a.astype(float) + c.kn_b) / 10
    chosen = _drifting(lookup, units, when, speed, p)
    variant = "drifting"
    if chosen is None:
        chosen = _underway(lookup, units, when, speed, far, p)
        variant = "underway"
    if chosen is None:
        return None
    keep, t0, t1 = chosen
    beside = _beside(coarse, units, t0, t1, p)
    if beside.together_h >= p.companion_h or (variant == "drifting" and beside.towed):
        return None
    if variant == "underway" and not (beside.joined and beside.parted):
        return None
    c, far, speed, when = c.take(keep), far[keep], speed[keep], when[keep]
    middle = len(c) // 2
    median = float(np.median(far))
    tier = next((t for t in p.tiers_m if median <= t), p.tiers_m[-1])
    in_port = bool(np.mean((c.flag & 2) > 0) > 0.5)
    filled = len(when) / max(1, int(when[-1] - when[0]) + 1)
    parts = (
        Part(
            name="distance",
            value=1.0 if median <= 100 else 0.85 if median <= 250 else 0.7,
            reason=f"median distance {median:.0f} m (95 % of published encounters lie within 212 m)",
        ),
        Part(
            name="observed",
            value=round(0.6 + 0.4 * min(1.0, filled), 3),
            reason=f"contact seen in {filled:.0%} of the ten-minute bins of the run",
        ),
        Part(
            name="seen apart",
            value=1.0 if beside.apart_before and beside.apart_after else 0.8,
            reason="the ships were seen apart before and after"
            if beside.apart_before and beside.apart_after
            else "the ships were not seen apart both before and after the run",
        ),
    )
    caveats = ["Being near each other does not show that anything was handed over."]
    if in_port:
        caveats.append("The meeting lies near a port, where ships lie side by side for ordinary reasons.")
    if variant == "underway":
        caveats.append("Both ships were under way; a transfer under way is possible and so is an escort.")
    draught_rivals = RIVALS
    return Draft(
        kind="encounter",
        vessels=tuple(sorted(numbers)),
        t0=round(t0),
        t1=round(t1),
        lat=round(0.5 * (float(c.lat_a[middle]) + float(c.lat_b[middle])) / UNIT, 6),
        lon=round(_middle(float(c.lon_a[middle]) / UNIT, float(c.lon_b[middle]) / UNIT), 6),
        attributes={"variant": variant, "in_port": in_port, "tier_m": tier},
        metrics={
            "hours": round((t1 - t0) / 3600, 3),
            "distance_median_m": round(median, 1),
            "distance_min_m": round(float(far.min()), 1),
            "speed_median_kn": round(float(np.median(speed)), 2),
            "contact_bins": float(len(c)),
        },
        parts=parts,
        caveats=tuple(caveats),
        rivals=draught_rivals,
    )


def _middle(a: float, b: float) -> float:
    return float(((a + ((b - a + 540) % 360 - 180) / 2) + 540) % 360 - 180)


def _span(
    lookup: _Lookup, units: tuple[int, int], when: Array, keep: Array, limit: float, p: Parameters
) -> tuple[float, float]:
    first, last = int(when[keep][0]), int(when[keep][-1])
    t0 = (first - _crossing(lookup, units, first, first - 1, limit)) * p.bin_s
    t1 = (last + _crossing(lookup, units, last, last + 1, limit)) * p.bin_s
    return t0, t1


def _drifting(
    lookup: _Lookup, units: tuple[int, int], when: Array, speed: Array, p: Parameters
) -> tuple[Array, float, float] | None:
    """The whole run where its median speed is low; else the slow part of it, if that alone lasts long enough."""
    keep = np.ones(len(when), bool)
    if float(np.median(speed)) >= p.encounter_kn:
        keep = _longest(when, speed < p.encounter_kn, int(p.encounter_merge_h * 3600 / p.bin_s))
        if not keep.any():
            return None
    t0, t1 = _span(lookup, units, when, keep, p.encounter_m, p)
    return (keep, t0, t1) if t1 - t0 >= p.encounter_h * 3600 else None


def _underway(
    lookup: _Lookup, units: tuple[int, int], when: Array, speed: Array, far: Array, p: Parameters
) -> tuple[Array, float, float] | None:
    keep = _longest(when, (far <= p.underway_m) & (speed < p.underway_kn), int(p.encounter_merge_h * 3600 / p.bin_s))
    if not keep.any():
        return None
    t0, t1 = _span(lookup, units, when, keep, p.underway_m, p)
    return (keep, t0, t1) if t1 - t0 >= p.underway_h * 3600 else None


def _longest(when: Array, good: Array, merge: int) -> Array:
    """Mask of the longest run of good contacts, holes below `merge` bins bridged."""
    index = np.flatnonzero(good)
    keep = np.zeros(len(when), bool)
    if not len(index):
        return keep
    cut = np.flatnonzero(np.diff(when[index]) >= merge) + 1
    groups = np.split(index, cut)
    best = max(groups, key=lambda g: int(when[g[-1]] - when[g[0]]))
    keep[best] = True
    return keep


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beside:
    together_h: float
    joined: bool
    parted: bool
    apart_before: bool
    apart_after: bool
    towed: bool


def _beside(coarse: Coarse, units: tuple[int, int], t0: float, t1: float, p: Parameters) -> _Beside:
    """How the two ships moved beside (and in) the run: together, or from and to different places."""
    low, high = int((t0 - _WINDOW_S) // p.bin_s), int((t1 + _WINDOW_S) // p.bin_s)
    ba, la, loa = coarse.part(units[0], low, high)
    bb, lb, lob = coarse.part(units[1], low, high)
    common, xa, xb = np.intersect1d(ba, bb, assume_unique=True, return_indices=True)
    if not len(common):
        return _Beside(together_h=0, joined=False, parted=False, apart_before=False, apart_after=False, towed=False)
    la, loa, lb, lob = la[xa], loa[xa], lb[xb], lob[xb]
    apart = distance_m(la, loa, lb, lob)
    when = common * p.bin_s
    step = np.diff(when)
    near = (apart[1:] <= p.companion_m) & (apart[:-1] <= p.companion_m) & (step <= 7200)
    fast = (
        np.minimum(distance_m(la[:-1], loa[:-1], la[1:], loa[1:]), distance_m(lb[:-1], lob[:-1], lb[1:], lob[1:]))
        / np.maximum(step, 1)
        > p.companion_kn * _KNOT
    )
    outside = (when[1:] <= t0) | (when[:-1] >= t1)
    # inside a run under way the two move together by definition; outside, or in a run adrift, they should not
    inside_counts = near & fast
    together = float(step[inside_counts & outside].sum()) / 3600
    before, after = when < t0, when > t1
    apart_before = bool(np.any(apart[before] > p.companion_m)) if before.any() else False
    apart_after = bool(np.any(apart[after] > p.companion_m)) if after.any() else False
    within = (when >= t0) & (when <= t1)
    towed = False
    if not apart_before and not apart_after and within.sum() >= 2:
        k = np.flatnonzero(within)
        seconds = float(when[k[-1]] - when[k[0]])
        away = float(distance_m(la[k[0]], loa[k[0]], la[k[-1]], loa[k[-1]]))
        towed = seconds > 0 and away / seconds > 1.3 * _KNOT and float(np.median(apart[within])) > 60
    return _Beside(
        together_h=together,
        joined=_differ(coarse, units, t0 - 5400, t0, p),
        parted=_differ(coarse, units, t1, t1 + 5400, p),
        apart_before=apart_before,
        apart_after=apart_after,
        towed=towed,
    )


def _differ(coarse: Coarse, units: tuple[int, int], t0: float, t1: float, p: Parameters) -> bool:
    """Whether the courses of the two ships over this time differ enough, both seen at both ends of it."""
    courses = []
    for unit in units:
        b, lat, lon = coarse.part(unit, int(np.ceil(t0 / p.bin_s)) - 1, int(t1 // p.bin_s) + 1)
        if len(b) < 2 or (b[-1] - b[0]) * p.bin_s < 1800:
            return False
        courses.append(course_deg(lat[0], lon[0], lat[-1], lon[-1]))
    return abs((courses[0] - courses[1] + 540) % 360 - 180) >= p.underway_course_deg
