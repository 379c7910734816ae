"""The demonstration: a fresh workspace, the packaged files written out as a user would have them, and the whole flow.

Nothing is precomputed. Every document says that it was composed for demonstration, in its text and in its metadata.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from observance.demo import check, materials
from observance.store.config import CONFIG_NAME
from observance.store.files import write_whole
from observance.workspace import Workspace, utc_now
from observance.workspace.listing import add_list

if TYPE_CHECKING:
    from observance.workspace.running import RunSummary

__all__ = ["Demonstration", "demonstrate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the demonstration left: the workspace, the files it was made from, and the summary of its run."""

    workspace: Workspace
    material: Path
    summary: RunSummary


def demonstrate(
    folder: Path, *, clock: Callable[[], datetime] = utc_now, operator: str = "demonstration"
) -> Demonstration:
    """Write the material out, archive it, load the lists, run, and give back the result.

    Args:
        folder: where the case is made; where a workspace is there already, a numbered folder beside it.
        clock: gives the time of acts.
        operator: who works.

    Raises:
        IntegrityError: a packaged file differs from its manifest.
        StoreError: the folder cannot be written.
    """
    check()
    root = _free(folder)
    workspace = Workspace.init(root, name="Demonstration case", operator=operator, clock=clock)
    shelf = root / "material"
    for material in materials():
        path = shelf / material.name
        write_whole(path, material.read())
        if material.kind == "document":
            workspace.archive([path], meta=material.meta, note="composed for demonstration")
        else:
            add_list(workspace, path, list_id=material.list_id or None, date=material.date or None)
    return Demonstration(workspace=workspace, material=shelf, summary=workspace.run())


def _free(folder: Path) -> Path:
    if not (folder / CONFIG_NAME).exists():
        return folder
    number = 2
    while (folder.with_name(f"{folder.name}-{number}") / CONFIG_NAME).exists():
        number += 1
    return folder.with_name(f"{folder.name}-{number}")
