"""Screening as a desk does it: names and files against lists, answers with reasons, certificates, decisions.

It stands on the name engine (`observations.matches`) and the lists (`evidence.lists`); a regime's pack says what a
listing sets off. Nothing here reads a clock, a folder of the user or the network: the caller gives them.
"""

from observance.observations.screening.answer import Answer, ListHit, answer, hit_id, plain_answer
from observance.observations.screening.asked import make_query
from observance.observations.screening.certificate import certificate, check_certificate, read_certificate
from observance.observations.screening.decisions import by_hit, confirmed_delistings
from observance.observations.screening.duties import Duty, duties
from observance.observations.screening.standing import of_day, standing_entries
from observance.observations.screening.subjects import Screen, build_screen, entity_records

__all__ = [
    "Answer",
    "Duty",
    "ListHit",
    "Screen",
    "answer",
    "build_screen",
    "by_hit",
    "certificate",
    "check_certificate",
    "confirmed_delistings",
    "duties",
    "entity_records",
    "hit_id",
    "make_query",
    "of_day",
    "plain_answer",
    "read_certificate",
    "standing_entries",
]
