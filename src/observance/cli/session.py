"""What commands share: the workspace a command stands in, and the two days of a view."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from observance.errors import UsageError

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = ["day", "opened", "warn_said"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def opened(context: typer.Context, *, by: str = "") -> Workspace:
    """The workspace named by -C, or the one that the command stands in."""
    from observance.workspace import Workspace

    folder: Path | None = context.find_root().obj
    return Workspace.open(folder, operator=by)


def day(value: str | None, option: str) -> str | None:
    """A day as `YYYY-MM-DD`, checked against the calendar.

    Raises:
        UsageError: for anything else.
    """
    if value is None:
        return None
    from datetime import date

    try:
        return date.fromisoformat(value if _DAY.fullmatch(value) else "").isoformat()
    except ValueError:
        raise UsageError(f"{option} takes a day", got=value, expected="YYYY-MM-DD, for example 2024-06-19") from None


def warn_said(workspace: Workspace) -> None:
    """Say on stderr what the ledger set aside."""
    from observance.cli.output import warn

    for word in workspace.ledger.said:
        warn(word)
