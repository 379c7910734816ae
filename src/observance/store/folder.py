"""The workspace folder: made by `init`, found upward like git does, migrated when older, refused when newer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from observance.errors import StoreError
from observance.store.chain import write_missing_heads
from observance.store.config import CONFIG_NAME, FORMAT, Config, read_config, render_config
from observance.store.files import refusals, write_whole

__all__ = ["FOLDERS", "find_folder", "make_folder", "open_folder"]

FOLDERS = ("evidence", "ledger", "observations", "judgements", "findings", "decisions", "lists", "reports", "lake")


def make_folder(root: Path, config: Config) -> None:
    """Make a workspace; an existing one is refused, other files in the folder are left alone.

    Raises:
        StoreError: there is one already, or the folder cannot be written.
    """
    if (root / CONFIG_NAME).exists():
        raise StoreError(
            "this folder is a workspace already", where=str(root), step="work in it, or name another folder"
        )
    with refusals(root):
        root.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            (root / name).mkdir(exist_ok=True)
    write_whole(root / CONFIG_NAME, render_config(config).encode())


def find_folder(start: Path) -> Path:
    """The nearest folder upward that holds `observance.toml`.

    Raises:
        StoreError: there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    raise StoreError(
        "no workspace here",
        where=str(start),
        expected=f"a folder with {CONFIG_NAME}, here or above",
        step="make one with `observance init DIR`, or name one with -C DIR",
    )


def open_folder(root: Path) -> Config:
    """Read the configuration and bring an older folder to today's format.

    Format 1 had no head files: they are written from the chains as they stand.
    """
    config = read_config(root / CONFIG_NAME)
    if config.format < FORMAT:
        write_missing_heads(root / "ledger")
        config = replace(config, format=FORMAT)
        write_whole(root / CONFIG_NAME, render_config(config).encode())
    missing = [name for name in FOLDERS if not (root / name).is_dir()]
    if missing:
        with refusals(root):
            for name in missing:
                (root / name).mkdir(exist_ok=True)
    return config
