"""Scratch: room for the batch of plots under way, made once; nothing in it outlives a tick."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints
from bartizan.sense.plots import Plots
from bartizan.tracking.assignment import Assignment, Pairs, make_assignment, make_pairs
from bartizan.tracking.batch import Batch, make_batch
from bartizan.tracking.candidates import Candidates, make_candidates
from bartizan.tracking.gate import Grid, make_grid
from bartizan.tracking.imm import ImmWork, Mixture, make_imm_work, make_mixtures
from bartizan.tracking.plan import TrackingPlan
from bartizan.tracking.tracks import Tracks
from bartizan.tracking.vote_work import VoteWork, make_vote_work

PAIRS_PER_TRACK = 24


class Predictions(NamedTuple):
    """The models of c tracks before the plots of the batch."""

    time_s: Floats  # (c,) nan: the track has changed since
    models: Mixture  # (c, ...)
    work: ImmWork


class FormationWork(NamedTuple):
    """What plots tell of g formations of c tracks."""

    first: Ints  # (g,) row of the first member; -1: none
    next: Ints  # (c,) row of the next member of the same formation; -1: last
    is_seen: Bools  # (g,) the formation stands at the time of the batch
    prior: Mixture  # (g, ...) before the plots of the batch
    middle_m: Floats  # (g, 3) the position then
    n_plot: Ints  # (g,) plots that contribute
    weight: Floats  # (g, 3, 3) sum of their inverse covariances
    weighted: Floats  # (g, 3) sum of their weighted distances from where they were expected
    measured_m: Floats  # (g, 3) where the middle is by them
    spread: Floats  # (3, 3)
    own_m: Floats  # (3,)


class Scratch(NamedTuple):
    """Work columns of at most p plots, c tracks and h address slots."""

    found: Ints  # (p or l,) places near the track or leftover under way
    pair_row: Ints  # (c,) tracks that are rows of the assignment
    address_slot: Ints  # (h,) hashed addresses: row of the track; -1: free
    batch: Batch
    grid: Grid
    pairs: Pairs
    assignment: Assignment
    candidates: Candidates
    predictions: Predictions
    formations: FormationWork
    leftover_grid: Grid
    vote: VoteWork


def make_formation_work(n_formation: int, n_track: int) -> FormationWork:
    """Return room for ``n_formation`` formations of ``n_track`` tracks."""
    return FormationWork(
        first=arrays.none(n_formation),
        next=arrays.none(n_track),
        is_seen=arrays.flags(n_formation),
        prior=make_mixtures(n_formation),
        middle_m=arrays.zeros(n_formation, 3),
        n_plot=arrays.counts(n_formation),
        weight=arrays.zeros(n_formation, 3, 3),
        weighted=arrays.zeros(n_formation, 3),
        measured_m=arrays.zeros(n_formation, 3),
        spread=arrays.zeros(3, 3),
        own_m=arrays.zeros(3),
    )


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
        found=arrays.none(max(n_plot, tracks.leftovers.time_s.shape[0])),
        pair_row=arrays.none(n_track),
        address_slot=arrays.none(1 << max(4, (2 * n_track).bit_length())),
        batch=make_batch(n_plot),
        grid=make_grid(n_plot),
        pairs=make_pairs(n_track, PAIRS_PER_TRACK * n_track),
        assignment=make_assignment(n_track, n_plot),
        candidates=make_candidates(n_track, PAIRS_PER_TRACK * n_track),
        predictions=Predictions(
            time_s=arrays.nan(n_track), models=make_mixtures(n_track), work=make_imm_work()
        ),
        formations=make_formation_work(tracks.formations.alive.shape[0], n_track),
        leftover_grid=make_grid(tracks.leftovers.time_s.shape[0]),
        vote=make_vote_work(tracks.leftovers.time_s.shape[0]),
    )
