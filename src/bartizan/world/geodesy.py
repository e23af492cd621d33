"""Frames: geodetic, ECEF, and the ENU and polar frames of a site, on the WGS-84 ellipsoid.

Source: NIMA TR8350.2, Department of Defense World Geodetic System 1984, 3rd ed., 2000.
"""

import math

import numpy as np

from bartizan.arrays import Floats
from bartizan.kernel import kernel

SEMI_MAJOR_M = 6378137.0
FLATTENING = 1.0 / 298.257223563
SEMI_MINOR_M = SEMI_MAJOR_M * (1.0 - FLATTENING)
ECCENTRICITY_SQUARED = FLATTENING * (2.0 - FLATTENING)
GRAVITATION_M3_S2 = 3.986004418e14
# (a / b)^2 - 1
_SECOND_ECCENTRICITY_SQUARED = ECCENTRICITY_SQUARED / (1.0 - ECCENTRICITY_SQUARED)


@kernel
def ecef_from_geodetic(
    latitude_rad: float, longitude_rad: float, height_m: float
) -> tuple[float, float, float]:
    """Return the ECEF x, y, z [m] of a geodetic latitude, longitude and ellipsoidal height."""
    cosine, sine = math.cos(latitude_rad), math.sin(latitude_rad)
    prime_vertical_m = SEMI_MAJOR_M / math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    across_m = (prime_vertical_m + height_m) * cosine
    return (
        across_m * math.cos(longitude_rad),
        across_m * math.sin(longitude_rad),
        (prime_vertical_m * (1.0 - ECCENTRICITY_SQUARED) + height_m) * sine,
    )


@kernel
def geodetic_from_ecef(x_m: float, y_m: float, z_m: float) -> tuple[float, float, float]:
    """Return the geodetic latitude [rad], longitude [rad] in [-pi, pi] and height [m].

    Parameters
    ----------
    x_m, y_m, z_m
        ECEF position, farther than 1 000 km from the Earth's centre.

    Returns
    -------
    tuple
        To 1e-9 rad and 1 mm up to heights of 1 000 km and well beyond, poles included.

    Source: Bowring, Transformation from spatial to geographical coordinates, Survey Review 181,
    1976; his iteration on the reduced latitude, twice.
    """
    across_m = math.hypot(x_m, y_m)
    # The reduced latitude's sine and cosine, then the latitude's: no angle until the end.
    rise, run = z_m * SEMI_MAJOR_M, across_m * SEMI_MINOR_M
    sine, cosine = 0.0, 1.0
    for _ in range(2):
        length = math.sqrt(rise * rise + run * run)
        sine, cosine = rise / length, run / length
        rise = z_m + _SECOND_ECCENTRICITY_SQUARED * SEMI_MINOR_M * sine * sine * sine
        run = across_m - ECCENTRICITY_SQUARED * SEMI_MAJOR_M * cosine * cosine * cosine
        length = math.sqrt(rise * rise + run * run)
        sine, cosine = rise / length, run / length
        rise, run = SEMI_MINOR_M * sine, SEMI_MAJOR_M * cosine
    # Well conditioned at the poles and at the equator alike.
    height = across_m * cosine + z_m * sine
    height -= SEMI_MAJOR_M * math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    return math.atan2(sine, cosine), math.atan2(y_m, x_m), height


@kernel
def height_m(x_m: float, y_m: float, z_m: float) -> float:
    """Return the height above the ellipsoid [m] of an ECEF point."""
    return geodetic_from_ecef(x_m, y_m, z_m)[2]


def enu_from_ecef(latitude_rad: float, longitude_rad: float) -> Floats:
    """Return the rotation (3, 3) that takes ECEF differences to east, north, up at a site.

    No kernel, because kernels make no arrays: sites are turned once, when they are lowered.
    """
    sin_lat, cos_lat = math.sin(latitude_rad), math.cos(latitude_rad)
    sin_lon, cos_lon = math.sin(longitude_rad), math.cos(longitude_rad)
    rotation = np.empty((3, 3))
    rotation[0, 0], rotation[0, 1], rotation[0, 2] = -sin_lon, cos_lon, 0.0
    rotation[1, 0], rotation[1, 1] = -sin_lat * cos_lon, -sin_lat * sin_lon
    rotation[1, 2] = cos_lat
    rotation[2, 0], rotation[2, 1] = cos_lat * cos_lon, cos_lat * sin_lon
    rotation[2, 2] = sin_lat
    return rotation


