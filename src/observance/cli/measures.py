"""`observance measures`: the law as data, by day, goods or paragraph; packs compared and started; texts reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from observance.evidence.readers import Document
    from observance.measures.show import Shown
    from observance.packs import Pack


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("measures")
    def measures_command(
        context: typer.Context,
        words: list[str] = typer.Argument(
            None, metavar="[ID ...] | diff A B | new-pack DIR | review RESOLUTION", help="Paragraphs, or what to do."
        ),
        regime: str = typer.Option(
            "", "--regime", help="Id of a regime pack, or a folder that holds one; that of the workspace, or dprk-1718."
        ),
        on: str | None = typer.Option(None, "--on", help="Only what is in force on this day."),
        item: str | None = typer.Option(None, "--item", help="Only what speaks of this item."),
        act: str | None = typer.Option(None, "--act", help="Only what speaks of this act."),
        direction: str | None = typer.Option(None, "--direction", help="from_target, to_target, both or none."),
        against: Path | None = typer.Option(None, "--against", help="With review: the text of the resolution."),
        signs: list[str] = typer.Option(
            [], "--sign", help="With review: a record that says what its paragraph says; kept in the workspace."
        ),
        corrects: list[str] = typer.Option(
            [],
            "--correct",
            metavar="ID:FIELD=VALUE",
            help="With review: a record that does not, and what it should say.",
        ),
        by: str = typer.Option("", "--by", help="With --sign and --correct: who compared them."),
        reason: str = typer.Option("", "--reason", help="With --sign and --correct: in your own words."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Show measures in our own words, with their dates, grades and whether a person has checked them."""
        told = words or []
        if told[:1] == ["diff"]:
            _diff(told[1:], as_json=as_json)
        elif told[:1] == ["new-pack"]:
            _new_pack(told[1:], as_json=as_json)
        elif told[:1] == ["review"]:
            pack = _pack(context, regime)
            if signs or corrects:
                _sign(context, pack, told[1:], against, signs, corrects, by=by, reason=reason, as_json=as_json)
            else:
                _review(pack, told[1:], against, as_json=as_json)
        else:
            pack = _pack(context, regime)
            _show(pack, told, on=on, item=item, act=act, direction=direction, as_json=as_json)


def _pack(context: typer.Context, regime: str) -> Pack:
    """The pack, of the workspace where the command stands in one, with the signatures that are kept there."""
    from observance.cli.session import opened
    from observance.cli.values import pack_of
    from observance.errors import StoreError
    from observance.measures.review import with_signatures
    from observance.store.folder import find_folder

    try:
        root = find_folder(context.find_root().obj or Path())
    except StoreError:
        return pack_of(regime or "dprk-1718")
    from observance.workspace.finding import decisions

    workspace = opened(context)
    return with_signatures(pack_of(regime or workspace.config.regimes[0], root), decisions(workspace))


def _show(
    pack: Pack,
    told: list[str],
    *,
    on: str | None,
    item: str | None,
    act: str | None,
    direction: str | None,
    as_json: bool,
) -> None:
    from observance.cli.output import emit_json, say
    from observance.cli.values import day_of
    from observance.measures.show import lines_of, plain_of, row_of, select

    day = day_of(on)
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


def _read(told: list[str], against: Path | None) -> Document:
    from observance.errors import InputError, UsageError
    from observance.evidence.readers import read_document

    if len(told) != 1 or not told[0].isdigit() or against is None:
        raise UsageError(
            "a resolution is held against its text",
            got=" ".join(told),
            expected="measures review RESOLUTION --against FILE",
        )
    if not against.is_file():
        raise InputError("no such file", where=str(against), expected="the text of the resolution: PDF, HTML, text")
    return read_document(against.read_bytes(), name=against.name)


def _review(pack: Pack, told: list[str], against: Path | None, *, as_json: bool) -> None:
    from observance.cli.output import emit_json, say, warn
    from observance.measures.review import review, review_lines

    document = _read(told, against)
    found = review(pack, int(told[0]), document)
    for word in found.warnings:
        warn(word)
    if as_json:
        emit_json(found.plain())
        return
    for line in review_lines(pack, found):
        say(line)


def _sign(
    context: typer.Context,
    pack: Pack,
    told: list[str],
    against: Path | None,
    signs: list[str],
    corrects: list[str],
    *,
    by: str,
    reason: str,
    as_json: bool,
) -> None:
    """Keep the text as evidence and a signature for each record that was compared with it."""
    from observance.cli.output import emit_json, say, warn
    from observance.cli.session import opened
    from observance.errors import InputError
    from observance.measures.review import corrections_of, review, sign
    from observance.model import Citation, to_plain
    from observance.workspace.deciding import keep_decision

    document = _read(told, against)
    found = review(pack, int(told[0]), document)
    for word in found.warnings:
        warn(word)
    workspace = opened(context, by=by)
    wanted: dict[str, tuple[tuple[str, str], ...]] = dict.fromkeys(signs, ()) | corrections_of(corrects)
    beside = {row.measure.id: row for row in found.rows}
    for key in wanted:
        if key not in beside or beside[key].span is None:
            raise InputError(
                "nothing to sign: the text has no such paragraph, or the resolution no such record",
                got=key,
                expected=", ".join(row.measure.id for row in found.rows if row.span),
            )
    (kept,) = workspace.archive([against] if against else [], kind="resolution")
    if kept.evidence is None:
        raise kept.fault or InputError("the text could not be kept", where=str(against))
    decisions = []
    for key, corrections in wanted.items():
        row = beside[key]
        assert row.span is not None
        decision = sign(
            row.measure,
            citation=Citation(evidence=kept.evidence.sha256, selector=row.span),
            by=by,
            at=workspace.clock(),
            agreed=not corrections,
            reason=reason,
            corrections=corrections,
        )
        decisions.append(decision)
    for decision in decisions:
        keep_decision(workspace, decision)
    if as_json:
        emit_json([to_plain(decision) for decision in decisions])
        return
    for decision in decisions:
        say(f"{decision.subject}: {dict(decision.values)['answer']} by {decision.by}, {decision.id}")
