"""From a name as written to plain words: case, accents, punctuation, script.

`words(text)` gives lower-case words. Latin letters lose their accents; Cyrillic and Greek become Latin by the tables of
this package; Arabic script keeps its letters (in one spelling each: alef, yeh and kaf have several code points and
presentation forms) since only its consonants can be compared with Latin; hangul and Chinese characters stay; every
other script goes through `anyascii`. Apostrophes vanish (Ch'oe, Qa'ida, Sa'd), letters with dots become one word
(A.B.C.), all other punctuation parts words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from observance.observations.matches.tables import letters

__all__ = ["fold", "is_arabic", "is_han", "is_hangul", "script_of", "words"]

_APOSTROPHES = "'’‘ʼʻ`´ʹʺʾʿ＇′\u02bd\u02c8"
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_CYRILLIC_TEXT = re.compile("[A-Za-z\u0400-\u04ff]+")
_LOOKALIKES = "ABCEHIKMOPTXYaceiopxy"
_TO_CYRILLIC = str.maketrans(_LOOKALIKES, "АВСЕНІКМОРТХУасеіорху")
_DOTTED = re.compile(r"(?<![a-z])((?:[a-z]\.){2,})([a-z](?![a-z]))?")
_LATIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
    "ŋ": "ng", "ə": "a",
    "ŀ": "l", "ĸ": "k", "ŧ": "t", "ʒ": "z", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ǝ": "a", "№": " no ", "&": " and ",
    "@": " at ",
}  # fmt: skip
_ARABIC_SPELLINGS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ی", "ي": "ی", "ې": "ی", "ۍ": "ی", "ے": "ی", "ئ": "ی", "ك": "ک",
    "ګ": "گ", "ؤ": "و",
    "ھ": "ه", "ہ": "ه", "ۀ": "ه", "ە": "ه", "ة": "ه", "ں": "ن", "ڼ": "ن", "ـ": "", "ء": "", "\u200c": "",
    "\u200d": "", "\u200f": "", "\u200e": "",
}  # fmt: skip


@cache
def _ascii_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in range(128):
        char = chr(code)
        table[code] = char.lower() if char.isalnum() else " "
    table[ord("'")] = ""
    table[ord("`")] = ""
    table[ord("&")] = " and "
    return table


@cache
def _alphabet() -> dict[str, str]:
    return {**letters("cyrillic"), **letters("greek"), **_LATIN}


def is_arabic(text: str) -> bool:
    """Whether the first character is an Arabic letter (after folding)."""
    return bool(text) and "\u0600" <= text[0] <= "\u06ff"


def is_hangul(text: str) -> bool:
    """Whether the first character is a hangul syllable."""
    return bool(text) and "\uac00" <= text[0] <= "\ud7a3"


def is_han(text: str) -> bool:
    """Whether the first character is a Chinese character."""
    return bool(text) and (
        "\u4e00" <= text[0] <= "\u9fff" or "\u3400" <= text[0] <= "\u4dbf" or "\uf900" <= text[0] <= "\ufaff"
    )


def script_of(char: str) -> str:
    """The script of one letter as far as the engine tells them apart."""
    code = ord(char)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "latin"
    if 0x400 <= code < 0x530:
        return "cyrillic"
    if 0x370 <= code < 0x400:
        return "greek"
    if 0x600 <= code < 0x700 or 0x750 <= code < 0x780:
        return "arabic"
    if 0xAC00 <= code < 0xD7A4:
        return "hangul"
    if is_han(char):
        return "han"
    return "other"


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    """One character after NFKC, lower case, as the engine writes it."""
    known = _alphabet().get(char)
    if known is not None:
        return known
    if char in _ARABIC_SPELLINGS:
        return _ARABIC_SPELLINGS[char]
    kind = script_of(char)
    category = unicodedata.category(char)
    if char in _APOSTROPHES or category in {"Mn", "Cf", "Lm"}:
        return ""
    if kind in {"hangul", "han"} or (kind == "arabic" and category == "Lo"):
        return char
    if kind in {"latin", "cyrillic", "greek"}:
        plain = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)).lower()
        return plain if plain.isascii() and plain.isalnum() else "".join(_alphabet().get(c, " ") for c in plain) or " "
    if category[0] in "LN" or category == "Mc":
        from anyascii import anyascii

        return anyascii(char).lower()
    return " "


def _other_scripts(text: str) -> str:
    """Transliterate runs of scripts that `anyascii` knows better as whole words (vowel signs belong to letters)."""
    from anyascii import anyascii

    out: list[str] = []
    for word in text.split():
        if any(script_of(c) == "other" and unicodedata.category(c)[0] in "LM" for c in word):
            word = anyascii(word).lower()  # noqa: PLW2901  the word is replaced as a whole
        out.append(word)
    return " ".join(out)


def _lookalikes(match: re.Match[str]) -> str:
    """Latin letters that look like Cyrillic ones, in a word of nothing else or among Cyrillic letters, as Cyrillic."""
    word = match.group()
    return (
        word
        if any(c.isascii() and c.isalpha() and c not in _LOOKALIKES for c in word)
        else word.translate(_TO_CYRILLIC)
    )


def fold(text: str) -> str:
    """Lower-case words parted by single blanks."""
    if text.isascii():
        lowered = text.lower()
        if "." in lowered:
            lowered = _DOTTED.sub(lambda m: m.group(0).replace(".", "") + " ", lowered)
        return " ".join(lowered.translate(_ascii_table()).split())
    text = unicodedata.normalize("NFKC", text)
    if _CYRILLIC.search(text):
        text = _CYRILLIC_TEXT.sub(_lookalikes, text)
    text = text.lower()
    if "." in text:
        text = _DOTTED.sub(lambda m: m.group(0).replace(".", "") + " ", text)
    if any(script_of(c) == "other" and unicodedata.category(c)[0] == "L" for c in text):
        text = _other_scripts(text)
    # Composed letters that the alphabet knows (й, ё, ї) must not be taken apart first.
    return " ".join("".join(map(_letter, unicodedata.normalize("NFC", text))).split())


def words(text: str) -> list[str]:
    """The folded words of a name."""
    return fold(text).split()
