"""What rival tracks of one number mean: two hulls, a jump, or interference that moved several ships at once.

Two hulls: both tracks are heard in turn for an hour or more. A jump: the ship is suddenly elsewhere. Jumps of three or
more ships from one area within half an hour are interference, and no ship is suspected for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.encounters import distance_m
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["Jump", "find_jumps", "judge_jumps", "sporadic"]

_KNOT = 0.514444


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A rival track: of which ship, from where to where, when it began and ended, and whether two hulls explain it."""

    mmsi: int
    t_before: int
    t0: int
    t1: int
    returned: int | None
    lat0: float
    lon0: float
    lat1: float
    lon1: float
    fixes: int
    kn: float
    conflict: bool
    overlap0: int = 0
    overlap1: int = 0
    in_turn_s: float = 0.0


def find_jumps(tracks: Tracks, parameters: Parameters) -> list[Jump]:
    """Every rival track of every vessel, with what it is alone."""
    out: list[Jump] = []
    table = tracks.rivals
    f = tracks.fixes
    for v in np.unique(table[:, 0]) if len(table) else ():
        rows = table[table[:, 0] == v]
        a, z = int(tracks.starts[v]), int(tracks.starts[v + 1])
        ts, seg = f.ts[a:z], tracks.seg[a:z]
        times = {int(r[1]): ts[seg == r[1]].astype(np.int64) for r in rows}
        for r in rows[np.argsort(rows[:, 2])]:
            k, first, last, before, after = int(r[1]), int(r[2]), int(r[3]), int(r[5]), int(r[6])
            if before < 0:
                continue
            rival, seconds, span = _rival(times, k)
            la0, lo0 = float(f.lat[before]) / UNIT, float(f.lon[before]) / UNIT
            la1, lo1 = float(f.lat[first]) / UNIT, float(f.lon[first]) / UNIT
            away = float(distance_m(la0, lo0, la1, lo1))
            t_before, t0, t1 = int(f.ts[before]), int(f.ts[first]), int(f.ts[last])
            out.append(
                Jump(
                    mmsi=int(tracks.vessels[v]),
                    t_before=t_before,
                    t0=t0,
                    t1=t1,
                    returned=int(f.ts[after]) if after >= 0 else None,
                    lat0=la0,
                    lon0=lo0,
                    lat1=la1,
                    lon1=lo1,
                    fixes=int(r[4]),
                    kn=away / max(1, t0 - t_before) / _KNOT,
                    conflict=rival is not None and seconds >= parameters.conflict_h * 3600,
                    overlap0=span[0],
                    overlap1=span[1],
                    in_turn_s=seconds,
                )
            )
    return out


def _rival(times: dict[int, Any], k: int) -> tuple[int | None, float, tuple[int, int]]:
    """The other track with which track k was longest heard in turn, for how long, and over which span."""
    best: tuple[int | None, float, tuple[int, int]] = (None, 0.0, (0, 0))
    for other, ts in times.items():
        if other == k:
            continue
        low, high = max(ts[0], times[k][0]), min(ts[-1], times[k][-1])
        if high <= low:
            continue
        seconds = _both_heard(ts, times[k], int(low), int(high))
        if seconds > best[1]:
            best = (other, seconds, (int(low), int(high)))
    return best


