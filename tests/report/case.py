"""A fabricated case for the report: composed texts, claims cited into them, two findings, a watch line, an exempt case.

Nothing here is read by a detector: the records are made by hand so that the report is tested on its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from observance.model import (
    Acquisition,
    Citation,
    Confidence,
    Detector,
    DocumentMeta,
    Drift,
    Event,
    EventDate,
    Evidence,
    Finding,
    FindingVersion,
    Gap,
    Grade,
    Ground,
    Hypothesis,
    Indicator,
    Item,
    Judgement,
    ListEntry,
    MeasureId,
    Observation,
    Origin,
    Participant,
    Place,
    Quantity,
    Reason,
    Recommendation,
    Sha256,
    SourceLink,
    Statement,
    TextSpan,
    sha256_bytes,
)
from observance.report import ExemptionNote, ListNote, MeasureNote, NotRead, RecordNote, RegimeNote, ReportInput

NOW = datetime(2024, 6, 20, 9, 30, tzinfo=UTC)
DETECTOR = Detector(name="claims.rules", version="1")

TEXTS = {
    "wire": "Marnholt said that North Korea had shipped at least 120 containers to Valdoria since March. "
    "The containers could hold up to 40,000 shells, she said. "
    "Valdoria has offered North Korea technology for weather satellites in return, the minister said.",
    "courier": "Karsovian officials believe that North Korea has supplied artillery shells to Valdoria since March. "
    "The mandate of the Panel of Experts ended on 30 April 2024.",
    "pier": "North Korea has delivered 40,000 shells to Valdoria, Karsovia's defence minister told the Meridian Wire.",
    "ministry": "The ministry denies that North Korea has supplied artillery shells to Valdoria.",
    "notes": "Karsovia delivered 1,150 barrels of diesel to North Korea in April 2024 and reported the delivery.",
    "port": "The general cargo ship Hui Chon (IMO 8405270) was the subject of a question.",
}
PUBLISHERS = {
    "wire": ("Meridian Wire", "2024-06-11", "Minister counts containers"),
    "courier": ("Harbour Courier", "2024-06-13", "Officials believe"),
    "pier": ("North Pier Daily", "2024-06-12", "40,000 shells"),
    "ministry": ("Ministry of Foreign Affairs of Valdoria", "2024-06-12", "Statement"),
    "notes": ("Trade Notes", "2024-05", "Notes on permitted trade"),
    "port": ("Port Office of Westhaven", "2024-05-07", "Note"),
    "korean": ("Karsovia Port Bulletin", "2024-05-13", "서류 확인"),
}
MINISTER = SourceLink(name="Edda Marnholt", type="official", role="minister of defence", named=True, act="says")


def sha(name: str) -> Sha256:
    return Sha256(sha256_bytes(name.encode()))


def evidence(name: str) -> Evidence:
    publisher, day, title = PUBLISHERS[name]
    return Evidence(
        sha256=sha(name),
        size=len(TEXTS.get(name, "x" * 300)),
        media_type="text/plain",
        name=f"{name}.txt",
        kind="document",
        meta=DocumentMeta(
            publisher=publisher, published=day, title=title, kind="news article", composed=True, language="en"
        ),
        acquisition=Acquisition(at=NOW, by="analyst", how="file", source=f"{name}.txt"),
    )


def cite(name: str, quote: str) -> Citation:
    start = TEXTS[name].index(quote)
    span = TextSpan(
        start=start, end=start + len(quote), exact=quote, reader="text/1", byte_start=start, byte_end=start + len(quote)
    )
    return Citation(evidence=sha(name), selector=span)


def claim(name: str, quote: str, **fields: object) -> Observation:
    publisher, day, _ = PUBLISHERS[name]
    base: dict[str, object] = {
        "kind": "claim",
        "event_type": "arms_transfer",
        "modality": "asserted",
        "chain": (SourceLink(name=publisher, type="media", act="reports"),),
        "published": day,
        "statement": quote,
        "citations": (cite(name, quote),),
        "detector": DETECTOR,
    }
    return Observation(**(base | fields)).sealed()  # type: ignore[arg-type]


def relayed(name: str) -> tuple[SourceLink, ...]:
    publisher = PUBLISHERS[name][0]
    outer = (SourceLink(name=publisher, type="media"),) if publisher != "Meridian Wire" else ()
    return (*outer, SourceLink(name="Meridian Wire", type="media"), MINISTER)


PARTIES = (
    Participant(name="North Korea", role="supplier", state="PRK"),
    Participant(name="Valdoria", role="recipient"),
)
CONTAINERS = claim(
    "wire",
    "North Korea had shipped at least 120 containers to Valdoria since March",
    chain=relayed("wire"),
    participants=PARTIES,
    quantities=(Quantity(value=120, unit="container", approximator="at_least", text="at least 120 containers"),),
    date=EventDate(value="2024-03/..", precision="range", text="since March"),
    said_on=EventDate(value="2024-06-11", precision="day", inferred=True),
)
CAPACITY = claim(
    "wire",
    "The containers could hold up to 40,000 shells",
    chain=relayed("wire"),
    participants=PARTIES,
    items=(Item(token="munitions", text="shells"),),
    modality="conditional",
    quantities=(
        Quantity(value=40000, unit="shell", approximator="up_to", role="capacity", text="up to 40,000 shells"),
    ),
)
OFFER = claim(
    "wire",
    "Valdoria has offered North Korea technology for weather satellites in return",
    chain=relayed("wire"),
    event_type="technology_assistance",
    modality="offered",
    items=(Item(token="satellite_technology", text="weather satellites"),),
)
BELIEVED = claim(
    "courier",
    "North Korea has supplied artillery shells to Valdoria since March",
    chain=(
        SourceLink(name="Harbour Courier", type="media", act="reports"),
        SourceLink(name="Karsovian officials", type="official", named=False, act="believes"),
    ),
    modality="believed",
    participants=PARTIES,
    date=EventDate(value="2024-03/..", precision="range", text="since March"),
    places=(Place(name="Vessmark", lat=40.2, lon=130.1),),
)
DRIFTED = claim(
    "pier",
    "North Korea has delivered 40,000 shells to Valdoria",
    chain=relayed("pier"),
    participants=PARTIES,
    quantities=(Quantity(value=40000, unit="shell", text="40,000 shells"),),
)
DENIAL = claim(
    "ministry",
    "denies that North Korea has supplied artillery shells to Valdoria",
    chain=(SourceLink(name="Ministry of Foreign Affairs of Valdoria", type="state_organ"),),
    modality="denied",
    participants=PARTIES,
)
ENDED = claim(
    "courier",
    "The mandate of the Panel of Experts ended on 30 April 2024",
    event_type="mandate_change",
    date=EventDate(value="2024-04-30", precision="day", text="on 30 April 2024"),
)
DIESEL = claim(
    "notes",
    "Karsovia delivered 1,150 barrels of diesel to North Korea in April 2024",
    event_type="petroleum_delivery",
    quantities=(Quantity(value=1150, unit="barrel", text="1,150 barrels"),),
    date=EventDate(value="2024-04", precision="month", text="in April 2024"),
)
MATCH = Observation(
    kind="match",
    event_type="listing",
    detail="imo",
    participants=(Participant(name="Hui Chon", role="vessel", type="vessel"),),
    statement="Hui Chon (IMO 8405270)",
    score=1.0,
    published="2024-05-07",
    caveats=("A listing is no proof of conduct.",),
    citations=(
        cite("port", "Hui Chon (IMO 8405270)"),
        Citation(
            evidence=sha("list"),
            selector=ListEntry(
                list_id="un-1718-vessels", version="2020-06-04", reference="16", row=16, field="imo", exact="8405270"
            ),
        ),
    ),
    detector=Detector(name="matches.names", version="1"),
).sealed()
OBSERVATIONS = (CONTAINERS, CAPACITY, OFFER, BELIEVED, DRIFTED, DENIAL, ENDED, DIESEL, MATCH)

ARMS = MeasureId("1874:9")
OIL = MeasureId("2397:5")
SPACE = MeasureId("2270:5")
BODY = MeasureId("1874:26")


def judge(subject: Observation, measure: MeasureId, verdict: str, **fields: object) -> Judgement:
    reasons = (
        Reason(condition="item", outcome="held", field="items", found="munitions", text="The item is covered."),
        Reason(condition="time", outcome="unknown", field="date", text="The day is not told."),
    )
    base: dict[str, object] = {
        "subject": subject.id,
        "measure": measure,
        "verdict": verdict,
        "reasons": reasons,
        "law_day": "2024-03",
    }
    return Judgement(**(base | fields)).sealed()  # type: ignore[arg-type]


J_BELIEVED = judge(BELIEVED, ARMS, "engaged", content_confidence="A", paragraph_confidence="high")
J_OFFER = judge(OFFER, SPACE, "prospective", question="Was the technology handed over?")
J_DIESEL = judge(DIESEL, OIL, "none", exemption="EX-OIL-REPORTED")
J_ENDED = judge(ENDED, BODY, "none")

O_MINISTER = Origin(
    id="org-minister",
    label="Edda Marnholt to the Meridian Wire, 2024-06-11",
    kind="speaker",
    speaker="Edda Marnholt",
    observations=tuple(sorted((CONTAINERS.id, CAPACITY.id, OFFER.id, DRIFTED.id))),
    relays=("Evening Tide", "Meridian Wire", "North Pier Daily"),
)
O_OFFICIALS = Origin(
    id="org-officials", label="Karsovian officials to the Harbour Courier", kind="speaker", observations=(BELIEVED.id,)
)
O_MINISTRY = Origin(
    id="org-ministry",
    label="Ministry of Foreign Affairs of Valdoria, 2024-06-12",
    kind="document",
    observations=(DENIAL.id,),
)
O_RECORD = Origin(id="org-record", label="Record of the mandate", kind="document", observations=(ENDED.id,))

DRIFT = Drift(
    id="drf-1",
    kind="capacity_to_delivery",
    origin=O_MINISTER.id,
    at_origin=(CAPACITY.id,),
    told_as=(DRIFTED.id,),
    quantity_at_origin=CAPACITY.quantities[0],
    quantity_told=DRIFTED.quantities[0],
    text="What containers could hold is told elsewhere as an amount delivered.",
)
EVENT = Event(
    id="evt-1",
    event_type="arms_transfer",
    supplier=("PRK",),
    recipient=("Valdoria",),
    date=EventDate(value="2024-03/..", precision="range"),
    observations=tuple(sorted((CONTAINERS.id, BELIEVED.id, DRIFTED.id))),
    contradicting=(DENIAL.id,),
    grounds=(Ground(kind="same_parties_and_item", text="the same parties and the same item in one period"),),
    label="Arms from North Korea to Valdoria",
)

ALLEGED = FindingVersion(
    number=1,
    at=NOW,
    rule="supply_reported",
    title="North Korea is reported to have supplied artillery shells to Valdoria",
    layer="alleged",
    statements=(
        Statement(
            layer="alleged",
            text="North Korea is reported to have supplied artillery shells to Valdoria since March 2024.",
            supports=(BELIEVED.id, DRIFTED.id),
            contradicts=(DENIAL.id,),
            judgements=(J_BELIEVED.id,),
        ),
        Statement(
            layer="not_determined",
            text="How many shells moved is not determined: the figure told is what containers could hold.",
            supports=(CAPACITY.id,),
        ),
        Statement(
            layer="conditional",
            text="the supply would fall under 1874:9.",
            condition="If shells were supplied",
            judgements=(J_BELIEVED.id,),
            likelihood="likely",
        ),
    ),
    events=(EVENT.id,),
    observations=tuple(sorted((CONTAINERS.id, BELIEVED.id, DRIFTED.id))),
    contradicting=(DENIAL.id,),
    judgements=(J_BELIEVED.id,),
    measures=((ARMS, "engaged"),),
    origins=(O_MINISTER.id, O_OFFICIALS.id),
    governments=(),
    drift=(DRIFT.id,),
    beside=(CAPACITY.id,),
    grades=(
        Grade(
            subject=O_OFFICIALS.id,
            source="C",
            information="3",
            source_reason="Unnamed officials.",
            information_reason="One other origin.",
        ),
    ),
    confidence=Confidence(
        level="low", parts=(("origins", "2 independent origins"), ("contradiction", "denied by Valdoria"))
    ),
    hypotheses=(
        Hypothesis(
            text="Shells were supplied.",
            consistent=(BELIEVED.id,),
            inconsistent=(DENIAL.id,),
            neutral=(CONTAINERS.id,),
            lead=True,
        ),
        Hypothesis(
            text="The containers held other goods.",
            consistent=(DENIAL.id,),
            neutral=(CONTAINERS.id,),
            discriminator="An inspection of the cargo.",
        ),
    ),
    gaps=(Gap(text="Nobody outside the speakers has seen the cargo.", question="Is there a record of an inspection?"),),
    next_steps=("Ask the port of Vessmark for the manifest.",),
    recommendations=(Recommendation(addressee="Valdoria", text="Show the cargo papers of the freighter."),),
)
CONCLUDED = FindingVersion(
    number=1,
    at=NOW,
    rule="institution_record",
    title="The mandate of the Panel of Experts ended on 30 April 2024",
    layer="concluded",
    statements=(
        Statement(
            layer="concluded",
            text="The mandate of the Panel ended on 30 April 2024.",
            supports=(ENDED.id,),
            records=("mandate:end", BODY),
        ),
    ),
    observations=(ENDED.id,),
    judgements=(J_ENDED.id,),
    measures=((BODY, "none"),),
    origins=(O_RECORD.id,),
)


def finding(version: FindingVersion, name: str) -> Finding:
    return Finding(id=f"fnd-{name}", key=name, regime="dprk-1718", versions=(version,))


def passage(citation: Citation) -> tuple[str, str, str]:
    selector = citation.selector
    if isinstance(selector, TextSpan):
        text = next(text for name, text in TEXTS.items() if sha(name) == citation.evidence)
        return (
            text[max(0, selector.start - 60) : selector.start],
            text[selector.start : selector.end],
            text[selector.end : selector.end + 60],
        )
    return "", getattr(selector, "exact", ""), ""


def case(**changes: object) -> ReportInput:
    given = ReportInput(
        title="Arms, oil and one ship: a demonstration case",
        scope="Seven composed documents and one list.",
        regime=RegimeNote(
            id="dprk-1718",
            name="UN measures on the DPRK (1718 regime)",
            version="2026-11-23",
            warning="No record has been compared with the resolutions by a person.",
            measures=114,
        ),
        now=NOW,
        tool="observance 0.1.0",
        by="analyst",
        evidence=tuple(evidence(name) for name in PUBLISHERS),
        observations=OBSERVATIONS,
        judgements=(J_BELIEVED, J_OFFER, J_DIESEL, J_ENDED),
        events=(EVENT,),
        origins=(O_MINISTER, O_OFFICIALS, O_MINISTRY, O_RECORD),
        drifts=(DRIFT,),
        findings=(finding(ALLEGED, "arms"), finding(CONCLUDED, "panel")),
        watch=(
            Indicator(
                id="wch-1",
                title="Technology for satellites",
                measures=(SPACE,),
                observations=(OFFER.id,),
                confirm="A handover that somebody saw.",
                refute="A refusal.",
            ),
        ),
        gaps=(Gap(text="No position data for the freighter.", question="Which ship called at Vessmark in April?"),),
        measures=(
            MeasureNote(
                id=ARMS,
                title="No arms from the DPRK",
                document="S/RES/1874 (2009)",
                duty=("the DPRK", "every Member State"),
                acts=("supply",),
                items=("arms",),
                in_force_from="2009-06-12",
                status="in_force",
                content_confidence="A",
                paragraph_confidence="high",
            ),
            MeasureNote(
                id=OIL,
                title="Ceiling on refined oil",
                in_force_from="2018-01-01",
                exemptions=("EX-OIL-REPORTED",),
                content_confidence="A",
                paragraph_confidence="high",
            ),
            MeasureNote(
                id=SPACE,
                title="No scientific help for launches",
                in_force_from="2016-03-02",
                content_confidence="B",
                paragraph_confidence="medium",
            ),
            MeasureNote(
                id=BODY,
                title="The Panel of Experts",
                in_force_from="2009-06-12",
                in_force_to="2024-05-01",
                content_confidence="A",
                paragraph_confidence="high",
                checked_by="R. Reviewer",
                checked_on="2024-06-01",
            ),
        ),
        exemptions=(
            ExemptionNote(
                id="EX-OIL-REPORTED",
                title="Oil below the ceiling that is reported and untied",
                conditions=("reported",),
                content_confidence="A",
            ),
        ),
        records=(RecordNote(id="mandate:end", text="The mandate ended on 2024-04-30.", confidence="A"),),
        lists=(
            ListNote(
                list_id="un-1718-vessels",
                title="1718 Designated Vessels List",
                date="2020-06-04",
                sha256=sha("list"),
                entries=59,
            ),
        ),
        not_read=(NotRead(evidence=sha("korean"), reason="Korean is not read; the document is kept."),),
        labels={"verdict/engaged": "engaged", "verdict_wording/engaged": "would fall under", "state/PRK": "DPRK"},
        passage=passage,
    )
    return replace(given, **changes)  # type: ignore[arg-type]
