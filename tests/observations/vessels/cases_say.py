"""Scripted identities, jumps, false positions and draughts: what must be found and what must not."""

import numpy as np
import pandas as pd

from tests.observations.vessels.cases_meet import of, sea
from tests.observations.vessels.world import KN, T0, H, Want, move, neighbours, ship, silent, static

IMOS = [9187629, 8916580, 9074729, 9321483, 9538907, 8661575, 9125308]


def valid(imo):
    d = [int(x) for x in str(imo)]
    return sum(a * b for a, b in zip(d, range(7, 1, -1), strict=False)) % 10 == d[6]


def an_imo(rng):
    while True:
        x = int(rng.integers(8_000_000, 9_900_000))
        if valid(x):
            return x


def cruise(rng, a, hours=48, p=None, c=None, kn=11.0, **more):
    p = p or (28.0, 150.0)
    c = rng.uniform(60, 120) if c is None else c
    return ship(a, [(0, p), (hours, move(p, c, kn * KN * hours * H))], seed=int(rng.integers(1e6)), **more)


def field_case(rng, name, before, after, field, *, must=True, tail=(), allow=()):
    a = 351_000_000 + int(rng.integers(1, 99999))
    cut = rng.uniform(15, 30)
    s = pd.concat([static(a, 0.1, cut, **before), static(a, cut + 0.2, 48, **after), *tail], ignore_index=True)
    return of(
        name,
        [cruise(rng, a)],
        [Want("identity_change", (a,), cut - 1, cut + 1, {"field": field})] if must else [],
        static=s,
        allow=allow,
    )


def change_name(rng):
    i = an_imo(rng)
    return field_case(rng, "new name", {"imo": i, "name": "OCEAN STAR"}, {"imo": i, "name": "HUA FU 8"}, "name")


def change_callsign(rng):
    i = an_imo(rng)
    return field_case(
        rng,
        "new call sign",
        {"imo": i, "name": "A", "callsign": "3EXX5"},
        {"imo": i, "name": "A", "callsign": "HOYY7"},
        "callsign",
    )


def change_name_without_imo(rng):
    return field_case(rng, "new name, no IMO number, one track", {"name": "OCEAN STAR"}, {"name": "HUA FU 8"}, "name")


def change_imo(rng):
    return field_case(
        rng, "new IMO number", {"imo": an_imo(rng), "name": "A"}, {"imo": an_imo(rng), "name": "A"}, "imo"
    )


def change_dimensions(rng):
    i = an_imo(rng)
    return field_case(
        rng,
        "new dimensions",
        {"imo": i, "length": 180, "width": 28},
        {"imo": i, "length": 118, "width": 18},
        "dimensions",
    )


def entry_corrected(rng):
    i = an_imo(rng)
    return field_case(
        rng,
        "dimensions off by a metre",
        {"imo": i, "length": 180, "width": 28},
        {"imo": i, "length": 181, "width": 28},
        "dimensions",
        must=False,
    )


def same_name(rng):
    i = an_imo(rng)
    return field_case(
        rng,
        "the same name in other letters",
        {"imo": i, "name": "OCEAN  STAR@@@"},
        {"imo": i, "name": "Ocean Star "},
        "name",
        must=False,
    )


def garbled_names(rng):
    a = 351_100_000
    s = static(a, 0.1, 48, name="OCEAN STAR", imo=an_imo(rng))
    s.loc[rng.choice(len(s), 8, replace=False), "name"] = [
        "OCE4N STAR",
        "X",
        "O@",
        "0CEAN STAR",
        "OCEAN STA",
        "??",
        "OCEAN",
        "STAR",
    ]
    s.loc[rng.choice(len(s), 10, replace=False), "imo"] = 0
    return of("garbled names, absent numbers", [cruise(rng, a)], static=s)


def two_messages(rng):
    a = 351_100_001
    i = an_imo(rng)
    s = pd.concat(
        [
            static(a, 0, 20, name="ONE", imo=i),
            static(a, 20.2, 21.1, name="TWO", imo=i),
            static(a, 21.5, 48, name="ONE", imo=i),
        ]
    )
    return of("another name for two messages", [cruise(rng, a)], static=s)


