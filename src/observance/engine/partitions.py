"""Partitions: month x hash bucket of the ship, whole ships in a bucket, so that no track is cut by the spreading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Partition", "bucket_of", "month_of"]

_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: spreads neighbouring numbers (Knuth, TAOCP 6.4)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Partition:
    """Files that hold the same ships: the bucket, and the files of one or more months of it in order of time."""

    bucket: int
    paths: tuple[str, ...]


def bucket_of(numbers: NDArray[Any], buckets: int) -> NDArray[np.int32]:
    """Bucket of each number, 0 to `buckets` - 1, even for numbers that lie close together."""
    mixed = (numbers.astype(np.uint64) * _MIX) >> np.uint64(32)
    return (mixed % np.uint64(buckets)).astype(np.int32)


def month_of(ts: int) -> str:
    """Month of a second UTC, as `2024-03`."""
    return datetime.fromtimestamp(ts, UTC).strftime("%Y-%m")
