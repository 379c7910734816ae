"""What a user sees of a wrong option, a missing file and a fault of the program: two lines and an exit code."""

from __future__ import annotations

import json
import sys

import pytest

from observance.cli import main as entry


def run(monkeypatch, capsys, *words):
    monkeypatch.setattr(sys, "argv", ["observance", *words])
    with pytest.raises(SystemExit) as end:
        entry.main()
    told = capsys.readouterr()
    return end.value.code or 0, told.out, told.err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("run", "--nosuch"), "--nosuch"),
        (("archive",), "Missing argument"),
        (("frob",), "frob"),
        (("run", "--on"), "--on"),
    ],
)
def test_a_wrong_option_or_argument_is_two_lines_and_exit_code_2(monkeypatch, capsys, words, part):
    code, out, err = run(monkeypatch, capsys, *words)
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    assert first.startswith("error: ")
    assert part in first
    assert second.startswith("see `observance")


def test_a_wrong_option_with_json_is_a_problem_document(monkeypatch, capsys):
    code, out, _ = run(monkeypatch, capsys, "run", "--json", "--nosuch")
    assert code == 2
    assert "--nosuch" in json.loads(out)["error"]["title"]


def test_a_missing_file_is_two_lines(monkeypatch, capsys, tmp_path):
    assert run(monkeypatch, capsys, "init", str(tmp_path / "case"))[0] == 0
    code, _, err = run(monkeypatch, capsys, "-C", str(tmp_path / "case"), "archive", str(tmp_path / "nosuch.txt"))
    assert code == 1
    assert err.splitlines() == [
        f"error: no such file ({tmp_path / 'nosuch.txt'}: not kept)",
        "check the path",
    ]


def test_a_description_given_with_its_document_is_no_evidence(monkeypatch, capsys, tmp_path):
    run(monkeypatch, capsys, "init", str(tmp_path / "case"))
    (tmp_path / "one.txt").write_text("A ship met another ship.\n", encoding="utf-8")
    (tmp_path / "one.meta.yaml").write_text("publisher: Harbour Post\n", encoding="utf-8")
    capsys.readouterr()
    names = [str(tmp_path / name) for name in ("one.meta.yaml", "one.txt")]
    code, out, _ = run(monkeypatch, capsys, "-C", str(tmp_path / "case"), "archive", *names)
    assert code == 0
    assert [line.split("  ")[1] for line in out.splitlines()] == names[1:]


def test_a_fault_of_the_program_is_two_lines_and_no_traceback(monkeypatch, capsys):
    def fails(**_options):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(entry, "app", fails)
    code, _, err = run(monkeypatch, capsys, "run")
    assert code == 70
    assert len(err.splitlines()) == 2
    assert "ZeroDivisionError: inside (test_errors.py:" in err
