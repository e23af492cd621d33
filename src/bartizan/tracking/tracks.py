"""Tracks: what the tracker believes is there.

A track stands at the time of its last plot (``time_s``); where it is at any later time is
asked of `tracking.motion.predicted`. An expected look that brought no plot changes its
calendar and its counts, never its state.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class TrackStatus(IntEnum):
    """How sure the tracker is that something is there."""

    TENTATIVE = 0
    CONFIRMED = 1
    COASTING = 2  # confirmed, and not seen at its last expected look


class Model(IntEnum):
    """How an object moves at the moment."""

    QUIET = 0  # straight on, or along a ballistic arc
    AGILE = 1  # it turns, climbs or dives


N_MODEL = len(Model)


class Tracks(NamedTuple):
    """Changing columns of at most c tracks of s sensors; a row without ``alive`` is free."""

    next_id: Ints  # (1,) id of the next track
    lost: Ints  # (1,) tracks that found no free row
    alive: Bools  # (c,)
    track_id: Ints  # (c,) 1, 2, 3, ...; never used twice
    status: Ints  # (c,) TrackStatus
    time_s: Floats  # (c,) time of mean and covariance
    mean: Floats  # (c, 6) ECEF position [m] and velocity [m/s]
    covariance: Floats  # (c, 6, 6)
    existence: Floats  # (c,) probability that it is an object, after its last expected look
    hits: Ints  # (c,) plots taken so far
    looks: Ints  # (c,) looks expected so far, hit or miss
    misses: Ints  # (c,) expected looks missed in a row
    first_s: Floats  # (c,) time of its first plot
    confirmed_s: Floats  # (c,) nan: tentative
    last_hit_s: Floats  # (c,)
    due_s: Floats  # (c,) if no plot came by then, its next expected look was a miss
    seen_s: Floats  # (c, s) time of its last plot of each sensor; -inf: none
    sensor: Ints  # (c,) sensor of its last plot
    address: Ints  # (c,) of its position reports; -1: none
    iff_silent: Ints  # (c,) interrogations without an answer
    iff_civil: Ints  # (c,) civil answers
    iff_friend: Ints  # (c,) friendly answers
    # the two models whose mixture mean and covariance are
    model_probability: Floats  # (c, 2)
    model_mean: Floats  # (c, 2, 6)
    model_covariance: Floats  # (c, 2, 6, 6)


def make_tracks(capacity: int, n_sensor: int = 1) -> Tracks:
    """Return an empty table of tracks for the plots of ``n_sensor`` sensors."""
    return Tracks(
        next_id=np.ones(1, dtype=np.int64),
        lost=arrays.counts(1),
        alive=arrays.flags(capacity),
        track_id=arrays.none(capacity),
        status=arrays.counts(capacity),
        time_s=arrays.zeros(capacity),
        mean=arrays.zeros(capacity, 6),
        covariance=arrays.zeros(capacity, 6, 6),
        existence=arrays.zeros(capacity),
        hits=arrays.counts(capacity),
        looks=arrays.counts(capacity),
        misses=arrays.counts(capacity),
        first_s=arrays.nan(capacity),
        confirmed_s=arrays.nan(capacity),
        last_hit_s=arrays.nan(capacity),
        due_s=arrays.never(capacity),
        seen_s=-arrays.never(capacity, n_sensor),
        sensor=arrays.none(capacity),
        address=arrays.none(capacity),
        iff_silent=arrays.counts(capacity),
        iff_civil=arrays.counts(capacity),
        iff_friend=arrays.counts(capacity),
        model_probability=arrays.zeros(capacity, N_MODEL),
        model_mean=arrays.zeros(capacity, N_MODEL, 6),
        model_covariance=arrays.zeros(capacity, N_MODEL, 6, 6),
    )
