"""Scripted meetings, waiting, silences and calls: what must be found and what must not, with random places and numbers."""

import numpy as np
import pandas as pd

from tests.observations.vessels.world import (
    KN,
    PORTS,
    T0,
    Case,
    H,
    Want,
    metres,
    move,
    neighbours,
    ship,
    silent,
    static,
)

OPEN_SEA = [
    (36.5, 123.4),
    (33.0, 124.5),
    (40.2, 131.8),
    (30.0, 127.5),
    (-20.0, -85.0),
    (12.0, 60.0),
    (48.0, -30.0),
    (38.2, 123.4),
]


def sea(rng):
    return OPEN_SEA[rng.integers(len(OPEN_SEA))]


def numbers(rng):
    return int(rng.choice([412, 636, 351, 445, 538])) * 1_000_000 + int(rng.integers(1000, 900_000)), int(
        rng.choice([273, 477, 613, 511])
    ) * 1_000_000 + int(rng.integers(1000, 900_000))


def meeting(
    rng,
    place,
    *,
    apart=60.0,
    hours=6.0,
    kn=0.5,
    start=8.0,
    every=360,
    courses=(250, 20),
    noise=6.0,
    run_in=11.0,
    lead=7.0,
):
    """Two ships that come from different sides, drift together and part."""
    a, b = numbers(rng)
    drift, side = rng.uniform(0, 360), rng.uniform(0, 360)
    end = move(place, drift, kn * KN * hours * H)
    far = run_in * KN * lead * H
    c1, c2 = courses
    one = [
        (start - lead, move(place, c1, far)),
        (start, place),
        (start + hours, end),
        (start + hours + lead, move(end, (c1 + 100) % 360, far)),
    ]
    two = [
        (start - lead, move(place, c2, far)),
        (start, move(place, side, apart)),
        (start + hours, move(end, side, apart)),
        (start + hours + lead, move(end, (c2 + 150) % 360, far)),
    ]
    return (
        ship(a, one, every=every, noise=noise, seed=int(rng.integers(1e6))),
        ship(b, two, every=every, noise=noise, seed=int(rng.integers(1e6))),
        a,
        b,
    )


def of(name, frames, must=(), **more):
    return Case(name=name, positions=pd.concat(frames, ignore_index=True), must=list(must), **more)


def encounter_drifting(rng):
    hours = rng.uniform(2.8, 14)
    x, y, a, b = meeting(
        rng,
        sea(rng),
        apart=rng.uniform(20, 380),
        hours=hours,
        kn=rng.uniform(0.1, 1.3),
        every=rng.choice([120, 300, 600]),
    )
    return of(
        "encounter",
        [x, y],
        [Want("encounter", (a, b), 8, 8 + hours, {"variant": "drifting", "in_port": False})],
        allow=("loitering",),
    )


def encounter_at_limit(rng):
    x, y, a, b = meeting(rng, sea(rng), apart=rng.uniform(100, 300), hours=2.25, every=300)
    return of("just long enough", [x, y], [Want("encounter", (a, b), 8, 10.25)], allow=("loitering",))


def encounter_too_short(rng):
    x, y, _, _ = meeting(rng, sea(rng), apart=rng.uniform(100, 300), hours=rng.uniform(0.5, 1.75), every=300)
    return of("too short", [x, y])


def encounter_too_far(rng):
    x, y, _, _ = meeting(rng, sea(rng), apart=rng.uniform(580, 1500), hours=6)
    return of("too far apart", [x, y], allow=("loitering",))


def encounter_near_limit_m(rng):
    x, y, a, b = meeting(rng, sea(rng), apart=440, hours=5)
    return of("just near enough", [x, y], [Want("encounter", (a, b), 8, 13)], allow=("loitering",))


def encounter_too_fast(rng):
    x, y, _, _ = meeting(rng, sea(rng), apart=rng.uniform(250, 400), hours=5, kn=rng.uniform(2.5, 5))
    return of("too fast to drift, too far to be alongside", [x, y])


def encounter_midnight(rng):
    x, y, a, b = meeting(rng, sea(rng), apart=80, hours=2.6, start=22.7)
    return of("across midnight", [x, y], [Want("encounter", (a, b), 22.7, 25.3)], allow=("loitering",))


