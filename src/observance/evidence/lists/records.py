"""Records of a sanctions list: one version of a list, its entries, and the names they carry.

A record keeps what the issuer wrote (`written`) beside what is compared (`value`), and the field it stands in, so that
every name can be cited as a cell of a row. Days are ISO days as the issuer prints them; birth dates are EDTF
(Extended Date/Time Format, ISO 8601-2): `1968-03-26`, `1971`, `1971~` (about), `1965/1968` (between).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from observance.model import Citation, ListEntry, Sha256

__all__ = [
    "EntryKind",
    "ListVersion",
    "ListedColumn",
    "ListedDate",
    "ListedEntry",
    "ListedIdentifier",
    "ListedName",
    "ListedState",
    "cite",
]

EntryKind = Literal["person", "entity", "vessel", "aircraft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedName:
    """A name of an entry.

    Attributes:
        value: the name to compare, blanks folded.
        quality: primary, good, low, or unstated (the issuer gives no grade).
        kind: primary, alias, former, original_script, acronym, variation, or cross_reference (the cell names
            another entry of the list, which is no name of this one).
        script: ISO 15924 code of the script most of its letters are in (`Latn`, `Hang`, `Hani`, `Arab`, ...).
        field: where it stands in the entry, for example `INDIVIDUAL_ALIAS[2].ALIAS_NAME`.
        written: the cell as written, where it differs from `value` (several names in one cell, brackets, blanks).
        language: ISO 639-1 code where the list says it.
        birth_dates: EDTF dates that the list ties to this name only.
        note: what the list says of the name.
        refers_to: reference of the other entry, for a cross reference.
    """

    value: str
    quality: str = "unstated"
    kind: str = "alias"
    script: str = "Latn"
    field: str = ""
    written: str = ""
    language: str = ""
    birth_dates: tuple[str, ...] = ()
    note: str = ""
    refers_to: str = ""

    @property
    def exact(self) -> str:
        """The cell as the issuer wrote it."""
        return self.written or self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedIdentifier:
    """A number of an entry: `scheme` and `value` as in `model.Identifier`, and where it stands.

    Attributes:
        scheme: imo, imo-company, imo-unchecked, mmsi, callsign, passport, national-id, tax, registry, un-reference,
            and so on (see `observance.evidence.lists.numbers`).
        value: blanks removed.
        field: field of the entry it stands in.
        written: the cell, where it differs.
        state: ISO 3166 alpha-3 of the issuing State, where the list says it.
        note: for example which of several names it belongs to.
    """

    scheme: str
    value: str
    field: str = ""
    written: str = ""
    state: str = ""
    note: str = ""

    @property
    def exact(self) -> str:
        """The cell as the issuer wrote it."""
        return self.written or self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDate:
    """A birth (or founding, or build) date in EDTF, and where it stands."""

    value: str
    field: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedState:
    """A State an entry is tied to.

    Attributes:
        kind: nationality, address, birth, flag, registration or programme.
        name: as written.
        code: ISO 3166 alpha-3, empty where the name is not known.
        field: field of the entry.
    """

    kind: str
    name: str
    code: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedColumn:
    """A column of the list that says that a measure holds for the entry, and the day from which it does."""

    title: str
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """One entry of one version of a list.

    Attributes:
        reference: the issuer's reference, blanks removed.
        row: position in the file from 1.
        kind: person, entity, vessel or aircraft.
        names: at least one; the first is the primary name.
        identifiers: numbers.
        birth_dates: for persons; for ships the year of build where given.
        states: nationality, addresses, flags.
        listed_on: ISO day of listing as the list says; empty where it does not.
        delisted_on: ISO day of delisting, where a list says one.
        amended: ISO days of amendments.
        programme: the issuer's regime or programme, several joined by `; `.
        remarks: comments of the issuer.
        columns: measures that the list's own columns tie to the entry.
        fields: (name, value) pairs for comparison over time; the same fact has the same pair in every layout.
        crosswalk: reference of the same party on the UN list, where the list names one.
    """

    reference: str
    row: int
    kind: EntryKind
    names: tuple[ListedName, ...]
    identifiers: tuple[ListedIdentifier, ...] = ()
    birth_dates: tuple[ListedDate, ...] = ()
    states: tuple[ListedState, ...] = ()
    listed_on: str = ""
    delisted_on: str = ""
    amended: tuple[str, ...] = ()
    programme: str = ""
    remarks: str = ""
    columns: tuple[ListedColumn, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    crosswalk: str = ""

    @property
    def name(self) -> str:
        """The primary name."""
        return self.names[0].value

    def identifier(self, scheme: str) -> tuple[str, ...]:
        """All values of one scheme."""
        return tuple(found.value for found in self.identifiers if found.scheme == scheme)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListVersion:
    """One version of one list.

    Attributes:
        list_id: key of the list, for example `un`.
        adapter: reader that made the records, for example `un-xml`.
        date: ISO day of the list.
        date_source: given, printed, file name, or newest entry (where the file prints no day).
        printed: the day as the file prints it, with its own time zone.
        sha256: hash of the bytes as obtained (packed where they were packed).
        name: file name as given.
        entries: in file order.
        counts: (what, how many), counted in the source and not in the records.
        warnings: what a user should know about this version.
        mapping: (field, column) pairs, for a table of one's own; with them the file reads the same again.
    """

    list_id: str
    adapter: str
    date: str
    date_source: str = "printed"
    printed: str = ""
    sha256: str
    name: str = ""
    entries: tuple[ListedEntry, ...]
    counts: tuple[tuple[str, int], ...] = ()
    warnings: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()

    def count(self, what: str) -> int:
        """A count by its name; 0 where it was not counted."""
        return dict(self.counts).get(what, 0)

    def entry(self, reference: str) -> ListedEntry | None:
        """The entry of that reference, case and blanks apart."""
        wanted = "".join(reference.split()).casefold()
        return next((entry for entry in self.entries if entry.reference.casefold() == wanted), None)

    @property
    def key(self) -> str:
        """File name of the stored form: day and the first 12 hex digits of the hash."""
        return f"{self.date}-{self.sha256[:12]}"


def cite(version: ListVersion, entry: ListedEntry, part: ListedName | ListedIdentifier | None = None) -> Citation:
    """The citation of an entry, or of one of its cells."""
    return Citation(
        evidence=Sha256(version.sha256),
        selector=ListEntry(
            list_id=version.list_id,
            version=version.date,
            reference=entry.reference,
            row=entry.row,
            field=part.field if part else "",
            exact=part.exact if part else "",
        ),
    )
