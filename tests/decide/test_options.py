"""Options: what every unit could do about every threat, against a plain search."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.decide.options import (
    PATH_STEP_S,
    find_options,
    first_of,
    list_like_units,
    make_options,
)
from bartizan.decide.picture import make_picture
from bartizan.world.force import ForcePlan, make_magazines
from tests import tables
from tests.decide.scene import faller, flier
from tests.naive import decide as naive

pytestmark = pytest.mark.kernels

HORIZON_S = 120.0


def two_units() -> ForcePlan:
    """Two units 30 km apart; the second type is short and made for the second unit only."""
    return tables.force(
        n_unit=2,
        unit_position_ecef_m=np.array(
            [tables.ecef(0.0, 0.0, 10.0), tables.ecef(3e4, 0.0, 10.0)]
        ),
        unit_reaction_s=np.array([10.0, 4.0]),
        unit_rounds=np.array([[8, 0], [8, 8]]),
        unit_fires=np.array([[True, False], [True, True]]),
        interceptor_range_min_m=np.array([3e3, 1e3]),
        interceptor_range_max_m=np.array([150e3, 40e3]),
        interceptor_altitude_min_m=np.array([10.0, 50.0]),
        interceptor_altitude_max_m=np.array([27e3, 10e3]),
        interceptor_speed_near_m_s=np.array([900.0, 700.0]),
        interceptor_speed_far_m_s=np.array([1400.0, 600.0]),
        interceptor_target_speed_max_m_s=np.array([2800.0, 450.0]),
        expected_kill=np.array([[0.8, 0.5], [0.6, 0.1]]),
    )


def four_units() -> ForcePlan:
    """The two, and two more like the second at its site: they may share its windows."""
    two = two_units()
    units = {name: getattr(two, name) for name in two._fields if name.startswith("unit_")}
    more = {name: np.concatenate([c, c[1:], c[1:]]) for name, c in units.items()}
    return two._replace(**more)


def found_options(plan, force, magazines, table, picture, rows, now_s):
    """The options of the kernel as its twin gives them."""
    options = make_options(len(rows), *magazines.rounds.shape)
    path = np.empty((int(plan.commit_horizon_s / PATH_STEP_S) + 1, 7))
    enough = np.full(len(force.unit_id), len(rows) + 1)
    point = np.empty(7)
    find_options(
        plan, force, magazines, table, picture, rows, path, point, 0, enough, now_s, options
    )
    columns = (
        options.launch_s, options.intercept_s, options.last_launch_s, options.kill_probability
    )  # fmt: skip
    return {
        tuple(cell): tuple(float(column[tuple(cell)]) for column in columns)
        for cell in np.argwhere(~np.isnan(options.launch_s)).tolist()
    }


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_options_are_those_of_the_naive_twin(seed: int) -> None:
    draw = np.random.default_rng(seed)
    plan, force = tables.doctrine(commit_horizon_s=HORIZON_S), four_units()
    table = tables.tracks(flier(draw, 70e3), flier(draw, 70e3), faller(draw))
    now_s, rows = 7.0, np.array([2, 0, 1])
    table.time_s[:3] = now_s - draw.uniform(0.0, 4.0, 3)
    picture, magazines = make_picture(8), make_magazines(force)
    picture.time_to_go_s[:3] = draw.choice([np.inf, 45.3, 80.1], 3)
    picture.rounds_spent[:3] = draw.integers(0, 2, 3)
    magazines.next_launch_s[:] = draw.choice([0.0, 30.0], 4)
    case = plan, force, magazines, table, picture, rows, now_s
    found, expected = found_options(*case), naive.find_options(*case)
    assert found.keys() == expected.keys()
    for cell, window in found.items():
        assert window == pytest.approx(expected[cell], abs=0.05), cell


def test_only_units_of_the_same_site_and_figures_are_alike() -> None:
    like = np.empty(4, dtype=np.int64)
    list_like_units(four_units(), like)
    assert like.tolist() == [-1, -1, 1, 2]
    list_like_units(four_units()._replace(unit_antenna_height_m=np.arange(4.0)), like)
    assert like.tolist() == [-1, -1, -1, -1]


def test_a_type_that_its_unit_cannot_fire_is_no_option() -> None:
    plan, force = tables.doctrine(commit_horizon_s=HORIZON_S), two_units()
    state = tables.at_height(30e3, 30e3, 6e3), tables.ecef_velocity(0.0, -150.0, 0.0)
    picture, magazines = make_picture(8), make_magazines(force)
    table, rows = tables.tracks(state), np.array([0])
    found = found_options(plan, force, magazines, table, picture, rows, 0.0)
    assert {cell[1:] for cell in found} == {(0, 0), (1, 0), (1, 1)}


def test_what_falls_is_expected_to_be_hit_less_often() -> None:
    plan, force = tables.doctrine(commit_horizon_s=HORIZON_S), two_units()
    falling = tables.at_height(50e3, 0.0, 40e3), tables.ecef_velocity(-300.0, 0.0, -900.0)
    picture, magazines = make_picture(8), make_magazines(force)
    table, rows = tables.tracks(falling), np.array([0])
    found = found_options(plan, force, magazines, table, picture, rows, 0.0)
    assert {window[3] for window in found.values()} == {0.5}


def test_no_more_threats_are_looked_at_than_each_unit_needs() -> None:
    plan, force = tables.doctrine(commit_horizon_s=HORIZON_S), two_units()
    state = tables.at_height(30e3, 30e3, 6e3), tables.ecef_velocity(0.0, -150.0, 0.0)
    table, rows = tables.tracks(*[state] * 6), np.arange(6)
    path, magazines = np.empty((61, 7)), make_magazines(force)

    def looked_at(*enough: int) -> int:
        options = make_options(6, *magazines.rounds.shape)
        args = plan, force, magazines, table, make_picture(8), rows, path, np.empty(7), 0
        n = find_options(*args, np.array(enough), 0.0, options)
        assert not np.any(np.isnan(first_of(options, n).launch_s[:, 0, 0]))
        assert np.all(np.isnan(options.launch_s[n:]))
        return n

    assert [looked_at(0, 0), looked_at(2, 4), looked_at(5, 0), looked_at(7, 1)] == [0, 4, 5, 6]
