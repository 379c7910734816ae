"""What a file is, told by its bytes; its name only decides where the bytes leave it open (Markdown, feeds of JSON)."""

from __future__ import annotations

import re
import zlib

__all__ = ["media_type"]

_MAIL_FIELD = re.compile(
    rb"(?:from|to|cc|date|subject|received|return-path|delivered-to|message-id|mime-version|content-type|reply-to|sender|"
    rb"x-[a-z0-9-]{1,40}|dkim-signature|arc-[a-z-]{1,30}|in-reply-to|references|list-[a-z-]{1,20}):",
    re.IGNORECASE,
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?(?:p|div|span|a|h[1-6]|article|table|ul|li|br|meta|title|section)[\s/>]", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_FIXED = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90", "application/x-executable"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
)


def media_type(data: bytes, name: str) -> str:
    """The media type of a file by its bytes. `application/octet-stream` is what nothing recognised and is no text."""
    head = data[:4096]
    for start, kind in _FIXED:
        if head.startswith(start):
            return kind
    if b"%PDF-" in data[:1024]:
        return "application/pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(b"\x1f\x8b"):
        return "application/warc" if _gzip_head(data).startswith(b"WARC/") else "application/gzip"
    if head.startswith(b"WARC/"):
        return "application/warc"
    return _text_kind(data, name.lower())


def _zip_kind(data: bytes) -> str:
    # The names stand in the central directory at the end; searching bytes needs no unpacking.
    tail = data[-262_144:]
    for mark, kind in (
        (b"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"xl/workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"ppt/presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        (b"datapackage.json", "application/wacz"),
        (b"opendocument.text", "application/vnd.oasis.opendocument.text"),
    ):
        if mark in tail or mark in data[:4096]:
            return kind
    return "application/zip"


def _gzip_head(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(data[:4096], 64)
    except zlib.error:
        return b""


def _text_kind(data: bytes, name: str) -> str:
    head = data[:65_536]
    plain = _as_ascii(head)
    text = plain.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<"):
        kind = _markup_kind(text, name)
        if kind:
            return kind
    if text.startswith(b"{") and (b"jsonfeed.org/version" in text or name.endswith((".json", ".jsonfeed"))):
        return "application/feed+json" if b"jsonfeed.org/version" in text else "application/json"
    if _is_mail(text, name):
        return "message/rfc822"
    if name.endswith((".html", ".htm", ".xhtml")) and _TAG.search(plain):
        return "text/html"
    if b"\x00" in plain and b"\x00" in head[:4096]:
        return "application/octet-stream"
    if len(_TAG.findall(plain)) >= 3 and not name.endswith((".txt", ".md", ".markdown")):
        return "text/html"
    if name.endswith((".md", ".markdown")):
        return "text/markdown"
    return "text/plain"


def _as_ascii(head: bytes) -> bytes:
    """UTF-16 and UTF-32 markup with its NULs taken out, for looking at names of tags only."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\x00", b"")
    odd, even = head[1:4096:2].count(0), head[0:4096:2].count(0)
    if max(odd, even) > len(head[:4096]) * 0.2 and min(odd, even) < len(head[:4096]) * 0.05:
        return head.replace(b"\x00", b"")
    return head


def _markup_kind(text: bytes, name: str) -> str | None:
    if _HTML.match(text) or (_HTML.search(text[:8192]) and not text.startswith(b"<?xml")):
        return "text/html"
    is_xml = text.startswith(b"<?xml")
    stripped = (
        re.sub(
            rb"^(?:<\?[^>]{0,2000}>|<!--.{0,4000}?-->|<![^>\[]{0,2000}(?:\[.{0,60000}?\]\s{0,20})?>|\s+)+",
            b"",
            text,
            flags=re.DOTALL,
        )
        if is_xml or text.startswith(b"<!")
        else text
    )
    root = _ROOT.match(stripped)
    if root:
        element = root.group(1).lower()
        if element == b"html":
            return "text/html"
        if element == b"rss" or (element == b"rdf" and b"purl.org/rss" in text):
            return "application/rss+xml"
        if element == b"feed":
            return "application/atom+xml"
        if is_xml or text.startswith(b"<!DOCTYPE"):
            return "application/xml"
    if is_xml:
        return "application/xml"
    if _TAG.match(text) and not name.endswith((".md", ".markdown")):
        return "text/html"
    return None


def _is_mail(text: bytes, name: str) -> bool:
    lines = re.split(rb"\r?\n", text[:8192])
    fields = 0
    for line in lines:
        if not line.strip():
            break
        if line[:1] in b" \t" and fields:
            continue
        if not re.match(rb"[A-Za-z][A-Za-z0-9-]{0,60}:", line):
            return False
        fields += bool(_MAIL_FIELD.match(line))
    head = text[:8192].lower()
    sure = (
        b"\nmime-version:" in head
        or b"\nmessage-id:" in head
        or b"\nreceived:" in head
        or head.startswith(b"received:")
    )
    return fields >= (1 if name.endswith((".eml", ".msg")) else 3 if sure else 99)
