"""The words of an organisation's name: legal forms, abbreviations, translated words, numbers.

Legal forms and words are replaced by one canonical word each, the longest phrase first (`tables/legal_forms.tsv`,
`tables/organisation_words.tsv`, `tables/places.tsv`). Short legal forms (AS, SA, CO) are read as such only at the
ends of a name.
"""

from __future__ import annotations

import re
from functools import cache

from observance.observations.matches.fold import is_arabic, words
from observance.observations.matches.persons import arabic_name
from observance.observations.matches.tables import legal_forms, organisation_words, places, russian_stems
from observance.observations.matches.words import ROMAN, Read, single_words

__all__ = ["not_all_small", "organisation_name_words", "synonyms"]

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
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
_LEAST_STEM = 5
_LONGEST_STEM = 14
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")


@cache
def synonyms() -> dict[tuple[str, ...], tuple[tuple[str, ...], str]]:
    """The words of organisations and places, with their keys folded as names are."""
    named = {
        phrase: (canonical, "translation" if phrase != canonical else "") for phrase, canonical in places().items()
    }
    return {tuple(words(" ".join(phrase))): known for phrase, known in (named | organisation_words()).items()}


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
    for table, first in ((legal_forms(), out[0]), (synonyms(), out[1])):
        for phrase in table:
            first[phrase[0]] = max(first.get(phrase[0], 0), len(phrase))
    return out


def organisation_name_words(tokens: list[str]) -> list[Read]:
    """(canonical, role, written, why) of each word of an organisation's name."""
    stops, legal, known_words = single_words("stop"), legal_forms(), synonyms()
    legal_first, word_first = _first_words()
    out: list[Read] = []
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        taken = 0
        for size in range(min(legal_first.get(token, 0), n - i), 0, -1):
            phrase = tuple(tokens[i : i + size])
            form = legal.get(phrase)
            # Short forms (as, sa, co) are legal forms at the ends of a name only; inside they are words of some
            # language.
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
                known = known_words.get(tuple(tokens[i : i + size]))
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
            if token in stops and n != 1:
                out.append((token, "stop", token, ""))
            elif token in ROMAN and i > 0 and (len(token) > 1 or _only_legal(tokens[i + 1 :], legal)):
                out.append((token, "number", token, ""))
            elif is_arabic(token):
                canonical, why = _arabic(token)
                out.append((canonical, "name", token, why))
            else:
                english = _slavic(token) if len(token) >= _LEAST_STEM else ""
                canonical = token.replace("isation", "ization") if token.endswith(("isation", "isations")) else token
                out.append((english or canonical, "name", token, "translation" if english else ""))
        i += taken
    return not_all_small(out)


def _arabic(token: str) -> tuple[str, str]:
    """A word in Arabic script without its article or preposition, translated where it is known."""
    for start in ("", "ال", "وال", "لل", "بال", "و", "ب", "ل"):
        rest = token[len(start) :]
        if token.startswith(start) and len(rest) >= 3:
            known = synonyms().get((rest,)) or synonyms().get(("ال" + rest,))
            if known and len(known[0]) == 1:
                return known[0][0], known[1]
    return arabic_name(token), ""


def _slavic(token: str) -> str:
    """The English word for a Slavic one whose beginning is known."""
    stems = russian_stems()
    for size in range(min(len(token), _LONGEST_STEM), _LEAST_STEM - 1, -1):
        english = stems.get(token[:size])
        if english:
            return english
    return ""


def _only_legal(rest: list[str], legal: dict[tuple[str, ...], str]) -> bool:
    """Whether nothing but a legal form follows (`Fund I, Ltd.`, `Partners V L.P.`)."""
    return not rest or tuple(rest) in legal


def not_all_small(found: list[Read]) -> list[Read]:
    """A name of nothing but small words (`The Company`) is made of names after all."""
    if all(role in {"legal", "stop", "title", "particle"} for _, role, _, _ in found):
        return [
            (written if role in {"stop", "title", "particle"} else c, "name", written, why)
            for c, role, written, why in found
        ]
    return found
