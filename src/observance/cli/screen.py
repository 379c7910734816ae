"""`observance screen NAME|FILE`, `screen verify FILE`, `screen decide REF`: names and files against lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from observance.cli.output import emit_json, say, warn
from observance.cli.screen_session import Session, account, all_versions, program, read_file
from observance.cli.screen_telling import tell
from observance.cli.session import day, opened

_TABLES = {".csv", ".tsv", ".xlsx", ".jsonl", ".ndjson", ".parquet"}
_LISTS = typer.Option(
    [], "--list", help="List file to screen against, instead of the workspace's lists; several times."
)
_JSON = typer.Option(False, "--json", help="Print JSON.")


class _Screening(TyperGroup):
    """`screen NAME` is `screen run NAME`: a first word that is no command is what to look for."""

    # `Any`: newer versions of Typer carry their own copy of click's Context.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    screen = typer.Typer(
        cls=_Screening,
        no_args_is_help=True,
        help="Screen a name, a vessel or a file of names against sanctions lists: `screen NAME`, `screen --vessel N`, "
        "`screen FILE.csv --name-column master`. Options: `screen run --help`.",
    )
    screen.command("run")(run)
    screen.command("verify")(verify)
    screen.command("decide")(decide)
    app.add_typer(screen, name="screen")


def run(
    context: typer.Context,
    what: str | None = typer.Argument(None, metavar="NAME|FILE", help="A name, or a CSV, XLSX, JSONL or Parquet file."),
    vessel: str | None = typer.Option(None, "--vessel", help="Name of a vessel."),
    person: str | None = typer.Option(None, "--person", help="Name of a person."),
    entity: str | None = typer.Option(None, "--entity", help="Name of a company or body."),
    imo: str = typer.Option("", "--imo", help="IMO ship number."),
    imo_company: str = typer.Option("", "--imo-company", help="IMO company number."),
    mmsi: str = typer.Option("", "--mmsi", help="MMSI."),
    callsign: str = typer.Option("", "--callsign", help="Call sign."),
    flag: str = typer.Option("", "--flag", help="Flag: a State's name or code."),
    country: str = typer.Option("", "--country", help="Nationality or seat: a State's name or code."),
    birth_date: str = typer.Option("", "--birth-date", help="YYYY, YYYY-MM or YYYY-MM-DD."),
    identifier: str = typer.Option("", "--identifier", help="Passport, tax or registry number."),
    lists: list[Path] = _LISTS,
    only: list[str] = typer.Option([], "--only", help="Only these lists of the workspace, for example un."),
    on: str | None = typer.Option(None, "--on", help="Against the lists as held on that day."),
    threshold: float | None = typer.Option(None, "--threshold", min=0.0, max=1.0, help="Score of a hit."),
    limit: int = typer.Option(5, "--limit", min=1, max=100, help="Most hits a name."),
    near: bool = typer.Option(False, "--near", help="Show near misses, below the threshold."),
    regime: list[str] = typer.Option([], "--regime", help="Packs whose measures are shown."),
    certificate: bool = typer.Option(False, "--certificate", help="Write a record of the check as JSON and HTML."),
    out: Path | None = typer.Option(None, "-o", "--output", help="File for the hits, or name of the certificate."),
    decisions: Path | None = typer.Option(None, "--decisions", help="File of decisions, without a workspace."),
    name_column: str | None = typer.Option(None, "--name-column", help="Bulk: column of the names."),
    imo_column: str | None = typer.Option(None, "--imo-column", help="Bulk: column of IMO ship numbers."),
    column: list[str] = typer.Option(
        [], "--column", help="Bulk: further columns as field=column, for example flag=Flag."
    ),
    kind: str = typer.Option("", "--kind", help="Bulk: person, entity or vessel, where all rows are of one kind."),
    rejects: Path | None = typer.Option(
        None, "--rejects", help="Bulk: file for rows with faults (default: beside -o)."
    ),
    workers: int = typer.Option(0, "--workers", min=0, help="Bulk: processes (default: one a core)."),
    fresh: bool = typer.Option(False, "--fresh", help="Bulk: start again instead of going on where a run stopped."),
    cache: bool = typer.Option(True, "--cache/--no-cache", help="Keep the index of large lists for the next run."),
    calibrate: Path | None = typer.Option(None, "--calibrate", help="Labelled pairs: name1, name2, match."),
    by: str = typer.Option("", "--by", help="Who asks (default: the account)."),
    as_json: bool = _JSON,
) -> None:
    """Look for a name, a vessel or the names of a file on the lists, and say why each hit is one."""
    from observance.errors import UsageError

    if calibrate is not None:
        _calibrate(calibrate, out, as_json=as_json)
        return
    asked = [(word, value) for word, value in (("vessel", vessel), ("person", person), ("entity", entity)) if value]
    number = any((imo, imo_company, mmsi, callsign, identifier))
    if len(asked) + bool(what) > 1 or not (asked or what or number):
        raise UsageError(
            "screen looks for one thing", expected="a NAME or FILE, or one of --vessel, --person, --entity, --imo"
        )
    table = what is not None and _is_table(what, name_column)
    session = Session(context, lists, only, day(on, "--on"), regime, decisions, by, cache=cache)
    if what is not None and table:
        from observance.cli.screen_bulk import screen_file

        columns = {"name": name_column, "imo": imo_column, **_columns(column)}
        screen_file(
            session,
            Path(what),
            columns={key: value for key, value in columns.items() if value},
            kind=kind,
            out=out,
            rejects=rejects,
            threshold=threshold,
            limit=limit,
            near=near,
            workers=workers,
            fresh=fresh,
            certificate=certificate,
            as_json=as_json,
        )
        return
    from observance.observations.screening import make_query
    from observance.observations.screening.asked import is_usable

    values = {
        "name": asked[0][1] if asked else what or "",
        "imo": imo,
        "imo_company": imo_company,
        "mmsi": mmsi,
        "callsign": callsign,
        "flag": flag,
        "country": country,
        "birth_date": birth_date,
        "identifier": identifier,
    }
    query, told = make_query(values, kind=asked[0][0] if asked else kind)
    if not is_usable(query):
        raise UsageError("nothing is left to look for", faults=tuple(told), step="correct it and ask again")
    for word in told:
        warn(word)
    found = session.ask(query, told, threshold=threshold, limit=limit)
    record = session.certificate([found], threshold=threshold, limit=limit) if certificate else None
    if as_json:
        from observance.observations.screening import plain_answer

        plain = plain_answer(found) if near else {**plain_answer(found), "near_misses": len(found.near)}
        emit_json({**plain, "lists": session.plain_lists(), **({"certificate": record} if record else {})})
    else:
        tell(found, session, near=near, threshold=threshold)
    if record is not None:
        session.file(record, out or Path(f"{record['id']}.json"), quiet=as_json)


def verify(
    context: typer.Context,
    file: Path = typer.Argument(..., help="Certificate, JSON or HTML."),
    lists: list[Path] = _LISTS,
    as_json: bool = _JSON,
) -> None:
    """Check a certificate: its seal, the lists it names, and the same questions asked again."""
    from observance.observations.screening import check_certificate, read_certificate

    plain = read_certificate(file.read_bytes(), name=file.name)
    versions = [read_file(path) for path in lists]
    if not lists:
        versions = all_versions(context)
    checks = check_certificate(plain, versions, program=program())
    if as_json:
        emit_json([{"what": one.what, "held": one.held, "said": one.said} for one in checks])
    else:
        for one in checks:
            word = {True: "ok", False: "FAILS", None: "not checked"}[one.held]
            say(f"{one.what}: {word}" + (f" ({one.said})" if one.said else ""))
    if any(one.held is False for one in checks):
        raise typer.Exit(1)


def decide(
    context: typer.Context,
    where: str = typer.Argument(..., metavar="LIST:REFERENCE", help="The entry of the hit, for example un:KPi.033."),
    name: str = typer.Option("", "--name", help="The name that was asked."),
    imo: str = typer.Option("", "--imo", help="The IMO number that was asked."),
    imo_company: str = typer.Option("", "--imo-company", help="The IMO company number that was asked."),
    birth_date: str = typer.Option("", "--birth-date", help="The birth date that was asked."),
    identifier: str = typer.Option("", "--identifier", help="The other number that was asked."),
    true: bool = typer.Option(False, "--true", help="It is the listed one."),
    false: bool = typer.Option(False, "--false", help="It is another one."),
    unsure: bool = typer.Option(False, "--unsure", help="It cannot be told yet."),
    reason: str = typer.Option(..., "--reason", help="Why; it is kept and shown."),
    lists: list[Path] = _LISTS,
    decisions: Path | None = typer.Option(None, "--decisions", help="File of decisions, without a workspace."),
    by: str = typer.Option("", "--by", help="Who decides (default: the account)."),
    as_json: bool = _JSON,
) -> None:
    """Keep what a reviewer decided on a hit; it is used again when the list changes."""
    from observance.errors import UsageError
    from observance.model import to_plain
    from observance.observations.screening import make_query
    from observance.observations.screening.asked import asked_key
    from observance.observations.screening.decisions import decide_on, keep_in_file

    chosen = [word for word, given in (("true", true), ("false", false), ("unsure", unsure)) if given]
    if len(chosen) != 1:
        raise UsageError("a decision is one of three", expected="one of --true, --false, --unsure")
    values = {
        "name": name,
        "imo": imo,
        "imo_company": imo_company,
        "birth_date": birth_date,
        "identifier": identifier,
    }
    query, told = make_query(values)
    if told or not asked_key(query):
        raise UsageError("say what was asked", faults=tuple(told), expected="--name or a number, as in the question")
    versions = [read_file(path) for path in lists] or all_versions(context)
    subject, citations, facts = decide_on(versions, where, asked_key(query))
    if decisions is not None:
        from observance.workspace import utc_now

        kept = keep_in_file(
            decisions, f"match_{chosen[0]}", subject, citations, facts, by=by or account(), at=utc_now(), reason=reason
        )
    else:
        from observance.workspace.deciding import decide as keep

        kept = keep(
            opened(context, by=by),
            f"match_{chosen[0]}",
            subject,
            reason=reason,
            about="list match",
            citations=citations,
            values=facts,
        )
    if as_json:
        emit_json(to_plain(kept))
    else:
        say(f"{kept.id}  {subject} is {chosen[0]} for {asked_key(query)!r}: {reason}")


def _columns(given: list[str]) -> dict[str, str]:
    from observance.errors import UsageError
    from observance.observations.screening.asked import FIELDS

    pairs = {}
    for pair in given:
        key, _equals, value = pair.partition("=")
        if key not in FIELDS or not value:
            raise UsageError("--column takes field=column", got=pair, expected="fields: " + ", ".join(FIELDS))
        pairs[key] = value
    return pairs


def _is_table(what: str, name_column: str | None) -> bool:
    path = Path(what)
    known = path.suffix.casefold() in _TABLES
    if name_column is not None or known:
        from observance.errors import UsageError

        if not path.is_file():
            raise UsageError("no such file", got=what)
        return True
    return False


def _calibrate(pairs: Path, out: Path | None, *, as_json: bool) -> None:
    from observance.observations.screening.calibration import calibrate, read_pairs
    from observance.observations.screening.curves import plot

    table = calibrate(read_pairs(pairs.read_bytes(), name=pairs.name))
    picture = out or pairs.with_suffix(".calibration.svg")
    from observance.store.files import write_whole

    write_whole(picture, plot(table).encode())
    if as_json:
        emit_json({**table.plain(), "plot": str(picture)})
        return
    for line in table.lines():
        say(line)
    say(str(picture))
