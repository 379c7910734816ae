"""Origins: where a piece of information enters the record. Outlets are never counted."""

from __future__ import annotations

from dataclasses import dataclass

from observance.model.event import Ground
from observance.model.observation import Quantity

__all__ = ["Drift", "Origin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A speaker on an occasion, a document, an imagery set, a data set.

    Attributes:
        id: `org-` and a hash of its members' keys.
        label: for a reader, for example "defence minister of KOR to Bloomberg, 2024-06-14".
        kind: speaker, document, imagery, data, court, registry.
        speaker: name of the speaker, where there is one.
        states: States that stand behind it.
        occasion: EDTF day or period of the occasion.
        observations: ids of the observations that come from it, sorted.
        relays: outlets through which it reached us, sorted.
        secondary: True where it only rests on what others said (counts no more).
        grounds: why its observations share it.
    """

    id: str
    label: str
    kind: str
    speaker: str | None = None
    states: tuple[str, ...] = ()
    occasion: str | None = None
    observations: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    secondary: bool = False
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A retelling that differs from its origin: a figure, a modality, a capacity turned into an amount.

    Attributes:
        id: `drf-` and a hash of its members.
        kind: capacity_to_agreement, capacity_to_delivery, offered_against_given, figure, modality.
        origin: id of the shared origin.
        at_origin: observation ids that carry the form nearest to the origin; empty where none is in the file.
        told_as: observation ids that tell it otherwise.
        quantity_at_origin, quantity_told: the figures, where it is about figures.
        text: one sentence for a reader.
    """

    id: str
    kind: str
    origin: str
    at_origin: tuple[str, ...] = ()
    told_as: tuple[str, ...] = ()
    quantity_at_origin: Quantity | None = None
    quantity_told: Quantity | None = None
    text: str = ""
