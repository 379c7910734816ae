"""Numbers of entries: from their own cells, and from the comments where lists hide them.

IMO ship and IMO company numbers are seven digits under two different check rules (model.Imo, model.ImoCompany), and
one can pass the other's. What a number is follows from what the entry is: a company's `IMO number` is a company
number, a ship's a ship number; only a number that passes the ship rule alone shows that an "entity" is a ship. A cell
that fails its own rule is kept as `imo-unchecked`, never silently as a ship.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from observance.evidence.lists.records import EntryKind, ListedIdentifier
from observance.model import Imo, ImoCompany

__all__ = ["flag_in_text", "imo_number", "in_text", "is_ship", "scheme_of"]

_IMO = re.compile(r"\bIMO\b\)?[^0-9.;]{0,32}?\b([0-9]{7})\b", re.IGNORECASE)
_MMSI = re.compile(r"\bMMSI\b[^0-9.;]{0,24}?\b([0-9]{9})\b", re.IGNORECASE)
_PASSPORT = re.compile(
    r"\bpassport(?:\s+(?:number|no\.?|n°))*\s*[:#]?\s*([A-Z]{0,3}[0-9][0-9 ]{4,10}[0-9])\b(?![0-9])", re.IGNORECASE
)
_FLAG = re.compile(r"\bFlag(?: State)?\s*:\s*([A-Z][A-Za-z' ()-]{2,40}?)\s*(?:[.,;]|$)")
_SHIP = re.compile(r"\bFlag(?: State)?\s*:|\bthe (?:vessel|ship|tanker) (?:is|was|has|had)\b", re.IGNORECASE)
_SCHEMES = (
    ("passport", ("passport", "passeport", "pasaporte")),
    ("national-id", ("national identification", "national id", "identity", "id card", "cedula", "ssn", "personal id")),
    ("tax", ("tax", "inn", "fiscal", "vat", "nit #", "rfc")),
    ("registry", ("regist", "ogrn", "company number", "business", "trade", "licen", "commercial", "regnumber")),
    ("swift", ("swift", "bic")),
    ("imo", ("imo", "vessel registration")),
    ("mmsi", ("mmsi", "maritime mobile")),
    ("callsign", ("call sign", "callsign")),
    ("wallet", ("digital currency",)),
    ("phone", ("phone",)),
    ("email", ("email", "e-mail")),
)


def scheme_of(title: str) -> str:
    """Our scheme for an issuer's word for a kind of number; `other` where none fits."""
    folded = title.casefold()
    return next((scheme for scheme, words in _SCHEMES if any(word in folded for word in words)), "other")


def imo_number(value: str, kind: EntryKind, field: str, *, written: str = "") -> ListedIdentifier:
    """An IMO number of an entry of that kind; a wrong check digit is said in the scheme and the note."""
    digits = value.strip()
    if kind == "entity" and Imo.valid(digits) and not ImoCompany.valid(digits):
        # The UN list has no kind for ships: AVAX (LYe.006) is an entity there, and its number is a ship's.
        return ListedIdentifier(scheme="imo", value=digits, field=field, written=written, note="a ship's number")
    wanted, scheme = (Imo, "imo") if kind == "vessel" else (ImoCompany, "imo-company")
    note = ""
    if not wanted.valid(digits):
        # The lists hold company numbers that miss the published rule: the issuer's word stands, and the doubt is said.
        note = "fails the check digit of its kind"
        scheme = "imo-unchecked" if kind == "vessel" else scheme
    return ListedIdentifier(scheme=scheme, value=digits, field=field, written=written, note=note)


def is_ship(numbers: Iterable[ListedIdentifier], remarks: str) -> bool:
    """Whether an entry of a list without a kind for ships is one: a ship's own number, and words about the ship."""
    return any(found.scheme == "imo" for found in numbers) and _SHIP.search(remarks) is not None


def flag_in_text(remarks: str) -> str:
    """The State that a remark names as the flag (`Flag State: Cameroon.`); empty where it names none."""
    found = _FLAG.search(remarks)
    return found[1].strip() if found else ""


def in_text(text: str, kind: EntryKind, field: str) -> Iterator[ListedIdentifier]:
    """Numbers that the comments of an entry state as its own, in order and once each.

    Only a single IMO number is taken: a company's remark that lists the ships it runs names other parties' numbers.
    """
    found = dict.fromkeys(match[1] for match in _IMO.finditer(text))
    if len(found) == 1 and kind in {"vessel", "entity"}:
        yield imo_number(next(iter(found)), kind, field)
    if kind == "vessel":
        for match in _MMSI.finditer(text):
            yield ListedIdentifier(scheme="mmsi", value=match[1], field=field)
    if kind == "person":
        for value in dict.fromkeys(match[1].replace(" ", "") for match in _PASSPORT.finditer(text)):
            yield ListedIdentifier(scheme="passport", value=value.upper(), field=field)
