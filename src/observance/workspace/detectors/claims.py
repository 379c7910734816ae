"""Detector `claims.rules`: texts read into attributed claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from observance.errors import UnsupportedError
from observance.evidence.readers import Document, read_document
from observance.model.citation import Citation
from observance.model.identifiers import Identifier, Imo, Sha256
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

if TYPE_CHECKING:
    from observance.model.evidence import DocumentMeta, Evidence
    from observance.observations.claims import Claim, Page
    from observance.observations.claims.record import Party, Source, When
    from observance.observations.claims.record import Quantity as Amount
    from observance.workspace import Workspace
    from observance.workspace.detecting import Task

__all__ = ["CLAIMS", "observation_of", "page_of"]

VERSION = "1"
# What a loader's block kinds are to the reader; kinds left out here are body text.
_ROLES = {
    "boilerplate": "boilerplate",
    "furniture": "boilerplate",
    "byline": "boilerplate",
    "metadata": "boilerplate",
    "code": "boilerplate",
    "headline": "headline",
    "heading": "headline",
    "caption": "caption",
    "quote": "body",
}
_ACTORS = {
    "state": "state",
    "official": "official",
    "person": "person",
    "organisation": "organisation",
    "company": "company",
    "media": "media",
    "vessel": "vessel",
    "aircraft": "aircraft",
    "expert": "expert",
}


class _Claims:
    """See the module."""

    evidence = frozenset({"document"})

    def identity(self, workspace: Workspace) -> Detector | None:
        """Version of the reader, its lexicon and the language model."""
        del workspace
        return _identity()

    def identity_alone(self) -> Detector:
        """The identity where there is no workspace."""
        return _identity()

    def context(self, workspace: Workspace) -> Mapping[str, Any]:
        """Nothing beside the evidence."""
        del workspace
        return {}

    def detect(self, data: bytes, record: Evidence, task: Task) -> Iterable[Observation]:
        """The claims of a document; a document in another language is kept and not read."""
        from observance.observations.claims.reader import read

        document = read_document(data, name=record.name, given=record.meta)
        if not document.read:
            return []
        page = page_of(document)
        claims = read(page)
        keys = {claim.id: key_of(claim) for claim in claims}
        return [observation_of(claim, document, record.sha256, keys, task.identity) for claim in claims]


CLAIMS = _Claims()


@lru_cache(maxsize=1)
def _identity() -> Detector:
    """Name, version and a hash of lexicon, model and parser; found without loading the model (a second and a half)."""
    digest = sha256()
    folder = resources.files("observance.observations.claims").joinpath("lexicon")
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith((".yaml", ".csv")):
            digest.update(path.read_bytes())
    digest.update(f"{model_version()} spacy-{_installed('spacy')}".encode())
    return Detector(name="claims.rules", version=VERSION, parameters=digest.hexdigest()[:16])


def model_version() -> str:
    """Name and version of the model that the reader will load.

    Raises:
        UnsupportedError: none is installed.
    """
    from observance.observations.claims.parse import MODELS

    for name in MODELS:
        if found := _installed(name.replace("_", "-")):
            return f"{name}-{found}"
    raise UnsupportedError(
        "no English model to read with",
        got=f"neither of {', '.join(MODELS)}",
        expected="the extra `read`",
        step="pip install 'observance[read]'",
    )


def _installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def page_of(document: Document) -> Page:
    """A document as the rules reader takes it."""
    from observance.observations.claims import Block, Page

    meta: DocumentMeta = document.meta
    plain = document.reader.startswith("plain/")
    return Page(
        text=document.text,
        publisher=meta.publisher or "",
        published=meta.published or "",
        title=meta.title or "",
        kind=meta.kind or "",
        opening_speaker=meta.opening_speaker or "",
        language=document.language or "en",
        # The lines of plain text are told apart by the reader itself.
        blocks=()
        if plain
        else tuple(
            Block(start=block.start, end=block.end, role=_ROLES.get(block.kind, "body")) for block in _joined(document)
        ),
    )


def _joined(document: Document) -> list[Any]:
    """Blocks for reading: a dateline is read with the paragraph that it opens."""
    from dataclasses import replace

    blocks: list[Any] = []
    opening: Any = None
    for block in document.blocks:
        if block.kind == "dateline":
            opening = block
            continue
        if opening is not None and document.text[opening.end : block.start].strip() == "":
            block = replace(block, start=opening.start)  # noqa: PLW2901  the paragraph begins with its dateline
        opening = None
        blocks.append(block)
    return blocks


def key_of(claim: Claim) -> str:
    """Place of a claim in its document; stable over better readers."""
    return f"{claim.trigger[0]}-{claim.trigger[1]}:{claim.event}:{claim.modality}"


def observation_of(
    claim: Claim, document: Document, evidence: Sha256, keys: Mapping[str, str], identity: Detector
) -> Observation:
    """A claim as an observation; the first citation is the passage, the second the words of the source outside it."""
    start, end = claim.evidence
    citations = [Citation(evidence=evidence, selector=document.span(start, end))]
    spans = [source.span for source in claim.chain if source.span and not (start <= source.span[0] < end)]
    citations += [Citation(evidence=evidence, selector=document.span(*span)) for span in spans]
    dates = claim.dates
    return Observation(
        kind="claim",
        key=key_of(claim),
        event_type=claim.event,
        detail=claim.frame or None,
        act=_act(claim.event, claim.act),
        participants=tuple(_participant(party) for party in claim.participants if party.role != "place"),
        items=tuple(Item(token=item.id, text=item.words, span=_span(item.span)) for item in claim.items),
        quantities=tuple(_quantity(amount) for amount in claim.quantities),
        places=tuple(
            Place(name=party.name, state=party.code, span=_span(party.span))
            for party in claim.participants
            if party.role == "place"
        ),
        date=_date(dates[0]) if dates else None,
        said_on=_date(claim.said_on) if claim.said_on else None,
        modality=claim.modality,
        chain=tuple(_link(source) for source in claim.chain),
        conditions=tuple(Condition(key=one.id, value=one.value, span=_span(one.span)) for one in claim.conditions),
        relations=tuple(Relation(type=tie.kind, to=keys[tie.to]) for tie in claim.relations if tie.to in keys),
        published=document.meta.published,
        statement=document.text[start:end],
        attributes=(("cues", ", ".join(claim.cues)),) if claim.cues else (),
        citations=tuple(dict.fromkeys(citations)),
        detector=identity,
    )


@lru_cache(maxsize=512)
def _act(event: str, act: str | None) -> str | None:
    """The act of a claim where its verb tells more than its event type does.

    A type that is an act of its own ("technical help is given") or only suggests acts ("cooperation") is not made
    another one by the general verb beside it ("provided", "helped"): such a verb is left out, and the type decides.
    """
    from observance.packs import load_vocabulary

    words = load_vocabulary()
    term = words.event_types.get(event)
    if act is None or term is None or not (term.acts or term.suggests):
        return act
    if term.acts:
        chain = words.chains["acts"]
        near = any(act in chain.get(own, (own,)) or own in chain.get(act, (act,)) for own in term.acts)
        return act if near else None
    return act if act in term.suggests else None


def _span(span: tuple[int, int] | None) -> Span | None:
    return Span(start=span[0], end=span[1]) if span else None


def _participant(party: Party) -> Participant:
    return Participant(
        name=party.name,
        role=party.role,
        type=_ACTORS.get(party.kind),
        state=party.code if party.code and len(party.code) == 3 and party.code.isalpha() else None,
        flag=party.flag,
        identifiers=(Identifier(scheme="imo", value=party.imo),) if party.imo and Imo.valid(party.imo) else (),
        span=_span(party.span),
        named=False if party.unnamed else None,
        inferred=True if party.inferred else None,
        detail=party.title,
    )


def _quantity(amount: Amount) -> Quantity:
    low, high = amount.value if isinstance(amount.value, tuple) else (None, None)
    return Quantity(
        value=None if isinstance(amount.value, tuple) else amount.value,
        low=low,
        high=high,
        unit=amount.unit or None,
        approximator=amount.approximator,
        role=amount.role,
        text=amount.words,
        span=_span(amount.span),
    )


def _date(when: When) -> EventDate:
    return EventDate(
        value=when.value,
        precision=when.precision,
        text=when.words or None,
        anchor=when.anchor,
        inferred=when.inferred,
        span=_span(when.span),
    )


def _link(source: Source) -> SourceLink:
    states = tuple(code for code in (source.code or "").split() if len(code) == 3)
    return SourceLink(
        name=source.name,
        type=_ACTORS.get(source.kind, source.kind if source.kind == "evidence" else None),
        act=source.act,
        states=states,
        named=False if source.unnamed else None,
        form=source.form,
        span=_span(source.span),
    )
