"""`observance lineage`: which documents and claims share an origin, on what grounds, and what drifted."""

from __future__ import annotations

from pathlib import Path

import typer

from observance.cli.output import emit_json, say

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def lineage(
        context: typer.Context,
        items: Path | None = typer.Option(
            None, "--items", help="Short news texts, one JSON object a line; needs no workspace."
        ),
        as_of: str | None = typer.Option(None, "--as-of", help="Only what had been published by this day."),
        as_json: bool = typer.Option(False, "--json", help="One JSON object a line."),
    ) -> None:
        """Show which documents and claims share an origin, with the grounds and any drift.

        With --items, only `id`, `outlet`, `date`, `language` and `text` of each line are looked at, and --json
        prints one
        line an item: its origins under labels that mean nothing beyond being shared, and `drift` where it tells its
        origin otherwise.
        """
        if items is not None:
            _of_items(items, as_json=as_json)
        else:
            _of_workspace(context, as_of, as_json=as_json)


def _read(path: Path) -> list[dict[str, object]]:
    import json

    from observance.errors import FormatError

    rows: list[dict[str, object]] = []
    faults: list[str] = []
    seen: set[str] = set()
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as wrong:
                faults.append(f"line {number}: {wrong}")
                continue
            if not isinstance(row, dict) or "text" not in row:
                continue
            key = str(row.get("id", ""))
            if not key or key in seen:
                faults.append(f"line {number}: {'no id' if not key else f'id {key} twice'}")
                continue
            seen.add(key)
            rows.append(row)
    if faults and not rows:
        raise FormatError(
            "no item reads",
            where=str(path),
            expected="one JSON object a line with id, outlet, date, language and text",
            faults=tuple(faults[:20]),
            step="compare with docs/findings.md",
        )
    from observance.cli.output import warn

    for fault in faults[:20]:
        warn(f"{path}: {fault}; left out")
    return rows


def _of_items(path: Path, *, as_json: bool) -> None:
    from observance.findings.origins.items import item_from, lineage

    found = lineage(item_from(row) for row in _read(path))
    if as_json:
        for one in found:
            line: dict[str, object] = {"id": one.id, "origins": list(one.origins), "drift": one.drift is not None}
            if one.drift:
                line["drift_text"] = one.drift
            line["grounds"] = [{"kind": g.kind, "text": g.text, "members": list(g.members)} for g in one.grounds]
            emit_json(line, indent=None)
        return
    by_origin: dict[str, list[str]] = {}
    for one in found:
        for label in one.origins:
            by_origin.setdefault(label, []).append(one.id)
    drift = {one.id: one.drift for one in found if one.drift}
    say(f"{len(found)} items, {len(by_origin)} origins, {len(drift)} with drift")
    for label, ids in by_origin.items():
        if len(ids) > 1:
            say(f"{label}: {', '.join(ids)}")
    for key, text in drift.items():
        say(f"drift {key}: {text}")


def _of_workspace(context: typer.Context, as_of: str | None, *, as_json: bool) -> None:
    from observance.cli.session import day, opened
    from observance.model import to_plain

    found = opened(context).view(as_of=day(as_of, "--as-of")).found
    shared = [origin for origin in found.origins if len(origin.observations) > 1 or origin.secondary]
    if as_json:
        for origin in found.origins:
            drift = [to_plain(d) for d in found.drifts if d.origin == origin.id]
            emit_json({**to_plain(origin), "drifts": drift}, indent=None)
        return
    say(f"{len(found.origins)} origins, {len(shared)} with more than one claim, {len(found.drifts)} drifts")
    for origin in shared:
        say(
            f"{origin.id}  {origin.label}: {len(origin.observations)} claims through "
            f"{', '.join(origin.relays) or 'itself'}"
        )
        for ground in origin.grounds:
            say(f"    {ground.kind}: {ground.text}")
        for drift_record in found.drifts:
            if drift_record.origin == origin.id:
                say(f"    drift: {drift_record.text}")
