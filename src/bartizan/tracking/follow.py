"""Follow: the tracks of a tick from its plots, the one entry of the room."""

import math

from bartizan.events import Events
from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.addresses import list_addresses, track_of_address
from bartizan.tracking.associate import associate
from bartizan.tracking.batch import first_batch, next_batch
from bartizan.tracking.lifecycle import count_misses, hit, start_track
from bartizan.tracking.plan import Settings, TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.tracks import Tracks


@kernel
def follow(
    plan: TrackingPlan,
    plots: Plots,
    tracks: Tracks,
    scratch: Scratch,
    events: Events,
    t0_s: float,
    t1_s: float,
) -> None:
    """Advance the tracks by one tick.

    Parameters
    ----------
    plan
        Sensors and settings.
    plots
        Of the tick, in order of time.
    tracks
        Changed in place; a full table counts what it lost.
    scratch
        Of `make_scratch`.
    events
        Confirmations, and drops of confirmed tracks, are logged.
    t0_s, t1_s
        The tick is (t0_s, t1_s].
    """
    scratch.predictions.time_s[:] = math.nan
    start = first_batch(plan.sensors, plots, scratch.batch)
    while start < plots.size[0]:
        _take_reports(plan.settings, tracks, scratch, events)
        _take_plots(plan.settings, tracks, scratch, events)
        _start_tracks(plan.settings, tracks, scratch)
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
            hit(settings, batch, place, tracks, row, scratch.predictions, events)


@kernel
def _take_plots(settings: Settings, tracks: Tracks, scratch: Scratch, events: Events) -> None:
    """Give the other plots to the tracks that they most likely belong to."""
    associate(settings, tracks, scratch)
    for k in range(scratch.pairs.size[0]):
        place, row = scratch.assignment.row_column[k], scratch.pair_row[k]
        if place >= 0:
            hit(settings, scratch.batch, place, tracks, row, scratch.predictions, events)


@kernel
def _start_tracks(settings: Settings, tracks: Tracks, scratch: Scratch) -> None:
    """Start a track from each plot that nobody took."""
    row, n_row = 0, tracks.alive.shape[0]
    for place in range(scratch.batch.size[0]):
        if scratch.batch.is_taken[place]:
            continue
        while row < n_row and tracks.alive[row]:
            row += 1
        if row == n_row:
            tracks.lost[0] += 1
        else:
            start_track(settings, scratch.batch, place, tracks, row)
            scratch.predictions.time_s[row] = math.nan
