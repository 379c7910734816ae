"""Positions that a ship cannot have had, told for single ships: circles, inland, frozen, disagreeing speeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import SOG_NONE, UNIT
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["find_spoofing"]

FAULT = Rival(explanation="fault of the positioning or speed set", test="later messages, port state control records")
CIRCLE_RIVALS = (
    Rival(explanation="real circles: trials, search, fishing", test="speed and heading against the radius"),
    Rival(explanation="interference at another place", test="other ships on circles at the same hours"),
)
INLAND = (Part(name="inland", value=0.8, reason="more than 5 km from the sea and away from inland ports"),)
INLAND_RIVALS = (
    Rival(explanation="a river, canal or lake", test="charts of inland waters; other ships on the same way"),
    FAULT,
)
UNITS = Rival(explanation="units mixed up by the source of the data", test="other ships of the same file")


def find_spoofing(tracks: Tracks, context: Context, parameters: Parameters) -> list[Draft]:
    """Circles, positions on land, frozen positions and speeds that do not agree."""
    from observance.observations.vessels.spoof_kernel import scan_circles, scan_frozen, scan_inland, scan_mismatch

    p = parameters
    ts, lat, lon = tracks.column("ts"), tracks.column("lat"), tracks.column("lon")
    sog, cog = tracks.column("sog"), tracks.column("cog")
    u = tracks.unit_starts

    def draft(kind: str, row: Any, **more: Any) -> Draft:
        a, z = int(row[1]), int(row[2])
        m = (a + z) // 2
        return Draft(
            kind=kind,
            vessels=(int(tracks.vessels[tracks.unit_vessel[row[0]]]),),
            t0=int(ts[a]),
            t1=int(ts[z]),
            lat=round(float(lat[m]) / UNIT, 6),
            lon=round(float(lon[m]) / UNIT, 6),
            **more,
        )

    def hours(row: Any) -> float:
        return round(float(ts[row[2]] - ts[row[1]]) / 3600, 3)

    circles = scan_circles(u, ts, lat, lon, p.circle_turns, int(p.circle_h * 3600), p.circle_cv, p.circle_min_m)
    inland = scan_inland(
        u, ts, lat, lon, context.land.index, context.land.blocks, *context.ports.arrays,
        p.inland_port_km * 1000, p.inland_min_s,
    )  # fmt: skip
    frozen = scan_frozen(u, ts, lat, lon, sog, int(p.frozen_kn * 10), p.frozen_m, p.frozen_s)
    mismatch = scan_mismatch(u, ts, lat, lon, sog, cog, p.mismatch_kn, p.mismatch_s)
    return [
        *(
            draft(
                "spoof_circle",
                row,
                metrics={
                    "radius_m": float(row[3]),
                    "radius_cv": float(row[4]) / 1000,
                    "turns": abs(float(row[5])) / 100,
                    "hours": hours(row),
                },
                parts=(
                    Part(
                        name="regular",
                        value=round(1 - min(0.5, float(row[4]) / 500), 3),
                        reason=f"radius varies by {row[4] / 1000:.0%}",
                    ),
                ),
                caveats=("A ship can run in circles; so regular and often is rare.",),
                rivals=CIRCLE_RIVALS,
            )
            for row in circles
        ),
        *(
            draft(
                "spoof_on_land",
                row,
                metrics={"fixes": float(row[3]), "hours": hours(row)},
                parts=INLAND,
                caveats=("The land raster knows no rivers and lakes.",),
                rivals=INLAND_RIVALS,
            )
            for row in inland
        ),
        *(
            draft(
                "spoof_frozen",
                row,
                metrics={"fixes": float(row[3]), "reported_kn": _median_kn(sog, row), "hours": hours(row)},
                parts=(_count_part("fixes", int(row[3])),),
                caveats=("Speed and position come from different sets on some ships.",),
                rivals=(FAULT,),
            )
            for row in frozen
        ),
        *(
            draft(
                "sog_mismatch",
                row,
                metrics={"difference_kn": float(row[4]) / 100, "steps": float(row[3]), "hours": hours(row)},
                parts=(_count_part("steps", int(row[3])),),
                caveats=("Reported less implied speed; which of the two is wrong is not told.",),
                rivals=(FAULT, UNITS),
            )
            for row in mismatch
        ),
    ]


def _count_part(name: str, count: int) -> Part:
    return Part(name=name, value=round(min(0.9, 0.5 + 0.05 * count), 3), reason=f"{count} {name} in a row")


def _median_kn(sog: Any, row: Any) -> float:
    speeds = sog[row[1] : row[2] + 1]
    return round(float(np.median(speeds[speeds != SOG_NONE])) / 10, 1)
