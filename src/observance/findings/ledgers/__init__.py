"""Ledgers of quantities: what was counted, what could be held, what was agreed; ranges on a day, nothing ever added."""

from observance.findings.ledgers.figures import Figure, figures_of, read_figures
from observance.findings.ledgers.ranges import Entry, Ledger, Range, Rule, ledger

__all__ = ["Entry", "Figure", "Ledger", "Range", "Rule", "figures_of", "ledger", "read_figures"]
