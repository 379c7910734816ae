"""The lexicon for bare texts, compiled once: States, offices, words of saying and of certainty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

__all__ = ["Lexicon", "lexicon", "named", "plain", "skeleton", "state_label", "state_names", "states_in"]

# One Latin reading a letter; the two signs are silent.
_CYRILLIC = {
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "й": "i",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "iu",
    "я": "ia",
    "і": "i",
    "ї": "i",
    "є": "e",
    "ґ": "g",
}
# Between a figure and a script without blanks, so that the figure stands alone.
_SEAM = re.compile(r"(?<=[\u3040-\u9fff\uac00-\ud7af])(?=\d)|(?<=\d)(?=[\u3040-\u9fff\uac00-\ud7af])")
_SIGNS = str.maketrans(
    {
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "ß": "ss",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "đ": "d",
        "æ": "ae",
    }
)


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


_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")


def _bodies(entries: Iterable[str]) -> tuple[str, str]:
    """Alternatives for whole words (`*` for any ending or beginning), and for scripts without blanks; longest first."""
    folded = {"*".join(plain(part) for part in entry.split("*")) for entry in entries}
    words: list[str] = []
    wide: list[str] = []
    for entry in sorted(folded, key=lambda e: (-len(e), e)):
        body = re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", "[ '-]")
        (wide if _WIDE.search(entry) else words).append(body)
    return "|".join(words), "|".join(wide)


def _either(lists: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One pattern over many word lists; the group that matched is named by its list, `_w` added in wide scripts.

    The border of a word is looked at once and not for each entry: that is what makes a scan cheap.
    """
    bodies = {key: _bodies(entries) for key, entries in lists.items()}
    words = "|".join(f"(?P<{key}>{body})" for key, (body, _) in bodies.items() if body)
    wide = "|".join(f"(?P<{key}_w>{body})" for key, (_, body) in bodies.items() if body)
    parts = [rf"(?<!\w)(?:{words})(?!\w)"] if words else []
    parts += [rf"(?=[\u3040-\u9fff\uac00-\ud7af])(?:{wide})"] if wide else []
    return re.compile("|".join(parts)) if parts else re.compile(r"(?!)")


def _pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """One pattern for one word list."""
    return _either({"found": entries})


def named(match: re.Match[str]) -> str:
    """The list that matched."""
    return (match.lastgroup or "").removesuffix("_w")


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
def _lists() -> dict[str, Any]:
    import yaml

    text = resources.files("observance.findings.origins").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    # Strings only: `no` and `on` are words here.
    lists: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506  see above
    return lists


@cache
def state_names() -> re.Pattern[str]:
    """The names of States alone, for whoever needs no more."""
    return _either(_lists()["states"])


@cache
def _states_by_start() -> dict[str, re.Pattern[str]]:
    """The names of States by their first two characters: a scan then tries a handful at each word, not hundreds."""
    by_start: dict[str, dict[str, list[str]]] = {}
    for code, names in _lists()["states"].items():
        for name in names:
            by_start.setdefault(plain(str(name).removesuffix("*"))[:2], {}).setdefault(code, []).append(str(name))
    return {start: _either(lists) for start, lists in by_start.items()}


_STARTS = re.compile(r"(?<!\w)\w|[\u3040-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=8192)
def states_in(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Places of States in a folded text: start, end, code; none inside another."""
    known = _states_by_start()
    found: list[tuple[int, int, str]] = []
    reach = 0
    for place in _STARTS.finditer(folded):
        start = place.start()
        pattern = known.get(folded[start : start + 2]) if start >= reach else None
        match = pattern.match(folded, start) if pattern else None
        if match:
            found.append((start, match.end(), named(match)))
            reach = match.end()
    return tuple(found)


@cache
def state_label(code: str) -> str | None:
    """English name of a State by its code, where the lexicon has it whole."""
    if len(code) != 3 or not code.isupper():
        return None
    names = _lists()["states"].get(code)
    return str(names[0]).removesuffix("*").title() if names else None


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package."""
    raw = _lists()
    months = frozenset(plain(month) for month in raw["months"])
    offices = {key: _pattern(map(str, names)) for key, names in raw["roles"].items()}
    return Lexicon(
        states=state_names(),
        roles=_either(raw["roles"]),
        office=offices,
        implies=tuple((_pattern([str(word)]), str(state)) for word, state in raw["implies"].items()),
        relays=frozenset(raw["relays"]),
        stateless=frozenset(raw["stateless"]),
        body=re.compile(rf"\b(?:the|die|der|das|la|le|l'|el|its) ?(?:{_bodies(raw['kinds_of_body'])[0]})\b"),
        not_states=_pattern(raw["not_states"]),
        say=_pattern(raw["say"]),
        per=_pattern(raw["per"]),
        cues={key: _pattern(raw[key]) for key in _CUES},
        units={plain(str(key)): float(value) for key, value in raw["units"].items()},
        months=months,
        calendar=months | frozenset(plain(day) for day in raw["days"]),
        stop=frozenset(plain(word) for word in raw["stop"]),
    )
