"""`observance measures`: the law as data, on a day, for goods, one paragraph, compared, started, held against its text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from observance.measures.show import Shown


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("measures")
    def measures_command(
        context: typer.Context,
        words: list[str] = typer.Argument(
            None, metavar="[ID ...] | diff A B | new-pack DIR | review RESOLUTION", help="Paragraphs, or what to do."
        ),
        regime: str = typer.Option("dprk-1718", "--regime", help="Id of a regime pack, or a folder that holds one."),
        on: str | None = typer.Option(None, "--on", help="Only what is in force on this day."),
        item: str | None = typer.Option(None, "--item", help="Only what speaks of this item."),
        act: str | None = typer.Option(None, "--act", help="Only what speaks of this act."),
        direction: str | None = typer.Option(None, "--direction", help="from_target, to_target, both or none."),
        against: Path | None = typer.Option(None, "--against", help="With review: the text of the resolution."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Show measures in our own words, with their dates, grades and whether a person has checked them."""
        told = words or []
        if told[:1] == ["diff"]:
            _diff(told[1:], as_json=as_json)
        elif told[:1] == ["new-pack"]:
            _new_pack(told[1:], as_json=as_json)
        elif told[:1] == ["review"]:
            _review(told[1:], regime=regime, against=against, root=_folder(context), as_json=as_json)
        else:
            _show(
                told, regime=regime, on=on, item=item, act=act, direction=direction, root=_folder(context), as_json=as_json
            )


def _folder(context: typer.Context) -> Path | None:
    """The folder of -C, or the one that the command stands in, where it holds packs of its own."""
    folder = context.find_root().obj or Path()
    return folder if (folder / "regimes").is_dir() else None


def _show(
    told: list[str],
    *,
    regime: str,
    on: str | None,
    item: str | None,
    act: str | None,
    direction: str | None,
    root: Path | None,
    as_json: bool,
) -> None:
    from observance.cli.output import emit_json, say
    from observance.cli.values import day_of, pack_of
    from observance.measures.show import lines_of, plain_of, row_of, select

    pack, day = pack_of(regime, root), day_of(on)
    shown: tuple[Shown, ...] = select(pack, ids=tuple(told), on=day, item=item, act=act, direction=direction)
    if as_json:
        emit_json(
            {
                "regime": pack.id,
                "version": pack.version,
                "warning": pack.warning,
                "on": on,
                "measures": [plain_of(pack, row) for row in shown],
            }
        )
        return
    for row in shown:
        if told:
            for line in lines_of(pack, row):
                say(line)
            say()
        else:
            say(row_of(row))
    say(f"{len(shown)} of {len(pack.measures)} measures of {pack.name}, version {pack.version[:12]}")
    say(pack.warning)


def _diff(told: list[str], *, as_json: bool) -> None:
    from observance.cli.output import emit_json, say
    from observance.cli.values import pack_of
    from observance.errors import UsageError
    from observance.model import to_plain
    from observance.packs import diff

    if len(told) != 2:
        raise UsageError("two packs are compared", got=" ".join(told), expected="measures diff A B")
    found = diff(pack_of(told[0]), pack_of(told[1]))
    if as_json:
        emit_json(to_plain(found))
        return
    for change in found.changes:
        say(str(change))
    say(f"{len(found.changes)} changes from {found.old} to {found.new}")


def _new_pack(told: list[str], *, as_json: bool) -> None:
    from observance.cli.output import emit_json, say
    from observance.errors import UsageError
    from observance.packs.start import start_pack

    if len(told) != 1:
        raise UsageError("a pack is started in one folder", got=" ".join(told), expected="measures new-pack DIR")
    files = start_pack(Path(told[0]))
    if as_json:
        emit_json({"folder": told[0], "files": [str(path) for path in files]})
        return
    for path in files:
        say(str(path))
    say(f"see it with: observance measures --regime {told[0]}")


def _review(told: list[str], *, regime: str, against: Path | None, root: Path | None, as_json: bool) -> None:
    from observance.cli.output import emit_json, say, warn
    from observance.cli.values import pack_of
    from observance.errors import UsageError
    from observance.evidence.readers import read_document
    from observance.measures.review import review, review_lines

    if len(told) != 1 or not told[0].isdigit() or against is None:
        raise UsageError(
            "a resolution is held against its text",
            got=" ".join(told),
            expected="measures review RESOLUTION --against FILE",
        )
    pack = pack_of(regime, root)
    document = read_document(against.read_bytes(), name=against.name)
    found = review(pack, int(told[0]), document)
    for word in found.warnings:
        warn(word)
    if as_json:
        emit_json(found.plain())
        return
    for line in review_lines(pack, found):
        say(line)
