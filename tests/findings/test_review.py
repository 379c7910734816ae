"""Review: states, replies, dissent, corrections; they survive new evidence and a better reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from observance.findings import FindingSet, find
from observance.model import Decision, Finding
from tests.findings import gold


def at(hour: int) -> datetime:
    return datetime(2024, 7, 1, hour, tzinfo=UTC)


def decide(kind: str, subject: str, hour: int, reason: str = "", **values: str) -> Decision:
    return Decision(
        kind=kind, subject=subject, by="R. Analyst", at=at(hour), reason=reason, values=tuple(values.items())
    ).sealed()


def run(file: gold.File, decisions: list[Decision] | None = None, previous: tuple[Finding, ...] = ()) -> FindingSet:
    return find(
        file.observations.values(),
        file.judgements,
        file.evidence,
        gold.regime(),
        decisions or (),
        previous,
        now=gold.NOW,
    )


def supply(found: FindingSet) -> Finding:
    (only,) = (f for f in found.findings if f.versions[0].rule == "reported_conduct")
    return only


def test_a_request_and_its_answer_are_kept_and_survive_new_evidence() -> None:
    first = run(gold.article())
    key = supply(first).id
    decisions = [
        decide("status", key, 1, status="open_for_reply"),
        decide("reply", key, 2, party="Russia", due="2024-08-01", letter="Sir, ..."),
        decide("reply", key, 3, party="Russia", answer="No arms were received.", assessment="no paper was given"),
    ]
    asked = run(gold.article(), decisions, first.findings)
    more = run(gold.whole(), decisions, asked.findings)
    for found in (asked, more):
        version = supply(found).current
        assert version.status == "open_for_reply"
        (reply,) = version.replies
        assert (reply.party, reply.due, reply.answer, reply.silent) == (
            "Russia",
            "2024-08-01",
            "No arms were received.",
            False,
        )
        assert reply.asked_on == at(2)
        assert reply.answered_on == at(3)
    assert supply(more).id == key
    assert [v.number for v in supply(more).versions] == [1, 2, 3]
    assert supply(more).versions[0] == supply(first).versions[0], "history is never rewritten"


def test_silence_is_kept() -> None:
    first = run(gold.article())
    key = supply(first).id
    decisions = [
        decide("reply", key, 2, party="Russia", due="2024-08-01"),
        decide("reply", key, 9, party="Russia", silent="yes"),
    ]
    (reply,) = supply(run(gold.article(), decisions, first.findings)).current.replies
    assert reply.silent
    assert reply.answer is None


def test_a_correction_says_what_was_and_what_is() -> None:
    first = run(gold.article())
    key = supply(first).id
    found = run(
        gold.article(),
        [decide("correction", key, 4, "the day was wrong", was="18 June", now="17 June")],
        first.findings,
    )
    version = supply(found).current
    assert version.status == "corrected"
    assert [(c.was, c.now, c.by) for c in version.corrections] == [("18 June", "17 June", "R. Analyst")]
    assert not supply(found).versions[0].corrections


def test_a_withdrawn_finding_stays_visible_as_withdrawn() -> None:
    first = run(gold.article())
    key = supply(first).id
    found = run(gold.whole(), [decide("withdrawn", key, 4, "rests on one circle")], first.findings)
    assert supply(found).current.status == "withdrawn"
    assert supply(found).current.corrections[0].reason == "rests on one circle"


def test_a_dissent_has_a_name_and_a_reason() -> None:
    first = run(gold.article())
    key = supply(first).id
    decision = replace(decide("dissent", key, 5, "more corroboration is needed", statement="0"), by="N. Other")
    (view,) = supply(run(gold.article(), [decision], first.findings)).current.dissents
    assert (view.by, view.reason, view.statement) == ("N. Other", "more corroboration is needed", 0)


def test_a_persons_recommendation_takes_the_place_of_the_draft() -> None:
    first = run(gold.article())
    assert [r.status for r in supply(first).current.recommendations] == ["draft"]
    key = supply(first).id
    decisions = [
        decide("recommendation", key, 5, addressee="the Committee", text="Ask for the cargo papers.", priority="high"),
        decide(
            "recommendation",
            key,
            6,
            addressee="the Committee",
            text="Ask for the cargo papers.",
            priority="high",
            status="done",
        ),
    ]
    (one,) = supply(run(gold.article(), decisions, first.findings)).current.recommendations
    assert (one.addressee, one.priority, one.status) == ("the Committee", "high", "done")


def test_a_decision_bound_to_a_passage_survives_a_better_reader_and_a_lost_history() -> None:
    base = gold.article()
    passage = base.observations["S09"].citations
    decision = replace(decide("status", "fnd-that-is-gone", 1, status="under_review"), citations=passage, about="")
    better = gold.article()
    one = better.observations["S09"]
    made = replace(one, id="", detector=replace(one.detector, version="2")).sealed()
    better.judgements = [
        replace(j, subject=made.id, id="").sealed() if j.subject == one.id else j for j in better.judgements
    ]
    better.observations["S09"] = made
    assert supply(run(better, [decision])).current.status == "under_review"


def test_what_a_person_decided_is_given_back_by_any_order_of_decisions() -> None:
    first = run(gold.article())
    key = supply(first).id
    decisions = [
        decide("status", key, 1, status="under_review"),
        decide("status", key, 2, status="final"),
        decide("dissent", key, 3, "no"),
    ]
    one, two = run(gold.article(), decisions), run(gold.article(), decisions[::-1])
    assert supply(one).current == supply(two).current
    assert supply(one).current.status == "final"
