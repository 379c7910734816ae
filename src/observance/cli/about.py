"""`observance about ENTITY`: everything the workspace holds on one entity as of a day."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, note, say
from observance.cli.session import day, opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("about")
    def about(
        context: typer.Context,
        entity: str = typer.Argument(..., help="imo:N, mmsi:N, LIST:REFERENCE (un:KPi.033), state:CODE, or a name."),
        on: str | None = typer.Option(None, "--on", help="Only what held or happened by this day."),
        as_of: str | None = typer.Option(None, "--as-of", help="Only what had been published by this day."),
        html: Path | None = typer.Option(None, "--html", help="Write the dossier as a page to this file."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Tell names, flags, owners, listings, events, claims, denials and findings, each with its citation."""
        from observance.store.files import write_whole
        from observance.workspace.about import about as dossier_of
        from observance.workspace.about import as_html, as_text

        dossier = dossier_of(opened(context), entity, on=day(on, "--on"), as_of=day(as_of, "--as-of"))
        if html is not None:
            write_whole(html, as_html(dossier).encode())
            note(f"written: {html}")
        if as_json:
            emit_json(dossier.plain())
        elif html is None:
            say(as_text(dossier))
