"""Who a noun phrase means.

A State, an official, a person, a company, a ship, an outlet, a place, or somebody described.

A capital, adjective, government, army or officials of a State count as the State. Pronouns and descriptions ("it",
"the vessel", "the country", "that body") are led back to what was told before in the document; the span stays that of
the mention. A name that no table knows stays a name.

One module, though long: names, descriptions and pronouns lead to each other, and parted they would import in a ring.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from observance.observations.claims.dates import published_day
from observance.observations.claims.grammar import arguments, conjuncts, phrase, subject
from observance.observations.claims.lexicon import ItemClass, Lexicon
from observance.observations.claims.record import Party

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage

PLACE_PREPOSITIONS = {
    "in",
    "at",
    "near",
    "off",
    "from",
    "to",
    "into",
    "towards",
    "toward",
    "through",
    "outside",
    "within",
    "over",
    "around",
    "across",
    "onto",
    "on",
}


@dataclass(slots=True)
class Cast:
    """Everybody told so far in a document, newest last."""

    lexicon: Lexicon
    publisher: str
    published: str
    text: str = ""
    told: list[Party] = field(default_factory=list)
    names: dict[str, Party] = field(default_factory=dict)
    imos: dict[str, str | None] = field(default_factory=dict)
    speaker: Party | None = None
    full: dict[str, str] = field(default_factory=dict)
    moved: ItemClass | None = None
    source: Party | None = None

    def note(self, party: Party) -> None:
        """Remember a party as told."""
        if party.name == "?" or party.kind == "pronoun":
            return
        self.told.append(replace(party, role="", inferred=False))
        if party.kind in {"person", "company", "organisation", "media"} and party.name:
            self.names.setdefault(party.name, party)
            last = party.name.split()[-1]
            if party.kind == "person":
                if party.code in {"PRK", "KOR", "CHN"} or "-" in last or len(party.name.split()) == 3:
                    self.names.setdefault(party.name.split()[0], party)
                self.names.setdefault(last, party)

    def body(self, name: str) -> str:
        """The full name of a body of which there is one for each State under measures.

        By the State that the page is about.
        """
        of = self.lexicon.body_of.get(name)
        if not of:
            return name
        if name in self.full:
            return self.full[name]
        counts = {
            code: sum(
                1 for m in self.lexicon.state_pattern.finditer(self.text) if self.lexicon.states[m.group(0)][0] == code
            )
            for code in of
        }
        best = max(counts, key=lambda c: counts[c])
        self.full[name] = of[best] if counts[best] else name
        return self.full[name]

    def by_office(self, lemma: str) -> Party | None:
        """The newest person told with an office or trade; a plain "the man" may be any."""
        plain = lemma in {"man", "woman", "person", "individual", "suspect", "defendant", "source"}
        for party in reversed(self.told):
            if party.kind == "person" and (plain or lemma in (party.title or "").lower()):
                return party
        for party in reversed(self.told):
            if party.kind in {"official", "described", "expert"} and party.unnamed and lemma in party.name.lower():
                return party
        return None

    def latest(self, *kinds: str, code: str | None = None) -> Party | None:
        """The newest party of one of the kinds."""
        for party in reversed(self.told):
            if party.kind in kinds and (code is None or party.code == code):
                return party
        return None

    def publisher_state(self) -> str | None:
        """The State for which the publisher speaks, where it is an organ of one."""
        for alias, (_, state) in self.lexicon.bodies.items():
            if alias in self.publisher:
                return state
        found = self.lexicon.state_pattern.search(self.publisher)
        if found and re.search(
            r"(?i)\b(?:ministry|department|mission|government|embassy|office|court|treasury|coast guard|command|navy"
            r"|army|foreign)\b",
            self.publisher,
        ):
            return self.lexicon.states[found.group(0)][0]
        return None

    def office_holder(self, state: str, office: str, day: str) -> str | None:
        """Who held an office of a State on a day."""
        at = published_day(day) or dt.date(1, 1, 1)
        for name, code, held, start, end in self.lexicon.actors["office_holders"]:
            if (
                code == state
                and held == office
                and str(start) <= at.isoformat()
                and (end is None or at.isoformat() < str(end))
            ):
                return str(name)
        return None


def described(token: Token) -> tuple[int, int]:
    """First and last token of a noun phrase with the "of", "in" and "near" phrases that hang on it."""
    first, last = phrase(token)
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "near", "in"} and child.i == last + 1:
            ends = [o for o in child.children if o.dep_ == "pobj"]
            if ends and ends[-1].pos_ in {"PROPN", "NOUN"}:
                _, tail = phrase(ends[-1])
                last = max(last, tail)
    return first, last


def resolve(passage: Passage, token: Token, cast: Cast, *, place: bool = False) -> Party | None:
    """The party that a head noun or pronoun means, with the span of its mention."""
    found = _resolve(passage, token, cast, place=place)
    if found is not None:
        cast.note(found)
    return found


def _resolve(passage: Passage, token: Token, cast: Cast, *, place: bool) -> Party | None:
    lexicon = cast.lexicon
    lower, lemma = token.lower_, token.lemma_.lower()
    if token.i in passage.clock:
        return None
    named = token.i in passage.states or token.i in passage.vessels or token.i in passage.persons
    if not named and (token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "DT", "WP", "EX"}):
        return _pronoun(passage, token, cast)
    if token.pos_ == "NUM" and any(c.lower_ == "of" for c in token.children):
        first, last = phrase(token)
        tail = max((t.i for t in token.subtree), default=last)
        return Party(
            name=passage.words(first, tail).lower(), kind="described", span=passage.span(first, tail), unnamed=True
        )
    if token.i in passage.vessels:
        hit = passage.vessels[token.i]
        return Party(
            name=hit.value,
            kind="vessel",
            span=_named_span(passage, hit.first, hit.last),
            imo=cast.imos.get(hit.value),
            flag=_flag(passage, token),
        )
    if token.i in passage.states:
        hit = passage.states[token.i]
        if (
            hit.kind == "people" and hit.last == token.i and token.pos_ in {"NOUN", "PROPN", "ADJ"}
        ) or hit.kind != "people":
            span = passage.span(*_article(passage, hit.first, hit.last))
            if hit.kind == "capital" and place:
                return Party(name=hit.words, code=hit.value, kind="place", span=span)
            return Party(name=lexicon.state_names[hit.value], code=hit.value, kind="state", span=span)
    if token.i in passage.outlets:
        hit = passage.outlets[token.i]
        return Party(name=hit.value, kind="media", span=passage.span(*_article(passage, hit.first, hit.last)))
    if token.i in passage.bodies:
        hit = passage.bodies[token.i]
        moved = False
        if (
            hit.last + 2 < len(passage.doc)
            and passage.doc[hit.last + 1].tag_ == "POS"
            and hit.last + 2 in passage.bodies
        ):
            hit = passage.bodies[hit.last + 2]  # "the Department's Office": the office acts
            moved = True
        name, state = lexicon.bodies[hit.words]
        name = cast.body(name)
        first, last = _article(passage, hit.first, hit.last)
        if moved or hit.first <= token.i <= hit.last:
            return Party(
                name=name, code=state if state != "UN" else None, kind="organisation", span=passage.span(first, last)
            )
    person = passage.persons.get(token.i) or next(
        (
            passage.persons[c.i]
            for c in token.subtree
            if c.i in passage.persons and c.dep_ in {"appos", "compound", "flat"} and c.head.i == token.i
        ),
        None,
    )
    if person is not None and (
        person.first <= token.i <= person.last or lemma in lexicon.actors["people"] or lemma in lexicon.actors["titles"]
    ):
        return _person(passage, token, person.first, person.last, cast)
    if token.text in {"Government", "Administration"} and _state_of(passage, token) is None:
        state = cast.publisher_state()  # a ministry that says "the Government" means its own
        if state and phrase(token) == (token.i - 1, token.i) and passage.doc[token.i - 1].lower_ == "the":
            return Party(
                name=lexicon.state_names.get(state, state),
                code=state,
                kind="state",
                span=passage.span(token.i - 1, token.i),
            )
    if token.pos_ == "PROPN" and lower not in lexicon.actors["titles"]:
        return _proper(passage, token, cast, place=place)
    return _common(passage, token, cast, place=place)


def _article(passage: Passage, first: int, last: int) -> tuple[int, int]:
    if first and passage.doc[first - 1].lower_ in {"the", "an", "a"}:
        first -= 1
    return first, last


def _named_span(passage: Passage, first: int, last: int) -> tuple[int, int]:
    if first and passage.doc[first - 1].lower_ == "the":
        first -= 1
    return passage.span(first, last)


def _flag(passage: Passage, token: Token) -> str | None:
    first, _ = phrase(token)
    for i in range(max(0, first - 6), token.i):
        if passage.doc[i].lower_ in {"flagged", "registered"} and i >= 2:
            for j in range(i - 1, max(-1, i - 5), -1):
                if j in passage.states:
                    return passage.states[j].value
    return None


def _state_of(passage: Passage, token: Token) -> str | None:
    """The State that a noun's own modifiers name ("South Korean officials".

    "officials of China", "Seoul's minister").
    """
    first, last = phrase(token)
    for i in range(last, first - 1, -1):
        if i in passage.states and not (passage.doc[i].head.i != token.i and _flagged(passage, i)):
            return passage.states[i].value
        if i in passage.bodies:
            return None
    for child in token.children:
        place = child.lower_ in {"in", "near"} and token.lemma_.lower() in {
            "ministry",
            "government",
            "port",
            "embassy",
            "court",
            "airbase",
            "base",
            "factory",
            "plant",
            "shipyard",
            "bank",
        }
        if child.dep_ == "prep" and (child.lower_ in {"of", "from"} or place):
            for found in child.children:
                if found.i in passage.states:
                    return passage.states[found.i].value
    return None


def _working_for(passage: Passage, token: Token) -> str | None:
    """As in "Hackers linked to the North": whoever works for a State counts as it."""
    path = [c for c in token.children if c.dep_ in {"acl", "relcl"}] + (
        [token.head] if token.dep_ == "nsubj" and token.head.i == token.i + 1 else []
    )
    for child in path:
        if child.lemma_.lower() in {
            "link",
            "work",
            "back",
            "tie",
            "control",
            "affiliate",
            "sponsor",
            "connect",
            "act",
            "employ",
            "direct",
        }:
            for other in child.subtree:
                if (
                    other.i in passage.states
                    and other.dep_ == "pobj"
                    and other.head.lower_ in {"to", "for", "by", "with"}
                ):
                    return passage.states[other.i].value
    return None


def _name_after(passage: Passage, token: Token) -> int | None:
    """Last token of a proper name that follows a noun at once ("the group Skyline Watch"), or None."""
    i = token.i + 1
    while (
        i < len(passage.doc)
        and passage.doc[i].pos_ in {"PROPN", "NUM"}
        and passage.doc[i].text[:1].isupper() | passage.doc[i].text[:1].isdigit()
        and i not in passage.states
        and i not in passage.clock
    ):
        i += 1
    return i - 1 if i > token.i + 1 and passage.doc[token.i + 1].text[:1].isupper() else None


def _flagged(passage: Passage, i: int) -> bool:
    return i + 2 < len(passage.doc) and passage.doc[i + 1].text == "-"


def _person(passage: Passage, token: Token, first: int, last: int, cast: Cast) -> Party:
    words = passage.words(first, last)
    known = cast.names.get(words) or (cast.names.get(words.split()[-1]) if len(words.split()) == 1 else None)
    left, right = phrase(token)
    left, right = min(left, first), max(right, last)
    while left < first and (passage.doc[left].is_punct or passage.doc[left].lower_ in {"and", "as", "that"}):
        left += 1
    code, title = None, None
    for i in range(left, right + 1):
        if i in passage.states:
            code = passage.states[i].value
            break
        if i in passage.bodies:
            code = cast.lexicon.bodies[passage.bodies[i].words][1]
    for child in (*token.children, *passage.doc[last].children):
        if child.dep_ == "appos" and code is None and child.i not in range(first, last + 1):
            code = _state_of(passage, child)
    if token.dep_ == "appos" and code is None:
        code = _state_of(passage, token.head)
    if code is None:
        for noun in (
            token,
            token.head if token.dep_ == "appos" else token,
            *(c for c in token.children if c.dep_ == "appos"),
        ):
            owner = next((c for c in noun.children if c.dep_ == "poss" and c.lower_ in {"its", "their"}), None)
            known_owner = _pronoun(passage, owner, cast) if owner is not None else None
            code = known_owner.code if known_owner is not None else None
            if code:
                break
    if left < first:
        title = passage.words(left, first - 1)
    for noun in (*token.children, *passage.doc[last].children, *([token.head] if token.dep_ == "appos" else [])):
        if (noun.dep_ == "appos" or noun.i == token.head.i) and noun.pos_ == "NOUN" and not first <= noun.i <= last:
            title = f"{title} {noun.text}" if title else noun.text
    name = words
    if known and known.kind == "person":
        name = known.name
        code = code or known.code
    elif len(words.split()) == 1:
        for holder, state, *_ in cast.lexicon.actors["office_holders"]:
            if holder.split()[-1] == words or (holder.split()[0] == words and words in {"Kim", "Xi", "Moon", "Yoon"}):
                code = code or state
    if code is None:
        for holder, state, *_ in cast.lexicon.actors["office_holders"]:
            if holder == name:
                code = state
    return Party(
        name=name,
        code=code if code != "UN" else None,
        kind="person",
        span=passage.span(left, max(right, last)),
        title=title,
    )


def _proper(passage: Passage, token: Token, cast: Cast, *, place: bool) -> Party | None:
    lexicon = cast.lexicon
    first, last = phrase(token)
    while (
        last + 1 < len(passage.doc)
        and passage.doc[last + 1].pos_ == "PROPN"
        and passage.doc[last + 1].dep_ in {"flat", "compound"}
    ):
        last += 1
    words = passage.words(first, last)
    bare = re.sub(r"^(?:[Tt]he|[Aa]n?|its|their) ", "", words)
    bare = re.sub(r"^(?:[a-z][\w-]*,? ){1,4}(?=[A-Z])", "", bare)
    if token.i in passage.places:
        hit = passage.places[token.i]
        owned = any(i in passage.states for i in range(first, hit.first))
        span = passage.span(
            *(
                (first, max(hit.last, token.i))
                if owned
                else _article(passage, min(hit.first, token.i), max(hit.last, token.i))
            )
        )
        return Party(name=hit.value, code=lexicon.places.get(hit.value), kind="place", span=span)
    if token.lower_ in lexicon.actors["organs"] or token.lemma_.lower() in lexicon.actors["organs"]:
        code = _state_of(passage, token)
        if code:
            return Party(name=bare, code=code, kind="official", span=passage.span(first, last))
    known = cast.names.get(bare) or cast.names.get(token.text)
    if known and known.kind in {"person", "company", "organisation", "media"}:
        return replace(known, role="", span=passage.span(first, last))
    if token.lemma_.lower() in lexicon.actors["vessel_nouns"]:
        return _common(passage, token, cast, place=place)
    if any(w in lexicon.actors["company_words"] for w in bare.split()):
        return Party(name=_short(bare), kind="company", span=passage.span(first, last), code=None)
    if place:
        return Party(name=bare, kind="place", span=passage.span(first, last), code=lexicon.places.get(bare))
    code = _state_of(passage, token)
    head = token.lemma_.lower()
    if head in lexicon.actors["people"] and code:
        return Party(name=bare, code=code, kind="official", span=passage.span(first, last), unnamed=True)
    return Party(name=_short(bare), kind="organisation", span=passage.span(first, last), code=code)


def _short(name: str) -> str:
    return re.sub(r",? (?:Ltd|Limited|Co|Inc|LLC|Corp|GmbH|Pte|S\.A|SA|AG)\.?(?: (?:Ltd|Limited|Co)\.?)?$", "", name)


def _common(passage: Passage, token: Token, cast: Cast, *, place: bool) -> Party | None:
    lexicon = cast.lexicon
    actors = lexicon.actors
    lemma = token.lemma_.lower()
    first, last = described(token)
    words = passage.words(first, last)
    span = passage.span(first, last)
    definite = passage.doc[phrase(token)[0]].lower_ in {
        "the",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "our",
        "his",
        "both",
        "said",
    }
    code = _state_of(passage, token)
    appos = [c for c in token.children if c.dep_ == "appos"]
    named = _name_after(passage, token)
    if named is not None and (lemma in actors["company_nouns"] or lemma in actors["outlet_words"]):
        kind = (
            "media"
            if lemma in actors["outlet_words"]
            else "company"
            if lemma not in {"group", "institute", "think-tank", "tank", "foundation", "university"}
            else "organisation"
        )
        return Party(
            name=_short(passage.words(token.i + 1, named)), kind=kind, span=passage.span(first, named), code=None
        )
    if named is not None and lemma in actors["vessel_nouns"] and token.i + 1 in passage.vessels:
        hit = passage.vessels[token.i + 1]
        return Party(
            name=hit.value,
            kind="vessel",
            span=passage.span(hit.first, hit.last),
            imo=cast.imos.get(hit.value),
            flag=_flag(passage, token),
        )
    for child in appos:
        if child.i in passage.persons:
            return _person(passage, token, passage.persons[child.i].first, passage.persons[child.i].last, cast)
        if child.i in passage.vessels:
            hit = passage.vessels[child.i]
            return Party(
                name=hit.value,
                kind="vessel",
                span=passage.span(hit.first, hit.last),
                imo=cast.imos.get(hit.value),
                flag=_flag(passage, token),
            )
        if (
            child.pos_ == "PROPN"
            and child.i not in passage.states
            and (lemma in actors["company_nouns"] or lemma in actors["people"])
        ):
            made = _proper(passage, child, cast, place=False)
            if made:
                return replace(made, kind="company" if lemma in actors["company_nouns"] else made.kind)
    if token.dep_ == "appos" and token.head.pos_ == "PROPN" and token.head.i != token.i:
        return _resolve(passage, token.head, cast, place=place)
    if lemma in actors["vessel_nouns"] or (lemma == "carrier" and "bulk" in words):
        for i in range(first, last + 1):
            if i in passage.vessels:
                hit = passage.vessels[i]
                return Party(
                    name=hit.value,
                    kind="vessel",
                    span=passage.span(hit.first, hit.last),
                    imo=cast.imos.get(hit.value),
                    flag=_flag(passage, token),
                )
        if definite:
            near = next((passage.vessels[i] for i in range(token.i - 1, -1, -1) if i in passage.vessels), None)
            known = (
                Party(name=near.value, kind="vessel", imo=cast.imos.get(near.value)) if near else cast.latest("vessel")
            )
            if known and token.tag_ == "NN":
                return replace(known, span=span)
        return Party(name="?", kind="vessel", span=span, flag=_flag(passage, token), unnamed=True)
    if lemma in {"country", "state", "side"} and any(c.lower_ in {"one", "other", "another"} for c in token.children):
        return Party(name="?", kind="state", span=span, unnamed=True)
    if lemma in actors["country_words"] and definite:
        if lemma in {"neighbour", "neighbor"}:
            return Party(name="?", kind="state", span=span)
        if passage.doc[first].lower_ in {"the", "that", "this", "both"} and code is None:
            known = _country(passage, token, cast)
            if known:
                return replace(known, span=span)
    if lemma in {"panel", "committee", "council", "body", "team", "commission"} and definite and code is None:
        known = cast.latest("organisation")
        if known and (lemma == "body" or lemma in known.name.lower()):
            return replace(known, span=span)
        if lemma == "panel":
            return Party(name=cast.body("Panel of Experts"), kind="organisation", span=span)
    if lemma == "panel" and any(
        i in passage.states and passage.states[i].value == "UN" for i in range(first, last + 1)
    ):
        return Party(name=cast.body("Panel of Experts"), kind="organisation", span=span)
    if lemma in actors["company_nouns"]:
        if definite and code is None and token.tag_ in {"NN", "NNP"}:
            known = (
                cast.latest("company", "organisation")
                if lemma in {"company", "firm", "group", "enterprise", "bank", "institute", "owner"}
                else None
            )
            if known and lemma == "group":
                known = cast.latest("organisation", "company", "media")
            if known and known.unnamed and lemma == "owner":
                known = None
            if known:
                return replace(known, span=span)
        if code and token.tag_ == "NN" and lemma not in {"factory", "plant", "shipyard"}:
            return Party(name=_strip(words), kind="company", code=code, span=span, unnamed=True)
        return Party(name=_strip(words) if code else "?", kind="company", span=span, code=code, unnamed=True)
    if lemma in actors["outlet_words"]:
        for i in range(first, last + 1):
            if i in passage.outlets:
                return Party(name=passage.outlets[i].value, kind="media", span=span)
    if lemma in actors["outlet_words"] and definite:
        known = cast.latest("media")
        if known:
            return replace(known, span=span)
    if lemma in actors["evidence"] and (
        not definite
        or lemma
        in {
            "imagery",
            "image",
            "data",
            "record",
            "photograph",
            "reporting",
            "report",
            "evidence",
            "track",
            "footage",
            "indictment",
            "complaint",
        }
    ):
        return Party(name=_strip(words).lower(), kind="evidence", span=span, unnamed=True)
    if lemma in actors["people"] and code is None and (worked := _working_for(passage, token)):
        return Party(name=_strip(words), code=worked, kind="official", span=span, unnamed=True)
    if lemma in actors["people"] or lemma in actors["titles"]:
        if lemma == "secretary" and definite and code is None and token.tag_ in {"NN", "NNP"}:
            state = cast.publisher_state()
            holder = cast.office_holder(state, "secretary of state", cast.published) if state else None
            if holder:
                return Party(name=holder, code=state, kind="person", span=span)
        if lemma == "president" and definite and code is None:
            state = cast.publisher_state()
            holder = cast.office_holder(state, "president", _told_day(passage) or cast.published) if state else None
            if holder:
                return Party(name=holder, code=state, kind="person", span=span)
        if (
            definite
            and token.tag_ == "NN"
            and code is None
            and lemma not in {"team", "head", "chief", "crew", "leader"}
        ):
            known = cast.by_office(lemma)
            if known:
                return replace(known, span=span)
        if definite and token.tag_ == "NNS" and lemma in {"leader", "president", "minister"} and code is None:
            known = cast.latest("person")
            if known:
                return replace(known, span=span)
        if lemma in {"conspirator", "defendant"}:
            return Party(name=words.lower() if words[0] == "T" else words, kind="described", span=span)
        if code:
            return Party(name=_strip(words), code=code, kind="official", span=span, unnamed=True)
        return Party(
            name=_strip(words),
            kind="expert" if lemma in {"expert", "analyst", "researcher"} else "described",
            span=span,
            unnamed=True,
        )
    if code is None and lemma in actors["organs"]:
        owner = next((c for c in token.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
        known = _pronoun(passage, owner, cast) if owner is not None else None
        code = known.code if known is not None else None
    if lemma in actors["organs"]:
        if code:
            return Party(name=_strip(words), code=code, kind="official", span=span)
        if definite and lemma in {
            "government",
            "regime",
            "authority",
            "ministry",
            "side",
            "leadership",
            "military",
            "army",
        }:
            own = cast.publisher_state() if lemma == "government" else None
            if own:
                return Party(name=lexicon.state_names.get(own, own), code=own, kind="state", span=span)
            known = cast.latest("state")
            if known:
                return replace(known, span=span, kind="official")
        kind = (
            "thing"
            if lemma
            in {
                "mission",
                "service",
                "program",
                "programme",
                "unit",
                "office",
                "side",
                "bank",
                "team",
                "state",
                "division",
                "council",
                "department",
                "leadership",
                "intelligence",
                "party",
                "bureau",
            }
            and not definite
            else "official"
        )
        return Party(name=_strip(words), kind=kind, span=span, unnamed=True)
    if code and lemma in {"soldier", "troop", "force", "worker", "national", "citizen", "plane", "aircraft", "jet"}:
        return Party(name=_strip(words), code=code, kind="official", span=span, unnamed=True)
    if place or lemma in actors["place_nouns"]:
        if (
            lemma not in actors["place_nouns"]
            and not any(i in passage.places for i in range(first, last + 1))
            and code is None
        ):
            return Party(name="?", kind="thing", span=span, unnamed=True)
        for i in range(last, first - 1, -1):
            if i in passage.places:
                hit = passage.places[i]
                return Party(
                    name=hit.value,
                    code=lexicon.places.get(hit.value),
                    kind="place",
                    span=passage.span(hit.first, hit.last),
                )
        if code:
            return Party(name=lexicon.state_names[code], code=code, kind="place", span=span)
        return Party(name=_strip(words) if lemma in actors["place_nouns"] else "?", kind="place", span=span)
    if code:
        return Party(name=_strip(words), code=code, kind="described", span=span, unnamed=True)
    return Party(name="?", kind="thing", span=span, unnamed=True)


def _strip(words: str) -> str:
    return re.sub(r"^(?:the|an?|this|that|these|those|some|its|their|his|her)\s", "", words, flags=re.IGNORECASE)


def _told_day(passage: Passage) -> str | None:
    for time in passage.times:
        if time.precision == "day" and time.value:
            return time.value
    return None


def _country(passage: Passage, token: Token, cast: Cast) -> Party | None:
    """As in "The country": the State told before, but not one that acts in the same clause."""
    acting = {passage.states[t.i].value for t in _clause_subjects(token) if t.i in passage.states}
    quoted = passage.quote_of(token.i)
    owner = next((c for c in token.head.head.children if c.dep_ == "poss"), None) if token.dep_ == "pobj" else None
    if owner is not None and owner.i not in passage.clock:
        mover = _resolve(passage, owner, cast, place=False)
        if mover is not None and mover.code:
            acting.add(mover.code)
    for i in range(token.i - 1, -1, -1):
        if passage.quote_of(i) != quoted:
            continue
        if i in passage.persons and passage.persons[i].last == i:
            known = cast.names.get(passage.persons[i].words) or cast.names.get(passage.persons[i].words.split()[-1])
            if known is not None and known.code and known.code not in acting | {"UN", "EU", "NATO"}:
                return Party(name=cast.lexicon.state_names.get(known.code, known.code), code=known.code, kind="state")
        if (
            i in passage.states
            and passage.states[i].value not in acting
            and passage.states[i].value not in {"UN", "EU", "NATO"}
        ):
            hit = passage.states[i]
            if not _flagged(passage, hit.last):
                return Party(name=cast.lexicon.state_names[hit.value], code=hit.value, kind="state")
    for party in reversed(cast.told):
        if (
            party.kind in {"state", "official", "person"}
            and party.code
            and party.code not in acting | {"UN", "EU", "NATO"}
        ):
            return Party(name=cast.lexicon.state_names.get(party.code, party.code), code=party.code, kind="state")
    return None


def pair(passage: Passage, token: Token, cast: Cast) -> list[Party]:
    """The two that "they", "their" or "the leaders" means.

    Two persons of the same sentence, else two States, else those before.
    """
    for verb in reversed([t for t in passage.doc[token.sent.start : token.i] if t.pos_ == "VERB"]):
        slots = arguments(verb)  # "the President spoke with X, and they discussed": the two sides of the verb before
        sides = slots.get("subj", [])[:1] + (slots.get("with") or slots.get("obj") or slots.get("iobj") or [])[:1]
        if len(slots.get("subj", [])) > 1:
            sides = slots["subj"][:2]
        found = [
            p
            for t in sides
            if t.i < token.i
            and (p := _resolve(passage, t, cast, place=False)) is not None
            and p.kind in {"person", "state", "official"}
            and p.name != "?"
        ]
        if len(found) == 2 and found[0].name != found[1].name and {f.kind for f in found} <= {"person", "official"}:
            return found
    for start in (token.sent.start, 0):
        persons: dict[str, Party] = {}
        states: dict[str, Party] = {}
        for other in passage.doc[start : token.i]:
            if other.i in passage.persons and passage.persons[other.i].last == other.i:
                party = _resolve(passage, other, cast, place=False)
                if party is not None and party.kind == "person":
                    persons[party.name] = party
            elif (
                other.i in passage.states
                and passage.states[other.i].last == other.i
                and other.dep_ not in {"amod", "compound", "poss"}
            ):
                hit = passage.states[other.i]
                states[hit.value] = Party(
                    name=cast.lexicon.state_names[hit.value],
                    code=hit.value,
                    kind="state",
                    span=passage.span(hit.first, hit.last),
                )
        for told_here in (persons, states):
            if len(told_here) >= 2:
                return list(told_here.values())[-2:]
    told = [p for p in cast.told if p.kind == "person"]
    names = list(dict.fromkeys(p.name for p in reversed(told)))[:2]
    return [next(p for p in reversed(told) if p.name == n) for n in reversed(names)] if len(names) == 2 else []


def _clause_subjects(token: Token) -> list[Token]:
    node = token
    while node.head.i != node.i and node.pos_ not in {"VERB", "AUX"}:
        node = node.head
    return [t for c in node.children if c.dep_ == "nsubj" for t in conjuncts(c)]


def _pronoun(passage: Passage, token: Token, cast: Cast) -> Party | None:
    word = token.lower_
    span = passage.span(token.i, token.i)
    voice = passage.voices.get(token.i)
    if word in {"we", "our", "us", "ours", "i", "my", "me"} and voice is not None:
        if voice.code and word not in {"i", "my", "me"}:
            return Party(
                name=cast.lexicon.state_names.get(voice.code, voice.name), code=voice.code, kind="state", span=span
            )
        return replace(voice, role="", span=span)
    if word in {"we", "our", "us", "ours"}:
        if cast.speaker is not None:
            state = cast.speaker.code or (cast.publisher_state() if passage.quote_of(token.i) is None else None)
            if state:
                return Party(name=cast.lexicon.state_names.get(state, state), code=state, kind="state", span=span)
            return replace(cast.speaker, role="", span=span)
        state = cast.publisher_state()
        if state:
            return Party(name=cast.lexicon.state_names.get(state, state), code=state, kind="state", span=span)
        return Party(name="?", kind="pronoun", span=span)
    if word in {"i", "my", "me", "you", "your"}:
        if word in {"i", "my", "me"} and cast.speaker is not None:
            return replace(cast.speaker, role="", span=span)
        return Party(name="?", kind="pronoun", span=span, unnamed=True)
    teller = _teller(passage, token, cast) if word in {"it", "they"} else None
    if teller is not None:
        return replace(teller, span=span)
    if word in {"he", "she", "him", "her", "his", "himself", "herself"}:
        known = (
            _before(passage, token, cast, {"person"})
            or cast.latest("person")
            or cast.latest("official", "described", "expert")
        )
        return replace(known, span=span) if known else Party(name="?", kind="pronoun", span=span)
    if word in {"it", "its", "itself"}:
        if word == "its" and (first := _first_of_row(passage, token)) is not None:
            owner = _resolve(passage, first, cast, place=False)
            return replace(owner, span=span) if owner else None
        known = _before(passage, token, cast, {"state", "vessel", "company", "organisation", "official"}, singular=True)
        known = known or cast.latest("state", "vessel", "company", "organisation", "media")
        return replace(known, span=span) if known else Party(name="?", kind="pronoun", span=span)
    if word in {"they", "their", "them", "themselves", "theirs"}:
        known = _before(
            passage, token, cast, {"official", "described", "person", "expert", "company"}, plural=True
        ) or cast.latest("state")
        return replace(known, span=span) if known else Party(name="?", kind="pronoun", span=span)
    if word in {"who", "which", "that"}:
        return None
    if (
        any(c.lower_ == "of" and any(o.lower_ in {"whom", "which"} for o in c.children) for c in token.children)
        and token.head.dep_ == "relcl"
    ):
        return _resolve(passage, token.head.head, cast, place=False)
    return Party(name="?", kind="pronoun", span=span)


_ROW = {";", ",", "and", "including", "by", "as", "or", "with", "for"}


def _first_of_row(passage: Passage, token: Token) -> Token | None:
    """As in "its test of a device; its exports to Syria; and its forced labour": one owner for the whole row."""
    if not token.i or passage.doc[token.i - 1].lower_ not in _ROW:
        return None
    row = [
        t
        for t in passage.doc[token.sent.start : token.i]
        if t.lower_ == "its" and t.i and passage.doc[t.i - 1].lower_ in _ROW
    ]
    return row[0] if row else None


def _teller(passage: Passage, token: Token, cast: Cast) -> Party | None:
    """As in "The company stated that it had sold the ship": "it" is the one who says so."""
    for up in token.ancestors:
        if up.pos_ == "VERB" and up.lemma_.lower() in cast.lexicon.say:
            subjects = [t for t in subject(up) if t.i < token.i and t.pos_ in {"NOUN", "PROPN"}]
            if not subjects:
                continue
            party = _resolve(passage, subjects[0], cast, place=False)
            many = token.lower_ == "they"
            if party is not None and party.kind in (
                {"company", "organisation", "state", "official", "media"}
                if not many
                else {"official", "described", "expert", "company"}
            ):
                plain = subjects[0].tag_ in {"NNS", "NNPS"} and subjects[0].i not in passage.states
                if plain == many:
                    return party
    return None


def _before(
    passage: Passage, token: Token, cast: Cast, kinds: set[str], *, singular: bool = False, plural: bool = False
) -> Party | None:
    """The nearest fitting subject before a pronoun in its paragraph, subjects of clauses first."""
    sentence = token.sent
    candidates: list[tuple[int, Token]] = []
    for other in passage.doc[: token.i]:
        if (
            other.dep_ in {"nsubj", "nsubjpass"} or (other.dep_ == "npadvmod" and other.head.dep_ == "amod")
        ) and other.pos_ in {"NOUN", "PROPN", "ADJ"}:
            weight = 2 if other.sent.start == sentence.start else 1
            candidates.append((weight, other))
        elif (
            other.pos_ in {"PROPN", "NOUN"}
            and other.dep_ in {"poss", "pobj", "dobj", "appos"}
            and (
                other.i in passage.states
                or other.i in passage.vessels
                or other.i in passage.persons
                or (plural and other.tag_ == "NNS" and other.lemma_.lower() in cast.lexicon.actors["people"])
            )
        ):
            candidates.append((0, other))
    for _, other in sorted(candidates, key=lambda c: (c[0], c[1].i), reverse=True):
        equal = (
            [c for c in other.head.children if c.dep_ == "attr" and c.pos_ in {"NOUN", "PROPN"}]
            if other.head.lemma_ == "be" and other.dep_ == "nsubj"
            else []
        )
        if plural and equal and equal[0].tag_ in {"NNS", "NNPS"}:
            said = _resolve(passage, equal[0], cast, place=False)
            if said is not None and said.kind in kinds:
                return said
        if singular and other.tag_ in {"NNS", "NNPS"} and other.i not in passage.states:
            continue
        if plural and other.tag_ not in {"NNS", "NNPS"} and len(conjuncts(other)) == 1:
            continue
        party = _resolve(passage, other, cast, place=False)
        if party is not None and party.kind in kinds:
            return party
    return None
