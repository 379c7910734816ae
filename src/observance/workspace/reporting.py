"""Reporting: the records of a view become the input of a report, the report becomes a file with a ledger line."""

from __future__ import annotations

import csv
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.errors import ObservanceError, UsageError
from observance.evidence.ledger import Entry
from observance.model.canonical import sha256_bytes
from observance.model.citation import Citation, ListEntry, TableRow, TextSpan
from observance.model.evidence import Evidence
from observance.model.identifiers import MeasureId
from observance.report import (
    ExemptionNote,
    MeasureNote,
    NotRead,
    RecordNote,
    RegimeNote,
    ReportInput,
    build_report,
    explain_plain,
    explain_text,
    render_html,
)
from observance.store.files import write_whole

if TYPE_CHECKING:
    from observance.packs import Measure, Pack
    from observance.packs.vocabulary import Vocabulary
    from observance.report.figures.tracks import TrackMap
    from observance.report.input import OriginalOf
    from observance.workspace import Workspace
    from observance.workspace.finding import View

__all__ = ["explain", "issue", "labels_of", "passages", "report_input"]

_GROUPS = {
    "acts": "act",
    "actor_types": "actor",
    "approximators": "approximator",
    "duty_bearers": "duty",
    "event_types": "event",
    "evidence_types": "evidence",
    "items": "item",
    "layers": "layer",
    "likelihood": "likelihood",
    "roles": "role",
    "verdicts": "verdict",
}
_CONTEXT = 240
_PICTURES = 12


def issue(workspace: Workspace, view: View) -> Path:
    """Build and write the report of a view; returns its path. The same content is written once.

    Raises:
        ReportError: a sentence that rests on nothing; it is named.
    """
    page = render_html(build_report(report_input(workspace, view))).encode()
    digest = sha256_bytes(page)
    days = "".join(f"-{word}-{day}" for word, day in (("on", view.on), ("as-of", view.as_of)) if day)
    path = f"reports/report{days}-{digest[:12]}.html"
    write_whole(workspace.root / path, page)
    workspace.ledger.add(
        [
            Entry(
                act="reported",
                at=workspace.clock(),
                by=workspace.operator,
                data={
                    "on": view.on,
                    "as_of": view.as_of,
                    "inputs": view.inputs,
                    "findings": sorted(finding.id for finding in view.found.findings),
                    "path": path,
                    "sha256": digest,
                },
            )
        ]
    )
    return workspace.root / path


def explain(
    workspace: Workspace, finding: str, *, on: str | None = None, as_of: str | None = None
) -> tuple[str, dict[str, Any]]:
    """Why a finding stands, as text and as plain values.

    Raises:
        UsageError: no finding of this view has that id, or several begin so.
    """
    view = workspace.view(on=on, as_of=as_of)
    hits = [found for found in view.found.findings if found.id.startswith(finding)]
    if len(hits) != 1:
        known = ", ".join(found.id for found in view.found.findings) or "none"
        raise UsageError(
            "no finding with this id" if not hits else "several findings begin so", got=finding, expected=known
        )
    given = report_input(workspace, view)
    return explain_text(given, hits[0].id), explain_plain(given, hits[0].id)


def report_input(workspace: Workspace, view: View) -> ReportInput:
    """The records of a view as the input of a report."""
    pack = view.pack
    found = view.found
    faults = view.not_read
    return ReportInput(
        title=workspace.config.name,
        scope=_scope(view),
        regime=RegimeNote(
            id=", ".join(one.id for one in view.packs),
            name="; ".join(one.name for one in view.packs),
            version=", ".join(one.version[:12] for one in view.packs),
            warning=" ".join(dict.fromkeys(one.warning for one in view.packs)),
            as_of=pack.manifest.as_of.isoformat(),
            measures=sum(len(one.measures) for one in view.packs),
            signed=sum(not measure.unsigned for one in view.packs for measure in one.measures.values()),
        ),
        now=view.now,
        tool=f"observance {version('observance')}",
        by=workspace.operator,
        on=view.on,
        as_of=view.as_of,
        evidence=tuple(view.evidence.values()),
        observations=tuple(view.observations),
        judgements=tuple(view.judgements),
        events=tuple(found.events),
        origins=tuple(found.origins),
        drifts=tuple(found.drifts),
        findings=tuple(found.findings),
        watch=tuple(found.watch),
        gaps=tuple(found.gaps),
        decisions=tuple(view.decisions),
        measures=tuple(
            measure_note(measure, one.vocabulary) for one in view.packs for measure in one.measures.values()
        ),
        exemptions=tuple(
            ExemptionNote(
                id=exemption.id,
                title=exemption.title,
                basis=exemption.basis,
                conditions=exemption.conditions,
                notes=exemption.notes,
                content_confidence=exemption.content_confidence,
                checked_by=exemption.checked_by,
            )
            for one in view.packs
            for exemption in one.exemptions.values()
        ),
        records=tuple(note for one in view.packs for note in _records(one)),
        lists=tuple(view.lists),
        not_read=tuple(
            NotRead(evidence=record.sha256, reason=faults[sha256])
            for sha256, record in view.evidence.items()
            if sha256 in faults
        ),
        labels=labels_of(pack.vocabulary),
        tracks=_tracks(workspace, view),
        passage=passages(workspace, view.evidence),
        original=originals(workspace, view.evidence),
    )


