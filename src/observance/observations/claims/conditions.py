"""Facts told beside an act on which an exemption, a trigger or a ceiling turns (`conditions` of the vocabulary).

A sentence is searched for the ways in which English tells such a fact: a notice to the Committee or its absence, an
approval granted, refused or missing, the origin of goods, the port of loading, a humanitarian purpose, a licence, an
inspection that cleared. What is not told stays unknown, never no. A negation wins over the words that it stands before.

Scope: the sentence of the claim; for a notice the sentence after it too, and for an approval the one before as well,
where that sentence names a party of the claim or points back ("the delivery", "with this approval"). What another
speaker only alleges or denies ("told the Committee that ...") is no notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from observance.observations.claims.lexicon import Lexicon, load
from observance.observations.claims.record import Claim, Condition, Span

__all__ = ["conditions_of", "with_conditions"]

# Only acts in the world are exempt, approved or notified; words, meetings and rules are not.
_EVENTS = frozenset(
    {
        "arms_transfer",
        "technology_assistance",
        "petroleum_delivery",
        "ship_to_ship",
        "trade",
        "commodity_export",
        "goods_import",
        "labour",
        "finance",
        "port_call",
        "cooperation",
        "military_cooperation",
        "seizure",
    }
)
_COMMITTEE = (
    r"(?:the\s+)?(?:(?:UN|U\.N\.|United Nations|Security Council|1718|sanctions|relevant)\s+)*committee\b(?!\s+that\b)"
)
_TELL = r"(?:notif(?:y|ied|ies|ying)|report(?:s|ed|ing)?|declar(?:e|es|ed|ing)|inform(?:s|ed|ing)?)"
_GIVE = (
    r"(?:approv(?:e|es|ed|al)|grant(?:s|ed)?|authori[sz](?:es|ed|ation)|exempt(?:s|ed)|waived"
    r"|gave (?:its )?(?:approval|consent))"
)
_LEAVE = r"(?:approval|consent|exemption|authori[sz]ation|waiver|permission|clearance)"
_NOT = r"(?:not|never|n't|n’t|nor|no|without(?:\s+\w+)?|fail(?:s|ed|ing)?\s+to|neglected\s+to|refus(?:es|ed|ing)\s+to)"
_GAP = r"[^.;:()]{0,70}?"
_NAME = r"([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A way of telling one value of one condition. `reach`: sentences before and after that may tell it."""

    key: str
    value: str
    pattern: re.Pattern[str]
    reach: tuple[int, int] = (0, 0)


def _rule(key: str, value: str, pattern: str, *, reach: tuple[int, int] = (0, 0)) -> _Rule:
    return _Rule(key, value, re.compile(pattern, re.IGNORECASE), reach)


