"""The streaming interface, and what it reaches on the scenes of the benchmark."""

import numpy as np
import pytest
from benchmarks.tracking.run import plots_of, radar, tracked
from benchmarks.tracking.scenes import make_scene
from benchmarks.tracking.scores import score

from bartizan.sense.plots import make_plots
from bartizan.tracking.inbox import RadarPlots, chosen
from bartizan.tracking.plan import Settings
from bartizan.tracking.report import make_places, make_report, place, report
from bartizan.tracking.scratch import make_scratch
from bartizan.tracking.sensors import Sensor
from bartizan.tracking.settings import TrackerSettings
from bartizan.tracking.tracker import CAPACITY, Tracker
from bartizan.tracking.tracks import Model, TrackStatus
from tests.naive.tracking import places as naive
from tests.naive.tracking import report as slow

RADAR = Sensor(-27.0, -17.0, 0.0, scan_period_s=1.0, elevation_max_rad=1.5)


def no_plots():
    empty = np.empty(0)
    return RadarPlots(empty, np.empty(0, dtype=np.int64), *[empty] * 6)


def shuffled(plots, rng):
    order = rng.permutation(len(plots.time_s))
    return chosen(plots, order)


@pytest.mark.parametrize(("mode", "scans", "is_member"), [("spread", 6, 0), ("raid", 10, 1)])
def test_a_report_tells_where_all_tracks_are(mode, scans, is_member):
    scene = make_scene(mode, 4, 20, scans)
    tracker = Tracker([radar(scene)])
    for scan in range(scans):
        tracker.step(plots_of(scene, scan), float(scan))
    tracks, settings, t_s = tracker.tracks, tracker.plan.settings, scans + 1.5
    assert (tracks.formation[tracks.alive] >= 0).any() == is_member
    out, work = make_report(CAPACITY), make_scratch(tracker.plan, tracks, make_plots(1))
    report(settings, tracks, t_s, work.predictions, out)
    expected = slow.report(settings, tracks, t_s)
    n = len(expected["track_id"])
    assert out.size[0] == n >= 18
    for name, column in expected.items():
        found, size = getattr(out, name)[:n], np.abs(column).max() if n else 0.0
        np.testing.assert_allclose(found, column, 1e-7, 1e-12 * size, err_msg=name)
    places = make_places(n)
    place(out.state[:n], out.covariance[:n], places)
    for row in range(n):
        there, velocity, sigma = naive.place(out.state[row], out.covariance[row])
        np.testing.assert_allclose(places.geodetic[row, :2], there[:2], atol=1e-11)
        assert abs(places.geodetic[row, 2] - there[2]) < 1e-3
        np.testing.assert_allclose(places.velocity_m_s[row], velocity, atol=1e-6)
        np.testing.assert_allclose(places.sigma[row], sigma, rtol=1e-6)


@pytest.mark.parametrize("mode", ["spread", "raid-weave", "raid-solo"])
def test_a_report_of_predictions_made_for_plots_is_one_made_afresh(mode):
    scene = make_scene(mode, 5, 60, 40)
    tracker, out, n_left = Tracker([radar(scene)]), make_report(CAPACITY), 0
    for scan in range(40):
        before = tracker.tracks.formation.copy()
        now, tracks = tracker.step(plots_of(scene, scan), float(scan)), tracker.tracks
        n_left += int((tracks.alive & (before >= 0) & (tracks.formation < 0)).sum())
        fresh = make_scratch(tracker.plan, tracks, make_plots(1)).predictions
        report(tracker.plan.settings, tracks, float(scan), fresh, out)
        n = out.size[0]
        np.testing.assert_array_equal(now.covariance, out.covariance[:n])
        np.testing.assert_array_equal(now.state, out.state[:n])
    assert (n_left > 0) == (mode != "spread")


def test_the_order_of_plots_changes_no_bit():
    scene, rng = make_scene("raid", 3, 40, 12), np.random.default_rng(1)
    one, other = Tracker([radar(scene)]), Tracker([radar(scene)])
    for scan in range(12):
        plots = plots_of(scene, scan)
        first, second = one.step(plots, scan), other.step(shuffled(plots, rng), scan)
        for a, b in zip(first, second, strict=True):
            np.testing.assert_array_equal(a, b)
    assert len(first.track_id) >= 40


def test_tables_grow_and_lose_nothing():
    scene = make_scene("spread", 2, 700, 8, 200)
    tracker = Tracker([radar(scene)])
    for scan in range(8):
        now = tracker.step(plots_of(scene, scan), float(scan))
    assert len(tracker.tracks.alive) > CAPACITY
    assert tracker.tracks.lost[0] == 0
    assert (now.status != TrackStatus.TENTATIVE).sum() > 600


def test_empty_scans_and_the_first_plots_are_no_trouble():
    tracker = Tracker([radar(make_scene(n=10, scans=2))])
    assert len(tracker.step(no_plots(), 0.0).track_id) == 0
    scene = make_scene(n=10, scans=6)
    for scan in range(6):
        now = tracker.step(plots_of(scene, scan), float(scan))
    assert len(now.track_id) >= 9
    for scan in range(6, 14):
        now = tracker.step(no_plots(), float(scan))
    assert len(now.track_id) == 0


def falling_plots(t_s, rng):
    """A plot of what falls past the radar, fast and high."""
    place = np.array([30e3 + 800.0 * t_s, 40e3, 60e3 - 900.0 * t_s - 4.9 * t_s * t_s])
    range_m = np.linalg.norm(place) + rng.normal(0.0, 50.0)
    azimuth, elevation = np.arctan2(place[0], place[1]), np.arcsin(place[2] / range_m)
    sigmas = (np.array([one]) for one in (50.0, 1e-4, 1e-4))
    where = (np.array([one]) for one in (range_m, azimuth, elevation))
    return RadarPlots(np.array([t_s]), np.zeros(1, dtype=np.int64), *where, *sigmas)


def test_falling_is_switched_off_by_name():
    falls = {}
    for name, settings in (("on", TrackerSettings()), ("off", TrackerSettings(falls=False))):
        tracker, rng = Tracker([RADAR], settings), np.random.default_rng(1)
        for scan in range(20):
            now = tracker.step(falling_plots(float(scan), rng), float(scan))
        falls[name] = now.model_probability[:, Model.FALL].max()
    assert falls["on"] > 0.5
    assert falls["off"] == 0.0


@pytest.mark.parametrize(
    ("mode", "gospa_m", "switches", "velocity_m_s"),
    [("spread", 700.0, 1, 30.0), ("raid", 620.0, 12, 25.0), ("raid-split", 700.0, 25, 45.0)],
)
def test_sixty_objects_keep_their_tracks(mode, gospa_m, switches, velocity_m_s):
    """A fifth of the benchmark; GOSPA grows with the root of the number."""
    scene = make_scene(mode, 5, 60)
    found = score(tracked(scene, Settings())[0], scene.truth)
    assert found.gospa_m <= gospa_m
    assert found.switches <= switches
    assert found.velocity_rmse_m_s <= velocity_m_s
