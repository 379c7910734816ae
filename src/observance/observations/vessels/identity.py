"""Who a ship says it is: changes, conflicts, impossible numbers and flag hopping, from static messages and tracks.

A value counts only after `held` messages in a row (garbled text is common). A change needs continuity: the same valid
IMO number on both sides, or a track that goes on (at most 1 km and 60 days between the two). IMO 0 is "not given".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.encounters import distance_m
from observance.observations.vessels.events import Draft, Part, Rival
from observance.observations.vessels.identifiers import imo_valid, ship_numbers
from observance.observations.vessels.jumps import in_turn

if TYPE_CHECKING:
    from observance.observations.vessels.columns import StaticMessages
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.parameters import Parameters

__all__ = ["Ends", "Held", "Ship", "find_identity", "read_ships", "same_hulls"]

Locate = Callable[[int, int], tuple[float, float] | None]
Continues = Callable[[int, int, int], bool | None]

_SHORT_S = 7200
_SIZE_M = 5.0  # two hulls differ by more than entries of one hull do

CHANGE_RIVALS = (
    Rival(explanation="an ordinary sale or reflagging", test="registry and IMO records of the date"),
    Rival(explanation="a correction of wrong entries", test="what the registry had before; size of the change"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A value that was sent at least `held` times in a row, from the first to the last of these messages."""

    value: Any
    t0: int
    t1: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ship:
    """What one MMSI said of itself: held values by field, in the order of time."""

    mmsi: int
    imo: tuple[Held, ...]
    name: tuple[Held, ...]
    callsign: tuple[Held, ...]
    size: tuple[Held, ...]
    draught: tuple[Held, ...]
    imo_times: tuple[tuple[int, Any], ...] = ()

    def imo_at(self, ts: int) -> int:
        """The IMO number held at, or nearest before, a time (0 = none)."""
        best = 0
        for h in self.imo:
            if h.t0 <= ts or best == 0:
                best = h.value
        return best


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ends:
    """First and last position of every number: the ends at which one number may take over from another.

    `last_north` and `last_east` are degrees a second over the last quarter of an hour or more.
    """

    mmsi: Any
    first_ts: Any
    first_lat: Any
    first_lon: Any
    last_ts: Any
    last_lat: Any
    last_lon: Any
    last_north: Any
    last_east: Any
    last_in_port: Any


def read_ships(static: StaticMessages, parameters: Parameters) -> dict[int, Ship]:
    """Held values of every ship number in static messages; repeated deliveries of one message count once."""
    p = parameters
    order = np.lexsort((static.row, static.ts, static.mmsi))
    order = order[ship_numbers(static.mmsi[order])]
    s = static.take(order)
    ships: dict[int, Ship] = {}
    if not len(s):
        return ships
    cut = np.flatnonzero(np.diff(s.mmsi)) + 1
    for a, z in zip([0, *cut.tolist()], [*cut.tolist(), len(s)], strict=True):
        rows = _once(s, a, z)
        ts = [int(t) for t in s.ts[rows]]
        sizes = [(float(x), float(y)) if x > 0 else None for x, y in zip(s.length[rows], s.width[rows], strict=True)]
        imos = [int(x) or None for x in s.imo[rows]]
        by_imo: dict[int, list[int]] = {}
        for t, x in zip(ts, imos, strict=True):
            if x:
                by_imo.setdefault(x, []).append(t)
        ships[int(s.mmsi[a])] = Ship(
            mmsi=int(s.mmsi[a]),
            imo=_held(ts, imos, p.held),
            name=_held(ts, [_key(x) for x in s.name[rows]], p.held),
            callsign=_held(ts, [_key(x) for x in s.callsign[rows]], p.held),
            size=_held(ts, sizes, p.held),
            draught=_held(ts, [round(float(x), 1) or None for x in s.draught[rows]], p.held),
            imo_times=tuple((k, np.array(v)) for k, v in sorted(by_imo.items()) if len(v) >= p.held),
        )
    return ships


def _once(s: StaticMessages, a: int, z: int) -> list[int]:
    """Rows without deliveries of the same message again (same content within 30 seconds)."""
    kept: list[int] = []
    for i in range(a, z):
        for j in reversed(kept[-4:]):
            if (
                s.ts[i] - s.ts[j] <= 30
                and s.imo[i] == s.imo[j]
                and s.name[i] == s.name[j]
                and s.callsign[i] == s.callsign[j]
                and s.draught[i] == s.draught[j]
                and s.length[i] == s.length[j]
            ):
                break
        else:
            kept.append(i)
    return kept


def _key(text: str) -> str | None:
    """Letters and digits only, so that a stop or a blank makes no new name."""
    return re.sub(r"[^0-9A-Z]", "", text) or None


