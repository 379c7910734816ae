"""The joint questions: meetings, reception, interference, identity; and which findings explain others away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.vessels.draught import find_draught_changes
from observance.observations.vessels.encounters import Contacts, judge_contacts, meet
from observance.observations.vessels.identity import find_identity, read_ships, same_hulls
from observance.observations.vessels.jumps import judge_jumps
from observance.observations.vessels.silence import find_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observance.observations.vessels.columns import StaticMessages
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.events import Draft
    from observance.observations.vessels.parameters import Parameters
    from observance.observations.vessels.scan import Scan

__all__ = ["conclude"]

HOUR = 3600
_DECEIVING = {
    "spoof_circle",
    "spoof_on_land",
    "spoof_frozen",
    "sog_mismatch",
    "replay",
    "position_jump",
    "identity_conflict",
}
_SPECIFIC = {"spoof_circle", "spoof_on_land", "spoof_frozen", "replay"}
_WATERWAY_SHIPS = 3
_CIRCLE_KM = 20.0


def conclude(
    scan: Scan,
    static: StaticMessages | None,
    context: Context,
    parameters: Parameters,
    contacts: Contacts | None = None,
) -> list[Draft]:
    """All drafts of a run, sorted by time, kind and vessels. `contacts`: those of buckets; None = find them here."""
    p = parameters
    ships = read_ships(static, p) if static is not None and len(static) else {}
    drafts = list(scan.drafts)
    drafts += judge_jumps(list(scan.jumps), p)
    drafts = _explained(drafts)
    if contacts is None:
        contacts = meet(scan.bins, scan.unit_mmsi[scan.bins.unit], p)
    drafts += judge_contacts(contacts, scan.bins, scan.coarse, scan.unit_mmsi, p, same_hulls(ships))
    drafts += find_gaps(scan.silences, scan.heard, context, p)
    if ships:
        conflicts = [
            (d.vessels[0], d.t0, d.t1 if d.t1 is not None else d.t0) for d in drafts if d.kind == "identity_conflict"
        ]
        samples = scan.samples
        drafts += find_identity(
            ships,
            scan.ends,
            context,
            p,
            locate=samples.locate,
            continues=lambda m, a, z: samples.continues(m, a, z, p.continuity_km),
            conflicts=conflicts,
        )
        drafts += find_draught_changes(
            ships,
            p,
            locate=samples.locate,
            in_port=lambda m, a, z: samples.in_port(m, a, z, context, p.visit_leave_km),
            stays=_spans(drafts, {"port_visit"}),
            silent=_spans(drafts, {"gap"}),
            met=_spans(drafts, {"encounter"}),
            conflicts=conflicts,
        )
    else:
        drafts += find_identity(
            {}, scan.ends, context, p, locate=scan.samples.locate, continues=lambda *_: None, conflicts=[]
        )
    drafts = _shared_numbers(_renamed(drafts))
    return sorted(drafts, key=lambda d: (d.t0, d.kind, d.vessels, tuple(map(str, d.detail))))


def _renamed(drafts: list[Draft]) -> list[Draft]:
    """Leave out the silence of a number whose ship goes on under another one."""
    ended = {d.vessels[0]: d.t0 for d in drafts if d.kind == "identity_change" and d.attributes["field"] == "mmsi"}
    return [
        d
        for d in drafts
        if not (
            d.kind in {"gap", "coverage_gap", "dark_port_call_possible"}
            and d.t1 is None
            and len(d.vessels) == 1
            and abs(ended.get(d.vessels[0], -(10**12)) - d.t0) <= 86400
        )
    ]


def _shared_numbers(drafts: list[Draft]) -> list[Draft]:
    """Say of other findings of a number that two hulls used it at the time."""
    shared = _spans(drafts, {"identity_conflict"})
    return [
        replace(
            d,
            caveats=(*d.caveats, "Two hulls used one of these numbers at the time; which of them it was is not told."),
        )
        if d.kind != "identity_conflict" and _hit(shared, d, d.t0, d.t1 if d.t1 is not None else 2**62)
        else d
        for d in drafts
    ]


def _spans(drafts: Iterable[Draft], kinds: set[str]) -> dict[int, list[tuple[int, int]]]:
    out: dict[int, list[tuple[int, int]]] = {}
    for d in drafts:
        if d.kind in kinds:
            for m in d.vessels:
                out.setdefault(m, []).append((d.t0, d.t1 if d.t1 is not None else 2**62))
    return out


def _explained(drafts: list[Draft]) -> list[Draft]:
    """Leave out what another finding explains.

    Under interference nothing is told of a single ship. A jump into a circle, onto land or into a replay is part of it.
    Speeds and waiting mean nothing while the position itself is in doubt. Inland positions of several ships in one
    region are a waterway.
    """
    joint = _spans(drafts, {"interference"})
    specific = _spans(drafts, _SPECIFIC)
    circles = _spans(drafts, {"spoof_circle"})
    doubted = _spans(drafts, {"spoof_circle", "spoof_frozen", "replay", "spoof_on_land"})
    inland: dict[tuple[int, int], set[int]] = {}
    for d in drafts:
        if d.kind == "spoof_on_land" and d.lat is not None and d.lon is not None:
            inland.setdefault((int(d.lat * 2), int(d.lon * 2)), set()).add(d.vessels[0])
    out = []
    for d in drafts:
        end = d.t1 if d.t1 is not None else d.t0
        if d.kind in _DECEIVING and _hit(joint, d, d.t0 - HOUR, end + HOUR):
            continue
        if d.kind == "position_jump" and _hit(specific, d, d.t0 - HOUR, end + HOUR):
            continue
        # a circle run faster than a ship can sail falls into rival tracks close to each other
        if d.kind == "identity_conflict" and d.metrics["apart_km"] < _CIRCLE_KM and _hit(circles, d, d.t0, end):
            continue
        if d.kind == "sog_mismatch" and _hit(doubted, d, d.t0 - HOUR, end + HOUR):
            continue
        if d.kind == "loitering" and _hit(doubted, d, d.t0, end):
            continue
        if d.kind == "spoof_on_land" and d.lat is not None and d.lon is not None:
            near = inland[(int(d.lat * 2), int(d.lon * 2))]
            if len(near) >= _WATERWAY_SHIPS:
                continue
        out.append(d)
    return out


def _hit(spans: dict[int, list[tuple[int, int]]], d: Draft, t0: int, t1: int) -> bool:
    return any(a <= t1 and z >= t0 for m in d.vessels for a, z in spans.get(m, []))
