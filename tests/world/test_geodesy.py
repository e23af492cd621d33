"""Frames: against pyproj, the naive twin, and there and back."""

import math

import numpy as np
import pyproj
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bartizan.world.geodesy import (
    ecef_from_geodetic,
    ecef_from_polar,
    enu_from_ecef,
    enu_from_polar,
    geodetic_from_ecef,
    height_m,
    polar_from_ecef,
    polar_from_enu,
)
from tests.naive import world as naive

pytestmark = pytest.mark.kernels

TO_ECEF = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)

latitudes = st.floats(-math.pi / 2, math.pi / 2)
longitudes = st.floats(-math.pi, math.pi)
heights = st.floats(-500.0, 1e6)


@pytest.mark.parametrize(
    ("place", "ecef"),
    [
        ((0.0, 0.0, 0.0), (6378137.0, 0.0, 0.0)),
        ((0.0, math.pi / 2, 10.0), (0.0, 6378147.0, 0.0)),
        ((math.pi / 2, 0.0, 0.0), (0.0, 0.0, 6356752.314245)),
        ((-math.pi / 2, 1.0, 0.0), (0.0, 0.0, -6356752.314245)),
    ],
)
def test_axes_of_the_ellipsoid_lie_where_wgs_84_says(place, ecef):
    assert ecef_from_geodetic(*place) == pytest.approx(ecef, abs=1e-6)


@given(latitudes, longitudes, heights)
@example(math.pi / 2, 0.0, 0.0)
@example(-math.pi / 2, 3.0, 1e6)
@example(0.0, math.pi, 1e6)
@example(0.5, -math.pi, 0.0)
def test_ecef_agrees_with_pyproj_to_a_millimetre(latitude, longitude, height):
    oracle = TO_ECEF.transform(math.degrees(longitude), math.degrees(latitude), height)
    ours = ecef_from_geodetic(latitude, longitude, height)
    assert ours == pytest.approx(oracle, rel=0, abs=1e-3)
    assert ours == pytest.approx(
        naive.ecef_from_geodetic(latitude, longitude, height), abs=1e-6
    )


@given(latitudes, longitudes, heights)
@example(math.pi / 2, 0.0, 0.0)
@example(-math.pi / 2, 0.0, 1e6)
@example(math.pi / 2 - 1e-9, 2.0, 100.0)
@example(0.0, math.pi, 0.0)
@example(1e-12, -math.pi, 1e6)
def test_geodetic_is_the_way_back_at_poles_and_date_line_too(latitude, longitude, height):
    x, y, z = ecef_from_geodetic(latitude, longitude, height)
    again = geodetic_from_ecef(x, y, z)
    assert again[0] == pytest.approx(latitude, rel=0, abs=1e-9)
    assert again[2] == pytest.approx(height, rel=0, abs=1e-3)
    assert height_m(x, y, z) == again[2]
    # A longitude means nothing at a pole, and 180 W is 180 E: compare what lies across.
    apart = math.remainder(again[1] - longitude, 2.0 * math.pi) * math.cos(latitude)
    assert apart == pytest.approx(0.0, abs=1e-9)


@given(latitudes, longitudes, heights)
def test_geodetic_equals_its_naive_twin(latitude, longitude, height):
    point = ecef_from_geodetic(latitude, longitude, height)
    ours, twin = geodetic_from_ecef(*point), naive.geodetic_from_ecef(*point)
    assert ours[:2] == pytest.approx(twin[:2], abs=1e-9)
    assert ours[2] == pytest.approx(twin[2], abs=1e-3)


@given(latitudes, longitudes, latitudes, longitudes, heights)
def test_enu_agrees_with_pyproj_to_a_millimetre(latitude, longitude, lat2, lon2, height):
    site = f"+lat_0={math.degrees(latitude)} +lon_0={math.degrees(longitude)} +h_0=20"
    oracle = pyproj.Transformer.from_pipeline(f"+proj=topocentric +ellps=WGS84 {site}")
    point = np.array(ecef_from_geodetic(lat2, lon2, height))
    away = point - np.array(ecef_from_geodetic(latitude, longitude, 20.0))
    ours = enu_from_ecef(latitude, longitude) @ away
    assert ours == pytest.approx(oracle.transform(*point), rel=0, abs=1e-3)


@given(latitudes, longitudes)
def test_enu_is_a_rotation(latitude, longitude):
    R = enu_from_ecef(latitude, longitude)
    assert np.allclose(R @ R.T, np.eye(3), atol=1e-14)
    assert np.allclose(R, naive.enu_from_ecef(latitude, longitude), atol=1e-14)
    assert np.linalg.det(R) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("east", "north", "up", "azimuth_deg", "elevation_deg"),
    [
        (0.0, 5.0, 0.0, 0.0, 0.0),
        (5.0, 0.0, 0.0, 90.0, 0.0),
        (0.0, -5.0, 5.0, 180.0, 45.0),
        (-5.0, 0.0, -5.0, 270.0, -45.0),
        (0.0, 0.0, 5.0, 0.0, 90.0),
        (-1e-300, 5.0, 0.0, 0.0, 0.0),
    ],
)
def test_azimuth_is_clockwise_from_north(east, north, up, azimuth_deg, elevation_deg):
    _, azimuth, elevation = polar_from_enu(east, north, up)
    assert math.degrees(azimuth) == pytest.approx(azimuth_deg)
    assert math.degrees(elevation) == pytest.approx(elevation_deg)


@given(latitudes, longitudes, latitudes, longitudes, heights)
def test_polar_equals_its_naive_twin_and_leads_back(latitude, longitude, lat2, lon2, height):
    site = np.array(ecef_from_geodetic(latitude, longitude, 20.0))
    rotation = enu_from_ecef(latitude, longitude)
    point = ecef_from_geodetic(lat2, lon2, height + 1000.0)
    distance, azimuth, elevation = polar_from_ecef(*point, site, rotation)
    assert 0.0 <= azimuth < 2.0 * math.pi
    assert ecef_from_polar(distance, azimuth, elevation, site, rotation) == pytest.approx(
        point, rel=0, abs=1e-5
    )
    twin = naive.polar_from_ecef(point, latitude, longitude, 20.0)
    assert distance == pytest.approx(twin[0], abs=1e-5)
    # The directions, as what they mean at that range.
    ours = np.array(enu_from_polar(distance, azimuth, elevation))
    assert ours == pytest.approx(naive.enu_from_polar(*twin), abs=1e-3)
    there = naive.ecef_from_polar(distance, azimuth, elevation, latitude, longitude, 20.0)
    assert there == pytest.approx(point, rel=0, abs=1e-3)


@given(st.floats(1.0, 1e6), st.floats(0.0, 6.283), st.floats(-1.57, 1.57))
def test_enu_and_polar_are_each_other_s_way_back(distance, azimuth, elevation):
    again = polar_from_enu(*enu_from_polar(distance, azimuth, elevation))
    assert again == pytest.approx((distance, azimuth, elevation), rel=1e-9, abs=1e-9)
