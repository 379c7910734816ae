#!/usr/bin/env python3
"""Make `land.npz`, the world's land as classes on a 0.02 degree grid, from Natural Earth 1:10m land.

    python make_land.py land-10m.json OUT/land.npz      # land-10m.json from the npm package world-atlas 2.0.2

Classes: 0 sea more than 20 nautical miles from land, 1 sea within 20 nautical miles, 2 land up to 5 km from the sea, 3 land further inland.
Two levels: tiles of one degree, and 50 x 50 blocks only where a tile is mixed. Distances are metric (a distance transform a band of latitude).
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.ndimage import distance_transform_edt

CELL = 0.02
ROWS, COLS = 9000, 18000
KM_DEG = 111.195


def rings(path):
    """Every ring of the land geometry as an array of lon, lat."""
    with Path(path).open(encoding="utf-8") as handle:
        topo = json.load(handle)
    scale, shift = np.array(topo["transform"]["scale"]), np.array(topo["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topo["arcs"]]

    def ring(indices):
        parts = []
        for i in indices:
            arc = arcs[i] if i >= 0 else arcs[~i][::-1]
            parts.append(arc[1:] if parts else arc)
        return np.concatenate(parts)

    for geometry in topo["objects"]["land"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            for part in polygon:
                yield ring(part)


def rasterise(path):
    """Even-odd fill along the middle of every row."""
    rows, lons = [], []
    for ring in rings(path):
        x0, y0, x1, y1 = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
        low, high = np.minimum(y0, y1), np.maximum(y0, y1)
        first = np.ceil((low + 90) / CELL - 0.5).astype(int)
        last = np.ceil((high + 90) / CELL - 0.5).astype(int)
        count = np.maximum(last - first, 0)
        which = np.repeat(np.arange(len(x0)), count)
        row = np.repeat(first, count) + (np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count))
        lat = -90 + (row + 0.5) * CELL
        f = (lat - y0[which]) / (y1 - y0)[which]
        rows.append(row)
        lons.append(x0[which] + (x1 - x0)[which] * f)
    row, lon = np.concatenate(rows), np.concatenate(lons)
    order = np.lexsort((lon, row))
    row, lon = row[order], lon[order]
    land = np.zeros((ROWS, COLS), np.uint8)
    starts = np.searchsorted(row, np.arange(ROWS + 1))
    for r in range(ROWS):
        cross = lon[starts[r] : starts[r + 1]]
        for a, b in zip(cross[0::2], cross[1::2], strict=False):
            i, j = int(np.ceil((a + 180) / CELL - 0.5)), int(np.ceil((b + 180) / CELL - 0.5))
            land[r, max(i, 0) : min(j, COLS)] = 1
    return land


def classes(land):
    out = np.zeros((ROWS, COLS), np.uint8)
    step, margin = 250, 30  # 5 degrees, and 0.6 degree = 66 km beside it
    for low in range(0, ROWS, step):
        a, b = max(0, low - margin), min(ROWS, low + step + margin)
        middle = -90 + (low + step / 2) * CELL
        # the short side of the band decides, so that a distance is never told too large
        cosine = max(
            0.02,
            min(np.cos(np.radians(middle - 2.5)), np.cos(np.radians(middle + 2.5)), np.cos(np.radians(middle))) + 0.01,
        )
        wrap = min(COLS // 2, int(70 / (KM_DEG * CELL * cosine)) + 2)
        part = np.concatenate([land[a:b, -wrap:], land[a:b], land[a:b, :wrap]], axis=1).astype(bool)
        sampling = (KM_DEG * CELL, KM_DEG * CELL * cosine)
        sea_km = (
            distance_transform_edt(~part, sampling=sampling)[low - a : low - a + step, wrap:-wrap]
            if part.any()
            else np.full((step, COLS), 1e9)
        )
        land_km = (
            distance_transform_edt(part, sampling=sampling)[low - a : low - a + step, wrap:-wrap]
            if not part.all()
            else np.full((step, COLS), 1e9)
        )
        mine = land[low : low + step].astype(bool)
        out[low : low + step] = np.where(mine, np.where(land_km > 5.0, 3, 2), np.where(sea_km <= 37.04, 1, 0))
    return out


def main():
    source, target = sys.argv[1:3]
    grid = classes(rasterise(source))
    tiles = grid.reshape(180, 50, 360, 50).transpose(0, 2, 1, 3).reshape(180 * 360, 2500)
    low, high = tiles.min(1), tiles.max(1)
    mixed = low != high
    index = -1 - low.astype(np.int32)  # -1 - class where the whole tile is of one class
    index[mixed] = np.arange(mixed.sum())
    np.savez_compressed(target, index=index.astype(np.int32), blocks=tiles[mixed])
    print("mixed tiles", int(mixed.sum()), "classes", np.bincount(grid.ravel()))


if __name__ == "__main__":
    main()
