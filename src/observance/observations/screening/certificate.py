"""A check that can be filed: what was asked, when, against which list versions by hash, with what result.

A check that finds nothing is a result too. The certificate's id is the hash of its content: a changed one shows.
Checking holds it against the lists themselves and asks the same again where they are at hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from observance.errors import FormatError
from observance.model import content_id, to_plain
from observance.observations.screening.answer import Answer, plain_answer

if TYPE_CHECKING:
    from observance.evidence.lists import ListVersion
    from observance.observations.matches import Parameters

__all__ = ["ENGINE", "FORMAT", "Check", "certificate", "check_certificate", "read_certificate", "seal"]

FORMAT = "observance-certificate/1"
ENGINE = "observance.matches"
_EMBEDDED = re.compile(r'<script type="application/json" id="certificate">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was checked: what, whether it held, and a word about it. `held` None: could not be checked."""

    what: str
    held: bool | None
    said: str = ""


def certificate(
    answers: Sequence[Answer],
    versions: Sequence[ListVersion],
    *,
    parameters: Parameters,
    threshold: float,
    limit: int,
    at: datetime,
    by: str,
    program: str,
    day: str | None = None,
    delistings: Mapping[str, str] | None = None,
    bulk: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """The certificate as plain values, sealed with its id.

    Args:
        answers: to the questions, in order; none for a bulk run, which `bulk` describes.
        versions: the list versions that were asked.
        parameters: of the engine.
        threshold: score from which a name is a hit.
        limit: most hits of one kind (hits, near misses) that were kept for a question.
        at: UTC time of the check.
        by: who asked.
        program: version of the program.
        day: the day asked for, where not the newest lists were wanted.
        delistings: entry id to the day of a delisting that a person confirmed; such entries were not asked.
        bulk: counts, file name, hashes and hits of a bulk run.
    """
    asked, hits, near = len(answers), sum(len(one.hits) for one in answers), sum(len(one.near) for one in answers)
    if bulk:
        asked, hits, near = (int(str(bulk[key])) for key in ("screened", "hits", "near"))
    decided = {hit.decision.id: hit.decision for found in answers for hit in found.hits + found.near if hit.decision}
    plain: dict[str, Any] = {
        "format": FORMAT,
        "made_at": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "by": by,
        "engine": {"name": ENGINE, "program": program, "parameters": asdict(parameters)},
        "threshold": threshold,
        "limit": limit,
        **({"day": day} if day else {}),
        **({"delistings": dict(delistings)} if delistings else {}),
        "lists": [
            {
                "list_id": version.list_id,
                "adapter": version.adapter,
                "date": version.date,
                "date_source": version.date_source,
                "sha256": str(version.sha256),
                "entries": len(version.entries),
                "names": sum(len(entry.names) for entry in version.entries),
                "file": version.name,
            }
            for version in versions
        ],
        "result": {"asked": asked, "hits": hits, "near_misses": near, "statement": _statement(asked, hits, near)},
        "answers": [plain_answer(found) for found in answers],
        "decisions": [to_plain(decision) for decision in decided.values()],
        **({"bulk": dict(bulk)} if bulk else {}),
    }
    return seal(plain)


def seal(plain: dict[str, Any]) -> dict[str, Any]:
    """The certificate with its id, which is the hash of everything else in it."""
    rest = {key: value for key, value in plain.items() if key != "id"}
    return {"id": content_id("cert", rest), **rest}


def _statement(asked: int, hits: int, near: int) -> str:
    subject = "one name" if asked == 1 else f"{asked:,} names"
    if not hits:
        found = "nothing at or above the threshold"
    else:
        found = f"{hits:,} hit{'s' if hits > 1 else ''} at or above the threshold"
    return f"{subject} checked; {found}; {near:,} near miss{'es' if near != 1 else ''} below it"


def read_certificate(data: bytes, *, name: str) -> dict[str, Any]:
    """A certificate from its JSON file, or from the HTML page that carries it.

    Raises:
        FormatError: neither.
    """
    try:
        text = data.decode("utf-8")
        if text.lstrip().startswith("<"):
            embedded = _EMBEDDED.search(text)
            if not embedded:
                raise FormatError("this page carries no certificate", where=name)
            text = embedded[1].replace("\\u003c", "<")
        plain = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise FormatError("this is no certificate", where=name, got=str(fault)) from None
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise FormatError("this is no certificate", where=name, expected=f"format {FORMAT}")
    return plain


def check_certificate(plain: dict[str, Any], versions: Iterable[ListVersion], *, program: str) -> list[Check]:
    """Check a certificate: its seal, the lists it names against those at hand, and the same questions asked again."""
    checks = [Check(what="seal", held=seal(plain)["id"] == plain.get("id"), said=str(plain.get("id", "")))]
    held = {str(version.sha256): version for version in versions}
    chosen = []
    for named in plain.get("lists", []):
        label = f"list {named['list_id']} of {named['date']}"
        found = held.get(named["sha256"])
        if found is None:
            checks.append(Check(what=label, held=None, said=f"not at hand: sha256 {named['sha256']}"))
            continue
        counted = len(found.entries) == named["entries"]
        checks.append(Check(what=label, held=counted, said=f"sha256 {named['sha256']}, {named['entries']} entries"))
        chosen.append(found)
    checks.append(_again(plain, chosen, program))
    return checks


def _again(plain: dict[str, Any], versions: list[ListVersion], program: str) -> Check:
    what = "asked again"
    if len(versions) < len(plain.get("lists", [])):
        return Check(what=what, held=None, said="not all lists are at hand")
    if plain.get("bulk") and not plain["answers"]:
        return Check(what=what, held=None, said="a bulk run: run it again on the file with the hash that is stated")
    from observance.observations.matches import Parameters, screen_many
    from observance.observations.screening.asked import query_of
    from observance.observations.screening.subjects import build_screen

    if plain["engine"]["program"] != program:
        other = f"made with program {plain['engine']['program']}, this is {program}"
    else:
        other = ""
    screen = build_screen(
        versions,
        Parameters(**plain["engine"]["parameters"]),
        day=plain.get("day"),
        delistings=plain.get("delistings"),
    )
    queries = [query_of(one["asked"]) for one in plain["answers"]]
    differing = []
    found_all = screen_many(screen.index, queries, limit=plain["limit"], threshold=plain["threshold"])
    for one, found in zip(plain["answers"], found_all, strict=True):
        was = sorted((f"{hit['list_id']}:{hit['reference']}", hit["score"]) for hit in one["hits"])
        now = sorted((hit.entity_id.partition("#")[0], hit.score) for hit in found.hits)
        if was != now:
            differing.append(str(one["asked"].get("name") or one["asked"].get("imo")))
    if differing:
        return Check(
            what=what, held=False, said="; ".join(filter(None, [other, "other hits for " + ", ".join(differing[:5])]))
        )
    return Check(what=what, held=True, said=other or f"{len(queries)} question(s), the same hits and scores")
