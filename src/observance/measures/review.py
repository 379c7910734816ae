"""A resolution's text beside the records that claim to encode it, and the signature of a person who compared them.

A program can put a record beside its paragraph; that the two say the same is for a person to say. A signature names
who, when and whether the record was agreed to or corrected, and cites the span in the bytes of the text. It is a
`Decision` of kind `measure_signed`, lives in the workspace, and holds for the record as it was: when the record
changes, its signature no longer counts. No signature ships with a pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from observance.errors import InputError
from observance.measures.judge import signature_word
from observance.measures.resolution import Paragraph, split_resolution
from observance.model import Citation, Decision, TextSpan, canonical_json, sha256_bytes, to_plain
from observance.packs import Measure, Pack

if TYPE_CHECKING:
    from observance.evidence.readers import Document

__all__ = ["Beside", "Review", "corrections_of", "record_digest", "review", "review_lines", "sign", "with_signatures"]

SIGNED = "measure_signed"
ASIDE = frozenset({"furniture", "footnote", "boilerplate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A record with the paragraph that it claims to encode; `paragraph` None where the text has no such number."""

    measure: Measure
    paragraph: Paragraph | None
    span: TextSpan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A resolution held against its text.

    Attributes:
        resolution: its number.
        paragraphs: all numbered paragraphs of the text.
        rows: each record of the resolution with its paragraph.
        bare: numbers of paragraphs that no record encodes; not a fault, preambles of names and reports are left out.
        warnings: what a reader should know.
    """

    resolution: int
    paragraphs: tuple[Paragraph, ...]
    rows: tuple[Beside, ...]
    bare: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "resolution": self.resolution,
            "records": [
                {
                    "measure": row.measure.id,
                    "title": row.measure.title,
                    "record": record_digest(row.measure),
                    "signed": not row.measure.unsigned,
                    "span": to_plain(row.span) if row.span else None,
                }
                for row in self.rows
            ],
            "paragraphs": [to_plain(row) for row in self.paragraphs],
            "paragraphs_without_record": list(self.bare),
            "warnings": list(self.warnings),
        }


def review(pack: Pack, resolution: int, document: Document) -> Review:
    """Put each record of a resolution beside its paragraph.

    Raises:
        InputError: the pack has no record of that resolution.
    """
    measures = [measure for measure in pack.measures.values() if measure.resolution == resolution]
    if not measures:
        known = sorted({str(measure.resolution) for measure in pack.measures.values()})
        raise InputError("no record of that resolution", where=pack.id, got=str(resolution), expected=", ".join(known))
    skip = tuple((block.start, block.end) for block in document.blocks if block.kind in ASIDE)
    paragraphs = split_resolution(document.text, skip=skip, starts=(block.start for block in document.blocks))
    own = {row.number: row for row in reversed(paragraphs) if not row.part}
    rows = []
    for measure in measures:
        found = own.get(measure.paragraph)
        rows.append(
            Beside(
                measure=measure,
                paragraph=found,
                span=document.span(found.start, found.end) if found else None,
            )
        )
    encoded = {measure.paragraph for measure in measures}
    tops = {number.partition("(")[0] for number in encoded}
    bare = tuple(row.number for row in paragraphs if not row.part and "(" not in row.number and row.number not in tops)
    warnings = []
    if not own:
        warnings.append("no numbered paragraph was found in the text")
    if str(resolution) not in document.text:
        warnings.append(f"the text does not name resolution {resolution}")
    return Review(resolution=resolution, paragraphs=paragraphs, rows=tuple(rows), bare=bare, warnings=tuple(warnings))


def review_lines(pack: Pack, found: Review) -> list[str]:
    """Record and paragraph, one under the other, for a person to compare."""
    lines = []
    for row in found.rows:
        measure = row.measure
        lines.append(f"{measure.id}  [{signature_word(measure)}]")
        lines.append(f"  record:    {measure.title}")
        lines.append(
            f"             {measure.kind}; {measure.direction}; {', '.join(measure.acts)}; {', '.join(measure.items)}"
        )
        if row.paragraph is None or row.span is None:
            lines.append("  paragraph: not found in this text")
        else:
            page = f", page {row.span.page}" if row.span.page else ""
            lines.append(f"  paragraph: {row.paragraph.text}")
            lines.append(f"             characters {row.span.start} to {row.span.end}{page}")
        lines.append("")
    missing = sum(row.paragraph is None for row in found.rows)
    lines.append(
        f"resolution {found.resolution}: {len(found.rows)} records of {pack.id}, {missing} without their paragraph; "
        f"{len(found.paragraphs)} numbered paragraphs in the text, of which without a record: "
        f"{', '.join(found.bare) or 'none'}"
    )
    return lines


def record_digest(measure: Measure) -> str:
    """Hash of what a record says, without its signature: a signature holds for exactly this."""
    plain = to_plain(replace(measure, checked_by=None, checked_on=None))
    return sha256_bytes(canonical_json(plain))


def sign(
    measure: Measure,
    *,
    citation: Citation,
    by: str,
    at: datetime,
    agreed: bool,
    reason: str = "",
    corrections: tuple[tuple[str, str], ...] = (),
) -> Decision:
    """The signature of a person who compared a record with its paragraph.

    Args:
        measure: the record.
        citation: the span of the paragraph in the bytes of the text.
        by: name of the person.
        at: UTC time.
        agreed: the record says what the paragraph says; False with `corrections` where it does not.
        reason: in the person's words.
        corrections: (field, what it should say) pairs.

    Raises:
        InputError: no name, a citation that quotes nothing, or neither agreed nor corrected.
    """
    if not by.strip():
        raise InputError("a signature needs the name of a person", step="give --by NAME")
    if not isinstance(citation.selector, TextSpan) or not citation.selector.exact.strip():
        raise InputError("a signature cites the paragraph that was compared", got="no quoted words")
    if agreed == bool(corrections):
        raise InputError(
            "a record is either agreed to or corrected", expected="agreed, or corrections with what it should say"
        )
    values = (("record", record_digest(measure)), ("answer", "agreed" if agreed else "corrected"), *corrections)
    return Decision(
        kind=SIGNED,
        subject=measure.id,
        citations=(citation,),
        about="measure",
        by=by.strip(),
        at=at,
        reason=reason,
        values=values,
    ).sealed()


def corrections_of(told: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Corrections as a person writes them, `2375:16:wind_down.until=2017-12-11`, by the id of the record.

    Raises:
        InputError: one that is not of that form.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for text in told:
        name, equals, value = text.partition("=")
        key, _, field = name.rpartition(":")
        if not equals or not key or not field or not value:
            raise InputError("a correction is of the form ID:FIELD=VALUE", got=text)
        found[key] = (*found.get(key, ()), (field, value))
    return found


def with_signatures(pack: Pack, decisions: Iterable[Decision]) -> Pack:
    """The pack with the signatures of a workspace: the latest on each record counts, and only for the record as it is.

    A record that was corrected stays unsigned until the pack says what the correction says and is signed again.
    """
    latest: dict[str, Decision] = {}
    for decision in sorted((row for row in decisions if row.kind == SIGNED), key=lambda row: row.at):
        latest[decision.subject] = decision
    measures = dict(pack.measures)
    for subject, decision in latest.items():
        measure = measures.get(subject)
        values = dict(decision.values)
        if measure is None or values.get("answer") != "agreed" or values.get("record") != record_digest(measure):
            continue
        measures[subject] = replace(measure, checked_by=decision.by, checked_on=decision.at.date())
    # Without a signature that counts it is the same pack, and what was made ready for it is used again.
    return pack if measures == pack.measures else replace(pack, measures=measures)
