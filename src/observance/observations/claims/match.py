"""From trigger words to events: which frame fits, which thing is moved, who has which role.

A frame is chosen by its own needs (kinds of fillers), never by a name. Where a thing moves, the thing decides the
event type (`lexicon/items.yaml`); things of several types under one verb give one event each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from observance.observations.claims.grammar import (
    LIGHT,
    Slots,
    arguments,
    conjuncts,
    governed_by,
    nominal,
    phrase,
    slot,
)
from observance.observations.claims.lexicon import Frame, ItemClass
from observance.observations.claims.parties import Cast, pair, resolve
from observance.observations.claims.record import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage

_MONITORS = {"Panel of Experts", "1718 Committee", "IAEA", "Multilateral Sanctions Monitoring Team"}
_TECH = "technology_assistance"
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


def things_in(passage: Passage, token: Token, depth: int = 0) -> list[Thing]:
    """Items that a noun phrase names.

    Its head, its compounds, what "of" hangs on it; amounts and units are looked through.
    """
    out: list[Thing] = []
    first, last = phrase(token)
    hit = passage.items.get(token.i)
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
        if item.event == _TECH and depth < 2:
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
        if held is not None and held[1].event == _TECH and token.lemma_.lower() in _NOT_TECH:
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


def kind_of(passage: Passage, token: Token, cast: Cast) -> set[str]:
    """The kinds that a filler counts as, for the needs of a frame."""
    lexicon = cast.lexicon
    lemma = token.lemma_.lower()
    out = {"any"}
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


def _fits(passage: Passage, slots: Slots, need: str, cast: Cast) -> bool:
    if need == "never":
        return False
    for option in need.split("|"):
        name, _, kind = option.partition(":")
        if option == "item":
            continue
        for token in slot(slots, name):
            if kind.startswith("word="):
                words = set(kind[5:].split("/"))
                first, last = phrase(token)
                if token.lemma_.lower() in words or any(
                    passage.doc[i].lemma_.lower() in words and passage.doc[i].head.i == token.i
                    for i in range(first, last)
                ):
                    return True
            elif kind.startswith("item"):
                wanted = kind[5:].split("/") if "=" in kind else []
                for thing in things_in(passage, token):
                    if not wanted or thing.item.id in wanted:
                        return True
            elif kind in kind_of(passage, token, cast):
                return True
    return False


def trigger_frames(passage: Passage, token: Token, cast: Cast) -> list[tuple[tuple[Frame, ...], int, int]]:
    """Frames that the word at a token may call up, with the tokens of the trigger; longer phrases first."""
    lexicon = cast.lexicon
    lemma = token.lemma_.lower()
    out: list[tuple[tuple[Frame, ...], int, int]] = []
    if lemma == "go" and token.tag_ == "VBG" and any(c.dep_ == "xcomp" for c in token.children):
        return out
    if (token.pos_ == "VERB" and not nominal(token)) or (token.pos_ == "AUX" and token.dep_ not in {"aux", "auxpass"}):
        for child in token.children:
            if (
                child.i > token.i
                and child.i - token.i <= 4
                and child.dep_ in {"prt", "prep", "dobj", "acomp", "advmod", "xcomp", "npadvmod", "oprd"}
            ):
                word = f"{lemma} {child.lemma_.lower()}"
                if word in lexicon.by_verb:
                    out.append((lexicon.by_verb[word], token.i, child.i))
        if lemma in lexicon.by_verb:
            out.append((lexicon.by_verb[lemma], token.i, token.i))
    if nominal(token) or (
        token.tag_ in {"NN", "NNS", "VBG"}
        and token.dep_ in {"pobj", "dobj", "nsubj", "nsubjpass", "conj", "attr"}
        and token.pos_ != "VERB"
    ):
        if (
            token.dep_ == "compound"
            and token.head.pos_ in {"NOUN", "PROPN"}
            and token.head.i > token.i
            and token.head.lemma_.lower()
            not in {"activity", "operation", "effort", "talk", "scheme", "network", "campaign", "practice", "spree"}
        ):
            return out
        words: list[str] = []
        for i in range(token.i, max(-1, token.i - 8), -1):
            part = passage.doc[i]
            if i < token.i and (
                part.pos_ in {"DET", "ADP", "VERB", "PRON", "CCONJ", "PUNCT"}
                and part.text != "-"
                and part.tag_ not in {"VBG", "VBN"}
                and part.text not in {"to", "at", "of"}
            ):
                break
            words.insert(0, part.lemma_.lower() if part.text != "-" else "-")
            for joined in {" ".join(words), " ".join([*words[:-1], token.lower_]), passage.words(i, token.i).lower()}:
                if joined in lexicon.by_noun:
                    out.insert(0, (lexicon.by_noun[joined], i, token.i))
        out.sort(key=lambda f: f[1] - f[2]) if token.pos_ != "VERB" else None
    return out


def events(passage: Passage, token: Token, cast: Cast) -> list[Event]:
    """The events that a trigger tells; none where no frame's needs are met."""
    options = trigger_frames(passage, token, cast)
    if not options:
        return []
    slots = {
        name: kept for name, held in arguments(token).items() if (kept := [t for t in held if t.i not in passage.clock])
    }
    verbal = token.pos_ in {"VERB", "AUX"} and not nominal(token)
    if verbal and "obj" not in slots and options[0][2] != token.i:  # "painted over the name"
        held = [o for o in passage.doc[options[0][2]].children if o.dep_ == "pobj"]
        if held:
            slots["obj"] = [t for o in held for t in conjuncts(o)]
    for frames, first, last in options:
        for frame in frames:
            made = _try(passage, token, frame, slots, cast, first, last, verbal=verbal)
            if made:
                return made
    return []


