"""How much a document may ask of us. Every limit is stated, and passing one is a `LimitError` that names it.

The figures are wide for what panels read (a Panel report has 500 pages and 30 MB) and narrow for what attacks need
(a zip bomb unpacks a thousandfold; a markup bomb is one page of 50 MB).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one reading.

    Attributes:
        max_bytes: bytes of the file.
        max_markup_bytes: bytes of a file whose text is found by parsing markup (HTML, feeds, Markdown, e-mail bodies).
        max_text: characters of the text made of it.
        max_pages: pages of a PDF.
        max_unpacked: bytes of one archive member after unpacking, and of all that is read from the archive.
        max_ratio: unpacked bytes for one packed byte, once more than a MiB has been unpacked.
        max_members: members of an archive, records of a capture, parts of an e-mail.
        max_depth: nesting of XML elements and e-mail parts.
        seconds: processor time of a parser that runs in a process of its own (PDF, OCR). Of wall-clock time it gets
            four times as much, so that a sound file does not fail on a busy machine.
        memory: bytes of address space of that process.
    """

    max_bytes: int = 256 * MIB
    max_markup_bytes: int = 16 * MIB
    max_text: int = 20_000_000
    max_pages: int = 5_000
    max_unpacked: int = 128 * MIB
    max_ratio: int = 400
    max_members: int = 20_000
    max_depth: int = 256
    seconds: float = 60.0
    memory: int = 2048 * MIB
