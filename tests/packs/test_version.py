"""The version of a pack is what it says; a diff names what changed."""

import shutil

import pytest
import yaml

from observance.packs import diff, load_pack, regimes_folder


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(regimes_folder(), tmp_path / "regimes", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "regimes" / "dprk_1718"


def test_layout_and_comments_do_not_make_a_version(folder):
    path = folder / "measures/2375.yaml"
    path.write_text(
        "# another comment\n" + yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8"))), encoding="utf-8"
    )
    assert load_pack(folder).version == load_pack("dprk-1718").version
    assert diff(load_pack("dprk-1718"), load_pack(folder)).changes == ()


def test_one_changed_day_makes_a_version_and_is_named(folder):
    path = folder / "measures/2375.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("until: 2017-12-10", "until: 2017-12-11"), encoding="utf-8"
    )
    old, new = load_pack("dprk-1718"), load_pack(folder)
    assert old.version != new.version
    (change,) = diff(old, new).changes
    assert (change.part, change.id, change.field) == ("measure", "2375:16", "wind_down")
    assert change.new["until"] == "2017-12-11"


def test_cases_are_tests_and_no_part_of_the_version(folder):
    (folder / "cases.yaml").write_text("regime: dprk-1718\ncases: []\n", encoding="utf-8")
    assert load_pack(folder).version == load_pack("dprk-1718").version


def test_a_record_that_is_gone_or_new_is_named(folder):
    path = folder / "measures/1695.yaml"
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    document["measures"].pop(0)
    path.write_text(yaml.safe_dump(document), encoding="utf-8")
    old, new = load_pack("dprk-1718"), load_pack(folder)
    assert [str(change) for change in diff(old, new).changes] == ["measure 1695:3: gone"]
    assert [str(change) for change in diff(new, old).changes] == ["measure 1695:3: new"]


def test_a_started_pack_loads_and_its_cases_stand(tmp_path):
    from observance.packs.start import start_pack

    start_pack(tmp_path / "regimes" / "my-regime")
    pack = load_pack("my-regime", workspace=tmp_path)
    assert list(pack.measures) == ["1000:1"]
    assert len(pack.cases) == 3
