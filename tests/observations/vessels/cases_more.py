"""More scripted cases: combinations, edges and guards that the first families leave out."""

import numpy as np
import pandas as pd

from tests.observations.vessels.cases_meet import meeting, of, sea
from tests.observations.vessels.cases_say import an_imo, circle_track, cruise
from tests.observations.vessels.world import KN, PORTS, T0, H, Want, move, neighbours, ship, silent, static


def constant_pair_anchored(rng):
    """Two ships at one open anchorage, further apart than a meeting."""
    p = (31.0, 123.4)
    q = move(p, 40, rng.uniform(700, 900))
    frames = [
        ship(
            412_800_000 + k, [(0, move(x, 100, 90_000)), (6, x), (40, x), (46, move(x, 100, 90_000))], seed=k, noise=15
        )
        for k, x in enumerate((p, q))
    ]
    return of("anchored side by side", frames, allow=("loitering",))


def encounter_with_hole(rng):
    """One of the ships is unheard for an hour and a half in the middle."""
    x, y, a, b = meeting(rng, sea(rng), apart=80, hours=7)
    return of(
        "a hole in the meeting", [silent(x, 10.5, 12), y], [Want("encounter", (a, b), 8, 15)], allow=("loitering",)
    )


def encounter_in_two_parts(rng):
    """The ships move apart for two hours in between: one run."""
    a, b = 412_800_010, 636_800_010
    p = sea(rng)
    one = [(0, move(p, 200, 120_000)), (8, p), (17, move(p, 90, 3000)), (25, move(p, 30, 120_000))]
    two = [(0, move(p, 60, 120_000)), (8, move(p, 0, 60)), (11, move(p, 20, 900)), (11.4, move(p, 0, 3000)), (13.2, move(p, 0, 3000)), (13.6, move(p, 90, 1900)),
           (17, move(move(p, 90, 3000), 0, 60)), (25, move(p, 210, 120_000))]  # fmt: skip
    return of(
        "in two parts",
        [ship(a, one, seed=1), ship(b, two, seed=2)],
        [Want("encounter", (a, b), 8, 17)],
        allow=("loitering",),
    )


def two_separate_meetings(rng):
    a, b = 412_800_020, 636_800_020
    p, q = sea(rng), None
    q = move(p, 90, 60_000)
    one = [(0, move(p, 200, 120_000)), (8, p), (11, p), (18, q), (22, q), (28, move(q, 0, 100_000))]
    two = [(0, move(p, 100, 120_000)), (8, move(p, 0, 60)), (11, move(p, 0, 60)), (14.5, move(p, 45, 40_000)), (18, move(q, 0, 60)), (22, move(q, 0, 60)),
           (28, move(q, 180, 100_000))]  # fmt: skip
    w = [Want("encounter", (a, b), 8, 11), Want("encounter", (a, b), 18, 22)]
    return of("two meetings", [ship(a, one, seed=1), ship(b, two, seed=2)], w, allow=("loitering",))


def underway_same_course(rng):
    """A faster ship overtakes closely and slows down beside the other for four hours: never from another side."""
    a, b = 412_800_030, 636_800_030
    p, c = (30.0, 150.0), 80.0
    kn = 4.5
    line = lambda h: move(p, c, kn * KN * h * H)  # noqa: E731
    one = [(0, line(0)), (24, line(24))]
    two = [
        (0, move(line(0), c + 180, 30_000)),
        (8, move(line(8), c + 90, 100)),
        (12, move(line(12), c + 90, 100)),
        (24, move(line(24), c, 40_000)),
    ]
    return of("overtaken on one course", [ship(a, one, seed=1), ship(b, two, seed=2)])


def underway_too_short(rng):
    a, b = 412_800_040, 636_800_040
    p, c, kn, hours = sea(rng), 40.0, 4.5, rng.uniform(1.0, 2.6)
    q = move(p, c, kn * KN * hours * H)
    one = [(0, move(p, c + 180, 10 * KN * 6 * H)), (6, p), (6 + hours, q), (12 + hours, move(q, c, 10 * KN * 6 * H))]
    two = [
        (0, move(p, c + 90, 11 * KN * 6 * H)),
        (6, move(p, c + 90, 90)),
        (6 + hours, move(q, c + 90, 90)),
        (12 + hours, move(q, c + 100, 11 * KN * 6 * H)),
    ]
    return of("under way, too short", [ship(a, one, seed=1), ship(b, two, seed=2)])


