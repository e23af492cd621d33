"""The radar horizon over the curved Earth, rays bent by a standard atmosphere.

Source: Skolnik, Introduction to Radar Systems, 3rd ed., ch. 8 (effective radius 4/3).
Assumes: a smooth sphere, no terrain, no ducting; bending by 4/3 at all heights, which is too
much above the atmosphere, by less than 3 % of the horizon range.
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel

EARTH_RADIUS_M = 6_371_008.8
EFFECTIVE_RADIUS_M = EARTH_RADIUS_M * 4.0 / 3.0


@kernel
def horizon_range_m(antenna_height_m: float, target_height_m: float) -> float:
    """Return the ground range at which the line of sight just grazes the Earth.

    Parameters
    ----------
    antenna_height_m, target_height_m
        Above the ground [m]; below it counts as on it.

    Returns
    -------
    float
        Along the ground [m].
    """
    antenna = math.acos(EFFECTIVE_RADIUS_M / (EFFECTIVE_RADIUS_M + max(antenna_height_m, 0.0)))
    target = math.acos(EFFECTIVE_RADIUS_M / (EFFECTIVE_RADIUS_M + max(target_height_m, 0.0)))
    return EFFECTIVE_RADIUS_M * (antenna + target)


@kernel
def is_above_horizon(
    antenna_height_m: float, target_height_m: float, ground_range_m: float
) -> bool:
    """Return whether an antenna sees a target over the curved Earth.

    Parameters
    ----------
    antenna_height_m, target_height_m
        Above the ground [m].
    ground_range_m
        Between their feet, along the ground [m], >= 0.
    """
    return ground_range_m <= horizon_range_m(antenna_height_m, target_height_m)


@kernel
def ground_range_m(a_ecef_m: Floats, x_m: float, y_m: float, z_m: float) -> float:
    """Return the ground range between the feet of a point and of an ECEF position [m].

    Assumes: a sphere of the mean radius; within 0.3 % of the ellipsoid's arc.
    """
    ax, ay, az = a_ecef_m[0], a_ecef_m[1], a_ecef_m[2]
    cx, cy, cz = ay * z_m - az * y_m, az * x_m - ax * z_m, ax * y_m - ay * x_m
    sine = math.sqrt(cx * cx + cy * cy + cz * cz)
    return EARTH_RADIUS_M * math.atan2(sine, ax * x_m + ay * y_m + az * z_m)