# In the order of strength: the first rule of a key that fits decides, so that a negation stands before its plain form.
_NEXT, _BOTH = (0, 1), (1, 1)
_GOODS = r"(?:deliver|shipment|transfer|suppl|sale|cargo|export|import)"
_NOTICE = "notified_to_committee"
_APPROVAL = "committee_approval"
_RULES: tuple[_Rule, ...] = (
    _rule(_NOTICE, "no", rf"\b{_NOT}\s+(?:\w+\s+){{0,2}}{_TELL}\b{_GAP}{_COMMITTEE}", reach=_NEXT),
    _rule(
        _NOTICE,
        "no",
        rf"\b(?:without|no)\s+(?:\w+\s+)?(?:notice|notification|report)\s+to\s+{_COMMITTEE}",
        reach=_NEXT,
    ),
    _rule(_NOTICE, "no", rf"\b(?:unreported|unnotified|undeclared)\s+(?:\w+\s+)?{_GOODS}"),
    _rule(_NOTICE, "no", rf"\b(?:was|were|been|be)\s+(?:not|never)\s+(?:{_TELL})\b(?:\s+to\s+{_COMMITTEE})?"),
    _rule(_NOTICE, "yes", rf"\b{_TELL}\b{_GAP}{_COMMITTEE}", reach=_NEXT),
    _rule(_NOTICE, "yes", rf"\b(?:notice|notification)\b{_GAP}\bto\s+{_COMMITTEE}", reach=_NEXT),
    _rule(_NOTICE, "yes", r"\bnotified\s+(?:about\s+|some\s+|a\s+further\s+)?\d[\d,.]*"),
    _rule(_APPROVAL, "none", rf"\bwithout\s+(?:\w+\s+){{0,2}}{_LEAVE}\b{_GAP}{_COMMITTEE}", reach=_NEXT),
    _rule(_APPROVAL, "none", rf"\bwithout\s+(?:the\s+)?{_COMMITTEE}(?:'s|’s)?\s+{_LEAVE}", reach=_NEXT),
    _rule(_APPROVAL, "none", rf"\b{_COMMITTEE}\s+(?:had|has|have)?\s*{_NOT}\s+{_GIVE}", reach=_BOTH),
    _rule(
        _APPROVAL,
        "refused",
        rf"\b{_COMMITTEE}{_GAP}\b(?:refused|rejected|turned\s+down|denied|declined|blocked)\b"
        rf"{_GAP}(?:{_LEAVE}|request|application)",
        reach=_BOTH,
    ),
    _rule(_APPROVAL, "granted", rf"\b{_COMMITTEE}\s+(?:\w+\s+){{0,2}}{_GIVE}\b", reach=_BOTH),
    _rule(
        _APPROVAL,
        "granted",
        rf"\b(?:with|under|after|by)\s+(?:\w+\s+){{0,2}}{_LEAVE}\s+"
        rf"(?:of|from|by|granted\s+by|given\s+by)\s+{_COMMITTEE}",
        reach=_BOTH,
    ),
    _rule(
        _APPROVAL,
        "granted",
        rf"\b{_LEAVE}\b{_GAP}\b(?:granted|given|issued|approved)\s+by\s+{_COMMITTEE}",
        reach=_BOTH,
    ),
    _rule(_APPROVAL, "granted", rf"\b(?:approved|authori[sz]ed|exempted|cleared)\s+by\s+{_COMMITTEE}", reach=_BOTH),
    _rule(
        "export_licence",
        "refused",
        r"\b(?:refused|denied|declined|rejected)\b[^.;:]{0,40}\b(?:export\s+)?licen[cs]e"
        r"|\blicen[cs]e\b[^.;:]{0,30}\b(?:was|were)\s+(?:refused|denied|rejected)",
    ),
    _rule(
        "export_licence",
        "granted",
        r"\b(?:granted|issued|given)\b[^.;:]{0,40}\bexport\s+licen[cs]e"
        r"|\bexport\s+licen[cs]e\b[^.;:]{0,30}\b(?:was|were)\s+(?:granted|issued|given)",
    ),
    _rule(
        "inspection_result",
        "cleared",
        r"\binspect\w*\b[^.;]{0,80}\b(?:cleared|released|let\s+go|found\s+nothing|found\s+no)\b",
    ),
    _rule(
        "purpose",
        "humanitarian",
        r"\b(?:as|for)\s+(?:\w+\s+){0,2}(?:humanitarian|relief|food\s+aid|medical\s+aid|disaster\s+relief)\b"
        r"|\bhumanitarian\s+(?:aid|assistance|relief|supplies|shipment|cargo|delivery)\b",
    ),
)
_LOADED = (
    re.compile(
        r"\b(?:loaded|loading|took\s+on|taken\s+on|lifted)\b[^.;:]{0,60}?"
        rf"\b(?:at|in)\s+(?:the\s+(?:[\w’'-]+\s+){{0,3}}?)?(?:port\s+of\s+)?{_NAME}"
    ),
    re.compile(
        r"\b(?:from|through|via|out\s+of)\s+(?:the\s+|[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?(?:'s|’s)\s+)?"
        rf"(?:[\w’'-]+\s+){{0,3}}?port\s+of\s+{_NAME}"
    ),
)
_ORIGIN = (
    re.compile(rf"\bof\s+{_NAME}\s+origin\b"),
    re.compile(rf"\b{_NAME}-origin\b"),
    re.compile(rf"\b(?:originat\w+|mined|produced|extracted|made)\s+(?:in|from)\s+(?:the\s+)?{_NAME}"),
)
_PREPOSITION = r"(?i)\b(?:to|for|into|with|by|gave|sent|offered|sold|give|send|sell|supplied|provided)(?:\s+the)?$"
_BACK = re.compile(
    r"^(?:it|they|he|she|this|that|these|those|both)\b|^(?:under|with|after)\s+(?:this|that|the)\b"
    r"|\b(?:the|this|that|each|its|their)\s+(?:deliver\w+|shipment|transfer|suppl\w+|sale|cargo|export|import|approval|exemption|notice)\w*\b"
    r"|\bin\s+advance\b|\bbeforehand\b",
    re.IGNORECASE,
)
_END = re.compile(r"(?<![A-Z])(?<!\bNo)(?<!\bMr)(?<!\bSt)(?<!\bDr)[.!?][”\"’')]?\s+(?=[“\"‘'(]?[A-Z0-9])")


