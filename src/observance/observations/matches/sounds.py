"""How a word sounds, roughly: for spellings of one name in the Latin letters of different languages.

`sound(word)` writes consonants in one way (kh as h, q and c as k, dj as j, ph as f, ou and oo as u, doubled letters once):
Gaddafi, Qadhafi -> gadafi, kadafi; Sergey, Sergei, Sergej -> sergei. `skeleton(word)` keeps the consonants alone, in classes
that Latin and Arabic script share, so that محمد and Mohammed both read mhmd.
"""

from __future__ import annotations

import re
from functools import lru_cache

from observance.observations.matches.fold import is_arabic
from observance.observations.matches.tables import letters

__all__ = ["skeleton", "sound"]

_STEPS: tuple[tuple[str, str], ...] = (
    ("tsch", "C"), ("shch", "S"), ("sch", "S"), ("tch", "C"), ("tsh", "C"), ("dzh", "j"), ("sh", "S"), ("ch", "C"), ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"), ("tz", "ts"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("ie", "i"), ("ii", "i"), ("ey", "ei"), ("ej", "ei"),
    ("ay", "ai"), ("aj", "ai"), ("oy", "oi"), ("uy", "ui"), ("w", "v"), ("yo", "io"), ("ya", "ia"), ("yu", "iu"), ("y", "i"), ("c", "k"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_SKELETON: tuple[tuple[str, str], ...] = (
    ("tsch", "S"), ("shch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "j"), ("sh", "S"), ("ch", "S"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "ks"), ("p", "b"), ("v", "f"), ("g", "j"), ("z", "s"),
)  # fmt: skip
_INNER = re.compile(r"(?<=.)[wy]")
_VOWELS = re.compile(r"[aeiouy']+")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """The word with its consonants written in one way; Arabic letters stay."""
    if not word.isascii() or word.isdigit():
        return word
    for old, new in _STEPS:
        if old in word:
            word = word.replace(old, new)
    return _DOUBLE.sub(r"\1", word)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonant classes of a word in Latin or Arabic letters; empty where there are none."""
    if is_arabic(word):
        table = letters("arabic")
        word = "".join(table.get(c, "") for c in word)
    elif not word.isascii():
        return ""
    for old, new in _SKELETON:
        if old in word:
            word = word.replace(old, new)
    word = _VOWELS.sub("", _INNER.sub("", _DOUBLE.sub(r"\1", word)))
    if len(word) > 2 and word.endswith("h"):
        word = word[:-1]
    return word
