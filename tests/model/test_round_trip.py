"""Every noun survives being written as JSON and read again, and its id depends on its content alone."""

import dataclasses
import json
import types
import typing
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observance import model
from observance.errors import FormatError
from observance.model import (
    Citation,
    Decision,
    Detector,
    Drift,
    Entity,
    Event,
    Evidence,
    Finding,
    Identifier,
    Imo,
    ImoCompany,
    Indicator,
    Judgement,
    ListEntry,
    MeasureId,
    Mmsi,
    Observation,
    Origin,
    PageRegion,
    Sha256,
    TableRow,
    TextSpan,
    TrackRows,
    canonical_json,
    read_record,
    to_plain,
)

_text = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=6)
_times = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)


def _ship_number(digits):
    body = f"{digits:06d}"
    return Imo(body + str(sum(int(d) * w for d, w in zip(body, range(7, 1, -1), strict=True)) % 10))


@st.composite
def _text_spans(draw):
    exact = draw(_text)
    start = draw(st.integers(0, 10_000))
    return TextSpan(
        start=start,
        end=start + len(exact),
        exact=exact,
        prefix=draw(_text),
        reader="plain/1",
        page=draw(st.none() | st.integers(1, 9)),
    )


_special = {
    Sha256: st.sampled_from(["ab" * 32, "0" * 64, "9f" * 32]).map(Sha256),
    MeasureId: st.sampled_from(["2375:11", "1718:8(a)(ii)", "2397:5#cap"]).map(MeasureId),
    Imo: st.integers(100_000, 999_999).map(_ship_number),
    TextSpan: _text_spans(),
}


def _for(kind):
    """A strategy for a type found in a record; the types of our records are few."""
    if kind in _special:
        return _special[kind]
    origin = typing.get_origin(kind)
    if origin is typing.Annotated:
        return _for(typing.get_args(kind)[0])
    if origin is typing.Literal:
        return st.sampled_from(typing.get_args(kind))
    if origin in (typing.Union, types.UnionType):
        return st.one_of([_for(part) for part in typing.get_args(kind)])
    if origin is tuple:
        parts = typing.get_args(kind)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return st.lists(_for(parts[0]), max_size=1).map(tuple)
        return st.tuples(*[_for(part) for part in parts])
    if dataclasses.is_dataclass(kind):
        return _records(kind)
    plain = {
        str: _text,
        int: st.integers(-(2**40), 2**40),
        float: st.floats(allow_nan=False, allow_infinity=False, width=32),
        bool: st.booleans(),
        type(None): st.none(),
        datetime: _times,
    }
    return plain[kind]


def _records(kind):
    hints = typing.get_type_hints(kind, include_extras=True)
    required = {"citations", "versions"}
    fields = {}
    for field in dataclasses.fields(kind):
        strategy = _for(hints[field.name])
        if field.name in required:
            inner = typing.get_args(hints[field.name])[0]
            strategy = st.lists(_for(inner), min_size=1, max_size=2).map(tuple)
        fields[field.name] = strategy
    return st.builds(kind, **fields)


NOUNS = [
    Evidence,
    Observation,
    Entity,
    Event,
    Origin,
    Drift,
    Judgement,
    Finding,
    Indicator,
    Decision,
    Citation,
    ListEntry,
    TableRow,
    TrackRows,
    PageRegion,
]


@pytest.mark.parametrize("kind", NOUNS, ids=lambda kind: kind.__name__)
def test_a_noun_written_as_json_reads_back_as_it_was(kind):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_records(kind))
    def check(record):
        data = canonical_json(to_plain(record))
        again = read_record(kind, json.loads(data))
        assert again == record
        assert canonical_json(to_plain(again)) == data

    check()


def _observation(**changes):
    citation = Citation(evidence=Sha256("ab" * 32), selector=TextSpan(start=3, end=6, exact="abc"))
    return Observation(
        kind="claim",
        event_type="arms_transfer",
        citations=(citation,),
        detector=Detector(name="t", version="1"),
        **changes,
    )


def test_the_id_of_an_observation_is_the_hash_of_its_content():
    assert _observation().sealed() == _observation().sealed()
    assert _observation().sealed().sealed() == _observation().sealed()
    assert _observation(modality="denied").sealed().id != _observation().sealed().id


def test_an_absent_value_does_not_change_an_id():
    assert _observation(act=None, items=()).sealed().id == _observation().sealed().id


def test_an_observation_without_a_citation_is_refused():
    with pytest.raises(ValueError, match="at least one citation"):
        Observation(kind="claim", event_type="visit", citations=(), detector=Detector(name="t", version="1"))


def test_a_quote_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="characters"):
        TextSpan(start=0, end=5, exact="abc")


def test_all_faults_of_a_record_are_reported_at_once():
    with pytest.raises(FormatError) as caught:
        read_record(Observation, {"kind": "rumour", "citations": [{"evidence": "xyz", "selector": {"type": "text"}}]})
    text = str(caught.value)
    for part in ("kind", "event_type", "detector", "evidence"):
        assert part in text


@pytest.mark.parametrize(
    ("kind", "value", "valid"),
    [
        (Imo, "8916580", True),
        (Imo, "8916581", False),
        (Imo, "891658", False),
        (Imo, "IMO8916580", False),
        (ImoCompany, "8916581", False),
        (Mmsi, "445123456", True),
        (Mmsi, "44512345", False),
        (Sha256, "A" * 64, False),
        (MeasureId, "2375:11", True),
        (MeasureId, "1718:8(a)(ii)", True),
        (MeasureId, "paragraph 8", False),
    ],
)
def test_an_identifier_that_exists_is_well_formed(kind, value, valid):
    assert kind.valid(value) is valid


def test_one_wrong_digit_never_leaves_an_imo_number_valid():
    good = "8916580"
    for at in range(7):
        for digit in "0123456789":
            changed = good[:at] + digit + good[at + 1 :]
            # Weights 7..2 are not all prime to ten, so a digit may slip where 10 divides weight x difference.
            weight = 7 - at if at < 6 else 1
            slips = changed != good and weight * abs(int(digit) - int(good[at])) % 10 == 0
            assert Imo.valid(changed) is (changed == good or slips)


def test_every_noun_has_a_json_schema():
    for kind in NOUNS:
        schema = model.json_schema(kind)
        assert schema["$schema"].endswith("2020-12/schema")


def test_identifiers_print_as_scheme_and_value():
    assert str(Identifier(scheme="imo", value="8916580")) == "imo:8916580"
