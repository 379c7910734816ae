"""What a screening command works with: lists, packs and decisions, from files or from the workspace it stands in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.cli.output import note, say, warn
from observance.cli.session import opened, warn_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

    from observance.evidence.lists import ListVersion
    from observance.model import Decision
    from observance.observations.screening import Answer, Screen
    from observance.packs import Pack
    from observance.workspace import Workspace

__all__ = ["Session", "account", "all_versions", "program", "read_file"]


class Session:
    """Lists, packs and decisions of a run: from files, or from the workspace that the command stands in."""

    def __init__(
        self,
        context: typer.Context,
        files: Sequence[Path],
        only: Sequence[str],
        on: str | None,
        regimes: Sequence[str],
        decisions: Path | None,
        by: str,
        *,
        cache: bool = True,
    ) -> None:
        from observance.errors import UsageError
        from observance.observations.screening import by_hit, confirmed_delistings, of_day
        from observance.observations.screening.decisions import read_file as read_decisions

        self.day = on
        self.cache = cache
        self.workspace: Workspace | None = None
        if not files:
            self.workspace = opened(context, by=by)
            warn_said(self.workspace)
        from observance.cli.screen_cache import quiet_memory

        self.packs: tuple[Pack, ...] = _packs(self.workspace, regimes)
        with quiet_memory():
            self.held = [read_file(path) for path in files] or _held(self.workspace, self.packs, only, on)
        if not self.held:
            raise UsageError(
                "no list to screen against",
                step="add one with `observance lists add LIST FILE`, or name a file with --list",
            )
        self.newest: tuple[ListVersion, ...] = of_day(self.held, on)
        self._built: Screen | None = None
        kept: list[Decision] = read_decisions(decisions) if decisions else []
        if self.workspace is not None:
            from observance.workspace.finding import decisions as of_workspace

            kept += of_workspace(self.workspace)
        self.decisions = by_hit(kept)
        self.delistings = confirmed_delistings(kept)
        self.by = self.workspace.operator if self.workspace else by or account()

    @property
    def built(self) -> Screen:
        """The lists ready to be screened against, made on first use."""
        if self._built is None:
            from observance.cli.screen_cache import built_screen

            self._built = built_screen(self.held, day=self.day, delistings=self.delistings, cache=self.cache)
        return self._built

    def ask(self, query: Any, told: Sequence[str], *, threshold: float | None, limit: int) -> Answer:
        """Screen one question."""
        from observance.observations.matches import screen
        from observance.observations.screening import answer

        built = self.built
        found = screen(built.index, query, limit=limit, threshold=threshold)
        return answer(built, found, packs=self.packs, decisions=self.decisions, told=told)

    def certificate(
        self,
        answers: Sequence[Answer],
        *,
        threshold: float | None,
        limit: int,
        bulk: dict[str, object] | None = None,
    ) -> dict[str, Any]:
        """The certificate of answers, or of a bulk run."""
        from observance.observations.matches import Parameters
        from observance.observations.screening import certificate
        from observance.workspace import utc_now

        parameters = Parameters()
        return certificate(
            answers,
            self.built.versions,
            parameters=parameters,
            threshold=parameters.threshold if threshold is None else threshold,
            limit=limit,
            at=self.workspace.clock() if self.workspace else utc_now(),
            by=self.by,
            program=program(),
            day=self.day,
            delistings=self.delistings,
            bulk=bulk,
        )

    def file(self, record: dict[str, Any], out: Path, *, quiet: bool) -> None:
        """Write the certificate as JSON and HTML, and in the workspace's ledger."""
        import json

        from observance.model import sha256_bytes
        from observance.observations.screening.page import certificate_page
        from observance.store.files import write_whole

        data = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
        path, page = out.with_suffix(".json"), out.with_suffix(".html")
        write_whole(path, data)
        write_whole(page, certificate_page(record).encode())
        if self.workspace is not None:
            where = f"reports/{record['id']}.json"
            write_whole(self.workspace.root / where, data)
            self.workspace.record(
                "screened",
                {
                    "certificate": record["id"],
                    "statement": record["result"]["statement"],
                    "lists": [one["sha256"] for one in record["lists"]],
                    "path": where,
                    "sha256": sha256_bytes(data),
                },
            )
        if not quiet:
            note(f"certificate {record['id']}")
            say(str(path))
            say(str(page))

    def plain_lists(self) -> list[dict[str, object]]:
        """The versions that were asked."""
        return [
            {"list": one.list_id, "date": one.date, "sha256": str(one.sha256), "entries": len(one.entries)}
            for one in self.built.versions
        ]

    def named(self) -> str:
        """The versions in words: the one of the day of each list, and what was taken from others."""
        words = [f"{one.list_id} {one.date} ({len(one.entries):,} entries)" for one in self.newest]
        chosen = {(one.list_id, one.key) for one in self.newest}
        more = sum((version.list_id, version.key) not in chosen for version, _entry in self.built.entries.values())
        return ", ".join([*words, *([f"{more:,} entries that only other versions have"] if more else [])])


def read_file(path: Path) -> ListVersion:
    """A list file, whatever list it is; its warnings go to stderr."""
    from observance.evidence.lists import read_list_file

    version = read_list_file(path)
    for word in version.warnings:
        warn(f"{path.name}: {word}")
    return version


def _held(workspace: Workspace | None, packs: Sequence[Pack], only: Sequence[str], on: str | None) -> list[ListVersion]:
    """Versions to ask: all of a regime's own lists, of others the one of the day (or the first after it)."""
    from observance.observations.screening.duties import is_own
    from observance.workspace.listing import held_versions, load_version

    if workspace is None:
        return []
    chosen = []
    held = [one for one in held_versions(workspace) if not only or one.list_id in only]
    for list_id in sorted({one.list_id for one in held}):
        of_list = [one for one in held if one.list_id == list_id]
        if is_own(list_id, packs) is False:
            before = [one for one in of_list if on is None or one.date <= on]
            of_list = before[-1:] or of_list[:1]
        chosen += of_list
    return [load_version(workspace.root, one) for one in chosen]


def all_versions(context: typer.Context) -> list[ListVersion]:
    """Every version of the workspace; none where there is no workspace."""
    from observance.errors import StoreError
    from observance.workspace.listing import held_versions, load_version

    try:
        workspace = opened(context)
    except StoreError:
        return []
    return [load_version(workspace.root, held) for held in held_versions(workspace)]


def _packs(workspace: Workspace | None, regimes: Sequence[str]) -> tuple[Pack, ...]:
    from observance.packs import known_packs, load_pack

    if regimes:
        return tuple(load_pack(regime) for regime in regimes)
    if workspace is not None:
        return tuple(workspace.pack(regime) for regime in workspace.config.regimes)
    return tuple(load_pack(regime) for regime in known_packs())


def account() -> str:
    """The account that runs the command."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def program() -> str:
    """Version of the program, as certificates state it."""
    from importlib.metadata import version

    return version("observance")
