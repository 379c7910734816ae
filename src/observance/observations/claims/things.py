"""What fills a slot: the items that a noun phrase names, and the kinds that a filler counts as."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observance.observations.claims.grammar import (
    conjuncts,
    phrase,
)
from observance.observations.claims.lexicon import Frame, ItemClass
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.record import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage

_MONITORS = {"Panel of Experts", "1718 Committee", "IAEA", "Multilateral Sanctions Monitoring Team"}
TECHNOLOGY = "technology_assistance"
_NOT_TECH = {
    "imagery",
    "image",
    "photo",
    "photograph",
    "picture",
    "data",
    "launch",
    "track",
    "phone",
    "operator",
    "company",
    "analysis",
    "feed",
    "test",
}
_ARMS = (
    "munitions",
    "arms_all",
    "arms_heavy",
    "small_arms",
    "missiles",
    "drones",
    "arms_parts",
    "ballistic_missile_items",
    "missile_components",
)


@dataclass(slots=True)
class Thing:
    """An item told at a token."""

    token: int
    item: ItemClass
    first: int
    last: int


@dataclass(slots=True)
class Event:
    """A frame found at a trigger, before source and modality."""

    trigger: int
    first: int
    last: int
    frame: Frame
    event: str
    parties: list[Party] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    tokens: set[int] = field(default_factory=set)
    open_slots: set[str] = field(default_factory=set)
    exchange: bool = False


_MONEY = {"$", "million", "billion", "dollar", "dollars", "euro", "euros", "worth"}
_PARTS = {"component", "part", "equipment", "material", "item", "machinery", "product"}


def _parts_for_arms(passage: Passage, token: Token) -> Thing | None:
    """As in "components for its ballistic missile programme": parts of arms, whatever they are."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "for":
            for aim in child.children:
                held = passage.items.get(aim.i)
                if held is not None and (held[1].id in _ARMS or "missile" in held[0].words.lower()):
                    parts = ItemClass(id="missile_components", event="arms_transfer", words=())
                    return Thing(token.i, parts, token.i, token.i)
    return None


def things_in(passage: Passage, token: Token, depth: int = 0) -> list[Thing]:
    """Items that a noun phrase names.

    Its head, its compounds, what "of" hangs on it; amounts and units are looked through.
    """
    out: list[Thing] = []
    first, last = phrase(token)
    hit = passage.items.get(token.i)
    if hit is not None and hit[1].id == "cargo_any" and token.lemma_.lower() in _PARTS and depth == 0:
        made = _parts_for_arms(passage, token)
        if made is not None:
            return [made]
    if token.lower_ in _MONEY or (hit is not None and hit[1].event == "finance"):
        goods = [
            t
            for c in token.children
            if c.dep_ == "prep" and c.lower_ == "in"
            for o in c.children
            if o.dep_ == "pobj"
            for m in conjuncts(o)
            for t in (things_in(passage, m, depth + 1) if depth < 2 else [])
            if t.item.event not in {"finance", "cyber_theft"}
        ]
        if goods:  # "exported $33 million in coal"
            return goods
    of = [o for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for o in c.children if o.dep_ == "pobj"]
    generic = hit is not None and (hit[1].id == "cargo_any" or token.lemma_.lower() == "barrel")
    if of and depth < 3 and (hit is None or generic):
        for found in of:
            for member in conjuncts(found):
                out.extend(things_in(passage, member, depth + 1))
        if out:
            return out
    if hit is not None:
        whole, item = hit
        out.append(Thing(token.i, item, min(whole.first, token.i), max(whole.last, token.i)))
        for i in range(first, whole.first):  # "food and military technology": a second thing before the head
            held = passage.items.get(i)
            if (
                held is not None
                and held[0].last == i
                and held[1].id != item.id
                and passage.doc[i].dep_ in {"nmod", "compound"}
                and any(c.dep_ == "cc" for c in passage.doc[i].children)
            ):
                out.append(Thing(i, held[1], held[0].first, held[0].last))
        if item.event == TECHNOLOGY and depth < 2:
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ == "for":
                    for aim in child.children:
                        out.extend(
                            t
                            for m in (conjuncts(aim) if aim.dep_ == "pobj" else [])
                            for t in things_in(passage, m, depth + 1)
                        )
        return out
    for i in range(last, first - 1, -1):
        held = passage.items.get(i)
        if held is not None and held[1].event == TECHNOLOGY and token.lemma_.lower() in _NOT_TECH:
            continue
        if (
            held is not None
            and passage.doc[i].head.i in range(first, last + 1)
            and passage.doc[i].dep_ in {"compound", "amod", "nmod", "conj"}
        ):
            return [Thing(i, held[1], held[0].first, held[0].last)]
    for child in token.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in {"for", "like", "including", "such"}
            and depth == 0
            and token.lemma_.lower()
            in {
                "component",
                "part",
                "equipment",
                "spare",
                "machine",
                "material",
                "product",
                "item",
                "tool",
                "support",
                "help",
                "assistance",
                "technology",
            }
        ):
            for found in child.children:
                if found.dep_ == "pobj":
                    out.extend(things_in(passage, found, depth + 1))
    return out


