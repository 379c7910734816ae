"""From positions and static messages to vessel events: the public entry of the vessel detectors.

Pure: no clock, network or environment; the same rows give the same events, whatever their order or partition.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from observance.observations.vessels.columns import UNIT, Columns, StaticMessages
from observance.observations.vessels.events import Coverage, Draft, Fix, Segment, VesselEvent, event_id
from observance.observations.vessels.parameters import Parameters

if TYPE_CHECKING:
    from observance.observations.vessels.context import Context
    from observance.observations.vessels.tracks import Tracks

__all__ = ["Evidence", "detect", "gather", "seal"]

_KEY_FIXES = 12


def detect(
    positions: Columns, static: StaticMessages | None, context: Context, parameters: Parameters | None = None
) -> list[VesselEvent]:
    """Every vessel event in positions and static messages, sorted by start.

    Args:
        positions: the columns (see `columns`), in any order.
        static: static and voyage messages, None where there are none.
        context: ports, land, States and ships under watch, first and last second of the data.
        parameters: thresholds; None = the documented defaults.

    Raises:
        UnsupportedError: numba, the compiler of the kernels, is not installed.
    """
    from observance.observations.vessels.clocks import set_clocks
    from observance.observations.vessels.conclude import conclude
    from observance.observations.vessels.scan import scan
    from observance.observations.vessels.silence import slots_of
    from observance.observations.vessels.tracks import make_tracks

    p = parameters or Parameters()
    tracks = make_tracks(positions, p)
    if len(positions.receivers) > 1:
        tracks, _ = set_clocks(positions, tracks, p)
    first, last = span_of(tracks, context)
    found = scan(tracks, context, p, slots=slots_of(first, last), end=last, receivers=len(positions.receivers))
    drafts = conclude(found, static, context, p)
    evidence = gather(tracks, drafts)
    return [seal(d, [evidence.get((k, m)) for m in d.vessels], p.set_id) for k, d in enumerate(drafts)]


def span_of(tracks: Tracks, context: Context) -> tuple[int, int]:
    """First and last second of the data: as the context says, or as found."""
    ts = tracks.fixes.ts
    low = int(ts.min()) if len(ts) else 0
    high = int(ts.max()) if len(ts) else 0
    first = low if context.start is None else min(context.start, low)
    return first, high if context.end is None else max(context.end, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What one ship contributes to an event: its segment, how many fixes, by which receivers, and the key ones."""

    segment: Segment
    fixes: int
    receivers: tuple[str, ...]
    key: tuple[Fix, ...]


def gather(tracks: Tracks, drafts: list[Draft]) -> dict[tuple[int, int], Evidence]:
    """Evidence by (number of the draft, MMSI) for the ships that these tracks hold."""
    f = tracks.fixes
    out: dict[tuple[int, int], Evidence] = {}
    for k, d in enumerate(drafts):
        end = d.t1 if d.t1 is not None else d.t0
        for m in d.vessels:
            v = tracks.vessel_of(m)
            if v < 0:
                continue
            rows = tracks.rows(v, d.t0, end)
            if rows.stop <= rows.start:
                a = max(int(tracks.starts[v]), rows.start - 1)
                rows = slice(a, min(int(tracks.starts[v + 1]), a + 2))
            picked = np.unique(
                np.linspace(rows.start, rows.stop - 1, min(_KEY_FIXES, rows.stop - rows.start)).astype(int)
            )
            codes = np.unique(f.receiver[rows])
            at = rows.start
            mine = slice(int(tracks.starts[v]), int(tracks.starts[v + 1]))
            same = np.flatnonzero(tracks.seg[mine] == tracks.seg[at]) + mine.start
            out[(k, m)] = Evidence(
                segment=Segment(mmsi=m, t0=int(f.ts[same[0]]), t1=int(f.ts[same[-1]])),
                fixes=rows.stop - rows.start,
                receivers=tuple(f.receivers[c] if c < len(f.receivers) else str(c) for c in codes.tolist() if c >= 0),
                key=tuple(_fix(f, m, int(i)) for i in picked),
            )
    return out


def _fix(f: Columns, mmsi: int, i: int) -> Fix:
    code = int(f.file[i])
    return Fix(
        mmsi=mmsi,
        ts=int(f.ts[i]),
        lat=round(float(f.lat[i]) / UNIT, 7),
        lon=round(float(f.lon[i]) / UNIT, 7),
        file=f.files[code] if 0 <= code < len(f.files) else "",
        row=int(f.row[i]),
    )


def seal(draft: Draft, evidence: list[Evidence | None], parameters: str) -> VesselEvent:
    """A draft with its evidence as an event with its id."""
    segments = tuple(
        e.segment if e is not None else Segment(mmsi=m, t0=draft.t0, t1=draft.t0)
        for m, e in zip(draft.vessels, evidence, strict=True)
    )
    known: list[Any] = [e for e in evidence if e is not None]
    return VesselEvent(
        id=event_id(draft.kind, segments, draft.t0, parameters, draft.detail),
        kind=draft.kind,
        vessels=draft.vessels,
        segments=segments,
        t0=draft.t0,
        t1=draft.t1,
        lat=draft.lat,
        lon=draft.lon,
        attributes=draft.attributes,
        metrics=draft.metrics,
        positions=tuple(fix for e in known for fix in e.key),
        coverage=Coverage(
            fixes=tuple(0 if e is None else e.fixes for e in evidence),
            receivers=tuple(sorted({r for e in known for r in e.receivers})),
            neighbours=draft.neighbours,
        ),
        confidence=round(prod(part.value for part in draft.parts), 3),
        parts=draft.parts,
        caveats=draft.caveats,
        rivals=draft.rivals,
        parameters=parameters,
    )