def encounter_dateline(rng):
    lat = rng.uniform(-50, 50)
    x, y, a, b = meeting(rng, (lat, 180 - rng.uniform(0, 0.0005)), apart=200, hours=5, kn=0.6)
    return of("across 180 degrees", [x, y], [Want("encounter", (a, b), 8, 13)], allow=("loitering",))


def encounter_pole(rng):
    lat = float(rng.choice([84.0, 88.0, 89.5, 89.97, -66.0]))
    x, y, a, b = meeting(rng, (lat, rng.uniform(-180, 180)), apart=100, hours=6, kn=0.5, run_in=8, lead=3)
    return of("near a pole", [x, y], [Want("encounter", (a, b), 8, 14)], allow=("loitering",))


def encounter_sparse(rng):
    x, y, a, b = meeting(
        rng, sea(rng), apart=60, hours=rng.uniform(6, 12), kn=0.3, every=int(rng.choice([3000, 3600, 5400]))
    )
    return of("sparse fixes", [x, y], [Want("encounter", (a, b), 8, 14)], allow=("loitering",))


def encounter_duplicated(rng):
    case = encounter_drifting(rng)
    again = case.positions.copy()
    again["receiver"] = "R2"
    case.positions = pd.concat([case.positions, again], ignore_index=True).sample(frac=1, random_state=1)
    case.name = "feed delivered twice"
    return case


def encounter_jittered(rng):
    case = encounter_drifting(rng)
    again = case.positions.copy()
    again["receiver"] = "R2"
    again["ts"] += rng.integers(1, 4, len(again))
    case.positions = pd.concat([case.positions, again], ignore_index=True).sample(frac=1, random_state=1)
    case.name = "feed delivered twice, seconds late"
    return case


def encounter_east(rng):
    case = encounter_dateline(rng) if rng.random() < 0.5 else encounter_drifting(rng)
    case.positions["lon"] %= 360
    case.name = "longitudes to 360"
    return case


def encounter_na(rng):
    case = encounter_drifting(rng)
    case.positions["sog"], case.positions["cog"], case.positions["heading"] = 102.3, 360.0, 511
    case.name = "no speed, no course"
    return case


def encounter_underway(rng):
    a, b = numbers(rng)
    p = sea(rng)
    kn, hours, apart = rng.uniform(3, 5.3), rng.uniform(3.6, 7), rng.uniform(30, 150)
    c = rng.uniform(0, 360)
    q = move(p, c, kn * KN * hours * H)
    side = (c + 90) % 360
    one = [(0, move(p, c + 180, 10 * KN * 6 * H)), (6, p), (6 + hours, q), (12 + hours, move(q, c, 10 * KN * 6 * H))]
    off = rng.uniform(50, 130)
    two = [
        (0, move(p, (c + 180 + off) % 360, 11 * KN * 6 * H)),
        (6, move(p, side, apart)),
        (6 + hours, move(q, side, apart)),
        (12 + hours, move(q, (c - off) % 360, 11 * KN * 6 * H)),
    ]
    return of(
        "under way",
        [ship(a, one, seed=1), ship(b, two, seed=2)],
        [Want("encounter", (a, b), 6, 6 + hours, {"variant": "underway"})],
    )


def convoy(rng):
    p, c, kn = sea(rng), rng.uniform(0, 360), rng.uniform(3, 5.5)
    frames = []
    for k in range(3):
        s = move(p, c + 180, 150 * k)
        frames.append(ship(412_000_100 + k, [(0, s), (20, move(s, c, kn * KN * 20 * H))], seed=k))
    return of("convoy", frames)


def convoy_that_stops(rng):
    p, c, kn = sea(rng), rng.uniform(0, 360), rng.uniform(6, 10)
    frames = []
    for k in range(2):
        s = move(p, c + 180, 300 * k)
        m = move(s, c, kn * KN * 8 * H)
        frames.append(
            ship(
                412_000_100 + k,
                [(0, s), (8, m), (13, move(m, 10, 800)), (22, move(move(m, 10, 800), c, kn * KN * 9 * H))],
                seed=k,
            )
        )
    return of("two ships that travel and wait together", frames, allow=("loitering",))