def kind_of(passage: Passage, token: Token, cast: Cast, depth: int = 0) -> set[str]:
    """The kinds that a filler counts as, for the needs of a frame."""
    lexicon = cast.lexicon
    lemma = token.lemma_.lower()
    out = {"any"}
    if token.lower_ in {"none", "some", "most", "many", "all", "each", "both", "several", "one"} and depth < 2:
        inner = [o for c in token.children if c.lower_ == "of" for o in c.children if o.dep_ == "pobj"]
        if inner:
            return kind_of(passage, inner[0], cast, depth + 1)
    if token.i in passage.clock:
        return out
    if token.i in passage.vessels:
        return out | {"vessel", "actor"}
    if token.i in passage.outlets:
        return out | {"media", "actor"}
    if lemma in lexicon.actors["vessel_nouns"] or (lemma == "carrier"):
        return out | {"vessel"}
    if token.lower_ in {"myself", "ourselves", "themselves", "itself", "himself", "herself", "yourself"}:
        return out
    if token.i in passage.states:
        out |= {"state", "actor", "place", "named"}
    if token.i in passage.bodies:
        out |= {"body", "actor", "named"}
        if lexicon.bodies[passage.bodies[token.i].words][0] in _MONITORS:
            out |= {"monitor"}
    if token.pos_ == "PROPN" and any(c.dep_ == "poss" and c.i in passage.bodies for c in token.children):
        out |= {"body", "actor", "named"}  # "the FBI's New York Field Office"
    if token.i in passage.persons and token.i not in passage.states:
        out |= {"person", "people", "actor", "named"}
    if token.i in passage.places:
        out |= {"place"}
    if (token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP"}) and token.i not in passage.states:
        party = resolve(passage, token, cast)
        out |= {"pron"}
        if party is None:
            return out
        out |= {"actor"} if party.kind not in {"thing", "place", "item"} else set()
        if party.kind == "vessel":
            return out | {"vessel"}
        if (
            party.kind in {"person", "official", "described", "expert"} and token.lower_ not in {"it", "its", "itself"}
        ) or token.lower_ in {"he", "she", "we", "i", "they"}:
            out |= {"person", "people"}
        if party.kind == "state":
            out |= {"state"}
        if party.name.startswith(tuple(_MONITORS)):
            out |= {"monitor"}
        if token.lower_ in {"they", "we", "them"}:
            out |= {"plural"}
        return out
    if lemma in lexicon.actors["people"] or lemma in lexicon.actors["titles"]:
        out |= {"people", "person", "actor"}
    if lemma in lexicon.actors["organs"] or lemma in lexicon.actors["company_nouns"]:
        out |= {"actor"}
    if lemma in lexicon.actors["country_words"]:
        out |= {"state", "actor"}
    if token.pos_ == "PROPN" and out == {"any"}:
        out |= {"actor", "person", "people"} if token.ent_type_ in {"PERSON", "NORP", ""} else {"actor"}
    if token.pos_ == "PROPN" and token.ent_type_ in {"ORG", "PERSON"}:
        out |= {"actor"}
    if token.pos_ == "NUM" and token.lower_ in {"two", "three", "four", "both"}:
        out |= {"actor", "people", "plural"}
    if lemma in lexicon.actors["place_nouns"]:
        out |= {"place"}
    if lemma in {
        "panel",
        "committee",
        "inspector",
        "monitor",
        "agency",
        "team",
        "investigator",
        "police",
        "authority",
        "watchdog",
        "government",
        "organization",
        "organisation",
        "service",
        "bureau",
    }:
        out |= {"monitor"}
    if token.tag_ in {"NNS", "NNPS"} or len(conjuncts(token)) > 1:
        out |= {"plural"}
    first, last = phrase(token)
    if (
        any(i in passage.states for i in range(first, last + 1))
        and token.pos_ in {"NOUN", "PROPN"}
        and lemma in lexicon.actors["organs"]
    ):
        out |= {"state"}
    return out
