"""Tags and text of a page with their places, in one pass and linear time, whatever the page does.

Follows the tokenizer of the HTML standard (WHATWG, 13.2.5) as far as places of text need it: comments, raw text
elements, quoted attributes that hold `>`, tags cut off at the end. It builds no tree and trusts no nesting.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Tag", "Text", "tokens"]

RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_BLANK = re.compile(r"[\s/]*")
_KEY = re.compile(r"[^\s/>=]+=?|=")
_VALUE = re.compile(r"\s*")
_BARE = re.compile(r"[^\s>]*")
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag with its attributes (names in lower case, values with entities decoded)."""

    name: str
    attributes: dict[str, str]
    closing: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """Characters `[start, end)` of the source between tags; `raw` names the element whose text is no markup."""

    start: int
    end: int
    raw: str = ""


def tokens(source: str) -> Iterator[Tag | Text]:
    """Tags and texts in the order of the source. Comments, declarations and processing instructions are left out."""
    at, size = 0, len(source)
    closers = _Closers(source)
    while at < size:
        mark = source.find("<", at)
        if mark < 0:
            yield Text(at, size)
            return
        after = source[mark + 1 : mark + 2]
        if after in {"!", "?"}:
            if mark > at:
                yield Text(at, mark)
            at = _skip_declaration(source, mark)
            continue
        closing = after == "/"
        name = _NAME.match(source, mark + 1 + closing)
        if not name:
            # A lone "<" is text; "</" without a name is a comment up to ">".
            if closing and mark + 2 < size:
                if mark > at:
                    yield Text(at, mark)
                end = source.find(">", mark)
                at = size if end < 0 else end + 1
                continue
            yield Text(at, mark + 1)
            at = mark + 1
            continue
        if mark > at:
            yield Text(at, mark)
        attributes, at = closers.attributes(name.end())
        tag = Tag(name[0].lower(), attributes, closing, mark, at)
        yield tag
        if not closing and tag.name in RAW:
            stop = _ENDS[tag.name].search(source, at)
            end = stop.start() if stop else size
            if end > at:
                yield Text(at, end, tag.name)
            at = end


def _skip_declaration(source: str, mark: int) -> int:
    if source.startswith("<!--", mark):
        end = source.find("-->", mark + 4)
        if source.startswith(("<!-->", "<!--->"), mark):
            return source.index(">", mark) + 1
        return len(source) if end < 0 else end + 3
    end = source.find(">", mark)
    return len(source) if end < 0 else end + 1


class _Closers:
    """Reads attributes; remembers where no further quote comes, so that unclosed quotes cost one scan and no more."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.none_after = {'"': len(source) + 1, "'": len(source) + 1}

    def attributes(self, at: int) -> tuple[dict[str, str], int]:
        source, size = self.source, len(self.source)
        found: dict[str, str] = {}
        while at < size:
            at = _BLANK.match(source, at).end()  # type: ignore[union-attr]  # matches the empty string
            if at >= size:
                return found, size
            if source[at] == ">":
                return found, at + 1
            key = _KEY.match(source, at)
            assert key is not None
            at = key.end()
            name = key[0].rstrip("=").lower()
            value = ""
            gap = _VALUE.match(source, at).end()  # type: ignore[union-attr]  # matches the empty string
            if key[0].endswith("=") or source[gap : gap + 1] == "=":
                at = gap if key[0].endswith("=") else _VALUE.match(source, gap + 1).end()  # type: ignore[union-attr]
                value, at = self._value(at)
            if name and name not in found and len(found) < 200:
                found[name] = html.unescape(value) if "&" in value else value
        return found, size

    def _value(self, at: int) -> tuple[str, int]:
        source = self.source
        quote = source[at : at + 1]
        if quote in self.none_after and at < self.none_after[quote]:
            end = source.find(quote, at + 1)
            if end >= 0:
                return source[at + 1 : end], end + 1
            self.none_after[quote] = at
        bare = _BARE.match(source, at)
        assert bare is not None
        return bare[0].strip("\"'"), bare.end()
