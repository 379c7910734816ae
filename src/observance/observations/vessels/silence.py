"""Silences: gaps at sea, what reception explains of them, and which watched ports could have been called at meanwhile.

A ship that is not heard need not hide. A silence shared by many ships is an outage of the receiver; a region where
others are mostly unheard as well is poorly received; both are told as `coverage_gap`, never as `gap`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.context import Context, coasts
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["Heard", "Silences", "find_gaps", "hear_tracks", "list_silences"]

Array = Any
LEAST_S = 3 * 3600  # shorter silences matter to nobody
NM = 1852.0
_KNOT = 0.514444

GAP_RIVALS = (
    Rival(
        explanation="not received: satellite passes, traffic density, weather or terrain",
        test="positions of other providers, satellite AIS of the same hours, other ships in the same place",
    ),
    Rival(
        explanation="equipment fault or loss of power",
        test="other numbers of the same ship, port state control records, how the set behaved before",
    ),
    Rival(explanation="switched off", test="imagery or radio detections on the way, change of draught across the gap"),
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Silences:
    """Silences of at least three hours, as columns; open ones run to the end of the data."""

    mmsi: Array
    t0: Array
    seconds: Array
    open: Array
    before: Array
    lat0: Array
    lon0: Array
    lat1: Array
    lon1: Array
    receiver: Array

    def __len__(self) -> int:
        return len(self.mmsi)

    @classmethod
    def join(cls, parts: list[Silences]) -> Silences:
        """Several lists as one, in the order of numbers and times."""
        names = cls.__slots__
        whole = {n: np.concatenate([getattr(p, n) for p in parts]) for n in names}
        order = np.lexsort((whole["t0"], whole["mmsi"]))
        return cls(**{n: whole[n][order] for n in names})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """Reception: ships heard by slot and one-degree cell, rows by receiver and slot, hours by ship and half-degree cell."""

    slot_s: int
    first: int
    presence: Array
    receivers: Array
    ship: Array
    cell: Array
    hours: Array

    @classmethod
    def join(cls, parts: list[Heard]) -> Heard:
        """Reception of several partitions of ships over the same slots."""
        head = parts[0]
        return cls(
            slot_s=head.slot_s,
            first=head.first,
            presence=np.sum([p.presence for p in parts], axis=0),
            receivers=np.sum([p.receivers for p in parts], axis=0),
            ship=np.concatenate([p.ship for p in parts]),
            cell=np.concatenate([p.cell for p in parts]),
            hours=np.concatenate([p.hours for p in parts]),
        )

    def neighbours(self, lat: float, lon: float, t0: float, t1: float) -> int:
        """Most ships heard in one slot wholly inside the time, in the cells around a place."""
        a = max(0, int(np.ceil(t0 / self.slot_s)) - self.first)
        z = min(self.presence.shape[0], int(t1 // self.slot_s) - self.first)
        if z <= a:
            return 0
        y = min(max(int(lat + 90), 0), 179)
        wide = min(10, max(1, round(1 / max(0.05, float(np.cos(np.radians(lat)))))))
        rows = range(max(0, y - 1), min(180, y + 2))
        cells = [r * 360 + (int(lon + 180) + d) % 360 for r in rows for d in range(-wide, wide + 1)]
        return int(self.presence[a:z, cells].sum(axis=1, dtype=np.int64).max())

    def silent_receiver(self, receiver: int, t0: float, t1: float) -> bool:
        """Whether a receiver delivered nothing in the slots wholly inside the time."""
        a = max(0, int(np.ceil(t0 / self.slot_s)) - self.first)
        z = min(self.receivers.shape[1], int(t1 // self.slot_s) - self.first)
        return z > a and not self.receivers[receiver, a:z].any()


def slots_of(first_ts: int, last_ts: int) -> tuple[int, int, int]:
    """Slot length, first slot and number of slots for a span: hours, longer only where a table would grow too large."""
    slot_s = 3600 * max(1, -(-(last_ts - first_ts) // (3600 * 1500)))
    first = first_ts // slot_s
    return slot_s, first, last_ts // slot_s - first + 1


def hear_tracks(tracks: Tracks, slots: tuple[int, int, int], receivers: int) -> Heard:
    """Reception tables of tracks."""
    from observance.observations.vessels.reception import hear

    slot_s, first, count = slots
    presence = np.zeros((count, 180 * 360), np.uint16)
    table = np.zeros((max(1, receivers), count), np.int32)
    room = max(1024, len(tracks.fixes) // 16)
    f = tracks.fixes
    while True:
        presence[:] = 0
        table[:] = 0
        n, rows = hear(tracks.starts, f.ts, f.lat, f.lon, f.receiver, slot_s, first, presence, table, room)
        if n <= room:
            break
        room = n
    return Heard(
        slot_s=slot_s,
        first=first,
        presence=presence,
        receivers=table,
        ship=tracks.vessels[rows[:, 0]] if len(rows) else np.zeros(0, np.int32),
        cell=rows[:, 1],
        hours=rows[:, 2],
    )


def list_silences(tracks: Tracks, end: int, parameters: Parameters) -> Silences:
    """Every silence of at least three hours in tracks."""
    from observance.observations.vessels.reception import silences

    f = tracks.fixes
    least = min(LEAST_S, int(3600 * min(parameters.gap_h, parameters.gap_watch_h)))
    rows, _ = silences(tracks.starts, f.ts, least, int(parameters.gap_before_h * 3600), end)
    i = rows[:, 1]
    after = np.where(rows[:, 3] == 1, i, i + 1)
    return Silences(
        mmsi=tracks.vessels[rows[:, 0]] if len(rows) else np.zeros(0, np.int32),
        t0=f.ts[i].astype(np.int64),
        seconds=rows[:, 2],
        open=rows[:, 3] == 1,
        before=rows[:, 4],
        lat0=f.lat[i] / UNIT,
        lon0=f.lon[i] / UNIT,
        lat1=f.lat[after] / UNIT,
        lon1=f.lon[after] / UNIT,
        receiver=f.receiver[i],
    )


def find_gaps(s: Silences, heard: Heard, context: Context, parameters: Parameters) -> list[Draft]:
    """Gaps, coverage gaps and possible dark port calls."""
    from observance.observations.vessels.reception import far_from, near_ports

    p = parameters
    candidate = np.flatnonzero((s.seconds >= 3600 * min(p.gap_h, p.gap_watch_h)) & (s.before >= p.gap_fixes))
    if not len(candidate):
        return []
    lat0, lon0 = s.lat0[candidate], s.lon0[candidate]
    _, away = near_ports(lat0, lon0, *context.ports.arrays)
    at_sea = away >= p.gap_port_km * 1000
    coast = coasts(context.watch)
    watched = context.watched
    points = np.concatenate([coast, np.stack([context.ports.lat[watched], context.ports.lon[watched]], 1)])
    near = np.minimum(
        far_from(lat0, lon0, points[:, 0].copy(), points[:, 1].copy()),
        far_from(s.lat1[candidate], s.lon1[candidate], points[:, 0].copy(), points[:, 1].copy()),
    )
    listed = np.isin(s.mmsi[candidate], list(context.listed))
    least = np.where(listed | (near < p.gap_watch_nm * NM), p.gap_watch_h, p.gap_h) * 3600
    chosen = candidate[at_sea & (s.seconds[candidate] >= least)]
    groups = _outages(s, chosen, heard, p)
    out: list[Draft] = []
    for members in {tuple(g) for g in groups.values()}:
        out.append(_outage(s, np.array(members), len(members)))
    poor = _Reception(s, heard, {k for g in groups.values() for k in g})
    for k in chosen:
        if int(k) in groups:
            continue
        silent, others = poor.share(int(k))
        if others >= 2 and silent > p.reception_share:
            out.append(_coverage(s, int(k), silent, others))
            continue
        gap = _gap(s, int(k), heard, silent, others)
        out.append(gap)
        call = _dark_call(s, int(k), context, p)
        if call is not None:
            out.append(call)
    return out


def _outages(s: Silences, chosen: Array, heard: Heard, p: Parameters) -> dict[int, list[int]]:
    """For each chosen silence that an outage explains, the silences that share it (as a whole group)."""
    order = np.argsort(s.t0, kind="stable")
    starts = s.t0[order]
    found: dict[int, list[int]] = {}
    for k in chosen:
        a = int(np.searchsorted(starts, s.t0[k] - p.outage_slack_s, "left"))
        z = int(np.searchsorted(starts, s.t0[k] + p.outage_slack_s, "right"))
        near = order[a:z]
        near = near[s.open[near] == s.open[k]]
        if not s.open[k]:
            end = s.t0[near] + s.seconds[near]
            near = near[np.abs(end - (s.t0[k] + s.seconds[k])) <= p.outage_slack_s]
        if len(near) < p.outage_ships:
            continue
        away = _metres(s.lat0[near], s.lon0[near], s.lat0[k], s.lon0[k])
        members = near[(away <= p.outage_km * 1000) | ((s.receiver[near] == s.receiver[k]) & (s.receiver[k] >= 0))]
        ships = len(np.unique(s.mmsi[members]))
        if ships < p.outage_ships:
            continue
        t0, t1 = float(s.t0[members].max()), float((s.t0[members] + s.seconds[members]).min())
        others = max(heard.neighbours(s.lat0[m], s.lon0[m], t0, t1) for m in members[:20])
        receivers = {int(r) for r in s.receiver[members] if r >= 0}
        if receivers:
            down = all(heard.silent_receiver(r, t0, t1) for r in receivers)
            explained = down or others == 0
        else:
            explained = others < ships
        if explained:
            found[int(k)] = sorted(int(m) for m in members)
    # silences that share a member are one outage
    merged: dict[int, list[int]] = {}
    pending = list(found.items())
    while pending:
        _, members = pending.pop()
        group = set(members)
        grew = True
        while grew:
            grew = False
            for k, other in found.items():
                if (k in group or group & set(other)) and not set(other) <= group:
                    group |= set(other)
                    grew = True
        whole = sorted(group)
        for k in found:
            if k in group:
                merged[k] = whole
        pending = [(k, m) for k, m in pending if k not in merged]
    return merged


class _Reception:
    """How large a share of their hours other ships were unheard along the way of a silence."""

    def __init__(self, s: Silences, heard: Heard, explained: set[int]) -> None:
        self.s = s
        order = np.argsort(heard.cell, kind="stable")
        self.cell, self.ship, self.hours = heard.cell[order], heard.ship[order], heard.hours[order]
        ships, cells = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for k in range(len(s)):
            if k in explained or s.open[k]:
                continue
            path = self.path(k)
            ships.append(np.full(len(path), s.mmsi[k]))
            cells.append(path)
        cell, ship = np.concatenate(cells), np.concatenate(ships)
        order = np.argsort(cell, kind="stable")
        self.silent_cell, self.silent_ship = cell[order], ship[order]

    def path(self, k: int) -> Array:
        """Half-degree cells of the hours inside a silence, on the straight line between its ends."""
        s = self.s
        n = max(1, int(s.seconds[k] // 3600) - 1)
        f = (np.arange(n) + 1) / (n + 1)
        lat = s.lat0[k] + (s.lat1[k] - s.lat0[k]) * f
        lon = s.lon0[k] + ((s.lon1[k] - s.lon0[k] + 540) % 360 - 180) * f
        y = np.clip(((lat + 90) * 2).astype(int), 0, 359)
        x = (np.floor((lon + 180) * 2).astype(int)) % 720
        return y * 720 + x

    def share(self, k: int) -> tuple[float, int]:
        """Silent share of the hours of other ships along the way, and how many other ships were silent there."""
        me = self.s.mmsi[k]
        cells, hours = np.unique(self.path(k), return_counts=True)
        total = weight = 0.0
        ships: set[int] = set()
        for cell, n in zip(cells, hours, strict=True):
            around = self._around(int(cell))
            for zone in (np.array([cell]), around):
                heard = self._sum(self.cell, self.ship, zone, me, self.hours)
                silent = self._sum(self.silent_cell, self.silent_ship, zone, me, None)
                if len(silent[1]) + len(heard[1]) >= 3:
                    total += n * silent[0] / (heard[0] + silent[0])
                    weight += n
                    break
            ships |= self._sum(self.silent_cell, self.silent_ship, around, me, None)[1]
        return (total / weight if weight else 0.0), len(ships)

    @staticmethod
    def _around(cell: int) -> Array:
        y, x = cell // 720, cell % 720
        return np.unique([min(max(y + dy, 0), 359) * 720 + (x + dx) % 720 for dy in (-1, 0, 1) for dx in (-1, 0, 1)])

    @staticmethod
    def _sum(cell: Array, ship: Array, zone: Array, me: int, weight: Array | None) -> tuple[float, set[int]]:
        a, z = np.searchsorted(cell, zone, "left"), np.searchsorted(cell, zone, "right")
        rows = np.concatenate([np.arange(i, j) for i, j in zip(a, z, strict=True)]) if len(zone) else np.zeros(0, int)
        rows = rows[ship[rows] != me]
        return (float(weight[rows].sum()) if weight is not None else float(len(rows))), set(ship[rows].tolist())


def _metres(lat1: Array, lon1: Array, lat2: Array, lon2: Array) -> Array:
    a, b = np.radians(lat1), np.radians(lat2)
    h = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(np.radians(np.subtract(lon2, lon1)) / 2) ** 2
    return 2 * 6371008.8 * np.arcsin(np.sqrt(np.minimum(1.0, h)))


def _where(s: Silences, k: int) -> dict[str, Any]:
    return {
        "vessels": (int(s.mmsi[k]),),
        "t0": int(s.t0[k]),
        "t1": None if s.open[k] else int(s.t0[k] + s.seconds[k]),
        "lat": round(float(s.lat0[k]), 6),
        "lon": round(float(s.lon0[k]), 6),
    }


def _gap(s: Silences, k: int, heard: Heard, silent: float, others: int) -> Draft:
    t0, t1 = float(s.t0[k]), float(s.t0[k] + s.seconds[k])
    neighbours = heard.neighbours(s.lat0[k], s.lon0[k], t0, t1)
    moved = float(_metres(s.lat0[k], s.lon0[k], s.lat1[k], s.lon1[k]))
    caveats = ["A silence is the absence of messages, not of the ship."]
    if s.open[k]:
        caveats.append("Still silent at the end of the data.")
    if not neighbours:
        caveats.append("No other ship was heard near by during the silence, so reception there is not shown.")
    return Draft(
        kind="gap",
        **_where(s, k),
        attributes={"open": bool(s.open[k])},
        metrics={
            "hours": round(float(s.seconds[k]) / 3600, 3),
            "fixes_before": float(s.before[k]),
            "moved_km": round(moved / 1000, 3),
            "implied_kn": round(moved / float(s.seconds[k]) / _KNOT, 2),
        },
        parts=(
            Part(
                name="reception",
                value=0.95 if neighbours >= 3 else 0.8 if neighbours else 0.5,
                reason=f"{neighbours} other ships heard in the cells around during the silence",
            ),
            Part(
                name="region",
                value=round(1 - 0.5 * silent, 3) if others else 0.9,
                reason=f"other ships unheard for {silent:.0%} of their hours on this way ({others} ships)",
            ),
        ),
        caveats=tuple(caveats),
        rivals=GAP_RIVALS,
        neighbours=neighbours,
    )


def _outage(s: Silences, members: Array, ships: int) -> Draft:
    k = int(members[np.argmin(s.t0[members])])
    where = _where(s, k)
    where["vessels"] = tuple(int(m) for m in np.unique(s.mmsi[members]))
    where["t0"] = int(s.t0[members].min())
    if not s.open[k]:
        where["t1"] = int((s.t0[members] + s.seconds[members]).max())
    return Draft(
        kind="coverage_gap",
        **where,
        attributes={"cause": "outage"},
        metrics={"ships": float(ships)},
        parts=(Part(name="shared", value=0.95, reason=f"{ships} silences begin and end together"),),
        caveats=("The ships may have done anything meanwhile; nothing is said about them.",),
        rivals=(
            Rival(
                explanation="ships that went silent together on purpose",
                test="messages of other receivers and of other ships in the same hours",
            ),
        ),
        detail=("outage",),
    )


def _coverage(s: Silences, k: int, silent: float, others: int) -> Draft:
    return Draft(
        kind="coverage_gap",
        **_where(s, k),
        attributes={"cause": "poor_reception"},
        metrics={"silent_share": round(silent, 3), "ships": float(others)},
        parts=(Part(name="region", value=round(silent, 3), reason=f"{others} other ships were unheard there as well"),),
        caveats=("Nothing is said about the ship: others are unheard there too.",),
        rivals=(Rival(explanation="switched off where nobody is heard", test="satellite AIS or imagery of the hours"),),
        detail=("poor_reception",),
    )


def _dark_call(s: Silences, k: int, context: Context, p: Parameters) -> Draft | None:
    """Ports under watch that lie within reach: there and back at `dark_call_kn`, and a stay of `dark_call_stay_h`."""
    watched = np.flatnonzero(context.watched)
    if not len(watched):
        return None
    there = _metres(context.ports.lat[watched], context.ports.lon[watched], s.lat0[k], s.lon0[k])
    back = there if s.open[k] else _metres(context.ports.lat[watched], context.ports.lon[watched], s.lat1[k], s.lon1[k])
    hours = (there + back) / (p.dark_call_kn * _KNOT) / 3600 + p.dark_call_stay_h
    silent = float(s.seconds[k]) / 3600
    reach = watched[hours <= silent]
    if not len(reach):
        return None
    names = [context.ports.ports[int(q)].name for q in reach[np.argsort(there[hours <= silent])]]
    spare = silent - float(hours.min())
    return Draft(
        kind="dark_port_call_possible",
        **_where(s, k),
        attributes={
            "countries": sorted({context.ports.ports[int(q)].country for q in reach}),
            "ports": names,
            "open": bool(s.open[k]),
        },
        metrics={"hours": round(silent, 3), "spare_hours": round(spare, 3), "nearest_km": round(float(there.min()) / 1000, 1)},
        parts=(
            Part(
                name="time",
                value=round(min(0.6, 0.3 + 0.02 * spare), 3),
                reason=f"{spare:.1f} hours more than the way there and back and a short stay need",
            ),
        ),
        caveats=(
            "Possible, not seen: the silence was long enough for a call, nothing shows that one was made.",
            "Distances are great circles; land in between makes the way longer.",
        ),
        rivals=(
            Rival(explanation="waiting or slow steaming at sea", test="draught before and after, fuel, time of arrival at the next port"),
            Rival(explanation="not received", test="other receivers and other ships in the same hours"),
        ),
    )
