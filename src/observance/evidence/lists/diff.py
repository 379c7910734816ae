"""Two versions of a list compared: additions, absences, amendments by field, references that were renumbered.

Facts are compared as sets of (field, value) without case, so that order, blanks, empty shells and the two places of
birth dates make no difference. A change that strikes most entries at once is the publisher's layout and not the facts:
it is told apart. A reference that is absent from the later version was not necessarily delisted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from observance.evidence.lists.records import ListedEntry, ListVersion

__all__ = ["Amendment", "Diff", "FieldChange", "LayoutChange", "Moved", "Renumbered", "diff"]

# Share of the entries that carry a field in both versions from which a change of it is layout; small lists have none.
_LAYOUT_SHARE = 0.5
_LAYOUT_LEAST = 20
# Each is one way of writing the same thing; the publisher changes between them.
# `~` (about) is a mark that the UN file dropped from second birth dates in 2023 and brought back in 2025.
_SAME = str.maketrans({"~": "", "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An entry that came or is absent."""

    reference: str
    name: str
    kind: str
    listed_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """Values of one field that went and that came."""

    field: str
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """An entry that stands in both versions with other facts.

    Attributes:
        reference: of the entry.
        name: its primary name in the later version.
        changes: by field.
        announced: days of amendment that the later version has and the earlier has not; where there is none, the file
            changed and its issuer did not say so.
    """

    reference: str
    name: str
    changes: tuple[FieldChange, ...]
    announced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renumbered:
    """One party under another reference: the same name and day of listing in both versions."""

    old: str
    new: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutChange:
    """A field that changed in most entries at once."""

    field: str
    entries: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What lies between two versions.

    Attributes:
        list_id: the list.
        old: day and hash of the earlier version.
        new: day and hash of the later one.
        additions: entries that are in the later version only.
        absences: entries that are in the earlier version only: for review, not delistings.
        amendments: entries with other facts.
        renumbered: pairs among additions and absences that are one party.
        layout: changes of the publisher's layout, left out of the amendments.
    """

    list_id: str
    old: str
    new: str
    additions: tuple[Moved, ...] = ()
    absences: tuple[Moved, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    renumbered: tuple[Renumbered, ...] = ()
    layout: tuple[LayoutChange, ...] = ()


def diff(old: ListVersion, new: ListVersion) -> Diff:
    """Compare two versions of one list, by reference."""
    before = {entry.reference: entry for entry in old.entries}
    after = {entry.reference: entry for entry in new.entries}
    additions = tuple(_moved(after[key]) for key in after.keys() - before.keys())
    absences = tuple(_moved(before[key]) for key in before.keys() - after.keys())
    # Another form of the same list (XML, JSON lines) may lack whole fields: what it never says did not change.
    shared = _labels(old) & _labels(new)
    changes = {key: _changes(before[key], after[key], shared) for key in before.keys() & after.keys()}
    layout = _layout(before, after, changes)
    apart = {change.field for change in layout}
    amendments = [
        Amendment(
            reference=key,
            name=after[key].name,
            changes=kept,
            announced=tuple(day for day in after[key].amended if day not in before[key].amended),
        )
        for key, found in changes.items()
        if (kept := tuple(change for change in found if change.field not in apart))
    ]
    return Diff(
        list_id=new.list_id,
        old=old.key,
        new=new.key,
        additions=tuple(sorted(additions, key=_order)),
        absences=tuple(sorted(absences, key=_order)),
        amendments=tuple(sorted(amendments, key=lambda found: found.reference)),
        renumbered=_renumbered(absences, additions),
        layout=layout,
    )


def _order(moved: Moved) -> str:
    return moved.reference


def _moved(entry: ListedEntry) -> Moved:
    return Moved(reference=entry.reference, name=entry.name, kind=entry.kind, listed_on=entry.listed_on)


def _facts(entry: ListedEntry) -> dict[str, dict[str, str]]:
    """Field to its values: the value to compare, and the value as written."""
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for label, value in entry.fields:
        facts[label][value.translate(_SAME).casefold()] = value
    return facts


def _labels(version: ListVersion) -> set[str]:
    return {label for entry in version.entries for label, _value in entry.fields}


def _changes(before: ListedEntry, after: ListedEntry, shared: set[str]) -> tuple[FieldChange, ...]:
    if before.fields == after.fields:
        return ()
    was, now = _facts(before), _facts(after)
    out = []
    for label in sorted((was.keys() | now.keys()) & shared):
        removed = tuple(sorted(was[label][key] for key in was[label].keys() - now[label].keys()))
        added = tuple(sorted(now[label][key] for key in now[label].keys() - was[label].keys()))
        if label == "alias_quality":
            # The grade of an alias that came or went is told with the alias.
            removed, added = (tuple(grade for grade in part if _kept(grade, was, now)) for part in (removed, added))
        if removed or added:
            out.append(FieldChange(field=label, removed=removed, added=added))
    return tuple(out)


def _kept(grade: str, was: dict[str, dict[str, str]], now: dict[str, dict[str, str]]) -> bool:
    alias = grade.rpartition(" [")[0].translate(_SAME).casefold()
    return alias in was["alias"] and alias in now["alias"]


def _layout(
    before: dict[str, ListedEntry], after: dict[str, ListedEntry], changes: dict[str, tuple[FieldChange, ...]]
) -> tuple[LayoutChange, ...]:
    carrying: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    for key, found in changes.items():
        labels = {label for label, _value in before[key].fields} | {label for label, _value in after[key].fields}
        group = after[key].kind
        carrying.update((f"{label}\0{group}") for label in labels)
        changed.update((f"{change.field}\0{group}") for change in found)
    out: dict[str, LayoutChange] = {}
    for label, number in changed.items():
        if number >= _LAYOUT_LEAST and number >= carrying[label] * _LAYOUT_SHARE:
            name = label.partition("\0")[0]
            known = out.get(name, LayoutChange(field=name, entries=0, of=0))
            out[name] = LayoutChange(field=name, entries=known.entries + number, of=known.of + carrying[label])
    return tuple(out[name] for name in sorted(out))


def _renumbered(absences: tuple[Moved, ...], additions: tuple[Moved, ...]) -> tuple[Renumbered, ...]:
    came = {(moved.name.translate(_SAME).casefold(), moved.kind, moved.listed_on): moved for moved in additions}
    pairs = []
    for moved in absences:
        other = came.get((moved.name.translate(_SAME).casefold(), moved.kind, moved.listed_on))
        if other:
            pairs.append(Renumbered(old=moved.reference, new=other.reference, name=moved.name))
    return tuple(sorted(pairs, key=lambda pair: pair.old))
