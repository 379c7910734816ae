"""OFAC's SDN and consolidated lists as published in CSV.

Layout (OFAC, "SDN data specification"): no header, twelve fields a row: ent_num, SDN_Name, SDN_Type, Program,
Title, Call_Sign, Vess_type, Tonnage, GRT, Vess_flag, Vess_owner, Remarks; `-0-` stands for nothing; several programmes
stand as `A] [B`. CONS_PRIM.CSV has the same fields. Names of persons are `SURNAME, Given`. Alternate names and
addresses come in files of their own with the entry's number (ALT.CSV: ent_num, alt_num, type, name, remarks; ADD.CSV:
ent_num, add_num, address, city, country, remarks); a ZIP of the three reads as one list. Remarks carry birth dates,
numbers and weak aliases.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from observance.errors import FormatError, LimitError
from observance.evidence.lists.draft import Draft
from observance.evidence.lists.limits import Limits, decode, rows
from observance.evidence.lists.names import clean
from observance.evidence.lists.numbers import imo_number, scheme_of
from observance.evidence.lists.ofac import NONE, kind_of, ofac_day, ofac_name
from observance.evidence.lists.records import (
    EntryKind,
    ListedDate,
    ListedEntry,
    ListedIdentifier,
    ListedState,
)
from observance.evidence.lists.states import alpha3, state

__all__ = ["read_ofac_csv"]

_ALIAS = re.compile(r"([afn])\.k\.a\.\s+'(.{1,200})'", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:alt\. )?(?P<kind>[A-Z][A-Za-z./# ]{2,60}?(?:No\.|Number|Identification|Card|ID|IMO)?)"
    r"\s+(?P<number>[A-Z0-9][A-Z0-9./ -]{3,40}?)"
    r"(?:\s+\((?P<state>[^)]{2,60})\))?(?:\s+(?:issued|expires|issue)\b.*)?$"
)


def read_ofac_csv(data: bytes, *, name: str, limits: Limits) -> Draft:
    """Entries of SDN.CSV or CONS_PRIM.CSV, or of a ZIP that holds it with its ALT and ADD files.

    Raises:
        FormatError: a row of another width (a file cut short), or a ZIP without the list.
        LimitError: a ZIP that unpacks too large.
    """
    tables = _zipped(data, name, limits) if data.startswith(b"PK") else {"entries": data}
    draft = Draft()
    others = _by_entry(tables.get("aliases"), 5, f"{name}, ALT.CSV", limits)
    places = _by_entry(tables.get("addresses"), 6, f"{name}, ADD.CSV", limits)
    table = _rows(tables["entries"], 12, name, limits)
    for row, cells in enumerate(table, 1):
        number = cells[0]
        draft.entries.append(_from_csv(cells, row, draft, name, others.get(number, []), places.get(number, [])))
    draft.counts["entries"] = len(table)
    draft.counts["alternate_names"] = sum(len(found) for found in others.values())
    if "aliases" not in tables:
        draft.warnings.append(
            "alternate names and addresses are not in this file: ZIP it with ALT.CSV and ADD.CSV, or take the XML"
        )
    return draft


def _zipped(data: bytes, name: str, limits: Limits) -> dict[str, bytes]:
    wanted = {
        "entries": ("sdn.csv", "cons_prim.csv"),
        "aliases": ("alt.csv", "cons_alt.csv"),
        "addresses": ("add.csv", "cons_add.csv"),
    }
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            held = {info.filename.rsplit("/", 1)[-1].casefold(): info for info in packed.infolist()}
            found = {key: held[file] for key, files in wanted.items() for file in files if file in held}
            if sum(info.file_size for info in found.values()) > limits.unpacked:
                raise LimitError("unpacks too large", where=name, expected=f"up to {limits.unpacked} bytes")
            tables = {key: packed.read(info) for key, info in found.items()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise FormatError("this ZIP does not read", where=name, got=str(fault)) from None
    if "entries" not in tables:
        raise FormatError("the ZIP holds no list", where=name, got=", ".join(held), expected="SDN.CSV or CONS_PRIM.CSV")
    return tables


def _rows(data: bytes, width: int, name: str, limits: Limits) -> list[list[str]]:
    text, _encoding = decode(data, name=name, limits=limits)
    out = []
    for row, cells in enumerate(rows(text, name=name, limits=limits), 1):
        # The files end in a line with the old end-of-file mark.
        if not any(cell.strip("\x1a ") for cell in cells):
            continue
        if len(cells) < width or not cells[0].strip().isdigit():
            raise FormatError(
                "a row is not as published",
                where=f"{name}, row {row}",
                got=f"{len(cells)} fields",
                expected=f"{width} fields, the first a number",
                step="the file may be cut short: get it again; the version held before stays in use",
            )
        out.append(["" if (value := clean(cell)) == NONE else value for cell in cells])
    return out


def _by_entry(data: bytes | None, width: int, name: str, limits: Limits) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for cells in _rows(data, width, name, limits) if data is not None else []:
        found.setdefault(cells[0], []).append(cells)
    return found


def _from_csv(
    cells: list[str], row: int, draft: Draft, name: str, others: list[list[str]], places: list[list[str]]
) -> ListedEntry:
    number, whole, written, programme, _title, sign, vessel_type, _tons, _grt, flag, owner, remarks = cells[:12]
    kind = kind_of(written, f"{name}, row {row}")
    if not whole:
        raise FormatError("an entry has no name", where=f"{name}, row {row}", got=number)
    draft.counts[f"types.{kind}"] += 1
    programmes = [part.strip("[] ") for part in re.split(r"\]\s*\[|;\s*", programme) if part.strip("[] ")]
    draft.counts.update(f"programmes.{part}" for part in programmes)
    names = [ofac_name(whole, "SDN_Name", "primary")]
    for at, other in enumerate(others, 1):
        former = other[2].casefold().replace(".", "") in {"fka", "nka"}
        if other[3]:
            names.append(ofac_name(other[3], f"ALT[{at}].alt_name", "former" if former else "alias"))
    ids: list[ListedIdentifier] = []
    dates: list[ListedDate] = []
    states: list[ListedState] = list(state("flag", flag, "Vess_flag"))
    for at, place in enumerate(places, 1):
        states += state("address", place[4], f"ADD[{at}].Country")
    if sign:
        ids.append(ListedIdentifier(scheme="callsign", value=sign, field="Call_Sign"))
    for label, value in _remarks(remarks):
        if label in {"DOB", "alt. DOB"}:
            if day := ofac_day(value):
                dates.append(ListedDate(value=day, field="Remarks"))
        elif label:
            states += state("nationality", value, "Remarks")
        elif alias := _ALIAS.fullmatch(value):
            # OFAC puts weak aliases into the remarks.
            former = alias[1].casefold() != "a"
            names.append(ofac_name(alias[2], "Remarks", "former" if former else "alias", "low"))
        elif found := _number(kind, value):
            ids.append(found)
    return ListedEntry(
        reference=number,
        row=row,
        kind=kind,
        names=tuple(names),
        identifiers=tuple(ids),
        birth_dates=tuple(dates),
        states=tuple(states),
        programme="; ".join(programmes),
        remarks=remarks,
        fields=tuple(
            sorted(
                {("name", whole), ("kind", kind)}
                | {("programme", part) for part in programmes}
                | {("alias", other.value) for other in names[1:]}
                | {(found.scheme, found.value) for found in ids}
                | {
                    (label, value)
                    for label, value in (("remarks", remarks), ("type", vessel_type), ("owner", owner))
                    if value
                }
            )
        ),
    )


def _remarks(text: str) -> Iterator[tuple[str, str]]:
    """(label, value) of the statements of a remark, which are parted by `;` and end in a full stop."""
    for part in text.removesuffix(".").split(";"):
        statement = part.strip()
        found = re.match(r"(alt\. DOB|DOB|(?:alt\. )?nationality|(?:alt\. )?citizen)\s+(.+)", statement)
        yield (found[1], found[2]) if found else ("", statement)


def _number(kind: EntryKind, statement: str) -> ListedIdentifier | None:
    if found := re.search(r"\bIMO\s+([0-9]{7})\b", statement):
        return imo_number(found[1], kind, "Remarks", written=statement)
    if found := re.search(r"\bMMSI\)?\s+([0-9]{9})\b", statement):
        return ListedIdentifier(scheme="mmsi", value=found[1], field="Remarks", written=statement)
    found = _NUMBER.match(statement) if len(statement) <= 160 else None
    if not found or not any(letter.isdigit() for letter in found["number"]):
        return None
    scheme = scheme_of(found["kind"])
    if scheme == "other":
        return None
    return ListedIdentifier(
        scheme=scheme,
        value=found["number"].strip(),
        field="Remarks",
        written=statement,
        state=alpha3(found["state"] or "") if found["state"] else "",
        note=found["kind"].strip(),
    )
