"""Findings that live: an id that stays, a chain of versions that only grows, and what persons added carried along.

A finding of an earlier run goes on where a new draft of the same rule family is about the same thing: most of the
passages
that it rested on are in the draft, or the key is the same. A new version is added only where the content differs.
Nothing that a person decided is lost by new evidence: decisions are read again on every run and bind to the finding, to
its key, or to a passage that it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from observance.findings.draft import Draft
from observance.findings.review import apply_review
from observance.findings.sketch import Sketch, citation_key
from observance.model import Decision, Finding, FindingVersion, content_id, to_plain

__all__ = ["content_of", "versioned"]


def content_of(version: FindingVersion) -> object:
    """What a version says, without its number, time and author: what two runs are compared by."""
    plain = to_plain(replace(version, number=0, by=""))
    plain.pop("at", None)
    return plain


def _places(draft: Draft, sketches: Mapping[str, Sketch]) -> list[tuple[str, str, str]]:
    return sorted(citation_key(sketches[key].observation) for key in draft.version.observations)


def _family(rule: str) -> str:
    return rule.split("_", 1)[0] if rule.startswith("institution") else "conduct"


def _pair(drafts: Sequence[Draft], previous: Sequence[Finding]) -> dict[int, Finding]:
    """Which earlier finding each draft goes on with: largest overlap first, then the same key."""
    ranked: list[tuple[int, int, str, int]] = []
    by_id = {finding.id: finding for finding in previous}
    for index, draft in enumerate(drafts):
        mine = set(draft.version.observations)
        for finding in previous:
            if _family(finding.versions[0].rule) != _family(draft.version.rule):
                continue
            shared = max((len(mine & set(version.observations)) for version in finding.versions), default=0)
            same = finding.key == draft.key
            if shared or same:
                ranked.append((-shared, 0 if same else 1, finding.id, index))
    found: dict[int, Finding] = {}
    used: set[str] = set()
    for _, _, key, index in sorted(ranked):
        if index not in found and key not in used:
            found[index] = by_id[key]
            used.add(key)
    return found


def versioned(
    drafts: Sequence[Draft],
    previous: Sequence[Finding],
    decisions: Sequence[Decision],
    sketches: Mapping[str, Sketch],
    regime: str,
) -> tuple[Finding, ...]:
    """Findings with their chains, sorted by id; an earlier one that nothing supports any more stays as it was."""
    ordered = sorted(drafts, key=lambda d: (d.key, d.version.title, _places(d, sketches)))
    pairs = _pair(ordered, previous)
    found: dict[str, Finding] = {}
    for index, draft in enumerate(ordered):
        earlier = pairs.get(index)
        key = earlier.id if earlier else content_id("fnd", [regime, draft.key, _places(draft, sketches)])
        chain = earlier.versions if earlier else ()
        base = apply_review(key, draft, decisions, sketches)
        if not chain or content_of(base) != content_of(chain[-1]):
            chain = (*chain, replace(base, number=len(chain) + 1))
        found[key] = Finding(id=key, key=draft.key, regime=regime, versions=chain)
    for finding in previous:
        found.setdefault(finding.id, finding)
    return tuple(found[key] for key in sorted(found))
