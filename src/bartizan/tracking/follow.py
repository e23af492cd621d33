"""Follow: the tracks of a tick from its plots, the one entry of the room."""

import math

from bartizan.arrays import Bools
from bartizan.events import Events
from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.addresses import list_addresses, track_of_address
from bartizan.tracking.associate import associate
from bartizan.tracking.batch import first_batch, next_batch
from bartizan.tracking.begin import begin_formations
from bartizan.tracking.gate import near
from bartizan.tracking.leftovers import keep_leftovers
from bartizan.tracking.lifecycle import count_misses, hit, start_track
from bartizan.tracking.muster import bear, join, part
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.state import coast_member
from bartizan.tracking.stations import leave_formation
from bartizan.tracking.tracks import Tracks, TrackStatus

CROWD = 2  # more other plots near one make a crowd


@kernel
def follow(
    plan: TrackingPlan,
    plots: Plots,
    tracks: Tracks,
    scratch: Scratch,
    events: Events,
    t0_s: float,
    t1_s: float,
    net: int,
) -> None:
    """Advance the tracks of a net by one tick.

    Parameters
    ----------
    plan
        Sensors and settings.
    plots
        Of the tick, of all nets, in order of time.
    tracks
        Changed in place; a full table counts what it lost.
    scratch
        Of `make_scratch`.
    events
        Confirmations, and drops of confirmed tracks, are logged.
    t0_s, t1_s
        The tick is (t0_s, t1_s].
    net
        Whose plots are followed.
    """
    scratch.predictions.time_s[:] = math.nan
    start = first_batch(plan.sensors, plots, net, scratch.batch)
    while start < plots.size[0]:
        _take_reports(plan.settings, tracks, scratch, events)
        _take_plots(plan.settings, tracks, scratch, events)
        if tracks.formations.n_alive[0] > 0:
            _coast_members(tracks, scratch)
            part(plan.settings, tracks, scratch)
        _start_tracks(plan.settings, tracks, scratch, events)
        join(plan.settings, tracks, scratch)
        keep_leftovers(plan.sensors, tracks, scratch.batch)
        begin_formations(plan, tracks, scratch, events)
        start = next_batch(plan.sensors, plots, start, scratch.batch)
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and tracks.due_s[row] <= t1_s:
            count_misses(plan, tracks, row, t1_s, events)


@kernel
def _take_reports(settings: Settings, tracks: Tracks, scratch: Scratch, events: Events) -> None:
    """Give position reports to the tracks of their address."""
    batch, slots, is_listed = scratch.batch, scratch.address_slot, False
    for place in range(batch.size[0]):
        address = batch.address[place]
        if address < 0:
            continue
        if not is_listed:
            list_addresses(tracks, slots)
            is_listed = True
        row = track_of_address(tracks.address, address, slots)
        if row >= 0 and tracks.alive[row]:
            if tracks.formation[row] >= 0:
                leave_formation(tracks, row)
            needed, predictions = settings.confirm_hits, scratch.predictions
            hit(settings, batch, place, tracks, row, predictions, needed, events)


@kernel
def _take_plots(settings: Settings, tracks: Tracks, scratch: Scratch, events: Events) -> None:
    """Give the other plots to the tracks that they most likely belong to."""
    associate(settings, tracks, scratch)
    for k in range(scratch.pairs.size[0]):
        place, row = scratch.assignment.row_column[k], scratch.pair_row[k]
        if place >= 0:
            needed = _confirm_hits(settings, tracks, row, scratch, place)
            predictions = scratch.predictions
            hit(settings, scratch.batch, place, tracks, row, predictions, needed, events)


@kernel
def _confirm_hits(
    settings: Settings, tracks: Tracks, row: int, scratch: Scratch, place: int
) -> int:
    """Return how many plots confirm a track: more in a crowd, which may be a formation."""
    if tracks.status[row] != TrackStatus.TENTATIVE:
        return settings.confirm_hits
    batch, z = scratch.batch, scratch.batch.position_m[place]
    reach_m = settings.crowd_m
    n = near(
        scratch.grid, batch.position_m, batch.size[0], z[0], z[1], z[2], reach_m, scratch.found
    )
    # the plot is near itself
    return settings.crowded_confirm_hits if n - 1 > CROWD else settings.confirm_hits


@kernel
def _coast_members(tracks: Tracks, scratch: Scratch) -> None:
    """Let the members that no plot was found for go on with their formations."""
    for row in range(tracks.alive.shape[0]):
        g = tracks.formation[row]
        if g < 0 or not tracks.alive[row] or not scratch.formations.is_seen[g]:
            continue
        if tracks.time_s[row] < scratch.predictions.time_s[row]:
            coast_member(tracks, row, scratch.predictions)


@kernel
def _start_tracks(settings: Settings, tracks: Tracks, scratch: Scratch, events: Events) -> None:
    """Start a track from each plot that nobody took, where possible in a formation."""
    row, n_row = 0, tracks.alive.shape[0]
    batch, n_alive = scratch.batch, tracks.formations.n_alive[0]
    has_formation = n_alive > 0 and _is_any_seen(scratch.formations.is_seen)
    for place in range(batch.size[0]):
        if batch.holder[place] >= 0:
            continue
        while row < n_row and tracks.alive[row]:
            row += 1
        if row == n_row:
            tracks.lost[0] += 1
            continue
        is_radar = batch.address[place] < 0
        scratch.predictions.time_s[row] = math.nan
        if has_formation and is_radar and bear(settings, tracks, row, scratch, place, events):
            continue
        start_track(settings, batch, place, tracks, row)


@kernel
def _is_any_seen(is_seen: Bools) -> bool:
    found = False
    for g in range(is_seen.shape[0]):
        found |= is_seen[g]
    return found
