"""`observance search "포탄"`: full-text search over evidence and observations, in every script."""

from __future__ import annotations

import typer

from observance.cli.output import emit_json, note, say
from observance.cli.session import day, opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("search")
    def search(
        context: typer.Context,
        question: str = typer.Argument(..., help="Words; all must occur."),
        limit: int = typer.Option(50, "--limit", help="At most so many."),
        as_of: str | None = typer.Option(None, "--as-of", help="Leave out what was published later."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Find words in evidence, observations and findings."""
        hits = opened(context).search(question, limit=limit, as_of=day(as_of, "--as-of"))
        if as_json:
            emit_json(
                [
                    {
                        "kind": hit.kind,
                        "id": hit.id,
                        "evidence": hit.evidence,
                        "title": hit.title,
                        "snippet": hit.snippet,
                    }
                    for hit in hits
                ]
            )
            return
        for hit in hits:
            say(f"{hit.kind}\t{hit.id}\t{hit.title}\t{hit.snippet}")
        if not hits:
            note("nothing found")
