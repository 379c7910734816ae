"""Make `coast.json.gz` from the land polygons of the npm package world-atlas (Natural Earth 1:50m, public domain).

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz && python docs/make_coast.py package/land-50m.json

TopoJSON keeps arcs as differences on an integer grid; this decodes them, joins them to rings, drops points nearer than
0.04 degrees to the line between their neighbours (Douglas and Peucker) and islands smaller than 0.02 square degrees.
Only outlines are kept, in hundredths of a degree: no boundary, no name.
"""

import gzip
import json
import sys
from math import hypot
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[1] / "src/observance/report/figures/coast.json.gz"
NEAR, SMALL = 0.04, 0.02

Points = list[tuple[float, float]]


def simpler(points: Points) -> Points:
    """Douglas and Peucker, with a stack in the place of recursion."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = hypot(bx - ax, by - ay)
        best, at = NEAR, 0
        for place in range(first + 1, last):
            px, py = points[place]
            away = abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length if length else hypot(px - ax, py - ay)
            if away > best:
                best, at = away, place
        if at:
            keep.add(at)
            stack.extend(((first, at), (at, last)))
    return [points[place] for place in sorted(keep)]


def area(points: Points) -> float:
    """Area of a ring in square degrees (shoelace)."""
    closed = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in closed)) / 2


def rings(topology: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """Outer and inner rings in hundredths of a degree."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Points] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]:
            for ring in polygon:
                joined: Points = []
                for index in ring:
                    points = arcs[index] if index >= 0 else arcs[~index][::-1]
                    joined.extend(points[1:] if joined else points)
                if area(joined) >= SMALL:
                    found.append([(round(lon * 100), round(lat * 100)) for lon, lat in simpler(joined)])
    return found


def main() -> None:
    """Read the file named on the command line and write the packed coast."""
    data = rings(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    OUT.write_bytes(gzip.compress(json.dumps(data, separators=(",", ":")).encode(), mtime=0))
    sys.stdout.write(f"{OUT.name}: {len(data)} rings, {OUT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
