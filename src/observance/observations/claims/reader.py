"""The rules reader: a document in, attributed claims out.

Paragraph by paragraph: fold, parse, look up the tables, find who says what (`sources`), what happens (`match`), how certain
(`modality`), how much and when; then bridge what a document leaves out once it was told ("the shipments", a partner named
before). Claims are never merged. The reader is a pure function of the document and the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from observance.observations.claims.dates import Time
from observance.observations.claims.fold import Folded, fold
from observance.observations.claims.grammar import clause_of, conjuncts, phrase, subject
from observance.observations.claims.layout import Part, parts
from observance.observations.claims.lexicon import Lexicon, load
from observance.observations.claims.match import Event, events, things_in
from observance.observations.claims.modality import RANK, modality
from observance.observations.claims.parse import parse
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.passage import Passage, survey
from observance.observations.claims.quantities import Amount
from observance.observations.claims.record import Claim, Item, Page, Party, Quantity, Relation, Source, When
from observance.observations.claims.sources import Report, reports

if TYPE_CHECKING:
    from spacy.tokens import Token

_TRANSFER = {"arms_transfer", "technology_assistance", "petroleum_delivery", "trade", "labour", "military_cooperation"}


@dataclass(slots=True)
class Draft:
    """A claim in the making, with its place in the parsed paragraph."""

    passage: Passage
    event: Event
    report: Report | None
    chain: list[Source]
    modality: str
    cues: tuple[int, ...]
    amounts: list[Amount] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    said: Time | None = None
    relations: list[tuple[str, int]] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """What a document has told so far."""

    page: Page
    lexicon: Lexicon
    cast: Cast
    drafts: list[Draft] = field(default_factory=list)
    relays: dict[str, list[Source]] = field(default_factory=dict)
    last_chain: list[Source] = field(default_factory=list)
    open_quote: list[Source] | None = None


def read(page: Page, lexicon: Lexicon | None = None) -> tuple[Claim, ...]:
    """Read a document into claims, in the order of the text."""
    words = lexicon or load()
    cast = Cast(lexicon=words, publisher=page.publisher, published=page.published)
    state = _State(page=page, lexicon=words, cast=cast)
    body = [(part, fold(page.text, part.start, part.end)) for part in parts(page) if part.role != "boilerplate"]
    for (part, folded), doc in zip(body, parse(f.text for _, f in body), strict=True):
        if len(doc) == 0:
            continue
        for place, imo in folded.imos:
            del place
            cast.imos.setdefault("", imo)
        passage = survey(doc, folded, part, words, page.published, cast.imos)
        doc.user_data["passage"] = passage
        _paragraph(state, passage)
    _bridge(state)
    return _finish(state)


def _turn(state: _State, part: Part) -> Source | None:
    """The speaker of a transcript's turn; "Q" is a reporter."""
    if not part.turn:
        state.cast.speaker = None
        return None
    label = re.sub(r"\s*\([^)]*\)", "", part.turn)
    if label in {"Q", "QUESTION"}:
        state.cast.speaker = Party(name="reporter", kind="described", unnamed=True, span=part.turn_span)
        return Source(name="reporter", kind="described", act="asks", span=part.turn_span, unnamed=True)
    bare = re.sub(r"^(?:MR|MS|MRS|DR|SEN|REP|SECRETARY|MINISTER|AMBASSADOR|PRESIDENT|Mr|Ms|Mrs|Dr|Sen|Rep|Secretary|Minister|Ambassador|President|Spokesperson)\.?\s+(?=\S)", "", label).split(",")[0].strip()
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


_TITLES = {"press", "secretary", "by", "coordinator", "adviser", "advisor", "minister", "ambassador", "president", "spokesperson", "administrator", "and", "with", "nsc", "communications", "the", "director", "statement", "remarks", "of", "representative", "deputy", "foreign", "defense", "defence", "strategic", "for"}


