"""Rewritings of the acceptance article change exactly the fields that they should."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.reading.scorer import Score, score
from observance.observations.claims.gold import write_predictions
from observance.observations.claims.reader import read
from tests.material import shared
from tests.observations.claims.acceptance import best, expected_claims, page
from tests.observations.claims.twins import TWINS, Twin, gold_of, moved, rewrite

PERSONS = {"Vladimir Putin": "Anton Karpovich", "Kim Jong Un": "Yonas Tesfay"}


def expected_of(twin: Twin, claim: dict[str, Any]) -> dict[str, Any]:
    """An expected claim of the article with the changes of a twin."""
    out = copy.deepcopy(claim)
    for party in out["participants"]:
        if party.get("code") in twin.states:
            party["code"] = twin.states[party["code"]]
        if twin.states and party["name"].startswith("Panel of Experts"):
            party["name"] = "Panel of Experts"  # another State, so another panel
    if twin.states:
        for link in out["source_chain"]:
            link["name"] = PERSONS.get(link["name"], link["name"])
    if twin.publisher:
        out["source_chain"][0]["name"] = twin.publisher
    name = out["id"]
    if name in twin.modality:
        out["modality"] = twin.modality[name]
        out["modality_accept"] = []
    if name in twin.quantity:
        out["quantity"].update(twin.quantity[name])
    if name in twin.date:
        out["date"].update({"value": twin.date[name], "accept": []})
    if name in twin.said_on:
        out["said_on"]["value"] = twin.said_on[name]
    if name in twin.chain:
        out["source_chain"] = [{"name": n} for n in twin.chain[name]]
    return out


@pytest.mark.parametrize("twin", TWINS, ids=[t.name for t in TWINS])
def test_a_twin_changes_the_fields_that_it_should_and_no_other(twin: Twin) -> None:
    base = page("article")
    text, moves = rewrite(base.text, twin.replace)
    told = read(replace(base, text=text, publisher=twin.publisher or base.publisher))
    wrong = {}
    for claim in expected_claims():
        expected = expected_of(twin, claim)
        _, faults = best(expected, told, moved((claim["span"]["start"], claim["span"]["end"]), moves))
        if faults:
            wrong[claim["id"]] = faults
    assert not wrong


@pytest.mark.parametrize("twin", TWINS, ids=[t.name for t in TWINS])
def test_a_twin_is_read_as_well_as_the_article(twin: Twin) -> None:
    base = page("article")
    text, moves = rewrite(base.text, twin.replace)
    gold = gold_of(
        json.loads(shared("data/text/dev/seed.claims.json").read_text(encoding="utf-8")), twin, moves, text, "twin.txt"
    )
    told = write_predictions(read(replace(base, text=text)), "seed")["claims"]
    whole = Score.joined(score({"seed": (gold, text)}, {"seed": told}).values())
    assert whole.value("event") >= 0.85
    assert whole.value("participant") >= 0.80


def test_there_are_at_least_twelve_twins() -> None:
    assert len(TWINS) >= 12
