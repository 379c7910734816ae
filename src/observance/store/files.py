"""Files that are whole or not there.

Written to a temporary name in the same folder, flushed to the disk, then renamed; the folder is flushed as well. A
reader therefore never sees half a file, also after `kill -9` or loss of power.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from observance.errors import FormatError, StoreError
from observance.model.canonical import canonical_json

__all__ = [
    "TEMPORARY",
    "hash_file",
    "jsonl_bytes",
    "read_jsonl",
    "refusals",
    "write_stream",
    "write_whole",
]

TEMPORARY = ".part-"
_CHUNK = 1 << 20


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into a StoreError that says what to do."""
    try:
        yield
    except OSError as fault:
        steps = {
            errno.ENOSPC: "the disk is full: free some room and run the command again; nothing acknowledged is lost",
            errno.EDQUOT: "the quota is used up: free some room, then run the same command again",
            errno.EACCES: "this account may not write here: check the rights of the folder",
            errno.EPERM: "this account may not write here: check the rights of the folder",
            errno.EROFS: "the file system is read-only: work on a copy",
            errno.ENAMETOOLONG: "the name is too long for this file system",
        }
        name = str(fault.filename or path)
        raise StoreError(
            f"cannot write: {fault.strerror or fault}",
            where=str(path) if Path(name).name.startswith(TEMPORARY) else name,
            step=steps.get(fault.errno or 0, "check the path, the rights and the room on the disk"),
        ) from None


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    try:
        with temporary.open("xb") as handle:
            fill(handle)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> str:
    """Write bytes so that the file is whole or not there; returns their SHA-256."""
    with refusals(path):
        _write(path, lambda handle: _fill(handle, data))
    return hashlib.sha256(data).hexdigest()


def _fill(handle: BinaryIO, data: bytes) -> None:
    handle.write(data)


def write_stream(folder: Path, source: Iterable[bytes], name: Callable[[str], Path]) -> tuple[str, int, Path]:
    """Write a stream whose final name depends on its hash; returns (sha256, size, path).

    Args:
        folder: where the temporary file goes; on the same file system as the final path.
        source: chunks of bytes.
        name: final path for a hash; an existing file of that name is kept.
    """
    digest = hashlib.sha256()
    size = 0
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{TEMPORARY}{uuid.uuid4().hex}"
        try:
            with temporary.open("xb") as handle:
                for chunk in source:
                    digest.update(chunk)
                    size += len(chunk)
                    handle.write(chunk)
                handle.flush()
                os.fsync(handle.fileno())
            path = name(digest.hexdigest())
            if path.exists() and path.stat().st_size == size:
                temporary.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(path)
                _sync_folder(path.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size, path


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read in chunks."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def jsonl_bytes(records: Iterable[object]) -> bytes:
    """Plain values as canonical JSON, one a line."""
    return b"".join(canonical_json(record) + b"\n" for record in records)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSONL file (gzip where the name says so).

    Raises:
        FormatError: naming file and line.
    """
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as handle:
        for number, line in enumerate(handle, start=1):
            try:
                record = json.loads(line)
            except ValueError as fault:
                raise FormatError(
                    f"not JSON: {fault}", where=f"{path}:{number}", step="run `observance verify` to see what differs"
                ) from None
            if not isinstance(record, dict):
                raise FormatError("not an object", where=f"{path}:{number}", expected="one JSON object a line")
            yield record
