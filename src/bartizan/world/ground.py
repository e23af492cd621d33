"""Ground: distances, bearings and great circles on the WGS-84 ellipsoid.

A great circle here is drawn by the ellipsoid's unit normal as it rotates about a fixed axis.
It departs from the geodesic by some tens of metres sideways over 500 km, and its length by
millimetres.

Source: Gade, A non-singular horizontal position representation, Journal of Navigation 63,
2010. Vincenty, Direct and inverse solutions of geodesics on the ellipsoid, Survey Review 176,
1975.
Assumes: the two ends of a great circle are not antipodal.
"""

import math

from bartizan.kernel import kernel
from bartizan.world.geodesy import (
    ECCENTRICITY_SQUARED,
    FLATTENING,
    SEMI_MAJOR_M,
    SEMI_MINOR_M,
    azimuth_rad,
    geodetic_from_ecef,
)

# Abscissae and weights of the five-point Gauss-Legendre rule on [-1, 1].
_NODES = (-0.906179845938664, -0.5384693101056831, 0.0, 0.5384693101056831, 0.906179845938664)
_WEIGHTS = (
    0.23692688505618908,
    0.47862867049936647,
    0.5688888888888889,
    0.47862867049936647,
    0.23692688505618908,
)


@kernel
def normal_from_geodetic(
    latitude_rad: float, longitude_rad: float
) -> tuple[float, float, float]:
    """Return the ellipsoid's unit normal (up), in ECEF axes."""
    cosine = math.cos(latitude_rad)
    return (
        cosine * math.cos(longitude_rad),
        cosine * math.sin(longitude_rad),
        math.sin(latitude_rad),
    )


@kernel
def geodetic_from_normal(nx: float, ny: float, nz: float) -> tuple[float, float]:
    """Return the latitude and longitude [rad] of a unit normal."""
    return math.atan2(nz, math.hypot(nx, ny)), math.atan2(ny, nx)


@kernel
def great_circle(
    nx: float, ny: float, nz: float, mx: float, my: float, mz: float
) -> tuple[float, float, float, float]:
    """Return the unit axis (3) and the angle in [0, pi) that rotate the normal n to m.

    The axis is zero where the two are equal.
    """
    ax, ay, az = ny * mz - nz * my, nz * mx - nx * mz, nx * my - ny * mx
    sine = math.sqrt(ax * ax + ay * ay + az * az)
    if sine == 0.0:
        return 0.0, 0.0, 0.0, 0.0
    angle = math.atan2(sine, nx * mx + ny * my + nz * mz)
    return ax / sine, ay / sine, az / sine, angle


@kernel
def rotated(
    nx: float, ny: float, nz: float, ax: float, ay: float, az: float, angle_rad: float
) -> tuple[float, float, float, float, float, float]:
    """Return the normal n after a turn about the axis a, and its derivative by the angle."""
    cosine, sine = math.cos(angle_rad), math.sin(angle_rad)
    # a x n, the direction of flight at the start
    tx, ty, tz = ay * nz - az * ny, az * nx - ax * nz, ax * ny - ay * nx
    return (
        nx * cosine + tx * sine,
        ny * cosine + ty * sine,
        nz * cosine + tz * sine,
        tx * cosine - nx * sine,
        ty * cosine - ny * sine,
        tz * cosine - nz * sine,
    )


@kernel
def ecef_from_normal(
    nx: float, ny: float, nz: float, tx: float, ty: float, tz: float, height_m: float
) -> tuple[float, float, float, float, float, float]:
    """Return the ECEF point [m] above a unit normal, and its derivative as the normal turns.

    The derivative is by the angle by which n turns towards the unit vector t, at constant
    height.
    """
    w = 1.0 / math.sqrt(1.0 - ECCENTRICITY_SQUARED * nz * nz)
    radius = SEMI_MAJOR_M * w
    turn = radius * ECCENTRICITY_SQUARED * w * w * nz * tz  # d radius / d angle
    polar = 1.0 - ECCENTRICITY_SQUARED
    return (
        (radius + height_m) * nx,
        (radius + height_m) * ny,
        (radius * polar + height_m) * nz,
        (radius + height_m) * tx + turn * nx,
        (radius + height_m) * ty + turn * ny,
        (radius * polar + height_m) * tz + turn * polar * nz,
    )


@kernel
def circle_length_m(
    nx: float, ny: float, nz: float, ax: float, ay: float, az: float, angle_rad: float
) -> float:
    """Return the length on the ground [m] of a great circle from n about a, by quadrature."""
    half = 0.5 * angle_rad
    total = 0.0
    for k in range(5):
        n = rotated(nx, ny, nz, ax, ay, az, half * (1.0 + _NODES[k]))
        _, _, _, dx, dy, dz = ecef_from_normal(n[0], n[1], n[2], n[3], n[4], n[5], 0.0)
        total += _WEIGHTS[k] * math.sqrt(dx * dx + dy * dy + dz * dz)
    return half * total


@kernel
def normal_distance_m(
    nx: float, ny: float, nz: float, mx: float, my: float, mz: float
) -> float:
    """Return the distance on the ground [m] between two unit normals."""
    ax, ay, az, angle = great_circle(nx, ny, nz, mx, my, mz)
    return circle_length_m(nx, ny, nz, ax, ay, az, angle)


