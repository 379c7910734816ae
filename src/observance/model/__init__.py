"""The nouns: frozen dataclasses without I/O.

Evidence, Observation, Entity, Event, Origin, Judgement, Finding, Citation (a Measure is a record of a pack, see
`observance.packs`). Evidence, observations and judgements are immutable: their ids are hashes of content. Events and
findings live: their id is that of their first version, and they carry a chain of versions.
"""

from observance.model.canonical import canonical_json, content_id, sha256_bytes
from observance.model.citation import (
    Citation,
    ListEntry,
    PageRegion,
    Selector,
    TableRow,
    TextSpan,
    TrackRows,
)
from observance.model.codec import json_schema, read_record, to_plain
from observance.model.decision import Decision
from observance.model.entity import Entity, EntityFact
from observance.model.event import Event, Ground
from observance.model.evidence import Acquisition, DocumentMeta, Evidence
from observance.model.finding import (
    Confidence,
    Correction,
    Dissent,
    Finding,
    FindingVersion,
    Gap,
    Grade,
    Hypothesis,
    Indicator,
    Recommendation,
    Reply,
    Statement,
)
from observance.model.identifiers import Identifier, Imo, ImoCompany, MeasureId, Mmsi, Sha256
from observance.model.judgement import Judgement, Reason
from observance.model.observation import (
    Condition,
    Detector,
    EventDate,
    Item,
    Observation,
    Participant,
    Place,
    Quantity,
    Relation,
    SourceLink,
    Span,
)
from observance.model.origin import Drift, Origin

__all__ = [
    "Acquisition",
    "Citation",
    "Condition",
    "Confidence",
    "Correction",
    "Decision",
    "Detector",
    "Dissent",
    "DocumentMeta",
    "Drift",
    "Entity",
    "EntityFact",
    "Event",
    "EventDate",
    "Evidence",
    "Finding",
    "FindingVersion",
    "Gap",
    "Grade",
    "Ground",
    "Hypothesis",
    "Identifier",
    "Imo",
    "ImoCompany",
    "Indicator",
    "Item",
    "Judgement",
    "ListEntry",
    "MeasureId",
    "Mmsi",
    "Observation",
    "Origin",
    "PageRegion",
    "Participant",
    "Place",
    "Quantity",
    "Reason",
    "Recommendation",
    "Relation",
    "Reply",
    "Selector",
    "Sha256",
    "SourceLink",
    "Span",
    "Statement",
    "TableRow",
    "TextSpan",
    "TrackRows",
    "canonical_json",
    "content_id",
    "json_schema",
    "read_record",
    "sha256_bytes",
    "to_plain",
]