def with_conditions(claims: Iterable[Claim], text: str, lexicon: Lexicon | None = None) -> tuple[Claim, ...]:
    """The claims with the conditions that the text tells; those that a claim already has stay.

    Args:
        claims: of one document.
        text: the text in which their spans count.
        lexicon: for the names of States.
    """
    words = lexicon or load()
    found = []
    for claim in claims:
        known = {one.id for one in claim.conditions}
        told = tuple(one for one in conditions_of(claim, text, words) if one.id not in known)
        found.append(replace(claim, conditions=(*claim.conditions, *told)) if told else claim)
    return tuple(found)


def conditions_of(claim: Claim, text: str, lexicon: Lexicon) -> tuple[Condition, ...]:
    """The conditions told of one claim, each once, in the order of the rules."""
    if claim.event not in _EVENTS or claim.modality == "denied":
        return ()
    around = _around(text, claim.trigger)
    here = around[0]
    found: dict[str, Condition] = {}
    for rule in _RULES:
        if rule.key in found:
            continue
        for place, span in around.items():
            if not -rule.reach[0] <= place <= rule.reach[1]:
                continue
            hit = rule.pattern.search(text, *span)
            if hit and (place == 0 or _belongs(text, span, claim, here)):
                found[rule.key] = Condition(id=rule.key, value=rule.value, words=hit.group(), span=hit.span())
                break
    for key, patterns in (("loaded_at", _LOADED), ("origin", _ORIGIN)):
        for pattern in patterns:
            hit = pattern.search(text, *here)
            if hit:
                value = hit.group(1) if key == "loaded_at" else _state(hit.group(1), lexicon)
                found[key] = Condition(id=key, value=value, words=hit.group(), span=hit.span())
                break
    if "origin" not in found:
        attributive = _attributive(claim, text, here, lexicon)
        if attributive:
            found["origin"] = attributive
    return tuple(found.values())


def _attributive(claim: Claim, text: str, here: Span, lexicon: Lexicon) -> Condition | None:
    """The State right before a thing: "North Korean coal", "DPRK coal" come from there."""
    for item in claim.items:
        if item.span is None or not here[0] <= item.span[0] < here[1]:
            continue
        lead = text[max(here[0], item.span[0] - 40) : item.span[1]]
        for hit in lexicon.state_pattern.finditer(lead):
            after = lead[hit.end() :]
            # Only the adjective or the short name stands so; "sent to China coal" has the State as its recipient.
            before = lead[: hit.start()].rstrip()
            if re.fullmatch(r"\s+(?:[a-z]+\s+)?[\w-]+(?:\s+[\w-]+)?", after) and not re.search(_PREPOSITION, before):
                start = item.span[1] - len(lead) + hit.start()
                return Condition(
                    id="origin",
                    value=_state(hit.group(), lexicon),
                    words=text[start : item.span[1]],
                    span=(start, item.span[1]),
                )
    return None


def _state(name: str, lexicon: Lexicon) -> str:
    """The code of a State, else the name as written: an origin that is told and not known to us is still told."""
    for words in (name, name.rpartition(" ")[2]):
        hit = lexicon.states.get(words)
        if hit:
            return hit[0]
    return name


def _around(text: str, trigger: Span) -> dict[int, Span]:
    """The sentence of a span, with the one before and after it in the same paragraph: place to span."""
    first = text.rfind("\n", 0, trigger[0]) + 1
    last = text.find("\n", trigger[1])
    sentences = list(_sentences(text, first, len(text) if last < 0 else last))
    here = next((place for place, span in enumerate(sentences) if span[0] <= trigger[0] < span[1]), None)
    if here is None:
        return {0: trigger}
    return {place - here: sentences[place] for place in (here, here - 1, here + 1) if 0 <= place < len(sentences)}


def _sentences(text: str, first: int, last: int) -> Iterator[Span]:
    start = first
    for end in _END.finditer(text, first, last):
        yield start, end.end()
        start = end.end()
    if start < last:
        yield start, last


def _belongs(text: str, span: Span, claim: Claim, here: Span) -> bool:
    """Whether a neighbouring sentence speaks of the same act: it names a party of the claim or points back.

    Of two sentences the later one must point: "On 6 May the Committee approved ... . With this approval X shipped".
    """
    later = text[slice(*(span if span[0] > here[0] else here))].strip()
    if _BACK.search(later):
        return True
    names = {party.name for party in claim.participants if party.name != "?"}
    names |= {text[party.span[0] : party.span[1]] for party in claim.participants if party.span}
    # A State under the measures is named in every second sentence: it ties nothing.
    named = {name for name in names if name and name in text[span[0] : span[1]] and name not in _plain_states(claim)}
    return bool(named)


def _plain_states(claim: Claim) -> set[str]:
    """Names of States that receive: they are told of every delivery."""
    return {party.name for party in claim.participants if party.code and party.role in {"recipient", "place"}}
