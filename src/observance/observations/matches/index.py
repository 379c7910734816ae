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

from observance.observations.matches import korean
from observance.observations.matches.align import likeness
from observance.observations.matches.forms import KINDS, Form, Word, forms, kinds_of
from observance.observations.matches.identifiers import plain_identifier
from observance.observations.matches.records import EntityRecord, Parameters

__all__ = ["Index", "KindIndex", "build_index"]

Ints = npt.NDArray[np.int32]


def _deletions(text: str) -> set[str]:
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}


def _key(text: str) -> int:
    return crc32(text.encode("utf-8"))


def _word_keys(entry: Word) -> set[int]:
    """The keys under which a word meets its neighbours: sound form with one letter left out, consonants."""
    if not entry.fuzzy:
        return {_key(entry.key)}
    sound = entry.sound
    keys = {_key(d) for d in _deletions(sound)} if 3 <= len(sound) <= 24 else {_key(sound)}
    if len(entry.text) <= 5 and entry.text != sound:
        keys |= {_key(d) for d in _deletions(entry.text)}
    keys.update(_key("/" + skeleton) for skeleton in entry.skeletons if len(skeleton) >= 2)
    return keys


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
    keys: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, dtype=np.uint32))
    key_words: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    matrix: Any = None
    expansions: dict[Word, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    def words_of(self, form: int) -> tuple[Word, ...]:
        """The words of a form."""
        vocabulary = self.vocabulary
        return tuple(vocabulary[i] for i in self.form_words[self.form_start[form] : self.form_start[form + 1]].tolist())

    def expand(self, wanted: Sequence[Word]) -> None:
        """Find, for words not met before, the listed words near them; kept for the next query."""
        if len(self.expansions) > 200_000:
            self.expansions.clear()
        keys: list[int] = []
        owner: list[Word] = []
        for entry in wanted:
            found = _word_keys(entry)
            keys += found
            owner += [entry] * len(found)
        asked = np.array(keys, dtype=np.uint32)
        left = np.searchsorted(self.keys, asked, side="left")
        right = np.searchsorted(self.keys, asked, side="right")
        near: dict[Word, set[int]] = {entry: set() for entry in wanted}
        for i in np.nonzero(right > left)[0].tolist():
            near[owner[i]].update(self.key_words[left[i] : right[i]].tolist())
        for entry in wanted:
            own = self.word_ids.get(entry.key)
            result: list[tuple[int, float]] = []
            if own is not None:
                result.append((own, 1.0))
            for candidate in near[entry]:
                if candidate != own:
                    other = self.vocabulary[candidate]
                    pair = (entry, other) if entry.text < other.text else (other, entry)
                    if entry.fuzzy and other.fuzzy:
                        like = likeness(self.kind, *pair)[0]
                        if like >= 0.6:
                            result.append((candidate, like))
            if len(result) > 60:
                result = sorted(result, key=lambda r: -r[1])[:60]
            self.expansions[entry] = tuple(result)


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


def _build_kind(kind: str, entries: list[tuple[int, int, str]]) -> KindIndex:
    """`entries`: (entity, name, text)."""
    made = KindIndex(kind)
    ids: dict[tuple[str, ...], int] = {}
    starts, all_words = [0], []
    owners: list[list[tuple[int, int]]] = []
    seen_text: dict[str, tuple[int, ...]] = {}
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

    pairs = [(key, position) for position, entry in enumerate(made.vocabulary) for key in _word_keys(entry)]
    keys = np.array([k for k, _ in pairs], dtype=np.uint32)
    positions = np.array([p for _, p in pairs], dtype=np.int32)
    order = np.argsort(keys, kind="stable")
    made.keys, made.key_words = keys[order], positions[order]
    weights = np.array([entry.weight for entry in made.vocabulary], dtype=np.float32)
    count = len(made.form_start) - 1
    data = weights[made.form_words]
    lengths = np.diff(made.form_start)
    row = np.repeat(np.arange(count, dtype=np.int32), lengths)
    total = np.zeros(count, dtype=np.float32)
    np.add.at(total, row, data)
    scaled = data / np.sqrt(total)[row]
    matrix = csr_matrix((scaled, (made.form_words, row)), shape=(len(made.vocabulary), count), dtype=np.float32)
    matrix.sum_duplicates()
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
