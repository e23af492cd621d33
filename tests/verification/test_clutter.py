"""The theory of false tracks: against pairs drawn at random, and within Wald's bound."""

import math

import numpy as np
import pytest

from bartizan.verification import clutter
from bartizan.verification.clutter import ALARMS, SEEN, SETTINGS, share_confirmed


def drawn_share(rng, settings, alarms, n=400_000):
    """The share from n pairs in the radar's view, the second near the first."""
    r = rng.uniform(clutter.RANGE_MIN_M, clutter.RANGE_MAX_M, n)
    e = rng.uniform(0.0, clutter.SPAN_RAD, n)
    span_m = clutter.RANGE_MAX_M - clutter.RANGE_MIN_M
    box_m = np.array([5e3, 5e3, 1.5e3])
    off_m = rng.uniform(-1.0, 1.0, (n, 3)) * box_m
    place_m = np.stack([r * np.cos(e), 0.0 * r, r * np.sin(e)], 1) + off_m
    then_r = np.linalg.norm(place_m, axis=1)
    then_e = np.arcsin(place_m[:, 2] / then_r)
    is_seen = (then_r > clutter.RANGE_MIN_M) & (then_r < clutter.RANGE_MAX_M)
    is_seen &= (then_e > 0.0) & (then_e < clutter.SPAN_RAD)
    power = -math.log(clutter.PFA) + rng.exponential(size=(2, n))
    scale = clutter.SIGMA_FLOOR**2 + clutter.SNR_REFERENCE / (power - 1.0)
    plots_m2 = (scale * (clutter.SIGMA_ANGLE_RAD * np.array([r, then_r])) ** 2).sum(axis=0)
    known_m2 = (settings.start_speed_sigma_m_s * clutter.SCAN_S) ** 2
    climb_m2 = (settings.start_climb_sigma_m_s * clutter.SCAN_S) ** 2
    variances = np.stack([known_m2 + 0.0 * r, known_m2 + plots_m2, climb_m2 + plots_m2], 1)
    density = np.exp(-0.5 * (off_m**2 / variances).sum(axis=1))
    density /= np.sqrt((2.0 * math.pi) ** 3 * variances.prod(axis=1))
    per_cell = alarms / (span_m * 2.0 * math.pi * clutter.SPAN_RAD)
    chance = per_cell / (then_r**2 * np.cos(then_e))
    is_sure = SEEN * density / chance > 1.0 / settings.false_track_probability
    return (8.0 * box_m.prod() * chance * (is_seen & is_sure)).mean()


@pytest.mark.parametrize("alarms", [ALARMS, 3.0])
@pytest.mark.parametrize("probability", [0.05, 0.01])
def test_the_share_is_that_of_pairs_drawn_at_random(alarms, probability):
    settings = SETTINGS._replace(false_track_probability=probability)
    expected = drawn_share(np.random.default_rng(1), settings, alarms)
    assert share_confirmed(settings, alarms) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("alarms", [0.3, 3.0, 30.0, 300.0])
@pytest.mark.parametrize("probability", [0.05, 0.01])
def test_it_is_never_more_than_the_probability_stated(alarms, probability):
    settings = SETTINGS._replace(false_track_probability=probability)
    assert 0.0 < share_confirmed(settings, alarms) < SEEN * probability
