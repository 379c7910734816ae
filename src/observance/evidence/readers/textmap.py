"""The way from a character of the text back to the bytes it was made of.

Two steps. `Decoded` leads from a character of the decoded file to its bytes, whatever the encoding. `SourceMap` leads
from a character of the text that a reader made (tags gone, entities decoded, blanks folded) to the characters of the
decoded file. Both are exact: the bytes of a span decode to the span, markup and folded blanks apart.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from codecs import getdecoder
from dataclasses import dataclass, field

__all__ = ["Decoded", "MapBuilder", "SourceMap", "decode_exactly"]

STEP = 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file and where each character stands in its bytes.

    Attributes:
        text: the characters.
        encoding: Python codec name.
        chars, offsets: characters of which the byte offset is noted; between two of them encoding gives the rest.
            Empty where one character is one byte.
        size: bytes of the file.
        skipped: bytes of a byte order mark that is not part of the text.
        repaired: characters that stand for bytes which do not decode (shown as U+FFFD).
    """

    text: str
    encoding: str
    chars: array[int]
    offsets: array[int]
    size: int
    skipped: int = 0
    repaired: int = 0

    def byte(self, index: int) -> int:
        """Offset of the first byte of character `index`; the size of the file for the end of the text."""
        if index >= len(self.text):
            return self.size
        if not self.chars:
            return self.skipped + index
        at = bisect_right(self.chars, index) - 1
        first = self.chars[at]
        return self.offsets[at] + len(self.text[first:index].encode(self.encoding))


def decode_exactly(data: bytes, encoding: str, *, skipped: int = 0, most_repairs: int = 100_000) -> Decoded:
    """Decode `data[skipped:]` and keep the way back; bytes that do not decode become U+FFFD, one each, and are counted.

    Encodings without state decode prefix by prefix, so that encoding a prefix gives the byte offset. Where a stretch
    does not encode back to itself (two byte sequences for one character) each of its characters is noted.

    Raises:
        UnicodeError: more than `most_repairs` bytes do not decode.
    """
    view = memoryview(data)
    unit = 2 if "16" in encoding else 4 if "32" in encoding else 1
    decode = getdecoder(encoding)
    parts: list[str] = []
    chars, offsets = array("q"), array("q")
    at, count, repaired = skipped, 0, 0
    while at < len(data):
        try:
            text, end = decode(view[at:], "strict")[0], len(data)
        except UnicodeDecodeError as fault:
            end = at + fault.start
            text = decode(view[at:end], "strict")[0]
        if text:
            parts.append(text)
            count = _note(text, bytes(view[at:end]), encoding, at, count, chars, offsets)
        at = end
        if at < len(data):
            repaired += 1
            if repaired > most_repairs:
                raise UnicodeError(f"more than {most_repairs} bytes do not decode as {encoding}")
            parts.append("\ufffd")
            chars.append(count)
            offsets.append(at)
            count += 1
            at += unit
    text = "".join(parts)
    if len(text) == len(data) - skipped and not repaired:
        chars, offsets = array("q"), array("q")
    return Decoded(text, encoding, chars, offsets, len(data), skipped, repaired)


def _note(text: str, body: bytes, encoding: str, at: int, count: int, chars: array[int], offsets: array[int]) -> int:
    """Note byte offsets of a stretch that decodes; returns the count of characters after it."""
    try:
        exact = text.encode(encoding) == body
    except UnicodeError:
        exact = False
    if exact:
        for start in range(0, len(text), STEP):
            chars.append(count + start)
            offsets.append(at)
            at += len(text[start : start + STEP].encode(encoding))
        return count + len(text)
    # A byte sequence of a legacy East Asian code page has one to four bytes.
    decode = getdecoder(encoding)
    here = 0
    while here < len(body):
        for width in (1, 2, 3, 4):
            try:
                got = decode(body[here : here + width], "strict")[0]
            except UnicodeDecodeError:
                continue
            break
        else:
            raise UnicodeError(f"{encoding} has a state and cannot be cited byte by byte")
        for _ in got:
            chars.append(count)
            offsets.append(at + here)
            count += 1
        here += width
    return count


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Pieces of the text and where they come from, in order and without gaps in the text.

    A literal piece has as many characters in the source as in the text; any other piece (an entity, a folded blank, a
    line break put between blocks) stands as a whole for `widths[i]` characters of the source, which may be none.
    """

    starts: array[int]
    sources: array[int]
    widths: array[int]
    literal: bytearray
    length: int

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the source that the characters `[start, end)` of the text were made of."""
        if not self.starts:
            return 0, 0
        first = max(bisect_right(self.starts, start) - 1, 0)
        begin = self.sources[first] + (start - self.starts[first] if self.literal[first] else 0)
        if end <= start:
            return begin, begin
        last = bisect_right(self.starts, end - 1) - 1
        if self.literal[last]:
            finish = self.sources[last] + end - self.starts[last]
        else:
            finish = self.sources[last] + self.widths[last]
        return begin, max(begin, finish)


@dataclass(slots=True)
class MapBuilder:
    """Collects text with its sources; `build` gives the text and its map."""

    parts: list[str] = field(default_factory=list)
    starts: array[int] = field(default_factory=lambda: array("q"))
    sources: array[int] = field(default_factory=lambda: array("q"))
    widths: array[int] = field(default_factory=lambda: array("q"))
    literal: bytearray = field(default_factory=bytearray)
    length: int = 0

    def copy(self, text: str, source: int) -> None:
        """Add characters that stand in the source as they are."""
        if text:
            self._add(text, source, len(text), is_literal=True)

    def put(self, text: str, source: int, width: int) -> None:
        """Add characters that stand for `width` characters of the source."""
        if text:
            self._add(text, source, width, is_literal=False)

    def drop(self, count: int) -> None:
        """Take back the last `count` characters; they must be pieces of their own."""
        while count > 0 and self.parts:
            last = self.parts.pop()
            count -= len(last)
            self.length -= len(last)
            for column in (self.starts, self.sources, self.widths, self.literal):
                column.pop()

    def _add(self, text: str, source: int, width: int, *, is_literal: bool) -> None:
        self.parts.append(text)
        self.starts.append(self.length)
        self.sources.append(source)
        self.widths.append(width)
        self.literal.append(1 if is_literal else 0)
        self.length += len(text)

    def build(self) -> tuple[str, SourceMap]:
        """The text and the map of its characters."""
        return "".join(self.parts), SourceMap(self.starts, self.sources, self.widths, self.literal, self.length)
