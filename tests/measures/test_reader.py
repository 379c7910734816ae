"""One reader for the incident record and the observation of a case: the same facts, and faults that are told."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.errors import FormatError, InputError
from observance.measures import decide, read_facts
from observance.measures.batch import MAX_LINE, read_file
from observance.packs import load_pack, regimes_folder

PACK = load_pack("dprk-1718")
VOCABULARY = PACK.vocabulary

INCIDENT = {
    "id": "i",
    "event_type": "ship_to_ship",
    "acts": ["ship_to_ship_transfer"],
    "items": [{"token": "refined_petroleum", "text": "diesel"}],
    "hs": ["2710"],
    "direction": "to_target",
    "date": {"from": "2018-02-01", "to": "2018-02-28", "precision": "month"},
    "published": "2018-03-30",
    "participants": [
        {"name": "A", "type": "vessel", "role": "supplier", "flag_at_time": "TGO"},
        {"name": "B", "type": "vessel", "role": "recipient", "flag_at_time": "PRK"},
        {"name": "KOR", "type": "state", "role": "body", "role_detail": "seizing state"},
    ],
    "quantities": [{"value": 600, "unit": "tonne", "kind": "count"}, {"value": 900, "unit": "tonne", "rival": True}],
    "modality": "asserted",
    "conditions": {"notified_to_committee": "unknown", "listed_on": "2018-03-30", "listed_for": "deflag, deny_port"},
}
CASE = {
    "id": "i",
    "event_type": "ship_to_ship",
    "act": "ship_to_ship_transfer",
    "items": ["refined_petroleum"],
    "hs": "2710",
    "direction": "to_target",
    "date": "2018-02",
    "published": "2018-03-30",
    "modality": "asserted",
    "parties": {
        "A": {"role": "supplier", "type": "vessel", "flag": "TGO"},
        "B": {"role": "recipient", "type": "vessel", "flag": "PRK"},
        "KOR": {"role": "body", "type": "state", "state": "KOR", "detail": "seizing state"},
    },
    "quantities": [{"value": 600, "unit": "tonne"}],
    "conditions": {"listed_on": "2018-03-30", "listed_for": ["deflag", "deny_port"]},
}


def test_both_forms_say_the_same():
    one, other = read_facts(INCIDENT, VOCABULARY), read_facts(CASE, VOCABULARY)
    assert [p.state for p in one.parties] == [p.state for p in other.parties] == [None, None, "KOR"]
    assert one.conditions == other.conditions
    assert one.amounts == other.amounts, "a rival figure is no amount that moved"
    assert (one.days.first, one.days.last, one.days.precision) == (
        other.days.first,
        other.days.last,
        other.days.precision,
    )
    assert one.duties == other.duties == ("seize",)
    assert decide(one, PACK) == decide(other, PACK)


def test_actors_is_another_word_for_participants():
    renamed = {("actors" if key == "participants" else key): value for key, value in INCIDENT.items()}
    assert read_facts(renamed, VOCABULARY) == read_facts(INCIDENT, VOCABULARY)


def test_a_term_that_is_unknown_is_left_out_and_told_with_the_nearest():
    facts = read_facts(INCIDENT | {"acts": ["ship_to_ship_transfr"]}, VOCABULARY)
    assert facts.acts == ()
    assert "nearest: ship_to_ship_transfer" in facts.caveats[0]


def test_yes_without_quotes_is_yes():
    assert read_facts({"id": "x", "conditions": {"listed_party": True}}, VOCABULARY).conditions == {
        "listed_party": "yes"
    }


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"date": "2018-13"}, "date"),
        ({"date": {"from": "soon", "to": "later"}}, "date"),
        ({"modality": "certain"}, "modality"),
        ({"direction": "north"}, "direction"),
        ({"participants": "PRK"}, "participants"),
        ({"conditions": {"listed_on": "once"}}, "conditions.listed_on"),
        ({"conditions": {"share_of_limit_pct": "half"}}, "conditions.share_of_limit_pct"),
        ({"items": [3]}, "items"),
    ],
)
def test_a_record_of_another_shape_is_a_fault_that_names_its_field(change, fault):
    with pytest.raises(FormatError) as caught:
        read_facts(INCIDENT | change, VOCABULARY, where="f.jsonl:7")
    assert any(line.startswith(fault) for line in caught.value.faults)
    assert caught.value.where == "f.jsonl:7"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5000) | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(INCIDENT)), json_values))
def test_whatever_stands_in_a_record_it_is_facts_or_a_fault(record):
    try:
        facts = read_facts(record, VOCABULARY)
    except FormatError:
        return
    decide(facts, PACK)


def test_a_bad_line_costs_none_of_the_others(tmp_path):
    path = tmp_path / "records.jsonl"
    lines = [
        json.dumps(INCIDENT),
        "{not json",
        "[]",
        "",
        json.dumps(INCIDENT | {"id": "j", "modality": "x"}),
        json.dumps(CASE | {"id": "k"}),
    ]
    path.write_text(
        "\n".join([*lines, json.dumps(INCIDENT), '"' + "x" * MAX_LINE + '"', json.dumps(INCIDENT | {"id": "l"})]),
        encoding="utf-8",
    )
    found = list(read_file(path, VOCABULARY))
    assert [row.id for row in found if not isinstance(row, FormatError)] == ["i", "k", "l"]
    faults = [str(row) for row in found if isinstance(row, FormatError)]
    assert [fault.split(":")[1] for fault in faults] == ["2", "3", "5", "7", "8"]
    assert "stands twice" in faults[3]


def test_a_file_of_cases_is_read_with_its_twins():
    found = list(read_file(regimes_folder() / "dprk_1718/cases.yaml", VOCABULARY))
    assert len(found) == len(PACK.cases)
    assert not any(isinstance(row, FormatError) for row in found)


def test_no_file_is_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        list(read_file(tmp_path / "nothing.jsonl", VOCABULARY))
