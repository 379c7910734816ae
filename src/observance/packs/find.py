"""Where packs are: `<workspace>/regimes/`, the entry point group `observance.regimes`, and those that ship with us.

An entry point names a package that is read as data and never imported, for example
`my-regime = "my_package.regimes.my_regime"`.
"""

from __future__ import annotations

import difflib
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from observance.errors import InputError

__all__ = ["GROUP", "find_pack", "known_packs", "regimes_folder", "vocabulary_path"]

GROUP = "observance.regimes"


def regimes_folder() -> Path:
    """The folder of the packs that ship with us."""
    return Path(__file__).resolve().parent.parent / "regimes"


def vocabulary_path() -> Path:
    """The vocabulary that ships with us."""
    return regimes_folder() / "vocabulary.yaml"


def known_packs(workspace: Path | None = None) -> dict[str, Path]:
    """Folders of all packs by id; a pack of the workspace stands before an installed one of the same id."""
    found: dict[str, Path] = {}
    folders = [*([workspace / "regimes"] if workspace is not None else []), regimes_folder()]
    for folder in folders:
        for manifest in sorted(folder.glob("*/regime.yaml")):
            found.setdefault(_id(manifest), manifest.parent)
    for entry in entry_points(group=GROUP):
        for place in _places(entry.value) if entry.name not in found else ():
            if (place / "regime.yaml").exists():
                found.setdefault(entry.name, place)
    return found


def _places(package: str) -> tuple[Path, ...]:
    """Folders of a package, found without importing it (packages around it are); none where it is not there."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return ()
    return tuple(Path(place) for place in spec.submodule_search_locations or ()) if spec else ()


def find_pack(pack: str | Path, *, workspace: Path | None = None) -> Path:
    """The folder of a pack, by id or path.

    Raises:
        InputError: nothing there; names the nearest id.
    """
    if isinstance(pack, Path) or "/" in pack:
        folder = Path(pack)
        if (folder / "regime.yaml").exists():
            return folder.resolve()
        raise InputError("no regime pack there", where=str(folder), expected="a folder with a regime.yaml")
    known = known_packs(workspace)
    if pack in known:
        return known[pack].resolve()
    near = difflib.get_close_matches(pack, list(known), n=1, cutoff=0.4)
    raise InputError(
        "no such regime pack",
        got=repr(pack),
        expected=" or ".join(known),
        step=f"did you mean {near[0]}?" if near else "`observance measures new-pack DIR` starts one",
    )


def _id(manifest: Path) -> str:
    """The id line of a manifest, without reading the pack."""
    try:
        for line in manifest.read_text(encoding="utf-8").splitlines()[:50]:
            if line.startswith("id:"):
                return line.partition(":")[2].partition("#")[0].strip().strip("'\"")
    except (OSError, UnicodeDecodeError):
        pass
    return manifest.parent.name