def underway_too_fast(rng):
    a, b = 412_800_050, 636_800_050
    p, c, kn, hours = sea(rng), 40.0, rng.uniform(6.8, 9), 4.5
    q = move(p, c, kn * KN * hours * H)
    one = [(0, move(p, c + 180, 10 * KN * 6 * H)), (6, p), (6 + hours, q), (12 + hours, move(q, c, 10 * KN * 6 * H))]
    two = [
        (0, move(p, c + 90, 11 * KN * 6 * H)),
        (6, move(p, c + 90, 90)),
        (6 + hours, move(q, c + 90, 90)),
        (12 + hours, move(q, c + 100, 11 * KN * 6 * H)),
    ]
    return of("under way, too fast", [ship(a, one, seed=1), ship(b, two, seed=2)])


def tug_and_barge_at_sea(rng):
    """A tow that slows down to one and a half knots in weather for ten hours."""
    p, c = sea(rng), rng.uniform(0, 360)
    m = move(p, c, 4.5 * KN * 6 * H)
    m2 = move(m, c, 1.5 * KN * 10 * H)
    far = move(m2, c, 4.5 * KN * 6 * H)
    one = [(0, p), (6, m), (16, m2), (22, far)]
    two = [(h, move(q, c + 180, 350)) for h, q in one]
    return of(
        "a tow in weather", [ship(412_800_060, one, seed=1), ship(412_800_061, two, seed=2)], allow=("loitering",)
    )


def pair_trawling(rng):
    """Two trawlers at 3 knots, 300 m apart, turning together all day."""
    p, c = sea(rng), rng.uniform(0, 360)
    knots, at = [(0.0, p)], p
    for k in range(1, 13):
        at = move(at, c + 180 * (k % 2), 3.2 * KN * 2 * H)
        knots.append((2.0 * k, at))
    two = [(h, move(q, c + 90, 300)) for h, q in knots]
    return of("pair trawling", [ship(412_800_070, knots, seed=1), ship(412_800_071, two, seed=2)], allow=("loitering",))


def interrupted_gap(rng):
    """One stray correct fix in the middle of a silence of 30 hours splits it into two of 15."""
    a = 412_800_080
    p = (30.0, 140.0)
    f = ship(a, [(0, p), (60, move(p, 90, 60 * H * 9 * KN))], seed=1)
    t = (f.ts - T0) / H
    keep = (t <= 16) | (t >= 46)
    mid = f[(t > 30.9)].iloc[:1]
    return of(
        "a gap with one stray fix",
        [f[keep], mid, *neighbours(move(p, 90, 16 * H * 9 * KN), 5, hours=60)],
        [Want("gap", (a,), 16, 31)],
        allow=("loitering", "gap"),
    )


def gap_with_wrong_fix(rng):
    a = 412_800_081
    p = (30.0, 140.0)
    f = ship(a, [(0, p), (60, move(p, 90, 60 * H * 9 * KN))], seed=1)
    t = (f.ts - T0) / H
    wrong = f[t > 30].iloc[:1].assign(lat=-20.0)
    return of(
        "a wrong fix inside a gap",
        [f[(t <= 16) | (t >= 40)], wrong, *neighbours(move(p, 90, 16 * H * 9 * KN), 5, hours=60)],
        [Want("gap", (a,), 16, 40)],
        allow=("loitering",),
    )


def moored_silence(rng):
    """A ship silent at an anchorage within ten kilometres of a port."""
    port = (22.616667, 120.266667)
    b = move(port, 250, 6500)
    f = silent(
        ship(412_800_082, [(0, move(b, 250, 90_000)), (6, b), (40, b), (46, move(b, 250, 90_000))], seed=1), 10, 34
    )
    return of(
        "silent at the roads",
        [f, *neighbours(move(port, 250, 80_000), 4, hours=46)],
        allow=("loitering", "port_visit", "spoof_on_land"),
    )


def last_fix_in_port(rng):
    port = (22.616667, 120.266667)
    f = ship(412_800_083, [(0, move(port, 250, 90_000)), (6, move(port, 250, 700)), (12, move(port, 250, 700))], seed=1)
    return of(
        "in port to the end",
        [f, *neighbours(move(port, 250, 90_000), 4, hours=60)],
        allow=("port_visit", "loitering", "spoof_on_land"),
        params={"data_end": T0 + 60 * H},
    )


