"""Short news items composed for these tests, with their origins (`lineage_own.jsonl`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def records() -> list[dict[str, Any]]:
    """The items as lines of a lineage file."""
    path = Path(__file__).with_name("lineage_own.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "text" in row]
