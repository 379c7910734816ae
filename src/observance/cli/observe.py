"""`observance observe`: run the detectors over evidence that is new to them."""

from __future__ import annotations

import typer

from observance.cli.output import emit_json, say, warn
from observance.cli.session import opened, warn_said


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("observe")
    def observe(
        context: typer.Context,
        by: str = typer.Option("", "--by", help="Who runs it (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Read texts into claims, screen them against the lists, look at tracks; nothing is judged yet."""
        workspace = opened(context, by=by)
        summary = workspace.observe()
        warn_said(workspace)
        if as_json:
            emit_json(
                {
                    "documents": summary.documents,
                    "observations": summary.observations,
                    "faults": [
                        {"evidence": fault.evidence, "name": fault.name, "text": fault.text} for fault in summary.faults
                    ],
                    "skipped": summary.skipped,
                }
            )
            return
        for word in summary.skipped:
            warn(word)
        for fault in summary.faults:
            warn(f"{fault.name} was not read: {fault.text}")
        counts = ", ".join(f"{count} {kind}" for kind, count in sorted(summary.observations.items())) or "none"
        say(f"read {summary.documents} documents; new observations: {counts}")
