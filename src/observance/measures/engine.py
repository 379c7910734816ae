"""The measure engine: facts against the records of a pack, a verdict each.

The order in which a record is asked: time, direction, the flag, actor and trigger (`needs`), then what may lift or
soften it (old contracts, ceilings, exemptions, what speaks against), then how far the modality and the kind of event
let a verdict go. A no ends with `none`. A fact that decides and is not told ends with `not_determined` and the
question whose answer would settle it. Nothing else ends a measure than its own dates.

`decide` is the fast way for bulk work; with a `trace` it also writes down every condition that it asked, so that the
reasons of a verdict are those by which it was found and no second account of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from observance.measures.ceilings import below_ceiling
from observance.measures.days import Days
from observance.measures.facts import Facts, Thing
from observance.measures.law import Law, Need, Permit, Rule, law_of
from observance.measures.situation import Situation
from observance.measures.trace import Trace
from observance.packs import Pack, Term

__all__ = ["Decided", "decide"]

# From the firmest down: what a cap brings a verdict to.
FIRMNESS = {"engaged": 0, "possibly_exempt": 1, "indicator": 2, "prospective": 3, "not_determined": 4, "none": 5}
# Of two items held against one record, which verdict stands for both.
WEIGHT = {"engaged": 0, "indicator": 1, "possibly_exempt": 2, "prospective": 3, "not_determined": 4, "none": 5}
FOUND = frozenset({"engaged", "indicator", "possibly_exempt"})
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


class _Claim(NamedTuple):
    """How a claim meets a record: act, item, way, and how well they fit."""

    act: str | None
    item: str | None
    way: str
    fit: str
    suggested: bool


class _Limits(NamedTuple):
    """What the modality and the event type allow."""

    watch: bool
    at_most: str | None


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
    situation = Situation(facts, law.target, on)
    found: dict[int, tuple[Decided, Trace | None]] = {}
    event = pack.vocabulary.event_types.get(facts.event_type or "")
    limits = _Limits(enters == "watch_only", event.at_most if event else None)
    _conduct(law, situation, event, limits, found, traced=trace is not None)
    situation.conduct_found = any(row.verdict in FOUND for row, _ in found.values())
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
    limits: _Limits,
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
    goods = tuple(thing for thing in facts.things if thing.term not in means)
    if not goods and not told:
        # A question about goods of which nothing is told is none, unless the act itself moves something.
        suggested = tuple(act for act in suggested if law.pack.vocabulary.acts[act].cargo)
        near &= acts.union(*[by_act[act] for act in suggested])
    if not near:
        return

    def weigh(indices: Iterable[int], item: str | None, way: str, fit: str) -> bool:
        met = False
        for index in indices:
            own = index in acts
            act = next((act for act in (told if own else suggested) if index in by_act[act]), None)
            claim = _Claim(act, item, way, fit, not own)
            met |= _keep(law, law.rules[index], situation, claim, limits, found, "conduct", traced=traced)
        return met

    for thing in goods or (Thing(None),):
        term = thing.term or CARGO
        way = thing.direction or situation.way
        own = near & law.by_item.get(term, frozenset())
        wide = law.by_wide.get(term, frozenset())
        met = weigh(own - wide, term, way, "item")
        weigh(own & wide, term, way, "item")
        row = law.pack.vocabulary.items.get(term)
        if row is not None and row.lawful:
            continue
        met |= _codes(law, (*thing.hs, *facts.hs), near, weigh, way, told=thing.term is not None)
        if thing.term is None or row is None:
            continue
        weigh(near & law.by_open[term], term, way, "open")
        if not met:
            weigh(near & law.by_narrower[term], term, way, "broad")
            weigh(near & law.by_may_hold[term], term, way, "may_hold")


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


def _codes(law: Law, codes: tuple[str, ...], near: frozenset[int], weigh: object, way: str, *, told: bool) -> bool:
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
                met |= weigh((index,), item, way, fit)  # type: ignore[operator]
    return met


def _duties(
    law: Law,
    situation: Situation,
    limits: _Limits,
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
    for act in acts:
        rules = law.by_act[act] & law.responses
        for subject in dict.fromkeys(subjects):
            for index in rules & law.by_item.get(subject, frozenset()):
                claim = _Claim(act, subject, situation.way, "item", suggested=False)
                _keep(law, law.rules[index], situation, claim, limits, found, "response", traced=traced)


def _listings(
    law: Law,
    situation: Situation,
    limits: _Limits,
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
            claim = _Claim(act, None, "both", "item", suggested=False)
            _keep(law, law.rules[index], situation, claim, limits, found, "response", traced=traced)


def _national(facts: Facts) -> bool:
    """Whether a State and no body of the United Nations is told to have listed: its law sets off no duty here."""
    bodies = [party.type for party in facts.parties if party.role == "body"]
    return facts.event_type == "listing" and bool(bodies) and all(kind in {"state", "state_organ"} for kind in bodies)


def _keep(
    law: Law,
    rule: Rule,
    situation: Situation,
    claim: _Claim,
    limits: _Limits,
    found: dict[int, tuple[Decided, Trace | None]],
    role: str,
    *,
    traced: bool,
) -> bool:
    """Weigh a claim against a record and keep the firmest outcome; True where time, way and needs let it reach it."""
    told = Trace() if traced else None
    outcome = _weigh(law, rule, situation, claim, limits, told)
    verdict, exemption, missing, question = outcome or NONE
    before = found.get(rule.index)
    if before is None or WEIGHT[verdict] < WEIGHT[before[0].verdict]:
        row = Decided(rule.measure.id, verdict, role, exemption, missing, question, rule.index)
        found[rule.index] = (row, told)
    return outcome is not None


_Outcome = tuple[str, str | None, str | None, str | None]
NONE: _Outcome = ("none", None, None, None)


def _weigh(
    law: Law, rule: Rule, situation: Situation, claim: _Claim, limits: _Limits, told: Trace | None
) -> _Outcome | None:
    """One claim against one record; None where the record does not reach it (time, way or a need says no)."""
    situation.act, situation.item = claim.act, claim.item
    if told is not None:
        told.begin(rule, situation, claim.act, claim.item, claim.fit, suggested=claim.suggested)
    missing: str | None = None
    question: str | None = None

    held = _in_force(rule.spells, situation)
    if told is not None:
        told.time(held)
    if held is False:
        return None
    if held is None:
        if _not_due(rule, situation):
            return None
        missing, question = "date", "On which day did it happen?"

    goes = _fits(rule.measure.direction, claim.way)
    if told is not None:
        told.direction(goes, claim.way)
    if goes is False:
        return None
    if goes is None and not claim.suggested and missing is None:
        missing, question = "direction", "Who gave and who received?"

    soft = claim.suggested or claim.fit == "hint"
    for need in rule.needs:
        answer = need.ask(situation)
        if told is not None:
            told.need(need, answer)
        if answer or (answer is None and need.untold == "holds"):
            continue
        if answer is None and need.untold == "open":
            if limits.at_most == "indicator":
                # The event itself only raises the question that the condition asks.
                soft = True
            elif missing is None:
                missing, question = need.name, need.question
        elif answer is None and need.untold == "indicator":
            soft = True
        else:
            return None

    if claim.fit in {"open", "broad", "may_hold"}:
        if claim.fit == "may_hold" and limits.watch and limits.at_most != "prospective":
            # A fear or a hope of goods that nobody names has neither act nor item.
            return None
        if missing is None:
            missing, question = "item", "Which goods were they?"
        if claim.fit == "may_hold" and limits.watch:
            return _limited(law, situation, claim, limits, ("prospective", None, missing, question), told)
    if missing is not None:
        return _limited(law, situation, claim, limits, ("not_determined", None, missing, question), told)
    outcome = _lifted(law, rule, situation, limits, told)
    if soft and outcome[0] == "engaged":
        outcome = ("indicator", *outcome[1:])
    return _limited(law, situation, claim, limits, outcome, told)


def _in_force(spells: tuple[tuple[int, int], ...], situation: Situation) -> bool | None:
    """Whether the record held: all of an uncertain day's interval, or any part of a stretch."""
    first, last = situation.first, situation.last
    if first is None or last is None:
        # No day at all: only what has always held since could be said, and nobody can say since when.
        return None
    touches = False
    for start, stop in spells:
        if start <= first and last < stop:
            return True
        if first < stop and start <= last:
            touches = True
    return (True if situation.stretch else None) if touches else False