def _try(
    passage: Passage, token: Token, frame: Frame, slots: Slots, cast: Cast, first: int, last: int, *, verbal: bool
) -> list[Event]:
    themes: list[Thing] = []
    wants = frame.event == "by_item" or "item" in frame.needs
    theme_slot = ""
    if wants or frame.event in {
        "labour",
        "finance",
        "cyber_theft",
        "military_cooperation",
        "seizure",
        "rule_making",
        "ship_to_ship",
        "port_call",
        "launch_or_test",
        "weapons_use",
    }:
        themes, theme_slot = _themes(passage, token, frame, slots, cast, verbal=verbal)
    if wants and not themes:
        themes = _told_thing(passage, token, slots, cast, verbal=verbal)
    if wants and not themes:
        return []
    for need in (*frame.needs, *frame.also_needs):
        if need != "item" and verbal and not _fits(passage, slots, need, cast):
            return []
        if (
            need != "item"
            and not verbal
            and frame.id != "trade_change"
            and need.startswith(("of:", "for:", "at:"))
            and not _fits(passage, slots, need, cast)
        ):
            return []
    if any(_fits(passage, slots, no, cast) for no in frame.unless):
        return []
    if (
        verbal
        and token.lemma_.lower() in {"carry", "hold", "load", "take"}
        and frame.event in {"by_item", "trade"}
        and any(c.dep_ == "aux" and c.lower_ in {"can", "could"} for c in token.children)
    ) and any("vessel" in kind_of(passage, t, cast) for t in slot(slots, "subj")):
        return []  # what a ship can carry is its size
    if event_is_hidden(frame) and not _shipping(passage, token, slots, cast):
        return []
    if (
        frame.id == "go_dark"
        and token.lemma_.lower() in {"transmit", "broadcast"}
        and not any(c.dep_ == "neg" for c in token.children)
    ):
        return []
    if frame.id == "carried" and not (slot(slots, "to") or slot(slots, "from") or slot(slots, "between")):
        return []
    if frame.event != "by_item":
        event = Event(trigger=token.i, first=first, last=last, frame=frame, event=frame.event, things=themes)
        _cast_roles(passage, token, event, slots, cast, theme_slot)
        return [event]
    out: list[Event] = []
    for thing in themes:
        kind = thing.item.event
        if kind in {"cyber_theft", "statement", "mandate_change"}:
            continue
        held = next((e for e in out if e.event == kind), None)
        if held is not None:
            held.things.append(thing)
            continue
        event = Event(trigger=token.i, first=first, last=last, frame=frame, event=kind, things=[thing])
        out.append(event)
    if (
        any(e.event == _TECH for e in out) and frame.event == "by_item"
    ):  # technology "for spy satellites, tanks and aircraft" is one gift
        tech = next(e for e in out if e.event == _TECH)
        for event in [e for e in out if e is not tech]:
            if all(_hangs_on(passage, t.token, [x.token for x in tech.things]) for t in event.things):
                tech.things.extend(event.things)
                out.remove(event)
    _material(out)
    if out and out[0].things and out[0].event in {"arms_transfer", "petroleum_delivery"}:
        cast.moved = out[0].things[0].item
    for event in out:
        _cast_roles(passage, token, event, slots, cast, theme_slot)
        if any(t.item.id == "trade_general" for t in event.things) and event.event == "trade" and _trend(token):
            event.event = "trade_growth"
    return out


