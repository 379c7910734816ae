r"""NMEA 0183 sentences (AIVDM, AIVDO) as batches of raw rows, with the line number of each.

A time stands in a tag block (`\s:station,c:1428451253*5F\`), in a column before the sentence (seconds of the epoch or
ISO 8601), or in a `$PGHP` line before it; a sentence without one has no time and is rejected, since a position without
a time is no evidence of anything. Parts of a message are put together by sequence number, channel and station.
Position messages: 1, 2, 3, 9, 18, 19, 27; static messages: 5, 19, 24 (ITU-R M.1371-5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from observance.errors import UnsupportedError
from observance.evidence.tracks.batches import Raw, Rejected
from observance.evidence.tracks.tables import opened

__all__ = ["NmeaReader", "is_nmea"]

_SENTENCE = re.compile(
    rb"[!$](?:AI|AB|AD|AN|AR|AS|AT|AX|BS|SA)VD[MO],(\d),(\d),(\d?),([AB12]?),([^,]*),(\d)\*([0-9A-Fa-f]{2})"
)
_TAGS = re.compile(rb"\\([^\\]{1,200})\\")
_BEFORE = re.compile(
    rb"^\s{0,4}(\d{9,13}(?:\.\d{1,6})?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?Z?)\s{0,2}[,;\s]"
)
_PGHP = re.compile(rb"^\$PGHP,1,(\d{4}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,2}),(\d{1,3}),")
_POSITIONS = {1, 2, 3, 9, 18, 19, 27}
_STATICS = {5, 19, 24}
_BATCH = 100_000
_PARTS = 1000


def is_nmea(head: bytes) -> bool:
    """Whether the beginning of a file holds AIS sentences."""
    return any(_SENTENCE.search(line) for line in head.split(b"\n")[:400])


@dataclass(slots=True)
class _Rows:
    """Values of the rows of a batch while it is filled."""

    row: list[int] = field(default_factory=list)
    values: list[tuple[float, ...]] = field(default_factory=list)
    receiver: list[int] = field(default_factory=list)
    statics: list[tuple[int, float, float, dict[str, Any]]] = field(default_factory=list)


@dataclass(slots=True)
class NmeaReader:
    """Reads one file of sentences.

    Attributes:
        path: the file.
        rejected: lines that were left out, filled while reading.
        receivers: stations in the order of their first line.
        other: lines that are no AIS sentences (comments, other talkers).
    """

    path: Path
    rejected: list[Rejected] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)
    other: int = 0

    def batches(self) -> Iterator[tuple[Raw, list[tuple[int, float, float, dict[str, Any]]]]]:
        """Raw rows, and static messages as (line, mmsi, seconds, fields), in batches.

        Raises:
            UnsupportedError: pyais is not installed.
        """
        try:
            from pyais import decode
            from pyais.exceptions import AISBaseException
        except ImportError:
            raise UnsupportedError(
                "reading AIS sentences needs pyais", step="pip install 'observance[vessels]'"
            ) from None
        rows = _Rows()
        clock = float("nan")
        waiting: dict[tuple[bytes, ...], dict[int, tuple[int, bytes]]] = {}
        number = 0
        with opened(self.path) as handle:
            while True:
                try:
                    line = handle.readline(8192)
                except (OSError, EOFError) as fault:
                    self._reject(number + 1, "malformed", f"the file ends in the middle: {fault}".encode())
                    break
                if not line:
                    break
                number += 1
                stamp = _PGHP.match(line)
                if stamp:
                    clock = _pghp(stamp)
                    continue
                sentence = _SENTENCE.search(line)
                if sentence is None:
                    if line.lstrip()[:1] in b"!\\":
                        self._reject(number, "not_decoded", line)
                    else:
                        self.other += 1
                    continue
                if _checksum(sentence.group(0)) != int(sentence.group(7), 16):
                    self._reject(number, "checksum", line)
                    continue
                tags = _tag_values(line)
                when = _when(tags, line, clock)
                station = tags.get(b"s", b"")
                total, part = int(sentence.group(1)), int(sentence.group(2))
                whole = [sentence.group(0)]
                if total > 1:
                    key = (sentence.group(3), sentence.group(4), station)
                    held = waiting.setdefault(key, {})
                    if part == 1 and held:
                        self._incomplete(held)
                        held.clear()
                    held[part] = (number, sentence.group(0))
                    if len(held) < total:
                        if len(waiting) > _PARTS:
                            self._incomplete(waiting.pop(next(iter(waiting))))
                        continue
                    whole = [held[at][1] for at in sorted(held)]
                    first = min(held[at][0] for at in held)
                    del waiting[key]
                else:
                    first = number
                try:
                    message = decode(*whole).asdict()
                except (AISBaseException, ValueError, KeyError, IndexError, TypeError, AttributeError):
                    self._reject(first, "not_decoded", line)
                    continue
                self._take(rows, message, first, when, station)
                if len(rows.row) >= _BATCH:
                    yield self._raw(rows), rows.statics
                    rows = _Rows()
        for held in waiting.values():
            self._incomplete(held)
        if rows.row or rows.statics:
            yield self._raw(rows), rows.statics

    def _incomplete(self, held: dict[int, tuple[int, bytes]]) -> None:
        for number, sentence in held.values():
            self._reject(number, "incomplete", sentence)

    def _reject(self, number: int, reason: str, line: bytes) -> None:
        self.rejected.append(
            Rejected(row=number, reason=reason, content=line.decode("ascii", errors="replace").strip()[:200])
        )

    def _take(self, rows: _Rows, message: dict[str, Any], line: int, when: float, station: bytes) -> None:
        kind = int(message.get("msg_type", 0))
        mmsi = _number(message.get("mmsi"))
        if kind in _POSITIONS:
            name = station.decode("ascii", errors="replace")
            if name and name not in self.receivers:
                self.receivers.append(name)
            rows.row.append(line)
            rows.receiver.append(self.receivers.index(name) if name else -1)
            rows.values.append(
                (
                    mmsi,
                    when,
                    _number(message.get("lat")),
                    _number(message.get("lon")),
                    _number(message.get("speed")),
                    _number(message.get("course")),
                    _number(message.get("heading")),
                    _number(message.get("status")),
                    float(kind),
                )
            )
        if kind in _STATICS:
            rows.statics.append((line, mmsi, when, _static(message)))

    def _raw(self, rows: _Rows) -> Raw:
        table = np.array(rows.values, np.float64).reshape(len(rows.row), 9)
        return Raw(
            row=np.array(rows.row, np.int64),
            mmsi=table[:, 0],
            ts=table[:, 1],
            lat=table[:, 2],
            lon=table[:, 3],
            sog=table[:, 4],
            cog=table[:, 5],
            heading=table[:, 6],
            status=table[:, 7],
            message=table[:, 8],
            receiver=np.array(rows.receiver, np.int16),
            receivers=tuple(self.receivers),
        )


def _checksum(sentence: bytes) -> int:
    value = 0
    for byte in sentence[1 : sentence.rindex(b"*")]:
        value ^= byte
    return value


def _tag_values(line: bytes) -> dict[bytes, bytes]:
    found = _TAGS.search(line)
    if found is None:
        return {}
    body = found.group(1).rpartition(b"*")[0] or found.group(1)
    return dict(pair.split(b":", 1) for pair in body.split(b",") if b":" in pair)


def _when(tags: dict[bytes, bytes], line: bytes, clock: float) -> float:
    """Seconds UTC of a sentence: its tag block, the column before it, the clock line before it; NaN is unknown."""
    if (told := tags.get(b"c")) is not None:
        return _seconds(told)
    if before := _BEFORE.match(line):
        return _seconds(before.group(1))
    return clock


def _seconds(told: bytes) -> float:
    text = told.decode("ascii", errors="replace").strip()
    try:
        value = float(text)
    except ValueError:
        try:
            stamp = datetime.fromisoformat(text)
        except ValueError:
            return float("nan")
        return stamp.replace(tzinfo=stamp.tzinfo or UTC).timestamp()
    return value / 1000 if value > 1e11 else value


def _pghp(stamp: re.Match[bytes]) -> float:
    year, month, day, hour, minute, second, milli = (int(part) for part in stamp.groups())
    try:
        return datetime(year, month, day, hour, minute, second, milli * 1000, tzinfo=UTC).timestamp()
    except ValueError:
        return float("nan")


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _static(message: dict[str, Any]) -> dict[str, Any]:
    """Fields of a static message under our names; what it does not carry is left out."""
    found: dict[str, Any] = {}
    for ours, theirs in (("imo", "imo"), ("name", "shipname"), ("callsign", "callsign"), ("ship_type", "ship_type"),
                         ("draught", "draught"), ("destination", "destination")):  # fmt: skip
        value = message.get(theirs)
        if value not in (None, ""):
            found[ours] = value
    if "to_bow" in message:
        found["length"] = _number(message["to_bow"]) + _number(message.get("to_stern"))
        found["width"] = _number(message.get("to_port")) + _number(message.get("to_starboard"))
    return found
