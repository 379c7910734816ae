"""Name screening: which listed person, organisation or ship a name may be, and why.

    index = build_index(entities)                     # a list, read once
    answer = screen(index, Query(name="김정은"))        # alerts and near misses, each with its reason
    compare("Company", "OAO Gazprom", "Gazprom JSC")  # two names against each other
    find_names_in_text(index, text)                   # places in a text

Pure functions of their inputs and of `Parameters`: no clock, no files, no network. An `Index` can be pickled, so that
a process pool can share the work.
"""

from __future__ import annotations

from observance.observations.matches.identifiers import is_imo_company_number, is_imo_ship_number, is_mmsi, seven_digits
from observance.observations.matches.index import Index, build_index
from observance.observations.matches.passages import NameScanner, find_names_in_text
from observance.observations.matches.records import (
    Aligned,
    EntityRecord,
    Hit,
    NameRecord,
    Parameters,
    Qualifier,
    Query,
    Score,
    Screened,
    Span,
)
from observance.observations.matches.screen import compare, screen, screen_many

__all__ = [
    "Aligned",
    "EntityRecord",
    "Hit",
    "Index",
    "NameRecord",
    "NameScanner",
    "Parameters",
    "Qualifier",
    "Query",
    "Score",
    "Screened",
    "Span",
    "build_index",
    "compare",
    "find_names_in_text",
    "is_imo_company_number",
    "is_imo_ship_number",
    "is_mmsi",
    "screen",
    "screen_many",
    "seven_digits",
]
