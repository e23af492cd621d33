"""Two arms, or two studies, on common random numbers: differences replication by replication.

With the same key in both, what chance does to both falls out of the difference. How much that
saves is told as a ratio: the variance that the difference of independent replications would
have, over the one it has.
"""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.studies.estimate import (
    interval,
    mean_and_variance,
    normal,
    student,
)
from bartizan.studies.spread import LEVEL, grouped

nan = math.nan


class Difference(NamedTuple):
    """The second less the first, of one measure; nan where it cannot be told."""

    first: float  # means
    second: float
    difference: float
    low: float
    high: float
    n: int  # pairs; without pairs the replications of the smaller one
    is_paired: bool
    saved: float  # variance of independent replications over that of pairs; nan: no pairs


def paired(first: Floats, second: Floats, draws: Ints, level: float = LEVEL) -> Difference:
    """Return the difference of pairs: the same replications in the same order, (n,) each."""
    there = ~(np.isnan(first) | np.isnan(second))
    first, second, draws = first[there], second[there], draws[there]
    if not len(first):
        return Difference(nan, nan, nan, nan, nan, 0, True, nan)
    mean, other = float(first.mean()), float(second.mean())
    groups = grouped(second - first, draws)
    low, high = interval(groups, False, level)
    saved = _saved(first, second, draws)
    return Difference(mean, other, other - mean, low, high, len(first), True, saved)


def _saved(first: Floats, second: Floats, draws: Ints) -> float:
    if len(np.unique(draws)) < 2:
        return math.nan
    apart = [mean_and_variance(grouped(values, draws))[1] for values in (first, second)]
    together = mean_and_variance(grouped(second - first, draws))[1]
    return sum(apart) / together if together > 0.0 else math.nan


def unpaired(
    first: Floats, first_draws: Ints, second: Floats, second_draws: Ints, level: float = LEVEL
) -> Difference:
    """Return the difference of two samples that share nothing, by Welch's interval."""
    means, variances, sizes, count = [], [], [], []
    for values, draws in ((first, first_draws), (second, second_draws)):
        there = ~np.isnan(values)
        groups = grouped(values[there], draws[there])
        if len(groups.n) < 2:
            return Difference(nan, nan, nan, nan, nan, int(there.sum()), False, nan)
        mean, variance = mean_and_variance(groups)
        means.append(mean)
        variances.append(variance)
        sizes.append(len(groups.n))
        count.append(int(there.sum()))
    half = _welch(variances, sizes, level)
    gap = means[1] - means[0]
    low, high = gap - half, gap + half
    return Difference(means[0], means[1], gap, low, high, min(count), False, nan)


def _welch(variances: list[float], sizes: list[int], level: float) -> float:
    total = sum(variances)
    if total <= 0.0:
        return 0.0
    df = total**2 / sum(v * v / (n - 1) for v, n in zip(variances, sizes, strict=True))
    quantile = student(df, level) if df < 1e6 else normal(level)
    return quantile * math.sqrt(total)
