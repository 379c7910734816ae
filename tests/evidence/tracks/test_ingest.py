"""Positions from files: one bad row costs one row, and every position can be found again in the original."""

import gzip
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from observance.errors import FormatError
from observance.evidence.tracks import REJECTS, Lake, digest_of, ingest, rows_of
from tests.material import shared

NOW = 1_700_000_000.0
HEADER = "MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,IMO,CallSign,VesselType,Status,Length,Width,Draft,Cargo,TransceiverClass"


def row(
    mmsi=366123456,
    time="2022-01-03T00:00:00",
    lat="38.1",
    lon="125.2",
    sog="7.5",
    cog="90.0",
    name="SHIP",
    imo="IMO9074729",
    draft="5.1",
):
    return f"{mmsi},{time},{lat},{lon},{sog},{cog},511,{name},{imo},WXYZ,70,0,100,20,{draft},70,A"


def write(path, rows, header=HEADER):
    data = ("\n".join([header, *rows]) + "\n").encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def stored(lake):
    tables = list(lake.columns(lake.parts()))
    return {
        key: np.concatenate([t[key] for t in tables])
        for key in ("mmsi", "ts", "lat", "lon", "sog", "cog", "row", "receiver", "quality")
    }


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


BAD = [
    ("not a number", row(lat="abc"), "no_position"),
    ("91N", row(lat="91.0", lon="181.0"), "no_position"),
    ("out of range", row(lat="95.5"), "position_out_of_range"),
    ("MMSI 0", row(mmsi=0), "no_mmsi"),
    ("no MMSI", row(mmsi=""), "no_mmsi"),
    ("ten digits", row(mmsi=9999999999), "no_mmsi"),
    ("no time", row(time="yesterday"), "no_time"),
    ("31 February", row(time="2022-02-31T00:00:00"), "no_time"),
    ("future", row(time="2031-01-01T00:00:00"), "time_in_future"),
    ("1970", row(time="1970-01-01T00:00:00"), "time_too_early"),
    ("too few cells", "366123456,2022-01-03T00:00:00,38.1", "malformed"),
    ("too many cells", row() + ",x,y", "malformed"),
]


