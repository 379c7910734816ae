"""Checks over the records of a pack: terms that exist, links that hold, dates in order, grades with their sources.

Every function gives back faults as sentences, each with the record it is about; none raises. An unknown term is told
with the nearest known one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from observance.packs.cases import flipped
from observance.packs.conditions import Condition, walk

if TYPE_CHECKING:
    from observance.packs.load import Pack
    from observance.packs.records import Case, Exemption, Measure
    from observance.packs.vocabulary import Vocabulary

__all__ = ["check_cases", "check_links", "check_vocabulary"]

# A grade A needs a UN text, or a quotation of one, read for the pack; B any source read for it.
UN_TEXTS = frozenset({"un_page", "un_press", "un_document", "quotation"})


def check_vocabulary(vocabulary: Vocabulary) -> list[str]:
    """Broader terms exist and run in no circle; modality ranks are 1..n; cues stand once."""
    faults = []
    for section, rows in vocabulary.terms.items():
        for ident, term in rows.items():
            if term.broader and term.broader not in rows:
                faults.append(f"vocabulary {section}: {ident} has an unknown broader term {term.broader}")
            elif term.broader and rows[vocabulary.closure(section, ident)[-1]].broader:
                faults.append(f"vocabulary {section}: broader terms of {ident} run in a circle")
            named = [(section, other) for other in term.may_hold]
            named += [("items", item) for item in term.means]
            named += [("acts", act) for act in (*term.acts, *term.suggests)]
            faults += [
                f"vocabulary {section}: {ident} names {word}, which does not exist in {other}"
                for other, word in named
                if not vocabulary.knows(other, word)
            ]
    if sorted(row.rank for row in vocabulary.modality.values()) != list(range(1, len(vocabulary.modality) + 1)):
        faults.append("vocabulary modality: ranks are not 1..n, each once")
    for cue, n in Counter(cue for row in vocabulary.modality.values() for cue in row.synonyms).items():
        if n > 1:
            faults.append(f"vocabulary modality: the cue {cue!r} stands at {n} values")
    for ident, condition in vocabulary.conditions.items():
        faults += [
            f"vocabulary conditions: {ident}: against needs exactly one of is, like, unless"
            for rule in condition.against
            if sum(map(bool, (rule.is_, rule.like, rule.unless))) != 1
        ]
        faults += [
            f"vocabulary conditions: {ident}: against names the act {act}, which does not exist"
            for rule in condition.against
            for act in rule.unless_told
            if not vocabulary.knows("acts", act)
        ]
    return faults


def check_links(pack: Pack) -> list[str]:
    """Everything between the records of a pack."""
    faults: list[str] = []
    for measure in pack.measures.values():
        faults += [f"{measure.id}: {fault}" for fault in _measure(pack, measure)]
    faults += _circles(pack)
    for exemption in pack.exemptions.values():
        faults += [f"{exemption.id}: {fault}" for fault in _exemption(pack, exemption)]
    faults += _lists(pack)
    faults += _mandate(pack)
    return faults


def _terms(pack: Pack, section: str, words: Iterable[str], field: str) -> list[str]:
    faults = []
    for word in words:
        if not pack.vocabulary.knows(section, word):
            near = pack.vocabulary.nearest(section, word)
            faults.append(f"unknown term in {field}: {word}" + (f" (nearest: {near})" if near else ""))
    return faults


def _measure(pack: Pack, measure: Measure) -> list[str]:
    faults = _terms(pack, "acts", measure.acts, "acts")
    faults += _terms(pack, "items", measure.items, "items")
    faults += _terms(pack, "items", measure.items_open, "items_open")
    faults += _terms(pack, "duty_bearers", measure.duty_bearers, "duty_bearers")
    faults += _terms(pack, "acts", measure.on_listing, "on_listing")
    if measure.direction not in pack.manifest.directions:
        faults.append(f"direction {measure.direction} is not of this pack")
    if measure.id.split(":")[1].split("#")[0] != measure.paragraph:
        faults.append(f"paragraph {measure.paragraph} does not fit the id")
    faults += [
        f"hs row for {row.item}, which is no item of the record" for row in measure.hs if row.item not in measure.items
    ]
    faults += [
        f"code {code} is no customs code"
        for row in measure.hs
        for code in row.codes
        if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{8}", code)
    ]
    faults += _caps(measure)
    for field in ("superseded_by", "amended_by", "responds_to"):
        for other in getattr(measure, field):
            if other not in pack.measures:
                faults.append(f"{field} names {other}, which does not exist")
            elif other == measure.id:
                faults.append(f"{field} names itself")
    for key in measure.exemptions:
        if key not in pack.exemptions:
            faults.append(f"unknown exemption {key}")
        elif not {"*", measure.id} & set(pack.exemptions[key].applies_to):
            faults.append(f"names {key}, which does not apply to it")
    faults += _grades(pack, measure)
    faults += _dates(pack, measure)
    conditions = (*measure.needs, *(measure.permission.needs if measure.permission else ()))
    faults += _conditions(pack, conditions)
    if measure.permission and measure.permission.exemption and measure.permission.exemption not in pack.exemptions:
        faults.append(f"permission names {measure.permission.exemption}, which does not exist")
    if measure.flag_condition and measure.flag_condition.fact:
        faults += _terms(pack, "conditions", (measure.flag_condition.fact,), "flag_condition")
    if (measure.checked_by is None) != (measure.checked_on is None):
        faults.append("checked_by and checked_on go together")
    return faults


def _caps(measure: Measure) -> list[str]:
    faults = []
    if (measure.kind == "cap") != bool(measure.caps):
        faults.append("caps stand in a record of kind cap, and only there")
    for cap in measure.caps:
        if cap.item not in measure.items:
            faults.append(f"cap for {cap.item}, which is no item of the record")
        if cap.applies_to and cap.applies_to < cap.applies_from:
            faults.append("a cap ends before it begins")
    return faults


def _dates(pack: Pack, measure: Measure) -> list[str]:
    faults = []
    begin, end = measure.in_force_from, measure.in_force_to
    if measure.adopted and begin < measure.adopted:
        faults.append("in force before adoption")
    if end and end <= begin:
        faults.append("ends before it begins")
    if (measure.status in {"superseded", "ended"}) != (end is not None):
        faults.append(f"status {measure.status} does not fit in_force_to {end}")
    if measure.superseded_by and measure.status != "superseded":
        faults.append("superseded_by without status superseded")
    for other in measure.superseded_by:
        later = pack.measures.get(other)
        if later and end and later.in_force_from > end:
            faults.append(f"gap: ends {end}, its successor {other} begins {later.in_force_from}")
    if measure.wind_down and measure.wind_down.until <= begin:
        faults.append("the wind-down ends before the measure begins")
    last: date | None = None
    for start, stop in measure.spells if measure.periods else ():
        if (stop and stop <= start) or (last and start < last):
            faults.append("periods overlap or run backwards")
        last = stop
    return faults


def _grades(pack: Pack, measure: Measure) -> list[str]:
    faults = [f"unknown source {ref.id}" for ref in measure.sources if ref.id not in pack.sources]
    kinds = {
        pack.sources[ref.id].kind
        for ref in measure.sources
        if ref.supports != "paragraph" and ref.seen == "read" and ref.id in pack.sources
    }
    if measure.content_confidence == "A" and not kinds & UN_TEXTS:
        faults.append("grade A without a UN text or quotation read for the pack")
    if measure.content_confidence == "B" and not kinds:
        faults.append("grade B without any source of its content read for the pack")
    seen = any(ref.supports != "content" and ref.seen != "memory" for ref in measure.sources)
    if (measure.paragraph_confidence == "high") != seen:
        faults.append("paragraph confidence is high when, and only when, the number was seen in a text")
    return faults


def _circles(pack: Pack) -> list[str]:
    faults, done = [], set()
    for start in pack.measures:
        trail: list[str] = []
        node: str | None = start
        while node and node not in done:
            if node in trail:
                faults.append(f"{node}: supersession runs in a circle: {' > '.join([*trail, node])}")
                break
            trail.append(node)
            record = pack.measures.get(node)
            node = record.superseded_by[0] if record and record.superseded_by else None
        done.update(trail)
    return faults


def _exemption(pack: Pack, exemption: Exemption) -> list[str]:
    faults = []
    for key in exemption.applies_to:
        if key != "*" and key not in pack.measures:
            faults.append(f"applies to {key}, which does not exist")
        elif key != "*" and exemption.kind != "outside_scope" and exemption.id not in pack.measures[key].exemptions:
            faults.append(f"applies to {key}, but {key} does not name it")
    faults += [f"unknown source {ref.id}" for ref in exemption.sources if ref.id not in pack.sources]
    faults += _conditions(pack, exemption.when)
    names = {condition.label for condition in exemption.when}
    faults += [
        f"raised_by names {key}, which is none of its conditions"
        for key in exemption.raised_by or ()
        if key not in names
    ]
    return faults


def _conditions(pack: Pack, conditions: Iterable[Condition]) -> list[str]:
    """Each condition asks exactly one question, in terms that exist."""
    faults = []
    for top in conditions:
        for condition in walk(top):
            words = condition.questions()
            if len(words) != 1:
                faults.append(
                    f"condition {condition.label}: asks {len(words)} questions ({', '.join(words)}), expected one"
                )
            if condition.fact:
                faults += _terms(pack, "conditions", (condition.fact,), f"condition {condition.label}")
                faults += _values(pack, condition)
                if not (condition.is_ or condition.like or condition.state or condition.before):
                    faults.append(f"condition {condition.label}: needs is, like, state or before")
            if condition.party and not (condition.state or condition.names or condition.types):
                faults.append(f"condition {condition.label}: party needs state, names or types")
            for section, terms in (
                ("roles", condition.party),
                ("items", condition.item),
                ("acts", condition.act),
                ("event_types", condition.event),
                ("actor_types", (*condition.listed, *condition.types)),
            ):
                faults += _terms(pack, section, terms, f"condition {condition.label}")
    return faults


def _values(pack: Pack, condition: Condition) -> list[str]:
    term = pack.vocabulary.conditions.get(condition.fact or "")
    if term is None or not isinstance(term.values, list):
        return []
    return [
        f"condition {condition.label}: {value} is none of the values of {condition.fact}"
        for value in condition.is_
        if value not in term.values
    ]


def _lists(pack: Pack) -> list[str]:
    faults = []
    for row in pack.lists.values():
        columns = [column for kind in row.kinds.values() for column in kind.by_column]
        duties = [key for kind in row.kinds.values() for key in kind.duties] + [
            key for column in columns for key in column.duties
        ]
        looked = [key for kind in row.kinds.values() for key in kind.looks_at]
        faults += [
            f"list {row.id}: measure {key} does not exist"
            for key in [*duties, *looked, *row.also]
            if key not in pack.measures
        ]
        faults += [
            f"list {row.id}: {key} is a {pack.measures[key].kind}: a listing sets off no conduct measure"
            for key in duties
            if key in pack.measures and pack.measures[key].kind not in {"response", "obligation"}
        ]
        if not row.own and duties:
            faults.append(f"list {row.id}: law of a State sets off no duty under the regime")
        if row.own and not duties and not row.same_as:
            faults.append(f"list {row.id}: the regime's own list sets off nothing")
        faults += [
            f"list {row.id}: points to {other}, which is no list here"
            for other in (row.same_as, (row.crosswalk or {}).get("to"))
            if other and other not in pack.lists
        ]
        if row.select:
            try:
                re.compile(row.select.pattern)
            except re.error as fault:
                faults.append(f"list {row.id}: select is no pattern: {fault}")
    return faults


def _mandate(pack: Pack) -> list[str]:
    mandate = pack.mandate
    if mandate is None:
        return []
    faults = []
    last = mandate.founded.get("first_term_until")
    if not isinstance(last, date):
        return ["mandate: founded.first_term_until is no date"]
    for link in mandate.chain:
        if link.adopted > last:
            faults.append(f"mandate {link.resolution}: adopted {link.adopted}, after the term ended on {last}")
        if link.extends_until <= last:
            faults.append(f"mandate {link.resolution}: does not extend the term")
        last = link.extends_until
    if mandate.end and mandate.end.get("date") != last:
        faults.append(f"mandate: the chain ends {last}, end says {mandate.end.get('date')}")
    return faults


def check_cases(pack: Pack) -> list[str]:
    """Each case is well formed: known terms and measures, a twin that flips one fact of an existing base case."""
    faults: list[str] = []
    bases = {case.id: case for case in pack.cases if case.observation is not None}
    for case in pack.cases:
        faults += [f"case {case.id}: {fault}" for fault in _case(pack, case, bases)]
    return faults


def _case(pack: Pack, case: Case, bases: dict[str, Case]) -> list[str]:
    if (case.observation is None) == (case.twin_of is None) or (case.twin_of is None) != (case.flips is None):
        return ["has either an observation, or twin_of with flips"]
    observation: dict[str, Any] | None = case.observation
    if case.twin_of is not None:
        base = bases.get(case.twin_of)
        if base is None:
            return [f"twin of {case.twin_of}, which is no base case"]
        if len(case.flips or {}) != 1:
            return ["flips more or less than one fact"]
        try:
            observation = flipped(base.observation or {}, case.flips or {})
        except (KeyError, TypeError):
            return [f"flips {next(iter(case.flips or {}))}, which the base case does not have"]
    observation = observation or {}
    parties = (observation.get("parties") or {}).values()
    faults = _terms(pack, "event_types", _told(observation.get("event_type")), "event_type")
    faults += _terms(pack, "acts", _told(observation.get("act")), "act")
    faults += _terms(pack, "modality", _told(observation.get("modality")), "modality")
    faults += _terms(pack, "items", observation.get("items") or (), "items")
    faults += _terms(pack, "roles", (party.get("role", "") for party in parties), "role")
    faults += _terms(pack, "actor_types", (party.get("type", "") for party in parties), "type")
    for key, value in (observation.get("conditions") or {}).items():
        faults += _terms(pack, "conditions", (key,), "conditions")
        term = pack.vocabulary.conditions.get(key)
        if term and isinstance(term.values, list) and value not in term.values:
            faults.append(f"condition {key}: {value} is none of its values")
    for row in case.expect:
        if row.regime in {None, pack.id}:
            if row.measure not in pack.measures:
                faults.append(f"measure {row.measure} does not exist")
            if row.exemption and row.exemption not in pack.exemptions:
                faults.append(f"exemption {row.exemption} does not exist")
    faults += [f"may name {key}, which does not exist" for key in case.may if key not in pack.measures]
    return faults


def _told(word: Any) -> tuple[str, ...]:
    return (str(word),) if word is not None else ()
