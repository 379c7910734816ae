"""Make `coast.json.gz` from the land polygons of the npm package world-atlas (Natural Earth, public domain).

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz && python docs/make_coast.py package/land-110m.json

TopoJSON keeps arcs as differences on an integer grid; this decodes them, joins them to rings and rounds to hundredths
of a degree. Only the outlines are kept: no boundary, no name.
"""

import gzip
import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src/observance/report/figures/coast.json.gz"


def rings(topology: dict[str, object]) -> list[list[tuple[int, int]]]:
    """Outer and inner rings in hundredths of a degree."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]  # type: ignore[index]
    arcs = []
    for arc in topology["arcs"]:  # type: ignore[attr-defined]
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * scale[0] + translate[0]) * 100), round((y * scale[1] + translate[1]) * 100)))
        arcs.append(points)
    found = []
    for geometry in topology["objects"]["land"]["geometries"]:  # type: ignore[index]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                joined: list[tuple[int, int]] = []
                for index in ring:
                    points = arcs[index] if index >= 0 else arcs[~index][::-1]
                    joined.extend(points[1:] if joined else points)
                found.append(joined)
    return found


def main() -> None:
    """Read the file named on the command line and write the packed coast."""
    data = rings(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    spelled = json.dumps(data, separators=(",", ":")).encode()
    OUT.write_bytes(gzip.compress(spelled, mtime=0))
    sys.stdout.write(f"{OUT.name}: {len(data)} rings, {OUT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
