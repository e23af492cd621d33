"""The mean or the probability of a measure with its interval, and the band of its values.

Replications of one draw of the figures are alike, so that draws are what is counted: the
variance of the mean is that between draws, its degrees of freedom are draws − 1.

Source: Cochran, Sampling Techniques, 3rd ed., 1977, ch. 9-10 (clusters of unequal size); Korn
and Graubard, Survey Methodology 24 (1998) 193 (effective size of a sample for a proportion);
Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.studies.spread import LEVEL, Groups, Spread, grouped, spread

BAND = 0.95
"""The share of all replications that the total band holds."""


class Estimate(NamedTuple):
    """What a study says of one measure; nan where it cannot say it."""

    mean: float
    low: float  # interval of the mean
    high: float
    n: int  # replications with a value
    n_draw: int
    sd: float  # of all replications
    band_low: float  # total band: chance and what is not known
    band_high: float
    median: float
    least: float
    most: float
    is_probability: bool
    spread: Spread


def estimate(
    values: Floats, draws: Ints, is_probability: bool = False, level: float = LEVEL
) -> Estimate:
    """Return the estimate of a measure.

    Parameters
    ----------
    values
        (n,); nan where a replication has no value, which counts as not there.
    draws
        (n,) figures draw of each; where figures are settled, a number of its own.
    is_probability
        Whether values are 0 or 1.
    level
        Of the interval.
    """
    there = ~np.isnan(values)
    values, draws = values[there], draws[there]
    if not len(values):
        nan = math.nan
        return Estimate(nan, nan, nan, 0, 0, *(nan,) * 6, is_probability, spread(_NONE))
    groups = grouped(values, draws)
    mean = float(values.mean())
    low, high = interval(groups, is_probability, level)
    in_order = np.sort(values)
    tail = (1.0 - BAND) / 2.0
    return Estimate(
        mean, low, high, len(values), len(groups.n),
        float(values.std(ddof=1)) if len(values) > 1 else math.nan,
        quantile(in_order, tail), quantile(in_order, 1.0 - tail), quantile(in_order, 0.5),
        float(in_order[0]), float(in_order[-1]), is_probability, spread(groups),
    )  # fmt: skip


_NONE = Groups(np.zeros(0), np.zeros(0), 0.0)


def quantile(in_order: Floats, share: float) -> float:
    """Return the least value that a share of all does not exceed: one that occurred."""
    place = math.ceil(share * len(in_order) - 1e-9) - 1
    return float(in_order[min(max(place, 0), len(in_order) - 1)])


def interval(groups: Groups, is_probability: bool, level: float = LEVEL) -> tuple[float, float]:
    """Return the interval of the mean over draws; nan with fewer than two of them."""
    d = len(groups.n)
    if d < 2:
        return math.nan, math.nan
    mean, variance = mean_and_variance(groups)
    t = student(d - 1, level)
    if is_probability:
        return _wilson(mean, _effective(groups, mean, variance, t, level), level)
    half = t * math.sqrt(variance)
    return mean - half, mean + half


def mean_and_variance(groups: Groups) -> tuple[float, float]:
    """Return the mean over all replications, and the variance of that mean between draws."""
    d, total = len(groups.n), float(groups.n.sum())
    mean = float((groups.n * groups.mean).sum() / total)
    squares = float((groups.n**2 * (groups.mean - mean) ** 2).sum())
    return mean, squares / total**2 * d / (d - 1)


def student(df: float, level: float = LEVEL) -> float:
    """Return the quantile of Student's distribution of a two-sided interval."""
    from scipy.special import stdtrit

    return float(stdtrit(df, 0.5 + level / 2.0))


def normal(level: float = LEVEL) -> float:
    """Return the quantile of the normal distribution of a two-sided interval."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2.0))


def _effective(groups: Groups, mean: float, variance: float, t: float, level: float) -> float:
    """Return how many independent replications would say as much about a probability.

    Where all agree, nothing tells how alike those of a draw are: each draw counts as one.
    """
    d, total = len(groups.n), float(groups.n.sum())
    if d == total:
        return total
    plain = mean * (1.0 - mean)
    size = plain / variance if variance > 0.0 and plain > 0.0 else float(d)
    return min(max(size, float(d)), total) * (normal(level) / t) ** 2


def _wilson(p: float, n: float, level: float) -> tuple[float, float]:
    z = normal(level)
    centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n)
    half = z * math.sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n)
    return max(0.0, centre - half) if p > 0.0 else 0.0, min(
        1.0, centre + half
    ) if p < 1.0 else 1.0


def document_of(found: Estimate) -> dict[str, Any]:
    """Return an estimate as plain data."""
    plain = found._asdict()
    return {**{k: v for k, v in plain.items() if k != "spread"}, **found.spread._asdict()}
