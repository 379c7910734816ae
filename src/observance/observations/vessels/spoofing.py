"""Positions that a ship cannot have had, told for single ships: circles, inland, frozen, disagreeing speeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.tracks import Tracks

__all__ = ["find_spoofing"]

FAULT = Rival(explanation="fault of the positioning or speed set", test="later messages, port state control records")


def find_spoofing(tracks: Tracks, context: Context, parameters: Parameters) -> list[Draft]:
    """Circles, positions on land, frozen positions and speeds that do not agree."""
    from observance.observations.vessels.spoof_kernel import scan_circles, scan_frozen, scan_inland, scan_mismatch

    p = parameters
    ts, lat, lon = tracks.column("ts"), tracks.column("lat"), tracks.column("lon")
    sog, cog = tracks.column("sog"), tracks.column("cog")
    u = tracks.unit_starts
    out: list[Draft] = []

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

    for row in scan_circles(u, ts, lat, lon, p.circle_turns, int(p.circle_h * 3600), p.circle_cv, p.circle_min_m):
        turns, cv = abs(row[5]) / 100, row[4] / 1000
        out.append(
            draft(
                "spoof_circle",
                row,
                metrics={"radius_m": float(row[3]), "radius_cv": float(cv), "turns": float(turns)},
                parts=(Part(name="regular", value=round(1 - min(0.5, 2 * cv), 3), reason=f"radius varies by {cv:.0%}"),),
                caveats=("A ship can run in circles; so regular and often is rare.",),
                rivals=(
                    Rival(explanation="real circles: trials, search, fishing", test="speed and heading against the radius"),
                    Rival(explanation="interference at another place", test="other ships on circles at the same hours"),
                ),
            )
        )
    for row in scan_inland(
        u, ts, lat, lon, context.land.index, context.land.blocks, *context.ports.arrays,
        p.inland_port_km * 1000, p.inland_min_s,
    ):  # fmt: skip
        out.append(
            draft(
                "spoof_on_land",
                row,
                metrics={"fixes": float(row[3]), "hours": round(float(ts[row[2]] - ts[row[1]]) / 3600, 3)},
                parts=(Part(name="inland", value=0.8, reason="more than 5 km from the sea and away from inland ports"),),
                caveats=("The land raster knows no rivers and lakes.",),
                rivals=(
                    Rival(explanation="a river, canal or lake", test="charts of inland waters; other ships on the same way"),
                    FAULT,
                ),
            )
        )
    for row in scan_frozen(u, ts, lat, lon, sog, int(p.frozen_kn * 10), p.frozen_m, p.frozen_s):
        speeds = sog[row[1] : row[2] + 1]
        speeds = speeds[speeds != 1023]
        out.append(
            draft(
                "spoof_frozen",
                row,
                metrics={
                    "fixes": float(row[3]),
                    "reported_kn": round(float(np.median(speeds)) / 10, 1),
                    "hours": round(float(ts[row[2]] - ts[row[1]]) / 3600, 3),
                },
                parts=(Part(name="fixes", value=min(0.9, 0.5 + 0.05 * float(row[3])), reason=f"{row[3]} fixes at one place"),),
                caveats=("Speed and position come from different sets on some ships.",),
                rivals=(FAULT,),
            )
        )
    for row in scan_mismatch(u, ts, lat, lon, sog, cog, p.mismatch_kn, p.mismatch_s):
        out.append(
            draft(
                "sog_mismatch",
                row,
                metrics={"difference_kn": float(row[4]) / 100, "steps": float(row[3])},
                parts=(Part(name="steps", value=min(0.9, 0.5 + 0.05 * float(row[3])), reason=f"{row[3]} steps in a row"),),
                caveats=("Reported less implied speed; which of the two is wrong is not told.",),
                rivals=(FAULT, Rival(explanation="units mixed up by the source of the data", test="other ships of the same file")),
            )
        )
    return out
