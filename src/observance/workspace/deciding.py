"""Deciding: what persons decide is written as a record of its own and never overwritten.

A decision binds to citation and kind and not to one detector run, so that it survives a better reader. Which kinds
change a finding, and how, is the business of `findings.review`; here they are only kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from observance.errors import UsageError
from observance.evidence.ledger import Entry
from observance.model.canonical import canonical_json, sha256_bytes
from observance.model.citation import Citation
from observance.model.codec import to_plain
from observance.model.decision import Decision
from observance.store.files import write_whole

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = ["decide", "finding_id", "keep_decision"]


def decide(
    workspace: Workspace,
    kind: str,
    subject: str,
    *,
    reason: str = "",
    about: str = "",
    citations: Iterable[Citation] = (),
    values: Iterable[tuple[str, str]] = (),
) -> Decision:
    """Keep a decision of the operator; acknowledged when this returns.

    Args:
        workspace: where it is kept.
        kind: see `model.Decision`.
        subject: what was decided on.
        reason: in the operator's words.
        about: kind of the record it binds to.
        citations: passages or rows it binds to.
        values: what was decided, as (name, value) pairs.
    """
    decision = Decision(
        kind=kind,
        subject=subject,
        citations=tuple(citations),
        about=about,
        by=workspace.operator,
        at=workspace.clock(),
        reason=reason,
        values=tuple(values),
    ).sealed()
    keep_decision(workspace, decision)
    return decision


def keep_decision(workspace: Workspace, decision: Decision) -> None:
    """Write a decision and its ledger line."""
    plain = to_plain(decision)
    data = canonical_json(plain) + b"\n"
    path = f"decisions/{decision.id}.json"
    write_whole(workspace.root / path, data)
    workspace.ledger.add(
        [
            Entry(
                act="decided",
                at=decision.at,
                by=decision.by,
                data={"decision": plain, "path": path, "sha256": sha256_bytes(data)},
            )
        ]
    )


def finding_id(workspace: Workspace, beginning: str) -> str:
    """The whole id of a finding kept in the folder.

    Raises:
        UsageError: none begins so, or several do.
    """
    from observance.workspace.finding import stored_findings

    known = stored_findings(workspace)
    hits = [key for key in known if key.startswith(beginning)]
    if len(hits) == 1:
        return hits[0]
    raise UsageError(
        "several findings begin so" if hits else "no finding with this id",
        got=beginning,
        expected=", ".join(hits or known) or "a finding of `observance run`",
    )
