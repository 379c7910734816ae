"""The rules reader: a document in, attributed claims out.

Paragraph by paragraph: fold, parse, look up the tables, find who says what (`sources`), what happens (`match`), how
certain (`modality`), how much and when; then bridge what a document leaves out once it was told ("the shipments", a
partner named before). Claims are never merged. The reader is a pure function of the document and the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.claims.bridge import (
    anaphoric_sources,
    capacities,
    denials,
    denied_partner,
    exchanges,
    meeting_months,
    offers,
    pairs,
    said_days,
    troops,
)
from observance.observations.claims.conditions import conditions, listed_parties
from observance.observations.claims.dates import Time, times
from observance.observations.claims.draft import Draft, State
from observance.observations.claims.fold import fold, parsed
from observance.observations.claims.grammar import conjuncts, subject
from observance.observations.claims.layout import Part, parts
from observance.observations.claims.lexicon import Lexicon, load
from observance.observations.claims.match import Event, events
from observance.observations.claims.modality import RANK, modality
from observance.observations.claims.parse import parse
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.passage import Found, Passage, survey
from observance.observations.claims.quantities import Amount
from observance.observations.claims.record import Claim, Item, Page, Party, Quantity, Relation, Source, When
from observance.observations.claims.sources import Report, as_source, nesting, reports, said_of, spoken_times
from observance.observations.claims.words import assessments, speech_acts, statements

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(page: Page, lexicon: Lexicon | None = None) -> tuple[Claim, ...]:
    """Read a document into claims, in the order of the text."""
    words = lexicon or load()
    cast = Cast(
        lexicon=words,
        publisher=page.publisher,
        published=page.published,
        text=f"{page.title}\n{page.publisher}\n{page.text[:20000]}",
    )
    state = State(page=page, lexicon=words, cast=cast)
    body = [(part, fold(page.text, part.start, part.end)) for part in parts(page) if part.role != "boilerplate"]
    for (part, folded), doc in zip(body, parse(parsed(f.text) for _, f in body), strict=True):
        if len(doc) == 0:
            continue
        for place, imo in folded.imos:
            del place
            cast.imos.setdefault("", imo)
        for word in doc:
            word.lemma_ = _LEMMAS.get(word.lower_, word.lemma_)
        passage = survey(doc, folded, part, words, page.published, cast.imos)
        doc.user_data["passage"] = passage
        _paragraph(state, passage)
    state.drafts.sort(key=lambda d: (d.passage.part.start, d.event.trigger))
    pairs(state)
    offers(state)
    troops(state)
    denied_partner(state)
    meeting_months(state)
    said_days(state)
    listed_parties(state)
    return _finish(state)


# forms that the model's lemmatizer takes for another word
_LEMMAS = {
    "hopes": "hope",
    "hoped": "hope",
    "hoping": "hope",
    "fired": "fire",
    "firing": "fire",
    "planes": "plane",
    "bases": "base",
    "data": "data",
    "froze": "freeze",
    "frozen": "freeze",
    "sanctioned": "sanction",
}


def _turn(state: State, part: Part) -> Source | None:
    """The speaker of a transcript's turn; "Q" is a reporter."""
    if not part.turn:
        state.cast.speaker = None
        return None
    label = re.sub(r"\s*\([^)]*\)", "", part.turn)
    if label in {"Q", "QUESTION"}:
        state.cast.speaker = Party(name="reporter", kind="described", unnamed=True, span=part.turn_span)
        return Source(name="reporter", kind="described", act="asks", span=part.turn_span, unnamed=True)
    bare = (
        re.sub(
            r"^(?:MR|MS|MRS|DR|SEN|REP|SECRETARY|MINISTER|AMBASSADOR|PRESIDENT|Mr|Ms|Mrs|Dr|Sen|Rep|Secretary|Minister|Ambassador|President|Spokesperson)\.?\s+(?=\S)",
            "",
            label,
        )
        .split(",")[0]
        .strip()
    )
    name = bare.title() if bare.isupper() else bare
    for title in ("title", "publisher"):
        text = getattr(state.page, title)
        hit = re.search(rf"(?i)\b((?:[A-Z][\w.'’-]+ ){{1,2}}){re.escape(name)}\b", text)
        if hit:
            words = [w for w in hit.group(0).split() if w.lower() not in _TITLES]
            name = " ".join(words) if len(words) > 1 else name
            break
    known = state.cast.names.get(name.split()[-1]) if name else None
    if known and known.kind == "person":
        name = known.name
    code = known.code if known else None
    if code is None:
        code = state.cast.publisher_state()
    party = Party(name=name, kind="person", code=code, span=part.turn_span)
    state.cast.speaker = party
    state.cast.note(party)
    return Source(name=name, kind="person", act="says", code=code, span=part.turn_span)


