"""The measure engine: conditions, time line, exemptions and verdicts. No country is named here; the pack says who."""

from observance.measures.engine import Decided, decide
from observance.measures.facts import Amount, Facts, Party, Thing
from observance.measures.judge import explain, judge, judgement_lines, signature_word
from observance.measures.observed import facts_from_observation
from observance.measures.reader import read_facts

__all__ = [
    "Amount",
    "Decided",
    "Facts",
    "Party",
    "Thing",
    "decide",
    "explain",
    "facts_from_observation",
    "judge",
    "judgement_lines",
    "read_facts",
    "signature_word",
]
