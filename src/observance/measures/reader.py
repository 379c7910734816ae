"""One reader for the incident record and the observation of a pack's cases.

Incident records write `participants` (or `actors`), `acts`, items with `token` and `text`, and a date of `from`, `to`
and `precision`; cases write `parties` by name, one `act`, items as terms, and an EDTF date. Both mean the same facts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from observance.errors import FormatError
from observance.measures.days import Days, parse_day, parse_days
from observance.measures.facts import Amount, Facts, Party, Thing
from observance.packs import Vocabulary

__all__ = ["read_conditions", "read_facts"]

_STATE = re.compile(r"[A-Z]{3}")
_CODE = re.compile(r"[0-9]{2,10}")
_WORD = re.compile(r"[a-z]+")
# Roles in which an organ acts upon what happened: the detail of the role tells its act ("seizing state").
_ORGANS = frozenset({"body", "agent"})
WAYS = (None, "from_target", "to_target", "both", "none")


def read_facts(
    record: Mapping[str, Any], vocabulary: Vocabulary, *, where: str = "", seen_from: str | None = None
) -> Facts:
    """The facts of an incident record or of a case's observation.

    Terms that the vocabulary lacks are left out and named in `caveats`; a record of another shape is a fault.

    Raises:
        FormatError: with every fault of the record.
    """
    faults: list[str] = []
    caveats: list[str] = []

    def known(section: str, word: Any, field: str) -> str | None:
        if word is None or word == "":
            return None
        if isinstance(word, str) and vocabulary.knows(section, word):
            return word
        near = vocabulary.nearest(section, str(word))
        caveats.append(f"{field}: {word!r} is no term of the vocabulary" + (f" (nearest: {near})" if near else ""))
        return None

    def rows(*names: str) -> list[Any]:
        for name in names:
            value = record.get(name)
            if value is None:
                continue
            if isinstance(value, list | tuple):
                return list(value)
            faults.append(f"{name}: got {type(value).__name__}, expected a list")
        return []

    acts = [known("acts", act, "acts") for act in [*rows("acts"), record.get("act")]]
    parties = _parties(record, known, faults)
    conditions = read_conditions(record.get("conditions"), vocabulary, caveats, faults)
    told_on = parse_day(record["published"]) if record.get("published") else None
    modality = known("modality", record.get("modality", "asserted"), "modality")
    if modality is None:
        faults.append(
            f"modality: got {record.get('modality')!r}, expected one of {', '.join(sorted(vocabulary.modality))}"
        )
    direction = record.get("direction")
    if direction not in WAYS:
        faults.append(f"direction: got {direction!r}, expected from_target, to_target, both or none")
    facts = Facts(
        id=str(record.get("id", "")),
        event_type=known("event_types", record.get("event_type"), "event_type"),
        acts=tuple(dict.fromkeys(act for act in acts if act)),
        things=tuple(_things(rows("items"), known, faults, caveats)),
        hs=_codes(record.get("hs"), caveats),
        direction=direction,
        seen_from=seen_from,
        inferred=bool(record.get("direction_inferred", False)),
        days=_days(record.get("date"), told_on, faults),
        told_on=told_on,
        modality=modality or "asserted",
        parties=parties,
        amounts=tuple(_amounts(rows("quantities"), faults)),
        conditions=conditions,
        duties=_duties(parties, str(record.get("basis") or ""), vocabulary),
        caveats=tuple(caveats),
    )
    if faults:
        raise FormatError("this is no record of an incident", where=where or facts.id, faults=tuple(faults))
    return facts


def _parties(record: Mapping[str, Any], known: Any, faults: list[str]) -> tuple[Party, ...]:
    told = record.get("participants", record.get("actors", record.get("parties")))
    if isinstance(told, Mapping):
        told = [{"name": name, **row} for name, row in told.items() if isinstance(row, Mapping)]
    if told is None:
        return ()
    if not isinstance(told, list):
        faults.append(f"participants: got {type(told).__name__}, expected a list")
        return ()
    parties = []
    for row in told:
        if not isinstance(row, Mapping):
            faults.append(f"participants: got {type(row).__name__}, expected records")
            continue
        name, kind = str(row.get("name") or ""), known("actor_types", row.get("type"), "type")
        state = row.get("state", row.get("country"))
        if state is None and kind == "state":
            state = row.get("code") or (name if _STATE.fullmatch(name) else None)
        parties.append(
            Party(
                name=name,
                role=known("roles", row.get("role"), "role") or "",
                type=kind,
                state=_word(state),
                flag=_word(row.get("flag", row.get("flag_at_time"))),
                detail=_word(row.get("role_detail", row.get("detail"))),
            )
        )
    return tuple(parties)


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _codes(value: Any, caveats: list[str]) -> tuple[str, ...]:
    """Customs codes without dots and blanks; what is none is left out and told."""
    rows = [] if value is None else list(value) if isinstance(value, list | tuple) else [value]
    told = [str(code).replace(".", "").replace(" ", "") for code in rows]
    caveats += [f"hs: {code!r} is no customs code of 2 to 10 digits" for code in told if not _CODE.fullmatch(code)]
    return tuple(code for code in told if _CODE.fullmatch(code))


def _things(rows: list[Any], known: Any, faults: list[str], caveats: list[str]) -> list[Thing]:
    things = []
    for row in rows:
        if isinstance(row, str):
            things.append(Thing(known("items", row, "items"), row))
        elif isinstance(row, Mapping):
            things.append(
                Thing(
                    known("items", row.get("token", row.get("term")), "items"),
                    str(row.get("text") or ""),
                    _codes(row.get("hs"), caveats),
                    way if (way := row.get("direction")) in WAYS else None,
                )
            )
        else:
            faults.append(f"items: got {type(row).__name__}, expected terms or records")
    return things


def _amounts(rows: list[Any], faults: list[str]) -> list[Amount]:
    amounts = []
    for row in rows:
        if not isinstance(row, Mapping):
            faults.append(f"quantities: got {type(row).__name__}, expected records")
            continue
        # A rival figure, a capacity, a ceiling and a rate are no amount that moved.
        if row.get("rival") or row.get("role", "event") not in {"event", None}:
            continue
        amount = _amount(row)
        if amount:
            amounts.append(amount)
    return amounts


def _amount(row: Mapping[str, Any]) -> Amount | None:
    value, unit = row.get("value"), row.get("unit")
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(end, int | float) for end in value):
        return Amount(float(value[0]), float(value[1]), str(unit))
    if isinstance(value, bool) or not isinstance(value, int | float) or unit is None:
        return None
    return Amount(float(value), float(value), str(unit))


def read_conditions(told: Any, vocabulary: Vocabulary, caveats: list[str], faults: list[str]) -> dict[str, Any]:
    """Told conditions in the types of the vocabulary; what is unknown is left out, what is malformed is a fault."""
    if told is None:
        return {}
    if not isinstance(told, Mapping):
        faults.append(f"conditions: got {type(told).__name__}, expected a record")
        return {}
    conditions: dict[str, Any] = {}
    for key, value in told.items():
        term = vocabulary.conditions.get(key)
        if term is None:
            near = vocabulary.nearest("conditions", str(key))
            caveats.append(
                f"conditions: {key!r} is no term of the vocabulary" + (f" (nearest: {near})" if near else "")
            )
            continue
        if value is None or value == "unknown":
            continue
        if isinstance(value, bool):
            value = "yes" if value else "no"  # noqa: PLW2901  YAML 1.1 reads an unquoted yes as true
        if term.values == "date":
            day = parse_day(value)
            if day is None:
                faults.append(f"conditions.{key}: got {value!r}, expected a day")
            else:
                conditions[key] = day
        elif term.values == "acts":
            words = value if isinstance(value, list | tuple) else re.split(r"[,;]\s*|\s+", str(value))
            conditions[key] = tuple(str(word).strip() for word in words if str(word).strip())
        elif term.values == "quantity":
            parts = value if isinstance(value, list | tuple) else [value]
            conditions[key] = tuple(a for part in parts if isinstance(part, Mapping) and (a := _amount(part)))
        elif term.values == "number":
            try:
                conditions[key] = float(value)
            except (TypeError, ValueError):
                faults.append(f"conditions.{key}: got {value!r}, expected a number")
        else:
            conditions[key] = str(value)
    return conditions


def _days(told: Any, told_on: date | None, faults: list[str]) -> Days | None:
    if told is None or told == "":
        return None
    try:
        if isinstance(told, Mapping):
            if "value" in told:
                return parse_days(str(told["value"]), _precision(told), until=told_on) if told["value"] else None
            first, last = told.get("from"), told.get("to")
            if first is None:
                return None
            text = f"{first}/{'..' if last is None else last}"
            return parse_days(text, str(told.get("precision") or "range"), until=told_on)
        return parse_days(told.isoformat() if isinstance(told, date) else str(told), until=told_on)
    except ValueError as fault:
        faults.append(f"date: {fault}")
    return None


def _precision(told: Mapping[str, Any]) -> str | None:
    precision = told.get("precision")
    return str(precision) if precision and precision != "unresolved" else None


def _duties(parties: tuple[Party, ...], basis: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Acts that others owe, as the roles tell them: a "seizing state" among the parties has seized."""
    texts = [party.detail for party in parties if party.detail and party.role in _ORGANS]
    if basis:
        texts.append(basis)
    found: list[str] = []
    for text in texts:
        found += _told_duties(text, vocabulary)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _told_duties(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    words = _WORD.findall(text.lower())
    return tuple(act for stem, act in _stems(vocabulary) for word in words if stem.fullmatch(word))


@lru_cache(maxsize=8)
def _stems(vocabulary: Vocabulary) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Acts of duty by the stem of each single word for them, as it stands before -ing, -ed and -ure."""
    return tuple(
        (re.compile(rf"{re.escape(word.rstrip('e'))}{re.escape(word[-1])}?(?:ing|ed|ure)"), act.id)
        for act in vocabulary.acts.values()
        if act.duty
        for word in (act.label, *act.synonyms)
        if " " not in word and "-" not in word
    )
