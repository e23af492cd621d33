import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from bartizan.scoring.gospa import gospa, gospa_of_tracks
from bartizan.scoring.matching import make_matching
from bartizan.tracking.tracks import TrackStatus, make_tracks
from bartizan.world.truth import Phase, make_targets
from tests.naive import gospa as naive
from tests.scoring.crowd import a_scene

pytestmark = pytest.mark.kernels
ROOM = make_matching(40, 40)


def some(seed, n, m, spread_m=600.0):
    rng = np.random.default_rng(seed)
    objects = rng.normal(size=(n, 3)) * spread_m + (5.4e6, -1.6e6, -2.8e6)
    tracks = rng.normal(size=(m, 3)) * spread_m + (5.4e6, -1.6e6, -2.8e6)
    return objects, tracks


@given(st.integers(0, 2**32 - 1), st.integers(0, 20), st.integers(0, 20))
def test_gospa_equals_its_definition(seed, n, m):
    objects, tracks = some(seed, n, m)
    found = gospa(objects, tracks, 500.0, ROOM)
    distance, localisation, missed, false = naive.gospa(objects, tracks, 500.0)
    assert found.distance_m == pytest.approx(distance)
    assert found.localisation_m2 == pytest.approx(localisation)
    assert (found.missed, found.false) == (missed, false)


@given(st.integers(0, 2**32 - 1), st.integers(1, 20), st.integers(1, 20))
def test_gospa_is_the_least_that_scipy_finds(seed, n, m):
    objects, tracks = some(seed, n, m)
    cost = np.minimum(cdist(objects, tracks), 500.0) ** 2
    least = cost[linear_sum_assignment(cost)].sum() + 0.5 * 500.0**2 * abs(n - m)
    assert gospa(objects, tracks, 500.0, ROOM).distance_m == pytest.approx(math.sqrt(least))


@given(st.integers(0, 2**32 - 1))
def test_gospa_of_tracks_equals_its_definition(seed):
    targets, tracks = a_scene(seed)
    found = gospa_of_tracks(targets, tracks, 5.0, 700.0, ROOM)
    distance, localisation, missed, false = naive.gospa_of_tracks(targets, tracks, 5.0, 700.0)
    assert found.distance_m == pytest.approx(distance)
    assert found.localisation_m2 == pytest.approx(localisation)
    assert (found.missed, found.false) == (missed, false)


def test_of_no_error_it_is_nothing():
    objects, _ = some(1, 10, 0)
    assert gospa(objects, objects[::-1].copy(), 500.0, ROOM) == (0.0, 0.0, 0, 0)


def test_a_missed_object_and_a_false_track_cost_half_a_cutoff_each():
    objects, tracks = some(1, 1, 1)
    tracks[0, 0] += 1e5
    found = gospa(objects, tracks, 500.0, ROOM)
    assert found == (pytest.approx(500.0), 0.0, 1, 1)
    only = gospa(objects, tracks[:0], 500.0, ROOM)
    assert only.distance_m == pytest.approx(500.0 / math.sqrt(2.0))


@given(st.integers(0, 2**32 - 1))
def test_it_is_a_distance(seed):
    a, b = some(seed, 6, 8)
    c, _ = some(seed + 1, 7, 0)

    def d(x, y):
        return gospa(x, y, 500.0, ROOM).distance_m

    assert d(a, b) == pytest.approx(d(b, a))
    assert d(a, c) <= d(a, b) + d(b, c) + 1e-6


def test_of_a_run_it_takes_flying_objects_and_confirmed_tracks():
    targets, tracks = make_targets(3), make_tracks(4)
    targets.phase[:2] = Phase.FLYING
    targets.position_ecef_m[:] = (5.4e6, -1.6e6, -2.8e6)
    targets.position_ecef_m[1, 2] += 10e3
    tracks.alive[[0, 2, 3]] = True
    tracks.status[[0, 2]] = TrackStatus.CONFIRMED
    tracks.mean[:, :3] = targets.position_ecef_m[0]
    tracks.mean[2, 3] = 30.0
    tracks.mean[0, 0] += 5e3
    found = gospa_of_tracks(targets, tracks, 2.0, 500.0, ROOM)
    assert found.localisation_m2 == pytest.approx(3600.0)
    assert (found.missed, found.false) == (1, 1)
