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
]
DONE = [
    "North Korea shipped shells to Russia, reports that were first called false said.",
    "North Korea shipped shells to Russia under false papers.",
    "There is no doubt that North Korea sent tanks to Russia, the minister said.",
    "The report that China delivered diesel to North Korea was not wrong, an official said.",
    "Exports of coal by North Korea to China fell in May.",
    "North Korea delivered the rockets to Syria after the flight was cancelled.",
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