def two_messages_duplicated(rng):
    case = two_messages(rng)
    case.static = pd.concat([case.static, case.static, case.static])
    case.name = "another name for two messages, delivered three times"
    return case


def imo_invalid(rng):
    a = 351_200_000
    bad = 9_123_450 + int(rng.choice([x for x in range(10) if not valid(9_123_450 + x)]))
    return of(
        "wrong check digit",
        [cruise(rng, a)],
        [Want("identity_invalid", (a,), 0, 48, {"imo": bad})],
        static=static(a, 0, 48, imo=bad, name="A"),
    )


def imo_absent(rng):
    a = 351_200_001
    return of("no IMO number", [cruise(rng, a)], static=static(a, 0, 48, imo=0, name="A"))


def imo_slip(rng):
    a = 351_200_002
    s = static(a, 0, 48, imo=an_imo(rng), name="A")
    s.loc[5, "imo"] = 1234568
    s.loc[30, "imo"] = 99
    return of("a garbled IMO number now and then", [cruise(rng, a)], static=s)


def renumber(rng, old, new, *, wait=0.5, imo=None, at_sea=True, name=("A", "A"), hours=48):
    cut = rng.uniform(15, 25)
    p = (28.0, 150.0) if at_sea else (22.61, 120.25)
    f = cruise(rng, old, p=p, c=90, kn=11 if at_sea else 0.0)
    t = (f.ts - T0) / H
    one, two = f[t <= cut], f[t >= cut + wait].copy()
    if wait > 0.3 and at_sea:
        # the ship waits while nobody hears it
        last = one.iloc[-1]
        two["lat"] += last.lat - two.iloc[0].lat
        two["lon"] += last.lon - two.iloc[0].lon
    two["mmsi"] = new
    s = pd.concat(
        [static(old, 0, cut, imo=imo or 0, name=name[0]), static(new, cut + wait, hours, imo=imo or 0, name=name[1])]
    )
    return [one, two], s, cut


def change_mmsi(rng):
    frames, s, cut = renumber(rng, 351_300_001, 352_300_002, imo=an_imo(rng))
    return of(
        "new number, one flag",
        frames,
        [Want("identity_change", (351_300_001, 352_300_002), cut - 1, cut + 2, {"field": "mmsi"})],
        static=s,
    )


def change_flag(rng):
    old, new = 613_300_001, 445_300_002
    frames, s, cut = renumber(rng, old, new, imo=an_imo(rng))
    w = [Want("identity_change", (old, new), cut - 1, cut + 2, {"field": f}) for f in ("mmsi", "flag")]
    return of("new number, new flag", frames, w, static=s)


def change_mmsi_by_place(rng):
    old, new = 613_300_011, 445_300_012
    frames, s, cut = renumber(rng, old, new, wait=float(rng.uniform(0.1, 1)))
    return of(
        "new number at the same place, the same name",
        frames,
        [Want("identity_change", (old, new), cut - 1, cut + 2, {"field": "mmsi"})],
        static=s,
        allow=("identity_change",),
    )


def change_mmsi_no_static(rng):
    old, new = 613_300_021, 445_300_022
    frames, _, cut = renumber(rng, old, new, wait=0.2)
    return of(
        "new number at the same place, nothing else known",
        frames,
        [Want("identity_change", (old, new), cut - 1, cut + 2, {"field": "mmsi"})],
        allow=("identity_change",),
    )


def two_ships_in_port(rng):
    frames, s, _ = renumber(rng, 613_300_031, 445_300_032, wait=8, at_sea=False, name=("ALPHA", "BRAVO"))
    return of("one ship leaves a berth, another comes", frames, static=s, allow=("port_visit", "spoof_on_land"))


def overlap_numbers(rng):
    a, b = 613_300_041, 445_300_042
    p = (28.0, 150.0)
    x, y = cruise(rng, a, p=p), cruise(rng, b, p=(10.0, 160.0))
    i = an_imo(rng)
    s = pd.concat([static(a, 0, 48, imo=i, name="A"), static(b, 0.1, 48, imo=i, name="A")])
    return of("one IMO number on two ships", [x, y], [Want("identity_conflict", (a, b), 0, 48)], static=s)


