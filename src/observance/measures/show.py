"""Measures as a person reads them: chosen by day, item, act or id, in our own words, with what is not certain said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from observance.errors import InputError
from observance.measures.judge import signature_word
from observance.model import to_plain
from observance.packs import Condition, Measure, Pack

__all__ = ["Shown", "condition_words", "lines_of", "plain_of", "row_of", "select"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A measure that was chosen, and whether it holds on the day that was asked (None without a day)."""

    measure: Measure
    on: date | None = None
    holds: bool | None = None


def select(
    pack: Pack,
    *,
    ids: tuple[str, ...] = (),
    on: date | None = None,
    item: str | None = None,
    act: str | None = None,
    direction: str | None = None,
) -> tuple[Shown, ...]:
    """The measures that fit, in the order of the pack.

    Args:
        pack: the law.
        ids: these only, in force or not; a resolution number or a paragraph with its parts stands for all of them.
        on: the day; without ids, only what holds on it.
        item: only what speaks of it; a broader or narrower term fits, too.
        act: the same for an act.
        direction: only this direction, or both.

    Raises:
        InputError: an id or a term that does not exist, with the nearest.
    """
    vocabulary = pack.vocabulary
    for section, term in (("items", item), ("acts", act)):
        if term is not None and not vocabulary.knows(section, term):
            near = vocabulary.nearest(section, term)
            raise InputError(
                f"no such term in {section}",
                got=term,
                expected="a term of the vocabulary",
                step=f"nearest: {near}" if near else "",
            )
    if direction is not None and direction not in pack.manifest.directions:
        raise InputError("no such direction", got=direction, expected=", ".join(pack.manifest.directions))
    chosen = [measure for key in ids for measure in _named(pack, key)] if ids else list(pack.measures.values())
    shown = []
    for measure in dict.fromkeys(measure.id for measure in chosen):
        record = pack.measures[measure]
        holds = (
            None if on is None else any(start <= on and (stop is None or on < stop) for start, stop in record.spells)
        )
        if (holds is False and not ids) or (item and not _speaks(vocabulary, "items", item, record.items)):
            continue
        if act and not _speaks(vocabulary, "acts", act, record.acts):
            continue
        if direction and record.direction not in {direction, "both"}:
            continue
        shown.append(Shown(measure=record, on=on, holds=holds))
    if item and not ids:
        # What names the goods stands before what speaks of any cargo.
        named = {term for term in vocabulary.closure("items", item) if not vocabulary.items[term].too_wide}
        shown.sort(key=lambda row: not any(named & set(vocabulary.closure("items", own)) for own in row.measure.items))
    return tuple(shown)


def _speaks(vocabulary: Any, section: str, term: str, own: tuple[str, ...]) -> bool:
    up = set(vocabulary.closure(section, term))
    return any(word in up or term in vocabulary.closure(section, word) for word in own)


def _named(pack: Pack, key: str) -> list[Measure]:
    found = [
        measure
        for measure in pack.measures.values()
        if measure.id == key or measure.id.startswith((f"{key}(", f"{key}#")) or str(measure.resolution) == key
    ]
    if not found:
        import difflib

        near = difflib.get_close_matches(key, list(pack.measures), n=3, cutoff=0.6)
        raise InputError(
            "no such measure in the pack", where=pack.id, got=key, expected=", ".join(near) or "an id such as 2375:11"
        )
    return found


def row_of(shown: Shown) -> str:
    """One line: id, kind, direction, spells, signature, title."""
    measure = shown.measure
    parts = (
        measure.id,
        measure.kind,
        measure.direction,
        _spells(measure),
        f"[{signature_word(measure)}]",
        measure.title,
    )
    return "  ".join(parts)


def _spells(measure: Measure) -> str:
    told = ", ".join(f"{start} to {stop or 'now'}" for start, stop in measure.spells)
    return f"{told} (disputed)" if measure.status == "in_force_disputed" else told


