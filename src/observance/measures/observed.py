"""Facts from an observation of the model: what a claim, match, behaviour or flow says to the law.

A detector does not know the law, so most of what the law asks must be worked out here: the direction from the States
of the parties, the day from the date of the event (never from the day on which it was said, where both are told), the
flags from the ships that take part.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from observance.measures.days import Days, parse_day, parse_days
from observance.measures.facts import Amount, Facts, Party, Thing
from observance.measures.reader import read_conditions
from observance.model import EventDate, Observation, Participant
from observance.packs import Vocabulary

__all__ = ["facts_from_observation"]


def facts_from_observation(
    observation: Observation,
    vocabulary: Vocabulary,
    *,
    direction: str | None = None,
    seen_from: str | None = None,
    conditions: dict[str, Any] | None = None,
    told_on: date | None = None,
) -> Facts:
    """The facts of an observation.

    Args:
        observation: what a detector saw.
        vocabulary: of the pack that will judge.
        direction: way between the parties where other claims of the same event tell it and this one leaves it open;
            it is shown as inferred.
        seen_from: State from which `direction`, or the observation's own, is seen; None: the target of the pack.
        conditions: facts from elsewhere (a list: `listed_on`, `listed_for`; a notice); those of the observation win.
        told_on: day on which it was told, for what is not dated; left out: the day of saying or publication.
    """
    caveats: list[str] = []
    said = parse_day(observation.said_on.value) if observation.said_on else None
    published = parse_day(observation.published) if observation.published else None
    day = told_on or said or published
    own = {row.key: row.value for row in observation.conditions}
    days = _days(observation.date, day)
    if observation.kind == "claim" and _listed_when_told(own, days, day):
        del own["listed_party"]
        caveats.append("listed_party: that a party is listed is told of the day of telling, not of the day of the act")
    faults: list[str] = []
    told = read_conditions({**(conditions or {}), **own}, vocabulary, caveats, faults)
    acts = tuple(dict.fromkeys(act for act in (observation.act, *observation.acts) if act in vocabulary.acts))
    event_type = observation.event_type if observation.event_type in vocabulary.event_types else None
    if any(_body_gives(row, vocabulary) for row in observation.participants):
        # What a body of the regime gives is a permission: the words tell a decision and no delivery.
        acts, event_type = (), None
        caveats.append("participants: a body of the regime supplies nothing; what it grants is a decision")
    return Facts(
        id=observation.id,
        event_type=event_type,
        acts=acts,
        things=tuple(_thing(item, vocabulary) for item in observation.items),
        hs=observation.hs,
        direction=observation.direction or direction,
        seen_from=seen_from,
        inferred=observation.direction is None and direction is not None,
        days=days,
        told_on=day,
        modality=observation.modality,
        parties=tuple(
            Party(row.name, row.role, row.type, row.state, row.flag, row.detail) for row in observation.participants
        ),
        amounts=tuple(
            amount
            for row in observation.quantities
            if row.role == "event" and not row.rival
            for amount in _amounts(row)
        ),
        conditions=told,
        caveats=(*caveats, *faults),
    )


def _listed_when_told(own: dict[str, str], days: Days | None, told_on: date | None) -> bool:
    """Whether a listing is known of the day of telling only: a text names a listed party and no day of its listing."""
    if own.get("listed_party") != "yes" or "listed_on" in own:
        return False
    return days is None or told_on is None or days.first < told_on.toordinal()


def _body_gives(party: Participant, vocabulary: Vocabulary) -> bool:
    """Whether a body of the regime (its Committee, its Panel) stands where goods are given."""
    bodies = vocabulary.items.get("institution")
    if (
        bodies is None
        or party.role != "supplier"
        or party.state is not None
        or party.type not in {"organisation", None}
    ):
        return False
    words = party.name.casefold()
    return any(words == body or words.endswith(f" {body}") for body in bodies.synonyms)


def _thing(item: Any, vocabulary: Vocabulary) -> Thing:
    return Thing(item.token if item.token in vocabulary.items else None, item.text or "", item.hs, item.direction)


def _amounts(row: Any) -> list[Amount]:
    low = row.low if row.low is not None else row.value
    high = row.high if row.high is not None else row.value
    return [Amount(float(low), float(high), row.unit)] if low is not None and high is not None and row.unit else []


def _days(told: EventDate | None, until: date | None) -> Days | None:
    if told is None or not told.value:
        return None
    precision = None if told.precision in {"unresolved", ""} else told.precision
    try:
        return parse_days(told.value, precision, until=until)
    except ValueError:
        return None
