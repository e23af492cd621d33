"""Room for a vote: one cluster of leftover plots of three scans, and a formation made of it."""

from typing import NamedTuple

from bartizan import arrays
from bartizan.arrays import Bools, Floats, Ints

PLOTS_MAX = 64  # of a scan; what is more joins the formation later
SCANS = 3


class VoteWork(NamedTuple):
    """Sets of leftover plots: 0 the scan before last, 1 the last one, 2 the new one."""

    is_visited: Bools  # (l,) leftover plots in a cluster already
    n_plot: Ints  # (3,) plots of each set
    plot: Ints  # (3, k) places of the leftover plots
    time_s: Floats  # (3,) mean time of each set
    spread: Floats  # (3, 3) mean covariance of set 0
    whitened: Floats  # (3, k, 3) positions such that errors of one have variance 1/2 an axis
    unwhiten: Floats  # (3, 3) lower triangle, turns whitened positions back
    velocity: Floats  # (3,) best so far, whitened
    nearest: Floats  # (k,) least square distance of each plot of a set
    station: Floats  # (k, 6) of each plot of set 0
    station_covariance: Floats  # (k, 6, 6)
    taken: Ints  # (k, 3) which plot of each set is its; -1: none
    row: Ints  # (k,) row of its track; -1: none yet
    mean: Floats  # (6,) scratch
    covariance: Floats  # (6, 6) scratch


def make_vote_work(n_leftover: int) -> VoteWork:
    """Return room for a vote among ``n_leftover`` plots."""
    return VoteWork(
        is_visited=arrays.flags(n_leftover),
        n_plot=arrays.counts(SCANS),
        plot=arrays.none(SCANS, PLOTS_MAX),
        time_s=arrays.zeros(SCANS),
        spread=arrays.zeros(3, 3),
        whitened=arrays.zeros(SCANS, PLOTS_MAX, 3),
        unwhiten=arrays.zeros(3, 3),
        velocity=arrays.zeros(3),
        nearest=arrays.zeros(PLOTS_MAX),
        station=arrays.zeros(PLOTS_MAX, 6),
        station_covariance=arrays.zeros(PLOTS_MAX, 6, 6),
        taken=arrays.none(PLOTS_MAX, SCANS),
        row=arrays.none(PLOTS_MAX),
        mean=arrays.zeros(6),
        covariance=arrays.zeros(6, 6),
    )