def _paragraph(state: _State, passage: Passage) -> None:
    cast = state.cast
    turn = _turn(state, passage.part)
    for token in passage.doc:  # named persons and ships are known before their pronouns
        if token.i in passage.persons and passage.persons[token.i].last == token.i:
            resolve(passage, token, cast)
    found = reports(passage, cast)
    _said_days(passage, found)
    first_draft = len(state.drafts)
    taken: set[int] = set()
    made: list[Draft] = []
    for token in passage.doc:
        if token.i in taken:
            continue
        for event in events(passage, token, cast):
            _place(passage, event, cast)
            made.extend(_drafts(state, passage, event, found, turn))
    made = _suppress(passage, made)
    made.extend(_words_alone(state, passage, found, made, turn))
    made.sort(key=lambda d: d.event.trigger)
    state.drafts.extend(made)
    _exchange(state, passage, state.drafts[first_draft:])
    _attach(passage, state.drafts[first_draft:])
    _capacities(state, passage, first_draft, found, turn)
    _anaphoric_sources(state, passage, first_draft)
    if found:
        for report in found:
            for chain in report.sources:
                if chain:
                    state.last_chain = chain


def _nesting(found: list[Report], index: int) -> list[Report]:
    held = [r for r in found if index in r.scope and r.cue != index]
    held.sort(key=lambda r: len(r.scope))
    return held


def _drafts(state: _State, passage: Passage, event: Event, found: list[Report], turn: Source | None) -> list[Draft]:
    token = passage.doc[event.trigger]
    held = _nesting(found, event.trigger)
    nearest = next((r for r in held), None)
    kind, cues = modality(passage, token, nearest, state.lexicon)
    if nearest is not None and not any(nearest.sources) and len(held) > 1:
        outer, more = modality(passage, token, replace(held[1], scope=held[1].scope), state.lexicon)
        if RANK[outer] > RANK[kind]:
            kind, cues = outer, (*cues, *more)
    chains = _chains(state, held, turn, passage, event.trigger)
    out = []
    for chain in chains:
        draft = Draft(passage=passage, event=event, report=nearest, chain=chain, modality=kind, cues=cues, parties=list(event.parties))
        draft.said = _said_of(passage, held)
        out.append(draft)
    return out


def _chains(state: _State, held: list[Report], turn: Source | None, passage: Passage, index: int) -> list[list[Source]]:
    """Speaker first, outwards; one chain for each of several voices."""
    chains: list[list[Source]] = [[]]
    for report in held:
        options = [c for c in report.sources if c] or [[]]
        chains = [[*chain, *(s for s in option if all(s.name != h.name or s.unnamed and s.span != h.span for h in chain))] for chain in chains for option in options]
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


def _said_days(passage: Passage, found: list[Report]) -> None:
    """Nothing to keep: the day of saying is looked up when a claim is made (`_said_of`)."""


def _said_of(passage: Passage, held: list[Report]) -> Time | None:
    """The time that hangs on the verb of saying: the day of the statement, never of the event."""
    for report in held:
        cue = passage.doc[report.cue]
        for time in passage.times:
            if not time.value or time.lead in {"since", "until"}:
                continue
            head = passage.doc[passage.token(time.start)]
            if head.i in report.scope:
                continue
            node = head
            for _ in range(6):
                if node.i == cue.i:
                    return time
                if node.head is node:
                    break
                node = node.head
    return None


def _place(passage: Passage, event: Event, cast: Cast) -> None:
    """Where an act took place, for events that have a place and none yet."""
    del passage, event, cast


_GENERIC = {"give", "get", "go", "thing_noun", "support_item"}


def _suppress(passage: Passage, made: list[Draft]) -> list[Draft]:
    """One claim for one telling: a noun under a verb that already tells the same, or a trigger inside another's thing."""
    out: list[Draft] = []
    for draft in made:
        token = passage.doc[draft.event.trigger]
        again = False
        for other in made:
            if other is draft or other.event.trigger == draft.event.trigger:
                continue
            o = passage.doc[other.event.trigger]
            same = other.event.event == draft.event.event or {other.event.event, draft.event.event} <= {"trade", "petroleum_delivery", "arms_transfer"} and not draft.event.frame.nouns.isdisjoint({token.lemma_})
            if same and token.pos_ != "VERB" and any(a.i == o.i for a in token.ancestors) and _object_path(token, o) and o.pos_ == "VERB" and other.event.event == draft.event.event:
                again = True
            if any(t.first <= token.i <= t.last and t.token != draft.event.trigger for t in other.event.things) and token.pos_ != "VERB" and other.event.frame.id != "test_noun":
                again = again or other.event.event in {draft.event.event, "launch_or_test"} or draft.event.event in {"agreement", "statement", "mandate_change"}
        if draft.event.event == "labour" and draft.event.frame.id == "workers_act" and not draft.parties and token.lemma_ in {"be", "earn"}:
            again = True
        if not again:
            out.append(draft)
    return out


