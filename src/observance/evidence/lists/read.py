"""One list file to one version: unpack, recognise, read, count, check, date, seal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date as Day  # noqa: N812  `date` is the argument's name in the contract
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from observance.errors import FormatError, LimitError
from observance.evidence.lists.checks import check_counts
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, unpack
from observance.evidence.lists.records import ListedEntry, ListedIdentifier, ListedName, ListVersion
from observance.evidence.lists.sniff import adapter_of, list_id_of
from observance.model import sha256_bytes

__all__ = ["check_entry", "iso_day", "read_list", "read_list_file"]

_READERS = {
    "un-xml": ("un", "read_un_xml"),
    "un-jsonl": ("un_entries", "read_un_entries"),
    "un-1718-vessels": ("vessels", "read_vessels_html"),
    "ofac-sdn-json": ("ofac", "read_ofac_json"),
    "ofac-csv": ("ofac_csv", "read_ofac_csv"),
    "ofac-xml": ("ofac_xml", "read_ofac_xml"),
    "uk-jsonl": ("uk", "read_uk_entries"),
    "uk-csv": ("uk_published", "read_uk_csv"),
    "uk-xml": ("uk_published", "read_uk_xml"),
    "uk-ods": ("uk_published", "read_uk_ods"),
    "eu-jsonl": ("eu", "read_eu_entries"),
    "eu-xml": ("eu_xml", "read_eu_xml"),
    "ftm": ("ftm", "read_ftm"),
}
_PDF = ("vessels_pdf", "read_vessels_pdf")
_NAMED_DAY = re.compile(r"(?<!\d)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")


def read_list(
    data: bytes,
    *,
    adapter: str | None = None,
    name: str = "",
    date: str | None = None,
    list_id: str | None = None,
    expected: Mapping[str, int] | None = None,
    mapping: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> ListVersion:
    """Read one version of a list.

    Args:
        data: the bytes as obtained, plain or in gzip.
        adapter: an adapter, a family such as `un` or `ofac`, or None to go by the content.
        name: file name, for words and for a day where the content prints none.
        date: ISO day of the list; it wins over the one the list prints.
        list_id: key of the list; by default that of the adapter.
        expected: counts that must come out, by their names in `ListVersion.counts`.
        mapping: for a table of one's own: our field to its column (see `observance.evidence.lists.mapped`).
        limits: sizes.

    Returns:
        The version. The day is `date`, else the day the list prints in its own time zone, else the one in the file's
        name, else the newest day found in its entries; the last two are said in the warnings.

    Raises:
        FormatError: damaged, another list, counts that make no sense, or no day.
        LimitError: larger than the limits.
    """
    sizes = limits or Limits()
    plain = unpack(data, name=name, limits=sizes)
    known = "csv" if mapping is not None and adapter is None else adapter_of(plain, wanted=adapter, name=name)
    draft = _read(known, plain, name=name, limits=sizes, mapping=mapping)
    if len(draft.entries) > sizes.entries:
        raise FormatError("too many entries", where=name, got=str(len(draft.entries)), expected=f"{sizes.entries}")
    check_counts(draft, name=name, expected=expected)
    damaged = [entry.reference for entry in draft.entries if any("\ufffd" in part.value for part in entry.names)]
    if damaged:
        draft.warnings.append("names with characters lost by the publisher: " + ", ".join(damaged[:20]))
    day, source = _day_of(draft, name=name, given=date)
    return ListVersion(
        list_id=list_id or list_id_of(known),
        adapter=known,
        date=day,
        date_source=source,
        printed=draft.printed,
        sha256=sha256_bytes(data),
        name=PurePath(name).name,
        entries=tuple(draft.entries),
        counts=tuple(sorted((what, number) for what, number in draft.counts.items() if number)),
        warnings=tuple(draft.warnings),
        mapping=tuple(sorted((mapping or {}).items())),
    )


def read_list_file(path: Path, **options: Any) -> ListVersion:
    """Read a list file; its size is looked at before it is taken into memory. Options as for `read_list`.

    Raises:
        LimitError: larger than the limits.
        FormatError: as for `read_list`.
    """
    limits = options.get("limits") or Limits()
    size = path.stat().st_size
    if size > max(limits.packed, limits.unpacked):
        raise LimitError("too large", where=path.name, got=f"{size:,} bytes", expected=f"up to {limits.unpacked:,}")
    return read_list(path.read_bytes(), name=path.name, **options)


def iso_day(text: str) -> str:
    """The ISO day at the start of a day or time, read in its own time zone; empty where there is none."""
    try:
        return Day.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def check_entry(
    data: bytes,
    *,
    adapter: str,
    name: str,
    row: int,
    reference: str,
    field: str,
    exact: str,
    mapping: Mapping[str, str] | None = None,
) -> bool:
    """Whether the cell that a citation names still reads as cited: the bytes are read again and compared."""
    plain = unpack(data, name=name, limits=Limits())
    draft = _read(adapter, plain, name=name, limits=Limits(), mapping=mapping)
    entry = next((found for found in draft.entries if found.row == row), None)
    return entry is not None and entry.reference == reference and _holds(entry, field, exact)


def _holds(entry: ListedEntry, field: str, exact: str) -> bool:
    if not field:
        return True
    parts: tuple[ListedName | ListedIdentifier, ...] = (*entry.names, *entry.identifiers)
    return any(part.field == field and exact in {part.exact, part.value} for part in parts)


def _day_of(draft: Draft, *, name: str, given: str | None) -> tuple[str, str]:
    if given is not None:
        day = iso_day(given)
        if not day or len(given) != 10:
            raise FormatError("no day", where=name, got=given, expected="a day such as 2026-02-27")
        return day, "given"
    if day := iso_day(draft.printed):
        return day, "printed"
    if found := _NAMED_DAY.search(PurePath(name).name):
        day = iso_day("-".join(found.groups()))
        if day:
            draft.warnings.append(f"the list prints no day; {day} is from the name of the file")
            return day, "file name"
    if day := iso_day(draft.newest):
        draft.warnings.append(f"the list prints no day; {day} is the newest day among its entries")
        return day, "newest entry"
    raise FormatError("the list prints no day", where=name, step="give it with --date YYYY-MM-DD")


def _read(adapter: str, data: bytes, *, name: str, limits: Limits, mapping: Mapping[str, str] | None) -> Draft:
    if adapter == "csv":
        from observance.evidence.lists.mapped import read_mapped

        return read_mapped(data, mapping=mapping or {}, name=name, limits=limits)
    return _reader(adapter, data)(data, name=name, limits=limits)


def _reader(adapter: str, data: bytes) -> Callable[..., Draft]:
    # Readers are imported when they are needed: a UN file needs no PDF parser.
    module, function = _PDF if adapter == "un-1718-vessels" and data.startswith(b"%PDF-") else _READERS[adapter]
    reader: Callable[..., Draft] = getattr(import_module(f"observance.evidence.lists.{module}"), function)
    return reader
