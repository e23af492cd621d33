"""Which track is which object: scoring.truth_to_track."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from bartizan.scoring.matching import make_matching
from bartizan.scoring.truth_to_track import assign_truth
from bartizan.tracking.tracks import TrackStatus, make_tracks
from bartizan.world.truth import Phase, make_targets
from tests.naive import gospa as naive
from tests.scoring.crowd import CENTRE, a_scene

pytestmark = pytest.mark.kernels


def assigned(targets, tracks, t_s=5.0):
    n, m = targets.phase.shape[0], tracks.alive.shape[0]
    answer = np.full(n, 99)
    assign_truth(targets, tracks, 0, m, make_matching(n, m), answer, t_s)
    return answer


@given(st.integers(0, 2**32 - 1))
def test_assignment_equals_the_best_of_full_matrices(seed):
    targets, tracks = a_scene(seed)
    expected = naive.assign_truth(targets, tracks, 5.0)
    np.testing.assert_array_equal(assigned(targets, tracks), expected)


def test_without_motion_pairs_are_the_best_that_scipy_finds():
    for seed in range(30):
        targets, tracks = a_scene(seed, n=9, m=9)
        targets.phase[:], tracks.alive[:] = Phase.FLYING, True
        tracks.status[:], tracks.time_s[:] = TrackStatus.CONFIRMED, 5.0
        tracks.covariance[:] = 0.0
        gaps = cdist(targets.position_ecef_m, tracks.mean[:, :3]) / 500.0
        cost = np.minimum(gaps**2 - 1.0, 0.0)
        objects, rows = linear_sum_assignment(cost)
        expected = np.where(cost[objects, rows] < 0.0, rows, -1)
        np.testing.assert_array_equal(assigned(targets, tracks), expected)


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
