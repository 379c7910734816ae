"""Answers kept by what was asked: hash of the question, hash of the prompt, model. A kept answer is verified anew."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Protocol

from observance.errors import StoreError

__all__ = ["AnswerCache", "FolderCache", "MemoryCache"]

_KEY = re.compile(r"[0-9a-f]{64}")


class AnswerCache(Protocol):
    """Where answers are kept."""

    def get(self, key: str) -> str | None:
        """The answer kept under a key."""

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""


class MemoryCache:
    """Answers of this run."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """The answer kept under a key."""
        return self.answers.get(key)

    def put(self, key: str, answer: str) -> None:
        """Keep an answer."""
        self.answers[key] = answer


class FolderCache:
    """Answers in a folder, one file each, written whole or not at all; a damaged file counts as none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"no key: {key!r}")
        return self.folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> str | None:
        """The answer kept under a key."""
        try:
            plain = json.loads(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None
        answer = plain.get("answer") if isinstance(plain, dict) and plain.get("key") == key else None
        return answer if isinstance(answer, str) else None

    def put(self, key: str, answer: str) -> None:
        """Keep an answer.

        Raises:
            StoreError: the folder cannot be written.
        """
        path = self._path(key)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps({"key": key, "answer": answer}, ensure_ascii=False), encoding="utf-8")
            fresh.replace(path)
        except OSError as fault:
            raise StoreError(
                "answers of the model cannot be kept",
                where=str(path),
                got=str(fault.strerror),
                step="check rights and room, or read without a cache",
            ) from None
