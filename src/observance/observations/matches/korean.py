"""Korean names across hangul, hanja, romanisations and Kontsevich Cyrillic.

A name is read as (surname classes, syllables); a syllable as the set of its readings, a reading as (initial, vowel,
final) in classes that every spelling shares:

- initials: k g kh kk -> G, t d th -> D, p b ph -> B, j ch tch -> J, r l -> R, s ss sh -> S;
- vowels: o and eo -> O (diacritics are lost in practice), u and eu -> U, ae and e -> E, and their y- and w- forms;
  southern habit also writes u for eo (Jung, Sung, Chul, Hyuk), oo for u, ee for i, so that a Latin syllable can have
  two readings;
- finals: k g -> G, n, ng, t d s -> D, l r -> L, m, p b -> B; Kontsevich writes one letter for n and ng.

DPRK spelling, McCune-Reischauer (with or without marks), Revised Romanization, southern habit and Kontsevich Cyrillic
of one hangul name thus meet in one reading. Two names agree when surname classes and all syllables, in order, share a
reading. Syllables that differ only by o/u or n/ng, or by the dropped initial r of southern spelling (Ryong, Yong),
are *near*; anything else is another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from observance.observations.matches.fold import is_hangul
from observance.observations.matches.tables import hanja_readings, korean_surnames

__all__ = [
    "KoreanName",
    "agreement",
    "coarse_keys",
    "from_cyrillic",
    "from_hangul",
    "from_hanja",
    "from_latin",
    "spell",
    "syllable_likeness",
]

Reading = tuple[str, str, str]
Syllable = frozenset[Reading]

# Hangul blocks are composed as 0xAC00 + (initial * 21 + vowel) * 28 + final (The Unicode Standard, 3.12).
_INITIALS = ("G", "G", "N", "D", "D", "R", "M", "B", "B", "S", "S", "", "J", "J", "J", "G", "D", "B", "H")
_VOWELS = (
    "A",
    "E",
    "YA",
    "YE",
    "O",
    "E",
    "YO",
    "YE",
    "O",
    "WA",
    "WE",
    "WE",
    "YO",
    "U",
    "WO",
    "WE",
    "WI",
    "YU",
    "U",
    "UI",
    "I",
)
_FINALS = (
    "", "G", "G", "G", "N", "N", "N", "D", "L", "G", "M", "L", "L", "L", "B", "L", "M", "B", "B", "D", "D", "NG",
    "D", "D", "G", "D", "B", "",
)  # fmt: skip
_LATIN_INITIALS = {
    "": "", "k": "G", "g": "G", "kh": "G", "kk": "G", "gg": "G", "n": "N", "t": "D", "d": "D", "th": "D", "tt": "D",
    "dd": "D", "r": "R", "l": "R", "rh": "R",
    "m": "M", "p": "B", "b": "B", "ph": "B", "pp": "B", "bb": "B", "s": "S", "ss": "S", "sh": "S", "j": "J",
    "ch": "J", "jj": "J", "tch": "J",
    "tj": "J", "chh": "J", "h": "H",
}  # fmt: skip
# Readings of a written vowel; the second is southern habit.
_LATIN_VOWELS = {
    "a": "A", "ah": "A", "ya": "YA", "yah": "YA", "ae": "E", "ai": "E", "e": "E", "ay": "E", "eh": "E", "o": "O",
    "oh": "O", "eo": "O", "yo": "YO", "yeo": "YO",
    "you": "YO YU", "yoh": "YO", "yu": "YU YO", "yoo": "YU", "u": "U O", "oo": "U", "ou": "U O", "eu": "U",
    "uh": "O", "i": "I", "ee": "I UI", "ie": "I", "ye": "YE", "yae": "YE",
    "wa": "WA", "wo": "WO", "weo": "WO", "woe": "WE", "we": "WE", "wae": "WE", "oe": "WE", "oi": "WE", "wi": "WI",
    "wee": "WI", "ui": "UI WI", "eui": "UI", "yi": "UI I",
    "woo": "U", "wu": "U", "oa": "WA", "hoe": "WE",
}  # fmt: skip
_LATIN_FINALS = {
    "": "",
    "k": "G",
    "g": "G",
    "ck": "G",
    "n": "N",
    "nn": "N",
    "ng": "NG",
    "t": "D",
    "d": "D",
    "s": "D",
    "l": "L",
    "r": "L",
    "ll": "L",
    "m": "M",
    "p": "B",
    "b": "B",
}
_CYRILLIC_INITIALS = {
    "": "", "к": "G", "кх": "G", "г": "G", "кк": "G", "н": "N", "т": "D", "тх": "D", "д": "D", "тт": "D", "р": "R",
    "л": "R", "м": "M", "п": "B", "пх": "B",
    "б": "B", "пп": "B", "с": "S", "сс": "S", "ш": "S", "ч": "J", "чх": "J", "чж": "J", "дж": "J", "ц": "J", "х": "H",
}  # fmt: skip
_CYRILLIC_VOWELS = {
    "а": "A", "я": "YA", "э": "E", "е": "E YE", "йе": "YE", "о": "O", "ё": "YO", "йо": "YO", "у": "U", "ю": "YU",
    "ы": "U", "и": "I", "ва": "WA", "во": "WO",
    "ве": "WE", "вэ": "WE", "ви": "WI", "ый": "UI", "ыи": "UI", "ой": "WE", "вё": "WO", "уа": "WA", "уо": "WO",
    "уи": "WI",
}  # fmt: skip
_CYRILLIC_FINALS = {
    "": "",
    "к": "G",
    "г": "G",
    "н": "N NG",
    "нъ": "N",
    "нг": "NG",
    "т": "D",
    "д": "D",
    "с": "D",
    "ль": "L",
    "л": "L",
    "р": "L",
    "м": "M",
    "п": "B",
    "б": "B",
}
_CYRILLIC = re.compile(
    "(кх|кк|к|г|н|тх|тт|т|дж|д|р|л|м|пх|пп|п|б|сс|с|ш|чх|чж|ч|ц|х|)"
    "(йе|йо|ый|ыи|ой|ва|во|вё|ве|вэ|ви|уа|уо|уи|а|я|э|е|о|ё|у|ю|ы|и)"
    "(нъ|нг|ль|к|г|н|т|д|с|л|р|м|п|б|)"
)
_NEAR_VOWELS = ({"O", "U"}, {"YO", "YU"}, {"UI", "I"}, {"E", "YE"}, {"WE", "E"}, {"WI", "UI"}, {"WO", "O"})


@dataclass(frozen=True, slots=True)
class KoreanName:
    """A name read as Korean: surname classes, given syllables, their writing, whether the surname stands first."""

    surname: frozenset[str]
    given: tuple[Syllable, ...]
    written: tuple[str, ...]
    first: bool = True


@lru_cache(maxsize=20_000)
def _latin_syllables(word: str) -> tuple[tuple[tuple[Syllable, str], ...], ...]:
    """All ways to part a word of Latin letters into one to three Korean syllables."""
    return tuple(_split(word, 3))


def _split(word: str, most: int) -> Iterable[tuple[tuple[Syllable, str], ...]]:
    if not word:
        yield ()
        return
    if most == 0:
        return
    for length in range(min(len(word), 7), 0, -1):
        syllable = _latin_syllable(word[:length])
        if syllable:
            for rest in _split(word[length:], most - 1):
                yield ((syllable, word[:length]), *rest)


@lru_cache(maxsize=20_000)
def _latin_syllable(text: str) -> Syllable:
    found: set[Reading] = set()
    for cut in range(min(3, len(text)) + 1):
        initial = _LATIN_INITIALS.get(text[:cut])
        if initial is None:
            continue
        for end in range(cut + 1, min(cut + 3, len(text)) + 1):
            vowels = _LATIN_VOWELS.get(text[cut:end])
            final = _LATIN_FINALS.get(text[end:])
            if vowels is not None and final is not None:
                # Southern u for eo (Jung, Chul, Hyuk) stands in closed syllables; an open one is written Suh, Heo.
                several = vowels.split() if final or text[cut:end] != "u" else vowels.split()[:1]
                found.update((initial, vowel, final) for vowel in several)
    return frozenset(found)


@lru_cache(maxsize=5_000)
def _cyrillic_syllables(word: str) -> tuple[tuple[tuple[Syllable, str], ...], ...]:
    def part(rest: str, most: int) -> Iterable[tuple[tuple[Syllable, str], ...]]:
        if not rest:
            yield ()
        elif most:
            for length in range(min(len(rest), 6), 0, -1):
                found = _CYRILLIC.fullmatch(rest[:length])
                if found:
                    initial, vowel, final = found.groups()
                    syllable = frozenset(
                        (_CYRILLIC_INITIALS[initial], v, f)
                        for v in _CYRILLIC_VOWELS[vowel].split()
                        for f in (_CYRILLIC_FINALS[final].split() or [""])
                    )
                    for tail in part(rest[length:], most - 1):
                        yield ((syllable, rest[:length]), *tail)

    return tuple(part(word, 3))


@lru_cache(maxsize=12_000)
def _hangul_syllable(char: str) -> Syllable:
    code = ord(char) - 0xAC00
    return frozenset({(_INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28])})


@cache
def _cyrillic_surnames() -> dict[Reading, frozenset[str]]:
    """Reading of a one-syllable surname -> classes, for scripts without a table of their own."""
    out: dict[Reading, set[str]] = {}
    for hangul, classes in korean_surnames()[1].items():
        if len(hangul) == 1:
            for reading in _hangul_syllable(hangul):
                out.setdefault(reading, set()).update(classes)
    return {k: frozenset(v) for k, v in out.items()}


def _readings_of(
    parts: list[tuple[tuple[tuple[Syllable, str], ...], ...]],
) -> Iterable[tuple[tuple[Syllable, ...], tuple[str, ...]]]:
    for combination in product(*parts):
        flat = [pair for part in combination for pair in part]
        if 1 <= len(flat) <= 2:
            yield tuple(s for s, _ in flat), tuple(w for _, w in flat)


@lru_cache(maxsize=50_000)
def from_latin(name: tuple[str, ...]) -> tuple[KoreanName, ...]:
    """The Korean readings of two or three Latin words: a surname at either end and one or two given syllables."""
    surnames = korean_surnames()[0]
    if not 2 <= len(name) <= 3 or (name[0] not in surnames and name[-1] not in surnames):
        return ()
    if not all(w.isascii() and w.isalpha() and len(w) <= 14 for w in name):
        return ()
    out: list[KoreanName] = []
    for first, surname, given in ((True, name[0], name[1:]), (False, name[-1], name[:-1])):
        classes = surnames.get(surname)
        if classes:
            parts = [_latin_syllables(w) for w in given]
            out += [
                KoreanName(classes, syllables, (surname, *written), first) for syllables, written in _readings_of(parts)
            ]
    return tuple(out)


def from_cyrillic(name: tuple[str, ...]) -> tuple[KoreanName, ...]:
    """The Korean readings of Cyrillic words written after Kontsevich."""
    if not 2 <= len(name) <= 3:
        return ()
    out: list[KoreanName] = []
    for first, surname, given in ((True, name[0], name[1:]), (False, name[-1], name[:-1])):
        classes = frozenset(
            c
            for split in _cyrillic_syllables(surname)
            if len(split) == 1
            for reading in split[0][0]
            for c in _cyrillic_surnames().get(reading, ())
        )
        if classes:
            parts = [_cyrillic_syllables(w) for w in given]
            out += [
                KoreanName(classes, syllables, (surname, *written), first) for syllables, written in _readings_of(parts)
            ]
    return tuple(out)


def from_hangul(text: str) -> tuple[KoreanName, ...]:
    """The reading of two to five hangul syllables, with or without a blank after the surname."""
    word = text.replace(" ", "")
    if not 2 <= len(word) <= 4 or not all(is_hangul(c) for c in word):
        return ()
    out: list[KoreanName] = []
    for size in (2, 1):
        classes = korean_surnames()[1].get(word[:size])
        if classes and 1 <= len(word) - size <= 2:
            out.append(
                KoreanName(classes, tuple(_hangul_syllable(c) for c in word[size:]), (word[:size], *word[size:]))
            )
    return tuple(out)


def from_hanja(text: str) -> tuple[KoreanName, ...]:
    """The readings of two to four Chinese characters read the Korean way; none if one of them is not in the table."""
    word = text.replace(" ", "")
    table = hanja_readings()
    if not 2 <= len(word) <= 4 or not all(c in table for c in word):
        return ()
    out: list[KoreanName] = []
    for surname in table[word[0]]:
        classes = korean_surnames()[1].get(surname)
        if classes and len(word) <= 3:
            given = tuple(frozenset(r for h in table[c] for r in _hangul_syllable(h)) for c in word[1:])
            out.append(KoreanName(classes, given, tuple(word)))
    return tuple(out)


@lru_cache(maxsize=50_000)
def syllable_likeness(one: Syllable, two: Syllable) -> float:
    """1 if the syllables share a reading, .8 if they are near, else 0."""
    if one & two:
        return 1.0
    return max((_near(a, b) for a in one for b in two), default=0.0)


def _near(a: Reading, b: Reading) -> float:
    vowels = a[1] == b[1] or any(a[1] in pair and b[1] in pair for pair in _NEAR_VOWELS)
    finals = a[2] == b[2] or {a[2], b[2]} == {"N", "NG"}
    initials = a[0] == b[0]
    if initials and ((a[1] == b[1] and finals) or (vowels and a[2] == b[2])):
        return 0.6
    if (
        not initials
        and a[1:] == b[1:]
        and {a[0], b[0]} in ({"R", ""}, {"N", ""}, {"R", "N"})
        and (a[1][0] in "YI" or {a[0], b[0]} == {"R", "N"})
    ):
        return 0.9
    return 0.0


_SPELLED_INITIALS = tuple("k kk n t tt r m p pp s ss  j jj ch kh th ph h".split(" "))  # noqa: SIM905  a table
_SPELLED_VOWELS = tuple("a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split(" "))  # noqa: SIM905  a table
_SPELLED_FINALS = tuple(" k k k n n n t l k m l l l p l m p p t t ng t t k t p ".split(" "))  # noqa: SIM905  a table
_VOICED = {"k": "g", "t": "d", "p": "b"}


def spell(text: str) -> str:
    """Hangul in DPRK spelling, as one word: k, t and p are voiced after a vowel, n, m, ng and l."""
    out = ""
    for char in text:
        code = ord(char) - 0xAC00
        if not 0 <= code < 11172:
            continue
        initial = _SPELLED_INITIALS[code // 588]
        if out and out[-1] in "aeiounmgl":
            initial = _VOICED.get(initial, initial)
        out += initial + _SPELLED_VOWELS[code % 588 // 28] + _SPELLED_FINALS[code % 28]
    return out


def agreement(one: tuple[KoreanName, ...], two: tuple[KoreanName, ...]) -> tuple[float, KoreanName, KoreanName] | None:
    """The best likeness over all readings of two names, with the two readings; None if they share no surname class.

    A likeness is the product of the likenesses of the syllables, in order.
    """
    best: tuple[float, KoreanName, KoreanName] | None = None
    for a in one:
        for b in two:
            if len(a.given) != len(b.given) or not a.surname & b.surname:
                continue
            likeness = 1.0
            # Hangul tells o from eo and u from eu, so that two names in hangul are not compared by what romanisation
            # merges.
            hangul = is_hangul(a.written[1]) and is_hangul(b.written[1])
            for s, t, x, y in zip(a.given, b.given, a.written[1:], b.written[1:], strict=True):
                like = syllable_likeness(s, t)
                likeness *= min(like, 0.6) if hangul and x != y and like == 1.0 else like
                if not likeness:
                    break
            if not (a.first and b.first):
                likeness *= 0.98
            if best is None or likeness > best[0]:
                best = (likeness, a, b)
    return best


def coarse_keys(names: tuple[KoreanName, ...]) -> set[str]:
    """Keys under which names that agree, or nearly agree, meet in an index."""
    keys: set[str] = set()
    for name in names:
        options = [sorted({_coarse(r) for r in syllable}) for syllable in name.given]
        for surname in name.surname:
            keys.update(surname + "".join(choice) for choice in product(*options))
    return keys


_COARSE_INITIAL = {"R": "", "N": "n"}
_COARSE_VOWEL = {"U": "O", "YU": "YO", "UI": "I", "WI": "I", "YE": "E", "WE": "E", "WO": "O"}


def _coarse(reading: Reading) -> str:
    initial, vowel, final = reading
    vowel = _COARSE_VOWEL.get(vowel, vowel)
    if initial in {"R", "N", ""} and (vowel[0] in "YI" or initial in {"R", "N"}):
        initial = "r"
    return f"|{initial}.{vowel}.{'N' if final == 'NG' else final}"
