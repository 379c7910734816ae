"""One parsed paragraph with what the tables find in it.

States, items, bodies, outlets, vessels, amounts, times, quotes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observance.observations.claims.dates import Time, times
from observance.observations.claims.lexicon import ItemClass, Lexicon, item_key
from observance.observations.claims.quantities import Amount, amounts
from observance.observations.claims.record import Party, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from observance.observations.claims.fold import Folded
    from observance.observations.claims.layout import Part


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of tokens `[first, last]` found by a table, with its value."""

    first: int
    last: int
    value: str
    kind: str
    words: str


@dataclass(slots=True)
class Passage:
    """A paragraph and its finds, by index of token.

    All spans are of the parsed text; `span()` leads back to the document.
    """

    doc: Doc
    folded: Folded
    part: Part
    states: dict[int, Found] = field(default_factory=dict)
    items: dict[int, tuple[Found, ItemClass]] = field(default_factory=dict)
    bodies: dict[int, Found] = field(default_factory=dict)
    outlets: dict[int, Found] = field(default_factory=dict)
    persons: dict[int, Found] = field(default_factory=dict)
    vessels: dict[int, Found] = field(default_factory=dict)
    places: dict[int, Found] = field(default_factory=dict)
    amounts: list[Amount] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    quotes: list[tuple[int, int]] = field(default_factory=list)
    at: dict[int, int] = field(default_factory=dict)
    clock: set[int] = field(default_factory=set)
    voices: dict[int, Party] = field(default_factory=dict)

    def span(self, first: int, last: int) -> Span:
        """Span in the document of the tokens `first` to `last`."""
        end = self.doc[last].idx + len(self.doc[last])
        return self.folded.span(self.doc[first].idx, end)

    def words(self, first: int, last: int) -> str:
        """The text of the tokens `first` to `last`, as folded."""
        return self.folded.text[self.doc[first].idx : self.doc[last].idx + len(self.doc[last])]

    def chars(self, start: int, end: int) -> Span:
        """Span in the document of characters of the parsed text."""
        return self.folded.span(start, end)

    def token(self, char: int) -> int:
        """Index of the token at a character, or of the next one."""
        while char not in self.at and char < len(self.folded.text):
            char += 1
        return self.at.get(char, len(self.doc) - 1)

    def quote_of(self, index: int) -> int | None:
        """Number of the quotation in which a token stands."""
        for n, (first, last) in enumerate(self.quotes):
            if first <= index <= last:
                return n
        return None


_LOWER = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)})  # keeps every place, unlike str.lower
_NOT_STATE_AFTER = re.compile(
    r"^ (?:Sea|Pole|Atlantic|Pacific|China Sea|Asia|Africa|America|Korea|Post|Times|Korean)\b"
)


def _tokens(passage: Passage, start: int, end: int) -> tuple[int, int] | None:
    first, last = passage.at.get(start), passage.at.get(end - 1)
    if first is None or last is None:
        return None
    return first, last


