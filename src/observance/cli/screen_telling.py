"""An answer of `observance screen` in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.cli.output import say

if TYPE_CHECKING:
    from observance.cli.screen_session import Session
    from observance.observations.screening import Answer, Duty, ListHit

__all__ = ["tell"]


def tell(found: Answer, session: Session, *, near: bool, threshold: float | None) -> None:
    """Print the hits, and the near misses where they are asked for."""
    from observance.observations.matches import Parameters

    level = Parameters().threshold if threshold is None else threshold
    count = f"{len(found.hits)} hit{'' if len(found.hits) == 1 else 's'}"
    say(f"{count}, {len(found.near)} near, at threshold {level:.2f}, against {session.named()}")
    for hit in found.hits:
        _tell_hit(hit)
    if near:
        for hit in found.near:
            _tell_hit(hit, label="near miss ")
    elif found.near:
        say("near misses are below the threshold; --near shows them")


def _tell_hit(hit: ListHit, label: str = "") -> None:
    day_word = f", listed on {hit.listed_on}" if hit.listed_on else ""
    say("")
    say(f"{label}{hit.score:.2f}  {hit.list_id}:{hit.reference}  {hit.primary}  ({hit.kind}{day_word})")
    say(f"  matched   {hit.matched} ({hit.quality}), by {hit.rule}")
    if hit.alignment:
        say(f"  because   {'; '.join(hit.alignment)}")
    for word, facts in (("for", hit.speaks_for), ("against", hit.speaks_against)):
        if facts:
            say(f"  {word:9} {'; '.join(facts)}")
    for way, word in (("set_off", "sets off"), ("looks_at", "looks at")):
        rows = [duty for duty in hit.measures if duty.way == way]
        if rows:
            say(f"  {word:9} " + ", ".join(_measure(duty) for duty in rows))
    if hit.note:
        say(f"  note      {hit.note}")
    if hit.decision is not None:
        verdict = hit.decision.kind.removeprefix("match_")
        changed = "; the entry has changed since: look again" if hit.changed else ""
        say(f"  decided   {verdict} by {hit.decision.by} on {hit.decision.at:%Y-%m-%d}: {hit.decision.reason}{changed}")
    selector = hit.citation.selector
    row, field = getattr(selector, "row", ""), getattr(selector, "field", "")
    say(f"  cited     {hit.list_id} {hit.version}, row {row}, {field}, sha256 {hit.citation.evidence}")


def _measure(duty: Duty) -> str:
    since = f" since {duty.since}" if duty.since else ""
    acts = f" ({', '.join(duty.acts)})" if duty.acts else ""
    return f"{duty.measure}{acts}{since}"
