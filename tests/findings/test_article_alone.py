"""Test (a): what must follow from the article's claims alone, the claims being given as a careful reader has them."""

from __future__ import annotations

import pytest

from observance.findings import FindingSet, find
from observance.model import Finding
from tests.findings import gold


def run(file: gold.File, **options: object) -> FindingSet:
    return find(
        file.observations.values(),
        file.judgements,
        file.evidence,
        gold.regime(),
        now=gold.NOW,
        **options,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def file() -> gold.File:
    return gold.article()


@pytest.fixture(scope="module")
def found(file: gold.File) -> FindingSet:
    return run(file)


def claims(file: gold.File, finding: Finding) -> set[str]:
    return file.names(finding.current.observations)


def by_claims(file: gold.File, found: FindingSet, expected: dict) -> Finding:
    for finding in found.findings:
        if claims(file, finding) == set(expected["claims"]):
            return finding
    raise AssertionError(f"no finding rests on {expected['claims']}")


def test_two_findings_and_no_more(file: gold.File, found: FindingSet) -> None:
    expected = gold.load("acceptance/article_claims.yaml")["expected_findings"]
    assert len(found.findings) == len(expected)
    for row in expected:
        version = by_claims(file, found, row).current
        assert version.layer == row["level"], row["id"]
        got = {(str(measure), verdict) for measure, verdict in version.measures}
        required = {(m["id"], m["verdict"]) for m in row["measures"] if m.get("required", True)}
        allowed = {(m["id"], m["verdict"]) for m in row["measures"]}
        assert required <= got <= allowed, row["id"]


def test_the_required_verdicts_alone_give_the_same_findings_and_watch_list(found: FindingSet) -> None:
    lean = gold.article(required_only=True)
    again = run(lean)
    assert [f.current.title for f in again.findings] == [f.current.title for f in found.findings]


def test_no_claim_of_another_kind_enters_a_finding(file: gold.File, found: FindingSet) -> None:
    inside = {name for finding in found.findings for name in claims(file, finding)}
    for row in gold.load("acceptance/article_claims.yaml")["expected_non_findings"]:
        assert not inside & set(row["claims"]), row["why"]


def test_the_watch_list_has_exactly_its_three_lines(file: gold.File, found: FindingSet) -> None:
    expected = {frozenset(row["claims"]) for row in gold.load("acceptance/article_claims.yaml")["expected_watch"]}
    assert {frozenset(file.names(line.observations)) for line in found.watch} == expected


def test_origin_groups_are_those_of_the_record(file: gold.File, found: FindingSet) -> None:
    groups = {frozenset(file.names(origin.observations)): origin for origin in found.origins}
    for row in gold.load("acceptance/article_claims.yaml")["origin_groups"]:
        origin = groups[frozenset(row["claims"])]
        assert (0 if origin.secondary else 1) == row["independent_sources"], row["label"]


def test_officials_of_two_states_are_one_origin_and_an_indicator_of_it_corroborates_nothing(
    file: gold.File, found: FindingSet
) -> None:
    supply = by_claims(file, found, {"claims": ["S06", "S09", "S16", "S20"]}).current
    labels = {origin.id: origin for origin in found.origins}
    assert len(supply.origins) == 2
    assert {labels[key].states for key in supply.origins} == {("KOR", "USA"), ("USA",)}
    assert not supply.origins_indicator
    assert [labels[key].speaker for key in supply.origins_secondary] == ["Jenny Town"]
    assert supply.governments == ("KOR", "USA")


def test_the_supply_is_alleged_names_its_speaker_and_day_and_gives_no_number(
    file: gold.File, found: FindingSet
) -> None:
    version = by_claims(file, found, {"claims": ["S06", "S09", "S16", "S20"]}).current
    text = " ".join(statement.text for statement in version.statements)
    assert version.title == "Alleged supply of arms and related materiel by the DPRK to Russia since September 2023"
    assert "Antony Blinken" in text
    assert "18 June 2024" in text
    assert "shells" not in text
    assert "5mn" not in text
    assert "would fall under" in text
    assert any("cannot raise it above alleged" in gap.text for gap in version.gaps)
    assert any("DPRK and Russia for a reply" in step for step in version.next_steps)
    assert version.confidence is not None
    assert version.confidence.level == "low"


def test_the_inferred_direction_is_said_to_be_inferred(file: gold.File, found: FindingSet) -> None:
    events = {event.id: event for event in found.events}
    version = by_claims(file, found, {"claims": ["S06", "S09", "S16", "S20"]}).current
    grounds = [g for key in version.events for g in events[key].grounds if g.kind == "direction_inferred"]
    members = {name for ground in grounds for name in file.names(ground.members)}
    assert {"S06", "S08a", "S09"} <= members
    assert all("inferred" in ground.text and "not stated" in ground.text for ground in grounds)


def test_the_end_of_the_body_is_a_fact_of_record_and_switches_nothing_off(file: gold.File, found: FindingSet) -> None:
    version = by_claims(file, found, {"claims": ["S19a", "S19b"]}).current
    assert version.title == "The Panel of Experts lost its mandate after a veto of 2024-03-28 and ended on 2024-04-30"
    concluded = [s for s in version.statements if s.layer == "concluded"]
    assert all(statement.records for statement in concluded)
    assert any("stay in force" in statement.text for statement in concluded)
    assert {verdict for _, verdict in version.measures} == {"none"}


def test_no_machine_word_calls_anything_a_violation(found: FindingSet) -> None:
    for finding in found.findings:
        version = finding.current
        words = " ".join(
            [
                version.title,
                *(s.text for s in version.statements),
                *(g.text for g in version.gaps),
                *version.next_steps,
                *(h.text for h in version.hypotheses),
            ]
        ).casefold()
        assert not [word for word in gold.regime().forbidden if word in words]


def test_every_statement_rests_on_an_observation(found: FindingSet) -> None:
    for finding in found.findings:
        for statement in finding.current.statements:
            assert statement.supports or statement.records
            assert set(statement.supports) <= {o for origin in found.origins for o in origin.observations}


def test_a_view_before_the_article_knows_nothing_of_it(file: gold.File) -> None:
    early = run(file, as_of="2024-06-18")
    assert not early.findings
    assert not early.watch
    assert len(early.left_out) == len(file.observations)


def test_the_vote_is_told_before_the_end_has_come(file: gold.File) -> None:
    moved = gold.File()
    moved.evidence = file.evidence
    for name in ("S19a", "S19b"):
        claim = next(c for c in gold.load("acceptance/article_claims.yaml")["claims"] if c["id"] == name)
        one = gold.observation({**claim, "relations": []}, "article.txt", "2024-04-02")
        moved.observations[name] = one
        moved.judgements.append(gold.judgement(one.id, "1874:26", "none"))
    version = run(moved, as_of="2024-04-02").findings[0].current
    assert "was to end on 2024-04-30" in version.title


def test_a_vote_of_another_member_does_not_agree_with_the_record(file: gold.File) -> None:
    moved = gold.File()
    claim = next(c for c in gold.load("acceptance/article_claims.yaml")["claims"] if c["id"] == "S19a")
    other = {**claim, "relations": [], "participants": [{"name": "France", "role": "voter", "code": "FRA"}]}
    one = gold.observation(other, "article.txt", "2024-06-19")
    moved.observations["S19a"] = one
    moved.judgements.append(gold.judgement(one.id, "1874:26", "none"))
    version = run(moved).findings[0].current
    assert version.layer == "alleged"
    assert version.rule == "institution_reported"


def _changed(claim_id: str, **changes: object) -> FindingSet:
    file = gold.File()
    for claim in gold.load("acceptance/article_claims.yaml")["claims"]:
        raw = {**claim, "relations": []} | (changes if claim["id"] == claim_id else {})
        one = gold.observation(raw, "article.txt", "2024-06-19")
        file.observations[claim["id"]] = one
        watch_only = one.modality not in {"asserted", "believed", "opinion", "denied"}
        for row in claim["measures"]:
            verdict = "prospective" if watch_only and row["verdict"] == "engaged" else row["verdict"]
            if one.modality != "denied":
                file.judgements.append(gold.judgement(one.id, row["id"], verdict))
    found = run(file)
    return found, file  # type: ignore[return-value]


@pytest.mark.parametrize("modality", ["offered", "intended", "feared", "conditional"])
def test_an_offer_or_a_fear_is_never_reported_as_a_delivery(modality: str) -> None:
    found, file = _changed("S09", modality=modality)  # type: ignore[misc]
    supply = next(f for f in found.findings if f.current.rule == "reported_conduct")
    assert "S09" not in file.names(supply.current.observations)
    assert "S09" in {n for line in found.watch for n in file.names(line.observations)}


def test_a_claim_turned_into_a_denial_stands_beside_the_others() -> None:
    found, file = _changed("S09", modality="denied")  # type: ignore[misc]
    supply = next(f for f in found.findings if f.current.rule == "reported_conduct")
    assert file.names(supply.current.observations) == {"S06", "S16", "S20"}
    assert not supply.current.contradicting, "a State that is no side of the happening denies nothing of it"


def test_an_asserted_transfer_of_technology_is_a_finding_of_its_own() -> None:
    file = gold.article()
    claim = next(c for c in gold.load("acceptance/article_claims.yaml")["claims"] if c["id"] == "S12")
    one = gold.observation({**claim, "modality": "asserted", "relations": []}, "article.txt", "2024-06-19")
    file.observations["S12"] = one
    file.judgements += [gold.judgement(one.id, m, "engaged") for m in ("2270:5", "1718:8(c)")]
    found = run(file)
    titles = {f.current.title for f in found.findings}
    assert len(found.findings) == 3
    assert any(title.startswith("Alleged provision of") and "by Russia to the DPRK" in title for title in titles)
