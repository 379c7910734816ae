"""Whether a sum stays below a ceiling.

One sum for all States: what went before in the period plus this delivery, each in its unit as reported. A ceiling
told in two units is reached in whichever is reached first. Where a unit differs, a factor of the vocabulary turns it
into a range; a range that straddles the ceiling decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.measures.facts import Amount
from observance.packs import Cap, Vocabulary

if TYPE_CHECKING:
    from observance.measures.situation import Situation

__all__ = ["CeilingReading", "below_ceiling"]

CeilingReading = tuple[bool | None, str]
"""Below (True), above (False) or not told (None), with the figures in a clause."""


def below_ceiling(situation: Situation, caps: tuple[Cap, ...], vocabulary: Vocabulary) -> CeilingReading:
    """The sum so far with this delivery against every limit of the caps that hold."""
    told = situation.told
    shares = [told[key] for key in ("share_of_limit_pct", "share_of_limit_value_pct") if key in told]
    if any(share > 100 for share in shares):
        return False, f"the sum stands at {max(shares):g} per cent of the ceiling"
    limits = [(cap.value, cap.unit) for cap in caps if cap.value is not None]
    limits += [(cap.alternative.value, cap.alternative.unit) for cap in caps if cap.alternative]
    answers: list[bool] = []
    clauses: list[str] = []
    for limit, unit in limits:
        item = caps[0].item
        before = _range(_sums(situation), unit, item, vocabulary)
        now = _range(situation.facts.amounts, unit, item, vocabulary)
        low = (before[0] if before else 0.0) + (now[0] if now else 0.0)
        if (before or now) and low > limit:
            return False, f"{low:,.0f} {unit} against a ceiling of {limit:,.0f}"
        if before and now and before[1] + now[1] <= limit:
            answers.append(True)
            clauses.append(f"{before[1] + now[1]:,.0f} {unit} against a ceiling of {limit:,.0f}")
    if shares:
        return True, f"the sum stands at {max(shares):g} per cent of the ceiling"
    if answers:
        return True, "; ".join(clauses)
    return None, "the sum for all States is not told"


def _sums(situation: Situation) -> tuple[Amount, ...]:
    told = situation.told.get("sum_so_far")
    return tuple(told) if isinstance(told, tuple) else ()


def _range(amounts: tuple[Amount, ...], unit: str, item: str, vocabulary: Vocabulary) -> tuple[float, float] | None:
    """The largest told amount in a unit, as it is or turned into it; None where none can be."""
    best: tuple[float, float] | None = None
    for amount in amounts:
        low, high, own = amount.low, amount.high, amount.unit
        if own != unit:
            factor = _factor(own, unit, item, vocabulary)
            # A reported figure in the unit itself stands before any that would have to be turned into it.
            if factor is None or any(other.unit == unit for other in amounts):
                continue
            low, high = low * factor[0], high * factor[1]
        if best is None or high > best[1]:
            best = (low, high)
    return best


def _factor(unit: str, to: str, item: str, vocabulary: Vocabulary) -> tuple[float, float] | None:
    for row in vocabulary.conversions:
        if row.item in vocabulary.closure("items", item):
            if (row.unit, row.to) == (unit, to):
                return row.low, row.high
            if (row.to, row.unit) == (unit, to):
                return 1 / row.high, 1 / row.low
    return None
