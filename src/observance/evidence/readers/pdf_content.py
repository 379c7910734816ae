"""Operations of a PDF content stream (ISO 32000-1, 7.2, 7.3 and 7.8), in one pass over its bytes.

Only what text, rules and pictures need: numbers, names, strings, arrays and dictionaries as operands, inline images
passed over. Whatever is no token is skipped, as viewers do. Time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

__all__ = ["Name", "operations"]


class Name(str):
    """A name with its slash, `#XX` undone."""

    __slots__ = ()


_TOKEN = re.compile(
    rb"[\x00\t\n\x0c\r ]+|%[^\r\n]*"
    rb"|(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?=[\x00\t\n\x0c\r ()<>\[\]{}/%+-]|$|[A-Za-z'\"]))"
    rb"|(?P<name>/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*)"
    rb"|<(?P<hex>[0-9A-Fa-f\x00\t\n\x0c\r ]*)>"
    rb"|(?P<open><<|\[)|(?P<close>>>|\])|(?P<string>\()"
    rb"|(?P<word>[^\x00\t\n\x0c\r ()<>\[\]{}/%]+)"
)
_PLAIN = re.compile(rb"[^()\\]*(?:\\[\s\S][^()\\]*)*\)")
_NEXT = re.compile(rb"[()\\]")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|([\s\S]))")
_BLANK = re.compile(rb"[\x00\t\n\x0c\r ]+")
_END_IMAGE = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r /]|$)")
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_CONSTANTS = {b"true": 1.0, b"false": 0.0, b"null": None}
_DEEPEST = 32
_MOST_OPERANDS = 100_000


def operations(data: bytes) -> Iterator[tuple[str, list[Any]]]:
    """(operator, operands) in the order of the stream; operands: float, bytes, Name, None, lists and dicts of them."""
    stack: list[list[Any]] = [[]]
    kinds: list[bytes] = []
    at, size = 0, len(data)
    match_at = _TOKEN.match
    while at < size:
        found = match_at(data, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        kind = found.lastgroup
        if kind is None:
            continue
        top = stack[-1]
        if kind == "number":
            top.append(float(found[kind]))
        elif kind == "hex":
            digits = _BLANK.sub(b"", found[kind])
            top.append(bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii")))
        elif kind == "word":
            word = found[kind]
            if word in _CONSTANTS:
                top.append(_CONSTANTS[word])
                continue
            if word == b"ID":
                end = _END_IMAGE.search(data, at)
                at = end.end() if end else size
                stack, kinds = [[]], []
                continue
            # An operator inside an array or dictionary means that its end is missing.
            yield word.decode("latin-1"), stack[0]
            stack, kinds = [[]], []
        elif kind == "name":
            top.append(_name(found[kind]))
        elif kind == "string":
            value, at = _string(data, at)
            top.append(value)
        elif kind == "open":
            if len(stack) < _DEEPEST:
                stack.append([])
                kinds.append(found[kind])
        elif kinds:
            inner = stack.pop()
            opened = kinds.pop()
            stack[-1].append(
                inner if opened == b"[" else dict(zip(inner[0::2], inner[1::2], strict=False)) if _keys(inner) else {}
            )
        if len(stack[-1]) > _MOST_OPERANDS:
            stack[-1].clear()


def _keys(inner: list[Any]) -> bool:
    return all(isinstance(key, Name) for key in inner[0::2])


def _name(raw: bytes) -> Name:
    text = raw.decode("latin-1")
    if "#" in text:
        text = re.sub(r"#([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), text)
    return Name(text)


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """A literal string from after its opening bracket, and the place after its closing one."""
    plain = _PLAIN.match(data, at)
    if plain:
        body, end = data[at : plain.end() - 1], plain.end()
    else:
        depth, end, size = 1, at, len(data)
        while depth and end < size:
            mark = _NEXT.search(data, end)
            if mark is None:
                end = size
                break
            end = mark.end()
            if mark[0] == b"\\":
                end += 1
            else:
                depth += 1 if mark[0] == b"(" else -1
        body = data[at : end - 1 if not depth else end]
    return (_ESCAPE.sub(_unescaped, body) if b"\\" in body else body), end


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 0xFF])
    if found[2]:
        return b""
    return _LETTERS.get(found[3], found[3])
