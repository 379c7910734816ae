"""Screening: queries against an index, and pairs of names against each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from observance.observations.matches import korean
from observance.observations.matches.align import Pairing, score_forms
from observance.observations.matches.explain import explain
from observance.observations.matches.fold import is_arabic
from observance.observations.matches.forms import Form, forms
from observance.observations.matches.index import Index, KindIndex, retrieval_weight, same_words_key, slip_keys
from observance.observations.matches.qualify import identifier_hits, qualify
from observance.observations.matches.records import (
    Aligned,
    Hit,
    NameRecord,
    Parameters,
    Qualifier,
    Query,
    Score,
    Screened,
)
from observance.observations.matches.words import Word, kinds_of

__all__ = ["compare", "listed_form", "screen", "screen_many"]

_BATCH = 512
_ARABIC_SHARE = 3


class _Held(NamedTuple):
    """The best name of an entity for a query."""

    score: float
    rule: str
    kind: str
    number: int
    form: Form
    name: int
    pairs: list[Pairing]


_Found = dict[int, _Held]


def compare(schema: str, one: str, two: str, parameters: Parameters | None = None) -> Score:
    """Score two names of bearers of one schema."""
    p = parameters or Parameters()
    best: tuple[float, str, list[Pairing], Form, Form] | None = None
    for kind in kinds_of(schema):
        for a in forms(one, kind):
            for b in forms(two, kind):
                score, rule, pairs = score_forms(kind, a, b.words, b.korean, b.letters, p)
                if kind == "organisation" and a.origin.startswith("in ") and b.origin.startswith("in "):
                    score = min(score, p.aside_cap)
                if best is None or score > best[0]:
                    best = score, rule, pairs, a, b
    if best is None:
        return Score(score=0.0, rule="nothing to compare")
    score, rule, pairs, a, b = best
    return Score(score=round(score, 4), rule=rule, alignment=explain(a, b, pairs, rule))


def screen(index: Index, query: Query, *, limit: int = 5, threshold: float | None = None) -> Screened:
    """Screen one query."""
    return next(screen_many(index, [query], limit=limit, threshold=threshold))


def screen_many(
    index: Index, queries: Iterable[Query], *, limit: int = 5, threshold: float | None = None
) -> Iterator[Screened]:
    """Screen queries in batches; answers come in the order of the queries."""
    batch: list[Query] = []
    for query in queries:
        batch.append(query)
        if len(batch) == _BATCH:
            yield from _screen_batch(index, batch, limit, threshold)
            batch = []
    if batch:
        yield from _screen_batch(index, batch, limit, threshold)


def _screen_batch(index: Index, batch: Sequence[Query], limit: int, threshold: float | None) -> list[Screened]:
    p = index.parameters
    level = p.threshold if threshold is None else threshold
    found: list[_Found] = [{} for _ in batch]
    for kind, part in index.kinds.items():
        asked = [
            (i, form)
            for i, query in enumerate(batch)
            if query.name and kind in kinds_of(query.schema)
            for form in forms(query.name, kind)
        ]
        if asked:
            _screen_kind(part, asked, p, found)
    return [_answer(index, query, hits, limit, level) for query, hits in zip(batch, found, strict=True)]


def _screen_kind(
    part: KindIndex,
    asked: list[tuple[int, Form]],
    p: Parameters,
    found: list[_Found],
) -> None:
    """Align the candidates of each form; keep the best score for each entity."""
    starts, owners, names = part.owner_start, part.owner_entity, part.owner_name
    both_aside = part.kind == "organisation"
    for (i, form), candidates in zip(asked, _candidates(part, asked, p), strict=True):
        hits = found[i]
        for number in candidates:
            score, rule, pairs = score_forms(
                part.kind, form, part.words_of(number), part.korean.get(number, ()), part.letters[number], p
            )
            if both_aside and form.origin.startswith("in ") and part.aside[number] and score > p.aside_cap:
                score, rule = p.aside_cap, "acronyms beside other names"
            if score < p.floor:
                continue
            for at in range(starts[number], starts[number + 1]):
                entity = int(owners[at])
                held = hits.get(entity)
                if held is None or score > held.score:
                    hits[entity] = _Held(score, rule, part.kind, number, form, int(names[at]), pairs)


def _values(held: int | tuple[int, ...] | None) -> tuple[int, ...]:
    return () if held is None else (held,) if isinstance(held, int) else held


def _candidates(part: KindIndex, asked: list[tuple[int, Form]], p: Parameters) -> list[list[int]]:
    """Form numbers worth aligning for each asked form."""
    from scipy.sparse import csr_matrix

    out: list[dict[int, None]] = []
    wanted: dict[Word, None] = {}
    for _, form in asked:
        direct: dict[int, None] = {}
        direct.update(dict.fromkeys(_values(part.same_words.get(same_words_key(form.words)))))
        direct.update(dict.fromkeys(_values(part.same_letters.get("".join(w.text for w in form.words)))))
        if form.korean:
            for key in korean.coarse_keys(form.korean):
                direct.update(dict.fromkeys(_values(part.korean_keys.get(key))))
        out.append(direct)
        for entry in form.words:
            if entry not in part.expansions:
                wanted[entry] = None
    if wanted:
        part.expand(list(wanted))
    _slips(part, asked, out)
    columns: list[int] = []
    data: list[float] = []
    starts = [0]
    asked_totals: list[float] = []
    expansions = part.expansions
    for _, form in asked:
        total = sum(map(retrieval_weight, form.words))
        asked_totals.append(total)
        if total:
            scale = 1.0 / math.sqrt(total)
            for entry in dict.fromkeys(form.words):
                positions, likes = expansions[entry]
                columns += positions
                data += [like * scale for like in likes]
        starts.append(len(columns))
    matrix = csr_matrix(
        (np.array(data, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(starts, dtype=np.int32)),
        shape=(len(asked), part.matrix.shape[0]),
    )
    product = matrix @ part.matrix
    keep = product.data >= p.gate
    if keep.any():
        places = np.nonzero(keep)[0]
        rows = np.searchsorted(product.indptr, places, side="right") - 1
        forms_found = product.indices[places]
        values = product.data[places]
        hopeful = _hopeful(part, np.array(asked_totals, dtype=np.float32)[rows], part.totals[forms_found], values, p)
        rows, forms_found, values = rows[hopeful], forms_found[hopeful], values[hopeful]
        order = np.lexsort((-values, rows))
        # Consonants alone are shared by many names: a query in Arabic script has more candidates to weigh.
        most = [
            _ARABIC_SHARE * p.candidates if any(is_arabic(w.text) for w in form.words) else p.candidates
            for _, form in asked
        ]
        taken = 0
        last = -1
        for row, number in zip(rows[order].tolist(), forms_found[order].tolist(), strict=True):
            if row != last:
                last, taken = row, 0
            if taken < most[row]:
                out[row].setdefault(number)
                taken += 1
    return [list(candidates) for candidates in out]


def _slips(part: KindIndex, asked: list[tuple[int, Form]], out: list[dict[int, None]]) -> None:
    """Add the names whose letters, all together, are one slip away: a blank misplaced, a letter for a blank."""
    keys: list[int] = []
    owner: list[int] = []
    for row, (_, form) in enumerate(asked):
        found = slip_keys(part.kind, form.letters)
        keys += found
        owner += [row] * len(found)
    rows, numbers = part.slips.meet(keys, owner)
    for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
        out[row][number] = None


def _hopeful(
    part: KindIndex,
    asked: npt.NDArray[np.float32],
    listed: npt.NDArray[np.float32],
    cosine: npt.NDArray[np.float32],
    p: Parameters,
) -> npt.NDArray[np.bool_]:
    """Which pairs can still score, from the weights alone: the formula of the alignment with the words found so far."""
    met = cosine * np.sqrt(asked * listed)
    left, right = np.maximum(asked - met, 0.0), np.maximum(listed - met, 0.0)
    both = np.sqrt(left * right) if part.kind == "person" else np.minimum(left, right)
    one = np.maximum(left, right) - both
    extra = {"person": p.extra_person, "organisation": p.extra_organisation, "ship": p.extra_vessel}[part.kind]
    hopeful: npt.NDArray[np.bool_] = met >= p.hope * (met + p.conflict * both + extra * one)
    return hopeful


def _answer(index: Index, query: Query, found: _Found, limit: int, threshold: float) -> Screened:
    scored: list[tuple[float, int, str, tuple[Qualifier, ...]]] = []
    by_number = identifier_hits(index, query)
    floor = index.parameters.floor
    for entity in found.keys() | by_number.keys():
        held = found.get(entity)
        name_score, name_rule = (held.score, held.rule) if held else (0.0, "")
        qualifiers, score, rule = qualify(
            query, index.entities[entity], name_score, name_rule, by_number.get(entity, "")
        )
        if score >= floor:
            scored.append((score, entity, rule, qualifiers))
    if not scored:
        return Screened(query=query)
    scored.sort(key=lambda s: (-s[0], s[1]))
    told: dict[tuple[str, int, int], tuple[Aligned, ...]] = {}
    made = [(s[0], _hit(index, s, found.get(s[1]), told)) for s in scored[:limit]]
    return Screened(
        query=query,
        hits=tuple(h for score, h in made if score >= threshold),
        near_misses=tuple(h for score, h in made if score < threshold),
    )


def _hit(
    index: Index,
    scored: tuple[float, int, str, tuple[Qualifier, ...]],
    held: _Held | None,
    told: dict[tuple[str, int, int], tuple[Aligned, ...]],
) -> Hit:
    """`told` keeps the alignments of this query: several lists often hold one name in the same words."""
    score, entity, rule, qualifiers = scored
    record = index.entities[entity]
    if held is None:
        name = record.names[0] if record.names else NameRecord(text="")
        alignment: tuple[Aligned, ...] = ()
    else:
        name = record.names[held.name]
        key = (held.kind, held.number, id(held.form))
        if key not in told:
            listed = listed_form(index.kinds[held.kind], held.number, name.text)
            told[key] = explain(held.form, listed, held.pairs, held.rule)
        alignment = told[key]
    return Hit(
        entity_id=record.id,
        schema=record.schema,
        name=name.text,
        quality=name.quality,
        rule=rule,
        score=round(score, 4),
        name_score=round(held.score, 4) if held else 0.0,
        alignment=alignment,
        qualifiers=qualifiers,
    )


def listed_form(part: KindIndex, number: int, text: str) -> Form:
    """A form of the list with its words as the list writes them."""
    found = part.words_of(number)
    keys = tuple(w.text for w in found)
    if part.rewritten[number]:
        for form in forms(text, part.kind):
            if tuple(w.text for w in form.words) == keys:
                return form
    return Form(found, keys, ("",) * len(keys), part.korean.get(number, ()))
