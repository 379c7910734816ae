"""Judging: the observations of a view held against the measures of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from observance.evidence.ledger import Entry
from observance.model.canonical import sha256_bytes
from observance.model.codec import to_plain
from observance.store.files import jsonl_bytes, write_whole

if TYPE_CHECKING:
    from observance.model.judgement import Judgement
    from observance.model.observation import Observation
    from observance.packs import Pack
    from observance.workspace import Workspace
    from observance.workspace.finding import View

__all__ = ["judge_all", "keep_judgements"]


def judge_all(
    workspace: Workspace, observations: Sequence[Observation], pack: Pack, *, on: str | None
) -> list[Judgement]:
    """Every observation against every measure that could speak of it, by the law of its day or of `on`.

    Two facts come from beside an observation: the way between parties where other passages tell it (shown as
    inferred), and that a ship or party by its number stood on the regime's own list on the day of the act.
    """
    from observance.findings import RegimeView, inferred_directions
    from observance.measures import facts_from_observation, judge
    from observance.workspace.regimes import view_of

    regime: RegimeView = view_of(pack)
    published = {str(sha): record.meta.published for sha, record in workspace.archive_.records().items()}
    ways = inferred_directions(observations, regime, published)
    listed = listed_numbers(observations)
    day = date.fromisoformat(on) if on else None
    judged: list[Judgement] = []
    for one in observations:
        facts = facts_from_observation(
            one, pack.vocabulary, direction=ways.get(one.id), conditions=_listing(one, listed)
        )
        judged += judge(facts, pack, on=day)
    return sorted(judged, key=lambda judgement: (judgement.subject, judgement.measure, judgement.id))


def listed_numbers(observations: Sequence[Observation]) -> dict[str, str]:
    """Numbers that stand on the regime's own lists, with the day of listing, from list matches in the evidence."""
    found: dict[str, str] = {}
    for one in observations:
        if one.kind != "match" or ("own_list", "yes") not in one.attributes or one.date is None:
            continue
        for party in one.participants:
            for number in party.identifiers:
                key = str(number)
                found[key] = min(found.get(key, one.date.value), one.date.value)
    return found


def _listing(one: Observation, listed: dict[str, str]) -> dict[str, str]:
    """That a party was listed on the day of the act: only where number, day of the act and day of listing are known."""
    if one.kind == "match" or one.date is None or len(one.date.value) != len("2024-01-01"):
        return {}
    days = [listed[str(number)] for party in one.participants for number in party.identifiers if str(number) in listed]
    return {"listed_party": "yes"} if days and min(days) <= one.date.value else {}


def keep_judgements(workspace: Workspace, view: View) -> None:
    """Write the judgements of a view as one file with a ledger line; the same content is written once."""
    data = jsonl_bytes(to_plain(judged) for judged in view.judgements)
    digest = sha256_bytes(data)
    path = f"judgements/{'+'.join(pack.id for pack in view.packs)}-{digest[:16]}.jsonl"
    if path in workspace.ledger.artefacts():
        return
    write_whole(workspace.root / path, data)
    workspace.ledger.add(
        [
            Entry(
                act="judged",
                at=workspace.clock(),
                by=workspace.operator,
                data={
                    "packs": [pack.ref for pack in view.packs],
                    "on": view.on,
                    "as_of": view.as_of,
                    "count": len(view.judgements),
                    "path": path,
                    "sha256": digest,
                },
            )
        ]
    )