def two_sets(rng):
    a, b = 613_300_051, 613_300_052
    x = cruise(rng, a)
    y = x.copy()
    y["mmsi"], y["ts"] = b, y.ts + 40
    i = an_imo(rng)
    s = pd.concat([static(a, 0, 48, imo=i, name="A"), static(b, 0.1, 48, imo=i, name="A")])
    return of("two sets on one hull", [x, y], static=s)


def flag_hopping(rng):
    i = an_imo(rng)
    mids = [613, 511, 677, 445][: int(rng.integers(3, 5))]
    frames, parts, p = [], [], (28.0, 150.0)
    for k, mid in enumerate(mids):
        m = mid * 1_000_000 + 400_001
        a = k * 24.0
        frames.append(ship(m, [(a, p), (a + 23, move(p, 90, 400_000))], seed=k))
        p = move(p, 90, 400_500)
        parts.append(static(m, a, a + 23, imo=i, name=f"N{k}"))
    ms = tuple(mid * 1_000_000 + 400_001 for mid in mids)
    return of(
        "three flags",
        frames,
        [Want("flag_hopping", ms, 0, 100, {"imo": i})],
        static=pd.concat(parts),
        allow=("identity_change",),
    )


def two_flags(rng):
    i = an_imo(rng)
    frames, parts, p = [], [], (28.0, 150.0)
    for k, mid in enumerate([351, 352, 613]):
        m = mid * 1_000_000 + 400_001
        a = k * 24.0
        frames.append(ship(m, [(a, p), (a + 23, move(p, 90, 400_000))], seed=k))
        p = move(p, 90, 400_500)
        parts.append(static(m, a, a + 23, imo=i, name="N"))
    return of("three prefixes of two flags", frames, static=pd.concat(parts), allow=("identity_change",))


def two_hulls(rng):
    a = 412_400_000 + int(rng.integers(999))
    x = cruise(rng, a, p=sea(rng), every=int(rng.choice([120, 360])))
    y = cruise(rng, a, p=(-35.0, 20.0 - 35), every=int(rng.choice([360, 600])))
    lo, hi = rng.uniform(0, 10), rng.uniform(20, 40)
    y = y[(y.ts > T0 + lo * H) & (y.ts < T0 + hi * H)]
    return of(
        "one number on two hulls",
        [x, y],
        [Want("identity_conflict", (a,), lo, hi)],
        allow=("spoof_on_land", "port_approach"),
    )


def two_hulls_short(rng):
    a = 412_400_500
    x = cruise(rng, a)
    y = cruise(rng, a, p=(-35.0, -15.0), every=300)
    y = y[(y.ts > T0 + 10 * H) & (y.ts < T0 + 10.6 * H)]
    return of("rivals for half an hour", [x, y], allow=("position_jump",))


def clock_off(rng):
    """A receiver whose clock is off hears the same ship."""
    a = 412_401_000
    x = cruise(rng, a, every=200, p=(28.0, 150.0), lost=0.0)
    off = float(rng.choice([-3, -2, -1, 1, 2, 3])) * H
    pick = rng.random(len(x)) < 0.4
    y = x[pick].copy()
    y["receiver"] = "R2"
    y["ts"] = (y.ts + off).astype(np.int64)
    frames = [x if rng.random() < 0.5 else x[~pick], y]
    return of("a receiver's clock is off", frames, params={"data_start": T0 - 4 * H, "data_end": T0 + 48 * H})


def clock_odd(rng):
    a = 412_401_100
    x = cruise(rng, a, every=240, lost=0.0)
    pick = rng.random(len(x)) < 0.5
    x["receiver"] = np.where(pick, "R2", "R1")
    x.loc[pick, "ts"] += int(rng.choice([-1, 1]) * rng.uniform(0.4, 2.9) * H)
    return of(
        "a receiver's clock is off by an odd time", [x], params={"data_start": T0 - 4 * H, "data_end": T0 + 48 * H}
    )


def clock_handover(rng):
    a = 412_401_200
    x = cruise(rng, a, every=240, lost=0.0)
    late = (x.ts - T0) / H > 24
    x["receiver"] = np.where(late, "R2", "R1")
    x.loc[late, "ts"] += int(rng.choice([-3, 3]) * H)
    return of("the next receiver's clock is off", [x], params={"data_start": T0 - 4 * H, "data_end": int(x.ts.max())})


