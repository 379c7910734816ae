"""`observance judge`: hold what is told against the paragraphs in force on the day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from observance.measures import Decided
    from observance.packs import Pack


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("judge")
    def judge_command(
        context: typer.Context,
        observations: Path | None = typer.Option(
            None, "--observations", help="A JSONL file of incidents, or a cases.yaml; needs no workspace."
        ),
        regime: str = typer.Option(
            "dprk-1718", "--regime", help="With --observations: id of a regime pack, or a folder that holds one."
        ),
        on: str | None = typer.Option(None, "--on", help="Judge by the law of this day, not of the day of the act."),
        as_of: str | None = typer.Option(None, "--as-of", help="Of a workspace: what had been published by this day."),
        explain: bool = typer.Option(False, "--explain", help="Print the tree of conditions of every verdict."),
        as_json: bool = typer.Option(False, "--json", help="One JSON object a record."),
    ) -> None:
        """Judge observations: a verdict for every paragraph that they come near, with its reasons."""
        if observations is None:
            _workspace(context, on=on, as_of=as_of, explain=explain, as_json=as_json)
            return
        _file(observations, regime=regime, on=on, explain=explain, as_json=as_json)


def _workspace(context: typer.Context, *, on: str | None, as_of: str | None, explain: bool, as_json: bool) -> None:
    from itertools import groupby

    from observance.cli.output import emit_json, say
    from observance.cli.session import day, opened
    from observance.measures import judgement_lines
    from observance.model import to_plain

    view = opened(context).view(on=day(on, "--on"), as_of=day(as_of, "--as-of"))
    rows = sorted(view.judgements, key=lambda row: row.subject)
    for subject, group in groupby(rows, key=lambda row: row.subject):
        judgements = list(group)
        if as_json:
            emit_json({"id": subject, "judgements": [to_plain(row) for row in judgements]}, indent=None)
        elif explain:
            say(subject)
            for row in judgements:
                for line in judgement_lines(row, view.pack):
                    say(f"  {line}")
            say()
        else:
            say(f"{subject}: {_words((str(row.measure), row.verdict, row.missing) for row in judgements)}")


def _file(path: Path, *, regime: str, on: str | None, explain: bool, as_json: bool) -> None:
    from observance.cli.output import emit_json, say, warn
    from observance.cli.values import day_of, pack_of
    from observance.errors import FormatError, ObservanceError
    from observance.measures import decide, judge
    from observance.measures import explain as tree
    from observance.measures.batch import read_file
    from observance.model import to_plain

    pack, day = pack_of(regime), day_of(on)
    faults: list[FormatError] = []
    for facts in read_file(path, pack.vocabulary, seen_from=None):
        if isinstance(facts, FormatError):
            faults.append(facts)
            continue
        for caveat in facts.caveats if not explain else ():
            warn(f"{facts.id}: {caveat}")
        if explain:
            judgements = judge(facts, pack, on=day)
            if as_json:
                emit_json({"id": facts.id, "judgements": [to_plain(row) for row in judgements]}, indent=None)
            else:
                for line in tree(facts, pack, judgements):
                    say(line)
                say()
            continue
        rows = decide(facts, pack, on=day)
        if as_json:
            emit_json({"id": facts.id, "measures": [_row(row, pack) for row in rows]}, indent=None)
        else:
            say(f"{facts.id}: {_words((row.measure, row.verdict, row.missing) for row in rows)}")
    if faults:
        raise ObservanceError(
            f"{len(faults)} record(s) could not be read; all others were judged",
            where=str(path),
            faults=tuple(line for fault in faults for line in str(fault).splitlines()),
            step="mend them and judge again",
        )


def _words(rows: Iterable[tuple[str, str, str | None]]) -> str:
    """Verdicts in a line: what is said first, then the records that came near and say nothing."""
    told, silent = [], []
    for measure, verdict, missing in rows:
        if verdict == "none":
            silent.append(measure)
        else:
            told.append(f"{measure} {verdict}" + (f" ({missing})" if missing else ""))
    if silent:
        told.append(f"none: {', '.join(silent)}")
    return "; ".join(told) or "no record comes near"


def _row(row: Decided, pack: Pack) -> dict[str, object]:
    """One verdict in the format of incident predictions, with how far its record may be trusted."""
    measure = pack.measures[row.measure]
    told = {
        "id": row.measure,
        "verdict": row.verdict,
        "role": row.role,
        "exemption": row.exemption,
        "missing": row.missing,
        "question": row.question,
        "dispute": measure.status_dispute if measure.status == "in_force_disputed" else None,
        "content_confidence": measure.content_confidence,
        "paragraph_confidence": measure.paragraph_confidence,
        "unsigned": measure.unsigned,
    }
    return {key: value for key, value in told.items() if value is not None}
