"""From the sensors' documents to what the tracker knows of them.

Assumes: the defender knows his own sensors as published: places, coverage, periods and mean
false alarms. Of the detection probability he expects one figure, whatever the target.
"""

import math

import numpy as np

from bartizan import arrays
from bartizan.arrays import Floats
from bartizan.catalogue.figures import Figures
from bartizan.errors import Fault
from bartizan.scenario.schema import Scenario
from bartizan.sense.radar import SensePlan, SensorMode
from bartizan.tracking.plan import Sensors, Settings, TrackingPlan
from bartizan.tracking.sensors import FALSE_ALARMS_MIN
from bartizan.world.lower_nets import Nets

DETECTION_PROBABILITY = 0.8
REPORT_PROBABILITY = 0.9
# a beam comes later than one scan where the target moves along with it
ROTATING_GRACE = 0.25  # of a scan
FIXED_GRACE = 0.01
REPORT_RANGE_M = 1e8
# Among raiders are missiles far faster than aircraft, and slow scans leave room for chance.
SETTINGS = Settings(start_speed_sigma_m_s=250.0, start_climb_sigma_m_s=30.0, confirm_hits=3)


def lower(
    scenario: Scenario, figures: Figures, sense: SensePlan, nets: Nets, perfect: bool
) -> tuple[TrackingPlan, list[Fault]]:
    """Return the tracker's plan of a scenario; perfect reports know of no nets.

    Parameters
    ----------
    scenario, figures
        Not read yet: settings have no place in documents so far.
    sense, nets
        The sensors as lowered, and who shares their plots.
    perfect
        Position reports in place of radars.
    """
    if perfect:
        faults = [_no_nets(nets)] if len(nets.names) > 1 else []
        return TrackingPlan(report_sensor(scenario.tick_s), SETTINGS), faults
    return TrackingPlan(radar_sensors(sense), SETTINGS), []


def _no_nets(nets: Nets) -> Fault:
    return Fault(
        path="nets",
        problem="perfect sensing has no radars, so that it cannot tell nets apart",
        given=", ".join(nets.names),
        allowed="one net with --sensing perfect",
        remedy="leave --sensing out, or link the nets as integrated",
    )


def radar_sensors(sense: SensePlan) -> Sensors:
    """Return what a tracker knows of radars."""
    is_rotating = sense.mode == SensorMode.ROTATING
    grace = np.where(is_rotating, ROTATING_GRACE, FIXED_GRACE)
    span_rad = sense.false_alarm_elevation_max_rad - sense.false_alarm_elevation_min_rad
    return Sensors(
        net=sense.net.copy(),
        position_ecef_m=sense.position_ecef_m.copy(),
        enu_from_ecef=sense.enu_from_ecef.copy(),
        scan_period_s=sense.scan_period_s.copy(),
        grace_s=grace * sense.scan_period_s,
        range_min_m=sense.range_min_m.copy(),
        range_max_m=sense.range_max_m.copy(),
        sector_centre_rad=sense.sector_centre_rad.copy(),
        sector_half_width_rad=sense.sector_half_width_rad.copy(),
        elevation_min_rad=sense.elevation_min_rad.copy(),
        elevation_max_rad=sense.elevation_max_rad.copy(),
        antenna_height_m=sense.antenna_height_m.copy(),
        detection_probability=np.full(sense.mode.shape[0], DETECTION_PROBABILITY),
        false_alarms_per_scan=np.maximum(sense.false_alarms_per_scan, FALSE_ALARMS_MIN),
        false_alarm_elevation_rad=span_rad,
    )


def report_sensor(period_s: float) -> Sensors:
    """Return a sensor of position reports: everywhere, each ``period_s``, no false alarms."""
    return Sensors(
        net=arrays.counts(1),
        position_ecef_m=arrays.zeros(1, 3),
        enu_from_ecef=np.eye(3)[None].copy(),
        scan_period_s=_one(period_s),
        grace_s=_one(FIXED_GRACE * period_s),
        range_min_m=_one(0.0),
        range_max_m=_one(REPORT_RANGE_M),
        sector_centre_rad=_one(0.0),
        sector_half_width_rad=_one(4.0),
        elevation_min_rad=_one(-math.pi),
        elevation_max_rad=_one(math.pi),
        antenna_height_m=_one(math.inf),
        detection_probability=_one(REPORT_PROBABILITY),
        false_alarms_per_scan=_one(FALSE_ALARMS_MIN),
        false_alarm_elevation_rad=_one(math.pi),
    )


def _one(value: float) -> Floats:
    return np.full(1, value)
