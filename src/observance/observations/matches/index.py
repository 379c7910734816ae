"""The index of a list: canonical forms once each, and three ways to find the few that are worth aligning.

1. Maps: the same words in any order, the same letters without blanks, Korean readings.
2. Words: each word of the query finds the listed words that it equals, is one edit away from (deletion neighbourhoods
   of the sound form: two words one edit apart share a string with one letter left out) or shares its consonants with.
3. A sparse product of the query's words and the list's words, weighted and scaled (soft TF-IDF cosine), for many
   queries at once; only list forms above the gate are aligned.

Everything is arrays of numbers beside one list of words; an index holds no reference to files or clocks and can be
pickled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from observance.observations.matches import korean
from observance.observations.matches.forms import Form, forms
from observance.observations.matches.identifiers import plain_identifier
from observance.observations.matches.neighbours import KeyTable, Neighbours, deletion_keys, near_words
from observance.observations.matches.records import EntityRecord, Parameters
from observance.observations.matches.words import KINDS, Word, kinds_of

__all__ = ["Index", "KindIndex", "build_index"]

Ints = npt.NDArray[np.int32]
_LEAST_LETTERS = {"person": 7, "ship": 3, "organisation": 1000}
_MOST_LETTERS = 48


@dataclass(slots=True)
class KindIndex:
    """The forms of one kind of bearer (person, organisation, ship)."""

    kind: str
    vocabulary: list[Word] = field(default_factory=list)
    word_ids: dict[str, tuple[int, ...]] = field(default_factory=dict)
    form_start: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int32))
    form_words: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    owner_start: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int32))
    owner_entity: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    owner_name: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    same_words: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    same_letters: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    korean_keys: dict[str, int | tuple[int, ...]] = field(default_factory=dict)
    korean: dict[int, tuple[korean.KoreanName, ...]] = field(default_factory=dict)
    # Whole names without blanks, and the names of persons and ships under their letters with one left out.
    letters: list[str] = field(default_factory=list)
    slips: KeyTable = field(default_factory=lambda: KeyTable.of([]))
    neighbours: Neighbours = field(default_factory=lambda: Neighbours.of([]))
    rewritten: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    # Forms that stand only in brackets or quotes beside a fuller name.
    aside: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    # The summed weight of each form's telling words.
    totals: npt.NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
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
        for entry in wanted:
            own = self.word_ids.get(entry.key, ())
            self.expansions[entry] = (list(own), [1.0] * len(own))
        owner, found, likes = near_words(self.neighbours, self.vocabulary, wanted)
        if not len(owner):
            return
        cuts = np.nonzero(np.diff(owner))[0] + 1
        starts = [0, *cuts.tolist()]
        ends = [*cuts.tolist(), len(owner)]
        firsts = owner[starts].tolist()
        listed, values = found.tolist(), likes.tolist()
        for i, start, end in zip(firsts, starts, ends, strict=True):
            entry = wanted[i]
            near, near_likes = listed[start:end], values[start:end]
            for same in self.word_ids.get(entry.key, ()):
                if same in near:
                    near_likes[near.index(same)] = 1.0
                else:
                    near.append(same)
                    near_likes.append(1.0)
            self.expansions[entry] = (near, near_likes)


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
    once: npt.NDArray[np.float32] = (weights[rows] / np.sqrt(np.maximum(total, 1e-6))[matrix.indices]).astype(
        np.float32
    )
    return once


def slip_keys(kind: str, letters: str) -> list[int]:
    """The keys of a whole name with one letter left out, if it is long enough to be known by them."""
    return deletion_keys(letters) if _LEAST_LETTERS[kind] <= len(letters) <= _MOST_LETTERS else []


def retrieval_weight(entry: Word) -> float:
    """Small words (titles, particles, legal forms) find nothing on their own."""
    return entry.weight if entry.role in {"name", "number", "initial", "pinyin"} else 0.0


def _build_kind(kind: str, entries: list[tuple[int, int, str]]) -> KindIndex:
    """`entries`: (entity, name, text)."""
    made = KindIndex(kind)
    ids: dict[tuple[str, ...], int] = {}
    starts: list[int] = [0]
    all_words: list[int] = []
    owners: list[list[tuple[int, int]]] = []
    seen_text: dict[str, tuple[int, ...]] = {}
    rewritten: list[bool] = []
    aside: list[bool] = []
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
                    all_words.extend(_position(made, entry) for entry in form.words)
                    starts.append(len(all_words))
                    made.letters.append(form.letters)
                    aside.append(True)
                    _register(made, number, form)
                numbers.append(number)
                aside[number] = aside[number] and form.origin.startswith("in ")
            known = seen_text[text] = tuple(numbers)
        for number in known:
            owners[number].append((entity, name))
    made.form_start = np.array(starts, dtype=np.int32)
    made.form_words = np.array(all_words, dtype=np.int32)
    made.owner_start = np.cumsum([0, *(len(o) for o in owners)]).astype(np.int32)
    made.owner_entity = np.array([e for o in owners for e, _ in o], dtype=np.int32)
    made.owner_name = np.array([n for o in owners for _, n in o], dtype=np.int32)
    made.aside = np.array(aside, dtype=np.bool_)
    made.rewritten = np.array(rewritten, dtype=np.bool_)
    _index_words(made)
    return made


def _position(made: KindIndex, entry: Word) -> int:
    """The place of a word in the vocabulary; III and 3 are equal but keep their letters."""
    known = made.word_ids.get(entry.key, ())
    for position in known:
        if made.vocabulary[position].text == entry.text:
            return position
    made.vocabulary.append(entry)
    made.word_ids[entry.key] = (*known, len(made.vocabulary) - 1)
    return len(made.vocabulary) - 1


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

    made.neighbours = Neighbours.of(made.vocabulary)
    if made.kind != "organisation":
        made.slips = KeyTable.of([(k, i) for i, text in enumerate(made.letters) for k in slip_keys(made.kind, text)])
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
    made.totals = total


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
