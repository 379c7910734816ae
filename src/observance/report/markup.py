"""Making HTML: every value is escaped here, and only here.

A document is hostile: its words may hold tags, control characters or marks that turn the direction of text around.
"""

from __future__ import annotations

from html import escape

__all__ = ["attributes", "clean", "element", "isolated", "words"]

_CONTROL = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in {0x09, 0x0A, 0x0D}}


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which have no place in HTML."""
    return text.translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")


def words(text: str) -> str:
    """Text content, escaped."""
    return escape(clean(text), quote=True)


def isolated(text: str) -> str:
    """Words of a source in an isolate of their own, so that marks of direction cannot reorder what stands around."""
    return f"<bdi>{words(text)}</bdi>"


def attributes(values: dict[str, str]) -> str:
    """Attributes in the order given; empty values are left out."""
    return "".join(f' {name}="{escape(clean(value), quote=True)}"' for name, value in values.items() if value)


def element(name: str, *children: str, **values: str) -> str:
    """An element of already escaped children; in names a trailing underscore is dropped, others become hyphens."""
    spelled = {key.rstrip("_").replace("_", "-"): value for key, value in values.items()}
    return f"<{name}{attributes(spelled)}>{''.join(children)}</{name}>"
