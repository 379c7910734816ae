"""Names of States as lists write them, to ISO 3166-1 alpha-3 codes.

`states.csv` beside this file: codes and short names of ISO 3166-1 as in the public-domain table of the tz database
(iso3166.tab), and the other names under which the published lists write the same State. A name that is not in the
table gives no code: it is shown as written and never guessed.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from observance.evidence.lists.names import clean
from observance.evidence.lists.records import ListedState

__all__ = ["alpha2", "alpha3", "state"]

_EDGE = re.compile(r"[^\w]+")


def _fold(name: str) -> str:
    return _EDGE.sub(" ", name.replace("’", "'").casefold()).strip()


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    text = (files("observance.evidence.lists") / "states.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        code = row["alpha3"]
        for name in (code, row["alpha2"], *row["names"].split("|")):
            table[_fold(name)] = code
    return table


def alpha3(name: str) -> str:
    """ISO 3166-1 alpha-3 code of a State's name or code; empty where it is not known."""
    return _table().get(_fold(name), "")


@cache
def _short() -> dict[str, str]:
    text = (files("observance.evidence.lists") / "states.csv").read_text(encoding="utf-8")
    return {row["alpha3"]: row["alpha2"] for row in csv.DictReader(text.splitlines())}


def alpha2(name: str) -> str:
    """ISO 3166-1 alpha-2 code of a State's name or code; empty where it is not known."""
    return _short().get(alpha3(name), "")


def state(kind: str, name: str | None, field: str) -> tuple[ListedState, ...]:
    """The State of a cell, or nothing for an empty one (`na`, `-`, unknown marks)."""
    written = clean(name)
    if not written or written.casefold() in {"na", "n/a", "-", "00", "unknown"}:
        return ()
    return (ListedState(kind=kind, name=written, code=alpha3(written), field=field),)
