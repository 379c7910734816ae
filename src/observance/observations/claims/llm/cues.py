"""Cues of modality and of saying at a word, by the tables of the rules reader: what the text itself allows.

A cue counts where it governs the word in the tree or hangs on what does. Of several, the one farthest from fact counts:
a referee that errs must err away from accusing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from observance.observations.claims.layout import Part
from observance.observations.claims.modality import RANK, modality
from observance.observations.claims.passage import Passage

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.lexicon import Lexicon
    from observance.observations.claims.llm.ground import Ground

__all__ = ["floor_of", "is_saying", "says_somebody"]

_SPOKEN = {"believe": "believed", "fear": "feared", "deny": "denied", "intend": "intended", "offer": "offered"}


def floor_of(ground: Ground, place: int) -> tuple[str, str]:
    """The modality that the cues at a word call for, and the cue; `asserted` and "" without one.

    Two witnesses: the cues that the rules reader gathers up the tree, and the words of belief, fear or denial under
    which the word stands.
    """
    trigger = ground.token(place)
    if trigger is None:
        return "asserted", ""
    passage = Passage(doc=ground.doc, folded=ground.folded, part=Part(start=ground.start, end=ground.end, role="body"))
    best, cues = modality(passage, trigger, None, ground.lexicon)
    word = ground.doc[cues[0]].text if cues else ""
    for token in _above(trigger):
        kind = _SPOKEN.get(ground.lexicon.say.get(token.lemma_.lower(), ""))
        if kind and RANK[kind] > RANK[best]:
            best, word = kind, token.text
    return best, word


def _above(token: Token) -> list[Token]:
    """The words that govern a word, up to the border of a clause that is told as known (a relative clause)."""
    found: list[Token] = []
    while token.head.i != token.i and token.dep_ not in {"relcl", "advcl"}:
        token = token.head
        found.append(token)
    return found


def is_saying(words: str, lexicon: Lexicon) -> bool:
    """True for a word of saying ("told", "according to", "denied") in one of its usual forms."""
    low = words.lower().strip()
    if low in {"according to", "citing", "quoted", "in the words of", "per", "via", "quoting"}:
        return True
    known = [*lexicon.say, *lexicon.say_nouns]
    for word in low.split():
        if any(
            word == lemma
            or (
                len(lemma) > 2
                and word.startswith(lemma[:-1] if lemma.endswith(("e", "y")) else lemma)
                and len(word) <= len(lemma) + 3
            )
            for lemma in known
        ):
            return True
    return low in {"said", "told", "says", "tells", "thought", "wrote"}


def says_somebody(ground: Ground, place: int) -> str:
    """The verb of saying, believing, fearing or denying with a subject under which a word stands, or ""."""
    token = ground.token(place)
    if token is None:
        return ""
    for above in _above(token):
        if ground.lexicon.say.get(above.lemma_.lower()) in _VOICES and any(
            child.dep_ in {"nsubj", "nsubjpass", "agent"} and child.ent_type_ != "EVENT" for child in above.children
        ):
            return above.text
    if re.search(r"\baccording to\b", token.sent.text, re.IGNORECASE):
        return "according to"
    # "..., he said": the parser may hang the words of saying on the clause itself.
    for child in token.children:
        if child.dep_ in {"parataxis", "ccomp"} and ground.lexicon.say.get(child.lemma_.lower()) in _VOICES:
            return child.text
    return ""


_VOICES = frozenset({"say", "believe", "fear", "deny"})
