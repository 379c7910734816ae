"""Records as words: who says it, what is told, how much, where it stands. No judgement is added here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from observance.model import (
    Citation,
    Evidence,
    ListEntry,
    Observation,
    PageRegion,
    Quantity,
    SourceLink,
    TableRow,
    TextSpan,
    TrackRows,
)

__all__ = ["Words", "as_sentence", "chain_words", "count_words", "place_in_bytes", "quantity_words", "shorten"]

_BOUNDS = {
    "nearly": "nearly",
    "about": "about",
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "less_than": "less than",
    "order_of": "in the order of",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of vocabulary terms: `words("verdict", "engaged")`. A term without a label shows as its id in words."""

    labels: Mapping[str, str]

    def __call__(self, group: str, term: str) -> str:
        """The label of a term."""
        return self.labels.get(f"{group}/{term}") or term.replace("_", " ")

    def state(self, code: str) -> str:
        """A State by its label in the pack, else its code."""
        return self.labels.get(f"state/{code}") or code


def count_words(number: float) -> str:
    """A number with thin grouping: 4,800,000; fractions keep what they have."""
    if float(number).is_integer():
        return f"{int(number):,}"
    return f"{number:,.10g}"


def quantity_words(quantity: Quantity) -> str:
    """A quantity as reported: approximator, figure, unit; a capacity or a limit says so."""
    unit = (quantity.unit or "").replace("_", " ")
    if quantity.low is not None and quantity.high is not None:
        figure = f"{count_words(quantity.low)} to {count_words(quantity.high)}"
    elif quantity.value is not None:
        figure = count_words(quantity.value)
    elif quantity.low is not None:
        figure = f"at least {count_words(quantity.low)}"
    elif quantity.high is not None:
        figure = f"up to {count_words(quantity.high)}"
    else:
        return quantity.text or "amount not given"
    bound = _BOUNDS.get(quantity.approximator, "")
    if bound and not figure.startswith(bound):
        figure = f"{bound} {figure}"
    many = unit and figure != "1" and "/" not in unit and unit.islower() and not unit.endswith("s")
    words = f"{figure} {unit}{'s' if many else ''}".strip()
    role = {"capacity": "a capacity, not an amount moved", "limit": "a ceiling", "rate": "a rate"}.get(quantity.role)
    return f"{words} ({role})" if role else words


def speaker_words(link: SourceLink) -> str:
    """A speaker with office and States."""
    beside = ", ".join(part for part in (link.role or "", "/".join(link.states)) if part)
    return f"{link.name} ({beside})" if beside else link.name


def chain_words(observation: Observation) -> str:
    """Who says it, from the publisher inwards: `Outlet A, citing Outlet B, citing a minister (office, AAA)`."""
    return ", citing ".join(speaker_words(link) for link in observation.chain) or "the document itself"


def place_in_bytes(citation: Citation) -> str:
    """Where in the bytes a citation stands, as a reader would look for it."""
    match citation.selector:
        case TextSpan() as span:
            page = f"page {span.page}, " if span.page is not None else ""
            read_by = f" of the text read by {span.reader}" if span.reader else ""
            of_bytes = f"; bytes {span.byte_start}-{span.byte_end}" if span.byte_start is not None else ""
            return f"{page}characters {span.start}-{span.end}{read_by}{of_bytes}"
        case TableRow() as row:
            table = f"table {row.table}, " if row.table else ""
            return f"{table}row {row.row}" + (f", {', '.join(row.columns)}" if row.columns else "")
        case ListEntry() as entry:
            field = f", field {entry.field}" if entry.field else ""
            version = f" of {entry.version}" if entry.version else ""
            return f"list {entry.list_id}{version}, entry {entry.reference}, row {entry.row}{field}"
        case TrackRows() as rows:
            spans = ", ".join(f"{first}-{last}" for first, last in rows.ranges[:4])
            more = f" and {len(rows.ranges) - 4} further ranges" if len(rows.ranges) > 4 else ""
            return f"{count_words(rows.count)} positions, source rows {spans}{more}"
        case PageRegion() as region:
            return f"page {region.page}, region {', '.join(f'{edge:g}' for edge in region.box)} pt"


def evidence_title(evidence: Evidence) -> str:
    """Publisher and title of a document, or its file name."""
    meta = evidence.meta
    title = f"“{meta.title}”" if meta.title else ""
    return ", ".join(part for part in (meta.publisher or "", title) if part) or evidence.name


def as_sentence(text: str) -> str:
    """The words with a capital first letter and a full stop, where they have none; nothing else is touched."""
    words = text.strip()
    if not words:
        return words
    end = "" if words.endswith((".", "?", "!", ":", ".”", '."')) else "."
    return f"{words[0].upper()}{words[1:]}{end}"


def shorten(text: str, limit: int = 160) -> str:
    """One line of at most `limit` characters, cut at a word and marked where it was cut."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"
