"""Intervals cover the truth as often as they say, on cases with known answers."""

import math

import numpy as np
import pytest
from scipy import stats

from bartizan.studies.estimate import estimate, quantile
from bartizan.studies.paired import paired, unpaired
from bartizan.studies.spread import grouped, spread
from tests.studies.samples import counts, covered, nested, truths

REPEATS = 1500
# Three standard errors of a share of 95 % over so many repeats.
SLACK = 3.0 * math.sqrt(0.05 * 0.95 / REPEATS)


def test_the_interval_of_a_mean_is_students_over_draws():
    values, draws = nested(np.random.default_rng(1), 12, 5, 2.0, 3.0)
    found = estimate(values, draws)
    means = values.reshape(12, 5).mean(axis=1)
    low, high = stats.t.interval(0.95, 11, means.mean(), stats.sem(means))
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.mean == pytest.approx(values.mean())


@pytest.mark.parametrize("figures_sd", [0.0, 0.5, 3.0])
def test_intervals_of_means_cover_whatever_is_not_known(figures_sd):
    def once(rng):
        found = estimate(*nested(rng, 8, 5, figures_sd, 1.0))
        return found.low <= 10.0 <= found.high

    assert covered(REPEATS, 2, once) == pytest.approx(0.95, abs=SLACK)


def test_with_a_last_draw_of_fewer_replications_intervals_still_cover():
    def once(rng):
        values, draws = nested(rng, 10, 5, 2.0, 1.0)
        found = estimate(values[:-3], draws[:-3])
        return found.low <= 10.0 <= found.high

    assert covered(REPEATS, 3, once) == pytest.approx(0.95, abs=SLACK + 0.01)


def test_intervals_of_skewed_counts_cover_nearly():
    def once(rng):
        found = estimate(*counts(rng, 20, 5))
        return found.low <= 10.0 <= found.high

    assert covered(REPEATS, 4, once) > 0.92


@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0), (0.5, 4.5), (20.0, 20.0)])
def test_intervals_of_probabilities_cover(a, b):
    def once(rng):
        found = estimate(*truths(rng, 20, 5, a, b), is_probability=True)
        return found.low <= a / (a + b) <= found.high

    assert covered(REPEATS, 5, once) > 0.95 - SLACK - 0.015


def test_a_probability_that_never_failed_is_as_sure_as_its_draws():
    found = estimate(np.zeros(100), np.repeat(np.arange(20), 5), is_probability=True)
    assert found.low == 0.0
    assert 0.1 < found.high < 0.25  # 20 draws, not 100 replications


def test_the_parts_of_the_variance_are_those_of_searle():
    values, draws = nested(np.random.default_rng(6), 40, 5, 2.0, 3.0)
    table = values.reshape(40, 5)
    within = table.var(axis=1, ddof=1).mean()
    between = 5.0 * table.mean(axis=1).var(ddof=1)
    found = spread(grouped(values, draws))
    assert found.chance_sd == pytest.approx(math.sqrt(within))
    assert found.figures_sd == pytest.approx(math.sqrt((between - within) / 5.0))


@pytest.mark.parametrize("sizes", [(5, 5, 5, 2), (5,) * 30])
def test_the_parts_are_unbiased_in_balance_or_not(sizes):
    rng = np.random.default_rng(7)
    draws = np.repeat(np.arange(len(sizes)), sizes)

    def parts():
        a = rng.normal(0.0, 2.0, len(sizes))
        found = spread(grouped(a[draws] + rng.normal(0.0, 1.0, len(draws)), draws))
        return found.figures_sd**2, found.chance_sd**2

    figures, chance = np.mean([parts() for _ in range(4000)], axis=0)
    assert chance == pytest.approx(1.0, rel=0.05)
    assert figures == pytest.approx(4.0, rel=0.08)


def test_the_interval_of_the_share_covers():
    def once(rng):
        found = spread(grouped(*nested(rng, 15, 5, 2.0, 2.0)))
        return found.share_low <= 0.5 <= found.share_high

    assert covered(REPEATS, 8, once) == pytest.approx(0.95, abs=SLACK)


def test_a_negative_part_is_told_as_nothing():
    values = np.tile([1.0, 2.0, 3.0, 4.0, 5.0], 6)
    found = spread(grouped(values, np.repeat(np.arange(6), 5)))
    assert (found.figures_sd, found.share, found.share_low) == (0.0, 0.0, 0.0)


def test_one_draw_tells_no_interval_and_no_parts():
    found = estimate(np.array([1.0, 2.0, 3.0]), np.zeros(3, np.int64))
    assert found.mean == 2.0
    assert math.isnan(found.low)
    assert math.isnan(found.spread.share)


def test_replications_without_a_value_do_not_count():
    found = estimate(np.array([1.0, np.nan, 3.0]), np.array([0, 1, 2]))
    assert (found.n, found.mean) == (2, 2.0)
    assert estimate(np.array([np.nan]), np.array([0])).n == 0


def test_the_band_holds_its_share_of_what_occurred():
    in_order = np.arange(1.0, 1001.0)
    assert (quantile(in_order, 0.025), quantile(in_order, 0.975)) == (25.0, 975.0)
    assert quantile(np.array([4.0]), 0.975) == 4.0


def test_pairs_cover_and_save_what_they_share():
    saved = []

    def once(rng):
        values, draws = nested(rng, 10, 5, 2.0, 2.0)
        found = paired(values, values + 1.0 + rng.normal(0.0, 0.5, 50), draws)
        saved.append(found.saved)
        return found.low <= 1.0 <= found.high

    assert covered(REPEATS, 9, once) == pytest.approx(0.95, abs=SLACK)
    assert np.median(saved) > 20.0


def test_samples_of_their_own_cover_too():
    def once(rng):
        found = unpaired(
            *nested(rng, 10, 5, 2.0, 1.0), *nested(rng, 20, 5, 1.0, 2.0, mean=12.0)
        )
        return found.low <= 2.0 <= found.high

    assert covered(REPEATS, 10, once) == pytest.approx(0.95, abs=SLACK)