def tow(rng):
    p, c, kn = sea(rng), rng.uniform(0, 360), rng.uniform(1.5, 5)
    far = move(p, c, kn * KN * 22 * H)
    apart = rng.uniform(100, 400)
    frames = [
        ship(412_000_200, [(0, p), (22, far)], seed=1),
        ship(412_000_201, [(0, move(p, c + 180, apart)), (22, move(far, c + 180, apart))], seed=2),
    ]
    return of("tow", frames, allow=("loitering",) if kn < 2.1 else ())


def tow_with_rest(rng):
    p, c, kn = sea(rng), rng.uniform(0, 360), rng.uniform(3.5, 5)
    m = move(p, c, kn * KN * 8 * H)
    m2 = move(m, c, 900)
    far = move(m2, c, kn * KN * 8 * H)
    apart = rng.uniform(60, 300)
    one = [(0, p), (8, m), (14, m2), (22, far)]
    two = [(h, move(q, c + 180, apart)) for h, q in one]
    return of("tow that rests", [ship(412_000_210, one, seed=1), ship(412_000_211, two, seed=2)], allow=("loitering",))


def same_hull(rng):
    p, c = sea(rng), rng.uniform(0, 360)
    m = move(p, c, 10 * KN * 6 * H)
    m2 = move(m, 45, 2000)
    one = [(0, p), (6, m), (14, m2), (22, move(m2, c, 10 * KN * 8 * H))]
    two = [(h, move(q, 90, 25)) for h, q in one]
    return of(
        "two sets on one hull", [ship(412_000_220, one, seed=1), ship(412_000_221, two, seed=2)], allow=("loitering",)
    )


def not_ships(rng):
    p = sea(rng)
    a = 412_000_230
    one = [(0, move(p, 200, 90_000)), (6, p), (16, move(p, 40, 1500)), (22, move(p, 90, 110_000))]
    other = int(rng.choice([992_351_234, 111_412_001, 4_123_401, 970_123_456, 974_001_122, 982_412_001, 2_241_000]))
    return of(
        "buoy, aircraft, coast station",
        [ship(a, one, seed=1), ship(other, [(0, move(p, 20, 700)), (22, move(p, 20, 700))], seed=2)],
        allow=("loitering",),
    )


def aton_message(rng):
    p = sea(rng)
    one = [(0, move(p, 200, 90_000)), (6, p), (16, move(p, 40, 300)), (22, move(p, 90, 110_000))]
    buoy = ship(412_999_999, [(0, move(p, 20, 100)), (22, move(p, 20, 100))], seed=2, msg_type=21)
    return of("aid to navigation under a ship's number", [ship(412_000_231, one, seed=1), buoy], allow=("loitering",))


def near_foreign_port(rng):
    port = PORTS[rng.choice([4, 5, 6, 7, 8])]
    place = move((port["lat"], port["lon"]), rng.uniform(0, 360), rng.uniform(500, 9000))
    x, y, _, _ = meeting(rng, place, apart=80, hours=6)
    return of("near a foreign port", [x, y], allow=("port_visit", "spoof_on_land", "position_jump"))


def near_watched_port(rng):
    port = PORTS[rng.choice([0, 1, 3])]
    place = move((port["lat"], port["lon"]), rng.uniform(0, 360), rng.uniform(1000, 8500))
    x, y, a, b = meeting(rng, place, apart=80, hours=6)
    return of(
        "near a watched port",
        [x, y],
        [Want("encounter", (a, b), 8, 14, {"in_port": True})],
        allow=("port_visit", "port_approach", "spoof_on_land", "identity_conflict"),
    )


def beyond_port(rng):
    port = PORTS[rng.choice([5, 8])]
    place = move((port["lat"], port["lon"]), {5: 120, 8: 250}[PORTS.index(port)], rng.uniform(11_500, 14_000))
    x, y, a, b = meeting(rng, place, apart=80, hours=6, courses=(150, 190) if port["name"] == "Busan" else (230, 280))
    return of(
        "just outside the port zone",
        [x, y],
        [Want("encounter", (a, b), 8, 14, {"in_port": False})],
        allow=("port_visit", "spoof_on_land", "loitering"),
    )


def parallel_fast(rng):
    p, c = sea(rng), rng.uniform(0, 360)
    q = move(p, c, 12 * KN * 10 * H)
    frames = [
        ship(412_000_240, [(0, p), (10, q)], seed=1),
        ship(412_000_241, [(0, move(p, c + 90, 300)), (10, move(q, c + 90, 300))], seed=2),
    ]
    return of("abreast at 12 kn", frames)


