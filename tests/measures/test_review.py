"""A signature names who, when and what was compared, and holds for the record as it was."""

import dataclasses
from datetime import UTC, datetime

import pytest

from observance.errors import InputError
from observance.evidence.readers import read_document
from observance.measures import judge, read_facts, signature_word
from observance.measures.review import corrections_of, record_digest, review, sign, with_signatures
from observance.model import Citation, Sha256
from observance.packs import load_pack
from tests.measures.resolution_text import plain

PACK = load_pack("dprk-1718")
DAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DATA = plain().encode()
FOUND = {row.measure.id: row for row in review(PACK, 2375, read_document(DATA, name="2375.txt")).rows}
FACTS = read_facts(
    {
        "id": "x",
        "event_type": "ship_to_ship",
        "act": "ship_to_ship_transfer",
        "items": ["coal"],
        "direction": "from_target",
        "date": "2019-01-01",
        "parties": {"a": {"role": "vessel", "type": "vessel", "flag": "PRK"}},
    },
    PACK.vocabulary,
)


def signature(key="2375:11", at=DAY, **more):
    row = FOUND[key]
    told = {"by": "A. Reader", "agreed": True} | more
    return sign(row.measure, citation=Citation(evidence=Sha256("0" * 64), selector=row.span), at=at, **told)


def judgement(pack):
    return {str(row.measure): row for row in judge(FACTS, pack)}["2375:11"]


def test_a_signed_measure_differs_visibly_from_an_unsigned_one():
    signed = with_signatures(PACK, [signature()])
    assert "unsigned" in signature_word(PACK.measures["2375:11"])
    assert "checked by A. Reader on 2026-11-24" in signature_word(signed.measures["2375:11"])
    assert judgement(PACK).unsigned
    assert not judgement(signed).unsigned
    assert signed.measures["2375:16"].unsigned, "one signature signs one record"


def test_a_signature_cites_the_span_and_names_the_record_as_it_was():
    decision = signature()
    assert decision.kind == "measure_signed"
    assert decision.subject == "2375:11"
    assert decision.citations[0].selector.exact.startswith("11. Decides that no invented ship")
    assert dict(decision.values)["record"] == record_digest(PACK.measures["2375:11"])


def test_a_signature_lapses_when_the_record_changes():
    changed = dict(PACK.measures)
    changed["2375:11"] = dataclasses.replace(changed["2375:11"], title="Another rule altogether, in other words")
    pack = dataclasses.replace(PACK, measures=changed)
    assert with_signatures(pack, [signature()]).measures["2375:11"].unsigned


def test_a_correction_leaves_the_record_unsigned_and_the_latest_word_counts():
    later = datetime(2026, 11, 25, tzinfo=UTC)
    corrected = signature(agreed=False, corrections=(("title", "other words"),), at=later)
    assert with_signatures(PACK, [signature(), corrected]).measures["2375:11"].unsigned
    assert (
        not with_signatures(PACK, [corrected, signature(at=datetime(2026, 11, 26, tzinfo=UTC))])
        .measures["2375:11"]
        .unsigned
    )


@pytest.mark.parametrize("more", [{"by": " "}, {"agreed": False}, {"corrections": (("title", "x"),)}])
def test_a_signature_without_a_name_or_an_answer_is_refused(more):
    with pytest.raises(InputError):
        signature(**more)


def test_corrections_are_read_as_a_person_writes_them():
    assert corrections_of(["2375:16:wind_down.until=2017-12-11", "2375:16:kind=cap"]) == {
        "2375:16": (("wind_down.until", "2017-12-11"), ("kind", "cap"))
    }
    with pytest.raises(InputError):
        corrections_of(["2375:16 is wrong"])


def test_no_signature_is_the_same_pack():
    assert with_signatures(PACK, []) is PACK
