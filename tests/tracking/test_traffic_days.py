"""Scenes of recorded flights: legs are cleaned, days are laid over one another as they flew."""

import importlib.util

import numpy as np
import pytest
from benchmarks.tracking import traffic_days
from benchmarks.tracking.legs import (
    EARTH_RADIUS_M,
    SAMPLES,
    Leg,
    legs_of,
    read_legs,
    sample_folder,
)
from benchmarks.tracking.overlay import enu_from_place, is_in_coverage, overlaid, stays_of
from benchmarks.tracking.scenes import DETECTION_PROBABILITY
from benchmarks.tracking.scores import continuity

START_S, SPEED_M_S = 1_000_000, 200.0
HERE = np.radians([48.0, 2.0])


def northward(n=200, gap=()):
    """Rows of a flight due north, whose places are up to a second old."""
    rng, time_s = np.random.default_rng(5), START_S + np.arange(n, dtype=float)
    rows = np.zeros((n, 7))
    rows[:, 0] = time_s
    along_m = SPEED_M_S * (time_s - START_S - rng.uniform(0.0, 1.0, n))
    rows[:, 1], rows[:, 2] = HERE[0] + along_m / EARTH_RADIUS_M, HERE[1]
    rows[:, 3], rows[:, 4] = 5000.0, SPEED_M_S
    return np.delete(rows, list(gap), axis=0)


def along_m(leg):
    return (leg.place[:, 0] - HERE[0]) * EARTH_RADIUS_M


def late_m(leg):
    """How far a leg is behind one whose places are of their time, in the mean."""
    return np.mean(SPEED_M_S * np.arange(len(leg.place)) - along_m(leg))


def flight(sample, east_m, n=1200, start_s=START_S):
    """A straight leg due north at 8 km, ``east_m`` to the east of the meridian."""
    latitude = HERE[0] + SPEED_M_S * (np.arange(n) - n / 2) / EARTH_RADIUS_M
    longitude = HERE[1] + east_m / (EARTH_RADIUS_M * np.cos(HERE[0]))
    place = np.stack([latitude, np.full(n, longitude), np.full(n, 8000.0)], axis=1)
    return Leg(sample, start_s, place)


def direction(leg):
    """Unit vectors (n, 3) from the middle of the sphere."""
    latitude, longitude, _ = leg.place.T
    x, y = np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude)
    return np.stack([x, y, np.sin(latitude)], axis=1)


def test_stale_places_become_an_even_way():
    (leg,) = legs_of("one", northward())
    assert leg.start_s == START_S
    steps = np.diff(along_m(leg))
    assert np.abs(np.diff(np.diff(northward()[:, 1]))).max() * EARTH_RADIUS_M > 150.0
    assert np.abs(steps - SPEED_M_S).max() < 15.0
    assert late_m(leg) == pytest.approx(0.5 * SPEED_M_S, abs=20.0)


def test_a_turn_is_kept_though_its_places_are_averaged():
    """3 degrees a second at 100 m/s: a circle of 1 910 m, not shrunk by means over 30 s."""
    time_s, rate = np.arange(240.0), np.radians(3.0)
    radius_m, rows = 100.0 / rate, np.zeros((240, 7))
    rows[:, 0], rows[:, 4], rows[:, 5] = START_S + time_s, 100.0, rate * time_s
    rows[:, 1] = HERE[0] + radius_m * np.sin(rate * time_s) / EARTH_RADIUS_M
    east_m = radius_m * (1 - np.cos(rate * time_s))
    rows[:, 2] = HERE[1] + east_m / (EARTH_RADIUS_M * np.cos(rows[:, 1]))
    (leg,) = legs_of("one", rows)
    flown = enu_from_place(leg.place, np.array([*HERE, 0.0]), np.zeros(2), 0.0)
    apart = np.hypot(flown[:, 0] - radius_m, flown[:, 1])
    assert np.abs(apart - radius_m).max() < 10.0


def test_a_place_far_off_is_left_out():
    rows = northward()
    rows[100, 1] += 5000.0 / EARTH_RADIUS_M
    (leg,) = legs_of("one", rows)
    assert np.abs(np.diff(along_m(leg)) - SPEED_M_S).max() < 15.0


def test_repeated_places_do_not_hold_a_leg_back():
    rows = northward()
    rows[1::2, 1] = rows[::2, 1]
    (leg,) = legs_of("one", rows)
    assert late_m(leg) == pytest.approx(0.5 * SPEED_M_S, abs=20.0)


def test_a_gap_ends_a_leg_and_short_ones_are_dropped():
    assert len(legs_of("one", northward(gap=range(80, 115)))) == 2
    assert len(legs_of("one", northward(gap=range(30, 65)))) == 1
    assert legs_of("one", northward(n=50)) == []


