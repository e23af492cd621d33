"""Launch: orders that are due become rounds in the air, if the track still can be met."""

import math

from bartizan.decide.orders import Orders, Report
from bartizan.decide.path import predict
from bartizan.decide.window import is_in_envelope, is_seen, sight_height_m
from bartizan.engage.flyouts import Flyouts, Outcome, Strikes
from bartizan.engage.intercept import intercept_time_s
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.tracking.motion import height_sigma_m, is_ballistic
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.force import ForcePlan, Magazines
from bartizan.world.geodesy import geodetic_from_ecef


@kernel
def launch(
    force: ForcePlan,
    tracks: Tracks,
    orders: Orders,
    magazines: Magazines,
    flyouts: Flyouts,
    strikes: Strikes,
    events: Events,
    t1_s: float,
) -> None:
    """Launch every round due by ``t1_s``, in order of time and no closer than the interval."""
    while True:
        slot = _next_due(orders, t1_s)
        if slot < 0:
            break
        unit, launch_s = orders.unit[slot], orders.due_s[slot]
        if launch_s < magazines.next_launch_s[unit]:
            orders.due_s[slot] = magazines.next_launch_s[unit]
            continue
        intercept_s = _meeting_s(force, tracks, orders, slot, magazines, launch_s)
        row = -1
        if not math.isnan(intercept_s):
            row = _free_row(flyouts)
            flyouts.lost[0] += row < 0
        if row < 0:
            _withdraw(orders, slot, launch_s, events)
            continue
        _fire(force, orders, slot, magazines, flyouts, row, launch_s, intercept_s, events)
        strikes.rounds_fired[unit, orders.interceptor[slot]] += 1
        if math.isnan(strikes.first_launch_s[0]):
            strikes.first_launch_s[0] = launch_s
        if orders.launched[slot] == 1:
            strikes.order_target[slot] = -1
            strikes.order_shot[slot] = 0


@kernel
def _next_due(orders: Orders, t1_s: float) -> int:
    """Return the order with the earliest launch due by ``t1_s``, the older first; -1: none."""
    first = -1
    for slot in range(orders.alive.shape[0]):
        if not orders.alive[slot] or orders.launched[slot] >= orders.rounds[slot]:
            continue
        if orders.due_s[slot] > t1_s:
            continue
        if first >= 0 and orders.due_s[slot] > orders.due_s[first]:
            continue
        is_tied = first >= 0 and orders.due_s[slot] == orders.due_s[first]
        if is_tied and orders.serial[slot] > orders.serial[first]:
            continue
        first = slot
    return first


@kernel
def _meeting_s(
    force: ForcePlan,
    tracks: Tracks,
    orders: Orders,
    slot: int,
    magazines: Magazines,
    launch_s: float,
) -> float:
    """Return the intercept time of a launch now; nan if track, round or window is gone."""
    row, unit, kind = orders.track_row[slot], orders.unit[slot], orders.interceptor[slot]
    if not tracks.alive[row] or tracks.track_id[row] != orders.track_id[slot]:
        return math.nan
    if tracks.status[row] == TrackStatus.TENTATIVE or magazines.rounds[unit, kind] <= 0:
        return math.nan
    mean, track_s = tracks.mean[row], tracks.time_s[row]
    intercept_s = intercept_time_s(force, unit, kind, mean, track_s, launch_s)
    if math.isnan(intercept_s):
        return math.nan
    x, y, z, vx, vy, vz = predict(
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5], intercept_s - track_s
    )
    speed_m_s = math.sqrt(vx * vx + vy * vy + vz * vz)
    height_m = geodetic_from_ecef(x, y, z)[2]
    falls = is_ballistic(mean[0], mean[1], mean[2], mean[3], mean[4], mean[5])
    seen = falls or is_seen(force, tracks, row, launch_s)
    seen_m = sight_height_m(height_m, height_sigma_m(tracks, row, launch_s), seen)
    if not is_in_envelope(force, unit, kind, x, y, z, height_m, seen_m, speed_m_s):
        return math.nan
    return intercept_s


@kernel
def _free_row(flyouts: Flyouts) -> int:
    """Return the first free row of the rounds; -1: all fly."""
    for row in range(flyouts.alive.shape[0]):
        if not flyouts.alive[row]:
            return row
    return -1


@kernel
def _withdraw(orders: Orders, slot: int, now_s: float, events: Events) -> None:
    """Give up the rounds of an order that were not launched; without any it is over."""
    orders.rounds[slot] = orders.launched[slot]
    log(
        events, now_s, EventKind.WITHDRAWN, orders.track_id[slot], orders.unit[slot],
        float(orders.launched[slot]),
    )  # fmt: skip
    if orders.launched[slot] == 0:
        orders.report[slot] = Report.WITHDRAWN
        orders.report_s[slot] = now_s


@kernel
def _fire(
    force: ForcePlan,
    orders: Orders,
    slot: int,
    magazines: Magazines,
    flyouts: Flyouts,
    row: int,
    launch_s: float,
    intercept_s: float,
    events: Events,
) -> None:
    """Write one round into ``row``, and take it off the order and the magazine.

    Its aim is written by `outcome.guide` in the same tick.
    """
    unit, kind = orders.unit[slot], orders.interceptor[slot]
    flyouts.alive[row] = True
    flyouts.serial[row] = flyouts.next_serial[0]
    flyouts.next_serial[0] += 1
    flyouts.order[row] = slot
    flyouts.track_row[row] = orders.track_row[slot]
    flyouts.track_id[row] = orders.track_id[slot]
    flyouts.unit[row] = unit
    flyouts.interceptor[row] = kind
    flyouts.launch_s[row] = launch_s
    flyouts.intercept_s[row] = intercept_s
    flyouts.outcome[row] = Outcome.FLYING
    flyouts.resolved_s[row] = math.nan
    flyouts.target[row] = -1
    orders.launched[slot] += 1
    interval_s = force.unit_launch_interval_s[unit]
    orders.due_s[slot] = launch_s + interval_s
    magazines.next_launch_s[unit] = launch_s + interval_s
    magazines.rounds[unit, kind] -= 1
    log(
        events, launch_s, EventKind.LAUNCH, flyouts.serial[row], flyouts.track_id[row],
        float(unit), kind,
    )  # fmt: skip
    if magazines.rounds[unit, kind] == 0:
        log(events, launch_s, EventKind.MAGAZINE_EMPTY, unit, kind)
