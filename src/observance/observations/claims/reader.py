"""The rules reader: a document in, attributed claims out.

Paragraph by paragraph: fold, parse, look up the tables, find who says what (`sources`), what happens (`match`), how
certain (`modality`), how much and when; then bridge what a document leaves out once it was told ("the shipments", a
partner named before). Claims are never merged. The reader is a pure function of the document and the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import replace

from observance.observations.claims.attach import attach
from observance.observations.claims.bridge import (
    anaphoric_sources,
    capacities,
    denials,
    denied_partner,
    exchanges,
    launches_in_war,
    meeting_months,
    offers,
    pairs,
    said_days,
    troops,
)
from observance.observations.claims.conditions import conditions, listed_parties
from observance.observations.claims.draft import Draft, State
from observance.observations.claims.finish import finish
from observance.observations.claims.fold import fold, parsed
from observance.observations.claims.grammar import subject
from observance.observations.claims.layout import Part, parts
from observance.observations.claims.lexicon import Lexicon, load
from observance.observations.claims.match import events
from observance.observations.claims.modality import RANK, modality
from observance.observations.claims.parse import parse
from observance.observations.claims.parties import Cast, resolve
from observance.observations.claims.passage import Found, Passage, survey
from observance.observations.claims.quantities import Amount
from observance.observations.claims.record import Claim, Page, Party, Source
from observance.observations.claims.sources import Report, as_source, nesting, reports, said_of
from observance.observations.claims.things import Event
from observance.observations.claims.tidy import empty, merge_pairs, suppress
from observance.observations.claims.words import assessments, speech_acts, statements


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
    launches_in_war(state)
    pairs(state)
    offers(state)
    troops(state)
    denied_partner(state)
    meeting_months(state)
    said_days(state)
    listed_parties(state)
    return finish(state)


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
    made = merge_pairs(suppress(passage, made, state.cast.publisher_state()))
    made.extend(assessments(state, passage, found, made, turn))
    made.extend(statements(state, passage, found, made, turn))
    speech_acts(state, passage, made)
    made.sort(key=lambda d: d.event.trigger)
    state.drafts.extend(made)
    exchanges(state, passage, state.drafts[first_draft:])
    attach(passage, state.drafts[first_draft:], found)
    _capacities(state, passage, first_draft, found, turn)
    _denials(state, passage, first_draft, found, turn)
    anaphoric_sources(state, passage, first_draft)
    conditions(state, passage, state.drafts[first_draft:])
    state.drafts[first_draft:] = [d for d in state.drafts[first_draft:] if not empty(d, passage.doc[d.event.trigger])]
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