def _material(found: list[Event]) -> None:
    """As in "Equipment and munitions": goods told in one row with arms are materiel."""
    arms = next((e for e in found if e.event == "arms_transfer"), None)
    goods = next((e for e in found if e.event == "trade" and all(t.item.id == "cargo_any" for t in e.things)), None)
    if arms is not None and goods is not None:
        arms.things.extend(
            Thing(t.token, ItemClass(id="arms_all", event="arms_transfer", words=()), t.first, t.last)
            for t in goods.things
        )
        found.remove(goods)


_TREND = {
    "expand",
    "grow",
    "rise",
    "increase",
    "fall",
    "shrink",
    "double",
    "triple",
    "drop",
    "surge",
    "decline",
    "resume",
    "soar",
    "jump",
    "collapse",
    "recover",
    "rebound",
    "plunge",
    "reach",
}


def _trend(token: Token) -> bool:
    node = token
    for _ in range(4):
        if node.dep_ in {"nsubj", "nsubjpass"} and node.head.lemma_.lower() in _TREND:
            return True
        node = node.head
    return False


def _hangs_on(passage: Passage, index: int, heads: list[int]) -> bool:
    path = [passage.doc[index], *passage.doc[index].ancestors]
    return any(a.i in heads for a in path) and any(a.lower_ == "for" for a in path)


def _told_thing(passage: Passage, token: Token, slots: Slots, cast: Cast, *, verbal: bool) -> list[Thing]:
    """What a phrase that points back moves: "the shipments", "148 deliveries", "it" of a ship."""
    if verbal:
        for found in slots.get("obj", []):
            if found.lower_ == "it" and token.lemma_.lower() in {
                "buy",
                "sell",
                "purchase",
                "acquire",
                "lease",
                "transfer",
            }:
                party = resolve(passage, found, cast)
                if party is not None and party.kind == "vessel":
                    ship = next(i for i in cast.lexicon.items if i.id == "vessels")
                    return [Thing(found.i, ship, found.i, found.i)]
            if found.lower_ == "them" and cast.moved is not None:
                return [Thing(found.i, cast.moved, found.i, found.i)]
        return []
    if token.lemma_.lower() not in {"shipment", "delivery", "transfer", "supply", "consignment"} or cast.moved is None:
        return []
    points = any(
        (c.dep_ == "det" and c.lower_ in {"the", "these", "those", "this", "such"}) or c.dep_ == "nummod"
        for c in token.children
    )
    if points and (slots.get("to") or slots.get("from") or slots.get("~to")):
        return [Thing(token.i, cast.moved, token.i, token.i)]
    return []


def event_is_hidden(frame: Frame) -> bool:
    """Frames of deception that could speak of people as well as of ships."""
    return frame.id == "hide_identity"


_MARKS = {
    "ais",
    "transponder",
    "flag",
    "mmsi",
    "draught",
    "draft",
    "hull",
    "destination",
    "signal",
    "transmission",
    "registration",
    "tracking",
}


def _shipping(passage: Passage, token: Token, slots: Slots, cast: Cast) -> bool:
    """True where the deception is one of ships: a ship or a mark of one stands in the clause."""
    for name in ("subj", "obj", "of", "~of", "in", "for"):
        for found in slots.get(name, []):
            if "vessel" in kind_of(passage, found, cast) or any(t.lemma_.lower() in _MARKS for t in found.subtree):
                return True
            for child in found.children:
                if child.dep_ == "poss" and (p := resolve(passage, child, cast)) is not None and p.kind == "vessel":
                    return True
    return any(t.i in passage.vessels for t in token.sent)