@kernel
def enu_from_vector(
    latitude_rad: float, longitude_rad: float, x: float, y: float, z: float
) -> tuple[float, float, float]:
    """Return east, north and up components of an ECEF vector at a place."""
    level = math.cos(longitude_rad) * x + math.sin(longitude_rad) * y
    return (
        math.cos(longitude_rad) * y - math.sin(longitude_rad) * x,
        math.cos(latitude_rad) * z - math.sin(latitude_rad) * level,
        math.cos(latitude_rad) * level + math.sin(latitude_rad) * z,
    )


@kernel
def vector_from_enu(
    latitude_rad: float, longitude_rad: float, east: float, north: float, up: float
) -> tuple[float, float, float]:
    """Return the ECEF vector of east, north and up components at a place."""
    level = math.cos(latitude_rad) * up - math.sin(latitude_rad) * north
    return (
        math.cos(longitude_rad) * level - math.sin(longitude_rad) * east,
        math.sin(longitude_rad) * level + math.cos(longitude_rad) * east,
        math.cos(latitude_rad) * north + math.sin(latitude_rad) * up,
    )


@kernel
def azimuth_rad(east: float, north: float) -> float:
    """Return the angle of a horizontal direction, clockwise from north, in [0, 2 pi)."""
    azimuth = math.atan2(east, north)
    if azimuth < 0.0:
        azimuth += 2.0 * math.pi
    # A negative angle below the rounding of 2 pi comes out as 2 pi itself.
    return azimuth if azimuth < 2.0 * math.pi else 0.0


@kernel
def polar_from_enu(east_m: float, north_m: float, up_m: float) -> tuple[float, float, float]:
    """Return range [m], azimuth from north in [0, 2 pi) and elevation [rad] of an offset."""
    across_m = math.hypot(east_m, north_m)
    elevation_rad = math.atan2(up_m, across_m)
    return math.hypot(across_m, up_m), azimuth_rad(east_m, north_m), elevation_rad


@kernel
def enu_from_polar(
    range_m: float, azimuth_rad: float, elevation_rad: float
) -> tuple[float, float, float]:
    """Return the east, north, up offset [m] of a range, azimuth and elevation."""
    across_m = range_m * math.cos(elevation_rad)
    return (
        across_m * math.sin(azimuth_rad),
        across_m * math.cos(azimuth_rad),
        range_m * math.sin(elevation_rad),
    )


@kernel
def polar_from_ecef(
    x_m: float, y_m: float, z_m: float, site_ecef_m: Floats, site_enu_from_ecef: Floats
) -> tuple[float, float, float]:
    """Return the range [m], azimuth and elevation [rad] at which a site sees an ECEF point.

    Parameters
    ----------
    x_m, y_m, z_m
        The point, ECEF.
    site_ecef_m
        (3,) the site, ECEF.
    site_enu_from_ecef
        (3, 3) its rotation, of `enu_from_ecef`.
    """
    R = site_enu_from_ecef
    dx, dy, dz = x_m - site_ecef_m[0], y_m - site_ecef_m[1], z_m - site_ecef_m[2]
    return polar_from_enu(
        R[0, 0] * dx + R[0, 1] * dy + R[0, 2] * dz,
        R[1, 0] * dx + R[1, 1] * dy + R[1, 2] * dz,
        R[2, 0] * dx + R[2, 1] * dy + R[2, 2] * dz,
    )


@kernel
def ecef_from_polar(
    range_m: float,
    azimuth_rad: float,
    elevation_rad: float,
    site_ecef_m: Floats,
    site_enu_from_ecef: Floats,
) -> tuple[float, float, float]:
    """Return the ECEF x, y, z [m] of what a site sees there; back from `polar_from_ecef`."""
    R = site_enu_from_ecef
    east, north, up = enu_from_polar(range_m, azimuth_rad, elevation_rad)
    return (
        site_ecef_m[0] + R[0, 0] * east + R[1, 0] * north + R[2, 0] * up,
        site_ecef_m[1] + R[0, 1] * east + R[1, 1] * north + R[2, 1] * up,
        site_ecef_m[2] + R[0, 2] * east + R[1, 2] * north + R[2, 2] * up,
    )