_TITLES = {
    "press",
    "secretary",
    "by",
    "coordinator",
    "adviser",
    "advisor",
    "minister",
    "ambassador",
    "president",
    "spokesperson",
    "administrator",
    "and",
    "with",
    "nsc",
    "communications",
    "the",
    "director",
    "statement",
    "remarks",
    "of",
    "representative",
    "deputy",
    "foreign",
    "defense",
    "defence",
    "strategic",
    "for",
}


def _paragraph(state: State, passage: Passage) -> None:
    cast = state.cast
    turn = _turn(state, passage.part)
    for token in passage.doc:  # named persons and ships are known before their pronouns
        if token.i in passage.persons and passage.persons[token.i].last == token.i:
            resolve(passage, token, cast)
    for token in passage.doc:  # a surname told before, which the name finder misses at the start of a sentence
        known = cast.names.get(token.text)
        if (
            token.text[:1].isupper()
            and token.pos_ in {"PROPN", "NOUN"}
            and token.i not in passage.persons
            and token.i not in passage.outlets
            and token.i not in passage.states
            and known is not None
            and known.kind == "person"
        ):
            passage.persons[token.i] = Found(token.i, token.i, token.text, "person", token.text)
    found = reports(passage, cast)
    first_draft = len(state.drafts)
    taken: set[int] = set()
    made: list[Draft] = []
    for token in passage.doc:
        if token.i in taken:
            continue
        for event in events(passage, token, cast):
            made.extend(_drafts(state, passage, event, found, turn))
    made = _merge_pairs(_suppress(passage, made))
    made.extend(assessments(state, passage, found, made, turn))
    made.extend(statements(state, passage, found, made, turn))
    speech_acts(state, passage, made)
    made.sort(key=lambda d: d.event.trigger)
    state.drafts.extend(made)
    exchanges(state, passage, state.drafts[first_draft:])
    _attach(passage, state.drafts[first_draft:], found)
    _capacities(state, passage, first_draft, found, turn)
    _denials(state, passage, first_draft, found, turn)
    anaphoric_sources(state, passage, first_draft)
    conditions(state, passage, state.drafts[first_draft:])
    state.drafts[first_draft:] = [d for d in state.drafts[first_draft:] if not _empty(d, passage.doc[d.event.trigger])]
    if found:
        for report in found:
            for chain in report.sources:
                if chain:
                    state.last_chain = chain


def _drafts(state: State, passage: Passage, event: Event, found: list[Report], turn: Source | None) -> list[Draft]:
    token = passage.doc[event.trigger]
    held = nesting(found, event.trigger)
    nearest = next((r for r in held), None)
    kind, cues = modality(passage, token, nearest, state.lexicon)
    if nearest is not None and not any(nearest.sources) and len(held) > 1:
        outer, more = modality(passage, token, replace(held[1], scope=held[1].scope), state.lexicon)
        if RANK[outer] > RANK[kind]:
            kind, cues = outer, (*cues, *more)
    chains = _chains(state, held, turn)
    out = []
    for chain in chains:
        draft = Draft(
            passage=passage,
            event=event,
            report=nearest,
            chain=chain,
            modality=kind,
            cues=cues,
            parties=list(event.parties),
        )
        draft.said = said_of(passage, held)
        out.append(draft)
    return out


