"""`observance explain FINDING`: why: reasons, paragraphs, passages, hashes."""

from __future__ import annotations

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import day, opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("explain")
    def explain(
        context: typer.Context,
        finding: str = typer.Argument(..., help="Id of a finding, or the beginning of one."),
        on: str | None = typer.Option(None, "--on", help="Judge by the law of this day."),
        as_of: str | None = typer.Option(None, "--as-of", help="Use only what had been published by this day."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Say why a finding stands: its statements, reasons, paragraphs, passages and the hashes of the bytes."""
        from observance.workspace.reporting import explain as explain_finding

        text, plain = explain_finding(opened(context), finding, on=day(on, "--on"), as_of=day(as_of, "--as-of"))
        if as_json:
            emit_json(plain)
        else:
            say(text)
