"""What is called false, doubted, cancelled or cleared is never read as done; what only sounds like it still is."""

import pytest

from observance.observations.claims.reader import read
from observance.observations.claims.record import Page

TAKEN_BACK = [
    "Moscow called reports that North Korea shipped shells to Russia false.",
    "Rumours that Iran supplied drones to Russia are false, the ministry said.",
    "The report that China delivered diesel to North Korea was wrong, an official said.",
    "Analysts doubt that North Korea sent tanks to Russia.",
    "It is untrue that Russia sold weapons to Iran, the embassy said.",
    "Claims that North Korea supplied missiles to Russia are baseless, the Kremlin said.",
    "The shipment of coal to China was cancelled before it left Nampo.",
    "The ministry dismissed as fabricated a report that North Korea sold rockets to Syria.",
    "Beijing described the claim that it delivered diesel to North Korea as baseless.",
    "Exports of coal by North Korea to China fell to zero in May.",
    "The tanker was cleared of carrying oil to North Korea.",
    "A court in Singapore acquitted two directors of Grey Tern Maritime of supplying gas oil to North Korea.",
    "A judge cleared the company of exporting coal to North Korea.",
    "The court overturned the conviction of Marlow Shipping for exporting cars to North Korea.",
    "A jury found the trader not guilty of selling rockets to Syria.",
    "The newspaper withdrew its report that Iran had sold rockets to Syria.",
    "Far from selling rockets to Syria, Iran has stopped all trade, the minister said.",
    "Instead of selling rockets to Syria, Iran kept them, the minister said.",
    "Iran stopped short of selling rockets to Syria.",
    "The trader was wrongly accused of selling rockets to Syria.",
]
DONE = [
    "North Korea shipped shells to Russia, reports that were first called false said.",
    "North Korea shipped shells to Russia under false papers.",
    "There is no doubt that North Korea sent tanks to Russia, the minister said.",
    "The report that China delivered diesel to North Korea was not wrong, an official said.",
    "Exports of coal by North Korea to China fell in May.",
    "North Korea delivered the rockets to Syria after the flight was cancelled.",
    "The trader was found guilty of selling rockets to Syria.",
    "The court upheld the conviction of Marlow Shipping for exporting cars to North Korea.",
    "He had sold rockets to Syria before the court convicted the trader of exporting coal to Iran.",
]


def modalities(text):
    claims = read(Page(text=text, publisher="Harbour Wire", published="2024-06-05"))
    return {
        claim.modality
        for claim in claims
        if claim.event in {"arms_transfer", "petroleum_delivery", "trade", "commodity_export"}
    }


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_what_is_taken_back_is_never_asserted(text):
    assert modalities(text) <= {"denied"}


@pytest.mark.parametrize("text", DONE)
def test_what_only_sounds_like_it_is_still_told_as_done(text):
    assert "asserted" in modalities(text)


def test_a_refused_licence_is_no_delivery():
    assert "asserted" not in modalities("Germany refused a licence for the export of machine tools to North Korea.")


@pytest.mark.parametrize(
    "text",
    [
        "A court in Singapore acquitted two directors of Grey Tern Maritime of supplying gas oil to North Korea.",
        "A court in Singapore convicted two directors of Grey Tern Maritime of supplying gas oil to North Korea.",
        "The high court overturned the conviction of Marlow Shipping for exporting cars to North Korea.",
        "The high court upheld the conviction of Marlow Shipping for exporting cars to North Korea.",
    ],
)
def test_the_court_is_never_the_supplier(text):
    claims = read(Page(text=text, publisher="Harbour Wire", published="2024-06-05"))
    deeds = [claim for claim in claims if claim.event in {"petroleum_delivery", "trade", "commodity_export"}]
    assert deeds
    assert not [one.name for claim in deeds for one in claim.participants if "court" in one.name]
    assert {one.name for claim in deeds for one in claim.participants if one.role == "supplier"} & {
        "two directors of Grey Tern Maritime",
        "Marlow Shipping",
    }


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Had Iran sold the rockets to Syria, the Council would have met.", "conditional"),
        ("Were Russia to ship fuel to North Korea, the cap would be broken.", "conditional"),
        ("The firm, suspected of shipping coal to North Korea, closed.", "believed"),
    ],
)
def test_conditions_by_word_order_and_suspicion(text, modality):
    assert modalities(text) == {modality}


def test_who_puts_a_company_on_a_list_did_not_do_what_it_is_listed_for():
    text = "The US lifted sanctions on a Chinese company it had listed for shipping oil to North Korea."
    claims = read(Page(text=text, publisher="Harbour Wire", published="2024-06-05"))
    suppliers = {one.name for claim in claims for one in claim.participants if one.role == "supplier"}
    assert suppliers == {"Chinese company"}