def clock_off_many(rng):
    off = float(rng.choice([-3, -1, 2, 3])) * H
    frames = []
    for k in range(4):
        x = cruise(rng, 412_402_000 + k, every=240, p=(20.0 + 3 * k, 150.0), lost=0.0)
        x["receiver"] = np.where(rng.random(len(x)) < 0.3, "R2", np.where(rng.random(len(x)) < 0.5, "R3", "R1"))
        x.loc[x.receiver == "R2", "ts"] += int(off)
        frames.append(x)
    return of(
        "a receiver's clock is off for all ships", frames, params={"data_start": T0 - 4 * H, "data_end": T0 + 48 * H}
    )


# ---- jumps


def jump(rng):
    a = 412_500_000
    x = cruise(rng, a, p=(28.0, 150.0), c=90)
    t = (x.ts - T0) / H
    cut, back = 18.0, 18 + rng.uniform(1, 8)
    away = (t >= cut) & (t < back)
    x.loc[away, "lat"] += rng.choice([-4.0, 3.0])
    return of("jump and back", [x], [Want("position_jump", (a,), cut - 0.3, back + 0.3)])


def jump_and_stay(rng):
    a = 412_500_001
    x = cruise(rng, a, p=(28.0, 150.0), c=90)
    t = (x.ts - T0) / H
    x.loc[t >= 20, "lat"] -= rng.uniform(2, 6)
    return of("jump and stay", [x], [Want("position_jump", (a,), 19.5, 20.5)])


def wrong_fixes(rng):
    a = 412_500_002
    x = cruise(rng, a, p=(28.0, 150.0), c=90)
    rows = rng.choice(np.arange(5, len(x) - 5), 9, replace=False)
    x.loc[rows[:3], "lat"] = rng.uniform(-60, 60, 3)
    x.loc[rows[3:6], "lon"] = rng.uniform(-170, 170, 3)
    x.loc[rows[6:], ["lat", "lon"]] = [0.0, 0.0]
    return of("single wrong fixes", [x])


def wrong_pair(rng):
    a = 412_500_003
    x = cruise(rng, a, p=(28.0, 150.0), c=90)
    x.loc[[50, 51], "lat"] += 5
    return of("two wrong fixes in a row", [x])


def fast_ferry(rng):
    a = 412_500_004
    return of("a fast ship", [cruise(rng, a, kn=36, hours=10)])


def interference(rng):
    place = (34.5, 123.3)
    frames, ships = [], []
    n = int(rng.integers(3, 8))
    for k in range(n):
        f = neighbours(place, 1, hours=40, seed=int(rng.integers(1e6)), base=412_510_000 + k, spread=60_000)[0]
        t = (f.ts - T0) / H
        on = (t >= 15 + 0.1 * (k % 3)) & (t < 18 + 0.1 * (k % 2))
        f.loc[on, "lat"] = 36.8 + rng.normal(0, 0.002, int(on.sum()))
        f.loc[on, "lon"] = 128.2 + rng.normal(0, 0.002, int(on.sum()))
        frames.append(f)
        ships.append(int(f.mmsi.iloc[0]))
    others = neighbours((30.0, 127.0), 3, hours=40, base=412_520_000)
    return of(
        "interference",
        frames + others,
        [Want("interference", tuple(ships[:3]), 15, 18)],
        allow=("loitering", "encounter"),
    )


def two_jumps(rng):
    """Two ships that jump on their own account, days apart."""
    frames, want = [], []
    for k in range(2):
        a = 412_530_000 + k
        x = cruise(rng, a, p=(28.0 + k, 150.0), c=90)
        x.loc[(x.ts - T0) / H >= 12 + 12 * k, "lat"] -= 4
        frames.append(x)
        want.append(Want("position_jump", (a,), 11.5 + 12 * k, 12.5 + 12 * k))
    return of("two ships jump at different times", frames, want)


# ---- false positions


