"""Changes of draught away from ports: cargo may have been handed over. Both values must be held."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from observance.observations.vessels.events import Draft, Part, Rival

if TYPE_CHECKING:
    from observance.observations.vessels.identity import Locate, Ship
    from observance.observations.vessels.parameters import Parameters

__all__ = ["find_draught_changes"]

Span = tuple[int, int]


def find_draught_changes(
    ships: dict[int, Ship],
    parameters: Parameters,
    *,
    locate: Locate,
    in_port: Callable[[int, int, int], bool],
    stays: dict[int, list[Span]],
    silent: dict[int, list[Span]],
    met: dict[int, list[Span]],
    conflicts: list[tuple[int, int, int]],
) -> list[Draft]:
    """Draught changes of at least `draught_m`, outside port or across a gap or an encounter.

    A draught is entered by hand, often hours after a call: a change within `draught_lag_h` after a stay in port belongs
    to the stay, unless a gap or an encounter came after it.

    Args:
        ships: held values.
        parameters: thresholds.
        locate: position of a number at a time.
        in_port: whether a number was within a port between two times.
        stays: port stays by number.
        silent: gaps by number.
        met: encounters by number.
        conflicts: numbers used by two hulls, with times.
    """
    p = parameters
    out: list[Draft] = []
    lag = int(p.draught_lag_h * 3600)
    for ship in ships.values():
        for a, b in pairwise(ship.draught):
            change = b.value - a.value
            if abs(change) < p.draught_m - 1e-6:
                continue
            if any(m == ship.mmsi and low - 86400 <= b.t0 and a.t1 <= high + 86400 for m, low, high in conflicts):
                continue
            left = max((z for s, z in stays.get(ship.mmsi, []) if s <= b.t0), default=None)
            since = a.t1 - lag if left is None else max(a.t1 - lag, left)
            gap = _touches(silent, ship.mmsi, min(a.t1, since) if left is None or left < a.t1 else a.t1, b.t0)
            meeting = _touches(met, ship.mmsi, since, b.t0)
            across = gap or meeting
            if not across:
                recent = left is not None and left >= a.t1 - lag
                if recent or in_port(ship.mmsi, a.t1, b.t0):
                    continue
            where = locate(ship.mmsi, b.t0) or locate(ship.mmsi, a.t1)
            context = "encounter" if meeting else "gap" if gap else "at sea"
            out.append(
                Draft(
                    kind="draught_change",
                    vessels=(ship.mmsi,),
                    t0=a.t1,
                    t1=b.t0,
                    lat=None if where is None else round(where[0], 6),
                    lon=None if where is None else round(where[1], 6),
                    attributes={"before": a.value, "after": b.value, "context": context},
                    metrics={"change_m": round(change, 1), "messages": float(a.count + b.count)},
                    parts=(
                        Part(
                            name="held",
                            value=0.8 if across else 0.6,
                            reason=f"{a.count} messages before and {b.count} after, {context}",
                        ),
                    ),
                    caveats=("Draught is entered by hand, late or not at all.",),
                    rivals=(
                        Rival(explanation="ballast", test="direction and size of the change, trim, weather"),
                        Rival(explanation="a late or corrected entry", test="when the ship last left a port, logs"),
                    ),
                    detail=(a.value, b.value),
                )
            )
    return out


def _touches(spans: dict[int, list[Span]], mmsi: int, t0: int, t1: int) -> bool:
    return any(a <= t1 and z >= t0 for a, z in spans.get(mmsi, []))