def _object_path(token: Token, verb: Token) -> bool:
    node = token
    for _ in range(4):
        if node.i == verb.i:
            return True
        if node.dep_ not in {"dobj", "pobj", "prep", "nsubjpass", "attr", "conj", "compound", "nsubj"}:
            return False
        node = node.head
    return node.i == verb.i


_SPOKEN = {"tell", "say", "announce", "state", "declare", "warn", "add", "write"}
_PRAISE = {"praise", "thank", "condemn", "hail", "applaud", "denounce", "criticise", "criticize", "welcome"}


def _words_alone(state: _State, passage: Passage, found: list[Report], made: list[Draft], turn: Source | None) -> list[Draft]:
    """An utterance that matters and holds no other event: a claim of type statement, by the one who speaks."""
    frame = next(f for f in state.lexicon.frames if f.id == "announce_words")
    out: list[Draft] = []
    for report in found:
        token = passage.doc[report.cue]
        if token.pos_ != "VERB" or report.verb not in _SPOKEN or not report.sources or not report.sources[0]:
            continue
        speaker = report.sources[0][0]
        if speaker.unnamed or speaker.kind in {"evidence", "media", "company"}:
            continue
        if any(d.event.trigger in report.scope for d in made):
            continue
        if not (report.quoted or _said_of(passage, [report])):
            continue
        if turn is not None:
            continue
        event = Event(trigger=token.i, first=token.i, last=token.i, frame=frame, event="statement")
        party = Party(role="speaker", name=speaker.name, code=speaker.code, kind=speaker.kind, span=speaker.span)
        parties = [party] + [replace(p, role="addressee") for p in report.addressees if p.kind in {"person", "state", "official", "organisation"} and p.name != "?" and not (p.unnamed and p.code is None)]
        outer = _nesting(found, report.cue)
        chain = [s for r in [report, *outer] for s in (r.sources[0] if r.sources else [])]
        draft = Draft(passage=passage, event=event, report=None, chain=chain, modality="asserted", cues=(), parties=parties)
        when = _said_of(passage, [report])
        if when:
            draft.times.append(when)
        out.append(draft)
    for draft in made:
        if draft.event.frame.id == "thank":
            token = passage.doc[draft.event.trigger]
            inside = any(passage.quotes and any(token.sent.start <= q[0] < token.sent.end for q in passage.quotes) for _ in (0,))
            speaker_party = next((p for p in draft.parties if p.role == "speaker"), None)
            if inside and speaker_party is not None and not draft.chain:
                draft.chain = [Source(name=speaker_party.name, kind=speaker_party.kind, act="says", code=speaker_party.code, span=speaker_party.span)]
    return out


_RETURN = re.compile(r"\b(?:in (?:return|exchange)(?: for)?|in exchange(?: for)?|as payment for|in payment for|as compensation for|to pay for|barter(?:ed|ing)? for|swap(?:ped|ping)? for)\b", re.IGNORECASE)


