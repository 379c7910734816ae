"""The ledger: every act on a workspace, one canonical JSON line each, one hash chain a writer.

An entry has `act`, `at` (UTC), `by`, and what the act was about. An act that left a file names it (`path`, `sha256`),
so that every file of the workspace is covered by the chain. Acts: init, archived, described, list_added, observed,
judged, found, reported, decided, screened, tracks_added, merged, migrated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from observance.store.chain import Chain, ChainCheck

__all__ = ["Entry", "Ledger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act.

    Attributes:
        act: what was done.
        at: UTC time.
        by: who did it.
        data: plain values; `path` and `sha256` name a file of the workspace that the act left.
    """

    act: str
    at: datetime
    by: str
    data: dict[str, Any]

    def plain(self) -> dict[str, Any]:
        """The entry as it is written (without `prev` and `seq`)."""
        at = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return {"act": self.act, "at": at, "by": self.by, **self.data}


class Ledger:
    """All chains of a workspace; writes go to the workspace's own."""

    def __init__(self, root: Path, writer: str) -> None:
        self.folder = root / "ledger"
        self.own = Chain(self.folder, writer)
        self.said: list[str] = []

    def chains(self) -> list[Chain]:
        """The chains in the folder, own one first, then by name."""
        names = sorted(path.stem for path in self.folder.glob("*.jsonl"))
        heads = sorted(path.stem for path in self.folder.glob("*.head"))
        rest = sorted({*names, *heads} - {self.own.name})
        return [self.own, *(Chain(self.folder, name) for name in rest)]

    def add(self, entries: Iterable[Entry]) -> None:
        """Append acts; when this returns they are on the disk. Words about a torn tail are kept in `said`."""
        self.said += self.own.append([entry.plain() for entry in entries])

    def entries(self, act: str | None = None) -> Iterator[dict[str, Any]]:
        """Acknowledged entries of all chains, own chain last, so that later acts of ours win."""
        for chain in [*self.chains()[1:], self.own]:
            for entry in chain.read():
                if act is None or entry.get("act") == act:
                    yield entry

    def artefacts(self) -> dict[str, str]:
        """Path (relative to the workspace, with `/`) to SHA-256 of every file that an act left."""
        return {entry["path"]: entry["sha256"] for entry in self.entries() if "path" in entry and "sha256" in entry}

    def check(self) -> list[ChainCheck]:
        """Re-read all chains."""
        return [chain.check() for chain in self.chains()]