def _tracks(workspace: Workspace, view: View) -> dict[str, TrackMap]:
    """The tracks around the behaviour of ships that findings and the watch list rest on."""
    from observance.workspace.events import tracks_of
    from observance.workspace.tracking import stored_events

    told = {key for finding in view.found.findings for key in finding.current.observations}
    told |= {key for indicator in view.found.watch for key in indicator.observations}
    wanted = {
        dict(one.attributes).get("event", ""): one.id
        for one in view.observations
        if one.kind == "behaviour" and one.id in told
    }
    if not wanted:
        return {}
    found = [event for event in stored_events(workspace) if event["id"] in wanted][:_PICTURES]
    return {wanted[event["id"]]: tracks_of(workspace, event) for event in found}


def _scope(view: View) -> str:
    documents = sum(record.kind == "document" for record in view.evidence.values())
    lists = sum(record.kind == "list" for record in view.evidence.values())
    tracks = sum(record.kind == "tracks" for record in view.evidence.values())
    parts = [
        _counted(documents, "document"),
        _counted(lists, "list"),
        *([_counted(tracks, "file", " of ship positions")] if tracks else []),
    ]
    return f"What was looked at: {', '.join(parts)}."


def _counted(count: int, noun: str, rest: str = "") -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}{rest}"


def measure_note(measure: Measure, vocabulary: Vocabulary) -> MeasureNote:
    """A paragraph in the words of the pack, with its grades and signature."""
    terms = [
        *(
            [f"flag of {', '.join(measure.flag_condition.states)} on {measure.flag_condition.ships} ship(s)"]
            if measure.flag_condition
            else []
        ),
        *([f"actors: {measure.actor_condition}"] if measure.actor_condition else []),
        *([f"set off by: {measure.trigger}"] if measure.trigger else []),
        *(_cap_words(cap) for cap in measure.caps),
        *(
            [f"old contracts until {measure.wind_down.until}: {measure.wind_down.condition}"]
            if measure.wind_down
            else []
        ),
    ]
    return MeasureNote(
        id=MeasureId(measure.id),
        title=measure.title,
        document=measure.document,
        kind=measure.kind,
        direction=measure.direction,
        status=measure.status,
        duty=measure.duty_bearers,
        acts=tuple(vocabulary.acts[act].label for act in measure.acts if act in vocabulary.acts),
        items=tuple(vocabulary.items[item].label for item in measure.items if item in vocabulary.items),
        terms=tuple(terms),
        exemptions=measure.exemptions,
        in_force_from=measure.in_force_from.isoformat(),
        in_force_to=measure.in_force_to.isoformat() if measure.in_force_to else None,
        superseded_by=measure.superseded_by,
        amended_by=measure.amended_by,
        notes=measure.notes,
        content_confidence=measure.content_confidence,
        paragraph_confidence=measure.paragraph_confidence,
        checked_by=measure.checked_by,
        checked_on=measure.checked_on.isoformat() if measure.checked_on else None,
    )


def _cap_words(cap: Any) -> str:
    amount = "a level known by reference" if cap.value is None else f"{cap.value:,.10g} {cap.unit}s"
    until = f" until {cap.applies_to}" if cap.applies_to else ""
    return f"ceiling {amount} a {cap.period} from {cap.applies_from}{until} ({cap.scope.replace('_', ' ')})"


