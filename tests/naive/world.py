"""Slow twins of the kernels of `bartizan.world`: plain formulas, one matrix at a time."""

import math
from itertools import pairwise

import numpy as np

from bartizan.world.truth import Motion, Phase, Side, Targets, WorldPlan

A_M, F = 6378137.0, 1.0 / 298.257223563
E2 = F * (2.0 - F)
MU = 3.986004418e14


def ecef_from_geodetic(latitude, longitude, height):
    """By the definition: the foot on the ellipsoid, and the height along its normal."""
    normal = normal_from_geodetic(latitude, longitude)
    axes = np.array([A_M, A_M, A_M * (1.0 - F)])
    # The point of an ellipsoid whose normal is n is D^2 n / |D n|.
    foot = axes**2 * normal / np.linalg.norm(axes * normal)
    return foot + height * normal


def geodetic_from_ecef(x, y, z):
    """Bisect the latitude until the line along the normal hits the axis where it must."""
    across = math.hypot(x, y)

    def miss(latitude):
        n = A_M / math.sqrt(1.0 - E2 * math.sin(latitude) ** 2)
        return (z + E2 * n * math.sin(latitude)) * math.cos(latitude) - across * math.sin(
            latitude
        )

    low, high = -math.pi / 2, math.pi / 2
    for _ in range(100):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if miss(middle) > 0.0 else (low, middle)
    longitude = math.atan2(y, x)
    foot = ecef_from_geodetic(low, longitude, 0.0)
    height = float((np.array([x, y, z]) - foot) @ normal_from_geodetic(low, longitude))
    return low, longitude, height


def normal_from_geodetic(latitude, longitude):
    return np.array(
        [
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        ]
    )


def geodetic_from_normal(normal):
    return math.asin(normal[2]), math.atan2(normal[1], normal[0])


def enu_from_ecef(latitude, longitude):
    """East, north and up as rows: east is along the parallel, north is what is left."""
    up = normal_from_geodetic(latitude, longitude)
    east = np.array([-math.sin(longitude), math.cos(longitude), 0.0])
    return np.array([east, np.cross(up, east), up])


def enu_from_polar(distance, azimuth, elevation):
    """Raise a vector that points north, then turn it clockwise."""
    raised = turned(np.array([0.0, distance, 0.0]), (1.0, 0.0, 0.0), elevation)
    return turned(raised, (0.0, 0.0, 1.0), -azimuth)


def ecef_from_polar(distance, azimuth, elevation, latitude, longitude, height):
    east, north, up = enu_from_ecef(latitude, longitude)
    e, n, u = enu_from_polar(distance, azimuth, elevation)
    return ecef_from_geodetic(latitude, longitude, height) + e * east + n * north + u * up


def polar_from_ecef(point, latitude, longitude, height):
    """Project the difference on the site's east, north and up."""
    east, north, up = enu_from_ecef(latitude, longitude)
    away = np.asarray(point) - ecef_from_geodetic(latitude, longitude, height)
    distance = float(np.linalg.norm(away))
    azimuth = math.atan2(away @ east, away @ north) % (2.0 * math.pi)
    return distance, azimuth, math.atan2(away @ up, np.linalg.norm(np.cross(up, away)))


def turned(vector, axis, angle):
    """Rotate by the matrix exponential of the axis (Rodrigues)."""
    x, y, z = axis
    K = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    R = np.eye(3) + math.sin(angle) * K + (1.0 - math.cos(angle)) * K @ K
    return R @ vector


def great_circle(n, m):
    axis = np.cross(n, m)
    return axis / np.linalg.norm(axis), math.acos(np.dot(n, m))


def ground_distance_m(latitude, longitude, latitude2, longitude2):
    n, m = (
        normal_from_geodetic(latitude, longitude),
        normal_from_geodetic(latitude2, longitude2),
    )
    return circle_length_m(n, *great_circle(n, m), steps=200)


def ground_distance_ecef_m(p, q):
    return ground_distance_m(*geodetic_from_ecef(*p)[:2], *geodetic_from_ecef(*q)[:2])


def bearing_rad(latitude, longitude, latitude2, longitude2):
    """Look at a point a thousandth of the way along."""
    n, m = (
        normal_from_geodetic(latitude, longitude),
        normal_from_geodetic(latitude2, longitude2),
    )
    axis, angle = great_circle(n, m)
    step = ecef_from_normal(turned(n, axis, 1e-3 * angle)) - ecef_from_normal(n)
    east, north, _ = enu_from_ecef(latitude, longitude) @ step
    return math.atan2(east, north) % (2.0 * math.pi)


