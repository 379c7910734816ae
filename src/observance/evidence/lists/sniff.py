"""Which list is it? From the content, never from the file's name alone."""

from __future__ import annotations

import io
import re
import zipfile

from observance.errors import FormatError

__all__ = ["ADAPTERS", "adapter_of", "list_id_of"]

# adapter: (list id, what it is)
ADAPTERS: dict[str, tuple[str, str]] = {
    "un-xml": ("un", "UN Security Council Consolidated List, XML"),
    "un-jsonl": ("un", "UN Security Council Consolidated List, one JSON object an entry"),
    "un-1718-vessels": ("un-1718-vessels", "1718 Designated Vessels List, HTML or PDF"),
    "ofac-sdn-json": ("ofac", "OFAC SDN list, JSON of names, types and programmes"),
    "ofac-xml": ("ofac", "OFAC SDN or consolidated list, published XML"),
    "ofac-csv": ("ofac", "OFAC SDN or consolidated list, published CSV (SDN.CSV or CONS_PRIM.CSV)"),
    "uk-jsonl": ("uk", "UK Sanctions List, one JSON object an entry"),
    "uk-csv": ("uk", "UK Sanctions List, published CSV"),
    "uk-xml": ("uk", "UK Sanctions List, published XML"),
    "uk-ods": ("uk", "UK Sanctions List, published ODS"),
    "eu-jsonl": ("eu", "EU consolidated financial sanctions list, one JSON object an entry"),
    "eu-xml": ("eu", "EU consolidated financial sanctions list, published XML"),
    "ftm": ("ftm", "FollowTheMoney entities, one JSON object a line"),
    "csv": ("csv", "a table of your own with a mapping"),
}
# Short words for the `lists add` command: the list, whichever form the file is in.
_FAMILIES = {"un": "un-", "ofac": "ofac-", "uk": "uk-", "eu": "eu-", "un-1718-vessels": "un-1718-vessels"}
_KEY = re.compile(r'"(\w{2,40})"\s*:')
_NAMED = re.compile(rb"<([A-Za-z_:][\w:.-]*)")


def list_id_of(adapter: str) -> str:
    """The list an adapter reads."""
    return ADAPTERS[adapter][0]


def adapter_of(data: bytes, *, wanted: str | None, name: str) -> str:
    """The adapter for these bytes (already unpacked).

    Args:
        data: bytes of the list.
        wanted: an adapter, a family (`un`, `ofac`, `uk`, `eu`), or None to go by the content.
        name: for words about it.

    Raises:
        FormatError: the content is none we know, or another list than was said.
    """
    found = _by_content(data)
    if wanted in {"csv", "ftm"}:
        return wanted
    if wanted is None:
        if found:
            return found
        raise FormatError(
            "no list we know",
            where=name,
            got=_beginning(data),
            expected="one of: " + "; ".join(f"{key} ({text})" for key, (_id, text) in ADAPTERS.items()),
            step="say which with --adapter, or give a mapping for a table of your own",
        )
    if wanted not in ADAPTERS and wanted not in _FAMILIES:
        raise FormatError(
            "no such list or adapter", where=name, got=wanted, expected=", ".join([*_FAMILIES, *ADAPTERS])
        )
    family = _FAMILIES.get(wanted, wanted)
    # `un` is the consolidated list; the vessel list is a list of its own.
    fits = bool(found) and (found == family or (family.endswith("-") and found.startswith(family)))
    if wanted == "un" and found == "un-1718-vessels":
        fits = False
    if not fits:
        raise FormatError(
            "this is another list" if found else "this is no list we know",
            where=name,
            got=ADAPTERS[found][1] if found else _beginning(data),
            expected=ADAPTERS[wanted][1] if wanted in ADAPTERS else f"the {wanted.upper()} list",
            step="nothing was loaded; the version held before stays in use",
        )
    return found


def _beginning(data: bytes) -> str:
    return repr(data[:40].decode("utf-8", errors="replace")) + (" ..." if len(data) > 40 else "")


def _by_content(data: bytes) -> str:
    head = data[:65536].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "un-1718-vessels"
    if head.startswith(b"PK\x03\x04"):
        return _by_members(data)
    if head.startswith(b"<"):
        return _by_markup(head)
    if head.startswith((b"{", b"[")):
        return _by_json(head)
    return _by_table(head)


def _by_members(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = {name.rsplit("/", 1)[-1].casefold() for name in packed.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, OSError):
        return ""
    if names & {"sdn.csv", "cons_prim.csv"}:
        return "ofac-csv"
    return "uk-ods" if "content.xml" in names else ""


def _by_markup(head: bytes) -> str:
    if b"1718 Designated Vessels List" in head or re.match(rb"<(!doctype\s+html|html)", head, re.IGNORECASE):
        return "un-1718-vessels"
    roots = {b"CONSOLIDATED_LIST": "un-xml", b"sdnList": "ofac-xml", b"export": "eu-xml", b"Designations": "uk-xml"}
    for found in _NAMED.finditer(head):
        tag = found[1].rsplit(b":", 1)[-1]
        return roots.get(tag, "")
    return ""


def _by_json(head: bytes) -> str:
    """By the keys of the first object, on one line or on many."""
    text = head.decode("utf-8", errors="replace")
    keys = set(_KEY.findall(text))
    for adapter, marks in (
        ("un-jsonl", {"reference_number", "un_list_type"}),
        ("uk-jsonl", {"unique_id", "individual_entity_ship"}),
        ("eu-jsonl", {"eu_reference_number", "name_aliases"}),
        ("ftm", {"id", "schema", "properties"}),
    ):
        if marks <= keys:
            return adapter
    return "ofac-sdn-json" if '"alternateNames"' in text and '"entries"' in text else ""


def _by_table(head: bytes) -> str:
    lines = head.decode("utf-8", errors="replace").split("\n", 4)
    for line in lines[:3]:
        if "Unique ID" in line and "Name 6" in line:
            return "uk-csv"
    # SDN.CSV has no header: number, name, type, programme ... twelve fields, `-0-` for none.
    first = lines[0].strip().split(",")
    if first[0].strip().isdigit() and "-0-" in lines[0] and len(first) >= 12:
        return "ofac-csv"
    return ""
