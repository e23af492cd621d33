"""Ground distances and bearings: against geodesics of pyproj, and the naive twin."""

import math

import numpy as np
import pyproj
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bartizan.world.geodesy import ecef_from_geodetic
from bartizan.world.ground import (
    bearing_rad,
    circle_length_m,
    destination,
    ecef_from_normal,
    geodetic_from_normal,
    great_circle,
    ground_distance_ecef_m,
    ground_distance_m,
    normal_from_geodetic,
    rotated,
)
from tests.naive import world as naive

pytestmark = pytest.mark.kernels

GEOD = pyproj.Geod(ellps="WGS84")

latitudes = st.floats(-math.pi / 2, math.pi / 2)
longitudes = st.floats(-math.pi, math.pi)
bearings = st.floats(0.0, 2.0 * math.pi, exclude_max=True)
ranges = st.floats(1.0, 500e3)


def geodesic(latitude, longitude, bearing, distance):
    """Return where pyproj's geodesic ends."""
    degrees = [math.degrees(angle) for angle in (longitude, latitude, bearing)]
    lon, lat, _ = GEOD.fwd(*degrees, distance)
    return math.radians(lat), math.radians(lon)


@given(latitudes, longitudes, bearings, ranges)
@example(math.pi / 2, 0.0, 1.0, 500e3)
@example(math.radians(89.0), 0.0, 0.0, 300e3)
@example(0.2, math.pi - 1e-6, math.pi / 2, 100e3)
@example(0.2, -math.pi, 3 * math.pi / 2, 100e3)
def test_a_destination_is_that_of_the_geodesic(latitude, longitude, bearing, distance):
    ours = destination(latitude, longitude, bearing, distance)
    oracle = geodesic(latitude, longitude, bearing, distance)
    apart = np.array(ecef_from_geodetic(*ours, 0.0)) - ecef_from_geodetic(*oracle, 0.0)
    assert np.linalg.norm(apart) < 1e-3
    assert -math.pi <= ours[1] <= math.pi


@given(latitudes, longitudes, bearings, ranges)
@example(math.radians(89.9), 0.0, 0.0, 300e3)
@example(0.2, math.pi - 1e-6, math.pi / 2, 100e3)
def test_a_ground_distance_is_that_of_the_geodesic(latitude, longitude, bearing, distance):
    lat2, lon2 = geodesic(latitude, longitude, bearing, distance)
    ours = ground_distance_m(latitude, longitude, lat2, lon2)
    assert ours == pytest.approx(distance, rel=0, abs=5e-3)
    high = ecef_from_geodetic(latitude, longitude, 12e3), ecef_from_geodetic(lat2, lon2, 0.0)
    assert ground_distance_ecef_m(*high[0], *high[1]) == pytest.approx(ours, abs=1e-3)


def test_a_ground_distance_is_good_across_an_ocean():
    for bearing in (0.1, 1.3, 2.9):
        end = geodesic(-0.4, -0.3, bearing, 5e6)
        assert ground_distance_m(-0.4, -0.3, *end) == pytest.approx(5e6, rel=0, abs=2.0)


@given(st.floats(-1.55, 1.55), longitudes, bearings, st.floats(1e3, 500e3))
def test_a_bearing_is_that_of_the_geodesic(latitude, longitude, bearing, distance):
    ours = bearing_rad(latitude, longitude, *geodesic(latitude, longitude, bearing, distance))
    assert 0.0 <= ours < 2.0 * math.pi
    assert math.remainder(ours - bearing, 2.0 * math.pi) == pytest.approx(0.0, abs=2e-4)


