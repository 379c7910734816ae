"""Words of a participant or source to a party, by the tables of the rules reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from observance.observations.claims.record import Party, Span

if TYPE_CHECKING:
    from observance.observations.claims.llm.ground import Ground
    from observance.observations.claims.record import Claim

__all__ = ["party_of"]

_OFFICIALS = re.compile(
    r"\b(?:officials?|ministry|minister|government|military|army|president|spokes(?:man|woman|person)|diplomats?)\b",
    re.IGNORECASE,
)


def party_of(ground: Ground, span: Span, matched: Claim | None) -> Party:
    """The party that words name: as the rules reader has it where it read the same words, else by the tables."""
    for party in matched.participants if matched else ():
        if party.span and party.span[0] < span[1] and span[0] < party.span[1]:
            return party
    words = ground.page.text[span[0] : span[1]]
    codes = [ground.lexicon.states[hit.group(0)][0] for hit in ground.lexicon.state_pattern.finditer(words)]
    code = codes[0] if len(set(codes)) == 1 else None
    bare = re.sub(r"^(?:the|a|an) ", "", words, flags=re.IGNORECASE)
    if code and ground.lexicon.state_pattern.fullmatch(bare):
        return Party(name=ground.lexicon.state_names.get(code, bare), code=code, kind="state", span=span)
    if words in ground.lexicon.actors["outlets"]:
        return Party(name=words, kind="media", span=span)
    body = ground.lexicon.body_pattern.fullmatch(bare)
    if body:
        return Party(name=ground.lexicon.bodies[bare][0], code=code, kind="organisation", span=span)
    if _OFFICIALS.search(words):
        named = bool(re.search(r"\b[A-Z][\w’'-]+ [A-Z][\w’'-]+$", words))
        return Party(
            name=bare if named else words,
            code=code,
            kind="person" if named else "official",
            span=span,
            unnamed=not named,
        )
    named = bare[:1].isupper()
    return Party(name=bare if named else words, code=code, kind="described", span=span, unnamed=not named)
