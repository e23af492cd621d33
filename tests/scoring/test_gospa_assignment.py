"""Which track is which object: scoring.truth_to_track."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.scoring.matching import make_matching
from bartizan.scoring.truth_to_track import assign_truth
from bartizan.tracking.motion import position_sigma_m
from bartizan.tracking.tracks import TrackStatus, make_tracks
from bartizan.world.truth import Phase, make_targets
from tests.naive import gospa as naive

pytestmark = pytest.mark.kernels
CENTRE = np.array([5.4e6, -1.6e6, -2.8e6])


def a_scene(seed, n=12, m=14):
    rng = np.random.default_rng(seed)
    targets, tracks = make_targets(n), make_tracks(m)
    targets.position_ecef_m[:] = CENTRE + rng.normal(size=(n, 3)) * 900.0
    targets.phase[:] = np.where(rng.random(n) < 0.8, Phase.FLYING, Phase.KILLED)
    tracks.alive[:] = rng.random(m) < 0.9
    tracks.status[:] = rng.integers(0, 3, m)
    tracks.mean[:, :3] = CENTRE + rng.normal(size=(m, 3)) * 900.0
    tracks.mean[:, 3:] = rng.normal(size=(m, 3)) * 50.0
    sigma = rng.uniform(10.0, 400.0, m)
    tracks.covariance[:] = np.eye(6) * sigma[:, None, None] ** 2
    tracks.time_s[:] = rng.uniform(4.0, 5.0, m)
    return targets, tracks


def assigned(targets, tracks, t_s=5.0):
    n, m = targets.phase.shape[0], tracks.alive.shape[0]
    answer = np.full(n, 99)
    assign_truth(targets, tracks, make_matching(n, m), answer, t_s)
    return answer


@given(st.integers(0, 2**32 - 1))
def test_assignment_equals_the_best_of_full_matrices(seed):
    targets, tracks = a_scene(seed)
    answer = assigned(targets, tracks)
    flying = np.flatnonzero(targets.phase == Phase.FLYING)
    rows = np.flatnonzero(tracks.alive & (tracks.status != TrackStatus.TENTATIVE))
    places = tracks.mean[rows, :3] + (5.0 - tracks.time_s[rows, None]) * tracks.mean[rows, 3:]
    cutoffs = [max(500.0, 3.0 * position_sigma_m(tracks, row, 5.0)) for row in rows]
    expected = naive.assign_truth(targets.position_ecef_m[flying], places, cutoffs)
    full = np.full(len(answer), -1)
    full[flying] = np.where(expected < 0, -1, rows[expected])
    np.testing.assert_array_equal(answer, full)


def test_of_two_tracks_an_object_gets_the_nearer_one():
    targets, tracks = make_targets(1), make_tracks(2)
    targets.phase[0], targets.position_ecef_m[0] = Phase.FLYING, CENTRE
    tracks.alive[:], tracks.status[:] = True, TrackStatus.CONFIRMED
    tracks.mean[:, :3] = CENTRE
    tracks.mean[0, 0] += 200.0
    tracks.mean[1, 0] += 100.0
    assert list(assigned(targets, tracks, 0.0)) == [1]


def test_beyond_the_cutoff_there_is_no_track():
    targets, tracks = make_targets(1), make_tracks(1)
    targets.phase[0], targets.position_ecef_m[0] = Phase.FLYING, CENTRE
    tracks.alive[:], tracks.status[:] = True, TrackStatus.COASTING
    tracks.mean[0, :3] = CENTRE + np.array([600.0, 0.0, 0.0])
    assert list(assigned(targets, tracks, 0.0)) == [-1]
    tracks.covariance[0] = np.eye(6) * 250.0**2
    assert list(assigned(targets, tracks, 0.0)) == [0]


def test_a_tentative_track_is_nobodys():
    targets, tracks = make_targets(1), make_tracks(1)
    targets.phase[0], targets.position_ecef_m[0] = Phase.FLYING, CENTRE
    tracks.alive[:], tracks.mean[0, :3] = True, CENTRE
    assert list(assigned(targets, tracks, 0.0)) == [-1]