@pytest.mark.parametrize(("bad", "reason"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_one_bad_row_costs_one_row_and_is_kept_with_its_reason(tmp_path, lake, bad, reason):
    good = [row(time=f"2022-01-03T00:{minute:02d}:00", lat=f"38.{minute:02d}") for minute in range(20)]
    path = write(tmp_path / "a.csv", [*good[:7], bad, *good[7:]])
    done = ingest(path, lake, now=NOW)
    assert done.kept == 20
    assert dict(done.rejected) == {reason: 1}
    table = stored(lake)
    assert sorted(table["row"].tolist()) == [number for number in range(1, 22) if number != 8]
    (rejects,) = (lake.root / "rejects").glob("*.jsonl")
    lines = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert lines[0]["counts"] == {reason: 1}
    assert (lines[1]["row"], lines[1]["reason"]) == (8, reason)
    assert reason in REJECTS


def test_a_row_keeps_its_source_row_through_sorting_and_partitioning(tmp_path, lake):
    chance = np.random.default_rng(3)
    rows = []
    for number in range(3000):
        mmsi = 200_000_000 + int(chance.integers(0, 60)) * 9_999_991 % 500_000_000
        month = int(chance.integers(1, 5))
        rows.append(
            row(
                mmsi=mmsi,
                time=f"2022-{month:02d}-{int(chance.integers(1, 28)):02d}T{number % 24:02d}:{number % 60:02d}:07",
                lat=f"{chance.uniform(-60, 60):.5f}",
                lon=f"{chance.uniform(-180, 180):.5f}",
            )
        )
    path = write(tmp_path / "a.csv.gz", rows)
    done = ingest(path, lake, now=NOW)
    assert done.kept == 3000
    table = stored(lake)
    picked = chance.choice(3000, 200, replace=False)
    wanted = table["row"][picked].tolist()
    again = rows_of(path, wanted)
    for at in picked:
        assert again[int(table["row"][at])] == tuple(int(table[key][at]) for key in ("mmsi", "ts", "lat", "lon"))
    values = [again[number] for number in sorted(wanted)]
    assert digest_of(values) == digest_of(again[number] for number in sorted(wanted))


def test_each_partition_is_sorted_and_a_ship_of_a_month_lies_in_one(tmp_path, lake):
    rows = [
        row(mmsi=300_000_000 + n % 7, time=f"2022-0{1 + n % 2}-03T00:{n % 60:02d}:00", lat=f"{n % 50}.5")
        for n in range(200)
    ]
    ingest(write(tmp_path / "a.csv", rows), lake, now=NOW)
    seen = {}
    for part, table in zip(lake.parts(), lake.columns(lake.parts()), strict=True):
        keys = list(zip(table["mmsi"].tolist(), table["ts"].tolist(), strict=True))
        assert keys == sorted(keys)
        for mmsi in set(table["mmsi"].tolist()):
            assert seen.setdefault((part.month, mmsi), part.path) == part.path


def test_values_that_are_not_available_stay_not_available(tmp_path, lake):
    ingest(
        write(tmp_path / "a.csv", [row(sog="102.3", cog="360.0"), row(time="2022-01-03T00:01:00", sog="", cog="")]),
        lake,
        now=NOW,
    )
    table = stored(lake)
    assert table["sog"].tolist() == [1023, 1023]
    assert table["cog"].tolist() == [3600, 3600]


def test_speed_in_metres_a_second_is_converted_by_its_column_name(tmp_path, lake):
    rows = [f"366123456,2022-01-03T00:0{n}:00,38.1,125.{n},5.0" for n in range(3)]
    ingest(write(tmp_path / "a.csv", rows, header="mmsi,time,lat,lon,speed_ms"), lake, now=NOW)
    assert stored(lake)["sog"].tolist() == [97, 97, 97]


def test_longitudes_to_360_are_brought_to_180_and_marked(tmp_path, lake):
    rows = [f"366123456,2022-01-03T00:{n:02d}:00,38.1,{190 + n}.5" for n in range(12)]
    ingest(write(tmp_path / "a.csv", rows, header="mmsi,time,lat,lon"), lake, now=NOW)
    table = stored(lake)
    assert table["lon"].min() == round(-169.5 * 600_000)
    assert set(table["quality"].tolist()) == {1}


def test_duplicates_of_a_feed_are_dropped_and_counted(tmp_path, lake):
    done = ingest(write(tmp_path / "a.csv", [row(), row(), row(time="2022-01-03T00:01:00")]), lake, now=NOW)
    assert (done.kept, done.rejected["duplicate"]) == (2, 1)


def test_a_new_file_adds_files_and_touches_no_others(tmp_path, lake):
    ingest(write(tmp_path / "a.csv", [row()]), lake, now=NOW)
    before = {part.path: part.path.stat().st_mtime_ns for part in lake.parts()}
    ingest(write(tmp_path / "b.csv", [row(time="2022-01-04T00:00:00")]), lake, now=NOW)
    after = {part.path: part.path.stat().st_mtime_ns for part in lake.parts()}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_a_file_split_in_two_gives_the_same_positions(tmp_path):
    rows = [
        row(mmsi=300_000_000 + n % 5, time=f"2022-01-03T{n // 60:02d}:{n % 60:02d}:00", lat=f"{n % 50}.25")
        for n in range(300)
    ]
    whole, halves = Lake(tmp_path / "w"), Lake(tmp_path / "h")
    ingest(write(tmp_path / "w.csv", rows), whole, now=NOW)
    ingest(write(tmp_path / "h1.csv", rows[:151]), halves, now=NOW)
    ingest(write(tmp_path / "h2.csv", rows[151:]), halves, now=NOW)

    def positions(lake):
        table = stored(lake)
        return sorted(zip(*(table[key].tolist() for key in ("mmsi", "ts", "lat", "lon")), strict=True))

    assert positions(whole) == positions(halves)


def test_static_data_become_runs(tmp_path, lake):
    rows = [
        row(
            time=f"2022-01-03T00:{n:02d}:00",
            lat=f"38.{n:02d}",
            name="OLD" if n < 6 else "NEW",
            draft="5.0" if n < 3 else "7.5",
        )
        for n in range(10)
    ]
    done = ingest(write(tmp_path / "a.csv", rows), lake, now=NOW)
    assert done.static_runs == 3
    (runs,) = lake.statics()
    assert runs["name"] == ["OLD", "OLD", "NEW"]
    assert runs["draught"] == [5.0, 7.5, 7.5]
    assert runs["count"] == [3, 3, 4]
    assert runs["imo"] == [9074729] * 3


def test_the_danish_layout_is_read(tmp_path, lake):
    header = "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,Navigational status,ROT,SOG,COG,Heading,IMO,Callsign,Name,Ship type,Cargo type,Width,Length,Type of position fixing device,Draught,Destination,ETA,Data source type,A,B,C,D"
    rows = [
        f"03/01/2022 00:0{n}:00,Class A,219000001,55.{n},10.5,Moored,0,0.1,20.0,33,9074729,OXYZ,SKIB,Cargo,,20,100,GPS,6.1,AARHUS,,AIS,50,50,10,10"
        for n in range(5)
    ]
    done = ingest(write(tmp_path / "a.csv", rows, header=header), lake, now=NOW)
    assert (done.kind, done.kept) == ("danish", 5)
    assert stored(lake)["ts"].min() == 1_641_168_000


def test_parquet_of_marinecadastre_columns_is_read(tmp_path, lake):
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table(
            {
                "mmsi": [366123456] * 2,
                "base_date_time": ["2022-01-03 00:00:00", "2022-01-03 00:01:00"],
                "latitude": [38.1, 38.2],
                "longitude": [125.1, 125.2],
                "sog": [3.0, None],
            }
        ),
        path,
    )
    done = ingest(path, lake, now=NOW)
    assert done.kept == 2
    assert rows_of(path, [2])[2][1] == 1_641_168_060


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("empty.csv", b"", "empty"),
        ("header.csv", (HEADER + "\n").encode(), "no row of this file"),
        ("report.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "no table of positions"),
        ("other.csv", b"name,town,street,number\na,b,c,1\n", "no column for mmsi"),
        (
            "units.csv",
            (HEADER + "\n" + "\n".join(row(lat="3810000", lon="12520000") for _ in range(20)) + "\n").encode(),
            "out of range",
        ),
        (
            "swapped.csv",
            (HEADER + "\n" + "\n".join(row(lat="125.2", lon="38.1") for _ in range(20)) + "\n").encode(),
            "swapped",
        ),
        ("cut.parquet", b"PAR1" + b"\0" * 100, "Parquet"),
        ("cut.csv.gz", gzip.compress((HEADER + "\n" + row() + "\n").encode())[:20], "unpack"),
    ],
)
def test_a_file_that_holds_no_positions_is_a_clear_error_and_adds_nothing(tmp_path, lake, name, data, word):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FormatError) as caught:
        ingest(path, lake, now=NOW)
    assert word in str(caught.value)
    assert lake.parts() == []


