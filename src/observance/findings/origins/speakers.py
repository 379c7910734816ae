"""Who speaks in a claim: the link of its chain nearest to the event, reduced to a key that two texts can share.

The kinds, from the one that binds most to the one that binds least: a named person; a government, agency or body; an
unnamed group (known only inside its document); the outlet itself (its own voice); a record that speaks (a list, a
track, a table, a document of the actor).
"""

from __future__ import annotations

from dataclasses import dataclass

from observance.findings.origins.offices import states_named
from observance.findings.sketch import Sketch, fold
from observance.model import Evidence, SourceLink

__all__ = ["Speaker", "relays", "speaker_of"]

_OFFICIAL = frozenset({"official", "state", "state_organ", "armed_force"})
_GROUP_WORDS = frozenset(
    {
        *("official", "officials", "officer", "officers", "aide", "aides", "authorities", "diplomat", "diplomats"),
        *("expert", "experts", "analyst", "analysts", "lawmaker", "lawmakers", "executives", "traders"),
        *("source", "sources", "person", "people", "insiders", "witnesses", "investigators"),
    }
)
_DATA = frozenset({"imagery", "document", "data"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker.

    Attributes:
        kind: person, body, group, outlet or record.
        key: what two claims share where one speaker made both; scoped to the document where a name is missing.
        name: for a reader.
        states: States for whom the speaker speaks.
        type: actor type of the link.
        role: office.
    """

    kind: str
    key: str
    name: str
    states: tuple[str, ...]
    type: str
    role: str


def relays(chain: tuple[SourceLink, ...]) -> tuple[str, ...]:
    """Outlets between the speaker and us, from the publisher inwards; names as written."""
    return tuple(link.name for link in chain[:-1])


def _is_group(link: SourceLink) -> bool:
    if link.named is True:
        return False
    words = set(fold(f"{link.name} {link.role or ''}").split())
    return link.named is False or bool(words & _GROUP_WORDS)


def speaker_of(sketch: Sketch, evidence: Evidence | None) -> Speaker:
    """The speaker of an observation; without a chain it is the evidence that speaks."""
    observation = sketch.observation
    chain = observation.chain
    link = chain[-1] if chain else None
    # Two translations of one document are one document.
    source = (evidence.meta.translation_of if evidence else None) or sketch.evidence
    if link is None or observation.kind != "claim":
        publisher = evidence.meta.publisher if evidence else None
        kind = "record" if observation.kind != "claim" else "outlet"
        name = (link.name if link else None) or publisher or (evidence.name if evidence else "the evidence itself")
        return Speaker(
            kind=kind,
            key=f"{kind}:{source}",
            name=name,
            states=(),
            type=link.type or "" if link else "",
            role="",
        )
    states = tuple(sorted(set(link.states)))
    if not states and _is_group(link):
        # "US and South Korean officials": the States stand in the name.
        states = states_named(link.name)
    elif len(states) == 1 and _is_group(link):
        states = tuple(sorted({*states, *states_named(link.name)}))
    parts = {"name": link.name, "states": states, "type": link.type or "", "role": link.role or ""}
    if link.type == "media" or (len(chain) == 1 and link.type not in {*_OFFICIAL, "expert", "organisation", "person"}):
        return Speaker(kind="outlet", key=f"outlet:{fold(link.name)}:{source}", **parts)  # type: ignore[arg-type]
    if link.type in _DATA:
        return Speaker(kind="record", key=f"record:{fold(link.name)}", **parts)  # type: ignore[arg-type]
    government = link.type in _OFFICIAL and (
        (len(states) == 1 and fold(link.role or "") in {"government", "state"}) or link.type in {"state", "state_organ"}
    )
    if government and link.role and fold(link.role) in {"government", "state"}:
        return Speaker(kind="body", key=f"government:{states[0]}", **parts)  # type: ignore[arg-type]
    if _is_group(link):
        return Speaker(kind="group", key=f"group:{'+'.join(states)}:{fold(link.name)}:{source}", **parts)  # type: ignore[arg-type]
    if link.type in {"state", "state_organ", "organisation", "armed_force"}:
        return Speaker(kind="body", key=f"body:{fold(link.name)}", **parts)  # type: ignore[arg-type]
    return Speaker(kind="person", key=f"person:{fold(link.name)}", **parts)  # type: ignore[arg-type]
