"""Entry point: collects the commands and turns every fault into two lines and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import typer

from observance.cli.commands import COMMANDS
from observance.cli.output import emit_json
from observance.errors import ObservanceError, UsageError

app = typer.Typer(
    name="observance",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Sanctions monitoring as software: evidence to findings, tied to the paragraphs in force on the day.",
)


# The error of a wrong option or argument; only its subclass is public.
_USAGE: type[Exception] = typer.BadParameter.__bases__[0]


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
        sys.exit(app(prog_name="observance", standalone_mode=False))
    except _USAGE as fault:
        _wrong_use(fault)
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("interrupted; everything that was acknowledged is kept\n")
        sys.exit(130)
    except ObservanceError as fault:
        if "--json" in sys.argv:
            emit_json({"error": fault.document()})
        sys.stderr.write(f"error: {fault}\n")
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        # The reader of our output left (`| head`); silence the flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (PermissionError, OSError) as fault:
        sys.stderr.write(f"error: {fault.filename or 'file system'}: {fault.strerror or fault}\n")
        sys.stderr.write("check rights, room on the disk and the path, then run the command again\n")
        sys.exit(1)
    except Exception as fault:
        if os.environ.get("OBSERVANCE_TRACEBACK"):
            raise
        told = " ".join(str(fault).split())[:300]
        sys.stderr.write(f"error: a fault in the program itself: {type(fault).__name__}: {told} ({_place(fault)})\n")
        sys.stderr.write("what was acknowledged is kept; OBSERVANCE_TRACEBACK=1 shows the whole for a report\n")
        sys.exit(70)


def _wrong_use(fault: Any) -> NoReturn:
    """A wrong option or argument, in two lines; a command without arguments shows its help."""
    words = fault.format_message().strip()
    if type(fault).__name__ == "NoArgsIsHelpError":
        sys.stderr.write(f"{words}\n")
        sys.exit(2)
    path = fault.ctx.command_path if fault.ctx else "observance"
    told = UsageError(" ".join(words.split()).rstrip("."), step=f"see `{path} --help`")
    if "--json" in sys.argv:
        emit_json({"error": told.document()})
    sys.stderr.write(f"error: {told}\n")
    sys.exit(2)


def _place(fault: BaseException) -> str:
    """File and line where a fault was raised, without the folders of this machine."""
    at = fault.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "no place known"