def circle_track(rng, a, centre, radius, period_h, hours, *, every=150, wobble=0.05, before=True, sense=1):
    t = np.arange(0, hours * H, every * 1.0) + rng.uniform(-0.2, 0.2, int(np.ceil(hours * H / every))) * every
    t = np.sort(t[t >= 0])
    angle = sense * 360 * t / (period_h * H)
    r = radius * (1 + rng.normal(0, wobble, len(t)))
    pos = [move(centre, float(g), float(x)) for g, x in zip(angle, r, strict=True)]
    kn = 2 * np.pi * radius / (period_h * H) / KN
    f = pd.DataFrame(
        {
            "mmsi": a,
            "ts": (T0 + 10 * H + t).astype(np.int64),
            "lat": [p[0] for p in pos],
            "lon": [p[1] for p in pos],
            "sog": np.round(kn, 1),
            "cog": (angle + 90 * sense) % 360,
            "heading": 511,
            "nav_status": 0,
            "msg_type": 1,
            "receiver": "R1",
        }
    )
    if not before:
        return f
    inn = ship(a, [(0, move(centre, 200, 170_000)), (9.9, move(centre, 200, radius + 1500))], seed=1)
    out = ship(
        a, [(10 + hours + 0.1, move(centre, 20, radius + 1500)), (18 + hours, move(centre, 20, 140_000))], seed=2
    )
    return pd.concat([inn, f, out])


def circle(rng):
    a = 412_600_000
    hours = rng.uniform(3.2, 10)
    period = rng.uniform(0.25, 0.8)
    f = circle_track(
        rng,
        a,
        (28.0, 150.0),
        rng.uniform(300, 4000),
        period,
        hours,
        every=float(rng.choice([60, 150, 240])),
        sense=int(rng.choice([-1, 1])),
        wobble=rng.uniform(0, 0.1),
    )
    return of("circles", [f], [Want("spoof_circle", (a,), 10, 10 + hours)], allow=("loitering",))


def anchor_swing(rng):
    """A ship at anchor: a quarter of a circle to and fro with the tide."""
    a, p = 412_600_001, (31.2, 123.5)
    t = np.arange(0, 36 * H, 180.0)
    angle = 200 + 100 * np.sin(2 * np.pi * t / (6.2 * H)) + rng.normal(0, 6, len(t))
    pos = [move(p, float(g), 220) for g in angle]
    f = pd.DataFrame(
        {
            "mmsi": a,
            "ts": (T0 + t).astype(np.int64),
            "lat": [x[0] + rng.normal(0, 5) / 111195 for x in pos],
            "lon": [x[1] + rng.normal(0, 5) / 95000 for x in pos],
            "sog": 0.2,
            "cog": rng.uniform(0, 360, len(t)),
            "heading": 100,
            "nav_status": 1,
            "msg_type": 1,
            "receiver": "R1",
        }
    )
    return of("swinging at anchor", [f], allow=("loitering",))


def berth(rng):
    a, p = 412_600_002, (22.61, 120.25)
    f = ship(
        a,
        [(0, p), (40, p)],
        every=int(rng.choice([10, 60, 180])),
        noise=rng.uniform(2, 20),
        seed=int(rng.integers(1e6)),
    )
    return of("at a berth", [f], allow=("port_visit",))


def one_turn(rng):
    a = 412_600_003
    f = circle_track(rng, a, (28.0, 150.0), 1500, 1.5, 2.6)
    return of("less than two turns", [f])


def slow_circle(rng):
    a = 412_600_004
    f = circle_track(rng, a, (28.0, 150.0), 2500, rng.uniform(1.3, 2.0), 9, every=240)
    return of("two turns in three hours", [f], allow=("loitering",))


def on_land(rng):
    a = 412_610_000
    x = cruise(rng, a, p=(33.0, 124.5), c=180, kn=8)
    t = (x.ts - T0) / H
    inland = [(36.9, 128.0), (34.0, 113.9 + 3), (40.5, 126.5)][rng.integers(3)]
    n = (t >= 20) & (t < 23 + rng.uniform(0, 9))
    x.loc[n, "lat"] = inland[0] + np.cumsum(rng.normal(0, 2e-4, int(n.sum())))
    x.loc[n, "lon"] = inland[1] + np.cumsum(rng.normal(0, 2e-4, int(n.sum())))
    x.loc[n, "sog"] = 0.5
    return of("on land", [x], [Want("spoof_on_land", (a,), 20, 32)])


