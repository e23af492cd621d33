"""Places: the three forms of a position, against pyproj's geodesic."""

import math

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.scenario.place import Position
from bartizan.world.geodesy import ecef_from_geodetic
from bartizan.world.place import ecef_m, lat_lon_rad
from tests.world.documents import scenario

GEOD = pyproj.Geod(ellps="WGS84")
SCENARIO = scenario()


def place(**form):
    return lat_lon_rad(Position.model_validate(form), SCENARIO)


def test_latitude_and_longitude_are_taken_as_they_are():
    assert place(lat=12.5, lon=-170.0) == (math.radians(12.5), math.radians(-170.0))


@given(st.floats(0.0, 360.0), st.floats(0.0, 500.0))
def test_a_bearing_and_range_agree_with_pyproj(bearing_deg, range_km):
    lon, lat, _ = GEOD.fwd(-17.0, -27.0, bearing_deg, range_km * 1e3)
    ours = place(bearing=f"{bearing_deg:.9f} deg", range=f"{range_km:.9f} km")
    apart = np.array(ecef_from_geodetic(*ours, 0.0)) - ecef_from_geodetic(
        math.radians(lat), math.radians(lon), 0.0
    )
    assert np.linalg.norm(apart) < 1e-2


@given(st.floats(-300.0, 300.0), st.floats(-300.0, 300.0))
def test_an_offset_is_a_bearing_and_a_range(east_km, north_km):
    ours = place(east=f"{east_km:.9f} km", north=f"{north_km:.9f} km")
    lon, lat = math.degrees(ours[1]), math.degrees(ours[0])
    bearing, _, distance = GEOD.inv(-17.0, -27.0, lon, lat)
    assert distance * math.sin(math.radians(bearing)) == pytest.approx(east_km * 1e3, abs=0.1)
    assert distance * math.cos(math.radians(bearing)) == pytest.approx(north_km * 1e3, abs=0.1)


def test_no_offset_is_the_origin():
    assert place(east="0 km", north="0 km") == pytest.approx(
        (math.radians(-27.0), math.radians(-17.0)), abs=1e-12
    )


def test_ecef_takes_the_height():
    position = Position.model_validate({"lat": 0.0, "lon": 0.0})
    assert ecef_m(position, 100.0, SCENARIO) == pytest.approx([6378237.0, 0.0, 0.0])
