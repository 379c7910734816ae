"""Findings: layers of statements with what supports and contradicts each (S/2006/997, paras. 20-22, 28, 48-50).

Likelihood (ICD 203) and confidence are kept apart; origins are counted, outlets never.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from observance.model.identifiers import MeasureId

__all__ = [
    "Confidence",
    "Correction",
    "Dissent",
    "Finding",
    "FindingVersion",
    "Gap",
    "Grade",
    "Hypothesis",
    "Indicator",
    "Layer",
    "Recommendation",
    "Reply",
    "Statement",
    "Status",
]

Layer = Literal["concluded", "assessed", "alleged", "not_determined", "conditional"]
Status = Literal["draft", "under_review", "open_for_reply", "final", "corrected", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Admiralty grade of one source: letter and digit are judged apart, each with its reason.

    Attributes:
        subject: observation or origin id.
        source: A to F.
        information: 1 to 6.
        source_reason, information_reason: one sentence each.
    """

    subject: str
    source: str
    information: str
    source_reason: str
    information_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """Confidence with its parts; never a bare number.

    Attributes:
        level: low, moderate or high.
        parts: (name, what it says) pairs: origins, governments, evidence types, contradiction, gaps.
    """

    level: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of a finding with what it rests on.

    Attributes:
        layer: how far it reaches.
        text: the sentence.
        supports: observation ids that speak for it.
        contradicts: observation ids that speak against it (denials included).
        judgements: judgement ids that it reports.
        records: pack records that it rests on (`mandate:...`, measure ids), for statements of record.
        condition: for a conditional statement, the statement on which it depends.
        likelihood: id of `likelihood`, for an assessed statement.
    """

    layer: Layer
    text: str
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    condition: str | None = None
    likelihood: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A rival explanation (analysis of competing hypotheses).

    Attributes:
        text: the explanation.
        discriminator: what would tell it apart.
        consistent, inconsistent, neutral: observation ids.
        lead: True for the one that the finding tells.
    """

    text: str
    discriminator: str = ""
    consistent: tuple[str, ...] = ()
    inconsistent: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something asked and not answered by the evidence, and what would answer it."""

    text: str
    question: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A watch-list line: what is offered, feared, planned or unclear, and which later sight would settle it.

    Attributes:
        id: `wch-` and a hash of its key.
        title: one line.
        measures: paragraphs it would touch.
        observations: ids, sorted.
        confirm: what would confirm it.
        refute: what would refute it.
        drift: ids of drift records to be shown beside it.
        beside: ids of observations that must be shown with it (rival figures, what was counted) and add nothing.
        contradicting: ids of denials that reach it.
    """

    id: str
    title: str
    measures: tuple[MeasureId, ...] = ()
    observations: tuple[str, ...] = ()
    confirm: str = ""
    refute: str = ""
    drift: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A request for a reply to a party named, and what came of it (S/2006/997, para. 28)."""

    party: str
    asked_on: datetime
    due: str
    letter: str = ""
    answered_on: datetime | None = None
    answer: str | None = None
    answer_evidence: str | None = None
    assessment: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dissent:
    """A dissenting view, on record with name and reason."""

    by: str
    at: datetime
    reason: str
    statement: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an earlier version said, what is said now, and why. History is never rewritten."""

    at: datetime
    by: str
    was: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation: specific, tied to the finding, with an addressee (S/2006/997, paras. 48-50)."""

    addressee: str
    text: str
    priority: str = "normal"
    follow_up: str = ""
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingVersion:
    """The content of a finding at one time.

    Attributes:
        number: from 1.
        at: UTC time of the run or decision that made it.
        by: `engine` or a person.
        rule: the rule that made the finding, for example `supply_reported` or `institution_record`.
        title: as a sentence.
        layer: the layer of its firmest statement.
        statements: layers of sentences.
        events: event ids.
        observations: ids of all observations it rests on, sorted.
        contradicting: ids of denials and contradictions, sorted.
        judgements: judgement ids, sorted.
        measures: (measure id, verdict) pairs, sorted.
        exemptions: ids of exemptions in play.
        origins: ids of independent origins that report it, sorted.
        origins_indicator: ids of origins that only give an indicator.
        origins_secondary: ids of origins that rest on others.
        governments: States behind the origins, sorted.
        drift: ids of drift records to be shown beside it.
        beside: ids of claims (offers, agreements, rival figures) that must be shown with it and support nothing.
        grades: Admiralty grades, one an origin or observation.
        confidence: with parts.
        hypotheses: rivals.
        gaps: what is missing.
        next_steps: what to do.
        on: law day of the view, EDTF, None for the days of the acts.
        as_of: publication day of the view.
        status: state of review.
        replies, dissents, corrections, recommendations: records of review.
    """

    number: int
    at: datetime
    by: str = "engine"
    rule: str
    title: str
    layer: Layer
    statements: tuple[Statement, ...] = ()
    events: tuple[str, ...] = ()
    observations: tuple[str, ...] = ()
    contradicting: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    measures: tuple[tuple[MeasureId, str], ...] = ()
    exemptions: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    origins_indicator: tuple[str, ...] = ()
    origins_secondary: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()
    drift: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    confidence: Confidence | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    gaps: tuple[Gap, ...] = ()
    next_steps: tuple[str, ...] = ()
    on: str | None = None
    as_of: str | None = None
    status: Status = "draft"
    replies: tuple[Reply, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    corrections: tuple[Correction, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding: its id is that of its first version, and its versions are a chain that only grows.

    Attributes:
        id: `fnd-` and a hash of rule, event key and regime.
        key: what it is about, stable over runs.
        regime: id of the pack.
        versions: oldest first.
    """

    id: str
    key: str
    regime: str
    versions: tuple[FindingVersion, ...]

    def __post_init__(self) -> None:
        if not self.versions:
            raise ValueError("a finding has at least one version")

    @property
    def current(self) -> FindingVersion:
        """The newest version."""
        return self.versions[-1]