def _exchange(state: _State, passage: Passage, drafts: list[Draft]) -> None:
    """"X in return for Y": the direction turns for Y, and the two are tied. Where Y is a bare thing it becomes an event."""
    text = passage.folded.text
    for found in _RETURN.finditer(text):
        first, last = passage.token(found.start()), passage.token(found.end() - 1)
        sent = passage.doc[first].sent
        inside = [d for d in drafts if d.passage is passage and sent.start <= d.event.trigger < sent.end and d.event.event in _TRANSFER]
        before = [d for d in inside if d.event.trigger < first]
        after = [d for d in inside if d.event.trigger > last]
        if found.group(0).lower().endswith("for"):
            base = before[-1] if before else None
            anchor = passage.doc[last]
            objects = [o for o in anchor.children if o.dep_ == "pobj"]
            if base is None and not after:
                continue
            if base is not None:
                pair = {p.role: p for p in base.parties}
                giver = pair.get("supplier") or pair.get("provider_of_technology")
                taker = pair.get("recipient") or pair.get("employer")
                for head in objects:
                    for member in conjuncts(head):
                        if any(d.event.trigger in {t.i for t in member.subtree} and (d.event.trigger == member.i or passage.doc[d.event.trigger].head.i == member.i) for d in after):
                            continue
                        for thing in things_in(passage, member):
                            if thing.item.event not in _TRANSFER:
                                continue
                            frame = next(f for f in state.lexicon.frames if f.id == "give")
                            event = Event(trigger=member.i, first=thing.first, last=thing.last, frame=frame, event=thing.item.event, things=[thing], exchange=True)
                            draft = Draft(passage=passage, event=event, report=base.report, chain=list(base.chain), modality=base.modality, cues=base.cues, said=base.said)
                            after.append(draft)
                            state.drafts.append(draft)
                            drafts.append(draft)
                            break
                for draft in after:
                    names = {"technology_assistance": "provider_of_technology"}
                    roles = {p.role for p in draft.parties}
                    for party, role in ((taker, names.get(draft.event.event, "supplier")), (giver, "recipient")):
                        if party is not None and role not in roles and (party.code or party.name) not in {p.code or p.name for p in draft.parties}:
                            draft.parties.append(replace(party, role=role))
                    if RANK[base.modality] > RANK[draft.modality] and base.modality in {"feared", "conditional", "denied"}:
                        draft.modality = base.modality
                    _tie(state, base, draft)
                    _complete(base, draft)
        elif before or after:
            prior = [d for d in state.drafts if d.event.event in _TRANSFER and d not in inside]
            for draft in inside[:1]:
                if prior:
                    _tie(state, prior[-1], draft)
                    _complete(prior[-1], draft)


def _complete(first: Draft, second: Draft) -> None:
    """Who gives in one half of an exchange gets in the other."""
    for a, b in ((first, second), (second, first)):
        giver = next((p for p in a.parties if p.role in {"supplier", "provider_of_technology"}), None)
        taker = next((p for p in a.parties if p.role == "recipient"), None)
        roles = {p.role for p in b.parties}
        here = {p.code or p.name for p in b.parties}
        give = "provider_of_technology" if b.event.event == "technology_assistance" else "supplier"
        if taker is not None and give not in roles and (taker.code or taker.name) not in here:
            b.parties.append(replace(taker, role=give, inferred=True))
        if giver is not None and "recipient" not in roles and (giver.code or giver.name) not in {p.code or p.name for p in b.parties}:
            b.parties.append(replace(giver, role="recipient", inferred=True))


def _tie(state: _State, first: Draft, second: Draft) -> None:
    a, b = id(first), id(second)
    first.relations.append(("exchange_for", b))
    second.relations.append(("exchange_for", a))


def _attach(passage: Passage, drafts: list[Draft]) -> None:
    """Each amount and time goes to the trigger under which it stands in the tree."""
    triggers: dict[int, list[Draft]] = {}
    for draft in drafts:
        for i in {draft.event.trigger, *(t.token for t in draft.event.things)}:
            triggers.setdefault(i, []).append(draft)
    for amount in passage.amounts:
        owners = _owner(passage, amount.head, triggers)
        for draft in owners:
            if amount.role != "attribute":
                draft.amounts.append(amount)
    for time in passage.times:
        if not time.value:
            continue
        index = passage.token(time.start)
        owners = _owner(passage, index, triggers, time=True)
        if time.counted:
            owners = [d for d in drafts if d.event.trigger > index and d.event.event in {"meeting", "visit", "launch_or_test", "weapons_use", "agreement"}][:1]
        for draft in owners:
            if draft.said is not None and draft.said.start == time.start:
                continue
            if all(t.start != time.start for t in draft.times):
                draft.times.append(time)


