"""Listed names and IMO numbers in a running text, with exact character offsets.

Three readings, from strict to loose:

1. *Numbers*: `IMO 1234567` whose check digit is right and whose ship or company is listed.
2. *Listed words*: the words of a listed name in the order of the list (or given name before surname), whatever case,
   accents, hyphens and apostrophes, every telling word with a capital. A person needs two words that are rare enough
   together, an organisation two words or an acronym of four capitals, a ship a word for ship or an IMO number close
   by unless its name is rare. One common word never matches.
3. *Spelled otherwise*: runs of words with capitals, screened as queries; only scores of 0.85 and more count, only for
   persons and organisations, so that a Korean or Arabic name in another romanisation is found.

A scanner is built once for an index and then reads any number of texts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from observance.observations.matches.fold import is_han, is_hangul, script_of, words
from observance.observations.matches.forms import Form, forms
from observance.observations.matches.identifiers import IMO_IN_TEXT, is_imo_company_number, is_imo_ship_number
from observance.observations.matches.index import Index, KindIndex
from observance.observations.matches.records import Hit, Query, Span
from observance.observations.matches.screen import listed_form, screen_many
from observance.observations.matches.words import Word, single_words

__all__ = ["NameScanner", "find_names_in_text"]

_TOKEN = re.compile(r"[^\W_]+(?:['’‘ʼ`][^\W_]+)*")
_SHIP_CUE = re.compile(
    r"\b(?:m/?v|m/?t|vessels?|ships?|tankers?|freighters?|carriers?|cargo|bulk|imo|mmsi"
    r"|flagged|renamed|ex-name|call ?sign|bunker(?:ed|ing)?|moored|anchored|ship-to-ship|AIS)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "de",
        "la",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "van",
        "von",
        "der",
        "da",
        "do",
        "ul",
        "ur",
        "e",
        "y",
    }
)
_LEAST_WEIGHT = {"person": 1.45, "organisation": 1.4, "ship": 1.2}
_QUOTES = frozenset("\"'“”‘’«»")
_RARE_SHIP = 2.1
_SPELLED_OTHERWISE = 0.85
_ORGANISATION_OTHERWISE = 0.92
_NEAR = 80
_LONGEST = 12
_CASED = frozenset({"latin", "cyrillic", "greek"})


@dataclass(frozen=True, slots=True)
class _Listed:
    """A listed name as a sequence of folded words."""

    sequence: tuple[str, ...]
    kind: str
    weight: float
    text: str
    entities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the text: its place and its folded form."""

    start: int
    end: int
    folded: tuple[str, ...]
    capital: bool
    upper: bool


