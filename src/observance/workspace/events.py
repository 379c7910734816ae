"""The events of the tracks as lists, tables, GeoJSON, words and a map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from observance.errors import UsageError
from observance.workspace.tracking import clock_of, lake_of, stored_events

if TYPE_CHECKING:
    from observance.report.figures.tracks import TrackMap
    from observance.workspace import Workspace

__all__ = ["as_csv", "as_geojson", "find_event", "line_of", "listed_events", "map_of", "tracks_of", "words_of"]

_BEFORE = 6 * 3600


def listed_events(
    workspace: Workspace,
    *,
    since: str | None = None,
    until: str | None = None,
    vessel: str = "",
    kinds: Sequence[str] = (),
) -> list[dict[str, Any]]:
    """Events in a window, of a ship, of kinds, by start; the detectors run first where something is new.

    Raises:
        UsageError: a ship that is not `imo:` or `mmsi:`.
    """
    workspace.observe()
    numbers = _numbers(workspace, vessel) if vessel else None
    found = []
    for event in stored_events(workspace):
        end = event["t1"] if event.get("t1") is not None else float("inf")
        if since and end != float("inf") and clock_of(end)[:10] < since:
            continue
        if until and clock_of(event["t0"])[:10] > until:
            continue
        if numbers is not None and not numbers & set(event["vessels"]):
            continue
        if kinds and event["kind"] not in kinds:
            continue
        found.append(event)
    return found


def _numbers(workspace: Workspace, vessel: str) -> set[int]:
    scheme, _, value = vessel.partition(":")
    if scheme == "mmsi" and value.isdigit():
        return {int(value)}
    if scheme == "imo" and value.isdigit():
        return {
            mmsi
            for table in lake_of(workspace).statics()
            for mmsi, imo in zip(table["mmsi"], table["imo"], strict=True)
            if imo == int(value)
        }
    raise UsageError("no such ship", got=vessel, expected="imo:8916580 or mmsi:445123456")


def find_event(workspace: Workspace, beginning: str) -> dict[str, Any]:
    """The event whose id begins so.

    Raises:
        UsageError: none does, or several.
    """
    hits = [event for event in stored_events(workspace) if event["id"].startswith(beginning)]
    if len(hits) != 1:
        raise UsageError(
            "several events begin so" if hits else "no event with this id",
            got=beginning,
            expected="an id of `observance tracks events`",
        )
    return hits[0]


def line_of(event: dict[str, Any]) -> str:
    """An event as one line."""
    until = clock_of(event["t1"]) if event.get("t1") is not None else "open"
    place = f"{event['lat']:.3f},{event['lon']:.3f}" if event.get("lat") is not None else "-"
    ships = "+".join(f"{mmsi:09d}" for mmsi in event["vessels"])
    words = " ".join(f"{name}={value}" for name, value in sorted((event.get("attributes") or {}).items()))
    fields = [
        event["id"],
        event["kind"],
        ships,
        clock_of(event["t0"]),
        until,
        place,
        f"{event['confidence']:.2f}",
        words,
    ]
    return "\t".join(fields).rstrip()


def as_geojson(events: Sequence[dict[str, Any]]) -> bytes:
    """Events as a FeatureCollection (RFC 7946); one without a place has a null geometry."""
    features = [
        {
            "type": "Feature",
            "id": event["id"],
            "geometry": {"type": "Point", "coordinates": [event["lon"], event["lat"]]}
            if event.get("lat") is not None
            else None,
            "properties": {
                "kind": event["kind"],
                "vessels": event["vessels"],
                "start": clock_of(event["t0"]),
                "end": clock_of(event["t1"]) if event.get("t1") is not None else None,
                "confidence": event["confidence"],
                **(event.get("attributes") or {}),
                "caveats": event.get("caveats", []),
            },
        }
        for event in events
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def as_csv(events: Sequence[dict[str, Any]]) -> bytes:
    """Events as CSV."""
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(["id", "kind", "vessels", "start", "end", "lat", "lon", "confidence", "attributes", "caveats"])
    for event in events:
        table.writerow(
            [
                event["id"],
                event["kind"],
                " ".join(map(str, event["vessels"])),
                clock_of(event["t0"]),
                clock_of(event["t1"]) if event.get("t1") is not None else "",
                event.get("lat"),
                event.get("lon"),
                event["confidence"],
                json.dumps(event.get("attributes") or {}, ensure_ascii=False),
                "; ".join(event.get("caveats", ())),
            ]
        )
    return buffer.getvalue().encode()


def words_of(event: dict[str, Any]) -> str:
    """An event in words: what was heard, why it was flagged, what speaks against it."""
    until = clock_of(event["t1"]) if event.get("t1") is not None else "still open at the end of the data"
    coverage = event.get("coverage") or {}
    lines = [
        f"{event['kind']} {event['id']}",
        f"ships: {', '.join(f'{mmsi:09d}' for mmsi in event['vessels'])}",
        f"from {clock_of(event['t0'])} to {until}",
    ]
    if event.get("lat") is not None:
        lines.append(f"at {event['lat']:.4f}, {event['lon']:.4f}")
    for name, value in sorted((event.get("attributes") or {}).items()):
        lines.append(f"{name}: {value}")
    for name, value in sorted((event.get("metrics") or {}).items()):
        lines.append(f"{name}: {value:g}")
    heard = ", ".join(str(count) for count in coverage.get("fixes", ()))
    lines.append(
        f"positions heard: {heard or 'none'}; receivers: {', '.join(coverage.get('receivers', ())) or 'not told'}"
    )
    if coverage.get("neighbours") is not None:
        lines.append(f"other ships heard near by meanwhile: {coverage['neighbours']}")
    lines.append(f"confidence {event['confidence']:.2f}:")
    lines += [f"  {part['name']} {part['value']:g}: {part['reason']}" for part in event.get("parts", ())]
    lines += [f"caveat: {caveat}" for caveat in event.get("caveats", ())]
    lines += [f"could also be {rival['explanation']}; {rival['test']}" for rival in event.get("rivals", ())]
    lines.append(f"parameters {event.get('parameters', '')}")
    sources = sorted({(fix["file"], fix["row"]) for fix in event.get("positions", ()) if fix.get("file")})
    lines += [f"source {source} row {row}" for source, row in sources[:12]]
    if len(sources) > 12:
        lines.append(f"and {len(sources) - 12} further rows")
    return "\n".join(lines)


def map_of(workspace: Workspace, event: dict[str, Any]) -> str:
    """A small map of the tracks around an event, as SVG."""
    from observance.report.figures.tracks import draw_tracks

    return draw_tracks(tracks_of(workspace, event))


def tracks_of(workspace: Workspace, event: dict[str, Any]) -> TrackMap:
    """The tracks of the ships of an event, from some hours before it to some hours after."""
    from observance.report.figures.tracks import Track, TrackMap

    end = event["t1"] if event.get("t1") is not None else event["t0"]
    tracks = []
    for mmsi in event["vessels"]:
        fixes = _fixes(workspace, mmsi, event["t0"] - _BEFORE, end + _BEFORE)
        if fixes:
            tracks.append(Track(label=f"{mmsi:09d}", fixes=tuple(fixes)))
    return TrackMap(
        title=f"{event['kind'].replace('_', ' ')}, {clock_of(event['t0'])}",
        tracks=tuple(tracks),
        start=event["t0"],
        end=end,
        place=(event["lat"], event["lon"]) if event.get("lat") is not None else None,
        caveat="; ".join(event.get("caveats", ())[:2]),
    )


def _fixes(workspace: Workspace, mmsi: int, since: int, until: int) -> list[tuple[int, float, float]]:
    """(seconds, latitude, longitude) of a ship in a window, from the lake."""
    import numpy as np

    from observance.engine.partitions import bucket_of
    from observance.evidence.tracks.lake import BUCKETS

    bucket = int(bucket_of(np.array([mmsi], np.int32), BUCKETS)[0])
    lake = lake_of(workspace)
    parts = lake.parts(since=clock_of(max(since, 0))[:7], until=clock_of(until)[:7], bucket=bucket)
    found = []
    for table in lake.columns(parts, ["mmsi", "ts", "lat", "lon"]):
        inside = (table["mmsi"] == mmsi) & (table["ts"] >= since) & (table["ts"] <= until)
        found += [
            (int(table["ts"][at]), table["lat"][at] / 600_000, table["lon"][at] / 600_000)
            for at in np.flatnonzero(inside).tolist()
        ]
    return sorted(found)