def _themes(
    passage: Passage, token: Token, frame: Frame, slots: Slots, cast: Cast, *, verbal: bool
) -> tuple[list[Thing], str]:
    names = frame.theme if frame.event == "by_item" else ("obj", "of", "subj")
    only = {"labour": "labour", "finance": "finance", "military_cooperation": "military_cooperation"}.get(frame.event)
    if not verbal and frame.event == "by_item" and "self" not in names:
        names = ("of", "modifier", "~modifier", "self") if not {"for", "carried"} & set(frame.theme) else frame.theme
    for name in names:
        if name == "carried":
            if token.dep_ == "pobj" and token.head.lower_ in {"on", "aboard"} and token.head.head.pos_ == "NOUN":
                found = things_in(passage, token.head.head)
                if found:
                    return found, "carried"
            continue
        if name == "self":
            hit = passage.items.get(token.i)
            if hit is not None and (hit[1].id != "cargo_any" or verbal):
                return [Thing(token.i, hit[1], hit[0].first, hit[0].last)], "self"
            continue
        if verbal and name == "obj" and "obj2" in slots and frame.id in {"give", "get"}:
            found = [t for token_ in slots["obj2"] for t in things_in(passage, token_)]
            if found:
                return found, "obj2"
        found = [
            t
            for token_ in slot(slots, name)
            for t in things_in(passage, token_)
            if only is None or t.item.event == only
        ]
        if frame.event == "by_item" and name == "of" and not verbal:
            found = [t for t in found if t.item.id != "institution"]
        if found and frame.event == "by_item" and frame.id in {"give", "get"} and name == "obj":
            actor = [t for t in slot(slots, "obj") if kind_of(passage, t, cast) & {"state", "person"}]
            if actor and slot(slots, "with"):
                continue
        if found:
            return found, name
    return [], ""


_BY_EVENT = {
    "technology_assistance": {"supplier": "provider_of_technology"},
    "finance": {"supplier": "agent", "sender_or_host": "agent"},
    "labour": {"recipient": "employer"},
    "cyber_theft": {"supplier": "agent", "recipient": "agent"},
    "mandate_change": {"supplier": "agent", "recipient": "body"},
    "agreement": {"supplier": "party", "recipient": "party"},
    "statement": {"supplier": "party", "recipient": "party"},
}


