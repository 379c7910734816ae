"""One document with its claims marked, for `observance read FILE --html`: the text, and beside it who says what how.

Claims may overlap. The text is cut at every border; a piece carries the mark of the shortest claim over it, and each
claim has its number where it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from observance.model import DocumentMeta, Observation, TextSpan
from observance.report.marks import MODALITIES, modality_word
from observance.report.markup import element, isolated, words
from observance.report.page import page
from observance.report.words import Words, chain_words, count_words, quantity_words, shorten

# A little room after each line of the text: the characters stay as they are.
_BREAK = '\n<span class="gap"></span>'

__all__ = ["ReadingInput", "render_reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingInput:
    """A document as read.

    Attributes:
        name: file name.
        text: the text in which the spans count.
        sha256: of the bytes.
        meta: what is known of the document.
        observations: the claims; those with a text span into this document are marked.
        off: spans that are boilerplate or furniture, shown softer: (start, end).
        labels: `group/id` to words, as in `ReportInput`.
        language: of the document.
    """

    name: str
    text: str
    sha256: str
    meta: DocumentMeta = field(default_factory=DocumentMeta)
    observations: tuple[Observation, ...] = ()
    off: tuple[tuple[int, int], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"


def render_reading(given: ReadingInput) -> str:
    """The page: key, text with marks, table of claims."""
    spans = _spans(given)
    facts = "".join(
        element("div", element("dt", words(name)), element("dd", value))
        for name, value in (
            ("Publisher", words(given.meta.publisher or "not stated")),
            ("Published", words(given.meta.published or "not stated")),
            ("File", element("code", words(given.name))),
            ("SHA-256", element("code", words(given.sha256))),
            ("Claims", words(count_words(len(spans)))),
        )
    )
    composed = ""
    if given.meta.composed:
        warning = "This document was composed for demonstration: nothing in it is to be taken for fact."
        composed = element("div", element("p", words(warning)), class_="call composed")
    if given.meta.translation_of:
        warning = (
            f"A working translation of the document with sha256 {given.meta.translation_of}; the original decides."
        )
        composed += element("div", element("p", words(warning)), class_="call composed")
    key = " ".join(
        element("span", words(shape.word), class_=f"chip modality m-{name}", title=shape.meaning)
        for name, shape in MODALITIES.items()
    )
    body = "".join(
        (
            element(
                "header",
                element("p", "Document with its claims", class_="cover"),
                element("h1", words(given.meta.title or given.name)),
                element("dl", facts, class_="facts"),
                composed,
                element("p", key, class_="chips"),
                class_="title",
            ),
            element(
                "main",
                element("h2", "Text", id="text"),
                element("article", _marked(given, spans), lang=given.language, aria_labelledby="text"),
                element("h2", "Claims", id="claims"),
                _claims(given, spans),
                id="main",
                tabindex="-1",
            ),
        )
    )
    return page(title=given.meta.title or given.name, language="en", body=body, kind="reading")


def _spans(given: ReadingInput) -> list[tuple[int, int, Observation]]:
    """Claims by where they begin; a span that runs past the text is cut to it."""
    found = []
    for observation in given.observations:
        selector = observation.citations[0].selector
        if isinstance(selector, TextSpan) and selector.start < len(given.text):
            found.append((selector.start, min(selector.end, len(given.text)), observation))
    return sorted(found, key=lambda one: (one[0], -one[1], one[2].key, one[2].id))


def _marked(given: ReadingInput, spans: list[tuple[int, int, Observation]]) -> str:
    borders = {0, len(given.text)}
    borders.update(edge for start, end, _ in spans for edge in (start, end))
    borders.update(min(max(edge, 0), len(given.text)) for span in given.off for edge in span)
    cuts = sorted(borders)
    parts = []
    for start, end in pairwise(cuts):
        for number, (first, _, observation) in enumerate(spans, start=1):
            if first == start:
                name = f"claim {number}, {modality_word(observation.modality)}"
                link = element("a", str(number), href=f"#k{number}", id=f"t{number}", aria_label=name)
                parts.append(element("sup", link))
        over = [one for one in spans if one[0] <= start and end <= one[1]]
        piece = words(given.text[start:end]).replace("\n", _BREAK)
        if over:
            shortest = min(over, key=lambda one: one[1] - one[0])
            mark = "".join(char if char.isalnum() else "-" for char in shortest[2].modality)
            piece = element("mark", piece, class_=f"m-{mark}")
        elif any(first <= start and end <= last for first, last in given.off):
            piece = element("span", piece, class_="off")
        parts.append(piece)
    return "".join(parts)


def _claims(given: ReadingInput, spans: list[tuple[int, int, Observation]]) -> str:
    if not spans:
        return element(
            "p", "No claim was read in this text. The words of the frames are those of the loaded vocabulary."
        )
    label = Words(given.labels)
    heads = ("Claim", "How", "What", "Who says it", "Words")
    head = element("tr", *(element("th", one, scope="col", role="columnheader") for one in heads), role="row")
    rows = []
    for number, (_, _, one) in enumerate(spans, start=1):
        mark = "".join(char if char.isalnum() else "-" for char in one.modality)
        back = element("a", str(number), href=f"#t{number}", aria_label=f"claim {number} in the text")
        cells = (
            element("th", back, scope="row", role="rowheader"),
            _cell("How", element("span", words(modality_word(one.modality)), class_=f"chip modality m-{mark}")),
            _cell("What", _what(one, label)),
            _cell("Who says it", words(chain_words(one))),
            _cell("Words", isolated(shorten(one.statement or "", 160))),
        )
        rows.append(element("tr", *cells, role="row", id=f"k{number}"))
    table = element(
        "table",
        element("caption", "Claims in the order of the text"),
        element("thead", head, role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        role="table",
    )
    return element("div", table, class_="scroll", tabindex="0", role="group", aria_label="Claims")


def _cell(label: str, inner: str) -> str:
    return element("td", inner, role="cell", data_label=label)


def _what(one: Observation, label: Words) -> str:
    lines = [element("strong", words(label("event", one.event_type)))]
    lines.extend(
        words(f"{label('role', party.role)}: {party.name}" + (f" ({party.state})" if party.state else ""))
        for party in one.participants
    )
    items = ", ".join(label("item", item.token) if item.token else item.text or "" for item in one.items)
    if items:
        lines.append(words(f"item: {items}"))
    lines.extend(words(quantity_words(quantity)) for quantity in one.quantities)
    if one.date and one.date.value:
        lines.append(words(f"date: {one.date.value}" + (" (inferred)" if one.date.inferred else "")))
    return "".join(element("p", line) for line in lines)
