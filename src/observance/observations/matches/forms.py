"""Canonical forms of a name, per kind of bearer (person, organisation, ship).

A name can have several `Form`s: as written, without its brackets, the acronym in brackets, each part of `A; B`. The
first is the main one. Each keeps how its words were written, so that an alignment can be told in the words of the
list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from observance.observations.matches import korean
from observance.observations.matches.fold import fold, is_han, is_hangul, words
from observance.observations.matches.organisations import not_all_small, organisation_name_words
from observance.observations.matches.persons import person_words
from observance.observations.matches.ships import ship_words
from observance.observations.matches.tables import block_words, legal_forms
from observance.observations.matches.words import Read, Word, place_words, single_words, word

__all__ = ["LONGEST_NAME", "Form", "forms"]

LONGEST_NAME = 1000

_BRACKET = re.compile(r"[(\[（]([^()\[\]（）]{1,200})[)\]）]")
_QUOTED = re.compile(r"[\"“«„]([^\"“”«»„]{2,80})[\"“”»]")
_LABEL = re.compile(
    r"^\s*(?:original script|arabic|russian|chinese|korean|formerly|former|previously|also known as"
    r"|a\.?k\.?a\.?|f\.?k\.?a\.?)\s*[:;]?\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*;\s*|\s+/\s+|\s+(?:a\.?k\.?a\.?|f\.?k\.?a\.?)\s+", re.IGNORECASE)
_BORN = re.compile(r",\s*(?:born|d\.?o\.?b\.?)\b.*$", re.IGNORECASE)
# What makes a name more than one form; most names have none of it.
_SPECIAL = re.compile(r"[(\[（\"“”«»„;/]|k\.?a\b|,\s*(?:born|d\.?o\.?b)", re.IGNORECASE)
_CYRILLIC_WORD = re.compile(r"[а-яёъ]+")


@dataclass(frozen=True, slots=True)
class Form:
    """One canonical form: words, how each was written, why it changed, Korean readings, where it comes from."""

    words: tuple[Word, ...]
    written: tuple[str, ...]
    why: tuple[str, ...]
    korean: tuple[korean.KoreanName, ...] = ()
    origin: str = ""

    @property
    def letters(self) -> str:
        """The name as written, without blanks."""
        return "".join(self.written).replace(" ", "")


_READERS = {"person": person_words, "organisation": organisation_name_words, "ship": ship_words}


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
        if len(plain) > 3:
            titles = single_words("title")
            plain = [w for w in plain if w not in titles]
        return korean.from_latin(tuple(plain)) if 2 <= len(plain) <= 3 else ()
    if plain and all(is_hangul(w) for w in plain):
        return korean.from_hangul("".join(plain))
    if plain and all(is_han(w) for w in plain):
        return korean.from_hanja("".join(plain))
    return ()


def _segments(text: str, script: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Known words, the longest first, and the rest between them: (characters, English words or none)."""
    table = block_words(script)
    longest = max(map(len, table))
    rest = ""
    at = 0
    while at < len(text):
        for size in range(min(longest, len(text) - at), 0, -1):
            known = table.get(text[at : at + size])
            if known and (size > 1 or script == "korean"):
                if rest:
                    yield rest, ()
                    rest = ""
                yield text[at : at + size], known
                at += size
                break
        else:
            rest += text[at]
            at += 1
    if rest:
        yield rest, ()


