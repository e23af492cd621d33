"""Nets: each tracks its own plots in its own rows, as if it were alone."""

import numpy as np
import pytest

from bartizan.tracking.follow import follow
from bartizan.tracking.nets import Rows, first_forwarded, first_row, net_of_row, own_tracks
from bartizan.tracking.tracks import Tracks, make_tracks
from tests.tracking.scene import SITE_M, TURN, Scene, make_sensors, straight

pytestmark = pytest.mark.kernels

ROWS = Rows(3, 5, 2)


def site_offset(east_m: float) -> np.ndarray:
    return SITE_M + TURN.T @ [east_m, 0.0, 4e3]


def test_rows_are_shared_one_net_after_the_other() -> None:
    assert [first_row(ROWS, net) for net in range(4)] == [0, 7, 14, 21]
    assert [first_forwarded(ROWS, net) for net in range(3)] == [5, 12, 19]
    assert [net_of_row(ROWS, row) for row in (0, 6, 7, 20)] == [0, 0, 1, 2]


def leaves(table):
    for column in table:
        if isinstance(column, tuple):
            yield from leaves(column)
        else:
            yield column


def own_rows(tracks: Tracks, net: int) -> Tracks:
    return getattr(own_tracks, "py_func", own_tracks)(ROWS, tracks, net)


def test_own_rows_have_the_shape_of_a_table_of_their_own_and_do_not_overlap() -> None:
    whole, alone = make_tracks(5, 2, 3, 2), make_tracks(5, 2)
    for net in range(3):
        own = own_rows(whole, net)
        for ours, theirs in zip(leaves(own), leaves(alone), strict=True):
            assert (ours.shape, ours.dtype) == (theirs.shape, theirs.dtype)
        for column in leaves(own[2:]):
            column[:] = net + 1
    expected = [1] * 5 + [-1] * 2 + [2] * 5 + [-1] * 2 + [3] * 5 + [-1] * 2
    assert whole.track_id.tolist() == expected
    assert whole.formations.time_s.tolist() == [1, 1, 2, 2, 3, 3]
    assert whole.leftovers.size.tolist() == [1, 2, 3]


def test_each_net_tracks_its_own_plots_as_if_it_were_alone() -> None:
    rows, sensors = Rows(2, 12, 3), make_sensors(n=2, false_alarms=5.0)
    split = sensors._replace(net=np.array([0, 1]))
    alone = [Scene(sensors._replace(net=np.array([k, 1 - k])), n_track=12) for k in range(2)]
    both = Scene(split, n_track=12)
    both.tracks = make_tracks(rows.n_own, 2, rows.n_net, rows.n_forwarded)
    path = straight(np.concatenate([site_offset(40e3), [0.0, 200.0, 0.0]]))
    for n in range(1, 8):
        for scene, seen in ((both, (0, 1)), (alone[0], (0,)), (alone[1], (1,))):
            for sensor in seen:
                rng = np.random.default_rng(10 * n + sensor)
                scene.see(rng, n - 0.3 * sensor, path(n - 0.3 * sensor)[:3], sensor)
                scene.false_alarm(rng, n - 0.1, sensor)
            scene.sort()
        for net in range(2):
            own = getattr(own_tracks, "py_func", own_tracks)(rows, both.tracks, net)
            follow(
                both.plan, both.plots, own, both.scratch, both.events, n - 1.0, float(n), net
            )
        both.clear()
        for scene in alone:
            scene.follow(n - 1.0, float(n))
    for net in range(2):
        own = getattr(own_tracks, "py_func", own_tracks)(rows, both.tracks, net)
        assert own.alive.tolist() == alone[net].tracks.alive.tolist()
        np.testing.assert_array_equal(own.mean[own.alive], alone[net].tracks.mean[own.alive])
    assert len(set(both.tracks.track_id[both.tracks.alive])) == both.tracks.alive.sum()
