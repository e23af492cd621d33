"""The funnel: launched, detected, tracked, engaged, killed, leaked, and the peaks.

One of the few places where truth and tracks meet; no stage of a tick reads it back.
Detected: at least one plot came from it. Tracked: assigned to a confirmed track at three
consecutive looks. Engaged: a round was launched on a track assigned to it.
"""

import math
from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.decide.orders import Orders
from bartizan.decide.picture import Picture
from bartizan.engage.flyouts import Flyouts
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.scoring.bystanders import Bystanders, make_bystanders
from bartizan.scoring.cause import leak_cause
from bartizan.sense.looks import Looks
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.truth import Phase, Side, Targets, WorldPlan

LOOKS_TO_TRACKED = 3


class Funnel(NamedTuple):
    """Changing columns of n objects and k nets, and the peaks of the run."""

    track_row: Ints  # (k, n) row of the confirmed track assigned now; -1: none
    track_id: Ints  # (k, n) the last track ever assigned; -1: none
    first_tracked_s: Floats  # (k, n) nan: never
    first_launch_s: Floats  # (n,) of a round at a track assigned to it; nan: none
    looks: Ints  # (n,) looks made at it so far
    streak: Ints  # (n,) looks in a row with a track of some net assigned
    tracked: Bools  # (n,)
    engaged: Bools  # (n,)
    met: Bools  # (n,) a round at its track met it
    took_other: Bools  # (n,) a round at its track met another object
    link: Ints  # (n,) Link that its tracks ever reached
    cause: Ints  # (n,) Cause of its leak; -1: no leak
    bystanders: Bystanders
    under_way: Bools  # (c,) scratch: an engagement with the track is under way now
    peak_tracks: Ints  # (1,) confirmed tracks at one instant
    peak_hostiles_tracked: Ints  # (1,) distinct hostile objects with a confirmed track
    peak_hostiles_engaged: Ints  # (1,) distinct hostile objects with an engagement under way
    peak_engagements: Ints  # (1,)


def make_funnel(n_target: int, n_track: int, n_net: int = 1) -> Funnel:
    """Return the funnel before the first tick, for at most ``n_track`` tracks of all nets."""
    return Funnel(
        track_row=arrays.none(n_net, n_target),
        track_id=arrays.none(n_net, n_target),
        first_tracked_s=arrays.nan(n_net, n_target),
        first_launch_s=arrays.nan(n_target),
        looks=arrays.counts(n_target),
        streak=arrays.counts(n_target),
        tracked=arrays.flags(n_target),
        engaged=arrays.flags(n_target),
        met=arrays.flags(n_target),
        took_other=arrays.flags(n_target),
        link=arrays.counts(n_target),
        cause=arrays.none(n_target),
        bystanders=make_bystanders(n_target),
        under_way=arrays.flags(n_track),
        peak_tracks=arrays.counts(1),
        peak_hostiles_tracked=arrays.counts(1),
        peak_hostiles_engaged=arrays.counts(1),
        peak_engagements=arrays.counts(1),
    )


@kernel
def count(
    world: WorldPlan,
    targets: Targets,
    looks: Looks,
    tracks: Tracks,
    picture: Picture,
    orders: Orders,
    flyouts: Flyouts,
    assigned: Ints,
    funnel: Funnel,
    events: Events,
    t0_s: float,
    t1_s: float,
) -> None:
    """Bring the funnel up to date; ``assigned`` (k, n) is each object's track row now."""
    for target in range(assigned.shape[1]):
        for net in range(assigned.shape[0]):
            row = assigned[net, target]
            _follow_in_net(tracks, picture, funnel, events, net, target, row, t1_s)
        _count_looks(looks, funnel, target)
    _count_rounds(flyouts, funnel, t0_s, t1_s)
    _count_peaks(world, tracks, orders, funnel)
    for target in range(assigned.shape[1]):
        if targets.phase[target] == Phase.LEAKED and funnel.cause[target] < 0:
            funnel.cause[target] = leak_cause(
                looks.ever_covered[target],
                looks.ever_above_horizon[target],
                looks.first_detected_s[target] <= t1_s,
                funnel.tracked[target],
                funnel.link[target],
                funnel.engaged[target],
                funnel.met[target],
                funnel.took_other[target],
            )
            log(
                events, targets.ended_s[target], EventKind.LEAK, target,
                world.aim_asset[target], 0.0, funnel.cause[target],
            )  # fmt: skip