def outage_of_one_receiver(rng):
    """Two receivers at one coast; one fails: its ships are silent, the others near by are heard."""
    p = (30.0, 140.0)
    down = [silent(f, 20, 36) for f in neighbours(p, 5, hours=70, seed=3, receiver="A")]
    up = neighbours(move(p, 180, 15_000), 5, hours=70, seed=9, base=538_029_000, receiver="B")
    ships = tuple(int(f.mmsi.iloc[0]) for f in down[:3])
    return of(
        "one of two receivers fails",
        down + up,
        [Want("coverage_gap", ships, 20, 36, {"cause": "outage"})],
        allow=("loitering", "encounter"),
    )


def flag_hopping_slow(rng):
    """Three flags, but over three years."""
    i = an_imo(rng)
    frames, parts = [], []
    for k, mid in enumerate([613, 511, 677]):
        m = mid * 1_000_000 + 400_101
        f = ship(m, [(0, (28.0, 150.0)), (23, (28.0, 154.0))], seed=k)
        s = static(m, 0, 23, imo=i, name="N")
        shift = k * 400 * 86400
        frames.append(f.assign(ts=f.ts + shift))
        parts.append(s.assign(ts=s.ts + shift))
    return of("three flags in three years", frames, static=pd.concat(parts), allow=("identity_change", "gap"))


def swap(rng):
    """Two ships meet and go on under each other's numbers."""
    x, y, a, b = meeting(rng, (30.0, 142.0), apart=60, hours=4)
    t = T0 + 10 * H
    xs, ys = x.copy(), y.copy()
    xs.loc[x.ts > t, "mmsi"], ys.loc[y.ts > t, "mmsi"] = b, a
    i, j = an_imo(rng), an_imo(rng)
    s = pd.concat(
        [
            static(a, 0, 10, imo=i, name="ALPHA"),
            static(b, 0, 10, imo=j, name="BRAVO"),
            static(b, 10.1, 19, imo=i, name="ALPHA"),
            static(a, 10.1, 19, imo=j, name="BRAVO"),
        ]
    )
    return of(
        "numbers swapped",
        [xs, ys],
        [Want("encounter", (a, b), 8, 12), Want("identity_change", (), 9, 12)],
        static=s,
        allow=("identity_change", "loitering", "position_jump", "identity_conflict"),
    )


def imo_alternates_on_two_hulls(rng):
    a = 412_800_090
    x, y = cruise(rng, a, p=(28.0, 150.0)), cruise(rng, a, p=(-35.0, -15.0))
    i, j = an_imo(rng), an_imo(rng)
    s = pd.concat([static(a, 0, 48, imo=i, name="ALPHA"), static(a, 0.25, 48, imo=j, name="BRAVO", length=200)])
    return of("two hulls with two names", [x, y], [Want("identity_conflict", (a,), 0, 48)], static=s)


def circles_at_another_place(rng):
    """The ship jumps into circles far away and comes back."""
    a = 412_800_100
    f = circle_track(rng, a, (30.0, 142.0), 900, 0.5, 5, before=False)
    x = ship(a, [(0, (28.0, 150.0)), (30, (28.0, 156.0))], seed=1)
    lo, hi = f.ts.min(), f.ts.max()
    return of("circles elsewhere", [x[(x.ts < lo) | (x.ts > hi)], f], [Want("spoof_circle", (a,), 10, 15)])


def full_swing(rng):
    """A ship at anchor that swings right round once in a tide."""
    a, p = 412_800_101, (31.2, 123.5)
    t = np.arange(0, 40 * H, 240.0)
    angle = 360 * t / (12.4 * H) + rng.normal(0, 4, len(t))
    pos = [move(p, float(g), 250) for g in angle]
    f = pd.DataFrame({"mmsi": a, "ts": (T0 + t).astype(np.int64), "lat": [x[0] for x in pos], "lon": [x[1] for x in pos], "sog": 0.1,
                      "cog": 360.0, "heading": 511, "nav_status": 1, "msg_type": 1, "receiver": "R1"})  # fmt: skip
    return of("swinging right round", [f], allow=("loitering",))


def dredger(rng):
    """A rectangle, round and round, with noise."""
    p, knots, h = (30.0, 142.0), [], 0.0
    for _ in range(12):
        for corner in (p, move(p, 90, 6000), move(move(p, 90, 6000), 0, 900), move(p, 0, 900)):
            if knots:
                q = knots[-1][1]
                h += max(0.01, float(np.hypot((corner[0] - q[0]) * 111.195, (corner[1] - q[1]) * 96.3)) / (5 * 1.852))
            knots.append((h, corner))
    return of("a rectangle round and round", [ship(412_800_102, knots, every=180, seed=1)])


