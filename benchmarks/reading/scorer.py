"""How far claims agree with a gold of claims: one-to-one matching, counts, rates, bootstrap intervals.

Our own counting of what the scheme asks: a claim is found where the event type agrees and trigger or evidence overlap; parties,
items, amounts, dates and sources count end to end (a missed claim misses its fields); modality and chain are taken over found
claims; optional gold is neither a miss nor a false alarm. `danger` counts found claims whose gold is denied, feared or intended
and that come out asserted.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Counts = list[int]  # right, false alarm, miss
RATES = ("modality", "chain", "danger")


def load_gold(folder: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """Documents of a gold folder by id, with their text as stored."""
    out = {}
    for path in sorted(folder.glob("*.claims.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / gold["document"]["text_file"]).read_bytes().decode("utf-8")
        out[gold["document"]["id"]] = (gold, text)
    return out


def states() -> dict[str, str]:
    """Names, capitals and adjectives of States by their lower case form."""
    from observance.observations.claims.lexicon import load

    return {alias.lower(): code for alias, (code, _) in load().states.items()}


def plain(name: str | None) -> str:
    low = re.sub(r"\s+", " ", (name or "").replace("\u2019", "'")).strip(" .,;:'\"()").lower()
    return re.sub(r"'s$", "", re.sub(r"^(?:the|an?) ", "", low))


def key(name: str | None, table: Mapping[str, str]) -> str:
    bare = plain(name)
    for tail in ("", " government", " officials", " forces", " military", " authorities"):
        if bare.endswith(tail) and (bare[: len(bare) - len(tail)] if tail else bare) in table:
            return table[bare[: len(bare) - len(tail)] if tail else bare]
    return bare.upper() if len(bare) == 3 and bare.upper() in set(table.values()) else bare


def words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower())) - {
        "the",
        "a",
        "an",
        "of",
        "mr",
        "ms",
        "mrs",
        "president",
        "minister",
        "ltd",
        "co",
    }


def share(a: Any, b: Any) -> float:
    """Overlap of two spans by their union."""
    if not a or not b:
        return 0.0
    both = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return both / ((a[1] - a[0]) + (b[1] - b[0]) - both) if both else 0.0


def same_name(a: str | None, b: str | None, table: Mapping[str, str]) -> bool:
    x, y = key(a, table), key(b, table)
    if not x or not y or "?" in {a, b}:
        return False
    if x == y:
        return True
    codes = set(table.values())
    if x in codes or y in codes:
        return False
    left, right = words(x), words(y)
    return bool(left and right and (left <= right or right <= left))


def same_party(gold: Mapping[str, Any], told: Mapping[str, Any], table: Mapping[str, str]) -> bool:
    if told.get("role") not in {gold["role"], *gold.get("role_accept", ())}:
        return False
    imo = (gold.get("ids") or {}).get("imo")
    if imo and (told.get("ids") or {}).get("imo") == imo:
        return True
    return same_name(gold["name"], told.get("name"), table) or share(gold.get("span"), told.get("span")) >= 0.5


def same_source(gold: Mapping[str, Any], told: Mapping[str, Any], table: Mapping[str, str]) -> bool:
    return same_name(gold["name"], told.get("name"), table) or share(gold.get("span"), told.get("span")) >= 0.5


def same_amount(gold: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    value, got = gold["value"], told.get("value")
    if isinstance(value, list) or isinstance(got, list):
        return value == got
    if got is None:
        return False
    if gold["approximator"] == "hundreds_of_millions":
        near = 1e8 <= got < 1e9
    elif gold["approximator"] == "thousands_of":
        near = 1e3 <= got < 1e4
    else:
        near = abs(got - value) <= 0.005 * abs(value)
    unit = str(told.get("unit") or "").split("/")[0]
    return near and (unit == gold["unit"].split("/")[0] or share(gold.get("span"), told.get("span")) >= 0.5)


def same_date(gold: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    return told.get("value") in {gold["value"], *gold.get("accept", ())}


def pair_up(gold: Iterable[Any], told: Iterable[Any], same: Any) -> tuple[int, list[Any], list[Any]]:
    """Greedy one-to-one: number of pairs, gold left over, told left over."""
    left, rest, pairs = list(gold), list(told), 0
    for wanted in list(left):
        found = next((t for t in rest if same(wanted, t)), None)
        if found is not None:
            pairs += 1
            left.remove(wanted)
            rest.remove(found)
    return pairs, left, rest


@dataclass
class Score:
    """Counts by measure, for one document or many."""

    counts: dict[str, Counts] = field(default_factory=dict)

    def add(self, name: str, right: int = 0, false: int = 0, miss: int = 0) -> None:
        held = self.counts.setdefault(name, [0, 0, 0])
        for n, more in enumerate((right, false, miss)):
            held[n] += more

    def value(self, name: str) -> float:
        """F1, or the rate for the measures taken over found claims."""
        right, false, miss = self.counts.get(name, [0, 0, 0])
        if name in RATES:
            return right / (right + miss) if right + miss else (0.0 if name == "danger" else 1.0)
        return 2 * right / (2 * right + false + miss) if right or false or miss else 1.0

    @staticmethod
    def joined(parts: Iterable[Score]) -> Score:
        out = Score()
        for part in parts:
            for name, held in part.counts.items():
                out.add(name, *held)
        return out


def weight(gold: Mapping[str, Any], told: Mapping[str, Any], table: Mapping[str, str]) -> float:
    if told["event"] not in {gold["event"], *gold.get("event_accept", ())}:
        return 0.0
    trigger, evidence = told.get("trigger", {}).get("span"), told.get("evidence")
    at_trigger = share(gold["trigger"]["span"], trigger) > 0
    if not (at_trigger or share(gold["evidence"], evidence) > 0 or share(gold["evidence"], trigger) > 0):
        return 0.0
    parties, _, _ = pair_up(gold["participants"], told["participants"], lambda g, t: same_party(g, t, table))
    return (
        1 + 2 * at_trigger + share(gold["evidence"], evidence) + 2 * parties / max(1, len(gold["participants"]))
        + 2.5 * (not gold.get("optional")) + 0.5 * (told["event"] == gold["event"])
    )  # fmt: skip


def score_document(gold: Mapping[str, Any], told: list[dict[str, Any]], table: Mapping[str, str]) -> Score:
    """Counts of one document."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    out = Score()
    claims = gold["claims"]
    pairs: dict[int, int] = {}
    if claims and told:
        grid = np.array([[weight(g, t, table) for t in told] for g in claims])
        for row, column in zip(*linear_sum_assignment(-grid), strict=True):
            if grid[row, column] > 0:
                pairs[int(row)] = int(column)
    for n, claim in enumerate(claims):
        if claim.get("optional"):
            continue
        found = told[pairs[n]] if n in pairs else None
        out.add("event", right=found is not None, miss=found is None)
        _fields(out, claim, found, table)
    taken = set(pairs.values())
    for n, spare in enumerate(told):
        if n not in taken:
            out.add("event", false=1)
            _fields(
                out,
                {"participants": [], "items": [], "quantities": [], "dates": [], "chain": []},
                spare,
                table,
                spurious=True,
            )
    return out


