"""The commands in the order of the flow: command module names under `observance.cli`, one a line.

Each module has `register(app)`; importing it must stay cheap (heavy modules are imported inside the command).
"""

COMMANDS: tuple[str, ...] = (
    "init",
    "archive",
    "lists",
    "screen",
    "observe",
    "measures",
    "judge",
    "run",
    "report",
    "explain",
    "verify",
    "search",
    "reindex",
    "read",
    "annotate",
    "lineage",
    "ledger",
    "about",
    "review",
    "merge",
    "tracks",
    "demo",
)