def _chains(state: State, held: list[Report], turn: Source | None) -> list[list[Source]]:
    """Speaker first, outwards; one chain for each of several voices."""
    chains: list[list[Source]] = [[]]
    for report in held:
        options = [c for c in report.sources if c] or [[]]
        chains = [
            [*chain, *(s for s in option if all(s.name != h.name for h in chain))]
            for chain in chains
            for option in options
        ]
    out = []
    for chain in chains:
        links = list(chain)
        if links:
            outer = links[-1]
            relay = state.relays.get(outer.name)
            if len(links) > 1 and links[-1].kind == "media":
                for n, link in enumerate(links[:-1]):
                    state.relays.setdefault(link.name, links[n + 1 :])
            elif relay and outer.kind != "media":
                links.extend(relay)
        if turn is not None and all(turn.name != s.name for s in links):
            links.append(turn)
        out.append(links)
    return out


def _suppress(passage: Passage, made: list[Draft]) -> list[Draft]:
    """One claim for one telling.

    A noun under a verb that already tells the same, or a trigger inside another's thing.
    """
    out: list[Draft] = []
    for draft in made:
        token = passage.doc[draft.event.trigger]
        again = False
        for other in made:
            if other is draft or other.event.trigger == draft.event.trigger:
                continue
            o = passage.doc[other.event.trigger]
            same = other.event.event == draft.event.event or (
                {other.event.event, draft.event.event} <= {"trade", "petroleum_delivery", "arms_transfer"}
                and not draft.event.frame.nouns.isdisjoint({token.lemma_})
            )
            if (
                same
                and token.pos_ != "VERB"
                and any(a.i == o.i for a in token.ancestors)
                and _object_path(token, o)
                and o.pos_ == "VERB"
                and other.event.event == draft.event.event
            ):
                again = True
            if (
                any(t.first <= token.i <= t.last and t.token != draft.event.trigger for t in other.event.things)
                and token.pos_ != "VERB"
                and other.event.frame.id != "test_noun"
            ):
                again = (
                    again
                    or other.event.event in {draft.event.event, "launch_or_test"}
                    or draft.event.event in {"agreement", "statement", "mandate_change"}
                )
        if (
            draft.event.event == "labour"
            and draft.event.frame.id == "workers_act"
            and not draft.parties
            and token.lemma_ in {"be", "earn"}
        ):
            again = True
        if _background(draft, token, made) or _carrier(draft, token, made):
            again = True
        if not again:
            out.append(draft)
    return out


_FORBID = {"prohibit", "ban", "bar", "limit", "cap", "restrict", "forbid", "outlaw"}
_ALLOW = {"require", "oblige", "authorise", "authorize", "permit", "allow"}
_LAW = {
    "resolution",
    "order",
    "law",
    "act",
    "rule",
    "measure",
    "sanction",
    "provision",
    "regulation",
    "treaty",
    "paragraph",
    "embargo",
}


def _background(draft: Draft, token: Token, made: list[Draft]) -> bool:
    """What a rule forbids or limits is law, not an event; a condition about rules is none either."""
    for up in token.ancestors:
        if (
            up.pos_ == "VERB"
            and (
                up.lemma_.lower() in _FORBID
                or (
                    up.lemma_.lower() in _ALLOW
                    and any(t.lemma_.lower() in _LAW or t.lower_ == "order" for t in subject(up))
                )
            )
            and any(
                t.i == token.i
                for c in up.children
                if c.dep_ in {"dobj", "prep", "nsubjpass", "xcomp", "ccomp"}
                for t in c.subtree
            )
        ):
            return True
        if up.dep_ == "relcl":
            continue
    if (
        draft.event.event in {"rule_making", "statement"}
        and token.dep_ == "advcl"
        and any(m.lower_ in {"if", "unless"} for m in token.children)
    ):
        return True
    pronoun = any(
        p.role == "speaker"
        and p.span
        and draft.passage.folded.text
        and draft.passage.doc[token.i].sent
        and p.kind == "state"
        for p in draft.parties
    )
    if (
        draft.event.frame.id == "thank"
        and pronoun
        and any(c.dep_ == "nsubj" and c.lower_ in {"we", "i"} for c in token.children)
    ):
        return True
    del made
    return False