def _owner(passage: Passage, index: int, triggers: dict[int, list[Draft]], *, time: bool = False) -> list[Draft]:
    node = passage.doc[index]
    for step in range(12):
        if node.i in triggers and not (time and step == 0 and False):
            return triggers[node.i]
        if node.dep_ in {"nsubj", "nsubjpass"} and time and step > 0 and node.i not in triggers and node.head.i in triggers:
            return triggers[node.head.i]
        light = [c for c in node.children if c.dep_ in {"dobj", "nsubjpass", "prep"}] if node.pos_ == "VERB" else []
        for child in light:
            for member in (child, *(o for o in child.children if o.dep_ == "pobj")):
                if member.i in triggers and member.dep_ in {"dobj", "nsubjpass"}:
                    return triggers[member.i]
        if node.head is node:
            break
        node = node.head
    return []


def _capacities(state: _State, passage: Passage, first: int, found: list[Report], turn: Source | None) -> None:
    """What containers told before could hold: a claim of its own, with the amount as capacity and never as an event."""
    lexicon = state.lexicon
    frame = next(f for f in lexicon.frames if f.id == "give")
    for token in passage.doc:
        if token.lemma_.lower() not in {"hold", "contain", "carry", "fit", "accommodate"} or token.pos_ != "VERB" or token.dep_ == "relcl":
            continue
        if not any(c.dep_ == "aux" and c.lower_ in {"could", "can", "may", "might", "would"} for c in token.children):
            continue
        subjects = subject(token)
        if not subjects:
            continue
        head = subjects[0]
        anaphor = head.pos_ == "PRON" or (head.lemma_.lower() in {"container", "shipment", "consignment", "crate", "wagon", "railcar", "box", "cargo"})
        prior = next((d for d in reversed(state.drafts) if d.event.event in {"arms_transfer", "trade", "petroleum_delivery"} and any(t.item.id in {"containers", "cargo_any"} for t in d.event.things)), None)
        if not anaphor:
            continue
        amounts = [a for a in passage.amounts if a.role == "capacity" and any(t.i == a.head for t in token.subtree)]
        things = [t for c in token.children if c.dep_ == "dobj" for t in things_in(passage, c)]
        if not things:
            things = [t for c in token.children if c.dep_ in {"advcl", "prep"} for s in c.subtree if s.i in passage.items for t in things_in(passage, s)][:1]
        things = [t for t in things if t.item.event in {"arms_transfer", "petroleum_delivery"}]
        if not things or not amounts:
            continue
        event = Event(trigger=token.i, first=token.i, last=token.i, frame=frame, event=things[0].item.event, things=things)
        for draft in _drafts(state, passage, event, found, turn):
            draft.modality = "conditional" if RANK[draft.modality] < RANK["conditional"] else draft.modality
            draft.parties = [replace(p, inferred=True) for p in prior.parties if p.role in {"supplier", "recipient"}] if prior else []
            for amount in amounts:
                unit = amount.unit
                if not amount.unit_known or unit in {"", "million"}:
                    unit = _last_word(things[0], passage)
                draft.amounts = [a for a in draft.amounts if a.start != amount.start] + [replace(amount, unit=unit)]
            if not draft.chain and prior is not None and passage is prior.passage:
                draft.chain = list(prior.chain)
            state.drafts.append(draft)


def _last_word(thing: object, passage: Passage) -> str:
    token = getattr(thing, "token")  # noqa: B009
    return passage.doc[token].lemma_.lower()


