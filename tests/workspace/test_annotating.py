"""Annotation: the draft fits its text, a slip is named, and a person's word wins."""

import json

import pytest

from observance.errors import FormatError
from observance.workspace.annotating import check_gold, draft, step_through, write_gold
from observance.workspace.reading import read_source
from tests.workspace.writing import write_texts


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    path = write_texts(tmp_path_factory.mktemp("texts"))[0]
    return read_source(str(path))


def test_the_draft_fits_its_text(reading, tmp_path):
    gold = draft(reading)
    assert gold["claims"]
    _, claims = write_gold(gold, reading.document.text, tmp_path)
    assert check_gold(claims) == []


def test_claims_that_are_there_are_never_overwritten(reading, tmp_path):
    write_gold(draft(reading), reading.document.text, tmp_path)
    with pytest.raises(FormatError, match="there already"):
        write_gold(draft(reading), reading.document.text, tmp_path)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda claim: claim.update(event="arms_tranfer"), "did you mean 'arms_transfer'"),
        (lambda claim: claim.update(modality="certain"), "unknown modality"),
        (lambda claim: claim["participants"][0].update(span=[0, 99_999]), "no such span"),
        (lambda claim: claim["participants"][0].update(text="somebody else"), "stands"),
        (lambda claim: claim.update(evidence=[9, 3]), "evidence"),
    ],
)
def test_a_slip_of_the_annotator_is_named(reading, tmp_path, change, word):
    gold = draft(reading)
    change(next(claim for claim in gold["claims"] if claim["participants"] and claim["participants"][0]["span"]))
    _, claims = write_gold(gold, reading.document.text, tmp_path)
    assert word in " ".join(check_gold(claims))


def test_a_changed_text_is_named(reading, tmp_path):
    text, claims = write_gold(draft(reading), reading.document.text, tmp_path)
    text.write_text("Something else.")
    assert "has changed" in check_gold(claims)[0]


def test_a_person_drops_changes_and_keeps_claims(reading):
    gold = draft(reading)
    answers = iter(["d", "m", "nonsense", "m", "feared", "n", "seen twice", "k", "q"])
    done = step_through(gold, reading.document.text, ask=lambda _: next(answers), say=lambda _: None)
    assert len(done["claims"]) == len(gold["claims"]) - 1
    assert done["claims"][0]["modality"] == "feared"
    assert done["claims"][0]["note"] == "seen twice"
    assert json.dumps(done["claims"][1:]) == json.dumps(gold["claims"][2:])


def test_what_is_no_file_of_claims_is_a_clear_error(tmp_path):
    path = tmp_path / "a.claims.json"
    path.write_text("{}")
    with pytest.raises(FormatError, match="no file of claims"):
        check_gold(path)
