"""`observance demo`: the whole flow on packaged sample material."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, say, warn


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("demo")
    def demo(
        folder: Path = typer.Argument(Path("observance-demo"), help="Where the case is made."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Make a case from composed sample documents and a real list; the report is on the last line."""
        from observance.workspace.demonstrating import demonstrate

        done = demonstrate(folder)
        if as_json:
            emit_json({"workspace": str(done.workspace.root), **done.summary.plain()})
            return
        for word in done.summary.warnings:
            warn(word)
        say(f"workspace {done.workspace.root} (its documents are composed for demonstration: {done.material})")
        for line in done.summary.lines():
            say(line)
        say(str(done.summary.report.resolve()))