def _anaphoric_sources(state: _State, passage: Passage, first: int) -> None:
    """A sentence without a source that only goes on about what a source told keeps that source.

    Only where it starts with a pronoun or "if" and stands between two sentences of one source, or tells a bare possibility.
    """
    drafts = [d for d in state.drafts[first:] if d.passage is passage]
    sents = list(passage.doc.sents)
    for n, sent in enumerate(sents):
        here = [d for d in drafts if sent.start <= d.event.trigger < sent.end]
        if n == 0 or not here or any(d.chain for d in here):
            continue
        before = [d for d in drafts if sents[n - 1].start <= d.event.trigger < sents[n - 1].end and d.chain]
        if not before:
            continue
        opens = sent[0].lower_ in {"they", "it", "he", "she", "these", "those", "if"}
        if opens and all(d.modality == "conditional" for d in here):
            for draft in here:
                draft.chain = list(before[-1].chain)
    if len(sents) > 1:  # a number given first and its speaker named in the next sentence
        for n, sent in enumerate(sents[1:], 1):
            given = next((t for t in sent if t.lemma_.lower() in {"give", "name", "make", "cite", "disclose", "reveal"} and any(c.dep_ == "dobj" and c.lemma_.lower() in {"number", "figure", "estimate", "statement", "remark", "claim", "account", "total"} and any(d.lower_ in {"the", "this", "that"} for d in c.children) for c in t.children)), None)
            if given is None:
                continue
            here = [d for d in drafts if sents[n - 1].start <= d.event.trigger < sents[n - 1].end and not d.chain]
            speakers = [p for t in subject(given) if (p := resolve(passage, t, state.cast)) is not None and p.kind in {"person", "official", "organisation", "state"}]
            if here and speakers:
                from observance.observations.claims.sources import _relays, as_source  # noqa: PLC2701

                relays, _, _ = _relays(passage, given, state.cast)
                for draft in here:
                    draft.chain = [as_source(speakers[0], "says"), *relays]


def _bridge(state: _State) -> None:
    """A partner that the sentence leaves out and the document told: the pair of the last claim of the same kind."""
    for n, draft in enumerate(state.drafts):
        if draft.event.event not in {"arms_transfer", "petroleum_delivery"} or draft.event.exchange:
            continue
        give = "supplier"
        roles = {p.role for p in draft.parties}
        missing = {give, "recipient"} - roles
        if not missing or "party" in roles or draft.event.open_slots & {"to", "into", "iobj"} and "recipient" in missing:
            continue
        prior = [d for d in state.drafts[:n] if {p.role for p in d.parties} >= {give, "recipient"} and d.event.event == draft.event.event]
        if not prior:
            continue
        last = prior[-1]
        if len(missing) == 2 and not _definite(draft):
            continue
        held = {p.code or p.name for p in draft.parties if p.role in {give, "recipient"}}
        pair = {p.role: p for p in last.parties if p.role in {give, "recipient"}}
        stays = {give, "recipient"} - missing
        if stays and (pair[next(iter(stays))].code or pair[next(iter(stays))].name) not in held:
            continue
        if last.passage is not draft.passage and not _definite(draft):
            continue
        if draft.event.frame.id in {"give"} and "recipient" in missing and draft.passage.doc[draft.event.trigger].dep_ == "relcl":
            continue
        for role in sorted(missing):
            draft.parties.append(replace(pair[role], role=role, inferred=True))


def _definite(draft: Draft) -> bool:
    """"The shipments", "the journey", "they": a phrase that points back."""
    doc = draft.passage.doc
    tokens = [doc[draft.event.trigger], *(doc[t.token] for t in draft.event.things)]
    tokens += [c for c in doc[draft.event.trigger].children if c.dep_ in {"dobj", "nsubj", "nsubjpass"}]
    return any(t.lower_ in {"they", "it", "them"} or any(c.lower_ in {"the", "these", "those", "this", "such"} and c.dep_ == "det" for c in t.children) for t in tokens)


def _finish(state: _State) -> tuple[Claim, ...]:
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


def _claim(state: _State, draft: Draft, name: str, relations: list[Relation], publisher: Source) -> Claim:
    passage, event = draft.passage, draft.event
    doc = passage.doc
    tokens = {event.first, event.last, event.trigger, *(t.first for t in event.things), *(t.last for t in event.things), *draft.cues}
    trigger = passage.span(event.first if event.last != event.trigger or event.first != event.trigger else event.trigger, max(event.last, event.trigger))
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
        said_on=_when(passage, draft.said) if draft.said else None,
        relations=tuple(dict.fromkeys(relations)),
        cues=tuple(doc[i].text for i in sorted(set(draft.cues))),
        frame=event.frame.id,
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
        if all(i.span != span for i in out):
            out.append(Item(id=thing.item.id, words=passage.doc[first : last + 1].text, span=span))
    return out


def _quantity(state: _State, passage: Passage, amount: Amount) -> Quantity:
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


__all__ = ["Folded", "clause_of", "phrase", "read"]
