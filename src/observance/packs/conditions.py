"""Conditions of a pack: the small language in which a record says on which facts it turns.

A condition is one question to the facts of an observation and has three answers: yes, no, not told. The record writes
it as a mapping with exactly one question word (docs/packs.md lists them), for example

    {name: owner, party: [owner, charterer], state: target, ask: 'Who owns the ship?'}
    {fact: notified_to_committee, is: ['yes'], untold: indicator}
    {any: [{item: [iron]}, {day_before: 2016-11-30}]}

`untold` says what follows where the fact is not told: `open` (the verdict is not determined), `fails` (as if the
answer were no), `holds` (as if it were yes), `indicator` (it raises the question and no more).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

__all__ = ["QUESTIONS", "Condition", "Untold", "walk"]

Untold = Literal["open", "fails", "holds", "indicator"]

QUESTIONS = (
    "fact",
    "party",
    "flag",
    "item",
    "act",
    "event",
    "listed",
    "grounds",
    "day_before",
    "day_from",
    "prose",
    "any",
    "all",
    "not",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One question to the facts.

    Attributes:
        name: short name of the fact, shown as `missing`; the fact's own name where left out.
        ask: the question whose answer would settle it.
        untold: what follows where the fact is not told.
        fact: key of `conditions`; with `is`, `like`, `state` or `before`.
        is_: values that hold; any other told value fails.
        like: words of which one must stand in the told text.
        state: `target` or `other`: the State named by the fact or by the party.
        before: the told day lies before this one.
        party: roles; one party of such a role must fit `state`, `names` or `types`.
        names: parts of names, lower case.
        types: kinds of party that are meant; alone, that such a party takes part.
        flag: States of which a ship must fly the flag (`target` is the State under the measures).
        item, act, event: terms under which the item, act or event type of the case falls.
        listed: kinds of party that a listing of the regime names (only where a listing is what is judged).
        grounds: `conduct`: reasonable grounds are told, or the same facts engage or indicate a measure of conduct.
        day_before, day_from: the whole of the date lies before, or from, that day.
        prose: words that no fact answers: always not told.
        any_, all_, not_: conditions joined.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    name: str | None = None
    ask: str | None = None
    untold: Untold | None = None
    fact: str | None = None
    is_: Annotated[tuple[str, ...], Field(alias="is")] = ()
    like: tuple[str, ...] = ()
    state: Literal["target", "other"] | None = None
    before: date | None = None
    party: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    grounds: Literal["conduct"] | None = None
    day_before: date | None = None
    day_from: date | None = None
    prose: str | None = None
    any_: Annotated[tuple[Condition, ...], Field(alias="any")] = ()
    all_: Annotated[tuple[Condition, ...], Field(alias="all")] = ()
    not_: Annotated[Condition | None, Field(alias="not")] = None

    def questions(self) -> tuple[str, ...]:
        """The question words that are used; a sound condition has exactly one."""
        return tuple(word for word in QUESTIONS if _part(self, word))

    @property
    def label(self) -> str:
        """The name under which a missing answer is shown."""
        if self.name:
            return self.name
        if self.fact:
            return self.fact
        inner = (*self.any_, *self.all_, *((self.not_,) if self.not_ else ()))
        if inner:
            return str(inner[0].label)
        words = self.questions()
        return words[0] if words else "condition"


def _part(condition: Condition, word: str) -> Any:
    return getattr(condition, f"{word}_" if word in {"any", "all", "not"} else word)


def walk(condition: Condition) -> tuple[Condition, ...]:
    """The condition and every condition inside it."""
    inner = (*condition.any_, *condition.all_, *((condition.not_,) if condition.not_ else ()))
    return (condition, *(deep for part in inner for deep in walk(part)))
