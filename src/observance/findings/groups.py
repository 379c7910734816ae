"""Groups that grow by pairs, with the grounds of each tie kept (union-find with path halving)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from observance.model import Ground

__all__ = ["Groups", "merged"]

K = TypeVar("K", bound=Hashable)


def merged(grounds: Iterable[Ground]) -> tuple[Ground, ...]:
    """Grounds with one wording as one, their members together; sorted."""
    found: dict[tuple[str, str], set[str]] = {}
    for ground in grounds:
        found.setdefault((ground.kind, ground.text), set()).update(ground.members)
    return tuple(
        Ground(kind=kind, text=text, members=tuple(sorted(members))) for (kind, text), members in sorted(found.items())
    )


class Groups(Generic[K]):
    """Disjoint groups of keys; the outcome does not depend on the order of the ties."""

    def __init__(self, keys: Iterable[K]) -> None:
        self._up: dict[K, K] = {key: key for key in keys}
        self._grounds: list[tuple[K, Ground]] = []

    def root(self, key: K) -> K:
        """The key that stands for the group."""
        up = self._up
        while up[key] != key:
            up[key] = up[up[key]]
            key = up[key]
        return key

    def tie(self, one: K, two: K, ground: Ground | None = None) -> None:
        """Put two keys into one group, for this reason."""
        a, b = self.root(one), self.root(two)
        if a != b:
            # The smaller key stands for the group, so that roots do not depend on the order of calls.
            low, high = (a, b) if str(a) <= str(b) else (b, a)
            self._up[high] = low
        if ground is not None:
            self._grounds.append((one, ground))

    def groups(self) -> Mapping[K, list[K]]:
        """Members by root, both in sorted order."""
        found: dict[K, list[K]] = {}
        for key in sorted(self._up, key=str):
            found.setdefault(self.root(key), []).append(key)
        return found

    def grounds(self) -> Mapping[K, list[Ground]]:
        """Grounds by root, each once, in sorted order."""
        found: dict[K, set[Ground]] = {}
        for key, ground in self._grounds:
            found.setdefault(self.root(key), set()).add(ground)
        return {root: sorted(many, key=lambda g: (g.kind, g.text, g.members)) for root, many in found.items()}
