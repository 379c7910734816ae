"""Run any set of tracks through the vessel detectors (the contract of the encounter bench, EVENTS.md).

run_case(positions, static, params) -> list of events
run_case_parts([positions, ...], static, params)     # several input files; same result as their concatenation
"""

from __future__ import annotations

import warnings
from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd

from observance.observations.vessels.columns import Columns, StaticMessages
from observance.observations.vessels.context import Port, load_context
from observance.observations.vessels.detect import detect
from observance.observations.vessels.parameters import Parameters

POSITION = ("sog", "cog", "heading", "nav_status", "msg_type", "receiver")


def run_case(positions: pd.DataFrame, static: pd.DataFrame | None, params: dict[str, Any]) -> list[dict[str, Any]]:
    """Events of one case, sorted by start."""
    thresholds = params.get("thresholds") or {}
    known = {f.name for f in fields(Parameters)}
    unknown = sorted(set(thresholds) - known)
    if unknown:
        warnings.warn(f"thresholds that do not exist: {', '.join(unknown)}", stacklevel=2)
    ports = params.get("ports")
    context = load_context(
        ports=None
        if ports is None
        else tuple(
            Port(name=str(p["name"]), country=str(p["country"]), lat=float(p["lat"]), lon=float(p["lon"]))
            for p in ports
        ),
        watch=frozenset(params.get("dark_countries") or ()),
        listed=frozenset(int(m) for m in params.get("watch_mmsi") or ()),
        start=_second(params.get("data_start")),
        end=_second(params.get("data_end")),
    )
    parameters = Parameters().changed({k: v for k, v in thresholds.items() if k in known})
    found = detect(columns(positions), messages(static), context, parameters)
    return [
        {
            "type": e.kind,
            "vessels": list(e.vessels),
            "start": e.t0,
            "end": e.t1,
            "lat": e.lat,
            "lon": e.lon,
            "attrs": {**e.attributes, "metrics": e.metrics, "confidence": e.confidence, "id": e.id},
        }
        for e in found
    ]


def run_case_parts(
    parts: list[pd.DataFrame], static: pd.DataFrame | None, params: dict[str, Any]
) -> list[dict[str, Any]]:
    """Events of several input files together."""
    return run_case(pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(), static, params)


def _second(value: Any) -> int | None:
    return None if value is None or not np.isfinite(float(value)) else int(value)


def columns(frame: pd.DataFrame) -> Columns:
    """Positions as the columns of the kernels."""

    def number(name: str, default: float = np.nan) -> np.ndarray:
        if name not in frame:
            return np.full(len(frame), default)
        return pd.to_numeric(frame[name], errors="coerce").to_numpy(float)

    codes, names = (np.full(len(frame), -1), ())
    if "receiver" in frame and len(frame):
        text = frame["receiver"]
        labels = text.astype("string").fillna("")
        names = tuple(sorted(x for x in labels.unique() if x))
        codes = labels.map({x: i for i, x in enumerate(names)}).fillna(-1).to_numpy().astype(int)
    heading, status, message = number("heading"), number("nav_status"), number("msg_type")
    return Columns.from_degrees(
        mmsi=number("mmsi"),
        ts=number("ts"),
        lat=number("lat"),
        lon=number("lon"),
        sog=number("sog"),
        cog=number("cog"),
        heading=np.where((heading >= 0) & (heading < 360), heading, 511),
        status=np.where((status >= 0) & (status <= 15), status, 15),
        message=np.where((message >= 0) & (message <= 27), message, 0),
        receiver=codes,
        receivers=names,
    )


def messages(frame: pd.DataFrame | None) -> StaticMessages | None:
    """Static messages as the columns of the detectors."""
    if frame is None or not len(frame) or "mmsi" not in frame:
        return None
    mmsi = pd.to_numeric(frame["mmsi"], errors="coerce").to_numpy(float)
    ts = pd.to_numeric(frame["ts"], errors="coerce").to_numpy(float)
    good = np.isfinite(mmsi) & np.isfinite(ts) & (mmsi > 0) & (mmsi < 1e9) & (np.abs(ts) < 2**31 - 1)
    frame = frame[good]
    more = {
        name: pd.to_numeric(frame[name], errors="coerce").to_numpy(float)
        for name in ("imo", "length", "width", "draught", "ship_type")
        if name in frame
    }
    text = {
        name: [x if isinstance(x, str) else "" for x in frame[name]] for name in ("name", "callsign") if name in frame
    }
    return StaticMessages.of(mmsi=mmsi[good], ts=ts[good], **more, **text)
