"""Archiving: files and addresses become evidence, each with hash, time and a custody line.

What cannot be read later is kept all the same: damaged bytes are evidence too. The fault is reported beside it, and
the other sources go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from observance.errors import ObservanceError
from observance.evidence.readers import media_type, read_document
from observance.model.evidence import Acquisition, DocumentMeta, Evidence
from observance.model.identifiers import Sha256

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = ["Archived", "archive", "is_address", "meta_beside", "typed_private"]

_LIMIT = 2_000_000_000
_BATCH = 32
_META = (".meta.yaml", ".meta.yml", ".meta.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What became of one source.

    Attributes:
        source: as given.
        evidence: the record, None where nothing was kept.
        known: True where these bytes were in the archive before.
        fault: why it was not kept, or why it cannot be read.
        warnings: words about it that are no faults.
    """

    source: str
    evidence: Evidence | None = None
    known: bool = False
    fault: ObservanceError | None = None
    warnings: tuple[str, ...] = ()


def is_address(source: str | Path) -> bool:
    """Whether a source is an address on the web and no path."""
    return str(source).startswith(("http://", "https://"))


def typed_private(address: str) -> bool:
    """Whether the address as typed is on this machine or a private network.

    A person who types `http://127.0.0.1:8000/` means it; a public page that redirects there does not get through.
    """
    from ipaddress import ip_address
    from urllib.parse import urlsplit

    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or host.endswith(".localhost") or ip_address(host).is_private
    except ValueError:
        return False


def archive(
    workspace: Workspace,
    sources: Iterable[str | Path],
    *,
    meta: DocumentMeta | None = None,
    kind: str = "document",
    note: str | None = None,
) -> list[Archived]:
    """Keep each source; acknowledged in batches, in the order given.

    A folder stands for the files in it (hidden ones and `*.meta.yaml` left out), by name. A file `NAME.meta.yaml`
    beside `NAME.*` describes it where no `meta` is given, and is no evidence itself where both are given (`DIR/*`).
    """
    results: list[Archived] = []
    batch: list[Archived] = []
    known = set(workspace.archive_.records())
    for source in _expanded(sources):
        result = _one(workspace, source, meta, kind, note, known)
        if result.evidence is not None:
            known.add(result.evidence.sha256)
        batch.append(result)
        if len(batch) >= _BATCH:
            _acknowledge(workspace, batch)
            results += batch
            batch = []
    _acknowledge(workspace, batch)
    return results + batch


def _acknowledge(workspace: Workspace, batch: list[Archived]) -> None:
    workspace.archive_.register(result.evidence for result in batch if result.evidence is not None)


def _expanded(sources: Iterable[str | Path]) -> Iterator[str | Path]:
    given = list(sources)
    paths = [Path(source) for source in given if not is_address(source)]
    described = {path.with_name(path.stem + ending) for path in paths for ending in _META}
    for source in given:
        if not is_address(source) and Path(source) in described:
            continue
        if not is_address(source) and Path(source).is_dir():
            for path in sorted(Path(source).iterdir()):
                if path.is_file() and not path.name.startswith(".") and ".meta." not in path.name:
                    yield path
        else:
            yield source


def _one(
    workspace: Workspace,
    source: str | Path,
    meta: DocumentMeta | None,
    kind: str,
    note: str | None,
    known: set[Sha256],
) -> Archived:
    warnings: tuple[str, ...] = ()
    capture: Sha256 | None = None
    redirects: tuple[str, ...] = ()
    try:
        if is_address(source):
            config = workspace.config
            from observance.evidence.fetch import FetchLimits, fetch

            limits = FetchLimits(size=config.fetch_limit, seconds=config.fetch_timeout)
            fetched = fetch(
                str(source),
                user_agent=config.user_agent,
                limits=limits,
                now=workspace.clock(),
                allow_private=typed_private(str(source)),
            )
            capture, warc_size = workspace.archive_.keep(fetched.warc_bytes, name=str(source))
            redirects = tuple(fetched.redirects)
            sha256, size = workspace.archive_.keep(fetched.body, name=str(source))
            name = Path(fetched.final_url.split("?", 1)[0].rstrip("/")).name or "index.html"
            head = fetched.body
            meta = replace(meta or DocumentMeta(), url=(meta.url if meta and meta.url else fetched.final_url))
            workspace.archive_.register([_capture_record(workspace, capture, warc_size, str(source))])
        else:
            path = Path(source)
            sha256, size = workspace.archive_.keep(path, limit=_LIMIT)
            name = path.name
            head = path.read_bytes()
            if meta is None:
                meta, warnings = meta_beside(path)
    except ObservanceError as fault:
        return Archived(source=str(source), fault=fault, warnings=warnings)
    found, unread = _described(head, name, meta or DocumentMeta(), kind)
    record = Evidence(
        sha256=sha256,
        size=size,
        media_type=media_type(head, name),
        name=name,
        kind=kind,
        meta=found,
        acquisition=Acquisition(
            at=workspace.clock(),
            by=workspace.operator,
            how="fetch" if is_address(source) else "file",
            source=str(source) if is_address(source) else Path(source).name,
            redirects=redirects,
            capture=capture,
            note=note,
        ),
    )
    return Archived(source=str(source), evidence=record, known=sha256 in known, fault=unread, warnings=warnings)


def _capture_record(workspace: Workspace, sha256: Sha256, size: int, address: str) -> Evidence:
    return Evidence(
        sha256=sha256,
        size=size,
        media_type="application/warc",
        name="capture.warc.gz",
        kind="capture",
        meta=DocumentMeta(url=address),
        acquisition=Acquisition(at=workspace.clock(), by=workspace.operator, how="capture", source=address),
    )


def meta_beside(path: Path) -> tuple[DocumentMeta | None, tuple[str, ...]]:
    """Metadata of `NAME.meta.yaml` (or `.yml`, `.json`) beside `NAME.*`, and warnings; None without one."""
    from observance.evidence.readers.meta import read_meta

    for ending in _META:
        beside = path.with_name(path.stem + ending)
        if beside.is_file():
            return read_meta(beside)
    return None, ()


def _described(data: bytes, name: str, given: DocumentMeta, kind: str) -> tuple[DocumentMeta, ObservanceError | None]:
    """What the document says of itself, overridden by what was given; the fault where it cannot be read."""
    named = tuple(
        field.name for field in fields(DocumentMeta) if field.name != "given" and getattr(given, field.name) is not None
    )
    given = replace(given, given=tuple(sorted({*given.given, *named})))
    if kind != "document":
        return given, None
    try:
        return replace(read_document(data, name=name, given=given).meta, given=given.given), None
    except ObservanceError as fault:
        return given, fault
