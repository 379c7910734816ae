"""`observance run`: observe, judge, find, report; only what is new."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from observance.cli.output import emit_json, note, say, warn
from observance.cli.session import day, opened, warn_said


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("run")
    def run(
        context: typer.Context,
        on: str | None = typer.Option(None, "--on", help="Judge by the law of this day, not of the days of the acts."),
        as_of: str | None = typer.Option(None, "--as-of", help="Use only what had been published by this day."),
        by: str = typer.Option("", "--by", help="Who runs it (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Read what is new, judge it, work out findings and write the report; its path stands on the last line."""
        workspace = opened(context, by=by)
        summary = workspace.run(
            on=day(on, "--on"), as_of=day(as_of, "--as-of"), progress=None if as_json else _progress()
        )
        warn_said(workspace)
        if as_json:
            emit_json(summary.plain())
            return
        for word in summary.warnings:
            warn(word)
        for line in summary.lines():
            say(line)
        say(str(summary.report))

    def _progress() -> Callable[[str], None] | None:
        return note if sys.stderr.isatty() else None
