"""The words of a person's name: titles, particles, initials, and Arabic compounds taken apart.

Abdulrahman, Abd al-Rahman and عبد الرحمن become abd + rahman; Hamdullah and حمد الله become hamd + allah; Saifuddin,
Saif al-Din and سيف الدين become saif + din. The article al- is a particle wherever it stands. A title counts as one
only before a name.
"""

from __future__ import annotations

import re
from functools import cache

from observance.observations.matches.fold import fold, is_arabic
from observance.observations.matches.tables import arabic_names
from observance.observations.matches.words import Read, single_words

__all__ = ["arabic_name", "person_words"]

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


def person_words(tokens: list[str]) -> list[Read]:
    """(canonical, role, written, why) of each word of a person's name."""
    titles, particles = single_words("title"), single_words("particle")
    out: list[Read] = []
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


def _compound(token: str, out: list[Read]) -> None:
    """Arabic compounds written as one word: Abdulrahman, Hamdullah, Saifuddin."""
    if token.isascii() and len(token) > 6:
        if token.startswith(("abd", "abed")):
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
        if token.startswith(("abul", "abol", "aboul")) and len(token) > 7:
            rest = token[5:] if token.startswith("aboul") else token[4:]
            out += [("abu", "particle", token[: len(token) - len(rest)], ""), (rest, "name", rest, "")]
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


def _arabic_word(token: str, following: str, titles: frozenset[str], particles: frozenset[str], out: list[Read]) -> int:
    """One word (or two that make one) in Arabic script; returns how many words were read."""
    if token == "عبد":
        if following in {"الله", "اللہ"}:
            out.append(("abdallah", "name", f"{token} {following}", ""))
            return 2
        out.append(("abd", "name", token, ""))
        return 1
    if token in {"عبدالله", "عبداللہ", "العبدالله"}:
        out.append(("abdallah", "name", token, ""))
        return 1
    if token in {"الله", "اللہ"}:
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
    if token.startswith("ابوال") and len(token) > 7:
        out += [("abu", "particle", "ابو", ""), (arabic_name(token[5:]), "name", token[3:], "")]
        return 1
    if token.startswith("عبدال") and len(token) >= 7:
        out += [("abd", "name", "عبد", ""), (arabic_name(token[5:]), "name", token[3:], "")]
        return 1
    for ending, canonical in (("الله", "allah"), ("الدین", "din")):
        if token.endswith(ending) and len(token) > len(ending) + 1:
            out += [
                (arabic_name(token[: -len(ending)]), "name", token[: -len(ending)], ""),
                (canonical, "name", ending, ""),
            ]
            return 1
    for cut in range(2, len(token) - 1) if token not in _names() else ():
        # Two common names written as one: Mohammadali, Alireza.
        if token[:cut] in _names() and token[cut:] in _names():
            out += [(_names()[part], "name", part, "") for part in (token[:cut], token[cut:])]
            return 1
    out.append((arabic_name(token), "name", token, ""))
    return 1


@cache
def _names() -> dict[str, str]:
    return {fold(written): latin for written, latin in arabic_names().items()}


def arabic_name(token: str) -> str:
    """A common name in its Latin form, another one without its article."""
    known = _names().get(token)
    if known is None and token.startswith("ال") and len(token) >= 4:
        known = _names().get(token[2:])
        if len(token) > 4:
            token = token[2:]
    return token if known is None else known
