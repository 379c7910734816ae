"""Amounts and times go to the trigger under which they stand in the tree; a day of saying goes to the saying."""

from __future__ import annotations

import re
from dataclasses import replace

from observance.observations.claims.draft import Draft
from observance.observations.claims.grammar import conjuncts
from observance.observations.claims.passage import Passage
from observance.observations.claims.sources import Report, spoken_times


def attach(passage: Passage, drafts: list[Draft], found: list[Report]) -> None:
    """Each amount and time goes to the trigger under which it stands in the tree."""
    triggers: dict[int, list[Draft]] = {}
    for draft in drafts:
        for i in {draft.event.trigger, *(t.token for t in draft.event.things)}:
            triggers.setdefault(i, []).append(draft)
    told_by = [s.span for r in found for chain in r.sources for s in chain if s.span is not None]
    for loose in passage.amounts:
        amount = loose
        start, end = passage.chars(amount.start, amount.end)
        source = any(s <= start and end <= e for s, e in told_by)
        moved = any(t.token == amount.head for d in drafts for t in d.event.things)
        takes_part = any(p.span and p.span[0] <= start and end <= p.span[1] for d in drafts for p in d.parties)
        if source and not moved and not takes_part:
            continue  # "according to two diplomats": they are counted and do not move
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
        if node.dep_ in {"nsubj", "nsubjpass"} and not time:
            led = node.head  # "a team of 30 was preparing to depart": the amount is that of the one who departs
            for _ in range(3):
                led = next((c for c in led.children if c.dep_ == "xcomp"), led)
                if led.i in triggers:
                    return triggers[led.i]
        light = [c for c in node.children if c.dep_ in {"dobj", "nsubjpass", "prep"}] if node.pos_ == "VERB" else []
        for child in light:
            for member in (child, *(o for o in child.children if o.dep_ == "pobj")):
                if member.i in triggers and member.dep_ in {"dobj", "nsubjpass"}:
                    return triggers[member.i]
        if node.head.i == node.i:
            break
        node = node.head
    return []
