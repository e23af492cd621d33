import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.tracking.measurement import convert
from tests.naive.tracking import parts as naive
from tests.tracking.scene import SITE_M, TURN, Scene, ecef

pytestmark = pytest.mark.kernels
SCENE = Scene()


def converted(row):
    position, covariance = np.empty(3), np.empty((3, 3))
    convert(SCENE.plots, row, SCENE.plan.sensors, position, covariance)
    return position, covariance


@given(
    st.floats(1e3, 600e3),
    st.floats(0.0, 6.28),
    st.floats(-0.01, 1.4),
    st.tuples(st.floats(1.0, 300.0), st.floats(1e-4, 0.02), st.floats(1e-4, 0.02)),
)
def test_conversion_equals_the_matrix_form(range_m, azimuth, elevation, sigmas):
    SCENE.clear()
    SCENE.radar_plot(0.0, (range_m, azimuth, elevation), sigmas=sigmas)
    position, covariance = converted(0)
    expected, spread = naive.convert(range_m, azimuth, elevation, sigmas, SITE_M, TURN)
    np.testing.assert_allclose(position, expected, rtol=0, atol=1e-6)
    np.testing.assert_allclose(covariance, spread, rtol=1e-9, atol=1e-6 * spread.max())


def test_a_report_is_its_position_with_equal_axes():
    SCENE.clear()
    SCENE.report(0.0, ecef((1.0, 2.0, 3.0)), address=5, sigma_m=7.0)
    position, covariance = converted(0)
    np.testing.assert_array_equal(position, ecef((1.0, 2.0, 3.0)))
    np.testing.assert_array_equal(covariance, 49.0 * np.eye(3))


@pytest.mark.parametrize("elevation", [0.002, 0.3, 1.2])
def test_conversion_is_unbiased_and_its_covariance_holds_at_long_range(elevation):
    rng = np.random.default_rng(7)
    n, sigmas = 400, (60.0, 5e-3, 5e-3)
    polar = np.array([400e3, 1.0, elevation])
    level = polar[0] * math.cos(elevation)
    truth = ecef((level * math.sin(1.0), level * math.cos(1.0), polar[0] * math.sin(elevation)))
    errors, squares = np.empty((n, 3)), np.empty(n)
    for k in range(n):
        SCENE.clear()
        SCENE.radar_plot(0.0, polar + rng.normal(size=3) * sigmas, sigmas=sigmas)
        position, covariance = converted(0)
        errors[k] = position - truth
        squares[k] = errors[k] @ np.linalg.solve(covariance, errors[k])
    spread = np.cov(errors.T)
    bias2 = errors.mean(0) @ np.linalg.solve(spread / n, errors.mean(0))
    assert bias2 < 16.3  # chi-square of 3, 0.999
    assert 2.6 < squares.mean() < 3.4