def _cast_roles(passage: Passage, token: Token, event: Event, slots: Slots, cast: Cast, theme_slot: str) -> None:
    """Fill the roles of a frame from the slots."""
    verbal = token.pos_ in {"VERB", "AUX"} and not nominal(token)
    roles = dict(event.frame.roles)
    noun_self = not verbal
    if (
        noun_self
        and event.frame.id in {"seize", "list_noun", "legal_noun", "body_end_noun"}
        and any(c.dep_ == "poss" for c in token.children)
    ):
        slots["of"] = [
            t for c in token.children if c.dep_ == "poss" for t in conjuncts(c)
        ]  # "its forfeiture": the owner is acted upon
        slots["subj"] = governed_by(token) if event.frame.id != "body_end_noun" else []
    if noun_self and slot(slots, "between") and not any(c.dep_ == "poss" for c in token.children):
        slots.pop("subj", None)
        slots.pop("~subj", None)
    if noun_self:
        _noun_subject(passage, token, slots)
    direction = event.frame.id in {"give", "get", "go", "thing_noun", "support_item"}
    if verbal and event.frame.id == "give" and theme_slot == "with":
        roles["obj"] = "recipient"
        roles.pop("with", None)
    if verbal and event.frame.id == "give" and theme_slot == "obj2":
        roles["obj"] = "recipient"
    things = {t.token for t in event.things}
    if token.lemma_.lower() in {"leave", "depart", "exit"} and event.frame.id == "go":
        roles["obj"] = "supplier"
        roles["for"] = "recipient"
    if event.frame.id == "military_help" and slot(slots, "from") and not any(c.dep_ == "poss" for c in token.children):
        roles["subj"] = "recipient"  # "received military assistance from"
    order = [r for r in roles if r in {"subj", "obj", "iobj"}] + [r for r in roles if r not in {"subj", "obj", "iobj"}]
    if direction and slot(slots, "between"):
        roles = {"between": "party", "in": "place"}
        order = list(roles)
    elif (
        direction
        and slot(slots, "with")
        and theme_slot != "with"
        and noun_self
        and "to" not in slots
        and "from" not in slots
    ):
        roles = {"subj": "party", "with": "party"}
        order = list(roles)
    filled: set[str] = set()
    for name in order:
        role = roles[name]
        tokens = slot(slots, name)
        if name == "obj_state":
            tokens = []
            for obj in slot(slots, "obj"):
                a, b = phrase(obj)
                event.parties.extend(
                    replace(p, role="supplier")
                    for i in range(a, b)
                    if i in passage.states
                    and passage.states[i].last == i
                    and (p := resolve(passage, passage.doc[i], cast))
                )
            continue
        if name == "obj" and event.last != event.trigger and any(t.i == event.last for t in tokens):
            tokens = [t for t in tokens if t.i != event.last]  # "taken possession of": part of the verb
        if tokens:
            event.open_slots.add(name)
        if len(tokens) == 1 and role in {"party", "visitor"} and _both(tokens[0]):
            both = pair(passage, tokens[0], cast)
            span = passage.span(tokens[0].i, tokens[0].i)
            for n, party in enumerate(both):
                event.parties.append(replace(party, role=role, span=span if n == 0 else None))
            if both:
                continue
        for found in tokens:
            if role == "recipient" and name == "for":
                owner = _owner_state(passage, found, cast)
                if owner is not None:
                    filled.add("recipient")
                    event.parties.append(replace(owner, role=role))
                    continue
            if found.i in things and role not in {"vessel", "patient_or_vessel", "sender_or_host", "worker", "party"}:
                continue
            if role is None or role == "item":
                continue
            filler = _party(passage, found, event, role, name, cast)
            if filler is not None:
                party = filler
                final = _BY_EVENT.get(event.event, {}).get(party.role, party.role)
                if (
                    final in {"supplier", "recipient", "provider_of_technology"}
                    and final in filled
                    and name not in {"subj", "to", "iobj", "obj"}
                ):
                    continue
                filled.add(final)
                event.parties.append(replace(party, role=final))
        if name in {"to", "into", "iobj"} and tokens:
            filled.add("recipient")
    if verbal and event.frame.id == "give" and "recipient" not in filled and token.i + 1 < len(passage.doc):
        after = passage.doc[token.i + 1]
        hit = passage.states.get(after.i)
        if (
            hit is not None
            and hit.kind != "people"
            and passage.doc[hit.last].dep_ in {"compound", "nmod", "dative", "npadvmod", "nsubj", "dobj", "poss"}
            and not (hit.last + 1 < len(passage.doc) and passage.doc[hit.last + 1].tag_ in {"POS", "HYPH", "IN", "TO"})
        ):
            taker = resolve(passage, passage.doc[hit.last], cast)
            if taker is not None:
                event.parties.append(replace(taker, role=_BY_EVENT.get(event.event, {}).get("recipient", "recipient")))
    if event.event == "labour":
        _workers(passage, event, slots, cast)
    if event.event == "military_cooperation" and event.frame.id in {"troops_move", "troops_act"}:
        _troops(passage, event, cast)
    if event.event == "deceptive_shipping" and not any(p.role in {"vessel", "agent"} for p in event.parties):
        for found in slot(slots, "obj"):  # "the ship's AIS was switched off"
            for child in found.children:
                ship = resolve(passage, child, cast) if child.dep_ == "poss" else None
                if ship is not None and ship.kind == "vessel":
                    event.parties.append(replace(ship, role="vessel"))
    if event.event == "deceptive_shipping":
        ships = [n for n, p in enumerate(event.parties) if p.kind == "vessel" and p.role == "agent"]
        for n in ships:
            event.parties[n] = replace(event.parties[n], role="vessel")
        if ships:
            event.parties = [p for n, p in enumerate(event.parties) if n in ships or p.role != "vessel"]
    if event.event == "meeting" and noun_self and not any(p.role == "party" for p in event.parties):
        _meeting(passage, token, event, cast)
    if event.frame.id == "military_help" and not event.things:
        _military(passage, event, cast)
    if event.frame.id == "get" and not any(p.role == "supplier" for p in event.parties):
        _turned_to(passage, token, event, cast)
    if event.event == "military_cooperation" and event.frame.id == "cooperation":
        _military(passage, event, cast)
    if event.event == "visit":
        _visit(passage, event, slots)
    if event.event == "agreement":
        event.things.extend(
            t
            for o in slot(slots, "obj")
            for n in o.subtree
            if n.dep_ in {"dobj", "nmod", "conj"}
            and n.i in passage.items
            and (t := _thing(passage, n)).item.id in {"trade_general", "treaty"}
        )
    if event.event in {"veto", "mandate_change"} and any(p.role == "body" for p in event.parties):
        _institution(passage, event, cast)
    if event.event in {"launch_or_test", "weapons_use"} and noun_self:
        _compound_item(passage, token, event)
    if event.event == "weapons_use" and not any(p.role == "supplier" for p in event.parties):
        _weapon_maker(passage, event, cast)
    _drop_doubles(event)