def _fits(direction: str, way: str) -> bool | None:
    if way == "elsewhere":
        return False
    if direction in {"both", "none"}:
        return None if way == "open_all" else True
    if way in {direction, "both"}:
        return True
    return None if way == "open" else False


def _lifted(law: Law, rule: Rule, situation: Situation, limits: _Limits, told: Trace | None) -> _Outcome:
    """Old contracts, the ceiling and the exemptions."""
    if rule.wind_until and not limits.watch:
        outcome = _wind_down(rule, situation)
        if told is not None:
            told.wind_down(rule, outcome)
        if outcome is not None:
            return outcome
    outcome = ("engaged", None, None, None)
    if situation.item in rule.permission_items:
        outcome = _permitted(law, rule, situation, limits, told)
        if outcome[0] == "none":
            return outcome
    if FIRMNESS[outcome[0]] <= FIRMNESS["indicator"]:
        for permit in rule.permits:
            raised = _raised(permit, situation, told)
            if raised:
                ask = f"Ask for the papers of {permit.record.id}: {'; '.join(permit.record.conditions)}."
                return "possibly_exempt", permit.record.id, None, ask
    return outcome


def _not_due(rule: Rule, situation: Situation) -> bool:
    """Whether a duty falls due only after all of these days: then it does not matter when it began."""
    wind = rule.measure.wind_down
    return wind is not None and wind.kind == "deadline" and (situation.last or 0) <= rule.wind_until


