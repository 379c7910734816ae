"""`observance reindex`: build the index anew from the folder."""

from __future__ import annotations

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("reindex")
    def reindex(
        context: typer.Context,
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Throw the index away and build it again; the folder is the truth."""
        from observance.workspace.indexing import rebuild

        count = rebuild(opened(context))
        if as_json:
            emit_json({"records": count})
        else:
            say(f"{count} records indexed")
