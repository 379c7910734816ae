"""The flow as a person sees it: init, archive, observe, judge, find, report, verify. Each command is one call here.

`Workspace` holds the folder, its configuration, ledger, archive and index, and hands each step to the module that is
named for it. The clock and the operator come in as arguments, so that a run is a function of its inputs.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from observance.evidence.archive import Archive
from observance.evidence.ledger import Entry, Ledger
from observance.store.config import CONFIG_NAME, FORMAT, Config, read_config
from observance.store.folder import find_folder, make_folder, open_folder

if TYPE_CHECKING:
    from observance.evidence.lists.records import ListVersion
    from observance.model import Judgement
    from observance.model.evidence import DocumentMeta
    from observance.packs import Pack
    from observance.store.index import Index, SearchHit
    from observance.workspace.archiving import Archived
    from observance.workspace.finding import View
    from observance.workspace.observing import ObserveSummary
    from observance.workspace.running import RunSummary
    from observance.workspace.verifying import Verification

__all__ = ["Workspace", "utc_now"]


def utc_now() -> datetime:
    """The present moment in UTC; the one place where the clock is read."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Workspace:
    """A workspace folder that is open.

    Attributes:
        root: the folder.
        config: what it watches.
        ledger: every act on it.
        archive: the originals.
        operator: who works, as written in the ledger.
        clock: gives the time of acts.
    """

    root: Path
    config: Config
    ledger: Ledger
    archive_: Archive
    operator: str
    clock: Callable[[], datetime]
    _index: Index | None = None

    @classmethod
    def init(
        cls,
        root: Path,
        *,
        regimes: Sequence[str] = ("dprk-1718",),
        name: str | None = None,
        operator: str = "",
        clock: Callable[[], datetime] = utc_now,
        writer: str | None = None,
    ) -> Workspace:
        """Make a workspace for the regimes named and open it.

        Raises:
            StoreError: there is one already, or the folder cannot be written.
            PackError: a regime that is not known, or with faults.
        """
        from observance.packs import load_pack

        for regime in regimes:
            load_pack(regime)
        config = Config(
            name=name or root.resolve().name or "case",
            writer=writer or f"w-{uuid.uuid4().hex[:8]}",
            regimes=tuple(regimes),
        )
        make_folder(root, config)
        workspace = cls._at(root, config, operator, clock)
        workspace.record("init", {"format": FORMAT, "regimes": list(regimes), "name": config.name})
        return workspace

    @classmethod
    def open(
        cls, start: Path | None = None, *, operator: str = "", clock: Callable[[], datetime] = utc_now
    ) -> Workspace:
        """Open the workspace at or above a folder (default: the current one).

        Raises:
            StoreError: there is none, or it was written by a newer version.
        """
        root = find_folder(start or Path.cwd())
        before = read_config(root / CONFIG_NAME).format
        config = open_folder(root)
        workspace = cls._at(root, config, operator, clock)
        if before != config.format:
            workspace.record("migrated", {"from": before, "to": config.format})
        return workspace

    @classmethod
    def _at(cls, root: Path, config: Config, operator: str, clock: Callable[[], datetime]) -> Workspace:
        ledger = Ledger(root, config.writer)
        return cls(root, config, ledger, Archive(root, ledger), operator or _account(), clock)

    def record(self, act: str, data: dict[str, object]) -> None:
        """Write one act to the ledger."""
        self.ledger.add([Entry(act=act, at=self.clock(), by=self.operator, data=data)])

    @property
    def index(self) -> Index:
        """The index, opened on first use; `search` brings it up to the folder."""
        if self._index is None:
            from observance.workspace.indexing import open_index

            self._index = open_index(self)
        return self._index

    def close_index(self) -> None:
        """Let go of the index; the next use opens it again."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def search(self, question: str, *, limit: int = 50, as_of: str | None = None) -> list[SearchHit]:
        """Evidence, observations and findings that hold all words. See `indexing.search`."""
        from observance.workspace.indexing import search

        return search(self, question, limit=limit, as_of=as_of)

    @property
    def has_index(self) -> bool:
        """Whether an index is in use already; it is built on the first search and kept in step from then on."""
        return bool(self.config.index) or (self.root / "index.db").exists()

    def pack(self, regime: str | None = None) -> Pack:
        """A regime pack of this workspace; the first one by default. Packs under `regimes/` win over built-in ones."""
        from observance.packs import load_pack

        return load_pack(regime or self.config.regimes[0], workspace=self.root)

    def archive(
        self,
        sources: Iterable[str | Path],
        *,
        meta: DocumentMeta | None = None,
        kind: str = "document",
        note: str | None = None,
    ) -> list[Archived]:
        """Keep files and addresses: bytes, hash, date and a custody line each. See `archiving.archive`."""
        from observance.workspace.archiving import archive

        return archive(self, sources, meta=meta, kind=kind, note=note)

    def add_list(
        self, source: str | Path, *, list_id: str | None = None, date: str | None = None, adapter: str | None = None
    ) -> ListVersion:
        """Keep a version of a sanctions list as evidence. See `listing.add_list`, which takes more."""
        from observance.workspace.listing import add_list

        return add_list(self, source, list_id=list_id, date=date, adapter=adapter)

    def observe(self, *, progress: Callable[[str], None] | None = None) -> ObserveSummary:
        """Run the detectors over evidence they have not seen. See `observing.observe`."""
        from observance.workspace.observing import observe

        return observe(self, progress=progress)

    def view(self, *, on: str | None = None, as_of: str | None = None) -> View:
        """Judgements, events, origins and findings of a view, computed and not written. See `finding.view`."""
        from observance.workspace.finding import view

        return view(self, on=on, as_of=as_of)

    def judge(self, *, on: str | None = None, as_of: str | None = None) -> tuple[Judgement, ...]:
        """The judgements of a view: each paragraph that an observation comes near, with verdict and reasons."""
        return tuple(self.view(on=on, as_of=as_of).judgements)

    def report(self, *, on: str | None = None, as_of: str | None = None) -> Path:
        """Write the report of a view; its path. See `reporting.issue`."""
        from observance.workspace.reporting import issue

        return issue(self, self.view(on=on, as_of=as_of))

    def explain(self, finding: str, *, on: str | None = None, as_of: str | None = None) -> str:
        """Why a finding stands: reasons, paragraphs, passages, hashes. See `reporting.explain`."""
        from observance.workspace.reporting import explain

        return explain(self, finding, on=on, as_of=as_of)[0]

    def run(
        self, *, on: str | None = None, as_of: str | None = None, progress: Callable[[str], None] | None = None
    ) -> RunSummary:
        """Observe, judge, find and report; only what is new. See `running.run`."""
        from observance.workspace.running import run

        return run(self, on=on, as_of=as_of, progress=progress)

    def verify(self) -> Verification:
        """Re-read every hash, chain and citation. See `verifying.verify`."""
        from observance.workspace.verifying import verify

        return verify(self)

    def with_operator(self, operator: str) -> Workspace:
        """The same workspace in another person's hands."""
        return replace(self, operator=operator)


def _account() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
