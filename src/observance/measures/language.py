"""Conditions of a pack made into questions that answer yes (True), no (False) or not told (None).

Kleene's three values: `all` is no when one part is no, `any` is yes when one part is yes, otherwise an unknown part
leaves the whole unknown. No country stands here: `target` is who the pack says it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from observance.packs import Condition, Vocabulary
from observance.packs.records import FlagCondition, Measure

if TYPE_CHECKING:
    from observance.measures.situation import Situation

__all__ = ["Question", "bearer_question", "compile_condition", "flag_question", "told_words"]

Question = Callable[["Situation"], bool | None]

# Roles in which a party says, hears or votes and does not act.
ASIDE = frozenset({"speaker", "addressee", "accuser", "voter", "place"})
# Roles that do not act in the sense of a duty that binds one State alone.
PASSIVE = ASIDE | {"recipient", "patient"}
# Kinds of party that are, or belong to, somebody: the flag of a ship is asked apart.
SHIPS = frozenset({"vessel"})


def compile_condition(condition: Condition, vocabulary: Vocabulary, target: str) -> Question:
    """The question that a condition asks."""
    if condition.any_:
        return _any([_part(part, vocabulary, target) for part in condition.any_])
    if condition.all_:
        return _all([_part(part, vocabulary, target) for part in condition.all_])
    if condition.not_ is not None:
        return _not(_part(condition.not_, vocabulary, target))
    if condition.fact:
        return _fact(condition, target)
    if condition.party:
        return _party(condition, target)
    if condition.flag:
        return _flag(frozenset(target if state == "target" else state for state in condition.flag))
    if condition.item:
        return _under("items", condition.item, vocabulary, lambda situation: situation.item)
    if condition.act:
        return _under("acts", condition.act, vocabulary, lambda situation: situation.act)
    if condition.event:
        return _under("event_types", condition.event, vocabulary, lambda situation: situation.event)
    if condition.listed:
        return _listed(frozenset(condition.listed))
    if condition.grounds:
        return _grounds
    if condition.prose:
        return _open
    return _day(condition)


def _part(condition: Condition, vocabulary: Vocabulary, target: str) -> Question:
    """A condition inside another one: what is not told counts there as its `untold` says."""
    ask = compile_condition(condition, vocabulary, target)
    if condition.untold not in {"holds", "fails"}:
        return ask
    settled = condition.untold == "holds"

    def settle(situation: Situation) -> bool | None:
        told = ask(situation)
        return settled if told is None else told

    return settle


def _any(parts: list[Question]) -> Question:
    def ask(situation: Situation) -> bool | None:
        answer: bool | None = False
        for part in parts:
            told = part(situation)
            if told:
                return True
            if told is None:
                answer = None
        return answer

    return ask


def _all(parts: list[Question]) -> Question:
    def ask(situation: Situation) -> bool | None:
        answer: bool | None = True
        for part in parts:
            told = part(situation)
            if told is False:
                return False
            if told is None:
                answer = None
        return answer

    return ask


def _not(part: Question) -> Question:
    def ask(situation: Situation) -> bool | None:
        told = part(situation)
        return None if told is None else not told

    return ask


def _fact(condition: Condition, target: str) -> Question:
    key, values, before = condition.fact or "", frozenset(condition.is_), condition.before
    words, state = told_words(condition.like), condition.state

    def ask(situation: Situation) -> bool | None:
        value = situation.told.get(key)
        if value is None:
            return None
        if values:
            return str(value) in values
        if words is not None:
            return bool(words.search(str(value).lower()))
        if before is not None:
            return isinstance(value, date) and value < before
        return bool(value == target) == (state == "target")

    return ask


def told_words(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern that finds one of the words from its beginning, or None without words."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in words)})") if words else None


def _party(condition: Condition, target: str) -> Question:
    roles, names = frozenset(condition.party), tuple(name.lower() for name in condition.names)
    wants_target, types = condition.state == "target", frozenset(condition.types)
    typed_only = bool(types) and condition.state is None and not names

    def ask(situation: Situation) -> bool | None:
        told: bool | None = None
        for party in situation.facts.parties:
            if party.role not in roles or (types and party.type not in types):
                continue
            if typed_only:
                return True
            if names:
                if any(name in party.name.lower() for name in names):
                    return True
                told = False
            elif party.state is not None:
                if (party.state == target) == wants_target:
                    return True
                told = False
        return told

    return ask


def _flag(states: frozenset[str]) -> Question:
    def ask(situation: Situation) -> bool | None:
        flags = situation.flags
        if not flags:
            return None
        if any(flag in states for flag in flags):
            return True
        return None if None in flags else False

    return ask


def flag_question(condition: FlagCondition) -> Question:
    """Whether one of the ships flies such a flag; two ships are needed for a no where the record speaks of two."""
    states, ships, fact = frozenset(condition.states), condition.ships, condition.fact

    def ask(situation: Situation) -> bool | None:
        flags = situation.flags
        if any(flag in states for flag in flags):
            return True
        if len(flags) >= ships and None not in flags:
            return False
        told = situation.told.get(fact) if fact else None
        return None if told is None else told == "yes"

    return ask


def bearer_question(measure: Measure, target: str) -> Question | None:
    """For a duty of the target alone: whether the target acts. None where others owe the duty, too."""
    if measure.duty_bearers != ("target",):
        return None

    def ask(situation: Situation) -> bool | None:
        told: bool | None = None if not situation.facts.parties else False
        for party in situation.facts.parties:
            if party.role in PASSIVE:
                continue
            if party.state == target:
                return True
            if party.state is None and party.type not in {"media", "expert"}:
                told = None
        return told

    return ask


def _under(
    section: str, terms: tuple[str, ...], vocabulary: Vocabulary, pick: Callable[[Situation], str | None]
) -> Question:
    wanted = frozenset(term for term in vocabulary.ids(section) if set(vocabulary.closure(section, term)) & set(terms))

    def ask(situation: Situation) -> bool | None:
        term = pick(situation)
        return None if term is None else term in wanted

    return ask


def _listed(kinds: frozenset[str]) -> Question:
    def ask(situation: Situation) -> bool | None:
        return None if situation.listed is None else bool(situation.listed & kinds)

    return ask


def _grounds(situation: Situation) -> bool | None:
    told: Any = situation.told.get("reasonable_grounds")
    if told is not None:
        return bool(told == "yes")
    return True if situation.conduct_found else None


def _open(situation: Situation) -> bool | None:
    """Words that no fact answers."""
    del situation
    return None


def _day(condition: Condition) -> Question:
    before = condition.day_before.toordinal() if condition.day_before else None
    begin = condition.day_from.toordinal() if condition.day_from else None

    def ask(situation: Situation) -> bool | None:
        first, last = situation.first, situation.last
        if first is None or last is None:
            return None
        if before is not None:
            return True if last < before else False if first >= before else None
        assert begin is not None
        return True if first >= begin else False if last < begin else None

    return ask
