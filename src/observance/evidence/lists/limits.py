"""Sizes a list file may have, unpacking, decoding and hardened XML: every file is hostile until it has been read."""

from __future__ import annotations

import csv
import io
import zlib
from dataclasses import dataclass
from typing import Any

from observance.errors import FormatError, LimitError

__all__ = ["Limits", "decode", "rows", "unpack", "xml_root"]

_GZIP = b"\x1f\x8b"
_STEP = "check that this is the list itself; a larger one needs a higher limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a list file.

    Attributes:
        packed: bytes of the file as given.
        unpacked: bytes after gzip. The largest published list (OFAC's advanced XML) is about 120 MB.
        entries: entries of one list; the largest published one has about 20,000.
        cell: characters of one cell of a table.
    """

    packed: int = 256 << 20
    unpacked: int = 512 << 20
    entries: int = 2_000_000
    cell: int = 1 << 20


def unpack(data: bytes, *, name: str, limits: Limits) -> bytes:
    """The bytes of the list, taken out of gzip where they are in one.

    Raises:
        FormatError: empty, or a gzip stream cut short or damaged.
        LimitError: larger than the limits.
    """
    if not data:
        raise FormatError("the file is empty", where=name, step="get the list again from its issuer")
    if len(data) > limits.packed:
        raise LimitError("too large", where=name, got=f"{len(data)} bytes", expected=f"up to {limits.packed}")
    if not data.startswith(_GZIP):
        return data
    parts: list[bytes] = []
    size, rest = 0, data
    while rest.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(rest, limits.unpacked - size + 1)
        except zlib.error as fault:
            raise FormatError("damaged gzip", where=name, got=str(fault), step="get the file again") from None
        size += len(part)
        if size > limits.unpacked:
            raise LimitError("unpacks too large", where=name, expected=f"up to {limits.unpacked} bytes", step=_STEP)
        parts.append(part)
        if not stream.eof:
            raise FormatError("gzip stream cut short", where=name, got=f"{len(data)} bytes", step="get the file again")
        rest = stream.unused_data
    return b"".join(parts)


def decode(data: bytes, *, name: str, limits: Limits, utf8: bool = False) -> tuple[str, str]:
    """Text of a file and the encoding it was in: UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252.

    Args:
        data: bytes.
        name: for words about it.
        limits: sizes.
        utf8: whether only UTF-8 will do, as for JSON (RFC 8259).

    Raises:
        FormatError: bytes that are no text, or two encodings in one file (names would be damaged in silence).
    """
    if len(data) > limits.unpacked:
        raise LimitError("too large", where=name, got=f"{len(data)} bytes", expected=f"up to {limits.unpacked}")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        encoding = "cp1252"
        text = _other(data, fault, name, utf8=utf8)
    if "\0" in text:
        raise FormatError("this is no text", where=name, expected="UTF-8", step="save it as UTF-8")
    return text, encoding


def _other(data: bytes, fault: UnicodeDecodeError, name: str, *, utf8: bool) -> str:
    line = data.count(b"\n", 0, fault.start) + 1
    where = f"{name}, line {line}"
    # Bytes that are no UTF-8 come out as lone surrogates; real letters beside them mean that both are in the file.
    escaped = data.decode("utf-8", errors="surrogateescape")
    if any(letter > "\x7f" and not "\udc80" <= letter <= "\udcff" for letter in escaped):
        raise FormatError(
            "two encodings in one file", where=where, got=repr(data[fault.start : fault.start + 4]), expected="UTF-8",
            step="get the file again from its issuer; the version held before stays in use",
        )  # fmt: skip
    try:
        if not utf8:
            return data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    raise FormatError(
        "this is no UTF-8", where=where, got=repr(data[fault.start : fault.start + 4]), step="get the file again"
    )


def rows(text: str, *, name: str, limits: Limits, delimiter: str = ",") -> list[list[str]]:
    """Rows of a delimited text, quotes as in RFC 4180.

    Raises:
        FormatError: a quote that does not close: the file is cut short, or a quote is missing.
        LimitError: a cell above the limit.
    """
    if text.count('"') % 2:
        raise FormatError(
            "a cell does not end: the quotes do not come in pairs",
            where=name,
            step="the file may be cut short: get it again; the version held before stays in use",
        )
    csv.field_size_limit(limits.cell)
    out: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            out.append(row)
            if len(out) > limits.entries:
                raise LimitError("too many rows", where=name, expected=f"up to {limits.entries}", step=_STEP)
    except csv.Error as fault:
        raise LimitError(
            "a cell does not end",
            where=f"{name}, line {reader.line_num}",
            got=str(fault),
            step="look for an open quote",
        ) from None
    return out


def xml_root(data: bytes, *, name: str, limits: Limits) -> Any:
    """The root of an XML document, read without DTD, entities or network (defusedxml).

    Raises:
        FormatError: not well formed (where it breaks is said), cut short, or with forbidden declarations.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > limits.unpacked:
        raise LimitError("too large", where=name, got=f"{len(data)} bytes", expected=f"up to {limits.unpacked}")
    try:
        return fromstring(data, forbid_dtd=True)
    except DefusedXmlException as fault:
        raise FormatError(
            "the XML declares entities or a document type",
            where=name,
            got=type(fault).__name__,
            expected="elements and text only",
            step="published lists have none: do not trust this file",
        ) from None
    except (ParseError, ValueError, LookupError) as fault:
        line, column = getattr(fault, "position", (0, 0))
        raise FormatError(
            "the XML does not read to its end",
            where=f"{name}, line {line}, column {column}",
            got=str(fault),
            step="the file may be cut short: get it again; the version held before stays in use",
        ) from None
