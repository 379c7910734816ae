"""Lineage over bare texts: pairs that share an origin, traps, drift, and the command."""

from __future__ import annotations

import itertools
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.findings.origins.figures import figures
from observance.findings.origins.items import Item, item_from, lineage
from observance.findings.origins.lexicon import lexicon, plain, skeleton
from tests.findings.lineage_own import records
from tests.material import shared


def score(rows: list[dict]) -> tuple[float, set[tuple[str, str]], set[str], set[str]]:
    found = {one.id: one for one in lineage(item_from(row) for row in rows)}
    right = false = missed = 0
    merged = set()
    for one, two in itertools.combinations(rows, 2):
        gold = bool(set(one["origins"]) & set(two["origins"]))
        got = bool(set(found[one["id"]].origins) & set(found[two["id"]].origins))
        right, false, missed = right + (gold and got), false + (got and not gold), missed + (gold and not got)
        if got and not gold:
            merged.add((one["id"], two["id"]))
    flagged = {key for key, one in found.items() if one.drift}
    return 2 * right / (2 * right + false + missed), merged, flagged, {row["id"] for row in rows if row.get("drift")}


def test_the_test_material_stays_above_its_floors() -> None:
    path = shared("data/text/lineage_dev.jsonl")
    rows = [row for line in path.read_text(encoding="utf-8").splitlines() if "text" in (row := json.loads(line))]
    f1, merged, flagged, told = score(rows)
    assert f1 >= 0.93
    traps = {row["id"] for row in rows if row.get("trap", "").startswith("same figure")}
    assert not [pair for pair in merged if set(pair) & traps]
    assert len(flagged & told) >= 0.8 * len(told)
    assert len(flagged - told) <= 1


def test_our_own_items_stay_above_their_floor() -> None:
    f1, merged, flagged, told = score(records())
    assert f1 >= 0.93
    assert not merged
    assert len(flagged & told) >= 0.75 * len(told)
    assert not flagged - told


def item(key: str, outlet: str, text: str, day: int = 1, language: str = "en") -> Item:
    return Item(id=key, outlet=outlet, day=date(2023, 3, 1) + timedelta(days=day), language=language, text=text)


def together(*items: Item) -> bool:
    one, two = lineage(items)[:2]
    return bool(set(one.origins) & set(two.origins))


MINISTER = item(
    "a",
    "Meridian News",
    "Japan's defence minister, Aoi Tanabe, told Meridian News that 8,300 tonnes of coal had been landed.",
)


@pytest.mark.parametrize(
    ("other", "shared_origin"),
    [
        (item("b", "Daily Strait", "Some 8,300 tonnes of coal were landed, minister Aoi Tanabe said.", 2), True),
        (
            item(
                "b", "Daily Strait", "Some 8,300 tonnes of coal were landed, Aoi Tanabe repeated before parliament.", 20
            ),
            True,
        ),
        (item("b", "Daily Strait", "Port logs copied by a group of hackers list 8,300 tonnes of coal.", 2), False),
        (
            item("b", "Daily Strait", "France's customs office counted 8,300 tonnes of coal at the same berth.", 2),
            False,
        ),
        (item("b", "Daily Strait", "Aoi Tanabe said that the budget for schools would rise by a tenth.", 200), False),
        (
            item(
                "b",
                "Kurier",
                "8.300 Tonnen Kohle seien gelandet worden, sagte die japanische Verteidigungsministerin Aoi Tanabe.",
                2,
                "de",
            ),
            True,
        ),
        (item("b", "Quick Brief", "Minister: 8,300 tonnes of coal landed.", 2), True),
    ],
    ids=["relay", "repeat", "other counter", "other office", "other matter", "translation", "headline"],
)
def test_a_shared_origin_takes_a_shared_speaker_and_matter(other: Item, shared_origin: bool) -> None:
    assert together(MINISTER, other) is shared_origin


def test_a_tenfold_figure_of_one_origin_is_drift() -> None:
    rows = [
        MINISTER,
        item("b", "Daily Strait", "Some 8,300 tonnes of coal were landed, Aoi Tanabe told Meridian News.", 2),
        item("c", "HotWire", "Aoi Tanabe told Meridian News of 83,000 tonnes of coal.", 2),
    ]
    assert {one.id for one in lineage(rows) if one.drift} == {"c"}


def test_the_order_of_the_items_does_not_matter() -> None:
    rows = [item_from(row) for row in records()]

    def groups(found: tuple) -> set[frozenset[str]]:
        by_label: dict[str, set[str]] = {}
        for one in found:
            for label in one.origins:
                by_label.setdefault(label, set()).add(one.id)
        return {frozenset(ids) for ids in by_label.values()}

    assert groups(lineage(rows)) == groups(lineage(rows[::-1]))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("6.200 Container", [6200]),
        ("780 000 barils", [780000]),
        ("bis zu 2,9 Millionen Granaten", [2900000]),
        ("forty-six tankers and three hundred women", [46, 300]),
        ("on 17 May 2022 at sea", []),
        ("5万発", [50000]),
        ("1,234.5 tonnes", [1234.5]),
    ],
)
def test_figures_are_read_in_the_ways_of_their_language(text: str, values: list[float]) -> None:
    words = lexicon()
    assert [f.value for f in figures(plain(text), words.units, words.months)] == values


def test_names_meet_across_scripts() -> None:
    assert skeleton("Алтан Си") == skeleton("Altan Sea")


def test_the_command_prints_one_line_an_item_and_leaves_bad_lines_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from typer.testing import CliRunner

    from observance.cli.main import app

    path = tmp_path / "items.jsonl"
    rows = records()[:4]
    path.write_text("\n".join([*(json.dumps(row) for row in rows), "{broken", '{"note": "no item"}']), encoding="utf-8")
    result = CliRunner().invoke(app, ["lineage", "--items", str(path), "--json"])
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert all(set(line) >= {"id", "origins", "drift"} for line in lines)


WORDS = st.sampled_from(
    [
        "The",
        "minister",
        "of",
        "said",
        "told",
        "Meridian",
        "News",
        "Institute",
        "for",
        "8,300",
        "tonnes",
        "“",
        "”",
        ".",
        ",",
        "北朝鮮",
        "Ün",
        "according to",
        "a",
        "firm",
        "U.N.",
        "\u00a0",
        "-",
        "'s",
        "&",
        "2.9 Mio",
        "🚀",
        "Россия",
        "\n",
        "(",
        ":",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=40), min_size=1, max_size=5), st.booleans())
def test_any_text_gives_each_item_its_origins(texts: list[list[str]], dated: bool) -> None:
    rows = [
        Item(
            id=str(n),
            outlet=f"Outlet {n % 2}",
            day=date(2023, 3, 1) if dated else None,
            language="en",
            text=" ".join(words),
        )
        for n, words in enumerate(texts)
    ]
    found = lineage(rows)
    assert [one.id for one in found] == [row.id for row in rows]
    assert found == lineage(rows)
    assert all(one.origins for one, row in zip(found, rows, strict=True) if row.text.strip())
