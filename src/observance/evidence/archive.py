"""The archive: originals kept unchanged under their SHA-256 (`evidence/ab/abcd...`), with a custody line each.

The bytes are on the disk before the line is, and the line is before anything is acknowledged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from observance.errors import FormatError, IntegrityError, LimitError, StoreError
from observance.evidence.ledger import Entry, Ledger
from observance.model.codec import read_record, to_plain
from observance.model.evidence import Acquisition, DocumentMeta, Evidence
from observance.model.identifiers import Sha256
from observance.store.files import write_stream

__all__ = ["Archive", "evidence_path"]

_CHUNK = 1 << 20


def evidence_path(sha256: str) -> str:
    """Path of an original, relative to the workspace."""
    return f"evidence/{sha256[:2]}/{sha256}"


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            yield chunk


@dataclass(frozen=True, slots=True)
class Archive:
    """Originals of a workspace."""

    root: Path
    ledger: Ledger

    def keep(self, source: Path | bytes, *, limit: int | None = None, name: str = "") -> tuple[Sha256, int]:
        """Put bytes into the archive without a custody line yet; returns (sha256, size).

        Raises:
            FormatError: nothing in it.
            LimitError: larger than `limit` bytes.
            StoreError: the source cannot be read, or the folder not be written.
        """
        if isinstance(source, Path):
            if not source.is_file():
                raise StoreError("no such file", where=str(source), step="check the path")
            size = source.stat().st_size
            try:
                with source.open("rb"):
                    pass
            except OSError as fault:
                raise StoreError(
                    f"cannot read: {fault.strerror}", where=str(source), step="check the rights of the file"
                ) from None
            chunks: Iterable[bytes] = _chunks(source)
        else:
            size = len(source)
            chunks = (source,)
        if size == 0:
            raise FormatError("the file is empty", where=name or str(source), step="it was not kept")
        if limit is not None and size > limit:
            raise LimitError(
                "the file is larger than the limit",
                where=name or str(source),
                got=f"{size} bytes",
                expected=f"at most {limit} bytes",
                step="keep it by reference, or raise the limit",
            )
        digest, size, _ = write_stream(self.root / "evidence", chunks, lambda found: self.root / evidence_path(found))
        return Sha256(digest), size

    def register(self, records: Iterable[Evidence]) -> None:
        """Write the custody lines of kept bytes; afterwards they are acknowledged."""
        self.ledger.add(
            Entry(
                act="archived",
                at=record.acquisition.at,
                by=record.acquisition.by,
                data={
                    "evidence": to_plain(record),
                    **({} if record.location else {"path": evidence_path(record.sha256), "sha256": record.sha256}),
                },
            )
            for record in records
        )

    def records(self) -> dict[Sha256, Evidence]:
        """Every piece of evidence by hash; a later description of the same bytes adds to the earlier ones."""
        found: dict[Sha256, Evidence] = {}
        for entry in self.ledger.entries("archived"):
            record = read_record(Evidence, entry["evidence"], where="ledger")
            earlier = found.get(record.sha256)
            found[record.sha256] = merged(earlier, record) if earlier else record
        return found

    def acquisitions(self, sha256: str) -> list[Acquisition]:
        """Every time these bytes were obtained, in order."""
        return [
            read_record(Acquisition, entry["evidence"]["acquisition"])
            for entry in self.ledger.entries("archived")
            if entry["evidence"]["sha256"] == sha256
        ]

    def path(self, record: Evidence) -> Path:
        """Where the bytes are: in the archive, or where a file kept by reference lies."""
        if record.location:
            location = Path(record.location)
            return location if location.is_absolute() else self.root / location
        return self.root / evidence_path(record.sha256)

    def read(self, record: Evidence) -> bytes:
        """The bytes, checked against their hash.

        Raises:
            IntegrityError: they are not there or differ.
        """
        from observance.model.canonical import sha256_bytes

        path = self.path(record)
        try:
            data = path.read_bytes()
        except OSError:
            raise IntegrityError(
                "the original is not there", where=str(path), step="restore it from a copy; run `observance verify`"
            ) from None
        found = sha256_bytes(data)
        if found != record.sha256:
            raise IntegrityError(
                "the original differs from its hash",
                where=str(path),
                got=found,
                expected=record.sha256,
                step="restore it from a copy; run `observance verify`",
            )
        return data


def merged(earlier: Evidence, later: Evidence) -> Evidence:
    """The first acquisition stays; what a person gave later wins, what was only found fills gaps."""
    values: dict[str, Any] = {}
    given = set(earlier.meta.given)
    for field in DocumentMeta.__dataclass_fields__:
        if field == "given":
            continue
        old, new = getattr(earlier.meta, field), getattr(later.meta, field)
        wins = field in later.meta.given or (old is None and field not in given)
        values[field] = new if wins and new is not None else old
    values["given"] = tuple(sorted(given | set(later.meta.given)))
    kind = earlier.kind if earlier.kind != "document" else later.kind
    return replace(earlier, meta=DocumentMeta(**values), kind=kind)
