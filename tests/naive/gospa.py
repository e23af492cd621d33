"""Slow twins of the scores that pair objects with tracks: scipy on full matrices."""

import numpy as np
from scipy.optimize import linear_sum_assignment


def gospa(objects_m, tracks_m, cutoff_m):
    """GOSPA as defined: distances cut off at c, p = 2, alpha = 2."""
    n_object, n_track = len(objects_m), len(tracks_m)
    distance = np.linalg.norm(
        np.reshape(objects_m, (-1, 1, 3)) - np.reshape(tracks_m, (1, -1, 3)), axis=2
    )
    cost = np.minimum(distance, cutoff_m) ** 2
    rows, columns = linear_sum_assignment(cost)
    is_pair = cost[rows, columns] < cutoff_m**2
    localisation = cost[rows, columns][is_pair].sum()
    missed, false = n_object - is_pair.sum(), n_track - is_pair.sum()
    return (
        np.sqrt(localisation + cutoff_m**2 / 2 * (missed + false)),
        localisation,
        missed,
        false,
    )


def assign_truth(objects_m, tracks_m, cutoffs_m):
    """Return the track of each object; -1: none."""
    distance = np.linalg.norm(
        np.reshape(objects_m, (-1, 1, 3)) - np.reshape(tracks_m, (1, -1, 3)), axis=2
    )
    cost = np.minimum((distance / np.asarray(cutoffs_m)[None]) ** 2 - 1.0, 0.0)
    answer = np.full(len(objects_m), -1)
    for i, j in zip(*linear_sum_assignment(cost), strict=True):
        if cost[i, j] < 0.0:
            answer[i] = j
    return answer
