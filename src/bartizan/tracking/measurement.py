"""Converted measurements: a plot as an ECEF position with its covariance.

Source: Mo, Song, Zhou, Sun and Bar-Shalom, Unbiased converted measurements for tracking, IEEE
Trans. AES 34(3), 1998; variances to second order in the angles, about the measured place.
Assumes: independent Gaussian errors; angles well below 0.1 rad sigma.
"""

import math

from bartizan.arrays import Floats
from bartizan.kernel import kernel
from bartizan.sense.plots import PlotKind, Plots
from bartizan.tracking.plan import Sensors


@kernel
def convert(
    plots: Plots, row: int, sensors: Sensors, position_m: Floats, covariance_m2: Floats
) -> None:
    """Write a plot's ECEF position (3,) [m] and covariance (3, 3) [m2]."""
    if plots.kind[row] == PlotKind.REPORT:
        _convert_report(plots, row, position_m, covariance_m2)
    else:
        _convert_radar(plots, row, sensors, position_m, covariance_m2)


@kernel
def _convert_report(plots: Plots, row: int, position_m: Floats, covariance_m2: Floats) -> None:
    for i in range(3):
        position_m[i] = plots.position_ecef_m[row, i]
        for j in range(3):
            covariance_m2[i, j] = plots.sigma_position_m[row] ** 2 if i == j else 0.0


@kernel
def _convert_radar(
    plots: Plots, row: int, sensors: Sensors, position_m: Floats, covariance_m2: Floats
) -> None:
    s, r = plots.sensor[row], plots.range_m[row]
    sa, ca = math.sin(plots.azimuth_rad[row]), math.cos(plots.azimuth_rad[row])
    se, ce = math.sin(plots.elevation_rad[row]), math.cos(plots.elevation_rad[row])
    va, ve = plots.sigma_azimuth_rad[row] ** 2, plots.sigma_elevation_rad[row] ** 2
    # e^(s2/2) undoes the shrinking of a mean of sines and cosines
    flat, rise = r * ce * math.exp(0.5 * (va + ve)), r * se * math.exp(0.5 * ve)
    along = plots.sigma_range_m[row] ** 2 + 0.5 * r * r * (va * va * ce**4 + ve * ve)
    across, upward = r * r * ce * ce * va, r * r * ve
    turn = sensors.enu_from_ecef[s]
    for i in range(3):
        level = sa * turn[0, i] + ca * turn[1, i]
        position_m[i] = sensors.position_ecef_m[s, i] + flat * level + rise * turn[2, i]
        # axes of the error: outward, to the right and upward, seen from the sensor
        out = ce * level + se * turn[2, i]
        right = ca * turn[0, i] - sa * turn[1, i]
        upright = ce * turn[2, i] - se * level
        for j in range(3):
            level_j = sa * turn[0, j] + ca * turn[1, j]
            covariance_m2[i, j] = (
                along * out * (ce * level_j + se * turn[2, j])
                + across * right * (ca * turn[0, j] - sa * turn[1, j])
                + upward * upright * (ce * turn[2, j] - se * level_j)
            )
