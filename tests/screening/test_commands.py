"""The commands `lists` and `screen`, in a workspace and without one."""

import json
import sys

import pytest

from observance.cli.main import main
from tests.evidence.lists.test_damaged import UN_XML
from tests.material import shared

WORDS = "UN list of names"


@pytest.fixture
def cli(monkeypatch, capsys, tmp_path):
    """Run a command line; gives (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def call(*args: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["observance", *(str(arg) for arg in args)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return call


@pytest.fixture
def un_file(tmp_path):
    path = tmp_path / "un_2022.xml"
    path.write_text(UN_XML, encoding="utf-8")
    return path


def later(tmp_path, **changes: str):
    text = UN_XML.replace("2022-03-01T01:15", "2023-05-01T01:15")
    for old, new in changes.items():
        text = text.replace(old.replace("_", " "), new)
    path = tmp_path / "un_2023.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_workspace_a_name_is_screened_against_a_list_file(cli, un_file):
    code, out, _err = cli("screen", "Sample Il-nam", "--list", un_file)
    assert code == 0
    assert "un:KPi.901" in out
    assert "sets off  1718:8(d) since 2016-03-02" in out
    assert "NAME, sha256" in out


def test_a_hit_as_json_has_its_citation_and_the_lists_that_were_asked(cli, un_file):
    _code, out, _err = cli("screen", "Sample Il Nam", "--list", un_file, "--json")
    plain = json.loads(out)
    assert plain["hits"][0]["citation"]["selector"]["reference"] == "KPi.901"
    assert plain["lists"][0]["date"] == "2022-03-01"
    assert plain["near_misses"] == 0


def test_a_certificate_of_nothing_verifies_and_a_changed_one_does_not(cli, un_file, tmp_path):
    code, out, _err = cli(
        "screen", "Nobody Whatsoever", "--list", un_file, "--certificate", "-o", tmp_path / "check.json"
    )
    assert code == 0
    assert out.splitlines()[-1].endswith("check.html")
    for name in ("check.json", "check.html"):
        code, out, _err = cli("screen", "verify", tmp_path / name, "--list", un_file)
        assert (code, out.count(": ok")) == (0, 3), out
    path = tmp_path / "check.json"
    path.write_text(path.read_text().replace("Nobody Whatsoever", "Somebody Whatsoever"))
    code, out, _err = cli("screen", "verify", path, "--list", un_file)
    assert code == 1
    assert "seal: FAILS" in out


def test_in_a_workspace_the_certificate_is_in_the_ledger(cli, un_file, tmp_path):
    cli("init", tmp_path / "case", "--regime", "dprk-1718")
    cli("-C", tmp_path / "case", "lists", "add", "un", un_file)
    cli("-C", tmp_path / "case", "screen", "Nobody Whatsoever", "--certificate", "-o", tmp_path / "check.json")
    lines = [
        json.loads(line)
        for path in (tmp_path / "case/ledger").glob("*.jsonl")
        for line in path.read_text().splitlines()
    ]
    screened = [line for line in lines if line["act"] == "screened"]
    assert screened[0]["certificate"] == json.loads((tmp_path / "check.json").read_text())["id"]
    code, out, _err = cli("-C", tmp_path / "case", "verify")
    assert code == 0, out


def test_lists_over_time_in_a_workspace(cli, un_file, tmp_path):
    case = tmp_path / "case"
    cli("init", case, "--regime", "dprk-1718")
    code, out, _err = cli("-C", case, "lists", "add", "un", un_file, later(tmp_path, IL_NAM="IL NAM BOK"))
    assert code == 0
    assert [line.split()[2] for line in out.splitlines()] == ["2022-03-01:", "2023-05-01:"]
    _code, out, _err = cli("-C", case, "lists", "diff", "un", "2022-03-01", "2023-05-01")
    assert "0 added, 0 absent, 1 amended" in out
    assert "- name: SAMPLE IL NAM" in out
    assert "+ name: SAMPLE IL NAM BOK" in out
    _code, out, _err = cli("-C", case, "lists", "show", "un", "KPi.901", "--on", "2019-05-01")
    assert "on 2019-05-01: listed" in out
    assert "no file of that day is held" in out
    _code, out, _err = cli("-C", case, "lists", "show", "un", "KPi.901", "--on", "2023-01-01", "--json")
    plain = json.loads(out)[0]
    assert (plain["ground"], plain["version"]["date"]) == ("file", "2022-03-01")
    _code, out, _err = cli("-C", case, "lists", "status", "--json")
    un = next(row for row in json.loads(out) if row["list"] == "un")
    assert un["versions"] == ["2022-03-01", "2023-05-01"]


def test_a_list_that_is_refused_leaves_the_last_good_one_in_use(cli, un_file, tmp_path):
    case = tmp_path / "case"
    cli("init", case, "--regime", "dprk-1718")
    cli("-C", case, "lists", "add", "un", un_file)
    broken = tmp_path / "cut.xml"
    broken.write_text(UN_XML[:-80], encoding="utf-8")
    code, _out, err = cli("-C", case, "lists", "add", "un", broken)
    assert code == 1
    assert "does not read to its end" in err
    assert "Traceback" not in err
    _code, out, _err = cli("-C", case, "screen", "Sample Il Nam")
    assert "un:KPi.901" in out
    code, out, _err = cli("-C", case, "verify")
    assert code == 0, out


def test_a_version_that_lost_most_entries_is_taken_only_when_a_person_says_so(cli, tmp_path):
    case = tmp_path / "case"
    cli("init", case, "--regime", "dprk-1718")
    new = shared("data/lists/un_consolidated_2026-02-27.xml")
    cli("-C", case, "lists", "add", "un", shared("data/lists/un_consolidated_2025-06-18.xml"))
    text = new.read_text(encoding="utf-8")
    start, end = text.index("<INDIVIDUAL>", len(text) // 10), text.index("  </INDIVIDUALS>")
    lost = tmp_path / "lost.xml"
    lost.write_text(text[:start] + text[end:], encoding="utf-8")
    code, _out, err = cli("-C", case, "lists", "add", "un", lost)
    assert code == 1
    assert "lost too many entries" in err
    code, _out, _err = cli("-C", case, "lists", "add", "un", lost, "--accept-counts")
    assert code == 0


def test_a_decision_is_shown_at_the_next_check_against_a_newer_list(cli, un_file, tmp_path):
    case = tmp_path / "case"
    cli("init", case, "--regime", "dprk-1718")
    cli("-C", case, "lists", "add", "un", un_file)
    code, out, _err = cli(
        "-C", case, "screen", "decide", "un:KPi.901", "--name", "Sample Il Nam", "--false", "--reason", "another person"
    )
    assert code == 0, out
    cli("-C", case, "lists", "add", "un", later(tmp_path))
    _code, out, _err = cli("-C", case, "screen", "SAMPLE il nam")
    assert "decided   false by" in out
    assert "another person" in out
    code, _out, err = cli("-C", case, "screen", "decide", "un:KPi.777", "--name", "x", "--true", "--reason", "y")
    assert code == 2
    assert "no such entry" in err


def test_a_file_of_names_gives_hits_rejects_and_a_certificate(cli, un_file, tmp_path):
    (tmp_path / "crew.csv").write_text("Ship,Master,IMO\nX,Sample Il Nam,\nY,Nobody,9562234\n", encoding="utf-8")
    code, out, err = cli("screen", "crew.csv", "--list", un_file, "--name-column", "mastr", "-o", "hits.csv")
    assert code == 2
    assert "the nearest is 'Master'" in err
    code, out, err = cli(
        "screen", "crew.csv", "--list", un_file, "--name-column", "master", "--imo-column", "imo", "-o", "hits.csv",
        "--certificate", "--workers", 1,
    )  # fmt: skip
    assert code == 0
    assert out.splitlines()[0] == "hits.csv"
    assert "2 rows: 2 screened" in err
    assert "KPi.901" in (tmp_path / "hits.csv").read_text(encoding="utf-8")
    assert "fails the check digit" in (tmp_path / "hits.rejects.csv").read_text(encoding="utf-8")
    assert not list(tmp_path.glob(".hits*")), "no part file is left behind"
    code, out, _err = cli("screen", "verify", "hits.certificate.html", "--list", un_file)
    assert code == 0
    assert "seal: ok" in out


def test_calibration_prints_a_table_and_draws_a_plot(cli, tmp_path):
    (tmp_path / "pairs.csv").write_text(
        "name1,name2,match\nHong Gil Dong,HONG Gil-dong,1\nHong,Park,0\n", encoding="utf-8"
    )
    code, out, _err = cli("screen", "--calibrate", "pairs.csv")
    assert code == 0
    assert "2 pairs, 1 match" in out
    assert (tmp_path / "pairs.calibration.svg").read_text().startswith("<svg")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("screen",), "Usage"),
        (("screen", "x", "--vessel", "y"), "one thing"),
        (("screen", "missing.csv"), "no such file"),
        (("screen", "--imo", "9562234", "--list", "un_2022.xml"), "nothing is left to look for"),
        (("screen", "x", "--on", "2020-13-01"), "takes a day"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_in_two_lines(cli, un_file, args, words):
    code, out, err = cli(*args)
    assert code == 2
    assert words in out + err
    assert "Traceback" not in err


def test_a_day_before_any_file_is_answered_from_the_listings_own_dates_and_says_so(cli, un_file):
    code, out, _err = cli("screen", "Sample Il Nam", "--list", un_file, "--on", "2020-01-01")
    assert code == 0
    assert "on 2020-01-01: listed" in out
    assert "by the listing's own date; no file of that day is held" in out
    _code, out, _err = cli("screen", "Sample Il Nam", "--list", un_file, "--on", "2016-03-01")
    assert out.startswith("0 hits"), "the day before the listing"


def test_a_certificate_of_a_day_is_asked_again_for_that_day(cli, un_file, tmp_path):
    path = tmp_path / "day.json"
    cli("screen", "Sample Il Nam", "--list", un_file, "--on", "2016-03-01", "--certificate", "-o", path)
    plain = json.loads(path.read_text())
    assert plain["day"] == "2016-03-01"
    assert plain["result"]["hits"] == 0
    assert [one["date"] for one in plain["lists"]] == ["2022-03-01"], "a list that gave nothing was asked all the same"
    code, out, _err = cli("screen", "verify", path, "--list", un_file)
    assert (code, out.count(": ok")) == (0, 3), out


def test_a_person_closes_what_absence_leaves_open(cli, un_file, tmp_path):
    case = tmp_path / "case"
    cli("init", case, "--regime", "dprk-1718")
    gone = later(tmp_path)
    text = gone.read_text(encoding="utf-8")
    start, end = text.index("<ENTITY>"), text.index("</ENTITY>") + len("</ENTITY>")
    other = text[start:end].replace("KPe.901", "KPe.902").replace("SAMPLE TRADING", "OTHER").replace("Sample", "Other")
    gone.write_text(text[:start] + other + text[end:], encoding="utf-8")
    cli("-C", case, "lists", "add", "un", un_file, gone)
    _code, out, _err = cli("-C", case, "screen", "Sample Trading Corporation")
    assert "for review" in out
    code, out, _err = cli(
        "-C",
        case,
        "lists",
        "delisted",
        "un",
        "KPe.901",
        "--since",
        "2023-01-15",
        "--reason",
        "press release of the committee",
    )
    assert code == 0, out
    _code, out, _err = cli(
        "-C", case, "screen", "Sample Trading Corporation", "--certificate", "-o", tmp_path / "c.json"
    )
    assert out.startswith("0 hits")
    _code, out, _err = cli("-C", case, "lists", "show", "un", "KPe.901", "--on", "2023-06-01")
    assert "not listed" in out
    assert "confirmed by a person" in out
    code, out, _err = cli("-C", case, "screen", "verify", tmp_path / "c.json")
    assert code == 0, out
    code, out, _err = cli("-C", case, "verify")
    assert code == 0, out
