"""Roles that need more than a slot: workers and their employers, hosts, makers, meetings, bodies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.claims.grammar import (
    Slots,
    arguments,
    phrase,
    slot,
)
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.record import Party
from observance.observations.claims.things import Event, Thing

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage


def workers(passage: Passage, event: Event, slots: Slots, cast: Cast) -> None:
    """The State whose workers they are sends them; whoever takes or employs them is the employer."""
    verb = passage.doc[event.trigger].lemma_.lower()
    hosting = verb in {
        "employ",
        "hire",
        "host",
        "accept",
        "receive",
        "import",
        "keep",
        "house",
        "engage",
        "take",
        "recruit",
        "admit",
        "use",
        "exploit",
        "get",
        "acquire",
        "bring",
        "repatriate",
        "expel",
    }
    workers = [t for t in event.things if t.item.event == "labour"]
    for thing in workers:
        first, last = phrase(passage.doc[thing.token])
        of = [
            o.i
            for c in passage.doc[thing.token].children
            if c.dep_ == "prep" and c.lower_ in {"of", "from"}
            for o in c.children
            if o.dep_ == "pobj"
        ]
        for i in [*range(first, last + 1), *of]:
            if (
                i in passage.states
                and (passage.states[i].last == i or i in of)
                and not any(p.role == "supplier" for p in event.parties)
            ):
                party = resolve(passage, passage.doc[i], cast)
                if party is not None:
                    event.parties.append(replace(party, role="supplier"))
                break
    for n, party in enumerate(event.parties):
        if party.role == "sender_or_host":
            event.parties[n] = replace(
                party, role="employer" if hosting else ("vessel" if party.kind == "vessel" else "supplier")
            )
        if party.role == "employer" and party.kind == "place":
            event.parties[n] = replace(party, role="place")
    for name in ("to", "at", "for", "in"):
        for found in slot(slots, name):
            for child in found.children:
                if child.dep_ == "prep" and child.lower_ in {"in", "near", "at"}:
                    for town in child.children:
                        if (
                            town.dep_ == "pobj"
                            and town.i not in passage.clock
                            and (p := resolve(passage, town, cast, place=True)) is not None
                            and p.kind in {"place", "state"}
                            and all(q.span != p.span for q in event.parties)
                        ):
                            event.parties.append(replace(p, role="place"))
    if event.frame.id == "workers_act":
        event.parties = [p for p in event.parties if p.role != "worker"]


def troops(passage: Passage, event: Event, cast: Cast) -> None:
    """Whose soldiers they are sends them."""
    for thing in event.things:
        first, last = phrase(passage.doc[thing.token])
        for i in range(first, last + 1):
            if (
                i in passage.states
                and passage.states[i].last == i
                and not any(p.role == "supplier" and p.code for p in event.parties)
            ):
                party = resolve(passage, passage.doc[i], cast)
                if party is not None:
                    event.parties = [p for p in event.parties if p.role != "supplier"]
                    event.parties.append(replace(party, role="supplier"))


def meeting(passage: Passage, token: Token, event: Event, cast: Cast) -> None:
    """As in "Thanked him at a meeting": the two sides of the verb met."""
    if token.dep_ != "pobj" or token.head.lower_ not in {"at", "during", "in"}:
        return
    verb = token
    while verb.pos_ != "VERB" and verb.head.i != verb.i:
        verb = verb.head
    slots = arguments(verb)
    sides = slot(slots, "subj")[:1] + (slot(slots, "obj") or slot(slots, "iobj"))[:1]
    parties = [
        p for t in sides if (p := resolve(passage, t, cast)) is not None and p.kind in {"person", "state", "official"}
    ]
    if len(parties) == 2:
        event.parties.extend(replace(p, role="party") for p in parties)


def turned_to(passage: Passage, token: Token, event: Event, cast: Cast) -> None:
    """As in "Turned to X to obtain": X is asked to supply."""
    for up in token.ancestors:
        if up.pos_ == "VERB" and up.lemma_.lower() in {"turn", "look", "appeal", "approach"}:
            slots = arguments(up)
            for found in slot(slots, "to") or (slot(slots, "obj") if up.lemma_.lower() == "approach" else []):
                inside = [
                    t
                    for t in [found, *found.subtree]
                    if t.i in passage.states and passage.states[t.i].last == t.i and t.dep_ in {"pobj", "appos", "conj"}
                ]
                party = resolve(passage, inside[0], cast) if inside else None
                if party is not None and party.code not in {p.code for p in event.parties}:
                    event.parties.append(replace(party, role="supplier"))
                    return


def weapon_maker(passage: Passage, event: Event, cast: Cast) -> None:
    """As in "North Korean missiles" used by another: their maker is the supplier."""
    held = {p.code for p in event.parties}
    for thing in event.things:
        first, last = phrase(passage.doc[thing.token])
        for i in range(first, last + 1):
            if (
                i in passage.states
                and passage.states[i].last == i
                and passage.states[i].value not in held
                and passage.doc[i].dep_ in {"amod", "compound", "nmod"}
            ):
                party = resolve(passage, passage.doc[i], cast)
                if party is not None:
                    event.parties.append(replace(party, role="supplier"))
                    return


def thing_at(passage: Passage, token: Token) -> Thing:
    """The item told at a token."""
    hit = passage.items[token.i]
    return Thing(token.i, hit[1], hit[0].first, hit[0].last)


def military(passage: Passage, event: Event, cast: Cast) -> None:
    """Military cooperation as such is of arms in general; troops and training say so themselves."""
    words = passage.words(event.first, event.last).lower()
    if re.search(r"\b(?:military|defen[cs]e|arms|security)\b", words) and not re.search(
        r"training|drill|exercise|troop|soldier", words
    ):
        item = next(i for i in cast.lexicon.items if i.id == "arms_all")
        event.things = [Thing(event.trigger, item, event.first, event.last)]


def visit(passage: Passage, event: Event, slots: Slots) -> None:
    """A host who goes along is of the State where it happens; a site of space flight is an item."""
    for found in slot(slots, "obj") + slot(slots, "to"):
        for child in [found, *(c for c in found.children if c.dep_ == "appos")]:
            first, _ = phrase(child)
            for i in range(first, child.i + 1):
                if (
                    i in passage.items
                    and passage.items[i][1].id in {"space_launch", "satellite_technology"}
                    and not event.things
                ):
                    event.things.append(thing_at(passage, passage.doc[i]))
    visitors = [n for n, p in enumerate(event.parties) if p.role == "visitor"]
    places = {p.code for p in event.parties if p.role == "place" and p.code}
    for found in slot(slots, "obj") + slot(slots, "to"):
        places |= {passage.states[c.i].value for c in found.subtree if c.i in passage.states}
    if len(visitors) > 1:
        for n in visitors[1:]:
            if event.parties[n].code in places:
                event.parties[n] = replace(event.parties[n], role="host")


def institution(passage: Passage, event: Event, cast: Cast) -> None:
    """The body of which a vote or an end tells, as an item."""
    item = next(i for i in cast.lexicon.items if i.id == "institution")
    for token in passage.doc[event.trigger].subtree:
        if token.lemma_.lower() in {
            "panel",
            "committee",
            "mandate",
            "body",
            "commission",
            "team",
            "investigation",
            "council",
        }:
            event.things = [Thing(token.i, item, token.i, token.i)]
            return


def compound_item(passage: Passage, token: Token, event: Event) -> None:
    """As in "missile launch": the thing before the noun."""
    first, last = phrase(token)
    for i in range(last, first - 1, -1):
        held = passage.items.get(i)
        if held is not None and i != token.i and all(t.token != i for t in event.things):
            event.things.append(Thing(i, held[1], held[0].first, held[0].last))
            return
        if passage.doc[i].lower_ == "nuclear" and not event.things and i < token.i:
            return


def drop_doubles(event: Event) -> None:
    """Keep each party once in a role."""
    seen: set[tuple[str, str, object]] = set()
    kept: list[Party] = []
    for party in event.parties:
        key = (party.role, party.name if party.name != "?" else "?", party.span if party.name == "?" else party.code)
        if key in seen:
            continue
        seen.add(key)
        kept.append(party)
    event.parties = kept
