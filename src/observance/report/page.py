"""The frame of a page: one file, no script, no request to anywhere, light and dark, A4 and phone."""

from __future__ import annotations

from functools import cache
from importlib import resources

from observance.report.figures.tracks import STYLE
from observance.report.markup import element, words

__all__ = ["page"]

# Nothing may be fetched and nothing may run, whatever a quoted document holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return resources.files("observance.report").joinpath("style.css").read_text(encoding="utf-8") + STYLE


def page(*, title: str, language: str, body: str, kind: str = "report") -> str:
    """A whole document around an already escaped body."""
    head = "".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            element("title", words(title)),
            f"<style>{_style()}</style>",
        )
    )
    skip = element("a", "Skip to the text", href="#main", class_="skip")
    whole = element("html", element("head", head), element("body", skip, body, class_=kind), lang=language)
    return f"<!doctype html>\n{whole}\n"
