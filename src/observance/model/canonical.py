"""Canonical JSON and the ids made from it.

Same content, same bytes, same id (rule 4 of the architecture). Keys are sorted, separators are `,` and `:`, text is
UTF-8 without escapes, non-finite numbers are refused. Absent values (`None`, empty tuples) are left out before
hashing, so that a field added later does not change the ids of records that do not use it.
"""

from __future__ import annotations

import hashlib
import json

__all__ = ["canonical_json", "content_id", "sha256_bytes"]


def canonical_json(value: object) -> bytes:
    """UTF-8 bytes of the one JSON form of a plain value (dicts, lists, strings, numbers, booleans, None)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def sha256_bytes(data: bytes) -> str:
    """SHA-256 of bytes as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def content_id(prefix: str, value: object) -> str:
    """`prefix-` and the first 32 hex digits (128 bits) of the SHA-256 of the canonical JSON of `value`."""
    return f"{prefix}-{sha256_bytes(canonical_json(value))[:32]}"