def _carrier(draft: Draft, token: Token, made: list[Draft]) -> bool:
    """A verb that only leads to another event ("used to purchase", "agreed to strengthen") is not told twice."""
    for other in made:
        o = draft.passage.doc[other.event.trigger]
        if other is draft:
            continue
        below = any(a.i == token.i for a in o.ancestors)
        above = any(a.i == o.i for a in token.ancestors)
        if (
            draft.event.frame.id == "money_move"
            and token.lemma_.lower() in {"use", "spend", "convert"}
            and below
            and o.dep_ in {"xcomp", "advcl"}
        ):
            return True
        if (
            draft.event.frame.id in {"strengthen", "cooperation", "cooperate"}
            and above
            and other.event.event == "agreement"
        ):
            return True
        if draft.event.frame.id == "job" and above and other.event.event == "labour":
            return True
    return False


def _merge_pairs(made: list[Draft]) -> list[Draft]:
    """As in "The export by X and procurement by Y of missiles": two nouns, one transfer."""
    out: list[Draft] = []
    for draft in made:
        token = draft.passage.doc[draft.event.trigger]
        twin = next(
            (
                o
                for o in out
                if o.event.event == draft.event.event
                and token.dep_ == "conj"
                and token.head.i == o.event.trigger
                and token.pos_ == "NOUN"
                and {t.token for t in o.event.things} & {t.token for t in draft.event.things}
                and o.chain == draft.chain
            ),
            None,
        )
        if twin is None:
            out.append(draft)
            continue
        roles = {p.role for p in twin.parties}
        twin.parties.extend(p for p in draft.parties if p.role not in roles)
    return out


def _empty(draft: Draft, token: Token) -> bool:
    """A noun of happening with nobody, nothing and no time beside it tells no event.

    A rule that would have been made is none.
    """
    if draft.event.event == "rule_making" and token.dep_ == "relcl" and draft.modality == "conditional":
        return True
    if (
        token.pos_ != "VERB"
        and not draft.parties
        and draft.event.frame.id in {"give", "get", "thing_noun"}
        and not draft.event.exchange
    ):
        return True
    if (
        token.pos_ == "VERB"
        and not draft.parties
        and not draft.event.things
        and not draft.amounts
        and draft.event.event in {"legal_action", "seizure", "finance", "agreement", "visit", "listing"}
    ):
        return True
    if token.pos_ == "VERB" or draft.parties or draft.event.things or draft.times or draft.amounts:
        return False
    return draft.event.event in {
        "meeting",
        "agreement",
        "visit",
        "military_cooperation",
        "finance",
        "cyber_theft",
        "deceptive_shipping",
        "ship_to_ship",
        "port_call",
        "listing",
        "legal_action",
        "weapons_use",
        "veto",
        "monitoring",
        "launch_or_test",
        "seizure",
    }


def _object_path(token: Token, verb: Token) -> bool:
    node = token
    for _ in range(4):
        if node.i == verb.i:
            return True
        if node.dep_ == "conj" and node.pos_ in {"VERB", "AUX"}:
            return False
        if node.dep_ not in {"dobj", "pobj", "prep", "nsubjpass", "attr", "conj", "compound", "nsubj"}:
            return False
        node = node.head
    return node.i == verb.i


