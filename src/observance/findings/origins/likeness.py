"""Likeness of wordings: long quotations and three-word shingles, through an inverted index (near-linear).

A wording that many texts share (a stock phrase) proposes nobody: an entry of the index longer than `crowd` is skipped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

__all__ = ["CONTAINMENT", "alike", "quotations", "shingles"]

CONTAINMENT = 0.5
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_QUOTE = re.compile(r"[“\"«„]([^“”\"«»„]{12,400})[”\"»“]")


def tokens(text: str) -> list[str]:
    """Words and numbers in lower case."""
    return _WORD.findall(text.casefold())


def shingles(text: str, size: int = 3) -> frozenset[str]:
    """Runs of `size` words."""
    found = tokens(text)
    return frozenset(" ".join(found[i : i + size]) for i in range(len(found) - size + 1))


def quotations(text: str, least: int = 4) -> frozenset[str]:
    """Quoted strings of at least `least` words, folded."""
    return frozenset(" ".join(words) for quote in _QUOTE.findall(text) if len(words := tokens(quote)) >= least)


def alike(
    wordings: Mapping[str, frozenset[str]], *, floor: float = CONTAINMENT, least: int = 3, crowd: int = 60
) -> Iterator[tuple[str, str, float]]:
    """Pairs whose shared entries make up at least `floor` of the shorter wording, each once, in sorted order."""
    index: dict[str, list[str]] = defaultdict(list)
    for key in sorted(wordings):
        for entry in wordings[key]:
            index[entry].append(key)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for keys in index.values():
        if 2 <= len(keys) <= crowd:
            for i, one in enumerate(keys):
                for two in keys[i + 1 :]:
                    shared[one, two] += 1
    for (one, two), count in sorted(shared.items()):
        smaller = min(len(wordings[one]), len(wordings[two]))
        if count >= least and count / smaller >= floor:
            yield one, two, count / smaller
