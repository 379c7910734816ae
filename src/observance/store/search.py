"""Folding of text for full-text search, so that every script can be searched without a language model.

Latin, Cyrillic and Greek words are folded to their base letters in lower case; runs of hangul, kana and Han are cut
into overlapping pairs (bigrams) beside the single characters, the usual way to search scripts without word breaks
(CJK bigram indexing, as in Apache Lucene's CJKAnalyzer). The same folding is applied to the question.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold_question", "fold_text"]

_RUNS = re.compile(r"[぀-ヿ㐀-鿿豈-﫿가-힯ᄀ-ᇿ]+|[^\W_]+", re.UNICODE)
_CJK = re.compile(r"[぀-ヿ㐀-鿿豈-﫿가-힯ᄀ-ᇿ]")


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _tokens(run: str, *, single: bool) -> list[str]:
    if not _CJK.match(run):
        return [_fold(run)]
    run = unicodedata.normalize("NFC", run)
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return [*run, *pairs] if single else (pairs or [run])


def fold_text(text: str) -> str:
    """Text as space-separated index terms."""
    return " ".join(token for run in _RUNS.findall(text) for token in _tokens(run, single=True))


def fold_question(text: str) -> list[str]:
    """The question as index terms, all of which must occur."""
    return [token for run in _RUNS.findall(text) for token in _tokens(run, single=False)]
