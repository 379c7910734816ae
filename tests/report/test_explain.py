"""`explain` gives reasons, paragraphs, passages and hashes, as text and as JSON."""

import json

import pytest

from observance.errors import UsageError
from observance.report import explain_plain, explain_text
from tests.report.case import BELIEVED, CAPACITY, DENIAL, case


def test_the_text_names_passage_hash_paragraph_grade_and_reason():
    text = explain_text(case(), "fnd-arms")
    for expected in (
        BELIEVED.statement,
        str(BELIEVED.citations[0].evidence),
        "characters 33-98",
        "1874:9 engaged (content A, number high, unsigned",
        "The item is covered.",
        "[denied]",
        "2 (relays are not counted)",
        "No record has been compared",
    ):
        assert expected in text


def test_the_plain_values_are_json_and_carry_the_same_passages():
    plain = json.loads(json.dumps(explain_plain(case(), "fnd-arms")))
    first = plain["statements"][0]
    assert first["rests_on"][0]["passages"][0]["quote"] == BELIEVED.statement
    assert first["judgements"][0]["signed"] is False
    assert plain["denials"][0]["observation"] == DENIAL.id
    assert plain["beside"][0]["observation"] == CAPACITY.id


@pytest.mark.parametrize("name", ["fnd-arms", "arms", "fnd-a"])
def test_a_finding_is_found_by_the_beginning_of_its_id(name):
    assert explain_plain(case(), name)["finding"] == "fnd-arms"


@pytest.mark.parametrize("name", ["fnd-zzz", "", "fnd-"])
def test_an_id_that_fits_none_or_several_is_refused_with_the_ids_there_are(name):
    with pytest.raises(UsageError) as caught:
        explain_text(case(), name)
    assert "fnd-panel" in str(caught.value)