def _blocks(plain: list[str], kind: str) -> list[Read]:
    """Words in Chinese characters or hangul: translated in organisations, the rest as pinyin or in DPRK spelling.

    Pinyin is compared letter by letter only: its syllables are too short for slips.
    """
    expanded: list[str] = []
    pinyin: set[str] = set()
    hangul = "".join(token for token in plain if is_hangul(token))
    for token in plain:
        if kind == "person":
            parts = _han_words(token) if is_han(token) else [token]
            if is_han(token) and 2 <= len(parts) <= 4:
                parts = [parts[0], "".join(parts[1:])]
            elif is_han(token):
                parts = ["".join(parts)]
            pinyin.update(parts if is_han(token) else ())
            expanded += parts
        elif is_han(token) or is_hangul(token):
            run, script = (token, "chinese") if is_han(token) else (hangul, "korean")
            hangul = "" if is_hangul(token) else hangul
            for characters, english in _segments(run, script):
                spelled = "".join(_han_words(characters)) if script == "chinese" else korean.spell(characters)
                expanded += english or (spelled,)
                if not english and script == "chinese":
                    pinyin.add(spelled)
        else:
            expanded.append(token)
    found = _READERS[kind]([e for e in expanded if e])
    return [(c, "pinyin" if c in pinyin and role == "name" else role, w, why) for c, role, w, why in found]


def _form(text: str, kind: str, origin: str) -> Form | None:
    plain = words(text)
    if not plain:
        return None
    readings = _korean(text, plain, kind)
    blocks = not text.isascii() and any(is_han(w) or (kind != "person" and is_hangul(w)) for w in plain)
    found = _blocks(plain, kind) if blocks else _READERS[kind](plain)
    if kind == "person":
        found = not_all_small(found)
    if not found:
        return None
    canonical, roles, written, why = zip(*found, strict=True)
    return Form(
        tuple([word(kind, c, role) for c, role in zip(canonical, roles, strict=True)]), written, why, readings, origin
    )


def _is_acronym(text: str, plain: list[str]) -> bool:
    return (
        len(plain) == 1
        and 2 <= len(text) <= 12
        and text.isascii()
        and sum(c.isupper() for c in text) >= max(2, len(text) - 1)
    )


def _ends_with(text: str, content: str) -> bool:
    """Whether nothing but punctuation follows; an acronym further inside stands for a part of the name only."""
    return not words(text[text.rfind(content) + len(content) :])


def _is_note(text: str, plain: list[str]) -> bool:
    """Whether words in brackets speak about the name instead of being part of it."""
    return len(plain) >= 4 or text[:1].islower() or any(c.isdigit() for c in text)


def _variants(text: str, kind: str) -> list[tuple[str, str]]:
    """(text, origin) of the forms a written name holds."""
    if not _SPECIAL.search(text):
        return [(text, "")]
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
            other_script = not stripped.isascii() and any(not w.isascii() for w in plain) and base.isascii()
            if (
                (_is_acronym(stripped, plain) and _ends_with(part, content))
                or other_script
                or (len(plain) >= 2 and stripped != content)
                or (plain and (kind == "ship" or not words(base)))
            ):
                found.append((stripped, "in brackets" if brackets else "in quotes"))
                aside = True
            elif kind == "person" or (brackets and _is_note(stripped, plain)):
                aside = True
        if aside and len(fold(base)) > 2:
            out.append((base, "without brackets" if brackets else "without quotes"))
        out += [(part, origin), *found]
    return out


@cache
def _unspecific() -> frozenset[str]:
    return place_words() | frozenset(legal_forms().values())


def _says_nothing(form: Form) -> bool:
    """Whether a derived form names nothing but places and legal forms, such as `(HK)` or the `PJSC` of `PJSC "..."`."""
    unspecific = _unspecific()
    return all(w.role != "name" or w.text in unspecific for w in form.words)


def forms(text: str, kind: str) -> tuple[Form, ...]:
    """All canonical forms of a written name for one kind of bearer, the main one first.

    Only the first `LONGEST_NAME` characters are read: the longest of 92,000 published names has 244.
    """
    variants = _variants(text[:LONGEST_NAME], kind)
    if len(variants) == 1:
        form = _form(variants[0][0], kind, variants[0][1])
        return () if form is None else (form,)
    seen: dict[tuple[str, ...], Form] = {}
    for part, origin in variants:
        form = _form(part, kind, origin)
        if form is not None and not (origin and kind == "organisation" and _says_nothing(form)):
            seen.setdefault(tuple(w.text for w in form.words), form)
    return tuple(seen.values())
