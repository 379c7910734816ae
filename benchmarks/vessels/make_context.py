#!/usr/bin/env python3
"""Cut the packaged context tables from their sources.

python make_context.py MARITIME_FOLDER OUT      # the folder that holds ports_wpi.csv, mid_countries.csv, land_east_asia.geojson
"""

import csv
import itertools
import json
import sys
from pathlib import Path

import numpy as np


def coast(path):
    """Points on the coast a State does not share with a neighbour, at most 5 km apart."""
    shapes = {}
    for feature in json.loads(Path(path).read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        shapes.setdefault(feature["properties"]["iso2"], []).extend(
            np.array(ring) for polygon in polygons for ring in polygon
        )
    owner = {}
    for state, parts in shapes.items():
        for ring in parts:
            for x, y in ring:
                owner.setdefault((round(x, 4), round(y, 4)), set()).add(state)
    out = {}
    for state, parts in shapes.items():
        points = []
        for ring in parts:
            for a, b in itertools.pairwise(ring):
                shared = all(len(owner[(round(p[0], 4), round(p[1], 4))]) > 1 for p in (a, b))
                edge = any(p[0] in (115, 150) or p[1] in (20, 55) for p in (a, b))
                if shared or edge:
                    continue
                n = max(1, int(np.hypot(b[0] - a[0], b[1] - a[1]) / 0.045))
                points += [a + (b - a) * k / n for k in range(n)]
        keep, last = [], None
        for p in points:
            if last is None or np.hypot(*(p - last)) > 0.03:
                keep.append((p[1], p[0]))
                last = p
        out[state] = np.array(keep, np.float32)
    return out


def main():
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    with (
        (source / "ports_wpi.csv").open(newline="", encoding="utf-8") as handle,
        (target / "ports.csv").open("w", newline="", encoding="utf-8") as out,
    ):
        out.write(
            "# World Port Index (US National Geospatial-Intelligence Agency, Pub. 150), public domain; columns selected. See MANIFEST.csv\n"
        )
        write = csv.writer(out, lineterminator="\n")
        write.writerow(["name", "country", "lat", "lon", "un_locode", "harbor_size"])
        for r in csv.DictReader(handle):
            write.writerow([r["name"], r["country"], r["lat"], r["lon"], r["un_locode"], r["harbor_size"]])
    with (
        (source / "mid_countries.csv").open(newline="", encoding="utf-8") as handle,
        (target / "mids.csv").open("w", newline="", encoding="utf-8") as out,
    ):
        out.write("# ITU table of maritime identification digits (facts), copy of 2023-2024; see MANIFEST.csv\n")
        write = csv.writer(out, lineterminator="\n")
        write.writerow(["mid", "state", "allocated_to"])
        for r in csv.DictReader(handle):
            write.writerow([r["mid"], r["state_iso2"] or r["iso2"], r["allocated_to"]])
    np.savez_compressed(target / "coasts.npz", **coast(source / "land_east_asia.geojson"))


if __name__ == "__main__":
    main()
