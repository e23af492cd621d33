"""What an answer hangs on: slopes as SciPy has them, and few false alarms among many causes."""

import numpy as np
import pytest
from scipy import stats

from bartizan.studies.influence import effects, means_by, most_extreme


def test_an_effect_is_the_slope_from_the_tenth_to_the_ninetieth_hundredth():
    rng = np.random.default_rng(1)
    x = rng.uniform(10.0, 20.0, 40)
    y = 3.0 * x + rng.normal(size=40)
    (found,) = effects({"x": x}, y, np.ones(40))
    line = stats.linregress(x, y)
    low, high = np.quantile(x, [0.1, 0.9])
    assert found.change == pytest.approx(line.slope * (high - low))
    half = stats.t.ppf(0.975, 38) * line.stderr * (high - low)
    assert found.half_width == pytest.approx(half)
    assert found.is_sure
    assert (found.low, found.high) == pytest.approx((low, high))


def test_weights_count_as_many_replications():
    x, y = np.array([0.0, 1.0, 2.0, 4.0, 5.0]), np.array([0.0, 2.0, 1.0, 5.0, 4.0])
    weights = np.array([1.0, 3.0, 1.0, 2.0, 1.0])
    (found,) = effects({"x": x}, y, weights)
    repeated = np.repeat(np.arange(5), weights.astype(int))
    slope = stats.linregress(x[repeated], y[repeated]).slope
    assert found.change == pytest.approx(slope * (found.high - found.low))


def test_among_hundreds_of_idle_causes_one_in_twenty_studies_accuses_any():
    rng = np.random.default_rng(7)
    accused = 0
    for _ in range(60):
        causes = {str(k): rng.uniform(size=30) for k in range(60)}
        found = effects(causes, rng.normal(size=30), np.ones(30))
        accused += any(each.is_sure for each in found)
    assert stats.binomtest(accused, 60, 0.05).pvalue > 0.001


def test_a_cause_that_matters_is_found_among_idle_ones():
    rng = np.random.default_rng(3)
    causes = {str(k): rng.uniform(size=40) for k in range(150)}
    y = 8.0 * causes["17"] + rng.normal(size=40)
    found = effects(causes, y, np.ones(40))
    assert found[0].name == "17"
    assert next(each.name for each in most_extreme(found, 12, 3)) == "17"
    assert len(most_extreme(found, 12, 3)) == 3


def test_what_does_not_vary_or_is_not_there_is_left_out():
    y = np.array([1.0, np.nan, 2.0, 4.0, 3.0, 5.0])
    x = np.arange(6.0)
    found = effects({"x": x, "flat": np.ones(6)}, y, np.ones(6))
    assert [each.name for each in found] == ["x"]
    there = ~np.isnan(y)
    slope = stats.linregress(x[there], y[there]).slope
    assert found[0].change == pytest.approx(slope * (found[0].high - found[0].low))
    assert effects({"x": x[:3]}, y[:3], np.ones(3)) == []


def test_means_are_those_of_each_draw():
    values = np.array([1.0, 3.0, np.nan, 5.0, 7.0])
    named, means, n = means_by(values, np.array([4, 4, 4, 9, 2]))
    assert named.tolist() == [2, 4, 9]
    assert means.tolist() == [7.0, 2.0, 5.0]
    assert n.tolist() == [1.0, 2.0, 1.0]
