"""Head, key, gaps and annex: what the report is, how to read it, what it lacks, and how a stranger checks it."""

from __future__ import annotations

from typing import Literal

from observance.model import Evidence
from observance.report.desk import Desk, evidence_anchor, marks
from observance.report.marks import LAYER_MEANINGS, MODALITIES, VERDICT_MEANINGS
from observance.report.review import gap_sentences, moment
from observance.report.tree import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chip,
    Code,
    Column,
    Day,
    Head,
    Inline,
    Listing,
    Paragraph,
    Ref,
    Row,
    Section,
    Sentence,
    Support,
    Table,
    Text,
)
from observance.report.words import count_words, evidence_title

__all__ = ["annex_section", "gaps_section", "head", "how_to_read", "key_section"]


def head(desk: Desk) -> Head:
    """Title block with the warnings that nobody may miss."""
    given = desk.given
    facts: list[tuple[str, tuple[Inline, ...]]] = [("Issued", (Text(text=moment(given.now)),))]
    if given.by:
        facts.append(("By", (Text(text=given.by),)))
    version = f", pack {given.regime.version}" if given.regime.version else ""
    facts.append(("Measures", (Text(text=f"{given.regime.name}{version}"),)))
    facts.append(("Law of", (Day(value=given.on) if given.on else Text(text="the days of the acts"),)))
    view = Day(value=given.as_of) if given.as_of else Text(text="the day of issue: all that is in the file")
    facts.append(("View as of", (view,)))
    documents = sum(one.kind != "list" for one in given.evidence)
    held = f"{count_words(documents)} documents, {count_words(len(given.observations))} observations, "
    held += f"{count_words(len(given.judgements))} judgements, {count_words(len(given.findings))} findings"
    facts.append(("In the file", (Text(text=held),)))
    return Head(
        cover="Report on the implementation of measures",
        title=given.title,
        facts=tuple(facts),
        callouts=_callouts(desk),
    )


def _callouts(desk: Desk) -> tuple[Callout, ...]:
    given = desk.given
    found: list[Callout] = []
    composed = [one for one in given.evidence if one.meta.composed]
    if composed:
        documents = sum(one.kind != "list" for one in given.evidence)
        words = (
            f"{len(composed)} of {documents} documents in this file were composed for demonstration or tests. They are "
            "no press and nobody's statement, and nothing in them is to be taken for fact."
        )
        supports = Support.many("evidence", (one.sha256 for one in composed))
        found.append(
            Callout(
                kind="composed",
                title="Composed material",
                sentences=(Sentence(parts=(Text(text=words),), supports=supports),),
            )
        )
    if given.regime.warning or given.regime.signed < given.regime.measures:
        words = given.regime.warning or "Not every record has been compared with the resolutions by a person."
        count = f"Signed by a person: {given.regime.signed} of {given.regime.measures} records."
        parts = tuple(Sentence(parts=(Text(text=text),), basis="structural") for text in (words, count))
        found.append(Callout(kind="warning", title="Status of the measures", sentences=parts))
    if given.findings and all(one.current.status == "draft" for one in given.findings):
        words = "No person has reviewed a finding of this report: it is what the engine made of the file."
        sentence = Sentence(parts=(Text(text=words),), basis="structural")
        found.append(Callout(kind="warning", title="Draft", sentences=(sentence,)))
    return tuple(found)


def how_to_read(desk: Desk) -> Section:
    """The method in a few sentences; what the marks mean stands in the key at the end."""
    method = (
        "Every sentence about the world has a number that leads to its passage and to the hash of the bytes.",
        "Independent origins are counted, outlets never: ten papers that quote one speaker are one origin.",
        "A claim keeps its modality to the last page: what is offered, agreed, feared, believed or denied is not done.",
        "A verdict says which paragraph an act would touch if true as told; it is no judgement of anybody.",
        "Likelihood and confidence are kept apart. What is not known is a gap and is never filled by a guess.",
    )
    lines = [Sentence(parts=(Text(text=one),), basis="structural") for one in method]
    if desk.given.scope:
        lines.insert(0, Sentence(parts=(Text(text=desk.given.scope),), basis="structural"))
    chips = tuple(Chip(group="modality", value=name, label=shape.word) for name, shape in MODALITIES.items())
    marks: tuple[Inline, ...] = (Text(text="Marks of claims:"), *chips, Ref(target="key", text="key"))
    lines.append(Sentence(parts=marks, basis="structural"))
    return Section(anchor="method", title="Scope and method", blocks=(Bullets(items=tuple(lines)),))


def key_section(desk: Desk) -> Section:
    """What the marks mean: modality by word and shape, layers, verdicts."""
    marks = tuple(
        Row(
            cells=(
                Cell(lines=((Chip(group="modality", value=name, label=shape.word),),)),
                Cell(lines=((Text(text=shape.line),),)),
                Cell(lines=((Text(text=shape.meaning),),)),
            )
        )
        for name, shape in MODALITIES.items()
    )
    return Section(
        anchor="key",
        title="Key",
        blocks=(
            Table(
                anchor="t-key",
                caption="Marks of modality: the word first, then the shape",
                columns=(Column(title="Word"), Column(title="Shape"), Column(title="Meaning")),
                rows=marks,
                structural=True,
            ),
            _terms(desk, "layer", "Layers of a finding, from the firmest down", LAYER_MEANINGS),
            _terms(desk, "verdict", "Verdicts: a claim held against a paragraph", VERDICT_MEANINGS),
        ),
    )


