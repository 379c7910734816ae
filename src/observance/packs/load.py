"""Load a pack: read its files, check every one, and give back typed records or every fault at once."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from observance.errors import PackError
from observance.packs.check import check_cases, check_links, check_vocabulary
from observance.packs.files import read_yaml
from observance.packs.find import find_pack, vocabulary_path
from observance.packs.prose import completed, exemption_completed, hinted
from observance.packs.records import Case, Exemption, ListSource, Mandate, Measure, Source
from observance.packs.version import digest
from observance.packs.vocabulary import ConditionTerm, Conversion, Modality, Term, Vocabulary, chains_of

__all__ = ["Manifest", "Pack", "load_pack", "load_vocabulary", "read_pack"]

LISTS_OF_TERMS = (
    "acts",
    "items",
    "actor_types",
    "duty_bearers",
    "roles",
    "event_types",
    "layers",
    "verdicts",
    "quantity_roles",
    "approximators",
    "likelihood",
    "evidence_types",
    "un_phrases",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`regime.yaml`: who the target is, which files the pack has, what a report must say."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    name: str
    target: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    target_label: str
    directions: tuple[str, ...]
    committee: str
    files: dict[str, str]
    as_of: date
    reviewed: bool
    warning: str
    not_encoded: tuple[str, ...] = ()
    status_dispute: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pack:
    """One regime as data.

    Attributes:
        id, name, target, target_label, committee, warning: from the manifest. `warning` stands in every report while
            records are unsigned.
        measures, exemptions: by id, in the order of the files.
        mandate: the body that watches, or None.
        lists: the sanctions lists that a case on the regime loads.
        sources: by id.
        cases: the pack's own tests.
        vocabulary: the terms.
        version: hash of all content but the cases; the same words give the same version, whatever the layout.
        root: folder it was read from.
    """

    id: str
    manifest: Manifest
    vocabulary: Vocabulary
    measures: dict[str, Measure]
    exemptions: dict[str, Exemption]
    mandate: Mandate | None
    lists: dict[str, ListSource]
    sources: dict[str, Source]
    cases: tuple[Case, ...]
    version: str
    root: Path

    @property
    def name(self) -> str:
        """Full name."""
        return self.manifest.name

    @property
    def target(self) -> str:
        """ISO 3166 alpha-3 of the State under the measures."""
        return self.manifest.target

    @property
    def target_label(self) -> str:
        """How the State is called in sentences."""
        return self.manifest.target_label

    @property
    def warning(self) -> str:
        """The line that a report shows while records are unsigned."""
        return self.manifest.warning

    @property
    def ref(self) -> str:
        """Id and short version, as judgements carry it."""
        return f"{self.id}@{self.version[:12]}"


def load_pack(pack: str | Path, *, workspace: Path | None = None) -> Pack:
    """The pack with an id (`dprk-1718`) or at a path.

    Args:
        pack: id of an installed pack or of one in `<workspace>/regimes/`, or a folder with a `regime.yaml`.
        workspace: folder whose `regimes/` is searched first.

    Raises:
        InputError: no such pack; the nearest known id is suggested.
        PackError: with every fault of the pack.
    """
    return read_pack(find_pack(pack, workspace=workspace))


def read_pack(root: Path) -> Pack:
    """The pack in a folder; read again only when a byte has changed."""
    return _read(root, _stamp(root))


def load_vocabulary(path: Path | None = None) -> Vocabulary:
    """The vocabulary that ships with the packages, or the one at a path.

    Raises:
        PackError: with every fault.
    """
    faults: list[str] = []
    at = path or vocabulary_path()
    vocabulary = _vocabulary(read_yaml(at, faults), at.name, faults, own=at == vocabulary_path())
    if vocabulary is None or faults:
        raise PackError("the vocabulary has faults", where=str(at), faults=tuple(faults))
    return vocabulary


def _stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Name, size and time of every file that the pack may rest on."""
    around = [*sorted(root.glob("*.yaml")), *sorted(root.glob("measures/*.yaml")), *sorted(root.parent.glob("*.yaml"))]
    return tuple((str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in around)


@lru_cache(maxsize=8)
def _read(root: Path, _stamp_of_files: tuple[tuple[str, int, int], ...]) -> Pack:
    faults: list[str] = []
    raw_manifest = read_yaml(root / "regime.yaml", faults)
    manifest = _record(Manifest, raw_manifest, "regime.yaml", faults) if raw_manifest is not None else None
    if manifest is None:
        raise PackError("this is no regime pack", where=str(root), faults=tuple(faults), step="see docs/packs.md")
    paths = {key: _inside(root, name, faults) for key, name in manifest.files.items()}
    raw: dict[str, Any] = {"regime": raw_manifest}

    at = paths.get("vocabulary") or vocabulary_path()
    raw["vocabulary"] = read_yaml(at, faults)
    vocabulary = _vocabulary(raw["vocabulary"], at.name, faults, own=at == vocabulary_path())
    if vocabulary is None:
        raise PackError("the pack has no vocabulary", where=str(root), faults=tuple(faults), step="see docs/packs.md")

    def part(key: str) -> Any:
        path = paths.get(key)
        raw[key] = read_yaml(path, faults) if path is not None and path.exists() else None
        if path is not None and not path.exists():
            faults.append(f"regime.yaml: files names {key}: {manifest.files[key]}, which does not exist")
        return raw[key]

    exemptions = _rows(Exemption, part("exemptions"), "exemptions", manifest, faults)
    sources = _rows(Source, part("sources"), "sources", None, faults)
    lists = _rows(ListSource, part("lists"), "lists", manifest, faults)
    written = any(exemption.when for exemption in exemptions.values())
    exemptions = {
        key: exemption_completed(exemption, conditions_written=written) for key, exemption in exemptions.items()
    }
    measures = _measures(root, manifest, raw, faults, lists)
    mandate = _record(Mandate, part("mandate"), "mandate.yaml", faults) if "mandate" in paths else None
    cases = tuple(_rows(Case, part("cases"), "cases", manifest, faults).values())
    strange = sorted(manifest.files.keys() - {"schema", "measures", *raw})
    faults += [f"regime.yaml: files names {key}, which is no part of a pack" for key in strange]
    pack = Pack(
        id=manifest.id,
        manifest=manifest,
        vocabulary=vocabulary,
        measures=measures,
        exemptions=exemptions,
        mandate=mandate,
        lists=lists,
        sources=sources,
        cases=cases,
        version=digest({key: value for key, value in raw.items() if key != "cases"}),
        root=root,
    )
    faults += check_links(pack)
    faults += check_cases(pack)
    if faults:
        raise PackError(
            f"the pack {manifest.id} has {len(faults)} fault(s)",
            where=str(root),
            faults=tuple(faults),
            step="mend them and load it again; docs/packs.md tells each field",
        )
    return pack


def _inside(root: Path, name: str, faults: list[str]) -> Path | None:
    """The file that a manifest names: in the pack or in the folder of packs around it, nowhere else."""
    path = (root / name).resolve()
    if not path.is_relative_to(root.parent.resolve()):
        faults.append(f"regime.yaml: {name} lies outside the folder of packs")
        return None
    return path


def _measures(
    root: Path, manifest: Manifest, raw: dict[str, Any], faults: list[str], lists: dict[str, ListSource]
) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    rows: dict[str, Any] = {}
    pattern = manifest.files.get("measures", "measures/*.yaml")
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        faults.append(f"regime.yaml: {pattern} lies outside the pack")
        return found
    files = sorted(root.glob(pattern))
    if not files:
        faults.append(f"regime.yaml: no file fits {pattern}")
    for path in files:
        document = read_yaml(path, faults)
        if not isinstance(document, dict) or not isinstance(document.get("measures"), list):
            if document is not None:
                faults.append(f"{path.name}: holds no list of measures")
            continue
        raw[f"measures/{path.name}"] = document
        if document.get("regime") != manifest.id:
            faults.append(f"{path.name}: regime {document.get('regime')}, expected {manifest.id}")
        for row in document["measures"]:
            record = _record(Measure, row, f"{path.name} {_name(row)}", faults)
            if record is None:
                continue
            if record.resolution != document.get("resolution"):
                faults.append(f"{path.name} {record.id}: stands in the file of another resolution")
            if record.id in found:
                faults.append(f"{path.name} {record.id}: the id stands twice")
            adopted = document.get("adopted")
            if not isinstance(adopted, date):
                faults.append(f"{path.name}: adopted is no date")
                adopted = None
            rows[record.id] = row
            found[record.id] = replace(
                record,
                document=str(document.get("document", "")),
                adopted=adopted,
                status_dispute=document.get("status_dispute") or manifest.status_dispute,
            )
    written = any("on_listing" in row for row in rows.values())
    return {key: completed(record, rows[key], lists=lists, listings_written=written) for key, record in found.items()}


def _rows(kind: type[Any], document: Any, key: str, manifest: Manifest | None, faults: list[str]) -> dict[str, Any]:
    """The records of a file under its own key, by id."""
    if document is None:
        return {}
    if not isinstance(document, dict) or not isinstance(document.get(key), list):
        faults.append(f"{key}.yaml: holds no list {key}")
        return {}
    if manifest is not None and document.get("regime") != manifest.id:
        faults.append(f"{key}.yaml: regime {document.get('regime')}, expected {manifest.id}")
    found: dict[str, Any] = {}
    for row in document[key]:
        record = _record(kind, row, f"{key}.yaml {_name(row)}", faults)
        if record is None:
            continue
        if record.id in found:
            faults.append(f"{key}.yaml {record.id}: the id stands twice")
        found[record.id] = record
    return found


def _vocabulary(document: Any, name: str, faults: list[str], *, own: bool) -> Vocabulary | None:
    """The vocabulary of a document; `own` is the one that ships with us."""
    if not isinstance(document, dict):
        faults.append(f"{name}: holds no vocabulary")
        return None
    terms: dict[str, dict[str, Term]] = {}
    for section in LISTS_OF_TERMS:
        rows = document.get(section, [])
        terms[section] = _terms(Term, rows, f"{name} {section}", faults)
    vocabulary = Vocabulary(
        version=int(document.get("version", 0)),
        terms=terms,
        modality=_terms(Modality, document.get("modality", []), f"{name} modality", faults),
        conditions=_terms(ConditionTerm, document.get("conditions", []), f"{name} conditions", faults),
        forbidden_words=tuple(document.get("forbidden_words", ())),
        date_precision=tuple(document.get("date_precision", ())),
        conversions=tuple(_terms(Conversion, document.get("conversions", []), f"{name} conversions", faults).values()),
        chains={section: chains_of(rows) for section, rows in terms.items()},
    )
    if not own:
        vocabulary = hinted(vocabulary, load_vocabulary())
    faults += check_vocabulary(vocabulary)
    return vocabulary


def _terms(kind: type[Any], rows: Any, where: str, faults: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows if isinstance(rows, list) else []:
        # An unquoted id in a note splits into keys that are numbers in YAML 1.1; they say nothing.
        told = {key: value for key, value in row.items() if isinstance(key, str)} if isinstance(row, dict) else row
        record = _record(kind, told, f"{where} {_name(row)}", faults)
        if record is not None:
            if record.id in found:
                faults.append(f"{where} {record.id}: the id stands twice")
            found[record.id] = record
    return found


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", kind))


def _record(kind: type[Any], row: Any, where: str, faults: list[str]) -> Any:
    """One record, or None with all its faults added."""
    try:
        return _adapter(cast("Hashable", kind)).validate_python(row)
    except ValidationError as fault:
        for error in fault.errors(include_url=False):
            path = ".".join(str(part) for part in error["loc"])
            got = error.get("input")
            shown = f" (got {got!r})" if isinstance(got, str | int | float | bool) else ""
            faults.append(f"{where}: {path or 'record'}: {error['msg']}{shown}")
    return None


def _name(row: Any) -> str:
    return str(cast("dict[str, Any]", row).get("id", "without id")) if isinstance(row, dict) else "no record"
