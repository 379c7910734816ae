"""`observance merge OTHER`: bring another workspace in."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("merge")
    def merge(
        context: typer.Context,
        other: Path = typer.Argument(..., help="Folder of the other workspace."),
        by: str = typer.Option("", "--by", help="Who merges (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Bring evidence, observations, lists, decisions and ledger of another workspace into this one."""
        from observance.workspace.merging import merge_folder

        merged = merge_folder(opened(context, by=by), other)
        if as_json:
            emit_json({"chains": list(merged.chains), "files": merged.files, "known": merged.known})
            return
        say(f"merged {len(merged.chains)} chains and {merged.files} files ({merged.known} were here already)")
        say("run `observance run` to work out what follows from both")
