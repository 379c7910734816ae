"""Hourly samples of every number's positions: where it was at a time, found without its track."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT
from observance.observations.vessels.encounters import distance_m

if TYPE_CHECKING:
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.tracks import Tracks

__all__ = ["Samples", "sample_tracks"]

_NEAR_S = 6 * 3600


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """One position an hour, and both ends of every silence of three hours, sorted by (mmsi, ts)."""

    mmsi: Any
    ts: Any
    lat: Any
    lon: Any

    @classmethod
    def join(cls, parts: list[Samples]) -> Samples:
        """Samples of several partitions."""
        whole = {n: np.concatenate([getattr(p, n) for p in parts]) for n in cls.__slots__}
        if bool(np.all(np.diff(whole["mmsi"]) >= 0)):
            return cls(**whole)
        order = np.lexsort((whole["ts"], whole["mmsi"]))
        return cls(**{n: whole[n][order] for n in cls.__slots__})

    def _span(self, mmsi: int) -> tuple[int, int]:
        return (
            int(np.searchsorted(self.mmsi, np.int32(mmsi), "left")),
            int(np.searchsorted(self.mmsi, np.int32(mmsi), "right")),
        )

    def locate(self, mmsi: int, ts: int) -> tuple[float, float] | None:
        """The sample nearest to a time, None where none lies within six hours."""
        a, z = self._span(mmsi)
        if a == z:
            return None
        k = a + int(np.argmin(np.abs(self.ts[a:z].astype(np.int64) - ts)))
        if abs(int(self.ts[k]) - ts) > _NEAR_S:
            return None
        return float(self.lat[k]) / UNIT, float(self.lon[k]) / UNIT

    def continues(self, mmsi: int, t0: int, t1: int, km: float) -> bool | None:
        """Whether the track goes on between two times: no silence of a day that ends elsewhere. None: no positions."""
        a, z = self._span(mmsi)
        if z - a < 2:
            return None
        ts = self.ts[a:z].astype(np.int64)
        i = max(0, int(np.searchsorted(ts, t0, "right")) - 1)
        k = min(len(ts) - 1, int(np.searchsorted(ts, t1, "left")))
        if k <= i:
            return None if ts[-1] < t0 or ts[0] > t1 else True
        la, lo = self.lat[a + i : a + k + 1] / UNIT, self.lon[a + i : a + k + 1] / UNIT
        hole = np.diff(ts[i : k + 1]) > 86400
        away = distance_m(la[:-1], lo[:-1], la[1:], lo[1:]) > km * 1000
        return not bool(np.any(hole & away))

    def in_port(self, mmsi: int, t0: int, t1: int, context: Context, km: float) -> bool:
        """Whether any sample between two times (or the one nearest to them) lies within so many km of a port."""
        from observance.observations.vessels.reception import near_ports

        a, z = self._span(mmsi)
        if a == z:
            return False
        ts = self.ts[a:z].astype(np.int64)
        i, k = int(np.searchsorted(ts, t0, "left")), int(np.searchsorted(ts, t1, "right"))
        i, k = max(0, i - 1), min(len(ts), k + 1)
        keep = np.arange(a + i, a + k)
        keep = keep[(self.ts[keep] >= t0 - _NEAR_S) & (self.ts[keep] <= t1 + _NEAR_S)]
        if not len(keep):
            return False
        _, away = near_ports(self.lat[keep] / UNIT, self.lon[keep] / UNIT, *context.ports.arrays)
        return bool(np.any(away <= km * 1000))


def sample_tracks(tracks: Tracks) -> Samples:
    """Samples of tracks."""
    from observance.observations.vessels.reception import pick_hourly

    f = tracks.fixes
    keep = pick_hourly(tracks.starts, f.ts, 10800)
    return Samples(mmsi=f.mmsi[keep], ts=f.ts[keep], lat=f.lat[keep], lon=f.lon[keep])
