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
        if bool(np.all(np.diff(whole["mmsi"]) >= 0)):
            return cls(**whole)
        order = np.lexsort((whole["t0"], whole["mmsi"]))
        return cls(**{n: whole[n][order] for n in names})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Heard:
    """Reception: ships by slot and one-degree cell, rows by receiver and slot, hours by ship and half-degree cell.

    `spot` and `count` are the filled cells of the table of `slots` x one-degree cells.
    """

    slot_s: int
    first: int
    slots: int
    spot: Array
    count: Array
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
            slots=head.slots,
            spot=np.concatenate([p.spot for p in parts]),
            count=np.concatenate([p.count for p in parts]),
            receivers=np.sum([p.receivers for p in parts], axis=0),
            ship=np.concatenate([p.ship for p in parts]),
            cell=np.concatenate([p.cell for p in parts]),
            hours=np.concatenate([p.hours for p in parts]),
        )

    def presence(self) -> Array:
        """The whole table: ships heard in each slot and one-degree cell."""
        table = np.zeros(self.slots * 180 * 360, np.uint16)
        np.add.at(table, self.spot, self.count)
        return table.reshape(self.slots, 180 * 360)

    def neighbours(self, presence: Array, lat: Array, lon: Array, t0: Array, t1: Array) -> Array:
        """Most ships heard in one slot wholly inside each time, in the cells around each place."""
        from observance.observations.vessels.reception import around

        floats = (np.atleast_1d(np.asarray(x, float)) for x in (lat, lon))
        whole = (np.atleast_1d(np.asarray(x, np.int64)) for x in (t0, t1))
        return around(presence, self.slot_s, self.first, *floats, *whole)

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
    spot = np.flatnonzero(presence)
    return Heard(
        slot_s=slot_s,
        first=first,
        slots=count,
        spot=spot,
        count=presence.ravel()[spot],
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
    presence = heard.presence()
    groups = _outages(s, chosen, heard, presence, p)
    out = [_outage(s, np.array(members), len(members)) for members in sorted({tuple(g) for g in groups.values()})]
    alone = np.array([k for k in chosen if int(k) not in groups], np.int64)
    if not len(alone):
        return out
    silent, others = _reception(s, heard, alone, {k for g in groups.values() for k in g})
    poor = (others >= p.outage_ships - 1) & (silent > p.reception_share)
    out += [
        _coverage(s, int(k), float(x), int(n)) for k, x, n in zip(alone[poor], silent[poor], others[poor], strict=True)
    ]
    gaps = alone[~poor]
    neighbours = heard.neighbours(presence, s.lat0[gaps], s.lon0[gaps], s.t0[gaps], s.t0[gaps] + s.seconds[gaps])
    out += [
        _gap(s, int(k), int(near_by), float(x), int(n))
        for k, near_by, x, n in zip(gaps, neighbours, silent[~poor], others[~poor], strict=True)
    ]
    return out + _dark_calls(s, gaps, context, p)


def _outages(s: Silences, chosen: Array, heard: Heard, presence: Array, p: Parameters) -> dict[int, list[int]]:
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
        m = members[:20]
        others = int(heard.neighbours(presence, s.lat0[m], s.lon0[m], np.full(len(m), t0), np.full(len(m), t1)).max())
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


def _reception(s: Silences, heard: Heard, chosen: Array, explained: set[int]) -> tuple[Array, Array]:
    """The share of their hours for which other ships were unheard along each way, and how many of them were silent."""
    from observance.observations.vessels.reception import shares

    ships = np.unique(np.concatenate([heard.ship, s.mmsi]))
    known = np.ones(len(s), bool)
    known[list(explained)] = False
    known &= ~s.open
    quiet = np.flatnonzero(known)
    start, path = _paths(s, quiet)
    owner = np.repeat(np.searchsorted(ships, s.mmsi[quiet]), np.diff(start))
    way_start, way = _paths(s, chosen)
    heard_rows = _by_cell(heard.cell, np.searchsorted(ships, heard.ship), heard.hours)
    silent_rows = _by_cell(path, owner)
    return shares(
        np.searchsorted(ships, s.mmsi[chosen]), way_start, way,
        heard_rows[0], heard_rows[1], heard_rows[2], silent_rows[0], silent_rows[1], len(ships),
    )  # fmt: skip


def _by_cell(cell: Array, *values: Array) -> tuple[Array, ...]:
    """Offsets of the half-degree cells, and the values in the order of the cells."""
    order = np.argsort(cell, kind="stable")
    start = np.searchsorted(cell[order], np.arange(360 * 720 + 1))
    return (start.astype(np.int64), *(v[order].astype(np.int64) for v in values))


def _paths(s: Silences, rows: Array) -> tuple[Array, Array]:
    """Half-degree cells of the hours inside silences, on the straight line between their ends; offsets and cells."""
    hours = np.maximum(1, s.seconds[rows] // 3600 - 1)
    start = np.concatenate(([0], np.cumsum(hours))).astype(np.int64)
    k = np.repeat(rows, hours)
    f = (np.arange(start[-1]) - np.repeat(start[:-1], hours) + 1) / (np.repeat(hours, hours) + 1)
    lat = s.lat0[k] + (s.lat1[k] - s.lat0[k]) * f
    lon = s.lon0[k] + ((s.lon1[k] - s.lon0[k] + 540) % 360 - 180) * f
    y = np.clip(((lat + 90) * 2).astype(np.int64), 0, 359)
    return start, y * 720 + np.floor((lon + 180) * 2).astype(np.int64) % 720


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


def _gap(s: Silences, k: int, neighbours: int, silent: float, others: int) -> Draft:
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


def _dark_calls(s: Silences, gaps: Array, context: Context, p: Parameters) -> list[Draft]:
    """Possible calls during gaps: watched ports within reach, there and back, with a stay of `dark_call_stay_h`."""
    watched = np.flatnonzero(context.watched)
    if not len(watched) or not len(gaps):
        return []
    lat, lon = context.ports.lat[watched][None, :], context.ports.lon[watched][None, :]
    there = _metres(lat, lon, s.lat0[gaps][:, None], s.lon0[gaps][:, None])
    back = np.where(s.open[gaps][:, None], there, _metres(lat, lon, s.lat1[gaps][:, None], s.lon1[gaps][:, None]))
    hours = (there + back) / (p.dark_call_kn * _KNOT) / 3600 + p.dark_call_stay_h
    reach = hours <= s.seconds[gaps][:, None] / 3600
    return [
        _dark_call(s, int(gaps[i]), context, watched, there[i], hours[i], p) for i in np.flatnonzero(reach.any(axis=1))
    ]


def _dark_call(
    s: Silences, k: int, context: Context, watched: Array, there: Array, hours: Array, p: Parameters
) -> Draft:
    silent = float(s.seconds[k]) / 3600
    reach = watched[hours <= silent]
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
        metrics={
            "hours": round(silent, 3),
            "spare_hours": round(spare, 3),
            "nearest_km": round(float(there.min()) / 1000, 1),
        },
        parts=(
            Part(
                name="time",
                value=round(min(0.6, 0.3 + 0.02 * spare), 3),
                reason=f"{spare:.1f} hours more than the way at {p.dark_call_kn:.0f} kn and a short stay need",
            ),
        ),
        caveats=(
            "Possible, not seen: the silence was long enough for a call, nothing shows that one was made.",
            "Distances are great circles; land in between makes the way longer.",
        ),
        rivals=(
            Rival(
                explanation="waiting or slow steaming at sea",
                test="draught before and after, fuel, time of arrival at the next port",
            ),
            Rival(explanation="not received", test="other receivers and other ships in the same hours"),
        ),
    )
