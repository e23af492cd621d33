"""What the tracker may expect of its sensors: where they look, and how many false alarms.

Assumes: false alarms even over range, azimuth and a span of elevation.
"""

import math

from bartizan.kernel import kernel
from bartizan.sense.horizon import ground_range_m, is_above_horizon
from bartizan.tracking.plan import Sensors
from bartizan.world.geodesy import height_m, polar_from_ecef


@kernel
def is_covered(sensors: Sensors, s: int, x_m: float, y_m: float, z_m: float) -> bool:
    """Tell whether sensor ``s`` looks at an ECEF place and the Earth does not hide it."""
    site, turn = sensors.position_ecef_m[s], sensors.enu_from_ecef[s]
    range_m, azimuth, elevation = polar_from_ecef(x_m, y_m, z_m, site, turn)
    if not sensors.range_min_m[s] <= range_m <= sensors.range_max_m[s]:
        return False
    # what is below the horizontal is a matter of the horizon
    lifted = max(elevation, 0.0)
    if lifted < sensors.elevation_min_rad[s] or elevation > sensors.elevation_max_rad[s]:
        return False
    turn_rad = azimuth - sensors.sector_centre_rad[s] + math.pi
    aside = turn_rad - 2.0 * math.pi * math.floor(turn_rad / (2.0 * math.pi)) - math.pi
    if abs(aside) > sensors.sector_half_width_rad[s]:
        return False
    ground_m = ground_range_m(site, x_m, y_m, z_m)
    return is_above_horizon(sensors.antenna_height_m[s], height_m(x_m, y_m, z_m), ground_m)


@kernel
def looking_sensor(sensors: Sensors, preferred: int, x_m: float, y_m: float, z_m: float) -> int:
    """Return the sensor that looks at an ECEF place; -1: none.

    That is ``preferred``, or else the first one of its net.
    """
    if is_covered(sensors, preferred, x_m, y_m, z_m):
        return preferred
    for s in range(sensors.scan_period_s.shape[0]):
        if sensors.net[s] == sensors.net[preferred] and is_covered(sensors, s, x_m, y_m, z_m):
            return s
    return -1


@kernel
def false_alarm_density_m3(
    sensors: Sensors, s: int, x_m: float, y_m: float, z_m: float
) -> float:
    """Return the expected false alarms a scan and cubic metre around an ECEF place."""
    site, turn = sensors.position_ecef_m[s], sensors.enu_from_ecef[s]
    range_m, _, elevation = polar_from_ecef(x_m, y_m, z_m, site, turn)
    span = sensors.range_max_m[s] - sensors.range_min_m[s]
    span *= 2.0 * sensors.sector_half_width_rad[s] * sensors.false_alarm_elevation_rad[s]
    per_cell = sensors.false_alarms_per_scan[s] / span
    # a cell of range, azimuth and elevation is r^2 cos(el) cubic metres
    return float(per_cell / (max(range_m, 1.0) ** 2 * max(math.cos(elevation), 0.01)))
