"""What an answer hangs on: Sobol indices with intervals, and Morris screening.

Source: Saltelli et al., Comput. Phys. Commun. 181 (2010) 259, table 2 (b) and (f), as in
scipy.stats.sobol_indices, against which it is tested; SALib (Herman and Usher, JOSS 2 (2017)
97) for Morris. Intervals of indices are percentiles of a bootstrap over rows.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bartizan.arrays import Floats, Ints
from bartizan.studies.samples import Factor, names_of, problem, salib
from bartizan.studies.spread import LEVEL

RESAMPLES = 999


def sobol(
    values: Floats, factors: Sequence[Factor], n: int, is_drawn: bool, seed: int
) -> list[dict[str, Any]]:
    """Return first-order and total indices of each factor, chance and figures, with intervals.

    Parameters
    ----------
    values
        (n (d + 2),) one of each arm, in the order of `samples.index_arms`.
    factors
        Of the design.
    n
        Rows.
    is_drawn
        Whether figures are a factor.
    seed
        Of the bootstrap.
    """
    names = names_of(factors, is_drawn)
    table = values.reshape(n, len(names) + 2)
    columns = indices_of(table)
    chosen = _resampled(n, seed)
    low, high = np.empty((2, len(names))), np.empty((2, len(names)))
    for k in range(len(names)):
        again = np.array([indices_of(table[rows][:, [0, 1, 2 + k]]) for rows in chosen])
        tails = [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0]
        low[:, k], high[:, k] = np.quantile(again[:, :, 0], tails, axis=0)
    return [
        _row(name, *(float(x[kind, k]) for kind in (0, 1) for x in (columns, low, high)))
        for k, name in enumerate(names)
    ]


def indices_of(table: Floats) -> Floats:
    """Return first-order and total indices (2, d) of rows (n, d + 2): A, B, A with each of B's.

    They are nan where nothing varies.
    """
    a, b, mixed = table[:, 0], table[:, 1], table[:, 2:]
    both = np.concatenate([a, b])
    mean, variance = both.mean(), both.var()
    if variance <= 0.0:
        return np.full((2, mixed.shape[1]), np.nan)
    gap = mixed - a[:, None]
    first = ((b - mean)[:, None] * gap).mean(axis=0)
    total = (gap**2).mean(axis=0) / 2.0
    return np.asarray(np.stack([first, total]) / variance)


def _resampled(n: int, seed: int) -> Ints:
    """Return rows drawn with replacement, (RESAMPLES, n)."""
    from scipy.stats import randint

    return np.asarray(randint.rvs(0, n, size=(RESAMPLES, n), random_state=seed))


def _row(name: str, *numbers: float) -> dict[str, Any]:
    keys = ("first", "first_low", "first_high", "total", "total_low", "total_high")
    return {"factor": name, **dict(zip(keys, map(float, numbers), strict=True))}


def morris(
    values: Floats, points: Floats, factors: Sequence[Factor], seed: int
) -> list[dict[str, Any]]:
    """Return mean, mean size and spread of the elementary effects of each factor.

    Parameters
    ----------
    values
        (n (d + 1),) one of each arm, in the order of `samples.morris_arms`.
    points
        (n (d + 1), d).
    factors
        Of the design.
    seed
        Of the bootstrap.
    """
    analyse = salib("SALib.analyze.morris").analyze
    found: Mapping[str, Any] = analyse(
        problem(factors), points, values, num_levels=4, conf_level=LEVEL, seed=seed
    )
    return [
        {
            "factor": factor.path,
            "effect": float(found["mu"][k]),
            "size": float(found["mu_star"][k]),
            "size_half_width": float(found["mu_star_conf"][k]),
            "spread": float(found["sigma"][k]),
        }
        for k, factor in enumerate(factors)
    ]
