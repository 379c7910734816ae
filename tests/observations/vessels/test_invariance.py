"""The events do not depend on how the same messages arrive, are cut, numbered or placed."""

import numpy as np
import pandas as pd
import pytest

from tests.observations.vessels import cases_meet, cases_say
from tests.observations.vessels.world import T0

adapter = pytest.importorskip("benchmarks.vessels.adapter")
DAY = 86400


@pytest.fixture(scope="module")
def world():
    """Many kinds of events at once, of different ships."""
    families = [
        cases_meet.encounter_drifting, cases_meet.encounter_midnight, cases_meet.encounter_underway, cases_meet.near_watched_port,
        cases_meet.loitering, cases_meet.gap, cases_meet.gap_open, cases_meet.outage, cases_meet.dark_call, cases_meet.visit, cases_meet.approach,
        cases_say.change_name, cases_say.change_flag, cases_say.overlap_numbers, cases_say.flag_hopping, cases_say.two_hulls, cases_say.jump,
        cases_say.interference, cases_say.circle, cases_say.on_land, cases_say.frozen, cases_say.mismatch, cases_say.replay, cases_say.draught_at_sea,
    ]  # fmt: skip
    frames, statics, used = [], [], set()
    for k, family in enumerate(families):
        case = family(np.random.default_rng([7, k]))
        ships = set(case.positions.mmsi)
        fresh = {}
        for m in sorted(ships):
            n = int(m)
            while n in used:
                n += 1
            used.add(n)
            fresh[m] = n
        frames.append(case.positions.assign(mmsi=case.positions.mmsi.map(fresh)))
        if case.static is not None:
            statics.append(case.static.assign(mmsi=case.static.mmsi.map(fresh)))
    positions = pd.concat(frames, ignore_index=True)
    params = cases_meet.of("all", [positions]).parameters() | {"data_end": int(positions.ts.max())}
    return positions, pd.concat(statics, ignore_index=True), params


def plain(events, *, seconds=0, numbers=None, names=True):
    out = []
    for e in events:
        vessels = [m if numbers is None else numbers[m] for m in e["vessels"]]
        attrs = {k: v for k, v in e["attrs"].items() if k not in {"id", "confidence", "metrics"}}
        if e["type"] == "identity_change" and attrs["field"] == "mmsi" and numbers is not None:
            attrs["before"], attrs["after"] = numbers[attrs["before"]], numbers[attrs["after"]]
        if "source_start" in attrs:
            attrs["source_start"] -= seconds
        end = None if e["end"] is None else e["end"] - seconds
        key = vessels if e["type"] == "identity_change" else sorted(vessels)
        out.append(
            (
                e["type"],
                tuple(key),
                e["start"] - seconds,
                end,
                str(sorted((k, str(v)) for k, v in attrs.items())) if names else "",
            )
        )
    return sorted(out, key=str)


@pytest.fixture(scope="module")
def expected(world):
    found = plain(adapter.run_case(*world))
    assert len({e[0] for e in found}) >= 15, "the world must hold most kinds of events"
    return found


def test_the_order_of_rows_does_not_matter(world, expected):
    positions, static, params = world
    shuffled = positions.sample(frac=1, random_state=4)
    assert plain(adapter.run_case(shuffled, static.sample(frac=1, random_state=5), params)) == expected


def test_a_file_cut_in_three_gives_the_same(world, expected):
    positions, static, params = world
    parts = [positions.iloc[k::3] for k in range(3)]
    assert plain(adapter.run_case_parts(parts, static, params)) == expected


def test_a_shift_by_whole_days_only_shifts(world, expected):
    positions, static, params = world
    for days in (-400, 1, 731):
        s = days * DAY
        moved = params | {"data_start": params["data_start"] + s, "data_end": params["data_end"] + s}
        got = plain(
            adapter.run_case(positions.assign(ts=positions.ts + s), static.assign(ts=static.ts + s), moved), seconds=s
        )
        assert got == expected


def test_other_numbers_within_the_class_change_only_the_numbers(world, expected):
    positions, static, params = world
    ships = sorted(set(positions.mmsi) | set(static.mmsi))
    rng = np.random.default_rng(3)
    fresh, back = {}, {}
    by_prefix = {}
    for m in ships:
        by_prefix.setdefault(m // 1_000_000, []).append(m)
    for prefix, members in by_prefix.items():
        for m, n in zip(members, rng.choice(999_999, len(members), replace=False), strict=True):
            fresh[m] = prefix * 1_000_000 + int(n)
            back[fresh[m]] = m
    got = adapter.run_case(
        positions.assign(mmsi=positions.mmsi.map(fresh)), static.assign(mmsi=static.mmsi.map(fresh)), params
    )
    assert plain(got, numbers=back) == expected


def test_a_feed_delivered_twice_changes_nothing(world, expected):
    positions, static, params = world
    got = adapter.run_case(pd.concat([positions, positions]), pd.concat([static, static]), params)
    assert plain(got) == expected


def test_longitudes_to_360_are_the_same_places(world, expected):
    positions, static, params = world
    assert plain(adapter.run_case(positions.assign(lon=positions.lon % 360), static, params)) == expected


@pytest.mark.parametrize("shift", [10.0, 29.99, 31.0, -200.0])
def test_encounters_do_not_depend_on_the_longitude(shift):
    case = cases_meet.encounter_drifting(np.random.default_rng([3, 3]))
    case.positions["lon"] = (case.positions.lon - case.positions.lon.iloc[0] + 150 + 180) % 360 - 180
    case.positions["lat"] = case.positions.lat - case.positions.lat.iloc[0]
    moved = case.positions.assign(lon=(case.positions.lon + shift + 180) % 360 - 180)
    params = case.parameters() | {"ports": []}
    one, two = (
        [e for e in adapter.run_case(x, None, params) if e["type"] == "encounter"] for x in (case.positions, moved)
    )
    assert [(e["vessels"], e["start"] // 30, e["end"] // 30) for e in one] == [
        (e["vessels"], e["start"] // 30, e["end"] // 30) for e in two
    ]
    assert len(one) == 1


def test_rows_that_are_no_position_cost_only_themselves(world, expected):
    positions, static, params = world
    bad = positions.sample(60, random_state=9).copy()
    bad["lat"] = np.resize([91.0, np.nan, -91.0, 300.0], len(bad))
    zero = positions.sample(5, random_state=2).assign(mmsi=0)
    assert plain(adapter.run_case(pd.concat([positions, bad, zero]), static, params)) == expected


def test_nothing_in_nothing_out():
    empty = pd.DataFrame(
        {c: [] for c in ("mmsi", "ts", "lat", "lon", "sog", "cog", "heading", "nav_status", "msg_type", "receiver")}
    )
    assert adapter.run_case(empty, None, {"ports": [], "data_start": T0, "data_end": T0}) == []
