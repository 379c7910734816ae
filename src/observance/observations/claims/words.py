"""Utterances that matter as acts, and views of motives: claims of type statement and assessment.

A saying is a claim of its own where it names a speaker and either its day or its addressee; what is said is another
claim. A motive ("was desperately trying to", "is thought to be wary of") is a view: an assessment with modality
opinion, never an act.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observance.observations.claims.draft import Draft, State
from observance.observations.claims.grammar import conjuncts, phrase, subject
from observance.observations.claims.parties import resolve
from observance.observations.claims.record import Party, Source
from observance.observations.claims.sources import Report, nesting, said_of
from observance.observations.claims.things import Event, Thing, things_in

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.passage import Passage

_SPOKEN = {"tell", "say", "announce", "state", "declare", "warn", "chime", "tweet", "write"}
_FRIENDLY = {
    "support",
    "friendship",
    "solidarity",
    "partnership",
    "interaction",
    "role",
    "relationship",
    "tie",
    "bond",
    "cooperation",
    "alliance",
    "mission",
    "backing",
    "help",
    "relation",
}
_MOOD = {
    "wary",
    "uneasy",
    "desperate",
    "reluctant",
    "unhappy",
    "frustrated",
    "nervous",
    "anxious",
    "keen",
    "eager",
    "weary",
    "cautious",
    "sceptical",
    "skeptical",
    "resentful",
    "emboldened",
    "isolated",
}
_CRAVE = {"desperately", "desperate", "frantically", "anxiously"}


def statements(
    state: State, passage: Passage, found: list[Report], made: list[Draft], turn: Source | None
) -> list[Draft]:
    """Sayings told with their day or their addressee, by somebody named."""
    frame = next(f for f in state.lexicon.frames if f.id == "announce_words")
    out: list[Draft] = []
    if turn is not None:
        return out
    for report in found:
        token = passage.doc[report.cue]
        if token.pos_ != "VERB" or report.verb not in _SPOKEN or not report.sources or not report.sources[0]:
            continue
        speaker = report.sources[0][0]
        if speaker.unnamed or speaker.kind in {"evidence", "media", "company", "described", "thing"}:
            continue
        when = said_of(passage, [report])
        to = [p for p in report.addressees if p.kind in {"person", "state"} and p.name != "?"]
        empty = not any(d.event.trigger in report.scope for d in made)
        if when is None and not (to and empty and report.quoted):
            continue
        event = Event(trigger=token.i, first=token.i, last=token.i, frame=frame, event="statement")
        party = Party(role="speaker", name=speaker.name, code=speaker.code, kind=speaker.kind, span=speaker.span)
        parties = [party, *(replace(p, role="addressee") for p in to)]
        chain = [s for r in [report, *nesting(found, report.cue)] for s in (r.sources[0] if r.sources else [])]
        draft = Draft(
            passage=passage, event=event, report=None, chain=chain, modality="asserted", cues=(), parties=parties
        )
        if when:
            draft.times.append(when)
        if to:
            event.things.extend(_friendly(state, passage, token))
        out.append(draft)
    return out


def speech_acts(state: State, passage: Passage, made: list[Draft]) -> None:
    """Praise, thanks and vows.

    The speaker of quoted words is a source; what is praised between States is political support.
    """
    for draft in made:
        token = passage.doc[draft.event.trigger]
        if draft.event.frame.id == "thank":
            quoted = any(token.sent.start <= first < token.sent.end for first, _ in passage.quotes)
            speaker = next((p for p in draft.parties if p.role == "speaker"), None)
            if quoted and speaker is not None and not draft.chain:
                draft.chain = [
                    Source(name=speaker.name, kind=speaker.kind, act="says", code=speaker.code, span=speaker.span)
                ]
        if draft.event.frame.id in {"thank", "strengthen"} and sum(p.code is not None for p in draft.parties) >= 2:
            draft.event.things.extend(_friendly(state, passage, token))
        if draft.event.frame.id == "strengthen" and draft.event.event == "cooperation":
            draft.parties = [
                replace(p, name=state.lexicon.state_names.get(p.code, p.name), kind="state")
                if p.kind == "person" and p.code
                else p
                for p in draft.parties
            ]


def _friendly(state: State, passage: Passage, verb: Token) -> list[Thing]:
    item = next(i for i in state.lexicon.items if i.id == "political_support")
    for token in verb.sent:
        if (
            token.pos_ == "NOUN"
            and token.lemma_.lower() in _FRIENDLY
            and (token.i > verb.i or any(f <= token.i <= e for f, e in passage.quotes))
        ):
            return [Thing(token.i, item, phrase(token)[0] if token.i in passage.items else token.i, token.i)]
    return []


def assessments(
    state: State, passage: Passage, found: list[Report], made: list[Draft], turn: Source | None
) -> list[Draft]:
    """Moods and motives of States as claims of type assessment; what hangs under a motive is no act of its own."""
    frame = next(f for f in state.lexicon.frames if f.id == "announce_words")
    out: list[Draft] = []
    for token in passage.doc:
        verb: Token | None = None
        if (
            token.pos_ == "ADJ"
            and token.lower_ in _MOOD
            and token.dep_ in {"acomp", "oprd", "ROOT", "ccomp"}
            and token.head.pos_ in {"AUX", "VERB"}
        ) or (token.lower_ in _CRAVE and token.dep_ == "advmod" and token.head.pos_ == "VERB"):
            verb = token.head
        if verb is None:
            continue
        subjects = [t for t in subject(verb) if t.pos_ in {"PROPN", "NOUN"}] or [
            t for t in subject(verb.head) if t.pos_ in {"PROPN", "NOUN"}
        ]
        parties = [
            p
            for t in subjects
            for m in [t]
            if (p := resolve(passage, m, state.cast)) is not None
            and p.code
            and p.kind in {"state", "official", "person"}
        ]
        if not parties:
            continue
        event = Event(trigger=token.i, first=token.i, last=token.i, frame=frame, event="assessment")
        for child in subjects[
            0
        ].children:  # "China, which has been North Korea's main backer": the other side of the view
            if child.dep_ == "relcl":
                for other in child.subtree:
                    if (
                        other.i in passage.states
                        and other.dep_ in {"poss", "pobj"}
                        and (p := resolve(passage, other, state.cast))
                    ):
                        parties.append(p)
                    if other.i in passage.items and not event.things:
                        hit = passage.items[other.i]
                        event.things.append(Thing(other.i, hit[1], hit[0].first, hit[0].last))
                    if other.lower_ == "economic" and not event.things:
                        item = next(i for i in state.lexicon.items if i.id == "trade_general")
                        event.things.append(Thing(other.head.i, item, other.i, other.head.i))
        inside = {t.i for t in verb.subtree}
        for draft in list(made):
            at = draft.event.trigger
            if at in inside and token.lower_ in _CRAVE:
                if draft.event.frame.id == "strengthen":
                    made.remove(draft)
                elif not event.things and passage.doc[at].dep_ == "relcl":
                    event.things.extend(draft.event.things)
        if token.lower_ in _CRAVE and not event.things:
            event.things.extend(
                t
                for n in verb.subtree
                if n.i in passage.items and n.dep_ in {"dobj", "pobj"}
                for m in conjuncts(n)
                for t in things_in(passage, m)
            )
        held = nesting(found, token.i)
        chain = [s for r in held for s in (r.sources[0] if r.sources else [])] + ([turn] if turn else [])
        draft = Draft(
            passage=passage,
            event=event,
            report=held[0] if held else None,
            chain=chain,
            modality="opinion",
            cues=(token.i,),
            parties=[replace(p, role="subject") for p in parties],
        )
        draft.said = said_of(passage, held)
        out.append(draft)
    return out
