"""What an answer hangs on: straight lines through draws of the figures, or through arms.

Each figure that varies is set against the mean of a measure over the replications of a draw.
The causes are drawn independently of each other, so that the slope of one alone estimates its
effect; that many are asked at once is paid for by Bonferroni's correction.

Source: Draper and Smith, Applied Regression Analysis, 3rd ed., 1998, ch. 1; Saltelli et al.,
Global Sensitivity Analysis, 2008, ch. 1 (regression coefficients as sensitivities).
Assumes: effects are about straight within a band; what bends back on itself is not seen.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.studies.spread import LEVEL

FEWEST = 30
"""Draws below which hundreds of figures cannot be told apart."""
ENDS = (0.1, 0.9)
"""An effect is told from the tenth to the ninetieth hundredth of what occurred."""


class Effect(NamedTuple):
    """The effect of one cause: going from its low end to its high one."""

    name: str
    low: float  # of the cause, its 10 % quantile
    high: float
    change: float  # of the measure, from low to high
    half_width: float  # of its interval, all asked causes together
    is_sure: bool  # its interval leaves out 0


def effects(causes: Mapping[str, Floats], values: Floats, weights: Floats) -> list[Effect]:
    """Return the effects of causes on a measure, the largest by its own error first.

    Parameters
    ----------
    causes
        (n,) values of each cause; one that does not vary is left out.
    values
        (n,) of the measure.
    weights
        (n,) replications behind each value.
    """
    from scipy.special import stdtrit

    there = ~np.isnan(values)
    varied = {name: x[there] for name, x in causes.items() if len(np.unique(x[there])) > 1}
    y, w, n = values[there], weights[there], int(there.sum())
    if n < 4 or not varied:
        return []
    t = float(stdtrit(n - 2, 1.0 - (1.0 - LEVEL) / (2.0 * len(varied))))
    found = [(_effect(name, x, y, w, t)) for name, x in varied.items()]
    return sorted(found, key=lambda each: -abs(each.change) / (each.half_width or 1e-300))


def _effect(name: str, x: Floats, y: Floats, w: Floats, t: float) -> Effect:
    mean_x, mean_y = np.average(x, weights=w), np.average(y, weights=w)
    dx, dy = x - mean_x, y - mean_y
    square = float((w * dx * dx).sum())
    slope = float((w * dx * dy).sum()) / square
    rest = dy - slope * dx
    variance = float((w * rest * rest).sum()) / (len(x) - 2) / square
    low, high = (float(np.quantile(x, share)) for share in ENDS)
    if high <= low:
        low, high = float(x.min()), float(x.max())
    change, half = slope * (high - low), t * float(np.sqrt(variance)) * (high - low)
    return Effect(name, low, high, change, half, abs(change) > half)


def means_by(values: Floats, groups: Ints) -> tuple[Ints, Floats, Floats]:
    """Return the groups that occur, the mean of values (n,) in each, and how many there are."""
    there = ~np.isnan(values)
    named, which = np.unique(groups[there], return_inverse=True)
    n = np.bincount(which).astype(np.float64)
    return named, np.bincount(which, weights=values[there]) / n, n


def most_extreme(found: Sequence[Effect], most: int, few: int) -> list[Effect]:
    """Return those that are sure, ``most`` at most, filled up to ``few``; the largest first."""
    n = min(most, max(few, sum(each.is_sure for each in found)))
    return sorted(found[:n], key=lambda each: (not each.is_sure, -abs(each.change)))