def lines_of(pack: Pack, shown: Shown) -> list[str]:
    """Everything that the record says, in lines."""
    measure = shown.measure
    lines = [
        f"{measure.id}  {measure.title}",
        f"  {measure.document}, paragraph {measure.paragraph}; {measure.kind}; {signature_word(measure)}",
        f"  direction: {measure.direction}; owed by: {', '.join(measure.duty_bearers)}",
        f"  acts: {', '.join(measure.acts)}",
        f"  items: {', '.join(measure.items)}",
        f"  in force: {_spells(measure)}; status: {measure.status}",
    ]
    if shown.on is not None:
        lines.append(f"  on {shown.on}: {'in force' if shown.holds else 'not in force'}")
    if measure.status_dispute and measure.status == "in_force_disputed":
        lines.append(f"  disputed: {measure.status_dispute}")
    if measure.flag_condition:
        flags = " or ".join(measure.flag_condition.states)
        lines.append(f"  flag: {flags} on {measure.flag_condition.applies_to}")
    lines += [f"  actor: {measure.actor_condition}"] if measure.actor_condition else []
    lines += [f"  trigger: {measure.trigger}"] if measure.trigger else []
    lines += [f"  condition: {condition_words(row)}" for row in measure.needs]
    for cap in measure.caps:
        level = "a level known only by reference" if cap.value is None else f"{cap.value:,.0f} {cap.unit}"
        other = f" or {cap.alternative.value:,.0f} {cap.alternative.unit}" if cap.alternative else ""
        rule = f"; {cap.rule}" if cap.rule else ""
        scope = cap.scope.replace("_", " ")
        lines.append(
            f"  ceiling: {cap.item}, {level}{other}, {cap.period}, {scope}, "
            f"{cap.applies_from} to {cap.applies_to or 'now'}{rule}"
        )
    if measure.permission:
        lines += [f"  beside the ceiling: {condition_words(row)}" for row in measure.permission.needs]
    if measure.wind_down:
        lines.append(f"  old contracts: until {measure.wind_down.until}: {measure.wind_down.condition}")
    for row in measure.hs:
        lines.append(
            f"  customs codes for {row.item}: {', '.join(row.codes)} "
            f"(basis: {row.basis}{'; ' + row.note if row.note else ''})"
        )
    for key in measure.exemptions:
        exemption = pack.exemptions[key]
        lines.append(f"  exemption: {key}, {exemption.title}: {'; '.join(exemption.conditions)}")
    if measure.reporting:
        lines.append(f"  report: {measure.reporting.what}, to the {measure.reporting.to}, {measure.reporting.deadline}")
    for word, keys in (
        ("superseded by", measure.superseded_by),
        ("read with", measure.amended_by),
        ("serves", measure.responds_to),
    ):
        lines += [f"  {word}: {', '.join(keys)}"] if keys else []
    lines += [f"  note: {note}" for note in measure.notes]
    for ref in measure.sources:
        source = pack.sources[ref.id]
        lines.append(
            f"  source: {source.title} ({source.publisher or 'publisher not told'}; {ref.supports}, {ref.seen})"
        )
    return lines


def condition_words(condition: Condition) -> str:
    """A condition in words, question included."""
    told = _clause(condition)
    after = {
        "fails": "; not told counts as no",
        "holds": "; not told counts as met",
        "indicator": "; not told: indicator",
    }
    ask = f" ({condition.ask})" if condition.ask else ""
    return f"{told}{after.get(condition.untold or '', '')}{ask}"


def _clause(condition: Condition) -> str:
    if condition.any_:
        return " or ".join(_clause(part) for part in condition.any_)
    if condition.all_:
        return " and ".join(_clause(part) for part in condition.all_)
    if condition.not_ is not None:
        return f"not: {_clause(condition.not_)}"
    if condition.fact:
        values = condition.is_ or condition.like or ((condition.state,) if condition.state else ())
        return f"{condition.fact} is {' or '.join(values)}" if values else f"{condition.fact} before {condition.before}"
    if condition.party:
        who = condition.state and f"of {'the target' if condition.state == 'target' else 'another State'}"
        what = " or ".join((*condition.types, *condition.names))
        return f"{' or '.join(condition.party)} {what} {who or ''}".strip()
    if condition.flag:
        return f"a ship under the flag of {' or '.join(condition.flag)}"
    if condition.listed:
        return f"a listed {' or '.join(condition.listed)}"
    if condition.grounds:
        return "reasonable grounds, told or by what was done"
    if condition.prose:
        return condition.prose
    if condition.day_before or condition.day_from:
        return f"before {condition.day_before}" if condition.day_before else f"from {condition.day_from}"
    return " or ".join((*condition.item, *condition.act, *condition.event))


def plain_of(pack: Pack, shown: Shown) -> dict[str, Any]:
    """The record as plain data, with whether it is signed and its exemptions in full."""
    plain: dict[str, Any] = to_plain(shown.measure)
    plain["signed"] = not shown.measure.unsigned
    plain["checked_by"] = shown.measure.checked_by
    plain["checked_on"] = to_plain(shown.measure.checked_on)
    if shown.on is not None:
        plain["holds"] = shown.holds
    plain["exemptions"] = [to_plain(pack.exemptions[key]) for key in shown.measure.exemptions]
    return plain
