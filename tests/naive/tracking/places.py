"""Where tracks go and where sensors look: heights by pyproj, angles by vectors."""

import math
from functools import cache

import numpy as np
from pyproj import Transformer

GRAVITATION = 3.986004418e14
EARTH_RADIUS_M = 6_371_008.8
BENT_RADIUS_M = EARTH_RADIUS_M * 4.0 / 3.0


@cache
def _to_geodetic():
    return Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)


def height_m(place):
    """Height above the ellipsoid."""
    return _to_geodetic().transform(*place)[2]


def is_ballistic(state):
    """Faster than 700 m/s, and higher than 20 km or climbing or diving at 30 degrees."""
    return may_fall(state, 700.0, 700.0)


def may_fall(state, high=300.0, steep=500.0):
    """So fast above 20 km, or so fast climbing or diving at 30 degrees."""
    place, velocity = state[:3], state[3:]
    speed = np.linalg.norm(velocity)
    climb = velocity @ place / np.linalg.norm(place)
    is_steep = speed >= steep and abs(climb) > 0.5 * speed
    return bool(is_steep or (speed >= high and height_m(place) > 20e3))


def extrapolated(state, duration_s):
    """A straight line, or a fall in leapfrog steps of at most 4 s."""
    if is_ballistic(state):
        return fallen(state, duration_s)
    return np.concatenate([state[:3] + duration_s * np.array(state[3:]), state[3:]])


def fallen(state, duration_s):
    """A fall in leapfrog steps of at most 4 s."""
    place, velocity = np.array(state[:3]), np.array(state[3:])
    n_step = math.ceil(abs(duration_s) / 4.0)
    for _ in range(n_step):
        half_s = duration_s / n_step / 2.0
        place = place + half_s * velocity
        gravity = -GRAVITATION * place / np.linalg.norm(place) ** 3
        velocity = velocity + 2.0 * half_s * gravity
        place = place + half_s * velocity
    return np.concatenate([place, velocity])


def polar(sensors, s, place):
    """Range, azimuth from north and elevation of a place seen from a sensor."""
    east, north, up = sensors.enu_from_ecef[s] @ (place - sensors.position_ecef_m[s])
    range_m = math.sqrt(east**2 + north**2 + up**2)
    return range_m, math.atan2(east, north), math.asin(up / range_m)


def angle_between(a, b):
    """The angle of two vectors."""
    return math.atan2(np.linalg.norm(np.cross(a, b)), a @ b)


def horizon_m(height):
    """How far a place so high sees along the ground; rays bend as on a larger Earth."""
    return BENT_RADIUS_M * math.acos(BENT_RADIUS_M / (BENT_RADIUS_M + max(height, 0.0)))


def is_covered(sensors, s, place):
    """Every limit by itself; below the horizontal only the horizon limits."""
    range_m, azimuth, elevation = polar(sensors, s, place)
    centre, half = sensors.sector_centre_rad[s], sensors.sector_half_width_rad[s]
    aside = abs(math.remainder(azimuth - centre, 2.0 * math.pi))
    ground_m = EARTH_RADIUS_M * angle_between(sensors.position_ecef_m[s], place)
    seen_m = horizon_m(sensors.antenna_height_m[s]) + horizon_m(height_m(place))
    return (
        sensors.range_min_m[s] <= range_m <= sensors.range_max_m[s]
        and (elevation < 0.0 or elevation >= sensors.elevation_min_rad[s])
        and (elevation >= 0.0 or sensors.elevation_min_rad[s] <= 0.0)
        and elevation <= sensors.elevation_max_rad[s]
        and aside <= half
        and ground_m <= seen_m
    )


def looking_sensor(sensors, preferred, place):
    """The first that covers the place, the preferred one before all others; None: none."""
    for s in [preferred, *range(len(sensors.scan_period_s))]:
        if is_covered(sensors, s, place):
            return s
    return None


def false_alarm_density(sensors, s, place):
    """False alarms of a scan for each cubic metre, even in range, azimuth and elevation."""
    range_m, _, elevation = polar(sensors, s, place)
    ranges = sensors.range_max_m[s] - sensors.range_min_m[s]
    azimuths = 2.0 * sensors.sector_half_width_rad[s]
    per_cell = sensors.false_alarms_per_scan[s] / (
        ranges * azimuths * sensors.false_alarm_elevation_rad[s]
    )
    # a cell is dr wide, r d(elevation) high and r cos(elevation) d(azimuth) broad
    return per_cell / (range_m**2 * max(math.cos(elevation), 0.01))


def place(state, covariance):
    """Longitude, latitude, height; velocity and sigmas on the axes east, north, up there."""
    lon, lat, height = _to_geodetic().transform(*state[:3])
    a, b = math.radians(lon), math.radians(lat)
    east = [-math.sin(a), math.cos(a), 0.0]
    up = [math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)]
    axes = np.array([east, np.cross(up, east), up])
    both = np.kron(np.eye(2), axes)
    sigma = np.sqrt(np.diag(both @ covariance @ both.T))
    return (b, a, height), axes @ state[3:], sigma
