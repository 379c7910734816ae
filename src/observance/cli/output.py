"""How commands speak: results on stdout, words about the work on stderr, JSON when asked.

Outside a terminal nothing is wrapped, cut or coloured, so that a hash and a path stay whole when they are piped.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def say(text: str = "") -> None:
    """Print one result line as it is."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """Print a warning on stderr; it never mixes with results."""
    sys.stderr.write(f"warning: {text}\n")


def note(text: str) -> None:
    """Print a word about the work on stderr."""
    sys.stderr.write(text + "\n")


def emit_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value as JSON: keys in the order given, every script readable."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent, default=str) + "\n")


def progress(items: Iterable[T], *, label: str, total: int | None = None) -> Iterator[T]:
    """Yield the items under a progress bar on stderr; silent where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=label, total=total, console=Console(stderr=True))
