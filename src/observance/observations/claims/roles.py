"""Who has which role: the slots of a trigger turned into parties, as the frame says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.claims.grammar import (
    Slots,
    conjuncts,
    governed_by,
    nominal,
    phrase,
    slot,
    subject,
)
from observance.observations.claims.parties import Cast, pair, resolve
from observance.observations.claims.record import Party
from observance.observations.claims.special import (
    compound_item,
    drop_doubles,
    institution,
    meeting,
    military,
    thing_at,
    troops,
    turned_to,
    visit,
    weapon_maker,
    workers,
)
from observance.observations.claims.things import Event, kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage


_BY_EVENT = {
    "technology_assistance": {"supplier": "provider_of_technology"},
    "finance": {"supplier": "agent", "sender_or_host": "agent"},
    "labour": {"recipient": "employer"},
    "cyber_theft": {"supplier": "agent", "recipient": "agent"},
    "mandate_change": {"supplier": "agent", "recipient": "body"},
    "agreement": {"supplier": "party", "recipient": "party"},
    "statement": {"supplier": "party", "recipient": "party"},
}


def cast_roles(passage: Passage, token: Token, event: Event, slots: Slots, cast: Cast, theme_slot: str) -> None:
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
    if event.frame.id == "get" and any("state" in kind_of(passage, t, cast) for t in slot(slots, "for")):
        buyers = slot(slots, "subj")
        if buyers and not any("state" in kind_of(passage, t, cast) for t in buyers):
            roles["subj"] = "agent"  # "worked to obtain weapons for Russia": the one who buys for another
            roles.pop("in", None)
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
                event.parties.extend(replace(p, role=final) for p in _fellow_states(passage, found, party, cast))
        if name in {"to", "into", "iobj"} and tokens:
            filled.add("recipient")
    if verbal and event.frame.id == "give" and "recipient" not in filled and token.i + 1 < len(passage.doc):
        after = passage.doc[token.i + 1]
        if after.pos_ == "DET" and token.i + 2 < len(passage.doc):
            after = passage.doc[token.i + 2]  # "offering the DPRK food"
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
        workers(passage, event, slots, cast)
    if event.event == "military_cooperation" and event.frame.id in {"troops_move", "troops_act", "troops_noun"}:
        troops(passage, event, cast)
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
    if event.event == "ship_to_ship" and noun_self and sum(p.role == "vessel" for p in event.parties) < 2:
        event.parties.extend(_ship_of_clause(passage, token, event, cast))
    if event.event == "meeting" and noun_self and not any(p.role == "party" for p in event.parties):
        meeting(passage, token, event, cast)
    if event.frame.id == "military_help" and not event.things:
        military(passage, event, cast)
    if event.frame.id == "get" and not any(p.role == "supplier" for p in event.parties):
        turned_to(passage, token, event, cast)
    if event.event == "military_cooperation" and event.frame.id == "cooperation":
        military(passage, event, cast)
    if event.event == "visit":
        visit(passage, event, slots)
    if event.event == "agreement":
        event.things.extend(
            t
            for o in slot(slots, "obj")
            for n in o.subtree
            if n.dep_ in {"dobj", "nmod", "conj"}
            and n.i in passage.items
            and (t := thing_at(passage, n)).item.id in {"trade_general", "treaty"}
        )
    if event.event in {"veto", "mandate_change"} and any(p.role == "body" for p in event.parties):
        institution(passage, event, cast)
    if event.event in {"launch_or_test", "weapons_use"} and noun_self:
        compound_item(passage, token, event)
    if event.event == "weapons_use" and not any(p.role == "supplier" for p in event.parties):
        weapon_maker(passage, event, cast)
    drop_doubles(event)


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


def _ship_of_clause(passage: Passage, token: Token, event: Event, cast: Cast) -> list[Party]:
    """As in "the Unica delivered fuel after a transfer with the Grace": the ship that the clause tells of took part."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ not in {"after", "following", "through", "via", "during", "by"}:
        return []
    if prep.head.pos_ != "VERB":
        return []
    out = []
    for found in subject(prep.head):
        party = resolve(passage, found, cast)
        if party is not None and party.kind == "vessel" and all(p.name != party.name for p in event.parties):
            out.append(replace(party, role="vessel"))
    return out


def _fellow_states(passage: Passage, token: Token, party: Party, cast: Cast) -> list[Party]:
    """As in "the South Korean and U.S. militaries": the other States of the row before a noun of people or organs."""
    lemma = token.lemma_.lower()
    if party.code is None or token.i in passage.states or lemma not in {*cast.lexicon.actors["organs"], *_OFFICE}:
        return []
    first, _ = phrase(token)
    row = [i for i in range(first, token.i) if i in passage.states and passage.states[i].last == i]
    if len(row) < 2 or not any(passage.doc[i].lower_ in {"and", "or"} for i in range(row[0], row[-1])):
        return []
    others = {passage.states[i].value: passage.states[i] for i in row if passage.states[i].value != party.code}
    return [
        Party(name=cast.lexicon.state_names[code], code=code, kind="state", span=passage.span(hit.first, hit.last))
        for code, hit in others.items()
    ]


_OFFICE = {
    "counterpart", "official", "leader", "diplomat", "minister", "president", "envoy", "delegation", "militaries",
    "officer", "authority", "force", "expert", "soldier", "troop", "negotiator", "company", "firm", "bank", "ship",
}  # fmt: skip


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
    if party_is_nobody(found, role):
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


def party_is_nobody(found: Token, role: str) -> bool:
    """As in "facilitate arms transfers" by those who do: a bare "those" names nobody."""
    return role in {"supplier", "recipient"} and found.lower_ in {
        "those",
        "which",
        "that",
        "what",
        "anyone",
        "anybody",
        "nobody",
        "someone",
    }


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
