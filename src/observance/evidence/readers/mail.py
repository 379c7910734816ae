"""E-mail (RFC 5322, MIME): its head as lines of metadata, then its body, each character with its bytes in the file.

The plain part is read where there is one, else the HTML part. Attachments are named and not opened: they are evidence
of their own (`attachments`). Transfer encodings (quoted-printable, base64) are undone with their places kept.
"""

from __future__ import annotations

import binascii
import email
import email.policy
import re
from array import array
from dataclasses import replace
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from typing import cast

from observance.errors import FormatError, LimitError
from observance.evidence.readers.document import Block, Document
from observance.evidence.readers.encoding import decode_text
from observance.evidence.readers.html import declared_charset, page_of
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.plain import blocks_of_text
from observance.evidence.readers.textmap import MapBuilder, decode_exactly
from observance.model import DocumentMeta

__all__ = ["attachments", "read_mail"]

_SHOWN = ("From", "To", "Cc", "Date", "Subject")
_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*((?:[^\r\n]|\r?\n[ \t])*)", re.MULTILINE)


def read_mail(data: bytes, *, name: str, limits: Limits) -> Document:
    """A mail as a document.

    Raises:
        FormatError: no text body that reads.
        LimitError: too large, or nested too deeply.
    """
    if len(data) > limits.max_markup_bytes * 4:
        raise LimitError(
            "the mail is too large",
            where=name,
            got=f"{len(data):,} bytes",
            expected=f"at most {limits.max_markup_bytes * 4:,}",
            step="save its attachments and archive them",
        )
    message = _parse(data, name, limits)
    builder = MapBuilder()
    blocks = _head(data, message, builder)
    part, kind = _body(message)
    warnings: list[str] = []
    if part is not None:
        body = _part_bytes(data, part, name)
        if body is not None:
            _add_body(body, part, kind, builder, blocks, name, limits)
    if not any(block.kind != "metadata" for block in blocks):
        raise FormatError(
            "the mail has no text",
            where=name,
            got="no text or HTML part that reads",
            expected="a body",
            step="archive its attachments",
        )
    attached = [
        found.get_filename() or found.get_content_type() for found in message.walk() if _is_attachment(found, part)
    ]
    if attached:
        warnings.append(f"{len(attached)} attachments are not part of the text: {', '.join(attached[:8])}")
    text, source = builder.build()
    if len(text) > limits.max_text:
        raise LimitError(
            "the text is too long", where=name, got=f"{len(text)} characters", expected=f"at most {limits.max_text}"
        )
    return Document(
        text=text,
        reader="eml/1",
        meta=_meta(message),
        blocks=tuple(blocks),
        decoded=decode_exactly(data, "latin-1"),
        source=source,
        warnings=tuple(warnings),
    )


def attachments(data: bytes, *, name: str, limits: Limits) -> tuple[tuple[str, bytes], ...]:
    """Attachments as (file name, bytes), for archiving each as evidence of its own. Paths in names are cut off."""
    message = _parse(data, name, limits)
    part, _ = _body(message)
    found: list[tuple[str, bytes]] = []
    for index, item in enumerate(message.walk()):
        if _is_attachment(item, part):
            payload = item.get_payload(decode=True)
            label = re.split(r"[\\/]", item.get_filename() or f"part-{index}")[-1].lstrip(".") or f"part-{index}"
            if isinstance(payload, bytes) and payload:
                found.append((label, payload))
    return tuple(found)


def _parse(data: bytes, name: str, limits: Limits) -> Message:
    # As Latin-1 each character is one byte, so that a body can be found again in the file.
    message = email.message_from_string(data.decode("latin-1"), policy=email.policy.compat32)
    count = 0
    stack = [(message, 1)]
    while stack:
        part, depth = stack.pop()
        count += 1
        if depth > 40 or count > limits.max_members:
            raise LimitError(
                "the mail is nested too deeply",
                where=name,
                got=f"{count} parts, {depth} deep",
                expected="at most 40 levels",
                step="forward the inner mail alone",
            )
        if part.is_multipart():
            stack.extend((child, depth + 1) for child in cast("list[Message]", part.get_payload()))
    return message


def _is_attachment(part: Message, body: Message | None) -> bool:
    if part.is_multipart() or part is body:
        return False
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in {"text", "multipart"}


def _body(message: Message) -> tuple[Message | None, str]:
    """The part to read and its kind: the first plain part with words, else the first HTML part."""
    html: Message | None = None
    for part in message.walk():
        if part.is_multipart() or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return part, "plain"
        elif kind == "text/html" and html is None:
            html = part
    return (html, "html") if html is not None else (None, "")


def _head(data: bytes, message: Message, builder: MapBuilder) -> list[Block]:
    """The head as lines `Subject: ...`, each with the bytes of its field."""
    end = re.search(rb"\r?\n\r?\n", data)
    found: dict[str, tuple[int, int]] = {}
    for match in _FIELD.finditer(data, 0, end.start() + 1 if end else min(len(data), 65_536)):
        key = match.group(1).decode("ascii").title()
        if key in _SHOWN:
            found.setdefault(key, (match.start(), match.end()))
    blocks = []
    for key in _SHOWN:
        if key not in found:
            continue
        start, stop = found[key]
        value = _readable(message, key)
        if not value:
            continue
        if builder.length:
            builder.put("\n", start, 0)
        begin = builder.length
        line = f"{key}: {value}"
        if data[start:stop] == line.encode("ascii", errors="replace"):
            builder.copy(line, start)
        else:
            builder.put(line, start, stop - start)
        blocks.append(Block(start=begin, end=builder.length, kind="metadata"))
    return blocks


