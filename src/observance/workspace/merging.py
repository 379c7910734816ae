"""Merging: another workspace's evidence, observations, lists, decisions and findings come into this one.

The other chain is copied under its own name, byte for byte, and one entry of ours names its head. Nothing is
rewritten; what both hold is held once, since paths are hashes of content.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from observance.errors import IntegrityError, StoreError
from observance.evidence.ledger import Ledger
from observance.store.chain import Chain
from observance.store.files import hash_file, refusals, write_stream, write_whole

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = ["Merged", "merge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came in: chains, files, and files that were here already."""

    chains: tuple[str, ...]
    files: int
    known: int


def merge(workspace: Workspace, other: Workspace) -> Merged:
    """Bring another workspace in.

    Raises:
        IntegrityError: the other workspace does not hold, or a chain of that name here goes another way.
        StoreError: it is this workspace itself.
    """
    if other.root.resolve() == workspace.root.resolve():
        raise StoreError("that is this workspace itself", where=str(other.root), step="name another folder")
    faults = [fault for check in other.ledger.check() for fault in check.faults]
    if faults:
        raise IntegrityError(
            "the other workspace does not hold", where=str(other.root), faults=tuple(faults), step="nothing was merged"
        )
    artefacts = other.ledger.artefacts()
    for path, expected in sorted(artefacts.items()):
        found = other.root / path
        if not found.is_file() or hash_file(found) != expected:
            raise IntegrityError(
                "a file of the other workspace differs from its ledger line",
                where=str(found),
                step="run `observance verify` there; nothing was merged",
            )
    copied = known = 0
    for path in sorted(artefacts):
        target = workspace.root / path
        if target.exists():
            known += 1
            continue
        _copy(other.root / path, target)
        copied += 1
    names = [_copy_chain(workspace, chain) for chain in other.ledger.chains() if chain.path.exists()]
    heads = {name: Chain(workspace.ledger.folder, name).check().last for name in names}
    workspace.record("merged", {"heads": heads, "files": copied, "from": other.config.name})
    return Merged(chains=tuple(names), files=copied, known=known)


def _copy(source: Path, target: Path) -> None:
    """Copy a file in chunks so that it is whole or not there."""

    def chunks() -> Iterator[bytes]:
        with source.open("rb") as handle:
            while chunk := handle.read(1 << 20):
                yield chunk

    write_stream(target.parent, chunks(), lambda _: target)


def _copy_chain(workspace: Workspace, chain: Chain) -> str:
    """Copy a chain and its head; a shorter copy here is replaced where it is the beginning of the other."""
    own = Ledger(workspace.root, workspace.config.writer)
    if chain.name == own.own.name:
        raise IntegrityError(
            "both workspaces write under one name",
            where=str(chain.path),
            got=chain.name,
            step="a copy cannot be merged into its original; start the second one with `observance init`",
        )
    target = Chain(own.folder, chain.name)
    size = _acknowledged(chain)
    theirs = chain.path.read_bytes()[:size]
    if target.path.exists():
        ours = target.path.read_bytes()
        if ours == theirs or ours.startswith(theirs):
            return chain.name
        if not theirs.startswith(ours):
            raise IntegrityError(
                "a chain of this name is here already and goes another way",
                where=str(target.path),
                step="one of the two was changed; run `observance verify` in both",
            )
    write_whole(target.path, theirs)
    with refusals(target.head_path):
        shutil.copyfile(chain.head_path, target.head_path)
    return chain.name


def _acknowledged(chain: Chain) -> int:
    import json

    return int(json.loads(chain.head_path.read_bytes())["size"])


def merge_folder(workspace: Workspace, folder: Path) -> Merged:
    """Merge the workspace in a folder."""
    from observance.workspace import Workspace as Opened

    return merge(workspace, Opened.open(folder, operator=workspace.operator, clock=workspace.clock))
