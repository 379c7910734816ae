"""Evidence: bytes kept unchanged, and how they were obtained (S/2006/997, para. 22; Berkeley Protocol)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from observance.model.identifiers import Sha256

__all__ = ["Acquisition", "DocumentMeta", "Evidence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """Where, when, how and by whom bytes were obtained.

    Attributes:
        at: UTC time of capture.
        by: operator, as given or the account name.
        how: file, fetch, list, capture or packaged.
        source: file name or address it came from.
        redirects: addresses passed on the way, in order.
        capture: hash of the WARC file that holds request and response.
        note: a word of the operator.
    """

    at: datetime
    by: str
    how: str
    source: str
    redirects: tuple[str, ...] = ()
    capture: Sha256 | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMeta:
    """What is known of a document beside its text; unknown stays None.

    Attributes:
        publisher: who published it.
        published: EDTF day (or month, year) of publication.
        title: headline.
        kind: news article, ministry statement, panel report and so on.
        url: its address.
        language: ISO 639-1 code.
        author: by-line.
        opening_speaker: who holds the floor at the start of a transcript excerpt.
        evidence_type: id of `evidence_types` in the vocabulary, where a person says it.
        composed: True for a document composed for demonstration or tests; shown wherever it is quoted.
        translation_of: hash of the original that this working copy translates.
        given: names of the fields that a person gave (the others were found in the document).
    """

    publisher: str | None = None
    published: str | None = None
    title: str | None = None
    kind: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    opening_speaker: str | None = None
    evidence_type: str | None = None
    composed: bool | None = None
    translation_of: Sha256 | None = None
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Bytes addressed by their SHA-256. The record is metadata; the bytes never change.

    Attributes:
        sha256: hash of the bytes; the id.
        size: bytes.
        media_type: as found by looking at the bytes.
        name: file name as given.
        kind: document, list, tracks, table, capture or letter.
        meta: what is known of it.
        acquisition: how it was obtained.
        chunks: SHA-256 of each 64 MiB chunk, for bulk files kept by reference.
        location: path of a file kept by reference, relative to the workspace where possible.
    """

    sha256: Sha256
    size: int
    media_type: str
    name: str
    kind: str
    meta: DocumentMeta
    acquisition: Acquisition
    chunks: tuple[Sha256, ...] = ()
    location: str | None = None
