"""Members of a zip archive within limits: no bomb, no path out of the archive, no surprise.

Sizes that an archive states are not believed: what comes out is counted while it comes out.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from observance.errors import FormatError, LimitError
from observance.evidence.readers.limits import MIB, Limits

__all__ = ["Archive"]

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Archive:
    """A zip archive in memory, read member by member; nothing is ever written to disk."""

    def __init__(self, data: bytes, *, name: str, limits: Limits) -> None:
        """Open the directory of the archive.

        Raises:
            FormatError: no zip archive, or a member whose path leads out of it.
            LimitError: too many members.
        """
        self.name = name
        self.limits = limits
        self.left = limits.max_unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, UnicodeError) as fault:
            raise FormatError(
                "the archive is damaged",
                where=name,
                got=str(fault)[:120],
                expected="a whole zip archive",
                step="get the file again",
            ) from None
        if len(infos) > limits.max_members:
            raise LimitError(
                "the archive has too many members",
                where=name,
                got=f"{len(infos)}",
                expected=f"at most {limits.max_members}",
                step="unpack it and give the files",
            )
        self.infos: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            path = info.filename
            if path.startswith(("/", "\\")) or ".." in path.replace("\\", "/").split("/") or ":" in path[:3]:
                raise FormatError(
                    "a path in the archive leads out of it",
                    where=name,
                    got=repr(path[:80]),
                    expected="paths inside the archive",
                    step="do not trust this file",
                )
            self.infos[path] = info

    def names(self) -> list[str]:
        """Paths of the members, in the order of the archive."""
        return list(self.infos)

    def read(self, path: str) -> bytes:
        """The bytes of a member.

        Raises:
            FormatError: not there, encrypted, packed in a way we do not read, damaged.
            LimitError: larger than the limit, or packed more than `max_ratio` to one.
        """
        info = self.infos.get(path)
        if info is None:
            raise FormatError(
                "a part of the file is missing",
                where=self.name,
                got=f"no {path}",
                expected=path,
                step="get the file again, or save it anew",
            )
        if info.flag_bits & 1:
            raise FormatError(
                "the file is encrypted",
                where=self.name,
                got=f"{path} asks for a password",
                expected="an open file",
                step="save a copy without a password",
            )
        if info.compress_type not in _METHODS:
            raise FormatError(
                "a part is packed in a way that documents do not use",
                where=f"{self.name}: {path}",
                got=f"method {info.compress_type}",
                expected="stored or deflated",
                step="save it anew",
            )
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(65_536):
                    size += len(chunk)
                    if size > self.left or (size > MIB and size > self.limits.max_ratio * max(info.compress_size, 1)):
                        raise LimitError(
                            "the file unpacks to more than it may",
                            where=f"{self.name}: {path}",
                            got=f"over {size:,} bytes from {info.compress_size:,}",
                            expected=f"at most {self.limits.max_unpacked:,} bytes, {self.limits.max_ratio} to one",
                            step="do not trust this file; ask the sender for a PDF or text",
                        )
                    chunks.append(chunk)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as fault:
            raise FormatError(
                "a part of the file is damaged",
                where=f"{self.name}: {path}",
                got=str(fault)[:120],
                expected="a sound zip member",
                step="get the file again",
            ) from None
        self.left -= size
        return b"".join(chunks)
