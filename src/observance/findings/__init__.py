"""What follows: events, origins, drift, denials, findings, watch list, gaps, review, ledgers of quantities."""

from observance.findings.denials import Denial
from observance.findings.directions import inferred_directions
from observance.findings.find import FindingSet, find
from observance.findings.regime import RegimeView, view

__all__ = ["Denial", "FindingSet", "RegimeView", "find", "inferred_directions", "view"]
