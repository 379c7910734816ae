"""Why a finding says what it says: reasons, paragraphs, passages, hashes; as plain text and as JSON values."""

from __future__ import annotations

from typing import Any

from observance.errors import UsageError
from observance.model import Citation, Finding, Judgement, Observation
from observance.report.desk import Desk
from observance.report.input import ReportInput
from observance.report.marks import modality_word
from observance.report.review import moment
from observance.report.words import chain_words, evidence_title, place_in_bytes, quantity_words, shorten

__all__ = ["explain_plain", "explain_text", "pick"]


def pick(given: ReportInput, name: str) -> Finding:
    """The finding of that id, or of an id that begins so.

    Raises:
        UsageError: no finding, or several, with the ids that there are.
    """
    hits = [one for one in given.findings if one.id == name] or [
        one for one in given.findings if one.id.startswith(name) or one.id.partition("-")[2].startswith(name)
    ]
    if len(hits) == 1 and name:
        return hits[0]
    raise UsageError(
        "no finding of that id" if not hits else "several findings begin so",
        got=name,
        expected="one of the ids below" if given.findings else "an id; this view holds no finding",
        step="`observance report` lists the findings",
        faults=tuple(f"{one.id}  {one.current.title}" for one in (hits or given.findings)),
    )


def explain_plain(given: ReportInput, name: str) -> dict[str, Any]:
    """The explanation as plain values, for `--json`."""
    desk = Desk(given)
    finding = pick(given, name)
    now = finding.current
    return {
        "finding": finding.id,
        "title": now.title,
        "rule": now.rule,
        "layer": now.layer,
        "status": now.status,
        "on": now.on,
        "as_of": now.as_of,
        "statements": [
            {
                "layer": one.layer,
                "text": one.text,
                **({"condition": one.condition} if one.condition else {}),
                **({"likelihood": one.likelihood} if one.likelihood else {}),
                "rests_on": [_claim(desk, member) for member in one.supports],
                "against": [_claim(desk, member) for member in one.contradicts],
                "judgements": [_judgement(desk, member) for member in one.judgements],
                "records": list(one.records),
            }
            for one in now.statements
        ],
        "origins": [
            {"id": one, "label": desk.origins[one].label, "relays": list(desk.origins[one].relays)}
            for one in now.origins
            if one in desk.origins
        ],
        "denials": [_claim(desk, one) for one in now.contradicting],
        "beside": [_claim(desk, one) for one in now.beside],
        "drift": [desk.drifts[one].text for one in now.drift if one in desk.drifts],
        "judgements": [_judgement(desk, one) for one in now.judgements],
        "confidence": {"level": now.confidence.level, "parts": dict(now.confidence.parts)} if now.confidence else None,
        "gaps": [{"text": one.text, "question": one.question} for one in now.gaps],
        "versions": [
            {"number": one.number, "at": moment(one.at), "by": one.by, "title": one.title} for one in finding.versions
        ],
    }


def _claim(desk: Desk, name: str) -> dict[str, Any]:
    found = desk.observations.get(name)
    if found is None:
        return {"observation": name, "missing": True}
    return {
        "observation": name,
        "modality": found.modality,
        "event_type": found.event_type,
        "says": chain_words(found),
        "statement": found.statement,
        "quantities": [quantity_words(one) for one in found.quantities],
        "passages": [_place(desk, one) for one in found.citations],
    }


def _place(desk: Desk, citation: Citation) -> dict[str, str]:
    before, quote, after = desk.given.passage(citation)
    evidence = desk.evidence.get(citation.evidence)
    return {
        "document": evidence_title(evidence) if evidence else "",
        "published": (evidence.meta.published or "") if evidence else "",
        "sha256": str(citation.evidence),
        "where": place_in_bytes(citation),
        "before": before,
        "quote": quote,
        "after": after,
    }


def _judgement(desk: Desk, name: str) -> dict[str, Any]:
    found = desk.judgements.get(name)
    if found is None:
        return {"judgement": name, "missing": True}
    note = desk.measures.get(found.measure)
    return {
        "judgement": name,
        "measure": str(found.measure),
        "content": note.title if note else "",
        "verdict": found.verdict,
        "role": found.role,
        "law_day": found.law_day,
        "signed": bool(note and note.signed) and not found.unsigned,
        "content_confidence": found.content_confidence,
        "paragraph_confidence": found.paragraph_confidence,
        "exemption": found.exemption,
        "question": found.question,
        "missing_fact": found.missing,
        "reasons": [
            {
                "condition": one.condition,
                "outcome": one.outcome,
                "field": one.field,
                "found": one.found,
                "expected": one.expected,
                "text": one.text,
            }
            for one in found.reasons
        ],
    }


