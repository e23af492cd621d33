"""Slow twins of the scores that pair objects with tracks: scipy on full matrices."""

import math

import numpy as np
from scipy.optimize import linear_sum_assignment

from bartizan.tracking.tracks import TrackStatus
from bartizan.world.truth import Phase
from tests.naive.tracking.parts import transition
from tests.naive.tracking.places import extrapolated


def gospa(objects_m, tracks_m, cutoff_m):
    """GOSPA as defined, on full matrices: distances cut off at c, p = 2, alpha = 2."""
    n_object, n_track = len(objects_m), len(tracks_m)
    cost = np.minimum(_distances(objects_m, tracks_m), cutoff_m) ** 2
    rows, columns = linear_sum_assignment(cost)
    is_pair = cost[rows, columns] < cutoff_m**2
    localisation = cost[rows, columns][is_pair].sum()
    missed, false = n_object - is_pair.sum(), n_track - is_pair.sum()
    distance = np.sqrt(localisation + cutoff_m**2 / 2 * (missed + false))
    return distance, localisation, missed, false


def gospa_of_tracks(targets, tracks, t_s, cutoff_m):
    """GOSPA of what flies and what is confirmed, each track moved on to the same time."""
    objects_m = targets.position_ecef_m[targets.phase == Phase.FLYING]
    return gospa(objects_m, _expected_m(tracks, _confirmed(tracks), t_s), cutoff_m)


def assign_truth(targets, tracks, t_s):
    """Return the row of each object's track; -1: none. Cut-off: 500 m, or 3 sigma if wider."""
    flying, rows = np.flatnonzero(targets.phase == Phase.FLYING), _confirmed(tracks)
    cutoffs_m = np.array([max(500.0, 3.0 * _sigma_m(tracks, row, t_s)) for row in rows])
    places_m = _expected_m(tracks, rows, t_s)
    share = _distances(targets.position_ecef_m[flying], places_m) / cutoffs_m[None]
    cost = np.minimum(share**2 - 1.0, 0.0)
    answer = np.full(len(targets.phase), -1)
    for i, j in zip(*linear_sum_assignment(cost), strict=True):
        if cost[i, j] < 0.0:
            answer[flying[i]] = rows[j]
    return answer


def _distances(objects_m, tracks_m):
    apart = np.reshape(objects_m, (-1, 1, 3)) - np.reshape(tracks_m, (1, -1, 3))
    return np.linalg.norm(apart, axis=2)


def _confirmed(tracks):
    return np.flatnonzero(tracks.alive & (tracks.status != TrackStatus.TENTATIVE))


def _expected_m(tracks, rows, t_s):
    """Where tracks are expected: straight on, or fallen."""
    states = [extrapolated(tracks.mean[row], t_s - tracks.time_s[row]) for row in rows]
    return np.reshape([state[:3] for state in states], (-1, 3))


def _sigma_m(tracks, row, t_s):
    """One sigma of the place: the covariance carried along, mean of three axes."""
    F = transition(t_s - tracks.time_s[row])
    P = F @ tracks.covariance[row] @ F.T
    return math.sqrt(np.trace(P[:3, :3]) / 3.0)
