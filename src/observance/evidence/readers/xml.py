"""XML without traps: no document type, no entities, no outside references, limited depth and size.

A document type is refused as a whole: nothing that a document of ours needs is declared in one, and every known trap
(external entities, a billion laughs, quadratic blow-up) is.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from observance.errors import FormatError, LimitError

__all__ = ["local", "parse_xml"]


def parse_xml(data: bytes, *, where: str, max_depth: int, doctype: bool = False) -> Element:
    """The root element.

    Args:
        data: the bytes.
        where: file and part, for errors.
        max_depth: deepest nesting.
        doctype: allow a document type declaration without entities (old RSS names one).

    Raises:
        FormatError: not well formed, or it declares a document type or entities.
        LimitError: nested more deeply than `max_depth`.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(data, forbid_dtd=not doctype, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as fault:
        raise FormatError(
            "the XML declares a document type or entities, which can reach other files or grow without end",
            where=where,
            got=type(fault).__name__,
            expected="plain XML",
            step="do not trust this file; ask the sender for another format",
        ) from None
    except (ParseError, ValueError, LookupError, UnicodeError) as fault:
        raise FormatError(
            "the XML is damaged",
            where=where,
            got=str(fault)[:120],
            expected="well-formed XML",
            step="get the file again",
        ) from None
    except (RecursionError, MemoryError):
        raise LimitError(
            "the XML is nested too deeply",
            where=where,
            expected=f"at most {max_depth} levels",
            step="save it in a simpler form",
        ) from None
    level = [root]
    for _ in range(max_depth):
        level = [child for element in level for child in element]
        if not level:
            return root
    raise LimitError(
        "the XML is nested too deeply",
        where=where,
        got=f"more than {max_depth} levels",
        expected=f"at most {max_depth}",
        step="save it in a simpler form",
    )


def local(tag: object) -> str:
    """The name of an element without its namespace."""
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
