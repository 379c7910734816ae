"""A translation as a working copy: which passage of the original each of its passages translates.

The original stays the evidence. A translation that a person adds names it (`translation_of`), and each of its passages
leads to the passage it translates, by number where both number their paragraphs, else by order where both have as many.
Where neither fits, nothing is paired: a wrong passage is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from observance.errors import FormatError
from observance.evidence.readers.document import Block, Document
from observance.model import TextSpan

__all__ = ["Pairing", "pair_passages"]

_READ = frozenset({"paragraph", "headline", "heading", "quote", "list_item", "caption"})
_NUMBER = re.compile(r"\s{0,4}[(\[]?([0-9]{1,4})[.)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Passages of a translation with those of the original, in the order of the translation.

    Attributes:
        pairs: (start, end in the translation; start, end in the original).
        original: the original.
        by: `number` or `order`.
    """

    pairs: tuple[tuple[int, int, int, int], ...]
    original: Document
    by: str

    def original_of(self, start: int, end: int) -> TextSpan | None:
        """The passage of the original that the characters `[start, end)` of the translation translate, or None."""
        hit = [pair for pair in self.pairs if pair[0] < end and start < pair[1]]
        if not hit:
            return None
        return self.original.span(min(pair[2] for pair in hit), max(pair[3] for pair in hit))


def pair_passages(translation: Document, original: Document) -> Pairing:
    """Pair the passages of a translation with those of its original.

    Raises:
        FormatError: neither numbers nor counts of passages agree.
    """
    new, old = _passages(translation), _passages(original)
    by_new, by_old = _numbered(translation, new), _numbered(original, old)
    if by_new and set(by_new) <= set(by_old) and len(by_new) >= 0.8 * len(new):
        pairs = [(block.start, block.end, by_old[key].start, by_old[key].end) for key, block in by_new.items()]
        return Pairing(pairs=tuple(pairs), original=original, by="number")
    if len(new) != len(old):
        raise FormatError(
            "the translation does not follow the passages of its original",
            where="translation",
            got=f"{len(new)} passages",
            expected=f"{len(old)}, as the original has, or numbers before each",
            step="translate paragraph by paragraph, or number the paragraphs as the original does",
        )
    return Pairing(
        pairs=tuple((one.start, one.end, two.start, two.end) for one, two in zip(new, old, strict=True)),
        original=original,
        by="order",
    )


def _passages(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind in _READ]


def _numbered(document: Document, blocks: list[Block]) -> dict[str, Block]:
    found: dict[str, Block] = {}
    for block in blocks:
        number = _NUMBER.match(document.text, block.start, block.end)
        if number:
            if number[1] in found:
                return {}
            found[number[1]] = block
    return found
