"""Verdicts: z, power and Holm's correction, against scipy and by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from bartizan.verification.statistics import critical_z, power, rejected, two_sided_p


@given(st.floats(-8.0, 8.0))
def test_p_of_z_is_that_of_the_normal(z):
    assert two_sided_p(z) == pytest.approx(2.0 * norm.sf(abs(z)), rel=1e-9)


@given(st.floats(0.0, 10.0), st.integers(1, 100))
def test_power_is_the_share_of_simulated_rejections(error, n_test):
    draws = norm.ppf((np.arange(4000) + 0.5) / 4000) + error
    share = (draws > critical_z(0.01, n_test)).mean()
    assert power(error, 1.0, 0.01, n_test) == pytest.approx(share, abs=1e-3)


def test_without_spread_any_error_is_noticed():
    assert power(0.1, 0.0, 0.01, 5) == 1.0


def test_holm_stops_at_the_first_that_is_not_rejected():
    # By hand, level 5 %: .01 <= .05 / 4, .0125 <= .05 / 3, then .03 > .05 / 2 ends it.
    assert rejected([0.03, 0.01, 0.049, 0.0125], 0.05) == [False, True, False, True]
    assert rejected([], 0.05) == []


def test_holm_keeps_the_level_of_the_family():
    p = np.random.default_rng(1).uniform(size=(4000, 20))
    wrong = np.mean([any(rejected(list(row), 0.05)) for row in p])
    assert wrong == pytest.approx(0.05, abs=0.012)
