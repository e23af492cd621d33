"""Slow and obviously correct twins of the kernels of decide."""

import math

import numpy as np

from bartizan.tracking.tracks import TrackStatus

EARTH_RADIUS_M = 6_371_008.8


def intercept_time(offset_m, velocity_m_s, speed_m_s: float, launch_s: float) -> float:
    """First time at which a constant-speed round from the origin meets a straight path."""
    # |offset + velocity t| = speed (t - launch)
    a = velocity_m_s @ velocity_m_s - speed_m_s**2
    b = 2.0 * (offset_m @ velocity_m_s + speed_m_s**2 * launch_s)
    c = offset_m @ offset_m - (speed_m_s * launch_s) ** 2
    roots = np.roots([a, b, c])
    real = [float(r.real) for r in roots if abs(r.imag) < 1e-9 and r.real >= launch_s]
    return min(real, default=math.nan)


def feasible_window(force, unit, interceptor, position, velocity, ready_s, horizon_s):
    """The first run of feasible times in a search every 0.05 s."""
    from bartizan.decide.path import predict
    from bartizan.decide.window import flight_time_s, is_in_envelope, slant_range_m
    from bartizan.world.geodesy import geodetic_from_ecef

    found = []
    for time_s in np.arange(0.0, horizon_s, 0.05):
        x, y, z, vx, vy, vz = predict(*position, *velocity, time_s)
        range_m = slant_range_m(force, unit, x, y, z)
        launch_s = time_s - flight_time_s(force, interceptor, range_m)
        height_m = geodetic_from_ecef(x, y, z)[2]
        speed = math.sqrt(vx * vx + vy * vy + vz * vz)
        is_ok = launch_s >= ready_s and is_in_envelope(
            force, unit, interceptor, x, y, z, height_m, speed
        )
        if is_ok:
            found.append((launch_s, time_s))
        elif found:
            break
    if not found:
        return math.nan, math.nan, math.nan
    is_open = found[-1][1] > horizon_s - 0.1
    return found[0][0], found[0][1], math.inf if is_open else max(found[0][0], found[-1][0])


def closest_approach(site, position, velocity):
    """Distance on a sphere of a site from the great circle flown; from the track if behind."""
    n = position / np.linalg.norm(position)
    level = velocity - (velocity @ n) * n
    t = level / np.linalg.norm(level)
    a = site / np.linalg.norm(site)
    ahead = math.atan2(a @ t, a @ n)
    if ahead <= 0.0:
        return EARTH_RADIUS_M * math.acos(np.clip(a @ n, -1, 1)), math.inf
    across = abs(math.asin(np.clip(a @ np.cross(n, t), -1, 1)))
    return EARTH_RADIUS_M * across, EARTH_RADIUS_M * ahead / np.linalg.norm(level)


def hears(orders, now_s: float) -> list[int]:
    """Rows of the orders whose report has arrived."""
    return [
        i for i in range(len(orders.alive)) if orders.alive[i] and orders.report_s[i] <= now_s
    ]


def confirmed(tracks) -> list[int]:
    """Rows of tracks that are not tentative."""
    return [
        i for i in range(len(tracks.alive))
        if tracks.alive[i] and tracks.status[i] != TrackStatus.TENTATIVE
    ]  # fmt: skip