def test_a_gzip_cut_in_the_middle_keeps_what_stood_before_the_cut(tmp_path, lake):
    rows = [
        row(
            mmsi=300_000_000 + n % 50,
            time=f"2022-01-03T{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}",
            lat=f"{n % 80}.{n % 997:03d}",
        )
        for n in range(40_000)
    ]
    path = write(tmp_path / "a.csv.gz", rows)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    done = ingest(path, lake, now=NOW)
    assert 1000 < done.kept < 40_000
    assert done.rejected["malformed"] >= 1
    table = stored(lake)
    assert rows_of(path, [int(table["row"][0])])


def test_a_mapping_to_a_column_that_is_not_there_names_the_nearest(tmp_path, lake):
    path = write(tmp_path / "a.csv", ["1,2,3,4"], header="ship_id,when,latitude,longitude")
    with pytest.raises(FormatError, match="did you mean 'ship_id'"):
        ingest(path, lake, now=NOW, mapping={"mmsi": "shipid"})


def test_sentences_take_their_time_from_tag_block_column_or_clock_line(tmp_path, lake):
    sentence = "!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23"
    lines = [
        f"\\s:rx1,c:1641168000*00\\{sentence}",
        f"1641168060,{sentence}",
        f"2022-01-03T00:02:00Z {sentence}",
        "$PGHP,1,2022,1,3,0,3,0,0,338,2,,1,09*17",
        sentence,
        "# a comment",
        sentence.replace("*23", "*24"),
    ]
    path = tmp_path / "a.nmea"
    path.write_text("\n".join(lines) + "\n")
    done = ingest(path, lake, now=NOW)
    table = stored(lake)
    assert sorted(table["ts"].tolist()) == [1641168000, 1641168060, 1641168120, 1641168180]
    assert sorted(table["row"].tolist()) == [1, 2, 3, 5]
    assert done.rejected == {"checksum": 1}
    assert rows_of(path, [5])[5][1] == 1641168180


def test_a_sentence_without_a_time_is_no_evidence(tmp_path, lake):
    path = tmp_path / "a.nmea"
    path.write_text("!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23\n" * 3)
    with pytest.raises(FormatError, match="no time that reads"):
        ingest(path, lake, now=NOW)


def test_the_published_sample_is_read_whole(tmp_path, lake):
    done = ingest(shared("data/maritime/noaa_2022-01-03_sample.csv"), lake, now=NOW)
    assert (done.kept, done.vessels, dict(done.rejected)) == (7828, 700, {})