def explain_text(given: ReportInput, name: str) -> str:
    """The explanation as lines of text; hashes and ids stay whole."""
    desk = Desk(given)
    finding = pick(given, name)
    now = finding.current
    lines = [
        now.title,
        f"{finding.id}  layer: {desk.words('layer', now.layer)}  status: {desk.words('status', now.status)}",
        f"rule: {now.rule}",
        f"law of {now.on or 'the days of the acts'}, view as of {now.as_of or 'all that is in the file'}",
    ]
    for place, statement in enumerate(now.statements, start=1):
        condition = f" (if {statement.condition})" if statement.condition else ""
        likelihood = f" [{desk.words('likelihood', statement.likelihood)}]" if statement.likelihood else ""
        lines.extend(("", f"{place}. {desk.words('layer', statement.layer)}: {statement.text}{condition}{likelihood}"))
        for label, members in (("rests on", statement.supports), ("against", statement.contradicts)):
            for member in members:
                lines.extend(_claim_lines(desk, label, member))
        for member in statement.judgements:
            lines.extend(_judgement_lines(desk, desk.judgements.get(member), member))
        lines.extend(f"   record   {record}" for record in statement.records)
    told = {one for statement in now.statements for one in statement.judgements}
    others = [one for one in now.judgements if one not in told]
    if others:
        lines.extend(("", "held against the measures:"))
        for member in others:
            lines.extend(_judgement_lines(desk, desk.judgements.get(member), member))
    counted = [desk.origins[one] for one in now.origins if one in desk.origins]
    if counted:
        lines.extend(("", f"independent origins: {len(counted)} (relays are not counted)"))
        for origin in counted:
            relays = f", reached us through {', '.join(origin.relays)}" if origin.relays else ""
            lines.append(f"   {origin.label}{relays}")
    for title, members in (("denied or contradicted:", now.contradicting), ("beside, supports nothing:", now.beside)):
        if members:
            lines.extend(("", title))
            for member in members:
                lines.extend(_claim_lines(desk, "claim", member))
    drifts = [desk.drifts[one].text for one in now.drift if one in desk.drifts]
    if drifts:
        lines.extend(("", "drift in the retelling:", *(f"   {one}" for one in drifts)))
    if now.confidence:
        lines.extend(
            ("", f"confidence: {now.confidence.level}", *(f"   {name}: {says}" for name, says in now.confidence.parts))
        )
    if now.gaps:
        lines.extend(("", "missing:"))
        lines.extend(f"   {one.text}" + (f"  Ask: {one.question}" if one.question else "") for one in now.gaps)
    if given.regime.warning:
        lines.extend(("", given.regime.warning))
    return "\n".join(lines) + "\n"


def _claim_lines(desk: Desk, label: str, name: str) -> list[str]:
    found: Observation | None = desk.observations.get(name)
    if found is None:
        return [f"   {label:<9}{name} (not in this view)"]
    lines = [f"   {label:<9}[{modality_word(found.modality)}] {chain_words(found)}"]
    for citation in found.citations:
        place = _place(desk, citation)
        document = ", ".join(part for part in (place["document"], place["published"]) if part)
        lines.append(f"            “{shorten(place['quote'], 400)}”")
        lines.append(f"            {document}")
        lines.append(f"            {place['where']}")
        lines.append(f"            sha256 {place['sha256']}")
    lines.append(f"            {name}")
    return lines


def _judgement_lines(desk: Desk, found: Judgement | None, name: str) -> list[str]:
    if found is None:
        return [f"   judged   {name} (not in this view)"]
    note = desk.measures.get(found.measure)
    signed = "signed" if note and note.signed and not found.unsigned else "unsigned"
    grades = ", ".join(
        part
        for part in (
            f"content {found.content_confidence}" if found.content_confidence else "",
            f"number {found.paragraph_confidence}" if found.paragraph_confidence else "",
            signed,
        )
        if part
    )
    title = f": {note.title}" if note else ""
    day = f", law of {found.law_day}" if found.law_day else ""
    lines = [f"   judged   {found.measure} {desk.words('verdict', found.verdict)} ({grades}{day}){title}"]
    lines.extend(
        f"            {one.outcome:<8} {one.condition}: {one.text or f'{one.found} (asked for: {one.expected})'}"
        for one in found.reasons
    )
    if found.exemption:
        lines.append(f"            exemption {found.exemption}")
    if found.missing:
        lines.append(f"            missing  {found.missing}")
    if found.question:
        lines.append(f"            ask      {found.question}")
    lines.append(f"            {name}")
    return lines