def _owner_state(passage: Passage, token: Token, cast: Cast) -> Party | None:
    """As in "For North Korea's satellites": whose thing it is gets the help."""
    for member in conjuncts(token):
        for child in member.children:
            if child.dep_ == "poss":
                party = resolve(passage, child, cast)
                if party is not None and party.kind in {"state", "official", "person"}:
                    return party
    return None


def _both(token: Token) -> bool:
    """A word that stands for two told before."""
    return token.lower_ in {"they", "their", "them"} or (
        token.lemma_.lower() in {"leader", "side", "two", "president", "minister", "pair", "country"}
        and token.tag_ in {"NNS", "CD", "NN"}
        and any(c.lower_ in {"the", "both", "two"} for c in token.children)
        and (token.tag_ == "NNS" or token.lemma_ == "pair")
    )


def _noun_subject(passage: Passage, token: Token, slots: Slots) -> None:
    """An adjective or name of a State before a noun of happening acts.

    "Russian support", "North Korean arms transfers".
    """
    if "subj" in slots:
        return
    first, last = phrase(token)
    for i in range(last, first - 1, -1):
        if (
            i in passage.states
            and passage.states[i].last == i
            and passage.doc[i].dep_ in {"amod", "compound", "nmod", "poss"}
            and not (i + 1 < len(passage.doc) and passage.doc[i + 1].text == "-")
        ):
            slots["subj"] = [passage.doc[i]]
            return
    if token.dep_ == "conj" and token.head.pos_ == "NOUN":
        first, last = phrase(token.head)
        for i in range(first, last):
            if (
                i in passage.states
                and passage.states[i].last == i
                and passage.doc[i].dep_ in {"amod", "compound", "nmod"}
                and passage.doc[i].head.i == token.head.i
            ):
                slots["subj"] = [passage.doc[i]]
                return


