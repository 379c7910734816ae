"""`observance tracks ...`: ship positions added, put under watch, looked at, shown."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, note, say, warn
from observance.cli.session import day, opened, warn_said
from observance.errors import ObservanceError, UsageError


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    tracks = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Ship positions: add, watch, events, show.")
    app.add_typer(tracks, name="tracks")

    @tracks.command("add")
    def add(
        context: typer.Context,
        files: list[Path] = typer.Argument(..., help="CSV, NMEA or Parquet, plain or gzip."),
        mapping: list[str] = typer.Option([], "--map", help="FIELD=COLUMN for a table of your own; may be repeated."),
        reference: bool = typer.Option(False, "--by-reference", help="Keep the hash and the path, not a copy."),
        by: str = typer.Option("", "--by", help="Who adds them (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Decode, check, sort and keep positions, each with its row in the source."""
        from observance.workspace.tracking import add_tracks

        workspace = opened(context, by=by)
        columns = _mapping(mapping)
        results: list[dict[str, object]] = []
        faults = 0
        for path in files:
            try:
                done = add_tracks(workspace, path, mapping=columns or None, copy=False if reference else None)
            except ObservanceError as fault:
                faults += 1
                results.append({"file": str(path), "error": fault.document()})
                note(f"error: {fault}")
                continue
            results.append(
                {
                    "file": str(path),
                    "sha256": done.source,
                    "layout": done.kind,
                    "rows": done.rows,
                    "kept": done.kept,
                    "vessels": done.vessels,
                    "rejected": dict(done.rejected),
                    "warnings": done.warnings,
                }
            )
            for word in done.warnings:
                warn(f"{path}: {word}")
            if not as_json:
                left = ", ".join(f"{count} {reason}" for reason, count in done.rejected.most_common()) or "none"
                say(f"{done.source}  {path}")
                say(f"  {done.kept} positions of {done.vessels} ships ({done.kind}); left out: {left}")
        warn_said(workspace)
        if as_json:
            emit_json(results)
        if faults:
            raise typer.Exit(1)

    @tracks.command("watch")
    def watch(
        context: typer.Context,
        regime: str = typer.Argument("dprk-1718", help="Regime pack."),
        add: list[str] = typer.Option([], "--add", help="imo:NUMBER or mmsi:NUMBER; may be repeated."),
        area: list[str] = typer.Option([], "--area", help="SOUTH-NORTH,WEST-EAST such as 38N-42N,124E-132E."),
        reason: str = typer.Option("", "--reason", help="Why."),
        by: str = typer.Option("", "--by", help="Who decides (default: the account)."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Put ships and areas under watch, beside the listed ships and the flag of the regime's target."""
        from observance.workspace.tracking import watch as put_under_watch

        found = put_under_watch(opened(context, by=by), regime, add=add, areas=area, reason=reason)
        if as_json:
            emit_json({"regime": regime, "numbers": list(found.numbers), "areas": [list(box) for box in found.areas]})
            return
        say(f"under watch for {regime}: listed ships, the flag of its target")
        for number in found.numbers:
            say(f"  {number}")
        for south, north, west, east in found.areas:
            say(f"  area {south:g} to {north:g} north, {west:g} to {east:g} east")

    @tracks.command("events")
    def events(
        context: typer.Context,
        since: str | None = typer.Option(None, "--from", help="From this day on."),
        until: str | None = typer.Option(None, "--to", help="To this day, included."),
        vessel: str = typer.Option("", "--vessel", help="imo:NUMBER or mmsi:NUMBER."),
        kind: list[str] = typer.Option([], "--kind", help="Kind of event; may be repeated."),
        geojson: Path | None = typer.Option(None, "--geojson", help="Write GeoJSON to this file."),
        csv: Path | None = typer.Option(None, "--csv", help="Write CSV to this file."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Look at the tracks and list what they show; nothing is judged."""
        from observance.store.files import write_whole
        from observance.workspace.events import as_csv, as_geojson, line_of, listed_events

        found = listed_events(
            opened(context), since=day(since, "--from"), until=day(until, "--to"), vessel=vessel, kinds=kind
        )
        if geojson is not None:
            write_whole(geojson, as_geojson(found))
        if csv is not None:
            write_whole(csv, as_csv(found))
        if as_json:
            emit_json(found)
            return
        for event in found:
            say(line_of(event))
        if not found:
            say("no events (add positions with `observance tracks add FILE`)")

    @tracks.command("show")
    def show(
        context: typer.Context,
        event: str = typer.Argument(..., help="Id of an event, or the beginning of one."),
        svg: Path | None = typer.Option(None, "-o", "--svg", help="Write the map to this file."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON."),
    ) -> None:
        """Show what was heard, why it was flagged, what else could explain it, and a map of the tracks."""
        from observance.store.files import write_whole
        from observance.workspace.events import find_event, map_of, words_of

        workspace = opened(context)
        found = find_event(workspace, event)
        path = svg or Path(f"{found['id']}.svg")
        write_whole(path, map_of(workspace, found).encode())
        if as_json:
            emit_json({**found, "map": str(path)})
            return
        say(words_of(found))
        say(str(path))


def _mapping(pairs: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = pair.partition("=")
        if not sign or not name or not column:
            raise UsageError("--map takes FIELD=COLUMN", got=pair, expected="for example mmsi=ship_id")
        found[name.strip()] = column.strip()
    return found
