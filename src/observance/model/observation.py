"""Observations: what a detector saw in evidence. Never a judgement, never a merge of two sightings.

All terms (event types, acts, items, roles, modality, conditions) are ids of `regimes/vocabulary.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

from observance.model.canonical import content_id
from observance.model.citation import Citation
from observance.model.codec import to_plain
from observance.model.identifiers import Identifier

__all__ = [
    "Condition",
    "Detector",
    "EventDate",
    "Item",
    "Observation",
    "Participant",
    "Place",
    "Quantity",
    "Relation",
    "SourceLink",
    "Span",
]

Kind = Literal["claim", "match", "behaviour", "flow", "record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `[start, end)` in the text of the evidence that the observation cites."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who or what takes part, as the evidence names it.

    Attributes:
        name: canonical name where known, else as written.
        role: id of `roles`.
        type: id of `actor_types`, where known.
        state: ISO 3166 alpha-3 of the State it is, belongs to or acts for; None is unknown.
        flag: ISO 3166 alpha-3 of the flag of a vessel on the day; None is unknown.
        identifiers: IMO, MMSI and the like.
        span: where it is named; None where it is understood and not written.
        mention: the words of the mention.
        named: False for "two diplomats".
        inferred: True where the role or the name does not stand in the cited passage and follows from elsewhere.
        detail: finer word for the role, for example "minister of defence".
    """

    name: str
    role: str
    type: str | None = None
    state: str | None = None
    flag: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    span: Span | None = None
    mention: str | None = None
    named: bool | None = None
    inferred: bool | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A thing that moves or is spoken of; `token` is an id of `items`, None where the vocabulary has no term."""

    token: str | None = None
    text: str | None = None
    span: Span | None = None
    hs: tuple[str, ...] = ()
    direction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount as told; units stay as reported.

    Attributes:
        value: the number; None where the words give none ("significant").
        low: lower end of a range.
        high: upper end of a range.
        unit: singular noun (shell, container, tonne, barrel, USD) or a rate (USD/year).
        approximator: id of `approximators`.
        role: id of `quantity_roles`; a capacity or a limit is never an amount delivered.
        text: the words.
        span: where they stand.
        rival: True for another source's figure for the same thing.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    approximator: str = "exact"
    role: str = "event"
    text: str | None = None
    span: Span | None = None
    rival: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """A date in EDTF (`2024`, `2024-03`, `2024-03-28`, `a/b`, `a/..`) with how it was found.

    Attributes:
        value: EDTF; empty where the words do not resolve.
        precision: id of `date_precision`.
        text: the words, None where the date is inferred.
        anchor: the day or event a relative expression is counted from.
        inferred: True where the text does not write it.
        span: where the words stand.
    """

    value: str
    precision: str
    text: str | None = None
    anchor: str | None = None
    inferred: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLink:
    """One link of a source chain.

    Attributes:
        name: who speaks or relays.
        type: id of `actor_types`, or imagery, document, data.
        act: reports, says, tells, believes, interviews.
        states: States for whom it speaks.
        organisation: body it belongs to.
        named: False for unnamed sources.
        form: direct quotation, partial quotation, indirect.
        role: office, for example "minister of defence".
        span: where it is named.
    """

    name: str
    type: str | None = None
    act: str | None = None
    states: tuple[str, ...] = ()
    organisation: str | None = None
    named: bool | None = None
    form: str | None = None
    role: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place as told, with coordinates in degrees where known (WGS 84)."""

    name: str
    state: str | None = None
    lat: float | None = None
    lon: float | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A fact on which a trigger, exemption or ceiling turns: key and value of `conditions`. Not told is unknown."""

    key: str
    value: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie to another observation of the same evidence, by its `key` (ids depend on content, keys on place)."""

    type: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Detector:
    """Who saw it: name, version and the hash of its parameter set (and data)."""

    name: str
    version: str
    parameters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a detector saw.

    Attributes:
        id: `obs-` and a hash of everything below; empty while it is being made (`Observation.make` fills it).
        kind: claim, match, behaviour, flow or record.
        key: place of the observation in its evidence, `start-end:event_type` for claims; stable over better readers.
        event_type: id of `event_types`.
        event_accept: other event types that fit.
        detail: the detector's own word (a detector of ship behaviour keeps its own), or the rule of a match.
        act: id of `acts`, None where no measure speaks of such an act.
        acts: further acts that fit.
        direction: from_target or to_target where the evidence says it in the terms of a regime; mostly None (derived).
        participants: with roles.
        items, hs, quantities, places, date, said_on: as told.
        modality: id of `modality`.
        chain: from the publisher inwards; the last link is the speaker nearest to the event.
        conditions: facts for triggers, exemptions and ceilings.
        relations: ties to other observations of the same evidence.
        published: EDTF day on which the evidence was published; a view `as of` a day knows nothing later.
        statement: the claim in the words of the evidence (the exact quote of the first citation, shortened).
        score: 0..1 of a match or a behaviour, with its parts in `attributes`.
        attributes: further facts of the detector as (name, value) pairs.
        caveats: what speaks against reading too much into it.
        citations: at least one; must re-read.
        detector: who saw it.
    """

    id: str = ""
    kind: Kind
    key: str = ""
    event_type: str
    event_accept: tuple[str, ...] = ()
    detail: str | None = None
    act: str | None = None
    acts: tuple[str, ...] = ()
    direction: str | None = None
    participants: tuple[Participant, ...] = ()
    items: tuple[Item, ...] = ()
    hs: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    date: EventDate | None = None
    said_on: EventDate | None = None
    modality: str = "asserted"
    chain: tuple[SourceLink, ...] = ()
    conditions: tuple[Condition, ...] = ()
    relations: tuple[Relation, ...] = ()
    published: str | None = None
    statement: str | None = None
    score: float | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    caveats: tuple[str, ...] = ()
    citations: tuple[Citation, ...]
    detector: Detector

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an observation needs at least one citation")

    def sealed(self) -> Self:
        """The same observation with its id: the hash of its content (detector version and parameters included)."""
        plain = to_plain(replace(self, id=""))
        plain.pop("id", None)
        return replace(self, id=content_id("obs", plain))

    @property
    def speaker(self) -> SourceLink | None:
        """The link nearest to the event, or None without a chain."""
        return self.chain[-1] if self.chain else None