@dataclass(slots=True)
class NameScanner:
    """Reads texts against one index."""

    index: Index
    sequences: dict[str, list[_Listed]] = field(default_factory=dict)
    blocks: dict[str, list[_Listed]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Collect the names that may be looked for in a text."""
        held: dict[tuple[str, tuple[str, ...]], _Listed] = {}
        for kind, part in self.index.kinds.items():
            for number in range(len(part.owner_start) - 1):
                for listed in _listed(self.index, part, number):
                    key = (listed.kind if listed.kind == "block" else kind, listed.sequence)
                    known = held.get(key)
                    entities = tuple(dict.fromkeys((*(known.entities if known else ()), *listed.entities)))
                    held[key] = replace(known or listed, entities=entities)
        for listed in held.values():
            if listed.kind == "block":
                self.blocks.setdefault(listed.sequence[0][:2], []).append(listed)
            else:
                self.sequences.setdefault(listed.sequence[0], []).append(listed)

    def read(self, text: str, *, spelled_otherwise: bool = True) -> tuple[Span, ...]:
        """All places, in order, none inside another of the same kind of reading."""
        tokens = _tokens(text)
        found = [*self._numbers(text), *self._sequences(text, tokens), *self._blocks(text)]
        if spelled_otherwise:
            taken = [(s.start, s.end) for s in found]
            found += self._runs(text, tokens, taken)
        return _longest(found)

    def _numbers(self, text: str) -> Iterator[Span]:
        for match in IMO_IN_TEXT.finditer(text):
            number = match.group(1)
            for valid, register, rule in (
                (is_imo_ship_number, self.index.imo, "IMO number"),
                (is_imo_company_number, self.index.imo_company, "IMO company number"),
            ):
                if valid(number) and number in register:
                    yield self._span(text, match.start(), match.end(), register[number], number, rule)

    def _span(self, text: str, start: int, end: int, entities: tuple[int, ...], listed: str, rule: str) -> Span:
        records = [self.index.entities[e] for e in entities]
        return Span(
            start=start,
            end=end,
            quote=text[start:end],
            entity_ids=tuple(r.id for r in records),
            listed=listed,
            rule=rule,
            names=tuple(r.names[0].text if r.names else "" for r in records),
        )

    def _sequences(self, text: str, tokens: list[_Token]) -> Iterator[Span]:
        flat = [(word, i) for i, token in enumerate(tokens) for word in token.folded]
        for at, (word, _) in enumerate(flat):
            for listed in self.sequences.get(word, ()):
                size = len(listed.sequence)
                if at + size > len(flat) or any(flat[at + k][0] != listed.sequence[k] for k in range(1, size)):
                    continue
                first, last = flat[at][1], flat[at + size - 1][1]
                whole = (at == 0 or flat[at - 1][1] != first) and (at + size == len(flat) or flat[at + size][1] != last)
                span = tokens[first : last + 1]
                if whole and _together(text, span) and _looks_like_a_name(text, span, listed):
                    yield self._span(text, span[0].start, span[-1].end, listed.entities, listed.text, "listed words")

    def _blocks(self, text: str) -> Iterator[Span]:
        """Names in hangul or Chinese characters, which stand in a text without blanks around them."""
        if not self.blocks or text.isascii():
            return
        for at in range(len(text) - 2):
            for listed in self.blocks.get(text[at : at + 2], ()):
                name = listed.sequence[0]
                if text.startswith(name, at):
                    yield self._span(text, at, at + len(name), listed.entities, listed.text, "listed words")

    def _runs(self, text: str, tokens: list[_Token], taken: list[tuple[int, int]]) -> Iterator[Span]:
        spans = [s for s in _capital_runs(text, tokens) if not any(a < s[1] and s[0] < b for a, b in taken)]
        queries = [Query(name=text[a:b], schema="LegalEntity") for a, b in spans]
        for (a, b), answer in zip(
            spans, screen_many(self.index, queries, limit=3, threshold=_SPELLED_OTHERWISE), strict=True
        ):
            for hit in answer.hits[:1]:
                if hit.schema != "Person" and (hit.score < _ORGANISATION_OTHERWISE or hit.rule == "similar words"):
                    continue
                if hit.schema == "Person" and _surname_only(text[a:b], hit):
                    continue
                kind = "person" if hit.schema == "Person" else "organisation"
                weight = sum(w.weight for form in forms(text[a:b], kind)[:1] for w in form.words if w.role == "name")
                if hit.schema in {"Vessel", "Airplane"} or weight < _LEAST_WEIGHT[kind]:
                    continue
                best = [h for h in answer.hits if h.score >= hit.score - 0.005]
                yield Span(
                    start=a,
                    end=b,
                    quote=text[a:b],
                    entity_ids=tuple(h.entity_id for h in best),
                    listed=hit.name,
                    rule=hit.rule,
                    names=tuple(h.name for h in best),
                )


def find_names_in_text(index: Index, text: str, *, spelled_otherwise: bool = True) -> tuple[Span, ...]:
    """Listed names and IMO numbers in one text; keep a `NameScanner` where there are many texts."""
    return NameScanner(index).read(text, spelled_otherwise=spelled_otherwise)


def _listed(index: Index, part: KindIndex, number: int) -> Iterator[_Listed]:
    """The sequences under which one form of the list is looked for; none if it says too little."""
    at = slice(part.owner_start[number], part.owner_start[number + 1])
    entities = tuple(dict.fromkeys(part.owner_entity[at].tolist()))
    text = index.entities[part.owner_entity[at][0]].names[part.owner_name[at][0]].text
    form = listed_form(part, number, text)
    written = tuple(piece for w in form.written for piece in w.split())
    if not written or len(written) > _LONGEST:
        return
    letters = "".join(text.split())
    if not letters.isascii() and len(letters) >= 3 and all(is_hangul(c) or is_han(c) for c in letters):
        yield _Listed((letters,), "block", 3.0, text, entities)
        return
    telling = [w for w in form.words if w.role in {"name", "number", "pinyin"}]
    weight = sum(w.weight for w in telling)
    if not _specific(part.kind, text, form, telling, weight):
        return
    yield _Listed(written, part.kind, weight, text, entities)
    if part.kind == "person" and text.count(",") == 1:
        surname, given = (tuple(words(half)) for half in text.split(","))
        if surname and given and (*surname, *given) == written:
            yield _Listed((*given, *surname), part.kind, weight, text, entities)


def _specific(kind: str, text: str, form: Form, telling: list[Word], weight: float) -> bool:
    """Whether a name says enough to be looked for in running text."""
    names = [w for w in telling if w.role != "number" and len(w.text) > 1]
    letters = sum(len(w) for w in form.written)
    if kind == "ship":
        return bool(names) and letters >= 4
    if kind == "organisation" and len(form.written) == 1:
        # Only acronyms that the list itself writes in capitals, alone or in brackets.
        acronym = form.written[0].upper()
        return (
            4 <= len(acronym) <= 8
            and weight >= 0.9
            and acronym in re.split(r"[^A-Z0-9-]+", text)
            and not acronym.isdigit()
        )
    if any(len(name.given) == 2 for name in form.korean) and len(form.words) >= 2:
        return True
    return len(names) >= 2 and weight >= _LEAST_WEIGHT[kind] and letters >= 6


def _surname_only(quote: str, hit: Hit) -> bool:
    """`Ms Jean-Pierre` and `Jean-Pierre` are a surname alone, however many words it has."""
    plain = words(quote)
    if len(quote.split()) == 1:
        return True
    titled = plain[0] in single_words("title")
    return titled and len(plain) <= 3 and any(a.why == "only listed" for a in hit.alignment)


def _looks_like_a_name(text: str, span: list[_Token], listed: _Listed) -> bool:
    telling = [t for t in span if not (len(t.folded) == 1 and t.folded[0] in _SMALL)]
    latin = all(script_of(text[t.start]) in {"latin", "cyrillic", "greek"} or text[t.start].isdigit() for t in span)
    if latin and not all(t.capital or text[t.start - 1 : t.start] == "-" for t in telling):
        return False
    if listed.kind == "organisation" and len(listed.sequence) == 1:
        line = text[max(0, span[0].start - 40) : span[0].start] + text[span[-1].end : span[-1].end + 40]
        return span[0].upper and any(c.islower() for c in line)
    if listed.kind == "ship" and not (listed.weight >= _RARE_SHIP and len(telling) >= 2):
        around = text[
            max(0, span[0].start - (_NEAR if len(telling) > 1 else 24)) : span[-1].end
            + (_NEAR if len(telling) > 1 else 24)
        ]
        quoted = (
            text[max(0, span[0].start - 1) : span[0].start] in _QUOTES
            and text[span[-1].end : span[-1].end + 1] in _QUOTES
        )
        return bool(_SHIP_CUE.search(around)) or (quoted and len(telling) > 1)
    return True


def _together(text: str, span: list[_Token]) -> bool:
    """Whether only blanks, hyphens, commas and the like stand between the words, no end of a sentence or paragraph."""
    for one, two in pairwise(span):
        between = text[one.end : two.start]
        if len(between) > 4 or "\n\n" in between or any(c in between for c in ";:!?()[]{}|"):
            return False
        if "." in between and one.end - one.start > 3:
            return False
    return True


def _tokens(text: str) -> list[_Token]:
    out: list[_Token] = []
    for match in _TOKEN.finditer(text):
        written = match.group()
        folded = (written.lower(),) if written.isascii() and written.isalnum() else tuple(words(written))
        if folded:
            out.append(_Token(match.start(), match.end(), folded, not written[0].islower(), written.isupper()))
    return out


def _capital_runs(text: str, tokens: list[_Token]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words of cased scripts (small words may stand inside), and their heads and tails."""
    run: list[_Token] = []
    for token in [*tokens, None]:
        joined = token is not None and (
            not run or (_together(text, [run[-1], token]) and "," not in text[run[-1].end : token.start])
        )
        fits = (
            token is not None
            and script_of(text[token.start]) in _CASED
            and (
                (token.capital and not text[token.start].isdigit())
                or (bool(run) and token.folded[0] in _SMALL | {"un", "il"})
                or _hyphenated(text, run, token)
            )
        )
        if token is not None and joined and fits:
            run.append(token)
            continue
        while run and run[-1].folded[0] in _SMALL:
            run.pop()
        yield from _parts(run)
        starts = (
            token is not None
            and token.capital
            and script_of(text[token.start]) in _CASED
            and not text[token.start].isdigit()
        )
        run = [token] if token is not None and starts else []


def _hyphenated(text: str, run: list[_Token], token: _Token) -> bool:
    return bool(run) and text[run[-1].end : token.start] == "-" and unicodedata.category(text[token.start]) == "Ll"


def _parts(run: list[_Token]) -> Iterator[tuple[int, int]]:
    size = len(run)
    places = {(0, size)} if 2 <= size <= 8 else set()
    for length in (4, 3, 2):
        if size > length:
            places |= {(size - length, size), (0, length)}
    for first, last in sorted(places):
        while last - first > 1 and run[last - 1].folded[0] in _SMALL:
            last -= 1  # noqa: PLW2901  a small word is no end of a name
        while last - first > 1 and run[first].folded[0] in _SMALL and not run[first].capital:
            first += 1  # noqa: PLW2901  nor its beginning
        if last - first > 1:
            yield run[first].start, run[last - 1].end


def _longest(found: list[Span]) -> tuple[Span, ...]:
    """Keep the longest of overlapping places; entries that stand at one place share it."""
    out: list[Span] = []
    for span in sorted(found, key=lambda s: (-(s.end - s.start), s.start, s.rule)):
        same = next((k for k, o in enumerate(out) if (o.start, o.end) == (span.start, span.end)), None)
        if same is not None:
            old = out[same]
            pairs = dict(zip((*old.entity_ids, *span.entity_ids), (*old.names, *span.names), strict=True))
            out[same] = Span(
                start=old.start,
                end=old.end,
                quote=old.quote,
                entity_ids=tuple(pairs),
                listed=old.listed,
                rule=old.rule,
                names=tuple(pairs.values()),
            )
        elif not any(o.start < span.end and span.start < o.end for o in out):
            out.append(span)
    return tuple(sorted(out, key=lambda s: (s.start, s.end)))
