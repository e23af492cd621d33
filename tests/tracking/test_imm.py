import math

import numpy as np
import pytest
from filterpy.kalman import IMMEstimator, KalmanFilter
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking import imm
from bartizan.tracking.plan import Settings
from bartizan.tracking.switching import fill_switching, make_switching
from tests.naive.tracking import models as naive
from tests.naive.tracking import parts
from tests.plain import plain
from tests.tracking.scene import state

pytestmark = pytest.mark.kernels
SETTINGS = Settings()
WORK = imm.make_imm_work()
mixture_at = plain(imm.mixture_at)
seeds = st.integers(0, 2**32 - 1)


def a_mixture(rng, used=(0, 1, 2)):
    mixture = empty()
    mixture.probability[list(used)] = rng.dirichlet(np.ones(len(used))) * 0.97 + 0.01
    mixture.probability[:] /= mixture.probability.sum()
    middle = state(rng.normal(size=3) * 1e5, rng.normal(size=3) * 100)
    for model in range(5):
        mixture.mean[model] = middle + rng.normal(size=6) * (80, 80, 80, 20, 20, 20)
        mixture.covariance[model] = parts.random_spread(rng, 150.0, 30.0)
    return mixture


def empty():
    return mixture_at(imm.make_mixtures(1), 0)


def listed(mixture):
    """The models as the twin has them."""
    rows = zip(*(column.copy() for column in mixture), strict=True)
    return [(p, mean, P) if p > 0.0 else None for p, mean, P in rows]


def assert_equal(mixture, models, used):
    for model in used:
        p, mean, P = models[model]
        assert mixture.probability[model] == pytest.approx(p, rel=1e-6)
        np.testing.assert_allclose(mixture.mean[model], mean, rtol=0, atol=1e-5)
        scale = np.abs(P).max()
        np.testing.assert_allclose(mixture.covariance[model], P, rtol=1e-6, atol=1e-8 * scale)


@given(seeds, st.floats(0.2, 10.0), st.sampled_from([(0, 1, 2), (0,), (0, 1, 2, 4)]))
def test_a_cycle_equals_the_textbook(seed, dt_s, used):
    rng = np.random.default_rng(seed)
    now, later, after = a_mixture(rng, used), empty(), empty()
    mean, P = naive.moments(listed(now))
    R = parts.random_spread(rng, 80.0, 1.0)[:3, :3].copy()
    z = mean[:3] + dt_s * mean[3:] + rng.normal(size=3) * 150.0
    station = parts.transition(dt_s) @ mean, P
    later.mean[4], later.covariance[4] = station
    expected = naive.predicted(SETTINGS, listed(now), dt_s, station)
    imm.predict(SETTINGS, now, mean, dt_s, later, WORK)
    active = [model for model in range(5) if expected[model] is not None]
    assert active == list(np.flatnonzero(later.probability))
    assert_equal(later, expected, active)
    found = imm.likelihood(later, 0, 5, z, R, 0.0, 1e9)
    assert found == pytest.approx(naive.density(expected, z, R, 0.0, np.inf), rel=1e-6)
    density = imm.correct(later, z, R, 0.0, after, WORK.filter)
    assert density == pytest.approx(naive.evidence(expected, z, R, 0.0), rel=1e-6)
    corrected = naive.corrected(expected, z, R, 0.0)
    assert_equal(after, corrected, [model for model in active if model < 4])
    assert after.probability.sum() == pytest.approx(1.0)


@given(seeds, st.floats(0.2, 10.0))
def test_what_is_fast_and_high_glides_or_falls(seed, dt_s):
    rng = np.random.default_rng(seed)
    now, later = a_mixture(rng, (0, 1, 2, 3)), empty()
    now.mean[:] += state((0.0, 0.0, 60e3), (0.0, 1500.0, 300.0)) - now.mean[0]
    expected = naive.predicted(SETTINGS, listed(now), dt_s)
    imm.predict(SETTINGS, now, naive.moments(listed(now))[0], dt_s, later, WORK)
    assert expected[3] is not None
    assert_equal(later, expected, range(4))


