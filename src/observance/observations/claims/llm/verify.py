"""A proposal held against the text and the rules reader, field by field: confirmed, unverified or contradicted.

(i) a string is found in its passage; (ii) quantity and date are parsed again from their words; (iii) a source is tied
to a word of saying or an open quotation; (iv) roles and modality are compared with the rules reader, an opposite role
is contradicted; (v) `asserted` under a cue of denial, fear, offer or possibility is demoted. What is contradicted is
left out of the claim (or replaced by what the text supports, which is said); what is unverified stays and is marked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from observance.observations.claims.llm.cues import floor_of, is_saying, says_somebody
from observance.observations.claims.llm.ground import Ground
from observance.observations.claims.llm.names import party_of
from observance.observations.claims.llm.schema import Proposal, ProposedQuantity, ProposedSource
from observance.observations.claims.modality import RANK
from observance.observations.claims.record import Claim, Item, Party, Quantity, Source, Span, When
from observance.packs import load_vocabulary

__all__ = ["Check", "Checked", "Status", "verify"]

Status = Literal["confirmed", "unverified", "contradicted"]
_OPPOSITE = frozenset(
    frozenset(pair)
    for pair in (
        ("supplier", "recipient"), ("helper", "recipient"), ("provider_of_technology", "recipient"),
        ("carrier", "recipient"), ("host", "visitor"), ("accuser", "accused"), ("employer", "worker"),
        ("speaker", "addressee"), ("agent", "patient"),
    )
)  # fmt: skip
_NOT_MOVED = frozenset({"capacity", "limit", "rate", "attribute"})
_GIVERS = frozenset({"supplier", "helper", "provider_of_technology"})
_HANDED_OVER = frozenset(
    {"arms_transfer", "technology_assistance", "petroleum_delivery", "trade", "commodity_export", "goods_import"}
)
_NEAR = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What became of one field: its name, what the model said, the outcome, and why."""

    field: str
    said: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A proposal after verification. `claim` is None where nothing of it can stand."""

    claim: Claim | None
    checks: tuple[Check, ...]
    matched: str | None = None

    @property
    def status(self) -> Status:
        """The worst outcome among the fields."""
        outcomes = {check.status for check in self.checks}
        return (
            "contradicted" if "contradicted" in outcomes else "unverified" if "unverified" in outcomes else "confirmed"
        )


def verify(proposal: Proposal, ground: Ground, name: str) -> Checked:
    """Hold a proposal against its paragraph. `name` becomes the id of the claim."""
    words = load_vocabulary()
    checks: list[Check] = []
    passages = ground.find(proposal.quote)
    if not passages:
        return _nothing("quote", proposal.quote, "these words do not stand in the paragraph")
    evidence = passages[0]
    checks.append(
        _check(
            "quote",
            proposal.quote,
            "confirmed" if len(passages) == 1 else "unverified",
            "found once" if len(passages) == 1 else f"stands {len(passages)} times in the paragraph",
        )
    )
    if proposal.event not in words.terms["event_types"]:
        return _nothing("event", proposal.event, "no event type of the vocabulary")
    triggers = ground.find(proposal.trigger, evidence)
    if not triggers:
        return _nothing("trigger", proposal.trigger, "the word of happening does not stand in the passage")
    trigger = triggers[0]
    matched = _match(ground, proposal.event, trigger, evidence)
    if matched is not None and matched.event == proposal.event:
        checks.append(_check("event", proposal.event, "confirmed", "the rules reader finds the same"))
    elif matched is not None:
        checks.append(_check("event", proposal.event, "unverified", f"the rules reader finds {matched.event}"))
    else:
        checks.append(_check("event", proposal.event, "unverified", "the rules reader finds no event here"))
    modality = _modality(proposal, ground, trigger, matched, checks)
    if modality is None:
        return Checked(claim=None, checks=tuple(checks))
    claim = Claim(
        id=name,
        event=proposal.event,
        modality=modality,
        evidence=evidence,
        trigger=trigger,
        chain=_chain(proposal, ground, evidence, trigger, matched, checks),
        act=matched.act if matched is not None and matched.event == proposal.event else None,
        participants=_participants(proposal, ground, evidence, trigger, matched, checks),
        items=_items(proposal, ground, evidence, matched, checks),
        quantities=_quantities(proposal, ground, evidence, checks),
        dates=_dates(proposal, ground, evidence, checks),
        frame="llm",
    )
    return Checked(claim=claim, checks=tuple(checks), matched=matched.id if matched else None)


def _check(field: str, said: str, status: Status, reason: str) -> Check:
    return Check(field=field, said=said[:200], status=status, reason=reason)


def _nothing(field: str, said: str, reason: str) -> Checked:
    return Checked(claim=None, checks=(_check(field, said, "contradicted", reason),))


def _overlap(one: Span | None, two: Span | None) -> bool:
    return one is not None and two is not None and one[0] < two[1] and two[0] < one[1]


def _match(ground: Ground, event: str, trigger: Span, evidence: Span) -> Claim | None:
    """The claim of the rules reader that tells the same: same trigger first, then same event in the passage."""
    at = [claim for claim in ground.rules if _overlap(claim.trigger, trigger)]
    same = [claim for claim in at if claim.event == event]
    if same or at:
        return (same or at)[0]
    inside = [claim for claim in ground.rules if claim.event == event and _overlap(claim.evidence, evidence)]
    return inside[0] if inside else None


def _modality(
    proposal: Proposal, ground: Ground, trigger: Span, matched: Claim | None, checks: list[Check]
) -> str | None:
    said = proposal.modality
    if said not in RANK:
        checks.append(_check("modality", said, "contradicted", "no modality of the vocabulary"))
        return None
    floor, cue = floor_of(ground, trigger[0])
    if matched is not None:
        referee, why = matched.modality, "the rules reader"
    else:
        referee, why = floor, f"the cue {cue!r}" if cue else "no cue in the text"
    if said == referee:
        checks.append(_check("modality", said, "confirmed" if matched is not None or cue else "unverified", why))
        return said
    if RANK[referee] > RANK[said]:
        checks.append(_check("modality", said, "contradicted", f"{referee} by {why}; demoted"))
        return referee
    # Farther from fact than the referee: kept, because to doubt is the safe side.
    checks.append(_check("modality", said, "unverified", f"{referee} by {why}"))
    return said


def _participants(
    proposal: Proposal, ground: Ground, evidence: Span, trigger: Span, matched: Claim | None, checks: list[Check]
) -> tuple[Party, ...]:
    roles = load_vocabulary().terms["roles"]
    out: list[Party] = []
    for said in proposal.participants:
        field = f"participant:{said.role}"
        if said.role not in roles:
            checks.append(_check(field, said.words, "contradicted", "no role of the vocabulary"))
            continue
        found = ground.find(said.words, evidence)
        outside = not found
        found = found or ground.find(said.words)
        if not found:
            checks.append(_check(field, said.words, "contradicted", "these words do not stand in the paragraph"))
            continue
        span = min(found, key=lambda place: abs(place[0] - trigger[0]))
        party = party_of(ground, span, matched)
        status, reason = _role(said.role, span, party, ground, matched, trigger, proposal.event)
        if status == "confirmed" and outside:
            status, reason = "unverified", "named outside the passage"
        checks.append(_check(field, said.words, status, reason))
        if status != "contradicted":
            out.append(
                Party(
                    role=said.role,
                    name=party.name,
                    code=party.code,
                    kind=party.kind,
                    span=span,
                    imo=party.imo,
                    flag=party.flag,
                    unnamed=party.unnamed,
                    title=party.title,
                )
            )
    return tuple(out)


def _role(
    role: str, span: Span, party: Party, ground: Ground, matched: Claim | None, trigger: Span, event: str
) -> tuple[Status, str]:
    others = matched.participants if matched is not None else ()
    same = [other for other in others if _overlap(other.span, span) or (party.code and other.code == party.code)]
    if any(other.role == role for other in same):
        return "confirmed", "the rules reader finds the same role"
    for other in same:
        if frozenset((other.role, role)) in _OPPOSITE:
            return "contradicted", f"the rules reader finds the opposite role, {other.role}"
    # The word before a name tells the direction of what is handed over.
    before = _preposition(ground, span, trigger) if event in _HANDED_OVER else ""
    if role in _GIVERS and before == "to":
        return "contradicted", "the text has it after 'to', as the receiving side"
    if role == "recipient" and before == "from":
        return "contradicted", "the text has it after 'from', as the giving side"
    if same:
        return "unverified", f"the rules reader finds the role {same[0].role}"
    return "unverified", "the rules reader finds no such participant"


def _preposition(ground: Ground, span: Span, trigger: Span) -> str:
    """The preposition by which words hang on the word of happening or on what it moves, or ""."""
    word, verb = ground.token(span[1] - 1), ground.token(trigger[0])
    if word is None or verb is None or word.dep_ != "pobj" or word.head.i == word.i:
        return ""
    hold = word.head.head
    moved = hold.head.i == verb.i and hold.dep_ in {"dobj", "nsubjpass"}
    # "Permits to workers" hands over no workers: only States and bodies give and receive here.
    return word.head.lower_ if (hold.i == verb.i or moved) and word.tag_ in {"NNP", "NNPS"} else ""


def _items(
    proposal: Proposal, ground: Ground, evidence: Span, matched: Claim | None, checks: list[Check]
) -> tuple[Item, ...]:
    known = load_vocabulary().terms["items"]
    chains = load_vocabulary().chains["items"]
    out: list[Item] = []
    for said in proposal.items:
        field = f"item:{said.item}"
        if said.item not in known:
            checks.append(_check(field, said.words, "contradicted", "no item of the vocabulary"))
            continue
        found = ground.find(said.words, evidence) or ground.find(said.words)
        if not found:
            checks.append(_check(field, said.words, "contradicted", "these words do not stand in the paragraph"))
            continue
        span = found[0]
        told = {item.id for item in (matched.items if matched else ()) if _overlap(item.span, span)}
        told |= {
            kind.id
            for hit in ground.lexicon.item_pattern.finditer(ground.page.text, span[0], span[1])
            if (kind := ground.lexicon.item_words.get(_item_key(hit.group(0))))
        }
        near = any(said.item in chains.get(one, (one,)) or one in chains.get(said.item, (said.item,)) for one in told)
        if near:
            checks.append(_check(field, said.words, "confirmed", "the words are known for it"))
        elif told:
            checks.append(
                _check(field, said.words, "contradicted", f"the words are known for {', '.join(sorted(told))}")
            )
            continue
        else:
            checks.append(_check(field, said.words, "unverified", "the words are not known for any item"))
        out.append(Item(id=said.item, words=ground.page.text[span[0] : span[1]], span=span))
    return tuple(out)


def _item_key(words: str) -> str:
    from observance.observations.claims.lexicon import item_key

    return item_key(words)


def _quantities(proposal: Proposal, ground: Ground, evidence: Span, checks: list[Check]) -> tuple[Quantity, ...]:
    out: list[Quantity] = []
    for said in proposal.quantities:
        found = ground.find(said.words, evidence) or ground.find(said.words)
        if not found:
            checks.append(_check("quantity", said.words, "contradicted", "these words do not stand in the paragraph"))
            continue
        amount = ground.amount_at(found[0])
        if amount is None:
            checks.append(_check("quantity", said.words, "contradicted", "no amount can be read from these words"))
            continue
        if _differs(said, amount.value, amount.magnitude):
            checks.append(
                _check("quantity", f"{said.words} = {said.value}", "contradicted", f"the words say {amount.value}")
            )
            continue
        role = amount.role
        if said.role != amount.role and said.role in _NOT_MOVED and amount.role == "event":
            # Kept as the model has it: a capacity or a limit is never the amount that moved.
            role = said.role
            checks.append(_check("quantity", said.words, "unverified", f"read as {role}, the words alone say event"))
        elif said.role != amount.role:
            reason = f"read as {said.role}, the words make it: {amount.role}"
            checks.append(_check("quantity", said.words, "contradicted", reason))
        else:
            checks.append(_check("quantity", said.words, "confirmed", "number and role read again from the words"))
        span = ground.folded.span(amount.start, amount.end)
        out.append(
            Quantity(
                value=amount.value,
                unit=amount.unit,
                approximator=amount.approximator,
                role=role,
                words=ground.page.text[span[0] : span[1]],
                span=span,
                magnitude=amount.magnitude,
            )
        )
    return tuple(out)


def _differs(said: ProposedQuantity, value: float | tuple[float, float] | None, magnitude: float | None) -> bool:
    if said.value is None:
        return False
    options = [*(value if isinstance(value, tuple) else (value,)), magnitude]
    return not any(one is not None and math.isclose(one, said.value, rel_tol=1e-6) for one in options)


def _dates(proposal: Proposal, ground: Ground, evidence: Span, checks: list[Check]) -> tuple[When, ...]:
    out: list[When] = []
    for said in proposal.dates:
        found = ground.find(said.words, evidence) or ground.find(said.words)
        time = ground.time_at(found[0]) if found else None
        if time is None:
            reason = "no time can be read from these words" if found else "these words do not stand in the paragraph"
            checks.append(_check("date", said.words, "contradicted", reason))
            continue
        if said.value and time.value and said.value != time.value:
            checks.append(_check("date", f"{said.words} = {said.value}", "contradicted", f"the words say {time.value}"))
            continue
        checks.append(
            _check(
                "date",
                said.words,
                "confirmed" if time.value else "unverified",
                "read again from the words" if time.value else "the words do not resolve to a day",
            )
        )
        span = ground.folded.span(time.start, time.end)
        out.append(
            When(
                value=time.value,
                precision={"interval": "range"}.get(time.precision, time.precision),
                words=ground.page.text[span[0] : span[1]],
                span=span,
                anchor=time.anchor,
            )
        )
    return tuple(out)


def _chain(
    proposal: Proposal, ground: Ground, evidence: Span, trigger: Span, matched: Claim | None, checks: list[Check]
) -> tuple[Source, ...]:
    """The chain from the publisher inwards; where the model dropped or changed the speaker, the rules reader's."""
    publisher = (
        Source(name=ground.page.publisher, kind="media", act="reports", publisher=True)
        if ground.page.publisher
        else None
    )
    spoken = [source for source in (matched.chain if matched else ()) if not source.publisher]
    # Who holds the floor (a turn, a paragraph before) is named outside the paragraph, where the model did not look.
    inside = [source for source in spoken if source.span and ground.start <= source.span[0] < ground.end]
    links: list[Source] = []
    for said in proposal.sources:
        link, check = _source(said, ground, evidence, spoken)
        checks.append(check)
        if link is not None:
            links.append(link)
    if not links and spoken and not inside:
        checks.append(_check("source", "none", "confirmed", f"{spoken[-1].name} holds the floor, by the rules reader"))
        links = spoken[::-1]
    elif not links:
        verb = says_somebody(ground, trigger[0])
        if spoken or verb:
            who = ", ".join(source.name for source in spoken) or f"somebody ({verb!r})"
            checks.append(_check("source", "none", "contradicted", f"the text lets {who} say it"))
            links = spoken[::-1] if spoken else [Source(name="?", unnamed=True)]
    elif links and spoken and not _same_speaker(links[0], spoken[-1]):
        checks.append(_check("source", links[0].name, "contradicted", f"the rules reader finds {spoken[-1].name}"))
        links = spoken[::-1]
    elif links and matched is not None and not spoken:
        checks.append(_check("source", links[0].name, "unverified", "the rules reader finds no speaker"))
    ordered = [link for link in reversed(links) if publisher is None or link.name != publisher.name]
    return (publisher, *ordered) if publisher else tuple(ordered)


