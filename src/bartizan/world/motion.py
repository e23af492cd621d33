"""Motion: where an object is and how fast, in closed form, at any time.

A route is a chain of great-circle legs flown at constant ground speed, the height changing
evenly along each; a weave is a sine across the leg, of whole cycles, so that it begins and ends
on the leg. A ballistic object flies a Keplerian ellipse.

Source: Bate, Mueller and White, Fundamentals of Astrodynamics, Dover, 1971, ch. 4 and 6.
Assumes: turns, climbs and dives begin at once; the ground speed of a leg is its mean (it
departs from it by at most 0.1 % over 500 km, and by the weave); a ballistic object feels the
gravity of a point mass and no drag, and the Earth does not turn under it.
"""

import math

from bartizan.kernel import kernel
from bartizan.world.geodesy import GRAVITATION_M3_S2
from bartizan.world.ground import ecef_from_normal, rotated
from bartizan.world.truth import Motion, WorldPlan
from bartizan.world.vectors import Vector

State = tuple[float, float, float, float, float, float]


@kernel
def position_velocity(plan: WorldPlan, i: int, t_s: float) -> State:
    """Return the ECEF position [m] and velocity [m/s] of object ``i``.

    Parameters
    ----------
    plan
        The world.
    i
        Row of the object.
    t_s
        Any time; before its start and after its end it is as at its start and end.

    Returns
    -------
    tuple
        x, y, z, vx, vy, vz.
    """
    t = min(max(t_s, plan.start_s[i]), plan.end_s[i])
    if plan.motion[i] == Motion.BALLISTIC:
        return on_arc(
            (plan.arc_apogee[i, 0], plan.arc_apogee[i, 1], plan.arc_apogee[i, 2]),
            (plan.arc_axis[i, 0], plan.arc_axis[i, 1], plan.arc_axis[i, 2]),
            plan.arc_semi_major_m[i],
            plan.arc_eccentricity[i],
            t - plan.arc_apogee_s[i],
        )
    leg = plan.leg_first[i]
    while leg + 1 < plan.leg_first[i + 1] and plan.leg_start_s[leg + 1] <= t:
        leg += 1
    along_s = t - plan.leg_start_s[leg]
    duration_s = plan.leg_end_s[leg] - plan.leg_start_s[leg]
    return on_leg(
        (plan.leg_from[leg, 0], plan.leg_from[leg, 1], plan.leg_from[leg, 2]),
        (plan.leg_axis[leg, 0], plan.leg_axis[leg, 1], plan.leg_axis[leg, 2]),
        plan.leg_angle_rad[leg],
        (plan.leg_from_height_m[leg], plan.leg_to_height_m[leg]),
        weave(plan.weave_amplitude_m[i], plan.weave_period_s[i], along_s, duration_s),
        along_s,
        duration_s,
    )


@kernel
def on_leg(
    start: Vector,
    axis: Vector,
    angle_rad: float,
    heights_m: tuple[float, float],
    sideways: tuple[float, float],
    along_s: float,
    duration_s: float,
) -> State:
    """Return position and velocity on a leg, with an offset to its left and its rate."""
    fraction = along_s / duration_s
    nx, ny, nz, tx, ty, tz = rotated(
        start[0], start[1], start[2], axis[0], axis[1], axis[2], angle_rad * fraction
    )
    climb = heights_m[1] - heights_m[0]
    height = heights_m[0] + climb * fraction
    x, y, z, dx, dy, dz = ecef_from_normal(nx, ny, nz, tx, ty, tz, height)
    turn, rise = angle_rad / duration_s, climb / duration_s
    return (
        x + sideways[0] * axis[0],
        y + sideways[0] * axis[1],
        z + sideways[0] * axis[2],
        dx * turn + rise * nx + sideways[1] * axis[0],
        dy * turn + rise * ny + sideways[1] * axis[1],
        dz * turn + rise * nz + sideways[1] * axis[2],
    )


@kernel
def weave(
    amplitude_m: float, period_s: float, along_s: float, duration_s: float
) -> tuple[float, float]:
    """Return the offset to the left of a leg [m] and its rate [m/s], 0 at both ends.

    It makes the whole number of cycles nearest to its period, none on a leg shorter than half
    a period.
    """
    if amplitude_m == 0.0:
        return 0.0, 0.0
    cycles = math.floor(duration_s / period_s + 0.5)
    pace = 2.0 * math.pi * cycles / duration_s
    return amplitude_m * math.sin(pace * along_s), amplitude_m * pace * math.cos(pace * along_s)


@kernel
def anomaly_rad(mean_anomaly_rad: float, eccentricity: float) -> float:
    """Return the eccentric anomaly from the apogee, solving Kepler's equation there.

    x + e sin x = m, both counted from the apogee: near it the slope is 1 + e, so that Newton's
    method is safe on any arc that begins and ends on the ground, where the usual form
    (1 - e cos E, from the perigee) is not.
    """
    x = mean_anomaly_rad / (1.0 + eccentricity)
    for _ in range(20):
        step = (x + eccentricity * math.sin(x) - mean_anomaly_rad) / (
            1.0 + eccentricity * math.cos(x)
        )
        x -= step
        if abs(step) < 1e-9:  # the next one would be its square
            break
    return x


@kernel
def on_arc(
    apogee: Vector,
    axis: Vector,
    semi_major_m: float,
    eccentricity: float,
    since_apogee_s: float,
) -> State:
    """Return position and velocity on an elliptical arc, some time after its apogee."""
    a, e = semi_major_m, eccentricity
    pace = math.sqrt(GRAVITATION_M3_S2 / (a * a * a))
    x = anomaly_rad(pace * since_apogee_s, e)
    sine, cosine = math.sin(x), math.cos(x)
    b = a * math.sqrt(1.0 - e * e)
    rate = pace / (1.0 + e * cosine)
    # Along the apogee u, and across it, in the direction of flight w.
    along, across = a * (cosine + e), b * sine
    along_rate, across_rate = -a * sine * rate, b * cosine * rate
    u0, u1, u2 = apogee
    w0 = axis[1] * u2 - axis[2] * u1
    w1 = axis[2] * u0 - axis[0] * u2
    w2 = axis[0] * u1 - axis[1] * u0
    return (
        along * u0 + across * w0,
        along * u1 + across * w1,
        along * u2 + across * w2,
        along_rate * u0 + across_rate * w0,
        along_rate * u1 + across_rate * w1,
        along_rate * u2 + across_rate * w2,
    )
