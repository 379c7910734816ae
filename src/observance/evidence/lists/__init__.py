"""Sanctions lists as evidence: readers, versions, comparison over time.

Every version keeps the hash of its bytes, its day, and for every entry its row; a name can be cited as a cell.
"""

from observance.evidence.lists.checks import check_against
from observance.evidence.lists.diff import Diff, diff
from observance.evidence.lists.limits import Limits
from observance.evidence.lists.read import check_entry, read_list, read_list_file
from observance.evidence.lists.records import (
    ListedColumn,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedName,
    ListedState,
    ListVersion,
    cite,
)
from observance.evidence.lists.shelf import ListShelf
from observance.evidence.lists.stored import version_from_bytes, version_to_bytes
from observance.evidence.lists.timeline import Listing, find_entries, listed_on

__all__ = [
    "Diff",
    "Limits",
    "ListShelf",
    "ListVersion",
    "ListedColumn",
    "ListedDate",
    "ListedEntry",
    "ListedIdentifier",
    "ListedName",
    "ListedState",
    "Listing",
    "check_against",
    "check_entry",
    "cite",
    "diff",
    "find_entries",
    "listed_on",
    "read_list",
    "read_list_file",
    "version_from_bytes",
    "version_to_bytes",
]
