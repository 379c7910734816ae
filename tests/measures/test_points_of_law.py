"""Ten points of law, each with the twin that flips one fact and the verdict, or shows that the fact does not matter."""

import pytest

from observance.measures import decide, read_facts
from observance.packs import flipped, load_pack

PACK = load_pack("dprk-1718")


def verdict(observation, measure, pack=PACK):
    found = {row.measure: row for row in decide(read_facts(observation, pack.vocabulary), pack)}
    return found[measure].verdict if measure in found else "none"


def case(event, act, item, way, day, **more):
    return {
        "event_type": event,
        "act": act,
        "items": [item] if item else [],
        "direction": way,
        "date": day,
        "modality": "asserted",
        "parties": {},
        "conditions": {},
    } | more


COAL = case(
    "commodity_export",
    "sell",
    "coal",
    "from_target",
    "2017-08-04",
    conditions={"notified_to_committee": "yes", "sum_so_far": [{"value": 100, "unit": "tonne"}]},
    quantities=[{"value": 10, "unit": "tonne"}],
)
SHIPS = {
    "one": {"role": "supplier", "type": "vessel", "flag": "TGO"},
    "two": {"role": "recipient", "type": "vessel", "flag": "PRK"},
}
AT_SEA = case("ship_to_ship", "ship_to_ship_transfer", "refined_petroleum", "to_target", "2018-02-01", parties=SHIPS)
OIL = case(
    "petroleum_delivery",
    "supply",
    "refined_petroleum",
    "to_target",
    "2022-05",
    conditions={"notified_to_committee": "yes", "share_of_limit_pct": 40},
)
RAJIN = case(
    "commodity_export",
    "transfer",
    "coal",
    "from_target",
    "2019-05-04",
    conditions={"origin": "RUS", "loaded_at": "port of Rajin", "notified_to_committee": "yes"},
)
GIFT = case("goods_import", "transfer", "luxury_goods", "to_target", "2023-01-01")
CODE = case("commodity_export", "export", None, "from_target", "2019-05", hs="1207")
FREEZE = case(
    "finance",
    "make_available",
    "funds",
    "to_target",
    "2023-05-01",
    conditions={"listed_party": "yes", "payer": "un_body", "purpose": "humanitarian"},
)
SEIZED = case(
    "seizure",
    "seize",
    "vessels",
    "none",
    "2019-05-09",
    parties={
        "ship": {"role": "vessel", "type": "vessel", "flag": "PRK"},
        "port": {"role": "agent", "type": "state", "state": "IDN"},
    },
    conditions={"reasonable_grounds": "yes"},
)
ARMS = case("arms_transfer", "supply", "munitions", "from_target", "2024-04-29")

