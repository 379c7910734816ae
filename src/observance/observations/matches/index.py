"""The index of a list: canonical forms once each, and three ways to find the few that are worth aligning.

1. Maps: the same words in any order, the same letters without blanks, Korean readings.
2. Words: each word of the query finds the listed words that it equals, is one edit away from (deletion neighbourhoods of the
   sound form: two words one edit apart share a string with one letter left out) or shares its consonants with.
3. A sparse product of the query's words and the list's words, weighted and scaled (soft TF-IDF cosine), for many queries at once; only list
   forms above the gate are aligned.

Everything is arrays of numbers beside one list of words; an index holds no reference to files or clocks and can be pickled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from observance.observations.matches import korean
from observance.observations.matches.align import likeness
from observance.observations.matches.fold import is_arabic
from observance.observations.matches.forms import KINDS, Form, Word, forms, kinds_of
from observance.observations.matches.identifiers import plain_identifier
from observance.observations.matches.records import EntityRecord, Parameters

__all__ = ["Index", "KindIndex", "build_index"]

Ints = npt.NDArray[np.int32]


def _deletions(text: str) -> set[str]:
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}


def _key(text: str) -> int:
    return crc32(text.encode("utf-8"))


def _spelling_keys(entry: Word) -> set[int]:
    """The keys under which a word meets those one edit away: its sound form, and a short word as written, with one letter left out."""
    sound = entry.sound
    keys = {_key(d) for d in _deletions(sound)} if 3 <= len(sound) <= 24 else {_key(sound)}
    if len(entry.text) <= 5 and entry.text != sound:
        keys |= {_key(d) for d in _deletions(entry.text)}
    return keys


def _consonant_keys(entry: Word, least: int = 2) -> list[int]:
    return [_key(skeleton) for skeleton in entry.skeletons if len(skeleton) >= least]


@dataclass(slots=True)
class _KeyTable:
    """Keys, sorted, and the word each of them belongs to."""

    keys: npt.NDArray[np.uint32]
    words: Ints

    @classmethod
    def of(cls, pairs: list[tuple[int, int]]) -> _KeyTable:
        keys = np.array([k for k, _ in pairs], dtype=np.uint32)
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], np.array([w for _, w in pairs], dtype=np.int32)[order])

    def meet(self, asked: list[int], owner: list[int]) -> tuple[Ints, Ints]:
        """(owner, word) for every word that stands under one of the asked keys."""
        wanted = np.array(asked, dtype=np.uint32)
        left = np.searchsorted(self.keys, wanted, side="left")
        counts = np.searchsorted(self.keys, wanted, side="right") - left
        total = int(counts.sum())
        starts = (
            np.repeat(left - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
            if total
            else np.zeros(0, dtype=np.int64)
        )
        places = starts + np.arange(total)
        return np.repeat(np.array(owner, dtype=np.int32), counts), self.words[places]


@dataclass(slots=True)
class KindIndex:
    """The forms of one kind of bearer (person, organisation, ship)."""

    kind: str
    vocabulary: list[Word] = field(default_factory=list)
    word_ids: dict[str, int] = field(default_factory=dict)
    form_start: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int32))
    form_words: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    owner_start: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int32))
    owner_entity: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    owner_name: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    same_words: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    same_letters: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    korean_keys: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    korean: dict[int, tuple[korean.KoreanName, ...]] = field(default_factory=dict)
    spelling: _KeyTable = field(default_factory=lambda: _KeyTable.of([]))
    consonants: _KeyTable = field(default_factory=lambda: _KeyTable.of([]))
    sound_lengths: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    rewritten: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    matrix: Any = None
    expansions: dict[Word, tuple[list[int], list[float]]] = field(default_factory=dict)

    def words_of(self, form: int) -> tuple[Word, ...]:
        """The words of a form."""
        vocabulary = self.vocabulary
        return tuple(vocabulary[i] for i in self.form_words[self.form_start[form] : self.form_start[form + 1]].tolist())

    def expand(self, wanted: Sequence[Word]) -> None:
        """Find, for words not met before, the listed words near them; kept for the next query."""
        if len(self.expansions) > 200_000:
            self.expansions.clear()
        owner_s: list[int] = []
        owner_c: list[int] = []
        asked_s: list[int] = []
        asked_c: list[int] = []
        for i, entry in enumerate(wanted):
            own = self.word_ids.get(entry.key)
            self.expansions[entry] = ([own], [1.0]) if own is not None else ([], [])
            if entry.fuzzy:
                found = _spelling_keys(entry)
                asked_s += found
                owner_s += [i] * len(found)
                consonants = _consonant_keys(entry, 2 if is_arabic(entry.text) else 3)
                asked_c += consonants
                owner_c += [i] * len(consonants)
        i_s, w_s = self._near_spellings(wanted, *self.spelling.meet(asked_s, owner_s))
        i_c, w_c = self._near_vowels(wanted, *self.consonants.meet(asked_c, owner_c))
        codes = np.unique(
            np.concatenate((i_s, i_c)).astype(np.int64) * len(self.vocabulary) + np.concatenate((w_s, w_c))
        )
        vocabulary, kind = self.vocabulary, self.kind
        for i, position in zip((codes // len(vocabulary)).tolist(), (codes % len(vocabulary)).tolist(), strict=True):
            entry, other = wanted[i], vocabulary[position]
            if entry.key == other.key:
                continue
            like = (likeness(kind, entry, other) if entry.text < other.text else likeness(kind, other, entry))[0]
            if like >= 0.6:
                positions, likes = self.expansions[entry]
                positions.append(position)
                likes.append(like)

    def _near_vowels(self, wanted: Sequence[Word], owner: Ints, found: Ints) -> tuple[Ints, Ints]:
        """Of the words that share their consonants, those whose vowels are near, and all in another script."""
        if not len(owner):
            return owner, found
        vocabulary = self.vocabulary
        left, right = [wanted[i] for i in owner.tolist()], [vocabulary[j] for j in found.tolist()]
        distance = cpdist(
            [w.soft for w in left], [w.soft for w in right], scorer=OSA.distance, score_cutoff=2, dtype=np.uint8
        )
        near = (distance <= 2) | np.array(
            [is_arabic(a.text) != is_arabic(b.text) for a, b in zip(left, right, strict=True)]
        )
        return owner[near], found[near]

    def _near_spellings(self, wanted: Sequence[Word], owner: Ints, found: Ints) -> tuple[Ints, Ints]:
        """Of the words that share a key, those at most two edits away in sound or, for short words, in writing."""
        if not len(owner):
            return owner, found
        lengths = np.array([len(entry.sound) for entry in wanted], dtype=np.int32)
        close = np.abs(lengths[owner] - self.sound_lengths[found]) <= 1
        owner, found = owner[close], found[close]
        codes = np.unique(owner.astype(np.int64) * len(self.vocabulary) + found)
        owner, found = (codes // len(self.vocabulary)).astype(np.int32), (codes % len(self.vocabulary)).astype(np.int32)
        vocabulary = self.vocabulary
        left, right = [wanted[i].sound for i in owner.tolist()], [vocabulary[j].sound for j in found.tolist()]
        distance = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
        longest = np.maximum(lengths[owner], self.sound_lengths[found])
        near = distance <= np.where(longest < 7, 1, 2)
        short = np.nonzero(~near & (longest <= 6))[0]
        if len(short):
            texts = cpdist(
                [wanted[i].text for i in owner[short].tolist()],
                [vocabulary[j].text for j in found[short].tolist()],
                scorer=OSA.distance,
                score_cutoff=1,
                dtype=np.uint8,
            )
            near[short] = texts <= 1
        return owner[near], found[near]


@dataclass(slots=True)
class Index:
    """A list ready to be screened against."""

    entities: tuple[EntityRecord, ...]
    parameters: Parameters
    kinds: dict[str, KindIndex]
    imo: dict[str, tuple[int, ...]]
    imo_company: dict[str, tuple[int, ...]]
    mmsi: dict[str, tuple[int, ...]]
    callsign: dict[str, tuple[int, ...]]
    identifiers: dict[str, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.entities)


def _put(target: dict[str, int | tuple[int, ...]], key: str, value: int) -> None:
    """One number is kept as itself, several as a tuple: most keys have one."""
    held = target.get(key)
    if held is None:
        target[key] = value
    elif isinstance(held, int):
        if held != value:
            target[key] = (held, value)
    elif value not in held and len(held) < 64:
        target[key] = (*held, value)


def same_words_key(form_words: Iterable[Word]) -> str:
    """The names among the words, sorted: titles, particles and legal forms do not part two spellings."""
    found = list(form_words)
    return " ".join(
        sorted(w.text for w in found if w.role in {"name", "number", "initial"}) or sorted(w.text for w in found)
    )


def _most(matrix: Any, weights: npt.NDArray[np.float32], total: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The value of each entry of the matrix if its word stands once."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    once: npt.NDArray[np.float32] = (weights[rows] / np.sqrt(np.maximum(total, 1e-6))[matrix.indices]).astype(np.float32)
    return once


def retrieval_weight(entry: Word) -> float:
    """Small words (titles, particles, legal forms) find nothing on their own."""
    return entry.weight if entry.role in {"name", "number", "initial", "pinyin"} else 0.0


def _build_kind(kind: str, entries: list[tuple[int, int, str]]) -> KindIndex:
    """`entries`: (entity, name, text)."""
    made = KindIndex(kind)
    ids: dict[tuple[str, ...], int] = {}
    starts, all_words = [0], []
    owners: list[list[tuple[int, int]]] = []
    seen_text: dict[str, tuple[int, ...]] = {}
    rewritten: list[bool] = []
    for entity, name, text in entries:
        known = seen_text.get(text)
        if known is None:
            numbers: list[int] = []
            for form in forms(text, kind):
                key = tuple(w.text for w in form.words)
                number = ids.get(key)
                if number is None:
                    number = ids[key] = len(owners)
                    owners.append([])
                    rewritten.append(
                        any(w.text != written for w, written in zip(form.words, form.written, strict=True))
                    )
                    for entry in form.words:
                        position = made.word_ids.get(entry.key)
                        if position is None:
                            position = made.word_ids[entry.key] = len(made.vocabulary)
                            made.vocabulary.append(entry)
                        all_words.append(position)
                    starts.append(len(all_words))
                    _register(made, number, form)
                numbers.append(number)
            known = seen_text[text] = tuple(numbers)
        for number in known:
            owners[number].append((entity, name))
    made.form_start = np.array(starts, dtype=np.int32)
    made.form_words = np.array(all_words, dtype=np.int32)
    made.owner_start = np.cumsum([0, *(len(o) for o in owners)]).astype(np.int32)
    made.owner_entity = np.array([e for o in owners for e, _ in o], dtype=np.int32)
    made.owner_name = np.array([n for o in owners for _, n in o], dtype=np.int32)
    made.rewritten = np.array(rewritten, dtype=np.bool_)
    _index_words(made)
    return made


def _register(made: KindIndex, number: int, form: Form) -> None:
    _put(made.same_words, same_words_key(form.words), number)
    letters = "".join(w.text for w in form.words)
    if len(form.words) > 1 or len(letters) > 4:
        _put(made.same_letters, letters, number)
    if form.korean:
        made.korean[number] = form.korean
        for key in korean.coarse_keys(form.korean):
            _put(made.korean_keys, key, number)


def _index_words(made: KindIndex) -> None:
    from scipy.sparse import csr_matrix

    made.spelling = _KeyTable.of(
        [(k, i) for i, entry in enumerate(made.vocabulary) if entry.fuzzy for k in _spelling_keys(entry)]
    )
    made.consonants = _KeyTable.of(
        [(k, i) for i, entry in enumerate(made.vocabulary) if entry.fuzzy for k in _consonant_keys(entry)]
    )
    made.sound_lengths = np.array([len(entry.sound) for entry in made.vocabulary], dtype=np.int32)
    weights = np.array([retrieval_weight(entry) for entry in made.vocabulary], dtype=np.float32)
    count = len(made.form_start) - 1
    data = weights[made.form_words]
    lengths = np.diff(made.form_start)
    row = np.repeat(np.arange(count, dtype=np.int32), lengths)
    total = np.zeros(count, dtype=np.float32)
    np.add.at(total, row, data)
    telling = data > 0
    scaled = (data / np.sqrt(np.maximum(total, 1e-6))[row])[telling]
    matrix = csr_matrix(
        (scaled, (made.form_words[telling], row[telling])), shape=(len(made.vocabulary), count), dtype=np.float32
    )
    # A word that stands twice in a name counts once.
    matrix.sum_duplicates()
    matrix.data = np.minimum(matrix.data, _most(matrix, weights, total))
    made.matrix = matrix


def build_index(entities: Iterable[EntityRecord], parameters: Parameters | None = None) -> Index:
    """Read a list once; about ten seconds for the published lists together."""
    held = tuple(entities)
    entries: dict[str, list[tuple[int, int, str]]] = {kind: [] for kind in KINDS}
    numbers: dict[str, dict[str, list[int]]] = {
        "imo": {},
        "imo_company": {},
        "mmsi": {},
        "callsign": {},
        "identifiers": {},
    }
    for position, entity in enumerate(held):
        for kind in kinds_of(entity.schema):
            entries[kind] += [(position, i, name.text) for i, name in enumerate(entity.names)]
        for register, values in (
            ("imo", entity.imo), ("imo_company", entity.imo_company), ("mmsi", entity.mmsi),
            ("callsign", entity.callsign), ("identifiers", entity.identifiers),
        ):  # fmt: skip
            for value in values:
                plain = plain_identifier(value)
                if plain:
                    numbers[register].setdefault(plain, []).append(position)
    frozen = {register: {k: tuple(v) for k, v in values.items()} for register, values in numbers.items()}
    kinds = {kind: _build_kind(kind, rows) for kind, rows in entries.items() if rows}
    return Index(entities=held, parameters=parameters or Parameters(), kinds=kinds, **frozen)
