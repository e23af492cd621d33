"""Formations and spreads: who flies where."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.rng import run_key, stable_id
from bartizan.world.formation import formation_m, spread_m

KEY = run_key(0)


def offsets(formation, count, spacing_m=100.0):
    return [
        formation_m(formation, spacing_m, k, count, KEY, stable_id(f"raid.x[{k}]"))
        for k in range(count)
    ]


def test_a_line_flies_abreast_about_the_middle():
    assert offsets("line", 3) == [(-100.0, 0.0), (0.0, 0.0), (100.0, 0.0)]


def test_a_column_flies_one_behind_the_other():
    assert offsets("column", 3) == [(0.0, 0.0), (0.0, -100.0), (0.0, -200.0)]


def test_a_wedge_has_its_first_ahead_and_equal_arms():
    assert offsets("wedge", 5) == [
        (0.0, 0.0), (100.0, -100.0), (-100.0, -100.0), (200.0, -200.0), (-200.0, -200.0),
    ]  # fmt: skip


def test_a_scatter_fills_a_square_of_its_spacing():
    places = offsets("scatter", 400)
    half = 0.5 * 100.0 * math.sqrt(400)
    assert max(abs(m) for place in places for m in place) <= half
    assert len(set(places)) == 400
    assert sum(right for right, _ in places) / 400 == pytest.approx(0.0, abs=200.0)


@pytest.mark.parametrize("formation", ["line", "column", "wedge", "scatter"])
def test_one_alone_leads_at_the_middle(formation):
    right, ahead = offsets(formation, 1, spacing_m=0.0)[0]
    assert (right, ahead) == pytest.approx((0.0, 0.0))


@given(st.integers(1, 60), st.floats(0.0, 1e5), st.integers(0, 2**62))
def test_a_spread_keeps_order_and_width(count, width_m, target_id):
    places = [spread_m(width_m, k, count, KEY, target_id + k) for k in range(count)]
    assert places == sorted(places)
    assert max(map(abs, places)) <= 0.5 * width_m


def test_a_place_in_a_spread_depends_on_its_own_id_only():
    assert spread_m(1e4, 1, 3, KEY, 7) == spread_m(1e4, 1, 3, KEY, 7)
    assert spread_m(1e4, 1, 3, KEY, 7) != spread_m(1e4, 1, 3, KEY, 8)
    assert spread_m(1e4, 1, 3, KEY, 7) != spread_m(1e4, 1, 3, run_key(1), 7)