POINTS = [
    ("1 the law of the day before the full ban", COAL, {}, "2371:8", "none"),
    ("1 the law of the day of the full ban", COAL, {"date": "2017-08-05"}, "2371:8", "engaged"),
    ("1 the ceiling ended on that day", COAL, {"date": "2017-08-05"}, "2321:26", "none"),
    ("2 a seizure is the duty of the port State", SEIZED, {}, "2397:9", "engaged"),
    ("2 and tells nothing of a breach", SEIZED, {}, "2371:8", "none"),
    ("2 without grounds no duty", SEIZED, {"conditions.reasonable_grounds": "no"}, "2397:9", "none"),
    ("3 the flag on one side", AT_SEA, {}, "2375:11", "engaged"),
    ("3 the flag on neither side", AT_SEA, {"parties.two.flag": "SLE"}, "2375:11", "none"),
    ("3 a flag that nobody tells", AT_SEA, {"parties.two.flag": None}, "2375:11", "not_determined"),
    ("3 the oil paragraph stays", AT_SEA, {"parties.two.flag": "SLE"}, "2397:5", "indicator"),
    ("4 reported and below the ceiling", OIL, {}, "2397:5", "none"),
    ("4 not reported, whatever the sum", OIL, {"conditions.notified_to_committee": "no"}, "2397:5", "engaged"),
    ("4 reported and above it", OIL, {"conditions.share_of_limit_pct": 130}, "2397:5", "engaged"),
    ("4 notice not told", OIL, {"conditions.notified_to_committee": "unknown"}, "2397:5", "indicator"),
    ("5 transit coal", RAJIN, {}, "2371:8", "possibly_exempt"),
    ("5 own coal", RAJIN, {"conditions.origin": "PRK"}, "2371:8", "engaged"),
    ("5 transit coal without notice", RAJIN, {"conditions.notified_to_committee": "no"}, "2371:8", "engaged"),
    ("6 a gift", GIFT, {}, "1718:8(a)(iii)", "engaged"),
    ("6 a sale, the price changes nothing", GIFT, {"act": "sell"}, "1718:8(a)(iii)", "engaged"),
    ("6 an offer", GIFT, {"modality": "offered"}, "1718:8(a)(iii)", "prospective"),
    ("6 an agreement", GIFT, {"modality": "intended"}, "1718:8(a)(iii)", "prospective"),
    ("7 a chapter in the text of the paragraph", CODE, {}, "2397:6", "engaged"),
    ("7 a code of an annex of the EU is a hint", CODE, {"hs": "0306"}, "2371:9", "indicator"),
    (
        "8 tonnes of crude below the paragraph's own figure",
        case(
            "petroleum_delivery",
            "supply",
            "crude_oil",
            "to_target",
            "2020-01-01",
            quantities=[{"value": 24999, "unit": "tonne"}],
            conditions={"notified_to_committee": "yes", "sum_so_far": [{"value": 500000, "unit": "tonne"}]},
        ),
        {},
        "2397:4",
        "none",
    ),
    (
        "8 and above it",
        case(
            "petroleum_delivery",
            "supply",
            "crude_oil",
            "to_target",
            "2020-01-01",
            quantities=[{"value": 25001, "unit": "tonne"}],
            conditions={"notified_to_committee": "yes", "sum_so_far": [{"value": 500000, "unit": "tonne"}]},
        ),
        {},
        "2397:4",
        "engaged",
    ),
    ("9 relief lifts the freeze", FREEZE, {}, "1718:8(d)", "possibly_exempt"),
    ("9 not before 2664", FREEZE, {"date": "2022-12-08"}, "1718:8(d)", "engaged"),
    ("9 not for another payer", FREEZE, {"conditions.payer": "other"}, "1718:8(d)", "engaged"),
    (
        "9 and no ban by sector",
        case(
            "goods_import",
            "supply",
            "machinery",
            "to_target",
            "2023-05-01",
            conditions={"payer": "un_body", "purpose": "humanitarian"},
        ),
        {},
        "2397:7",
        "engaged",
    ),
    ("10 while the Panel sat", ARMS, {}, "1874:9", "engaged"),
    ("10 after its end", ARMS, {"date": "2024-05-01"}, "1874:9", "engaged"),
    ("10 years after its end", ARMS, {"date": "2026-05-01"}, "1874:9", "engaged"),
]


@pytest.mark.parametrize(("point", "base", "flips", "measure", "wanted"), POINTS, ids=[row[0] for row in POINTS])
def test_point_of_law(point, base, flips, measure, wanted):
    assert verdict(flipped(base, flips), measure) == wanted


def test_a_seizure_is_a_response_and_never_conduct():
    rows = decide(read_facts(SEIZED, PACK.vocabulary), PACK)
    assert {row.role for row in rows if row.verdict == "engaged"} == {"response"}


def test_the_end_of_the_panel_switches_no_measure_off():
    ended = PACK.mandate.end["date"]
    stopped = [m.id for m in PACK.measures.values() if m.in_force_to == ended]
    assert all(PACK.measures[key].kind == "institution" for key in stopped)


def test_no_verdict_uses_a_forbidden_word():
    words = set(PACK.vocabulary.forbidden_words)
    assert words >= {"violation", "breach", "guilty", "illegal"}
    assert not words & set(PACK.vocabulary.ids("verdicts"))
