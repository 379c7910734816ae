"""Which observations a person's decision means: it binds to citation and kind, never to one detector run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from observance.model import Citation, Decision, Observation, TextSpan

__all__ = ["Located", "rejected"]


def _meets(one: Citation, two: Citation) -> bool:
    if one.evidence != two.evidence:
        return False
    a, b = one.selector, two.selector
    if isinstance(a, TextSpan) and isinstance(b, TextSpan):
        return a.start < b.end and b.start < a.end
    return a == b


class Located:
    """Observations by the evidence that they cite, to find those that a decision means."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._by_evidence: dict[str, list[Observation]] = {}
        self._by_id: dict[str, Observation] = {}
        for observation in observations:
            self._by_id[observation.id] = observation
            for evidence in {citation.evidence for citation in observation.citations}:
                self._by_evidence.setdefault(evidence, []).append(observation)

    def meant(self, decision: Decision) -> tuple[str, ...]:
        """Ids of the observations that the decision binds to, sorted.

        Text passages that overlap count as one place: a better reader may cut a passage a little differently. `about`,
        where it is given and is an event type, must be that of the observation.
        """
        found = {decision.subject} & self._by_id.keys()
        for citation in decision.citations:
            for observation in self._by_evidence.get(citation.evidence, ()):
                kinds = {observation.event_type, *observation.event_accept, observation.kind, ""}
                if decision.about not in kinds and not decision.kind.endswith(("_events", "_origins")):
                    continue
                if any(_meets(citation, own) for own in observation.citations):
                    found.add(observation.id)
        return tuple(sorted(found))


def rejected(located: Located, decisions: Sequence[Decision]) -> frozenset[str]:
    """Observations that a person has set aside: claims rejected and matches found false. The latest word wins."""
    out: set[str] = set()
    for decision in sorted(decisions, key=lambda d: (d.at, d.id)):
        if decision.kind in {"claim_rejected", "match_false"}:
            out.update(located.meant(decision))
        elif decision.kind in {"claim_accepted", "match_true"}:
            out.difference_update(located.meant(decision))
    return frozenset(out)