@given(st.floats(-1.5, 1.5), longitudes, bearings, st.floats(1e4, 500e3))
def test_distance_bearing_and_destination_equal_their_naive_twins(
    latitude, longitude, bearing, distance
):
    end = destination(latitude, longitude, bearing, distance)
    assume(abs(end[0]) < 1.5)
    twin = naive.destination(latitude, longitude, bearing, distance)
    assert end[0] == pytest.approx(twin[0], abs=1e-9)
    assert math.remainder(end[1] - twin[1], 2.0 * math.pi) == pytest.approx(0.0, abs=1e-8)
    ours = ground_distance_m(latitude, longitude, *end)
    assert ours == pytest.approx(naive.ground_distance_m(latitude, longitude, *end), abs=0.01)
    p, q = ecef_from_geodetic(latitude, longitude, 5e3), ecef_from_geodetic(*end, 0.0)
    assert ours == pytest.approx(naive.ground_distance_ecef_m(p, q), abs=0.01)
    turn = bearing_rad(latitude, longitude, *end) - naive.bearing_rad(latitude, longitude, *end)
    assert math.remainder(turn, 2.0 * math.pi) == pytest.approx(0.0, abs=1e-3)


def test_no_way_has_no_length_and_a_bearing_all_the_same():
    assert ground_distance_m(0.3, 0.4, 0.3, 0.4) == 0.0
    assert bearing_rad(0.3, 0.4, 0.3, 0.4) == 0.0
    assert destination(0.3, 0.4, 1.0, 0.0) == pytest.approx((0.3, 0.4), abs=1e-15)


@given(latitudes, longitudes)
def test_a_normal_leads_back_to_its_place(latitude, longitude):
    normal = normal_from_geodetic(latitude, longitude)
    again = geodetic_from_normal(*normal)
    assert again == pytest.approx(naive.geodetic_from_normal(normal), abs=1e-7)
    assert again[0] == pytest.approx(latitude, abs=1e-12)
    apart = math.remainder(again[1] - longitude, 2.0 * math.pi) * math.cos(latitude)
    assert apart == pytest.approx(0.0, abs=1e-12)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_great_circle_ends_where_it_should(latitude, longitude, lat2, lon2):
    n = normal_from_geodetic(latitude, longitude)
    m = normal_from_geodetic(lat2, lon2)
    assume(1e-6 < math.dist(n, m) < 1.99)
    ax, ay, az, angle = great_circle(*n, *m)
    twin_axis, twin_angle = naive.great_circle(n, m)
    assert (ax, ay, az) == pytest.approx(tuple(twin_axis), abs=1e-6)
    assert angle == pytest.approx(twin_angle, abs=1e-7)
    end = rotated(*n, ax, ay, az, angle)
    assert end[:3] == pytest.approx(m, abs=1e-9)
    assert end[:3] == pytest.approx(naive.turned(np.array(n), (ax, ay, az), angle), abs=1e-12)


@given(st.floats(-1.4, 1.4), longitudes, bearings, st.floats(1e4, 3e6))
def test_the_length_of_a_circle_equals_the_sum_of_its_chords(
    latitude, longitude, bearing, distance
):
    n = normal_from_geodetic(latitude, longitude)
    m = normal_from_geodetic(*geodesic(latitude, longitude, bearing, distance))
    ax, ay, az, angle = great_circle(*n, *m)
    chords = naive.circle_length_m(np.array(n), (ax, ay, az), angle, steps=200)
    # A chord of 1/200 of 3 000 km is short by a part in 10^6.
    assert circle_length_m(*n, ax, ay, az, angle) == pytest.approx(chords, rel=1e-6)


@given(latitudes, longitudes, bearings, st.floats(0.0, 1e5))
def test_the_derivative_of_a_point_by_its_normal_is_the_numeric_one(
    latitude, longitude, bearing, height
):
    n = normal_from_geodetic(latitude, longitude)
    lat2, lon2 = geodesic(latitude, longitude, bearing, 1e5)
    ax, ay, az, _ = great_circle(*n, *normal_from_geodetic(lat2, lon2))

    def at(angle):
        return np.array(ecef_from_normal(*rotated(*n, ax, ay, az, angle), height))

    slope = (at(1e-4)[:3] - at(-1e-4)[:3]) / 2e-4
    assert at(0.0)[3:] == pytest.approx(slope, rel=1e-6, abs=1.0)
    assert at(0.0)[:3] == pytest.approx(
        naive.ecef_from_geodetic(latitude, longitude, height), abs=1e-5
    )
