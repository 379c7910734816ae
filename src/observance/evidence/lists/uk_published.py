"""The UK Sanctions List as published: CSV and ODS (one row a name, 58 columns) and XML (one `Designation` an entry).

CSV and ODS begin with a line `Report Date: 13-Feb-2026`, then the header; rows of one `Unique ID` belong together. The
XML prints `DateGenerated` (dd/mm/yyyy). Days are dd/mm/yyyy, with `dd` and `mm` or zeros where they are not known.
These forms carry what the JSON lines lack: ship numbers, flags, birth dates, nationalities, passports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from observance.errors import FormatError, LimitError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, decode, rows, xml_root
from observance.evidence.lists.names import clean
from observance.evidence.lists.uk import entry_of

__all__ = ["read_uk_csv", "read_uk_ods", "read_uk_xml", "uk_day"]

_SLASHED = re.compile(r"(\w{2})/(\w{2})/(\d{4})")
_REPORT = re.compile(r"Report Date:\s*(\d{1,2}-[A-Za-z]{3}-\d{4})")
_SPLIT = re.compile(r"\s*(?:\||;|\(\d\))\s*")
_MANY = {
    "flags": ("Current believed flag of ship", "ShipDetails/Ship/CurrentBelievedFlagOfShips/CurrentBelievedFlagOfShip"),
    "former_flags": ("Previous flags", "ShipDetails/Ship/PreviousFlags/PreviousFlag"),
    "imo_numbers": ("IMO number", "ShipDetails/Ship/IMONumbers/IMONumber"),
    "ship_types": ("Type of ship", "ShipDetails/Ship/TypeOfShipDetails/TypeOfShip"),
    "birth_dates": ("D.O.B", "IndividualDetails/Individual/DOBs/DOB"),
    "nationalities": ("Nationality(/ies)", "IndividualDetails/Individual/Nationalities/Nationality"),
    "passports": ("Passport number", "IndividualDetails/Individual/PassportDetails/*/PassportNumber"),
    "national_ids": (
        "National Identifier number",
        "IndividualDetails/Individual/NationalIdentifierDetails/*/NationalIdentifierNumber",
    ),
    "registrations": (
        "Business registration number (s)",
        "EntityDetails/Entity/BusinessRegistrationNumbers/BusinessRegistrationNumber",
    ),
}
_ONE = {
    "last_updated": ("Last Updated", "LastUpdated"),
    "date_designated": ("Date Designated", "DateDesignated"),
    "ofsi_group_id": ("OFSI Group ID", "OFSIGroupID"),
    "un_reference_number": ("UN Reference Number", "UNReferenceNumber"),
    "regime_name": ("Regime Name", "RegimeName"),
    "individual_entity_ship": ("Designation Type", "IndividualEntityShip"),
    "sanctions_imposed": ("Sanctions Imposed", "SanctionsImposed"),
    "other_information": ("Other Information", "OtherInformation"),
    "uk_statement_of_reasons": ("UK Statement of Reasons", "UKStatementofReasons"),
}
_DAYS = {"last_updated", "date_designated"}


def uk_day(written: str) -> str:
    """EDTF of dd/mm/yyyy; unknown parts (`dd`, `mm`, `00`) are left away. ISO days pass; other words give nothing."""
    found = _SLASHED.fullmatch(written.strip())
    if not found:
        return written.strip()[:10] if re.match(r"\d{4}(-\d{2}){0,2}", written.strip()) else ""
    day, month, year = found.groups()
    if not month.isdigit() or month == "00":
        return year
    return f"{year}-{month}" + (f"-{day}" if day.isdigit() and day != "00" else "")


def read_uk_csv(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries of the published CSV.

    Raises:
        FormatError: no header, a row of another width, or an entry without a name.
    """
    text, encoding = decode(data, name=name, limits=limits)
    draft = _from_table(rows(text, name=name, limits=limits), name)
    if not encoding.startswith("utf"):
        draft.warnings.append(f"not UTF-8: read as {encoding}")
    return draft


