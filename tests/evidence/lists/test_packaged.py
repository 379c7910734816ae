"""The packaged lists are what their manifest says, and read with the counts of the whole files."""

import csv
import hashlib
from importlib.resources import files

from observance.evidence.lists import read_list
from tests.evidence.lists.test_counts import load

FOLDER = files("observance.demo") / "lists"
MANIFEST = list(csv.DictReader((FOLDER / "MANIFEST.csv").read_text(encoding="utf-8").splitlines()))


def test_every_packaged_list_has_source_terms_and_its_hash():
    assert [row["list_id"] for row in MANIFEST] == ["un", "un-1718-vessels"]
    for row in MANIFEST:
        data = (FOLDER / row["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == row["sha256"]
        assert len(data) == int(row["bytes"])
        assert row["source"]
        assert row["terms"]
        version = read_list(data, adapter=row["list_id"], name=row["file"])
        assert (version.date, len(version.entries)) == (row["list_date"], int(row["rows"]))


def test_the_packaged_entries_are_those_of_the_whole_list_unchanged():
    row = MANIFEST[0]
    packaged = read_list((FOLDER / row["file"]).read_bytes(), adapter="un", name=row["file"])
    whole = [entry for entry in load("un_consolidated_2026-02-27.xml").entries if entry.reference.startswith("KP")]
    assert [(e.reference, e.names, e.identifiers, e.fields) for e in packaged.entries] == [
        (e.reference, e.names, e.identifiers, e.fields) for e in whole
    ]
