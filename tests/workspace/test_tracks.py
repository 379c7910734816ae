"""Tracks in a workspace: what was heard meets lists and measures with caution, and every event re-reads from its source."""

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from observance.errors import UsageError
from observance.workspace import Workspace
from observance.workspace.about import about, as_html, as_text
from observance.workspace.events import as_csv, as_geojson, find_event, line_of, listed_events, map_of, words_of
from observance.workspace.tracking import add_tracks, parse_area, watch, watched

HEADER = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft"
START = datetime(2018, 2, 13, tzinfo=UTC)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def leg(rows, mmsi, name, imo, a, b, start, hours, draft, seed):
    chance = np.random.default_rng(seed)
    steps = int(hours * 6)
    km = float(np.hypot((b[0] - a[0]) * 111, (b[1] - a[1]) * 87))
    for step in range(steps + 1):
        share = step / steps
        lat = a[0] + (b[0] - a[0]) * share + chance.normal(0, 5e-5)
        lon = a[1] + (b[1] - a[1]) * share + chance.normal(0, 5e-5)
        when = (start + timedelta(minutes=10 * step)).strftime("%Y-%m-%dT%H:%M:%S")
        rows.append(
            f"{mmsi},{when},{lat:.5f},{lon:.5f},{km / hours / 1.852:.1f},90,511,{name},IMO{imo},X,80,0,100,18,{draft}"
        )
    return start + timedelta(hours=hours, minutes=10)


def meeting(first, second):
    """Two ships that come together at sea for six hours and part; the rows are those of a published file."""
    rows = []
    for seed, (mmsi, name, imo, home, spot, before, after) in enumerate((first, second)):
        at = leg(rows, mmsi, name, imo, home, spot, START, 8, before, seed)
        at = leg(rows, mmsi, name, imo, spot, spot, at, 6, before, seed + 10)
        leg(rows, mmsi, name, imo, spot, home, at, 8, after, seed + 20)
    order = np.random.default_rng(5).permutation(len(rows))
    return [rows[at] for at in order]


TANKER = (445123000, "HEAVEN 2", 7408873, (39.5, 130.2), (38.5, 130.9), 4.0, 7.5)
TRADER = (312345000, "FAR TRADER", 9074729, (37.0, 132.0), (38.5006, 130.9006), 8.0, 4.5)
OTHER = (538001234, "MID SEA", 9321483, (39.5, 130.2), (38.5, 130.9), 4.0, 7.5)


def case(folder, ships, *, packed=True):
    workspace = Workspace.init(folder / "case", clock=lambda: NOW)
    data = ("\n".join([HEADER, *meeting(*ships)]) + "\n").encode()
    path = folder / ("positions.csv.gz" if packed else "positions.csv")
    path.write_bytes(gzip.compress(data) if packed else data)
    add_tracks(workspace, path)
    return workspace


@pytest.fixture(scope="module")
def watched_case(tmp_path_factory):
    workspace = case(tmp_path_factory.mktemp("tracks"), (TANKER, TRADER))
    workspace.observe()
    return workspace


def test_a_meeting_with_a_ship_of_the_target_is_an_indicator_and_never_a_delivery(watched_case):
    view = watched_case.view()
    (one,) = [found for found in view.observations if found.detail == "encounter"]
    assert one.event_type == "vessel_behaviour"
    assert {party.flag for party in one.participants} >= {"PRK"}
    verdicts = {str(judged.measure): judged.verdict for judged in view.judgements if judged.subject == one.id}
    assert verdicts.get("2375:11") == "indicator"
    assert "engaged" not in verdicts.values()
    for finding in view.found.findings:
        assert finding.current.layer not in {"concluded"} or one.id not in finding.current.observations
    words = " ".join([one.statement, *one.caveats])
    for word in ("transferred", "delivered", "handed over cargo"):
        assert word not in words
    assert any("could also be" in caveat for caveat in one.caveats)


def test_the_same_meeting_of_two_other_flags_sets_off_nothing(tmp_path):
    workspace = case(tmp_path, (OTHER, TRADER))
    assert [event["kind"] for event in listed_events(workspace) if event["kind"] == "encounter"] == ["encounter"]
    view = workspace.view()
    assert view.observations == []
    assert view.judgements == ()


