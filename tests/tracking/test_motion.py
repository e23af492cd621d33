import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking import motion
from bartizan.tracking.tracks import make_tracks
from tests.naive.tracking import parts as naive
from tests.naive.tracking import places
from tests.tracking.scene import state

pytestmark = pytest.mark.kernels


@given(st.floats(0.0, 40.0), st.floats(800.0, 3000.0), st.floats(-1.2, 1.2))
def test_an_arc_equals_the_integrated_one(duration_s, speed_m_s, climb_rad):
    velocity = (0.0, speed_m_s * math.cos(climb_rad), speed_m_s * math.sin(climb_rad))
    start = state((100e3, 20e3, 60e3), velocity)
    found = np.array(motion.extrapolated(start, duration_s))
    expected = naive.fall(start, duration_s) if duration_s > 0.0 else start
    np.testing.assert_allclose(found[:3], expected[:3], rtol=0, atol=0.5)
    np.testing.assert_allclose(found[3:], expected[3:], rtol=0, atol=0.05)


@pytest.mark.parametrize("duration_s", [-9.0, 0.0, 2.5, 4.0, 31.0])
def test_a_fall_equals_its_slow_twin(duration_s):
    start = state((100e3, 20e3, 60e3), (300.0, 900.0, 1200.0))
    expected = places.extrapolated(start, duration_s)
    np.testing.assert_allclose(motion.fallen(*start, duration_s), expected, rtol=1e-12)
    np.testing.assert_allclose(motion.extrapolated(start, duration_s), expected, rtol=1e-12)


def test_a_fall_there_and_back_is_where_it_was():
    start = state((100e3, 20e3, 60e3), (300.0, 900.0, 1200.0))
    there = motion.fallen(*start, 90.0)
    np.testing.assert_allclose(motion.fallen(*there, -90.0), start, rtol=1e-9, atol=1e-6)


def test_a_slow_state_goes_straight_on():
    start = state((30e3, 20e3, 9e3), (200.0, 100.0, -5.0))
    found = np.array(motion.extrapolated(start, 12.0))
    np.testing.assert_allclose(found[:3], start[:3] + 12.0 * start[3:])
    np.testing.assert_array_equal(found[3:], start[3:])


@pytest.mark.parametrize(
    ("height_m", "velocity", "falls"),
    [
        (9e3, (250.0, 0.0, 0.0), False),  # airliner
        (15e3, (0.0, 690.0, 0.0), False),  # fast aircraft
        (200.0, (900.0, 0.0, 0.0), False),  # supersonic cruise missile
        (50e3, (1800.0, 0.0, 0.0), True),  # near the apogee of an arc
        (5e3, (1200.0, 0.0, -1200.0), True),  # coming down
        (3e3, (0.0, 1000.0, 900.0), True),  # going up
    ],
)
def test_what_falls_is_fast_and_high_or_steep(height_m, velocity, falls):
    assert motion.is_ballistic(*state((10e3, 0.0, height_m), velocity)) == falls


def test_position_sigma_grows_with_the_velocity_error():
    tracks = make_tracks(1)
    tracks.time_s[0] = 10.0
    tracks.covariance[0] = np.diag([100.0, 100.0, 100.0, 4.0, 4.0, 4.0])
    assert motion.position_sigma_m(tracks, 0, 10.0) == pytest.approx(10.0)
    assert motion.position_sigma_m(tracks, 0, 15.0) == pytest.approx(math.sqrt(200.0))


def test_a_track_is_predicted_from_its_own_time():
    tracks = make_tracks(2)
    tracks.time_s[1], tracks.mean[1] = 4.0, state((30e3, 0.0, 3e3), (100.0, 0.0, 0.0))
    expected = state((30e3 + 300.0, 0.0, 3e3), (100.0, 0.0, 0.0))
    np.testing.assert_allclose(motion.predicted(tracks, 1, 7.0), expected, atol=1e-6)
