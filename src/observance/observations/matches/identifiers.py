"""Identifiers of ships and companies, and their check digits.

IMO ship number (IMO resolution A.1117(30)): seven digits, the last is the units digit of the sum of the first six times
7, 6, 5, 4, 3, 2. IMO company and registered owner number (IMO resolution MSC.160(78), scheme of IHS): seven digits, the
last is (11 - (sum of the first six times 8, 6, 4, 2, 9, 7) mod 11) mod 10. The two are different registers: about one
company number in ten also passes the ship rule, so that the kind must come from the context, never from the digits. A
right check digit proves that a number was not mistyped, and nothing else.
"""

from __future__ import annotations

import re

__all__ = [
    "IMO_IN_TEXT",
    "is_imo_company_number",
    "is_imo_ship_number",
    "is_mmsi",
    "plain_identifier",
    "seven_digits",
]

_SHIP = (7, 6, 5, 4, 3, 2)
_COMPANY = (8, 6, 4, 2, 9, 7)
_DIGITS = re.compile(r"(?<!\d)\d{7}(?!\d)")
IMO_IN_TEXT = re.compile(
    r"\bIMO(?:[ \t\u00a0]{0,3}(?:No\.?|number|numbers|#|:|\(|-)){0,3}[ \t\u00a0]{0,3}(\d{7})(?!\d)", re.IGNORECASE
)
_PLAIN = re.compile(r"[^0-9A-Z]")


def seven_digits(text: str) -> str:
    """The one run of exactly seven digits in `text` (`IMO 9058713`, `9058713.0` is not one), or an empty string."""
    found = _DIGITS.findall(text)
    return found[0] if len(found) == 1 else ""


def is_imo_ship_number(text: str) -> bool:
    """Whether seven digits pass the rule of ship numbers."""
    if len(text) != 7 or not text.isascii() or not text.isdigit() or text == "0000000":
        return False
    return sum(w * int(c) for w, c in zip(_SHIP, text, strict=False)) % 10 == int(text[6])


def is_imo_company_number(text: str) -> bool:
    """Whether seven digits pass the rule of company numbers."""
    if len(text) != 7 or not text.isascii() or not text.isdigit() or text == "0000000":
        return False
    return (11 - sum(w * int(c) for w, c in zip(_COMPANY, text, strict=False)) % 11) % 10 == int(text[6])


def is_mmsi(text: str) -> bool:
    """Whether nine digits can be the MMSI of a ship station (ITU-R M.585: the first digit is 2 to 7)."""
    return len(text) == 9 and text.isascii() and text.isdigit() and text[0] in "234567"


def plain_identifier(text: str) -> str:
    """A registry, tax or passport number without blanks and punctuation, upper case."""
    return _PLAIN.sub("", text.upper())


def digits_apart(one: str, two: str) -> int:
    """In how many places two numbers of one length differ; a swap of neighbours counts once."""
    if len(one) != len(two):
        return max(len(one), len(two))
    places = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    if (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == two[places[1]]
        and one[places[1]] == two[places[0]]
    ):
        return 1
    return len(places)