def survey(
    doc: Doc, folded: Folded, part: Part, lexicon: Lexicon, published: str, known_vessels: dict[str, str | None]
) -> Passage:
    """Look up every table in a parsed paragraph."""
    passage = Passage(doc=doc, folded=folded, part=part)
    for token in doc:
        for i in range(token.idx, token.idx + len(token)):
            passage.at[i] = token.i
    text = folded.text
    for found in lexicon.state_pattern.finditer(text):
        if _NOT_STATE_AFTER.match(text[found.end() : found.end() + 14]):
            continue
        code, kind = lexicon.states[found.group(0)]
        ends = _tokens(passage, found.start(), found.end())
        if ends is None:
            continue
        for i in range(ends[0], ends[1] + 1):
            passage.states[i] = Found(ends[0], ends[1], code, kind, found.group(0))
    for found in lexicon.body_pattern.finditer(text):
        ends = _tokens(passage, found.start(), found.end())
        if ends:
            name, _ = lexicon.bodies[found.group(0)]
            for i in range(ends[0], ends[1] + 1):
                passage.bodies[i] = Found(ends[0], ends[1], name, "body", found.group(0))
                passage.states.pop(i, None)
    for found in lexicon.item_pattern.finditer(text.translate(_LOWER)):
        ends = _tokens(passage, found.start(), found.end())
        item = lexicon.item_words.get(item_key(found.group(0)))
        if ends and item and doc[ends[1]].pos_ not in {"VERB", "AUX", "ADP", "ADV"}:
            for i in range(ends[0], ends[1] + 1):
                passage.items[i] = (Found(ends[0], ends[1], item.id, item.event, found.group(0)), item)
    _people(passage)
    _outlets(passage, lexicon)
    _vessels(passage, lexicon, known_vessels)
    for place in re.finditer(r"[A-Z][\w'-]+(?:[ -][A-Z][\w'-]+){0,3}", text):
        ends = _tokens(passage, place.start(), place.end())
        if ends and (place.group(0) in lexicon.places):
            for i in range(ends[0], ends[1] + 1):
                passage.places[i] = Found(ends[0], ends[1], place.group(0), "place", place.group(0))
                passage.persons.pop(i, None)
    for ent in doc.ents:
        if (
            ent.label_ in {"GPE", "LOC", "FAC"}
            and ent.start not in passage.states
            and ent.start not in passage.vessels
            and ent.start not in passage.persons
        ):
            words = re.sub(r"'s$", "", re.sub(r"^[Tt]he ", "", passage.words(ent.start, ent.end - 1)))
            for i in range(ent.start, ent.end):
                if i not in passage.states:
                    passage.places.setdefault(i, Found(ent.start, ent.end - 1, words, "place", words))
    passage.times = times(text, published)
    for time in passage.times:
        passage.clock |= {passage.at[i] for i in range(time.start, time.end) if i in passage.at}
    for i in passage.clock:
        passage.persons.pop(i, None)
        passage.places.pop(i, None)
    taken = [(t.start, t.end) for t in passage.times] + [(s, s + 7) for s, _ in folded.imos]
    ships = {(v.first, v.last) for v in passage.vessels.values()}
    taken.extend((doc[first].idx, doc[last].idx + len(doc[last])) for first, last in sorted(ships))
    passage.amounts = amounts(doc, text, taken)
    money = next((i for i in lexicon.items if i.id == "funds"), None)
    for amount in passage.amounts:
        if money is not None and amount.unit.split("/")[0] in {"USD", "EUR", "GBP", "JPY", "KRW", "CNY", "RUB", "CHF"}:
            first, last = passage.token(amount.start), passage.token(amount.end - 1)
            for i in range(first, last + 1):
                passage.items.setdefault(
                    i, (Found(first, last, money.id, money.event, passage.words(first, last)), money)
                )
    passage.quotes = _quotes(passage)
    return passage


def _people(passage: Passage) -> None:
    for ent in passage.doc.ents:
        if ent.label_ != "PERSON":
            continue
        first, last = ent.start, ent.end - 1
        while first <= last and passage.doc[first].lower_.strip(".") in {
            "mr",
            "ms",
            "mrs",
            "dr",
            "the",
            "president",
            "secretary",
            "minister",
            "general",
            "ambassador",
            "spokesman",
            "spokeswoman",
            "leader",
            "captain",
        }:
            first += 1
        while last >= first and (passage.doc[last].tag_ == "POS" or passage.doc[last].is_punct):
            last -= 1
        if first > last or not passage.doc[first].text[:1].isupper():
            continue
        before = passage.doc[first - 1] if first else None
        if (
            before is not None
            and last - first == 1
            and before.tag_ == "NNP"
            and before.dep_ == "compound"
            and before.head.i in {first, last}
            and len(before.text) <= 5
            and before.text.isalpha()
            and before.text[:1].isupper()
            and not before.text.isupper()
        ):
            first -= 1  # "Ri Tong Hyok": the family name that the name finder left out
        if (
            last == first + 1
            and first not in passage.states
            and last in passage.states
            and passage.states[last].first == last
        ):
            passage.states.pop(last)  # "Lisa Monaco": a surname that is also the name of a State
        if any(i in passage.states or i in passage.bodies for i in range(first, last + 1)):
            continue
        words = passage.words(first, last)
        for i in range(first, last + 1):
            passage.persons[i] = Found(first, last, words, "person", words)


