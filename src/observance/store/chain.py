"""An append-only file of canonical JSON lines, each naming the SHA-256 of the line before it, with a head file.

A line is `{"prev": <sha256 of the previous line's bytes without its newline>, "seq": n, ...}`; the first line has 64
zeros. `NAME.head` holds count, byte length and the hash of the last line. It is replaced after the line is on the disk
and before anything is acknowledged, so the last line is covered as well: what lies behind the head was never
acknowledged to anybody (a torn tail), anything else that differs is a fault.

Anybody can check a chain with `sha256sum`; see `shell_check`.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from observance.errors import IntegrityError
from observance.model.canonical import canonical_json, sha256_bytes
from observance.store.files import refusals, write_whole

__all__ = ["GENESIS", "Chain", "ChainCheck", "write_missing_heads"]

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Count of lines, their bytes in all, and the hash of the last line."""

    count: int
    size: int
    hash: str


@dataclass(slots=True)
class ChainCheck:
    """What a reading of a chain found: faults name file and line; notes are no faults."""

    count: int = 0
    last: str = GENESIS
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _parse_head(path: Path) -> Head | None:
    try:
        raw = json.loads(path.read_bytes())
        return Head(count=int(raw["count"]), size=int(raw["size"]), hash=str(raw["hash"]))
    except (ValueError, KeyError, TypeError):
        return None


class Chain:
    """One chain of one writer: `folder/NAME.jsonl` and `folder/NAME.head`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.path = folder / f"{name}.jsonl"
        self.head_path = folder / f"{name}.head"
        self._lock_path = folder / f".{name}.lock"

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with refusals(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._lock_path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _head(self) -> Head:
        if not self.head_path.exists():
            # Without a head nothing was ever acknowledged: a first append that was cut off is a torn tail.
            return Head(count=0, size=0, hash=GENESIS)
        head = _parse_head(self.head_path)
        if head is None:
            raise IntegrityError(
                "the head file of the ledger does not read", where=str(self.head_path), step="run `observance verify`"
            )
        return head

    def _set_aside_tail(self, head: Head) -> str | None:
        """Move bytes behind the head into a file of their own; they were never acknowledged."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size < head.size:
            raise IntegrityError(
                "the ledger is shorter than its head says",
                where=str(self.path),
                got=f"{size} bytes",
                expected=f"{head.size} bytes",
                step="restore the file from a copy; run `observance verify`",
            )
        if size == head.size:
            return None
        with self.path.open("rb") as handle:
            handle.seek(head.size)
            tail = handle.read()
        aside = self.path.with_name(f"{self.name}.torn-{sha256_bytes(tail)[:12]}")
        write_whole(aside, tail)
        with refusals(self.path), self.path.open("r+b") as handle:
            handle.truncate(head.size)
            handle.flush()
            os.fsync(handle.fileno())
        return f"{self.path.name}: {len(tail)} bytes that were never acknowledged were set aside in {aside.name}"

    def append(self, entries: Sequence[dict[str, Any]]) -> list[str]:
        """Add entries as lines; returns words about a torn tail that was set aside (mostly none).

        When this returns, the lines and the head are on the disk.

        Raises:
            IntegrityError: the chain is shorter than its head, or its last line differs from it.
        """
        if not entries:
            return []
        said: list[str] = []
        with self._locked():
            head = self._head()
            aside = self._set_aside_tail(head) if self.path.exists() else None
            if aside:
                said.append(aside)
            previous, count = head.hash, head.count
            if count and self._last_hash(head.size) != previous:
                raise IntegrityError(
                    "the last line of the ledger differs from its head",
                    where=f"{self.path}:{count}",
                    step="run `observance verify`; nothing was added",
                )
            lines = bytearray()
            for entry in entries:
                line = canonical_json({**entry, "prev": previous, "seq": count + 1})
                lines += line + b"\n"
                previous = sha256_bytes(line)
                count += 1
            with refusals(self.path), self.path.open("ab") as handle:
                handle.write(lines)
                handle.flush()
                os.fsync(handle.fileno())
            new = {"count": count, "hash": previous, "size": head.size + len(lines)}
            write_whole(self.head_path, canonical_json(new) + b"\n")
        return said

    def _last_hash(self, size: int) -> str:
        """Hash of the last line before byte `size`, read from the end."""
        with self.path.open("rb") as handle:
            block = 4096
            while True:
                start = max(0, size - block)
                handle.seek(start)
                data = handle.read(size - start)
                if not data.endswith(b"\n"):
                    return ""
                cut = data[:-1].rfind(b"\n")
                if cut >= 0 or start == 0:
                    return sha256_bytes(data[cut + 1 : -1])
                block *= 8

    def read(self) -> Iterator[dict[str, Any]]:
        """Acknowledged entries in order, each parsed; what lies behind the head is not read."""
        if not self.path.exists():
            return
        left = self._head().size
        with self.path.open("rb") as handle:
            for number, line in enumerate(handle, start=1):
                left -= len(line)
                if left < 0:
                    return
                try:
                    yield json.loads(line)
                except ValueError:
                    raise IntegrityError(
                        "a line of the ledger does not read",
                        where=f"{self.path}:{number}",
                        step="run `observance verify`; restore the file from a copy",
                    ) from None

    def check(self) -> ChainCheck:
        """Re-read every line and the head and compare; never changes anything."""
        result = ChainCheck()
        if not self.path.exists():
            if self.head_path.exists():
                result.faults.append(f"{self.path}: missing, and its head file says it should be there")
            return result
        if not self.head_path.exists():
            if self.path.stat().st_size:
                result.faults.append(f"{self.head_path}: missing")
            return result
        head = _parse_head(self.head_path)
        if head is None or self.head_path.read_bytes() != (
            canonical_json({"count": head.count, "hash": head.hash, "size": head.size}) + b"\n"
        ):
            result.faults.append(f"{self.head_path}: does not read as a head file")
            return result
        data = self.path.read_bytes()
        if len(data) < head.size:
            result.faults.append(f"{self.path}: {len(data)} bytes, its head says {head.size}")
        elif len(data) > head.size:
            result.notes.append(f"{self.path}: {len(data) - head.size} bytes at the end were never acknowledged")
        for number, line in enumerate(data[: head.size].split(b"\n")[:-1], start=1):
            try:
                entry = json.loads(line)
            except ValueError:
                entry = None
            if not isinstance(entry, dict) or canonical_json(entry) != line:
                result.faults.append(f"{self.path}:{number}: not a canonical JSON line")
            elif entry.get("prev") != result.last or entry.get("seq") != number:
                result.faults.append(f"{self.path}:{number}: does not follow from the line before it")
            result.last = sha256_bytes(line)
            result.count = number
        if result.count != head.count or result.last != head.hash:
            name = self.head_path.name
            result.faults.append(f"{self.path}:{result.count}: the last line and the head file {name} differ")
        return result


def write_missing_heads(folder: Path) -> None:
    """Write the head files of chains that have none (folders of format 1), covering every whole line."""
    for path in sorted(folder.glob("*.jsonl")):
        head = path.with_suffix(".head")
        if head.exists():
            continue
        data = path.read_bytes()
        size = data.rfind(b"\n") + 1
        lines = data[:size].split(b"\n")[:-1]
        last = sha256_bytes(lines[-1]) if lines else GENESIS
        write_whole(head, canonical_json({"count": len(lines), "hash": last, "size": size}) + b"\n")
