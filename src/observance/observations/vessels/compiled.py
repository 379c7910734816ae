"""The compiler behind the kernels: numba, an extra. Machine code is cached on disk, so only a first call compiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from observance.errors import UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["kernel"]

F = TypeVar("F", bound="Callable[..., Any]")

try:
    from numba import njit
except ImportError as cause:  # pragma: no cover  needs an installation without the extra
    raise UnsupportedError(
        "vessel detectors need numba, which is not installed",
        expected="the extra `vessels`",
        step="pip install 'observance[vessels]'",
    ) from cause


def kernel(function: F) -> F:
    """Compile on first call, cache on disk, release the interpreter lock; loops over columns, no Python objects."""
    return cast("F", njit(cache=True, nogil=True, error_model="numpy")(function))
