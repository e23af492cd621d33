import math

import numpy as np
import pytest
from filterpy.kalman import IMMEstimator, KalmanFilter
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking import imm
from bartizan.tracking.filter import make_filter_work
from bartizan.tracking.plan import Settings
from tests.naive.tracking import parts as naive
from tests.plain import plain
from tests.tracking.scene import state

pytestmark = pytest.mark.kernels
SETTINGS = Settings()
WORK = make_filter_work()
mixture_at = plain(imm.mixture_at)
seeds = st.integers(0, 2**32 - 1)


def a_mixture(rng):
    mixture = mixture_at(imm.make_mixtures(1), 0)
    mixture.probability[:] = rng.dirichlet((1.0, 1.0)) * 0.98 + 0.01
    middle = state(rng.normal(size=3) * 1e5, rng.normal(size=3) * 100)
    for model in range(2):
        mixture.mean[model] = middle + rng.normal(size=6) * (80, 80, 80, 20, 20, 20)
        mixture.covariance[model] = naive.random_spread(rng, 150.0, 30.0)
    return mixture


def empty():
    return mixture_at(imm.make_mixtures(1), 0)


def switch_matrix(dt_s):
    to_agile, to_quiet = imm.switching(SETTINGS, dt_s)
    return np.array([[1 - to_agile, to_agile], [to_quiet, 1 - to_quiet]])


@given(seeds, st.floats(0.2, 10.0))
def test_a_cycle_equals_the_textbook(seed, dt_s):
    rng = np.random.default_rng(seed)
    now, later, after = a_mixture(rng), empty(), empty()
    R = naive.random_spread(rng, 80.0, 1.0)[:3, :3].copy()
    z = now.mean[0, :3] + dt_s * now.mean[0, 3:] + rng.normal(size=3) * 150.0
    noises = [imm.model_noise(SETTINGS, model, dt_s) for model in range(2)]
    density, probability, means, covariances = naive.imm_step(
        *now, switch_matrix(dt_s), noises, dt_s, z, R
    )
    imm.predict(SETTINGS, now, dt_s, later)
    _, found = imm.likelihood(later, z, R, 0.0, np.inf)
    imm.correct(later, z, R, 0.0, after, WORK)
    assert found == pytest.approx(density, rel=1e-6)
    np.testing.assert_allclose(after.probability, probability, rtol=1e-6)
    np.testing.assert_allclose(after.mean, means, rtol=0, atol=1e-5)
    scale = np.abs(covariances).max()
    np.testing.assert_allclose(after.covariance, covariances, rtol=1e-6, atol=1e-8 * scale)


def test_a_run_of_cycles_equals_filterpy():
    rng = np.random.default_rng(3)
    now, R, dt_s = a_mixture(rng), np.diag([900.0, 400.0, 2500.0]), 1.0
    origin = np.concatenate([now.mean[0, :3], np.zeros(3)])
    noises = [imm.model_noise(SETTINGS, model, dt_s) for model in range(2)]
    filters = []
    for model in range(2):
        peer = KalmanFilter(dim_x=6, dim_z=3)
        peer.x, peer.P, peer.R = now.mean[model] - origin, now.covariance[model].copy(), R
        peer.F, peer.H = naive.transition(dt_s), np.eye(3, 6)
        peer.Q = naive.process_noise(origin[:3], dt_s, *noises[model])
        filters.append(peer)
    peers = IMMEstimator(filters, now.probability.copy(), switch_matrix(dt_s))
    later = empty()
    for k in range(1, 16):
        z = origin[:3] + k * 120.0 + rng.normal(size=3) * 30.0
        imm.predict(SETTINGS, now, dt_s, later)
        imm.correct(later, z, R, 0.0, now, WORK)
        peers.predict()
        peers.update(z - origin[:3])
    np.testing.assert_allclose(now.probability, peers.mu, rtol=1e-3)
    mean, covariance = np.empty(6), np.empty((6, 6))
    imm.blend(now, now.probability[1], mean, covariance)
    np.testing.assert_allclose(mean - origin, peers.x, rtol=1e-4, atol=0.02)
    np.testing.assert_allclose(covariance, peers.P, rtol=1e-3, atol=0.1)


@given(st.floats(0.0, 20.0), st.floats(0.0, 20.0))
def test_switching_in_two_steps_is_switching_in_one(first_s, second_s):
    joined = switch_matrix(first_s) @ switch_matrix(second_s)
    np.testing.assert_allclose(joined, switch_matrix(first_s + second_s), atol=1e-12)


def test_a_turn_makes_the_agile_model_likely():
    now = a_mixture(np.random.default_rng(1))
    start = state((30e3, 0.0, 5e3), (0.0, 250.0, 0.0))
    now.mean[:] = start
    now.covariance[:] = np.diag([900.0] * 3 + [25.0] * 3)
    later, R = empty(), 400.0 * np.eye(3)
    for k in range(1, 6):
        angle = 0.12 * k
        place = state(
            (30e3 + 2083.0 * (1 - math.cos(angle)), 2083.0 * math.sin(angle), 5e3), (0, 0, 0)
        )
        imm.predict(SETTINGS, now, 1.0, later)
        imm.correct(later, place[:3], R, 0.0, now, WORK)
    assert now.probability[1] > 0.7
