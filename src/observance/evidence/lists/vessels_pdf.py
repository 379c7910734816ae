"""The 1718 Designated Vessels List as PDF: the same blocks as in the HTML, found in the text of the pages.

A block starts with the number that is due, then `1: NAME`. Names run to the seven digits of the IMO number (or the
words `Does not exist`); a day with five marks behind it is a designation. The printed day stands in the title of the
document.
"""

from __future__ import annotations

import io
import logging
import re

from observance.errors import FormatError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.names import clean
from observance.evidence.lists.vessels import Block, entry_of, printed_day, tally

__all__ = ["read_vessels_pdf"]

_PAGES = 500
_COLUMNS = (
    "Paragraph 8 (d) of resolution 1718 (2006) and paragraph 12 of resolution 2270 (2016)",
    "Paragraph 12 (a) of resolution 2321 (2016)",
    "Paragraph 12 (d) of resolution 2321 (2016)",
    "Paragraph 6 of resolution 2371 (2017) and paragraph 6 of resolution 2375 (2017)",
    "Economic resources controlled or operated by Ocean Maritime Management (KPe.020)",
)
_EVENT = re.compile(r"\b(\d{1,2}-[A-Z][a-z]{2}-\d{2})((?:\s+(?:na|Yes)\b){5})", re.IGNORECASE)
_NAMES = re.compile(r"^\d{1,3}\s+(1: .+?)\s+([0-9]{7}|Does not exist)\b")
_LABELS = (
    ("flag", r"\bFlag\s+(?=1[.:])"),
    ("call_sign", r"\bCall Sign\s+"),
    ("type", r"\bType\s+(?=[A-Z])"),
    ("information", r"\bOther\s+information\s+"),
    ("picture", r"\bPicture link\s+"),
    ("owner", r"\bDesignated\s+as\s+economic\s+resources\s+of\s+"),
)


def read_vessels_pdf(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Vessels, counts and printed day of the PDF form of the list.

    Raises:
        FormatError: no such document, or a heading of columns that is not the known one.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if len(data) > limits.packed:
        raise FormatError("too large", where=name, got=f"{len(data)} bytes")
    # Its notes on slips in the file go to stderr otherwise, and this list has some.
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted or len(reader.pages) > _PAGES:
            raise FormatError("a locked or endless PDF", where=name, got=f"{len(reader.pages)} pages")
        # The number at the head of each page is no vessel's.
        pages = [_without_number(page.extract_text()) for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, RecursionError, OSError) as fault:
        raise FormatError("this PDF does not read", where=name, got=str(fault)[:160]) from None
    finally:
        logger.setLevel(level)
    text = clean("\n".join(pages))
    if "1718 Designated Vessels List" not in text:
        raise FormatError(
            "this is not the 1718 vessel list", where=name, expected="the heading '1718 Designated Vessels List'"
        )
    # The columns are read by their order, so their heading must be the one we know.
    if not all(column.split(" (KPe")[0] in text for column in _COLUMNS):
        raise FormatError(
            "the columns of the measures are not the known ones", where=name, expected="; ".join(_COLUMNS)
        )
    draft = Draft(printed=printed_day(title))
    for row, part in enumerate(_parts(text), 1):
        block = _block(part, f"{name}, vessel {row}")
        draft.entries.append(entry_of(block, _COLUMNS, row, name))
        tally(block, _COLUMNS, draft)
    return draft


def _without_number(page: str) -> str:
    return re.sub(r"^\s*\d{1,3}\s*\n", "", page)


def _parts(text: str) -> list[str]:
    """The text of each vessel: from the number that is due with `1:` behind it to the next one."""
    starts: list[int] = []
    at, due = 0, 1
    while found := re.compile(rf"(?<!\S){due}\s+1:\s*(?=\S)").search(text, at):
        starts.append(found.start())
        at, due = found.end(), due + 1
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _block(text: str, where: str) -> Block:
    events = [(found[1], tuple(found[2].split())) for found in _EVENT.finditer(text)]
    head = _NAMES.match(text)
    if not head or not events:
        raise FormatError("a vessel lacks its name, number or day", where=where, got=text[:80])
    # A day of designation stands in the middle of the other information where there are two.
    rest = _EVENT.sub(" ", text[head.end(2) :])
    places = sorted(
        (found.start(), found.end(), label) for label, pattern in _LABELS if (found := re.search(pattern, rest))
    )
    texts = {}
    for at, (_start, end, label) in enumerate(places):
        until = places[at + 1][0] if at + 1 < len(places) else len(rest)
        texts[label] = clean(rest[end:until])
    mmsi = rest[: places[0][0]] if places else rest
    return Block(
        names=head[1],
        number=text.split(maxsplit=1)[0],
        imo=clean(f"{head[2]} {mmsi}"),
        texts=texts,
        events=events,
    )
