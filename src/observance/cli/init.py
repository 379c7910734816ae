"""`observance init DIR`: make a workspace."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("init")
    def init(
        folder: Path = typer.Argument(..., help="Folder to make; an existing folder is used where it is no workspace."),
        regime: list[str] = typer.Option(["dprk-1718"], "--regime", help="Regime pack to judge by; may be repeated."),
        name: str | None = typer.Option(None, "--name", help="Title of the case, shown on reports."),
        by: str = typer.Option("", "--by", help="Who works (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Make a workspace: a folder that keeps evidence, observations, judgements and findings."""
        from observance.workspace import Workspace

        workspace = Workspace.init(folder, regimes=regime, name=name, operator=by)
        if as_json:
            emit_json({"workspace": str(workspace.root), "regimes": list(workspace.config.regimes)})
            return
        say(f"workspace {workspace.root} watches {', '.join(workspace.config.regimes)}")
