"""Packs load whole, and a pack with faults tells all of them at once."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from observance.errors import InputError, PackError
from observance.packs import known_packs, load_pack, load_vocabulary, regimes_folder
from observance.packs.files import MAX_BYTES
from tests.material import shared


@pytest.fixture
def copied(tmp_path):
    """The shipped packs, in a folder where they can be broken."""
    shutil.copytree(regimes_folder(), tmp_path / "regimes", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "regimes"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path.name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> str:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return "\n".join(caught.value.faults)


@pytest.mark.parametrize(("name", "measures", "exemptions"), [("dprk-1718", 114, 32), ("iran-1737", 15, 4)])
def test_a_shipped_pack_loads_with_its_counts(name, measures, exemptions):
    pack = load_pack(name)
    assert (len(pack.measures), len(pack.exemptions)) == (measures, exemptions)
    assert all(measure.unsigned for measure in pack.measures.values()), "no signature ships with a pack"
    assert pack.warning


def test_the_engine_layers_name_no_country():
    source = regimes_folder().parent
    texts = [
        path.read_text(encoding="utf-8") for part in ("packs", "measures") for path in (source / part).glob("*.py")
    ]
    for word in ("PRK", "IRN", "RUS", "CHN", "DPRK", "Korea", "Iran", "Pyongyang", "2375:", "1874:", "2397:"):
        hits = [text for text in texts if word in text]
        # Examples of ids stand in docstrings and help texts; no code may turn on one.
        code = [line for text in hits for line in text.splitlines() if word in line and ("if " in line or "==" in line)]
        assert not code, (word, code)


def test_every_fault_is_told_at_once_with_the_nearest_term(copied):
    folder = copied / "dprk_1718"
    change(folder / "measures/2375.yaml", "items: [textiles]", "items: [textile]")
    change(folder / "measures/2397.yaml", "exemptions: [EX-OIL-REPORTED]", "exemptions: [EX-OIL-REPORTD]")
    change(folder / "measures/2371.yaml", "in_force_to: 2017-09-11", "in_force_to: 2016-09-11")
    change(folder / "measures/1718.yaml", "content_confidence: B", "content_confidence: Z")
    change(folder / "exemptions.yaml", "fact: committee_approval", "fact: comittee_approval")
    told = faults_of(folder)
    assert "2375:16: unknown term in items: textile (nearest: textiles)" in told
    assert "unknown exemption EX-OIL-REPORTD" in told
    assert "ends before it begins" in told
    assert "1718:5: content_confidence" in told
    assert "unknown term in condition comittee_approval: comittee_approval (nearest: committee_approval)" in told


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("measures/2375.yaml", "- id: '2375:11'", "- id: 2375:11", "should be a valid string"),
        ("measures/2375.yaml", "  kind: prohibition", "  kind: prohibition\n  kind: cap", "stands twice"),
        (
            "measures/2375.yaml",
            "  acts: [ship_to_ship_transfer, facilitate]",
            "  acts: &a [facilitate]\n  items: *a",
            "aliases",
        ),
        ("measures/2375.yaml", "superseded_by: ['2397:5']", "superseded_by: ['2397:55']", "which does not exist"),
        (
            "measures/2397.yaml",
            "{fact: purpose, is: [military]}",
            "{fact: purpose, is: [milytary]}",
            "none of the values of purpose",
        ),
        ("measures/2397.yaml", "{fact: purpose, is: [military]}", "{fact: purpose, item: [coal]}", "asks 2 questions"),
        (
            "regime.yaml",
            "vocabulary: ../vocabulary.yaml",
            "vocabulary: ../../secret.yaml",
            "outside the folder of packs",
        ),
        ("regime.yaml", "measures: measures/*.yaml", "measures: ../../*.yaml", "outside the pack"),
        ("mandate.yaml", "extends_until: 2011-06-12", "extends_until: 2009-06-12", "does not extend the term"),
        (
            "lists.yaml",
            "duties: ['1718:8(d)', '1718:8(e)']",
            "duties: ['1874:9']",
            "a listing sets off no conduct measure",
        ),
        ("cases.yaml", "twin_of: coal-july-2017", "twin_of: coal-july-2071", "which is no base case"),
        ("cases.yaml", "items: [coal]", "items: [coale]", "unknown term in items: coale (nearest: coal)"),
        (
            "measures/2375.yaml",
            "paragraph_confidence: medium",
            "paragraph_confidence: high",
            "number was seen in a text",
        ),
    ],
)
def test_a_fault_is_named(copied, file, old, new, fault):
    change(copied / "dprk_1718" / file, old, new)
    assert fault in faults_of(copied / "dprk_1718")


def test_a_file_beyond_the_limit_is_refused(copied):
    path = copied / "dprk_1718/measures/1695.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "#" * MAX_BYTES, encoding="utf-8")
    assert "larger than" in faults_of(copied / "dprk_1718")


def test_text_that_is_no_yaml_is_a_fault_and_no_traceback(copied):
    (copied / "dprk_1718/measures/1695.yaml").write_bytes(b"\xff\xfe\x00 measures: [")
    assert "1695.yaml: cannot be read" in faults_of(copied / "dprk_1718")


def test_an_unknown_pack_is_told_with_the_nearest():
    with pytest.raises(InputError, match="no such regime pack") as caught:
        load_pack("dprk-1781")
    assert "dprk-1718" in caught.value.step


def test_a_pack_of_the_workspace_stands_before_an_installed_one(copied, tmp_path):
    change(copied / "dprk_1718/regime.yaml", "name: UN measures on the DPRK (1718 regime)", "name: our own reading")
    assert load_pack("dprk-1718", workspace=tmp_path).name == "our own reading"
    assert load_pack("dprk-1718").name != "our own reading"
    assert set(known_packs()) >= {"dprk-1718", "iran-1737"}


def test_the_published_schema_holds_for_every_file():
    from jsonschema import Draft202012Validator, FormatChecker

    def plain(value):
        if hasattr(value, "isoformat"):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(part) for key, part in value.items()}
        return [plain(part) for part in value] if isinstance(value, list) else value

    schema = json.loads((regimes_folder() / "schema.json").read_text(encoding="utf-8"))
    for path in sorted(regimes_folder().glob("*/*.yaml")) + sorted(regimes_folder().glob("*/measures/*.yaml")):
        part = {"lists": "list_file", "cases": "case_file"}.get(path.stem)
        if path.parent.name == "measures":
            wanted = schema
        elif part:
            wanted = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
        else:
            continue
        document = plain(yaml.safe_load(path.read_text(encoding="utf-8")))
        faults = [
            f"{list(e.absolute_path)}: {e.message[:200]}"
            for e in Draft202012Validator(wanted, format_checker=FormatChecker()).iter_errors(document)
        ]
        assert not faults, (path.name, faults[:5])


ADDED = {"needs", "on_listing", "standing", "items_open", "permission"}


@pytest.mark.parametrize(("pack", "folder"), [("dprk_1718", "regime"), ("iran_1737", "regime/second_regime")])
def test_the_records_are_those_of_the_material_with_conditions_added(pack, folder):
    for path in sorted(shared(f"{folder}/measures").glob("*.yaml")):
        theirs = yaml.safe_load(path.read_text(encoding="utf-8"))
        ours = yaml.safe_load((regimes_folder() / pack / "measures" / path.name).read_text(encoding="utf-8"))
        assert len(ours["measures"]) == len(theirs["measures"])
        for own, record in zip(ours["measures"], theirs["measures"], strict=True):
            for key, value in record.items():
                kept = own[key]
                if isinstance(value, dict):
                    kept = {part: kept[part] for part in value}
                assert kept == value, (record["id"], key)
            assert set(own) - set(record) <= ADDED, record["id"]


def test_terms_count_upward_and_never_downward():
    vocabulary = load_vocabulary()
    assert vocabulary.closure("items", "aviation_fuel") == (
        "aviation_fuel",
        "refined_petroleum",
        "petroleum",
        "cargo_any",
        "any_item",
    )
    assert vocabulary.closure("acts", "ship_to_ship_transfer") == ("ship_to_ship_transfer", "transfer", "supply")
    assert "refined_petroleum" not in vocabulary.closure("items", "petroleum")
    assert vocabulary.nearest("items", "coale") == "coal"


def test_an_installed_package_brings_a_pack_by_its_entry_point(copied, tmp_path, monkeypatch):
    from importlib.metadata import EntryPoint

    from observance.packs import find
    from observance.packs.find import GROUP

    (tmp_path / "other_package").mkdir()
    shutil.copytree(copied, tmp_path / "other_package" / "regimes")
    change(tmp_path / "other_package/regimes/iran_1737/regime.yaml", "id: iran-1737", "id: third-1")
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint(name="third-1", value="other_package.regimes.iran_1737", group=GROUP)
    monkeypatch.setattr(find, "entry_points", lambda group: [entry] if group == GROUP else [])
    assert known_packs()["third-1"].name == "iran_1737"


def test_an_entry_point_to_nothing_is_no_pack(monkeypatch):
    from importlib.metadata import EntryPoint

    from observance.packs import find

    entry = EntryPoint(name="ghost-1", value="no_such_package_at_all.regimes.ghost", group=find.GROUP)
    monkeypatch.setattr(find, "entry_points", lambda group: [entry])
    assert "ghost-1" not in known_packs()
