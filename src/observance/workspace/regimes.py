"""The pack as `findings` sees it: plain tables of its files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observance.findings import RegimeView
from observance.findings import view as regime_view
from observance.packs.files import read_yaml

if TYPE_CHECKING:
    from observance.packs import Pack

__all__ = ["view_of"]


def view_of(pack: Pack) -> RegimeView:
    """The tables of a pack that loaded without faults."""
    return _view(pack.root, pack.version)


@lru_cache(maxsize=8)
def _view(root: Path, _version: str) -> RegimeView:
    faults: list[str] = []
    manifest: dict[str, Any] = read_yaml(root / "regime.yaml", faults)
    files = manifest["files"]

    def part(key: str) -> Any:
        return read_yaml((root / files[key]).resolve(), faults) if key in files else None

    measures = [
        row
        for path in sorted(root.glob(files.get("measures", "measures/*.yaml")))
        for row in read_yaml(path, faults)["measures"]
    ]
    return regime_view(
        regime=manifest,
        vocabulary=part("vocabulary"),
        measures=measures,
        exemptions=(part("exemptions") or {}).get("exemptions", ()),
        mandate=part("mandate"),
    )
