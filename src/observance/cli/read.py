"""`observance read FILE|URL`: a document with its claims; needs no workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from observance.cli.output import emit_json, note, say, warn

if TYPE_CHECKING:
    from observance.workspace.reading import Reading


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("read")
    def read(
        sources: list[str] = typer.Argument(..., help="Files or addresses."),
        meta: Path | None = typer.Option(
            None, "--meta", help="Flat YAML or JSON: publisher, published, title, kind ..."
        ),
        html: Path | None = typer.Option(
            None, "--html", help="Write the text with its claims highlighted to this file."
        ),
        as_json: bool = typer.Option(False, "--json", help="Print the claims in the format of the reading gold."),
    ) -> None:
        """Read a document into claims: who says what of whom, how sure, how much, when, and through whom."""
        from observance.workspace.reading import claims_text, highlighted, read_source

        results: list[Reading] = []
        for source in sources:
            found = read_source(source, meta=meta)
            for word in found.warnings:
                warn(f"{source}: {word}")
            if html is not None:
                from observance.store.files import write_whole

                path = html if len(sources) == 1 else html.with_name(f"{html.stem}-{len(results) + 1}{html.suffix}")
                write_whole(path, highlighted(found).encode())
                note(f"written: {path}")
            results.append(found)
        if as_json:
            plain = [found.predictions for found in results]
            emit_json(plain[0] if len(plain) == 1 else plain)
            return
        if html is None:
            for found in results:
                say(claims_text(found))
