"""How sure a verdict is: z, power, and a correction for asking many questions at once.

Source: Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
Statistics 6, 1979. Assumes: means of many independent values are normal.
"""

import math
from collections.abc import Sequence
from statistics import NormalDist

_NORMAL = NormalDist()


def two_sided_p(z: float) -> float:
    """Return the probability of a |z| at least as large, if theory is right."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def critical_z(level: float, n_test: int) -> float:
    """Return the |z| that rejects one of ``n_test`` at a family-wise ``level`` (Bonferroni)."""
    return _NORMAL.inv_cdf(1.0 - level / (2.0 * n_test))


def power(error: float, standard_error: float, level: float, n_test: int) -> float:
    """Return the probability that an error of the theory's value is noticed.

    Parameters
    ----------
    error
        Size of the error, in the quantity's unit, >= 0.
    standard_error
        Of the simulated mean, in the same unit, >= 0.
    level, n_test
        As for `critical_z`, the strictest of Holm's steps.
    """
    if standard_error == 0.0:
        return 1.0
    return _NORMAL.cdf(error / standard_error - critical_z(level, n_test))


def rejected(p_values: Sequence[float], level: float) -> list[bool]:
    """Return which hypotheses Holm's procedure rejects at a family-wise ``level``."""
    order = sorted(range(len(p_values)), key=lambda k: p_values[k])
    answer = [False] * len(p_values)
    for rank, k in enumerate(order):
        if p_values[k] > level / (len(p_values) - rank):
            break
        answer[k] = True
    return answer
