"""One claim against one record: time, direction, needs, then what lifts or softens it, then how far it may go.

A no of time, direction or a need ends it (`None`: the record does not reach the claim). A fact that decides and is not
told ends it as `not_determined` with the question. Old contracts, the ceiling and the exemptions come next, then what
speaks against, last the modality and the kind of event.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from observance.measures.ceilings import below_ceiling
from observance.packs import Cap

if TYPE_CHECKING:
    from observance.measures.law import Law, Need, Permit, Rule
    from observance.measures.situation import Situation
    from observance.measures.trace import Trace

__all__ = ["NONE", "Claim", "Limits", "Outcome", "weigh"]

# From the firmest down: what a cap brings a verdict to.
FIRMNESS = {"engaged": 0, "possibly_exempt": 1, "indicator": 2, "prospective": 3, "not_determined": 4, "none": 5}


class Claim(NamedTuple):
    """How a claim meets a record: act, item, way, and how well they fit."""

    act: str | None
    item: str | None
    way: str
    fit: str
    suggested: bool


class Limits(NamedTuple):
    """What the modality and the event type allow."""

    watch: bool
    at_most: str | None


Outcome = tuple[str, str | None, str | None, str | None]
NONE: Outcome = ("none", None, None, None)


def weigh(
    law: Law, rule: Rule, situation: Situation, claim: Claim, limits: Limits, told: Trace | None
) -> Outcome | None:
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

    # A flag that decides and is not told is a tie that may be there; an act that is only suggested needs a told one.
    tied = situation.tied or (rule.measure.flag_condition is not None and not claim.suggested)
    if missing is None and situation.undated and claim.item in law.wide:
        # Neither a day nor goods: a belief about some cargo at some time supports nothing.
        missing, question = "date", "On which day was it, and which goods?"
    goes = _fits(rule.measure.direction, claim.way) if tied else False
    if told is not None:
        told.direction(goes, claim.way)
    if goes is False:
        return None
    if goes is None and not claim.suggested and missing is None:
        missing, question = "direction", "Who gave and who received?"

    soft = claim.suggested or claim.fit == "hint"
    raised: tuple[str | None, str | None] = (None, None)
    for need in rule.needs:
        answer = need.ask(situation)
        if told is not None:
            told.need(need, answer)
        if answer or (answer is None and need.untold == "holds"):
            continue
        if answer is None and need.untold == "open":
            if limits.at_most == "indicator":
                # The event itself only raises the question that the condition asks.
                soft, raised = True, (need.name, need.question)
            elif missing is None:
                missing, question = need.name, need.question
        elif answer is None and need.untold == "indicator":
            soft, raised = True, (need.name, need.question)
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
        outcome = ("indicator", outcome[1], *(raised if raised[0] and outcome[2] is None else outcome[2:]))
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
        return True
    if way in {direction, "both"}:
        return True
    return None if way == "open" else False


def _lifted(law: Law, rule: Rule, situation: Situation, limits: Limits, told: Trace | None) -> Outcome:
    """Old contracts, the ceiling and the exemptions."""
    untold: Outcome | None = None
    if rule.wind_until and not limits.watch:
        outcome = _wind_down(rule, situation)
        if told is not None:
            told.wind_down(rule, outcome)
        if outcome is not None and outcome[0] == "none":
            return outcome
        untold = outcome
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
    return untold or outcome


def _not_due(rule: Rule, situation: Situation) -> bool:
    """Whether a duty falls due only after all of these days: then it does not matter when it began."""
    wind = rule.measure.wind_down
    return wind is not None and wind.kind == "deadline" and (situation.last or 0) <= rule.wind_until


def _wind_down(rule: Rule, situation: Situation) -> Outcome | None:
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


def _permitted(law: Law, rule: Rule, situation: Situation, limits: Limits, told: Trace | None) -> Outcome:
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


def _overlaps(cap: Cap, situation: Situation) -> bool:
    first, last = situation.first or 0, situation.last or 0
    begin = cap.applies_from.toordinal()
    end = cap.applies_to
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
    law: Law, situation: Situation, claim: Claim, limits: Limits, outcome: Outcome, told: Trace | None
) -> Outcome:
    """What speaks against, then how far the modality and the kind of event let it go."""
    verdict, exemption, missing, question = outcome
    if verdict == "none":
        return outcome
    for doubt in law.doubts:
        value = situation.told.get(doubt.key)
        if value is None or (doubt.delivery and claim.act not in law.delivery) or not doubt.speaks(str(value)):
            continue
        if doubt.unless_told and not doubt.unless_told.isdisjoint((*situation.facts.acts, *situation.facts.duties)):
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
