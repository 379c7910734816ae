"""The canonical words that names are made of: their class and their weight.

A word's weight says how much of a name it carries: rare words carry a name, common ones less, titles, particles and
legal forms hardly anything. Weights come from how often a word stands in the published lists
(`tables/word_frequency.tsv`, all spellings of one sound together), not from the list that is loaded, so that a pair
scores the same everywhere.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache

from observance.observations.matches.fold import fold
from observance.observations.matches.sounds import skeletons, soft, sound
from observance.observations.matches.tables import frequencies, places, small_words

__all__ = ["KINDS", "ROMAN", "Read", "Word", "kinds_of", "place_words", "single_words", "word"]

KINDS = ("person", "organisation", "ship")
# One word of a name as a reader of names gives it: canonical, role, as written, why it changed.
Read = tuple[str, str, str, str]
ROMAN = {
    "i": "1", "v": "5", "x": "10", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
    "xi": "11",
    "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xx": "20",
}  # fmt: skip
_SLOPES = {"person": (1.15, 0.055, 0.45), "organisation": (1.2, 0.095, 0.12), "ship": (1.15, 0.050, 0.5)}
_PLACE_WEIGHT = 0.7
_ABD_WEIGHT = 0.25
_ROLE_WEIGHTS = {"title": 0.10, "particle": 0.08, "legal": 0.10, "stop": 0.04, "initial": 0.30, "number": 1.0}


class Word:
    """One canonical word of one kind of name. Interned: the same word is the same object."""

    __slots__ = ("fuzzy", "key", "role", "skeletons", "soft", "sound", "text", "weight")

    def __init__(self, text: str, role: str, weight: float) -> None:
        """`role`: name, title, particle, legal, stop, number, initial or pinyin (compared letter by letter only)."""
        self.text = text
        self.key = "#" + ROMAN.get(text, text) if role == "number" else text
        self.role = role
        self.weight = weight
        self.fuzzy = role in {"name", "title"} and len(text) > 1
        self.sound = sound(text)
        self.soft = soft(self.sound)
        self.skeletons = skeletons(text)

    def __repr__(self) -> str:
        return f"{self.text}/{self.role}/{self.weight:.2f}"


def kinds_of(schema: str) -> tuple[str, ...]:
    """The kinds of names a schema can mean; an unknown or empty one means all."""
    match schema:
        case "Person":
            return ("person",)
        case "Organization" | "Company" | "PublicBody":
            return ("organisation",)
        case "LegalEntity":
            return ("person", "organisation")
        case "Vessel" | "Airplane":
            return ("ship",)
        case _:
            return KINDS


@lru_cache(maxsize=400_000)
def word(kind: str, text: str, role: str) -> Word:
    """The interned word."""
    if role in {"name", "pinyin"}:
        top, slope, low = _SLOPES[kind]
        weight = max(low, top - slope * math.log2(1 + _sounds(kind).get(soft(sound(text)), 0)))
        if kind == "organisation" and text in place_words():
            weight = max(weight, _PLACE_WEIGHT)
        if kind == "person" and text == "abd":
            weight = _ABD_WEIGHT
    else:
        weight = _ROLE_WEIGHTS[role]
    return Word(text, role, weight)


@cache
def single_words(kind: str) -> frozenset[str]:
    """The single words of a class of small words, folded."""
    return frozenset(fold(p[0]) for p in small_words()[kind] if len(p) == 1)


@cache
def place_words() -> frozenset[str]:
    """The canonical words of places."""
    return frozenset(part for canonical in places().values() for part in canonical)


@cache
def _sounds(kind: str) -> dict[str, int]:
    """Frequencies by sound: all spellings of one name count together."""
    out: dict[str, int] = {}
    for text, count in frequencies(kind).items():
        heard = soft(sound(text))
        out[heard] = out.get(heard, 0) + count
    return out
