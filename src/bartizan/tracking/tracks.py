"""Tracks: what the tracker believes is there.

A track stands at the time of its last plot (``time_s``); where it is at any later time is
asked of `tracking.motion.predicted`. An expected look that brought no plot changes its
calendar and its counts, but its state only if it is a member of a formation, whose other
members were seen: then it goes on with them.
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

    STRAIGHT = 0
    LEFT = 1  # a level turn
    RIGHT = 2
    FALL = 3  # along a ballistic arc; only of what is fast, and high or steep
    STATION = 4  # it keeps its station in a formation, whatever that does


N_MODEL = len(Model)
N_OWN = 4  # those that need no formation


FORMATION_MIN = 3  # members; with fewer it is dissolved
LEFTOVERS_PER_TRACK = 2


class Formations(NamedTuple):
    """Common motions of at most g formations; a row without ``alive`` is free."""

    n_alive: Ints  # (k,) of each of k nets; without any, nothing about formations needs a look
    alive: Bools  # (g,)
    time_s: Floats  # (g,) of all that follows
    n_member: Ints  # (g,)
    born: Floats  # (g,) members born in the last scans, fading
    lost: Floats  # (g,) members whose plots stayed away, fading
    mean: Floats  # (g, 6) ECEF position [m] and velocity [m/s] of its middle
    covariance: Floats  # (g, 6, 6)
    model_probability: Floats  # (g, 5)
    model_mean: Floats  # (g, 5, 6)
    model_covariance: Floats  # (g, 5, 6, 6)


class Leftovers(NamedTuple):
    """Plots of the last three scans that no member and no old track took; l places.

    They are what formations are begun from; those that find no place are forgotten.
    """

    size: Ints  # (k,) of each of k nets
    time_s: Floats  # (l,)
    sensor: Ints  # (l,)
    position_m: Floats  # (l, 3) ECEF
    covariance_m2: Floats  # (l, 3, 3)
    clutter_m3: Floats  # (l,) false alarms a scan and cubic metre there
    holder: Ints  # (l,) row of the track that took it
    holder_id: Ints  # (l,) its number


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
    evidence: Floats  # (c,) ln of how much likelier an object gives its plots than chance
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
    code: Ints  # (c,) of its radar plots; -1: none
    iff_silent: Ints  # (c,) interrogations without an answer
    iff_civil: Ints  # (c,) civil answers
    iff_friend: Ints  # (c,) friendly answers
    # the models whose mixture mean and covariance are; of probability 0: not in use
    model_probability: Floats  # (c, 5)
    model_mean: Floats  # (c, 5, 6)
    model_covariance: Floats  # (c, 5, 6, 6)
    # membership
    formation: Ints  # (c,) row of its formation; -1: none
    station: Floats  # (c, 6) from the formation's state, at the formation's time
    station_covariance: Floats  # (c, 6, 6)
    formations: Formations
    leftovers: Leftovers


def make_formations(capacity: int, n_net: int = 1) -> Formations:
    """Return an empty table of formations, ``capacity`` for each net."""
    n_alive, capacity = arrays.counts(n_net), capacity * n_net
    return Formations(
        n_alive=n_alive,
        alive=arrays.flags(capacity),
        time_s=arrays.zeros(capacity),
        n_member=arrays.counts(capacity),
        born=arrays.zeros(capacity),
        lost=arrays.zeros(capacity),
        mean=arrays.zeros(capacity, 6),
        covariance=arrays.zeros(capacity, 6, 6),
        model_probability=arrays.zeros(capacity, N_MODEL),
        model_mean=arrays.zeros(capacity, N_MODEL, 6),
        model_covariance=arrays.zeros(capacity, N_MODEL, 6, 6),
    )


def make_leftovers(capacity: int, n_net: int = 1) -> Leftovers:
    """Return an empty table of leftover plots, ``capacity`` for each net."""
    size, capacity = arrays.counts(n_net), capacity * n_net
    return Leftovers(
        size=size,
        time_s=arrays.nan(capacity),
        sensor=arrays.none(capacity),
        position_m=arrays.nan(capacity, 3),
        covariance_m2=arrays.nan(capacity, 3, 3),
        clutter_m3=arrays.nan(capacity),
        holder=arrays.none(capacity),
        holder_id=arrays.none(capacity),
    )


def make_tracks(
    capacity: int, n_sensor: int = 1, n_net: int = 1, n_forwarded: int = 0
) -> Tracks:
    """Return an empty table of tracks for the plots of ``n_sensor`` sensors.

    Each net has ``capacity`` rows of its own, and ``n_forwarded`` more for those of others.
    """
    formations = make_formations(1 + capacity // FORMATION_MIN, n_net)
    leftovers = make_leftovers(LEFTOVERS_PER_TRACK * capacity, n_net)
    capacity = n_net * (capacity + n_forwarded)
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
        evidence=arrays.zeros(capacity),
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
        code=arrays.none(capacity),
        iff_silent=arrays.counts(capacity),
        iff_civil=arrays.counts(capacity),
        iff_friend=arrays.counts(capacity),
        model_probability=arrays.zeros(capacity, N_MODEL),
        model_mean=arrays.zeros(capacity, N_MODEL, 6),
        model_covariance=arrays.zeros(capacity, N_MODEL, 6, 6),
        formation=arrays.none(capacity),
        station=arrays.zeros(capacity, 6),
        station_covariance=arrays.zeros(capacity, 6, 6),
        formations=formations,
        leftovers=leftovers,
    )
