"""Sensors as a user of the tracker alone describes them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bartizan import arrays
from bartizan.tracking.plan import Sensors
from bartizan.tracking.ranges import check_ranges
from bartizan.world.geodesy import ecef_from_geodetic, enu_from_ecef

ANTENNA_MAX_M = 1e6  # from there nothing in reach is hidden
FALSE_ALARMS_MIN = 1e-3  # a scan; a ratio to none at all would be infinite


@dataclass(frozen=True)
class Sensor:
    """A radar, or a station that hears position reports: where it stands, how it looks.

    The sigmas hold for plots that state none of their own. ``grace_s`` is how much later than
    one period the next look at an object may come: 0 where a place is looked at to the beat, a
    quarter of a period for a turning antenna. ``antenna_height_m``, above the ground around,
    tells what the horizon hides and need not be seen; by default it hides nothing.
    """

    lat_deg: float
    lon_deg: float
    height_m: float
    scan_period_s: float
    detection_probability: float = 0.9
    false_alarms_per_scan: float = 50.0
    range_min_m: float = 1e3
    range_max_m: float = 400e3
    elevation_max_rad: float = math.pi / 2
    false_alarm_elevation_rad: float = 0.35
    grace_s: float = 0.0
    antenna_height_m: float = ANTENNA_MAX_M
    sigma_range_m: float = 50.0
    sigma_azimuth_rad: float = 1.5e-3
    sigma_elevation_rad: float = 1.5e-3
    sigma_position_m: float = 30.0

    def __post_init__(self) -> None:
        """Refuse what is out of range."""
        check_ranges(self, _RANGES)


_RANGES = {
    "lat_deg": (-90.0, 90.0),
    "lon_deg": (-360.0, 360.0),
    "height_m": (-1e4, 1e6),
    "scan_period_s": (1e-3, 3600.0),
    "detection_probability": (0.01, 0.9999),
    "antenna_height_m": (0.0, ANTENNA_MAX_M),
    "range_max_m": (1.0, 1e7),
    "elevation_max_rad": (0.0, math.pi / 2),
    "false_alarm_elevation_rad": (1e-3, math.pi),
    "sigma_range_m": (1e-3, 1e6),
    "sigma_azimuth_rad": (1e-7, 0.2),
    "sigma_elevation_rad": (1e-7, 0.2),
    "sigma_position_m": (1e-3, 1e6),
}


def table_of(sensors: Sequence[Sensor]) -> Sensors:
    """Return sensors as the tracker's table, rows in the order given."""
    places = [
        (math.radians(one.lat_deg), math.radians(one.lon_deg), one.height_m) for one in sensors
    ]

    def column(name: str) -> np.ndarray:
        return np.array([float(getattr(one, name)) for one in sensors])

    n = len(sensors)
    return Sensors(
        net=arrays.counts(n),
        position_ecef_m=np.array([ecef_from_geodetic(*place) for place in places]),
        enu_from_ecef=np.array([enu_from_ecef(lat, lon) for lat, lon, _ in places]),
        scan_period_s=column("scan_period_s"),
        grace_s=column("grace_s"),
        range_min_m=column("range_min_m"),
        range_max_m=column("range_max_m"),
        sector_centre_rad=np.zeros(n),
        sector_half_width_rad=np.full(n, math.pi),
        elevation_min_rad=np.full(n, -math.pi),
        elevation_max_rad=column("elevation_max_rad"),
        antenna_height_m=column("antenna_height_m"),
        detection_probability=column("detection_probability"),
        false_alarms_per_scan=np.maximum(column("false_alarms_per_scan"), FALSE_ALARMS_MIN),
        false_alarm_elevation_rad=column("false_alarm_elevation_rad"),
    )
