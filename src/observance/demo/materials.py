"""The packaged files with their metadata, read from the manifests beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

from observance.errors import IntegrityError
from observance.model import DocumentMeta, Sha256, read_record, sha256_bytes

__all__ = ["Material", "check", "materials"]

_GIVEN = {field.name for field in fields(DocumentMeta)} - {"given", "composed", "translation_of"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One packaged file.

    Attributes:
        name: file name, as a user would have it.
        kind: document or list.
        meta: what the manifest says; what stands in the file itself is left to its reader.
        sha256: of the packaged bytes.
        terms: under which terms it may be used.
        list_id: for a list, its key, for example `un-1718-vessels`.
        date: for a list, the day it was published as.
        source: where it comes from.
    """

    name: str
    kind: Literal["document", "list"]
    meta: DocumentMeta
    sha256: Sha256
    terms: str
    list_id: str = ""
    date: str = ""
    source: str = ""

    def read(self) -> bytes:
        """The packaged bytes."""
        return _folder(self.kind).joinpath(self.name).read_bytes()


def materials() -> tuple[Material, ...]:
    """Documents first, then lists, each by name."""
    found = [*_documents(), *_lists()]
    return tuple(sorted(found, key=lambda one: (one.kind != "document", one.name)))


def check() -> None:
    """Hold every packaged file against its manifest.

    Raises:
        IntegrityError: bytes that differ, with both hashes.
    """
    for material in materials():
        digest = sha256_bytes(material.read())
        if digest != material.sha256:
            raise IntegrityError(
                "a packaged file differs from its manifest",
                where=material.name,
                got=digest,
                expected=material.sha256,
                step="install the package again",
            )


def _folder(kind: str) -> Traversable:
    return resources.files("observance.demo").joinpath("documents" if kind == "document" else "lists")


def _rows(folder: Traversable) -> Iterator[dict[str, str]]:
    manifest = folder.joinpath("MANIFEST.csv")
    if manifest.is_file():
        lines = (line for line in manifest.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
        yield from csv.DictReader(lines)


def _documents() -> Iterator[Material]:
    for row in _rows(_folder("document")):
        given: dict[str, object] = {name: row[name] for name in sorted(_GIVEN & row.keys()) if row[name]}
        given["composed"] = row["composed"] == "true"
        meta = read_record(DocumentMeta, {**given, "given": tuple(given)}, where=row["file"])
        yield Material(name=row["file"], kind="document", meta=meta, sha256=Sha256(row["sha256"]), terms=row["terms"])


def _lists() -> Iterator[Material]:
    for row in _rows(_folder("list")):
        title = row.get("list") or row.get("title") or row["file"]
        date = row.get("list_date") or row.get("date") or ""
        yield Material(
            name=row["file"],
            kind="list",
            meta=DocumentMeta(publisher=row.get("publisher") or None, published=date or None, title=title),
            sha256=Sha256(row["sha256"]),
            terms=row.get("terms", ""),
            list_id=row.get("list_id", ""),
            date=date,
            source=row.get("source", ""),
        )
