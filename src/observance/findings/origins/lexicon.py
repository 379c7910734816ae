"""The lexicon for bare texts, compiled once: States, offices, words of saying and of certainty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

__all__ = ["Lexicon", "lexicon", "plain", "skeleton"]

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch  y  e iu ia i i e g".split(" "),
        strict=True,
    )
)
# Between a figure and a script without blanks, so that the figure stands alone.
_SEAM = re.compile(r"(?<=[\u3040-\u9fff\uac00-\ud7af])(?=\d)|(?<=\d)(?=[\u3040-\u9fff\uac00-\ud7af])")
_SIGNS = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " ", "ß": "ss"})


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case without accents; Cyrillic and other scripts keep their letters; blanks are single."""
    lowered = text.translate(_SIGNS).casefold()
    kept = "".join(sign for sign in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(sign))
    return _SEAM.sub(" ", " ".join(unicodedata.normalize("NFC", kept).split()))


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """Consonants of a name in Latin letters, so that two scripts can be compared: `Алтан Си` and `Altan Sea` agree."""
    latin = "".join(_CYRILLIC.get(sign, sign) for sign in plain(name))
    latin = latin.replace("kh", "h").replace("ck", "k").replace("ph", "f").replace("ng", "n").replace("c", "k")
    return re.sub(r"[^a-z0-9]|[aeiouyw]", "", latin)


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """One pattern for many entries: whole words, `*` for any ending, scripts without blanks anywhere."""
    parts = []
    for entry in sorted({plain(e) if not e.endswith("*") else plain(e[:-1]) + "*" for e in entries}, key=lambda e: (-len(e), e)):
        body = re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", "[ '-]")
        wide = bool(re.search(r"[\u3040-\u9fff\uac00-\ud7af]", entry))
        parts.append(body if wide else rf"(?<!\w){body}(?!\w)")
    return re.compile("|".join(parts)) if parts else re.compile(r"(?!)")


def _either(patterns: Mapping[str, re.Pattern[str]]) -> re.Pattern[str]:
    """One pattern whose group names say which of many matched."""
    return re.compile("|".join(f"(?P<{key}>{pattern.pattern})" for key, pattern in patterns.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Compiled word lists; the groups of `states` and `roles` are named by their ids."""

    states: re.Pattern[str]
    roles: re.Pattern[str]
    office: Mapping[str, re.Pattern[str]]
    implies: tuple[tuple[re.Pattern[str], str], ...]
    relays: frozenset[str]
    stateless: frozenset[str]
    body: re.Pattern[str]
    not_states: re.Pattern[str]
    say: re.Pattern[str]
    per: re.Pattern[str]
    cues: Mapping[str, re.Pattern[str]]
    units: Mapping[str, float]
    months: frozenset[str]
    calendar: frozenset[str]
    stop: frozenset[str]


_CUES = ("capacity", "hedged", "open", "unstated", "firm", "part_of_year", "whole_year")


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    import yaml

    text = resources.files("observance.findings.origins").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    months = frozenset(plain(month) for month in raw["months"])
    offices = {key: _pattern(map(str, names)) for key, names in raw["roles"].items()}
    return Lexicon(
        states=_either({key: _pattern(map(str, names)) for key, names in raw["states"].items()}),
        roles=_either(offices),
        office=offices,
        implies=tuple((_pattern([str(word)]), str(state)) for word, state in raw["implies"].items()),
        relays=frozenset(raw["relays"]),
        stateless=frozenset(raw["stateless"]),
        body=re.compile(rf"\b(?:the|die|der|das|la|le|l'|el|its) ?(?:{_pattern(map(str, raw['kinds_of_body'])).pattern})\b"),
        not_states=_pattern(map(str, raw["not_states"])),
        say=_pattern(map(str, raw["say"])),
        per=_pattern(map(str, raw["per"])),
        cues={key: _pattern(map(str, raw[key])) for key in _CUES},
        units={plain(str(key)): float(value) for key, value in raw["units"].items()},
        months=months,
        calendar=months | frozenset(plain(day) for day in raw["days"]),
        stop=frozenset(plain(word) for word in raw["stop"]),
    )
