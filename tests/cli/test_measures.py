"""The commands `measures` and `judge` as a user runs them."""

import json

import pytest
from typer.testing import CliRunner

from observance.cli.main import app
from observance.errors import ObservanceError
from observance.packs import load_pack
from tests.measures.resolution_text import plain

LAW = load_pack("dprk-1718")
RECORD = {
    "id": "one",
    "event_type": "commodity_export",
    "acts": ["sell"],
    "items": [{"token": "coal", "text": "coal"}],
    "direction": "from_target",
    "date": {"from": "2018-01-01", "to": "2018-01-01", "precision": "day"},
    "modality": "asserted",
    "participants": [],
}


def run(*words):
    done = CliRunner().invoke(app, list(words))
    if isinstance(done.exception, ObservanceError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text(
        json.dumps(RECORD)
        + "\n"
        + json.dumps(RECORD | {"id": "two", "date": {"from": "2017-08-01", "to": "2017-08-01", "precision": "day"}})
        + "\n",
        encoding="utf-8",
    )
    return path


def test_coal_on_a_day_under_the_ceiling_shows_the_ceiling_and_not_the_later_ban():
    shown = run("measures", "--on", "2017-08-01", "--item", "coal")
    assert shown.startswith("2321:26 ")
    assert "2371:8" not in shown
    assert "unsigned" in shown.splitlines()[0]
    assert LAW.warning in shown


def test_one_paragraph_shows_grades_flag_exemptions_and_sources():
    shown = run("measures", "2375:11")
    for words in (
        "content B",
        "paragraph number medium",
        "unsigned",
        "flag: PRK on at least one",
        "EX-2397-25",
        "source:",
    ):
        assert words in shown


def test_measures_in_json_carry_the_warning_and_the_missing_signature():
    told = json.loads(run("measures", "2397:5", "--json"))
    (row,) = told["measures"]
    assert told["warning"] == LAW.warning
    assert row["signed"] is False
    assert row["checked_by"] is None
    assert row["exemptions"][0]["id"] == "EX-OIL-REPORTED"


def test_a_measure_in_another_pack():
    assert "disputed" in run("measures", "1747:5", "--regime", "iran-1737")


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (("measures", "2375:111"), "2375:11"),
        (("measures", "--item", "coale"), "coal"),
        (("measures", "--regime", "dprk-171"), "dprk-1718"),
    ],
)
def test_a_slip_is_told_with_the_nearest(words, step):
    with pytest.raises(ObservanceError) as caught:
        run(*words)
    assert step in str(caught.value)


def test_judge_prints_one_line_a_record_in_the_format_of_predictions(records):
    rows = [
        json.loads(line)
        for line in run("judge", "--observations", str(records), "--regime", "dprk-1718", "--json").splitlines()
    ]
    assert [row["id"] for row in rows] == ["one", "two"]
    said = [{m["id"]: m["verdict"] for m in row["measures"]} for row in rows]
    assert said[0]["2371:8"] == "engaged"
    assert said[1]["2321:26"] == "indicator"


def test_judge_by_the_law_of_another_day(records):
    rows = [
        json.loads(line)
        for line in run("judge", "--observations", str(records), "--on", "2017-08-01", "--json").splitlines()
    ]
    assert {m["id"]: m["verdict"] for m in rows[0]["measures"]}["2371:8"] == "none"


def test_explain_names_condition_field_signature_and_question(records):
    tree = run("judge", "--observations", str(records), "--explain")
    assert "2371:8  engaged  (conduct)" in tree
    assert "- time: the record was not in force (in force 2017-08-05 to now): date = 2017-08-01" in tree
    assert "unsigned" in tree
    assert "ask: Was the delivery reported to the Committee, with all parties?" in tree


def test_a_bad_record_is_named_and_the_others_are_judged(records, capsys):
    records.write_text(records.read_text(encoding="utf-8") + "{bad\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["judge", "--observations", str(records), "--json"])
    assert len(done.output.splitlines()) == 2
    assert "records.jsonl:3" in str(done.exception)


def test_a_started_pack_is_shown_and_compared(tmp_path):
    folder = str(tmp_path / "my-regime")
    assert "measures/1000.yaml" in run("measures", "new-pack", folder)
    assert "1 of 1 measures" in run("measures", "--regime", folder)
    assert "2375:11: gone" in run("measures", "diff", "dprk-1718", folder)
    assert "0 changes" in run("measures", "diff", "dprk-1718", "dprk-1718")


def test_a_resolution_is_put_beside_its_records_and_signed_in_a_workspace(tmp_path):
    text = tmp_path / "2375.txt"
    text.write_text(plain(), encoding="utf-8")
    shown = run("measures", "review", "2375", "--against", str(text))
    assert "paragraph: 11. Decides that no invented ship" in shown
    case = str(tmp_path / "case")
    run("init", case, "--regime", "dprk-1718")
    words = ("-C", case, "measures", "review", "2375", "--against", str(text))
    assert "agreed by A. Reader" in run(*words, "--sign", "2375:11", "--by", "A. Reader")
    assert "checked by A. Reader" in run("-C", case, "measures", "2375:11")
    assert "unsigned" in run("-C", case, "measures", "2375:16")
    assert "unsigned" in run("measures", "2375:11"), "a signature lives in the workspace"
    assert "corrected by B. Reader" in run(*words, "--correct", "2375:11:title=other words", "--by", "B. Reader")
    assert "unsigned" in run("-C", case, "measures", "2375:11")
    with pytest.raises(ObservanceError, match="nothing to sign"):
        run(*words, "--sign", "2375:13", "--by", "A. Reader")
