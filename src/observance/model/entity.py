"""Entities: who or what takes part, with names, identifiers and flags as of a day, each from its source."""

from __future__ import annotations

from dataclasses import dataclass

from observance.model.citation import Citation
from observance.model.identifiers import Identifier

__all__ = ["Entity", "EntityFact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFact:
    """One thing said of an entity: a name, flag, owner, listing, birth date.

    Attributes:
        kind: name, former_name, flag, owner, operator, listing, delisting, birth_date, state, type, address.
        value: as written.
        since: EDTF day from which it is known to hold.
        until: EDTF day to which it held.
        source: observation id, or list and reference.
        citation: where it stands.
    """

    kind: str
    value: str
    since: str | None = None
    until: str | None = None
    source: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation, vessel, State or place. A merge of two keeps its grounds.

    Attributes:
        id: `imo:8916580`, `un:KPi.033`, `state:PRK`, or `name:` and a folded name.
        kind: id of `actor_types`, or place.
        name: the name to show.
        identifiers: known numbers.
        facts: what is known, each with its day and source.
        grounds: why two records are held to be one.
    """

    id: str
    kind: str
    name: str
    identifiers: tuple[Identifier, ...] = ()
    facts: tuple[EntityFact, ...] = ()
    grounds: tuple[str, ...] = ()
