"""Published encounters, sailed again, and the fixture of Global Fishing Watch's own encounter code."""

import numpy as np
import pandas as pd
import pytest

from tests.material import shared

adapter = pytest.importorskip("benchmarks.vessels.adapter")

from benchmarks.vessels import reenact  # noqa: E402  after the skip


def test_published_encounters_are_found_at_their_places_and_times():
    result = reenact.run(str(shared("data/maritime/gfw_encounters_sample.csv")), 30)
    assert result["plain"] > 150
    assert result["plain_found"] >= 0.98 * result["plain"]


def test_the_fixture_of_the_reference_gives_the_pairs_it_expects():
    rows = pd.read_csv(shared("data/maritime/gfw_encounter_fixture_positions.csv"))
    want = pd.read_csv(shared("data/maritime/gfw_encounter_fixture_expected.csv"))
    thresholds = {
        "encounter_h": 0.5,
        "bridge_s": 4200,
        "encounter_kn": 30.0,
        "underway_kn": 30.0,
        "noise_fixes": 1,
        "companion_h": 1e6,
    }
    for series, part in rows.groupby("series"):
        numbers = {k: (k if k > 1000 else 412_000_000 + k) for k in part.id.unique()}
        positions = part.rename(columns={"speed_kn": "sog"}).assign(mmsi=part.id.map(numbers))
        params = {
            "ports": [],
            "thresholds": thresholds,
            "data_start": int(part.ts.min()),
            "data_end": int(part.ts.max()),
        }
        found = [e for e in adapter.run_case(positions, None, params) if e["type"] == "encounter"]
        pairs = {frozenset((numbers[a], numbers[b])) for a, b in want[want.series == series][["id1", "id2"]].to_numpy()}
        if series == "fastsep":
            # one number that is at 0E and 10E in turn: the reference drops the meeting, here it is two hulls and the meeting has a caveat
            assert [
                e["type"] for e in adapter.run_case(positions, None, params) if e["type"].startswith("identity")
            ] == ["identity_conflict"]
            continue
        assert {frozenset(e["vessels"]) for e in found} == pairs, series


def test_a_day_of_ordinary_traffic_near_a_coast_accuses_nobody():
    rows = pd.read_csv(shared("data/maritime/noaa_2022-01-03_sample.csv"))
    frame = pd.DataFrame(
        {
            "mmsi": rows.MMSI,
            "ts": pd.to_datetime(rows.BaseDateTime).astype("datetime64[s]").astype(np.int64),
            "lat": rows.LAT,
            "lon": rows.LON,
            "sog": rows.SOG,
            "cog": rows.COG,
            "heading": rows.Heading,
            "nav_status": rows.Status,
        }
    )
    kinds = [e["type"] for e in adapter.run_case(frame, None, {"dark_countries": ["KP"]})]
    heavy = [
        k
        for k in kinds
        if k.startswith("spoof")
        or k in {"replay", "interference", "identity_conflict", "sog_mismatch", "gap", "position_jump"}
    ]
    assert len(heavy) <= 3, heavy
