"""The ledger of transfers: ranges by the stated rule, nothing added twice, the reason of every figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from observance.errors import FormatError
from observance.findings.ledgers import Figure, Ledger, figures_of, ledger, read_figures
from tests.findings import gold
from tests.findings.test_article_alone import run

DAYS = [0, 1]


def book() -> dict:
    return gold.load("acceptance/arms_ledger.yaml")


def figures() -> tuple[Figure, ...]:
    return read_figures(book()["figures"], where="arms_ledger.yaml")


@pytest.mark.parametrize("number", DAYS)
def test_the_ranges_are_those_of_the_record(number: int) -> None:
    expected = book()["expected"][number]
    made = ledger(figures(), expected["as_of"])
    by_key = {(r.unit, r.kind, r.stage, r.part): r for r in made.ranges}
    for row in expected["ranges"]:
        got = by_key[row["unit"], row["kind"], row["stage"], row.get("part")]
        assert (got.low, got.high, got.open_above) == (row["low"], row["high"], row["open_above"])
        assert list(got.figures) == row["figures"]


@pytest.mark.parametrize("number", DAYS)
def test_every_figure_says_why_it_entered_or_stayed_out(number: int) -> None:
    expected = book()["expected"][number]
    made = ledger(figures(), expected["as_of"])
    assert {e.figure.id: e.reason for e in made.entries if not e.entered} == expected["left_out"]
    assert all(entry.text for entry in made.entries)
    assert len(made.entries) + made.unknown == len(figures())
    assert {stage: list(ids) for stage, ids in made.listed} == expected["listed"]


@pytest.mark.parametrize("number", DAYS)
def test_no_end_of_a_range_is_a_sum(number: int) -> None:
    made = ledger(figures(), book()["expected"][number]["as_of"])
    ends = {end for r in made.ranges for end in (r.low, r.high) if end is not None}
    values = {f.value for f in figures()} | {f.value_high for f in figures()}
    assert ends <= values
    assert not ends & {row["value"] for row in book()["checks"]["naive_sums_that_must_not_appear"]} - values


def test_a_figure_of_another_day_changes_nothing_before() -> None:
    before = ledger(figures(), date(2024, 6, 19))
    late = replace(figures()[0], id="Z1", as_of=date(2024, 6, 20), stage="delivered", kind="count", value=1e9)
    assert ledger((*figures(), late), date(2024, 6, 19)).ranges == before.ranges


def test_the_order_of_the_figures_does_not_matter() -> None:
    one, two = ledger(figures(), date(2025, 7, 15)), ledger(figures()[::-1], date(2025, 7, 15))
    assert one.ranges == two.ranges
    assert {e.figure.id: e.reason for e in one.entries} == {e.figure.id: e.reason for e in two.entries}


def test_faults_are_told_all_at_once() -> None:
    rows = [
        {
            "id": "A",
            "as_of": "2024-01-01",
            "stage": "sent",
            "kind": "count",
            "unit": "round",
            "value": 1,
            "origin": "o",
        },
        {
            "id": "B",
            "as_of": "2024-01-01",
            "stage": "shipped",
            "kind": "count",
            "unit": "round",
            "origin": "o",
            "bound": "maybe",
        },
        {
            "id": "C",
            "as_of": "soon",
            "stage": "shipped",
            "kind": "count",
            "unit": "round",
            "origin": "o",
            "includes": ["X"],
        },
    ]
    with pytest.raises(FormatError) as raised:
        read_figures(rows)
    assert len(raised.value.faults) >= 3


def amounts(made: Ledger) -> list[tuple[str, str, float | None, float | None]]:
    return [(r.unit, r.kind, r.low, r.high) for r in made.ranges if r.figures]


def test_the_claims_of_the_file_give_no_count_of_shells_on_the_day() -> None:
    file = gold.whole()
    found = run(file, as_of="2024-06-19")
    known = {key for origin in found.origins for key in origin.observations}
    rows = [o for o in file.observations.values() if o.id in known and o.event_type == "arms_transfer"]
    made = ledger(figures_of(rows, found.origins, found.drifts), date(2024, 6, 19))
    whole = {(r.unit, r.kind, r.stage): r for r in made.ranges}
    assert ("round", "count", "moved") not in whole or whole["round", "count", "moved"].gap
    assert whole["round", "capacity", "moved"].high == 4.8e6
    containers = whole["container", "count", "moved"]
    assert (containers.low, containers.high) == (1000, 11000)
    drifted = [e for e in made.entries if e.reason == "drift"]
    assert drifted
    assert all(e.figure.value == 5e6 for e in drifted)
