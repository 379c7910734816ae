"""The tables of the engine: languages as data.

Each file in `tables/` is tab separated, starts with `#` lines that name its source and terms, and stands in
`tables/MANIFEST.csv` with rows and SHA-256. Nothing here knows a listed name; the tables know languages.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = [
    "arabic_names",
    "block_words",
    "frequencies",
    "given_name_classes",
    "hanja_readings",
    "korean_surnames",
    "legal_forms",
    "letters",
    "organisation_words",
    "places",
    "rows",
    "russian_stems",
    "small_words",
]


def rows(name: str) -> list[list[str]]:
    """The rows of a table as lists of cells; comment lines and empty lines are left out."""
    text = (files(__package__) / "tables" / f"{name}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _phrases(cell: str) -> list[tuple[str, ...]]:
    return [tuple(part.split()) for part in cell.split(";") if part.strip()]


@cache
def legal_forms() -> dict[tuple[str, ...], str]:
    """Words of a legal form -> canonical form (`("joint", "stock", "company")` -> `jsc`)."""
    return {phrase: form for form, spellings in rows("legal_forms") for phrase in [(form,), *_phrases(spellings)]}


@cache
def organisation_words() -> dict[tuple[str, ...], tuple[tuple[str, ...], str]]:
    """Words -> (canonical English words, `abbreviation` or `translation`)."""
    out: dict[tuple[str, ...], tuple[tuple[str, ...], str]] = {}
    for canonical, kind, variants in rows("organisation_words"):
        for phrase in _phrases(variants):
            out.setdefault(phrase, (tuple(canonical.split()), kind))
    return out


@cache
def places() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words -> the canonical words of a place (`("swiss",)` -> `("switzerland",)`)."""
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for canonical, *variants in rows("places"):
        for phrase in [tuple(canonical.split()), *_phrases(" ; ".join(variants))]:
            out.setdefault(phrase, tuple(canonical.split()))
    return out


@cache
def small_words() -> dict[str, frozenset[tuple[str, ...]]]:
    """Class (title, particle, stop, ship) -> its words and phrases."""
    return {kind: frozenset(_phrases(words)) for kind, words in rows("small_words")}


@cache
def korean_surnames() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """(romanised -> surname classes, hangul -> surname classes); a class is named by its first hangul spelling."""
    latin: dict[str, set[str]] = {}
    hangul: dict[str, set[str]] = {}
    for spelled, romanised in rows("korean_surnames"):
        names = spelled.split()
        for name in names:
            hangul.setdefault(name, set()).add(names[0])
        for form in romanised.split(";"):
            latin.setdefault(form.strip(), set()).add(names[0])
    return {k: frozenset(v) for k, v in latin.items()}, {k: frozenset(v) for k, v in hangul.items()}


@cache
def hanja_readings() -> dict[str, tuple[str, ...]]:
    """Chinese character -> its Korean readings in hangul."""
    out: dict[str, list[str]] = {}
    for reading, characters in rows("hanja"):
        for character in characters:
            if reading not in out.setdefault(character, []):
                out[character].append(reading)
    return {k: tuple(v) for k, v in out.items()}


@cache
def letters(script: str) -> dict[str, str]:
    """Letter -> Latin letters for `cyrillic`, `greek` or `arabic`."""
    return {row[1]: row[2] if len(row) > 2 else "" for row in rows("letters") if row[0] == script}


@cache
def given_name_classes() -> dict[str, frozenset[int]]:
    """Given name -> the classes it belongs to; two names that share a class can stand for one another."""
    out: dict[str, set[int]] = {}
    for number, row in enumerate(rows("given_names")):
        for name in row[0].split():
            out.setdefault(name, set()).add(number)
    return {k: frozenset(v) for k, v in out.items()}


@cache
def arabic_names() -> dict[str, str]:
    """Name in Arabic script, as written -> its usual Latin form."""
    return {row[0]: row[1] for row in rows("arabic_names")}


@cache
def block_words(script: str) -> dict[str, tuple[str, ...]]:
    """Word of organisations in `korean` (hangul) or `chinese` characters -> English words."""
    return {row[0]: tuple(row[1].split()) for row in rows(f"{script}_words")}


@cache
def russian_stems() -> dict[str, str]:
    """Beginning of a Slavic word in Latin letters -> English word."""
    return {
        "".join(stem): english for english, stems in rows("russian_stems") for stem in _phrases(stems) if len(stem) == 1
    }


@cache
def frequencies(kind: str) -> dict[str, int]:
    """Word -> in how many distinct names of the published lists it stands, for `person`, `organisation` or `ship`."""
    return {word: int(count) for row_kind, word, count in rows("word_frequency") if row_kind == kind}