def near_coast(rng):
    a = 412_610_001
    p = (36.0, 126.45)
    f = ship(a, [(0, move(p, 250, 100_000)), (8, p), (20, p), (28, move(p, 250, 100_000))], seed=1)
    return of("at the coast", [f], allow=("loitering", "port_visit"))


def frozen(rng):
    a = 412_620_000
    x = cruise(rng, a, p=(28.0, 150.0), c=90)
    t = (x.ts - T0) / H
    n = (t >= 20) & (t < 20 + rng.uniform(1, 10))
    x.loc[n, "lat"], x.loc[n, "lon"] = float(x.lat[n].iloc[0]), float(x.lon[n].iloc[0])
    x.loc[n, "sog"] = np.round(rng.uniform(6, 14, int(n.sum())), 1)
    return of("frozen", [x], [Want("spoof_frozen", (a,), 20, 30)], allow=("position_jump",))


def still_na(rng):
    a = 412_620_001
    p = (28.0, 150.0)
    f = ship(a, [(0, move(p, 200, 100_000)), (6, p), (13, p), (20, move(p, 100, 120_000))], seed=1)
    t = (f.ts - T0) / H
    f.loc[(t > 6) & (t < 13), "sog"] = 102.3
    return of("lying still, speed not available", [f])


def still_slow(rng):
    a = 412_620_002
    p = (28.0, 150.0)
    f = ship(a, [(0, move(p, 200, 100_000)), (6, p), (13, p), (20, move(p, 100, 120_000))], seed=1)
    t = (f.ts - T0) / H
    n = (t > 6) & (t < 13)
    f.loc[n, "lat"], f.loc[n, "lon"] = p
    f.loc[n, "sog"] = np.where(rng.random(int(n.sum())) < 0.05, 7.0, 0.1)
    return of("lying still with a few wrong speeds", [f])


def mismatch(rng):
    a = 412_630_000
    x = cruise(rng, a, p=(28.0, 150.0), c=90, kn=12)
    t = (x.ts - T0) / H
    n = (t >= 20) & (t < 20 + rng.uniform(2, 10))
    x.loc[n, "sog"] = np.round(rng.uniform(0, 0.4, int(n.sum())), 1)
    return of("speed told is too low", [x], [Want("sog_mismatch", (a,), 20, 30)])


def mismatch_high(rng):
    a = 412_630_001
    x = cruise(rng, a, p=(28.0, 150.0), c=90, kn=2.6)
    t = (x.ts - T0) / H
    n = (t >= 20) & (t < 20 + rng.uniform(2, 10))
    x.loc[n, "sog"] = np.round(rng.uniform(12, 13, int(n.sum())), 1)
    return of("speed told is too high", [x], [Want("sog_mismatch", (a,), 20, 30)])


def small_mismatch(rng):
    a = 412_630_002
    x = cruise(rng, a, p=(28.0, 150.0), c=90, kn=11)
    x["sog"] += rng.choice([-2.5, 2.5])
    return of("speed a little off", [x])


def zigzag(rng):
    """A ferry between two piers, heard every quarter of an hour."""
    a, p = 412_630_003, (30.0, 127.0)
    q = move(p, 70, 9000)
    knots = [(k * 0.35, p if k % 2 == 0 else q) for k in range(60)]
    return of("to and fro", [ship(a, knots, every=int(rng.choice([200, 900, 1300])), seed=1)])


def replay(rng):
    a = 412_640_000
    x = cruise(rng, a, p=(28.0, 150.0), c=90, hours=60)
    t = (x.ts - T0) / H
    start, hours = rng.uniform(2, 8), rng.uniform(3, 10)
    shift = int(rng.uniform(20, 30) * H)
    again = x[(t >= start) & (t < start + hours)].copy()
    source = int(again.ts.iloc[0])
    again["ts"] += shift
    gone = (x.ts >= again.ts.min() - 60) & (x.ts <= again.ts.max() + 60)
    return of(
        "replay",
        [x[~gone], again],
        [Want("replay", (a,), start + shift / H, start + hours + shift / H, {"source_start": source})],
        allow=(),
    )


