"""Documents to text with offsets: one format a file, all of them behind `read_document`."""

from observance.evidence.readers.document import Block, Document, Page, Part, Table
from observance.evidence.readers.limits import Limits
from observance.evidence.readers.read import check_span, merge_meta, read_document
from observance.evidence.readers.sniff import media_type
from observance.evidence.readers.translation import Pairing, pair_passages

__all__ = [
    "Block",
    "Document",
    "Limits",
    "Page",
    "Pairing",
    "Part",
    "Table",
    "check_span",
    "media_type",
    "merge_meta",
    "pair_passages",
    "read_document",
]
