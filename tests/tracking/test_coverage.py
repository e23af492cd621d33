import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bartizan.sense import radar as sense
from bartizan.tracking.coverage import false_alarm_density_m3, is_covered, looking_sensor
from bartizan.world.geodesy import polar_from_ecef
from tests.naive.tracking import places as naive
from tests.tracking.scene import SITE_M, TURN, ecef, make_sensors

pytestmark = pytest.mark.kernels
COVERAGE = ("range_min_m", "range_max_m", "elevation_min_rad", "elevation_max_rad")
COVERAGE += ("sector_centre_rad", "sector_half_width_rad")


@pytest.mark.parametrize(
    ("enu_m", "covered"),
    [
        ((50e3, 0.0, 5e3), True),
        ((500.0, 0.0, 0.0), False),  # too near
        ((151e3, 0.0, 20e3), False),  # too far
        ((100e3, 0.0, 0.0), True),  # 800 m high
        ((100e3, 0.0, -700.0), False),  # 90 m high: behind the horizon
        ((0.0, 10.0, 9e3), False),  # overhead
    ],
)
def test_a_radar_covers_what_is_in_range_and_above_the_horizon(enu_m, covered):
    sensors = make_sensors(range_max_m=150e3)
    assert is_covered(sensors, 0, *ecef(enu_m)) == covered


def test_a_sector_lies_about_its_centre():
    sensors = make_sensors()
    sensors.sector_centre_rad[0], sensors.sector_half_width_rad[0] = 0.1, 0.5
    for azimuth in np.linspace(0.0, 6.28, 50):
        place = ecef((40e3 * math.sin(azimuth), 40e3 * math.cos(azimuth), 5e3))
        aside = (azimuth - 0.1 + math.pi) % (2 * math.pi) - math.pi
        assert is_covered(sensors, 0, *place) == (abs(aside) <= 0.5)


def test_the_preferred_sensor_looks_first():
    sensors = make_sensors(n=2)
    place = ecef((50e3, 0.0, 5e3))
    assert looking_sensor(sensors, 1, *place) == 1
    sensors.range_max_m[1] = 10e3
    assert looking_sensor(sensors, 1, *place) == 0
    sensors.range_max_m[0] = 10e3
    assert looking_sensor(sensors, 1, *place) == -1


def test_false_alarms_add_up_to_those_of_a_scan():
    sensors = make_sensors(false_alarms=40.0, range_max_m=100e3)
    total, n = 0.0, 40
    for r in np.linspace(1e3, 100e3, n + 1)[:-1] + 99e3 / n / 2:
        for elevation in np.linspace(0.0, 0.35, 6)[:-1] + 0.035:
            place = ecef((0.0, r * math.cos(elevation), r * math.sin(elevation)))
            cell_m3 = r**2 * math.cos(elevation) * 99e3 / n * 0.07 * 2 * math.pi
            total += false_alarm_density_m3(sensors, 0, *place) * cell_m3
    assert total == pytest.approx(40.0, rel=1e-6)


@given(st.integers(0, 2**32 - 1), st.sampled_from([-0.1, 0.0, 0.05]))
def test_coverage_equals_its_slow_twin(seed, elevation_min_rad):
    rng, sensors = np.random.default_rng(seed), make_sensors(n=2)
    place = ecef(rng.uniform((-110e3, -110e3, -2e3), (110e3, 110e3, 30e3)))
    sensors.elevation_min_rad[:], sensors.elevation_max_rad[:] = elevation_min_rad, 0.8
    sensors.sector_centre_rad[0], sensors.sector_half_width_rad[0] = 5.0, rng.uniform(0.1, 3.1)
    for s in range(2):
        assert is_covered(sensors, s, *place) == naive.is_covered(sensors, s, place)
    expected = naive.looking_sensor(sensors, 1, place)
    assert looking_sensor(sensors, 1, *place) == (-1 if expected is None else expected)
    density = naive.false_alarm_density(sensors, 0, place)
    assert false_alarm_density_m3(sensors, 0, *place) == pytest.approx(density, rel=1e-9)


def test_overhead_the_density_of_false_alarms_stays_finite():
    sensors, place = make_sensors(), ecef((0.0, 3.0, 9e3))
    density = naive.false_alarm_density(sensors, 0, place)
    assert false_alarm_density_m3(sensors, 0, *place) == pytest.approx(density, rel=1e-6)
    assert density < 1e-9


def radar_like(sensors, s):
    """Return the sensor as the radar that it is to `sense`."""
    columns = {name: getattr(sensors, name)[s] for name in COVERAGE}
    return sense.Radar(**dict.fromkeys(sense.Radar._fields, 0.0) | columns)


@pytest.mark.parametrize("elevation_min_rad", [-0.2, 0.0, 0.02])
def test_the_tracker_expects_looks_where_the_radar_looks(elevation_min_rad):
    sensors = make_sensors()
    sensors.antenna_height_m[0] = math.inf
    sensors.elevation_min_rad[0], sensors.sector_half_width_rad[0] = elevation_min_rad, 1.0
    radar, rng, looked_at = radar_like(sensors, 0), np.random.default_rng(3), 0
    for enu_m in rng.uniform((-160e3, -160e3, -5e3), (160e3, 160e3, 20e3), (300, 3)):
        place = ecef(enu_m)
        expected = sense.is_covered(radar, *polar_from_ecef(*place, SITE_M, TURN))
        assert is_covered(sensors, 0, *place) == expected
        looked_at += expected
    assert looked_at > 30


def test_what_is_below_the_horizontal_is_a_matter_of_the_horizon():
    sensors = make_sensors()
    low = ecef((25e3, 0.0, -30.0))
    assert polar_from_ecef(*low, SITE_M, TURN)[2] < 0.0
    assert is_covered(sensors, 0, *low)
    sensors.elevation_min_rad[0] = 0.001
    assert not is_covered(sensors, 0, *low)
