"""A claim in the making, and what a document has told so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from observance.observations.claims.dates import Time
from observance.observations.claims.lexicon import Lexicon
from observance.observations.claims.parties import Cast
from observance.observations.claims.passage import Passage
from observance.observations.claims.quantities import Amount
from observance.observations.claims.record import Condition, Page, Party, Source
from observance.observations.claims.sources import Report
from observance.observations.claims.things import Event


@dataclass(slots=True)
class Draft:
    """A claim in the making, with its place in the parsed paragraph."""

    passage: Passage
    event: Event
    report: Report | None
    chain: list[Source]
    modality: str
    cues: tuple[int, ...]
    amounts: list[Amount] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    said: Time | None = None
    from_dateline: bool = False
    relations: list[tuple[str, int]] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)


@dataclass(slots=True)
class State:
    """What a document has told so far."""

    page: Page
    lexicon: Lexicon
    cast: Cast
    drafts: list[Draft] = field(default_factory=list)
    relays: dict[str, list[Source]] = field(default_factory=dict)
    last_chain: list[Source] = field(default_factory=list)
    open_quote: list[Source] | None = None
