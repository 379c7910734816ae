"""Bulk screening: rows in, hits out, in the order of the rows, on all cores, and on again where a run was stopped.

Hits and rejects go as JSON lines into two part files beside the output. After each batch the parts are on the disk and
a small state file says how far they are; a run with the same input, lists and settings cuts the parts to that point
and goes on. At the end the parts are turned into the format of the output's suffix and removed.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from observance.errors import StoreError
from observance.observations.screening.answer import Answer, answer
from observance.observations.screening.asked import is_usable, make_query
from observance.observations.screening.sources import Row

if TYPE_CHECKING:
    from observance.model import Decision
    from observance.observations.screening.subjects import Screen
    from observance.packs import Pack

__all__ = ["BATCH", "Job", "Tally", "hit_records", "hit_rows", "run_bulk", "screen_rows"]

BATCH = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a run does with every row.

    Attributes:
        screen: the lists.
        packs: whose measures are shown.
        decisions: hit id to the last decision.
        columns: field to column.
        kind: person, entity or vessel, where all rows are of one kind.
        threshold: score of a hit; None is the engine's own.
        limit: most hits of a row.
        near: whether near misses are written too.
    """

    screen: Screen
    packs: tuple[Pack, ...] = ()
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    columns: Mapping[str, str]
    kind: str = ""
    threshold: float | None = None
    limit: int = 5
    near: bool = False


@dataclass(slots=True)
class Tally:
    """What a run did: rows read, rows screened, rows with a hit, hits, near misses, rejects; rows done before it."""

    rows: int = 0
    screened: int = 0
    rows_with_hits: int = 0
    hits: int = 0
    near: int = 0
    rejects: int = 0
    resumed: int = 0

    def add(self, other: Mapping[str, int]) -> None:
        """Add counts by name."""
        for key, number in other.items():
            setattr(self, key, getattr(self, key) + number)

    def plain(self) -> dict[str, int]:
        """The counts by name."""
        return {key: getattr(self, key) for key in self.__slots__}


_JOB: Job | None = None


def _adopt(job: Job) -> None:
    # With fork the job (and its index) is the parent's memory; with spawn it is sent once a process.
    global _JOB  # noqa: PLW0603  the one way to hand a pool's workers something large
    _JOB = job


def _work(rows: Sequence[Row]) -> tuple[bytes, bytes, dict[str, int]]:
    if _JOB is None:
        raise StoreError("a worker has no job", step="run it again with --workers 1")
    return screen_rows(_JOB, rows)


def screen_rows(job: Job, rows: Sequence[Row]) -> tuple[bytes, bytes, dict[str, int]]:
    """Hits and rejects of some rows as JSON lines, and the counts."""
    from observance.observations.matches import screen_many

    hits: list[dict[str, Any]] = []
    rejects: list[dict[str, Any]] = []
    tally = dict.fromkeys(("rows", "screened", "rows_with_hits", "hits", "near", "rejects"), 0)
    asked = []
    used = set(job.columns.values())
    for row in rows:
        tally["rows"] += 1
        values = {key: row.cells.get(column, "") for key, column in job.columns.items()}
        query, told = make_query(values, kind=job.kind)
        faults: list[str] = [*row.faults, *told]
        usable = is_usable(query)
        if not usable and not faults:
            faults = ["nothing to look for: the columns are empty"]
        if faults:
            tally["rejects"] += 1
            rejects.append(
                {
                    "row": row.number,
                    "line": row.line,
                    "reason": "; ".join(faults),
                    "screened": "in part" if usable else "no",
                    **{column: value[:200] for column, value in row.cells.items() if column in used},
                }
            )
        if usable:
            asked.append((row, query, told))
            tally["screened"] += 1
    found_all = screen_many(
        job.screen.index, [query for _row, query, _told in asked], limit=job.limit, threshold=job.threshold
    )
    for (row, _query, told), found in zip(asked, found_all, strict=True):
        tally["near"] += len(found.near_misses)
        if not found.hits and not (job.near and found.near_misses):
            continue
        # Near misses are counted; words for them are made only where they are written.
        told_of = found if job.near else replace(found, near_misses=())
        made = answer(job.screen, told_of, packs=job.packs, decisions=job.decisions, told=told)
        tally["rows_with_hits"] += bool(made.hits)
        tally["hits"] += len(made.hits)
        hits += hit_rows(row, made, near=job.near)
    return _lines(hits), _lines(rejects), tally


