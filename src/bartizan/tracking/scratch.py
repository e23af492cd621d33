"""Scratch: room for the batch of plots under way, made once; nothing in it outlives a batch.

A batch is the plots of one sensor within a tick, at most one scan of them.
"""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.sense.plots import Plots
from bartizan.tracking.assignment import Assignment, Pairs, make_assignment, make_pairs
from bartizan.tracking.filter import FilterWork, make_filter_work
from bartizan.tracking.gate import Grid, make_grid
from bartizan.tracking.imm import Mixture, make_mixtures
from bartizan.tracking.plan import TrackingPlan
from bartizan.tracking.tracks import Tracks

PAIRS_PER_TRACK = 24


class Scratch(NamedTuple):
    """Work columns of at most p plots, c tracks and h address slots."""

    n_plot: Ints  # (1,) plots of the batch
    plot: Ints  # (p,) rows of the batch's plots, in order of time
    is_done: Bools  # (p,) by row of plot: it was in an earlier batch of the tick
    is_taken: Bools  # (p,) by place in the batch: a track took it
    position_m: Floats  # (p, 3) converted, by place in the batch
    covariance_m2: Floats  # (p, 3, 3)
    detection_probability: Floats  # (p,) expected of the sensor
    clutter_m3: Floats  # (p,) false alarms a scan and cubic metre there
    found: Ints  # (p,) places near the track under way
    pair_row: Ints  # (c,) tracks that are rows of the assignment
    address_slot: Ints  # (h,) hashed addresses: row of the track; -1: free
    grid: Grid
    pairs: Pairs
    assignment: Assignment
    predicted_s: Floats  # (c,) time of the row in `predicted`; nan: the track has changed since
    predicted: Mixture  # (c, ...) models of the tracks before the plots
    filter_work: FilterWork


def make_scratch(plan: TrackingPlan, tracks: Tracks, plots: Plots) -> Scratch:
    """Return work columns for the capacities of two tables.

    Raises
    ------
    ValueError
        The tracks were made for fewer sensors than the plan has.
    """
    n_sensor = plan.sensors.scan_period_s.shape[0]
    if tracks.seen_s.shape[1] < n_sensor:
        raise ValueError(f"tracks for {tracks.seen_s.shape[1]} of {n_sensor} sensors")
    n_track, n_plot = tracks.alive.shape[0], plots.time_s.shape[0]
    return Scratch(
        n_plot=arrays.counts(1),
        plot=arrays.none(n_plot),
        is_done=arrays.flags(n_plot),
        is_taken=arrays.flags(n_plot),
        position_m=arrays.zeros(n_plot, 3),
        covariance_m2=arrays.zeros(n_plot, 3, 3),
        detection_probability=arrays.zeros(n_plot),
        clutter_m3=arrays.zeros(n_plot),
        found=arrays.none(n_plot),
        pair_row=arrays.none(n_track),
        address_slot=arrays.none(1 << max(4, (2 * n_track).bit_length())),
        grid=make_grid(n_plot),
        pairs=make_pairs(n_track, PAIRS_PER_TRACK * n_track),
        assignment=make_assignment(n_track, n_plot),
        predicted_s=arrays.nan(n_track),
        predicted=make_mixtures(n_track),
        filter_work=make_filter_work(),
    )
