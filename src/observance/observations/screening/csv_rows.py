"""CSV as users have it: an open quote does not swallow the rest, and lines may be in two encodings."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from observance.errors import FormatError
from observance.observations.screening.rows import Row, checked, header_of

__all__ = ["csv_rows", "decoded_lines"]

_LINE_LIMIT = 64 << 20
# Physical lines of one record: above it a quote is taken to have been left open.
_SPAN_LIMIT = 200


class _OpenQuote(Exception):  # noqa: N818  a signal between the feeder and the reader, never seen outside
    pass


class _Lines:
    """Decoded lines for the CSV reader; remembers which lines the current record took, to give them back."""

    def __init__(self, raw: Iterator[tuple[str, str]]) -> None:
        self.raw = raw
        self.back: deque[tuple[str, str]] = deque()
        self.taken: list[tuple[str, str]] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _SPAN_LIMIT:
            raise _OpenQuote
        text, fault = self.back.popleft() if self.back else next(self.raw)
        self.taken.append((text, fault))
        return text

    def start(self) -> None:
        self.taken = []

    def give_back(self) -> None:
        """All lines of the record but the first."""
        self.back.extendleft(reversed(self.taken[1:]))


def decoded_lines(path: Path) -> Iterator[tuple[str, str]]:
    """(line, fault): UTF-8, and where a line is not, Windows-1252 with a word; UTF-16 by its mark."""
    with path.open("rb") as handle:
        mark = handle.read(2)
    if mark in {b"\xff\xfe", b"\xfe\xff"}:
        with path.open("r", encoding="utf-16", newline="") as text:
            for line in text:
                yield line, ""
        return
    with path.open("rb") as handle:
        first = True
        while raw := handle.readline(_LINE_LIMIT):
            if first:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
                first = False
            try:
                yield raw.decode("utf-8"), ""
            except UnicodeDecodeError as fault:
                at = f"byte {fault.start} of the line"
                yield (
                    raw.decode("cp1252", errors="replace"),
                    f"not UTF-8 ({at}): read as Windows-1252, check the name",
                )


def csv_rows(path: Path) -> Iterator[Row]:
    """Rows of a CSV file; a record that an open quote swallowed is given back line by line.

    Raises:
        FormatError: no header.
    """
    csv.field_size_limit(_LINE_LIMIT)
    lines = _Lines(decoded_lines(path))
    header_line = next(lines, "")
    delimiter = max(",;\t|", key=header_line.count)
    header = header_of(next(csv.reader([header_line], delimiter=delimiter), []))
    if len([column for column in header if column]) < 1:
        raise FormatError("no header", where=path.name, expected="column names in the first line")
    number = 0
    reader = csv.reader(lines, delimiter=delimiter)
    at = 1
    while True:
        lines.start()
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_OpenQuote, csv.Error) as fault:
            reason = (
                f"a cell does not end within {_SPAN_LIMIT} lines: a quote is open"
                if isinstance(fault, _OpenQuote)
                else str(fault)
            )
            yield Row(number=number, line=at + 1, cells={}, faults=(f"{reason}; the line was left out",))
            lines.give_back()
            at += 1
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        if len(lines.taken) > 1 and sum(text.count('"') for text, _fault in lines.taken) % 2:
            # Quotes come in pairs in a record; an odd one swallowed the lines behind it, up to the end of the file.
            reason = "a quote is open: the line was left out"
            yield Row(number=number, line=at + 1, cells={}, faults=(reason,))
            lines.give_back()
            at += 1
            reader = csv.reader(lines, delimiter=delimiter)
            continue
        line, at = at + 1, at + len(lines.taken)
        if not cells:
            number -= 1
            continue
        yield checked(number, line, header, cells, [fault for _text, fault in lines.taken if fault])
