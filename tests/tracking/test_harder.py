"""The harder scenes of the benchmark are what they say."""

import numpy as np
import pytest
from benchmarks.tracking import harder
from benchmarks.tracking.harder import HARDER, SITE, SITES, hidden, make_harder
from benchmarks.tracking.looks import (
    CELL_RANGE_M,
    NEAR_PROBABILITY,
    detection_probability,
    merged,
    polar_at,
    state_at,
)
from benchmarks.tracking.run import plots_of, radar
from benchmarks.tracking.scores import BACK, resumed

from bartizan.tracking.sensors import table_of
from bartizan.world.geodesy import geodetic_from_ecef, polar_from_ecef


@pytest.mark.parametrize("mode", HARDER)
def test_a_scene_is_told_by_its_seed(mode):
    one, same, other = (make_harder(mode, seed, 10, 5) for seed in (3, 3, 4))
    for a, b in zip(one, same, strict=True):
        np.testing.assert_array_equal(a, b)
    assert not np.array_equal(one.truth, other.truth, equal_nan=True)
    assert np.all(np.diff(one.scan) >= 0)
    assert np.all((one.time_s <= one.scan) & (one.time_s > one.scan - 1))
    assert sum(len(plots_of(one, k).time_s) for k in range(len(one.truth))) == len(one.scan)


def test_detection_falls_with_the_fourth_power_of_range():
    assert detection_probability(np.array([90e3]), 90e3)[0] == pytest.approx(0.5)
    assert detection_probability(np.array([10e3]), 90e3)[0] == NEAR_PROBABILITY
    # ln P is ln(1e-6) / (1 + snr): at twice the range a sixteenth of the snr
    near, far = np.log(1e-6) / np.log(detection_probability(np.array([60e3, 120e3]), 90e3)) - 1
    assert near / far == pytest.approx(16.0)


def test_echoes_of_one_cell_are_one_plot_at_their_weighted_middle():
    polar = np.array([[50e3, 0.001, 0.1], [50e3 + 100, 2 * np.pi - 0.005, 0.1], [60e3, 1, 0.1]])
    plots, source = merged(polar, np.array([7, 8, 9]), np.array([3.0, 1.0, 1.0]))
    assert sorted(source) == [7, 9]
    place = plots[list(source).index(7)]
    np.testing.assert_allclose(place, [50e3 + 25.0, 0.001 - 0.0015, 0.1], atol=1e-9)
    polar[1, 0] = 50e3 + CELL_RANGE_M
    assert len(merged(polar, np.arange(3), np.ones(3))[1]) == 3


def test_places_are_seen_by_the_other_radar_where_the_ellipsoid_has_them():
    scene, rng = make_harder("two-biased", 1, 5, 0), np.random.default_rng(1)
    places = rng.uniform(-80e3, 80e3, (20, 3))
    table = table_of([radar(scene, s) for s in range(2)])
    ecef = places @ table.enu_from_ecef[0] + table.position_ecef_m[0]
    for s in range(2):
        site = table.position_ecef_m[s], table.enu_from_ecef[s]
        expected = [polar_from_ecef(*place, *site) for place in ecef]
        np.testing.assert_allclose(polar_at(places, scene.sites, s), expected, atol=1e-6)


def test_the_biased_radar_measures_too_much_and_the_other_does_not():
    scene = make_harder("two-biased", 2, 100, 0)
    for s, (range_m, azimuth_rad) in enumerate([(0.0, 0.0), (150.0, 3e-3)]):
        rows = np.flatnonzero(scene.sensor == s)
        now = np.stack([state_at(scene.truth, scene.time_s[k])[scene.source[k]] for k in rows])
        true = polar_at(now[:, :3], SITES["two-biased"], s)
        off_m, off_rad = scene.range_m[rows] - true[:, 0], scene.azimuth_rad[rows] - true[:, 1]
        off_rad = np.mod(off_rad + np.pi, 2 * np.pi) - np.pi
        assert len(rows) > 1000
        assert np.mean(off_m) == pytest.approx(range_m, abs=5.0)
        assert np.mean(off_rad) == pytest.approx(azimuth_rad, abs=2e-4)


def test_between_scans_an_accelerated_path_is_exact():
    t_s = np.arange(3.0)[:, None]
    place, velocity = [1.0, 2.0, 3.0] * t_s**2, [2.0, 4.0, 6.0] * t_s
    truth = np.concatenate([place, velocity], axis=1)[:, None]
    expected = [2.25, 4.5, 6.75, 3.0, 6.0, 9.0]
    np.testing.assert_allclose(state_at(truth, 1.5)[0], expected, rtol=1e-12)
    np.testing.assert_array_equal(state_at(truth, 2.0)[0], truth[2, 0])


def test_crossing_pairs_meet():
    truth = make_harder("crossing", 1, 40, 0).truth
    apart_m = np.linalg.norm(truth[:, 0::2, :3] - truth[:, 1::2, :3], axis=2)
    assert np.all(apart_m.min(axis=0) < 250.0)
    assert np.all(apart_m[[0, -1]] > 250.0)


def test_a_salvo_flies_above_20_km_by_gravity_and_slows_down_in_the_air():
    scene = make_harder("salvo", 1, 8, 0)
    table = table_of([radar(scene)])
    ecef = scene.truth[..., :3] @ table.enu_from_ecef[0] + table.position_ecef_m[0]
    height_m = np.array([[geodetic_from_ecef(*p)[2] for p in now] for now in ecef])
    speed_m_s = np.linalg.norm(scene.truth[..., 3:], axis=2)
    acceleration = np.linalg.norm(np.diff(scene.truth[..., 3:], axis=0), axis=2)
    assert np.all(np.nanmax(height_m, axis=0) > 20e3)
    is_high = (height_m[:-1] > 30e3) & (height_m[1:] > 30e3)
    np.testing.assert_allclose(acceleration[is_high], 9.7, atol=0.4)
    assert np.nanmax(acceleration, axis=0).min() > 45.0  # the boost
    last = [np.flatnonzero(~np.isnan(height_m[:, i]))[-1] for i in range(8)]
    energy = 0.5 * speed_m_s**2 + 9.8 * height_m
    apogee = np.nanargmax(height_m, axis=0)
    lost = 1.0 - energy[last, range(8)] / energy[apogee, range(8)]
    assert np.all(lost > 0.15)


def test_low_flyers_are_hidden_for_20_s_and_give_no_plots_then():
    scene = make_harder("horizon", 1, 30, 0)
    is_hidden = hidden(scene)
    np.testing.assert_allclose(is_hidden.sum(axis=0), harder.HIDDEN_S, atol=1)
    assert not is_hidden[scene.scan, scene.source].any()
    seen = np.zeros(is_hidden.shape, bool)
    seen[scene.scan, scene.source] = True
    assert seen[~is_hidden].mean() == pytest.approx(0.9, abs=0.03)
    assert scene.sites == (SITE,)


def test_resumed_counts_those_that_come_back_with_their_number():
    owner = np.full((40, 4), -1)
    owner[:10], owner[20:] = [1, 2, 3, -1], [1, 5, 3, 6]
    owner[19 + BACK, 2] = -1  # lost again
    is_hidden = np.zeros((40, 4), bool)
    is_hidden[10:20] = True
    assert resumed(owner, is_hidden) == 0.25
    assert np.isnan(resumed(owner, np.zeros((40, 4), bool)))
