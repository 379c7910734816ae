"""Admiralty grades: the letter from the type of source, the digit from what corroborates it, each with its reason.

The two are judged apart (AJP-2.1, STANAG 2511). No machine gives an A to a speaker: "completely reliable" is a person's
word; a record of the actor itself and an examined register earn it by their kind.
"""

from __future__ import annotations

from collections.abc import Sequence

from observance.findings.case import EXAMINED, RECORDS, Case
from observance.findings.sketch import Sketch
from observance.model import Grade, Origin

__all__ = ["grade"]

_LETTERS = {
    "official": ("B", "an official of a State, who answers for the words"),
    "state": ("B", "a State, which answers for the words"),
    "state_organ": ("B", "an organ of a State"),
    "armed_force": ("B", "an armed force of a State"),
    "organisation": ("B", "an international organisation or group of States"),
    "media": ("B", "an outlet that answers for what it prints"),
    "company": ("C", "a company with an interest of its own"),
    "person": ("C", "a person whose position to know is not told"),
}


def _letter(case: Case, origin: Origin, rows: Sequence[Sketch]) -> tuple[str, str]:
    types = {case.evidence_type(row) for row in rows}
    if types & RECORDS:
        return "A", "an official record, examined itself"
    if types & {"ais_track", "imagery", "trade_statistics"}:
        return "B", "a record of position, image or trade data, examined itself"
    if "social_media" in types:
        return "D", "a post"
    links = [row.observation.speaker for row in rows if row.observation.speaker]
    link = links[0] if links else None
    kind = link.type if link else None
    if kind == "expert":
        if any(one.named for one in links):
            return "B", "a named expert of a known body"
        return "C", "experts who are not named"
    if kind in _LETTERS:
        letter, reason = _LETTERS[kind]
        return letter, reason + (", not named" if link and link.named is False else "")
    if origin.kind == "document":
        return _LETTERS["media"]
    return "F", "nothing is known of the source"


def grade(case: Case, origin: Origin, rows: Sequence[Sketch], others: Sequence[Origin]) -> Grade:
    """Grade of one origin for what it tells in `rows`.

    Args:
        case: the material.
        origin: the origin graded.
        rows: its observations in the event.
        others: the other independent origins that report the same event.
    """
    letter, letter_reason = _letter(case, origin, rows)
    own = set(origin.states)
    rest = (other for other in others if other.id != origin.id and not other.secondary)
    # The first of another government is enough; among many origins of an event it is found at once.
    agreeing = next((other for other in rest if not own or own.isdisjoint(other.states)), None)
    foreign = agreeing is not None
    same = foreign or any(other.id != origin.id and not other.secondary for other in others)
    modalities = {row.observation.modality for row in rows}
    if modalities and modalities <= {"feared", "conditional"}:
        digit, reason = "4", "told as feared or possible"
    elif origin.secondary:
        digit, reason = "3", "rests on what others said"
    elif foreign and any(case.evidence_type(row) in EXAMINED for row in rows):
        digit, reason = "1", "examined evidence and another origin agree"
    elif foreign or same:
        who = (
            "other independent origins tell the same"
            if foreign
            else "only origins of the same government tell the same"
        )
        digit, reason = "2", who
    else:
        digit, reason = "3", "no other independent origin tells it"
    return Grade(
        subject=origin.id,
        source=letter,
        information=digit,
        source_reason=letter_reason,
        information_reason=reason,
    )
