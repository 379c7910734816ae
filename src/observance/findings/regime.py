"""What `findings` needs of a regime pack and its vocabulary, as plain tables.

One narrow view, so that the rules of this layer depend on terms (labels, broader terms, what a modality may enter) and
on nothing else of a pack. No term of one regime is written here: the target, its measures and its bodies are data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Mandate", "MeasureView", "Modality", "RegimeView", "Term", "view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of the vocabulary: its label and the term that it counts as, too."""

    id: str
    label: str
    broader: str | None = None
    lawful: bool = False
    undetermined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """A modality: rank (the higher, the farther from fact) and what it may enter."""

    id: str
    rank: int
    label: str
    enters: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """A measure as this layer tells of it; one that stands `beside` another makes no finding of its own."""

    id: str
    title: str
    kind: str
    direction: str
    items: tuple[str, ...] = ()
    in_force_from: str | None = None
    in_force_to: str | None = None
    unsigned: bool = True
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The record of a body of the regime: who founded it, and how and when it ended.

    Attributes:
        body: its name.
        measure: id of the paragraph that founded it.
        ended: day on which it ended, None while it exists.
        cause: why it ended.
        vote_on: day of the vote that ended it.
        votes: (how, States or number) pairs of that vote.
        against: States that voted against.
        drafted_by: State that drafted the text voted on.
        stands: what stays in force.
        note: a word of the pack on what the end means.
        grades: (field, grade) pairs as the pack gives them.
    """

    body: str
    measure: str
    ended: str | None = None
    cause: str = ""
    vote_on: str | None = None
    votes: tuple[tuple[str, str], ...] = ()
    against: tuple[str, ...] = ()
    drafted_by: str = ""
    stands: tuple[str, ...] = ()
    note: str = ""
    grades: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeView:
    """The tables by which findings are made."""

    id: str
    target: str
    target_label: str
    committee: str = ""
    warning: str = ""
    items: Mapping[str, Term] = field(default_factory=dict)
    events: Mapping[str, Term] = field(default_factory=dict)
    modality: Mapping[str, Modality] = field(default_factory=dict)
    measures: Mapping[str, MeasureView] = field(default_factory=dict)
    exemptions: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    likelihood: Mapping[str, str] = field(default_factory=dict)
    evidence_ranks: Mapping[str, int] = field(default_factory=dict)
    source_letters: Mapping[str, str] = field(default_factory=dict)
    information_digits: Mapping[str, str] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    mandate: Mandate | None = None

    def enters(self, modality: str) -> str:
        """What a modality may enter: as_claim, as_denial, watch_only or never; an unknown one enters nothing."""
        known = self.modality.get(modality)
        return known.enters if known else "never"

    def item_path(self, token: str) -> tuple[str, ...]:
        """The item and its broader items, narrowest first."""
        path: list[str] = []
        step: str | None = token
        while step and step not in path:
            path.append(step)
            term = self.items.get(step)
            step = term.broader if term else None
        return tuple(path)

    def item_label(self, token: str) -> str:
        """Label of an item, the bare id where the vocabulary has none."""
        term = self.items.get(token)
        return term.label if term else token.replace("_", " ")

    def kind(self, measure: str) -> str:
        """Kind of a measure, empty where the pack has no such id."""
        found = self.measures.get(measure)
        return found.kind if found else ""


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _terms(rows: Any) -> dict[str, Term]:
    return {
        row["id"]: Term(
            id=row["id"],
            label=row.get("label") or row["id"],
            broader=row.get("broader"),
            lawful=bool(row.get("lawful")),
            undetermined=bool(row.get("undetermined")),
        )
        for row in rows or ()
    }


def _beside(row: Mapping[str, Any]) -> bool:
    return row.get("standing") == "beside" or (row.get("kind") == "obligation" and bool(row.get("responds_to")))


def _mandate(raw: Mapping[str, Any] | None) -> Mandate | None:
    if not raw:
        return None
    founded, end = raw.get("founded") or {}, raw.get("end") or {}
    vote = end.get("vote") or {}
    votes = tuple(
        (how.replace("_", " "), ", ".join(map(str, got)) if isinstance(got, list) else str(got))
        for how, got in vote.items()
        if how in {"in_favour", "against", "abstaining"}
    )
    return Mandate(
        body=_text(raw.get("body")),
        measure=f"{founded.get('resolution')}:{founded.get('paragraph')}",
        ended=_text(end.get("date")) or None,
        cause=_text(end.get("cause")),
        vote_on=_text(vote.get("date")) or None,
        votes=votes,
        against=tuple(map(str, vote.get("against") or ())),
        drafted_by=_text(vote.get("drafted_by")),
        stands=tuple(map(str, raw.get("still_in_force") or ())),
        note=_text(raw.get("note")),
        grades=tuple((str(k), str(v)) for k, v in (end.get("confidence") or {}).items()),
    )


def view(
    *,
    regime: Mapping[str, Any],
    vocabulary: Mapping[str, Any],
    measures: Any,
    exemptions: Any = (),
    mandate: Mapping[str, Any] | None = None,
) -> RegimeView:
    """The view from the plain records of a pack (as its YAML files hold them).

    Args:
        regime: `regime.yaml`.
        vocabulary: `vocabulary.yaml`.
        measures: the records of all `measures/*.yaml`.
        exemptions: the records of `exemptions.yaml`.
        mandate: `mandate.yaml`, where the pack has one.
    """
    admiralty = vocabulary.get("admiralty") or {}
    return RegimeView(
        id=regime["id"],
        target=regime["target"],
        target_label=regime.get("target_label") or regime["target"],
        committee=_text(regime.get("committee")),
        warning=_text(regime.get("warning")),
        items=_terms(vocabulary.get("items")),
        events=_terms(vocabulary.get("event_types")),
        modality={
            row["id"]: Modality(id=row["id"], rank=row["rank"], label=row["label"], enters=row["enters_finding"])
            for row in vocabulary.get("modality") or ()
        },
        measures={
            row["id"]: MeasureView(
                id=row["id"],
                title=_text(row.get("title")),
                kind=_text(row.get("kind")),
                direction=_text(row.get("direction")),
                items=tuple(row.get("items") or ()),
                in_force_from=_text(row.get("in_force_from")) or None,
                in_force_to=_text(row.get("in_force_to")) or None,
                unsigned=not row.get("checked_by"),
                beside=_beside(row),
            )
            for row in measures
        },
        exemptions={row["id"]: _text(row.get("title")) for row in exemptions or ()},
        verdicts={row["id"]: row.get("wording") or row["label"] for row in vocabulary.get("verdicts") or ()},
        likelihood={row["id"]: row["label"] for row in vocabulary.get("likelihood") or ()},
        evidence_ranks={row["id"]: row["rank"] for row in vocabulary.get("evidence_types") or ()},
        source_letters={row["id"]: row["label"] for row in admiralty.get("source") or ()},
        information_digits={str(row["id"]): row["label"] for row in admiralty.get("information") or ()},
        forbidden=tuple(vocabulary.get("forbidden_words") or ()),
        mandate=_mandate(mandate),
    )
