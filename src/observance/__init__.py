"""Sanctions monitoring as software: evidence to findings, tied to the paragraphs in force on the day."""