def _outlets(passage: Passage, lexicon: Lexicon) -> None:
    doc = passage.doc
    names = set(lexicon.actors["outlets"])
    marks = set(lexicon.actors["outlet_name_words"])
    nouns = set(lexicon.actors["outlet_words"])
    i = 0
    while i < len(doc):
        if not _capital(doc[i]):
            i += 1
            continue
        j = i
        while (
            j + 1 < len(doc)
            and (_capital(doc[j + 1]) or (doc[j + 1].text == "-" and j + 2 < len(doc) and _capital(doc[j + 2])))
            and doc[j + 1].text != ","
        ):
            j += 1
        first = i + (doc[i].lower_ == "the")
        best: tuple[int, int] | None = None
        for a in range(first, j + 1):
            for b in range(j, a - 1, -1):
                words = passage.words(a, b)
                if words in names:
                    # "Alster Spiegel": a known word at the end of a longer name is part of it
                    best = (
                        (first, b)
                        if b == j
                        and doc[j].text in marks
                        and not any(k in passage.states or k in passage.persons for k in range(first, a))
                        else (a, b)
                    )
                    break
            if best:
                break
        if best is None and first <= j:
            before = doc[first - 1].lemma_.lower() if first else ""
            words_before = doc[first - 2].lemma_.lower() if first > 1 else ""
            tail = doc[j].text
            if (
                ((before in nouns or (before in {"the", "-"} and words_before in nouns)) and doc[first].pos_ == "PROPN")
                or (tail in marks and j > first and not any(k in passage.states for k in range(j, j + 1)))
                or (
                    j + 1 < len(doc)
                    and doc[j + 1].lemma_.lower() in {"magazine", "newspaper", "newswire", "broadcaster"}
                    and doc[j].pos_ == "PROPN"
                    and j not in passage.states
                )
            ):
                best = (first, j)
        if (
            best
            and best[0] <= best[1]
            and not (
                best[0] == best[1]
                and doc[best[0]].text in {"Time", "Times", "Star", "Sun", "Post", "AP", "RT", "ABC", "Press"}
                and doc[best[0]].text not in names
            )
        ):
            found = Found(best[0], best[1], passage.words(best[0], best[1]), "media", passage.words(best[0], best[1]))
            for k in range(best[0], best[1] + 1):
                passage.outlets[k] = found
                passage.persons.pop(k, None)
                passage.states.pop(k, None)
        i = j + 1


def _capital(token: Token) -> bool:
    return (
        token.text[:1].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "DET", "X", "NUM", "INTJ", "VERB", "ADP"}
    ) or (token.text[:1].isupper() and token.ent_type_ in {"ORG", "PERSON"})


_NAME = r"[A-Z][\w'-]*(?:[ ][A-Z][\w'-]*|[ ]No\.?|[ ]\d{1,4}(?![\d,]*\d|[ ](?:tons|barrels|containers|Ju|May))){0,4}"
_PREFIX = re.compile(rf"\b(?:M/?V|M/?T|MV|MT|F/V|SS|HMS|USS|ROKS|USCGC)\s(?P<n>{_NAME})")


def _vessels(passage: Passage, lexicon: Lexicon, known: dict[str, str | None]) -> None:
    text = passage.folded.text
    nouns = "|".join(sorted((_esc(w) for w in lexicon.actors["vessel_nouns"]), key=lambda w: -len(w)))
    pattern = re.compile(rf"(?:\b(?:{nouns})s?,?\s(?:the\s|called\s(?:the\s)?|named\s(?:the\s)?)?)(?P<n>{_NAME})")
    flagged = re.compile(rf"-flagged\s(?:[a-z]+\s){{0,3}}(?P<n>{_NAME})")
    spans: list[tuple[int, int, str | None]] = []
    for found in (*pattern.finditer(text), *_PREFIX.finditer(text), *flagged.finditer(text)):
        words = found["n"]
        if (
            words.split()[0] in {"The", "In", "On", "At", "It", "A", "I", "Under", "According", "Its", "He", "She"}
            or words in lexicon.states
            or text[found.start("n") : found.start("n") + 1] == ""
        ):
            continue
        if re.match(r"\.\s", text[found.start("n") - 2 : found.start("n")]):
            continue
        spans.append((found.start("n"), found.end("n"), None))
    for place, number in passage.folded.imos:
        before = re.search(rf"(?P<n>{_NAME})[\s,;(\"']*(?:IMO[\s\w.#:]{{0,8}})?$", text[max(0, place - 60) : place])
        if before:
            base = max(0, place - 60)
            spans.append((base + before.start("n"), base + before.end("n"), number))
    for start, end, imo in spans:
        name = re.sub(r"^(?:The|MV|M/V|MT|M/T) ", "", text[start:end])
        if len(name) > 2 and name not in lexicon.states and name not in lexicon.places:
            known[name] = imo or known.get(name)
    if not known:
        return
    again = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in sorted(known, key=lambda n: -len(n))))
    for found in again.finditer(text):
        ends = _tokens(passage, found.start(), found.end())
        if ends is None:
            continue
        for i in range(ends[0], ends[1] + 1):
            passage.vessels[i] = Found(ends[0], ends[1], found.group(0), "vessel", found.group(0))
            passage.persons.pop(i, None)
            passage.places.pop(i, None)
            passage.outlets.pop(i, None)
            passage.states.pop(i, None)


def _esc(word: str) -> str:
    return re.escape(word)


def _quotes(passage: Passage) -> list[tuple[int, int]]:
    """Stretches in double quotation marks; an open one runs to the end of the paragraph (the next one goes on)."""
    marks = [t.i for t in passage.doc if '"' in t.text]
    out = [(marks[n], marks[n + 1]) for n in range(0, len(marks) - 1, 2)]
    if len(marks) % 2:
        out.append((marks[-1], len(passage.doc) - 1))
    return out
