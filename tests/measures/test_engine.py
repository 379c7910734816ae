"""What holds of every record: unknown is never no, watch-only stays prospective, order does not matter."""

import dataclasses
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observance.measures import decide, explain, judge, read_facts
from observance.measures.days import parse_days
from observance.measures.facts import Facts, Party, Thing
from observance.packs import load_pack

PACKS = {name: load_pack(name) for name in ("dprk-1718", "iran-1737")}
PACK = PACKS["dprk-1718"]
VOCABULARY = PACK.vocabulary
TERMS = {
    section: sorted(VOCABULARY.ids(section))
    for section in ("acts", "items", "event_types", "roles", "actor_types", "modality")
}
STATES = ["PRK", "IRN", "RUS", "CHN", None]


def told_values(term):
    if isinstance(term.values, list):
        return st.sampled_from(term.values)
    return {
        "date": st.dates(date(2006, 1, 1), date(2026, 1, 1)).map(str),
        "acts": st.lists(st.sampled_from(TERMS["acts"]), max_size=3).map(", ".join),
        "state": st.sampled_from([state for state in STATES if state]),
        "number": st.floats(0, 500),
        "quantity": st.lists(
            st.fixed_dictionaries({"value": st.floats(0, 1e7), "unit": st.sampled_from(["tonne", "barrel", "USD"])}),
            max_size=2,
        ),
    }.get(term.values, st.text(max_size=20))


conditions = st.fixed_dictionaries({}, optional={key: told_values(term) for key, term in VOCABULARY.conditions.items()})
parties = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.text(min_size=1, max_size=8),
            "role": st.sampled_from(TERMS["roles"]),
            "type": st.sampled_from(TERMS["actor_types"]),
            "state": st.sampled_from(STATES),
            "flag": st.sampled_from(STATES),
        }
    ),
    max_size=4,
)
days = st.one_of(
    st.none(),
    st.dates(date(2005, 1, 1), date(2026, 1, 1)).map(str),
    st.dates(date(2005, 1, 1), date(2026, 1, 1)).map(lambda day: str(day)[:7]),
    st.integers(2005, 2026).map(str),
)
records = st.fixed_dictionaries(
    {
        "id": st.just("x"),
        "event_type": st.sampled_from(TERMS["event_types"]),
        "acts": st.lists(st.sampled_from(TERMS["acts"]), max_size=3),
        "items": st.lists(st.sampled_from(TERMS["items"]), max_size=3),
        "hs": st.lists(st.sampled_from(["27", "2701", "8504", "870324", "6704", "7108"]), max_size=2),
        "direction": st.sampled_from([None, "from_target", "to_target", "both", "none"]),
        "date": days,
        "modality": st.sampled_from(TERMS["modality"]),
        "participants": parties,
        "conditions": conditions,
        "quantities": st.lists(
            st.fixed_dictionaries({"value": st.floats(0, 1e7), "unit": st.sampled_from(["tonne", "barrel"])}),
            max_size=2,
        ),
    }
)


def verdicts(record, pack=PACK):
    return {row.measure: (row.verdict, row.exemption) for row in decide(read_facts(record, VOCABULARY), pack)}


@settings(max_examples=300, deadline=None)
@given(records, st.sampled_from(list(PACKS)))
def test_any_facts_are_judged_and_the_reasons_are_those_of_the_verdict(record, name):
    pack = PACKS[name]
    facts = read_facts(record, VOCABULARY)
    fast = [(row.measure, row.verdict, row.exemption, row.missing) for row in decide(facts, pack)]
    slow = judge(facts, pack)
    assert fast == [(str(row.measure), row.verdict, row.exemption, row.missing) for row in slow]
    assert all(row.reasons for row in slow)
    assert explain(facts, pack, slow)
    for row in slow:
        assert (row.verdict == "not_determined") <= (row.missing is not None and row.question is not None)
        assert (row.verdict == "possibly_exempt") <= bool(row.question)


@settings(max_examples=200, deadline=None)
@given(records)
def test_watch_only_is_prospective_at_most_and_a_denial_says_nothing(record):
    for modality, row in VOCABULARY.modality.items():
        found = {verdict for verdict, _ in verdicts(record | {"modality": modality}).values()}
        if row.enters_finding == "watch_only":
            assert not found & {"engaged", "possibly_exempt", "indicator"}
        elif row.enters_finding != "as_claim":
            assert not found


@settings(max_examples=200, deadline=None)
@given(records, st.integers(0, 10**6))
def test_the_order_of_what_is_told_does_not_matter(record, seed):
    shuffled = dict(record)
    for key in ("acts", "items", "hs", "participants", "quantities"):
        shuffled[key] = random.Random(seed).sample(record[key], len(record[key]))
    assert {k: v[0] for k, v in verdicts(record).items()} == {k: v[0] for k, v in verdicts(shuffled).items()}


