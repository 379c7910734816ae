"""Port visits, and approaches to ports under watch.

A visit: within 4 km of a port (index positions are off by up to 2 km), slower than 1 kn for an hour, left beyond 6 km.
The port is the one nearest to where the ship lay. An approach is told for watched ports only, and only where no other
port is nearer: within 10 km in passing, or within 15 km with a stop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["find_calls"]

VISIT_RIVALS = (
    Rival(explanation="anchored off another place near by", test="berth or anchorage charts, imagery of the hours"),
    Rival(explanation="a position sent that was not the ship's", test="the way in and out, other sensors"),
)


def find_calls(tracks: Tracks, context: Context, parameters: Parameters) -> list[Draft]:
    """Port visits and approaches in tracks."""
    from observance.observations.vessels.calls_kernel import scan_approaches, scan_visits
    from observance.observations.vessels.reception import near_ports

    p = parameters
    ts, lat, lon = tracks.column("ts"), tracks.column("lat"), tracks.column("lon")
    room = max(1024, len(ts) // 64)
    while True:
        n, visits = scan_visits(
            tracks.unit_starts, ts, lat, lon, *context.ports.arrays,
            p.visit_enter_km * 1000, p.visit_leave_km * 1000, p.visit_kn, room,
        )  # fmt: skip
        if n <= room:
            break
        room = n
    visits = visits[visits[:, 4] >= p.visit_h * 3600]
    watched = context.watched
    out: list[Draft] = []
    spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    if len(visits):
        at = visits[:, 5]
        port, away = near_ports(lat[at] / UNIT, lon[at] / UNIT, *context.ports.arrays)
        for row, q, d in zip(visits, port, away, strict=True):
            out.append(_visit(tracks, context, ts, lat, lon, row, int(q), float(d), p))
            span = (int(ts[row[2]]), int(ts[row[3]]))
            spans.setdefault((out[-1].vessels[0], context.ports.ports[int(q)].name), []).append(span)
    if not watched.any():
        return out
    room = 1024
    while True:
        n, near = scan_approaches(
            tracks.unit_starts, ts, lat, lon, *context.ports.arrays, watched, _zone(context),
            p.approach_far_km * 1000, p.visit_kn, p.bridge_s, room,
        )  # fmt: skip
        if n <= room:
            break
        room = n
    for row in near:
        stop = row[4] >= p.visit_h * 3600
        if not stop and row[5] > p.approach_km * 1000:
            continue
        mmsi = int(tracks.vessels[tracks.unit_vessel[row[0]]])
        name = context.ports.ports[int(row[1])].name
        t0, t1 = int(ts[row[2]]), int(ts[row[3]])
        if any(a <= t1 and z >= t0 for a, z in spans.get((mmsi, name), [])):
            continue
        out.append(_approach(context, lat, lon, row, mmsi, t0, t1, stop))
    return out


def _zone(context: Context) -> Any:
    """One-degree tiles in and around which a watched port lies."""
    zone = np.zeros((180, 360), np.uint8)
    for k in np.flatnonzero(context.watched):
        y, x = int(context.ports.lat[k] + 90), int(context.ports.lon[k] + 180)
        wide = 2 if abs(y - 90) < 70 else 20
        zone[max(0, y - 2) : y + 3, np.arange(x - wide, x + wide + 1) % 360] = 1
    return zone.ravel()


def _visit(
    tracks: Tracks, context: Context, ts: Any, lat: Any, lon: Any, row: Any, q: int, away: float, p: Parameters
) -> Draft:
    port = context.ports.ports[q]
    sure = away <= p.visit_sure_km * 1000
    holes = np.diff(ts[row[2] : row[3] + 1])
    hole = float(holes.max()) / 3600 if len(holes) else 0.0
    caveats = [] if sure else ["The ship lay further from the indexed position than a berth usually does."]
    if hole > 2:
        caveats.append(f"Silent for {hole:.1f} h of the stay.")
    if not row[6]:
        caveats.append("Still there at the end of this track.")
    return Draft(
        kind="port_visit",
        vessels=(int(tracks.vessels[tracks.unit_vessel[row[0]]]),),
        t0=int(ts[row[2]]),
        t1=int(ts[row[3]]),
        lat=round(float(lat[row[5]]) / UNIT, 6),
        lon=round(float(lon[row[5]]) / UNIT, 6),
        attributes={"country": port.country, "port": port.name, "left": bool(row[6])},
        metrics={
            "hours": round(float(ts[row[3]] - ts[row[2]]) / 3600, 3),
            "slow_hours": round(float(row[4]) / 3600, 3),
            "distance_km": round(away / 1000, 3),
            "longest_silence_h": round(hole, 3),
        },
        parts=(
            Part(
                name="distance", value=0.95 if sure else 0.7, reason=f"{away / 1000:.1f} km from the indexed position"
            ),
            Part(name="heard", value=1.0 if hole <= 2 else 0.8, reason=f"longest silence of the stay {hole:.1f} h"),
        ),
        caveats=tuple(caveats),
        rivals=VISIT_RIVALS,
        detail=(port.name,),
    )


def _approach(context: Context, lat: Any, lon: Any, row: Any, mmsi: int, t0: int, t1: int, stop: bool) -> Draft:
    port = context.ports.ports[int(row[1])]
    return Draft(
        kind="port_approach",
        vessels=(mmsi,),
        t0=t0,
        t1=t1,
        lat=round(float(lat[row[6]]) / UNIT, 6),
        lon=round(float(lon[row[6]]) / UNIT, 6),
        attributes={"country": port.country, "port": port.name, "stop": bool(stop)},
        metrics={"distance_km": round(float(row[5]) / 1000, 3), "slow_hours": round(float(row[4]) / 3600, 3)},
        parts=(
            Part(
                name="distance",
                value=0.8 if stop else 0.5,
                reason=f"within {row[5] / 1000:.1f} km" + (" and stopped there" if stop else " in passing"),
            ),
        ),
        caveats=("Near the port, not seen in it.",),
        rivals=(
            Rival(explanation="coastal passage", test="course and speed before and after"),
            Rival(explanation="bound for another port near by", test="destination in voyage messages, next port visit"),
        ),
        detail=(port.name,),
    )