@kernel
def ground_distance_m(
    latitude_rad: float, longitude_rad: float, to_latitude_rad: float, to_longitude_rad: float
) -> float:
    """Return the distance on the ground [m] between two places.

    Within 2 mm of the geodesic up to 500 km and within 2 m up to 5 000 km.
    """
    nx, ny, nz = normal_from_geodetic(latitude_rad, longitude_rad)
    mx, my, mz = normal_from_geodetic(to_latitude_rad, to_longitude_rad)
    return normal_distance_m(nx, ny, nz, mx, my, mz)


@kernel
def ground_distance_ecef_m(
    x_m: float, y_m: float, z_m: float, to_x_m: float, to_y_m: float, to_z_m: float
) -> float:
    """Return the distance on the ground [m] between the feet of two ECEF points."""
    latitude, longitude, _ = geodetic_from_ecef(x_m, y_m, z_m)
    to_latitude, to_longitude, _ = geodetic_from_ecef(to_x_m, to_y_m, to_z_m)
    return ground_distance_m(latitude, longitude, to_latitude, to_longitude)


@kernel
def bearing_rad(
    latitude_rad: float, longitude_rad: float, to_latitude_rad: float, to_longitude_rad: float
) -> float:
    """Return the bearing from north in [0, 2 pi) at which the great circle leaves.

    Within 2e-4 rad of the geodesic's azimuth up to 500 km; 0 where the two places are equal.
    """
    nx, ny, nz = normal_from_geodetic(latitude_rad, longitude_rad)
    mx, my, mz = normal_from_geodetic(to_latitude_rad, to_longitude_rad)
    ax, ay, az, _ = great_circle(nx, ny, nz, mx, my, mz)
    n = rotated(nx, ny, nz, ax, ay, az, 0.0)
    _, _, _, dx, dy, dz = ecef_from_normal(n[0], n[1], n[2], n[3], n[4], n[5], 0.0)
    sine, cosine = math.sin(longitude_rad), math.cos(longitude_rad)
    east = -sine * dx + cosine * dy
    north = math.cos(latitude_rad) * dz - math.sin(latitude_rad) * (cosine * dx + sine * dy)
    return azimuth_rad(east, north)


@kernel
def destination(
    latitude_rad: float, longitude_rad: float, bearing_rad: float, range_m: float
) -> tuple[float, float]:
    """Return the latitude and longitude [rad] at a bearing and range along the geodesic.

    Parameters
    ----------
    latitude_rad, longitude_rad
        Where it starts.
    bearing_rad
        From north, clockwise.
    range_m
        Distance on the ground, up to half way round the Earth; negative: backwards.

    Returns
    -------
    tuple
        Within 1 mm; longitude in [-pi, pi].

    Source: Vincenty 1975, direct formula, eqns. 1 to 11.
    """
    reduced = math.atan2(
        SEMI_MINOR_M * math.sin(latitude_rad), SEMI_MAJOR_M * math.cos(latitude_rad)
    )
    sin_u, cos_u = math.sin(reduced), math.cos(reduced)
    sin_b, cos_b = math.sin(bearing_rad), math.cos(bearing_rad)
    sigma1 = math.atan2(sin_u, cos_u * cos_b)
    sin_azimuth = cos_u * sin_b  # of the geodesic at the equator
    cos2_azimuth = 1.0 - sin_azimuth * sin_azimuth
    k = cos2_azimuth * (SEMI_MAJOR_M**2 - SEMI_MINOR_M**2) / SEMI_MINOR_M**2
    A = 1.0 + k / 16384.0 * (4096.0 + k * (-768.0 + k * (320.0 - 175.0 * k)))
    B = k / 1024.0 * (256.0 + k * (-128.0 + k * (74.0 - 47.0 * k)))
    sigma_mean = range_m / (SEMI_MINOR_M * A)
    sigma = sigma_mean
    for _ in range(8):
        middle = math.cos(2.0 * sigma1 + sigma)
        inner = math.cos(sigma) * (2.0 * middle**2 - 1.0)
        outer = B / 6.0 * middle * (4.0 * math.sin(sigma) ** 2 - 3.0) * (4.0 * middle**2 - 3.0)
        sigma = sigma_mean + B * math.sin(sigma) * (middle + B / 4.0 * (inner - outer))
    sin_s, cos_s = math.sin(sigma), math.cos(sigma)
    middle = math.cos(2.0 * sigma1 + sigma)
    latitude = math.atan2(
        sin_u * cos_s + cos_u * sin_s * cos_b,
        (1.0 - FLATTENING) * math.hypot(sin_azimuth, sin_u * sin_s - cos_u * cos_s * cos_b),
    )
    turn = math.atan2(sin_s * sin_b, cos_u * cos_s - sin_u * sin_s * cos_b)
    C = FLATTENING / 16.0 * cos2_azimuth * (4.0 + FLATTENING * (4.0 - 3.0 * cos2_azimuth))
    arc = sigma + C * sin_s * (middle + C * cos_s * (2.0 * middle**2 - 1.0))
    longitude = longitude_rad + turn - (1.0 - C) * FLATTENING * sin_azimuth * arc
    return latitude, math.atan2(math.sin(longitude), math.cos(longitude))
