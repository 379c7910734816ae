"""What one observation says, reduced to what grouping compares: family of thing, sides, ships, period, source.

Sides are States where a State is known to stand behind a participant, else folded names. Companies, ships and aircraft
keep their own identity beside it: two ships that did the same thing are two happenings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from observance.findings.periods import Bounds, bounds
from observance.findings.regime import RegimeView
from observance.model import Observation

__all__ = ["GIVING", "TAKING", "Sketch", "citation_key", "family", "fold", "sketch"]

GIVING = frozenset({"supplier", "provider_of_technology", "worker"})
# Roles that give only where nobody else is told to.
ACTING = frozenset({"accused", "agent"})
# Happenings in which the host is who gets.
_HOSTED = frozenset({"labour", "technology_assistance", "cooperation", "military_cooperation"})
TAKING = frozenset({"recipient", "employer", "patient"})
OPEN = frozenset({"party", "host", "visitor", "charterer", "voter", "speaker", "addressee", "subject", "helper"})
SHIPS = frozenset({"vessel", "carrier"})
OWN_IDENTITY = frozenset({"company", "vessel", "aircraft"})

# What an event type moves, whatever the item: the type is narrower than the goods that a text names beside it.
BY_EVENT = {
    "arms_transfer": "arms",
    "technology_assistance": "technology",
    "petroleum_delivery": "petroleum",
    "labour": "labour",
    "cyber_theft": "cyber",
    "finance": "finance",
    "launch_or_test": "launch_or_test",
    "weapons_use": "weapons_use",
    "deceptive_shipping": "deceptive_shipping",
    "port_call": "port_call",
}
# Items that make up one family although the vocabulary gives them no common broader term.
BY_ITEM = {
    "arms_all": "arms",
    "technical_assistance": "technology",
    "space_launch": "technology",
    "satellite_technology": "technology",
    "scientific_cooperation": "technology",
    "teaching": "technology",
    "workers": "labour",
    "crew_services": "labour",
    "assets": "finance",
    "financial_services": "finance",
    "trade_finance": "finance",
    "bank_presence": "finance",
}
_ROOTS = frozenset({"cargo_any", "any_item"})
_SPACE = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents and punctuation, for comparing (never for showing)."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SPACE.sub(" ", kept).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """One observation as grouping sees it.

    Attributes:
        observation: the record itself.
        family: kind of thing that moves or happens.
        givers, takers: sides whose direction the evidence tells; States as codes, else folded names.
        open: sides of an exchange whose direction is left open.
        identities: companies, ships and aircraft by number or folded name.
        period: earliest and latest day of the happening.
        told: earliest and latest day on which it was published.
        evidence: hash of the evidence that it cites first.
        enters: as_claim, as_denial, watch_only or never, by its modality.
    """

    observation: Observation
    family: str
    givers: frozenset[str]
    takers: frozenset[str]
    open: frozenset[str]
    identities: frozenset[str]
    period: Bounds
    told: Bounds
    evidence: str
    enters: str

    @property
    def id(self) -> str:
        """Id of the observation."""
        return self.observation.id

    @property
    def sides(self) -> frozenset[str]:
        """Everybody who takes part, whatever the side."""
        return self.givers | self.takers | self.open

    @property
    def directed(self) -> bool:
        """Whether both sides are told."""
        return bool(self.givers) and bool(self.takers)


def citation_key(observation: Observation) -> tuple[str, str, str]:
    """Evidence, place and kind: what a decision of a person binds to, stable over better readers."""
    return observation.citations[0].evidence, observation.key, observation.event_type


def family(event_type: str, items: tuple[str, ...], regime: RegimeView) -> str:
    """The family of an event: by its type where the type decides, else by the broadest goods below 'any cargo'."""
    if event_type in BY_EVENT:
        return BY_EVENT[event_type]
    # What a text names beside goods that a measure could touch (a treaty, support) does not decide the family.
    known = [token for token in items if token in regime.items]
    plain = [token for token in known if not regime.items[token].lawful]
    for token in plain or items:
        path = regime.item_path(token)
        for step in path:
            if step in BY_ITEM:
                return BY_ITEM[step]
        below = [step for step in path if step not in _ROOTS]
        if below:
            return below[-1]
    return "cargo_any" if items else event_type


def _side(observation: Observation, roles: frozenset[str]) -> frozenset[str]:
    return frozenset(
        part.state or fold(part.name)
        for part in observation.participants
        if part.role in roles and part.type not in {"vessel", "aircraft"} and (part.state or fold(part.name))
    )


def _identities(observation: Observation) -> frozenset[str]:
    # A ship tells more than the company behind it: two ships of one owner are two happenings.
    ships = [part for part in observation.participants if part.role in SHIPS or part.type in {"vessel", "aircraft"}]
    found: set[str] = set()
    for part in ships or [part for part in observation.participants if part.type in OWN_IDENTITY]:
        numbers = [str(number) for number in part.identifiers if number.scheme in {"imo", "mmsi", "un-reference"}]
        found.update(numbers or [fold(part.name)])
    return frozenset(name for name in found if name)


def sketch(observation: Observation, regime: RegimeView, published: Mapping[str, str | None]) -> Sketch:
    """The sketch of an observation; `published` gives the day of publication by evidence hash."""
    evidence = observation.citations[0].evidence
    tokens = tuple(item.token for item in observation.items if item.token)
    givers, takers, others = _side(observation, GIVING), _side(observation, TAKING), _side(observation, OPEN)
    if observation.event_type in _HOSTED:
        hosts = _side(observation, frozenset({"host"}))
        takers, others = takers | hosts, others - hosts
    acting = _side(observation, ACTING)
    givers, others = (givers, others | acting) if givers else (acting, others)
    others -= givers | takers
    return Sketch(
        observation=observation,
        family=family(observation.event_type, tokens, regime),
        givers=givers,
        takers=takers,
        open=others,
        identities=_identities(observation),
        period=bounds(observation.date.value if observation.date else None),
        told=bounds(observation.published or published.get(evidence)),
        evidence=evidence,
        enters=regime.enters(observation.modality),
    )
