"""`observance verify`: every hash, chain and citation read again."""

from __future__ import annotations

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("verify")
    def verify(
        context: typer.Context,
        shell: bool = typer.Option(False, "--shell", help="Print only the lines by which a stranger checks the same."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Compare every file with its hash, every ledger line with the one before, every citation with the bytes."""
        from observance.workspace.verifying import SHELL_CHECK

        if shell:
            say(SHELL_CHECK.rstrip())
            return
        workspace = opened(context)
        found = workspace.verify()
        if as_json:
            emit_json(
                {
                    "holds": found.holds,
                    "files": found.files,
                    "entries": found.entries,
                    "citations": found.citations,
                    "faults": found.faults,
                    "notes": found.notes,
                }
            )
        else:
            for fault in found.faults:
                say(f"DIFFERS {fault}")
            for word in found.notes:
                say(f"note: {word}")
            say(f"read again: {found.files} files, {found.entries} ledger lines, {found.citations} citations")
            say("everything holds" if found.holds else f"{len(found.faults)} faults")
            say("\nA stranger checks the same without this program, in the workspace folder:")
            say(SHELL_CHECK.rstrip())
        if not found.holds:
            raise typer.Exit(1)
