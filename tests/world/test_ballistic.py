"""Ballistic arcs: the published check values, and least speed."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.world.ballistic import MEAN_RADIUS_M, arc_between, ballistic_arc
from bartizan.world.geodesy import GRAVITATION_M3_S2


@pytest.mark.parametrize(
    ("range_km", "speed_m_s", "apogee_km", "duration_s"),
    [
        (300, 1696, 74, 251),
        (500, 2173, 123, 327),
        (1000, 3016, 240, 474),
        (2000, 4113, 459, 702),
    ],
)
def test_an_arc_over_a_sphere_is_as_published(range_km, speed_m_s, apogee_km, duration_s):
    speed, apogee_m, duration = ballistic_arc(range_km * 1e3)
    assert speed == pytest.approx(speed_m_s, abs=1.0)
    assert apogee_m / 1e3 == pytest.approx(apogee_km, abs=0.6)
    assert duration == pytest.approx(duration_s, abs=0.6)


def test_a_short_arc_is_the_parabola_at_45_degrees():
    speed, apogee_m, duration = ballistic_arc(1000.0)
    gravity = GRAVITATION_M3_S2 / MEAN_RADIUS_M**2
    assert speed == pytest.approx(math.sqrt(1000.0 * gravity), rel=1e-3)
    assert apogee_m == pytest.approx(250.0, rel=1e-3)
    assert duration == pytest.approx(math.sqrt(2.0 * 1000.0 / gravity), rel=1e-3)


@pytest.mark.parametrize("range_m", [0.0, -1.0, 3e7, math.nan])
def test_an_arc_out_of_range_is_not_a_number(range_m):
    assert all(math.isnan(value) for value in ballistic_arc(range_m))


@given(st.floats(1e4, 5e6), st.floats(-5e3, 5e3), st.floats(-5e3, 5e3))
def test_an_arc_between_two_points_passes_both_at_its_times(range_m, up1_m, up2_m):
    angle = range_m / MEAN_RADIUS_M
    launch = np.array([MEAN_RADIUS_M + up1_m, 0.0, 0.0])
    impact = (MEAN_RADIUS_M + up2_m) * np.array([math.cos(angle), math.sin(angle), 0.0])
    arc = arc_between(launch, impact)
    r1, r2 = np.linalg.norm(launch), np.linalg.norm(impact)
    # Both points lie on the ellipse, by its definition from the focus.
    for point, r in ((launch, r1), (impact, r2)):
        along = float(point @ arc.apogee)
        from_focus = arc.semi_major_m * (1.0 - arc.eccentricity**2) + arc.eccentricity * along
        assert from_focus == pytest.approx(r, abs=1e-3)
    assert arc.duration_s > 0.0
    # It is the least: energy is set by the semi-major axis, never below (r1 + r2 + c) / 4.
    chord = float(np.linalg.norm(impact - launch))
    assert arc.semi_major_m == pytest.approx((r1 + r2 + chord) / 4.0)


def test_an_arc_over_a_sphere_and_between_two_points_of_it_agree():
    angle = 5e5 / MEAN_RADIUS_M
    launch = np.array([MEAN_RADIUS_M, 0.0, 0.0])
    impact = MEAN_RADIUS_M * np.array([math.cos(angle), 0.0, math.sin(angle)])
    arc, (speed, apogee_m, duration_s) = arc_between(launch, impact), ballistic_arc(5e5)
    top_m = arc.semi_major_m * (1.0 + arc.eccentricity) - MEAN_RADIUS_M
    least = math.sqrt(GRAVITATION_M3_S2 * (2.0 / MEAN_RADIUS_M - 1.0 / arc.semi_major_m))
    assert (least, top_m) == pytest.approx((speed, apogee_m), rel=1e-9)
    assert arc.duration_s == pytest.approx(duration_s, rel=1e-9)
    assert arc.to_apogee_s == pytest.approx(duration_s / 2.0, rel=1e-9)


def test_no_plane_goes_through_a_point_and_itself():
    point = np.array([MEAN_RADIUS_M, 0.0, 0.0])
    assert arc_between(point, point) is None
    assert arc_between(point, -point) is None