def _held(ts: list[int], values: Iterable[Any], least: int) -> tuple[Held, ...]:
    runs: list[list[Any]] = []
    for t, x in zip(ts, values, strict=True):
        if x is None:
            continue
        if runs and runs[-1][0] == x:
            runs[-1][2], runs[-1][3] = t, runs[-1][3] + 1
        else:
            runs.append([x, t, t, 1])
    out: list[Held] = []
    for value, t0, t1, count in runs:
        if count < least:
            continue
        if out and out[-1].value == value:
            out[-1] = Held(value=value, t0=out[-1].t0, t1=t1, count=out[-1].count + count)
        else:
            out.append(Held(value=value, t0=t0, t1=t1, count=count))
    return tuple(out)


def same_hulls(ships: dict[int, Ship]) -> frozenset[tuple[int, int]]:
    """Pairs of numbers that at one time give one valid IMO number, or one name and size: a hull with two sets."""
    by: dict[Any, list[tuple[int, int, int]]] = {}
    for ship in ships.values():
        for h in ship.imo:
            if imo_valid(h.value):
                by.setdefault(("imo", h.value), []).append((ship.mmsi, h.t0, h.t1))
        for n in ship.name:
            for size in ship.size:
                low, high = max(n.t0, size.t0), min(n.t1, size.t1)
                if low <= high:
                    by.setdefault(("name", n.value, size.value), []).append((ship.mmsi, low, high))
    return frozenset(
        (a[0], b[0])
        for group in by.values()
        for a in group
        for b in group
        if a[0] < b[0] and max(a[1], b[1]) <= min(a[2], b[2])
    )


def find_identity(
    ships: dict[int, Ship],
    ends: Ends,
    context: Context,
    parameters: Parameters,
    *,
    locate: Locate,
    continues: Continues,
    conflicts: list[tuple[int, int, int]],
) -> list[Draft]:
    """Identity events.

    Args:
        ships: what the numbers said of themselves.
        ends: first and last positions.
        context: States of prefixes.
        parameters: thresholds.
        locate: position of a number at a time, None where it is not known.
        continues: whether the track of a number goes on between two times (None: no positions).
        conflicts: (mmsi, t0, t1) of numbers used by two hulls; their values alternate without any ship changing.
    """
    p = parameters
    out: list[Draft] = []
    for ship in ships.values():
        out += _invalid(ship, locate)
        mine = [(a, z) for m, a, z in conflicts if m == ship.mmsi]
        for name, held in (
            ("imo", ship.imo),
            ("name", ship.name),
            ("callsign", ship.callsign),
            ("dimensions", ship.size),
        ):
            out += _changes(ship, name, held, mine, p, locate=locate, continues=continues)
    by_imo: dict[int, dict[int, Any]] = {}
    for ship in ships.values():
        for imo, times in ship.imo_times:
            if imo_valid(imo):
                by_imo.setdefault(imo, {})[ship.mmsi] = times
    linked: set[tuple[int, int]] = set()
    for imo, users in sorted(by_imo.items()):
        found, pairs = _one_imo(imo, users, ships, context, p, locate)
        out += found
        linked |= pairs
    for old, new, t0, t1 in _takeovers(ships, ends, p):
        if (old, new) in linked:
            continue
        out += _renumbered(old, new, t0, t1, ships, context, locate, "position")
    return out


def _place(found: tuple[float, float] | None) -> dict[str, float | None]:
    return {"lat": None, "lon": None} if found is None else {"lat": round(found[0], 6), "lon": round(found[1], 6)}


def _invalid(ship: Ship, locate: Locate) -> list[Draft]:
    return [
        Draft(
            kind="identity_invalid",
            vessels=(ship.mmsi,),
            t0=h.t0,
            t1=h.t1,
            **_place(locate(ship.mmsi, h.t0)),  # type: ignore[arg-type]
            attributes={"imo": h.value},
            metrics={"messages": float(h.count)},
            parts=(Part(name="held", value=0.9, reason=f"sent {h.count} times"),),
            caveats=("Many small ships are set up with wrong numbers; it shows a wrong entry, not its purpose.",),
            rivals=(Rival(explanation="a slip when the set was programmed", test="one digit off a registered number"),),
            detail=(h.value,),
        )
        for h in ship.imo
        if not imo_valid(h.value)
    ]


