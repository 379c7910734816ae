"""What the numbers say: classes of MMSI (ITU-R M.585), the check digit of IMO numbers, the State of an MMSI prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["imo_valid", "mid_of", "ship_numbers"]


def ship_numbers(mmsi: NDArray[Any]) -> NDArray[np.bool_]:
    """Which numbers can be a ship's own: not aids to navigation, SAR aircraft, coast stations, groups or beacons.

    M.585: 00MIDxxxx coast stations, 0MIDxxxxx groups, 111MIDxxx SAR aircraft, 99MIDxxxx aids to navigation, 98MIDxxxx
    craft of a mother ship, 970/972/974 SART, man overboard and EPIRB, 8MIDxxxxx handheld radios. Numbers of class B
    sets that begin with 009 are malformed, not coast stations (no prefix begins with 9), and stay ships.
    """
    n = np.asarray(mmsi, np.int64)
    coast = (n >= 2_000_000) & (n < 8_000_000)
    group = (n >= 20_000_000) & (n < 80_000_000)
    air = n // 1_000_000 == 111
    handheld = n // 100_000_000 == 8
    aid = n // 10_000_000 == 99
    craft = n // 10_000_000 == 98
    beacon = np.isin(n // 1_000_000, (970, 972, 974))
    other = coast | group | air | handheld | aid | craft | beacon
    return np.asarray((n > 0) & (n < 1_000_000_000) & ~other, bool)


def mid_of(mmsi: int) -> int:
    """The three digits that name the State which assigned the number, 0 where there are none."""
    mid = mmsi // 1_000_000
    return mid if 200 <= mid <= 799 else 0


def imo_valid(imo: int) -> bool:
    """Seven digits whose last is the sum of the others times 7 to 2, modulo 10 (IMO Resolution A.1117(30))."""
    if not 1_000_000 <= imo <= 9_999_999:
        return False
    digits = [int(d) for d in str(imo)]
    return sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=False)) % 10 == digits[6]
