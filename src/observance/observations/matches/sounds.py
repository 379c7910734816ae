"""How a word sounds, roughly: for spellings of one name in the Latin letters of different languages.

`sound(word)` writes consonants in one way (kh as h, q and c as k, dj as j, ph as f, ou and oo as u, doubled letters
once): Gaddafi, Qadhafi -> gadafi, kadafi; Sergey, Sergei, Sergej -> sergei. `skeletons(word)` keeps the consonants
alone, in classes that Latin and Arabic script share, so that محمد and Mohammed both read mhmd.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, product

from observance.observations.matches.fold import is_arabic
from observance.observations.matches.tables import letters

__all__ = ["skeletons", "soft", "sound"]

_STEPS: tuple[tuple[str, str], ...] = (
    ("tsch", "C"), ("shch", "S"), ("sch", "S"), ("tch", "C"), ("tsh", "C"), ("dzh", "j"), ("sh", "S"), ("ch", "C"),
    ("zh", "j"), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("qu", "k"), ("q", "k"),
    ("x", "ks"), ("tz", "ts"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ij", "i"), ("iy", "i"), ("yi", "i"), ("ie", "i"), ("ii", "i"),
    ("ey", "ei"), ("ej", "ei"),
    ("ay", "ai"), ("aj", "ai"), ("oy", "oi"), ("uy", "ui"), ("w", "v"), ("yo", "io"), ("ya", "ia"), ("yu", "iu"),
    ("y", "i"), ("c", "k"),
)  # fmt: skip
_SOFT = str.maketrans("eoy", "iui")
_DOUBLE = re.compile(r"(.)\1+")
_SKELETON: tuple[tuple[str, str], ...] = (
    ("tsch", "S"), ("shch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "j"), ("sh", "S"), ("ch", "S"), ("zh", "j"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"),
    ("th", "t"), ("dh", "d"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "ks"), ("p", "b"), ("v", "f"),
    ("g", "j"), ("z", "s"),
)  # fmt: skip
_NO_VOWELS = str.maketrans("", "", "aeiou'")
_CONSONANTS_ONLY = str.maketrans("", "", "aeiou'wy")
_DIGRAPH = re.compile(r"[szdtkg]h")


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
def soft(word: str) -> str:
    """A sound form with its vowels in three classes (a, i, u).

    Arabic has no more, and its Latin spellings waver between e and i, o and u.
    """
    return _DOUBLE.sub(r"\1", word.translate(_SOFT))


def _latin_skeleton(word: str) -> str:
    for old, new in _SKELETON:
        if old in word:
            word = word.replace(old, new)
    word = _DOUBLE.sub(r"\1", word)
    return word[:1].translate(_NO_VOWELS) + word[1:].translate(_CONSONANTS_ONLY)


@cache
def _arabic_classes() -> dict[str, tuple[str, ...]]:
    """Arabic letter -> consonant classes; some letters are read in one way in Arabic and in another in Persian."""
    table = {
        letter: (_latin_skeleton(latin) if latin not in {"w", "y"} else latin,)
        for letter, latin in letters("arabic").items()
    }
    return {**table, "ض": ("d", "s"), "ذ": ("d", "s"), "ث": ("t", "s"), "ظ": ("s", "d"), "ق": ("k", "j")}


# Inside a word waw is a vowel, or v in Persian.
_WAW = ("", "f")


def _end(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith("h") else word


@lru_cache(maxsize=200_000)
def skeletons(word: str) -> tuple[str, ...]:
    """The consonant classes of a word in Latin or Arabic letters, in each of its readings."""
    if is_arabic(word):
        classes = _arabic_classes()
        options = [
            _WAW if i and c == "و" else classes.get(c, ("",)) for i, c in enumerate(word) if not (i and c in "یي")
        ]
        found = {_end("".join(choice)) for choice in islice(product(*options), 12)}
    elif word.isascii():
        found = {_end(_latin_skeleton(word))}
        # sh, zh and the like can be two letters: Ishaq, Mazhari.
        if _DIGRAPH.search(word):
            found.add(_end(_latin_skeleton(word.replace("h", "'h"))))
    else:
        return ()
    return tuple(sorted(f for f in found if f))
