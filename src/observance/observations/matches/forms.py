"""Canonical forms of a name: its words with their class and weight, per kind of bearer.

A `Word` is a canonical word (`shipping` for SHPG, `jsc` for OAO), its class and its weight: rare words carry a name, common
ones, titles, particles and legal forms hardly. Weights come from how often a word stands in the published lists
(`tables/word_frequency.tsv`), not from the list that is loaded, so that a pair scores the same everywhere.

A name can have several `Form`s: as written, without its brackets, the acronym in brackets, each part of `A; B`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from observance.observations.matches import korean
from observance.observations.matches.fold import fold, is_arabic, is_han, is_hangul, words
from observance.observations.matches.sounds import skeletons, soft, sound
from observance.observations.matches.tables import frequencies, legal_forms, organisation_words, places, small_words

__all__ = ["KINDS", "Form", "Word", "forms", "kinds_of", "place_words", "word"]

KINDS = ("person", "organisation", "ship")
_BRACKET = re.compile(r"[(\[（]([^()\[\]（）]{1,200})[)\]）]")
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{2,80})[\"“”«»„]")
_LABEL = re.compile(
    r"^\s*(?:original script|arabic|russian|chinese|korean|formerly|former|previously|also known as|a\.?k\.?a\.?|f\.?k\.?a\.?)\s*[:;]?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*;\s*|\s+/\s+|\s+(?:a\.?k\.?a\.?|f\.?k\.?a\.?)\s+", re.IGNORECASE)
_BORN = re.compile(r",\s*(?:born|d\.?o\.?b\.?)\b.*$", re.IGNORECASE)
_CYRILLIC_WORD = re.compile(r"[а-яёъ]+")
_ABD = re.compile(
    r"^(?:abdul|abdel|abdal|abdol|abdil|abdou|abdoul|abdur|abder|abdus|abdes|abdun|abden|abduz|abdez|abdud|abed|abdu|abd)(?=.)"
)
_ALLAH = re.compile(r"^(.{3,}?)(?:u|o|i|a|ou)?l?lah$")
_DIN = re.compile(r"^(.{3,}?)(?:u|a|e|i|o|ou)(?:l|d)?d(?:i|ee|ie)ne?$")
_ABD_WORDS = frozenset(
    {"abd", "abdul", "abdel", "abdal", "abdol", "abdil", "abdoul", "abdur", "abder", "abdus", "abdu", "abed", "abdou"}
)
_ALLAH_WORDS = frozenset({"allah", "ullah", "ollah", "oullah", "lah", "ulah"})
_DIN_WORDS = frozenset(
    {"din", "deen", "eddine", "eddin", "aldin", "uddin", "addin", "oddin", "iddin", "dine", "ouddine"}
)
_GIVEN_TOO = frozenset({"ben", "san", "van", "bar", "na", "da", "do", "ten"})
_ARTICLES = frozenset(
    {"al", "el", "ul", "ur", "ud", "us", "uz", "il", "ol", "ad", "ar", "as", "az", "ash", "at", "an", "l"}
)
_ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
    "xiii": "13",
    "xiv": "14",
    "xv": "15",
    "xx": "20",
}
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
}
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_LETTERS_DIGITS = re.compile(r"^([a-z]{2,})(\d{1,4})$")


class Word:
    """One canonical word of one kind of name. Interned: the same word is the same object."""

    __slots__ = ("fuzzy", "key", "role", "skeletons", "soft", "sound", "text", "weight")

    def __init__(self, text: str, role: str, weight: float) -> None:
        """`role`: name, title, particle, legal, stop, number, initial or pinyin (compared letter by letter only)."""
        self.text = text
        self.key = "#" + _ROMAN.get(text, text) if role == "number" else text
        self.role = role
        self.weight = weight
        self.fuzzy = role in {"name", "title"} and len(text) > 1
        self.sound = sound(text)
        self.soft = soft(self.sound)
        self.skeletons = skeletons(text)

    def __repr__(self) -> str:
        return f"{self.text}/{self.role}/{self.weight:.2f}"


@dataclass(frozen=True, slots=True)
class Form:
    """One canonical form: words, how each was written, why it changed, Korean readings, where it comes from."""

    words: tuple[Word, ...]
    written: tuple[str, ...]
    why: tuple[str, ...]
    korean: tuple[korean.KoreanName, ...] = ()
    origin: str = ""


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


_SLOPES = {"person": (1.15, 0.055, 0.45), "organisation": (1.2, 0.095, 0.12), "ship": (1.15, 0.050, 0.5)}
_PLACE_WEIGHT = 0.7
_ROLE_WEIGHTS = {"title": 0.10, "particle": 0.08, "legal": 0.10, "stop": 0.04, "initial": 0.30, "number": 1.0}


@lru_cache(maxsize=400_000)
def word(kind: str, text: str, role: str) -> Word:
    """The interned word."""
    if role in {"name", "pinyin"}:
        top, slope, low = _SLOPES[kind]
        weight = max(low, top - slope * math.log2(1 + _sounds(kind).get(soft(sound(text)), 0)))
        if kind == "organisation" and text in place_words():
            weight = max(weight, _PLACE_WEIGHT)
        if kind == "person" and text == "abd":
            weight = 0.25
    else:
        weight = _ROLE_WEIGHTS[role]
    return Word(text, role, weight)


@cache
def _single(kind: str) -> frozenset[str]:
    return frozenset(fold(p[0]) for p in small_words()[kind] if len(p) == 1)


@cache
def _synonyms() -> dict[tuple[str, ...], tuple[tuple[str, ...], str]]:
    """The words of organisations with their keys folded as names are."""
    named = {
        phrase: (canonical, "translation" if phrase != canonical else "") for phrase, canonical in places().items()
    }
    return {tuple(words(" ".join(phrase))): known for phrase, known in (named | organisation_words()).items()}


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


def _person_words(tokens: list[str]) -> list[tuple[str, str, str, str]]:
    """(canonical, role, written, why) of each word of a person's name."""
    titles, particles = _single("title"), _single("particle")
    out: list[tuple[str, str, str, str]] = []
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        following = tokens[i + 1] if i + 1 < n else ""
        if is_arabic(token):
            i += _arabic_word(token, following, titles, particles, out)
            continue
        if token in _ABD_WORDS and following:
            j = i + 1
            while j < n - 1 and tokens[j] in _ARTICLES:
                j += 1
            if tokens[j] in _ALLAH_WORDS:
                out.append(("abdallah", "name", " ".join(tokens[i : j + 1]), ""))
                i = j + 1
                continue
            out.append(("abd", "name", token, ""))
            i += 1
            continue
        if token in _ABD_WORDS:
            out.append(("abd", "name", token, ""))
        elif token in _ALLAH_WORDS and out:
            out.append(("allah", "name", token, ""))
        elif token in _DIN_WORDS and out:
            out.append(("din", "name", token, ""))
        elif len(token) == 1 and token.isalpha():
            out.append((token, "initial", token, ""))
        elif token in titles and (following or not out):
            out.append((token, "title", token, ""))
        elif (token in particles and not (i == 0 and token in _GIVEN_TOO)) or (
            token in _ARTICLES and following and out
        ):
            out.append((token, "particle", token, ""))
        else:
            _compound(token, out)
        i += 1
    return out