def test_aircraft_of_one_day_keep_their_distance_and_its_speed():
    pair = [flight("day", 0.0), flight("day", 12e3)]
    origin = pair[0].place[600]
    one, other = (enu_from_place(leg.place, origin, np.array([3e4, -2e4]), 1.0) for leg in pair)
    gap_m = np.linalg.norm((one - other)[:, :2], axis=1)
    chord = np.linalg.norm(np.subtract(*(direction(leg) for leg in pair)), axis=1)
    assert np.abs(gap_m / (EARTH_RADIUS_M * chord) - 1.0).max() < 1e-3
    speed_m_s = np.linalg.norm(np.diff(one[:, :2], axis=0), axis=1)
    assert np.abs(speed_m_s - SPEED_M_S).max() < 0.01
    heading = np.arctan2(*np.diff(one[:, :2], axis=0).T)
    assert np.allclose(heading, 1.0)  # due north, turned by one radian
    assert np.allclose(one[600, :2], [3e4, -2e4])
    assert one[600, 2] == pytest.approx(8000.0 - 1.3e9 / (2 * EARTH_RADIUS_M))


def test_an_overlay_has_the_aircraft_asked_for_and_only_what_the_radar_can_see():
    legs = [flight("day", 0.0), flight("day", 12e3), flight("other", 0.0, 600, 2 * START_S)]
    scene = overlaid(legs, seed=1, n=40, period_s=10, duration_s=200)
    is_there = ~np.isnan(scene.truth[..., 0])
    assert scene.truth.shape[0] == 20
    assert scene.period_s == 10.0
    assert 40 <= is_there.sum(axis=1).mean() <= 42
    assert is_in_coverage(scene.truth[is_there][:, :3]).all()
    changes = np.diff(is_there.astype(int), axis=0)
    assert (np.abs(changes).sum(axis=0) <= 2).all()  # a stay is unbroken
    seen = (scene.source >= 0).sum() / is_there.sum()
    assert seen == pytest.approx(DETECTION_PROBABILITY, abs=0.05)
    velocity = scene.truth[is_there][:, 3:]
    assert np.abs(np.hypot(velocity[:, 0], velocity[:, 1]) - SPEED_M_S).max() < 0.5


def test_coverage_is_the_range_above_the_horizon():
    places = [[6e4, 0, 1], [6e4, 0, -1], [4e3, 0, 1], [0, 111e3, 1]]
    assert is_in_coverage(np.array(places, dtype=float)).tolist() == [True, False, False, False]


def test_who_flies_over_the_radar_stays_twice():
    state = np.zeros((101, 6))
    state[:, 0], state[:, 2] = np.linspace(-2e5, 2e5, 101), 2000.0
    before, after = stays_of(state)
    assert np.nanmax(before[:, 0]) == -8e3
    assert np.nanmin(after[:, 0]) == 8e3
    assert np.nanmax(after[:, 0]) == 108e3


def test_continuity_is_the_share_of_the_longest_held_track():
    owner = np.array([[1, 7], [1, 7], [2, 7], [2, -1], [2, -1], [-1, -1]])
    is_there = np.ones((6, 2), dtype=bool)
    found = continuity(owner, is_there)
    assert found == {"continuity": 0.5, "tracks_an_object": 1.5}


def test_without_the_samples_the_remedy_is_told_and_the_exit_code_is_two(monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr("sys.argv", ["traffic_days"])
    with pytest.raises(SystemExit) as left:
        traffic_days.main()
    assert left.value.code == 2
    assert "pip install --no-deps traffic" in capsys.readouterr().err


def test_a_folder_without_the_samples_is_told_too(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(traffic_days, "sample_folder", lambda: tmp_path)
    monkeypatch.setattr("sys.argv", ["traffic_days"])
    with pytest.raises(SystemExit) as left:
        traffic_days.main()
    assert left.value.code == 2
    assert "another version of traffic" in capsys.readouterr().err


@pytest.mark.skipif(
    importlib.util.find_spec("traffic") is None,
    reason="the package traffic, whose samples are read, is not installed",
)
def test_the_samples_are_flights_at_speeds_of_flights():
    legs = read_legs(sample_folder(), SAMPLES[2:])
    assert legs
    for leg in legs:
        flown = enu_from_place(leg.place, leg.place[0], np.zeros(2), 0.0)
        speed_m_s = np.linalg.norm(np.diff(flown, axis=0), axis=1)
        assert 20.0 < np.median(speed_m_s) < 300.0
        assert np.percentile(np.abs(np.diff(speed_m_s)), 99) < 10.0