def _terms(desk: Desk, group: Literal["layer", "verdict"], caption: str, meanings: dict[str, str]) -> Table:
    return Table(
        anchor=f"t-key-{group}",
        caption=caption,
        columns=(Column(title="Word"), Column(title="Meaning")),
        rows=tuple(
            Row(
                cells=(
                    Cell(lines=((Chip(group=group, value=name, label=desk.words(group, name)),),)),
                    Cell(lines=((Text(text=meaning),),)),
                )
            )
            for name, meaning in meanings.items()
        ),
        structural=True,
    )


def gaps_section(desk: Desk) -> Section | None:
    """What was asked and not answered, and documents kept and not read."""
    blocks: list[Block] = []
    rests = Support.many("evidence", desk.evidence) or Support.many("record", sorted(desk.measures)[:1])
    if desk.given.gaps and rests:
        blocks.append(Bullets(items=tuple(gap_sentences(one.text, one.question, rests) for one in desk.given.gaps)))
    unread = desk.not_read
    if unread:
        blocks.append(
            Table(
                anchor="t-unread",
                caption="Documents kept and not read",
                columns=(Column(title="Document"), Column(title="Why not")),
                rows=tuple(
                    Row(
                        cells=(Cell(lines=(desk.source_line(one.evidence),)), Cell(lines=((Text(text=one.reason),),))),
                        supports=Support.many("evidence", (one.evidence,)),
                    )
                    for one in unread
                ),
            )
        )
    if not blocks:
        return None
    return Section(anchor="gaps", title="Gaps", blocks=tuple(blocks))


def annex_section(desk: Desk) -> Section:
    """The evidence with its hashes, the lists, and the shell lines by which a stranger checks them."""
    documents = sorted(desk.given.evidence, key=lambda one: (one.meta.published or "", one.name, one.sha256))
    if not documents:
        words = "No evidence is in this view. Archive a document with `observance archive FILE` and run again."
        empty = Paragraph(sentences=(Sentence(parts=(Text(text=words),), basis="structural"),))
        return Section(anchor="annex", title="Annex: evidence", blocks=(empty,))
    rows = tuple(_evidence_row(one) for one in documents)
    blocks: list[Block] = [
        Table(
            anchor="t-evidence",
            caption="Evidence: bytes kept unchanged, addressed by their SHA-256",
            columns=(
                Column(title="Document", share=29),
                Column(title="Published", share=11),
                Column(title="How obtained", share=19),
                Column(title="Bytes", numeric=True, share=8),
                Column(title="SHA-256", share=33),
            ),
            rows=rows,
        )
    ]
    if desk.given.lists:
        blocks.append(_lists(desk))
    blocks.append(
        Listing(
            title="To verify without this software: in the folder of the case, at a shell",
            lines=(
                "sha256sum -c <<'END'",
                *(f"{one.sha256}  {_path(desk, one)}" for one in documents),
                "END",
            ),
        )
    )
    words = (
        "Each line must say OK. The ledger is a hash chain: the field prev of each line is the sha256 of the bytes of "
        "the line before it. `observance verify` does both and reads every citation again."
    )
    blocks.append(Paragraph(sentences=(Sentence(parts=(Text(text=words),), basis="structural"),)))
    return Section(anchor="annex", title="Annex: evidence", blocks=tuple(blocks))


def _path(desk: Desk, evidence: Evidence) -> str:
    if desk.given.evidence_path is not None:
        return desk.given.evidence_path(evidence)
    return evidence.location or f"evidence/{evidence.sha256[:2]}/{evidence.sha256}"


def _evidence_row(evidence: Evidence) -> Row:
    meta, got = evidence.meta, evidence.acquisition
    title: list[tuple[Inline, ...]] = [(Text(text=evidence_title(evidence)),)]
    title.extend((chip,) for chip in marks(meta))
    kind = " · ".join(part for part in (meta.kind or evidence.kind, evidence.media_type, meta.language or "") if part)
    title.append((Text(text=kind),))
    how: list[tuple[Inline, ...]] = [
        (Text(text=f"{got.how}, {moment(got.at)}, by {got.by}"),),
        (Code(text=got.source),),
    ]
    how.extend((Text(text="via"), Code(text=one)) for one in got.redirects)
    return Row(
        cells=(
            Cell(lines=tuple(title)),
            Cell(lines=((Day(value=meta.published) if meta.published else Text(text="not stated"),),)),
            Cell(lines=tuple(how)),
            Cell(lines=((Text(text=count_words(evidence.size)),),)),
            Cell(lines=((Code(text=evidence.sha256),),)),
        ),
        supports=Support.many("evidence", (evidence.sha256,)),
        anchor=evidence_anchor(evidence.sha256),
    )


def _lists(desk: Desk) -> Table:
    return Table(
        anchor="t-lists",
        caption="Versions of lists that were loaded",
        columns=(
            Column(title="List"),
            Column(title="Day of the list"),
            Column(title="Entries", numeric=True),
            Column(title="SHA-256"),
        ),
        rows=tuple(
            Row(
                cells=(
                    Cell(lines=((Text(text=one.title),), *(((Text(text=one.source),),) if one.source else ()))),
                    Cell(lines=((Day(value=one.date),),)),
                    Cell(lines=((Text(text=count_words(one.entries)),),)),
                    Cell(lines=((Code(text=one.sha256),),)),
                ),
                supports=Support.many("list", (f"{one.list_id}@{one.date}",)),
            )
            for one in sorted(desk.given.lists, key=lambda one: (one.list_id, one.date))
        ),
    )
