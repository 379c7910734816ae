"""What a record says only in prose, made into the conditions that a program can ask.

The format of a pack began without conditions: actors and triggers stood in prose alone. A record of that form is
still read. Words that the regimes use alike ("reasonable grounds", "the State finds", "designated") become the
condition that they mean; any other prose becomes a question that no fact answers, so that such a record is never
engaged on a condition that nobody has read. A record that writes `needs`, even empty, is taken as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from observance.packs.conditions import Condition
from observance.packs.records import Exemption, ListSource, Measure, Permission
from observance.packs.vocabulary import Term, Vocabulary

__all__ = ["completed", "exemption_completed", "hinted"]

APPROVED = Condition(fact="committee_approval", is_=("granted",))
NOTIFIED = Condition(fact="notified_to_committee", is_=("yes",))
REPORTED = Condition(name="notified_to_committee", fact="notified_to_committee", is_=("yes",), untold="indicator")
UNTIED = Condition(name="listed_party", fact="listed_party", is_=("no",), untold="holds")
# kind of exemption -> what a program can ask of it; a standing one turns on facts that only prose tells.
EXEMPTIONS = {
    "case_by_case": (APPROVED,),
    "notified_or_approved": (Condition(any_=(APPROVED, NOTIFIED)),),
}
OWNERS = ("owner", "charterer", "helper", "agent", "party", "accused")


def completed(
    measure: Measure, raw: Mapping[str, Any], *, lists: Mapping[str, ListSource], listings_written: bool
) -> Measure:
    """The record with conditions for what it says in prose, where it does not write them itself.

    Args:
        measure: the record.
        raw: as the file writes it.
        lists: the lists of the pack.
        listings_written: some record of the pack says what rests on it at a listing; then none is guessed.
    """
    changes: dict[str, Any] = {}
    response = measure.kind == "response"
    if "needs" not in raw:
        told = [_condition(text, response=response) for text in (measure.actor_condition, measure.trigger) if text]
        if told:
            changes["needs"] = tuple(told)
    if measure.kind == "cap" and "permission" not in raw:
        named = next((key for key in measure.exemptions if "REPORTED" in key), None)
        items = tuple(dict.fromkeys(cap.item for cap in measure.caps))
        changes["permission"] = Permission(
            exemption=named, items=items, needs=(REPORTED, UNTIED) if measure.reporting else (UNTIED,)
        )
    if not listings_written:
        acts = _on_listing(measure, lists)
        if acts:
            changes["on_listing"] = acts
            changes["needs"] = (*changes.get("needs", ()), *_listed(measure))
    flag = measure.flag_condition
    if flag and "ships" not in (raw.get("flag_condition") or {}) and "two" in flag.applies_to:
        changes["flag_condition"] = replace(flag, ships=2, fact=flag.fact or "target_flag_on_either_ship")
    return replace(measure, **changes) if changes else measure


def _condition(text: str, *, response: bool) -> Condition:
    words = text.lower()
    ask = f"Is this so: {text}?"
    if "reasonable grounds" in words:
        if response:
            return Condition(name="reasonable_grounds", grounds="conduct", ask=ask)
        return Condition(name="reasonable_grounds", fact="reasonable_grounds", is_=("yes",), ask=ask)
    if "finds" in words or "determines" in words:
        return Condition(name="state_finding", fact="state_finding", is_=("yes",), ask=ask)
    if "designated" in words or "listed" in words:
        return Condition(name="listed_party", fact="listed_party", is_=("yes",), untold="fails", ask=ask)
    if "another state" in words:
        return Condition(name="actor", party=OWNERS, state="other", ask=ask)
    if "owned" in words or "contracted" in words or "controlled" in words:
        return Condition(name="owner", party=("owner", "charterer"), state="target", ask=ask)
    # No fact of the vocabulary is meant: a question that stays open.
    return Condition(name="condition", prose=text, ask=ask)


def _on_listing(measure: Measure, lists: Mapping[str, ListSource]) -> tuple[str, ...]:
    """A response that also lists, or a duty that the regime's own list names for an entry."""
    others = tuple(act for act in measure.acts if act != "designate")
    if measure.kind == "response":
        return others if "designate" in measure.acts else ()
    duties = {key for row in lists.values() if row.own for kind in row.kinds.values() for key in kind.duties}
    return tuple(act for act in others if act in {"freeze_assets", "deny_entry"}) if measure.id in duties else ()


def _listed(measure: Measure) -> tuple[Condition, ...]:
    kinds = ("vessel",) if measure.kind == "response" else ("person", "company", "organisation", "official")
    listed = Condition(listed=kinds)
    party = Condition(fact="listed_party", is_=("yes",))
    whole = listed if measure.kind == "response" else Condition(any_=(listed, party))
    return (replace(whole, name="listed", untold="fails", ask="Is the party listed, and for what?"),)


def exemption_completed(exemption: Exemption, *, conditions_written: bool) -> Exemption:
    """The exemption with what a program can ask of its kind, where the pack writes no conditions at all."""
    if conditions_written or exemption.when:
        return exemption
    return replace(exemption, when=EXEMPTIONS.get(exemption.kind, ()))


def hinted(vocabulary: Vocabulary, own: Vocabulary) -> Vocabulary:
    """A vocabulary without words for the engine, with those that ship for the terms of the same ids."""
    if any(act.duty or act.delivery for act in vocabulary.acts.values()):
        return vocabulary
    terms = {
        section: {
            ident: _filled(term, own.terms.get(section, {}).get(ident), vocabulary) for ident, term in rows.items()
        }
        for section, rows in vocabulary.terms.items()
    }
    conditions = {
        ident: replace(term, against=own.conditions[ident].against) if ident in own.conditions else term
        for ident, term in vocabulary.conditions.items()
    }
    return replace(
        vocabulary, terms=terms, conditions=conditions, conversions=vocabulary.conversions or own.conversions
    )


def _filled(term: Term, own: Term | None, vocabulary: Vocabulary) -> Term:
    if own is None:
        return term

    def known(section: str, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if vocabulary.knows(section, word))

    return replace(
        term,
        delivery=own.delivery,
        duty=own.duty,
        cargo=own.cargo,
        acts=known("acts", own.acts),
        suggests=known("acts", own.suggests),
        means=known("items", own.means),
        may_hold=known("items", own.may_hold),
        at_most=own.at_most,
        too_wide=own.too_wide,
        kind_untold=own.kind_untold,
        momentary=own.momentary,
    )