def _compound(token: str, out: list[tuple[str, str, str, str]]) -> None:
    """Arabic compounds written as one word: Abdulrahman, Hamdullah, Saifuddin."""
    if token.isascii() and len(token) > 6:
        if token.startswith("abd") or token.startswith("abed"):
            if token in {
                "abdullah",
                "abdallah",
                "abdulla",
                "abdalla",
                "abdellah",
                "abdollah",
                "abdoullah",
                "abdoulaye",
            }:
                out.append(("abdallah", "name", token, ""))
                return
            rest = _ABD.sub("", token)
            if len(rest) >= 4 or rest in {"hai", "bar"}:
                if rest[0] == rest[1]:
                    rest = rest[1:]
                out.append(("abd", "name", token[: len(token) - len(rest)], ""))
                out.append((rest, "name", rest, ""))
                return
        found = _ALLAH.match(token)
        if found and token.endswith(("ullah", "allah", "ollah", "ulah", "illah")):
            out.append((found.group(1), "name", found.group(1), ""))
            out.append(("allah", "name", token[len(found.group(1)) :], ""))
            return
        found = _DIN.match(token)
        if found and token.endswith(
            (
                "uddin",
                "eddine",
                "eddin",
                "aldin",
                "addin",
                "oddin",
                "iddin",
                "uddeen",
                "ouddine",
                "uldin",
                "udin",
                "eldin",
                "eldine",
            )
        ):
            out.append((found.group(1), "name", found.group(1), ""))
            out.append(("din", "name", token[len(found.group(1)) :], ""))
            return
    elif token in {"abdalla", "abdulla"}:
        out.append(("abdallah", "name", token, ""))
        return
    out.append((token, "name", token, ""))


