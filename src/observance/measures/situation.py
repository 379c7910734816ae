"""What the engine asks of the facts, prepared once for one pack: way between the parties, flags, told facts, days."""

from __future__ import annotations

from datetime import date
from typing import Any

from observance.measures.days import Days
from observance.measures.facts import Facts
from observance.measures.language import ASIDE, SHIPS

__all__ = ["Situation", "takes_part", "way_between"]

GIVES = frozenset({"supplier", "provider_of_technology", "worker"})
GETS = frozenset({"recipient", "employer"})
# Acts by which a ship or aircraft is handed over for a time.
HIRES = frozenset({"charter", "lease"})


class Situation:
    """The facts in the terms of one pack. It is filled while one record is judged and kept by nobody.

    Attributes:
        facts: the record.
        told: conditions that are told.
        flags: flags of the ships, None where unknown.
        way: from_target, to_target, both; `open` where a side is not told; `none` where the target takes part and
            nothing goes either way; `elsewhere` where it takes no part.
        momentary: what is told is one happening.
        first, last, stretch: the days; None where there is no date at all.
        tied: something ties the facts to the regime: the State under the measures takes part, the way is told as seen
            from it, or a party stands on its lists. Without such a tie no paragraph raises a question.
        placed: a direction is told as seen from the State under the measures, even that nothing goes either way.
        undated: the days are those on which it was told.
        event, act, item: what is being held against a record just now.
        listed: kinds of the listed parties, where a listing is what is judged.
        conduct_found: a measure of conduct came out engaged or as an indicator on the same facts.
    """

    __slots__ = (
        "act",
        "conduct_found",
        "event",
        "facts",
        "first",
        "flags",
        "item",
        "last",
        "listed",
        "momentary",
        "placed",
        "precision",
        "stretch",
        "tied",
        "told",
        "undated",
        "way",
        "way_told",
    )

    def __init__(self, facts: Facts, target: str, on: date | None, *, momentary: bool = False) -> None:
        """Prepare the facts; `on` replaces the day of the act, `momentary` makes a range of days an uncertain day."""
        self.facts = facts
        self.momentary = momentary
        self.told: dict[str, Any] = facts.conditions
        self.flags = tuple(party.flag for party in facts.parties if party.type in SHIPS)
        self.event = facts.event_type
        self.act: str | None = None
        self.item: str | None = None
        self.listed: frozenset[str] | None = None
        self.conduct_found = False
        self.undated = facts.days is None
        self.first: int | None = None
        self.last: int | None = None
        self.stretch = False
        self.precision = "day"
        if on is not None:
            self.first = self.last = on.toordinal()
        elif facts.days is not None:
            self.at(facts.days)
        elif facts.told_on is not None:
            self.first = self.last = facts.told_on.toordinal()
        listed = self.told.get("listed_on")
        if isinstance(listed, date) and self.last is not None and self.last < listed.toordinal():
            # A party that was listed after the act was not a listed party when it acted.
            self.told = {**self.told, "listed_party": "no"}
        elif isinstance(listed, date) and not self.stretch and (self.first or 0) < listed.toordinal():
            # The listing fell among the days of which one is that of the act: whether it was listed is not told.
            self.told = {key: value for key, value in self.told.items() if key != "listed_party"}
        own = facts.seen_from is None or facts.seen_from == target
        told = facts.direction if own else None
        self.way_told = told is not None and told != "none"
        self.way = told if told is not None and told != "none" else way_between(facts, target)
        self.placed = told is not None
        self.tied = (
            self.placed
            or facts.conditions.get("listed_party") == "yes"
            or "listed_for" in facts.conditions
            or takes_part(facts, target)
        )
        # A told "none" says that nothing goes either way, where the parties leave it open.
        if told == "none" and self.way == "open":
            self.way = "none"

    def at(self, days: Days) -> None:
        """Judge by these days."""
        self.first, self.last, self.precision = days.first, days.last, days.precision
        self.stretch = days.stretch and not self.momentary


def takes_part(facts: Facts, target: str) -> bool:
    """Whether a State takes part, by itself, by a person or firm of it, or by a ship under its flag."""
    return any(target in (party.state, party.flag) for party in facts.parties if party.role not in ASIDE)


def way_between(facts: Facts, target: str) -> str:
    """The direction as the parties tell it, seen from a target.

    The State of who gives and who gets decides; a ship under the flag of the target that gives or gets counts as it.
    Who has a ship on charter gets it; a firm of the target that employs abroad gives its own workers.
    """
    getters = GETS | {"charterer"} if not HIRES.isdisjoint(facts.acts) else GETS
    gives = gets = seen = side = unknown = others_give = others_get = False
    for party in facts.parties:
        if party.role in ASIDE:
            continue
        ours = party.state == target or (party.flag == target and party.type in SHIPS)
        if not ours:
            unknown = unknown or (party.state is None and party.flag is None)
            others_give = others_give or (party.state is not None and party.role in GIVES)
            others_get = others_get or (party.state is not None and party.role in getters)
            continue
        seen = True
        gives = gives or party.role in GIVES or party.role == "employer"
        gets = gets or (party.role in getters and party.role != "employer")
        side = side or party.role in {"party", "vessel", "carrier"}
    if gives or gets:
        return "both" if gives and gets else "from_target" if gives else "to_target"
    if seen:
        # Where other States give and get, the target stands aside, whatever it carries.
        return "open" if side and not (others_give and others_get) else "none"
    return "open" if unknown or not facts.parties else "elsewhere"
