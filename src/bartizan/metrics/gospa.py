"""GOSPA at each time, and its parts: localisation, missed objects, false tracks.

Source: Rahmathullah, García-Fernández and Svensson, Generalized optimal sub-pattern assignment
metric, Fusion 2017, with alpha = 2: the only one for which the parts mean what they are called.
"""

from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.metrics.matching import best_matching
from bartizan.metrics.near import Pairs
from bartizan.metrics.record import Record


class Gospa(NamedTuple):
    """GOSPA at the k scored times."""

    distance_m: Floats  # (k,)
    localisation: Floats  # (k,) sum of the pairs' distances to the order p [m^p]
    missed: Ints  # (k,) objects without a track
    false: Ints  # (k,) tracks without an object
    objects: Ints  # (k,)
    tracks: Ints  # (k,)


def gospa(record: Record, pairs: Pairs, cutoff_m: float, order: float) -> Gospa:
    """Return GOSPA of the cut-off and order p at each time; ``pairs`` are all nearer ones."""
    cost = pairs.distance_m**order
    chosen = best_matching(pairs.row, pairs.column, cutoff_m**order - cost)
    n_time = len(record.time_s)
    objects, tracks = (
        np.bincount(states.instant, minlength=n_time)
        for states in (record.objects, record.tracks)
    )
    at = record.objects.instant[pairs.row[chosen]]
    matched = np.bincount(at, minlength=n_time)
    localisation = np.bincount(at, weights=cost[chosen], minlength=n_time).astype(np.float64)
    missed, false = objects - matched, tracks - matched
    total = localisation + 0.5 * cutoff_m**order * (missed + false)
    return Gospa(total ** (1.0 / order), localisation, missed, false, objects, tracks)
