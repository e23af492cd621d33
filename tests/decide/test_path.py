"""Prediction far ahead, against geodesics and the conservation laws of free fall."""

import numpy as np
import pytest
from pyproj import Geod

from bartizan.decide.path import predict, predict_path
from bartizan.world.geodesy import (
    GRAVITATION_M3_S2,
    ecef_from_geodetic,
    enu_from_ecef,
    geodetic_from_ecef,
)

pytestmark = pytest.mark.kernels


def state(lat: float, lon: float, height: float, east: float, north: float, up: float):
    lat, lon = np.radians([lat, lon])
    velocity = enu_from_ecef(lat, lon).T @ [east, north, up]
    return np.array([*ecef_from_geodetic(lat, lon, height), *velocity])


@pytest.mark.parametrize("course_deg", [0.0, 40.0, 90.0, 215.0])
def test_level_flight_follows_the_geodesic_at_constant_height(course_deg: float) -> None:
    speed, ahead_s = 250.0, 240.0
    course = np.radians(course_deg)
    start = state(-27.0, -17.0, 50.0, speed * np.sin(course), speed * np.cos(course), 0.0)
    lat, lon, height = geodetic_from_ecef(*predict(*start, ahead_s)[:3])
    lon_deg, lat_deg, _ = Geod(ellps="WGS84").fwd(-17.0, -27.0, course_deg, speed * ahead_s)
    _, _, off_m = Geod(ellps="WGS84").inv(np.degrees(lon), np.degrees(lat), lon_deg, lat_deg)
    assert height == pytest.approx(50.0, abs=1e-3)
    assert off_m < 5.0


def test_climb_rate_is_kept() -> None:
    start = state(-27.0, -17.0, 1000.0, 150.0, 100.0, 10.0)
    *_, height = geodetic_from_ecef(*predict(*start, 60.0)[:3])
    assert height == pytest.approx(1600.0, abs=1e-3)


def test_a_hovering_track_stays() -> None:
    start = state(-27.0, -17.0, 100.0, 0.0, 0.0, 0.0)
    assert predict(*start, 100.0) == pytest.approx(start, abs=1e-6)


def test_free_fall_keeps_energy_and_angular_momentum() -> None:
    start = state(-27.0, -17.0, 60e3, 1200.0, 300.0, 500.0)
    end = np.array(predict(*start, 150.0))

    def energy(s: np.ndarray) -> float:
        return 0.5 * s[3:] @ s[3:] - GRAVITATION_M3_S2 / np.linalg.norm(s[:3])

    momentum = [np.cross(s[:3], s[3:]) for s in (start, end)]
    assert energy(end) == pytest.approx(energy(start), rel=1e-7)
    assert momentum[1] == pytest.approx(momentum[0], rel=1e-9)


def test_free_fall_there_and_back_is_where_it_was() -> None:
    start = state(-27.0, -17.0, 60e3, 1200.0, 300.0, 500.0)
    there = predict(*start, 100.0)
    assert predict(*there, -100.0) == pytest.approx(start, rel=1e-9, abs=1e-6)


def test_a_path_agrees_with_single_predictions_and_ends_underground() -> None:
    start = state(-27.0, -17.0, 30e3, 1000.0, 0.0, -800.0)
    path = np.empty((100, 7))
    n = predict_path(start, 5.0, 10.0, 2.0, path)
    assert 5 < n < 100
    assert path[n - 1, 4] > -200.0
    for row in (0, 3, n - 1):
        expected = predict(*start, path[row, 0] - 5.0)
        assert path[row, 1:4] == pytest.approx(expected[:3], abs=5.0)
