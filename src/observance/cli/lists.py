"""`observance lists add|diff|show|status`: sanctions lists over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from observance.cli.lists_telling import only, plain_listing, plain_version, tell_diff, tell_listing, version_line
from observance.cli.output import emit_json, say, warn
from observance.cli.session import day, opened, warn_said

if TYPE_CHECKING:
    from observance.evidence.lists import ListVersion
    from observance.workspace import Workspace

_FILES = typer.Option(None, "--list", help="List file instead of the workspace's versions; several times.")
_JSON = typer.Option(False, "--json", help="Print JSON.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    lists = typer.Typer(no_args_is_help=True, help="Sanctions lists: add a version, compare two, ask for a day.")
    lists.command("add")(add)
    lists.command("diff")(compare)
    lists.command("show")(show)
    lists.command("status")(status)
    lists.command("delisted")(delisted)
    app.add_typer(lists, name="lists")


def add(
    context: typer.Context,
    list_id: str = typer.Argument(
        ..., metavar="LIST", help="un, un-1718-vessels, ofac, uk, eu, or a name of your own."
    ),
    sources: list[str] = typer.Argument(..., metavar="FILE|URL...", help="The list as published."),
    date: str | None = typer.Option(None, "--date", help="Day of the list; wins over the one it prints."),
    adapter: str | None = typer.Option(None, "--adapter", help="Reader, where the content does not say: csv, ftm ..."),
    mapping: list[str] = typer.Option([], "--map", help="For a table of your own: field=column, several times."),
    expect: list[str] = typer.Option([], "--expect", help="Count that must come out: what=number, several times."),
    accept_counts: bool = typer.Option(False, "--accept-counts", help="Take it although it lost many entries."),
    by: str = typer.Option("", "--by", help="Who obtained it (default: the account)."),
    as_json: bool = _JSON,
) -> None:
    """Keep versions of a list as evidence; one that fails its counts is refused and the last good one stays."""
    from observance.errors import ObservanceError
    from observance.workspace.listing import add_list

    workspace = opened(context, by=by)
    fields, counts = _pairs(mapping, "--map"), _pairs(expect, "--expect")
    added, fault = [], None
    for source in sources:
        try:
            version = add_list(
                workspace,
                source,
                list_id=list_id,
                date=day(date, "--date"),
                adapter=adapter or ("csv" if fields else None),
                mapping=fields or None,
                expected={what: _number(number) for what, number in counts.items()} or None,
                accept_counts=accept_counts,
            )
        except ObservanceError as refused:
            # The other files are kept all the same; the fault is told at the end as the exit code.
            fault = refused
            if len(sources) == 1:
                raise
            warn(str(refused))
            continue
        added.append(version)
        for word in version.warnings:
            warn(f"{source}: {word}")
        if not as_json:
            say(version_line(version))
    warn_said(workspace)
    if as_json:
        emit_json([plain_version(version) for version in added])
    if fault is not None:
        raise typer.Exit(1)


def compare(
    context: typer.Context,
    list_id: str = typer.Argument(..., metavar="LIST"),
    old: str = typer.Argument(..., help="Day of the earlier version, or a list file."),
    new: str = typer.Argument(..., help="Day of the later version, or a list file."),
    amendments: bool = typer.Option(True, "--amendments/--no-amendments", help="Show amendments by field."),
    programme: str | None = typer.Option(None, "--only", help="Only references that begin so, for example KP."),
    as_json: bool = _JSON,
) -> None:
    """Additions, absences and amendments by field between two versions. Absence is no delisting."""
    from observance.evidence.lists import diff

    earlier, later = (_one_version(context, list_id, wanted) for wanted in (old, new))
    if earlier.date > later.date:
        warn(f"{old} is the later version: compared in the order of their days")
        earlier, later = later, earlier
    if earlier.adapter != later.adapter:
        warn(f"two forms of the list ({earlier.adapter}, {later.adapter}): a form may lack facts that the other has")
    found = only(diff(earlier, later), programme or "")
    if as_json:
        from observance.model import to_plain

        emit_json(to_plain(found))
        return
    tell_diff(found, show_amendments=amendments)


def show(
    context: typer.Context,
    list_id: str = typer.Argument(..., metavar="LIST"),
    wanted: str = typer.Argument(..., metavar="REFERENCE|NAME|IMO"),
    on: str | None = typer.Option(None, "--on", help="Was it listed on that day?"),
    files: list[Path] = _FILES,
    as_json: bool = _JSON,
) -> None:
    """An entry as the list has it, on a day; from the listing's own dates where no file of that day is held."""
    from observance.evidence.lists import listed_on

    versions = _versions(context, list_id, files)
    asked = day(on, "--on") or max(version.date for version in versions)
    delistings = {} if files else _delistings(opened(context), list_id)
    answers = listed_on(versions, wanted, asked, delistings=delistings)
    if as_json:
        emit_json([plain_listing(answer) for answer in answers])
    else:
        for answer in answers:
            tell_listing(answer)
    if all(answer.status == "unknown" for answer in answers):
        raise typer.Exit(1)