def _party(passage: Passage, found: Token, event: Event, role: str, name: str, cast: Cast) -> Party | None:
    """The filler of one role, or None where it cannot fill it."""
    kinds = kind_of(passage, found, cast)
    lemma = found.lemma_.lower()
    if role == "place" or (role == "recipient" and name == "in" and event.frame.id == "go"):
        party = resolve(passage, found, cast, place=True)
        if party is None or not (party.kind in {"place", "state"} or "place" in kinds):
            return None
        if role == "recipient":
            if party.code and found.i not in passage.states:
                event.parties.append(
                    replace(
                        party, role="recipient", name=cast.lexicon.state_names.get(party.code, party.name), kind="state"
                    )
                )
            role = "place" if found.i not in passage.states else role
        return replace(party, role=role)
    if party_is_nobody(found, name, role):
        return None
    if name == "where":
        role = "place"
    party = resolve(passage, found, cast, place=role == "place" or (event.event == "visit" and name != "subj"))
    if party is None:
        return None
    if party.kind == "evidence" or (role in {"helper", "owner"} and party.name == "?"):
        return None
    if role == "vessel":
        if party.kind != "vessel" and not kinds & {"vessel"}:
            return (
                replace(party, role="place") if name in {"in", "off", "near", "at"} and party.kind == "place" else None
            )
        return replace(party, role="vessel")
    if role == "patient_or_vessel":
        if (
            found.i in passage.items
            and passage.items[found.i][1].id in {"funds", "virtual_currency", "cargo_any", "coal"}
            and party.kind == "thing"
        ):
            return None
        return replace(party, role="vessel" if party.kind == "vessel" else "patient")
    if role == "patient_or_item":
        if found.i in passage.items or (
            party.kind == "thing"
            and not kinds & {"actor", "state"}
            and lemma not in cast.lexicon.actors["company_nouns"]
        ):
            return None
        return replace(party, role="patient")
    if role == "agent_or_body":
        return replace(
            party, role="body" if {"body"} & kinds or lemma in {"mandate", "panel", "committee", "body"} else "agent"
        )
    if role == "subject_or_addressee":
        if party.kind == "thing":
            owner = next((c for c in found.children if c.dep_ == "poss"), None)
            owned = resolve(passage, owner, cast) if owner is not None else None
            if owned is None or owned.kind == "thing":
                return None
            return replace(owned, role="subject")
        return replace(
            party,
            role="addressee"
            if party.kind == "person"
            and event.frame.id == "thank"
            and passage.doc[event.trigger].lemma_ in {"thank", "congratulate"}
            else "subject",
        )
    if role == "sender_or_host":
        return replace(party, role=role) if kinds & {"state", "actor", "people", "vessel"} or party.code else None
    if role in {"supplier", "recipient", "employer", "sender"}:
        if party.kind == "thing" or (
            party.kind == "place" and party.code is None and role == "supplier" and name == "subj"
        ):
            return None
        if party.kind == "vessel" and name == "subj" and event.event != "petroleum_delivery":
            return replace(party, role="vessel")
        if (
            party.kind == "vessel"
            and event.event in {"petroleum_delivery", "trade", "arms_transfer"}
            and name == "subj"
        ):
            return replace(party, role="vessel")
        if party.kind == "place" and party.code:
            state = cast.lexicon.state_names.get(party.code, party.code)
            if (
                found.i not in passage.states
                and event.event in {"military_cooperation", "trade", "arms_transfer"}
                and event.frame.id in {"go", "troops_act", "troops_move", "carried"}
            ):
                event.parties.append(replace(party, role="place"))
            if event.event == "labour":
                return replace(party, role="place")
            return replace(party, role=role, name=state, kind="state")
        if party.kind == "place" and (event.event == "labour" or (party.code is None and role == "recipient")):
            return replace(party, role="place")
        if name == "for" and not (kinds & {"state", "actor", "people"}):
            return None
        if name == "in" and event.event != "labour" and role == "recipient" and event.frame.id != "go":
            return None
        return replace(party, role=role)
    if role in {"party", "speaker", "voter", "agent", "worker", "visitor", "addressee", "helper"}:
        if (
            party.kind == "thing"
            and role == "agent"
            and name == "subj"
            and event.event in {"legal_action", "seizure", "launch_or_test", "weapons_use", "cyber_theft"}
            and found.pos_ == "NOUN"
        ):
            a, b = phrase(found)
            return replace(
                party,
                role=role,
                name=passage.words(a, b)
                .removeprefix("a ")
                .removeprefix("A ")
                .removeprefix("the ")
                .removeprefix("The "),
            )
        if role in {"helper", "owner"} and party.name == "?":
            return None
        if party.kind == "media" and event.event == "meeting":
            return None
        if party.kind in {"thing", "place"} and not (party.kind == "place" and party.code and role == "party"):
            return None
        if party.kind == "place" and party.code:
            party = replace(party, name=cast.lexicon.state_names.get(party.code, party.name), kind="state")
        return replace(party, role="host" if role == "visitor" and name == "with" else role)
    if role == "body" and event.frame.event == "veto":
        body = _body_in(passage, found, cast) if event.frame.id != "silence_body" else None
        return replace(
            body or party,
            role="body",
            name=(body or party).name if (body or party).name != "?" else passage.words(found.left_edge.i, found.i),
        )
    if (
        party.kind == "thing"
        and role in {"patient", "subject"}
        and (owner := next((c for c in found.children if c.dep_ == "poss"), None)) is not None
        and (owned := resolve(passage, owner, cast)) is not None
        and owned.code
    ):
        return replace(owned, role=role)
    if party.kind == "thing" and role in {"patient", "subject"} and party.name == "?":
        return (
            None
            if event.event in {"rule_making", "monitoring"} and not kinds & {"state", "actor"}
            else replace(party, role=role)
        )
    return replace(party, role=role)


