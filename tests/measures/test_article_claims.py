"""The claims of an article, as a careful reader gives them, get the verdicts that the acceptance file asks for."""

import pytest
import yaml

from observance.measures import judge, read_facts
from observance.measures.situation import way_between
from observance.packs import load_pack
from tests.material import shared

PACK = load_pack("dprk-1718")


@pytest.fixture(scope="module")
def claims():
    document = yaml.safe_load(shared("acceptance/article_claims.yaml").read_text(encoding="utf-8"))
    return {claim["id"]: claim for claim in document["claims"]}


def record(claim, way=None):
    told = {
        "id": claim["id"],
        "event_type": claim["event_type"],
        "items": claim["items"],
        "modality": claim["modality"],
        "participants": [{"name": p["name"], "role": p["role"], "state": p.get("code")} for p in claim["participants"]],
        "published": "2024-06-19",
        "date": str(claim["date"]["value"]) if claim["date"] else None,
    }
    return told | ({"direction": way, "direction_inferred": True} if way else {})


def way_of(claims, claim, seen=()):
    """The direction that the claim leaves open and another claim of the same event or origin tells."""
    for relation in claim["relations"]:
        if relation["type"] in {"direction_from", "same_origin"} and relation["to"] not in seen:
            other = claims[relation["to"]]
            way = way_between(read_facts(record(other), PACK.vocabulary), PACK.target)
            if way in {"from_target", "to_target"}:
                return way
            way = way_of(claims, other, (*seen, claim["id"]))
            if way:
                return way
    return None


def judged(claims, ident):
    claim = claims[ident]
    return {
        str(row.measure): row for row in judge(read_facts(record(claim, way_of(claims, claim)), PACK.vocabulary), PACK)
    }


def test_every_required_measure_has_its_verdict(claims):
    wrong = []
    for ident, claim in claims.items():
        found = judged(claims, ident)
        for row in claim["measures"]:
            got = found[row["id"]].verdict if row["id"] in found else "none"
            if row.get("required", True) and got != row["verdict"]:
                wrong.append((ident, row["id"], row["verdict"], got))
    assert not wrong


def test_nothing_is_engaged_or_indicated_beyond_the_listed(claims):
    for ident, claim in claims.items():
        listed = {row["id"] for row in claim["measures"]}
        over = {
            key
            for key, row in judged(claims, ident).items()
            if row.verdict in {"engaged", "indicator", "possibly_exempt"}
        } - listed
        assert not over, (ident, over)


def test_claims_without_goods_get_one_of_their_rows_with_an_open_question(claims):
    for ident in ("S02", "S07"):
        rows = {row["id"]: row["verdict"] for row in claims[ident]["measures"]}
        found = judged(claims, ident)
        met = [key for key, verdict in rows.items() if key in found and found[key].verdict == verdict]
        assert met
        if ident == "S07":
            assert all(found[key].question for key in met)


def test_claims_without_a_measure_get_no_verdict(claims):
    for ident, claim in claims.items():
        if not claim["measures"]:
            assert not {key for key, row in judged(claims, ident).items() if row.verdict != "none"}, ident


def test_an_inferred_direction_says_so(claims):
    row = judged(claims, "S06")["1874:9"]
    (reason,) = [reason for reason in row.reasons if reason.condition == "direction"]
    assert "inferred" in reason.text


def test_arms_whose_direction_nobody_tells_are_not_determined(claims):
    facts = read_facts(record(claims["S06"]), PACK.vocabulary)
    found = {str(row.measure): row for row in judge(facts, PACK)}
    assert found["1874:9"].verdict == found["2270:6"].verdict == "not_determined"
    assert found["1874:9"].missing == "direction"


def test_food_matches_no_measure_and_the_veto_is_no_breach(claims):
    assert not judged(claims, "S17a")
    assert judged(claims, "S19a")["1874:26"].verdict == "none"
    assert judged(claims, "S19b")["1874:26"].verdict == "none"