def _stretch(seg: Any, k: int) -> int:
    """Longest run of fixes of track k that no other track interrupts."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (seg == k).astype(int), [0]))))
    return int((edges[1::2] - edges[0::2]).max())


def _both_heard(x: Any, y: Any, low: int, high: int) -> float:
    """Seconds for which two tracks are both heard, in turn; 0 where that is less than 40 % of the span they share."""
    x, y = (t[(t >= low) & (t <= high)] for t in (x, y))
    if len(x) < 3 or len(y) < 3:
        return 0.0
    limits = [max(3600.0, 3.0 * float(np.median(np.diff(t)))) for t in (y, x)]
    heard = []
    for a, b, limit in ((x, y, limits[0]), (y, x, limits[1])):
        step = np.diff(a)
        inside = np.searchsorted(b, a[1:], "left") - np.searchsorted(b, a[:-1], "right")
        # the denser of the two need not have the other in every interval; the sparser must
        counted = (step <= limit) & ((inside > 0) | (len(a) >= len(b)))
        heard.append(float(step[counted].sum()))
    return min(heard) if min(heard) >= 0.4 * (high - low) else 0.0


def in_turn(x: Any, y: Any) -> float:
    """Seconds of the intervals of x, no longer than an hour or three times its usual one, in which y is heard."""
    step = np.diff(x)
    if not len(step):
        return 0.0
    limit = max(3600.0, 3.0 * float(np.median(step)))
    inside = np.searchsorted(y, x[1:], "left") - np.searchsorted(y, x[:-1], "right")
    return float(step[(inside > 0) & (step <= limit)].sum())


def sporadic(tracks: Tracks, parameters: Parameters) -> Any:
    """Mask of fixes on rival tracks that are heard one by one between the fixes of others, and are no second hull.

    A position set that fails now and then in the same way (0/0, a wrong sign) makes such tracks; they are noise.
    """
    drop = np.zeros(len(tracks.fixes), bool)
    table = tracks.rivals
    for v in np.unique(table[:, 0]):
        rows = table[table[:, 0] == v]
        a, z = int(tracks.starts[v]), int(tracks.starts[v + 1])
        seg = tracks.seg[a:z]
        ts = tracks.fixes.ts[a:z].astype(np.int64)
        times = {int(r[1]): ts[seg == r[1]] for r in rows}
        main = int(rows[np.argmax(rows[:, 4]), 1])
        for k in times:
            if k == main or _stretch(seg, k) >= parameters.noise_fixes:
                continue
            if _rival(times, k)[1] < parameters.conflict_h * 3600:
                drop[a:z][seg == k] = True
    return drop


def judge_jumps(jumps: list[Jump], parameters: Parameters) -> list[Draft]:
    """Interference where ships jumped jointly, then conflicts and jumps of single ships."""
    p = parameters
    out: list[Draft] = []
    jumps = sorted(jumps, key=lambda j: (j.t0, j.mmsi))
    group = _joint(jumps, p)
    for g in sorted(set(group) - {-1}):
        members = [j for j, k in zip(jumps, group, strict=True) if k == g]
        out.append(_interference(members))
    alone = [j for j, k in zip(jumps, group, strict=True) if k < 0]
    by_ship: dict[int, list[Jump]] = {}
    for j in alone:
        by_ship.setdefault(j.mmsi, []).append(j)
    for mmsi, mine in sorted(by_ship.items()):
        conflicts = sorted((j for j in mine if j.conflict), key=lambda j: j.overlap0)
        out += _conflicts(mmsi, conflicts)
        for j in mine:
            if j.conflict or any(c.overlap0 - 3600 <= j.t0 <= c.overlap1 + 3600 for c in conflicts):
                continue
            out.append(_jump(j, p))
    return out


def _joint(jumps: list[Jump], p: Parameters) -> list[int]:
    """Group number of each jump that at least `joint_ships` ships share, else -1. Jumps are sorted by time."""
    n = len(jumps)
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i in range(n):
        for k in range(i + 1, n):
            if jumps[k].t0 - jumps[i].t0 > p.joint_s:
                break
            away = distance_m(jumps[i].lat0, jumps[i].lon0, jumps[k].lat0, jumps[k].lon0)
            if float(away) <= p.joint_km * 1000:
                parent[root(k)] = root(i)
    ships: dict[int, set[int]] = {}
    for i in range(n):
        ships.setdefault(root(i), set()).add(jumps[i].mmsi)
    return [root(i) if len(ships[root(i)]) >= p.joint_ships else -1 for i in range(n)]


def _interference(members: list[Jump]) -> Draft:
    ships = tuple(sorted({j.mmsi for j in members}))
    return Draft(
        kind="interference",
        vessels=ships,
        t0=min(j.t0 for j in members),
        t1=max(j.returned if j.returned is not None else j.t1 for j in members),
        lat=round(float(np.median([j.lat0 for j in members])), 6),
        lon=round(members[0].lon0, 6),
        metrics={"ships": float(len(ships)), "largest_kn": round(max(j.kn for j in members), 1)},
        parts=(
            Part(name="joint", value=min(0.95, 0.6 + 0.1 * len(ships)), reason=f"{len(ships)} ships jumped together"),
        ),
        caveats=("Positions of these ships in this time say nothing about where they were.",),
        rivals=(
            Rival(
                explanation="one receiver or feed with wrong positions", test="the same messages from other receivers"
            ),
        ),
    )


def _conflicts(mmsi: int, found: list[Jump]) -> list[Draft]:
    out: list[Draft] = []
    while found:
        head, rest = found[0], found[1:]
        low, high, seconds, fixes = head.overlap0, head.overlap1, head.in_turn_s, head.fixes
        left = []
        for j in rest:
            if j.overlap0 <= high + 86400:
                high, seconds, fixes = max(high, j.overlap1), seconds + j.in_turn_s, fixes + j.fixes
            else:
                left.append(j)
        found = left
        out.append(
            Draft(
                kind="identity_conflict",
                vessels=(mmsi,),
                t0=low,
                t1=high,
                lat=round(head.lat1, 6),
                lon=round(head.lon1, 6),
                metrics={
                    "in_turn_hours": round(seconds / 3600, 3),
                    "rival_fixes": float(fixes),
                    "apart_km": round(float(distance_m(head.lat0, head.lon0, head.lat1, head.lon1)) / 1000, 1),
                },
                parts=(
                    Part(
                        name="in turn",
                        value=min(0.95, 0.6 + 0.05 * seconds / 3600),
                        reason=f"two tracks heard in turn for {seconds / 3600:.1f} h",
                    ),
                ),
                caveats=("Which of the two hulls is the rightful bearer of the number is not told.",),
                rivals=(
                    Rival(
                        explanation="a wrongly programmed set",
                        test="static messages of both hulls: names, dimensions, IMO numbers",
                    ),
                    Rival(
                        explanation="a receiver with a wrong clock",
                        test="the two tracks shifted in time; receivers of the messages",
                    ),
                ),
            )
        )
    return out


def _jump(j: Jump, p: Parameters) -> Draft:
    back = j.returned is not None and j.returned - j.t0 <= p.return_h * 3600
    return Draft(
        kind="position_jump",
        vessels=(j.mmsi,),
        t0=j.t_before,
        t1=j.returned if back else j.t0,
        lat=round(j.lat1, 6),
        lon=round(j.lon1, 6),
        attributes={"returned": bool(back)},
        metrics={
            "implied_kn": round(j.kn, 1),
            "distance_km": round(float(distance_m(j.lat0, j.lon0, j.lat1, j.lon1)) / 1000, 2),
            "fixes": float(j.fixes),
        },
        parts=(Part(name="fixes", value=min(0.9, 0.5 + 0.05 * j.fixes), reason=f"{j.fixes} positions after the jump"),),
        caveats=("One ship alone; the cause is not told.",),
        rivals=(
            Rival(
                explanation="fault of the positioning set",
                test="whether other ships near by jumped too; position accuracy flags",
            ),
            Rival(explanation="another ship with the same number", test="static messages after the jump"),
        ),
    )
