"""The version of a pack is the hash of what it says; two versions are compared record by record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observance.model import canonical_json, sha256_bytes, to_plain

if TYPE_CHECKING:
    from observance.packs.load import Pack

__all__ = ["Change", "PackDiff", "diff", "digest"]


def digest(documents: dict[str, Any]) -> str:
    """SHA-256 over the parsed content: comments, order of keys and layout do not matter."""
    plain = canonical_json(to_plain(documents))
    return str(sha256_bytes(plain if isinstance(plain, bytes) else plain.encode("utf-8")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field of one record that differs; a whole record where `field` is empty.

    Attributes:
        part: measure, exemption, list, term, regime.
        id: id of the record; a term is `section.id`.
        field: the field, empty where the record is new or gone.
        old, new: its values as plain data; None where there was none.
    """

    part: str
    id: str
    field: str
    old: Any
    new: Any

    def __str__(self) -> str:
        if not self.field:
            return f"{self.part} {self.id}: {'new' if self.old is None else 'gone'}"
        return f"{self.part} {self.id}: {self.field} was {self.old!r}, is {self.new!r}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDiff:
    """What changed between two packs."""

    old: str
    new: str
    changes: tuple[Change, ...]


def diff(pack_a: Pack, pack_b: Pack) -> PackDiff:
    """Every record and field of `pack_b` that differs from `pack_a`; empty where the versions are the same."""
    changes: list[Change] = []
    changes += _records("measure", pack_a.measures, pack_b.measures)
    changes += _records("exemption", pack_a.exemptions, pack_b.exemptions)
    changes += _records("list", pack_a.lists, pack_b.lists)
    changes += _records("regime", {"regime": pack_a.manifest}, {"regime": pack_b.manifest})
    old, new = pack_a.vocabulary, pack_b.vocabulary
    for section in sorted({*old.terms, *new.terms}):
        changes += _records("term", _named(section, old.terms), _named(section, new.terms))
    changes += _records(
        "term", _named("modality", {"modality": old.modality}), _named("modality", {"modality": new.modality})
    )
    changes += _records(
        "term",
        _named("conditions", {"conditions": old.conditions}),
        _named("conditions", {"conditions": new.conditions}),
    )
    return PackDiff(old=pack_a.ref, new=pack_b.ref, changes=tuple(changes))


def _named(section: str, terms: dict[str, Any]) -> dict[str, Any]:
    return {f"{section}.{ident}": term for ident, term in terms.get(section, {}).items()}


def _records(part: str, old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    changes = []
    for ident in [*old, *(key for key in new if key not in old)]:
        before = to_plain(old[ident]) if ident in old else None
        after = to_plain(new[ident]) if ident in new else None
        if before == after:
            continue
        if before is None or after is None:
            changes.append(Change(part=part, id=ident, field="", old=before, new=after))
            continue
        fields = [*before, *(key for key in after if key not in before)]
        changes += [
            Change(part=part, id=ident, field=key, old=before.get(key), new=after.get(key))
            for key in fields
            if before.get(key) != after.get(key)
        ]
    return changes
