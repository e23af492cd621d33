"""Ballistic arcs: the drag-free path of least launch speed between two points on the ground.

Source: Bate, Mueller and White, Fundamentals of Astrodynamics, Dover, 1971, ch. 6; Battin, An
Introduction to the Mathematics and Methods of Astrodynamics, AIAA, 1999, ch. 6 (the
minimum-energy ellipse has its vacant focus on the chord).
Assumes: the gravity of a point mass, no drag, no boost phase (launch speed from the first
instant), and an Earth that does not turn during the flight.
"""

import math
from typing import NamedTuple

import numpy as np

from bartizan.arrays import Floats
from bartizan.world.geodesy import GRAVITATION_M3_S2

MEAN_RADIUS_M = 6371008.8


class Arc(NamedTuple):
    """An elliptical arc through the launch and the impact point."""

    apogee: Floats  # (3,) unit vector from the Earth's centre
    axis: Floats  # (3,) unit axis of the orbital plane
    semi_major_m: float
    eccentricity: float
    to_apogee_s: float  # launch to apogee
    duration_s: float  # launch to impact


def ballistic_arc(range_m: float) -> tuple[float, float, float]:
    """Return launch speed [m/s], apogee height [m] and time of flight [s] over a sphere.

    Parameters
    ----------
    range_m
        Distance on the ground, > 0 and less than half way round the Earth.

    Returns
    -------
    tuple
        Of the minimum-energy arc on a sphere of the Earth's mean radius; nan if out of range.
    """
    half = range_m / (2.0 * MEAN_RADIUS_M)
    if not 0.0 < half < math.pi / 2.0:
        return math.nan, math.nan, math.nan
    sine = math.sin(half)
    a = MEAN_RADIUS_M * (1.0 + sine) / 2.0
    p = MEAN_RADIUS_M * sine
    e = math.sqrt(1.0 - p / a)
    speed = math.sqrt(2.0 * GRAVITATION_M3_S2 / MEAN_RADIUS_M * sine / (1.0 + sine))
    x = math.acos(min(MEAN_RADIUS_M * math.cos(half) / a - e, 1.0))
    duration = 2.0 * (x + e * math.sin(x)) / math.sqrt(GRAVITATION_M3_S2 / a**3)
    return speed, a * (1.0 + e) - MEAN_RADIUS_M, duration


def arc_between(launch_ecef_m: Floats, impact_ecef_m: Floats) -> Arc | None:
    """Return the minimum-energy arc from one ECEF point (3,) to another.

    None where the two lie on one line with the Earth's centre, so that no plane is given.
    """
    cross = np.cross(launch_ecef_m, impact_ecef_m)
    area = float(np.linalg.norm(cross))
    r1, r2 = float(np.linalg.norm(launch_ecef_m)), float(np.linalg.norm(impact_ecef_m))
    if area <= 1e-9 * r1 * r2:
        return None
    chord_m = impact_ecef_m - launch_ecef_m
    c = float(np.linalg.norm(chord_m))
    a = (r1 + r2 + c) / 4.0
    focus = launch_ecef_m + (2.0 * a - r1) / c * chord_m
    apogee, axis = focus / np.linalg.norm(focus), cross / area
    e = float(np.linalg.norm(focus)) / (2.0 * a)
    across = np.cross(axis, apogee)
    pace = math.sqrt(GRAVITATION_M3_S2 / a**3)

    def since_apogee_s(point: Floats) -> float:
        sine = float(point @ across) / (a * math.sqrt(1.0 - e * e))
        x = math.atan2(sine, float(point @ apogee) / a - e)
        return (x + e * math.sin(x)) / pace

    to_apogee_s = -since_apogee_s(launch_ecef_m)
    duration_s = to_apogee_s + since_apogee_s(impact_ecef_m)
    return Arc(apogee, axis, a, e, to_apogee_s, duration_s)
