"""Who says it: chains of sources, nearest to the event last."""

import pytest

from tests.observations.claims.reading import claims, speakers, who

CHAINS = [
    ("Iran has sent missiles to Libya.", []),
    ("Iran has sent missiles to Libya, French officials said.", ["French officials"]),
    ("French officials say that Iran has sent missiles to Libya.", ["French officials"]),
    ("According to two diplomats, Iran has sent missiles to Libya.", ["two diplomats"]),
    (
        "Iran has sent missiles to Libya, the French minister Anna Vell told the Baltic Courier.",
        ["Baltic Courier", "Anna Vell"],
    ),
    ("The French minister Anna Vell told Reuters that Iran has sent missiles to Libya.", ["Reuters", "Anna Vell"]),
    (
        "Iran has sent missiles to Libya, the Baltic Courier reported, citing a customs officer.",
        ["Baltic Courier", "customs officer"],
    ),
    (
        "Iran has sent missiles to Libya, according to two diplomats quoted by the weekly Baltic Courier.",
        ["Baltic Courier", "two diplomats"],
    ),
    ("“Iran has sent missiles to Libya,” said Anna Vell, a fellow at the Rhine Institute.", ["Anna Vell"]),
    ("“Iran has sent missiles to Libya. It has sent drones, too,” Anna Vell said.", ["Anna Vell"]),
    ("French officials say that Libya believes Iran has sent missiles to Sudan.", ["French officials", "Libya"]),
    ("Satellite images show that Iran has sent missiles to Libya.", ["satellite images"]),
    (
        "Iran has sent missiles to Libya, tracking data compiled by the group Sky Watch show.",
        ["Sky Watch", "tracking data"],
    ),
    ("Bloomberg quotes Anna Vell as saying that Iran has sent missiles to Libya.", ["Bloomberg", "Anna Vell"]),
    ("Iran has sent missiles to Libya: so Anna Vell in an interview with Reuters.", ["Reuters", "Anna Vell"]),
    ("Iran is thought to have sent missiles to Libya.", []),
]


@pytest.mark.parametrize(("text", "chain"), CHAINS, ids=[c[0] for c in CHAINS])
def test_a_chain_runs_from_the_publisher_to_the_speaker(text: str, chain: list[str]) -> None:
    found = [c for c in claims(text) if c.event == "arms_transfer"]
    assert found
    assert all(c.chain[0].publisher for c in found)
    assert speakers(found[0]) == chain


def test_a_denial_stays_with_the_one_who_denies() -> None:
    text = "Denying the French accusation that Iran had sent missiles to Libya, Iran said it had sent grain to Libya."
    grain = next(c for c in claims(text) if "food_aid" in {i.id for i in c.items})
    assert grain.modality == "asserted"


def test_two_who_deny_are_two_claims() -> None:
    found = [
        c
        for c in claims("Both Cuba and Libya deny that Cuba has sent any missiles to Libya.")
        if c.event == "arms_transfer"
    ]
    assert {tuple(speakers(c)) for c in found} == {("Cuba",), ("Libya",)}
    assert {c.modality for c in found} == {"denied"}


def test_belief_and_fear_of_one_source_are_two_certainties() -> None:
    text = "French officials believe that arms transfers between Cuba and Libya have grown, and fear that Cuba could give Libya more missiles."
    told = {c.modality for c in claims(text) if c.event == "arms_transfer"}
    assert told == {"believed", "feared"}


def test_in_return_for_turns_the_direction() -> None:
    text = "Cuba had offered technological help for Libya’s spy satellites in return for Libya’s agreement to supply nearly 3mn artillery shells, Anna Vell told Reuters."
    tech, arms = (next(c for c in claims(text) if c.event == e) for e in ("technology_assistance", "arms_transfer"))
    assert (tech.modality, arms.modality) == ("offered", "intended")
    assert "CUB" in who(tech, "provider_of_technology")
    assert "LBY" in who(tech, "recipient")
    assert "LBY" in who(arms, "supplier")
    assert "CUB" in who(arms, "recipient")
    assert [(q.value, q.unit, q.approximator) for q in arms.quantities] == [(3_000_000, "shell", "nearly")]
    assert ("exchange_for", arms.id) in {(r.kind, r.to) for r in tech.relations}
    assert speakers(tech) == speakers(arms) == ["Reuters", "Anna Vell"]


def test_a_capacity_is_no_amount_delivered() -> None:
    text = "At least 900 containers have gone from Cuba to Libya, Anna Vell told Reuters. Packed with artillery shells, they could hold as many as 2 million, she said."
    found = claims(text)
    hold = next(c for c in found if any(q.role == "capacity" for q in c.quantities))
    assert hold.modality == "conditional"
    assert all(q.role == "capacity" for c in found for q in c.quantities if q.value == 2_000_000)
    assert speakers(hold) == ["Reuters", "Anna Vell"]


def test_a_report_denied_without_its_content_is_a_denial_of_what_was_told() -> None:
    text = "Cuba has sent missiles to Libya, the Baltic Courier reported. Libya rejected the report on Tuesday."
    denied = [c for c in claims(text) if c.modality == "denied"]
    assert [(c.event, speakers(c)) for c in denied] == [("arms_transfer", ["Libya"])]


def test_the_day_of_saying_is_never_the_day_of_the_event() -> None:
    text = "Anna Vell said on Tuesday that Cuba had sent missiles to Libya in January."
    arms = next(c for c in claims(text) if c.event == "arms_transfer")
    assert arms.said_on is not None
    assert arms.said_on.value == "2025-03-11"
    assert [d.value for d in arms.dates] == ["2025-01"]


def test_conditions_told_beside_a_claim_stand_with_it() -> None:
    text = "Cuba exported 300 tons of coal of Kenyan origin to Libya. The transfer was not reported to the Committee."
    coal = next(c for c in claims(text) if "coal" in {i.id for i in c.items})
    assert {(c.id, c.value) for c in coal.conditions} == {("origin", "KEN"), ("notified_to_committee", "no")}
    assert all(text[c.span[0] : c.span[1]] == c.words for c in coal.conditions)


def test_a_pair_told_before_fills_a_partner_left_out_and_says_so() -> None:
    text = "Cuba has sent missiles to Libya. Libya received 40 more missiles in May."
    second = [c for c in claims(text) if c.event == "arms_transfer"][-1]
    giver = next(p for p in second.participants if p.role == "supplier")
    assert (giver.code, giver.inferred) == ("CUB", True)
