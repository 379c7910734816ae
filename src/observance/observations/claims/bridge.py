"""What a text leaves out because it told it before.

The other half of an exchange, a partner, a source, a day of saying.

Everything filled in here is marked `inferred` on the party, or stands on a span of the text (a day of saying keeps
the span of its own words). Nothing is filled in where the sentence fills the place itself, be it with words that name
nobody.

One module, though long: each function is one thing that texts leave out, independent of the others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.claims.dates import Time
from observance.observations.claims.draft import Draft, State
from observance.observations.claims.grammar import conjuncts, subject
from observance.observations.claims.modality import RANK
from observance.observations.claims.parties import resolve
from observance.observations.claims.record import Party, Source
from observance.observations.claims.sources import Report, as_source, relays
from observance.observations.claims.things import Event, Thing, things_in

if TYPE_CHECKING:
    from observance.observations.claims.passage import Passage

TRANSFER = {"arms_transfer", "technology_assistance", "petroleum_delivery", "trade", "labour", "military_cooperation"}
_RETURN = re.compile(
    r"\b(?:in (?:return|exchange)(?: for)?|as payment for|in payment for|as compensation for|to pay for"
    r"|barter(?:ed|ing)? for|swap(?:ped|ping)? for)\b",
    re.IGNORECASE,
)
_GIVES = {"supplier", "provider_of_technology"}


def exchanges(state: State, passage: Passage, drafts: list[Draft]) -> None:
    """As in "X in return for Y".

    The direction turns for Y, and the two are tied. Where Y is a bare thing it becomes an event.
    """
    for found in _RETURN.finditer(passage.folded.text):
        first, last = passage.token(found.start()), passage.token(found.end() - 1)
        sent = passage.doc[first].sent
        inside = [
            d
            for d in drafts
            if d.passage is passage and sent.start <= d.event.trigger < sent.end and d.event.event in TRANSFER
        ]
        before = [d for d in inside if d.event.trigger < first]
        after = [d for d in inside if d.event.trigger > last]
        if found.group(0).lower().endswith("for"):
            if before:
                base = before[-1]
                for draft in _bare_things(state, passage, last, base, after):
                    state.drafts.append(draft)
                    drafts.append(draft)
                    after.append(draft)
                for draft in after:
                    if RANK[base.modality] > RANK[draft.modality] and base.modality in {
                        "feared",
                        "conditional",
                        "denied",
                    }:
                        draft.modality = base.modality
                    _tie(base, draft)
                    _complete(base, draft)
        else:
            prior = [d for d in state.drafts if d.event.event in TRANSFER and d not in inside]
            for draft in inside[:1]:
                if prior:
                    _tie(prior[-1], draft)
                    _complete(prior[-1], draft)


def _bare_things(state: State, passage: Passage, last: int, base: Draft, after: list[Draft]) -> list[Draft]:
    frame = next(f for f in state.lexicon.frames if f.id == "give")
    out: list[Draft] = []
    for head in [o for o in passage.doc[last].children if o.dep_ == "pobj"]:
        for member in conjuncts(head):
            below = {t.i for t in member.subtree}
            if any(
                d.event.trigger == member.i
                or (d.event.trigger in below and passage.doc[d.event.trigger].head.i == member.i)
                for d in after
            ):
                continue
            for thing in things_in(passage, member)[:1]:
                if thing.item.event in TRANSFER:
                    event = Event(
                        trigger=member.i,
                        first=thing.first,
                        last=thing.last,
                        frame=frame,
                        event=thing.item.event,
                        things=[thing],
                        exchange=True,
                    )
                    out.append(
                        Draft(
                            passage=passage,
                            event=event,
                            report=base.report,
                            chain=list(base.chain),
                            modality=base.modality,
                            cues=base.cues,
                            said=base.said,
                        )
                    )
    return out


def _complete(first: Draft, second: Draft) -> None:
    """Who gives in one half of an exchange gets in the other."""
    for a, b in ((first, second), (second, first)):
        giver = next((p for p in a.parties if p.role in _GIVES), None)
        taker = next((p for p in a.parties if p.role == "recipient"), None)
        roles = {p.role for p in b.parties}
        here = {p.code or p.name for p in b.parties if p.role in _GIVES | {"recipient"}}
        give = "provider_of_technology" if b.event.event == "technology_assistance" else "supplier"
        if taker is not None and give not in roles and (taker.code or taker.name) not in here:
            b.parties.append(replace(taker, role=give, inferred=True))
        if (
            giver is not None
            and "recipient" not in roles
            and (giver.code or giver.name) not in {p.code or p.name for p in b.parties if p.role in _GIVES}
        ):
            b.parties.append(replace(giver, role="recipient", inferred=True))


def _tie(first: Draft, second: Draft) -> None:
    first.relations.append(("exchange_for", id(second)))
    second.relations.append(("exchange_for", id(first)))


def anaphoric_sources(state: State, passage: Passage, first: int) -> None:
    """A sentence without a source that only goes on about what a source told keeps that source.

    Only where it starts with a pronoun or "if" and tells a bare possibility, or where the next sentence names who
    gave the number.
    """
    drafts = [d for d in state.drafts[first:] if d.passage is passage]
    sents = list(passage.doc.sents)
    for n, sent in enumerate(sents):
        if n == 0:
            continue
        here = [d for d in drafts if sent.start <= d.event.trigger < sent.end]
        prior = [d for d in drafts if sents[n - 1].start <= d.event.trigger < sents[n - 1].end]
        told = [d for d in prior if d.chain]
        after = [
            d
            for d in drafts
            if n + 1 < len(sents) and sents[n + 1].start <= d.event.trigger < sents[n + 1].end and d.chain
        ]
        goes_on = sent[0].lower_ in {"they", "it", "these", "those"} or re.match(
            r"In (?:return|exchange|addition|turn)\b", passage.words(sent.start, sent.end - 1)
        )
        spoken = n + 1 < len(sents) and any(
            t.lemma_.lower() in {"say", "add", "accord", "tell"}
            and (
                any(c.pos_ == "PRON" and c.dep_ == "nsubj" for c in t.children)
                or any(o.pos_ == "PRON" for o in t.subtree if o.dep_ == "pobj")
            )
            for t in sents[n + 1]
        )
        if (
            here
            and told
            and goes_on
            and not any(d.chain for d in here)
            and (spoken or (after and after[0].chain[0].name == told[-1].chain[0].name))
        ):
            for draft in here:
                draft.chain = list(told[-1].chain)
        opens = sent[0].lower_ in {"they", "it", "he", "she", "these", "those", "if", "that"}
        if (
            here
            and told
            and opens
            and not any(d.chain for d in here)
            and all(d.modality == "conditional" for d in here)
        ):
            for draft in here:
                draft.chain = list(told[-1].chain)
        untold = [d for d in prior if not d.chain]
        given = [
            t
            for t in sent
            if t.lemma_.lower() in {"give", "name", "make", "cite", "disclose", "reveal", "say", "put"}
            and t.pos_ == "VERB"
            and any(
                c.dep_ == "dobj"
                and c.lemma_.lower()
                in {"number", "figure", "estimate", "statement", "remark", "claim", "account", "total", "comment", "so"}
                and any(d.lower_ in {"the", "this", "that", "these"} for d in c.children)
                for c in t.children
            )
        ]
        if untold and given:
            speakers = [
                p
                for t in subject(given[0])
                if (p := resolve(passage, t, state.cast)) is not None
                and p.kind in {"person", "official", "organisation", "state"}
            ]
            if speakers:
                outlets, _, _ = relays(passage, given[0], state.cast)
                for draft in untold:
                    draft.chain = [as_source(speakers[0], "says"), *outlets]


def capacities(state: State, passage: Passage, first: int) -> list[tuple[Event, list[object], Draft | None]]:
    """What containers told before could hold: an event of its own, whose amount is a capacity and never what moved."""
    del first
    frame = next(f for f in state.lexicon.frames if f.id == "give")
    out: list[tuple[Event, list[object], Draft | None]] = []
    for token in passage.doc:
        if (
            token.lemma_.lower() not in {"hold", "contain", "carry", "fit", "accommodate"}
            or token.pos_ != "VERB"
            or token.dep_ == "relcl"
        ):
            continue
        subjects = subject(token)
        modal = any(c.dep_ == "aux" and c.lower_ in {"could", "can", "may", "might", "would"} for c in token.children)
        if not subjects or not modal:
            continue
        if not (
            subjects[0].pos_ == "PRON"
            or subjects[0].lemma_.lower()
            in {"container", "shipment", "consignment", "crate", "wagon", "railcar", "box", "cargo"}
        ):
            continue
        amounts: list[object] = [
            a for a in passage.amounts if a.role == "capacity" and any(t.i == a.head for t in token.subtree)
        ]
        things = [t for c in token.children if c.dep_ == "dobj" for t in things_in(passage, c)]
        if not things:
            near = [s for c in token.children if c.dep_ in {"advcl", "prep"} for s in c.subtree if s.i in passage.items]
            things = [
                Thing(
                    passage.items[s.i][0].last,
                    passage.items[s.i][1],
                    passage.items[s.i][0].first,
                    passage.items[s.i][0].last,
                )
                for s in near
            ][:1]
        things = [t for t in things if t.item.event in {"arms_transfer", "petroleum_delivery"}]
        prior = next(
            (
                d
                for d in reversed(state.drafts)
                if d.event.event in {"arms_transfer", "trade", "petroleum_delivery"}
                and any(t.item.id == "cargo_any" for t in d.event.things)
            ),
            None,
        )
        if things and amounts:
            out.append(
                (
                    Event(
                        trigger=token.i,
                        first=token.i,
                        last=token.i,
                        frame=frame,
                        event=things[0].item.event,
                        things=things,
                    ),
                    amounts,
                    prior,
                )
            )
    return out


def said_days(state: State) -> None:
    """A speaker's day holds for what the same speaker says in the same paragraph.

    A dateline gives it where no words do.

    "The estimate became known in October": a later sentence about the saying itself gives the day, too.
    """
    for draft in state.drafts:
        if draft.said is not None or not draft.chain or draft.event.event in {"statement", "assessment"}:
            continue
        near = [
            d
            for d in state.drafts
            if d.passage is draft.passage and d.said is not None and d.chain and d.chain[0].name == draft.chain[0].name
        ]
        if (
            not near
            and draft.passage.part.dateline is not None
            and draft.passage.part.dateline.day
            and draft.chain[0].kind in {"person", "official", "state", "organisation"}
        ):
            near = [d for d in [draft] if _noun_day(d) is None]
            draft.from_dateline = bool(near)
            continue
        if near:
            draft.said = min(near, key=lambda d: abs(d.event.trigger - draft.event.trigger)).said
            continue
        draft.said = _noun_day(draft)


def _noun_day(draft: Draft) -> Time | None:
    doc = draft.passage.doc
    name = draft.chain[0].name
    for time in draft.passage.times:
        if not time.value or time.lead in {"since", "until"}:
            continue
        token = doc[draft.passage.token(time.start)]
        verb = token
        while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
            verb = verb.head
        subjects = subject(verb)
        while not subjects and verb.head.i != verb.i:
            verb = verb.head
            subjects = subject(verb)
        about = any(
            t.lemma_.lower()
            in {"estimate", "statement", "report", "count", "figure", "interview", "assessment", "remark"}
            and any(c.lower_ in {"the", "its", "his", "her", "their"} or c.dep_ == "poss" for c in t.children)
            for t in subjects
        )
        saying = (
            verb.lemma_.lower() in {"say", "add", "write", "state"}
            and any(t.pos_ == "PRON" for t in subjects)
            and verb.sent.start != doc[draft.event.trigger].sent.start
        )
        if about and verb.lemma_.lower() in {
            "know",
            "become",
            "appear",
            "be",
            "come",
            "publish",
            "make",
            "release",
            "issue",
            "give",
        }:
            return time
        if saying and name:
            return time
    return None


def pairs(state: State) -> None:
    """A partner that the sentence leaves out and the document told: the pair of the last claim of the same kind."""
    for n, draft in enumerate(state.drafts):
        if draft.event.event not in {"arms_transfer", "petroleum_delivery", "trade"} or draft.event.exchange:
            continue
        for party in [
            p for p in draft.parties if p.role in {"supplier", "recipient"} and p.name == "?" and p.kind == "state"
        ]:
            draft.parties.remove(party)
            draft.event.open_slots -= {"to", "into", "from"}
        roles = {p.role for p in draft.parties}
        missing = {"supplier", "recipient"} - roles
        if roles == {"place"} and draft.event.event == "trade":
            continue
        if (
            not missing
            or roles & {"party", "vessel", "partner"}
            or ("recipient" in missing and draft.event.open_slots & {"to", "into", "iobj"})
        ):
            continue
        if draft.event.event == "trade" and not any(t.item.id == "cargo_any" for t in draft.event.things):
            continue
        kinds = {draft.event.event} if draft.event.event != "trade" else {"trade", "arms_transfer"}
        if draft.modality == "denied":
            kinds = {draft.event.event}
        prior = [
            d
            for d in state.drafts[:n]
            if {p.role for p in d.parties} >= {"supplier", "recipient"} and d.event.event in kinds
        ]
        if not prior:
            continue
        last = prior[-1]
        if (len(missing) == 2 or last.passage is not draft.passage) and not _points_back(draft):
            continue
        if draft.event.event == "trade" and not _points_back(draft):
            continue
        pair = {p.role: p for p in last.parties if p.role in {"supplier", "recipient"}}
        held = {p.role: (p.code or p.name) for p in draft.parties if p.role in {"supplier", "recipient"}}
        if any((pair[role].code or pair[role].name) != name for role, name in held.items()):
            continue
        if "recipient" in missing and draft.passage.doc[draft.event.trigger].dep_ == "relcl":
            continue
        draft.parties.extend(replace(pair[role], role=role, inferred=True) for role in sorted(missing))


def _points_back(draft: Draft) -> bool:
    """As in "The shipments", "the journey", "they", "the one country": a phrase that points back."""
    doc = draft.passage.doc
    trigger = doc[draft.event.trigger]
    tokens = [
        trigger,
        *(doc[t.token] for t in draft.event.things),
        *(
            c
            for c in trigger.children
            if c.dep_ in {"dobj", "nsubj", "nsubjpass"}
            and c.i not in draft.passage.places
            and c.lemma_.lower() not in {"port", "harbour", "harbor", "border", "coast"}
        ),
    ]
    tokens += [o for c in trigger.children if c.dep_ in {"prep", "dative"} for o in c.children if o.dep_ == "pobj"]
    return any(
        t.lower_ in {"they", "it", "them"}
        or any(
            c.lower_ in {"the", "these", "those", "this", "such", "many"}
            and c.dep_ in {"det", "amod"}
            and (c.lower_ != "many" or any(h.lower_ == "how" for h in c.children))
            for c in t.children
        )
        for t in tokens
        if t.i not in draft.passage.states and t.pos_ != "PROPN"
    )


def troops(state: State) -> None:
    """As in "These soldiers": whose they are was told with the last ones."""
    for n, draft in enumerate(state.drafts):
        if draft.event.event != "military_cooperation" or any(p.role in {"supplier", "party"} for p in draft.parties):
            continue
        if not any(
            t.item.id == "troops" or t.item.event == "military_cooperation" for t in draft.event.things
        ) and draft.event.frame.id not in {"troops_act", "troops_move"}:
            continue
        prior = next(
            (
                d
                for d in reversed(state.drafts[:n])
                if d.event.event == "military_cooperation" and any(p.role == "supplier" and p.code for p in d.parties)
            ),
            None,
        )
        if prior is None:
            continue
        giver = next(p for p in prior.parties if p.role == "supplier")
        draft.parties.append(replace(giver, inferred=True))


_REPORTS = {
    "report",
    "allegation",
    "accusation",
    "claim",
    "charge",
    "it",
    "this",
    "that",
    "which",
    "suggestion",
    "assertion",
    "reports",
    "story",
}


_FALSE = {
    "false",
    "invention",
    "fabrication",
    "baseless",
    "lie",
    "nonsense",
    "groundless",
    "untrue",
    "absurd",
    "fake",
    "unfounded",
    "fiction",
    "slander",
    "disinformation",
    "fantasy",
}


def denials(
    state: State, passage: Passage, first: int, found: list[Report], turn: Source | None
) -> list[tuple[Event, Draft, Report | None]]:
    """As in "Moscow denies the allegations": the event last told by another is denied by the one who says so."""
    del turn
    out: list[tuple[Event, Draft, Report | None]] = []
    del first
    for token in passage.doc:
        called = token.lemma_.lower() in {"call", "brand", "label", "describe"} and any(
            c.lemma_.lower() in _FALSE
            for c in token.subtree
            if c.dep_ in {"oprd", "ccomp", "acomp", "attr", "amod", "pobj", "xcomp"}
        )
        if (token.lemma_.lower() not in {"deny", "reject", "dismiss", "refute"} and not called) or token.pos_ != "VERB":
            continue
        objects = [
            c
            for c in token.subtree
            if c.dep_ in {"dobj", "nsubjpass", "nsubj"}
            and (c.head.i == token.i or called)
            and c.i > token.i - (40 if c.dep_ == "nsubjpass" else 0)
            and (c.lemma_.lower() in _REPORTS or c.lower_ in _REPORTS)
        ]
        if not objects or any(
            r.cue == token.i and any(d.event.trigger in r.scope for d in state.drafts if d.passage is passage)
            for r in found
        ):
            continue
        prior = [
            d
            for d in state.drafts
            if d.event.event in TRANSFER
            and d.modality != "denied"
            and (d.passage is not passage or d.event.trigger < token.i)
        ]
        if prior and subject(token):
            firm = [d for d in prior if d.modality in {"asserted", "believed"}]
            base = (firm or prior)[-1]
            event = Event(
                trigger=token.i,
                first=token.i,
                last=token.i,
                frame=base.event.frame,
                event=base.event.event,
                exchange=True,
            )
            out.append((event, base, next((r for r in found if r.cue == token.i), None)))
    return out


def launches_in_war(state: State) -> None:
    """A launch of missiles told after their use against somebody, by the same or nobody, is that use and no test."""
    weapons = {"missiles", "ballistic_missile_items", "munitions", "drones"}
    used: set[str | None] = set()
    for draft in state.drafts:
        agents = {p.code for p in draft.parties if p.role == "agent"}
        if draft.event.event == "weapons_use" and any(t.item.id in weapons for t in draft.event.things):
            used |= agents
        fired = {t.item.id for t in draft.event.things} <= weapons
        if draft.event.event == "launch_or_test" and used and fired and (not agents or agents & used):
            draft.event.event = "weapons_use"


def offers(state: State) -> None:
    """As in "Russia's offer of food": an offer told before names the one to whom it was made."""
    for n, draft in enumerate(state.drafts):
        token = draft.passage.doc[draft.event.trigger]
        roles = {p.role for p in draft.parties}
        giver = next((p for p in draft.parties if p.role in _GIVES and p.code), None)
        if (
            token.lemma_.lower()
            not in {
                "offer",
                "proposal",
                "promise",
                "pledge",
                "delivery",
                "supply",
                "shipment",
                "transfer",
                "provision",
                "sale",
                "gift",
                "export",
            }
            or not any(c.dep_ == "poss" for c in token.children)
            or giver is None
            or "recipient" in roles
        ):
            continue
        told = [
            p
            for d in state.drafts[:n]
            if any(g.role in _GIVES and g.code == giver.code for g in d.parties)
            for p in d.parties
            if p.role == "recipient" and p.code
        ]
        if told:
            draft.parties.append(replace(told[-1], inferred=True))


def denied_partner(state: State) -> None:
    """As in "Pyongyang rejects all talk of arms transfers to Russia".

    Who denies a transfer to another is the other side of it.
    """
    for draft in state.drafts:
        if (
            draft.modality != "denied"
            or draft.report is None
            or draft.report.kind != "deny"
            or draft.event.event not in {"arms_transfer", "petroleum_delivery", "technology_assistance"}
            or not draft.chain
        ):
            continue
        by: Source = draft.chain[0]
        give = "provider_of_technology" if draft.event.event == "technology_assistance" else "supplier"
        roles = {p.role for p in draft.parties}
        missing = {give, "recipient"} - roles
        held = {p.code for p in draft.parties}
        if (
            len(missing) == 1
            and by.code
            and by.kind in {"state", "official", "person"}
            and by.code not in held
            and "party" not in roles
        ):
            name = state.lexicon.state_names.get(by.code, by.name)
            draft.parties.append(
                Party(role=next(iter(missing)), name=name, code=by.code, kind="state", span=by.span, inferred=True)
            )


def meeting_months(state: State) -> None:
    """As in "Since their meeting last year".

    Where the document dated that meeting to a month, the interval starts there.
    """
    for draft in state.drafts:
        for n, time in enumerate(draft.times):
            words = draft.passage.folded.text[time.start : time.end]
            if not (
                time.lead == "since"
                and re.match(r"^\d{4}/\.\.$", time.value)
                and re.search(r"\b(?:meeting|summit|visit|trip|talks)\b", words)
            ):
                continue
            known = [
                t.value
                for d in state.drafts
                if d.event.event in {"visit", "meeting"}
                for t in d.times
                if t.precision in {"month", "day"} and t.value.startswith(time.value[:4])
            ]
            if known:
                draft.times[n] = replace(time, value=f"{known[-1][:7]}/..")
