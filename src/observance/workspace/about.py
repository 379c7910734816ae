"""The dossier: everything the workspace holds on one entity as of a day, each line with its citation.

An entity is named by a number (`imo:8916580`, `mmsi:...`), a list reference (`un:KPi.033`), a State (`state:PRK`) or a
name. Nothing is merged silently: what ties a record to the entity stands with it.
"""

from __future__ import annotations

import html
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observance.evidence.lists import ListedEntry, ListVersion, cite
from observance.model.citation import Citation
from observance.model.codec import to_plain
from observance.model.identifiers import Imo, Mmsi
from observance.model.observation import Observation, Participant
from observance.report.words import chain_words, place_in_bytes

if TYPE_CHECKING:
    from observance.workspace import Workspace

__all__ = ["Dossier", "Line", "about", "as_html", "as_text"]

_STYLE = (
    "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d1d1b;"
    "background:#fff}table{border-collapse:collapse;width:100%;table-layout:fixed}th,td{text-align:left;"
    "vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #b9b5aa;overflow-wrap:anywhere}"
    "code{font-size:.8rem}th:first-child{width:7rem}th:nth-child(3){width:20%}"
    "@media(max-width:40rem){thead{display:none}tr{display:block;border-bottom:1px solid #b9b5aa}"
    "td{display:block;border:0;padding:.2rem 0}}"
    "@media(prefers-color-scheme:dark){body{background:#16161a;color:#eceae4}}</style>"
)
_SECTIONS = ("names", "identifiers", "flags", "owners", "listings", "events", "claims", "denials", "findings", "gaps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing held on the entity.

    Attributes:
        section: names, identifiers, flags, owners, listings, events, claims, denials, findings or gaps.
        text: in words.
        since: EDTF day from which it is known to hold, or of the happening.
        tie: why it is held to be of this entity.
        citations: where it stands.
    """

    section: str
    text: str
    since: str = ""
    tie: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What is held on one entity, as of a day; lines by section and day."""

    entity: str
    name: str
    on: str | None
    as_of: str | None
    lines: tuple[Line, ...]

    def section(self, name: str) -> tuple[Line, ...]:
        """The lines of a section."""
        return tuple(line for line in self.lines if line.section == name)

    def plain(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "entity": self.entity,
            "name": self.name,
            "on": self.on,
            "as_of": self.as_of,
            **{name: [to_plain(line) for line in self.section(name)] for name in _SECTIONS},
        }


def fold(name: str) -> str:
    """A name for comparing: case, accents, blanks and signs apart."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


@dataclass(slots=True)
class _Keys:
    """What identifies the entity: numbers, references, State, folded names; they grow as records tie to them."""

    numbers: set[str]
    references: set[str]
    states: set[str]
    names: set[str]

    def tie(self, party: Participant) -> str:
        """Why a participant is this entity; empty where it is not."""
        for number in party.identifiers:
            if str(number) in self.numbers or str(number).replace("-reference", "") in self.references:
                return f"the same number {number}"
        if party.state in self.states and party.type in {None, "state", "state_organ"}:
            return f"the State {party.state}"
        own = {number.scheme for number in party.identifiers} & {number.partition(":")[0] for number in self.numbers}
        if not own and fold(party.name) in self.names:
            return "the same name"
        return ""


def about(workspace: Workspace, entity: str, *, on: str | None = None, as_of: str | None = None) -> Dossier:
    """Everything held on an entity.

    Args:
        workspace: where it is held.
        entity: `imo:N`, `mmsi:N`, `LIST:REFERENCE`, `state:CODE` or a name.
        on: only what held or happened by this day.
        as_of: only what had been published by this day.
    """
    keys = _keys(entity)
    lines: list[Line] = []
    lines += _listings(workspace, keys)
    lines += _statics(workspace, keys)
    view = workspace.view(as_of=as_of)
    mine: dict[str, str] = {}
    for one in view.observations:
        ties = [tie for party in one.participants if (tie := keys.tie(party))]
        if ties:
            mine[one.id] = ties[0]
            lines += _of_observation(one, keys, ties[0])
    for finding in view.found.findings:
        version = finding.current
        if mine.keys() & {*version.observations, *version.contradicting}:
            text = (
                f"{version.layer.replace('_', ' ')}, {version.status.replace('_', ' ')}: {version.title} ({finding.id})"
            )
            lines.append(Line(section="findings", text=text, tie="rests on claims of this entity"))
    kept = sorted(
        (line for line in dict.fromkeys(lines) if on is None or not line.since or line.since[: len(on)] <= on),
        key=lambda line: (_SECTIONS.index(line.section), line.since, line.text),
    )
    if not kept:
        kept = [Line(section="gaps", text="the workspace holds nothing on this entity", tie="")]
    names = [line.text for line in kept if line.section == "names"]
    name = next((text for text in names if "(primary" in text), names[0] if names else entity).split(" (", 1)[0]
    return Dossier(entity=entity, name=name, on=on, as_of=as_of, lines=tuple(kept))


def _keys(entity: str) -> _Keys:
    scheme, _, value = entity.partition(":")
    value = value.strip()
    keys = _Keys(numbers=set(), references=set(), states=set(), names=set())
    if scheme == "imo" and Imo.valid(value):
        keys.numbers.add(f"imo:{value}")
    elif scheme == "mmsi" and Mmsi.valid(value):
        keys.numbers.add(f"mmsi:{value}")
    elif scheme == "state" and len(value) == 3:
        keys.states.add(value.upper())
    elif value and scheme not in {"imo", "mmsi", "state"}:
        keys.references.add(f"{scheme}:{value}")
    else:
        keys.names.add(fold(entity))
    return keys


def _listings(workspace: Workspace, keys: _Keys) -> list[Line]:
    from observance.workspace.listing import held_versions, known_entries

    lines: list[Line] = []
    for version, entry in known_entries(workspace.root, held_versions(workspace)):
        tie = _entry_tie(version, entry, keys)
        if not tie:
            continue
        keys.references.add(f"{version.list_id}:{entry.reference}")
        if entry.kind == "vessel":
            keys.numbers |= {f"imo:{number}" for number in entry.identifier("imo") if Imo.valid(number)}
        since = f" since {entry.listed_on}" if entry.listed_on else ""
        until = f", delisted {entry.delisted_on}" if entry.delisted_on else ""
        lines.append(
            Line(
                section="listings",
                text=f"{entry.reference} of the list {version.list_id} of {version.date}{since}{until}",
                since=entry.listed_on,
                tie=tie,
                citations=(cite(version, entry),),
            )
        )
        lines += [
            Line(
                section="listings",
                text=f"by its column: {column.title}",
                since=column.since,
                tie=tie,
                citations=(cite(version, entry),),
            )
            for column in entry.columns
        ]
        lines += [
            Line(
                section="names",
                text=f"{name.value} ({_of_name(name.kind, name.quality)}, list {version.list_id})",
                since=entry.listed_on,
                tie=tie,
                citations=(cite(version, entry, name),),
            )
            for name in entry.names
            if name.kind != "cross_reference"
        ]
        lines += [
            Line(
                section="identifiers",
                text=f"{number.scheme}:{number.value}",
                since=entry.listed_on,
                tie=tie,
                citations=(cite(version, entry, number),),
            )
            for number in entry.identifiers
        ]
        lines += [
            Line(
                section="flags",
                text=f"{state.name} ({state.kind}, list {version.list_id})",
                since=entry.listed_on,
                tie=tie,
                citations=(cite(version, entry),),
            )
            for state in entry.states
            if state.kind in {"flag", "registration", "nationality"}
        ]
    return lines


def _entry_tie(version: ListVersion, entry: ListedEntry, keys: _Keys) -> str:
    if f"{version.list_id}:{entry.reference}".casefold() in {one.casefold() for one in keys.references}:
        return "the same reference"
    for scheme in ("imo", "mmsi"):
        for value in entry.identifier(scheme):
            if f"{scheme}:{value}" in keys.numbers:
                return f"the same number {scheme}:{value}"
    if any(fold(name.value) in keys.names for name in entry.names):
        return "the same name"
    return ""


def _statics(workspace: Workspace, keys: _Keys) -> list[Line]:
    """What ships said of themselves in their static messages."""
    from observance.workspace.tracking import clock_of, lake_of

    lines = []
    for table in lake_of(workspace).statics():
        for at, mmsi in enumerate(table["mmsi"]):
            imo = f"{table['imo'][at]:07d}"
            numbers = {f"mmsi:{mmsi:09d}", *([f"imo:{imo}"] if table["imo"][at] else [])}
            if not numbers & keys.numbers:
                continue
            keys.numbers |= {f"mmsi:{mmsi:09d}"}
            day = clock_of(table["t0"][at])[:10]
            source = f"static messages, source {table['source']} row {table['row'][at]}"
            if table["name"][at]:
                lines.append(
                    Line(section="names", text=f"{table['name'][at]} (said by the ship)", since=day, tie=source)
                )
            lines.append(Line(section="identifiers", text=f"mmsi:{mmsi:09d}", since=day, tie=source))
    return lines


def _of_observation(one: Observation, keys: _Keys, tie: str) -> list[Line]:
    since = one.date.value[:10] if one.date and one.date.value else (one.published or "")
    said = " ".join((one.statement or one.event_type).split())
    section = {"behaviour": "events", "match": "listings", "flow": "events"}.get(one.kind, "claims")
    if one.modality == "denied":
        section = "denials"
    lines = [
        Line(
            section=section,
            text=f"{one.modality}: “{said}” ({chain_words(one)})" if one.kind == "claim" else said,
            since=since,
            tie=tie,
            citations=one.citations[:1],
        )
    ]
    for party in one.participants:
        if not keys.tie(party):
            continue
        if party.flag:
            lines.append(
                Line(section="flags", text=f"{party.flag} (as told)", since=since, tie=tie, citations=one.citations[:1])
            )
        name = Line(section="names", text=f"{party.name} (as told)", since=since, tie=tie, citations=one.citations[:1])
        if one.kind != "match":
            lines.append(name)
    lines += [
        Line(
            section="owners",
            text=f"{party.name}, {party.role}",
            since=since,
            tie="told of in the same claim",
            citations=one.citations[:1],
        )
        for party in one.participants
        if party.role in {"owner", "charterer"}
    ]
    return lines


def as_text(dossier: Dossier) -> str:
    """The dossier in words."""
    days = "".join(f", {word} {day}" for word, day in (("on", dossier.on), ("as of", dossier.as_of)) if day)
    lines = [f"{dossier.name} ({dossier.entity}){days}"]
    for section in _SECTIONS:
        rows = dossier.section(section)
        if rows:
            lines += ["", section.upper()]
        for row in rows:
            lines.append(f"  {row.since or '-':<12}{row.text}")
            if row.tie:
                lines.append(f"              tied by {row.tie}")
            lines += [f"              {citation.evidence} {place_in_bytes(citation)}" for citation in row.citations]
    return "\n".join(lines)


def _of_name(kind: str, quality: str) -> str:
    return ", ".join(dict.fromkeys((kind.replace("_", " "), quality.replace("_", " "))))


def as_html(dossier: Dossier) -> str:
    """The dossier as a self-contained page: a table a section, everything escaped."""
    title = html.escape(f"{dossier.name} ({dossier.entity})")
    days = "".join(f", {word} {day}" for word, day in (("on", dossier.on), ("as of", dossier.as_of)) if day)
    head = (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width, initial-scale=1'><title>{title}</title>{_STYLE}</head>"
    )
    parts = [
        head,
        f"<body><main><h1>{title}</h1><p>Dossier{html.escape(days)}. ",
        "Every line names what ties it to the entity and where it stands.</p>",
    ]
    for section in _SECTIONS:
        rows = dossier.section(section)
        if not rows:
            continue
        parts.append(
            f"<h2>{section.capitalize()}</h2><table><thead><tr><th scope='col'>Day</th><th scope='col'>What</th>"
            "<th scope='col'>Tied by</th><th scope='col'>Where</th></tr></thead><tbody>"
        )
        for row in rows:
            where = "<br>".join(
                f"<code>{html.escape(citation.evidence)}</code> {html.escape(place_in_bytes(citation))}"
                for citation in row.citations
            )
            cells = (row.since or "not told", row.text, row.tie)
            parts.append(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}<td>{where}</td></tr>")
        parts.append("</tbody></table>")
    parts.append("</main></body></html>")
    return "".join(parts)
