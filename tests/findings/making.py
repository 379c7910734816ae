"""Observations made by hand, short."""

from __future__ import annotations

from typing import Any

from observance.model import (
    Citation,
    Detector,
    EventDate,
    Identifier,
    Item,
    Observation,
    Participant,
    Quantity,
    SourceLink,
    TextSpan,
    TrackRows,
)
from tests.findings.gold import File, evidence, judgement, sha

CLAIMS = Detector(name="claims.test", version="1")
TRACKS = Detector(name="vessels.test", version="1")


def party(name: str, role: str, state: str | None = None, **more: Any) -> Participant:
    return Participant(name=name, role=role, state=state, **more)


def ship(name: str, imo: str | None = None, role: str = "vessel", **more: Any) -> Participant:
    numbers = (Identifier(scheme="imo", value=imo),) if imo else ()
    return Participant(name=name, role=role, type="vessel", identifiers=numbers, **more)


def day(value: str) -> EventDate:
    return EventDate(
        value=value, precision="range" if "/" in value else "day" if value.count("-") == 2 else "month", text=value
    )


def official(name: str, state: str, *relays: str, role: str = "minister of defence") -> tuple[SourceLink, ...]:
    return (
        *(SourceLink(name=relay, type="media") for relay in relays),
        SourceLink(name=name, type="official", states=(state,), named=True, role=role),
    )


def claim(document: str, words: str, event_type: str, *participants: Participant, **more: Any) -> Observation:
    fields: dict[str, Any] = {
        "kind": "claim",
        "key": f"{len(words)}:{event_type}:{words[:12]}",
        "event_type": event_type,
        "participants": participants,
        "items": tuple(Item(token=token) for token in more.pop("items", ())),
        "modality": more.pop("modality", "asserted"),
        "chain": more.pop("chain", (SourceLink(name=f"Outlet of {document}", type="media"),)),
        "published": more.pop("published", "2024-06-01"),
        "statement": words,
        "citations": (Citation(evidence=sha(document), selector=TextSpan(start=0, end=len(words), exact=words)),),
        "detector": CLAIMS,
    }
    return Observation(**(fields | more)).sealed()


def sighting(track: str, event_type: str, *participants: Participant, date: str, **more: Any) -> Observation:
    fields: dict[str, Any] = {
        "kind": "behaviour",
        "key": f"{event_type}:{date}",
        "event_type": event_type,
        "participants": participants,
        "items": tuple(Item(token=token) for token in more.pop("items", ())),
        "date": day(date),
        "citations": (Citation(evidence=sha(track), selector=TrackRows(ranges=((1, 40),), count=40)),),
        "detector": TRACKS,
    }
    return Observation(**(fields | more)).sealed()


def amount(value: float, unit: str, role: str = "event", approximator: str = "exact") -> tuple[Quantity, ...]:
    return (Quantity(value=value, unit=unit, role=role, approximator=approximator),)


def file_of(*rows: tuple[Observation, list[tuple[str, str]]], kinds: dict[str, str] | None = None, **more: Any) -> File:
    """A file of observations with their verdicts; `kinds` gives the evidence type of documents by name."""
    file = File()
    for number, (one, verdicts) in enumerate(rows):
        file.observations[f"o{number}"] = one
        for measure, verdict in verdicts:
            file.judgements.append(judgement(one.id, measure, verdict, **more))
    for name, kind in (kinds or {}).items():
        record = evidence(name, f"Outlet of {name}", "2024-06-01", evidence_type=kind)
        file.evidence[record.sha256] = record
    return file
