"""The trace of one weighing: every condition that was asked, how it came out, and which field of the facts decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from observance.measures.days import Days
from observance.model import Reason

if TYPE_CHECKING:
    from observance.measures.facts import Party
    from observance.measures.law import Doubt, Need, Rule
    from observance.measures.situation import Situation
    from observance.packs import Exemption

__all__ = ["Trace"]

UNTOLD = {
    "fails": "is not told, which counts as not met",
    "holds": "is not told, and taken as met",
    "indicator": "is not told, and raises the question",
}
_OUTCOME = {True: "held", False: "failed", None: "unknown"}
FITS = {
    "item": "it is, or falls under, an item of the record",
    "code": "the chapter of the customs code stands in the text of the paragraph",
    "hint": "only a customs code points to it, and the code is not in the text of the paragraph",
    "open": "whether such goods are inside is not settled in the record",
    "broad": "what is told is wider than the record",
    "may_hold": "what is told could hold such goods and does not say so",
}


def _where(party: Party) -> str:
    return party.state or (f"flag {party.flag}" if party.flag else "State unknown")


class Trace:
    """Reasons of one weighing, in the order in which the record was asked."""

    __slots__ = ("law_day", "reasons", "rule", "situation")

    def __init__(self) -> None:
        """Empty until `begin`."""
        self.reasons: list[Reason] = []
        self.rule: Rule | None = None
        self.situation: Situation | None = None
        self.law_day: str | None = None

    def add(
        self, condition: str, outcome: bool | None, text: str, *, field: str = "", found: str = "", expected: str = ""
    ) -> None:
        """One reason."""
        self.reasons.append(
            Reason(
                condition=condition,
                outcome=_OUTCOME[outcome],  # type: ignore[arg-type]
                field=field,
                found=found,
                expected=expected,
                text=text,
            )
        )

    def begin(
        self,
        rule: Rule,
        situation: Situation,
        act: str | None,
        item: str | None,
        fit: str,
        *,
        suggested: bool,
    ) -> None:
        """Act and item, which brought the record up."""
        self.rule, self.situation = rule, situation
        measure = rule.measure
        told = act in situation.facts.acts
        field = "acts" if told else "event_type" if act not in situation.facts.duties else "participants.role_detail"
        found = str(act) if told else f"{situation.event} ({act})"
        if situation.listed is not None:
            field, found = "conditions.listed_for", str(act)
        text = (
            f"the event only raises the question of {act}"
            if suggested
            else f"{act} is, or falls under, an act of the record"
        )
        self.add("act", None if suggested else True, text, field=field, found=found, expected=", ".join(measure.acts))
        if item is None:
            return
        outcome = True if fit in {"item", "code"} else None
        field = "hs" if fit in {"code", "hint"} else "items"
        self.add("item", outcome, FITS[fit], field=field, found=item, expected=", ".join(measure.items))

    def institution(self, rule: Rule, situation: Situation) -> None:
        """A record about a body."""
        self.rule, self.situation = rule, situation
        text = "the record founds or extends a body; what is told of it is a fact of record, and ends no measure"
        self.add(
            "act", False, text, field="event_type", found=str(situation.event), expected=", ".join(rule.measure.acts)
        )
        if situation.first is not None and situation.last is not None:
            self.law_day = Days(situation.first, situation.last, situation.precision).edtf

    def time(self, held: bool | None) -> None:
        """Whether the record was in force."""
        assert self.rule is not None
        assert self.situation is not None
        situation = self.situation
        spells = "; ".join(
            f"{start.isoformat()} to {stop.isoformat() if stop else 'now'}" for start, stop in self.rule.measure.spells
        )
        if situation.first is None or situation.last is None:
            self.add("time", None, "no day is told", field="date", expected=spells)
            return
        self.law_day = Days(situation.first, situation.last, situation.precision).edtf
        where = {True: "in force", False: "not in force", None: "in force on a part of these days only"}[held]
        extra = ""
        if held and situation.stretch and not self._whole():
            extra = ", for the part of the time that lies inside"
        if situation.undated:
            extra += " (not dated; the day on which it was told)"
        field = "conditions.listed_on" if situation.listed is not None else "date"
        self.add("time", held, f"the record was {where}{extra}", field=field, found=self.law_day, expected=spells)

    def _whole(self) -> bool:
        assert self.rule is not None
        assert self.situation is not None
        first, last = self.situation.first or 0, self.situation.last or 0
        return any(start <= first and last < stop for start, stop in self.rule.spells)

    def direction(self, goes: bool | None, way: str) -> None:
        """Whether it goes the way of the record."""
        assert self.rule is not None
        assert self.situation is not None
        told = self.situation.way_told
        text = {
            True: "it goes the way of the record",
            False: "it does not go the way of the record",
            None: "which way it went is not told",
        }[goes]
        if not self.situation.tied:
            text = "nothing ties it to the State under the measures"
        if way == "elsewhere":
            text = "the State under the measures takes no part"
        if self.situation.facts.inferred:
            text += " (the direction is inferred, not told in these words)"
        self.add(
            "direction",
            goes,
            text,
            field="direction" if told else "participants",
            found=way,
            expected=self.rule.measure.direction,
        )

    def need(self, need: Need, answer: bool | None, *, permission: bool = False) -> None:
        """A condition of the record, or beside its ceiling."""
        kind = {"flag": "flag", "actor": "actor", "owner": "actor", "notified_to_committee": "notice"}.get(need.name)
        answers = {True: "is met", False: "is not met", None: UNTOLD.get(need.untold, "is not told")}
        where = "condition beside the ceiling" if permission else "condition of the record"
        self.add(
            kind or "trigger",
            answer,
            f"{where}: {need.name} {answers[answer]}",
            field=", ".join(need.fields),
            found="; ".join(self._found(name) for name in need.fields),
            expected=need.question,
        )

    def _found(self, field: str) -> str:
        """What the facts say in a field."""
        assert self.situation is not None
        situation = self.situation
        if field == "participants.flag":
            return ", ".join(flag or "unknown" for flag in situation.flags) or "no ship told"
        if field == "participants":
            return (
                ", ".join(
                    f"{party.name} ({party.role}, {party.state or 'State unknown'})"
                    for party in situation.facts.parties
                )
                or "nobody told"
            )
        if field == "conditions.reasonable_grounds" and situation.conduct_found:
            return "not told, and given by what was done" if "reasonable_grounds" not in situation.told else "told"
        if field.startswith("conditions."):
            told = situation.told.get(field.partition(".")[2])
            return ", ".join(map(str, told)) if isinstance(told, tuple) else "not told" if told is None else str(told)
        return str(
            {"items": situation.item, "acts": situation.act, "event_type": situation.event}.get(field, self.law_day)
        )

    def wind_down(self, rule: Rule, outcome: tuple[str, str | None, str | None, str | None] | None) -> None:
        """Old contracts and duties not yet due, where they change the verdict."""
        wind = rule.measure.wind_down
        if wind is None or outcome is None:
            return
        held = True if outcome[0] == "none" else None
        text = f"until {wind.until.isoformat()}: {wind.condition}"
        told = self.situation.told.get("contract_date") if self.situation else None
        found = told.isoformat() if isinstance(told, date) else "not told"
        self.add("exemption", held, text, field="conditions.contract_date", found=found, expected=f"until {wind.until}")

    def ceiling(self, below: bool | None, figures: str, *, gone: bool = False) -> None:
        """The sum against the ceiling."""
        text = (
            "no ceiling ran on that day"
            if gone
            else {
                True: "the sum stays below the ceiling",
                False: "the sum is above the ceiling",
                None: "whether the sum stays below the ceiling is not told",
            }[below]
        )
        self.add("cap", below, text, field="conditions.sum_so_far", found=figures, expected="one sum for all States")

    def exemption(self, record: Exemption, answers: list[tuple[Need, bool | None]], *, could: bool) -> None:
        """An exemption, where something of it is told."""
        if not could and all(answer is None for _, answer in answers):
            return
        told = "; ".join(f"{need.name} {_OUTCOME[answer]}" for need, answer in answers)
        text = f"{record.id} could cover it: ask for the paper" if could else f"{record.id} does not cover it"
        condition = "approval" if record.decided_by == "committee" else "exemption"
        self.add(
            condition,
            could,
            text,
            field="conditions",
            found=told,
            expected="; ".join(record.conditions),
        )

    def against(self, doubt: Doubt, value: str) -> None:
        """A told value that speaks against."""
        self.add(
            "trigger",
            None,
            f"{doubt.key} speaks against it",
            field=f"conditions.{doubt.key}",
            found=value,
            expected=doubt.question,
        )

    def limits(self, modality: str, event: str | None, most: str | None) -> None:
        """How far modality and event let a verdict go."""
        if most is None:
            self.add("modality", True, "told as a claim", field="modality", found=modality)
        else:
            self.add("modality", None, f"no verdict beyond {most}", field="modality", found=f"{modality} ({event})")
