"""Feasible windows against the closed form, the envelope's edges and a fine search."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.decide.path import predict_path
from bartizan.decide.window import feasible_window, flight_time_s, is_in_envelope
from tests.naive import decide as naive
from tests.tables import at_height, ecef_velocity, force

pytestmark = pytest.mark.kernels


def window(plan, position, velocity, ready_s=0.0, horizon_s=240.0):
    path = np.empty((int(horizon_s / 2.0) + 1, 7))
    n = predict_path(np.concatenate([position, velocity]), 0.0, 0.0, 2.0, path)
    return feasible_window(plan, 0, 0, path, n, ready_s, np.empty(7))


@given(st.floats(20e3, 120e3), st.floats(50.0, 600.0), st.floats(3e3, 15e3))
@settings(deadline=None, max_examples=25)
def test_a_target_in_reach_is_met_where_the_quadratic_says(range_m, speed, height) -> None:
    position, velocity = at_height(range_m, 0.0, height), ecef_velocity(-speed, 0.0, 0.0)
    plan = force()
    launch_s, intercept_s, last_s = window(plan, position, velocity, ready_s=10.0)
    site = plan.unit_position_ecef_m[0]
    expected_s = naive.intercept_time(position - site, velocity, 1000.0, 10.0)
    assert launch_s == pytest.approx(10.0, abs=0.05)
    assert intercept_s == pytest.approx(expected_s, abs=0.3)  # the Earth curves in between
    assert last_s >= launch_s


def test_a_window_opens_where_the_envelope_begins() -> None:
    plan = force(interceptor_range_max_m=np.array([50e3]))
    position, velocity = at_height(80e3, 0.0, 8e3), ecef_velocity(-300.0, 0.0, 0.0)
    launch_s, intercept_s, _ = window(plan, position, velocity)
    assert intercept_s == pytest.approx((80e3 - 50e3) / 300.0, rel=0.03)  # slant, curved
    assert launch_s == pytest.approx(intercept_s - 50.0, abs=0.1)


def test_there_is_no_window_for_a_target_that_flies_away() -> None:
    plan = force(interceptor_range_max_m=np.array([50e3]))
    position, velocity = at_height(60e3, 0.0, 8e3), ecef_velocity(300.0, 0.0, 0.0)
    assert all(math.isnan(each) for each in window(plan, position, velocity))


@pytest.mark.parametrize(("height_m", "expected"), [(26.9e3, True), (27.1e3, False)])
def test_the_ceiling_is_where_the_figure_puts_it(height_m: float, expected: bool) -> None:
    position = at_height(60e3, 0.0, height_m)
    assert is_in_envelope(force(), 0, 0, *position, height_m, height_m, 600.0) is expected


@pytest.mark.parametrize(
    ("range_m", "height_m", "speed", "expected"),
    [
        (60e3, 8e3, 300.0, True),
        (2e3, 500.0, 300.0, False),  # nearer than the least range
        (245e3, 8e3, 300.0, False),  # farther than the greatest
        (60e3, 5.0, 300.0, False),  # lower than the floor
        (60e3, 50.0, 300.0, False),  # behind the horizon of the guiding radar
        (35e3, 50.0, 300.0, True),
        (60e3, 8e3, 2900.0, False),  # faster than the fastest target
    ],
)
def test_the_envelope_has_edges(range_m, height_m, speed, expected) -> None:
    position = at_height(range_m, 0.0, height_m)
    assert is_in_envelope(force(), 0, 0, *position, height_m, height_m, speed) is expected


def test_average_speed_is_linear_in_range() -> None:
    plan = force(
        interceptor_speed_near_m_s=np.array([800.0]),
        interceptor_speed_far_m_s=np.array([1200.0]),
    )
    assert flight_time_s(plan, 0, 120e3) == pytest.approx(120e3 / 1000.0)
    assert flight_time_s(plan, 0, 240e3) == pytest.approx(240e3 / 1200.0)


@given(st.floats(-90e3, 90e3), st.floats(-90e3, 90e3), st.floats(-500.0, 500.0))
@settings(deadline=None, max_examples=15)
def test_a_window_agrees_with_a_fine_search(east, north, speed) -> None:
    plan = force(interceptor_range_max_m=np.array([60e3]))
    position, velocity = at_height(east, north, 6e3), ecef_velocity(speed, 0.5 * speed, 0.0)
    found = window(plan, position, velocity, ready_s=4.0)
    times_s = np.arange(0.0, 240.0, 0.05)
    states = naive.flown([*position, *velocity], times_s)
    expected = naive.feasible_window(plan, 0, 0, times_s, states, 4.0)
    assert np.isnan(found[0]) == np.isnan(expected[0])
    if not np.isnan(found[0]):
        assert found == pytest.approx(expected, abs=2.2)  # the last launch is a path row
        assert found[1] == pytest.approx(expected[1], abs=0.1)
