"""What stands beside the name: identifiers, birth dates, countries, flags, kind of ship.

The rules, each with its effect on the score (kept in the `Qualifier`):

- An equal IMO ship number makes the hit whatever the name is: ships change their names, hulls keep their number.
  Likewise an IMO company number (only against company numbers) and another identifier a list carries.
- A *valid* IMO number of another ship caps a name hit at 0.55: it stays a near miss that says why. A number with a
  wrong check digit is unknown: one digit from the listed number it speaks for the hit, far from it it takes 0.10 from
  a name that is only similar.
- MMSI and call sign are re-used and shared (one MMSI stands at two listed vessels): alone they give a near miss,
  beside a name they add 0.05.
- Birth dates: the same day adds 0.03, the same year 0.02; years more than one apart on every listed date take 0.12.
  Lists hold several dates and often a year only, so that nothing else counts.
- Countries: one in common adds 0.02, none in common takes 0.05. Flags and ship types change too often to count
  against; they are told.
"""

from __future__ import annotations

from observance.observations.matches.identifiers import digits_apart, is_imo_ship_number, plain_identifier, seven_digits
from observance.observations.matches.index import Index
from observance.observations.matches.records import EntityRecord, Qualifier, Query

__all__ = ["identifier_hits", "qualify"]

_REGISTER_SCORES = {"IMO number": 1.0, "IMO company number": 1.0, "identifier": 0.95, "MMSI": 0.65, "call sign": 0.65}
_OTHER_SHIP_CAP = 0.55
_ALIKE = 0.97


def identifier_hits(index: Index, query: Query) -> dict[int, str]:
    """Entities that carry an identifier of the query, with the strongest register that says so."""
    out: dict[int, str] = {}
    for register, held, values in (
        ("call sign", index.callsign, (query.callsign,)),
        ("MMSI", index.mmsi, (query.mmsi,)),
        ("identifier", index.identifiers, query.identifiers),
        ("IMO company number", index.imo_company, (seven_digits(query.imo_company),)),
        ("IMO number", index.imo, (seven_digits(query.imo),)),
    ):
        for value in values:
            if value and held:
                out.update(dict.fromkeys(held.get(plain_identifier(value), ()), register))
    return out


def qualify(
    query: Query, record: EntityRecord, name_score: float, name_rule: str, register: str
) -> tuple[tuple[Qualifier, ...], float, str]:
    """(qualifiers, score, rule) of an entity from its name score and what stands beside the name."""
    if not (register or query.imo or query.birth_dates or query.countries or query.flag or query.vessel_type):
        return (), name_score, name_rule
    out: list[Qualifier] = []
    score, rule = name_score, name_rule
    if register:
        strength = _REGISTER_SCORES[register]
        score = max(strength, min(1.0, name_score + 0.05)) if strength > name_score else min(1.0, name_score + 0.05)
        if strength >= name_score:
            rule = f"equal {register}"
        asked, listed = _values(register, query, record)
        out.append(_note(register, asked, listed, "for", score - name_score))
    if register != "IMO number":
        score = _imo(query, record, score, out)
    score = _birth(query, record, score, out)
    score = _countries(query, record, score, out)
    if query.flag and record.flag:
        same = query.flag.upper() == record.flag.upper()
        out.append(_note("flag", query.flag, record.flag, "for" if same else "neither", 0.0))
    if query.vessel_type and record.vessel_type:
        same = query.vessel_type.casefold() == record.vessel_type.casefold()
        out.append(_note("vessel type", query.vessel_type, record.vessel_type, "for" if same else "against", 0.0))
    return tuple(out), score, rule


def _note(field: str, asked: str, listed: str, speaks: str, effect: float) -> Qualifier:
    return Qualifier(field=field, asked=asked, listed=listed, speaks=speaks, effect=round(effect, 4))


def _values(register: str, query: Query, record: EntityRecord) -> tuple[str, str]:
    match register:
        case "IMO number":
            return query.imo, " ".join(record.imo)
        case "IMO company number":
            return query.imo_company, " ".join(record.imo_company)
        case "MMSI":
            return query.mmsi, " ".join(record.mmsi)
        case "call sign":
            return query.callsign, " ".join(record.callsign)
        case _:
            return " ".join(query.identifiers), " ".join(record.identifiers)


def _imo(query: Query, record: EntityRecord, score: float, out: list[Qualifier]) -> float:
    asked = seven_digits(query.imo)
    if not asked or not record.imo:
        return score
    listed = " ".join(record.imo)
    if is_imo_ship_number(asked):
        lowered = min(score, _OTHER_SHIP_CAP)
        out.append(_note("IMO number", asked, listed, "against", lowered - score))
        return lowered
    apart = min(digits_apart(asked, other) for other in record.imo)
    if apart <= 1:
        raised = min(1.0, score + 0.03)
        out.append(_note("IMO number (wrong check digit)", asked, listed, "for", raised - score))
        return raised
    lowered = score if score >= _ALIKE else score - 0.12
    out.append(
        _note(
            "IMO number (wrong check digit)",
            asked,
            listed,
            "neither" if lowered == score else "against",
            lowered - score,
        )
    )
    return lowered


def _birth(query: Query, record: EntityRecord, score: float, out: list[Qualifier]) -> float:
    asked = [d for d in query.birth_dates if d[:4].isdigit()]
    listed = [d for d in record.birth_dates if d[:4].isdigit()]
    if not asked or not listed:
        return score
    same_day = any(a == b for a in asked for b in listed if len(a) == len(b) == 10)
    apart = min(abs(int(a[:4]) - int(b[:4])) for a in asked for b in listed)
    speaks, effect = (
        ("for", 0.03)
        if same_day
        else ("for", 0.02)
        if apart == 0
        else ("neither", 0.0)
        if apart == 1
        else ("against", -0.12)
    )
    changed = min(1.0, max(0.0, score + effect))
    out.append(_note("birth date", " ".join(asked), " ".join(listed), speaks, changed - score))
    return changed


def _countries(query: Query, record: EntityRecord, score: float, out: list[Qualifier]) -> float:
    asked, listed = {c.upper() for c in query.countries if c}, {c.upper() for c in record.countries if c}
    if not asked or not listed:
        return score
    common = asked & listed
    changed = min(1.0, max(0.0, score + (0.02 if common else -0.05)))
    out.append(
        _note(
            "country",
            " ".join(sorted(asked)),
            " ".join(sorted(listed)),
            "for" if common else "against",
            changed - score,
        )
    )
    return changed