def interference_on_land(rng):
    """Four ships are shown at an airport at once."""
    place = (37.0, 124.0)
    frames = []
    for k in range(4):
        f = neighbours(place, 1, hours=40, seed=k + 40, base=412_810_000 + k, spread=40_000)[0]
        t = (f.ts - T0) / H
        on = (t >= 15) & (t < 19)
        n = int(on.sum())
        g = np.arange(n) * 70.0
        pos = [move((37.46, 127.9), float(x), 600) for x in g]
        f.loc[on, "lat"], f.loc[on, "lon"] = [q[0] for q in pos], [q[1] for q in pos]
        f.loc[on, "sog"] = 20.0
        frames.append(f)
    ships = tuple(int(f.mmsi.iloc[0]) for f in frames[:3])
    return of(
        "interference shows ships at an airport",
        frames,
        [Want("interference", ships, 15, 19)],
        allow=("loitering", "encounter"),
    )


def frozen_stale(rng):
    """A receiver sends one old message again for half an hour while others hear the ship go on."""
    a = 412_800_110
    x = cruise(rng, a, every=120)
    old = x[(x.ts - T0) / H > 20].iloc[:1]
    again = pd.concat([old.assign(ts=old.ts + 60 * k, receiver="R9") for k in range(1, 15)])
    return of("an old message again and again", [x, again], allow=("position_jump",))


def draught_in_encounter(rng):
    x, y, a, b = meeting(rng, (30.0, 142.0), apart=40, hours=8)
    s = pd.concat(
        [
            static(a, 1, 11, draught=11.0),
            static(a, 16.2, 23, draught=7.5),
            static(b, 1, 11, draught=5.0),
            static(b, 16.5, 23, draught=8.2),
        ]
    )
    w = [Want("encounter", (a, b), 8, 16), Want("draught_change", (a,), 10, 17, {"before": 11.0, "after": 7.5}),
         Want("draught_change", (b,), 10, 17, {"before": 5.0, "after": 8.2})]  # fmt: skip
    return of("cargo handed over", [x, y], w, static=s, allow=("loitering",))


def visit_and_stay(rng):
    """In a watched port when the data end."""
    port = PORTS[1]
    at = (port["lat"], port["lon"])
    a = 412_800_120
    f = ship(a, [(0, move(at, 130, 100_000)), (8, move(at, 130, 1500)), (30, move(at, 130, 1500))], seed=1)
    return of(
        "still in port",
        [f],
        [Want("port_visit", (a,), 8, 30, {"country": "KP", "port": "Chongjin"})],
        allow=("spoof_on_land",),
    )


def two_visits(rng):
    port = (22.616667, 120.266667)
    a = 412_800_130
    out, b = move(port, 250, 60_000), move(port, 250, 900)
    f = ship(a, [(0, out), (5, b), (12, b), (17, out), (22, b), (30, b), (36, out)], seed=1)
    w = [Want("port_visit", (a,), 5, 12, {"country": "TW"}), Want("port_visit", (a,), 22, 30, {"country": "TW"})]
    return of("two visits", [f], w, allow=("spoof_on_land",))


def slow_clock_ship(rng):
    """A receiver's clock is off while the ship lies still: nothing is to be seen."""
    a = 412_800_140
    p = (30.0, 142.0)
    f = ship(a, [(0, p), (30, move(p, 30, 300))], seed=1, every=240)
    pick = rng.random(len(f)) < 0.4
    f["receiver"] = np.where(pick, "R2", "R1")
    f.loc[pick, "ts"] += 3 * H
    return of("clock off, ship still", [f], allow=("loitering",))


def identity_conflict_near(rng):
    """Two hulls on one number in the same waters, 60 km apart."""
    a = 412_800_150
    p = (30.0, 142.0)
    x = ship(a, [(0, p), (30, move(p, 90, 300_000))], seed=1, every=300)
    q = move(p, 0, 60_000)
    y = ship(a, [(2, q), (28, move(q, 70, 280_000))], seed=2, every=300)
    return of("two hulls in the same waters", [x, y], [Want("identity_conflict", (a,), 2, 28)])


MORE = [
    constant_pair_anchored, encounter_with_hole, encounter_in_two_parts, two_separate_meetings, underway_same_course, underway_too_short,
    underway_too_fast, tug_and_barge_at_sea, pair_trawling, interrupted_gap, gap_with_wrong_fix, moored_silence, last_fix_in_port,
    outage_of_one_receiver, flag_hopping_slow, swap, imo_alternates_on_two_hulls, circles_at_another_place, full_swing, dredger,
    interference_on_land, frozen_stale, draught_in_encounter, visit_and_stay, two_visits, slow_clock_ship, identity_conflict_near,
]  # fmt: skip
