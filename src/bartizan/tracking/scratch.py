"""Scratch: room for the batch of plots under way, made once; nothing in it outlives a tick."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Floats, Ints
from bartizan.sense.plots import Plots
from bartizan.tracking.assignment import Assignment, Pairs, make_assignment, make_pairs
from bartizan.tracking.batch import Batch, make_batch
from bartizan.tracking.filter import FilterWork, make_filter_work
from bartizan.tracking.gate import Grid, make_grid
from bartizan.tracking.imm import Mixture, make_mixtures
from bartizan.tracking.plan import TrackingPlan
from bartizan.tracking.tracks import Tracks

PAIRS_PER_TRACK = 24


class Predictions(NamedTuple):
    """The models of c tracks before the plots of the batch."""

    time_s: Floats  # (c,) nan: the track has changed since
    models: Mixture  # (c, ...)
    work: FilterWork


class Scratch(NamedTuple):
    """Work columns of at most p plots, c tracks and h address slots."""

    found: Ints  # (p,) places near the track under way
    pair_row: Ints  # (c,) tracks that are rows of the assignment
    address_slot: Ints  # (h,) hashed addresses: row of the track; -1: free
    batch: Batch
    grid: Grid
    pairs: Pairs
    assignment: Assignment
    predictions: Predictions


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
        found=arrays.none(n_plot),
        pair_row=arrays.none(n_track),
        address_slot=arrays.none(1 << max(4, (2 * n_track).bit_length())),
        batch=make_batch(n_plot),
        grid=make_grid(n_plot),
        pairs=make_pairs(n_track, PAIRS_PER_TRACK * n_track),
        assignment=make_assignment(n_track, n_plot),
        predictions=Predictions(
            time_s=arrays.nan(n_track), models=make_mixtures(n_track), work=make_filter_work()
        ),
    )