def read_uk_ods(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries of the published OpenDocument table; its first sheet holds what the CSV does.

    Raises:
        FormatError: no such workbook.
        LimitError: it unpacks too large.
    """
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if packed.getinfo("content.xml").file_size > limits.unpacked:
                raise LimitError("unpacks too large", where=name, expected=f"up to {limits.unpacked} bytes")
            content = packed.read("content.xml")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, EOFError, OSError) as fault:
        raise FormatError("this OpenDocument table does not read", where=name, got=str(fault)) from None
    return _from_table(list(_ods_rows(xml_root(content, name=name, limits=limits), limits)), name)


def _ods_rows(root: Any, limits: Limits) -> Iterator[list[str]]:
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    sheet = root.find(f".//{table}table")
    for number, row in enumerate(sheet.iter(f"{table}table-row") if sheet is not None else ()):
        if number > limits.entries:
            raise LimitError("too many rows", expected=f"up to {limits.entries}")
        cells: list[str] = []
        for cell in row:
            held = "\n".join("".join(part.itertext()) for part in cell.iter(f"{text}p"))
            # Empty cells are written once with a count; the last one of a row may stand for thousands.
            times = min(int(cell.get(f"{table}number-columns-repeated", "1")), 256)
            cells += [held] * times
        if any(cells):
            yield cells


def _from_table(table: list[list[str]], name: str) -> Draft:
    draft = Draft()
    at = next((at for at, row in enumerate(table[:5]) if "Unique ID" in row and "Name 6" in row), None)
    if at is None:
        raise FormatError("the header is missing", where=name, expected="columns Unique ID, Name 6, ...")
    for row in table[:at]:
        if found := _REPORT.search(" ".join(row)):
            draft.printed = datetime.strptime(found[1], "%d-%b-%Y").date().isoformat()  # noqa: DTZ007  a day only
    header = [clean(cell) for cell in table[at]]
    grouped: dict[str, list[dict[str, str]]] = {}
    for number, row in enumerate(table[at + 1 :], at + 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < len(header) // 2:
            raise FormatError(
                "a row is not as published",
                where=f"{name}, row {number}",
                got=f"{len(row)} fields",
                expected=f"{len(header)}",
                step="the file may be cut short: get it again; the version held before stays in use",
            )
        cells = dict(zip(header, row, strict=False))
        grouped.setdefault(cells.get("Unique ID", "").strip(), []).append(cells)
    for row_number, (uid, group) in enumerate(grouped.items(), 1):
        record = _record_of_rows(uid, group)
        draft.entries.append(entry_of(record, row_number, draft, f"{name}, {uid or 'a row without Unique ID'}"))
        draft.counts["entries"] += 1
        draft.newest = max(draft.newest, record["last_updated"])
    return draft


def _record_of_rows(uid: str, group: list[dict[str, str]]) -> dict[str, Any]:
    first = group[0]
    record: dict[str, Any] = {"unique_id": uid}
    for key, (column, _path) in _ONE.items():
        record[key] = _one(key, first.get(column, ""))
    names: dict[tuple[str, ...], dict[str, str]] = {}
    for row in group:
        parts = {f"name{at}": row.get(f"Name {at}", "") for at in range(1, 7)}
        parts |= {"name_type": row.get("Name type", ""), "alias_strength": row.get("Alias strength", "")}
        # A name is repeated for each further address or passport.
        names.setdefault(tuple(parts.values()), parts)
    record["names"] = {"names": list(names.values())}
    scripts = dict.fromkeys(
        row["Name non-latin script"] for row in group if row.get("Name non-latin script", "").strip()
    )
    record["non_latin_names"] = {"names": [{"name_non_latin_script": text} for text in scripts]}
    addresses = {
        tuple(row.get(f"Address Line {at}", "") for at in range(1, 7)): row.get("Address Country", "") for row in group
    }
    record["addresses"] = {
        "addresses": [
            {**{f"address_line{at}": line for at, line in enumerate(lines, 1) if line}, "address_country": country}
            for lines, country in addresses.items()
            if any(lines) or country
        ]
    }
    for key, (column, _path) in _MANY.items():
        record[key] = _many(key, (row.get(column, "") for row in group))
    return record


def _one(key: str, written: str) -> str:
    return uk_day(written) if key in _DAYS else written


def _many(key: str, written: Iterable[str]) -> list[str]:
    values = (clean(part) for cell in written for part in _SPLIT.split(cell or ""))
    found = dict.fromkeys(value for value in values if value)
    if key == "birth_dates":
        return [day for value in found if (day := uk_day(value))]
    return list(found)


def read_uk_xml(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries of the published XML.

    Raises:
        FormatError: another kind of XML, or an entry without id, kind or name.
    """
    root = xml_root(data, name=name, limits=limits)
    if root.tag != "Designations":
        raise FormatError("this is not the UK list", where=name, got=f"<{root.tag}>", expected="<Designations>")
    draft = Draft(printed=uk_day(clean(root.findtext("DateGenerated")) or root.get("DateGenerated", "")))
    for row, element in enumerate(root.iterfind("Designation"), 1):
        record = _record_of_element(element)
        draft.entries.append(entry_of(record, row, draft, f"{name}, entry {row}"))
        draft.newest = max(draft.newest, record["last_updated"])
    draft.counts["entries"] = len(root.findall("Designation"))
    return draft


def _record_of_element(element: Any) -> dict[str, Any]:
    def text(found: Any, path: str) -> str:
        return clean(found.findtext(path))

    record: dict[str, Any] = {"unique_id": text(element, "UniqueID")}
    for key, (_column, path) in _ONE.items():
        record[key] = _one(key, text(element, path))
    record["names"] = {
        "names": [
            {
                **{f"name{at}": text(found, f"Name{at}") for at in range(1, 7)},
                "name_type": text(found, "NameType"),
                "alias_strength": text(found, "AliasStrength"),
            }
            for found in element.iterfind("Names/Name")
        ]
    }
    record["non_latin_names"] = {
        "names": [
            {"name_non_latin_script": clean(found.text)}
            for found in element.iterfind("NonLatinNames/NonLatinName/NameNonLatinScript")
        ]
    }
    record["addresses"] = {
        "addresses": [
            {
                **{f"address_line{at}": line for at in range(1, 7) if (line := text(found, f"AddressLine{at}"))},
                "address_country": text(found, "AddressCountry"),
            }
            for found in element.iterfind("Addresses/Address")
        ]
    }
    for key, (_column, path) in _MANY.items():
        record[key] = _many(key, (found.text for found in element.iterfind(path)))
    return record
