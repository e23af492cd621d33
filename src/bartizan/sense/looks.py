"""Looks: the sensors' calendar and what came of each object; truth, read only by `scoring`."""

from typing import NamedTuple

import numpy as np

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints


class Looks(NamedTuple):
    """Changing columns of n objects times r radars, and of the objects."""

    next_look_s: Floats  # (n, r) when the beam next passes; inf: not yet launched
    look: Ints  # (n, r) number of looks so far
    misses: Ints  # (n, r) looks without a plot since the last one; -1: never detected
    first_detected_s: Floats  # (n,) nan: not yet
    last_detected_s: Floats  # (n,) nan: not yet
    detected_in_tick: Bools  # (n,) a plot of this tick came from it
    ever_covered: Bools  # (n,) was inside the range, sector and elevation of a radar
    ever_above_horizon: Bools  # (n,) was there, above that radar's horizon
    chaff_plots: Ints  # (1,) plots of chaff


def make_looks(n_target: int, n_radar: int) -> Looks:
    """Return the calendar before the first tick."""
    return Looks(
        next_look_s=arrays.never(n_target, n_radar),
        look=arrays.counts(n_target, n_radar),
        misses=np.full((n_target, n_radar), -1, dtype=np.int64),
        first_detected_s=arrays.nan(n_target),
        last_detected_s=arrays.nan(n_target),
        detected_in_tick=arrays.flags(n_target),
        ever_covered=arrays.flags(n_target),
        ever_above_horizon=arrays.flags(n_target),
        chaff_plots=arrays.counts(1),
    )
