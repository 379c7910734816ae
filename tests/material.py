"""Where the test material is, and a clear word when it is not there.

The material is read-only and not part of the package: a user's machine does not have it, so a test that needs it
skips and says why. In CI nothing may skip for this reason.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("OBSERVANCE_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def shared(path: str) -> Path:
    """The file or folder at `path` of the test material, or skip the calling test with the reason."""
    found = ROOT / path
    if not found.exists():
        if os.environ.get("CI"):
            pytest.fail(f"the test material {path!r} is not beside the checkout, and in CI nothing skips")
        pytest.skip(f"the test material is not on this machine (wanted {path!r}; set OBSERVANCE_SHARED to its folder)")
    return found


def server_address() -> str:
    """The address of the PostgreSQL server that `.ci/run` starts on loopback, or skip the calling test."""
    address = os.environ.get("OBSERVANCE_TEST_POSTGRES")
    if not address:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL server was started, and in CI nothing skips")
        pytest.skip("no PostgreSQL server on this machine (set OBSERVANCE_TEST_POSTGRES to its address)")
    return address
