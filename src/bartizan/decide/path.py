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
    lat, lon, height = geodetic_from_ecef(x, y, z)
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
    """Fill ``path`` (g, 7) from ``from_s`` on, a row each ``step_s``; return rows filled.

    A row is time [s], ECEF position (3) [m], height [m], speed [m/s], and room for the height
    that it must be seen at. Rows stop where the track reaches the ground.
    """
    x, y, z, vx, vy, vz = predict(
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5], from_s - track_s
    )
    if is_ballistic(x, y, z, vx, vy, vz):
        return _fall_along(x, y, z, vx, vy, vz, from_s, step_s, path)
    return _cruise_along(x, y, z, vx, vy, vz, from_s, step_s, path)


@kernel
def _fall_along(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, from_s: float, step_s: float,
    path: Floats,
) -> int:  # fmt: skip
    """Fill the rows of a free fall; return how many."""
    for row in range(path.shape[0]):
        if row > 0:
            x, y, z, vx, vy, vz = fallen(x, y, z, vx, vy, vz, step_s)
        _, _, height_m = geodetic_from_ecef(x, y, z)
        if height_m < UNDERGROUND_M:
            return row
        path[row, 0] = from_s + row * step_s
        path[row, 1], path[row, 2], path[row, 3] = x, y, z
        path[row, 4] = path[row, 6] = height_m
        path[row, 5] = math.sqrt(vx * vx + vy * vy + vz * vz)
    return int(path.shape[0])


@kernel
def _cruise_along(
    x: float, y: float, z: float, vx: float, vy: float, vz: float, from_s: float, step_s: float,
    path: Floats,
) -> int:  # fmt: skip
    """Fill the rows of level flight; return how many.

    The vehicle's normal turns by one angle each step, with the radii of curvature of the
    start: within a hundred kilometres that is as good as `cruise`, to metres, and needs no
    angle but the first.
    """
    lat, lon, height_m = geodetic_from_ecef(x, y, z)
    east, north, climb_m_s = enu_from_vector(lat, lon, vx, vy, vz)
    meridian_m, across_m = radii_m(lat)
    a, b = north / (meridian_m + height_m), east / (across_m + height_m)
    rate = max(math.hypot(a, b), 1e-15)
    nx, ny, nz = vector_from_enu(lat, lon, 0.0, 0.0, 1.0)
    tx, ty, tz = vector_from_enu(lat, lon, b / rate, a / rate, 0.0)
    c, s = math.cos(rate * step_s), math.sin(rate * step_s)
    speed_m_s = math.sqrt(vx * vx + vy * vy + vz * vz)
    for row in range(path.shape[0]):
        if row > 0:
            nx, tx = c * nx + s * tx, c * tx - s * nx
            ny, ty = c * ny + s * ty, c * ty - s * ny
            nz, tz = c * nz + s * tz, c * tz - s * nz
            height_m += climb_m_s * step_s
        if height_m < UNDERGROUND_M:
            return row
        radius_m = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_SQUARED * nz * nz)
        path[row, 0] = from_s + row * step_s
        path[row, 1] = (radius_m + height_m) * nx
        path[row, 2] = (radius_m + height_m) * ny
        path[row, 3] = (radius_m * (1.0 - ECCENTRICITY_SQUARED) + height_m) * nz
        path[row, 4] = path[row, 6] = height_m
        path[row, 5] = speed_m_s
    return int(path.shape[0])


@kernel
def end_path(path: Floats, n_path: int, end_s: float) -> int:
    """Let a path of `predict_path` end at a time, with a row at that time; return its rows.

    The last row lies on the straight line between the two about that time. The first row
    always stays, and a path that ends before, or whose end is not known (nan), stays whole.
    """
    row = 1
    while row < n_path and not path[row, 0] >= end_s:
        row += 1
    if row >= n_path or end_s <= path[row - 1, 0]:
        return min(row, n_path)
    share = (end_s - path[row - 1, 0]) / (path[row, 0] - path[row - 1, 0])
    for k in range(path.shape[1]):
        path[row, k] = path[row - 1, k] + share * (path[row, k] - path[row - 1, k])
    return row + 1
