"""The incident records of the regime through judge and find: one happening an event, and nothing false of a negative one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observance.findings import FindingSet, find
from observance.measures import facts_from_observation, judge
from observance.model import (
    Citation,
    Condition,
    EventDate,
    Item,
    Observation,
    Participant,
    Place,
    Quantity,
    SourceLink,
    TextSpan,
)
from observance.packs import load_pack
from tests.findings import gold
from tests.material import shared


def observation(row: dict[str, Any]) -> Observation:
    date = row.get("date") or {}
    start, end = date.get("from"), date.get("to")
    value = str(start) if start == end or not end else f"{start}/{end}"
    words = row["statement"]
    return Observation(
        kind="claim",
        key=row["id"],
        event_type=row["event_type"],
        acts=tuple(row.get("acts") or ()),
        direction=row.get("direction") if row.get("direction") in {"from_target", "to_target"} else None,
        participants=tuple(
            Participant(
                name=p["name"],
                role=p["role"],
                type=p.get("type"),
                flag=p.get("flag"),
                state=p.get("state") or (p["name"] if p.get("type") == "state" else None),
            )
            for p in row["participants"]
            if p["role"] != "speaker"
        ),
        items=tuple(Item(token=i.get("token"), text=i.get("text")) for i in row["items"]),
        quantities=tuple(
            Quantity(value=q["value"], unit=q.get("unit"))
            for q in row["quantities"]
            if isinstance(q.get("value"), int | float)
        ),
        places=tuple(Place(name=p["name"], state=p.get("country")) for p in row["places"]),
        date=EventDate(value=value, precision=date.get("precision", "day"), text=value) if start else None,
        modality=row["modality"],
        chain=tuple(SourceLink(name=s["publisher"], type="media") for s in row["sources"][:1]),
        conditions=tuple(
            Condition(key=k, value=str(v)) for k, v in row["conditions"].items() if not isinstance(v, dict | list)
        ),
        published=row["published"],
        statement=words[:300],
        citations=(Citation(evidence=gold.sha(row["id"]), selector=TextSpan(start=0, end=len(words), exact=words)),),
        detector=gold.DETECTOR,
    ).sealed()


@pytest.fixture(scope="module")
def outcome() -> tuple[FindingSet, dict[str, str], dict[str, bool], dict[str, set[str]]]:
    lines = shared("regime/incidents_dev_observations.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    answers = [
        json.loads(line)
        for line in shared("regime/incidents_dev.jsonl").read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    pack = load_pack("dprk-1718")
    made = {row["id"]: observation(row) for row in rows}
    judged = [j for one in made.values() for j in judge(facts_from_observation(one, pack.vocabulary), pack, on=None)]
    engaged: dict[str, set[str]] = {}
    for j in judged:
        if j.verdict == "engaged" and j.role == "conduct":
            engaged.setdefault(j.subject, set()).add(str(j.measure))
    found = find(made.values(), judged, {}, gold.regime(), now=gold.NOW)
    return found, {one.id: key for key, one in made.items()}, {a["id"]: a["negative"] for a in answers}, engaged


def test_no_finding_of_conduct_rests_on_what_the_law_does_not_engage(outcome: tuple) -> None:
    found, _, _, engaged = outcome
    for finding in found.findings:
        version = finding.current
        if version.rule == "reported_conduct":
            assert any(key in engaged for key in version.observations)
            assert {str(m) for m, v in version.measures if v == "engaged"} <= {
                m for key in version.observations for m in engaged.get(key, ())
            }


def test_every_incident_keeps_its_own_record_and_most_stand_alone(outcome: tuple) -> None:
    found, names, _, engaged = outcome
    inside = [key for f in found.findings for key in f.current.observations]
    assert len(inside) == len(set(inside)), "an observation stands in one finding only"
    conduct = [f for f in found.findings if f.current.rule == "reported_conduct"]
    assert len(conduct) >= 0.5 * len(engaged)
    assert all(names[key] for key in inside)


def test_offers_and_plans_of_the_incidents_are_watched_and_not_found(outcome: tuple) -> None:
    found, names, _, _ = outcome
    rows = {
        json.loads(line)["id"]: json.loads(line)
        for line in shared("regime/incidents_dev_observations.jsonl").read_text(encoding="utf-8").splitlines()
        if line.strip()
    }
    watched_only = {key for key, row in rows.items() if row["modality"] not in {"asserted", "believed"}}
    inside = {names[key] for f in found.findings for key in f.current.observations}
    assert not inside & watched_only


def test_no_negative_incident_is_part_of_reported_conduct(outcome: tuple) -> None:
    found, names, negative, _ = outcome
    inside = {
        names[key] for f in found.findings if f.current.rule == "reported_conduct" for key in f.current.observations
    }
    assert not {key for key in inside if negative[key]}
