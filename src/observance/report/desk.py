"""The desk on which a report is laid out: records by id, labels, and the numbering of footnotes.

The numbering is the only state of a build: a footnote gets its number when it is first called, so that numbers run in
reading order and the same input gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from observance.model import Citation, Decision, DocumentMeta, Evidence, Judgement, Observation, Origin, TextSpan
from observance.report.input import ExemptionNote, MeasureNote, NotRead, RecordNote, ReportInput
from observance.report.marks import modality_word
from observance.report.tree import Chip, Code, Day, Footnote, Inline, NoteRef, Passage, Quote, Ref, Support, Text
from observance.report.words import (
    Words,
    chain_words,
    evidence_title,
    place_in_bytes,
    quantity_words,
    shorten,
    speaker_words,
)

__all__ = ["Desk", "evidence_anchor", "finding_anchor", "marks", "measure_anchor"]


def evidence_anchor(sha256: str) -> str:
    """Anchor of a row of the annex."""
    return f"e-{sha256[:16]}"


def measure_anchor(measure: str) -> str:
    """Anchor of a paragraph; letters and digits only, so that a fragment needs no escape."""
    return "m-" + "".join(char if char.isalnum() else "-" for char in measure)


def finding_anchor(finding: str) -> str:
    """Anchor of a finding."""
    return "f-" + finding


class Desk:
    """Records of one input by id, and the footnotes called so far."""

    def __init__(self, given: ReportInput) -> None:
        """Index the input; nothing is read from outside."""
        self.given = given
        self.words = Words(given.labels)
        self.observations = {one.id: one for one in given.observations}
        self.judgements = {one.id: one for one in given.judgements}
        self.evidence: dict[str, Evidence] = {one.sha256: one for one in given.evidence}
        self.events = {one.id: one for one in given.events}
        self.origins = {one.id: one for one in given.origins}
        self.drifts = {one.id: one for one in given.drifts}
        self.measures: dict[str, MeasureNote] = {str(one.id): one for one in given.measures}
        self.exemptions: dict[str, ExemptionNote] = {one.id: one for one in given.exemptions}
        self.records: dict[str, RecordNote] = {one.id: one for one in given.records}
        self.decisions: dict[str, Decision] = {one.id: one for one in given.decisions}
        self.origin_of: dict[str, Origin] = {
            member: origin for origin in given.origins for member in origin.observations
        }
        self.judgements_of: dict[str, list[Judgement]] = {}
        self.relevant: dict[str, list[Judgement]] = {}
        for one in given.judgements:
            self.judgements_of.setdefault(one.subject, []).append(one)
            if one.verdict != "none" or one.exemption:
                self.relevant.setdefault(one.measure, []).append(one)
        self.shown_measures = self._shown_measures()
        self.shown_records = self._shown_records()
        self.not_read = self._not_read()
        self._numbers: dict[Support, int] = {}

    def _shown_measures(self) -> frozenset[str]:
        """Paragraphs that get a section of their own: named by a finding, a watch line or a verdict that is shown."""
        named: set[str] = set(self.relevant)
        for finding in self.given.findings:
            named.update(measure for measure, _ in finding.current.measures)
            named.update(record for one in finding.current.statements for record in one.records)
        for line in self.given.watch:
            named.update(line.measures)
        return frozenset(named & self.measures.keys())

    def _not_read(self) -> tuple[NotRead, ...]:
        """Documents that were kept and not read: those named by the input, and those in a language no reader knows."""
        named = [one for one in self.given.not_read if one.evidence in self.evidence]
        known = {one.evidence for one in named}
        known.update(citation.evidence for one in self.given.observations for citation in one.citations)
        for sha256, one in self.evidence.items():
            language = (one.meta.language or "en").lower()
            if one.kind == "document" and not language.startswith("en") and sha256 not in known:
                named.append(
                    NotRead(evidence=one.sha256, reason=f"In {language}: kept and searched, not read for claims.")
                )
        return tuple(sorted(named, key=lambda one: one.evidence))

    def _shown_records(self) -> frozenset[str]:
        """Exemptions and other records that get a row: named by a finding, a judgement or a paragraph shown."""
        named: set[str] = {one.exemption for one in self.given.judgements if one.exemption}
        for finding in self.given.findings:
            named.update(finding.current.exemptions)
            named.update(record for one in finding.current.statements for record in one.records)
        for measure in self.shown_measures:
            named.update(self.measures[measure].exemptions)
        return frozenset(named & (self.records.keys() | self.exemptions.keys()))

    def note(self, support: Support) -> NoteRef:
        """The call to the footnote of an observation or a document."""
        return NoteRef(number=self._numbers.setdefault(support, len(self._numbers) + 1))

    def notes(self, observations: Iterable[str], *, limit: int = 12) -> tuple[Inline, ...]:
        """Calls to the footnotes of observations that the file holds, each once, by number; the rest is counted."""
        known = [one for one in dict.fromkeys(observations) if one in self.observations]
        calls = sorted(
            (self.note(Support(kind="observation", id=one)) for one in known[:limit]), key=lambda one: one.number
        )
        more: tuple[Inline, ...] = (Text(text=f"and {len(known) - limit} more"),) if len(known) > limit else ()
        return (*calls, *more)

    def references(self, records: Iterable[str]) -> tuple[Inline, ...]:
        """Links to paragraphs and other records of the pack."""
        links: list[Inline] = []
        for record in records:
            if record in self.shown_measures or record in self.shown_records:
                links.append(Ref(target=measure_anchor(record), text=record))
            else:
                links.append(Code(text=record))
        return tuple(links)

    def modality(self, observation: Observation) -> Chip:
        """The word of a modality, shown before the claim."""
        word = modality_word(observation.modality)
        if observation.kind != "claim" and observation.modality == "asserted":
            word = self.words("kind", observation.kind)
        return Chip(group="modality", value=observation.modality, label=word)

    def quote(self, observation: Observation, *, limit: int = 220) -> Quote:
        """The words of the claim under their modality."""
        # The statement of a match is a sentence about it; the words of the source are what is cited.
        cited = _exact(observation.citations[0])
        text = (cited if observation.kind == "match" else observation.statement) or observation.statement or cited
        return Quote(text=shorten(text, limit), modality=observation.modality, by=self.denier(observation))

    def claim(self, observation: str) -> tuple[Inline, ...]:
        """One claim in a line: modality first, then its words, who says it, its quantity and the footnote."""
        found = self.observations[observation]
        line: list[Inline] = [self.modality(found), self.quote(found)]
        if found.modality != "denied" or len(found.chain) > 1:
            line.append(Text(text=f"({chain_words(found)})"))
        line.extend(self.notes((observation,)))
        return tuple(line)

    def claims(self, observations: Iterable[str], *, limit: int = 12) -> tuple[tuple[Inline, ...], ...]:
        """One line a claim; beyond the limit the rest is counted, so that a page of a large case stays a page."""
        known = [one for one in dict.fromkeys(observations) if one in self.observations]
        lines = [self.claim(one) for one in known[:limit]]
        if len(known) > limit:
            lines.append((Text(text=f"and {len(known) - limit} more claims, in the workspace"),))
        return tuple(lines)

    def denier(self, observation: Observation) -> str:
        """The name of who denies; empty for every other modality."""
        speaker = observation.speaker
        return speaker.name if observation.modality == "denied" and speaker else ""

    def describe(self, observation: Observation) -> str:
        """What is told in the terms of the vocabulary: event, parties with roles, items, figures, places."""
        words = [self.words("event", observation.event_type)]
        parties = [
            f"{self.words('role', one.role)}: {one.name}" + (f" ({self.words.state(one.state)})" if one.state else "")
            for one in observation.participants
        ]
        items = [self.words("item", one.token) if one.token else one.text or "" for one in observation.items]
        if parties:
            words.append("; ".join(parties))
        if any(items):
            words.append("item: " + ", ".join(item for item in items if item))
        if observation.quantities:
            words.append("figures: " + ", ".join(quantity_words(one) for one in observation.quantities))
        if observation.places:
            words.append("at " + ", ".join(one.name for one in observation.places))
        return " · ".join(words)

    def footnotes(self) -> tuple[Footnote, ...]:
        """All footnotes called so far, in the order of their numbers."""
        return tuple(self._footnote(number, support) for support, number in self._numbers.items())

    def source_line(self, sha256: str) -> tuple[Inline, ...]:
        """A document: title, day, the mark where it was composed, and a link to its row of the annex."""
        found = self.evidence.get(sha256)
        if found is None:
            return (Code(text=sha256),)
        line: list[Inline] = [Text(text=evidence_title(found))]
        if found.meta.published:
            line.append(Day(value=found.meta.published))
        line.extend(marks(found.meta))
        line.append(Ref(target=evidence_anchor(sha256), text=f"sha256 {sha256[:12]}…"))
        return tuple(line)

    def _footnote(self, number: int, support: Support) -> Footnote:
        if support.kind != "observation":
            return Footnote(number=number, source=self.source_line(support.id), supports=(support,))
        observation = self.observations[support.id]
        first, *rest = observation.citations
        # Names and pronouns of the same document are told in a line; another document or a list row gets its passage.
        beside = [one for one in rest if one.evidence == first.evidence and isinstance(one.selector, TextSpan)]
        shown = (first, *(one for one in rest if one not in beside))
        detail: list[tuple[Inline, ...]] = [
            (Text(text="Says:"), Text(text=", citing ".join(map(speaker_words, observation.chain)) or "the document"))
        ]
        detail.append((Text(text="Read as:"), self.modality(observation), Text(text=self.describe(observation))))
        if observation.date and observation.date.value:
            inferred = " (inferred, not written)" if observation.date.inferred else ""
            detail.append((Text(text="Happened:"), Day(value=observation.date.value), Text(text=inferred.strip())))
        if observation.said_on and observation.said_on.value:
            detail.append((Text(text="Said:"), Day(value=observation.said_on.value)))
        if beside:
            words = "; ".join(f"“{_exact(one)}” ({place_in_bytes(one)})" for one in beside)
            detail.append((Text(text="Also cited:"), Text(text=words)))
        detail.extend(self._originals(shown))
        detail.extend((Text(text="Caveat:"), Text(text=caveat)) for caveat in observation.caveats)
        detail.append((Text(text="Record:"), Code(text=observation.id)))
        return Footnote(
            number=number,
            source=self.source_line(observation.citations[0].evidence),
            passages=tuple(self._passage(observation, one, place) for place, one in enumerate(shown)),
            detail=tuple(detail),
            supports=(support,),
        )

    def _originals(self, cited: Iterable[Citation]) -> Iterator[tuple[Inline, ...]]:
        """A line for each passage of a working translation: the passage of the original, which decides."""
        for citation in cited:
            found = self.evidence.get(citation.evidence)
            if found is None or not found.meta.translation_of:
                continue
            original = self.given.original(citation)
            if original is None:
                words = f"sha256 {found.meta.translation_of[:12]}…; no passage of it could be paired"
            else:
                words = f"“{_exact(original)}” ({place_in_bytes(original)} · sha256 {original.evidence[:12]}…)"
            yield Text(text="Translated from:"), Text(text=words)

    def _passage(self, observation: Observation, citation: Citation, place: int) -> Passage:
        before, quote, after = self.given.passage(citation)
        return Passage(
            before=before,
            quote=quote,
            after=after,
            modality=observation.modality if place == 0 else "cited",
            by=self.denier(observation) if place == 0 else "",
            where=f"{place_in_bytes(citation)} · sha256 {citation.evidence[:12]}…",
        )


def marks(meta: DocumentMeta) -> tuple[Chip, ...]:
    """What must stand beside a document wherever it is named: composed, or a translation and not the original."""
    found = []
    if meta.composed:
        found.append(Chip(group="mark", value="composed", label="composed for demonstration"))
    if meta.translation_of:
        found.append(Chip(group="mark", value="translation", label="working translation"))
    return tuple(found)


def _exact(citation: Citation) -> str:
    exact = getattr(citation.selector, "exact", "")
    values = getattr(citation.selector, "values", ())
    return str(exact or " | ".join(values) or place_in_bytes(citation))
