"""What an answer hangs on: Sobol indices with intervals, and Morris screening.

Source: scipy.stats.sobol_indices (Saltelli et al. 2010; intervals by bootstrap over rows);
SALib (Herman and Usher, JOSS 2 (2017) 97) for Morris.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bartizan.arrays import Floats
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
    from scipy.stats import sobol_indices

    names = names_of(factors, is_drawn)
    table = values.reshape(n, len(names) + 2)
    f_a, f_b, f_ab = table[:, 0][None], table[:, 1][None], table[:, 2:].T[:, None, :]
    if np.ptp(values) == 0.0:
        return [_row(name, *(float("nan"),) * 6) for name in names]
    found = sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": f_ab}, n=n)
    band = found.bootstrap(confidence_level=LEVEL, n_resamples=RESAMPLES)
    first, total = band.first_order.confidence_interval, band.total_order.confidence_interval
    ends = (first.low, first.high, total.low, total.high)
    columns = [np.asarray(end).reshape(len(names)) for end in ends]
    firsts, totals = (
        np.asarray(each).reshape(len(names)) for each in (found.first_order, found.total_order)
    )
    return [
        _row(
            name,
            firsts[k],
            columns[0][k],
            columns[1][k],
            totals[k],
            columns[2][k],
            columns[3][k],
        )
        for k, name in enumerate(names)
    ]


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