@kernel
def _count_looks(looks: Looks, funnel: Funnel, target: int) -> None:
    """Note an object's looks in a row with a track of any net.

    A tick with several looks, by several radars or in a long tick, counts as one look.
    """
    n_look, has_track = 0, False
    for radar in range(looks.look.shape[1]):
        n_look += looks.look[target, radar]
    for net in range(funnel.track_row.shape[0]):
        has_track |= funnel.track_row[net, target] >= 0
    if n_look > funnel.looks[target]:
        funnel.streak[target] = funnel.streak[target] + 1 if has_track else 0
        funnel.looks[target] = n_look
    if funnel.streak[target] >= LOOKS_TO_TRACKED:
        funnel.tracked[target] = True


@kernel
def _follow_in_net(
    tracks: Tracks,
    picture: Picture,
    funnel: Funnel,
    events: Events,
    net: int,
    target: int,
    row: int,
    now_s: float,
) -> None:
    """Note the track of one object in one net, and how far that track got."""
    before = funnel.track_row[net, target]
    funnel.track_row[net, target] = row
    if row < 0:
        if before >= 0:
            log(events, now_s, EventKind.TRACK_LOST, target, funnel.track_id[net, target])
        return
    if before < 0 or funnel.track_id[net, target] != tracks.track_id[row]:
        funnel.track_id[net, target] = tracks.track_id[row]
        log(events, now_s, EventKind.TRACK_ASSIGNED, target, tracks.track_id[row])
    if math.isnan(funnel.first_tracked_s[net, target]):
        funnel.first_tracked_s[net, target] = now_s
    if picture.track_id[row] == tracks.track_id[row]:
        funnel.link[target] = max(funnel.link[target], picture.link[row])


@kernel
def _count_rounds(flyouts: Flyouts, funnel: Funnel, t0_s: float, t1_s: float) -> None:
    """Credit launches and meetings of (t0, t1] to the object whose track was shot at.

    A meeting that a correction put before t0 was held at t0, and counts.
    """
    for row in range(flyouts.serial.shape[0]):
        is_new = flyouts.launch_s[row] > t0_s
        is_over = not flyouts.alive[row] and t0_s <= flyouts.resolved_s[row] <= t1_s
        if not is_new and not is_over:
            continue
        for target in range(funnel.track_id.shape[1]):
            for net in range(funnel.track_id.shape[0]):
                if funnel.track_id[net, target] != flyouts.track_id[row]:
                    continue
                if is_new and funnel.track_row[net, target] >= 0:
                    funnel.engaged[target] = True
                    if math.isnan(funnel.first_launch_s[target]):
                        funnel.first_launch_s[target] = flyouts.launch_s[row]
                if is_over and flyouts.target[row] == target:
                    funnel.met[target] = True
                elif is_over and flyouts.target[row] >= 0:
                    funnel.took_other[target] = True


@kernel
def _count_peaks(world: WorldPlan, tracks: Tracks, orders: Orders, funnel: Funnel) -> None:
    """Raise the peaks to what is confirmed, tracked and engaged now."""
    n_track = 0
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and tracks.status[row] != TrackStatus.TENTATIVE:
            n_track += 1
    n_order = 0
    funnel.under_way[:] = False
    for slot in range(orders.alive.shape[0]):
        if not orders.alive[slot]:
            continue
        n_order += 1
        row = orders.track_row[slot]
        if tracks.track_id[row] == orders.track_id[slot]:
            funnel.under_way[row] = True
    n_tracked, n_engaged = 0, 0
    for target in range(funnel.track_row.shape[1]):
        if world.side[target] != Side.HOSTILE:
            continue
        is_tracked, is_engaged = False, False
        for net in range(funnel.track_row.shape[0]):
            row = funnel.track_row[net, target]
            is_tracked |= row >= 0
            is_engaged |= row >= 0 and funnel.under_way[row]
        n_tracked += is_tracked
        n_engaged += is_engaged
    funnel.peak_tracks[0] = max(funnel.peak_tracks[0], n_track)
    funnel.peak_engagements[0] = max(funnel.peak_engagements[0], n_order)
    funnel.peak_hostiles_tracked[0] = max(funnel.peak_hostiles_tracked[0], n_tracked)
    funnel.peak_hostiles_engaged[0] = max(funnel.peak_hostiles_engaged[0], n_engaged)