def three_ships(rng):
    p = sea(rng)
    x, y, a, b = meeting(rng, p, apart=90, hours=5)
    c = 477_000_555
    two = [(0, move(p, 300, 90_000)), (8, move(p, 0, 120)), (13, move(p, 0, 150)), (20, move(p, 200, 120_000))]
    z = ship(c, two, seed=9)
    return of("three ships", [x, y, z], [Want("encounter", (a, b), 8, 13)], allow=("encounter", "loitering"))


def wrong_fix_in_meeting(rng):
    case = encounter_drifting(rng)
    f = case.positions.copy()
    rows = rng.choice(len(f), 5, replace=False)
    f.loc[rows, "lat"] = np.clip(f.loc[rows, "lat"] + rng.choice([-20, 17], 5), -89, 89)
    bad = f.iloc[:6].copy()
    bad["lat"], bad["lon"] = [91, 0.0, np.nan, 10, 95, -91], [181, 0.0, 10, np.nan, 20, 400]
    case.positions = pd.concat([f, bad]).sample(frac=1, random_state=3)
    case.name = "single wrong fixes and rows that are no position"
    return case


# ---- waiting


def loitering(rng):
    p = sea(rng)
    hours = rng.uniform(8.7, 30)
    a = 412_100_001
    q = move(p, rng.uniform(0, 360), rng.uniform(0.2, 1.4) * KN * hours * H)
    one = [(0, move(p, 200, 110_000)), (6, p), (6 + hours, q), (12 + hours, move(q, 20, 110_000))]
    return of(
        "loitering", [ship(a, one, every=rng.choice([200, 600, 3000]), seed=1)], [Want("loitering", (a,), 6, 6 + hours)]
    )


def loitering_short(rng):
    p = sea(rng)
    hours = rng.uniform(4.5, 7.4)
    one = [(0, move(p, 200, 110_000)), (6, p), (6 + hours, move(p, 10, 2000)), (12 + hours, move(p, 20, 110_000))]
    return of("waiting for less than eight hours", [ship(412_100_002, one, seed=1)])


def loitering_listed(rng):
    p = sea(rng)
    hours = rng.uniform(4.6, 7.4)
    a = 412_100_003
    one = [(0, move(p, 200, 110_000)), (6, p), (6 + hours, move(p, 10, 2000)), (12 + hours, move(p, 20, 110_000))]
    return of(
        "a listed ship waits",
        [ship(a, one, seed=1)],
        [Want("loitering", (a,), 6, 6 + hours)],
        params={"watch_mmsi": [a]},
    )


def loitering_fast(rng):
    p = sea(rng)
    hours = rng.uniform(10, 20)
    q = move(p, 77, rng.uniform(2.4, 4) * KN * hours * H)
    one = [(0, move(p, 200, 110_000)), (6, p), (6 + hours, q), (12 + hours, move(q, 20, 110_000))]
    return of("slow steaming", [ship(412_100_004, one, seed=1)])


def loitering_coast(rng):
    place = [(37.2, 126.0 - 0.15), (35.05, 129.35), (33.1, 126.5)][rng.integers(3)]
    one = [(0, move(place, 180, 100_000)), (6, place), (20, move(place, 90, 900)), (26, move(place, 180, 100_000))]
    return of("waiting near the shore", [ship(412_100_005, one, seed=1)], allow=("port_visit",))


def survey(rng):
    p, c = sea(rng), rng.uniform(0, 360)
    knots, h, at = [(0, p)], 0.0, p
    for k in range(20):
        length, kn = rng.uniform(7000, 9000), rng.uniform(4.2, 5.5)
        at = move(at, c if k % 2 == 0 else c + 180, length)
        h += length / (kn * KN) / H
        knots.append((h, at))
        at = move(at, c + 90, 300)
        h += 300 / (4 * KN) / H
        knots.append((h, at))
    return of("survey lines", [ship(412_100_006, knots, every=rng.choice([60, 300, 600]), seed=1)])


# ---- silences