def _fields(
    out: Score,
    gold: Mapping[str, Any],
    told: Mapping[str, Any] | None,
    table: Mapping[str, str],
    *,
    spurious: bool = False,
) -> None:
    got = told or {"participants": [], "items": [], "quantities": [], "dates": [], "chain": []}
    kinds: tuple[tuple[str, str, Any], ...] = (
        ("participant", "participants", lambda g, t: same_party(g, t, table)),
        ("item", "items", lambda g, t: g["class"] == t["class"] or share(g.get("span"), t.get("span")) > 0),
        ("quantity", "quantities", same_amount),
        ("date", "dates", same_date),
    )
    for name, part, same in kinds:
        wanted = [x for x in gold[part] if not x.get("optional")]
        spare = [x for x in gold[part] if x.get("optional")]
        right, missing, extra = pair_up(wanted, got[part], same)
        _, _, extra = pair_up(spare, extra, same)
        out.add(name, right=right, false=len(extra), miss=len(missing))
    if told is None or spurious:
        return
    fits = told["modality"] in {gold["modality"], *gold.get("modality_accept", ())}
    out.add("modality", right=fits, miss=not fits)
    if gold["modality"] in {"denied", "feared", "intended"}:
        flat = told["modality"] == "asserted" and not fits
        out.add("danger", right=flat, miss=not flat)
    chain = [x for x in gold["chain"] if not x.get("publisher")]
    links = [x for x in told["chain"] if not x.get("publisher")]
    whole = len(chain) == len(links) and all(same_source(a, b, table) for a, b in zip(chain, links, strict=True))
    out.add("chain", right=whole, miss=not whole)
    if chain and not chain[0].get("unnamed"):
        right = bool(links) and same_source(chain[0], links[0], table)
        out.add("source", right=right, false=bool(links) and not right and not links[0].get("unnamed"), miss=not right)
    elif not chain and links and not links[0].get("unnamed"):
        out.add("source", false=1)


NAMES = ("event", "participant", "item", "source", "quantity", "date", "modality", "chain", "danger")


def score(gold: Mapping[str, tuple[dict[str, Any], str]], told: Mapping[str, list[dict[str, Any]]]) -> dict[str, Score]:
    """Counts by document."""
    table = states()
    return {name: score_document(one, told.get(name, []), table) for name, (one, _) in gold.items()}


def intervals(parts: Mapping[str, Score], samples: int = 1000, seed: int = 7) -> dict[str, tuple[float, float, float]]:
    """Value and 95 % bootstrap interval over documents, by measure."""
    names = list(parts)
    chance = random.Random(seed)
    drawn = [Score.joined(parts[chance.choice(names)] for _ in names) for _ in range(samples)]
    whole = Score.joined(parts.values())
    out = {}
    for name in NAMES:
        values = sorted(one.value(name) for one in drawn)
        out[name] = (whole.value(name), values[int(0.025 * samples)], values[int(0.975 * samples) - 1])
    return out
