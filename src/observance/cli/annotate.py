"""`observance annotate FILE`: the reader's claims as a draft of gold, to be corrected and checked."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, say


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("annotate")
    def annotate(
        source: str = typer.Argument(..., help="A document, or with --check a file of claims."),
        meta: Path | None = typer.Option(
            None, "--meta", help="Flat YAML or JSON: publisher, published, title, kind ..."
        ),
        folder: Path = typer.Option(Path(), "--into", help="Folder for text and claims."),
        interactive: bool = typer.Option(False, "--interactive", help="Go through the claims one by one."),
        check: bool = typer.Option(False, "--check", help="Check a corrected file of claims against its text."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Write text and claims in the scheme of the reading gold, for a person to correct."""
        from observance.workspace.annotating import check_gold, draft, step_through, write_gold

        if check:
            faults = check_gold(Path(source))
            if as_json:
                emit_json({"file": source, "faults": faults})
            else:
                for fault in faults:
                    say(fault)
                say(f"{len(faults)} faults" if faults else "every span and term fits")
            if faults:
                raise typer.Exit(1)
            return
        from observance.workspace.reading import read_source

        reading = read_source(source, meta=meta)
        gold = draft(reading)
        if interactive:
            gold = step_through(gold, reading.document.text, ask=input, say=say)
        text, claims = write_gold(gold, reading.document.text, folder)
        if as_json:
            emit_json({"text": str(text), "claims": str(claims), "count": len(gold["claims"])})
        else:
            say(f"{len(gold['claims'])} claims to correct in {claims}")
