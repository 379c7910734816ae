"""Sentences of findings: templates filled with labels of the vocabulary, names and quoted passages.

The engine never calls conduct by a word that the vocabulary forbids to machines; a passage that holds such a word is
cited and not quoted inside a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from observance.findings.case import Case
from observance.findings.periods import words
from observance.findings.sketch import Sketch, fold
from observance.model import Judgement, Origin

__all__ = ["act_noun", "and_list", "goods", "judged", "quote", "said", "sides", "states"]

# Nouns for a happening in a title, by family; the item's label follows where there is one.
_NOUNS = {
    "arms": "supply of {goods}",
    "technology": "provision of {goods}",
    "trade_general": "{goods}",
    "petroleum": "delivery of {goods}",
    "labour": "sending of {goods}",
    "finance": "movement of {goods}",
    "cyber": "theft or intrusion by computer",
    "launch_or_test": "launch or test",
    "weapons_use": "use of weapons",
    "deceptive_shipping": "deceptive shipping",
    "port_call": "port call",
}
_SAYS = {"asserted": "said", "believed": "held it to be so", "denied": "denied"}
_QUOTE_LIMIT = 320


def and_list(parts: Iterable[str]) -> str:
    """`a, b and c`."""
    rows = [part for part in parts if part]
    return rows[0] if len(rows) == 1 else f"{', '.join(rows[:-1])} and {rows[-1]}" if rows else ""


def _below(text: str) -> str:
    """A label without its note after a colon or comma."""
    return re.split(r"[,;:]", text)[0].strip()


def goods(case: Case, rows: Sequence[Sketch]) -> str:
    """The goods in one phrase: the broadest items named, most frequent first, two at most."""
    counts: dict[str, int] = {}
    for row in rows:
        for item in row.observation.items:
            if item.token:
                counts[item.token] = counts.get(item.token, 0) + 1
    tokens = [t for t in counts if not any(o != t and o in case.regime.item_path(t) for o in counts)]
    terms = case.regime.items
    named = [t for t in tokens if not (t in terms and terms[t].lawful)] or tokens
    plain = [t for t in named if t not in {"cargo_any", "any_item", "containers"}] or named
    ranked = sorted(plain, key=lambda t: (-counts[t], t))[:2]
    return and_list(_below(case.regime.item_label(token)) for token in ranked) or "goods not told"


def states(case: Case, keys: Iterable[str]) -> str:
    """Sides in words."""
    return and_list(sorted({case.name(key) for key in keys}))


def _party(case: Case, side: str, rows: Sequence[Sketch]) -> str:
    """A side in words; where only companies or only persons of a State are told of, the State itself is not accused."""
    types = {part.type for row in rows for part in row.observation.participants if part.state == side}
    private = {"company": "a company", "person": "a person"}.get(str(types.pop())) if len(types) == 1 else None
    return f"{private} of {case.name(side)}" if private else case.name(side)


def sides(
    case: Case, givers: Iterable[str], takers: Iterable[str], others: Iterable[str], rows: Sequence[Sketch]
) -> str:
    """` by A to B`, ` between A and B`, or nothing; `rows` tell who of a State took part."""
    by, to = (and_list(sorted({_party(case, side, rows) for side in group})) for group in (givers, takers))
    text = (f" by {by}" if by else "") + (f" to {to}" if to else "")
    rest = sorted(others)
    if text or not rest:
        return text
    return f" between {states(case, rest)}" if len(rest) > 1 else f" involving {states(case, rest)}"


def act_noun(case: Case, family: str, rows: Sequence[Sketch]) -> str:
    """What happened, as a noun phrase with its goods."""
    pattern = _NOUNS.get(family, "movement of {goods}")
    return pattern.format(goods=goods(case, rows))


def quote(case: Case, sketch: Sketch) -> str:
    """The passage in quotation marks, shortened at a word; a reference where it holds a word machines must not use."""
    text = " ".join(
        str(sketch.observation.statement or getattr(sketch.observation.citations[0].selector, "exact", "")).split()
    )
    lowered = text.casefold()
    if not text or any(stem[:5] in lowered for stem in case.regime.forbidden):
        return "(see the passage cited)"
    if len(text) > _QUOTE_LIMIT:
        text = text[:_QUOTE_LIMIT].rsplit(" ", 1)[0] + " ..."
    return f'"{text}"'


def said(case: Case, sketch: Sketch, origin: Origin) -> str:
    """Who said what when, through whom: one sentence on one telling."""
    observation = sketch.observation
    if observation.kind != "claim":
        return f"{origin.label} shows: {quote(case, sketch)}."
    speaker = observation.speaker
    name = speaker.name if speaker else origin.label
    office = (
        [speaker.role] if speaker and speaker.role and speaker.role not in {"officials", "experts", "reporter"} else []
    )
    if speaker and speaker.named is not False:
        office += [case.name(state) for state in speaker.states if fold(case.name(state)) not in fold(name)]
    when = f" on {words(observation.said_on.value)}" if observation.said_on and observation.said_on.value else ""
    when = when.replace(" on between", " between").replace(" on since", " since")
    if observation.said_on and observation.said_on.precision != "day":
        when = when.replace(" on ", " in ", 1)
    through = [link.name for link in observation.chain[:-1]]
    relay = f" (as told by {and_list(reversed(through))})" if through else ""
    verb = _SAYS.get(observation.modality, "said")
    extra = f" ({', '.join(office)})" if office else ""
    return f"{name}{extra} {verb}{when}{relay}: {quote(case, sketch)}."


def judged(case: Case, judgements: Sequence[Judgement], verdict: str) -> str:
    """`1874:9 (title), 1718:8(b) (title)` for the paragraphs with that verdict."""
    ids = sorted({str(j.measure) for j in judgements if j.verdict == verdict})
    parts = []
    for key in ids:
        found = case.regime.measures.get(key)
        parts.append(f"{key} ({found.title})" if found and found.title else key)
    return and_list(parts)
