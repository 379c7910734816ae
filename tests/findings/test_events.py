"""Which observations meet in one event: detectors of every kind, by act, sides, identities, goods and time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from observance.findings import FindingSet, find
from observance.model import Decision, Observation
from tests.findings import gold
from tests.findings.gold import File
from tests.findings.making import amount, claim, day, file_of, official, party, ship, sighting

OIL = [("2397:5", "engaged")]


def run(file: File, *decisions: Decision, **options: object) -> FindingSet:
    return find(
        file.observations.values(),
        file.judgements,
        file.evidence,
        gold.regime(),
        decisions,
        now=gold.NOW,
        **options,  # type: ignore[arg-type]
    )


def delivery(document: str, words: str, imo: str, date: str, **more: object) -> Observation:
    return claim(
        document,
        words,
        "petroleum_delivery",
        ship("Ocean Lark", imo),
        party("North Korea", "recipient", "PRK"),
        items=("refined_petroleum",),
        date=day(date),
        **more,  # type: ignore[arg-type]
    )


def groups(file: File, found: FindingSet) -> set[frozenset[str]]:
    return {frozenset(file.names(event.observations)) for event in found.events}


def test_a_track_and_a_claim_of_one_ship_in_one_period_are_one_event_and_make_it_assessed() -> None:
    file = file_of(
        (
            delivery(
                "a",
                "Ocean Lark delivered diesel",
                "9123456",
                "2024-05-02",
                chain=official("K. Ito", "JPN", "Harbour Daily"),
            ),
            OIL,
        ),
        (
            sighting(
                "t", "ship_to_ship", ship("OCEAN LARK", "9123456"), date="2024-05-03", items=("refined_petroleum",)
            ),
            [("2375:11", "indicator")],
        ),
    )
    found = run(file)
    assert frozenset({"o0", "o1"}) in groups(file, found)
    (finding,) = found.findings
    version = finding.current
    assert version.layer == "assessed"
    first = version.statements[0]
    assert first.likelihood == "likely"
    assert "likely" not in first.text
    assert version.confidence is not None
    assert version.confidence.level == "moderate"


def test_two_ships_that_did_the_same_are_two_events() -> None:
    file = file_of(
        (delivery("a", "One ship delivered diesel", "9123456", "2024-05-02"), OIL),
        (delivery("b", "Another ship delivered diesel", "9234567", "2024-05-02"), OIL),
    )
    assert groups(file, run(file)) == {frozenset({"o0"}), frozenset({"o1"})}


def test_one_ship_a_year_apart_is_two_events() -> None:
    file = file_of(
        (delivery("a", "The ship delivered diesel", "9123456", "2023-05-02"), OIL),
        (delivery("b", "The ship delivered diesel again", "9123456", "2024-05-02"), OIL),
    )
    assert len(groups(file, run(file))) == 2


def test_a_sighting_alone_is_watched_and_no_finding() -> None:
    file = file_of(
        (
            sighting("t", "ship_to_ship", ship("OCEAN LARK", "9123456"), ship("SEA FOG"), date="2024-05-03"),
            [("2375:11", "indicator")],
        ),
    )
    found = run(file)
    assert not found.findings
    assert [file.names(line.observations) for line in found.watch] == [{"o0"}]


def test_an_examined_record_that_tells_it_itself_concludes() -> None:
    record = claim(
        "invoice",
        "Invoice: 700 t gas oil to Nampo",
        "petroleum_delivery",
        party("China", "supplier", "CHN"),
        party("North Korea", "recipient", "PRK"),
        items=("refined_petroleum",),
        date=day("2024-05-02"),
        quantities=amount(700, "tonne"),
    )
    file = file_of((record, OIL), kinds={"invoice": "official_document"})
    (finding,) = run(file).findings
    assert finding.current.layer == "concluded"
    assert finding.current.grades[0].source == "A"


def test_a_record_that_only_quotes_somebody_does_not_conclude() -> None:
    quoted = claim(
        "memo",
        "an official said that oil was sent",
        "petroleum_delivery",
        party("China", "supplier", "CHN"),
        party("North Korea", "recipient", "PRK"),
        items=("refined_petroleum",),
        chain=official("A. Lee", "KOR", "Ministry memo"),
        date=day("2024-05-02"),
    )
    file = file_of((quoted, OIL), kinds={"memo": "official_document"})
    (finding,) = run(file).findings
    assert finding.current.layer != "concluded"


def test_a_claim_that_may_be_exempt_asks_for_the_paper() -> None:
    coal = claim(
        "a",
        "Coal of Russian origin left Rason",
        "commodity_export",
        party("North Korea", "supplier", "PRK"),
        party("China", "recipient", "CHN"),
        items=("coal",),
        date=day("2019-05-02"),
    )
    file = file_of((coal, [("2371:8", "possibly_exempt")]), exemption="EX-2371-8")
    (finding,) = run(file).findings
    version = finding.current
    assert version.rule == "possibly_exempt"
    assert "unless exempt" in " ".join(s.text for s in version.statements)
    assert any("paper" in gap.text for gap in version.gaps)


def test_a_claim_that_is_exempt_is_shown_as_exempt() -> None:
    coal = claim(
        "a",
        "Coal of Russian origin left Rason",
        "commodity_export",
        party("North Korea", "supplier", "PRK"),
        party("China", "recipient", "CHN"),
        items=("coal",),
        date=day("2019-05-02"),
    )
    file = file_of((coal, [("2371:8", "none")]), exemption="EX-2371-8")
    (finding,) = run(file).findings
    assert finding.current.rule == "exempt"
    assert {v for _, v in finding.current.measures} == {"none"}


def test_both_directions_told_leave_an_open_exchange_open() -> None:
    there = claim(
        "a",
        "A sent arms to B",
        "arms_transfer",
        party("North Korea", "supplier", "PRK"),
        party("Syria", "recipient", "SYR"),
        items=("arms_all",),
    )
    back = claim(
        "a",
        "B sent arms to A",
        "arms_transfer",
        party("Syria", "supplier", "SYR"),
        party("North Korea", "recipient", "PRK"),
        items=("arms_all",),
    )
    between = claim(
        "a",
        "arms went between them",
        "arms_transfer",
        party("Syria", "party", "SYR"),
        party("North Korea", "party", "PRK"),
        items=("arms_all",),
    )
    file = file_of(
        (there, [("1874:9", "engaged")]), (back, [("2270:6", "engaged")]), (between, [("1874:9", "not_determined")])
    )
    found = run(file)
    assert not any(g.kind == "direction_inferred" for event in found.events for g in event.grounds)
    assert "o2" not in {n for f in found.findings for n in file.names(f.current.observations)}


@pytest.mark.parametrize("kind", ["join_events", "part_events"])
def test_a_person_can_join_and_part_events_and_it_is_kept(kind: str) -> None:
    one, two = (
        delivery("a", "One ship delivered diesel", "9123456", "2024-05-02"),
        delivery("b", "Another ship delivered it", "9234567", "2024-05-02"),
    )
    three = delivery("c", "One ship delivered diesel, too", "9123456", "2024-05-03")
    file = file_of((one, OIL), (two, OIL), (three, OIL))
    joined = (one, two) if kind == "join_events" else (three,)
    decision = Decision(
        kind=kind,
        subject="event",
        citations=tuple(c for o in joined for c in o.citations),
        by="R. Analyst",
        at=datetime(2024, 7, 1, tzinfo=UTC),
        reason="same cargo papers",
    ).sealed()
    expected = (
        {frozenset({"o0", "o1", "o2"})}
        if kind == "join_events"
        else {frozenset({"o0"}), frozenset({"o1"}), frozenset({"o2"})}
    )
    found = run(file, decision)
    assert groups(file, found) == expected
    assert any(g.kind == "person" and "R. Analyst" in g.text for e in found.events for g in e.grounds)


@pytest.mark.parametrize("kind", ["join_origins", "part_origins"])
def test_a_person_can_join_and_part_origins(kind: str) -> None:
    sides = (party("China", "supplier", "CHN"), party("North Korea", "recipient", "PRK"))
    rows = [
        claim(
            "a",
            "oil went, he said",
            "petroleum_delivery",
            *sides,
            items=("petroleum",),
            chain=official("A. Lee", "KOR", "X"),
        ),
        claim(
            "b",
            "oil went, he said again",
            "petroleum_delivery",
            *sides,
            items=("petroleum",),
            chain=official("A. Lee", "KOR", "Y"),
        ),
        claim(
            "c",
            "oil went, she said",
            "petroleum_delivery",
            *sides,
            items=("petroleum",),
            chain=official("B. Kato", "JPN", "Z"),
        ),
    ]
    file = file_of(*((row, OIL) for row in rows))
    meant = (rows[1], rows[2]) if kind == "join_origins" else (rows[1],)
    decision = Decision(
        kind=kind,
        subject="origin",
        citations=tuple(c for o in meant for c in o.citations),
        by="R. Analyst",
        at=datetime(2024, 7, 1, tzinfo=UTC),
        reason="the note shows it",
    ).sealed()
    assert len(run(file).findings[0].current.origins) == 2
    assert len(run(file, decision).findings[0].current.origins) == (1 if kind == "join_origins" else 3)


def test_a_claim_that_a_person_rejects_is_out_of_everything_and_said_to_be() -> None:
    one = delivery("a", "One ship delivered diesel", "9123456", "2024-05-02")
    file = file_of((one, OIL))
    decision = Decision(
        kind="claim_rejected",
        subject="claim",
        citations=one.citations,
        about="petroleum_delivery",
        by="R. Analyst",
        at=datetime(2024, 7, 1, tzinfo=UTC),
        reason="another ship",
    ).sealed()
    found = run(file, decision)
    assert not found.findings
    assert found.left_out == ((one.id, "set aside by a person"),)


def test_a_view_leaves_out_what_has_no_day_and_says_so() -> None:
    one = delivery("a", "One ship delivered diesel", "9123456", "2024-05-02", published=None)
    file = file_of((one, OIL))
    found = run(file, as_of="2024-06-19")
    assert not found.findings
    assert any("no day of publication" in gap.text for gap in found.gaps)


def test_a_duty_of_others_makes_no_finding_of_conduct() -> None:
    seizure = claim(
        "a",
        "The port seized the ship",
        "seizure",
        ship("Ocean Lark", "9123456"),
        party("South Korea", "body", "KOR"),
        date=day("2024-05-02"),
    )
    file = file_of((seizure, [("2397:9", "engaged")]), role="response")
    assert not run(file).findings


def test_the_second_regime_needs_no_code() -> None:
    base = gold.article()
    swapped = File()
    regime = gold.regime("regime/second_regime")
    target, measures = (
        regime.target,
        [m for m in regime.measures.values() if m.kind == "prohibition" and m.direction == "from_target"],
    )
    assert target != gold.regime().target
    assert measures
    sides = (party("Iran", "supplier", target), party("Syria", "recipient", "SYR"))
    one = claim(
        "a",
        "arms went to Syria, the minister said",
        "arms_transfer",
        *sides,
        items=("arms_all",),
        chain=official("A. Lee", "KOR", "X"),
    )
    swapped.observations["o0"] = one
    swapped.judgements = [gold.judgement(one.id, measures[0].id, "engaged")]
    found = find(swapped.observations.values(), swapped.judgements, {}, regime, now=gold.NOW)
    assert [f.current.title for f in found.findings] == ["Alleged supply of arms and related materiel by Iran to Syria"]
    assert base.observations


def test_a_measure_that_only_stands_beside_another_makes_no_finding() -> None:
    regime = gold.regime()
    beside = [
        m.id
        for m in regime.measures.values()
        if m.beside and m.kind not in {"institution", "reporting", "response", "exemption"}
    ]
    assert beside
    one = delivery("a", "One ship delivered diesel", "9123456", "2024-05-02")
    assert not run(file_of((one, [(beside[0], "engaged")]))).findings
    assert run(file_of((one, [(beside[0], "engaged"), *OIL]))).findings


def test_two_ships_of_one_company_are_two_events() -> None:
    rows = [
        claim(
            document,
            words,
            "petroleum_delivery",
            ship(name, imo),
            party("Far Tide Shipping", "owner", type="company"),
            party("North Korea", "recipient", "PRK"),
            items=("refined_petroleum",),
            date=day("2024-05-02"),
        )
        for document, words, name, imo in (
            ("a", "One delivered", "Lark", "9123456"),
            ("b", "The other delivered", "Wren", "9234567"),
        )
    ]
    file = file_of(*((row, OIL) for row in rows))
    assert groups(file, run(file)) == {frozenset({"o0"}), frozenset({"o1"})}


def test_what_cannot_be_judged_asks_its_question_once() -> None:
    sides = (party("North Korea", "party", "PRK"), party("Russia", "party", "RUS"))
    rows = [claim(d, f"trade grew, {d}", "trade_growth", *sides, items=("trade_general",)) for d in ("a", "b")]
    file = file_of(
        *((row, [("2397:7", "not_determined"), ("2397:5", "not_determined")]) for row in rows),
        missing="item",
        question="Which goods?",
    )
    gaps = [gap for gap in run(file).gaps if gap.question]
    assert [(gap.text, gap.question) for gap in gaps] == [
        ("2397:5, 2397:7 cannot be judged without item", "Which goods?")
    ]
