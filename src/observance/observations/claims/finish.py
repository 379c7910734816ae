"""From drafts to claims: spans of the document, chain from the publisher inwards, relations by id."""

from __future__ import annotations

from observance.observations.claims.dates import Time, times
from observance.observations.claims.draft import Draft, State
from observance.observations.claims.passage import Passage
from observance.observations.claims.quantities import Amount
from observance.observations.claims.record import Claim, Item, Quantity, Relation, Source, When
from observance.observations.claims.things import Event


def finish(state: State) -> tuple[Claim, ...]:
    """All drafts of a document as claims, in the order of the text."""
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
        modality=draft.modality,
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