@settings(max_examples=200, deadline=None)
@given(records)
def test_a_condition_said_to_be_unknown_is_as_if_it_were_not_told(record):
    for key in list(record["conditions"]):
        gone = record | {"conditions": {k: v for k, v in record["conditions"].items() if k != key}}
        unknown = record | {"conditions": record["conditions"] | {key: "unknown"}}
        assert verdicts(gone) == verdicts(unknown)


@settings(max_examples=200, deadline=None)
@given(records)
def test_kinds_that_are_no_duty_are_never_engaged(record):
    for key, (verdict, _) in verdicts(record).items():
        if PACK.measures[key].kind in {"institution", "exemption", "reporting"}:
            assert verdict == "none"


def test_on_judges_by_the_law_of_another_day():
    facts = read_facts(
        {
            "event_type": "commodity_export",
            "act": "sell",
            "items": ["coal"],
            "direction": "from_target",
            "date": "2018-01-01",
        },
        VOCABULARY,
    )
    today = {row.measure: row.verdict for row in decide(facts, PACK)}
    then = {row.measure: row.verdict for row in decide(facts, PACK, on=date(2010, 1, 1))}
    assert today["2371:8"] == "engaged"
    assert then.get("2371:8", "none") == "none"


def test_what_is_not_dated_is_judged_by_the_day_on_which_it_was_told():
    facts = Facts(id="x", event_type="arms_transfer", things=(Thing("munitions"),), direction="from_target")
    assert {row.measure: row.missing for row in decide(facts, PACK)}["1874:9"] == "date"
    told = dataclasses.replace(facts, told_on=date(2024, 6, 18))
    assert {row.measure: row.verdict for row in decide(told, PACK)}["1874:9"] == "engaged"


def test_the_same_observation_has_another_direction_under_another_pack():
    facts = Facts(
        id="x",
        event_type="arms_transfer",
        things=(Thing("small_arms"),),
        days=parse_days("2025-10-15"),
        parties=(Party("a", "supplier", "state", "PRK"), Party("b", "recipient", "state", "IRN")),
    )
    assert {row.measure for row in decide(facts, PACK) if row.verdict == "engaged"} == {"1874:9"}
    assert not [row for row in decide(facts, PACKS["iran-1737"]) if row.verdict == "engaged"]


@pytest.mark.parametrize(
    ("text", "first", "last", "stretch"),
    [
        ("2017", "2017-01-01", "2017-12-31", False),
        ("2017-02", "2017-02-01", "2017-02-28", False),
        ("2017-Q3", "2017-07-01", "2017-09-30", False),
        ("2017-08-06", "2017-08-06", "2017-08-06", False),
        ("2018-01-21/2018-01-31", "2018-01-21", "2018-01-31", False),
        ("2017-04/2017-10", "2017-04-01", "2017-10-31", True),
        ("2023-09/..", "2023-09-01", "2024-06-19", True),
    ],
)
def test_days_of_any_precision(text, first, last, stretch):
    found = parse_days(text, until=date(2024, 6, 19))
    assert (date.fromordinal(found.first).isoformat(), date.fromordinal(found.last).isoformat(), found.stretch) == (
        first,
        last,
        stretch,
    )


@pytest.mark.parametrize("text", ["", "17", "2017-13", "2017-02-30", "2018/2017", "yesterday", "2017-08-06T10"])
def test_what_is_no_date_is_a_fault(text):
    with pytest.raises(ValueError):
        parse_days(text)


def test_a_belief_about_some_cargo_at_some_time_supports_nothing():
    record = {
        "event_type": "trade",
        "act": "supply",
        "items": ["cargo_any"],
        "direction": "from_target",
        "modality": "believed",
        "published": "2018-03-30",
        "conditions": {"listed_party": "yes"},
    }
    found = {row.measure: row for row in decide(read_facts(record, VOCABULARY), PACK)}
    assert (found["2087:9"].verdict, found["2087:9"].missing) == ("not_determined", "date")
    dated = {row.measure: row for row in decide(read_facts(record | {"date": "2018-03"}, VOCABULARY), PACK)}
    assert dated["2087:9"].verdict == "engaged"


def test_who_hires_a_ship_gets_it_and_who_employs_abroad_gives_its_own_workers():
    def found(act, item, *parties):
        people = [{"name": str(n), "role": r, "type": t, "country": s} for n, (r, t, s) in enumerate(parties)]
        told = {"event_type": "trade", "acts": [act], "items": [item], "date": "2018-06-01", "participants": people}
        return {row.measure: row for row in decide(read_facts(told, VOCABULARY), PACK)}

    chartered = found("charter", "vessels", ("owner", "company", "CHN"), ("charterer", "company", "PRK"))
    assert chartered["2321:8"].verdict == "engaged"
    carried = found("supply", "machinery", ("owner", "company", "CHN"), ("charterer", "company", "PRK"))
    assert carried["2397:7"].verdict == "none"
    workers = found("employ", "workers", ("employer", "company", "PRK"), ("host", "state", "SEN"))
    assert (workers["2375:17"].verdict, workers["2375:17"].missing) == ("not_determined", "contract_date")
