"""The same inputs through others' code: Stone Soup's filter and GOSPA, and a plain duel.

Stone Soup keeps each position beside its velocity; `ORDER` puts our columns into theirs.
"""

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stonesoup.metricgenerator.ospametric import GOSPAMetric
from stonesoup.models.measurement.linear import LinearGaussian
from stonesoup.models.transition.linear import (
    CombinedLinearGaussianTransitionModel,
    ConstantVelocity,
)
from stonesoup.predictor.kalman import KalmanPredictor
from stonesoup.types.detection import Detection
from stonesoup.types.hypothesis import SingleHypothesis
from stonesoup.types.state import GaussianState, State
from stonesoup.updater.kalman import KalmanUpdater

from bartizan.scoring.gospa import gospa
from bartizan.scoring.matching import make_matching
from bartizan.tracking import filter as kalman
from bartizan.verification.cases import CASES
from bartizan.verification.flight import fly, plan_of

ORDER = [0, 3, 1, 4, 2, 5]
START = datetime(2000, 1, 1)
seeds = st.integers(0, 2**32 - 1)


def a_spread(draw, n, scales):
    root = draw.normal(size=(n, n))
    spread = root @ root.T + n * np.eye(n)
    return spread * np.outer(scales, scales)


@given(seeds)
def test_predict_and_update_are_stone_soups(seed):
    draw = np.random.default_rng(seed)
    mean = np.concatenate([draw.normal(size=3) * 1e4, draw.normal(size=3) * 300.0])
    mean[:3] += (6.37e6, 0.0, 0.0)
    P = a_spread(draw, 6, [80.0] * 3 + [15.0] * 3)
    R, dt_s, noise = a_spread(draw, 3, [40.0] * 3), float(draw.uniform(0.1, 12.0)), 3.0
    ahead = mean[:3] + dt_s * mean[3:]
    z = ahead + draw.normal(size=3) * 200.0

    # about the place, so that rounding of Earth-sized numbers does not count
    model = CombinedLinearGaussianTransitionModel([ConstantVelocity(noise)] * 3)
    sensor = LinearGaussian(ndim_state=6, mapping=(0, 2, 4), noise_covar=R)
    origin = np.concatenate([mean[:3], np.zeros(3)])
    start = GaussianState((mean - origin)[ORDER], P[np.ix_(ORDER, ORDER)], START)
    then = START + timedelta(seconds=dt_s)
    dt_s = (then - START).total_seconds()
    predicted = KalmanPredictor(model).predict(start, timestamp=then)
    plot = Detection(z - mean[:3], measurement_model=sensor, timestamp=then)
    updated = KalmanUpdater(sensor).update(SingleHypothesis(predicted, plot))

    ours = mean.copy()
    kalman.spread_in_time(ours, P, dt_s, noise, noise)
    ours[:3] += dt_s * ours[3:]
    same(P, predicted.covar)
    kalman.update(ours, P, z, R, 0.0, ours, P, kalman.make_filter_work())
    same(P, updated.covar)
    off = (ours - origin)[ORDER] - np.asarray(updated.state_vector, dtype=float).ravel()
    assert abs(off).max() < 1e-7  # of 300 km: the last bits of Earth-sized numbers


def same(ours, theirs):
    theirs = np.asarray(theirs, dtype=float)
    expected = theirs[np.ix_(np.argsort(ORDER), np.argsort(ORDER))]
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9 * abs(expected).max())


@given(seeds, st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=15)
def test_gospa_is_stone_soups(seed, n, m):
    draw = np.random.default_rng(seed)
    objects, tracks = draw.normal(size=(n, 3)) * 500.0, draw.normal(size=(m, 3)) * 500.0
    found = gospa(objects, tracks, 400.0, make_matching(12, 12))
    metric = GOSPAMetric(c=400.0, p=2)
    measured, _ = metric.compute_gospa_metric(
        [State(place) for place in tracks], [State(place) for place in objects]
    )
    theirs = measured.value
    assert found.distance_m == pytest.approx(theirs["distance"], rel=1e-9)
    assert 200.0 * 400.0 * found.missed == pytest.approx(theirs["missed"])
    assert 200.0 * 400.0 * found.false == pytest.approx(theirs["false"])
    assert found.localisation_m2 == pytest.approx(theirs["localisation"], rel=1e-9)


def test_the_duel_kills_as_many_as_a_disc_and_a_draw_a_shot():
    """Thirty-two rounds, one for each: a line of NumPy beside the whole chain."""
    draw = np.random.default_rng(1)
    plain = (draw.random((20_000, 32)) < 0.7).sum(axis=1)
    assert plain.mean() == pytest.approx(22.4, abs=0.08)
    case = next(case for case in CASES if case.name == "duel-32v50")
    plan = plan_of(case)
    kills = np.concatenate([case.read(fly(case, plan, seed))["kills"] for seed in range(30)])
    error = np.hypot(plain.std() / 20_000**0.5, kills.std(ddof=1) / 30**0.5)
    assert abs(kills.mean() - plain.mean()) < 3.0 * error
    assert kills.max() <= 32
