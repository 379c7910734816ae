"""Reading one document without a workspace: its claims as text, as predictions, and highlighted in the text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import FormatError, StoreError
from observance.evidence.readers import Document, read_document
from observance.model.evidence import DocumentMeta
from observance.model.identifiers import Sha256
from observance.model.observation import Observation
from observance.workspace.archiving import is_address, typed_private

if TYPE_CHECKING:
    from observance.observations.claims import Claim

__all__ = ["Reading", "claims_text", "highlighted", "read_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document with its claims.

    Attributes:
        name: of the document, without its ending.
        sha256: of the bytes.
        document: as loaded.
        claims: as the reader gives them.
        observations: the same as observations.
        predictions: the same in the format of the reading gold.
        warnings: of the loader.
    """

    name: str
    sha256: Sha256
    document: Document
    claims: tuple[Claim, ...]
    observations: tuple[Observation, ...]
    predictions: dict[str, Any]
    warnings: tuple[str, ...]


def read_source(source: str, *, meta: Path | None = None) -> Reading:
    """Read a file or an address.

    Raises:
        StoreError: no such file.
        FormatError, LimitError: it does not read.
    """
    from observance.observations.claims.gold import write_predictions
    from observance.observations.claims.reader import read
    from observance.workspace.archiving import meta_beside
    from observance.workspace.detectors.claims import CLAIMS, key_of, observation_of, page_of

    given = DocumentMeta()
    warnings: tuple[str, ...] = ()
    if meta is not None:
        from observance.evidence.readers.meta import read_meta

        given, warnings = read_meta(meta)
    if is_address(source):
        from observance.evidence.fetch import fetch
        from observance.store.config import Config
        from observance.workspace import utc_now

        fetched = fetch(source, user_agent=Config().user_agent, now=utc_now(), allow_private=typed_private(source))
        data, name = fetched.body, Path(fetched.final_url.split("?", 1)[0]).name or "page.html"
    else:
        path = Path(source)
        if not path.is_file():
            raise StoreError("no such file", where=source, step="check the path")
        data, name = path.read_bytes(), path.name
        if meta is None:
            beside, warnings = meta_beside(path)
            given = beside or given
    if not data:
        raise FormatError("the file is empty", where=source, step="nothing was read")
    document = read_document(data, name=name, given=given)
    claims = read(page_of(document)) if document.read else ()
    if not document.read:
        language = f" (language: {document.language})" if document.language else ""
        warnings = (*warnings, f"kept and not read for claims{language}")
    keys = {claim.id: key_of(claim) for claim in claims}
    sha256 = Sha256(hashlib.sha256(data).hexdigest())
    identity = CLAIMS.identity_alone()
    stem = Path(name).stem
    return Reading(
        name=stem,
        sha256=sha256,
        document=document,
        claims=tuple(claims),
        observations=tuple(observation_of(claim, document, sha256, keys, identity).sealed() for claim in claims),
        predictions=write_predictions(claims, stem, page_of(document)),
        warnings=(*warnings, *document.warnings),
    )


def claims_text(reading: Reading) -> str:
    """The claims for a reader in a terminal: passage, what, who, how sure, through whom."""
    from observance.report.words import chain_words, quantity_words

    meta = reading.document.meta
    lines = [" - ".join(part for part in (meta.publisher, meta.published, meta.title or reading.name) if part)]
    for number, one in enumerate(reading.observations, start=1):
        parties = ", ".join(
            f"{party.role} {party.name}" + (" (inferred)" if party.inferred else "") for party in one.participants
        )
        lines += [
            "",
            f"{number}. {one.modality.upper()}  {one.event_type}: {parties or 'nobody named'}",
            f"   “{' '.join((one.statement or '').split())}”",
            f"   who says: {chain_words(one)}",
        ]
        if one.items:
            lines.append(f"   item: {', '.join(item.token or item.text or '' for item in one.items)}")
        if one.quantities:
            lines.append(f"   amount: {'; '.join(quantity_words(amount) for amount in one.quantities)}")
        if one.places:
            lines.append(f"   place: {', '.join(place.name for place in one.places)}")
        if one.date:
            lines.append(f"   date: {one.date.value} ({one.date.precision}{', inferred' if one.date.inferred else ''})")
        if one.said_on:
            lines.append(f"   said on: {one.said_on.value}")
    if not reading.observations:
        lines += ["", "no claims"]
    return "\n".join(lines)


def highlighted(reading: Reading) -> str:
    """The text with its claims highlighted, as a self-contained page."""
    from observance.packs import load_vocabulary
    from observance.report import ReadingInput, render_reading
    from observance.workspace.reporting import labels_of

    return render_reading(
        ReadingInput(
            name=reading.name,
            text=reading.document.text,
            sha256=reading.sha256,
            meta=reading.document.meta,
            off=tuple(
                (block.start, block.end)
                for block in reading.document.blocks
                if block.kind in {"boilerplate", "furniture", "metadata"}
            ),
            language=reading.document.language or "en",
            observations=reading.observations,
            labels=labels_of(load_vocabulary()),
        )
    )
