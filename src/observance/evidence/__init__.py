"""What was seen, kept and sealed: archive, ledger, citations, and the readers of formats."""
