"""The same file in any order, or split and merged, gives the same findings."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from observance.findings import FindingSet
from observance.findings.versions import content_of
from observance.model import to_plain
from tests.findings import gold
from tests.findings.test_article_alone import run


def content(found: FindingSet) -> object:
    return {
        "findings": [content_of(f.current) for f in found.findings],
        "ids": [f.id for f in found.findings],
        "rest": [to_plain(part) for part in (found.events, found.origins, found.drifts, found.denials, found.watch)],
    }


def shuffled(file: gold.File, seed: int) -> gold.File:
    chance = random.Random(seed)
    out = gold.File()
    names = list(file.observations)
    chance.shuffle(names)
    out.observations = {name: file.observations[name] for name in names}
    out.judgements = chance.sample(file.judgements, len(file.judgements))
    hashes = list(file.evidence)
    chance.shuffle(hashes)
    out.evidence = {key: file.evidence[key] for key in hashes}
    return out


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_any_order_gives_the_same(seed: int) -> None:
    file = gold.whole()
    assert content(run(shuffled(file, seed), as_of="2025-05-29")) == content(run(file, as_of="2025-05-29"))


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_two_halves_merged_give_what_the_whole_gives(seed: int) -> None:
    file = gold.whole()
    chance = random.Random(seed)
    documents = sorted(file.evidence)
    half = set(chance.sample(documents, chance.randint(1, len(documents) - 1)))
    parts = []
    for inside in (True, False):
        part = gold.File()
        part.evidence = {key: record for key, record in file.evidence.items() if (key in half) is inside}
        part.observations = {n: o for n, o in file.observations.items() if (o.citations[0].evidence in half) is inside}
        ids = {o.id for o in part.observations.values()}
        part.judgements = [j for j in file.judgements if j.subject in ids]
        run(part)  # each half stands by itself
        parts.append(part)
    merged = gold.File()
    for part in parts:
        merged.evidence |= part.evidence
        merged.observations |= part.observations
        merged.judgements += part.judgements
    assert content(run(merged)) == content(run(file))


def test_findings_of_a_half_go_on_in_the_whole() -> None:
    file = gold.whole()
    first = run(gold.article())
    from observance.findings import find

    again = find(
        file.observations.values(), file.judgements, file.evidence, gold.regime(), previous=first.findings, now=gold.NOW
    )
    assert {f.id for f in first.findings} <= {f.id for f in again.findings}
    assert len(again.findings) == 2
    supply = next(f for f in again.findings if f.current.rule == "reported_conduct")
    assert [v.number for v in supply.versions] == [1, 2]


def test_a_run_with_nothing_new_adds_no_version() -> None:
    from observance.findings import find

    file = gold.whole()
    first = run(file)
    again = find(
        file.observations.values(), file.judgements, file.evidence, gold.regime(), previous=first.findings, now=gold.NOW
    )
    assert again.findings == first.findings
