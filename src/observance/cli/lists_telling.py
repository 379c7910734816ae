"""Lists in words and as plain values: versions, differences, listings on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observance.cli.output import say

if TYPE_CHECKING:
    from observance.evidence.lists import ListVersion
    from observance.evidence.lists.diff import Diff
    from observance.evidence.lists.timeline import Listing

__all__ = ["only", "plain_listing", "plain_version", "tell_diff", "tell_listing", "version_line"]


def version_line(version: ListVersion) -> str:
    """Hash, list, day and counts of a version."""
    names = sum(len(entry.names) for entry in version.entries)
    return f"{version.sha256}  {version.list_id} {version.date}: {len(version.entries):,} entries, {names:,} names"


def plain_version(version: ListVersion) -> dict[str, object]:
    """A version as plain values, without its entries."""
    return {
        "list": version.list_id,
        "adapter": version.adapter,
        "date": version.date,
        "date_source": version.date_source,
        "printed": version.printed,
        "sha256": str(version.sha256),
        "entries": len(version.entries),
        "names": sum(len(entry.names) for entry in version.entries),
        "counts": dict(version.counts),
        "warnings": list(version.warnings),
    }


def only(found: Diff, beginning: str) -> Diff:
    """The part of a difference whose references begin so."""
    from dataclasses import replace

    return replace(
        found,
        additions=tuple(row for row in found.additions if row.reference.startswith(beginning)),
        absences=tuple(row for row in found.absences if row.reference.startswith(beginning)),
        amendments=tuple(row for row in found.amendments if row.reference.startswith(beginning)),
        renumbered=tuple(row for row in found.renumbered if row.old.startswith(beginning)),
    )


def _summary(found: Diff) -> str:
    counts = ((found.additions, "added"), (found.absences, "absent"), (found.amendments, "amended"))
    return ", ".join(f"{len(rows)} {word}" for rows, word in counts)


def plain_listing(answer: Listing) -> dict[str, object]:
    """An answer as plain values, with the entry and its citation."""
    from observance.evidence.lists import cite
    from observance.model import to_plain

    plain: dict[str, object] = {
        "list": answer.list_id,
        "reference": answer.reference,
        "day": answer.day,
        "status": answer.status,
        "ground": answer.ground,
        "reasons": list(answer.reasons),
    }
    if answer.version and answer.entry:
        plain["version"] = {"date": answer.version.date, "sha256": str(answer.version.sha256)}
        plain["entry"] = to_plain(answer.entry)
        plain["citation"] = to_plain(cite(answer.version, answer.entry))
    return plain


def tell_listing(answer: Listing) -> None:
    """An answer in words."""
    words = {"listed": "listed", "not_listed": "not listed", "review": "for review", "unknown": "not found"}
    name = answer.entry.name if answer.entry else ""
    say(f"{answer.list_id} {answer.reference}  {name}".rstrip())
    say(f"on {answer.day}: {words[answer.status]}")
    for reason in answer.reasons:
        say(f"  {reason}")
    if answer.entry is None or answer.version is None:
        return
    entry = answer.entry
    listed = f"listed on {entry.listed_on}" if entry.listed_on else ""
    say("  " + "; ".join(filter(None, (entry.kind, entry.programme, listed))))
    for held in entry.names:
        label = " ".join(dict.fromkeys((held.quality, held.kind.replace("_", " "))))
        born = f", born {', '.join(held.birth_dates)}" if held.birth_dates else ""
        say(f"  name      {held.value} ({label}{born})")
    for number in entry.identifiers:
        say(f"  {number.scheme:9} {number.value}" + (f" ({number.note})" if number.note else ""))
    for born_on in entry.birth_dates:
        say(f"  born      {born_on.value}" + (f" ({born_on.note})" if born_on.note else ""))
    for state in entry.states:
        say(f"  {state.kind:9} {state.name}" + (f" [{state.code}]" if state.code else ""))
    for column in entry.columns:
        say(f"  measure   {column.title}" + (f", since {column.since}" if column.since else ""))
    if entry.amended:
        say(f"  amended   {', '.join(entry.amended)}")
    say(f"  cited     row {entry.row} of {answer.version.name or 'the list'} of {answer.version.date}")
    say(f"            sha256 {answer.version.sha256}")


def tell_diff(found: Diff, *, show_amendments: bool) -> None:
    """A difference in words."""
    say(f"{found.list_id} {found.old[:10]} -> {found.new[:10]}: {_summary(found)}")
    for label, rows in (("added", found.additions), ("absent", found.absences)):
        for row in rows:
            say(f"{label:8} {row.reference:10} {row.name}" + (f", listed on {row.listed_on}" if row.listed_on else ""))
    for pair in found.renumbered:
        say(f"same     {pair.old} is now {pair.new}: {pair.name}")
    if show_amendments:
        for amended in found.amendments:
            days = ", ".join(amended.announced)
            say(f"amended  {amended.reference:10} {amended.name}, " + (f"on {days}" if days else "no day announced"))
            for change in amended.changes:
                for value in change.removed:
                    say(f"         - {change.field}: {value}")
                for value in change.added:
                    say(f"         + {change.field}: {value}")
    for layout in found.layout:
        say(f"layout   {layout.field} changed in {layout.entries} of {layout.of} entries: the publisher's form")
    if found.absences:
        say("An entry that is absent from the later file was not necessarily delisted: review it.")
