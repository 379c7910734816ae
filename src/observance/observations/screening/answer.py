"""A hit as a person reads it: list, entry, name and its quality, rule, alignment, for and against, measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observance.evidence.lists import cite
from observance.model import Citation, content_id, to_plain
from observance.observations.screening.asked import asked_key, plain_query
from observance.observations.screening.duties import Duty, duties, is_own
from observance.observations.screening.standing import standing_note

if TYPE_CHECKING:
    from observance.model import Decision
    from observance.observations.matches import Aligned, Hit, Query, Screened
    from observance.observations.screening.subjects import Screen
    from observance.packs import Pack

__all__ = ["Answer", "ListHit", "answer", "hit_id", "plain_answer", "plain_hit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHit:
    """One listed entry that matched.

    Attributes:
        id: `hit-` and a hash of list, reference and what was asked; the same when the list changes.
        list_id: key of the list.
        version: its day.
        reference: the issuer's reference.
        kind: person, entity, vessel or aircraft.
        primary: primary name of the entry.
        matched: the name that matched, as the list has it.
        quality: its quality, with its kind, for example `low alias`.
        rule: what made it a match.
        alignment: readable steps, for example `shpg = shipping (abbreviation)`.
        speaks_for: facts beside the name that speak for it.
        speaks_against: and against it.
        score: 0 to 1.
        listed_on: the listing's own day.
        programme: the issuer's regime or programme.
        measures: what the listing sets off, from the packs.
        note: a word, for example that the list is a State's own.
        decision: what a reviewer decided on this question and entry.
        changed: True where the entry has other facts than when it was decided on.
        citation: the cell.
    """

    id: str
    list_id: str
    version: str
    reference: str
    kind: str
    primary: str
    matched: str
    quality: str
    rule: str
    alignment: tuple[str, ...]
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    score: float
    listed_on: str
    programme: str
    measures: tuple[Duty, ...]
    note: str
    decision: Decision | None
    changed: bool
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question: hits at or above the threshold, near misses below it, and what was not used of it."""

    query: Query
    hits: tuple[ListHit, ...]
    near: tuple[ListHit, ...]
    told: tuple[str, ...] = ()


def hit_id(list_id: str, reference: str, asked: str) -> str:
    """Id of a hit: stays when the list changes."""
    return content_id("hit", [list_id, reference, asked])[:16]


def answer(
    screen: Screen,
    found: Screened,
    *,
    packs: Iterable[Pack] = (),
    decisions: Mapping[str, Decision] | None = None,
    told: Iterable[str] = (),
) -> Answer:
    """Put words, measures and decisions to what the engine found.

    Args:
        screen: the lists.
        found: the engine's answer.
        packs: regimes whose measures are shown.
        decisions: hit id to the last decision on it.
        told: what was left out of the question.
    """
    known = tuple(packs)

    def made(hit: Hit) -> ListHit:
        return _hit(screen, hit, found.query, known, decisions or {})

    return Answer(
        query=found.query,
        hits=_ranked(made(hit) for hit in found.hits),
        near=_ranked(made(hit) for hit in found.near_misses),
        told=tuple(told),
    )


def _ranked(hits: Iterable[ListHit]) -> tuple[ListHit, ...]:
    """Best first; of equal scores the one that more speaks for, then the one that sets something off."""
    return tuple(
        sorted(hits, key=lambda hit: (-hit.score, len(hit.speaks_against) - len(hit.speaks_for), -len(hit.measures)))
    )


def _hit(screen: Screen, hit: Hit, query: Query, packs: tuple[Pack, ...], decisions: Mapping[str, Decision]) -> ListHit:
    version, entry = screen.entries[hit.entity_id]
    cell = screen.cell(hit, query)
    name = next((one for one in entry.names if one.value == hit.name), entry.names[0])
    ident = hit_id(version.list_id, entry.reference, asked_key(query))
    decision = decisions.get(ident)
    own = is_own(version.list_id, packs)
    notes = [standing_note(screen.held, version, entry, screen.day)]
    if own is False:
        notes.append("a State's own list: sets off no duty of this regime")
        if entry.crosswalk:
            notes.append(f"it carries out the UN entry {entry.crosswalk}")
    return ListHit(
        id=ident,
        list_id=version.list_id,
        version=version.date,
        reference=entry.reference,
        kind=entry.kind,
        primary=entry.name,
        matched=name.value,
        quality=" ".join(dict.fromkeys(part for part in (name.quality, name.kind.replace("_", " ")) if part)),
        rule=hit.rule,
        alignment=tuple(_step(step) for step in hit.alignment),
        speaks_for=tuple(_fact(one.field, one.asked, one.listed) for one in hit.qualifiers if one.speaks == "for"),
        speaks_against=tuple(
            _fact(one.field, one.asked, one.listed) for one in hit.qualifiers if one.speaks == "against"
        ),
        score=hit.score,
        listed_on=entry.listed_on,
        programme=entry.programme,
        measures=duties(version.list_id, entry, packs),
        note="; ".join(note for note in notes if note),
        decision=decision,
        changed=decision is not None and dict(decision.values).get("facts", "") != entry_facts(entry.fields),
        citation=cite(version, entry, cell or name),
    )


def entry_facts(fields: tuple[tuple[str, str], ...]) -> str:
    """A hash of the facts of an entry, so that a decision knows when they changed."""
    return content_id("facts", [list(pair) for pair in fields])


def _step(step: Aligned) -> str:
    if step.why == "only asked":
        return f"{step.asked} (only asked)"
    if step.why == "only listed":
        return f"{step.listed} (only listed)"
    if step.why == "equal":
        return step.asked
    return f"{step.asked} = {step.listed} ({step.why})"


def _fact(field: str, asked: str, listed: str) -> str:
    return f"{field} {asked}" if asked == listed else f"{field}: asked {asked}, listed {listed or 'none'}"


def plain_hit(hit: ListHit) -> dict[str, object]:
    """A hit as plain values for JSON and tables."""
    plain: dict[str, object] = to_plain(hit)
    plain["measures"] = [to_plain(duty) for duty in hit.measures]
    if not hit.changed:
        plain.pop("changed", None)
    return plain


def plain_answer(found: Answer) -> dict[str, object]:
    """An answer as plain values."""
    return {
        "asked": plain_query(found.query),
        "hits": [plain_hit(hit) for hit in found.hits],
        "near_misses": [plain_hit(hit) for hit in found.near],
        **({"told": list(found.told)} if found.told else {}),
    }