def _attach(passage: Passage, drafts: list[Draft], found: list[Report]) -> None:
    """Each amount and time goes to the trigger under which it stands in the tree."""
    triggers: dict[int, list[Draft]] = {}
    for draft in drafts:
        for i in {draft.event.trigger, *(t.token for t in draft.event.things)}:
            triggers.setdefault(i, []).append(draft)
    for loose in passage.amounts:
        amount = loose
        if (
            not amount.unit
            and not _owner(passage, amount.head, triggers)
            and re.search(r" of (?:them|these|those)\b", passage.folded.text[amount.end : amount.end + 12])
        ):
            sent = passage.doc[amount.head].sent
            told = [d for d in drafts if d.event.things and d.event.trigger < amount.head]
            here = [d for d in told if d.event.trigger >= sent.start] or told
            if here:
                amount = replace(amount, unit=passage.doc[here[-1].event.things[-1].token].lemma_.lower())
                here[-1].amounts.append(amount)
                continue
        owners = _owner(passage, amount.head, triggers)
        if owners and not amount.unit and owners[0].event.things:
            amount = replace(amount, unit=passage.doc[owners[0].event.things[-1].token].lemma_.lower())
        elif owners and not amount.unit:
            told = [d for d in drafts if d.event.things and d.event.trigger < amount.head]
            amount = (
                replace(amount, unit=passage.doc[told[-1].event.things[-1].token].lemma_.lower()) if told else amount
            )
        for draft in owners:
            if amount.role != "attribute":
                draft.amounts.append(amount)
    outside = {t.start for t, _ in spoken_times(passage, found)}
    for time in passage.times:
        if not time.value or time.start in outside:
            continue
        index = passage.token(time.start)
        last = passage.token(time.end - 1)
        beside = next(
            (
                i
                for i in range(last + 1, min(last + 5, len(passage.doc)))
                if i in triggers
                and passage.doc[i].pos_ in {"NOUN", "PROPN", "VERB"}
                and all(passage.doc[k].pos_ in {"PUNCT", "ADJ", "NOUN", "PROPN"} for k in range(last + 1, i))
            ),
            None,
        )
        owned = index > 0 and (passage.doc[index - 1].tag_ in {"PRP$", "POS", "DT"} or passage.doc[last].dep_ == "poss")
        owners = (
            triggers[beside]
            if beside is not None and owned and passage.doc[beside].pos_ != "VERB"
            else _owner(passage, index, triggers, time=True)
        )
        if not owners:
            sent = passage.doc[index].sent
            here = [
                d
                for d in drafts
                if sent.start <= d.event.trigger < sent.end and d.event.event not in {"statement", "assessment"}
            ]
            here = [d for d in here if d.report is None or d.report.kind == "show" or index in d.report.scope]
            if len({d.event.trigger for d in here}) == 1 and not any(
                r.cue in {a.i for a in passage.doc[index].ancestors} and r.kind != "show" and index not in r.scope
                for r in found
            ):
                owners = here
        if time.counted:
            index -= 1
            owners = [
                d
                for d in drafts
                if d.event.trigger > index
                and d.event.event in {"meeting", "visit", "launch_or_test", "weapons_use", "agreement"}
            ][:1]
        if not owners:  # "in September, when he toured": the clause hangs on the time
            last = passage.token(time.end - 1)
            owners = [
                d
                for d in drafts
                if passage.doc[d.event.trigger].dep_ == "relcl"
                and passage.doc[d.event.trigger].head.i in range(index, last + 1)
            ]
        else:
            last = passage.token(time.end - 1)
            owners = owners + [
                d
                for d in drafts
                if d not in owners
                and passage.doc[d.event.trigger].dep_ == "relcl"
                and passage.doc[d.event.trigger].head.i in range(index, last + 1)
            ]
        for draft in list(owners):  # "a test and launches in 2009": the row shares its time
            token = passage.doc[draft.event.trigger]
            if (
                token.dep_ == "conj"
                and token.head.i in triggers
                and token.pos_ in {"NOUN", "VERB"}
                and draft.event.event == triggers[token.head.i][0].event.event
            ):
                owners = owners + [d for d in triggers[token.head.i] if d not in owners]
        for draft in owners:
            if draft.said is not None and draft.said.start == time.start:
                continue
            if all(t.start != time.start for t in draft.times):
                draft.times.append(time)


