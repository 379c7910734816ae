"""Every threshold of the vessel detectors, in one frozen value whose hash is part of each event's id.

The defaults are those of the sanctions context (design: vessels, "Definitions and defaults"). Units are in the names:
m, km, nm (nautical miles, 1,852 m), kn (knots), s, h. A changed value gives another parameter set and other event ids.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Self

from observance.errors import UsageError
from observance.model.canonical import content_id

__all__ = ["Parameters"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameter set of one detector run.

    Attributes:
        jump_kn: an implied speed above this, with `jump_slack_m` allowed for noise, starts a rival track.
        jump_slack_m: distance that never counts as a jump.
        noise_fixes: a rival track with fewer fixes is noise (single wrong fixes).
        conflict_h: rivals heard in turn for this long are two hulls on one number.
        clock_h: largest clock offset of a receiver that is tested before a conflict is told.
        return_h: a jump that comes back within this time is one event.
        bridge_s: longest hole between fixes that is interpolated.
        bin_s: resampling grid.
        encounter_m, encounter_h, encounter_kn: distance, shortest run and median speed of a meeting adrift.
        underway_m, underway_h, underway_kn, underway_course_deg: the same for a meeting under way; the ships must have
            joined and parted on courses that differ by at least the last.
        encounter_merge_h: contacts less than this apart belong to one run.
        encounter_port_km: this near a port a meeting is dropped, or marked where the State is under watch.
        tiers_m: distance tiers stored with a meeting (median distance).
        companion_m, companion_kn, companion_h: two ships that move together for this long beside the run are a tow, a
            convoy or one hull.
        loiter_kn, loiter_h, loiter_listed_h, loiter_shore_nm: hourly speed, shortest time and distance from land.
        gap_h, gap_watch_h: shortest silence at sea; for a listed ship or near a coast under watch.
        gap_watch_nm: how near that is.
        gap_fixes, gap_before_h: a silence counts only after this many fixes in this time.
        gap_port_km: a silence that starts nearer to a port is a stay in port.
        outage_ships: as many ships that share start and end of a silence make an outage.
        outage_slack_s, outage_km: how near in time and place those starts and ends lie.
        reception_share: a region where ships are unheard for a larger share of their hours is poorly received.
        dark_call_kn, dark_call_stay_h: speed and shortest stay assumed for a port call during a silence.
        visit_enter_km, visit_sure_km, visit_leave_km, visit_kn, visit_h: a port visit.
        approach_km, approach_far_km: an approach to a port under watch, in passing and with a stop.
        circle_turns, circle_h, circle_cv, circle_min_m: turns in a window, variation of the radius, least radius.
        inland_min_s: shortest stay on land (more than 5 km from the sea).
        inland_port_km: inland ports and berths on rivers.
        frozen_kn, frozen_m, frozen_s: reported speed while the position stands still.
        mismatch_kn, mismatch_s: reported against implied speed, and for how long.
        joint_ships, joint_s, joint_km: jumps of so many ships together are interference, not deception.
        replay_fixes, replay_m, replay_min_s: how many positions again, how exactly, and how much later at least.
        draught_m: smallest change of draught.
        draught_lag_h: a change so soon after a port stay may belong to it.
        held: a static value counts only after so many messages.
        continuity_km, continuity_d: how near in place and time two numbers must be for one ship.
        size_m: smallest change of length or width.
        flags, flags_d: this many flags in this many days are flag hopping.
        neighbour_km: other ships within this distance count as neighbours.
    """

    jump_kn: float = 40.0
    jump_slack_m: float = 600.0
    noise_fixes: int = 3
    conflict_h: float = 1.0
    clock_h: float = 3.5
    return_h: float = 24.0
    bridge_s: int = 7200
    bin_s: int = 600
    encounter_m: float = 500.0
    encounter_h: float = 2.0
    encounter_kn: float = 2.0
    underway_m: float = 200.0
    underway_h: float = 3.0
    underway_kn: float = 6.0
    underway_course_deg: float = 30.0
    encounter_merge_h: float = 4.0
    encounter_port_km: float = 10.0
    tiers_m: tuple[int, ...] = (100, 250, 500)
    companion_m: float = 1500.0
    companion_kn: float = 2.5
    companion_h: float = 2.0
    loiter_kn: float = 2.0
    loiter_h: float = 8.0
    loiter_listed_h: float = 4.0
    loiter_shore_nm: float = 20.0
    gap_h: float = 12.0
    gap_watch_h: float = 6.0
    gap_watch_nm: float = 200.0
    gap_fixes: int = 14
    gap_before_h: float = 12.0
    gap_port_km: float = 10.0
    outage_ships: int = 3
    outage_slack_s: int = 2700
    outage_km: float = 400.0
    reception_share: float = 0.6
    dark_call_kn: float = 16.0
    dark_call_stay_h: float = 6.0
    visit_enter_km: float = 4.0
    visit_sure_km: float = 3.0
    visit_leave_km: float = 6.0
    visit_kn: float = 1.0
    visit_h: float = 1.0
    approach_km: float = 10.0
    approach_far_km: float = 15.0
    circle_turns: float = 3.0
    circle_h: float = 3.0
    circle_cv: float = 0.25
    circle_min_m: float = 40.0
    inland_min_s: int = 1800
    inland_port_km: float = 10.0
    frozen_kn: float = 5.0
    frozen_m: float = 25.0
    frozen_s: int = 1800
    mismatch_kn: float = 5.0
    mismatch_s: int = 3600
    joint_ships: int = 3
    joint_s: int = 1800
    joint_km: float = 200.0
    replay_fixes: int = 10
    replay_m: float = 5.0
    replay_min_s: int = 1800
    draught_m: float = 1.0
    draught_lag_h: float = 24.0
    held: int = 3
    continuity_km: float = 1.0
    continuity_d: float = 60.0
    size_m: float = 5.0
    flags: int = 3
    flags_d: float = 365.0
    neighbour_km: float = 100.0

    def __post_init__(self) -> None:
        """Refuse values under which a kernel would divide by zero or run for ever."""
        for name in ("bin_s", "bridge_s", "jump_kn", "encounter_m", "circle_h", "dark_call_kn"):
            if getattr(self, name) <= 0:
                raise UsageError(
                    f"the parameter {name} must be larger than zero", got=str(getattr(self, name)), expected="> 0"
                )

    @property
    def set_id(self) -> str:
        """Hash of all values; part of every event id."""
        return content_id("parameters", {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()})

    def changed(self, values: dict[str, float]) -> Self:
        """These parameters with some values changed; an unknown name is an error with the names that exist."""
        known = {f.name for f in fields(self)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise UsageError(
                "a parameter that does not exist", got=", ".join(unknown), expected=", ".join(sorted(known))
            )
        return replace(self, **values)  # type: ignore[arg-type]  # names are checked above
