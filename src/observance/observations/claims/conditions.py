"""Facts beside a claim on which a paragraph may turn, each with its own span.

Approval, notification, origin, loading, purpose.

Patterns are data (`lexicon/conditions.yaml`); a fact holds for the claims of its sentence, or, where it speaks of
what was told just before ("the transfer was not reported to the Committee"), for those of the sentence before. That a
party is listed is told by a claim of type listing in the same document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from observance.observations.claims.draft import Draft, State
from observance.observations.claims.record import Condition

if TYPE_CHECKING:
    from observance.observations.claims.passage import Passage

_CARRIES = {
    "arms_transfer",
    "technology_assistance",
    "petroleum_delivery",
    "ship_to_ship",
    "trade",
    "commodity_export",
    "goods_import",
    "labour",
    "port_call",
    "finance",
    "seizure",
    "military_cooperation",
}


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str, bool, re.Pattern[str]], ...]:
    text = (
        resources.files("observance.observations.claims")
        .joinpath("lexicon/conditions.yaml")
        .read_text(encoding="utf-8")
    )
    rows = yaml.load(text, Loader=yaml.BaseLoader)["conditions"]  # noqa: S506  builds strings, lists and dicts only
    return tuple(
        (
            r["id"],
            r["value"],
            r.get("back") == "true",
            re.compile(r["pattern"], re.IGNORECASE if r["value"] not in {"STATE", "PLACE"} else 0),
        )
        for r in rows
    )


def conditions(state: State, passage: Passage, drafts: Iterable[Draft]) -> None:
    """Give each draft of a paragraph the facts told beside it."""
    told = [d for d in drafts if d.event.event in _CARRIES]
    text = passage.folded.text
    last: list[Draft] = []
    for sent in passage.doc.sents:
        here = [d for d in told if sent.start <= d.event.trigger < sent.end]
        words = text[sent.start_char : sent.end_char]
        for key, value, back, pattern in _rows():
            for found in pattern.finditer(words):
                span = passage.chars(sent.start_char + found.start(), sent.start_char + found.end())
                given = value
                if value in {"STATE", "PLACE"}:
                    name = next((g for g in found.groups() if g), "").strip()
                    hit = state.lexicon.state_pattern.match(name)
                    given = (
                        state.lexicon.states[hit.group(0)][0]
                        if value == "STATE" and hit
                        else name
                        if value == "PLACE"
                        else ""
                    )
                if not given:
                    continue
                owners = here or (last if back else [])
                for draft in owners:
                    if all(c.id != key for c in draft.conditions):
                        draft.conditions.append(
                            Condition(id=key, value=given, words=state.page.text[span[0] : span[1]], span=span)
                        )
        last = here or last


def listed_parties(state: State) -> None:
    """A party that the document says is designated is a listed one wherever it takes part."""
    listed: dict[str, tuple[Draft, str]] = {}
    for draft in state.drafts:
        if draft.event.event == "listing" and draft.modality == "asserted":
            for party in draft.parties:
                if party.role == "patient" and party.name != "?" and party.kind != "state":
                    listed.setdefault(party.name, (draft, party.name))
    for draft in state.drafts:
        if draft.event.event not in _CARRIES:
            continue
        for party in draft.parties:
            if party.name in listed:
                by = listed[party.name][0]
                span = by.passage.span(by.event.first, by.event.last)
                if all(c.id != "listed_party" for c in draft.conditions):
                    draft.conditions.append(
                        Condition(id="listed_party", value="yes", words=state.page.text[span[0] : span[1]], span=span)
                    )