def status(
    context: typer.Context,
    as_json: bool = _JSON,
) -> None:
    """The lists of the workspace: versions held, their days, and which are due for a look."""
    from datetime import date as day_type

    from observance.workspace.listing import held_versions

    workspace = opened(context)
    today = workspace.clock().date()
    rows = []
    held = held_versions(workspace)
    wanted = {key: source for key, source in workspace.pack().lists.items() if not source.same_as}
    for key in sorted({*wanted, *(one.list_id for one in held)}):
        versions = [one for one in held if one.list_id == key]
        source = wanted.get(key)
        newest = versions[-1] if versions else None
        # An issuer may bring out nothing new for years: due is what was not looked at, not what is old.
        looked = max(
            (entry["at"][:10] for entry in workspace.ledger.entries("list_added") if entry["list"] == key), default=""
        )
        age = (today - day_type.fromisoformat(looked)).days if looked else None
        rows.append(
            {
                "list": key,
                "title": source.title if source else key,
                "own": source.own if source else None,
                "versions": [one.date for one in versions],
                "newest": newest.date if newest else None,
                "entries": newest.entries if newest else 0,
                "sha256": str(newest.sha256) if newest else None,
                "last_added": looked or None,
                "check_every_days": source.check_every_days if source else None,
                "due": bool(source) and (age is None or age > source.check_every_days) if source else False,
            }
        )
    warn_said(workspace)
    if as_json:
        emit_json(rows)
        return
    for row in rows:
        if not row["newest"]:
            say(f"{row['list']}: none held; add one with `observance lists add {row['list']} FILE` ({row['title']})")
            continue
        due = f"; due: look every {row['check_every_days']} day(s)" if row["due"] else ""
        say(f"{row['list']}: {row['newest']}, {row['entries']:,} entries, added on {row['last_added']}{due}")
        say(f"    sha256 {row['sha256']}; versions held: {', '.join(row['versions'])}")  # type: ignore[arg-type]


def delisted(
    context: typer.Context,
    list_id: str = typer.Argument(..., metavar="LIST"),
    reference: str = typer.Argument(..., metavar="REFERENCE"),
    since: str = typer.Option(..., "--since", help="Day of the delisting; an empty word takes a confirmation back."),
    reason: str = typer.Option(..., "--reason", help="What says so, for example a press release of the committee."),
    by: str = typer.Option("", "--by", help="Who confirms it (default: the account)."),
    as_json: bool = _JSON,
) -> None:
    """Confirm that an entry which a later file lacks was delisted: absence alone closes nothing."""
    from observance.errors import UsageError
    from observance.evidence.lists import cite
    from observance.model import to_plain
    from observance.observations.screening.decisions import DELISTING
    from observance.workspace.deciding import decide

    workspace = opened(context, by=by)
    entries = [(version, entry) for version in _of_workspace(workspace, list_id) if (entry := version.entry(reference))]
    if not entries:
        raise UsageError("no version has this entry", got=f"{list_id} {reference}", step="see `observance lists show`")
    version, entry = entries[-1]
    kept = decide(
        workspace,
        DELISTING,
        f"{list_id}:{entry.reference}",
        reason=reason,
        about="list entry",
        citations=(cite(version, entry),),
        values=(("since", day(since, "--since") or "" if since else ""),),
    )
    if as_json:
        emit_json(to_plain(kept))
    else:
        say(f"{kept.id}  {list_id}:{entry.reference} {entry.name}: delisted on {since}; {reason}")


def _delistings(workspace: Workspace, list_id: str) -> dict[str, str]:
    """Reference to the day of a confirmed delisting."""
    from observance.observations.screening import confirmed_delistings
    from observance.workspace.finding import decisions

    found = confirmed_delistings(decisions(workspace))
    return {key.partition(":")[2]: since for key, since in found.items() if key.partition(":")[0] == list_id}


def _pairs(given: list[str], option: str) -> dict[str, str]:
    from observance.errors import UsageError

    pairs = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise UsageError(f"{option} takes pairs", got=pair, expected="name=value")
        pairs[key.strip()] = value.strip()
    return pairs


def _number(text: str) -> int:
    from observance.errors import UsageError

    if not text.isdigit():
        raise UsageError("--expect takes a number", got=text)
    return int(text)


def _of_workspace(workspace: Workspace, list_id: str) -> list[ListVersion]:
    from observance.workspace.listing import held_versions, load_version

    return [load_version(workspace.root, held) for held in held_versions(workspace, list_id)]


def _versions(context: typer.Context, list_id: str, files: list[Path] | None) -> list[ListVersion]:
    from observance.errors import StoreError

    if files:
        return [_read(path, list_id) for path in files]
    workspace = opened(context)
    found = _of_workspace(workspace, list_id)
    if not found:
        raise StoreError(
            f"no version of {list_id} is held",
            where=str(workspace.root),
            step=f"add one with `observance lists add {list_id} FILE`, or name a file with --list",
        )
    return found


def _one_version(context: typer.Context, list_id: str, wanted: str) -> ListVersion:
    from observance.errors import StoreError

    path = Path(wanted)
    if path.is_file():
        return _read(path, list_id)
    versions = _versions(context, list_id, None)
    found = [version for version in versions if wanted in {version.date, version.key, str(version.sha256)}]
    if not found:
        raise StoreError(
            f"no version of {list_id} of {wanted}",
            expected=", ".join(version.date for version in versions),
            step="name a day that is held, or a list file",
        )
    return found[-1]


def _read(path: Path, list_id: str) -> ListVersion:
    from observance.evidence.lists import read_list_file
    from observance.evidence.lists.sniff import ADAPTERS

    families = {known for known, _title in ADAPTERS.values()}
    return read_list_file(path, adapter=list_id if list_id in families else None)
