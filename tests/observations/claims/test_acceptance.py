"""The acceptance article and its companions, claim by claim."""

from functools import lru_cache

import pytest
import yaml

from observance.observations.claims.reader import read
from observance.observations.claims.record import Claim
from tests.material import ROOT, shared
from tests.observations.claims.acceptance import best, expected_claims, overlaps, page

_FILE = ROOT / "acceptance/article_claims.yaml"
CLAIMS = yaml.safe_load(_FILE.read_text(encoding="utf-8")) if _FILE.exists() else {"claims": [], "not_claims": []}
_B = ROOT / "acceptance/expected_b.yaml"
COMPANIONS = yaml.safe_load(_B.read_text(encoding="utf-8"))["companions"] if _B.exists() else []
ROWS = [(c["file"], one) for c in COMPANIONS for one in c["claims"]]


@lru_cache(maxsize=32)
def told(name: str) -> tuple[Claim, ...]:
    return read(page(name))


def test_the_material_is_there() -> None:
    shared("acceptance/article_claims.yaml")
    assert len(expected_claims()) == 28


@pytest.mark.parametrize("expected", CLAIMS["claims"], ids=[c["id"] for c in CLAIMS["claims"]])
def test_a_claim_of_the_article_is_read_with_every_part(expected: dict) -> None:
    _, wrong = best(expected, told("article"), (expected["span"]["start"], expected["span"]["end"]))
    assert not wrong


@pytest.mark.parametrize("none", [n for n in CLAIMS["not_claims"] if n["kind"] == "boilerplate"], ids=lambda n: n["id"])
def test_boilerplate_of_the_article_yields_nothing(none: dict) -> None:
    span = (none["span"]["start"], none["span"]["end"])
    assert not [
        c
        for c in told("article")
        if overlaps(c.evidence, span) or any(s.span and overlaps(s.span, span) for s in c.chain)
    ]


def test_nothing_feared_intended_or_open_is_told_as_fact() -> None:
    soft = [c for c in CLAIMS["claims"] if c["modality"] not in {"asserted", "believed"}]
    for expected in soft:
        span = (expected["span"]["start"], expected["span"]["end"])
        flat = [
            c
            for c in told("article")
            if c.event == expected["event_type"] and overlaps(c.trigger, span) and c.modality == "asserted"
        ]
        assert not flat, expected["id"]


@pytest.mark.parametrize(("file", "expected"), ROWS, ids=[r[1]["id"] for r in ROWS])
def test_a_claim_of_a_companion_is_read_with_every_part(file: str, expected: dict) -> None:
    _, wrong = best(expected, told(f"companions/{file[:-4]}"), (expected["span"]["start"], expected["span"]["end"]))
    assert not wrong


def test_the_article_tells_the_same_whatever_its_publisher() -> None:
    from dataclasses import replace

    other = read(replace(page("article"), publisher="Harbour Daily"))
    here = told("article")
    assert [(c.event, c.modality, c.participants, c.items) for c in other] == [
        (c.event, c.modality, c.participants, c.items) for c in here
    ]
    assert {c.chain[0].name for c in other} == {"Harbour Daily"}
