"""Whole scenes, compiled: many objects, false alarms alone, a ballistic arc, a slow radar."""

import math

import numpy as np
import pytest

from bartizan.world.geodesy import geodetic_from_ecef, polar_from_ecef
from tests.naive.tracking import parts as naive
from tests.tracking.scene import SITE_M, TURN, Scene, make_sensors, state


def many_paths(rng, n):
    bearing, distance = (
        rng.uniform(0, 2 * math.pi, n),
        np.sqrt(rng.uniform(15e3**2, 90e3**2, n)),
    )
    heading, speed = rng.uniform(0, 2 * math.pi, n), rng.uniform(80, 300, n)
    place = np.stack(
        [distance * np.sin(bearing), distance * np.cos(bearing), rng.uniform(1e3, 11e3, n)], 1
    )
    velocity = np.stack([speed * np.sin(heading), speed * np.cos(heading), 0 * speed], 1)
    return SITE_M + place @ TURN, velocity @ TURN


@pytest.mark.parametrize("period_s", [1.0, 5.0])
def test_three_hundred_crossing_objects_are_all_tracked_and_rarely_switch(period_s):
    rng = np.random.default_rng(21)
    start, velocity = many_paths(rng, 300)
    sensors = make_sensors(period_s=period_s, false_alarms=50.0)
    tracker = Scene(sensors, n_track=900, n_plot=700)
    owner, switches = {}, 0
    for n in range(25):
        t_s = period_s * (n + 1)
        truth = start + t_s * velocity
        for place in truth[rng.random(300) < 0.9]:
            tracker.see(rng, t_s, place)
        for _ in range(rng.poisson(50)):
            tracker.false_alarm(rng, t_s)
        tracker.sort()
        tracker.follow(t_s - period_s, t_s)
        rows = tracker.confirmed()
        if n < 8 or not len(rows):
            continue
        places = np.array([tracker.where(row, t_s)[:3] for row in rows])
        gaps = np.linalg.norm(truth[:, None] - places[None], axis=2)
        assert (gaps.min(axis=1) < 800.0).mean() > 0.97
        for i in np.flatnonzero(gaps.min(axis=1) < 800.0):
            track_id = int(tracker.tracks.track_id[rows[gaps[i].argmin()]])
            switches += owner.setdefault(i, track_id) != track_id
            owner[i] = track_id
    assert switches <= 30
    assert len(tracker.confirmed()) < 315
    assert tracker.tracks.lost[0] == 0
    assert tracker.scratch.candidates.lost[0] == 0


def test_false_alarms_alone_hardly_ever_become_tracks():
    rng, tracker = np.random.default_rng(22), Scene(n_track=400, n_plot=200)
    for n in range(120):
        for _ in range(rng.poisson(50)):
            tracker.false_alarm(rng, n + 1.0)
        tracker.sort()
        tracker.follow(float(n), n + 1.0)
    confirmed = tracker.events.kind[: tracker.events.size[0]] == 2
    assert confirmed.sum() <= 6  # of 6 000 false alarms


@pytest.mark.parametrize("speed_m_s", [1700.0, 2300.0])
def test_a_ballistic_arc_is_followed_at_nine_second_scans(speed_m_s):
    """From 20 km on the way up to 20 km on the way down, by one track."""
    rng, period_s = np.random.default_rng(23), 9.0
    sensors = make_sensors(period_s=period_s, false_alarms=20.0, range_max_m=500e3, grace=0.25)
    tracker = Scene(sensors, n_track=200, n_plot=100)
    rise = speed_m_s / math.sqrt(2)
    now = state((-150e3, 60e3, 20e3), (rise, 0.0, rise))
    t_s, errors, ids = 0.0, [], set()
    while geodetic_from_ecef(*now[:3])[2] > 15e3:
        t_s += period_s
        now = naive.fall(now, period_s)
        if rng.random() < 0.9:
            tracker.see(rng, t_s, now[:3])
        for _ in range(rng.poisson(20)):
            tracker.false_alarm(rng, t_s, range_max_m=500e3)
        tracker.sort()
        tracker.follow(t_s - period_s, t_s)
        rows = tracker.confirmed()
        if len(rows):
            states = np.array([tracker.where(row, t_s + period_s) for row in rows])
            gaps = np.linalg.norm(states[:, :3] - naive.fall(now, period_s)[:3], axis=1)
            errors.append(gaps.min())
            ids.add(int(tracker.tracks.track_id[rows[gaps.argmin()]]))
    assert t_s > 150.0
    assert len(ids) == 1
    assert np.median(errors) < 1000.0


def test_a_turning_object_is_followed_by_a_rotating_radar():
    """3 g at 250 m/s, looked at every 5 s when the beam passes."""
    rng, period_s = np.random.default_rng(24), 5.0
    tracker = Scene(make_sensors(period_s=period_s, grace=0.25), n_track=100, n_plot=100)
    radius_m, rate = 2083.0, 0.12

    def path(t_s):
        angle = rate * max(t_s - 40.0, 0.0) if t_s < 60.0 else rate * 20.0
        x, y = radius_m * (1 - math.cos(angle)), radius_m * math.sin(angle)
        along = min(t_s, 40.0) * 250.0
        if t_s > 60.0:
            x, y = x + 250.0 * (t_s - 60.0) * math.sin(2.4), y + 250.0 * (t_s - 60.0) * -0.737
        return state((30e3 + x, -5e3 + along + y, 6e3), (0, 0, 0))[:3]

    for n in range(100):
        t_s = n + 0.5
        azimuth = polar_from_ecef(*path(t_s), SITE_M, TURN)[1]
        if (
            (t_s % period_s) / period_s * 2 * math.pi
            < azimuth
            <= (((t_s + 1.0) % period_s or period_s) / period_s * 2 * math.pi)
        ):
            tracker.see(rng, t_s, path(t_s))
        tracker.follow(float(n), n + 1.0)
    assert list(tracker.tracks.track_id[tracker.confirmed()]) == [1]