def _arabic_word(
    token: str, following: str, titles: frozenset[str], particles: frozenset[str], out: list[tuple[str, str, str, str]]
) -> int:
    """One word (or two that make one) in Arabic script; returns how many words were read."""
    if token == "عبد":
        if following in {"الله", "اللہ"}:
            out.append(("abdallah", "name", f"{token} {following}", ""))
            return 2
        out.append(("abd", "name", token, ""))
        return 1
    if token in {"عبدالله", "عبداللہ"}:
        out.append(("abdallah", "name", token, ""))
        return 1
    if token == "الله" and out:
        out.append(("allah", "name", token, ""))
        return 1
    if token in {"الدین", "دین"} and out:
        out.append(("din", "name", token, ""))
        return 1
    if token in titles and (following or not out):
        out.append((token, "title", token, ""))
        return 1
    if token in particles:
        out.append((token, "particle", token, ""))
        return 1
    if token.startswith("عبدال") and len(token) > 7:
        out += [("abd", "name", "عبد", ""), (token[5:], "name", token[3:], "")]
        return 1
    for ending, canonical in (("الله", "allah"), ("الدین", "din")):
        if token.endswith(ending) and len(token) > len(ending) + 1:
            out += [(token[: -len(ending)], "name", token[: -len(ending)], ""), (canonical, "name", ending, "")]
            return 1
    if token.startswith("ال") and len(token) > 4:
        token = token[2:]
    out.append((token, "name", token, ""))
    return 1


def _number(token: str, following: str) -> tuple[str, int]:
    """A number word or ordinal as digits and how many words it took; ('', 0) if it is none."""
    if token in _TENS:
        if following in _NUMBERS and _NUMBERS[following] < 10:
            return str(_TENS[token] + _NUMBERS[following]), 2
        if following.isdigit() and len(following) == 1:
            return str(_TENS[token] + int(following)), 2
        return str(_TENS[token]), 1
    if token in _NUMBERS:
        return str(_NUMBERS[token]), 1
    if token.isdigit():
        return token.lstrip("0") or "0", 1
    found = _ORDINAL.match(token)
    return (found.group(1), 1) if found else ("", 0)


@cache
def _first_words() -> tuple[dict[str, int], dict[str, int]]:
    """First word of each phrase -> length of the longest phrase, for legal forms and for organisation words."""
    out: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for table, first in ((legal_forms(), out[0]), (_synonyms(), out[1])):
        for phrase in table:
            first[phrase[0]] = max(first.get(phrase[0], 0), len(phrase))
    return out


