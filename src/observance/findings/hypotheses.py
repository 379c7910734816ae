"""Rival explanations, each with the evidence that fits it, that does not, and that says nothing (Heuer's ACH table)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from observance.findings.case import EXAMINED, Case
from observance.findings.gaps import WOULD_SHOW
from observance.findings.sketch import Sketch
from observance.model import Event, Hypothesis

__all__ = ["hypotheses_of"]

_VAGUE = frozenset({"cargo_any", "containers", "any_item"})
_FITS, _AGAINST, _SILENT = 1, -1, 0


def _goods_seen(row: Sketch) -> bool:
    tokens = {item.token for item in row.observation.items if item.token}
    return bool(tokens - _VAGUE)


def _table(
    text: str, discriminator: str, rows: Sequence[Sketch], judge: Callable[[Sketch], int], *, lead: bool = False
) -> Hypothesis:
    sides: dict[int, list[str]] = {_FITS: [], _AGAINST: [], _SILENT: []}
    for row in rows:
        sides[judge(row)].append(row.id)
    return Hypothesis(
        text=text,
        discriminator=discriminator,
        consistent=tuple(sorted(sides[_FITS])),
        inconsistent=tuple(sorted(sides[_AGAINST])),
        neutral=tuple(sorted(sides[_SILENT])),
        lead=lead,
    )


def hypotheses_of(
    case: Case, event: Event, rows: Sequence[Sketch], support: Sequence[Sketch]
) -> tuple[Hypothesis, ...]:
    """The explanation that the finding tells, and those that would fit the same evidence otherwise.

    The least inconsistent explanation stands best; a claim counts for the explanation that it was made for and,
    unless it rests on something seen, says nothing against the others.
    """
    denials = [case.sketches[key] for key in event.contradicting]
    everything = [*rows, *denials]
    engaged = {row.id for row in support}
    examined = {row.id for row in rows if case.evidence_type(row) in EXAMINED}
    family = support[0].family if support else ""
    would = WOULD_SHOW.get(family, "documents, images and tracks")

    def as_told(row: Sketch) -> int:
        return _AGAINST if row.enters == "as_denial" else _FITS if row.id in engaged or row.id in examined else _SILENT

    def other_goods(row: Sketch) -> int:
        if row.enters == "as_denial":
            return _FITS
        return _AGAINST if row.id in examined and _goods_seen(row) else _SILENT if _goods_seen(row) else _FITS

    def nothing_moved(row: Sketch) -> int:
        return _FITS if row.enters == "as_denial" else _AGAINST if row.id in engaged or row.id in examined else _SILENT

    def one_source(row: Sketch) -> int:
        return _AGAINST if row.id in examined else _SILENT if row.enters == "as_denial" else _FITS

    def lawful(row: Sketch) -> int:
        verdicts = case.verdicts(row.id)
        return _FITS if "possibly_exempt" in verdicts else _SILENT

    label = event.label[:1].lower() + event.label[1:]
    found = [
        _table(f"The {label} took place as told.", f"Seen first-hand: {would}.", everything, as_told, lead=True),
        _table(
            "Something moved, but other goods than those named.",
            "Sight of the goods, their papers or their remains.",
            everything,
            other_goods,
        ),
        _table(
            "Nothing of the kind took place.",
            f"Absence from {would} where it would have to show.",
            everything,
            nothing_moved,
        ),
        _table(
            "The statements go back to one assessment that was passed on.",
            "What each speaker had seen himself, and when he first said it.",
            everything,
            one_source,
        ),
    ]
    if any("possibly_exempt" in case.verdicts(row.id) for row in rows):
        found.append(
            _table(
                "It was covered by an exemption.",
                "The paper of the exemption, dated before the act.",
                everything,
                lawful,
            )
        )
    return tuple(found)
