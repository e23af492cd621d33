"""Where a track will be: prediction far ahead, by the defender's own motion models.

A ballistic track falls freely; any other flies on along a great circle at constant speed and
climb rate, because a straight line in space would leave the curved Earth behind within
minutes.

Assumes: no manoeuvre; a spherical, non-rotating Earth for the free fall.
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.tracking.motion import fallen, is_ballistic
from bartizan.world.geodesy import (
    ECCENTRICITY_SQUARED,
    SEMI_MAJOR_M,
    ecef_from_geodetic,
    enu_from_vector,
    geodetic_from_ecef,
    vector_from_enu,
)

UNDERGROUND_M = -200.0  # tracks of the lowest fliers are off by about so much


@kernel
def predict(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, ahead_s: float
) -> tuple[float, float, float, float, float, float]:
    """Return the ECEF state [m, m/s] of a track ``ahead_s`` seconds on."""
    if is_ballistic(x, y, z, vx, vy, vz):
        return fallen(x, y, z, vx, vy, vz, ahead_s)
    return cruise(x, y, z, vx, vy, vz, ahead_s)


@kernel
def cruise(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, ahead_s: float
) -> tuple[float, float, float, float, float, float]:
    """Return the state after level great-circle flight at constant speed and climb rate."""
    return _cruise_from(geodetic_from_ecef(x, y, z), x, y, z, vx, vy, vz, ahead_s)


@kernel
def _cruise_from(
    place: tuple[float, float, float],
    x: float,
    y: float,
    z: float,
    vx: float,
    vy: float,
    vz: float,
    ahead_s: float,
) -> tuple[float, float, float, float, float, float]:
    """Return what `cruise` returns; ``place`` is latitude, longitude [rad] and height [m]."""
    lat, lon, height = place
    east, north, climb = enu_from_vector(lat, lon, vx, vy, vz)
    meridian, across = radii_m(lat)
    # a vehicle's normal turns by its way over the radius of curvature, which differs north and
    # east: turn in that direction, and turn the velocity back at the end
    a, b = north / (meridian + height), east / (across + height)
    rate = math.hypot(a, b)
    if rate < 1e-12:
        normal = vector_from_enu(lat, lon, 0.0, 0.0, climb * ahead_s)
        return x + normal[0], y + normal[1], z + normal[2], vx, vy, vz
    nx, ny, nz = vector_from_enu(lat, lon, 0.0, 0.0, 1.0)
    tx, ty, tz = vector_from_enu(lat, lon, b / rate, a / rate, 0.0)
    c, s = math.cos(rate * ahead_s), math.sin(rate * ahead_s)
    mx, my, mz = c * nx + s * tx, c * ny + s * ty, c * nz + s * tz
    lat, lon, height = (
        math.atan2(mz, math.hypot(mx, my)),
        math.atan2(my, mx),
        height + climb * ahead_s,
    )
    px, py, pz = ecef_from_geodetic(lat, lon, height)
    meridian, across = radii_m(lat)
    b, a, _ = enu_from_vector(lat, lon, c * tx - s * nx, c * ty - s * ny, c * tz - s * nz)
    a, b = a * (meridian + height), b * (across + height)
    speed = math.hypot(east, north) / math.hypot(a, b)
    ux, uy, uz = vector_from_enu(lat, lon, b * speed, a * speed, climb)
    return px, py, pz, ux, uy, uz


@kernel
def radii_m(lat_rad: float) -> tuple[float, float]:
    """Return the WGS-84 radii of curvature north-south and east-west."""
    w = 1.0 - ECCENTRICITY_SQUARED * math.sin(lat_rad) ** 2
    across = SEMI_MAJOR_M / math.sqrt(w)
    return across * (1.0 - ECCENTRICITY_SQUARED) / w, across


@kernel
def predict_path(
    mean: Floats, track_s: float, from_s: float, step_s: float, path: Floats
) -> int:
    """Fill ``path`` (g, 6) from ``from_s`` on, a row each ``step_s``; return rows filled.

    A row is time [s], ECEF position (3) [m], height [m], speed [m/s]. Rows stop where the
    track reaches the ground.
    """
    x, y, z, vx, vy, vz = predict(
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5], from_s - track_s
    )
    falling = is_ballistic(x, y, z, vx, vy, vz)
    place = geodetic_from_ecef(x, y, z)
    for row in range(path.shape[0]):
        if row > 0:
            if falling:
                x, y, z, vx, vy, vz = fallen(x, y, z, vx, vy, vz, step_s)
            else:
                x, y, z, vx, vy, vz = _cruise_from(place, x, y, z, vx, vy, vz, step_s)
            place = geodetic_from_ecef(x, y, z)
        height_m = place[2]
        if height_m < UNDERGROUND_M:
            return row
        path[row, 0] = from_s + row * step_s
        path[row, 1], path[row, 2], path[row, 3] = x, y, z
        path[row, 4] = height_m
        path[row, 5] = math.sqrt(vx * vx + vy * vy + vz * vz)
    return int(path.shape[0])
