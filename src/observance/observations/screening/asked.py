"""What is asked, checked at the edge: a number that cannot be right is said and never used in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from observance.evidence.lists.names import clean
from observance.evidence.lists.states import alpha2
from observance.model import Imo, ImoCompany, Mmsi

if TYPE_CHECKING:
    from observance.observations.matches import Query

__all__ = ["FIELDS", "NAME_LIMIT", "asked_key", "is_usable", "make_query", "plain_query", "query_of"]

FIELDS = ("name", "imo", "imo_company", "mmsi", "callsign", "flag", "country", "birth_date", "identifier", "type")
# The longest name on the published lists has 350 characters; anything far above is a cell gone wrong.
NAME_LIMIT = 2_000
_KINDS = {
    "person": "Person",
    "entity": "Organization",
    "company": "Organization",
    "organization": "Organization",
    "vessel": "Vessel",
    "ship": "Vessel",
    "aircraft": "Airplane",
}
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_OTHER_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


def make_query(values: Mapping[str, str], *, kind: str = "") -> tuple[Query, list[str]]:
    """A query from fields (see `FIELDS`), and what is wrong with them.

    A faulty number, State or date is left out of the query and told, so that the rest is still screened. A query
    without anything left is not usable (`is_usable`); the caller must not count it as screened.
    """
    from observance.observations.matches import Query

    told: list[str] = []
    given = {key: clean(value) for key, value in values.items() if clean(value)}
    name = given.get("name", "")
    if len(name) > NAME_LIMIT:
        told.append(f"a name of {len(name):,} characters (limit {NAME_LIMIT:,}): not screened")
        name = ""
    imo = _imo(given.get("imo", ""), told)
    company = given.get("imo_company", "")
    if company and not ImoCompany.valid(company):
        told.append(f"IMO company number {company[:20]!r} fails its check digit: compared as written")
    mmsi = given.get("mmsi", "")
    if mmsi and not Mmsi.valid(mmsi):
        told.append(f"MMSI {mmsi[:20]!r} is not nine digits: not used")
        mmsi = ""
    flag = _state("flag", given.get("flag", ""), told)
    country = _state("country", given.get("country", ""), told)
    born = _birth_date(given.get("birth_date", ""), told)
    query = Query(
        name=name,
        schema=_KINDS.get(kind.casefold(), ""),
        imo=imo,
        imo_company=company,
        mmsi=mmsi,
        callsign=given.get("callsign", ""),
        flag=flag,
        vessel_type=given.get("type", ""),
        countries=(country,) if country else (),
        birth_dates=(born,) if born else (),
        identifiers=(given["identifier"],) if given.get("identifier") else (),
    )
    return query, told


def _imo(written: str, told: list[str]) -> str:
    if not written:
        return ""
    digits = re.sub(r"^IMO\s*(?:No\.?|number)?\s*[:#]?\s*", "", written, flags=re.IGNORECASE).removesuffix(".0")
    try:
        return str(Imo(digits))
    except ValueError as fault:
        told.append(f"IMO number not used to find anybody: {str(fault)[:160]}")
        # A slip of one digit from the listed number still speaks for a name; the engine weighs it as unknown.
        return digits if len(digits) == 7 and digits.isascii() and digits.isdigit() else ""


def _state(label: str, written: str, told: list[str]) -> str:
    code = alpha2(written) if written else ""
    if written and not code:
        told.append(f"{label} {written[:40]!r} is no State we know: not used")
    return code


def _birth_date(written: str, told: list[str]) -> str:
    if not written:
        return ""
    text = written[:10]
    if found := _OTHER_DAY.fullmatch(written):
        # Day before month, as most of the world writes it; where both could be, only the year is sure.
        day, month, year = int(found[1]), int(found[2]), found[3]
        if day <= 12 and month <= 12 and day != month:
            told.append(f"birth date {written!r} could be two days: only the year is used")
            return year
        if month > 12:
            day, month = month, day
        text = f"{year}-{month:02d}-{day:02d}"
    if _DAY.fullmatch(text):
        return text
    told.append(f"birth date {written[:20]!r} is not YYYY-MM-DD: not used")
    return ""


def is_usable(query: Query) -> bool:
    """Whether anything is left to look for; a number with a wrong check digit alone finds nobody."""
    numbers = (query.imo_company, query.mmsi, query.callsign, *query.identifiers)
    return bool(query.name or any(numbers) or (query.imo and Imo.valid(query.imo)))


def plain_query(query: Query) -> dict[str, object]:
    """What was asked as plain values, empty fields left out."""
    names = ("name", "schema", "imo", "imo_company", "mmsi", "callsign", "flag", "vessel_type")
    plain: dict[str, object] = {key: value for key in names if (value := getattr(query, key))}
    for key in ("countries", "birth_dates", "identifiers"):
        if value := getattr(query, key):
            plain[key] = list(value)
    return plain


def query_of(plain: Mapping[str, Any]) -> Query:
    """The query that `plain_query` wrote down."""
    from observance.observations.matches import Query

    fields: dict[str, Any] = {key: tuple(held) if isinstance(held, list) else held for key, held in plain.items()}
    return Query(**fields)


def asked_key(query: Query) -> str:
    """One form for the same question: name without case and surplus blanks, and the numbers asked with it.

    A decision binds to it, so that it is found again when the same is asked of a newer list.
    """
    name = " ".join(query.name.casefold().split())
    parts = (name, query.imo, query.imo_company, *query.birth_dates, *query.identifiers)
    return "|".join(part for part in parts if part)
