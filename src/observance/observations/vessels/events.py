"""What a vessel detector hands out: an event with its evidence, its confidence in parts and what else could explain it.

An event is not a judgement: "gap" says that a ship was not heard, never that it hid.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from observance.model.canonical import content_id

__all__ = ["KINDS", "Coverage", "Draft", "Fix", "Part", "Rival", "Segment", "VesselEvent", "event_id"]

KINDS = (
    "encounter", "loitering", "gap", "coverage_gap", "dark_port_call_possible", "port_visit", "port_approach",
    "identity_change", "identity_conflict", "identity_invalid", "flag_hopping", "position_jump", "spoof_circle",
    "spoof_on_land", "spoof_frozen", "sog_mismatch", "replay", "interference", "draught_change",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One position on which an event rests, with its place in the source (file, row)."""

    mmsi: int
    ts: int
    lat: float
    lon: float
    file: str = ""
    row: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of positions that one hull can have sailed: number, first and last second."""

    mmsi: int
    t0: int
    t1: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was heard: fixes of the vessels in the span of the event, receivers, and other ships near by meanwhile."""

    fixes: tuple[int, ...] = ()
    receivers: tuple[str, ...] = ()
    neighbours: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the confidence, between 0 and 1, and why."""

    name: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another explanation, and what would tell it from the event's own."""

    explanation: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VesselEvent:
    """One thing that a detector saw in tracks or static messages.

    Attributes:
        id: hash of kind, segments, start and parameter set.
        kind: one of `KINDS`.
        vessels: MMSI numbers, ascending unless the kind gives them an order (old and new number).
        t0, t1: seconds UTC; `t1` is None where the event was still open at the end of the data.
        lat, lon: where, in degrees; None where only static messages are involved.
        attributes: the words of the kind (variant, field, country and so on).
        metrics: measured values.
        confidence: product of the parts.
    """

    id: str
    kind: str
    vessels: tuple[int, ...]
    segments: tuple[Segment, ...]
    t0: int
    t1: int | None
    lat: float | None
    lon: float | None
    attributes: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    positions: tuple[Fix, ...] = ()
    coverage: Coverage = Coverage()
    confidence: float = 1.0
    parts: tuple[Part, ...] = ()
    caveats: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    parameters: str = ""

    def document(self) -> dict[str, Any]:
        """The event as plain values, for JSON and Parquet."""
        return asdict(self)


def event_id(
    kind: str, segments: tuple[Segment, ...], t0: int, parameters: str, detail: tuple[object, ...] = ()
) -> str:
    """The id of an event; `detail` tells apart what one segment can show twice at one time (ports, fields)."""
    return content_id(
        "event",
        {
            "kind": kind,
            "segments": [[s.mmsi, s.t0] for s in segments],
            "t0": t0,
            "parameters": parameters,
            "detail": [str(d) for d in detail],
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event before its evidence is gathered: what a detector found, by vessel number and time."""

    kind: str
    vessels: tuple[int, ...]
    t0: int
    t1: int | None
    lat: float | None = None
    lon: float | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    metrics: dict[str, float] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    caveats: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    detail: tuple[object, ...] = ()
    neighbours: int | None = None
