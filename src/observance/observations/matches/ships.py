"""The words of a ship's name, without M/V, M/T and the like; numbers apart from names (SANAR15, SANAR-15, SANAR XV)."""

from __future__ import annotations

import re

from observance.observations.matches.words import ROMAN, Read, single_words

__all__ = ["ship_words"]

_LETTERS_DIGITS = re.compile(r"^([a-z]{2,})(\d{1,4})$")


def ship_words(tokens: list[str]) -> list[Read]:
    """(canonical, role, written, why) of each word of a ship's name, without MV, MT and the like."""
    prefixes = single_words("ship")
    start = 0
    if len(tokens) > 2 and tokens[0] in {"m", "s", "f"} and tokens[1] in {"v", "t", "s", "f", "y"}:
        start = 2
    while start < len(tokens) - 1 and tokens[start] in prefixes:
        start += 1
    out: list[Read] = []
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
        elif i and token in ROMAN and (len(token) > 1 or i == len(rest) - 1):
            out.append((token, "number", token, ""))
        elif token in {"no", "nr", "number"} and i < len(rest) - 1:
            continue
        else:
            out.append((token, "name", token, ""))
    return out