def liner(rng):
    """A ferry that sails the same way every day, but not through the same points."""
    a, p = 412_640_001, (30.0, 127.0)
    q = move(p, 70, 90_000)
    knots = [(k * 6.0, p if (k // 2) % 2 == 0 else q) for k in range(14)]
    return of("the same way every day", [ship(a, knots, seed=1)], allow=("loitering",))


# ---- draught


def draught_case(
    rng, name, *, before=6.0, after=9.2, must=True, frames=None, a=412_700_000, cut=24.0, allow=(), total=48
):
    frames = frames if frames is not None else [cruise(rng, a, hours=total)]
    s = pd.concat([static(a, 0.1, cut, draught=before, name="A"), static(a, cut + 0.2, total, draught=after, name="A")])
    w = [Want("draught_change", (a,), cut - 1, cut + 1, {"before": before, "after": after})] if must else []
    return of(name, frames, w, static=s, allow=allow)


def draught_at_sea(rng):
    return draught_case(rng, "at sea", after=float(rng.choice([9.2, 7.1, 4.4])))


def draught_small(rng):
    return draught_case(rng, "below a metre", after=float(rng.choice([6.6, 6.9, 5.2])), must=False)


def draught_absent(rng):
    return draught_case(rng, "absent", after=float(rng.choice([0.0, 25.5])), must=False)


def draught_in_port(rng):
    port = (22.61, 120.25)
    a = 412_700_000
    f = ship(a, [(0, move(port, 250, 180_000)), (10, port), (36, port), (48, move(port, 250, 180_000))], seed=1)
    return draught_case(rng, "in port", frames=[f], must=False, allow=("port_visit",))


def draught_after_port(rng):
    port = (22.61, 120.25)
    a = 412_700_000
    f = ship(a, [(0, move(port, 250, 100_000)), (6, port), (20, port), (48, move(port, 250, 400_000))], seed=1)
    return draught_case(rng, "entered after leaving port", frames=[f], must=False, allow=("port_visit",))


def draught_two_messages(rng):
    a = 412_700_010
    s = static(a, 0.1, 48, draught=6.0)
    s.loc[[30, 31], "draught"] = 10.0
    return of("another draught for two messages", [cruise(rng, a)], static=s)


def draught_across_gap(rng):
    a = 412_700_020
    p = (30.0, 140.0)
    f = silent(
        ship(a, [(0, p), (16, move(p, 90, 300_000)), (40, move(p, 90, 500_000)), (48, move(p, 90, 640_000))], seed=1),
        16,
        38,
    )
    s = pd.concat([static(a, 0, 16, draught=6.0), static(a, 38.1, 48, draught=8.5)])
    return of(
        "across a gap",
        [f, *neighbours(move(p, 90, 300_000), 4, hours=48)],
        [Want("gap", (a,), 16, 38), Want("draught_change", (a,), 16, 39, {"before": 6.0, "after": 8.5})],
        static=s,
        allow=("loitering",),
    )


IDENTITY = [
    change_name,
    change_callsign,
    change_name_without_imo,
    change_imo,
    change_dimensions,
    entry_corrected,
    same_name,
    garbled_names,
    two_messages,
    two_messages_duplicated,
    imo_invalid,
    imo_absent,
    imo_slip,
    change_mmsi,
    change_flag,
    change_mmsi_by_place,
    change_mmsi_no_static,
    two_ships_in_port,
    overlap_numbers,
    two_sets,
    flag_hopping,
    two_flags,
    two_hulls,
    two_hulls_short,
    clock_off,
    clock_odd,
    clock_handover,
    clock_off_many,
]
JUMPS = [jump, jump_and_stay, wrong_fixes, wrong_pair, fast_ferry, interference, two_jumps]
FALSE_POSITIONS = [
    circle,
    anchor_swing,
    berth,
    one_turn,
    slow_circle,
    on_land,
    near_coast,
    frozen,
    still_na,
    still_slow,
    mismatch,
    mismatch_high,
    small_mismatch,
    zigzag,
    replay,
    liner,
]
DRAUGHT = [
    draught_at_sea,
    draught_small,
    draught_absent,
    draught_in_port,
    draught_after_port,
    draught_two_messages,
    draught_across_gap,
]