def _readable(message: Message, key: str) -> str:
    from email.errors import MessageError
    from email.header import decode_header, make_header

    raw = message.get(key)
    if raw is None:
        return ""
    text = str(raw)
    try:
        # RFC 6532: a head may be UTF-8 as it stands.
        text = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        text = str(raw)
    try:
        text = str(make_header(decode_header(text)))
    except (MessageError, UnicodeError, LookupError, ValueError):
        text = " ".join(text.split())
    return " ".join(text.encode("utf-8", errors="replace").decode("utf-8").split())[:2000]


def _part_bytes(data: bytes, part: Message, name: str) -> tuple[bytes, array[int]] | None:
    """The bytes of a part with its transfer encoding undone, and the place in the file of each (and of the end)."""
    payload = part.get_payload()
    if not isinstance(payload, str) or not payload:
        return None
    raw = payload.encode("latin-1", errors="replace")
    start = data.find(raw)
    if start < 0:
        return None
    transfer = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if transfer == "quoted-printable":
        return _unquote(raw, start)
    if transfer == "base64":
        return _unbase64(raw, start, name)
    return raw, array("q", range(start, start + len(raw) + 1))


def _unquote(raw: bytes, start: int) -> tuple[bytes, array[int]]:
    """Quoted-printable (RFC 2045, 6.7): `=XX` is a byte, `=` at the end of a line is nothing."""
    out = bytearray()
    places = array("q")
    at = 0
    pattern = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n)")
    while at < len(raw):
        match = pattern.search(raw, at)
        stop = match.start() if match else len(raw)
        out += raw[at:stop]
        places.extend(range(start + at, start + stop))
        if not match:
            break
        if match.group(1):
            out.append(int(match.group(1), 16))
            places.append(start + match.start())
        at = match.end()
    places.append(start + len(raw))
    return bytes(out), places


def _unbase64(raw: bytes, start: int, name: str) -> tuple[bytes, array[int]]:
    alphabet = re.compile(rb"[A-Za-z0-9+/]")
    digits = array("q", (match.start() for match in alphabet.finditer(raw)))
    clean = bytes(raw[place] for place in digits)
    clean = clean[: len(clean) // 4 * 4 + (len(clean) % 4 if len(clean) % 4 > 1 else 0)]
    try:
        out = binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        raise FormatError(
            "a part of the mail is damaged",
            where=name,
            got="base64 that does not decode",
            expected="a sound mail",
            step="export it again",
        ) from None
    places = array("q", (start + digits[index * 4 // 3] for index in range(len(out))))
    places.append(start + len(raw))
    return out, places


def _add_body(
    body: tuple[bytes, array[int]],
    part: Message,
    kind: str,
    builder: MapBuilder,
    blocks: list[Block],
    name: str,
    limits: Limits,
) -> None:
    data, places = body
    charset = str(part.get_content_charset() or "")
    if kind == "html":
        decoded = decode_text(data, declared=charset or declared_charset(data), where=name)
        page = page_of(decoded, name=name, limits=limits)
        spans = [page.source.source(index, index + 1) for index in range(len(page.text))] if page.source else []
        text, found = page.text, list(page.blocks)
        ranges = [(decoded.byte(first), decoded.byte(last)) for first, last in spans]
    else:
        decoded = decode_text(data, declared=charset, where=name)
        text = decoded.text
        found = _plain_blocks(text)
        starts = [decoded.byte(index) for index in range(len(text) + 1)]
        ranges = list(pairwise(starts))
    if builder.length:
        builder.put("\n", places[0], 0)
    begin = builder.length
    _copy(text, [(places[first], places[last]) for first, last in ranges], builder)
    blocks.extend(_moved(block, begin) for block in found)


def _copy(text: str, ranges: list[tuple[int, int]], builder: MapBuilder) -> None:
    """Add characters with their byte ranges; stretches of one byte a character become one piece."""
    at = 0
    while at < len(text):
        stop = at
        while stop < len(text) and ranges[stop] == (ranges[at][0] + stop - at, ranges[at][0] + stop - at + 1):
            stop += 1
        if stop > at:
            builder.copy(text[at:stop], ranges[at][0])
            at = stop
        else:
            first, last = ranges[at]
            builder.put(text[at], first, max(last - first, 0))
            at += 1


def _plain_blocks(text: str) -> list[Block]:
    """Blocks of a plain body: quoted lines are quotes, what follows `-- ` is the signature."""
    cut = re.search(r"(?:^|\n)-- ?\r?\n", text)
    stop = cut.start() if cut else len(text)
    blocks = []
    for block in blocks_of_text(text, 0, stop):
        words = text[block.start : block.end]
        if words.startswith(">"):
            blocks.append(Block(start=block.start, end=block.end, kind="quote"))
        elif block.kind == "headline":
            # A mail has its subject; the salutation is no headline.
            blocks.append(Block(start=block.start, end=block.end, kind="paragraph"))
        else:
            blocks.append(block)
    if cut:
        start, end = cut.end(), len(text.rstrip())
        if end > start:
            blocks.append(Block(start=start, end=end, kind="boilerplate"))
    return blocks


def _moved(block: Block, by: int) -> Block:
    parts = tuple(replace(part, start=part.start + by, end=part.end + by) for part in block.parts)
    return replace(block, start=block.start + by, end=block.end + by, parts=parts)


def _meta(message: Message) -> DocumentMeta:
    author, address = parseaddr(_readable(message, "From"))
    published = None
    try:
        when = parsedate_to_datetime(_readable(message, "Date"))
        published = when.date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        published = None
    return DocumentMeta(
        title=_readable(message, "Subject")[:300] or None,
        author=(author or address)[:300] or None,
        published=published,
        kind="e-mail",
    )
