import math
from types import SimpleNamespace

import numpy as np
import pytest

from bartizan.sense.radar import SensePlan, SensorMode
from bartizan.tracking.coverage import is_covered
from bartizan.tracking.lower import lower
from bartizan.world.lower_nets import Nets
from tests.tracking.scene import SITE_M, TURN, Scene, ecef, straight
from tests.tracking.scene import state as state_of

ONE_NET = Nets(("defence",), {}, ())


def sense_plan(n=2):
    columns = {name: np.full(n, 1.0) for name in SensePlan._fields if name != "perfect"}
    columns |= {
        "net": np.zeros(n, dtype=np.int64),
        "mode": np.array([SensorMode.ROTATING, SensorMode.PHASED_ARRAY]),
        "position_ecef_m": np.tile(SITE_M, (n, 1)),
        "enu_from_ecef": np.tile(TURN, (n, 1, 1)),
        "scan_period_s": np.array([10.0, 2.0]),
        "range_max_m": np.full(n, 200e3),
        "sector_half_width_rad": np.array([math.pi, 0.5]),
        "false_alarms_per_scan": np.array([4.0, 0.0]),
        "false_alarm_elevation_min_rad": np.zeros(n),
        "false_alarm_elevation_max_rad": np.full(n, 0.17),
    }
    return SensePlan(perfect=False, **columns)


def test_radars_are_known_as_published():
    plan, faults = lower(SimpleNamespace(tick_s=1.0), None, sense_plan(), ONE_NET, False)
    sensors = plan.sensors
    assert faults == []
    np.testing.assert_allclose(sensors.scan_period_s, [10.0, 2.0])
    np.testing.assert_allclose(sensors.grace_s, [2.5, 0.02])
    np.testing.assert_allclose(sensors.false_alarms_per_scan, [4.0, 1e-3])
    np.testing.assert_allclose(sensors.false_alarm_elevation_rad, [0.17, 0.17])
    np.testing.assert_allclose(sensors.detection_probability, [0.8, 0.8])


def test_every_column_has_a_row_for_each_sensor():
    plan, _ = lower(SimpleNamespace(tick_s=1.0), None, sense_plan(), ONE_NET, False)
    assert {column.shape[0] for column in plan.sensors} == {2}


@pytest.mark.kernels
def test_with_perfect_sensing_reports_are_tracked_from_anywhere():
    plan, _ = lower(SimpleNamespace(tick_s=0.5), None, sense_plan(), ONE_NET, True)
    assert is_covered(plan.sensors, 0, *ecef((400e3, 0.0, 10.0)))
    tracker = Scene(plan.sensors)
    path = straight(state_of((400e3, 0.0, -12e3), (-250.0, 0.0, 0.0)))
    for n in range(12):
        if n < 8:
            tracker.report(0.5 * (n + 1), path(0.5 * (n + 1))[:3], address=5)
        tracker.follow(0.5 * n, 0.5 * (n + 1))
    assert tracker.tracks.misses[0] == 3
    assert len(tracker.confirmed()) == 1
