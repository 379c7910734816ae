"""Killed at any moment, a workspace opens again with everything that was acknowledged, and verifies."""

import random
import re
import subprocess
import sys
import tempfile
import time

import pytest

from observance.evidence.archive import evidence_path
from observance.workspace import Workspace
from tests.workspace.writing import write_texts

COMMAND = [sys.executable, "-m", "observance"]
HASH = re.compile(r"^([0-9a-f]{64})  ", re.MULTILINE)


def _kill_after(arguments, seconds, cwd):
    """Start a command, kill -9 it after a time, and give back what it had printed.

    It prints into a file: a pipe would stay open as long as any process that it started is still ending.
    """
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen([*COMMAND, *arguments], cwd=cwd, stdout=printed, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        printed.seek(0)
        return printed.read()


def _holds(root, acknowledged):
    workspace = Workspace.open(root)
    records = workspace.archive_.records()
    for sha256 in acknowledged:
        assert sha256 in records, "an acknowledged piece of evidence is not in the ledger"
        assert (root / evidence_path(sha256)).is_file()
    found = workspace.verify()
    assert found.faults == []


@pytest.mark.parametrize("round_", range(10))
def test_archive_killed_at_a_random_moment_loses_nothing_acknowledged(tmp_path, round_):
    root = tmp_path / "case"
    Workspace.init(root)
    files = [str(path) for path in write_texts(tmp_path / "texts", copies=20)]
    chance = random.Random(round_)
    acknowledged = set()
    for _ in range(2):
        start = time.monotonic()
        printed = _kill_after(["archive", *files], chance.uniform(0.2, 2.5), root)
        acknowledged |= set(HASH.findall(printed))
        assert time.monotonic() - start < 60
        _holds(root, acknowledged)
    printed = subprocess.run([*COMMAND, "archive", *files], cwd=root, capture_output=True, text=True, check=True).stdout
    assert len(set(HASH.findall(printed))) == len(files)
    _holds(root, set(HASH.findall(printed)))


@pytest.mark.parametrize("round_", range(10))
def test_run_killed_at_a_random_moment_leaves_a_workspace_that_opens_verifies_and_goes_on(tmp_path, round_):
    root = tmp_path / "case"
    workspace = Workspace.init(root)
    archived = workspace.archive(write_texts(tmp_path / "texts", copies=4))
    acknowledged = {str(result.evidence.sha256) for result in archived}
    _kill_after(["run"], random.Random(100 + round_).uniform(0.3, 6.0), root)
    _holds(root, acknowledged)
    if round_ % 5 == 0:
        subprocess.run([*COMMAND, "run"], cwd=root, capture_output=True, text=True, check=True)
        _holds(root, acknowledged)
