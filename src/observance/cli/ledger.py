"""`observance ledger`: ranges of quantities on a day, and why each figure entered or stayed out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from observance.cli.output import emit_json, say
from observance.cli.session import day, opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from observance.findings.ledgers import Figure, Ledger


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("ledger")
    def ledger(
        context: typer.Context,
        figures: Path | None = typer.Argument(None, help="A ledger file (YAML with `figures`); needs no workspace."),
        finding: str | None = typer.Option(None, "--finding", help="Figures of the claims of this finding."),
        as_of: str | None = typer.Option(None, "--as-of", help="Only what had been stated by this day (default: all)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Show ranges of counts and capacities apart; nothing is added, every figure says why it is in or out."""
        from datetime import date

        from observance.errors import UsageError
        from observance.findings.ledgers import ledger as ledger_of

        limit = day(as_of, "--as-of")
        if (figures is None) == (finding is None):
            raise UsageError("name a ledger file or a finding", expected="FILE, or --finding ID in a workspace")
        rows = _of_file(figures) if figures else _of_finding(context, finding or "", limit)
        last = max((row.as_of for row in rows), default=date(1, 1, 1))
        made = ledger_of(rows, date.fromisoformat(limit) if limit else last)
        if as_json:
            from observance.model import to_plain

            emit_json(to_plain(made))
        else:
            _tell(made)


def _of_file(path: Path) -> Sequence[Figure]:
    import yaml

    from observance.errors import FormatError
    from observance.findings.ledgers import read_figures

    try:
        raw = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  safe loaders
    except yaml.YAMLError as wrong:
        raise FormatError("this is no YAML", where=str(path), got=str(wrong)[:200], step="mend the file") from None
    rows = raw.get("figures") if isinstance(raw, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FormatError(
            "no figures", where=str(path), expected="a list of rows under `figures`", step="see docs/findings.md"
        )
    return read_figures(rows, where=str(path))


def _of_finding(context: typer.Context, beginning: str, as_of: str | None) -> Sequence[Figure]:
    """Figures of the claims of a finding and of all that must be shown beside it."""
    from observance.errors import UsageError
    from observance.findings.ledgers import figures_of

    view = opened(context).view(as_of=as_of)
    hits = [one for one in view.found.findings if one.id.startswith(beginning)]
    if len(hits) != 1:
        known = ", ".join(one.id for one in view.found.findings) or "none"
        raise UsageError(
            "several findings begin so" if hits else "no finding with this id", got=beginning, expected=known
        )
    version = hits[0].current
    sides = {
        frozenset(party for party in (*event.supplier, *event.recipient))
        for event in view.found.events
        if event.id in version.events
    }
    wanted = {*version.observations, *version.beside}
    lines = [line for line in view.found.watch if set(line.beside) & wanted or set(line.drift) & set(version.drift)]
    wanted |= {key for line in lines for key in (*line.observations, *line.beside)}
    rows = [one for one in view.observations if one.id in wanted]
    kept = [one for one in rows if not sides or any(_within(one, both) for both in sides)]
    return figures_of(kept, view.found.origins, view.found.drifts)


def _within(observation: object, both: frozenset[str]) -> bool:
    states = {part.state for part in getattr(observation, "participants", ()) if part.state}
    return not states or states <= both


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:,.0f}"


def _source(figure: Figure) -> str:
    through = f" in {figure.outlet}" if figure.outlet and figure.outlet != figure.speaker else ""
    return f"{figure.speaker}{through}, {figure.as_of}"


def _tell(made: Ledger) -> None:
    day_of: date = made.as_of
    say(f"as of {day_of}: {len(made.entries)} figures known, {made.unknown} stated later")
    for one in made.ranges:
        name = f"{one.unit}, {one.kind}, {one.stage}" + (f", part {one.part}" if one.part else "")
        if one.gap:
            say(f"  {name}: nobody known gives a current figure; a gap, not zero")
            continue
        above = ", open above" if one.open_above else ""
        low = _number(one.low) if one.low is not None else "up"
        say(f"  {name}: {low} to {_number(one.high)}{above}  [{' '.join(one.figures)}]")
    for entry in made.entries:
        figure = entry.figure
        say(f"  {figure.id} {figure.bound} {_number(figure.value)} {figure.unit} ({_source(figure)}): {entry.text}")
    for stage, ids in made.listed:
        if ids:
            say(f"  {stage}: {' '.join(ids)}")
    for text in made.says:
        say(f"  {text}")