def _owner(passage: Passage, index: int, triggers: dict[int, list[Draft]], *, time: bool = False) -> list[Draft]:
    node = passage.doc[index]
    for step in range(12):
        if node.i in triggers:
            return triggers[node.i]
        if (
            node.dep_ in {"nsubj", "nsubjpass"}
            and time
            and step > 0
            and node.i not in triggers
            and node.head.i in triggers
        ):
            return triggers[node.head.i]
        if time and node.pos_ in {
            "VERB",
            "AUX",
        }:  # "arms transfers have expanded since": the time is that of what expanded
            shared = [
                d
                for c in node.children
                if c.dep_ in {"nsubj", "nsubjpass"}
                for m in conjuncts(c)
                for d in triggers.get(m.i, [])
            ]
            if shared and not any(c.i in triggers for c in node.children if c.dep_ in {"ccomp", "xcomp", "dobj"}):
                return shared
        light = [c for c in node.children if c.dep_ in {"dobj", "nsubjpass", "prep"}] if node.pos_ == "VERB" else []
        for child in light:
            for member in (child, *(o for o in child.children if o.dep_ == "pobj")):
                if member.i in triggers and member.dep_ in {"dobj", "nsubjpass"}:
                    return triggers[member.i]
        if node.head.i == node.i:
            break
        node = node.head
    return []


def _denials(state: State, passage: Passage, first: int, found: list[Report], turn: Source | None) -> None:
    for event, base, report in denials(state, passage, first, found, turn):
        token = passage.doc[event.trigger]
        by = report.sources[0] if report is not None and report.sources else None
        if by is None:
            speakers = [
                p
                for t in subject(token)
                if (p := resolve(passage, t, state.cast)) is not None and p.kind not in {"thing", "place"}
            ]
            by = [as_source(speakers[0], "denies")] if speakers else []
        if not by:
            continue
        held = nesting(found, event.trigger)
        chain = [*by, *(s for s in (_chains(state, held, turn)[0] if held or turn else []))]
        draft = Draft(
            passage=passage,
            event=event,
            report=report,
            chain=chain,
            modality="denied",
            cues=(event.trigger,),
            parties=[replace(p, inferred=True) for p in base.parties if p.role != "place"],
        )
        draft.said = said_of(passage, [report]) if report is not None else None
        state.drafts.append(draft)


def _capacities(state: State, passage: Passage, first: int, found: list[Report], turn: Source | None) -> None:
    for event, amounts, prior in capacities(state, passage, first):
        for draft in _drafts(state, passage, event, found, turn):
            draft.modality = "conditional" if RANK[draft.modality] < RANK["conditional"] else draft.modality
            draft.parties = (
                [replace(p, inferred=True) for p in prior.parties if p.role in {"supplier", "recipient"}]
                if prior
                else []
            )
            unit = passage.doc[event.things[0].token].lemma_.lower()
            draft.amounts = [
                replace(a, unit=unit if not a.unit_known or a.unit in {"", "million"} else a.unit)
                for a in amounts
                if isinstance(a, Amount)
            ]
            if not draft.chain and prior is not None and passage is prior.passage:
                draft.chain = list(prior.chain)
            state.drafts.append(draft)


def _finish(state: State) -> tuple[Claim, ...]:
    drafts = sorted(state.drafts, key=lambda d: (d.passage.part.start, d.event.trigger, d.event.event))
    names = {id(d): f"c{n:02d}" for n, d in enumerate(drafts, 1)}
    publisher = Source(name=state.page.publisher or "the document", kind="media", act="reports", publisher=True)
    out = []
    for draft in drafts:
        passage = draft.passage
        relations = [Relation(kind=k, to=names[i]) for k, i in draft.relations if i in names]
        sent = passage.doc[draft.event.trigger].sent
        relations += [
            Relation(kind="same_sentence", to=names[id(o)])
            for o in drafts
            if o is not draft and o.passage is passage and sent.start <= o.event.trigger < sent.end
        ]
        out.append(_claim(state, draft, names[id(draft)], relations, publisher))
    return tuple(out)


