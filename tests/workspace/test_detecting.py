"""One detector that is broken costs itself, and one document that breaks it costs that document."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import EntryPoint

import pytest

from observance.errors import UnsupportedError
from observance.workspace import Workspace, detecting
from observance.workspace.detecting import GROUP, detector, detector_names

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TEXT = "Ruritania said on Monday that North Korea had shipped coal to Karsovia.\n"
SCRIPT = """
import sys
from pathlib import Path
from observance.workspace import Workspace

workspace = Workspace.open(Path(sys.argv[1]))
print(workspace.observe().documents)
"""


@pytest.fixture
def broken(monkeypatch):
    real = detecting.entry_points

    def entry_points(*, group, name=None):
        more = [EntryPoint("other.broken", "no_such_package_of_ours:DETECTOR", GROUP)]
        return [one for one in [*real(group=group), *more] if name in (None, one.name)]

    monkeypatch.setattr(detecting, "entry_points", entry_points)
    detector.cache_clear()
    yield
    detector.cache_clear()


def case(folder, texts):
    workspace = Workspace.init(folder / "case", clock=lambda: NOW)
    for number, text in enumerate(texts):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        workspace.archive([path])
    return workspace


@pytest.mark.usefixtures("broken")
def test_a_detector_that_cannot_be_imported_is_named_and_the_others_run(tmp_path):
    workspace = case(tmp_path, [TEXT])
    config = workspace.root / "observance.toml"
    config.write_text(
        config.read_text(encoding="utf-8").replace('["claims.rules"', '["other.broken", "nosuch", "claims.rules"'),
        encoding="utf-8",
    )
    summary = Workspace.open(workspace.root).observe()
    assert summary.observations["claim"] == 1
    assert [word.split(":")[0] for word in summary.skipped] == ["other.broken", "nosuch"]
    assert "other.broken" in detector_names()
    with pytest.raises(UnsupportedError, match="cannot be imported"):
        detector("other.broken")


def test_a_document_on_which_a_detector_fails_costs_only_itself(tmp_path, monkeypatch):
    workspace = case(tmp_path, [TEXT, TEXT + "It is marked.\n"])
    kind = detector("claims.rules")
    good = type(kind).detect

    def detect(self, data, record, task):
        if b"marked" in data:
            raise ZeroDivisionError("a fault inside")
        return good(self, data, record, task)

    monkeypatch.setattr(type(kind), "detect", detect)
    summary = workspace.observe()
    assert summary.observations["claim"] == 1
    (fault,) = summary.faults
    assert fault.name == "1.txt"
    assert "claims.rules failed (ZeroDivisionError: a fault inside" in fault.text


def test_a_script_without_a_main_guard_observes_in_several_processes(tmp_path):
    workspace = case(tmp_path, [f"{TEXT}Number {number}.\n" for number in range(8)])
    config = workspace.root / "observance.toml"
    config.write_text(config.read_text(encoding="utf-8") + "workers = 2\n", encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(workspace.root)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.stdout == "8\n", done.stderr
