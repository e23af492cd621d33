"""NEES: are the tracks' errors as large as their standard deviations say?

Source: Bar-Shalom, Li and Kirubarajan, Estimation with applications to tracking and navigation,
Wiley 2001, section 5.4.2.
Assumes: the errors of the axes are independent, because tables hold standard deviations only.
The mean is the number of dimensions even where they are not; the bands are then too narrow.
"""

from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats, Ints

LEVEL = 0.95


class Consistency(NamedTuple):
    """NEES of the corresponding pairs, and how much of it lies in its chi-square bands."""

    dimensions: int  # 3: position; 6: velocity too. What NEES is on average, if all is right
    mean: float
    low: float  # band of a single value at the level of 95 %
    high: float
    inside: float  # share of the values inside it
    times_inside: float  # share of the times whose mean over tracks lies in its own band
    has_one_sigma: bool  # one standard deviation for all axes: the bands are rough


def consistency(
    error: Floats, sigma: Floats, instant: Ints, has_one_sigma: bool
) -> Consistency | None:
    """Return NEES of ``error`` (n, 3 or 6) and ``sigma`` (n, 3 or 6), of what both have.

    Tracks of one time are taken as independent; the same track at two times is not.
    """
    dimensions = min(error.shape[1], sigma.shape[1])
    if not len(error):
        return None
    nees = np.square(error[:, :dimensions] / sigma[:, :dimensions]).sum(axis=1)
    low, high = band(np.array(dimensions))
    tracks = np.bincount(instant)
    total = np.bincount(instant, weights=nees)[tracks > 0]
    least, most = band(dimensions * tracks[tracks > 0])
    return Consistency(
        dimensions,
        float(nees.mean()),
        float(low),
        float(high),
        float(((nees >= low) & (nees <= high)).mean()),
        float(((total >= least) & (total <= most)).mean()),
        has_one_sigma,
    )


def band(degrees: Ints) -> tuple[Floats, Floats]:
    """Return both ends of the band that holds 95 % of chi-square of degrees of freedom."""
    from scipy.special import chdtri

    rest = 0.5 * (1.0 - LEVEL)
    # chdtri inverts the upper tail.
    return np.asarray(chdtri(degrees, 1.0 - rest)), np.asarray(chdtri(degrees, rest))
