"""Levels of integration side by side: what their intervals are."""

import math

import pytest
from scipy import stats

from bartizan.reports.nets import mean_and_half


def test_the_interval_of_a_mean_is_students():
    values = [3.0, 5.0, 4.0, 8.0]
    mean, half = mean_and_half(values)
    low, high = stats.t.interval(0.95, 3, 5.0, stats.sem(values))
    assert (mean - half, mean + half) == pytest.approx((low, high))


def test_one_value_has_no_interval():
    mean, half = mean_and_half([2.0])
    assert mean == 2.0
    assert math.isnan(half)