def gap_case(
    rng,
    name,
    hours,
    *,
    p=None,
    near=5,
    listed=False,
    must=True,
    every=480,
    lead=16.0,
    kn=10.0,
    allow=(),
    open_=False,
    total=96,
):
    p = p or (30.0, 140.0)
    a = 412_200_000 + int(rng.integers(1, 9999))
    c = rng.uniform(60, 120)
    q = move(p, c, kn * KN * lead * H)
    r = move(q, c, kn * KN * hours * H)
    s = move(r, c, kn * KN * 8 * H)
    f = ship(a, [(0, p), (lead, q), (lead + hours, r), (lead + hours + 8, s)], every=every, seed=int(rng.integers(1e6)))
    f = f[(f.ts - T0) / H <= lead] if open_ else silent(f, lead, lead + hours)
    end = lead + hours if open_ else lead + hours + 8
    frames = [f, *neighbours(q, near, hours=end, seed=int(rng.integers(1e6)))] if near else [f]
    want = [Want("gap", (a,), lead, lead + hours, {"open": bool(open_)})] if must else []
    return of(
        name,
        frames,
        want,
        allow=("loitering", *allow),
        params={"watch_mmsi": [a] if listed else [], "data_end": T0 + int(end * H)},
    )


def gap(rng):
    return gap_case(rng, "gap", rng.uniform(12.6, 50))


def gap_short(rng):
    return gap_case(rng, "silence below twelve hours", rng.uniform(6.5, 11.5), must=False)


def gap_listed(rng):
    return gap_case(rng, "a listed ship silent for more than six hours", rng.uniform(6.4, 11), listed=True)


def gap_listed_short(rng):
    return gap_case(rng, "a listed ship silent for less than six hours", rng.uniform(3, 5.6), listed=True, must=False)


def gap_watch_coast(rng):
    return gap_case(
        rng, "near the watched coast", rng.uniform(6.4, 11), p=(40.2, 131.0), kn=2.0, allow=("dark_port_call_possible",)
    )


def gap_open(rng):
    return gap_case(rng, "open gap", rng.uniform(13, 40), open_=True)


def gap_open_short(rng):
    return gap_case(rng, "open silence below twelve hours", rng.uniform(3, 11), open_=True, must=False)


def gap_alone(rng):
    return gap_case(rng, "gap with no neighbours", rng.uniform(13, 30), near=0)


def gap_few_fixes(rng):
    return gap_case(rng, "few fixes before", rng.uniform(13, 30), every=4800, must=False)


def gap_in_port(rng):
    port = (35.1, 129.05)
    a = 412_200_500
    one = [
        (0, move(port, 150, 100_000)),
        (6, move(port, 100, 800)),
        (40, move(port, 100, 800)),
        (46, move(port, 150, 100_000)),
    ]
    f = silent(ship(a, one, seed=1), 12, 34)
    return of(
        "silent at the berth",
        [f, *neighbours((34.7, 129.4), 4, hours=46)],
        allow=("port_visit", "loitering", "spoof_on_land"),
    )


def outage(rng):
    p = (30.0, 140.0)
    hours = rng.uniform(12.5, 30)
    frames = [
        silent(f, 20, 20 + hours) for f in neighbours(p, int(rng.integers(4, 8)), hours=70, seed=int(rng.integers(1e6)))
    ]
    known = rng.random() < 0.5
    if known:
        frames += neighbours(move(p, 90, 150_000), 3, hours=70, seed=3, base=538_019_000, receiver="R2")
    ships = tuple(int(f.mmsi.iloc[0]) for f in frames[:3])
    return of(
        "outage",
        frames,
        [Want("coverage_gap", ships, 20, 20 + hours, {"cause": "outage"})],
        allow=("loitering", "encounter"),
    )


def outage_open(rng):
    p = (30.0, 140.0)
    frames = [f[(f.ts - T0) / H < 30] for f in neighbours(p, 5, hours=70, seed=int(rng.integers(1e6)))]
    ships = tuple(int(f.mmsi.iloc[0]) for f in frames[:3])
    return of(
        "outage to the end",
        frames,
        [Want("coverage_gap", ships, 30, 70, {"cause": "outage"})],
        allow=("loitering", "encounter"),
        params={"data_end": T0 + 70 * H},
    )


def fleet_goes_dark(rng):
    p = (30.0, 140.0)
    frames = neighbours(p, 9, hours=70, seed=int(rng.integers(1e6)))
    want = []
    for k in range(2):
        frames[k] = silent(frames[k], 20 + k * 0.2, 38 + k * 0.1)
        want.append(Want("gap", (int(frames[k].mmsi.iloc[0]),), 20, 38))
    return of("two ships silent together, others heard", frames, want, allow=("loitering", "encounter"))