def _organisation_words(tokens: list[str]) -> list[tuple[str, str, str, str]]:
    """(canonical, role, written, why) of each word of an organisation's name."""
    stops, legal, synonyms = _single("stop"), legal_forms(), _synonyms()
    legal_first, word_first = _first_words()
    out: list[tuple[str, str, str, str]] = []
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        taken = 0
        for size in range(min(legal_first.get(token, 0), n - i), 0, -1):
            phrase = tuple(tokens[i : i + size])
            form = legal.get(phrase)
            # Short forms (as, sa, co) are legal forms at the ends of a name only; inside they are words of some language.
            at_an_end = (
                i == 0
                or all(r == "legal" for _, r, _, _ in out)
                or i + size == n
                or all((t,) in legal for t in tokens[i + size :])
            )
            if (
                form
                and (at_an_end or len(" ".join(phrase)) >= 6)
                and not (size == 1 and len(token) <= 2 and i == 0 and n > 1 and token in {"al", "el", "na", "se"})
            ):
                out.append((form, "legal", " ".join(phrase), "legal form" if " ".join(phrase) != form else ""))
                taken = size
                break
        if not taken:
            for size in range(min(word_first.get(token, 0), n - i), 0, -1):
                known = synonyms.get(tuple(tokens[i : i + size]))
                if known:
                    written = " ".join(tokens[i : i + size])
                    out += [(c, "name", written, known[1]) for c in known[0]]
                    taken = size
                    break
        if not taken:
            digits, taken = _number(token, tokens[i + 1] if i + 1 < n else "")
            if taken:
                out.append((digits, "number", " ".join(tokens[i : i + taken]), "number" if digits != token else ""))
        if not taken:
            taken = 1
            if token in stops and not (n == 1):
                out.append((token, "stop", token, ""))
            elif token in _ROMAN and i > 0 and (len(token) > 1 or _only_legal(tokens[i + 1 :], legal)):
                out.append((token, "number", token, ""))
            elif is_arabic(token) and token.startswith("ال") and len(token) > 4:
                out.append((token[2:], "name", token, ""))
            else:
                canonical = token.replace("isation", "ization") if token.endswith(("isation", "isations")) else token
                out.append((canonical, "name", token, ""))
        i += taken
    return _not_all_small(out)


def _only_legal(rest: list[str], legal: dict[tuple[str, ...], str]) -> bool:
    """Whether nothing but a legal form follows (`Fund I, Ltd.`, `Partners V L.P.`)."""
    return not rest or tuple(rest) in legal


