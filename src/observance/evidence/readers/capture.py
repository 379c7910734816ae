"""Web captures: WARC (ISO 28500) and WACZ. The page that was captured is read; what came with it is named.

Of a WACZ the page list says which address was captured; of a WARC it is the first response with a document in it.
Everything that is unpacked is counted, and hashes that the capture states are compared.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from observance.errors import FormatError, LimitError
from observance.evidence.readers.document import Document
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.sniff import media_type
from observance.evidence.readers.zipped import Archive

__all__ = ["Captured", "captured", "read_capture"]

_PAGES = (
    "text/html",
    "application/pdf",
    "text/plain",
    "text/markdown",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A response in a capture: its address, UTC time as written, HTTP status and body with transfer codings undone."""

    url: str
    at: str
    status: str
    body: bytes
    digest_ok: bool | None


def captured(data: bytes, *, name: str, limits: Limits) -> Iterator[Captured]:
    """The responses of a WARC or WACZ, in order.

    Raises:
        FormatError: damaged.
        LimitError: more records or bytes than the limits allow.
    """
    budget = [limits.max_unpacked, limits.max_members]
    if data.startswith(b"PK"):
        archive = Archive(data, name=name, limits=limits)
        for path in archive.names():
            if re.fullmatch(r"archive/[^/]{1,200}\.warc(?:\.gz)?", path):
                yield from _records(archive.read(path), f"{name}: {path}", budget, limits)
    else:
        yield from _records(data, name, budget, limits)


def read_capture(data: bytes, *, name: str, limits: Limits) -> Document:
    """The captured page as a document; its reader is named `warc/1+html/1` and so on.

    Raises:
        FormatError: damaged, or without a document in it.
        LimitError: more than the limits allow.
    """
    wanted = _listed_page(data, name, limits)
    best: tuple[Captured, str] | None = None
    others: list[str] = []
    for found in captured(data, name=name, limits=limits):
        if not found.body or found.status[:1] not in {"2", ""}:
            continue
        kind = media_type(found.body, found.url)
        if kind not in _PAGES:
            continue
        if best is None or (wanted and found.url == wanted and best[0].url != wanted):
            if best is not None:
                others.append(best[0].url)
            best = (found, kind)
        else:
            others.append(found.url)
    if best is None:
        raise FormatError(
            "the capture holds no document",
            where=name,
            got="no response with a page in it",
            expected="a captured page",
            step="capture the page again",
        )
    return _inner(best[0], others, name, limits)


def _inner(found: Captured, others: list[str], name: str, limits: Limits) -> Document:
    from observance.evidence.readers.read import read_document

    document = read_document(found.body, name=f"{name}: {found.url[:200]}", limits=limits)
    warnings = list(document.warnings)
    if found.digest_ok is False:
        warnings.append("the hash that the capture states for the page is not that of its bytes")
    pages = [url for url in others if url != found.url]
    if pages:
        warnings.append(f"{len(pages)} further documents in the capture were not read: {', '.join(pages[:5])}")
    meta = document.meta
    return replace(
        document,
        reader=f"warc/1+{document.reader}",
        meta=replace(meta, url=meta.url or (found.url if re.match(r"https?://", found.url) else None)),
        # The bytes of the page are packed inside the capture; positions in them are none in the file.
        decoded=None,
        source=None,
        warnings=tuple(warnings),
    )


def _records(data: bytes, where: str, budget: list[int], limits: Limits) -> Iterator[Captured]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(io.BytesIO(data), check_digests=True):
            budget[1] -= 1
            if budget[1] < 0:
                raise LimitError(
                    "the capture has too many records",
                    where=where,
                    expected=f"at most {limits.max_members}",
                    step="capture single pages",
                )
            content = _read(record, budget, where, len(data), limits)
            if record.rec_type not in {"response", "resource"}:
                continue
            headers = record.rec_headers
            status = record.http_headers.get_statuscode() if record.http_headers else ""
            yield Captured(
                url=str(headers.get_header("WARC-Target-URI") or "").strip("<>"),
                at=str(headers.get_header("WARC-Date") or ""),
                status=str(status or ""),
                body=content,
                digest_ok=_digest_ok(record),
            )
    except (ArchiveLoadFailed, EOFError, ValueError, OSError, UnicodeError, AttributeError, KeyError) as fault:
        raise FormatError(
            "the capture is damaged",
            where=where,
            got=str(fault)[:120] or type(fault).__name__,
            expected="a whole WARC",
            step="capture the page again",
        ) from None


def _read(record: Any, budget: list[int], where: str, packed: int, limits: Limits) -> bytes:
    chunks: list[bytes] = []
    stream = record.content_stream()
    while chunk := stream.read(65_536):
        budget[0] -= len(chunk)
        if budget[0] < 0:
            raise LimitError(
                "the capture unpacks to more than it may",
                where=where,
                got=f"over {limits.max_unpacked:,} bytes from {packed:,}",
                expected=f"at most {limits.max_unpacked:,}",
                step="capture single pages",
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _digest_ok(record: Any) -> bool | None:
    checker = getattr(record, "digest_checker", None)
    passed = getattr(checker, "passed", None)
    return passed if isinstance(passed, bool) else None


def _listed_page(data: bytes, name: str, limits: Limits) -> str | None:
    """The first address in the page list of a WACZ."""
    if not data.startswith(b"PK"):
        return None
    archive = Archive(data, name=name, limits=limits)
    for path in ("pages/pages.jsonl", "pages/extraPages.jsonl"):
        if path not in archive.infos:
            continue
        for line in archive.read(path).decode("utf-8", errors="replace").splitlines()[:1000]:
            try:
                item = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(item, dict) and isinstance(item.get("url"), str):
                return str(item["url"])
    return None
