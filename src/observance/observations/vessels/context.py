"""What a detector has to know about the world: ports, land, who assigns which number, who is under watch.

Sources and terms of the packaged tables stand in `data/MANIFEST.csv`. The engine names no State: which States and which
ships are under watch comes in as an argument.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Context", "Land", "Port", "PortIndex", "coasts", "load_context", "load_land", "load_mids", "load_ports"]

REACH_KM = 15.5  # how far from a port the raster answers; the widest zone is the far approach, 15 km
_CELL = 0.05
_KM_DEG = 111.195


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """A port: name, ISO 3166 alpha-2 code of its State, degrees. Index positions may be off by about 2 km."""

    name: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PortIndex:
    """Ports as a raster of candidate lists: one-degree tiles, 0.05 degree cells; distances are always exact."""

    ports: tuple[Port, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    tiles: NDArray[np.int32]
    blocks: NDArray[np.int32]
    start: NDArray[np.int32]
    items: NDArray[np.int32]

    @property
    def arrays(self) -> tuple[Any, Any, Any, Any, Any, Any]:
        """The arrays in the order in which `geometry.nearest_port` takes them."""
        return (self.tiles, self.blocks, self.start, self.items, self.lat, self.lon)

    @classmethod
    def of(cls, ports: tuple[Port, ...]) -> PortIndex:
        """Rasterise ports once."""
        lat = np.array([p.lat for p in ports], float)
        lon = (np.array([p.lon for p in ports], float) + 180) % 360 - 180
        reach = REACH_KM / _KM_DEG
        edge = np.minimum(89.99, np.abs(lat) + reach)
        wide = np.minimum(180.0, reach / np.cos(np.radians(edge)))
        y0 = ((np.maximum(lat - reach, -90) + 90) / _CELL).astype(np.int64)
        y1 = np.minimum(((np.minimum(lat + reach, 90) + 90) / _CELL).astype(np.int64), 3599)
        x0 = np.floor((lon - wide + 180) / _CELL).astype(np.int64)
        x1 = np.minimum(np.floor((lon + wide + 180) / _CELL).astype(np.int64), x0 + 7199)
        across, count = x1 - x0 + 1, (x1 - x0 + 1) * (y1 - y0 + 1)
        port = np.repeat(np.arange(len(ports)), count)
        k = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        cell = (y0[port] + k // across[port]) * 7200 + (x0[port] + k % across[port]) % 7200
        order = np.argsort(cell, kind="stable")
        cell, port = cell[order], port[order]
        unique, first = np.unique(cell, return_index=True)
        start = np.append(first, len(cell)).astype(np.int32)
        y, x = unique // 7200, unique % 7200
        tile = (y // 20) * 360 + x // 20
        used, number = np.unique(tile, return_inverse=True)
        tiles = np.full(180 * 360, -1, np.int32)
        tiles[used] = np.arange(len(used))
        blocks = np.full((max(1, len(used)), 400), -1, np.int32)
        blocks[number, (y % 20) * 20 + x % 20] = np.arange(len(unique))
        return cls(ports=ports, lat=lat, lon=lon, tiles=tiles, blocks=blocks, start=start, items=port.astype(np.int32))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Land:
    """The land raster: `index` of 180 x 360 tiles (-1 - class, or a block), `blocks` of 50 x 50 cells."""

    index: NDArray[np.int32]
    blocks: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Context:
    """The world as one run sees it.

    Attributes:
        ports: the ports with their raster.
        land: the land raster.
        mids: MMSI prefix to the State (alpha-2) that stands behind it.
        watch: States (alpha-2) whose ports and waters are under watch.
        listed: MMSI numbers of listed ships (the list of the day is the caller's business).
        start, end: first and last second of the data; None = as found.
    """

    ports: PortIndex
    land: Land
    mids: dict[int, str] = field(default_factory=dict)
    watch: frozenset[str] = frozenset()
    listed: frozenset[int] = frozenset()
    start: int | None = None
    end: int | None = None

    @property
    def watched(self) -> NDArray[np.bool_]:
        """Which ports belong to a State under watch."""
        return _watched(self.ports.ports, self.watch)

    def state_of(self, mmsi: int) -> str:
        """The State behind the prefix of an MMSI, or "" where the prefix is not in the table."""
        return self.mids.get(mmsi // 1_000_000, "")


@lru_cache(maxsize=8)
def _watched(ports: tuple[Port, ...], watch: frozenset[str]) -> NDArray[np.bool_]:
    return np.array([p.country in watch for p in ports], bool)


def _data(name: str) -> Any:
    return files("observance.observations.vessels").joinpath("data", name)


@lru_cache(maxsize=1)
def load_ports() -> tuple[Port, ...]:
    """The ports of the World Port Index, as packaged."""
    with _data("ports.csv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return tuple(Port(name=r["name"], country=r["country"], lat=float(r["lat"]), lon=float(r["lon"])) for r in rows)


@lru_cache(maxsize=1)
def load_mids() -> dict[int, str]:
    """MMSI prefix to State (alpha-2); a prefix shared by several territories has the State of all of them."""
    with _data("mids.csv").open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return {int(r["mid"]): r["state"] for r in rows}


@lru_cache(maxsize=1)
def load_land() -> Land:
    """The packaged land raster."""
    with _data("land.npz").open("rb") as handle, np.load(handle) as store:
        return Land(index=store["index"], blocks=store["blocks"])


@lru_cache(maxsize=8)
def coasts(watch: frozenset[str]) -> NDArray[np.float64]:
    """Points (lat, lon) along the coasts of these States, about every 5 km; empty where the package has none."""
    with _data("coasts.npz").open("rb") as handle, np.load(handle) as store:
        parts = [store[name] for name in sorted(watch) if name in store.files]
    return np.concatenate(parts).astype(float) if parts else np.zeros((0, 2))


@lru_cache(maxsize=4)
def _index(ports: tuple[Port, ...]) -> PortIndex:
    return PortIndex.of(ports)


def load_context(
    *,
    ports: tuple[Port, ...] | None = None,
    watch: frozenset[str] = frozenset(),
    listed: frozenset[int] = frozenset(),
    start: int | None = None,
    end: int | None = None,
) -> Context:
    """The packaged world with the caller's watch; `ports` replaces the port table."""
    return Context(
        ports=_index(load_ports() if ports is None else ports),
        land=load_land(),
        mids=load_mids(),
        watch=watch,
        listed=listed,
        start=start,
        end=end,
    )
