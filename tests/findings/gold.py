"""The acceptance records turned into observations and judgements, so that findings can be tried without a reader."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import cache
from typing import Any

import yaml

from observance.findings.regime import RegimeView, view
from observance.model import (
    Acquisition,
    Citation,
    Detector,
    DocumentMeta,
    EventDate,
    Evidence,
    Item,
    Judgement,
    MeasureId,
    Observation,
    Participant,
    Quantity,
    Relation,
    Sha256,
    SourceLink,
    TextSpan,
)
from tests.material import shared

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
DETECTOR = Detector(name="claims.gold", version="1")


@cache
def load(path: str) -> Any:
    return yaml.load(shared(path).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def regime(folder: str = "regime") -> RegimeView:
    base = shared(folder)
    measures = [
        m for p in sorted((base / "measures").glob("*.yaml")) for m in load(f"{folder}/measures/{p.name}")["measures"]
    ]
    mandate = load(f"{folder}/mandate.yaml") if (base / "mandate.yaml").exists() else None
    return view(
        regime=load(f"{folder}/regime.yaml"),
        vocabulary=load("regime/vocabulary.yaml"),
        measures=measures,
        exemptions=load(f"{folder}/exemptions.yaml")["exemptions"],
        mandate=mandate,
    )


def sha(name: str) -> Sha256:
    return Sha256(hashlib.sha256(name.encode()).hexdigest())


def evidence(name: str, publisher: str, published: str, **meta: Any) -> Evidence:
    return Evidence(
        sha256=sha(name),
        size=1,
        media_type="text/plain",
        name=name,
        kind="document",
        meta=DocumentMeta(publisher=publisher, published=published, **meta),
        acquisition=Acquisition(at=NOW, by="test", how="file", source=name),
    )


def _date(raw: Any) -> EventDate | None:
    if not raw:
        return None
    return EventDate(
        value=str(raw["value"]), precision=raw["precision"], text=raw.get("text"), inferred=bool(raw.get("inferred"))
    )


def _chain(claim: dict[str, Any]) -> tuple[SourceLink, ...]:
    links = []
    last = len(claim["source_chain"]) - 1
    for index, link in enumerate(claim["source_chain"]):
        speaker = claim["speaker"] if index == last else {}
        states = str(link.get("states") or link.get("state") or speaker.get("state") or "").split()
        links.append(
            SourceLink(
                name=link["name"],
                type=link.get("type"),
                act=link.get("act"),
                states=tuple(states),
                organisation=link.get("organisation"),
                named=link.get("named"),
                form=link.get("form"),
                role=speaker.get("role"),
            )
        )
    return tuple(links)


def observation(claim: dict[str, Any], document: str, published: str, **changes: Any) -> Observation:
    span = claim["span"]
    quantity = claim.get("quantity")
    fields: dict[str, Any] = {
        "kind": "claim",
        "key": claim.get("key") or f"{span['start']}-{span['end']}:{claim['event_type']}:{claim['id']}",
        "event_type": claim["event_type"],
        "event_accept": tuple(claim.get("event_accept") or ()),
        "participants": tuple(
            Participant(name=p["name"], role=p["role"], state=p.get("code")) for p in claim["participants"]
        ),
        "items": tuple(Item(token=token) for token in claim["items"]),
        "quantities": (
            Quantity(
                value=quantity["value"],
                unit=quantity["unit"],
                approximator=quantity["approximator"],
                role=quantity["role"],
                text=quantity.get("text"),
            ),
        )
        if quantity
        else (),
        "date": _date(claim.get("date")),
        "said_on": _date(claim.get("said_on")),
        "modality": claim["modality"],
        "chain": _chain(claim),
        "relations": tuple(Relation(type=r["type"], to=r["to"]) for r in claim.get("relations") or ()),
        "published": published,
        "statement": claim["quote"],
        "citations": (
            Citation(
                evidence=sha(document), selector=TextSpan(start=span["start"], end=span["end"], exact=claim["quote"])
            ),
        ),
        "detector": DETECTOR,
    }
    return Observation(**(fields | changes)).sealed()


def judgement(subject: str, measure: str, verdict: str, **more: Any) -> Judgement:
    return Judgement(subject=subject, measure=MeasureId(measure), verdict=verdict, pack="dprk-1718", **more).sealed()  # type: ignore[arg-type]


class File:
    """Observations, judgements and evidence of a case, with the ids of the acceptance records."""

    def __init__(self) -> None:
        self.observations: dict[str, Observation] = {}
        self.judgements: list[Judgement] = []
        self.evidence: dict[str, Evidence] = {}

    def names(self, ids: Any) -> set[str]:
        back = {o.id: name for name, o in self.observations.items()}
        return {back[key] for key in ids}


# What the law says of a companion's claim: by act, goods, modality; the records give no verdicts of their own.
def _law(claim: dict[str, Any]) -> list[tuple[str, str]]:
    if claim["modality"] == "denied":
        return []
    arms = claim["event_type"] == "arms_transfer"
    measures = ["1874:9"] if arms else ["2270:5", "1718:8(c)"]
    if claim["modality"] not in {"asserted", "believed"}:
        return [(m, "prospective") for m in measures]
    if "cargo_any" in claim["items"]:
        return [(m, "not_determined") for m in measures]
    return [(m, "engaged") for m in measures]


def add_article(file: File, *, required_only: bool = False) -> None:
    meta = load("acceptance/article.meta.yaml")
    published = str(meta["published"])
    record = evidence("article.txt", meta["publisher"], published)
    file.evidence[record.sha256] = record
    for claim in load("acceptance/article_claims.yaml")["claims"]:
        # Relations of the record name claims; a reader's name keys, so drop them here: the engine has to find out itself.
        one = observation({**claim, "relations": []}, "article.txt", published)
        file.observations[claim["id"]] = one
        for row in claim["measures"]:
            if not required_only or row.get("required", True):
                file.judgements.append(judgement(one.id, row["id"], row["verdict"]))


def add_companions(file: File) -> None:
    for document in load("acceptance/expected_b.yaml")["companions"]:
        published = str(document["published"])
        record = evidence(document["file"], document["publisher"], published, composed=True)
        file.evidence[record.sha256] = record
        for claim in document["claims"]:
            one = observation(claim, document["file"], published)
            file.observations[claim["id"]] = one
            file.judgements += [judgement(one.id, measure, verdict) for measure, verdict in _law(claim)]


def article(**options: Any) -> File:
    file = File()
    add_article(file, **options)
    return file


def whole(**options: Any) -> File:
    file = article(**options)
    add_companions(file)
    return file
