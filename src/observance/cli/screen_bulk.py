"""The bulk half of `observance screen`: a file of names in, a file of hits and a file of rejects out."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from observance.cli.output import emit_json, note, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observance.cli.screen_session import Session
    from observance.observations.screening.bulk import Tally


def screen_file(
    session: Session,
    path: Path,
    *,
    columns: dict[str, str],
    kind: str,
    out: Path | None,
    rejects: Path | None,
    threshold: float | None,
    limit: int,
    near: bool,
    workers: int,
    fresh: bool,
    certificate: bool,
    as_json: bool,
) -> None:
    """Screen every row of a file; good rows are kept whatever the others hold."""
    from observance.errors import UsageError
    from observance.model import content_id
    from observance.observations.screening.bulk import Job, hit_records, run_bulk
    from observance.observations.screening.sinks import HIT_COLUMNS, REJECT_COLUMNS, SUFFIXES, write_table
    from observance.observations.screening.sources import columns_of, read_rows, resolve_columns
    from observance.store.files import hash_file

    target = out or path.with_suffix(".hits.csv")
    if target.suffix.casefold() not in SUFFIXES:
        raise UsageError("no such output format", got=target.name, expected=", ".join(SUFFIXES))
    refused = rejects or target.with_name(f"{target.stem}.rejects{target.suffix}")
    if len({target.resolve(), refused.resolve(), path.resolve()}) < 3:
        raise UsageError("input, output and rejects are three files", got=str(target))
    found = resolve_columns(columns, columns_of(path))
    digest = hash_file(path)
    job = Job(
        screen=session.built,
        packs=session.packs,
        decisions=session.decisions,
        columns=found,
        kind=kind,
        threshold=threshold,
        limit=limit,
        near=near,
    )
    key = content_id(
        "bulk",
        {
            "input": digest,
            "lists": [str(version.sha256) for version in job.screen.versions],
            "day": session.day or "",
            "columns": found,
            "settings": [kind, threshold, limit, near],
            "decisions": sorted(decision.id for decision in session.decisions.values()),
        },
    )
    parts = [target.with_name(f".{target.name}.{word}") for word in ("hits.part", "rejects.part", "state")]
    tally = _run(
        run_bulk(
            job,
            read_rows(path),
            hits_part=parts[0],
            rejects_part=parts[1],
            state=parts[2],
            key=key,
            workers=workers or len(os.sched_getaffinity(0)),
            fresh=fresh,
        )
    )
    write_table(parts[0], target, HIT_COLUMNS)
    write_table(parts[1], refused, (*REJECT_COLUMNS, *dict.fromkeys(found.values())))
    record = None
    if certificate:
        bulk = {
            "file": path.name,
            "sha256": digest,
            "columns": ", ".join(f"{field}={column}" for field, column in found.items()),
            **{word: number for word, number in tally.plain().items() if word != "resumed"},
            "hits_sha256": hash_file(target),
        }
        bulk["hits_listed"] = hit_records(parts[0])
        record = session.certificate([], threshold=threshold, limit=limit, bulk=bulk)
    for part in parts:
        part.unlink(missing_ok=True)
    if as_json:
        emit_json(
            {
                **tally.plain(),
                "output": str(target),
                "rejects_file": str(refused),
                "lists": session.plain_lists(),
                **({"certificate": record} if record else {}),
            }
        )
    else:
        note(
            f"{tally.rows:,} rows: {tally.screened:,} screened against {session.named()}; "
            f"{tally.rows_with_hits:,} rows with {tally.hits:,} hits, {tally.near:,} near misses, "
            f"{tally.rejects:,} rejects"
            + (f"; {tally.resumed:,} rows were done by an earlier run" if tally.resumed else "")
        )
        if tally.rejects:
            note(f"rows with faults and their reasons: {refused}")
        say(str(target))
    if record is not None:
        session.file(record, target.with_name(f"{target.stem}.certificate.json"), quiet=as_json)


def _run(tallies: Iterator[Tally]) -> Tally:
    """Run to the end; a line of counts on stderr where it is a terminal."""
    last = next(tallies)
    if not sys.stderr.isatty():
        for tally in tallies:
            last = tally
        return last
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("screening")
        for tally in tallies:
            last = tally
            bar.update(task, description=f"{last.rows:,} rows, {last.hits:,} hits, {last.rejects:,} rejects")
    return last
