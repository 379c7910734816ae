"""From the text as stored to the text that is parsed, with every character's way back.

Curly quotes, dashes and hard spaces are replaced one to one. Some stretches only disturb a parser and are left out of
the parsed text: paragraph numbers, bracketed short names ("(DPRK)"), IMO numbers in brackets, "[sic]", "(laughter)"
and the self-repairs of transcripts ("en- — enter"). `at` gives for each character of the parsed text its place in the
document, so that spans always count in the text as stored. All patterns are bounded: no input makes them slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from observance.observations.claims.record import Span

_ONE_TO_ONE = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "\u2014", "\u2015": "\u2014",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\t": " ", "\n": " ", "\r": " ",
        "\ufeff": " ", "\u200b": " ",
    }
)  # fmt: skip

_IMO = re.compile(r"IMO(?: ?(?:number|No\.?|no\.?|#))?:? ?(\d{7})\b")
_LEFT_OUT = re.compile(
    r"""
      ^\s{0,4}\(?\d{1,3}[.)]\s{1,3}(?=[A-Z"])                     # paragraph number
    | ^\s{0,4}[\u2022*\u25cf-]\s{1,3}                             # bullet
    | \s?\[sic\]
    | \s?\[\d{1,3}\]                                              # footnote mark
    | \s?\((?:laughter|applause|inaudible|crosstalk|sic|voice-over|on\ camera|through\ interpreter)\.?\)\s?[\u2014-]?
    | \s\((?:IMO|MMSI|call\ sign|hull)[^()]{1,60}\)
    | \s\("?(?:the\ )?(?:[A-Z][A-Z.&-]{1,11}|U\.[SNK]\.)"?(?:\ or\ "?[A-Z][\w. ]{1,30}"?)?\)   # a short name
    | \b\w{1,10}-\s?[\u2014-]\s(?:\(?[\w\ ]{0,12}\)?\ ?[\u2014]\s)?                         # a word broken off
    | \b(\w{1,12}(?:\ \w{1,12}){0,2})\s?[\u2014]\s(?=\1\b)         # words said twice
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORT = re.compile(r"\(\"?(?:the )?([A-Z][A-Z.&-]{1,11})\"?")


@dataclass(frozen=True, slots=True)
class Folded:
    """Text to be parsed; `at[i]` is the place in the document of its i-th character.

    Attributes:
        imos: (place in the parsed text after which it stood, number).
        shorts: (place, short name) of bracketed short names.
    """

    text: str
    at: tuple[int, ...]
    imos: tuple[tuple[int, str], ...]
    shorts: tuple[tuple[int, str], ...]

    def span(self, start: int, end: int) -> Span:
        """The span in the document of `[start, end)` of the parsed text."""
        return (self.at[start], self.at[end - 1] + 1)


_NAMED = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+-[a-z]{2,6}\b|\b[A-Z][a-z]{2,}-[A-Z][a-z]{2,}\b")
_NOT_A_NAME = re.compile(
    r"-(?:flag|flagged|based|led|owned|made|linked|born|backed|style|run|bound|built|elect|general|aid|wide|held|funded|era|only|level|type)\b"
)


_SHOUTED = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,}){1,4}\b|\b[A-Z]{6,}\b")


def parsed(text: str) -> str:
    """The text as the parser gets it.

    The hyphen inside a name ("Won-sik", "Ningbo-Zhoushan") does not part it. Same length.
    """

    def joined(found: re.Match[str]) -> str:
        words = found.group(0)
        return words if _NOT_A_NAME.search(words) else words.replace("-", "\u2011")

    def lowered(found: re.Match[str]) -> str:
        words = found.group(0)
        return (
            words
            if any(len(w) < 3 or w in {"DPRK", "OFAC", "UNSC", "NATO", "USA"} for w in words.split()[:1])
            else words.title()
        )

    return _SHOUTED.sub(lowered, _NAMED.sub(joined, text))


def fold(text: str, start: int, end: int) -> Folded:
    """Make ready `text[start:end]` for the parser."""
    raw = text[start:end].translate(_ONE_TO_ONE)
    keep: list[str] = []
    at: list[int] = []
    imos: list[tuple[int, str]] = []
    shorts: list[tuple[int, str]] = []
    length = 0
    last = 0
    for found in _LEFT_OUT.finditer(raw):
        keep.append(raw[last : found.start()])
        at.extend(range(start + last, start + found.start()))
        length += found.start() - last
        piece = found.group(0)
        number = _IMO.search(piece)
        if number:
            imos.append((length, number.group(1)))
        elif short := _SHORT.search(piece):
            shorts.append((length, short.group(1)))
        last = found.end()
    keep.append(raw[last:])
    at.extend(range(start + last, end))
    body = "".join(keep)
    imos.extend((found.start(), found.group(1)) for found in _IMO.finditer(body))
    return Folded(body, tuple(at), tuple(imos), tuple(shorts))
