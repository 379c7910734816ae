"""The sample material: composed, marked as composed, whole, and made the same way twice."""

import importlib.util
from pathlib import Path

import pytest

from observance.demo import check, materials
from observance.evidence.readers import read_document

DOCUMENTS = [one for one in materials() if one.kind == "document"]
ROOT = Path(__file__).resolve().parents[2]


def test_every_packaged_file_is_what_its_manifest_says():
    check()


def test_the_corpus_holds_what_the_demo_is_to_show():
    assert len(DOCUMENTS) >= 6
    assert len({one.name.rpartition(".")[2] for one in DOCUMENTS}) >= 4
    assert any(one.meta.kind == "ministry statement" for one in DOCUMENTS)


@pytest.mark.parametrize("material", DOCUMENTS, ids=lambda one: one.name)
def test_a_document_says_in_its_first_lines_and_its_metadata_that_it_was_composed(material):
    assert material.meta.composed is True
    document = read_document(material.read(), name=material.name, given=material.meta)
    first = next(block for block in document.blocks if block.kind in {"paragraph", "headline"})
    opening = document.text[first.start : first.end]
    assert "COMPOSED FOR DEMONSTRATION" in opening or "시연용" in opening


@pytest.mark.parametrize("material", [one for one in DOCUMENTS if one.meta.language != "ko"], ids=lambda one: one.name)
def test_publisher_and_day_are_known_of_each_document_that_is_read(material):
    meta = read_document(material.read(), name=material.name, given=material.meta).meta
    assert meta.publisher
    assert meta.published


def test_the_files_made_by_hand_come_out_the_same_again(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_demo_documents", ROOT / "docs/make_demo_documents.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for material in DOCUMENTS:
        (tmp_path / material.name).write_bytes(material.read())
    monkeypatch.setattr(module, "OUT", tmp_path)
    module.main()
    for material in DOCUMENTS:
        assert (tmp_path / material.name).read_bytes() == material.read(), material.name
    packaged = ROOT / "src/observance/demo/documents/MANIFEST.csv"
    assert (tmp_path / "MANIFEST.csv").read_bytes() == packaged.read_bytes()


def test_no_word_of_the_acceptance_texts_stands_in_the_demo():
    """Eight words in a row would be a copy."""
    from tests.material import shared

    def grams(text: str) -> set[tuple[str, ...]]:
        words = text.lower().split()
        return {tuple(words[place : place + 8]) for place in range(len(words) - 7)}

    ours = set().union(*(grams(read_document(one.read(), name=one.name).text) for one in DOCUMENTS))
    for path in sorted(shared("acceptance").rglob("*.txt")):
        assert not ours & grams(path.read_text(encoding="utf-8")), path.name
