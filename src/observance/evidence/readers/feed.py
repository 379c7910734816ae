"""Feeds: RSS 0.9 to 2.0, Atom (RFC 4287), JSON Feed 1.x. Each entry has a headline, its day, and its text in blocks.

Text inside a feed is escaped HTML; it is walked like a page. There is no way back to bytes: the citation re-reads by
reading the feed again.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element

from observance.errors import FormatError, LimitError
from observance.evidence.readers.document import Block, BlockKind, Document
from observance.evidence.readers.encoding import decode_text
from observance.evidence.readers.html_meta import day_of
from observance.evidence.readers.html_walk import walk
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.recognise import classify
from observance.evidence.readers.xml import local, parse_xml
from observance.model import DocumentMeta

__all__ = ["read_feed"]

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass(slots=True)
class _Entry:
    title: str = ""
    published: str | None = None
    author: str = ""
    url: str = ""
    body: str = ""
    plain: bool = False


@dataclass(slots=True)
class _Draft:
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)

    def add(self, text: str, kind: BlockKind, *, sort: bool = True) -> None:
        text = " ".join(text.split())
        if not text:
            return
        if self.length:
            self.parts.append("\n")
            self.length += 1
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        made = classify(text, 0, len(text), kind=kind) if sort else [Block(start=0, end=len(text), kind=kind)]
        for block in made:
            parts = tuple(replace(part, start=part.start + start, end=part.end + start) for part in block.parts)
            self.blocks.append(replace(block, start=block.start + start, end=block.end + start, parts=parts))


def read_feed(data: bytes, *, name: str, limits: Limits) -> Document:
    """A feed as a document.

    Raises:
        FormatError: damaged, or without entries.
        LimitError: larger than markup may be.
    """
    if len(data) > limits.max_markup_bytes:
        raise LimitError(
            "the feed is too large",
            where=name,
            got=f"{len(data):,} bytes",
            expected=f"at most {limits.max_markup_bytes:,}",
            step="cut it",
        )
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        publisher, language, url, entries = _json(data, name)
    else:
        publisher, language, url, entries = _xml(data, name, limits)
    if not entries:
        raise FormatError(
            "the feed has no entries", where=name, got="none", expected="at least one", step="check the address"
        )
    draft = _Draft()
    for entry in entries[: limits.max_members]:
        draft.add(entry.title, "headline", sort=False)
        draft.add(
            " · ".join(part for part in (entry.published, entry.author, entry.url) if part), "metadata", sort=False
        )
        for text, kind in _passages(entry, name, limits):
            draft.add(text, kind)
        if draft.length > limits.max_text:
            raise LimitError(
                "the feed has too much text",
                where=name,
                got=f"over {limits.max_text} characters",
                expected=f"at most {limits.max_text}",
                step="cut it",
            )
    days = sorted(entry.published for entry in entries if entry.published)
    one = entries[0] if len(entries) == 1 else None
    return Document(
        text="".join(draft.parts),
        reader="feed/1",
        meta=DocumentMeta(
            publisher=publisher or None,
            published=days[-1] if days else None,
            title=(one.title if one else None) or None,
            author=(one.author if one else None) or None,
            language=language if re.fullmatch(r"[a-z]{2,3}", language) else None,
            url=url if re.match(r"https?://", url) else None,
            kind="feed",
        ),
        blocks=tuple(draft.blocks),
        warnings=(f"{len(entries)} entries of a feed in one document; each has its own day",)
        if len(entries) > 1
        else (),
    )


def _passages(entry: _Entry, name: str, limits: Limits) -> list[tuple[str, BlockKind]]:
    if entry.plain:
        return [(line, "paragraph") for line in re.split(r"\n\s*\n|\r\n\s*\r\n", entry.body)]
    state = walk(entry.body, limits=limits, where=name)
    text, _ = state.builder.build()
    found: list[tuple[str, BlockKind]] = []
    for piece in state.pieces:
        kind: BlockKind = "paragraph"
        if piece.kind in {"quote", "caption", "list_item", "code"}:
            kind = piece.kind  # type: ignore[assignment]  # one of the kinds just named
        elif piece.kind.startswith("head"):
            kind = "heading"
        found.append((text[piece.start : piece.end], kind))
    return found


def _day(text: str) -> str | None:
    found = day_of(text)
    if found:
        return found
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _xml(data: bytes, name: str, limits: Limits) -> tuple[str, str, str, list[_Entry]]:
    try:
        root = parse_xml(data, where=name, max_depth=limits.max_depth, doctype=True)
    except FormatError as fault:
        # Feeds in the wild use names of HTML (&nbsp;) that XML does not know.
        text = decode_text(data, where=name).text
        if "undefined entity" not in fault.got:
            raise
        mended = _ENTITY.sub(lambda match: match[0] if match[1] in _OWN else html.unescape(match[0]), text)
        mended = re.sub(r"^\ufeff?<\?xml[^>]{0,200}\?>", "", mended)
        root = parse_xml(mended.encode(), where=name, max_depth=limits.max_depth, doctype=True)
    publisher = language = url = ""
    entries: list[_Entry] = []
    for element in root.iter():
        kind = local(element.tag)
        if kind in {"item", "entry"}:
            entries.append(_entry(element))
    heads = [root, *(child for child in root if local(child.tag) == "channel")]
    language = next((value for key, value in root.attrib.items() if local(key) == "lang"), "")
    for head in heads:
        for child in head:
            match local(child.tag):
                case "title":
                    publisher = publisher or " ".join((child.text or "").split())
                case "language":
                    language = language or (child.text or "").strip()
                case "link" if not url:
                    url = (child.text or child.attrib.get("href", "")).strip()
    return publisher, language.split("-")[0].lower(), url, entries


def _entry(element: Element) -> _Entry:
    entry = _Entry()
    bodies: dict[str, str] = {}
    for child in element:
        text = child.text or ""
        match local(child.tag):
            case "title":
                entry.title = html.unescape(re.sub(r"<[^>]{0,200}>", "", "".join(child.itertext())))
            case "pubDate" | "published" | "date" | "issued":
                entry.published = entry.published or _day(text.strip())
            case "updated" if entry.published is None:
                entry.published = _day(text.strip())
            case "author" | "creator":
                names = [part.text or "" for part in child if local(part.tag) == "name"]
                entry.author = entry.author or " ".join(" ".join(names or [text]).split())
            case "link" if not entry.url:
                entry.url = (text or child.attrib.get("href", "")).strip()
            case "encoded" | "content" | "description" | "summary" as kind:
                inner = "".join(child.itertext()) if not len(child) else _markup(child)
                bodies[kind] = html.escape(inner) if child.attrib.get("type") == "text" else inner
    entry.body = next(
        (bodies[kind] for kind in ("encoded", "content", "description", "summary") if bodies.get(kind)), ""
    )
    return entry


def _markup(element: Element) -> str:
    """Content of type xhtml: its elements back to markup, names without namespace."""
    out = [html.escape(element.text or "")]
    for child in element:
        tag = re.sub(r"[^A-Za-z0-9]", "", local(child.tag)) or "span"
        out.append(f"<{tag}>{_markup(child)}</{tag}>{html.escape(child.tail or '')}")
    return "".join(out)


def _json(data: bytes, name: str) -> tuple[str, str, str, list[_Entry]]:
    try:
        plain = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise FormatError(
            "the JSON Feed is damaged",
            where=name,
            got=str(fault)[:120],
            expected="JSON in UTF-8",
            step="fetch it again",
        ) from None
    if not isinstance(plain, dict) or not isinstance(plain.get("items"), list):
        raise FormatError(
            "this is no JSON Feed",
            where=name,
            got="no list of items",
            expected="a JSON Feed 1.x",
            step="check the address",
        )
    entries = []
    for item in plain["items"]:
        if not isinstance(item, dict):
            continue
        authors = item.get("authors") or [item.get("author")]
        names = [_string(author.get("name")) for author in authors if isinstance(author, dict)]
        page = _string(item.get("content_html"))
        entries.append(
            _Entry(
                title=_string(item.get("title")),
                published=_day(_string(item.get("date_published"))),
                author=", ".join(filter(None, names)),
                url=_string(item.get("url")),
                body=page or _string(item.get("content_text")) or _string(item.get("summary")),
                plain=not page,
            )
        )
    language = _string(plain.get("language")).split("-")[0].lower()
    return _string(plain.get("title")), language, _string(plain.get("home_page_url")), entries


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