def party_is_nobody(found: Token, name: str, role: str) -> bool:
    """As in "facilitate arms transfers" by those who do: a bare "those" names nobody."""
    return name == "subj" and role in {"supplier", "recipient"} and found.lower_ in {"those", "which", "that", "what"}


def _body_in(passage: Passage, token: Token, cast: Cast) -> Party | None:
    """As in "The renewal of a UN panel": the body of which a decision is blocked."""
    for child in token.subtree:
        if child.i in passage.bodies or child.lemma_.lower() in {"panel", "committee", "commission"}:
            party = resolve(passage, child, cast)
            if party is not None and party.kind == "organisation":
                return party
        if child.dep_ == "relcl":
            break
    return None


def _workers(passage: Passage, event: Event, slots: Slots, cast: Cast) -> None:
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


def _troops(passage: Passage, event: Event, cast: Cast) -> None:
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


def _meeting(passage: Passage, token: Token, event: Event, cast: Cast) -> None:
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


def _turned_to(passage: Passage, token: Token, event: Event, cast: Cast) -> None:
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


def _weapon_maker(passage: Passage, event: Event, cast: Cast) -> None:
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


def _thing(passage: Passage, token: Token) -> Thing:
    hit = passage.items[token.i]
    return Thing(token.i, hit[1], hit[0].first, hit[0].last)


def _military(passage: Passage, event: Event, cast: Cast) -> None:
    """Military cooperation as such is of arms in general; troops and training say so themselves."""
    words = passage.words(event.first, event.last).lower()
    if re.search(r"\b(?:military|defen[cs]e|arms|security)\b", words) and not re.search(
        r"training|drill|exercise|troop|soldier", words
    ):
        item = next(i for i in cast.lexicon.items if i.id == "arms_all")
        event.things = [Thing(event.trigger, item, event.first, event.last)]


def _visit(passage: Passage, event: Event, slots: Slots) -> None:
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
                    event.things.append(_thing(passage, passage.doc[i]))
    visitors = [n for n, p in enumerate(event.parties) if p.role == "visitor"]
    places = {p.code for p in event.parties if p.role == "place" and p.code}
    for found in slot(slots, "obj") + slot(slots, "to"):
        places |= {passage.states[c.i].value for c in found.subtree if c.i in passage.states}
    if len(visitors) > 1:
        for n in visitors[1:]:
            if event.parties[n].code in places:
                event.parties[n] = replace(event.parties[n], role="host")


def _institution(passage: Passage, event: Event, cast: Cast) -> None:
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


def _compound_item(passage: Passage, token: Token, event: Event) -> None:
    first, last = phrase(token)
    for i in range(last, first - 1, -1):
        held = passage.items.get(i)
        if held is not None and i != token.i and all(t.token != i for t in event.things):
            event.things.append(Thing(i, held[1], held[0].first, held[0].last))
            return
        if passage.doc[i].lower_ == "nuclear" and not event.things and i < token.i:
            return


def _drop_doubles(event: Event) -> None:
    seen: set[tuple[str, str, object]] = set()
    kept: list[Party] = []
    for party in event.parties:
        key = (party.role, party.name if party.name != "?" else "?", party.span if party.name == "?" else party.code)
        if key in seen:
            continue
        seen.add(key)
        kept.append(party)
    event.parties = kept


def light_noun(token: Token) -> bool:
    """True where the verb only carries the noun of happening."""
    return token.lemma_.lower() in LIGHT
