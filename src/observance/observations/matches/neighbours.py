"""Which listed words are near a word: an edit away in sound or writing, or of the same consonants in any script.

Two words one edit apart share a string with one letter left out (Garbe's symmetric deletion), so that a sorted table
of hashes of such strings finds the few that are worth measuring; Optimal String Alignment then measures them, all
pairs of a batch in one call. The likeness given here is a close guess that serves the gate of the index; the
alignment weighs each pair again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from observance.observations.matches.fold import is_arabic
from observance.observations.matches.words import Word

__all__ = ["KeyTable", "Neighbours", "deletion_keys", "near_words"]

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_LEAST = 0.6
_ACROSS = 0.92
_VOWEL_EDIT = 0.6


def _key(text: str) -> int:
    return crc32(text.encode("utf-8"))


def deletion_keys(text: str) -> list[int]:
    """The keys of a text with nothing and with each one letter left out."""
    if text.isascii():
        raw = text.encode("ascii")
        return [crc32(raw), *[crc32(raw[:i] + raw[i + 1 :]) for i in range(len(raw))]]
    return [_key(text), *[_key(text[:i] + text[i + 1 :]) for i in range(len(text))]]


def spelling_keys(entry: Word) -> set[int]:
    """The keys of a word's sound form and of the word as written, with one letter left out."""
    sound = entry.sound
    keys = set(deletion_keys(sound)) if 3 <= len(sound) <= 24 else {_key(sound)}
    # A slip inside kh, sh or ou changes the sound form more than the writing.
    if len(entry.text) <= 24 and entry.text != sound:
        keys.update(deletion_keys(entry.text))
    return keys


def consonant_keys(entry: Word, least: int = 2) -> list[int]:
    """The keys of a word's consonants where there are enough of them."""
    return [_key(skeleton) for skeleton in entry.skeletons if len(skeleton) >= least]


@dataclass(slots=True)
class KeyTable:
    """Keys, sorted, and the word each of them belongs to."""

    keys: npt.NDArray[np.uint32]
    words: Ints

    @classmethod
    def of(cls, pairs: list[tuple[int, int]]) -> KeyTable:
        """A table of (key, word) pairs."""
        keys = np.array([k for k, _ in pairs], dtype=np.uint32)
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], np.array([w for _, w in pairs], dtype=np.int32)[order])

    def meet(self, asked: list[int], owner: list[int]) -> tuple[Longs, Ints]:
        """(owner, word) for every word that stands under one of the asked keys."""
        wanted = np.array(asked, dtype=np.uint32)
        left = np.searchsorted(self.keys, wanted, side="left")
        counts = np.searchsorted(self.keys, wanted, side="right") - left
        total = int(counts.sum())
        before = np.cumsum(counts) - counts
        places = np.repeat(left - before, counts) + np.arange(total)
        return np.repeat(np.array(owner, dtype=np.int64), counts), self.words[places]


@dataclass(slots=True)
class Neighbours:
    """The two tables of a vocabulary and the lengths of its sound forms."""

    spelling: KeyTable
    consonants: KeyTable
    lengths: Ints
    arabic: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, vocabulary: Sequence[Word]) -> Neighbours:
        """Index a vocabulary."""
        fuzzy = [(i, entry) for i, entry in enumerate(vocabulary) if entry.fuzzy]
        return cls(
            KeyTable.of([(k, i) for i, entry in fuzzy for k in spelling_keys(entry)]),
            KeyTable.of([(k, i) for i, entry in fuzzy for k in consonant_keys(entry)]),
            np.array([len(entry.sound) for entry in vocabulary], dtype=np.int32),
            np.array([is_arabic(entry.text) for entry in vocabulary], dtype=np.bool_),
        )


def near_words(table: Neighbours, vocabulary: Sequence[Word], wanted: Sequence[Word]) -> tuple[Longs, Ints, Floats]:
    """(position in `wanted`, position in the vocabulary, likeness) of all near pairs, in the order of the first."""
    spelled: list[int] = []
    spelled_by: list[int] = []
    sounded: list[int] = []
    sounded_by: list[int] = []
    for i, entry in enumerate(wanted):
        if entry.fuzzy:
            found = spelling_keys(entry)
            spelled += found
            spelled_by += [i] * len(found)
            # Two consonants are too few between words that both show their vowels.
            consonants = consonant_keys(entry, 2 if is_arabic(entry.text) else 3)
            sounded += consonants
            sounded_by += [i] * len(consonants)
    i_s, w_s, like_s = _spelled(table, vocabulary, wanted, *table.spelling.meet(spelled, spelled_by))
    i_c, w_c, like_c = _sounded(table, vocabulary, wanted, *table.consonants.meet(sounded, sounded_by))
    owner, words, like = np.concatenate((i_s, i_c)), np.concatenate((w_s, w_c)), np.concatenate((like_s, like_c))
    codes = owner * len(vocabulary) + words
    order = np.lexsort((-like, codes))
    codes = codes[order]
    first = np.ones(len(codes), dtype=np.bool_)
    first[1:] = codes[1:] != codes[:-1]
    kept = order[first]
    return owner[kept], words[kept], like[kept]


def _sounded(
    table: Neighbours, vocabulary: Sequence[Word], wanted: Sequence[Word], owner: Longs, words: Ints
) -> tuple[Longs, Ints, Floats]:
    """Words with the same consonants: near in their vowels, or in the other script."""
    asked = np.array([is_arabic(entry.text) for entry in wanted], dtype=np.bool_)
    across = asked[owner] != table.arabic[words]
    left = [wanted[i].soft for i in owner.tolist()]
    right = [vocabulary[j].soft for j in words.tolist()]
    distance = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    longest = np.maximum(table.lengths[words], 1)
    like = np.where(across, _ACROSS, 1.0 - _VOWEL_EDIT * distance / longest).astype(np.float32)
    near = across | (distance <= np.where(longest < 7, 1, 2))
    return owner[near], words[near], like[near]


def _spelled(
    table: Neighbours, vocabulary: Sequence[Word], wanted: Sequence[Word], owner: Longs, words: Ints
) -> tuple[Longs, Ints, Floats]:
    """Words one or two edits apart in sound or in writing."""
    lengths = np.array([len(entry.sound) for entry in wanted], dtype=np.int32)
    close = np.abs(lengths[owner] - table.lengths[words]) <= 2
    codes = np.unique(owner[close] * len(vocabulary) + words[close])
    owner, words = codes // len(vocabulary), (codes % len(vocabulary)).astype(np.int32)
    left = [wanted[i].sound for i in owner.tolist()]
    right = [vocabulary[j].sound for j in words.tolist()]
    distance = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8).astype(np.int32)
    longest = np.maximum(lengths[owner], table.lengths[words])
    allowed = np.where(longest < 7, 1, 2)
    apart = np.nonzero(distance > allowed)[0]
    if len(apart):
        texts_l = [wanted[i].text for i in owner[apart].tolist()]
        texts_r = [vocabulary[j].text for j in words[apart].tolist()]
        distance[apart] = cpdist(texts_l, texts_r, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    like = (1.0 - distance / np.maximum(longest, 1)).astype(np.float32)
    near = (distance <= allowed) & (like >= _LEAST)
    return owner[near], words[near], like[near]
