"""A small world for scripted cases: ships sail between knots in time, receivers hear them, cases say what must be found."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

T0 = 1_709_251_200  # 2024-03-01 00:00 UTC
R = 6371008.8
KN = 0.514444
H = 3600


def unit(lat, lon):
    p, o = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(p) * np.cos(o), np.cos(p) * np.sin(o), np.sin(p)], -1)


def angles(v):
    v = v / np.linalg.norm(v, axis=-1, keepdims=True)
    return np.degrees(np.arcsin(np.clip(v[..., 2], -1, 1))), np.degrees(np.arctan2(v[..., 1], v[..., 0]))


def metres(a, b):
    return float(R * np.arccos(np.clip(unit(*a) @ unit(*b), -1, 1)))


def move(place, course, m):
    """The place `m` metres from another along a course in degrees."""
    v = unit(*place)
    e = np.cross([0.0, 0.0, 1.0], v)
    e = e / (np.linalg.norm(e) + 1e-15)
    n = np.cross(v, e)
    c = np.radians(course)
    d = m / R
    la, lo = angles(v * np.cos(d) + (e * np.sin(c) + n * np.cos(c)) * np.sin(d))
    return float(la), float(lo)


def ship(mmsi, knots, *, every=360, noise=6.0, seed=0, lost=0.03, receiver="R1", until=None, sog=None, **more):
    """Positions of a ship through knots [(hours after T0, (lat, lon)), ...], straight on the sphere in between."""
    rng = np.random.default_rng([seed, mmsi % 10_000_019])
    h = np.array([k[0] for k in knots], float) * H
    v = unit(np.array([k[1][0] for k in knots], float), np.array([k[1][1] for k in knots], float))
    steps = rng.uniform(0.75, 1.25, int((h[-1] - h[0]) / every * 1.4) + 8) * every
    t = np.floor(h[0] + np.cumsum(steps) - steps[0])
    t = t[t <= h[-1]]
    if len(t) > 12:
        keep = rng.random(len(t)) > lost
        keep[:2] = keep[-2:] = True
        t = t[keep]
    if t[-1] < h[-1] - 1:
        t = np.append(t, np.floor(h[-1]))
    i = np.clip(np.searchsorted(h, t, "right") - 1, 0, len(h) - 2)
    f = ((t - h[i]) / np.maximum(h[i + 1] - h[i], 1e-9))[:, None]
    om = np.arccos(np.clip(np.sum(v[i] * v[i + 1], axis=1), -1, 1))[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        x = np.where(
            om > 1e-9,
            (np.sin((1 - f) * om) * v[i] + np.sin(f * om) * v[i + 1]) / np.sin(om),
            v[i] + (v[i + 1] - v[i]) * f,
        )
    la, lo = angles(x)
    speed = (om[:, 0] * R) / np.maximum(h[i + 1] - h[i], 1) / KN
    la2, lo2 = angles(v[i + 1])
    y = np.sin(np.radians(lo2 - lo)) * np.cos(np.radians(la2))
    z = np.cos(np.radians(la)) * np.sin(np.radians(la2)) - np.sin(np.radians(la)) * np.cos(np.radians(la2)) * np.cos(
        np.radians(lo2 - lo)
    )
    course = np.degrees(np.arctan2(y, z)) % 360
    la = np.clip(la + rng.normal(0, noise, len(t)) / 111195, -90, 90)
    lo = lo + rng.normal(0, noise, len(t)) / 111195 / np.maximum(np.cos(np.radians(la)), 0.001)
    frame = pd.DataFrame(
        {
            "mmsi": mmsi,
            "ts": (T0 + t).astype(np.int64),
            "lat": la,
            "lon": (lo + 180) % 360 - 180,
            "sog": np.round(np.abs(speed + rng.normal(0, 0.1, len(t))), 1) if sog is None else sog,
            "cog": np.round(course, 1) % 360,
            "heading": np.round(course) % 360,
            "nav_status": 0,
            "msg_type": 1,
            "receiver": receiver,
        }
    )
    for k, x in more.items():
        frame[k] = x
    return frame


def silent(frame, a, b):
    """Without the positions between two hours."""
    t = (frame.ts - T0) / H
    return frame[(t <= a) | (t >= b)].reset_index(drop=True)


def static(
    mmsi,
    a,
    b,
    *,
    every=0.5,
    imo=0,
    name="",
    callsign="",
    ship_type=70,
    length=120,
    width=20,
    draught=0.0,
    destination="",
):
    """Static messages between two hours."""
    t = np.arange(a, b, every)
    return pd.DataFrame(
        {
            "mmsi": mmsi,
            "ts": (T0 + t * H).astype(np.int64),
            "imo": imo,
            "name": name,
            "callsign": callsign,
            "ship_type": ship_type,
            "length": length,
            "width": width,
            "draught": draught,
            "destination": destination,
        }
    )


def neighbours(place, n=4, hours=96, seed=5, base=538_009_000, spread=40_000, **more):
    """Ships that wander around a place all the time, so that reception there is shown."""
    rng = np.random.default_rng([seed, 77])
    out = []
    for k in range(n):
        knots, p = [], move(place, rng.uniform(0, 360), rng.uniform(5_000, spread))
        for h in np.arange(0, hours + 3, 3.0):
            knots.append((float(h), p))
            course, leg = rng.uniform(0, 360), rng.uniform(5, 9) * KN * 3 * H
            while metres(move(p, course, leg), place) > spread:
                course, leg = rng.uniform(0, 360), leg * 0.8
            p = move(p, course, leg)
        out.append(ship(base + k * 11, knots, seed=seed + k, every=480, **more))
    return [f[f.ts <= T0 + hours * H] for f in out]


PORTS = [
    {"name": "Nampo", "country": "KP", "lat": 38.716667, "lon": 125.4},
    {"name": "Chongjin", "country": "KP", "lat": 41.766667, "lon": 129.816667},
    {"name": "Wonsan", "country": "KP", "lat": 39.166667, "lon": 127.45},
    {"name": "Rajin", "country": "KP", "lat": 42.233333, "lon": 130.3},
    {"name": "Sokcho", "country": "KR", "lat": 38.2, "lon": 128.6},
    {"name": "Busan", "country": "KR", "lat": 35.1, "lon": 129.05},
    {"name": "Vladivostok", "country": "RU", "lat": 43.1, "lon": 131.883333},
    {"name": "Dalian", "country": "CN", "lat": 38.933333, "lon": 121.65},
    {"name": "Kaohsiung", "country": "TW", "lat": 22.616667, "lon": 120.266667},
]


@dataclass
class Want:
    """An event that must be found: type, vessels, hours from and to between which it has to overlap, attributes."""

    type: str
    vessels: tuple
    a: float
    b: float
    attrs: dict = field(default_factory=dict)


@dataclass
class Case:
    """Tracks with what must be found; every other event whose type is not allowed is a false alarm."""

    name: str
    positions: pd.DataFrame
    must: list = field(default_factory=list)
    allow: tuple = ()
    static: pd.DataFrame | None = None
    params: dict = field(default_factory=dict)

    def parameters(self):
        p = {
            "data_start": T0,
            "data_end": int(self.positions.ts.max()) if len(self.positions) else T0,
            "watch_mmsi": [],
            "ports": PORTS,
            "dark_countries": ["KP"],
            "thresholds": {},
        }
        p.update(self.params)
        return p


def matches(want, event):
    if event["type"] != want.type or not set(want.vessels) <= set(event["vessels"]):
        return False
    start = (event["start"] - T0) / H
    end = 1e9 if event["end"] is None else (event["end"] - T0) / H
    if start > want.b or end < want.a:
        return False
    return all(want_attr(event, k, v) for k, v in want.attrs.items())


def want_attr(event, key, value):
    got = event["end"] is None if key == "open" and value else event["attrs"].get(key)
    if isinstance(value, (list, set, tuple)):
        return set(value) <= set(got or ())
    return got == value


def judge(case, events):
    """What was missed, and what was told that nobody asked for."""
    missed = [w for w in case.must if not any(matches(w, e) for e in events)]
    asked = {(w.type) for w in case.must}
    false = [e for e in events if e["type"] not in case.allow and not any(matches(w, e) for w in case.must)]
    twice = [w for w in case.must if sum(matches(w, e) for e in events) > 1]
    return missed, false, twice, asked
