"""Records to plain JSON values and back.

Out: our own walk over the dataclasses (fast, and the one place that leaves absent values out). In: pydantic's
`TypeAdapter` over the same dataclasses, so that all faults of a record are reported at once with their paths.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from observance.errors import FormatError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["json_schema", "read_record", "to_plain"]

T = TypeVar("T")


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def to_plain(value: Any) -> Any:
    """A record as dicts, lists, strings and numbers; `None` and empty tuples inside records are left out.

    Times become ISO 8601 in UTC with a `Z`, days become ISO days, identifier types become plain strings.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Any] = {}
        for name in _fields(type(value)):
            part = getattr(value, name)
            if part is None or part == ():
                continue
            plain[name] = to_plain(part)
        return plain
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no plain form for {type(value).__name__}")


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def read_record(kind: type[T], plain: object, *, where: str = "") -> T:
    """A record of `kind` from plain values.

    Raises:
        FormatError: with every fault of the record and its path.
    """
    from pydantic import ValidationError

    try:
        record: T = _adapter(cast("Any", kind)).validate_python(plain)
    except ValidationError as fault:
        faults = tuple(
            f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"
            for error in fault.errors(include_url=False)
        )
        raise FormatError(
            f"this is no {kind.__name__}", where=where, faults=faults, step="compare with docs/reference"
        ) from None
    return record


def json_schema(kind: type) -> dict[str, Any]:
    """JSON Schema 2020-12 of a record kind."""
    schema = _adapter(cast("Any", kind)).json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
