import math

import numpy as np
import pytest

from bartizan.tracking.coverage import false_alarm_density_m3, is_covered, looking_sensor
from tests.tracking.scene import ecef, make_sensors

pytestmark = pytest.mark.kernels


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
