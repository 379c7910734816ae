"""From trigger words to events: which frame fits, which thing is moved, who has which role.

A frame is chosen by its own needs (kinds of fillers), never by a name. Where a thing moves, the thing decides the
event type (`lexicon/items.yaml`); things of several types under one verb give one event each.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.claims.grammar import (
    Slots,
    arguments,
    conjuncts,
    nominal,
    phrase,
    slot,
)
from observance.observations.claims.lexicon import Frame, ItemClass
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.roles import cast_roles
from observance.observations.claims.things import TECHNOLOGY as _TECH
from observance.observations.claims.things import Event, Thing, kind_of, things_in

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage


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
                if wanted and token.lower_ == "them" and cast.moved is not None and cast.moved.id in wanted:
                    return True  # "sent missiles to Russia, which will use them against"
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
    if wants and not themes and verbal:
        themes = _named_in_list(passage, token, slots)
        theme_slot = "obj" if themes else theme_slot
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
    if frame.id == "help_make":
        return _help_make(passage, token, frame, slots, cast, first, last)
    if frame.id == "carried" and not (slot(slots, "to") or slot(slots, "from") or slot(slots, "between")):
        return []
    if frame.event != "by_item":
        event = Event(trigger=token.i, first=first, last=last, frame=frame, event=frame.event, things=themes)
        cast_roles(passage, token, event, slots, cast, theme_slot)
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
        cast_roles(passage, token, event, slots, cast, theme_slot)
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


def _help_make(
    passage: Passage, token: Token, frame: Frame, slots: Slots, cast: Cast, first: int, last: int
) -> list[Event]:
    """As in "would help X build satellites": the one who helps gives technology to the one who builds."""
    for made in token.children:
        if made.dep_ not in {"xcomp", "ccomp"} or made.pos_ != "VERB":
            continue
        things = [t for c in made.children if c.dep_ == "dobj" for m in conjuncts(c) for t in things_in(passage, m)]
        things = [t for t in things if t.item.event in {_TECH, "arms_transfer"}]
        takers = [c for c in made.children if c.dep_ == "nsubj"] or slots.get("obj", [])
        givers = slots.get("subj", [])
        if not things or not takers or not givers:
            continue
        event = Event(trigger=token.i, first=first, last=last, frame=frame, event=_TECH, things=things)
        for tokens, role in ((givers, "provider_of_technology"), (takers, "recipient")):
            for found in tokens:
                party = resolve(passage, found, cast)
                if party is not None and party.kind not in {"thing", "place"}:
                    event.parties.append(replace(party, role=role))
        return [event]
    return []


def _named_in_list(passage: Passage, token: Token, slots: Slots) -> list[Thing]:
    """As in "seeking assistance, including missiles": the list says what the light noun is."""
    light = {"support", "assistance", "aid", "help", "cooperation", "equipment", "capability", "supply"}
    if not any(t.lemma_.lower() in light for t in slots.get("obj", [])):
        return []
    out: list[Thing] = []
    for word in token.subtree:
        if word.lower_ == "including" or (word.lower_ == "as" and word.i and passage.doc[word.i - 1].lower_ == "such"):
            for first in word.children:
                if first.dep_ in {"pobj", "dobj"}:
                    out.extend(t for m in conjuncts(first) for t in things_in(passage, m))
    return out


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
    "lading",
    "manifest",
    "logbook",
    "cargo",
    "voyage",
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
