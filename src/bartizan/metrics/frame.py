"""Geodetic places and local velocities in one frame, for many rows at once.

Source: WGS 84, NIMA TR8350.2, third edition; the closed form of its section on coordinates.
"""

import numpy as np

from bartizan.arrays import Floats

SEMI_MAJOR_M = 6_378_137.0
ECCENTRICITY2 = (2.0 - 1.0 / 298.257223563) / 298.257223563


def ecef_from_geodetic(place: Floats) -> Floats:
    """Return Earth-centred positions [m] (r, 3) of lat_deg, lon_deg, height_m (r, 3)."""
    latitude, longitude = np.radians(place[:, 0]), np.radians(place[:, 1])
    height_m, sine = place[:, 2], np.sin(latitude)
    normal_m = SEMI_MAJOR_M / np.sqrt(1.0 - ECCENTRICITY2 * sine**2)
    across_m = (normal_m + height_m) * np.cos(latitude)
    along_m = (normal_m * (1.0 - ECCENTRICITY2) + height_m) * sine
    return np.stack(
        [across_m * np.cos(longitude), across_m * np.sin(longitude), along_m], axis=1
    )


def enu_axes(place: Floats) -> Floats:
    """Return the axes east, north and up (r, 3 axes, 3) at lat_deg, lon_deg, … (r, 3)."""
    latitude, longitude = np.radians(place[:, 0]), np.radians(place[:, 1])
    a, b = np.sin(latitude), np.cos(latitude)
    c, d = np.sin(longitude), np.cos(longitude)
    zero = np.zeros_like(a)
    axes = [[-c, d, zero], [-a * d, -a * c, b], [b * d, b * c, a]]
    return np.array(axes, dtype=np.float64).transpose(2, 0, 1)


def vector_from_enu(enu: Floats, place: Floats) -> Floats:
    """Return Earth-centred vectors (r, 3) of east, north, up (r, 3) at places."""
    return np.asarray(np.einsum("rk,rkx->rx", enu, enu_axes(place)))


def enu_from_vector(vector: Floats, place: Floats) -> Floats:
    """Return east, north, up (r, 3) of Earth-centred vectors (r, 3) at places."""
    return np.asarray(np.einsum("rx,rkx->rk", vector, enu_axes(place)))
