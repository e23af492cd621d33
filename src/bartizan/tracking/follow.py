"""Follow: the tracks of a tick from its plots, the one entry of the room."""

from bartizan.events import Events
from bartizan.kernel import kernel
from bartizan.sense.plots import Plots
from bartizan.tracking.associate import associate, list_addresses, track_of_address
from bartizan.tracking.batch import next_batch
from bartizan.tracking.lifecycle import count_misses, hit
from bartizan.tracking.plan import TrackingPlan
from bartizan.tracking.scratch import Scratch
from bartizan.tracking.start import start_track
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
    scratch.is_done[: plots.size[0]] = False
    start = next_batch(plan.sensors, plots, 0, scratch)
    while start < plots.size[0]:
        _take_reports(plan, plots, tracks, scratch, events)
        _take_plots(plan, plots, tracks, scratch, events)
        _start_tracks(plan, plots, tracks, scratch)
        start = next_batch(plan.sensors, plots, start, scratch)
    for row in range(tracks.alive.shape[0]):
        if tracks.alive[row] and tracks.due_s[row] <= t1_s:
            count_misses(plan, tracks, row, t1_s, events)


@kernel
def _take_reports(
    plan: TrackingPlan, plots: Plots, tracks: Tracks, scratch: Scratch, events: Events
) -> None:
    """Give position reports to the tracks of their address."""
    is_listed = False
    for place in range(scratch.n_plot[0]):
        address = plots.address[scratch.plot[place]]
        if address < 0:
            continue
        if not is_listed:
            list_addresses(tracks, scratch)
            is_listed = True
        row = track_of_address(tracks, address, scratch)
        if row >= 0 and tracks.alive[row]:
            hit(plan, plots, tracks, row, place, scratch, events)
            scratch.is_taken[place] = True


@kernel
def _take_plots(
    plan: TrackingPlan, plots: Plots, tracks: Tracks, scratch: Scratch, events: Events
) -> None:
    """Give the other plots to the tracks that they most likely belong to."""
    associate(plan.sensors, plan.settings, plots, tracks, scratch)
    for k in range(scratch.pairs.size[0]):
        place = scratch.assignment.row_column[k]
        if place >= 0:
            hit(plan, plots, tracks, scratch.pair_row[k], place, scratch, events)
            scratch.is_taken[place] = True


@kernel
def _start_tracks(plan: TrackingPlan, plots: Plots, tracks: Tracks, scratch: Scratch) -> None:
    """Start a track from each plot that nobody took."""
    row, n_row = 0, tracks.alive.shape[0]
    for place in range(scratch.n_plot[0]):
        if scratch.is_taken[place]:
            continue
        while row < n_row and tracks.alive[row]:
            row += 1
        if row == n_row:
            tracks.lost[0] += 1
        else:
            start_track(plan, plots, tracks, place, row, scratch)
