"""Judging: the observations of a view held against the measures of the pack."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from observance.evidence.ledger import Entry
from observance.model.canonical import sha256_bytes
from observance.model.codec import to_plain
from observance.store.files import jsonl_bytes, write_whole

if TYPE_CHECKING:
    from observance.model.judgement import Judgement
    from observance.model.observation import Observation
    from observance.packs import Pack
    from observance.workspace import Workspace
    from observance.workspace.finding import View

__all__ = ["judge_all", "keep_judgements"]


def judge_all(
    workspace: Workspace, observations: Sequence[Observation], pack: Pack, *, on: str | None
) -> list[Judgement]:
    """Every observation against every measure that could speak of it, by the law of its day or of `on`."""
    raise NotImplementedError


def keep_judgements(workspace: Workspace, view: View) -> None:
    """Write the judgements of a view as one file with a ledger line; the same content is written once."""
    data = jsonl_bytes(to_plain(judged) for judged in view.judgements)
    digest = sha256_bytes(data)
    path = f"judgements/{view.pack.id}-{digest[:16]}.jsonl"
    if path in workspace.ledger.artefacts():
        return
    write_whole(workspace.root / path, data)
    workspace.ledger.add(
        [
            Entry(
                act="judged",
                at=workspace.clock(),
                by=workspace.operator,
                data={
                    "pack": view.pack.ref,
                    "on": view.on,
                    "as_of": view.as_of,
                    "count": len(view.judgements),
                    "path": path,
                    "sha256": digest,
                },
            )
        ]
    )
