"""Facts from observations of the model: direction from the parties, the day of the act, what lists add."""

from datetime import date

from observance.measures import facts_from_observation, judge
from observance.model import (
    Citation,
    Condition,
    Detector,
    EventDate,
    Item,
    Observation,
    Participant,
    Quantity,
    Sha256,
    TextSpan,
)
from observance.packs import load_pack

PACK = load_pack("dprk-1718")


def observation(**more):
    told = {
        "kind": "claim",
        "event_type": "arms_transfer",
        "items": (Item(token="munitions", text="shells"),),
        "participants": (
            Participant(name="North Korea", role="supplier", type="state", state="PRK"),
            Participant(name="Russia", role="recipient", type="state", state="RUS"),
        ),
        "published": "2024-06-19",
        "citations": (Citation(evidence=Sha256("0" * 64), selector=TextSpan(start=0, end=1, exact="x")),),
        "detector": Detector(name="test", version="1"),
    }
    return Observation(**(told | more)).sealed()


def verdicts(one, **more):
    return {str(row.measure): row for row in judge(facts_from_observation(one, PACK.vocabulary, **more), PACK)}


def test_the_direction_follows_from_the_parties():
    found = verdicts(observation())
    assert found["1874:9"].verdict == "engaged"
    assert found["2270:6"].verdict == "none"
    assert found["1874:9"].subject.startswith("obs-")


def test_an_open_direction_is_filled_from_elsewhere_and_shown_as_inferred():
    sides = tuple(Participant(name=s, role="party", type="state", state=s) for s in ("PRK", "RUS"))
    one = observation(participants=sides)
    assert verdicts(one)["1874:9"].verdict == "not_determined"
    filled = verdicts(one, direction="from_target")
    assert filled["1874:9"].verdict == "engaged"
    assert any("inferred" in reason.text for reason in filled["1874:9"].reasons)


def test_the_day_of_the_act_decides_and_not_the_day_of_saying():
    dated = observation(
        date=EventDate(value="2008-01", precision="month"), said_on=EventDate(value="2024-06-18", precision="day")
    )
    assert verdicts(dated)["1874:9"].verdict == "none"
    undated = observation(said_on=EventDate(value="2024-06-18", precision="day"))
    row = verdicts(undated)["1874:9"]
    assert (row.verdict, row.law_day) == ("engaged", "2024-06-18")
    assert any("not dated" in reason.text for reason in row.reasons)


def test_a_capacity_is_no_amount_that_moved():
    one = observation(
        event_type="petroleum_delivery",
        act="supply",
        items=(Item(token="refined_petroleum"),),
        participants=(Participant(name="a", role="recipient", state="PRK"),),
        quantities=(Quantity(value=900000, unit="barrel", role="capacity"),),
        conditions=(Condition(key="notified_to_committee", value="yes"),),
    )
    assert verdicts(one)["2397:5"].verdict == "possibly_exempt"


def test_facts_of_a_list_come_from_beside_and_those_told_win():
    day = EventDate(value="2024-05", precision="month")
    told = {"items": (), "event_type": "trade", "act": "transfer", "date": day}
    one = observation(participants=(Participant(name="a", role="supplier", state="PRK"),), **told)
    assert verdicts(one, conditions={"listed_party": "yes"})["2087:9"].verdict == "engaged"
    other = observation(conditions=(Condition(key="listed_party", value="no"),), **told)
    assert verdicts(other, conditions={"listed_party": "yes"})["2087:9"].verdict == "none"


def test_words_that_no_date_can_be_made_of_leave_it_undated():
    one = observation(date=EventDate(value="", precision="unresolved", text="recently"))
    assert facts_from_observation(one, PACK.vocabulary).days is None
    assert facts_from_observation(one, PACK.vocabulary).told_on == date(2024, 6, 19)


def test_a_listing_told_later_says_nothing_of_the_day_of_the_act():
    told = {"items": (), "event_type": "trade", "act": "transfer"}
    seller = (Participant(name="a", role="supplier", type="company", state="PRK"),)
    listed = (Condition(key="listed_party", value="yes"),)
    before = EventDate(value="2017-12-09", precision="day")
    one = observation(participants=seller, conditions=listed, date=before, published="2018-03-30", **told)
    assert verdicts(one)["2087:9"].verdict == "none"
    same_day = observation(participants=seller, conditions=listed, date=before, published="2017-12-09", **told)
    assert verdicts(same_day)["2087:9"].verdict == "engaged"
    dated = (*listed, Condition(key="listed_on", value="2017-06-02"))
    known = observation(participants=seller, conditions=dated, date=before, published="2018-03-30", **told)
    assert verdicts(known)["2087:9"].verdict == "engaged"
    assert any("day of telling" in row for row in facts_from_observation(one, PACK.vocabulary).caveats)


def test_a_body_of_the_regime_supplies_nothing():
    def sent_by(name, **more):
        parties = (
            Participant(name=name, role="supplier", **more),
            Participant(name="North Korea", role="recipient", type="state", state="PRK"),
        )
        return observation(
            event_type="trade", act="supply", items=(Item(token="machinery", text="pumps"),), participants=parties
        )

    assert not verdicts(sent_by("1718 Committee", type="organisation"))
    assert verdicts(sent_by("Aid Committee", type="organisation", state="DNK"))["2397:7"].verdict == "engaged"
    assert verdicts(sent_by("Relief Group", type="organisation"))["2397:7"].verdict == "engaged"
