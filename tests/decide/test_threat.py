"""Threat evaluation: which asset, when, and how much it matters."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bartizan.decide.picture import make_picture
from bartizan.decide.threat import evaluate
from tests.naive import decide as naive
from tests.tables import assets, at_height, ecef_velocity, tracks

pytestmark = pytest.mark.kernels


def evaluated(position, velocity, now_s=0.0):
    table, picture = tracks((position, velocity)), make_picture(8)
    miss_m = evaluate(assets(), table, 0, now_s, picture)
    return miss_m, picture


@given(st.floats(-90e3, 90e3), st.floats(-90e3, 90e3), st.floats(-3.1, 3.1))
@settings(deadline=None, max_examples=30)
def test_closest_approach_agrees_with_the_naive_twin(east, north, course) -> None:
    velocity = ecef_velocity(200.0 * math.sin(course), 200.0 * math.cos(course), 0.0)
    position = at_height(east, north, 3e3)
    miss_m, picture = evaluated(position, velocity)
    expected_m, expected_s = naive.closest_approach(
        assets().position_ecef_m[0], position, velocity
    )
    assert miss_m == pytest.approx(expected_m, rel=1e-3, abs=20.0)
    assert picture.time_to_go_s[0] == pytest.approx(expected_s, rel=1e-2, abs=1.0)


def test_a_nearer_arrival_is_worth_more() -> None:
    values = [
        evaluated(at_height(range_m, 0.0, 3e3), ecef_velocity(-250.0, 0.0, 0.0))[1].value[0]
        for range_m in (90e3, 60e3, 30e3)
    ]
    assert values == sorted(values)
    assert all(0.0 < value < 10.0 for value in values)


def test_time_to_go_runs_down_with_the_age_of_the_track() -> None:
    state = at_height(50e3, 0.0, 3e3), ecef_velocity(-250.0, 0.0, 0.0)
    fresh, old = (evaluated(*state, now_s=now)[1].time_to_go_s[0] for now in (0.0, 30.0))
    assert fresh - old == pytest.approx(30.0)


def test_a_ballistic_track_aims_where_it_falls() -> None:
    # thrown up steeply 100 km away so that it comes down near the site
    fall_s = 2.0 * 900.0 / 9.6
    state = at_height(100e3, 0.0, 25e3), ecef_velocity(-100e3 / (fall_s + 25), 0.0, 900.0)
    miss_m, picture = evaluated(*state)
    assert picture.aim_asset[0] == 0
    assert miss_m < 25e3
    assert picture.time_to_go_s[0] == pytest.approx(fall_s + 25.0, rel=0.1)


def test_without_assets_nothing_is_threatened() -> None:
    table = tracks((at_height(50e3, 0.0, 3e3), ecef_velocity(-250.0, 0.0, 0.0)))
    picture = make_picture(8)
    none = type(assets())(*(column[:0] for column in assets()))
    evaluate(none, table, 0, 0.0, picture)
    assert picture.aim_asset[0] == -1
    assert picture.value[0] == 0.0
    assert np.isinf(picture.time_to_go_s[0])
