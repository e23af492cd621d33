"""The horizon: published ranges, and a ray walked over the enlarged Earth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.sense.horizon import ground_range_m, horizon_range_m, is_above_horizon
from bartizan.world.geodesy import ecef_from_geodetic
from bartizan.world.ground import destination
from tests.naive import sense as naive

pytestmark = pytest.mark.kernels

HEIGHT = st.floats(0, 30e3)


@pytest.mark.parametrize(
    ("height_m", "range_km", "rounding_km"),
    [(50, 42.2, 0.05), (1e3, 143, 0.5), (1e4, 425, 0.5)],
)
def test_published_horizons_of_a_ten_metre_antenna_are_met(height_m, range_km, rounding_km):
    assert horizon_range_m(10.0, height_m) / 1e3 == pytest.approx(range_km, abs=rounding_km)


@given(antenna=HEIGHT, target=HEIGHT)
def test_the_horizon_is_where_two_tangents_meet(antenna, target):
    expected = naive.horizon_range_m(antenna, target)
    assert horizon_range_m(antenna, target) == pytest.approx(expected, rel=1e-6, abs=0.3)


@given(antenna=HEIGHT, target=HEIGHT, share=st.floats(0, 2))
def test_what_is_above_the_horizon_has_a_free_line_of_sight(antenna, target, share):
    if abs(share - 1) < 0.01:
        return
    ground_m = share * horizon_range_m(antenna, target) + 5e3 * (share > 1)
    expected = naive.is_above_horizon(antenna, target, ground_m)
    assert is_above_horizon(antenna, target, ground_m) == expected


def test_a_place_below_the_ground_counts_as_on_it():
    assert horizon_range_m(-50.0, -3.0) == 0.0
    assert is_above_horizon(-1.0, -1.0, 0.0)


def test_nothing_hides_from_an_antenna_at_infinity():
    assert is_above_horizon(math.inf, 0.0, 9e6)


@given(bearing=st.floats(0, 6.28), range_m=st.floats(0, 1e6), height_m=HEIGHT)
def test_ground_range_is_that_of_the_mean_sphere(bearing, range_m, height_m):
    site = np.array(ecef_from_geodetic(-0.48, -0.3, 10.0))
    place = destination(-0.48, -0.3, bearing, range_m)
    target = ecef_from_geodetic(*place, height_m)
    found = ground_range_m(site, *target)
    assert found == pytest.approx(naive.ground_range_m(site, *target), rel=1e-6, abs=0.2)
    assert found == pytest.approx(range_m, rel=6e-3, abs=100)
