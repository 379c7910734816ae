"""`observance.toml`: what a workspace watches. One dataclass; an unknown key is an error with the nearest name."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from observance.errors import FormatError, StoreError

__all__ = ["CONFIG_NAME", "FORMAT", "Config", "read_config", "render_config"]

CONFIG_NAME = "observance.toml"

FORMAT = 2
"""Version of the folder's format. 1: ledgers without head files. 2: each ledger has its head file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What is watched, and how.

    Attributes:
        format: version of the folder's format; written by the program.
        name: title of the case, shown on reports.
        writer: name of this workspace's own ledger chain; written by `init`.
        regimes: regime packs to judge by, for example `dprk-1718`.
        detectors: detectors to run over evidence: `claims.rules`, `matches.names`, `vessels.behaviour`, `claims.llm`.
        workers: processes for reading; 0 takes one a core.
        user_agent: what we say to servers we fetch from.
        fetch_timeout: seconds that a fetch may take.
        fetch_limit: bytes that a fetch may bring.
        index: SQLAlchemy address of the index; empty is `index.db` in the folder.
        llm_endpoint: address of an OpenAI-compatible endpoint for the model reader; empty is off.
        llm_model: name of the model there.
        cluster: address of a Dask scheduler for bulk work on tracks; empty is this machine.
        reply_days: days that a party has to reply.
    """

    format: int = FORMAT
    name: str = "case"
    writer: str = "main"
    regimes: tuple[str, ...] = ("dprk-1718",)
    detectors: tuple[str, ...] = ("claims.rules", "matches.names", "vessels.behaviour")
    workers: int = 0
    user_agent: str = "observance/0.1 (sanctions monitoring; evidence capture)"
    fetch_timeout: float = 30.0
    fetch_limit: int = 50_000_000
    index: str = ""
    llm_endpoint: str = ""
    llm_model: str = ""
    cluster: str = ""
    reply_days: int = 21


def _value(name: str, value: Any, default: Any, where: str) -> Any:
    kind = type(default)
    if kind is tuple:
        if isinstance(value, list) and all(isinstance(part, str) for part in value):
            return tuple(value)
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    elif isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        return value
    raise FormatError(
        f"key {name!r} has the wrong kind of value",
        where=where,
        got=repr(value)[:80],
        expected="a list of strings" if kind is tuple else f"a value like {default!r}",
    )


def read_config(path: Path) -> Config:
    """Read the configuration.

    Raises:
        FormatError: no TOML, an unknown key (nearest name suggested) or a wrong kind of value.
        StoreError: a format newer than this program knows.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise FormatError(
            f"not TOML: {fault}", where=str(path), step="mend the line named, or restore a copy"
        ) from None
    known = {field.name: field.default for field in fields(Config)}
    found = raw.get("format", FORMAT)
    if isinstance(found, int) and found > FORMAT:
        raise StoreError(
            "this workspace was written by a newer version of the program",
            where=str(path),
            got=f"format {found}",
            expected=f"format {FORMAT} or older",
            step="update observance; nothing was changed",
        )
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise FormatError(
                f"unknown key {name!r}",
                where=str(path),
                step=f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}",
            )
        values[name] = _value(name, value, known[name], str(path))
    return Config(**values)


def _toml(value: object) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    return str(value)


def render_config(config: Config) -> str:
    """The configuration as TOML: what differs from the defaults, and what every workspace states."""
    stated = {"format", "name", "writer", "regimes", "detectors"}
    lines = ["# What this workspace watches. Keys: docs/configuration.md"]
    for field in fields(Config):
        value = getattr(config, field.name)
        if field.name in stated or value != field.default:
            lines.append(f"{field.name} = {_toml(value)}")
    return "\n".join(lines) + "\n"