def _same_speaker(one: Source, two: Source) -> bool:
    if _overlap(one.span, two.span) or one.name == two.name:
        return True
    return bool(one.code) and one.code == two.code and one.kind == two.kind


def _source(said: ProposedSource, ground: Ground, evidence: Span, spoken: list[Source]) -> tuple[Source | None, Check]:
    found = ground.find(said.words, evidence) or ground.find(said.words)
    if not found:
        return None, _check("source", said.words, "contradicted", "these words do not stand in the paragraph")
    span = found[0]
    known = next((source for source in spoken if _overlap(source.span, span)), None)
    party = party_of(ground, span, None)
    link = known or Source(
        name=party.name, kind=party.kind, act="says", code=party.code, span=span, unnamed=party.unnamed
    )
    if known is not None:
        return link, _check("source", said.words, "confirmed", "the rules reader finds the same source")
    cues = ground.find(said.cue) if said.cue and is_saying(said.cue, ground.lexicon) else []
    if any(abs(cue[0] - span[1]) <= _NEAR or abs(span[0] - cue[1]) <= _NEAR for cue in cues):
        return link, _check("source", said.words, "confirmed", f"tied to {said.cue!r}")
    if _quoted(ground, span):
        return link, _check("source", said.words, "confirmed", "beside an open quotation")
    return link, _check("source", said.words, "unverified", "no word of saying ties it to the passage")


def _quoted(ground: Ground, span: Span) -> bool:
    """True where the sentence of the source holds a quotation."""
    sentence = ground.sentence(span[0])
    text = ground.page.text[sentence[0] : sentence[1]] if sentence else ""
    return any(mark in text for mark in ("“", "”", '"', "«"))
