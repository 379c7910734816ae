"""What a reader hands over: entries, counts and the printed day, before the version is checked and sealed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from observance.evidence.lists.records import ListedEntry

__all__ = ["Draft"]


@dataclass(slots=True, kw_only=True)
class Draft:
    """What a reader found. Counts are taken from the source, not from the records made of it.

    Attributes:
        entries: in file order.
        counts: counted in the source.
        printed: the day as the file prints it, with its time zone; empty where it prints none.
        newest: the newest day found in the entries, for files that print none.
        warnings: what a user should know.
    """

    entries: list[ListedEntry] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    printed: str = ""
    newest: str = ""
    warnings: list[str] = field(default_factory=list)
