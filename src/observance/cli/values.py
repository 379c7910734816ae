"""Values of options: a day, a regime pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from observance.errors import UsageError

if TYPE_CHECKING:
    from observance.packs import Pack

__all__ = ["day_of", "pack_of"]


def day_of(text: str | None, *, option: str = "--on") -> date | None:
    """A day from an option.

    Raises:
        UsageError: no day.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} is no day", got=text, expected="a day such as 2017-08-01") from None


def pack_of(regime: str, workspace: Path | None = None) -> Pack:
    """A regime pack by id or folder.

    Raises:
        InputError, PackError: as `load_pack`.
    """
    from observance.packs import load_pack

    folder = Path(regime)
    by_path = (folder / "regime.yaml").is_file()
    return load_pack(folder if by_path else regime, workspace=workspace)
