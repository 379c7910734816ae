"""Events: one happening in the world that several observations speak of."""

from __future__ import annotations

from dataclasses import dataclass

from observance.model.observation import EventDate

__all__ = ["Event", "Ground"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Why two records are held to be one: same quote, same identifier, same parties and item in one period.

    Attributes:
        kind: the rule, for example `same_parties_and_item`, `same_imo`, `person`.
        text: one sentence for a reader.
        members: the records that it ties.
    """

    kind: str
    text: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A happening with the grounds for grouping its observations; a person can join or part.

    Attributes:
        id: `evt-` and a hash of the first version's members.
        event_type: id of `event_types`.
        act: id of `acts`, where one fits.
        supplier: States or names on the giving side.
        recipient: States or names on the receiving side.
        parties: everybody else who takes part.
        items: item tokens.
        date: period in which it falls.
        observations: ids, sorted.
        contradicting: ids of observations that deny or contradict it, sorted.
        grounds: why they are one.
        label: one line for a reader.
    """

    id: str
    event_type: str
    act: str | None = None
    supplier: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    date: EventDate | None = None
    observations: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    grounds: tuple[Ground, ...] = ()
    label: str = ""