def poor_reception(rng):
    """Ships that cross a region one after another are all unheard inside it."""
    p = (20.0, 150.0)
    frames = []
    for k in range(6):
        a = 538_030_000 + k
        start = move(move(p, 0, rng.uniform(-25_000, 25_000)), 270, 300_000)
        f = ship(
            a,
            [
                (k * 9.0, start),
                (k * 9.0 + 36, move(start, 90, 36 * H * 10 * KN)),
                (90, move(start, 80, (36 * 10 + 54 - k * 9) * H * KN)),
            ],
            seed=k + int(rng.integers(1e5)),
        )
        x = f.lon
        lo, hi = p[1] - 1.3, p[1] + 1.3
        frames.append(f[(x < lo) | (x > hi)])
    ships = [int(f.mmsi.iloc[0]) for f in frames]
    return of(
        "poor reception",
        frames,
        [Want("coverage_gap", (ships[2],), 0, 100, {"cause": "poor_reception"})],
        allow=("coverage_gap", "loitering"),
        params={"data_end": int(max(f.ts.max() for f in frames))},
    )


def sparse_region(rng):
    """Others are heard every few hours only; one ship enters from a good region."""
    p = (20.0, 150.0)
    frames = [
        f.iloc[:: int(rng.integers(28, 40))] for f in neighbours(p, 6, hours=90, seed=int(rng.integers(1e6)), lost=0.0)
    ]
    a = 538_040_000
    start = move(p, 270, 320_000)
    f = ship(a, [(0, start), (60, move(start, 90, 60 * H * 10 * KN))], seed=4)
    f = f[(f.lon < p[1] - 0.9) | (f.lon > p[1] + 1.8)]
    return of(
        "sparse region",
        [f, *frames],
        [Want("coverage_gap", (a,), 0, 100, {"cause": "poor_reception"})],
        allow=("coverage_gap", "loitering"),
        params={"data_end": int(f.ts.max())},
    )


def dark_call(rng):
    p = (38.3, 123.7)
    a = 412_210_000 + int(rng.integers(999))
    hours = rng.uniform(30, 60)
    one = [(0, move(p, 200, 200_000)), (14, p), (14 + hours, move(p, 10, 3000)), (22 + hours, move(p, 190, 120_000))]
    f = silent(ship(a, one, seed=1), 14, 14 + hours)
    return of(
        "time enough for a call",
        [f, *neighbours((37.8, 123.6), 4, hours=22 + hours)],
        [
            Want("gap", (a,), 14, 14 + hours),
            Want("dark_port_call_possible", (a,), 14, 14 + hours, {"countries": ["KP"]}),
        ],
        allow=("loitering",),
    )


def dark_call_too_short(rng):
    p = (36.0, 122.9)
    a = 412_211_000
    hours = rng.uniform(12.5, 20)
    one = [(0, move(p, 200, 200_000)), (14, p), (14 + hours, move(p, 10, 3000)), (22 + hours, move(p, 190, 120_000))]
    f = silent(ship(a, one, seed=1), 14, 14 + hours)
    return of(
        "too short for a call",
        [f, *neighbours(p, 4, hours=22 + hours)],
        [Want("gap", (a,), 14, 14 + hours)],
        allow=("loitering",),
    )


def outage_near_watch(rng):
    p = (38.2, 123.6)
    frames = [silent(f, 20, 50) for f in neighbours(p, 6, hours=70, seed=int(rng.integers(1e6)), spread=30_000)]
    ships = tuple(int(f.mmsi.iloc[0]) for f in frames[:3])
    return of(
        "outage near the watched coast",
        frames,
        [Want("coverage_gap", ships, 20, 50, {"cause": "outage"})],
        allow=("loitering", "encounter"),
    )


# ---- calls