def _records(pack: Pack) -> tuple[RecordNote, ...]:
    if pack.mandate is None:
        return ()
    mandate = pack.mandate
    notes = [
        RecordNote(
            id=f"mandate:{link.resolution}",
            text=f"S/RES/{link.resolution} extended the mandate until {link.extends_until}",
            source=link.source,
            confidence=link.confidence,
        )
        for link in mandate.chain
    ]
    end = mandate.end or {}
    founded = f"{mandate.founded.get('resolution')}:{mandate.founded.get('paragraph')}"
    last = f"; it ended on {end.get('date')}: {end.get('cause', '')}" if end else ""
    grades = ", ".join(f"{name} {grade}" for name, grade in (end.get("confidence") or {}).items())
    notes.append(
        RecordNote(id=f"mandate:{founded}", text=f"{mandate.body}, founded by {founded}{last}", confidence=grades)
    )
    return tuple(notes)


def labels_of(vocabulary: Vocabulary) -> dict[str, str]:
    """Words for the terms of the vocabulary and for States, as the report looks them up."""
    labels = {
        f"{group}/{term.id}": term.label or term.id.replace("_", " ")
        for section, group in _GROUPS.items()
        for term in vocabulary.terms.get(section, {}).values()
    }
    labels |= {f"modality/{term.id}": term.label for term in vocabulary.modality.values()}
    labels |= {
        f"verdict_wording/{term.id}": term.wording
        for term in vocabulary.terms.get("verdicts", {}).values()
        if term.wording
    }
    labels |= {f"state/{code}": name for code, name in state_names().items()}
    return labels


@cache
def state_names() -> dict[str, str]:
    """ISO 3166 alpha-3 to the usual English name, from the table of the list readers."""
    from observance.evidence import lists

    path = Path(lists.__file__).with_name("states.csv")
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return {row["alpha3"]: row["names"].split("|")[0] for row in rows}


def originals(workspace: Workspace, evidence: dict[str, Evidence]) -> OriginalOf:
    """A function from a passage of a working translation to the passage of the original in the case, or None."""
    from observance.evidence.readers import Document, Pairing, pair_passages, read_document

    def document(record: Evidence) -> Document:
        return read_document(workspace.archive_.read(record), name=record.name, given=record.meta)

    @cache
    def pairing(copy: str, original: str) -> Pairing | None:
        if original not in evidence:
            return None
        try:
            return pair_passages(document(evidence[copy]), document(evidence[original]))
        except ObservanceError:
            return None

    def original(citation: Citation) -> Citation | None:
        record = evidence.get(citation.evidence)
        source = record.meta.translation_of if record else None
        if source is None or not isinstance(citation.selector, TextSpan):
            return None
        paired = pairing(citation.evidence, source)
        span = paired.original_of(citation.selector.start, citation.selector.end) if paired else None
        return Citation(evidence=source, selector=span) if span else None

    return original


def passages(workspace: Workspace, evidence: dict[str, Evidence]) -> Any:
    """A function that reads the text around a citation again from the bytes: (before, quote, after)."""
    from observance.evidence.readers import read_document

    @cache
    def text(sha256: str) -> str:
        record = evidence.get(sha256)
        if record is None:
            return ""
        try:
            return read_document(workspace.archive_.read(record), name=record.name, given=record.meta).text
        except ObservanceError:
            return ""

    def passage(citation: Citation) -> tuple[str, str, str]:
        match citation.selector:
            case TextSpan() as span:
                whole = text(citation.evidence)
                if whole[span.start : span.end] != span.exact:
                    return span.prefix, span.exact, span.suffix
                before = whole[max(0, span.start - _CONTEXT) : span.start]
                after = whole[span.end : span.end + _CONTEXT]
                return before.rpartition("\n")[2], span.exact, after.partition("\n")[0]
            case ListEntry() as entry:
                return f"{entry.field}: " if entry.field else "", entry.exact or entry.reference, ""
            case TableRow() as row:
                cells = zip(row.columns, row.values, strict=False)
                return "", "; ".join(f"{name}: {value}" for name, value in cells), ""
            case _:
                return "", "", ""

    return passage
