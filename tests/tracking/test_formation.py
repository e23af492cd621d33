"""Formations: begun by vote, followed through turns, left, and begun again where wrong."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking.plan import Settings
from bartizan.tracking.tracks import Model
from bartizan.tracking.vote import best_velocity, whiten
from bartizan.tracking.vote_work import make_vote_work
from tests.naive.tracking import formation as naive
from tests.naive.tracking.follow import Plot
from tests.tracking.scene import Scene, ecef, make_sensors, state

pytestmark = pytest.mark.kernels
SETTINGS = Settings()


def grid(n=10, spacing_m=400.0):
    """Places of a formation, five abreast."""
    k = np.arange(n)
    level = np.zeros(n)
    return np.stack([(k % 5 - 2) * spacing_m, (k // 5) * spacing_m, level], 1)


def scan_plots(rng, t_s, velocity, detection=0.9, sigma_m=60.0):
    places = grid() + np.array([40e3, 0.0, 5e3]) + t_s * np.asarray(velocity)
    seen = places[rng.random(len(places)) < detection]
    R = sigma_m**2 * np.eye(3)
    noisy = seen + rng.normal(0.0, sigma_m, seen.shape)
    return [Plot(t_s, 0, ecef(z), R, 1e-13, -1, -1, 0) for z in noisy]


@given(st.integers(0, 2**32 - 1))
def test_votes_are_those_of_the_slow_twin(seed):
    rng = np.random.default_rng(seed)
    scans = [scan_plots(rng, float(k), (-150.0, 120.0, 0.0), 0.95) for k in range(3)]
    votes, velocity = naive.vote(SETTINGS, *scans)
    tracks, vote = Scene().tracks, make_vote_work(200)
    leftovers, n = tracks.leftovers, 0
    for k, plots in enumerate(scans):
        for m, plot in enumerate(plots):
            vote.plot[k, m] = n
            leftovers.time_s[n], leftovers.position_m[n] = plot.time_s, plot.z
            leftovers.covariance_m2[n] = plot.R
            n += 1
        vote.n_plot[k] = len(plots)
    whiten(leftovers, vote)
    assert best_velocity(SETTINGS, vote) == pytest.approx(votes, abs=1e-9)
    np.testing.assert_allclose(vote.unwhiten @ vote.velocity, velocity, atol=1e-6)


def test_the_vote_finds_the_velocity_of_a_formation():
    errors = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        scans = [scan_plots(rng, float(k), (-150.0, 120.0, 0.0)) for k in range(3)]
        _, velocity = naive.vote(SETTINGS, *scans)
        expected = state((0.0, 0.0, 0.0), (-150.0, 120.0, 0.0))[3:]
        errors.append(np.linalg.norm(np.array(velocity) - expected))
    assert np.median(errors) < 40.0
    # a velocity wrong by a whole spacing is rare
    assert sum(error > 200.0 for error in errors) <= 2


def flown(tracker, rng, velocities, scans, first=0):
    """Let ten objects fly, each with its velocity, from where the grid is at second 0."""
    for n in range(first, first + scans):
        t_s = n + 1.0
        for place, velocity in zip(grid(), velocities, strict=True):
            if rng.random() < 0.95:
                tracker.see(rng, t_s, ecef(place + (40e3, 0.0, 5e3) + t_s * velocity))
        tracker.sort()
        tracker.follow(float(n), t_s)


def together(velocity=(-150.0, 120.0, 0.0)):
    return np.tile(velocity, (10, 1))


def test_ten_in_formation_are_members_and_keep_their_numbers():
    tracker, rng = Scene(make_sensors(false_alarms=5.0)), np.random.default_rng(2)
    flown(tracker, rng, together(), 4)
    numbers = set(tracker.tracks.track_id[tracker.confirmed()])
    flown(tracker, rng, together(), 15, first=4)
    tracks = tracker.tracks
    members = np.flatnonzero(tracks.alive & (tracks.formation >= 0))
    assert len(members) == 10
    assert len(numbers & set(tracks.track_id[members])) >= 9
    assert tracks.formations.alive.sum() == 1
    assert np.median(tracks.model_probability[members, Model.STATION]) > 0.9
    speed = state((0.0, 0.0, 0.0), (-150.0, 120.0, 0.0))[3:]
    np.testing.assert_allclose(tracks.formations.mean[0, 3:], speed, atol=15.0)


def test_who_turns_away_leaves_and_keeps_his_track():
    tracker, rng = Scene(make_sensors(false_alarms=5.0)), np.random.default_rng(3)
    flown(tracker, rng, together(), 12)
    before = tracker.tracks.track_id[tracker.confirmed()].copy()
    for n in range(12, 24):
        t_s = n + 1.0
        for k, place in enumerate(grid()):
            aside = (k == 0) * np.array([-10.0, -12.0, 0.0]) * (t_s - 12.0) ** 2
            here = place + (40e3, 0.0, 5e3) + t_s * together()[0] + aside
            tracker.see(rng, t_s, ecef(here))
        tracker.sort()
        tracker.follow(float(n), t_s)
    tracks = tracker.tracks
    gone = np.flatnonzero(tracks.alive & (tracks.formation < 0) & (tracks.hits > 10))
    assert len(gone) == 1
    assert tracks.track_id[gone[0]] in before
    assert (tracks.alive & (tracks.formation >= 0)).sum() == 9


def test_a_formation_wrong_by_one_spacing_is_begun_again():
    tracker, rng = Scene(make_sensors(false_alarms=5.0)), np.random.default_rng(4)
    flown(tracker, rng, together(), 6)
    tracks = tracker.tracks
    wrong = state((0.0, 0.0, 0.0), (400.0, 0.0, 0.0))[3:]
    for row in np.flatnonzero(tracks.alive):
        tracks.mean[row, 3:] += wrong
        tracks.model_mean[row, :, 3:] += wrong
    tracks.formations.mean[0, 3:] += wrong
    tracks.formations.model_mean[0, :, 3:] += wrong
    flown(tracker, rng, together(), 24, first=6)
    speed = state((0.0, 0.0, 0.0), (-150.0, 120.0, 0.0))[3:]
    rows = tracker.confirmed()
    assert len(rows) == 10
    np.testing.assert_allclose(np.median(tracks.mean[rows, 3:], axis=0), speed, atol=30.0)
