"""Chance and what is not known, apart: the one-way random-effects model of nested replications.

Replication j under figures draw i gives y_ij = mean + a_i + e_ij. The a_i are what is not known
(figures drawn from their bands), the e_ij are chance. With the mean squares between and within
draws, E[MSW] = var(e) and E[MSB] = var(e) + n0 var(a).

Source: Searle, Casella, McCulloch, Variance Components, Wiley 1992, ch. 3 (ANOVA estimators of
unbalanced data, interval of the intraclass correlation).
Assumes: draws are independent of each other; for the interval of the share also that both parts
are about normal.
"""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints

LEVEL = 0.95


class Spread(NamedTuple):
    """How far replications lie apart, and why."""

    chance_sd: float  # nan: not known, no draw has two replications
    figures_sd: float  # 0.0: not distinguishable from 0; nan: cannot be told
    share: float  # of the variance that the figures carry, in [0, 1]; nan: cannot be told
    share_low: float  # interval of the share
    share_high: float


NOT_KNOWN = Spread(math.nan, math.nan, math.nan, math.nan, math.nan)


class Groups(NamedTuple):
    """Values by their draw."""

    n: Floats  # (d,) replications of each draw
    mean: Floats  # (d,)
    within: float  # sum of squares about the draws' means


def grouped(values: Floats, draws: Ints) -> Groups:
    """Return values (n,) by their draws (n,)."""
    _, which = np.unique(draws, return_inverse=True)
    n = np.bincount(which).astype(np.float64)
    mean = np.bincount(which, weights=values) / n
    within = float(((values - mean[which]) ** 2).sum())
    return Groups(n, mean, within)


def spread(groups: Groups, level: float = LEVEL) -> Spread:
    """Return the two standard deviations, and the share of the variance between draws.

    Parameters
    ----------
    groups
        Two draws or more, one of them at least with two replications; else all is nan.
    level
        Of the interval of the share.
    """
    n, d = groups.n, len(groups.n)
    total = float(n.sum())
    if d < 2 or total <= d:
        return NOT_KNOWN
    mean = float((n * groups.mean).sum() / total)
    between = float((n * (groups.mean - mean) ** 2).sum()) / (d - 1)
    within = groups.within / (total - d)
    n0 = (total - float((n**2).sum()) / total) / (d - 1)
    variance = max(0.0, (between - within) / n0)
    whole = variance + within
    if whole <= 0.0:
        return Spread(0.0, 0.0, math.nan, math.nan, math.nan)
    low, high = _share_interval(between, within, n0, d - 1, total - d, level)
    return Spread(math.sqrt(within), math.sqrt(variance), variance / whole, low, high)


def _share_interval(
    between: float, within: float, n0: float, df_between: float, df_within: float, level: float
) -> tuple[float, float]:
    from scipy.special import fdtri

    if within <= 0.0:
        return 1.0, 1.0
    ratio, tail = between / within, (1.0 - level) / 2.0
    low = ratio / float(fdtri(df_between, df_within, 1.0 - tail))
    high = ratio / float(fdtri(df_between, df_within, tail))
    return _share(low, n0), _share(high, n0)


def _share(ratio: float, n0: float) -> float:
    return min(1.0, max(0.0, (ratio - 1.0) / (ratio - 1.0 + n0)))
