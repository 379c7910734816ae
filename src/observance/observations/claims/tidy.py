"""One claim for one telling: what is told twice, is law and no event, or tells nothing, is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.observations.claims.draft import Draft
from observance.observations.claims.grammar import subject
from observance.observations.claims.passage import Passage

if TYPE_CHECKING:
    from spacy.tokens import Token


def suppress(passage: Passage, made: list[Draft], own: str | None = None) -> list[Draft]:
    """One claim for one telling.

    A noun under a verb that already tells the same, or a trigger inside another's thing.
    """
    out: list[Draft] = []
    for draft in made:
        token = passage.doc[draft.event.trigger]
        again = False
        for other in made:
            if other is draft or other.event.trigger == draft.event.trigger:
                continue
            o = passage.doc[other.event.trigger]
            same = other.event.event == draft.event.event or (
                {other.event.event, draft.event.event} <= {"trade", "petroleum_delivery", "arms_transfer"}
                and not draft.event.frame.nouns.isdisjoint({token.lemma_})
            )
            if (
                same
                and token.pos_ != "VERB"
                and any(a.i == o.i for a in token.ancestors)
                and _object_path(token, o)
                and o.pos_ == "VERB"
                and other.event.event == draft.event.event
            ):
                again = True
            if (
                any(t.first <= token.i <= t.last and t.token != draft.event.trigger for t in other.event.things)
                and token.pos_ != "VERB"
                and other.event.frame.id != "test_noun"
            ):
                again = (
                    again
                    or other.event.event in {draft.event.event, "launch_or_test"}
                    or draft.event.event in {"agreement", "statement", "mandate_change"}
                )
        if (
            draft.event.event == "labour"
            and draft.event.frame.id == "workers_act"
            and not draft.parties
            and token.lemma_ in {"be", "earn"}
        ):
            again = True
        if _background(draft, token, own) or _carrier(draft, token, made):
            again = True
        if not again:
            out.append(draft)
    return out


_FORBID = {"prohibit", "ban", "bar", "limit", "cap", "restrict", "forbid", "outlaw"}
_ALLOW = {"require", "oblige", "authorise", "authorize", "permit", "allow"}
_LAW = {
    "resolution",
    "order",
    "law",
    "act",
    "rule",
    "measure",
    "sanction",
    "provision",
    "regulation",
    "treaty",
    "paragraph",
    "embargo",
}


def _background(draft: Draft, token: Token, own: str | None) -> bool:
    """What a rule forbids or limits is law, not an event; a condition about rules is none either."""
    for up in token.ancestors:
        if (
            up.pos_ == "VERB"
            and (
                up.lemma_.lower() in _FORBID
                or (
                    up.lemma_.lower() in _ALLOW
                    and any(t.lemma_.lower() in _LAW or t.lower_ == "order" for t in subject(up))
                )
            )
            and any(
                t.i == token.i
                for c in up.children
                if c.dep_ in {"dobj", "prep", "nsubjpass", "xcomp", "ccomp"}
                for t in c.subtree
            )
        ):
            return True
        if up.dep_ == "relcl":
            continue
    speaker = next((p for p in draft.parties if p.role == "speaker"), None)
    welcome = draft.event.frame.id == "thank" and not draft.chain and own is not None
    if welcome and speaker is not None and speaker.code == own:
        return True  # a government's own words of welcome in its own paper
    if (
        draft.event.event in {"rule_making", "statement"}
        and token.dep_ == "advcl"
        and any(m.lower_ in {"if", "unless"} for m in token.children)
    ):
        return True
    pronoun = any(
        p.role == "speaker"
        and p.span
        and draft.passage.folded.text
        and draft.passage.doc[token.i].sent
        and p.kind == "state"
        for p in draft.parties
    )
    return bool(
        draft.event.frame.id == "thank"
        and pronoun
        and any(c.dep_ == "nsubj" and c.lower_ in {"we", "i"} for c in token.children)
    )


def _carrier(draft: Draft, token: Token, made: list[Draft]) -> bool:
    """A verb that only leads to another event ("used to purchase", "agreed to strengthen") is not told twice."""
    for other in made:
        o = draft.passage.doc[other.event.trigger]
        if other is draft:
            continue
        below = any(a.i == token.i for a in o.ancestors)
        above = any(a.i == o.i for a in token.ancestors)
        if (
            draft.event.frame.id == "money_move"
            and token.lemma_.lower() in {"use", "spend", "convert"}
            and below
            and o.dep_ in {"xcomp", "advcl"}
        ):
            return True
        if (
            draft.event.frame.id in {"strengthen", "cooperation", "cooperate"}
            and above
            and other.event.event == "agreement"
        ):
            return True
        if draft.event.frame.id == "seize" and token.lemma_ == "take" and above and other.event.event == "legal_action":
            return True
        if (
            draft.event.frame.id in {"military_help", "cooperation"}
            and above
            and other.event.event in {"arms_transfer", "technology_assistance"}
        ):
            return True
        if draft.event.frame.id == "job" and above and other.event.event == "labour":
            return True
    return False


def merge_pairs(made: list[Draft]) -> list[Draft]:
    """As in "The export by X and procurement by Y of missiles": two nouns, one transfer."""
    out: list[Draft] = []
    for draft in made:
        token = draft.passage.doc[draft.event.trigger]
        twin = next(
            (
                o
                for o in out
                if o.event.event == draft.event.event
                and token.dep_ == "conj"
                and token.head.i == o.event.trigger
                and token.pos_ == "NOUN"
                and {t.token for t in o.event.things} & {t.token for t in draft.event.things}
                and o.chain == draft.chain
            ),
            None,
        )
        if twin is None:
            out.append(draft)
            continue
        roles = {p.role for p in twin.parties}
        twin.parties.extend(p for p in draft.parties if p.role not in roles)
    return out


def empty(draft: Draft, token: Token) -> bool:
    """A noun of happening with nobody, nothing and no time beside it tells no event.

    A rule that would have been made is none.
    """
    if draft.event.event == "rule_making" and token.dep_ == "relcl" and draft.modality == "conditional":
        return True
    if (
        token.pos_ != "VERB"
        and not draft.parties
        and draft.event.frame.id in {"give", "get", "thing_noun"}
        and not draft.event.exchange
    ):
        return True
    if (
        token.pos_ == "VERB"
        and not draft.parties
        and not draft.event.things
        and not draft.amounts
        and draft.event.event in {"legal_action", "seizure", "finance", "agreement", "visit", "listing"}
    ):
        return True
    if token.pos_ == "VERB" or draft.parties or draft.event.things or draft.times or draft.amounts:
        return False
    if (
        draft.event.event in {"ship_to_ship", "deceptive_shipping"}
        and token.head.pos_ == "VERB"
        and token.dep_ == "dobj"
    ):
        return False
    return draft.event.event in {
        "meeting",
        "agreement",
        "visit",
        "military_cooperation",
        "finance",
        "cyber_theft",
        "deceptive_shipping",
        "ship_to_ship",
        "port_call",
        "listing",
        "legal_action",
        "weapons_use",
        "veto",
        "monitoring",
        "launch_or_test",
        "seizure",
    }


def _object_path(token: Token, verb: Token) -> bool:
    node = token
    for _ in range(4):
        if node.i == verb.i:
            return True
        if node.dep_ == "conj" and node.pos_ in {"VERB", "AUX"}:
            return False
        if node.dep_ not in {"dobj", "pobj", "prep", "nsubjpass", "attr", "conj", "compound", "nsubj"}:
            return False
        node = node.head
    return node.i == verb.i
