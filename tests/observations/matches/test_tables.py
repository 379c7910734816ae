import csv
import hashlib
from importlib.resources import files

import pytest

from observance.observations.matches import tables

FOLDER = files("observance.observations.matches") / "tables"
NAMES = sorted(p.name for p in FOLDER.iterdir() if p.name.endswith(".tsv"))


def test_the_manifest_knows_every_table_with_its_hash_and_rows() -> None:
    with (FOLDER / "MANIFEST.csv").open(encoding="utf-8", newline="") as handle:
        held = {row["file"]: row for row in csv.DictReader(handle)}
    assert sorted(held) == NAMES
    for name, row in held.items():
        data = (FOLDER / name).read_bytes()
        assert row["sha256"] == hashlib.sha256(data).hexdigest(), name
        assert int(row["rows"]) == len(tables.rows(name.removesuffix(".tsv")))
        assert row["source"]
        assert row["terms"]


@pytest.mark.parametrize("name", NAMES)
def test_every_table_says_its_source(name: str) -> None:
    head = [line for line in (FOLDER / name).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert any("Source" in line for line in head)


def test_no_character_reads_the_same_twice() -> None:
    for character, readings in tables.hanja_readings().items():
        assert len(set(readings)) == len(readings), character


def test_a_surname_has_one_class_whatever_its_northern_or_southern_spelling() -> None:
    latin, hangul = tables.korean_surnames()
    assert hangul["이"] == hangul["리"]
    assert latin["lee"] & latin["ri"] & latin["yi"]
    assert latin["choe"] & latin["choi"]
    assert latin["pak"] & latin["park"]
    assert latin["im"] & latin["rim"]
