"""A pack made ready for judging: an index from acts, items and codes to records, and conditions as questions.

A claim is held only against the records whose acts and items it can fall under; over a hundred records come down to a
handful a claim, which is what makes bulk judging fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from observance.measures.language import Question, bearer_question, compile_condition, flag_question, told_words
from observance.packs import Condition, Exemption, Measure, Pack
from observance.packs.conditions import walk
from observance.packs.vocabulary import Against

__all__ = ["Doubt", "Law", "Need", "Permit", "Rule", "law_of"]

FOREVER = 10**9


@dataclass(slots=True)
class Need:
    """A condition of a record: its question, what follows where it is not told, the fields on which it turns."""

    name: str
    ask: Question
    untold: str
    question: str
    fields: tuple[str, ...] = ()


@dataclass(slots=True)
class Permit:
    """An exemption with its conditions as questions; `raised_by` None, or the names of which one must hold."""

    record: Exemption
    first: int
    last: int
    needs: tuple[Need, ...]
    raised_by: frozenset[str] | None


@dataclass(slots=True)
class Doubt:
    """A told value that speaks against a verdict."""

    key: str
    verdict: str
    question: str
    speaks: Callable[[str], bool]
    delivery: bool
    unless_told: frozenset[str]


@dataclass(slots=True)
class Rule:
    """One measure, compiled."""

    measure: Measure
    index: int
    spells: tuple[tuple[int, int], ...]
    needs: tuple[Need, ...]
    permits: tuple[Permit, ...]
    permission: tuple[Need, ...]
    permission_items: frozenset[str]
    judged: bool
    wind_until: int
    wind_items: frozenset[str] | None


@dataclass(slots=True, eq=False)
class Law:
    """A compiled pack: rules in the order of the records, and the indices to them."""

    pack: Pack
    rules: tuple[Rule, ...]
    by_act: dict[str, frozenset[int]]
    by_item: dict[str, frozenset[int]]
    by_open: dict[str, frozenset[int]]
    by_narrower: dict[str, frozenset[int]]
    by_may_hold: dict[str, frozenset[int]]
    by_wide: dict[str, frozenset[int]]
    codes: dict[str, tuple[tuple[str, str, int], ...]]
    institutions: frozenset[int]
    responses: frozenset[int]
    conduct: frozenset[int]
    listing: dict[str, frozenset[int]]
    wide: frozenset[str]
    delivery: frozenset[str]
    duties: frozenset[str]
    doubts: tuple[Doubt, ...]
    below_terms: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The State under the measures."""
        return self.pack.target

    def below(self, item: str) -> frozenset[str]:
        """The item and every item that falls under it."""
        terms = self.below_terms.get(item)
        if terms is None:
            terms = self.below_terms[item] = _below(self.pack.vocabulary.ids("items"), (item,), self.pack)
        return terms


@lru_cache(maxsize=8)
def law_of(pack: Pack) -> Law:
    """The compiled pack; the last few are kept, by identity of the pack."""
    rules = tuple(_rule(pack, measure, index) for index, measure in enumerate(pack.measures.values()))
    vocabulary = pack.vocabulary
    acts, items = vocabulary.acts, vocabulary.items

    def under(section: str, term: str, own: str) -> frozenset[int]:
        chain = set(vocabulary.closure(section, term))
        return frozenset(rule.index for rule in rules if chain & set(getattr(rule.measure, own)))

    by_item = {term: under("items", term, "items") for term in items}
    narrower = {
        term: frozenset(
            rule.index
            for rule in rules
            if row.kind_untold and set(vocabulary.narrower("items", term)) & set(rule.measure.items)
        )
        - by_item[term]
        for term, row in items.items()
    }
    duties = frozenset(act for act, row in acts.items() if row.duty)
    return Law(
        pack=pack,
        rules=rules,
        by_act={term: under("acts", term, "acts") for term in acts},
        by_item=by_item,
        by_open={term: under("items", term, "items_open") - by_item[term] for term in items},
        by_narrower=narrower,
        by_may_hold={
            term: frozenset().union(*(by_item[held] for held in row.may_hold)) if row.may_hold else frozenset()
            for term, row in items.items()
        },
        by_wide={
            term: frozenset(
                index
                for index in by_item[term]
                if not {up for up in vocabulary.closure("items", term) if not items[up].too_wide}
                & set(rules[index].measure.items)
            )
            for term in items
        },
        codes=_codes(rules),
        institutions=frozenset(rule.index for rule in rules if rule.measure.kind == "institution"),
        responses=frozenset(
            rule.index for rule in rules if rule.judged and (rule.measure.kind == "response" or rule.measure.on_listing)
        ),
        conduct=frozenset(
            rule.index for rule in rules if rule.judged and rule.measure.kind in {"prohibition", "cap", "obligation"}
        ),
        listing={
            act: frozenset(rule.index for rule in rules if act in rule.measure.on_listing)
            for act in {act for rule in rules for act in rule.measure.on_listing}
        },
        wide=frozenset(term for term, row in items.items() if row.too_wide),
        delivery=frozenset(act for act in acts if any(acts[up].delivery for up in vocabulary.closure("acts", act))),
        duties=duties,
        doubts=_doubts(pack),
    )


