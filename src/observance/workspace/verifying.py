"""Verification: every hash, chain and citation is read again.

A fault names the file. What was never acknowledged (a torn tail, a file without a ledger line) is a note. The shell
lines printed with it let a stranger check the same with `sha256sum`, without this program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from observance.errors import ObservanceError
from observance.evidence.archive import evidence_path
from observance.evidence.readers import read_document
from observance.model.citation import Citation, ListEntry, TableRow, TextSpan, TrackRows
from observance.model.identifiers import Sha256
from observance.store.files import TEMPORARY, hash_file

if TYPE_CHECKING:
    from observance.model.evidence import Evidence
    from observance.workspace import Workspace

__all__ = ["SHELL_CHECK", "Verification", "verify"]

SHELL_CHECK = r"""# every original is named by its hash
find evidence -type f ! -name '.*' | while read -r f; do echo "$(basename "$f")  $f"; done | sha256sum -c --quiet
# every line of a ledger names the hash of the line before it; the head file names the hash of the last
for l in ledger/*.jsonl; do prev=$(printf '0%.0s' $(seq 64)); while IFS= read -r line; do
  case "$line" in *"\"prev\":\"$prev\""*) ;; *) echo "$l: broken after $prev";; esac
  prev=$(printf '%s' "$line" | sha256sum | cut -d' ' -f1); done < "$l"
  grep -q "\"hash\":\"$prev\"" "${l%.jsonl}.head" || echo "$l: differs from its head"; done
# every file that an act left has the hash that its ledger line says
sed -n 's/.*"path":"\([^"]*\)".*"sha256":"\([0-9a-f]*\)"[^}]*}$/\2  \1/p' ledger/*.jsonl | sort -u |
  sha256sum -c --quiet
"""


@dataclass(slots=True)
class Verification:
    """What was read again.

    Attributes:
        files: files compared with their hash.
        entries: ledger lines.
        citations: citations read again.
        faults: what differs, each with its file.
        notes: what is no fault and worth knowing.
    """

    files: int = 0
    entries: int = 0
    citations: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing differs."""
        return not self.faults


def verify(workspace: Workspace) -> Verification:
    """Read everything again and compare; never changes anything."""
    result = Verification()
    for check in workspace.ledger.check():
        result.entries += check.count
        result.faults += check.faults
        result.notes += check.notes
    if result.faults:
        result.notes.append("the ledger differs, so files were compared only as far as it reads")
    try:
        artefacts = workspace.ledger.artefacts()
        records = workspace.archive_.records()
    except ObservanceError as fault:
        result.faults.append(str(fault))
        return result
    damaged = _files(workspace.root, artefacts, result)
    _strangers(workspace.root, artefacts, result)
    _by_reference(workspace, records.values(), result, damaged)
    _citations(workspace, records, damaged, result)
    return result


def _files(root: Path, artefacts: dict[str, str], result: Verification) -> set[str]:
    damaged: set[str] = set()
    for path, expected in sorted(artefacts.items()):
        full = root / path
        result.files += 1
        if not full.is_file():
            result.faults.append(f"{path}: missing")
            damaged.add(path)
        elif (found := hash_file(full)) != expected:
            result.faults.append(f"{path}: has sha256 {found}, its ledger line says {expected}")
            damaged.add(path)
    return damaged


def _strangers(root: Path, artefacts: dict[str, str], result: Verification) -> None:
    for folder in ("evidence", "observations", "judgements", "findings", "decisions", "lists", "reports", "lake"):
        for path in sorted((root / folder).rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_file() and name not in artefacts:
                word = "left by an interrupted write" if path.name.startswith(TEMPORARY) else "not in the ledger"
                result.notes.append(f"{name}: {word}; nothing rests on it")


def _by_reference(workspace: Workspace, records: Iterable[Evidence], result: Verification, damaged: set[str]) -> None:
    for record in records:
        if not record.location:
            continue
        path = workspace.archive_.path(record)
        result.files += 1
        if not path.is_file():
            result.faults.append(f"{path}: kept by reference and not there")
            damaged.add(record.sha256)
        elif hash_file(path) != record.sha256:
            result.faults.append(f"{path}: kept by reference and differs from sha256 {record.sha256}")
            damaged.add(record.sha256)


def _citations(workspace: Workspace, records: dict[Sha256, Evidence], damaged: set[str], result: Verification) -> None:
    """Citations grouped by evidence, so that each original is read once."""
    from observance.workspace.observing import current_observations

    wanted: dict[str, list[tuple[str, Citation]]] = {}
    try:
        for observation in current_observations(workspace):
            for citation in observation.citations:
                wanted.setdefault(citation.evidence, []).append((observation.id, citation))
    except ObservanceError as fault:
        result.faults.append(str(fault))
        return
    for sha256, citations in sorted(wanted.items()):
        record = records.get(Sha256(sha256))
        if record is None:
            result.faults.append(f"evidence {sha256}: cited by {citations[0][0]} and not in the archive")
            continue
        if record.sha256 in damaged or evidence_path(record.sha256) in damaged:
            result.notes.append(f"{len(citations)} citations into {record.name} were not read: its bytes differ")
            continue
        try:
            holds = _checker(workspace, record, [citation for _, citation in citations])
            for owner, citation in citations:
                result.citations += 1
                if not holds(citation):
                    result.faults.append(f"{record.name} ({sha256}): a citation of {owner} does not re-read")
        except ObservanceError as fault:
            result.faults.append(f"{record.name} ({sha256}): {fault.what}")


def _checker(workspace: Workspace, record: Evidence, citations: Sequence[Citation]) -> Callable[[Citation], bool]:
    """A function that reads a citation into this evidence again; the bytes are read once."""
    if record.kind == "tracks":
        from observance.workspace.tracking import rows_checker

        wanted = [one.selector for one in citations if isinstance(one.selector, TrackRows)]
        of_rows = rows_checker(workspace, record, wanted)
        return lambda citation: isinstance(citation.selector, TrackRows) and of_rows(citation.selector)
    data = workspace.archive_.read(record)
    if record.kind == "list":
        from observance.workspace.listing import list_checker

        of_list = list_checker(workspace, data, record)
        return lambda citation: isinstance(citation.selector, ListEntry) and of_list(citation.selector)
    document = read_document(data, name=record.name, given=record.meta)

    def holds(citation: Citation) -> bool:
        match citation.selector:
            case TextSpan() as span:
                return document.holds(span)
            case TableRow() as row:
                return any(
                    table.name == row.table
                    and 1 <= row.row <= len(table.rows)
                    and table.row(row.row, row.columns) == row
                    for table in document.tables
                )
            case _:
                return False

    return holds
