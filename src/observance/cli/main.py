"""Entry point: collects the commands and turns every fault into two lines and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import typer

from observance.cli.commands import COMMANDS
from observance.cli.output import emit_json
from observance.errors import ObservanceError

app = typer.Typer(
    name="observance",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Sanctions monitoring as software: evidence to findings, tied to the paragraphs in force on the day.",
)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        sys.stdout.write(f"observance {version('observance')}\n")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    directory: Path | None = typer.Option(None, "-C", help="Work on the workspace in this folder."),
    _show: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    context.obj = directory


for _name in COMMANDS:
    importlib.import_module(f"observance.cli.{_name}").register(app)


def main() -> None:
    """Run a command; a fault is two lines on stderr (or a problem document with `--json`), never a traceback."""
    try:
        app(standalone_mode=True)
    except ObservanceError as fault:
        if "--json" in sys.argv:
            emit_json({"error": fault.document()})
        sys.stderr.write(f"error: {fault}\n")
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        # The reader of our output left (`| head`); silence the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; everything that was acknowledged is kept\n")
        sys.exit(130)
    except (PermissionError, OSError) as fault:
        sys.stderr.write(f"error: {fault.filename or 'file system'}: {fault.strerror or fault}\n")
        sys.stderr.write("check rights, room on the disk and the path, then run the command again\n")
        sys.exit(1)
