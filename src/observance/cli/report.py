"""`observance report`: write the report of a view again."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import day, opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("report")
    def report(
        context: typer.Context,
        on: str | None = typer.Option(None, "--on", help="Judge by the law of this day."),
        as_of: str | None = typer.Option(None, "--as-of", help="Use only what had been published by this day."),
        output: Path | None = typer.Option(None, "-o", "--output", help="Write a copy to this path as well."),
        by: str = typer.Option("", "--by", help="Who issues it (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Write the self-contained HTML report of a view; its path stands on the last line."""
        path = opened(context, by=by).report(on=day(on, "--on"), as_of=day(as_of, "--as-of"))
        if output is not None:
            from observance.store.files import write_whole

            write_whole(output, path.read_bytes())
        if as_json:
            emit_json({"report": str(path)})
        else:
            say(str(path))