def hit_rows(row: Row, found: Answer, *, near: bool) -> Iterator[dict[str, Any]]:
    """One flat record a hit: the question, the entry, the reasons, the measures, the cell."""
    query = found.query
    for status, hits in (("hit", found.hits), ("near miss", found.near if near else ())):
        for hit in hits:
            selector: Any = hit.citation.selector
            yield {
                "row": row.number,
                "status": status,
                "asked_name": query.name,
                "asked_imo": query.imo,
                "score": hit.score,
                "list": hit.list_id,
                "list_date": hit.version,
                "reference": hit.reference,
                "kind": hit.kind,
                "listed_name": hit.primary,
                "matched_name": hit.matched,
                "quality": hit.quality,
                "rule": hit.rule,
                "alignment": "; ".join(hit.alignment),
                "for": "; ".join(hit.speaks_for),
                "against": "; ".join(hit.speaks_against),
                "listed_on": hit.listed_on,
                "programme": hit.programme,
                "sets_off": " ".join(duty.measure for duty in hit.measures if duty.way == "set_off"),
                "looks_at": " ".join(duty.measure for duty in hit.measures if duty.way == "looks_at"),
                "decision": hit.decision.kind.removeprefix("match_") if hit.decision else "",
                "decision_reason": hit.decision.reason if hit.decision else "",
                "entry_changed": "yes" if hit.changed else "",
                "note": hit.note,
                "hit": hit.id,
                "list_row": selector.row,
                "list_field": selector.field,
                "list_sha256": str(hit.citation.evidence),
            }


def hit_records(part: Path, most: int = 2_000) -> list[dict[str, Any]]:
    """The first records of a part file, for a certificate; the file of hits and its hash hold all of them."""
    with part.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in islice(handle, most)]


def _lines(records: Sequence[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records).encode()


def run_bulk(
    job: Job,
    rows: Iterator[Row],
    *,
    hits_part: Path,
    rejects_part: Path,
    state: Path,
    key: str,
    workers: int,
    fresh: bool = False,
) -> Iterator[Tally]:
    """Screen all rows; yields the tally so far after each batch, for a progress bar.

    Args:
        job: what to do.
        rows: in order.
        hits_part: JSON lines of hits.
        rejects_part: JSON lines of rejects.
        state: the file that says how far the parts are.
        key: hash of input, lists and settings: only a run with the same key goes on.
        workers: processes; 1 works in this one.
        fresh: start again whatever the state says.

    Raises:
        StoreError: the parts cannot be written.
    """
    done = {} if fresh else _read_state(state, key)
    tally = Tally()
    tally.add(done.get("tally", {}))
    tally.resumed = tally.rows
    with _opened(hits_part, done.get("hits", 0)) as hits, _opened(rejects_part, done.get("rejects", 0)) as rejects:
        # Skipping reads the rows again but screens none of them.
        rest = islice(rows, tally.rows, None)
        for part_hits, part_rejects, counts in _in_order(job, rest, workers):
            hits.write(part_hits)
            rejects.write(part_rejects)
            for handle in (hits, rejects):
                handle.flush()
                os.fsync(handle.fileno())
            tally.add(counts)
            _write_state(state, key, hits.tell(), rejects.tell(), tally)
            yield tally
    yield tally


def _in_order(job: Job, rows: Iterator[Row], workers: int) -> Iterator[tuple[bytes, bytes, dict[str, int]]]:
    batches = iter(lambda: list(islice(rows, BATCH)), [])
    if workers <= 1:
        for batch in batches:
            yield screen_rows(job, batch)
        return
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    _adopt(job)
    with ProcessPoolExecutor(workers, mp_context=get_context(method), initializer=_adopt, initargs=(job,)) as pool:
        yield from _window(pool, batches, 2 * workers + 2)


def _window(pool: Executor, batches: Iterator[list[Row]], width: int) -> Iterator[tuple[bytes, bytes, dict[str, int]]]:
    """At most `width` batches under way, so that a file of any length needs the memory of a few batches."""
    waiting: deque[Future[tuple[bytes, bytes, dict[str, int]]]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_work, batch))
        if len(waiting) >= width:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _read_state(state: Path, key: str) -> dict[str, Any]:
    try:
        held = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) and held.get("key") == key else {}


def _write_state(state: Path, key: str, hits: int, rejects: int, tally: Tally) -> None:
    counts = {name: number for name, number in tally.plain().items() if name != "resumed"}
    temporary = state.with_name(state.name + ".new")
    temporary.write_text(json.dumps({"key": key, "hits": hits, "rejects": rejects, "tally": counts}), encoding="utf-8")
    temporary.replace(state)


def _opened(path: Path, size: int) -> BinaryIO:
    """The part file cut to what the state vouches for; a part that is shorter than that is started again."""
    handle = path.open("r+b") if path.exists() else path.open("w+b")
    handle.seek(0, os.SEEK_END)
    if handle.tell() < size:
        handle.close()
        raise StoreError(
            "the part file is shorter than its state says", where=str(path), step="start again with --fresh"
        )
    handle.truncate(size)
    handle.seek(size)
    return handle
