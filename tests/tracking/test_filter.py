import numpy as np
import pytest
from filterpy.kalman import KalmanFilter
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking import filter as kalman
from tests.naive.tracking import parts as naive
from tests.tracking.scene import state

pytestmark = pytest.mark.kernels
WORK = kalman.make_filter_work()
seeds = st.integers(0, 2**32 - 1)


def a_case(seed):
    rng = np.random.default_rng(seed)
    mean = state(rng.normal(size=3) * 1e5, rng.normal(size=3) * 300)
    spread = naive.random_spread(rng, 200.0, 40.0)
    R = naive.random_spread(rng, 80.0, 1.0)[:3, :3].copy()
    z = mean[:3] + rng.normal(size=3) * 200.0
    return mean, spread, z, R, float(rng.uniform(0.05, 12.0))


@given(seeds)
def test_prediction_equals_the_matrix_form(seed):
    mean, P, _, _, dt_s = a_case(seed)
    expected = naive.predict(mean, P, dt_s, 3.0, 0.7)[1]
    kalman.spread_in_time(mean, P, dt_s, 3.0, 0.7)
    np.testing.assert_allclose(P, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())


@given(seeds, st.floats(-0.3, 0.3).filter(lambda rate: abs(rate) > 1e-3))
def test_a_turn_equals_the_matrix_form(seed, rate):
    mean, P, _, _, dt_s = a_case(seed)
    F = naive.turn_transition(mean[:3], dt_s, rate)
    Q = naive.process_noise(mean[:3], dt_s, 3.0, 0.7)
    expected, spread = F @ mean, F @ P @ F.T + Q
    kalman.turn_in_time(mean, P, dt_s, rate, 3.0, 0.7, WORK)
    np.testing.assert_allclose(mean, expected, rtol=1e-12, atol=1e-6)
    np.testing.assert_allclose(P, spread, rtol=1e-9, atol=1e-9 * np.abs(spread).max())
    assert np.array_equal(P, P.T)


@given(seeds)
def test_update_equals_filterpy(seed):
    mean, P, z, R, _ = a_case(seed)
    peer = KalmanFilter(dim_x=6, dim_z=3)
    # about the state, so that rounding of Earth-sized numbers does not count
    peer.x, peer.P, peer.R = np.zeros(6), P.copy(), R
    peer.H = np.hstack([np.eye(3), np.zeros((3, 3))])
    peer.update(z - mean[:3])
    before = mean.copy()
    kalman.update(mean, P, z, R, 0.0, mean, P, WORK)
    np.testing.assert_allclose(mean - before, peer.x, rtol=1e-7, atol=1e-7)
    np.testing.assert_allclose(P, peer.P, rtol=1e-9, atol=1e-9 * np.abs(peer.P).max())


@given(seeds, st.floats(-1.0, 1.0))
def test_a_plot_of_another_moment_measures_the_state_then(seed, late_s):
    mean, P, z, R, _ = a_case(seed)
    expected, spread = naive.update(mean, P, z, R, late_s)
    kalman.update(mean, P, z, R, late_s, mean, P, WORK)
    np.testing.assert_allclose(mean, expected, rtol=1e-12, atol=1e-6)
    np.testing.assert_allclose(P, spread, rtol=1e-7, atol=1e-9 * np.abs(spread).max())


@given(seeds, st.floats(-1.0, 1.0))
def test_distance_equals_the_matrix_form_and_its_gate_only_saves_time(seed, late_s):
    mean, P, z, R, _ = a_case(seed)
    distance2, determinant = kalman.distance(mean, P, z, R, late_s, np.inf)
    expected, size = naive.distance(mean, P, z, R, late_s)
    assert distance2 == pytest.approx(expected, rel=1e-7)
    assert determinant == pytest.approx(size, rel=1e-7)
    gated, _ = kalman.distance(mean, P, z, R, late_s, 9.0)
    assert gated == distance2 or (np.isinf(gated) and distance2 > 9.0)


@given(seeds)
def test_covariance_stays_symmetric_and_positive(seed):
    rng = np.random.default_rng(seed)
    mean, P, _, _, _ = a_case(seed)
    for _ in range(40):
        R = np.diag(10.0 ** rng.uniform(-2, 7, 3))
        kalman.spread_in_time(mean, P, float(10.0 ** rng.uniform(-3, 1.5)), 1e-3, 1e-4)
        kalman.update(mean, P, mean[:3].copy(), R, 0.0, mean, P, WORK)
        assert np.array_equal(P, P.T)
        assert np.linalg.eigvalsh(P).min() > 0.0


@given(seeds)
def test_inverse_is_the_inverse(seed):
    matrix = naive.random_spread(np.random.default_rng(seed), 100.0, 1.0)[:3, :3].copy()
    inverse = np.empty((3, 3))
    kalman.invert(matrix, inverse)
    np.testing.assert_allclose(inverse @ matrix, np.eye(3), atol=1e-8)
