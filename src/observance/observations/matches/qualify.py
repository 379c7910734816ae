"""What stands beside the name: identifiers, birth dates, countries, flags, kind of ship."""

from __future__ import annotations

from observance.observations.matches.identifiers import digits_apart, is_imo_ship_number, plain_identifier, seven_digits
from observance.observations.matches.index import Index
from observance.observations.matches.records import EntityRecord, Qualifier, Query

__all__ = ["identifier_hits", "qualify"]


def identifier_hits(index: Index, query: Query) -> dict[int, str]:
    """Entities that carry an identifier of the query, with the register it stands in."""
    out: dict[int, str] = {}
    imo = seven_digits(query.imo)
    if imo and is_imo_ship_number(imo):
        out.update(dict.fromkeys(index.imo.get(imo, ()), "IMO number"))
    if query.imo_company:
        out.update(dict.fromkeys(index.imo_company.get(plain_identifier(query.imo_company), ()), "IMO company number"))
    for value in query.identifiers:
        out.update(dict.fromkeys(index.identifiers.get(plain_identifier(value), ()), "identifier"))
    return out


def qualify(
    query: Query, record: EntityRecord, name_score: float, name_rule: str, register: str
) -> tuple[tuple[Qualifier, ...], float, str]:
    """(qualifiers, score, rule) of an entity from its name score and what stands beside it."""
    score, rule = name_score, name_rule
    out: list[Qualifier] = []
    if register:
        out.append(
            Qualifier(
                field=register,
                asked=query.imo or query.imo_company,
                listed=" ".join(record.imo or record.imo_company),
                speaks="for",
                effect=1.0 - name_score,
            )
        )
        return tuple(out), 1.0, f"equal {register}"
    imo = seven_digits(query.imo)
    if imo and record.imo:
        if is_imo_ship_number(imo):
            score = min(score, 0.45)
            out.append(
                Qualifier(
                    field="IMO number",
                    asked=imo,
                    listed=" ".join(record.imo),
                    speaks="against",
                    effect=score - name_score,
                )
            )
        else:
            close = min(digits_apart(imo, other) for other in record.imo)
            out.append(
                Qualifier(
                    field="IMO number", asked=imo, listed=" ".join(record.imo), speaks="neither" if close > 1 else "for"
                )
            )
    return tuple(out), score, rule
