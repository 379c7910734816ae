"""One partition of ships: everything that can be seen in its tracks alone, and what the joint questions need of them.

A partition holds whole vessels. What comes out is small against the positions, so that partitions can be scanned
anywhere (`observance.engine`) and joined in one place (`conclude`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.encounters import Bins, Coarse
from observance.observations.vessels.events import Draft, Part, Rival
from observance.observations.vessels.identity import Ends
from observance.observations.vessels.jumps import Jump
from observance.observations.vessels.samples import Samples, sample_tracks
from observance.observations.vessels.silence import Heard, Silences, hear_tracks, list_silences

if TYPE_CHECKING:
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["Scan", "join_scans", "scan"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scan:
    """What one partition gives: drafts of single ships, and the ground for the joint questions."""

    unit_mmsi: Any
    bins: Bins
    coarse: Coarse
    silences: Silences
    heard: Heard
    samples: Samples
    ends: Ends
    jumps: tuple[Jump, ...]
    drafts: tuple[Draft, ...]
    fixes: int
    dropped: dict[str, int]


def scan(
    tracks: Tracks, context: Context, parameters: Parameters, *, slots: tuple[int, int, int], end: int, receivers: int
) -> Scan:
    """Scan the tracks of one partition. `slots` and `end` are those of the whole data set, so that partitions agree."""
    from observance.observations.vessels.calls import find_calls
    from observance.observations.vessels.jumps import find_jumps
    from observance.observations.vessels.replay import find_replays
    from observance.observations.vessels.spoofing import find_spoofing

    bins, coarse, loitering = grid_tracks(tracks, context, parameters)
    drafts = loitering
    drafts += find_calls(tracks, context, parameters)
    drafts += find_spoofing(tracks, context, parameters)
    drafts += find_replays(tracks, parameters)
    return Scan(
        unit_mmsi=tracks.vessels[tracks.unit_vessel],
        bins=bins,
        coarse=coarse,
        silences=list_silences(tracks, end, parameters),
        heard=hear_tracks(tracks, slots, receivers),
        samples=sample_tracks(tracks),
        ends=_ends(tracks, context, parameters),
        jumps=tuple(find_jumps(tracks, parameters)),
        drafts=tuple(drafts),
        fixes=len(tracks.fixes),
        dropped=tracks.dropped,
    )


def grid_tracks(tracks: Tracks, context: Context, parameters: Parameters) -> tuple[Bins, Coarse, list[Draft]]:
    """Slow bins, half-hourly positions and loitering of tracks."""
    from observance.observations.vessels.grid import count_bins, scan_grid

    p = parameters
    ts, lat, lon = tracks.column("ts"), tracks.column("lat"), tracks.column("lon")
    total, longest = count_bins(tracks.unit_starts, ts, p.bin_s, p.bridge_s)
    unit, number, b_lat, b_lon, kn, flag, key, pos, runs = scan_grid(
        tracks.unit_starts, ts, lat, lon, total, longest, p.bin_s, p.bridge_s,
        p.underway_kn, p.loiter_kn, int(min(p.loiter_h, p.loiter_listed_h) * 3600), p.encounter_port_km * 1000,
        *context.ports.arrays, context.watched, context.land.index, context.land.blocks,
    )  # fmt: skip
    bins = Bins(unit=unit, bin=number, lat=b_lat, lon=b_lon, kn=kn, flag=flag)
    coarse = Coarse(unit=key[:, 0], bin=key[:, 1], lat=pos[:, 0], lon=pos[:, 1])
    drafts = []
    for u, b0, b1, la, lo, count in runs.tolist():
        mmsi = int(tracks.vessels[tracks.unit_vessel[u]])
        hours = (b1 - b0) * p.bin_s / 3600
        if hours < (p.loiter_listed_h if mmsi in context.listed else p.loiter_h):
            continue
        drafts.append(
            Draft(
                kind="loitering",
                vessels=(mmsi,),
                t0=b0 * p.bin_s,
                t1=b1 * p.bin_s,
                lat=round(la / UNIT, 6),
                lon=round(lo / UNIT, 6),
                metrics={"hours": round(hours, 3), "bins": float(count)},
                parts=(
                    Part(
                        name="time",
                        value=round(min(0.9, 0.5 + hours / 48), 3),
                        reason=f"{hours:.1f} h below {p.loiter_kn} kn",
                    ),
                ),
                caveats=("Ships wait at sea for orders, berths, weather and repairs.",),
                rivals=LOITER_RIVALS,
            )
        )
    return bins, coarse, drafts


LOITER_RIVALS = (
    Rival(explanation="waiting for orders or a berth", test="next port visit, other ships waiting near by"),
    Rival(explanation="weather, repairs or fishing", test="weather of the days, navigational status, ship type"),
)


def _ends(tracks: Tracks, context: Context, p: Parameters) -> Ends:
    from observance.observations.vessels.reception import near_ports

    f = tracks.fixes
    a, z = tracks.starts[:-1], tracks.starts[1:] - 1
    lat, lon = f.lat[z] / UNIT, f.lon[z] / UNIT
    _, away = near_ports(lat, lon, *context.ports.arrays)
    before = np.array(
        [
            max(i, int(np.searchsorted(f.ts[i : k + 1], f.ts[k] - 900, "right")) - 1 + i)
            for i, k in zip(a, z, strict=True)
        ],
        int,
    )
    seconds = np.maximum(1, f.ts[z].astype(np.int64) - f.ts[before])
    north = (lat - f.lat[before] / UNIT) / seconds
    east = ((lon - f.lon[before] / UNIT + 540) % 360 - 180) / seconds
    return Ends(
        mmsi=tracks.vessels,
        first_ts=f.ts[a].astype(np.int64),
        first_lat=f.lat[a] / UNIT,
        first_lon=f.lon[a] / UNIT,
        last_ts=f.ts[z].astype(np.int64),
        last_lat=lat,
        last_lon=lon,
        last_north=north,
        last_east=east,
        last_in_port=away <= p.gap_port_km * 1000,
    )


def join_scans(scans: list[Scan]) -> Scan:
    """Scans of several partitions as one; segments are numbered on, ordered by number and time where order matters."""
    if len(scans) == 1:
        return scans[0]
    shift = np.cumsum([0] + [len(s.unit_mmsi) for s in scans])[:-1]
    bins = {
        n: np.concatenate([getattr(s.bins, n) + (k if n == "unit" else 0) for s, k in zip(scans, shift, strict=True)])
        for n in Bins.__slots__
    }
    coarse = {
        n: np.concatenate([getattr(s.coarse, n) + (k if n == "unit" else 0) for s, k in zip(scans, shift, strict=True)])
        for n in Coarse.__slots__
    }
    ends = {n: np.concatenate([getattr(s.ends, n) for s in scans]) for n in Ends.__slots__}
    order = np.argsort(ends["mmsi"], kind="stable")
    dropped: dict[str, int] = {}
    for s in scans:
        for name, count in s.dropped.items():
            dropped[name] = dropped.get(name, 0) + count
    return Scan(
        unit_mmsi=np.concatenate([s.unit_mmsi for s in scans]),
        bins=Bins(**bins),
        coarse=Coarse(**coarse),
        silences=Silences.join([s.silences for s in scans]),
        heard=Heard.join([s.heard for s in scans]),
        samples=Samples.join([s.samples for s in scans]),
        ends=Ends(**{n: v[order] for n, v in ends.items()}),
        jumps=tuple(j for s in scans for j in s.jumps),
        drafts=tuple(d for s in scans for d in s.drafts),
        fixes=sum(s.fixes for s in scans),
        dropped=dropped,
    )
