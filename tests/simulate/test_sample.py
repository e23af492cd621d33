"""Samples: what is written for replay is what an independent geodesy makes of the states."""

from types import SimpleNamespace as Stub

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.decide.picture import make_picture
from bartizan.simulate.sample import (
    PERIOD_S,
    ellipses,
    geodetic_states,
    is_full,
    joined,
    make_samples,
    sample,
    spread_columns,
    take_tracks,
    take_truth,
)
from bartizan.tracking.nets import Rows
from bartizan.tracking.tracks import make_tracks
from bartizan.world.truth import make_targets
from tests.naive import simulate as naive

pytestmark = pytest.mark.kernels


@given(st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_geodetic_states_are_those_of_the_naive_twin(seed: int, n: int) -> None:
    draw = np.random.default_rng(seed)
    direction = draw.normal(size=(n, 3))
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    radius_m = draw.uniform(6.36e6, 6.5e6, (n, 1))
    states = np.hstack([radius_m * direction, draw.normal(0.0, 800.0, (n, 3))])
    found, expected = np.empty_like(states), naive.geodetic_states(states)
    geodetic_states(states, found)
    np.testing.assert_allclose(found[:, :2], expected[:, :2], rtol=0.0, atol=1e-8)
    np.testing.assert_allclose(found[:, 2:], expected[:, 2:], rtol=0.0, atol=2e-3)


@given(st.integers(0, 2**32 - 1), st.integers(0, 5))
def test_ellipses_are_those_of_the_naive_twin(seed: int, n: int) -> None:
    draw = np.random.default_rng(seed)
    states = 6.4e6 * draw.normal(size=(n, 6))
    roots = 10.0 ** draw.uniform(0.0, 3.0, (n, 1, 1)) * draw.normal(size=(n, 3, 3))
    covariance_m2 = roots @ roots.transpose(0, 2, 1)
    found, expected = np.empty((n, 5)), naive.ellipses(states, covariance_m2)
    ellipses(states, covariance_m2, found)
    size_m = np.sqrt(np.trace(covariance_m2, axis1=1, axis2=2))[:, None]
    assert (abs(found - expected)[:, [0, 1, 2, 4]] <= 1e-6 * size_m).all()
    is_round = abs(found[:, 1] - found[:, 2]) < 0.01 * found[:, 1]
    turned = abs(np.sin(np.radians(found - expected)[:, 3]))
    assert (is_round | (turned < 1e-6)).all()


@pytest.mark.parametrize("north", [1.0, -1.0])
def test_an_ellipse_over_a_pole_has_no_east_but_its_axes(north: float) -> None:
    states, found = np.array([[0.0, 0.0, 6.4e6 * north, 0.0, 0.0, 0.0]]), np.empty((1, 5))
    ellipses(states, np.diag([9.0, 4.0, 1.0])[None], found)
    assert found[0, [1, 2, 4]] == pytest.approx([3.0, 2.0, 1.0])


ROWS = Rows(2, 3, 1)  # seven of its eight rows


def a_moment(seed: int):
    """Return targets, tracks and picture of which about half is to be sampled."""
    draw = np.random.default_rng(seed)
    targets, tracks, picture = make_targets(9), make_tracks(7), make_picture(7)
    for column in (targets.position_ecef_m, targets.velocity_ecef_m_s):
        column[:] = draw.normal(0.0, 1e6, column.shape)
    tracks.time_s[:] = draw.uniform(-9.0, 1.0, 7)
    tracks.mean[:] = draw.normal(0.0, 600.0, (7, 6))
    tracks.mean[:, 0] += draw.uniform(6.38e6, 6.41e6, 7)
    root = draw.uniform(-10.0, 10.0, tracks.covariance.shape)
    tracks.covariance[:] = root @ root.transpose(0, 2, 1)
    targets.phase[:] = draw.integers(0, 4, 9)
    tracks.alive[:] = draw.integers(0, 2, 7)
    for column in (tracks.track_id, tracks.status, picture.identity):
        column[:] = draw.integers(1, 3, 7)
    picture.posterior[:] = draw.random((7, 4))
    picture.track_id[:] = np.where(draw.integers(0, 2, 7), tracks.track_id, -1)
    return targets, tracks, picture


def filled(table):
    """The rows that are filled."""
    n = int(table.size[0])
    return table._make([table.size, *(column[:n] for column in table[1:])])


@given(st.integers(0, 2**32 - 1))
def test_samples_are_those_of_the_naive_twin(seed: int) -> None:
    targets, tracks, picture = a_moment(seed)
    samples = make_samples(7, 9, is_wanted=True)
    for now_s in (1.0, 2.0, 3.0):  # at 2 s none is due
        sample(samples, targets, ROWS, tracks, picture, now_s)
    found_tracks, found_truth = filled(samples.tracks), filled(samples.truth)
    expected = [
        naive.sample(targets, tracks, picture, now_s) for now_s in (1.0, 1.0 + PERIOD_S)
    ]
    spread = found_tracks.covariance_m2.reshape(-1, 9).T
    columns = (
        *found_tracks[1:6], *found_tracks.state_ecef.T, *spread, found_tracks.p_hostile
    )  # fmt: skip
    rows = np.array(list(zip(*columns, strict=True)))
    np.testing.assert_allclose(rows, expected[0][0] + expected[1][0], rtol=1e-12)
    columns = (*found_truth[1:3], *found_truth.state_ecef.T)
    assert list(zip(*columns, strict=True)) == expected[0][1] + expected[1][1]


def test_samples_ask_to_be_read_before_they_overflow_and_only_if_wanted() -> None:
    targets, tracks, picture = a_moment(1)
    targets.phase[:], tracks.alive[:] = 1, True
    samples, now_s = make_samples(7, 9, is_wanted=True), 1.0
    while not is_full(samples, targets, tracks):
        sample(samples, targets, ROWS, tracks, picture, now_s)
        now_s += PERIOD_S
    assert samples.truth.size[0] + 9 > samples.truth.time_s.shape[0] >= samples.truth.size[0]
    unwanted = make_samples(7, 9, is_wanted=False)
    sample(unwanted, targets, ROWS, tracks, picture, 1e9)
    assert unwanted.truth.size[0] == 0
    assert not is_full(unwanted, targets, tracks)


def test_what_is_taken_stays_as_it_was_and_stands_in_order() -> None:
    targets, tracks, picture = a_moment(3)
    names = Stub(nets=["ours", "theirs"], targets=[f"t{k}" for k in range(9)], classes=["a"])
    world = Stub(kind=np.zeros(9, dtype=np.int64), side=np.zeros(9, dtype=np.int64))
    plan, samples = Stub(names=names, world=world), make_samples(7, 9, is_wanted=True)
    taken = []
    for now_s in (1.0, 9.0):
        sample(samples, targets, ROWS, tracks, picture, now_s)
        taken.append((take_tracks(plan, samples.tracks), take_truth(plan, samples.truth)))
        assert samples.tracks.size[0] == samples.truth.size[0] == 0
        targets.position_ecef_m[:] *= 1.1
        picture.posterior[:] *= 0.5
    n, m = int(tracks.alive.sum()), int((targets.phase == 1).sum())
    found, flying = (joined([*parts]) for parts in zip(*taken, strict=True))
    assert found["time_s"].tolist() == [1.0] * n + [9.0] * n
    assert flying["time_s"].tolist() == [1.0] * m + [9.0] * m
    assert list(flying["truth_id"])[:m] == list(flying["truth_id"])[m:]
    assert set(flying["truth_id"]) == {f"t{k}" for k in np.flatnonzero(targets.phase == 1)}
    first, second = np.split(found["p_hostile"], 2)
    np.testing.assert_allclose(second, 0.5 * first)
    heights = np.split(flying["height_m"], 2)
    assert (heights[1] != heights[0]).all()
    assert joined([]) == {}


def test_a_track_is_written_with_the_ellipse_of_where_it_may_be() -> None:
    lat, lon, bearing = np.radians([-27.0, -17.0, 30.0])
    up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    north = np.cross(up, east)
    along = np.sin(bearing) * east + np.cos(bearing) * north
    across = np.cross(along, up)
    covariance_m2 = sum(
        sigma_m**2 * np.outer(axis, axis)
        for sigma_m, axis in ((50.0, along), (20.0, across), (7.0, up))
    )
    state = np.concatenate([6.378e6 * up, np.zeros(3)])
    found = spread_columns(state[None], covariance_m2[None])
    values = [float(column[0]) for column in found.values()]
    mean_m = np.sqrt((50.0**2 + 20.0**2 + 7.0**2) / 3.0)
    assert list(found) == [
        "sigma_m", "sigma_major_m", "sigma_minor_m", "major_axis_deg", "sigma_up_m"
    ]  # fmt: skip
    assert values == pytest.approx([mean_m, 50.0, 20.0, 30.0, 7.0], rel=1e-6)
