"""The measure engine: facts against the records of a pack, a verdict each.

The order in which a record is asked: time, direction, the flag, actor and trigger (`needs`), then what may lift or
soften it (old contracts, ceilings, exemptions, what speaks against), then how far the modality and the kind of event
let a verdict go. A no ends with `none`. A fact that decides and is not told ends with `not_determined` and the
question whose answer would settle it. Nothing else ends a measure than its own dates.

`decide` is the fast way for bulk work; with a `trace` it also writes down every condition that it asked, so that the
reasons of a verdict are those by which it was found and no second account of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from observance.measures.days import Days
from observance.measures.facts import Facts, Thing
from observance.measures.law import Law, Rule, law_of
from observance.measures.situation import Situation
from observance.measures.trace import Trace
from observance.measures.weigh import NONE, Claim, Limits, weigh
from observance.packs import Pack, Term

__all__ = ["Decided", "decide"]

# Of two items held against one record, which verdict stands for both.
WEIGHT = {"engaged": 0, "indicator": 1, "possibly_exempt": 2, "prospective": 3, "not_determined": 4, "none": 5}
FOUND = frozenset({"engaged", "indicator", "possibly_exempt"})
Hold = Callable[[Iterable[int], str | None, str, str], bool]
CARGO = "cargo_any"
SHIP = "vessels"


class Decided(NamedTuple):
    """A verdict on one record, without its reasons."""

    measure: str
    verdict: str
    role: str
    exemption: str | None
    missing: str | None
    question: str | None
    order: int


def decide(
    facts: Facts, pack: Pack, *, on: date | None = None, trace: dict[str, Trace] | None = None
) -> tuple[Decided, ...]:
    """The verdicts on every record that the facts come near, in the order of the pack.

    Args:
        facts: what is told.
        pack: the law.
        on: judge by the law of this day instead of the day of the act.
        trace: filled with the conditions asked, by measure id; costs time, leave it out for bulk work.
    """
    law = law_of(pack)
    enters = pack.vocabulary.modality[facts.modality].enters_finding
    if enters not in {"as_claim", "watch_only"}:
        # An opinion and a denial are kept and shown; neither says that something was done.
        return ()
    found: dict[int, tuple[Decided, Trace | None]] = {}
    event = pack.vocabulary.event_types.get(facts.event_type or "")
    situation = Situation(facts, law.target, on, momentary=event is not None and event.momentary)
    limits = Limits(enters == "watch_only", event.at_most if event else None)
    _conduct(law, situation, event, limits, found, traced=trace is not None)
    situation.conduct_found = any(row.verdict in FOUND for row, _ in found.values())
    # What others owe follows the day of the listing, on which the party is listed.
    situation.told = facts.conditions
    _duties(law, situation, limits, found, on, traced=trace is not None)
    _listings(law, situation, limits, found, on, traced=trace is not None)
    _institutions(law, situation, found, traced=trace is not None)
    decided = [found[index] for index in sorted(found)]
    if trace is not None:
        trace.update({row.measure: told for row, told in decided if told is not None})
    return tuple(row for row, _ in decided)


def _conduct(
    law: Law,
    situation: Situation,
    event: Term | None,
    limits: Limits,
    found: dict[int, tuple[Decided, Trace | None]],
    *,
    traced: bool,
) -> None:
    """What somebody did, is said to do or means to do."""
    facts = situation.facts
    told = [act for act in facts.acts if act not in law.duties]
    if not told and not facts.acts and event:
        told = list(event.acts)
    by_act = law.by_act
    suggested: tuple[str, ...] = event.suggests if event and not told else ()
    for act in told:
        suggested += law.pack.vocabulary.acts[act].suggests
    acts = frozenset().union(*[by_act[act] for act in told])
    near = law.conduct & acts.union(*[by_act[act] for act in suggested])
    means = event.means if event else ()
    # A ship that takes part is not what moves, but acts that move nothing are about it: to own it, to class it.
    about = frozenset().union(*[by_act[act] for act in told if act not in law.delivery]) if means else frozenset()
    about &= near
    goods = tuple(thing for thing in facts.things if thing.term not in means or about & law.by_item[thing.term])
    if not goods and not told:
        # A question about goods of which nothing is told is none, unless the act itself moves something.
        suggested = tuple(act for act in suggested if law.pack.vocabulary.acts[act].cargo)
        near &= acts.union(*[by_act[act] for act in suggested])
    if not near:
        return

    def hold(indices: Iterable[int], item: str | None, way: str, fit: str) -> bool:
        met = False
        for index in indices:
            own = index in acts
            act = next((act for act in (told if own else suggested) if index in by_act[act]), None)
            claim = Claim(act, item, way, fit, not own)
            met |= _keep(law, law.rules[index], situation, claim, limits, found, "conduct", traced=traced)
        return met

    for thing in goods or (Thing(None),):
        term = thing.term or CARGO
        way = thing.direction or situation.way
        reach = about if thing.term in means else near
        own = reach & law.by_item.get(term, frozenset())
        wide = law.by_wide.get(term, frozenset())
        met = hold(own - wide, term, way, "item")
        hold(own & wide, term, way, "item")
        row = law.pack.vocabulary.items.get(term)
        if row is not None and row.lawful:
            continue
        met |= _codes(law, (*thing.hs, *facts.hs), reach, hold, way, told=thing.term is not None)
        if thing.term is None or row is None:
            continue
        hold(reach & law.by_open[term], term, way, "open")
        if not met:
            hold(reach & law.by_narrower[term], term, way, "broad")
            hold(reach & law.by_may_hold[term], term, way, "may_hold")


def _institutions(
    law: Law, situation: Situation, found: dict[int, tuple[Decided, Trace | None]], *, traced: bool
) -> None:
    """Records that found a body: what is told of it (a vote, an end) is a fact of record and no breach."""
    for thing in situation.facts.things:
        for index in law.institutions & law.by_item.get(thing.term or "", frozenset()):
            if index not in found:
                told = Trace() if traced else None
                if told is not None:
                    told.institution(law.rules[index], situation)
                found[index] = (Decided(law.rules[index].measure.id, "none", "conduct", None, None, None, index), told)


def _codes(law: Law, codes: tuple[str, ...], near: frozenset[int], hold: Hold, way: str, *, told: bool) -> bool:
    """Customs codes: those in the text of a resolution decide, all others only hint where no item is told."""
    met = False
    for code in codes:
        for length in (2, 4, 6, 8):
            if length > len(code):
                break
            for basis, item, index in law.codes.get(code[:length], ()):
                if index not in near or (basis != "resolution_text" and told):
                    continue
                fit = "code" if basis == "resolution_text" else "hint"
                met |= hold((index,), item, way, fit)
    return met


def _duties(
    law: Law,
    situation: Situation,
    limits: Limits,
    found: dict[int, tuple[Decided, Trace | None]],
    on: date | None,
    *,
    traced: bool,
) -> None:
    """What others owe: acts such as a seizure that are told, or that the roles tell."""
    facts = situation.facts
    acts = [act for act in dict.fromkeys((*facts.acts, *facts.duties)) if act in law.duties]
    if not acts:
        return
    ship = any(party.type == "vessel" for party in facts.parties)
    gone = any("ship_to_ship_transfer" in law.pack.vocabulary.closure("acts", act) for act in facts.acts)
    subjects = [] if gone else [thing.term or CARGO for thing in facts.things]
    if ship or not subjects:
        subjects.append(SHIP)
    if on is None and any(act not in law.duties for act in facts.acts):
        # The duty is judged on its own day; it lies between what was done and the day on which it was told.
        days = facts.days
        if days is not None and facts.told_on is not None and facts.told_on.toordinal() >= days.first:
            situation.at(Days(days.first, max(days.first, facts.told_on.toordinal()), "day"))
    # A ship or cargo is held for what it is believed to have done; the State under the measures need not be named.
    way = "none" if situation.way == "elsewhere" and situation.placed else situation.way
    for act in acts:
        rules = law.by_act[act] & law.responses
        for subject in dict.fromkeys(subjects):
            for index in rules & law.by_item.get(subject, frozenset()):
                claim = Claim(act, subject, way, "item", suggested=False)
                _keep(law, law.rules[index], situation, claim, limits, found, "response", traced=traced)


def _listings(
    law: Law,
    situation: Situation,
    limits: Limits,
    found: dict[int, tuple[Decided, Trace | None]],
    on: date | None,
    *,
    traced: bool,
) -> None:
    """What a listing of the regime asks of others, by the day of the listing."""
    facts = situation.facts
    asked = situation.told.get("listed_for") or ()
    if not asked or _national(facts):
        return
    kinds = {party.type for party in facts.parties if party.role not in {"body", "speaker", "addressee"} and party.type}
    situation.listed = frozenset({"vessel"} if "vessel" in kinds else kinds)
    day = situation.told.get("listed_on")
    if on is None and isinstance(day, date):
        situation.at(Days(day.toordinal(), day.toordinal(), "day"))
    for act in asked:
        for index in law.listing.get(act, ()):
            claim = Claim(act, None, "both", "item", suggested=False)
            _keep(law, law.rules[index], situation, claim, limits, found, "response", traced=traced)


def _national(facts: Facts) -> bool:
    """Whether a State and no body of the United Nations is told to have listed: its law sets off no duty here."""
    bodies = [party.type for party in facts.parties if party.role == "body"]
    return facts.event_type == "listing" and bool(bodies) and all(kind in {"state", "state_organ"} for kind in bodies)


def _keep(
    law: Law,
    rule: Rule,
    situation: Situation,
    claim: Claim,
    limits: Limits,
    found: dict[int, tuple[Decided, Trace | None]],
    role: str,
    *,
    traced: bool,
) -> bool:
    """Weigh a claim against a record and keep the firmest outcome; True where time, way and needs let it reach it."""
    told = Trace() if traced else None
    outcome = weigh(law, rule, situation, claim, limits, told)
    verdict, exemption, missing, question = outcome or NONE
    before = found.get(rule.index)
    if before is None or WEIGHT[verdict] < WEIGHT[before[0].verdict]:
        row = Decided(rule.measure.id, verdict, role, exemption, missing, question, rule.index)
        found[rule.index] = (row, told)
    return outcome is not None