def _claim(state: State, draft: Draft, name: str, relations: list[Relation], publisher: Source) -> Claim:
    passage, event = draft.passage, draft.event
    doc = passage.doc
    tokens = {
        event.first,
        event.last,
        event.trigger,
        *(t.first for t in event.things),
        *(t.last for t in event.things),
        *draft.cues,
    }
    trigger = passage.span(
        event.first if event.last != event.trigger or event.first != event.trigger else event.trigger,
        max(event.last, event.trigger),
    )
    if doc[event.trigger].pos_ == "VERB":
        trigger = passage.span(event.trigger, event.trigger)
    spans = [trigger, *(p.span for p in draft.parties if p.span and not p.inferred)]
    part = passage.part
    lo = min([passage.span(min(tokens), max(tokens))[0], *(s[0] for s in spans if s[0] >= part.start)])
    hi = max([passage.span(min(tokens), max(tokens))[1], *(s[1] for s in spans if s[1] <= part.end)])
    for amount in draft.amounts:
        s = passage.chars(amount.start, amount.end)
        if _same_sentence(passage, event.trigger, amount.head):
            lo, hi = min(lo, s[0]), max(hi, s[1])
    sent = doc[event.trigger].sent
    edges = passage.span(sent.start, sent.end - 1)
    lo, hi = max(lo, min(edges[0], trigger[0])), min(hi, max(edges[1], trigger[1]))
    chain = [publisher, *reversed([s for s in draft.chain if s.name != publisher.name])]
    act = event.frame.act
    return Claim(
        id=name,
        event=event.event,
        modality=_opinion(draft),
        evidence=(lo, hi),
        trigger=trigger,
        chain=tuple(chain),
        act=act,
        participants=tuple(draft.parties),
        items=tuple(_items(passage, event)),
        quantities=tuple(_quantity(state, passage, a) for a in draft.amounts if a.unit or a.value is not None),
        dates=tuple(_when(passage, t) for t in draft.times),
        said_on=_when(passage, draft.said) if draft.said else _dateline_day(state, draft),
        relations=tuple(dict.fromkeys(relations)),
        conditions=tuple(draft.conditions),
        cues=tuple(doc[i].text for i in sorted(set(draft.cues))),
        frame=event.frame.id,
    )


def _dateline_day(state: State, draft: Draft) -> When | None:
    """The day of a dateline, for what a named speaker says under it without another day."""
    line = draft.passage.part.dateline
    if not draft.from_dateline or line is None or not line.day:
        return None
    start = state.page.text.find(line.day, line.span[0], line.span[1])
    found = times(line.day, state.page.published)
    if start < 0 or not found or not found[0].value:
        return None
    return When(
        value=found[0].value,
        precision="day",
        words=line.day,
        span=(start, start + len(line.day)),
        anchor=found[0].anchor,
    )


def _opinion(draft: Draft) -> str:
    return draft.modality


def _same_sentence(passage: Passage, a: int, b: int) -> bool:
    return bool(passage.doc[a].sent.start == passage.doc[b].sent.start)


def _items(passage: Passage, event: Event) -> list[Item]:
    out: list[Item] = []
    for thing in event.things:
        first, last = thing.first, thing.last
        span = passage.span(first, last)
        for term in (thing.item.id, *thing.item.also):
            if all(i.span != span or i.id != term for i in out):
                out.append(Item(id=term, words=passage.words(first, last), span=span))
    return out


def _quantity(state: State, passage: Passage, amount: Amount) -> Quantity:
    span = passage.chars(amount.start, amount.end)
    return Quantity(
        value=amount.value,
        unit=amount.unit,
        approximator=amount.approximator,
        role=amount.role,
        words=state.page.text[span[0] : span[1]],
        span=span,
        magnitude=amount.magnitude,
    )


def _when(passage: Passage, time: Time) -> When:
    span = passage.chars(time.start, time.end)
    return When(
        value=time.value,
        precision={"interval": "range"}.get(time.precision, time.precision),
        words=passage.folded.text[time.start : time.end],
        span=span,
        anchor=time.anchor,
    )
