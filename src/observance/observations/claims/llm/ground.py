"""A paragraph as the referee sees it: its words, amounts, times, cues, and what the rules reader made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observance.observations.claims.dates import Time, times
from observance.observations.claims.fold import Folded, fold, parsed
from observance.observations.claims.parse import parse
from observance.observations.claims.quantities import Amount, amounts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from observance.observations.claims.lexicon import Lexicon
    from observance.observations.claims.record import Claim, Page, Span

__all__ = ["Ground", "lay_ground"]

# A model writes straight quotes and plain dashes where the text has typographic ones; one character for one.
_PLAIN = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2011": "-",
     "\xa0": " ", "\u202f": " ", "\u2009": " ", "\n": " ", "\r": " ", "\t": " "}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ground:
    """A paragraph `[start, end)` of the document with all that is held against an answer."""

    page: Page
    lexicon: Lexicon
    start: int
    end: int
    folded: Folded
    doc: Doc
    amounts: tuple[Amount, ...]
    times: tuple[Time, ...]
    rules: tuple[Claim, ...]
    tokens: dict[int, int]

    def find(self, words: str, within: Span | None = None) -> list[Span]:
        """Where words stand in the paragraph (or a part of it), as whole words; typographic signs count as plain."""
        low, high = within or (self.start, self.end)
        text = self.page.text[low:high].translate(_PLAIN)
        wanted = words.translate(_PLAIN).strip()
        if not wanted:
            return []
        found: list[Span] = []
        at = text.find(wanted)
        while at >= 0 and len(found) < 50:
            stop = at + len(wanted)
            if _whole(text, at, stop):
                found.append((low + at, low + stop))
            at = text.find(wanted, at + 1)
        return found

    def token(self, place: int) -> Token | None:
        """The token at a character of the document, where it was parsed."""
        index = self.tokens.get(place)
        return self.doc[index] if index is not None else None

    def amount_at(self, span: Span) -> Amount | None:
        """The amount whose number stands in a span."""
        return next((a for a in self.amounts if _overlap(self.folded.span(a.start, a.end), span)), None)

    def time_at(self, span: Span) -> Time | None:
        """The time expression that stands in a span."""
        return next((t for t in self.times if _overlap(self.folded.span(t.start, t.end), span)), None)

    def sentence(self, place: int) -> Span | None:
        """The sentence of a character of the document."""
        token = self.token(place)
        if token is None:
            return None
        sent = token.sent
        last = sent[-1]
        return self.folded.span(sent[0].idx, last.idx + len(last))


def _whole(text: str, start: int, stop: int) -> bool:
    """True where a find does not cut a word or a number ("5" in "500", "5" in "5,000", "5" in "2.5")."""
    before, after = text[:start][-2:], text[stop : stop + 2]
    if before[-1:].isalnum() and text[start].isalnum():
        return False
    if after[:1].isalnum() and text[stop - 1].isalnum():
        # "5mn" after "5": the scale is part of the number.
        return False
    if text[start].isdigit() and re.fullmatch(r"\d[.,]", before):
        return False
    return not (text[stop - 1].isdigit() and re.fullmatch(r"[.,]\d", after))


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def lay_ground(page: Page, lexicon: Lexicon, paragraphs: list[Span], rules: tuple[Claim, ...]) -> list[Ground]:
    """The paragraphs of a page made ready, in order; one that parses to nothing is left out."""
    folds = [fold(page.text, start, end) for start, end in paragraphs]
    grounds = []
    for (start, end), folded, doc in zip(paragraphs, folds, parse(parsed(f.text) for f in folds), strict=True):
        if len(doc) == 0:
            continue
        clock = times(folded.text, page.published)
        taken = [(time.start, time.end) for time in clock]
        places = {
            folded.at[i]: token.i
            for token in doc
            for i in range(token.idx, token.idx + len(token))
            if i < len(folded.at)
        }
        grounds.append(
            Ground(
                page=page,
                lexicon=lexicon,
                start=start,
                end=end,
                folded=folded,
                doc=doc,
                amounts=tuple(amounts(doc, folded.text, taken)),
                times=tuple(clock),
                rules=tuple(claim for claim in rules if _overlap(claim.evidence, (start, end))),
                tokens=places,
            )
        )
    return grounds
