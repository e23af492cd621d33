"""Errors of the tracks that have an object: rms of position and velocity, and NEES' input."""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.metrics.frame import enu_from_vector
from bartizan.metrics.record import Record


class Accuracy(NamedTuple):
    """Root mean squares over all corresponding pairs; None where there are none."""

    position_m: float | None
    velocity_m_s: float | None  # tells slipped formations, which GOSPA does not see


def errors(record: Record, rows: Ints, columns: Ints) -> Floats:
    """Return track less object: east, north, up at the track; (n, 3), or (n, 6) with speeds."""
    objects, tracks = record.objects, record.tracks
    found = [tracks.position_m[columns] - objects.position_m[rows]]
    if objects.velocity_m_s is not None and tracks.velocity_m_s is not None:
        found.append(tracks.velocity_m_s[columns] - objects.velocity_m_s[rows])
    if tracks.place is not None:
        place = tracks.place[columns]
        found = [enu_from_vector(one, place) for one in found]
    return np.concatenate(found, axis=1)


def accuracy(error: Floats) -> Accuracy:
    """Return the rms of `errors`."""
    if not len(error):
        return Accuracy(None, None)
    squares = np.square(error).mean(axis=0)
    has_velocity = error.shape[1] == 6
    return Accuracy(
        math.sqrt(squares[:3].sum()), math.sqrt(squares[3:].sum()) if has_velocity else None
    )
