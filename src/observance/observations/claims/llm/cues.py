"""Cues of modality and of saying at a word, by the tables of the rules reader: what the text itself allows.

A cue counts where it governs the word in the tree (it is above it) or hangs on what does (an auxiliary, a negation, an
adverb). Of several, the one farthest from fact counts: a referee that errs must err away from accusing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observance.observations.claims.modality import RANK

if TYPE_CHECKING:
    from spacy.tokens import Token

    from observance.observations.claims.lexicon import Lexicon
    from observance.observations.claims.llm.ground import Ground

__all__ = ["floor_of", "is_saying", "says_somebody"]

_HANGING = frozenset({"aux", "auxpass", "neg", "advmod", "mark", "amod", "det", "preconj", "acomp"})


def floor_of(ground: Ground, place: int) -> tuple[str, str]:
    """The modality that the cues at a word call for, and the cue; `asserted` and "" without one."""
    trigger = ground.token(place)
    if trigger is None:
        return "asserted", ""
    path = [trigger, *trigger.ancestors]
    near = [*path, *(child for token in path for child in token.children if child.dep_ in _HANGING)]
    best, word = "asserted", ""
    for token in near:
        kind = _kind(token, ground.lexicon, is_trigger=token.i == trigger.i)
        if kind and RANK[kind] > RANK[best]:
            best, word = kind, token.text
    return best, word


def _kind(token: Token, lexicon: Lexicon, *, is_trigger: bool) -> str | None:
    cues: Any = lexicon.cues
    lemma, lower = token.lemma_.lower(), token.lower_
    if token.dep_ in {"aux", "auxpass"}:
        return next((kind for kind, words in cues["auxiliaries"].items() if lower in words), None)
    if token.dep_ == "neg":
        return "denied"
    if token.dep_ == "mark":
        return "conditional" if lower in cues["conditions"] else None
    if is_trigger and lemma in {"offer", "propose"}:
        return "offered"
    if is_trigger:
        return None
    for kind, key in (("denied", "deny"), ("feared", "fear"), ("believed", "believe")):
        if lemma in cues[key] or lemma in cues["nouns"].get(key, ()):
            return kind
    for kind, key in (("offered", "offer"), ("intended", "intend")):
        if lemma in cues["nouns"].get(key, ()):
            return kind
    for table in (cues["govern"], cues["words"]):
        for kind, words in table.items():
            if lemma in words or lower in words:
                return str(kind)
    return None


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
    """The verb of saying with a subject under which a word stands, or ""."""
    token = ground.token(place)
    if token is None:
        return ""
    for above in token.ancestors:
        if above.lemma_.lower() in ground.lexicon.say and any(
            child.dep_ in {"nsubj", "nsubjpass", "agent"} for child in above.children
        ):
            return above.text
    # "..., he said": the parser may hang the words of saying on the clause itself.
    for child in token.children:
        if child.dep_ in {"parataxis", "ccomp"} and child.lemma_.lower() in ground.lexicon.say:
            return child.text
    return ""
