"""Reading the YAML of a pack: bounded, safe, and every fault with its file.

A pack is data from anywhere. Files above two megabytes, aliases (which can unfold without bound) and paths outside
the folder of packs are refused; a key written twice is a fault, where YAML itself would silently keep the last.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from observance.errors import PackError

__all__ = ["MAX_BYTES", "read_yaml"]

MAX_BYTES = 2_000_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, faults: list[str], *, name: str = "") -> Any:
    """The document at a path, or None with a fault added.

    Args:
        path: the file.
        faults: where faults are collected.
        name: how the file is named in faults; its own name where left out.
    """
    shown = name or path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            faults.append(f"{shown}: larger than {MAX_BYTES} bytes")
            return None
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(f"{shown}: cannot be read: {fault}")
        return None
    try:
        return _document(text)
    except PackError as fault:
        faults.append(f"{shown}: {fault.what}")
    except (yaml.YAMLError, RecursionError, ValueError) as fault:
        faults.append(f"{shown}: not YAML: {' '.join(str(fault).split())[:200]}")
    return None


def _document(text: str) -> Any:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _sound(node, set(), 0)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _sound(node: yaml.Node, seen: set[int], depth: int) -> None:
    """Refuse aliases (one node met twice), deep nesting and repeated keys."""
    if id(node) in seen:
        raise PackError(f"line {node.start_mark.line + 1}: aliases are not allowed")
    if depth > 40:
        raise PackError(f"line {node.start_mark.line + 1}: nested deeper than 40 levels")
    if isinstance(node, yaml.ScalarNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _sound(part, seen, depth + 1)
        return
    keys: set[str] = set()
    for key, value in node.value:
        word = str(key.value)
        if word in keys:
            raise PackError(f"line {key.start_mark.line + 1}: the key {word!r} stands twice")
        keys.add(word)
        _sound(key, seen, depth + 1)
        _sound(value, seen, depth + 1)
