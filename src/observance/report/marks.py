"""How doubt is shown: words first, then shape, then colour (design: workbench, principle 2).

One table for the report, the reading page and the figures. The CSS class of a modality is `m-` and its id; the shape
must tell the modality apart in greyscale print.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "LAYERS",
    "LAYER_MEANINGS",
    "MODALITIES",
    "VERDICTS",
    "VERDICT_MEANINGS",
    "Shape",
    "layer_rank",
    "modality_word",
    "shape",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The word and the shape of a modality, with the one-line meaning for the key."""

    word: str
    line: str
    meaning: str


MODALITIES: dict[str, Shape] = {
    "asserted": Shape(word="stated", line="solid underline", meaning="told as fact by the source"),
    "believed": Shape(word="believed", line="dashed underline", meaning="held to be so, short of fact"),
    "opinion": Shape(word="view", line="thin grey underline", meaning="a view, motive or value"),
    "intended": Shape(
        word="agreed or planned", line="double underline", meaning="agreed, planned or expected: not done"
    ),
    "offered": Shape(word="offered", line="double underline", meaning="offered: not taken up, not done"),
    "feared": Shape(word="feared", line="dotted underline", meaning="feared or called possible"),
    "conditional": Shape(word="if", line="dotted underline, “if” before", meaning="under a condition, or a capacity"),
    "denied": Shape(word="denied", line="struck brackets, denier named", meaning="said not to be so"),
}
LAYERS: tuple[str, ...] = ("concluded", "assessed", "alleged", "not_determined", "conditional")
LAYER_MEANINGS: dict[str, str] = {
    "concluded": "established from evidence that was examined",
    "assessed": "what the evidence points to, with a likelihood; short of proof",
    "alleged": "reported by others and not assessed",
    "not_determined": "asked and not answered by the evidence",
    "conditional": "holds only if another statement does",
}
VERDICT_MEANINGS: dict[str, str] = {
    "engaged": "if true as told, the act falls under the paragraph on that day",
    "indicator": "lawful in itself or not yet an act, but it raises the question",
    "prospective": "the act has not happened: an offer, agreement, plan or fear",
    "possibly_exempt": "an exemption could cover it; a paper would show it",
    "not_determined": "facts are missing: goods, flag, day or direction",
    "none": "the paragraph does not cover it",
}
VERDICTS: tuple[str, ...] = ("engaged", "indicator", "prospective", "possibly_exempt", "not_determined", "none")


def shape(modality: str) -> Shape:
    """The shape of a modality; an id from a newer vocabulary shows as itself with a wavy line, never as fact."""
    return MODALITIES.get(modality) or Shape(
        word=modality.replace("_", " "), line="wavy underline", meaning="a term this report does not know"
    )


def modality_word(modality: str) -> str:
    """The word shown before a claim, in lower case."""
    return shape(modality).word


def layer_rank(layer: str) -> int:
    """0 for the firmest layer; unknown ones come last."""
    return LAYERS.index(layer) if layer in LAYERS else len(LAYERS)