def _not_all_small(found: list[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    """A name of nothing but small words (`The Company`) is made of names after all."""
    if all(role in {"legal", "stop", "title", "particle"} for _, role, _, _ in found):
        return [
            (written if role in {"stop", "title", "particle"} else c, "name", written, why)
            for c, role, written, why in found
        ]
    return found


def _ship_words(tokens: list[str]) -> list[tuple[str, str, str, str]]:
    """(canonical, role, written, why) of each word of a ship's name, without MV, MT and the like."""
    prefixes = _single("ship")
    start = 0
    if len(tokens) > 2 and tokens[0] in {"m", "s", "f"} and tokens[1] in {"v", "t", "s", "f", "y"}:
        start = 2
    while start < len(tokens) - 1 and tokens[start] in prefixes:
        start += 1
    out: list[tuple[str, str, str, str]] = []
    rest = tokens[start:]
    for i, token in enumerate(rest):
        found = _LETTERS_DIGITS.match(token)
        if token.isdigit():
            out.append((token.lstrip("0") or "0", "number", token, ""))
        elif found and len(found.group(1)) >= 3:
            out += [
                (found.group(1), "name", found.group(1), ""),
                (found.group(2).lstrip("0") or "0", "number", found.group(2), ""),
            ]
        elif i and token in _ROMAN and (len(token) > 1 or i == len(rest) - 1):
            out.append((token, "number", token, ""))
        elif token in {"no", "nr", "number"} and i < len(rest) - 1:
            continue
        else:
            out.append((token, "name", token, ""))
    return out


_READERS = {"person": _person_words, "organisation": _organisation_words, "ship": _ship_words}


def _han_words(text: str) -> list[str]:
    """Chinese characters as pinyin: surname and given name of a person, one word a character else."""
    from anyascii import anyascii

    return [anyascii(c).lower() for c in text]


def _korean(text: str, plain: list[str], kind: str) -> tuple[korean.KoreanName, ...]:
    if kind != "person":
        return ()
    if text.isascii() or all(w.isascii() for w in plain):
        if not text.isascii():
            cyrillic = tuple(_CYRILLIC_WORD.findall(text.lower()))
            if cyrillic:
                return korean.from_cyrillic(cyrillic)
        titles = _single("title")
        return korean.from_latin(tuple(w for w in plain if len(w) == 1 or w not in titles or w == "don"))
    if plain and all(is_hangul(w) for w in plain):
        return korean.from_hangul("".join(plain))
    if plain and all(is_han(w) for w in plain):
        return korean.from_hanja("".join(plain))
    return ()


def _form(text: str, kind: str, origin: str) -> Form | None:
    plain = words(text)
    if not plain:
        return None
    readings = _korean(text, plain, kind)
    expanded: list[str] = []
    pinyin_words: set[str] = set()
    for token in plain:
        if is_han(token):
            pinyin = _han_words(token)
            first = len(expanded)
            if kind == "person" and 2 <= len(pinyin) <= 4:
                expanded += [pinyin[0], "".join(pinyin[1:])]
            elif kind == "person":
                expanded.append("".join(pinyin))
            else:
                known = _synonyms().get((token,))
                expanded += list(known[0]) if known else pinyin
            pinyin_words.update(expanded[first:])
        else:
            expanded.append(token)
    found = _READERS[kind](expanded)
    if pinyin_words:
        found = [(c, "pinyin" if c in pinyin_words and role == "name" else role, w, why) for c, role, w, why in found]
    if kind == "person":
        found = _not_all_small(found)
    if not found:
        return None
    return Form(
        tuple(word(kind, c, role) for c, role, _, _ in found),
        tuple(w for _, _, w, _ in found),
        tuple(why for _, _, _, why in found),
        readings,
        origin,
    )


def _is_acronym(text: str, plain: list[str]) -> bool:
    return (
        len(plain) == 1
        and 2 <= len(text) <= 12
        and text.isascii()
        and sum(c.isupper() for c in text) >= max(2, len(text) - 1)
    )


def _is_note(text: str, plain: list[str]) -> bool:
    """Whether words in brackets speak about the name instead of being part of it."""
    return len(plain) >= 4 or text[:1].islower() or any(c.isdigit() for c in text)


def _variants(text: str, kind: str) -> list[tuple[str, str]]:
    """(text, origin) of the forms a written name holds."""
    out: list[tuple[str, str]] = []
    parts = [p for p in _PARTS.split(text) if p.strip()]
    for part in parts or [text]:
        origin = "part of the name" if len(parts) > 1 else ""
        part = _BORN.sub("", part)  # noqa: PLW2901  a note on birth is no name
        brackets = _BRACKET.findall(part)
        inside = [*brackets, *(_QUOTED.findall(part) if not brackets else [])]
        if not inside:
            out.append((part, origin))
            continue
        base = (
            _QUOTED.sub(" ", _BRACKET.sub(" ", part)).strip(" ,;-")
            if brackets
            else _QUOTED.sub(" ", part).strip(" ,;-")
        )
        aside = False
        found: list[tuple[str, str]] = []
        for content in inside:
            stripped = _LABEL.sub("", content).strip(" .\"'“”’‘")
            plain = words(stripped)
            other_script = bool(plain) and not stripped.isascii() and not all(w.isascii() for w in plain)
            if (
                _is_acronym(stripped, plain)
                or other_script
                or (len(plain) >= 2 and stripped != content)
                or (plain and (kind == "ship" or not words(base)))
            ):
                found.append((stripped, "in brackets" if brackets else "in quotes"))
                aside = True
            elif kind == "person" or _is_note(stripped, plain):
                aside = True
        if aside and len(fold(base)) > 2:
            out.append((base, "without brackets" if brackets else "without quotes"))
        out += [(part, origin), *found]
    return out


def forms(text: str, kind: str) -> tuple[Form, ...]:
    """All canonical forms of a written name for one kind of bearer, the main one first."""
    made = (_form(part, kind, origin) for part, origin in _variants(text, kind))
    seen: dict[tuple[str, ...], Form] = {}
    for form in made:
        if form is not None:
            seen.setdefault(tuple(w.text for w in form.words), form)
    return tuple(seen.values())
