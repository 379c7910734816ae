"""What a report is made from. The workspace fills it; nothing here reads a file or a clock.

Records of the packs arrive as notes (`MeasureNote` and the like): the words of the pack, its grades and whether a
person has signed them. Labels of vocabulary terms come in as `group/id`, for example `verdict/engaged`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from observance.model import (
    Citation,
    Decision,
    Drift,
    Event,
    Evidence,
    Finding,
    Gap,
    Indicator,
    Judgement,
    MeasureId,
    Observation,
    Origin,
    Sha256,
)
from observance.report.figures.tracks import TrackMap

__all__ = [
    "ExemptionNote",
    "ListNote",
    "MeasureNote",
    "NotRead",
    "OriginalOf",
    "PassageOf",
    "RecordNote",
    "RegimeNote",
    "ReportInput",
]

PassageOf = Callable[[Citation], tuple[str, str, str]]
OriginalOf = Callable[[Citation], Citation | None]


def _no_original(citation: Citation) -> Citation | None:  # noqa: ARG001 - no document is a translation
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeNote:
    """The pack: its id, name, version and the warning that it asks to be shown."""

    id: str
    name: str
    version: str = ""
    warning: str = ""
    as_of: str = ""
    measures: int = 0
    signed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureNote:
    """One paragraph in the words of the pack.

    Attributes:
        id: `resolution:paragraph`.
        title: the content in our own words.
        document: document symbol, for example `S/RES/2375 (2017)`.
        kind, direction, status: terms of the pack.
        duty: who owes it.
        acts, items: labels of what it covers.
        terms: flag, actor, trigger, ceiling and wind-down as sentences.
        exemptions: ids.
        in_force_from, in_force_to: days; `to` is the first day on which it no longer holds.
        superseded_by, amended_by: ids.
        notes: words of the pack.
        content_confidence: A, B or C.
        paragraph_confidence: high, medium or low.
        checked_by, checked_on: who compared it with the resolution, and when; empty until a person did.
    """

    id: MeasureId
    title: str
    document: str = ""
    kind: str = ""
    direction: str = ""
    status: str = ""
    duty: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    in_force_from: str = ""
    in_force_to: str | None = None
    superseded_by: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    content_confidence: str = ""
    paragraph_confidence: str = ""
    checked_by: str | None = None
    checked_on: str | None = None

    @property
    def signed(self) -> bool:
        """Whether a person has compared the record with the resolution."""
        return bool(self.checked_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionNote:
    """A permission or limit of scope in the words of the pack."""

    id: str
    title: str
    basis: str = ""
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    content_confidence: str = ""
    checked_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNote:
    """Another record of the pack on which a statement may rest, for example a link of the mandate."""

    id: str
    text: str
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListNote:
    """A version of a sanctions list that was loaded."""

    list_id: str
    title: str
    date: str
    sha256: Sha256
    entries: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRead:
    """A document that was kept and not read, and why."""

    evidence: Sha256
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInput:
    """Everything a report may speak of; what is not here cannot be in it.

    Attributes:
        title: of the report.
        scope: one or two sentences: what was looked at. Structural: it makes no claim.
        regime: the pack.
        now: UTC time of the run, as given by the shell.
        tool: name and version of the software.
        by: who issues it.
        on: day of the law applied, None for the days of the acts.
        as_of: day of the view, None for all that is in the file.
        evidence .. origins: the records of the view.
        drifts, findings, watch, gaps: what `findings` made.
        decisions: what persons decided.
        measures, exemptions, records: of the pack, at least those that the findings and judgements name.
        lists: versions of lists loaded.
        not_read: documents kept and not read.
        labels: `group/id` to words; groups: modality, layer, verdict, verdict_wording, status, event, act, item, role,
            likelihood, actor, evidence, state, approximator.
        evidence_path: where the bytes of a record lie, from the folder of the case; None for the archive's own layout.
        tracks: for behaviour of ships, by observation id: the tracks around it.
        passage: the text around a citation, (before, quote, after), read again from the bytes.
        original: for a citation of a working translation, the passage of the original; None where none is paired.
    """

    title: str
    scope: str = ""
    regime: RegimeNote
    now: datetime
    tool: str = "observance"
    by: str = ""
    on: str | None = None
    as_of: str | None = None
    language: str = "en"
    evidence: tuple[Evidence, ...] = ()
    observations: tuple[Observation, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    events: tuple[Event, ...] = ()
    origins: tuple[Origin, ...] = ()
    drifts: tuple[Drift, ...] = ()
    findings: tuple[Finding, ...] = ()
    watch: tuple[Indicator, ...] = ()
    gaps: tuple[Gap, ...] = ()
    decisions: tuple[Decision, ...] = ()
    measures: tuple[MeasureNote, ...] = ()
    exemptions: tuple[ExemptionNote, ...] = ()
    records: tuple[RecordNote, ...] = ()
    lists: tuple[ListNote, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    tracks: Mapping[str, TrackMap] = field(default_factory=dict)
    evidence_path: Callable[[Evidence], str] | None = None
    passage: PassageOf
    original: OriginalOf = _no_original