def _wind_down(rule: Rule, situation: Situation) -> _Outcome | None:
    """Old contracts that could run on, or a duty that was not yet due; None where it changes nothing."""
    first, last, until = situation.first, situation.last, rule.wind_until
    wind = rule.measure.wind_down
    if wind is None or first is None or last is None or first > until:
        return None
    if rule.wind_items is not None and situation.item not in rule.wind_items:
        return None
    if last > until and situation.stretch:
        return None
    if wind.kind == "deadline":
        if last <= until:
            return "none", None, None, None
        return "not_determined", None, "date", "On which day did it happen?"
    contract = situation.told.get("contract_date")
    if contract is None:
        return "not_determined", None, "contract_date", "Of which day is the written contract?"
    if not isinstance(contract, date) or contract >= rule.measure.in_force_from:
        return None
    if last > until:
        return "not_determined", None, "date", "On which day did it happen?"
    if wind.notice:
        notice = situation.told.get("notified_to_committee")
        if notice is None:
            return "not_determined", None, "notified_to_committee", "Was the Committee told?"
        if notice != "yes":
            return None
    return "none", None, None, None


def _permitted(law: Law, rule: Rule, situation: Situation, limits: _Limits, told: Trace | None) -> _Outcome:
    """A measure with a ceiling: lawful below it with every need met, outside the permission when one fails."""
    measure = rule.measure
    exemption = measure.permission.exemption if measure.permission else None
    caps = tuple(cap for cap in measure.caps if situation.item in law.below(cap.item) and _overlaps(cap, situation))
    if not caps:
        if told is not None:
            told.ceiling(None, "no ceiling ran on that day", gone=True)
        return "none", None, None, None
    below, figures = below_ceiling(situation, caps, law.pack.vocabulary)
    if told is not None:
        told.ceiling(below, figures)
    failed = False
    soft: Need | None = None
    for need in rule.permission:
        answer = need.ask(situation)
        if told is not None:
            told.need(need, answer, permission=True)
        failed |= answer is False
        if answer is None and need.untold != "holds" and soft is None:
            soft = need
    if failed or below is False or limits.watch:
        return "engaged", None, None, None
    if all(cap.value is None for cap in caps):
        ask = f"How much was it in the time to which the ceiling refers ({caps[0].rule or caps[0].period})?"
        return "not_determined", None, "sum_so_far", ask
    if soft is not None:
        return "indicator", None, soft.name, soft.question
    if below:
        return "none", exemption, None, None
    ask = "How much came from all States in the period, this delivery included?"
    return "possibly_exempt", exemption, "sum_so_far", ask


def _overlaps(cap: object, situation: Situation) -> bool:
    first, last = situation.first or 0, situation.last or 0
    begin = cap.applies_from.toordinal()  # type: ignore[attr-defined]
    end = cap.applies_to  # type: ignore[attr-defined]
    return bool(begin <= last and (end is None or first < end.toordinal()))


def _raised(permit: Permit, situation: Situation, told: Trace | None) -> bool:
    """Whether an exemption could cover it: it holds on the day, nothing it asks fails, and what must be told is."""
    first, last = situation.first or 0, situation.last or 0
    if first >= permit.last or last < permit.first:
        return False
    yes: set[str] = set()
    could = True
    answers = []
    for need in permit.needs:
        answer = need.ask(situation)
        answers.append((need, answer))
        if answer:
            yes.add(need.name)
        elif answer is False or need.untold != "open":
            could = False
    if could and permit.raised_by:
        could = bool(yes & permit.raised_by)
    if told is not None:
        told.exemption(permit.record, answers, could=could)
    return could


def _limited(
    law: Law, situation: Situation, claim: _Claim, limits: _Limits, outcome: _Outcome, told: Trace | None
) -> _Outcome:
    """What speaks against, then how far the modality and the kind of event let it go."""
    verdict, exemption, missing, question = outcome
    if verdict == "none":
        return outcome
    for doubt in law.doubts:
        value = situation.told.get(doubt.key)
        if value is None or (doubt.delivery and claim.act not in law.delivery) or not doubt.speaks(str(value)):
            continue
        if told is not None:
            told.against(doubt, str(value))
        if FIRMNESS[verdict] < FIRMNESS[doubt.verdict]:
            verdict, missing, question = doubt.verdict, doubt.key, doubt.question
    most = limits.at_most
    if limits.watch:
        most = "prospective"
    if told is not None:
        told.limits(situation.facts.modality, situation.event, most)
    if most is not None and FIRMNESS[verdict] < FIRMNESS[most]:
        verdict, exemption = most, None
        if most == "prospective":
            missing = question = None
    if verdict == "none":
        return "none", exemption, None, None
    return verdict, exemption, missing, question