def test_a_ship_put_under_watch_is_looked_at(tmp_path):
    workspace = case(tmp_path, (OTHER, TRADER))
    workspace.observe()
    watch(workspace, "dprk-1718", add=["imo:9321483"], reason="named by a reader")
    workspace.observe()
    view = workspace.view()
    (one,) = [found for found in view.observations if found.detail == "encounter"]
    verdicts = {str(judged.measure): judged.verdict for judged in view.judgements if judged.subject == one.id}
    assert verdicts.get("2375:11", "none") in {"none", "not_determined"}


def test_an_area_put_under_watch_is_looked_at(tmp_path):
    workspace = case(tmp_path, (OTHER, TRADER))
    watch(workspace, "dprk-1718", areas=["38N-39N,130E-132E"])
    workspace.observe()
    assert any(found.detail == "encounter" for found in workspace.view().observations)
    assert watched(workspace, "dprk-1718").areas == ((38.0, 39.0, 130.0, 132.0),)


def test_every_event_re_reads_from_the_original_by_source_row(watched_case):
    found = watched_case.verify()
    assert found.faults == []
    assert found.citations >= 1


def test_a_changed_original_is_named_by_its_citations(tmp_path):
    workspace = case(tmp_path, (TANKER, TRADER), packed=False)
    workspace.observe()
    (record,) = workspace.archive_.records().values()
    path = workspace.archive_.path(record)
    path.write_bytes(path.read_bytes().replace(b"130.9", b"131.9"))
    assert any(record.sha256 in fault for fault in workspace.verify().faults)


def test_the_same_file_twice_is_added_once(watched_case, tmp_path):
    (record,) = [one for one in watched_case.archive_.records().values() if one.kind == "tracks"]
    path = tmp_path / "again.csv.gz"
    path.write_bytes(watched_case.archive_.read(record))
    done = add_tracks(watched_case, path)
    assert "already" in done.warnings[0]
    assert len(list(watched_case.ledger.entries("tracks_added"))) == 1


def test_events_are_told_as_lines_geojson_csv_words_and_map(watched_case):
    events = listed_events(watched_case, vessel="imo:7408873")
    (meet,) = [event for event in events if event["kind"] == "encounter"]
    assert "encounter" in line_of(meet)
    features = json.loads(as_geojson(events))["features"]
    assert features[0]["geometry"]["type"] == "Point"
    assert len(as_csv(events).splitlines()) == len(events) + 1
    words = words_of(find_event(watched_case, meet["id"][:12]))
    assert "could also be" in words
    assert "source" in words
    picture = map_of(watched_case, meet)
    assert picture.startswith("<svg")
    assert "445123000" in picture
    assert "<script" not in picture


def test_events_outside_the_window_are_left_out(watched_case):
    assert listed_events(watched_case, since="2019-01-01") == []
    assert listed_events(watched_case, until="2017-01-01") == []
    with pytest.raises(UsageError):
        listed_events(watched_case, vessel="ship:1")


@pytest.mark.parametrize("text", ["38N", "38N-42N", "a-b,c-d", "98N-99N,1E-2E", "38N-42N,124E-232E", ""])
def test_an_area_that_does_not_read_is_a_clear_error(text):
    with pytest.raises(UsageError, match="no such area"):
        parse_area(text)


def test_an_area_may_lie_south_and_west():
    assert parse_area("10S-5S,60W-55.5W") == (-10.0, -5.0, -60.0, -55.5)


def test_the_dossier_of_a_ship_tells_what_is_held_with_its_place(watched_case):
    dossier = about(watched_case, "imo:7408873")
    assert dossier.section("names")
    assert dossier.section("events")
    assert "encounter" not in as_text(dossier).split("EVENTS")[0]
    assert "HEAVEN 2" in as_html(dossier)
    assert about(watched_case, "imo:7408873", on="2017-01-01").section("events") == ()


def test_bad_files_beside_a_good_one_cost_nothing(tmp_path):
    root = tmp_path / "case"
    Workspace.init(root)
    good = tmp_path / "good.csv"
    good.write_text("\n".join([HEADER, *meeting(TANKER, TRADER)]) + "\n")
    (tmp_path / "report.csv").write_bytes(b"%PDF-1.7 no table")
    (tmp_path / "header.csv").write_text(HEADER + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "observance", "-C", str(root), "tracks", "add", str(tmp_path / "report.csv"), str(good), str(tmp_path / "header.csv")],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "report.csv" in done.stderr
    assert "header.csv" in done.stderr
    assert "positions of 2 ships" in done.stdout
    assert Workspace.open(root).verify().holds
