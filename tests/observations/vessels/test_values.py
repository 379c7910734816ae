"""Parameters, columns, numbers and event ids: the small values on which the detectors stand."""

import hashlib
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.errors import UsageError
from observance.observations.vessels.columns import Columns, StaticMessages
from observance.observations.vessels.context import PortIndex, load_context, load_land, load_mids, load_ports
from observance.observations.vessels.events import Segment, event_id
from observance.observations.vessels.identifiers import imo_valid, ship_numbers
from observance.observations.vessels.parameters import Parameters


@pytest.mark.parametrize(
    ("number", "ship"),
    [
        (412_000_001, True), (445_123_456, True), (2_241_000, False), (20_000_001, False), (111_412_001, False), (992_351_234, False),
        (982_412_001, False), (970_123_456, False), (972_000_001, False), (974_001_122, False), (801_234_567, False), (0, False), (9_123_456, True),
        (1_000_000_000, False),
    ],
)  # fmt: skip
def test_the_class_of_a_number_tells_ships_from_buoys_aircraft_and_stations(number, ship):
    assert bool(ship_numbers(np.array([number]))[0]) is ship


@pytest.mark.parametrize(
    ("imo", "good"),
    [(9074729, True), (9074728, False), (8916580, True), (0, False), (123456, False), (99999999, False)],
)
def test_the_check_digit_of_an_imo_number(imo, good):
    assert imo_valid(imo) is good


@settings(deadline=None)
@given(st.integers(1_000_000, 9_999_999), st.integers(0, 5), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen_unless_weights_hide_it(imo, place, step):
    if imo_valid(imo):
        digits = [int(d) for d in str(imo)]
        digits[place] = (digits[place] + step) % 10
        weight = 7 - place
        assert imo_valid(int("".join(map(str, digits)))) is (step * weight % 10 == 0 and digits[0] != 0)


def test_another_threshold_is_another_parameter_set():
    assert Parameters().set_id == Parameters().set_id
    assert Parameters().changed({"gap_h": 10}).set_id != Parameters().set_id


def test_an_unknown_parameter_is_an_error_that_names_the_known_ones():
    with pytest.raises(UsageError, match="gap_h"):
        Parameters().changed({"gap_hours": 1})
    with pytest.raises(UsageError):
        Parameters(bin_s=0)


def test_an_event_id_depends_on_kind_segment_start_and_parameters():
    s = (Segment(mmsi=1, t0=0, t1=9),)
    base = event_id("gap", s, 5, "p")
    assert base == event_id("gap", (Segment(mmsi=1, t0=0, t1=99),), 5, "p")
    assert (
        len(
            {
                base,
                event_id("loitering", s, 5, "p"),
                event_id("gap", s, 6, "p"),
                event_id("gap", s, 5, "q"),
                event_id("gap", (Segment(mmsi=2, t0=0, t1=9),), 5, "p"),
            }
        )
        == 5
    )


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 360).filter(lambda x: abs(x - 181) > 1e-3))
def test_a_position_keeps_its_place_in_units(lat, lon):
    c = Columns.from_degrees(
        mmsi=np.array([412_000_001]), ts=np.array([1.7e9]), lat=np.array([lat]), lon=np.array([lon])
    )
    assert abs(c.lat[0] / 600_000 - lat) < 1e-6
    assert abs((c.lon[0] / 600_000 - lon + 540) % 360 - 180) < 1e-5
    assert -180 * 600_000 <= c.lon[0] <= 180 * 600_000


def test_what_is_no_position_becomes_latitude_91():
    lat = np.array([91, np.nan, 95, 10, 10, 10])
    lon = np.array([181, 0, 0, np.inf, 181, 400])
    c = Columns.from_degrees(mmsi=np.full(6, 412_000_001), ts=np.zeros(6), lat=lat, lon=lon)
    assert (c.lat == 91 * 600_000).all()


def test_speed_and_draught_not_available_are_no_values():
    c = Columns.from_degrees(
        mmsi=np.ones(4),
        ts=np.zeros(4),
        lat=np.zeros(4),
        lon=np.zeros(4),
        sog=np.array([102.3, -1, np.nan, 7.5]),
        cog=np.array([360, 400, np.nan, 359.9]),
    )
    assert c.sog.tolist() == [1023, 1023, 1023, 75]
    assert c.cog.tolist() == [3600, 3600, 3600, 3599]
    s = StaticMessages.of(mmsi=np.ones(3), ts=np.zeros(3), draught=[0, 25.5, 8.0], name=["A@@@", None, " b  c "])
    assert s.draught.tolist() == [0, 0, 8]
    assert s.name.tolist() == ["A", "", "B C"]


def test_receivers_are_joined_by_name():
    one = Columns.of(
        mmsi=np.ones(1), ts=np.ones(1), lat=np.ones(1), lon=np.ones(1), receiver=np.array([0]), receivers=("B",)
    )
    two = Columns.of(
        mmsi=np.ones(1), ts=np.ones(1), lat=np.ones(1), lon=np.ones(1), receiver=np.array([0]), receivers=("A",)
    )
    both = Columns.join([one, two])
    assert [both.receivers[c] for c in both.receiver] == ["B", "A"]


def test_the_packaged_tables_are_those_of_the_manifest():
    folder = files("observance.observations.vessels").joinpath("data")
    rows = folder.joinpath("MANIFEST.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == 4
    for row in rows:
        name, digest = row.split(",", 1)[0], row.rsplit(",", 2)[1]
        assert hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() == digest, name


def test_the_packaged_world_is_whole():
    assert len(load_ports()) == 3768
    assert load_mids()[445] == "KP"
    assert load_land().index.shape == (180 * 360,)
    assert load_context(watch=frozenset({"KP"})).watched.sum() == 10


def test_the_port_raster_answers_as_a_search_over_all_ports_does():
    geometry = pytest.importorskip("observance.observations.vessels.geometry")
    ports = load_ports()
    index = PortIndex.of(ports)
    rng = np.random.default_rng(5)
    for _ in range(300):
        p = ports[rng.integers(len(ports))]
        lat = float(np.clip(p.lat + rng.normal(0, 0.1), -89.99, 89.99))
        lon = float((p.lon + rng.normal(0, 0.1) + 180) % 360 - 180)
        far = np.array([geometry.metres(lat, lon, q.lat, q.lon) for q in ports if abs(q.lat - lat) < 1])
        got, away = geometry.nearest_port(lat, lon, *index.arrays)
        if far.min() < 15_000:
            assert away == pytest.approx(far.min(), rel=2e-3)
        elif got >= 0:
            assert away >= 14_900


def test_without_the_compiler_the_error_names_the_extra():
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "from observance.errors import UnsupportedError\n"
        "from observance.observations.vessels.columns import Columns\n"
        "from observance.observations.vessels.context import load_context\n"
        "from observance.observations.vessels.detect import detect\n"
        "import numpy as np\n"
        "one = np.ones(1)\n"
        "try: detect(Columns.of(mmsi=one, ts=one, lat=one, lon=one), None, load_context())\n"
        "except UnsupportedError as fault: print(fault)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "observance[vessels]" in out.stdout