def test_a_run_of_cycles_equals_filterpy():
    """Straight flight and turns; the peer is given each model's matrices anew."""
    rng = np.random.default_rng(3)
    now, R, dt_s = a_mixture(rng), np.diag([900.0, 400.0, 2500.0]), 1.0
    origin = np.concatenate([now.mean[0, :3], np.zeros(3)])
    filters = []
    for model in range(3):
        peer = KalmanFilter(dim_x=6, dim_z=3)
        peer.x, peer.P, peer.R = now.mean[model] - origin, now.covariance[model].copy(), R
        peer.H = np.eye(3, 6)
        filters.append(peer)
    switch = parts.switch_matrix(SETTINGS, dt_s, False, False)[:3, :3]
    peers = IMMEstimator(filters, now.probability[:3].copy(), switch)
    later, mean, covariance = empty(), np.empty(6), np.empty((6, 6))
    for k in range(1, 16):
        z = origin[:3] + k * 120.0 + rng.normal(size=3) * 30.0
        imm.blend(now, mean, covariance)
        imm.predict(SETTINGS, now, mean, dt_s, later, WORK)
        for model, peer in enumerate(peers.filters):
            start = sum(w * one.x for w, one in zip(peers.omega.T[model], filters, strict=True))
            place, noises = origin[:3] + start[:3], imm.model_noise(SETTINGS, model, dt_s)
            peer.F = transition(model, place, start[3:], dt_s)
            peer.Q = parts.process_noise(place, dt_s, *noises)
        peers.predict()
        imm.correct(later, z, R, 0.0, now, WORK.filter)
        peers.update(z - origin[:3])
    # of ours no model is ever less likely than 1e-9
    np.testing.assert_allclose(now.probability[:3], peers.mu, rtol=1e-6, atol=1e-8)
    imm.blend(now, mean, covariance)
    np.testing.assert_allclose(mean - origin, peers.x, rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(covariance, peers.P, rtol=1e-6, atol=1e-6)


def transition(model, place, velocity, dt_s):
    if model == 0:
        return parts.transition(dt_s)
    up = place / np.linalg.norm(place)
    level = np.linalg.norm(velocity - up * (up @ velocity))
    rate = min(SETTINGS.turn_acceleration_m_s2 / level, SETTINGS.turn_rate_max_rad_s)
    return parts.turn_transition(place, dt_s, rate if model == 1 else -rate)


@given(st.floats(0.0, 20.0), st.floats(0.0, 20.0))
def test_switching_in_two_steps_is_switching_in_one(first_s, second_s):
    for is_falling in (False, True):
        n = 4 if is_falling else 3
        steps = []
        for dt_s in (first_s, second_s, first_s + second_s):
            switching = make_switching()
            fill_switching(SETTINGS, dt_s, is_falling, False, switching)
            steps.append(switching.probability[:n, :n].copy())
        np.testing.assert_allclose(steps[0] @ steps[1], steps[2], atol=1e-12)


@given(st.floats(0.0, 20.0), st.booleans(), st.booleans())
def test_switching_is_the_chain_of_its_rates(dt_s, is_falling, is_member):
    switching = make_switching()
    fill_switching(SETTINGS, dt_s, is_falling, is_member, switching)
    expected = parts.switch_matrix(SETTINGS, dt_s, is_falling, is_member)
    np.testing.assert_allclose(switching.probability, expected, atol=1e-12)
    np.testing.assert_allclose(switching.probability.sum(axis=1), 1.0, atol=1e-12)


def test_a_turn_makes_its_model_likely():
    now = a_mixture(np.random.default_rng(1))
    start = state((30e3, 0.0, 5e3), (0.0, 250.0, 0.0))
    now.mean[:] = start
    now.covariance[:] = np.diag([900.0] * 3 + [25.0] * 3)
    later, R, mean, covariance = empty(), 400.0 * np.eye(3), start.copy(), np.empty((6, 6))
    for k in range(1, 6):
        angle = 0.12 * k
        place = state(
            (30e3 + 2083.0 * (1 - math.cos(angle)), 2083.0 * math.sin(angle), 5e3), (0, 0, 0)
        )
        imm.predict(SETTINGS, now, mean, 1.0, later, WORK)
        imm.correct(later, place[:3], R, 0.0, now, WORK.filter)
        imm.blend(now, mean, covariance)
    assert now.probability[2] > 0.8  # from north to east is to the right
