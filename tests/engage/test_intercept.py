"""Predicted intercepts against the quadratic of constant speeds and a root finder."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from bartizan.engage.intercept import corrected_s, intercept_time_s, lateness_s
from tests.naive import decide as naive
from tests.tables import at_height, ecef_velocity, force

pytestmark = pytest.mark.kernels


@given(st.floats(10e3, 90e3), st.floats(-500.0, 500.0), st.floats(-500.0, 500.0))
@settings(deadline=None, max_examples=25)
def test_intercept_is_where_the_quadratic_says(range_m, east, north) -> None:
    plan = force()
    position, velocity = at_height(range_m, 0.0, 9e3), ecef_velocity(east, north, 0.0)
    mean = np.concatenate([position, velocity])
    found = intercept_time_s(plan, 0, 0, mean, 0.0, 7.0)
    site = plan.unit_position_ecef_m[0]
    offset = position - site
    expected = naive.intercept_time(offset, velocity, 1000.0, 7.0)
    assert found == pytest.approx(expected, rel=0.01)


def test_intercept_is_a_root_of_lateness() -> None:
    plan = force(interceptor_speed_near_m_s=np.array([700.0]))
    mean = np.concatenate([at_height(70e3, 20e3, 5e3), ecef_velocity(-280.0, 30.0, 0.0)])
    found = intercept_time_s(plan, 0, 0, mean, 0.0, 3.0)

    def late(time_s: float) -> float:
        return lateness_s(plan, 0, 0, mean, 0.0, 3.0, time_s)

    assert found == pytest.approx(brentq(late, 3.0, 200.0), abs=1e-6)
    assert corrected_s(plan, 0, 0, mean, 0.0, 3.0, found + 1.0) == pytest.approx(
        found, abs=0.02
    )


def test_what_outruns_the_round_is_never_met() -> None:
    mean = np.concatenate([at_height(50e3, 0.0, 15e3), ecef_velocity(1500.0, 0.0, 0.0)])
    assert np.isnan(intercept_time_s(force(), 0, 0, mean, 0.0, 0.0))
