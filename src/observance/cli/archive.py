"""`observance archive FILE|URL...`: keep, hash, date, with a custody line each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from observance.cli.output import emit_json, note, say, warn
from observance.cli.session import opened, warn_said


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("archive")
    def archive(
        context: typer.Context,
        sources: list[str] = typer.Argument(..., help="Files, folders or addresses."),
        meta: Path | None = typer.Option(
            None, "--meta", help="Flat YAML or JSON: publisher, published, title, kind ..."
        ),
        remark: str | None = typer.Option(None, "--note", help="A word for the custody line."),
        by: str = typer.Option("", "--by", help="Who obtained it (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Keep originals unchanged under their SHA-256, with time, source and operator."""
        from observance.evidence.readers.meta import read_meta
        from observance.model import to_plain

        workspace = opened(context, by=by)
        given = None
        if meta is not None:
            given, warnings = read_meta(meta)
            for word in warnings:
                warn(word)
        results = workspace.archive(sources, meta=replace(given) if given else None, note=remark)
        warn_said(workspace)
        if as_json:
            emit_json(
                [
                    {
                        "source": result.source,
                        "evidence": to_plain(result.evidence) if result.evidence else None,
                        "known": result.known,
                        "error": result.fault.document() if result.fault else None,
                        "warnings": list(result.warnings),
                    }
                    for result in results
                ]
            )
        for result in results:
            for word in result.warnings:
                warn(f"{result.source}: {word}")
            if result.evidence is not None and not as_json:
                say(f"{result.evidence.sha256}  {result.source}")
            if result.fault is not None:
                kept = "kept, but cannot be read" if result.evidence else "not kept"
                what, _, step = str(result.fault).partition("\n")
                note(f"error: {what.removeprefix(f'{result.source}: ')} ({result.source}: {kept})\n{step}".rstrip())
        if any(result.fault for result in results):
            raise typer.Exit(1)
