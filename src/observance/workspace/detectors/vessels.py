"""Detector `vessels.behaviour`: what the tracks of the lake show of the ships under watch.

It looks at the whole lake and not at one piece of evidence, so that a meeting in one file and a gap in another are seen
together. Nothing here says what a ship did: an event is what was heard, with its caveats and rival explanations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.evidence.tracks import Lake
from observance.evidence.tracks.lake import read_parts
from observance.model.canonical import canonical_json, sha256_bytes
from observance.model.citation import Citation
from observance.model.identifiers import Identifier, Imo, Sha256
from observance.model.observation import (
    Condition,
    Detector,
    EventDate,
    Item,
    Observation,
    Participant,
    Place,
    SourceLink,
)
from observance.workspace.tracking import Watch, clock_of, track_rows, watched

if TYPE_CHECKING:
    from observance.observations.vessels.columns import Columns, StaticMessages
    from observance.observations.vessels.events import VesselEvent
    from observance.workspace import Workspace

__all__ = ["Fleet", "behaviours", "columns_of", "fleet_of", "identity_of", "observation_of_event", "statics_of"]

VERSION = "1"
# Kinds that a text would call a call at a port; all others are behaviour that no text tells.
_CALLS = frozenset({"port_visit", "port_approach"})
# A bare possibility is watched for and concludes nothing.
_POSSIBLE = frozenset({"dark_port_call_possible"})
# What speaks of the quality of the data and not of a ship.
_DATA = frozenset({"coverage_gap", "interference", "position_jump"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Ships under watch and why.

    Attributes:
        numbers: MMSI to the reason.
        names: MMSI to the name last told.
        imos: MMSI to the IMO number last told.
        listed: MMSI to the day of listing.
        areas: boxes under watch.
        target: alpha-3 of the regime's target.
        states: MMSI prefix to alpha-3 of the State behind it.
    """

    numbers: Mapping[int, str]
    names: Mapping[int, str]
    imos: Mapping[int, str]
    listed: Mapping[int, str]
    areas: tuple[tuple[float, float, float, float], ...]
    target: str
    states: Mapping[int, str]

    def state(self, mmsi: int) -> str | None:
        """Alpha-3 of the State that assigned the prefix of an MMSI; it says nothing of who owns the ship."""
        return self.states.get(mmsi // 1_000_000)


def identity_of(workspace: Workspace) -> Detector | None:
    """Version, parameters, sources and watch; None without positions.

    Raises:
        UnsupportedError: numba is not installed.
    """
    sources = sorted(entry["evidence"] for entry in workspace.ledger.entries("tracks_added"))
    if not sources:
        return None
    from observance.observations.vessels.parameters import Parameters
    from observance.workspace.listing import held_versions

    regime = workspace.config.regimes[0]
    watch = watched(workspace, regime)
    held = [[one.list_id, one.date, one.sha256] for one in held_versions(workspace)]
    parts = [Parameters().set_id, sources, list(watch.numbers), [list(area) for area in watch.areas], held]
    return Detector(name="vessels.behaviour", version=VERSION, parameters=sha256_bytes(canonical_json(parts))[:16])


def columns_of(paths: Sequence[str]) -> Columns:
    """Positions of files of the lake as the detectors read them; sources are named by their hash."""
    from observance.observations.vessels.columns import Columns

    parts = []
    for table in read_parts(map(Path, paths)):
        source, receivers = table.pop("source"), table.pop("receivers")
        parts.append(
            Columns.of(**table, file=np.zeros(len(table["mmsi"]), np.int32), files=(source,), receivers=receivers)
        )
    return Columns.join(parts)


def statics_of(lake: Lake) -> StaticMessages:
    """Static runs of the lake as messages: a run counts as up to three messages between its first and last second."""
    from observance.observations.vessels.columns import StaticMessages

    rows: dict[str, list[Any]] = {
        key: []
        for key in ("mmsi", "ts", "imo", "name", "callsign", "length", "width", "draught", "ship_type", "file", "row")
    }
    files: list[str] = []
    for table in lake.statics():
        files.append(table["source"])
        for at, (t0, t1, count) in enumerate(zip(table["t0"], table["t1"], table["count"], strict=True)):
            # A value counts after three messages; a run keeps their number and their span.
            for when in np.unique(np.linspace(t0, t1, min(count, 3)).astype(np.int64)).tolist() or [t0]:
                rows["ts"].append(when)
                rows["file"].append(len(files) - 1)
                for key, values in rows.items():
                    if key not in {"ts", "file"}:
                        values.append(table[key][at])
    return StaticMessages.of(
        mmsi=np.array(rows.pop("mmsi"), np.int64),
        ts=np.array(rows.pop("ts"), np.int64),
        files=tuple(files),
        **{key: np.array(values) for key, values in rows.items()},
    )


def fleet_of(workspace: Workspace, lake: Lake) -> Fleet:
    """Ships under watch: listed on the regime's own lists, under the flag of its target, or added by a person."""
    from observance.evidence.lists.states import alpha3
    from observance.observations.vessels.context import load_mids
    from observance.workspace.listing import held_versions, known_entries

    regime = workspace.config.regimes[0]
    pack = workspace.pack(regime)
    watch: Watch = watched(workspace, regime)
    states = {mid: code for mid, state in load_mids().items() if (code := alpha3(state))}
    names: dict[int, str] = {}
    imos: dict[int, str] = {}
    heard: set[int] = set()
    for table in lake.statics():
        for mmsi, name, imo in zip(table["mmsi"], table["name"], table["imo"], strict=True):
            if name:
                names[mmsi] = name
            number = f"{imo:07d}"
            if imo and Imo.valid(number):
                imos[mmsi] = number
    for table in lake.columns(lake.parts(), ["mmsi"]):
        heard |= set(np.unique(table["mmsi"]).tolist())
    own = {one.id for one in pack.lists.values() if one.own}
    by_imo: dict[str, str] = {}
    by_mmsi: dict[str, str] = {}
    for version, entry in known_entries(workspace.root, held_versions(workspace)):
        if version.list_id in own and entry.kind == "vessel":
            for value in entry.identifier("imo"):
                by_imo[value] = entry.listed_on or version.date
            for value in entry.identifier("mmsi"):
                by_mmsi[value] = entry.listed_on or version.date
    numbers: dict[int, str] = {}
    listed: dict[int, str] = {}
    for mmsi in sorted(heard | set(imos)):
        imo_text = imos.get(mmsi, "")
        if day := by_imo.get(imo_text) or by_mmsi.get(str(mmsi)):
            listed[mmsi] = day
            numbers[mmsi] = f"listed {day}"
        elif states.get(mmsi // 1_000_000) == pack.target:
            numbers[mmsi] = f"number assigned by {pack.target}"
        elif f"imo:{imo_text}" in watch.numbers or f"mmsi:{mmsi}" in watch.numbers:
            numbers[mmsi] = "put under watch"
    return Fleet(
        numbers=numbers, names=names, imos=imos, listed=listed, areas=watch.areas, target=pack.target, states=states
    )


def behaviours(events: Iterable[VesselEvent], fleet: Fleet, identity: Detector) -> list[Observation]:
    """Observations of the events that touch what is watched."""
    return [
        observation_of_event(event, fleet, identity)
        for event in events
        if event.kind not in _DATA and event.positions and _touches(event, fleet)
    ]


def _touches(event: VesselEvent, fleet: Fleet) -> bool:
    if any(mmsi in fleet.numbers for mmsi in event.vessels):
        return True
    if event.lat is None or event.lon is None:
        return False
    return any(_inside(event.lat, event.lon, area) for area in fleet.areas)


def _inside(lat: float, lon: float, area: tuple[float, float, float, float]) -> bool:
    south, north, west, east = area
    return south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)


def observation_of_event(event: VesselEvent, fleet: Fleet, identity: Detector) -> Observation:
    """An event as an observation: what was heard, of whom, where and when; never what was done."""
    day, last = clock_of(event.t0)[:10], clock_of(event.t1)[:10] if event.t1 is not None else ".."
    rivals = [f"{rival.explanation}: {rival.test}" for rival in event.rivals]
    listed = [fleet.listed[mmsi] for mmsi in event.vessels if mmsi in fleet.listed]
    return Observation(
        kind="behaviour",
        key=f"{event.t0}:{event.kind}:{'+'.join(map(str, event.vessels))}",
        event_type="port_call" if event.kind in _CALLS else "vessel_behaviour",
        detail=event.kind,
        participants=tuple(_ship(mmsi, fleet) for mmsi in event.vessels),
        items=(Item(token="vessels"),),
        places=_places(event),
        date=EventDate(value=day if last == day else f"{day}/{last}", precision="day" if last == day else "range"),
        modality="conditional" if event.kind in _POSSIBLE else "asserted",
        chain=(SourceLink(name="ship position data", type="data", act="shows"),),
        conditions=(Condition(key="listed_party", value="yes"),) if listed and min(listed) <= day else (),
        published=last if last != ".." else day,
        statement=statement_of(event, fleet),
        score=round(event.confidence, 4),
        attributes=(
            ("event", event.id),
            ("start", clock_of(event.t0)),
            ("end", clock_of(event.t1) if event.t1 is not None else "open"),
            *((name, str(value)) for name, value in sorted(event.attributes.items())),
            *((name, f"{value:g}") for name, value in sorted(event.metrics.items())),
            *((f"confidence: {part.name}", f"{part.value:g}, {part.reason}") for part in event.parts),
            *(("watched", f"{mmsi}: {fleet.numbers[mmsi]}") for mmsi in event.vessels if mmsi in fleet.numbers),
        ),
        caveats=(*event.caveats, *(f"could also be {rival}" for rival in rivals)),
        citations=tuple(Citation(evidence=Sha256(source), selector=rows) for source, rows in track_rows(event).items()),
        detector=identity,
    ).sealed()


def _ship(mmsi: int, fleet: Fleet) -> Participant:
    imo = fleet.imos.get(mmsi)
    return Participant(
        name=fleet.names.get(mmsi) or f"MMSI {mmsi:09d}",
        role="vessel",
        type="vessel",
        flag=fleet.state(mmsi),
        identifiers=(
            Identifier(scheme="mmsi", value=f"{mmsi:09d}"),
            *((Identifier(scheme="imo", value=imo),) if imo else ()),
        ),
        named=mmsi in fleet.names,
        detail=fleet.numbers.get(mmsi),
    )


def _places(event: VesselEvent) -> tuple[Place, ...]:
    if event.lat is None or event.lon is None:
        return ()
    name = str(event.attributes.get("port") or "at sea")
    return (Place(name=name, lat=round(event.lat, 5), lon=round(event.lon, 5)),)


_WORDS = {
    "encounter": "lay close to each other",
    "loitering": "lay or drifted at sea",
    "gap": "was not heard",
    "dark_port_call_possible": "was not heard for long enough to have called at a port",
    "port_visit": "lay in a port",
    "port_approach": "came near a port",
    "identity_change": "changed what it says of itself",
    "identity_conflict": "has a number that is used at two places",
    "identity_invalid": "gives an IMO number that cannot be one",
    "flag_hopping": "changed its flag several times",
    "spoof_circle": "sent positions on a circle",
    "spoof_on_land": "sent positions on land",
    "spoof_frozen": "sent one position while claiming speed",
    "sog_mismatch": "claims another speed than its positions show",
    "replay": "sent an earlier stretch of its track again",
    "draught_change": "changed its draught",
}


def statement_of(event: VesselEvent, fleet: Fleet) -> str:
    """One sentence of what was heard."""
    ships: Sequence[str] = [fleet.names.get(mmsi) or f"MMSI {mmsi:09d}" for mmsi in event.vessels]
    where = f" at {event.lat:.2f}, {event.lon:.2f}" if event.lat is not None and event.lon is not None else ""
    port = f" ({event.attributes['port']})" if event.attributes.get("port") else ""
    until = f" to {clock_of(event.t1)}" if event.t1 is not None else ", still open at the end of the data"
    words = _WORDS.get(event.kind, event.kind.replace("_", " "))
    return f"{' and '.join(ships)} {words}{port}{where} from {clock_of(event.t0)}{until}"
