"""How alike two different words are.

Words of one script: by edits (Optimal String Alignment) of writing and of sound, by vowels where the consonants
agree, by a table of given names. Words of two scripts: by consonants, since Arabic script writes no short vowels; a
vowel at the beginning is written in both.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from observance.observations.matches.fold import is_arabic
from observance.observations.matches.tables import given_name_classes
from observance.observations.matches.words import Word

__all__ = ["likeness"]

_distance = OSA.distance
_VOWEL_CARRIERS = frozenset("aeiouاعآأإ")


@lru_cache(maxsize=200_000)
def likeness(kind: str, one: Word, two: Word) -> tuple[float, str]:
    """How alike two different words are (0: not at all) and why."""
    a, b = one.text, two.text
    if is_arabic(a) != is_arabic(b):
        # A vowel at the beginning is written in both scripts.
        if (a[0] in _VOWEL_CARRIERS) != (b[0] in _VOWEL_CARRIERS):
            return 0.0, ""
        return max((_across(s, t) for s in one.skeletons for t in two.skeletons), default=(0.0, ""))
    short, long = sorted((len(a), len(b)))
    if short == 1 or not (a.isalpha() and b.isalpha()):
        return (0.0, "") if kind != "ship" or short < 3 or a.isdigit() or b.isdigit() else _spelled(kind, a, b, long)
    if one.sound == two.sound:
        return 0.97, "sound"
    best = _spelled(kind, a, b, long)
    if long >= 4:
        heard = _spelled(kind, one.sound, two.sound, max(len(one.sound), len(two.sound)))
        if heard[0] > best[0]:
            best = heard[0], "sound"
    if one.soft == two.soft and short >= 4:
        best = max(best, (0.94, "vowels"))
    elif (
        one.skeletons == two.skeletons
        and short >= 4
        and one.skeletons
        and len(one.skeletons[0]) >= 2
        and kind != "ship"
    ):
        longest = max(len(one.soft), len(two.soft))
        allowed = 1 if longest < 7 else 2
        distance = _distance(one.soft, two.soft, score_cutoff=allowed)
        if distance <= allowed:
            best = max(best, (1.0 - 0.6 * distance / longest, "vowels"))
    if kind == "person" and best[0] < 0.85:
        classes = given_name_classes()
        if a in classes and b in classes and classes[a] & classes[b]:
            return 0.85, "variant"
    return best


def _across(one: str, two: str) -> tuple[float, str]:
    """Consonants of a word in Arabic script against those of a Latin word."""
    if one == two:
        return (0.95 if len(one) > 2 else 0.90 if len(one) == 2 else 0.7), "consonants"
    longest = max(len(one), len(two))
    if longest >= 4 and one[0] == two[0] and _distance(one, two, score_cutoff=1) == 1:
        return 0.92 - 0.7 / longest, "consonants"
    return 0.0, ""


def _spelled(kind: str, a: str, b: str, longest: int) -> tuple[float, str]:
    allowed = 1 if longest < 7 else 2 if longest < 12 else 3
    if longest < 3 or (longest == 3 and kind != "ship"):
        return 0.0, ""
    distance = _distance(a, b, score_cutoff=allowed)
    if distance > allowed:
        return 0.0, ""
    like = 1.0 - distance / longest
    return (like - 0.1 if longest <= 4 and kind != "ship" else like), "spelling"