def _codes(rules: tuple[Rule, ...]) -> dict[str, tuple[tuple[str, str, int], ...]]:
    found: dict[str, list[tuple[str, str, int]]] = {}
    for rule in rules:
        for row in rule.measure.hs:
            for code in row.codes:
                found.setdefault(code, []).append((row.basis, row.item, rule.index))
    return {code: tuple(rows) for code, rows in found.items()}


def _rule(pack: Pack, measure: Measure, index: int) -> Rule:
    vocabulary, target = pack.vocabulary, pack.target
    needs = [_need(pack, condition, "open") for condition in measure.needs]
    if measure.flag_condition:
        states = " or ".join(measure.flag_condition.states)
        asked = f"Which flag did each ship fly on the day ({states} on {measure.flag_condition.applies_to})?"
        needs.insert(0, Need("flag", flag_question(measure.flag_condition), "open", asked, ("participants.flag",)))
    bearer = bearer_question(measure, target)
    if bearer:
        asked = f"Who did it: {pack.target_label} or somebody else?"
        needs.insert(0, Need("actor", bearer, "open", asked, ("participants",)))
    permission = measure.permission
    exempt = [pack.exemptions[key] for key in measure.exemptions if key in pack.exemptions]
    exempt += [row for row in pack.exemptions.values() if "*" in row.applies_to and row not in exempt]
    own = permission.exemption if permission else None
    wind = measure.wind_down
    return Rule(
        measure=measure,
        index=index,
        spells=tuple((start.toordinal(), stop.toordinal() if stop else FOREVER) for start, stop in measure.spells),
        needs=tuple(needs),
        permits=tuple(_permit(pack, row) for row in exempt if row.when and row.id != own),
        permission=tuple(_need(pack, condition, "indicator") for condition in permission.needs) if permission else (),
        permission_items=_below(vocabulary.ids("items"), permission.items, pack) if permission else frozenset(),
        judged=not measure.beside and measure.kind not in {"exemption", "reporting", "institution"},
        wind_until=wind.until.toordinal() if wind else 0,
        wind_items=_below(vocabulary.ids("items"), wind.items, pack) if wind and wind.items else None,
    )


def _below(terms: frozenset[str], wanted: tuple[str, ...], pack: Pack) -> frozenset[str]:
    return frozenset(term for term in terms if set(pack.vocabulary.closure("items", term)) & set(wanted))


def _need(pack: Pack, condition: Condition, default: str) -> Need:
    ask = compile_condition(condition, pack.vocabulary, pack.target)
    label = pack.vocabulary.conditions.get(condition.label)
    question = condition.ask or (f"{label.label[:1].upper()}{label.label[1:]}?" if label else f"{condition.label}?")
    return Need(condition.label, ask, condition.untold or default, question, _fields(condition))


def _fields(condition: Condition) -> tuple[str, ...]:
    """Fields of the facts on which a condition turns."""
    found = []
    for part in walk(condition):
        if part.fact:
            found.append(f"conditions.{part.fact}")
        elif part.party:
            found.append("participants")
        elif part.flag:
            found.append("participants.flag")
        elif part.listed:
            found.append("conditions.listed_for")
        elif part.grounds:
            found.append("conditions.reasonable_grounds")
        elif part.item:
            found.append("items")
        elif part.act:
            found.append("acts")
        elif part.event:
            found.append("event_type")
        elif part.day_before or part.day_from:
            found.append("date")
    return tuple(dict.fromkeys(found))


def _permit(pack: Pack, row: Exemption) -> Permit:
    return Permit(
        record=row,
        first=row.in_force_from.toordinal(),
        last=row.in_force_to.toordinal() if row.in_force_to else FOREVER,
        needs=tuple(_need(pack, condition, "fails") for condition in row.when),
        raised_by=None if row.raised_by is None else frozenset(row.raised_by),
    )


def _doubts(pack: Pack) -> tuple[Doubt, ...]:
    doubts = []
    for key, term in pack.vocabulary.conditions.items():
        doubts += [
            Doubt(key, rule.verdict, rule.ask, _speaks(rule), rule.acts == "delivery", frozenset(rule.unless_told))
            for rule in term.against
        ]
    return tuple(doubts)


def _speaks(rule: Against) -> Callable[[str], bool]:
    """A function of the told value: whether it speaks against."""
    values = frozenset(rule.is_)
    like, unless_like = told_words(rule.like), told_words(rule.unless_like)
    unless = tuple(rule.unless)

    def speaks(value: str) -> bool:
        text = value.lower()
        if values:
            return value in values
        if like is not None:
            return bool(like.search(text)) and not (unless_like is not None and unless_like.search(text))
        return not text.startswith(unless)

    return speaks