def visit(rng):
    port = PORTS[rng.integers(len(PORTS))]
    at = (port["lat"], port["lon"])
    berth = move(at, rng.uniform(0, 360), rng.uniform(0, 2500))
    hours = rng.uniform(1.6, 30)
    a = 412_300_000 + int(rng.integers(999))
    f = ship(
        a, [(0, move(at, 200, 100_000)), (6, berth), (6 + hours, berth), (12 + hours, move(at, 190, 100_000))], seed=1
    )
    return of(
        "port visit",
        [f],
        [Want("port_visit", (a,), 6, 6 + hours, {"country": port["country"], "port": port["name"]})],
        allow=("spoof_on_land",),
    )


def passing(rng):
    port = (35.1, 129.05)
    a = move(port, 90, 2500)
    return of(
        "passing a port",
        [ship(412_301_000, [(0, move(a, 180, 80_000)), (4, a), (8, move(a, 0, 80_000))], seed=1)],
        allow=("spoof_on_land",),
    )


def short_stop(rng):
    port = (22.616667, 120.266667)
    b = move(port, 250, 1000)
    f = ship(412_302_000, [(0, move(b, 250, 90_000)), (6, b), (6.6, b), (12, move(b, 250, 90_000))], seed=1)
    return of("a stop of 36 minutes", [f], allow=("spoof_on_land",))


def stop_outside(rng):
    port = (22.616667, 120.266667)
    b = move(port, 250, rng.uniform(5200, 9000))
    f = ship(412_303_000, [(0, move(b, 250, 90_000)), (6, b), (14, b), (20, move(b, 250, 90_000))], seed=1)
    return of("anchored outside", [f], allow=("spoof_on_land",))


def approach(rng):
    port = PORTS[rng.choice([1, 3])]
    at = (port["lat"], port["lon"])
    b = move(at, 130, rng.uniform(5000, 9000))
    a = 412_304_000
    f = ship(
        a, [(0, move(at, 130, 100_000)), (6, b), (6 + rng.uniform(0.1, 8), b), (18, move(at, 130, 100_000))], seed=1
    )
    return of(
        "approach",
        [f],
        [Want("port_approach", (a,), 5, 14, {"country": "KP", "port": port["name"]})],
        allow=("spoof_on_land",),
    )


def approach_far_off(rng):
    at = (41.766667, 129.816667)
    b = move(at, 110, rng.uniform(17_000, 25_000))
    f = ship(412_305_000, [(0, move(at, 130, 100_000)), (6, b), (9, b), (18, move(at, 130, 100_000))], seed=1)
    return of("20 km off a watched port", [f])


def nearest_is_foreign(rng):
    own = {"name": "Kosong", "country": "KP", "lat": 38.2 + 0.09, "lon": 128.6 + 0.02}
    ports = [*PORTS, own]
    b = (38.2, 128.615)
    a = 440_306_000
    f = ship(a, [(0, move(b, 100, 100_000)), (6, b), (16, b), (22, move(b, 100, 100_000))], seed=1)
    return of(
        "the foreign port is nearer",
        [f],
        [Want("port_visit", (a,), 6, 16, {"country": "KR", "port": "Sokcho"})],
        params={"ports": ports},
        allow=("spoof_on_land",),
    )


MEETINGS = [
    encounter_drifting,
    encounter_at_limit,
    encounter_too_short,
    encounter_too_far,
    encounter_near_limit_m,
    encounter_too_fast,
    encounter_midnight,
    encounter_dateline,
    encounter_pole,
    encounter_sparse,
    encounter_duplicated,
    encounter_jittered,
    encounter_east,
    encounter_na,
    encounter_underway,
    convoy,
    convoy_that_stops,
    tow,
    tow_with_rest,
    same_hull,
    not_ships,
    aton_message,
    near_foreign_port,
    near_watched_port,
    beyond_port,
    parallel_fast,
    three_ships,
    wrong_fix_in_meeting,
]
WAITING = [loitering, loitering_short, loitering_listed, loitering_fast, loitering_coast, survey]
SILENCES = [
    gap,
    gap_short,
    gap_listed,
    gap_listed_short,
    gap_watch_coast,
    gap_open,
    gap_open_short,
    gap_alone,
    gap_few_fixes,
    gap_in_port,
    outage,
    outage_open,
    fleet_goes_dark,
    poor_reception,
    sparse_region,
    dark_call,
    dark_call_too_short,
    outage_near_watch,
]
CALLS = [visit, passing, short_stop, stop_outside, approach, approach_far_off, nearest_is_foreign]
assert metres((0, 0), (0, 1)) > 111_000
assert static
