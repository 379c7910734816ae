"""Reading a file: find its kind, read it within limits, put what a person said of it over what it says itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from observance.errors import FormatError, LimitError, ObservanceError
from observance.evidence.readers.document import Document
from observance.evidence.readers.language import find_language
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.plain import read_markdown, read_plain
from observance.evidence.readers.sniff import media_type
from observance.model import DocumentMeta, TextSpan

__all__ = ["check_span", "read_document"]

DEFAULT = Limits()
LANGUAGES_READ = ("en",)
Reader = Callable[..., Document]


def read_document(
    data: bytes, *, name: str, given: DocumentMeta = DocumentMeta(), limits: Limits = DEFAULT
) -> Document:
    """Read a file of any kind we know.

    Args:
        data: its bytes.
        name: its name, used in errors and, where the bytes leave it open, to tell Markdown from text.
        given: what a person says of it; wins over what is found and is named in `meta.given`.
        limits: how much it may ask of us.

    Raises:
        FormatError: empty, damaged, encrypted, or of a kind that is no document.
        LimitError: larger, deeper or slower than the limits.
        UnsupportedError: a kind for which a part is not installed.
    """
    if not data:
        raise FormatError("the file is empty", where=name, got="0 bytes", expected="a document", step="fetch it again")
    if len(data) > limits.max_bytes:
        raise LimitError(
            "the file is too large for a document",
            where=name,
            got=f"{len(data):,} bytes",
            expected=f"at most {limits.max_bytes:,}",
            step="cut it, or archive it as bulk data",
        )
    kind = media_type(data, name)
    reader = _reader(kind, name)
    try:
        document = reader(data, name=name, limits=limits)
    except ObservanceError:
        raise
    except RecursionError:
        raise LimitError(
            "the document is nested too deeply",
            where=name,
            expected=f"at most {limits.max_depth} levels",
            step="save it in a simpler form, for example as text",
        ) from None
    except MemoryError:
        raise LimitError("the document needs too much memory", where=name, step="split it") from None
    except Exception as fault:  # noqa: BLE001  a hostile file finds faults of parsers that we did not write
        raise FormatError(
            f"this {kind} does not read",
            where=name,
            got=f"{type(fault).__name__}: {str(fault)[:160]}",
            expected=f"a sound {kind}",
            step="get the file again, or save it in another format",
        ) from None
    return _finish(document, kind, given)


def check_span(data: bytes, span: TextSpan, *, name: str) -> bool:
    """True where reading the bytes again gives the same characters at the same place (page and bytes included).

    To check many spans of one file, read it once and ask `Document.holds`.
    """
    try:
        return read_document(data, name=name).holds(span)
    except ObservanceError:
        return False


def _finish(document: Document, kind: str, given: DocumentMeta) -> Document:
    meta = merge_meta(document.meta, given)
    language = (meta.language or "").split("-")[0].lower() or None
    found = find_language(_running_text(document))
    # A wrong `lang` attribute is common on the web; the words of the text decide where they are clear.
    if "language" not in given.given and (given.language is None) and found:
        language = found
    language = language or found
    warnings = document.warnings
    read = document.read
    if language and language not in LANGUAGES_READ:
        read = False
        warnings = (*warnings, f"in {language}, which is kept and searched and not read for claims")
    if meta.translation_of:
        warnings = (*warnings, f"a working translation of {meta.translation_of[:12]}; the original decides")
    return replace(
        document,
        media_type=kind,
        meta=replace(meta, language=language),
        language=language,
        read=read,
        warnings=warnings,
    )


def merge_meta(found: DocumentMeta, given: DocumentMeta) -> DocumentMeta:
    """What was found, with what a person gave over it; `given` names the fields that a person gave."""
    names = [field.name for field in fields(DocumentMeta) if field.name != "given"]
    said = {name: getattr(given, name) for name in names if getattr(given, name) is not None}
    return replace(found, **said, given=tuple(sorted(set(said) | set(given.given))))


def _running_text(document: Document) -> str:
    kinds = {"paragraph", "headline", "quote", "list_item", "heading"}
    parts: list[str] = []
    size = 0
    for block in document.blocks:
        if block.kind in kinds:
            parts.append(document.text[block.start : block.end])
            size += block.end - block.start
            if size > 20_000:
                break
    return "\n".join(parts) or document.text[:20_000]


def _reader(kind: str, name: str) -> Reader:
    match kind:
        case "text/plain":
            return read_plain
        case "text/markdown":
            return read_markdown
        case "text/html":
            from observance.evidence.readers.html import read_html

            return read_html
        case "application/pdf":
            from observance.evidence.readers.pdf import read_pdf

            return read_pdf
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document":
            from observance.evidence.readers.docx import read_docx

            return read_docx
        case "message/rfc822":
            from observance.evidence.readers.mail import read_mail

            return read_mail
        case "application/rss+xml" | "application/atom+xml" | "application/feed+json":
            from observance.evidence.readers.feed import read_feed

            return read_feed
        case "application/warc" | "application/wacz":
            from observance.evidence.readers.capture import read_capture

            return read_capture
        case "image/png" | "image/jpeg" | "image/tiff":
            from observance.evidence.readers.ocr import read_image

            return read_image
    raise FormatError(
        "this is not a document we read",
        where=name,
        got=kind,
        expected="text, Markdown, HTML, PDF, DOCX, e-mail, WARC or WACZ, RSS, Atom or JSON Feed, or a scanned page",
        step=_NEXT.get(kind, "save it as PDF, DOCX or text and try again"),
    )


_NEXT = {
    "application/xml": "a sanctions list goes in with `observance lists add`; other XML: save its text",
    "application/json": "a JSON Feed names its version; other JSON: save its text",
    "application/octet-stream": "it looks like a binary file; give the file in its own format",
    "application/x-ole-storage": "an old Word file: save it as DOCX or PDF",
    "application/rtf": "save it as DOCX or PDF",
    "application/gzip": "unpack it first",
    "application/zip": "unpack it and give the files",
    "application/vnd.oasis.opendocument.text": "save it as DOCX or PDF",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "a table: add it as a list or as trade data",
}