def _changes(
    ship: Ship,
    name: str,
    held: tuple[Held, ...],
    conflicts: list[tuple[int, int]],
    p: Parameters,
    *,
    locate: Locate,
    continues: Continues,
) -> list[Draft]:
    out = []
    for a, b in pairwise(held):
        if any(low - 86400 <= b.t0 and a.t1 <= high + 86400 for low, high in conflicts):
            continue
        if name == "dimensions":
            apart = max(abs(a.value[0] - b.value[0]), abs(a.value[1] - b.value[1]))
            if apart < p.size_m:
                continue
        before, after = ship.imo_at(a.t1), ship.imo_at(b.t0)
        same = before == after and imo_valid(before)
        if not same:
            goes_on = continues(ship.mmsi, a.t1, b.t0)
            if b.t0 - a.t1 > p.continuity_d * 86400:
                continue
            if goes_on is False or (goes_on is None and before and after and before != after):
                continue
        out.append(
            _change(
                (ship.mmsi,), name, a.t1, b.t0, locate(ship.mmsi, b.t0), _show(a.value), _show(b.value),
                "the same IMO number" if same else "one track",
            )
        )  # fmt: skip
    return out


def _show(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _change(
    vessels: tuple[int, ...],
    name: str,
    t0: int,
    t1: int,
    where: tuple[float, float] | None,
    before: Any,
    after: Any,
    ground: str,
) -> Draft:
    return Draft(
        kind="identity_change",
        vessels=vessels,
        t0=t0,
        t1=t1,
        **_place(where),  # type: ignore[arg-type]
        attributes={"field": name, "before": before, "after": after, "ground": ground},
        parts=(Part(name="continuity", value=0.9 if "IMO" in ground else 0.75, reason=ground),),
        caveats=("A change of identity is lawful unless it is made to deceive.",),
        rivals=CHANGE_RIVALS,
        detail=(name, before, after),
    )


def _one_imo(
    imo: int, users: dict[int, Any], ships: dict[int, Ship], context: Context, p: Parameters, locate: Locate
) -> tuple[list[Draft], set[tuple[int, int]]]:
    """Changes of number, conflicts and flag hopping of one IMO number."""
    out: list[Draft] = []
    pairs: set[tuple[int, int]] = set()
    order = sorted(users, key=lambda m: (int(users[m][0]), m))
    clash: set[int] = set()
    for i, a in enumerate(order):
        for b in order[i + 1 :]:
            low, high = max(users[a][0], users[b][0]), min(users[a][-1], users[b][-1])
            if high - low < p.conflict_h * 3600:
                continue
            if min(in_turn(users[a], users[b]), in_turn(users[b], users[a])) <= 0:
                continue
            pa, pb = locate(a, int(low)), locate(b, int(low))
            if pa and pb and float(distance_m(*pa, *pb)) < p.continuity_km * 1000:
                pairs.add((a, b))
                continue  # two sets on one hull
            clash |= {a, b}
            out.append(_imo_conflict(imo, a, b, int(low), int(high), pa))
    if clash:
        return out, pairs | {(a, b) for a in clash for b in clash}
    for a, b in pairwise(order):
        if (a, b) in pairs:
            continue
        pairs.add((a, b))
        out += _renumbered(a, b, int(users[a][-1]), int(users[b][0]), ships, context, locate, "the same IMO number")
    first: dict[str, int] = {}
    for m in order:
        state = context.state_of(m)
        if state and (state not in first or users[m][0] < first[state]):
            first[state] = int(users[m][0])
    times = sorted(first.values())
    for i in range(len(times) - p.flags + 1):
        # the earliest of these flags may have been held until shortly before the next one came
        held_until = max(
            int(users[m][-1]) for m in order if context.state_of(m) and first[context.state_of(m)] == times[i]
        )
        start = min(max(times[i], held_until), times[i + 1])
        if times[i + p.flags - 1] - start <= p.flags_d * 86400:
            out.append(_hopping(imo, order, first, times, int(max(users[m][-1] for m in order)), locate))
            break
    return out, pairs


def _imo_conflict(imo: int, a: int, b: int, t0: int, t1: int, where: tuple[float, float] | None) -> Draft:
    return Draft(
        kind="identity_conflict",
        vessels=tuple(sorted((a, b))),
        t0=t0,
        t1=t1,
        **_place(where),  # type: ignore[arg-type]
        attributes={"imo": imo},
        metrics={"hours": round((t1 - t0) / 3600, 3)},
        parts=(Part(name="at once", value=0.85, reason="two numbers give one IMO number at the same time, apart"),),
        caveats=("Which of the two is the ship with this IMO number is not told.",),
        rivals=(Rival(explanation="a slip in one of the two sets", test="names, dimensions and registry of both"),),
        detail=(imo,),
    )


def _hopping(imo: int, order: list[int], first: dict[str, int], times: list[int], last: int, locate: Locate) -> Draft:
    return Draft(
        kind="flag_hopping",
        vessels=tuple(order),
        t0=times[0],
        t1=max(times[-1], min(last, times[-1])),
        **_place(locate(order[-1], times[-1])),  # type: ignore[arg-type]
        attributes={"imo": imo, "flags": [s for s, _ in sorted(first.items(), key=lambda x: x[1])]},
        metrics={"flags": float(len(first))},
        parts=(Part(name="flags", value=0.85, reason=f"{len(first)} States assigned numbers to one IMO number"),),
        caveats=("A prefix says where a number was assigned, not who owns the ship.",),
        rivals=(Rival(explanation="sales in quick succession", test="registry entries and owners of each date"),),
        detail=(imo,),
    )


def _renumbered(
    old: int,
    new: int,
    t0: int,
    t1: int,
    ships: dict[int, Ship],
    context: Context,
    locate: Locate,
    ground: str,
) -> list[Draft]:
    """A ship goes on under another MMSI: the number, the flag where the prefix says so, and what changed with it."""
    where = locate(new, t1) or locate(old, t0)
    out = [_change((old, new), "mmsi", t0, t1, where, old, new, ground)]
    a, b = context.state_of(old), context.state_of(new)
    if a and b and a != b:
        out.append(_change((old, new), "flag", t0, t1, where, a, b, ground))
    if old in ships and new in ships:
        for name in ("name", "callsign"):
            before, after = getattr(ships[old], name), getattr(ships[new], name)
            if before and after and before[-1].value != after[0].value:
                out.append(_change((old, new), name, t0, t1, where, before[-1].value, after[0].value, ground))
    return out


def _takeovers(ships: dict[int, Ship], ends: Ends, p: Parameters) -> list[tuple[int, int, int, int]]:
    """Numbers that fall silent where another then begins: at most 1 km and 60 days apart, and nothing that contradicts.

    In port, or after more than two hours, static messages must agree as well: many ships come and go at one place.
    """
    from scipy.spatial import cKDTree

    if len(ends.mmsi) < 2:
        return []

    def unit(lat: Any, lon: Any) -> Any:
        a, o = np.radians(lat), np.radians(lon)
        return np.stack([np.cos(a) * np.cos(o), np.cos(a) * np.sin(o), np.sin(a)], 1)

    last, first = cKDTree(unit(ends.last_lat, ends.last_lon)), cKDTree(unit(ends.first_lat, ends.first_lon))
    near = last.query_ball_tree(first, p.continuity_km * 1000 / 6371008.8)
    by_start = np.argsort(ends.first_ts, kind="stable")
    starts = ends.first_ts[by_start]
    soon = np.searchsorted(starts, ends.last_ts, "left"), np.searchsorted(starts, ends.last_ts + _SHORT_S, "right")
    found: list[tuple[int, int, int, int, int]] = []
    for i, group in enumerate(near):
        for k in {*group, *by_start[soon[0][i] : soon[1][i]].tolist()}:
            wait = int(ends.first_ts[k]) - int(ends.last_ts[i])
            if i == k or not 0 <= wait <= p.continuity_d * 86400:
                continue
            if _apart(ends, i, k, wait) > p.continuity_km * 1000:
                continue
            old, new = int(ends.mmsi[i]), int(ends.mmsi[k])
            agree = _agree(ships.get(old), ships.get(new))
            if agree < 0 or (agree == 0 and (wait > _SHORT_S or bool(ends.last_in_port[i]))):
                continue
            found.append((wait, old, new, int(ends.last_ts[i]), int(ends.first_ts[k])))
    out, used = [], set()
    for _, old, new, t0, t1 in sorted(found):
        if ("old", old) in used or ("new", new) in used:
            continue
        used |= {("old", old), ("new", new)}
        out.append((old, new, t0, t1))
    return out


def _apart(ends: Ends, i: int, k: int, wait: int) -> float:
    """Metres between the end of one number and the start of another; over a short wait also by dead reckoning."""
    la0, lo0, la1, lo1 = ends.last_lat[i], ends.last_lon[i], ends.first_lat[k], ends.first_lon[k]
    best = float(distance_m(la0, lo0, la1, lo1))
    if wait <= _SHORT_S:
        best = min(best, float(distance_m(la0 + ends.last_north[i] * wait, lo0 + ends.last_east[i] * wait, la1, lo1)))
    return best


def _agree(a: Ship | None, b: Ship | None) -> int:
    """1 where static messages say one hull, -1 where they say two, 0 where they say nothing."""
    if a is None or b is None:
        return 0
    if a.imo and b.imo and imo_valid(a.imo[-1].value) and imo_valid(b.imo[0].value):
        return 1 if a.imo[-1].value == b.imo[0].value else -1
    if a.size and b.size:
        x, y = a.size[-1].value, b.size[0].value
        if abs(x[0] - y[0]) >= _SIZE_M or abs(x[1] - y[1]) >= _SIZE_M:
            return -1
    for name in ("name", "callsign"):
        x, y = getattr(a, name), getattr(b, name)
        if x and y and x[-1].value == y[0].value:
            return 1
    named = any(getattr(a, n) and getattr(b, n) for n in ("name", "callsign"))
    return 1 if a.size and b.size and not named else 0