def destination(latitude, longitude, bearing, distance, steps=100):
    """Follow the geodesic's differential equation by Runge and Kutta."""

    def slope(state):
        phi, _, alpha = state
        w2 = 1.0 - E2 * math.sin(phi) ** 2
        n, m = A_M / math.sqrt(w2), A_M * (1.0 - E2) / w2**1.5
        return np.array(
            [
                math.cos(alpha) / m,
                math.sin(alpha) / (n * math.cos(phi)),
                math.tan(phi) * math.sin(alpha) / n,
            ]
        )

    state, h = np.array([latitude, longitude, bearing]), distance / steps
    for _ in range(steps):
        k1 = slope(state)
        k2 = slope(state + h / 2 * k1)
        k3 = slope(state + h / 2 * k2)
        k4 = slope(state + h * k3)
        state = state + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return state[0], state[1]


def angle_within(start, axis, angle, aim, distance, steps=400):
    """Walk along in small steps; -1 if none is near enough."""
    for k in range(steps + 1):
        n = turned(start, axis, angle * k / steps)
        if circle_length_m(n, *great_circle(n, aim), steps=2) <= distance:
            return angle * k / steps
    return -1.0


def circle_length_m(start, axis, angle, steps=2000):
    """Sum the chords of a great circle."""
    normals = (turned(start, axis, angle * s / steps) for s in range(steps + 1))
    points = [ecef_from_normal(n) for n in normals]
    return float(sum(np.linalg.norm(b - a) for a, b in pairwise(points)))


def ecef_from_normal(normal, height=0.0):
    latitude, longitude = math.asin(normal[2]), math.atan2(normal[1], normal[0])
    return ecef_from_geodetic(latitude, longitude, height)


def position(plan: WorldPlan, i: int, t: float):
    """Return where object i is; nothing of its speed."""
    t = float(np.clip(t, plan.start_s[i], plan.end_s[i]))
    if plan.motion[i] == Motion.BALLISTIC:
        return _on_arc(plan, i, t)
    rows = range(plan.leg_first[i], plan.leg_first[i + 1])
    leg = next(k for k in rows if t <= plan.leg_end_s[k] or k == rows[-1])
    duration = plan.leg_end_s[leg] - plan.leg_start_s[leg]
    along = t - plan.leg_start_s[leg]
    normal = turned(
        plan.leg_from[leg], plan.leg_axis[leg], plan.leg_angle_rad[leg] * along / duration
    )
    heights = [plan.leg_from_height_m[leg], plan.leg_to_height_m[leg]]
    point = ecef_from_normal(normal, np.interp(along, [0.0, duration], heights))
    if plan.weave_amplitude_m[i] > 0.0:
        cycles = int(duration / plan.weave_period_s[i] + 0.5)
        swing = math.sin(2.0 * math.pi * cycles * along / duration)
        point = point + plan.weave_amplitude_m[i] * swing * plan.leg_axis[leg]
    return point


def _on_arc(plan: WorldPlan, i: int, t: float):
    """Solve Kepler's equation by bisection, counted from the perigee as in the books."""
    a, e = plan.arc_semi_major_m[i], plan.arc_eccentricity[i]
    mean = math.pi + math.sqrt(MU / a**3) * (t - plan.arc_apogee_s[i])
    low, high = 0.0, 2.0 * math.pi
    for _ in range(100):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if middle - e * math.sin(middle) < mean else (low, middle)
    perigee = -plan.arc_apogee[i]
    along, across = a * (math.cos(low) - e), a * math.sqrt(1.0 - e * e) * math.sin(low)
    return along * perigee + across * np.cross(plan.arc_axis[i], perigee)


def move(plan: WorldPlan, targets: Targets, t1: float) -> None:
    """Set the table as the rules say, one object at a time; velocity by difference."""
    for i in range(len(plan.start_s)):
        is_due = targets.phase[i] in (Phase.PENDING, Phase.FLYING) and plan.start_s[i] <= t1
        if not is_due:
            continue
        targets.phase[i] = Phase.FLYING
        targets.position_ecef_m[i] = position(plan, i, t1)
        t = min(max(t1, plan.start_s[i] + 0.01), plan.end_s[i] - 0.01)
        step = position(plan, i, t + 0.01) - position(plan, i, t - 0.01)
        targets.velocity_ecef_m_s[i] = step / 0.02
        if plan.side[i] == Side.CIVIL and plan.end_s[i] <= t1:
            targets.phase[i] = Phase.LEFT
            targets.ended_s[i] = plan.end_s[i]
