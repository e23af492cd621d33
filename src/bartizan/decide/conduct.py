"""Conduct: how a track flies, which way it keeps to and where it came from.

A badly known state is no evidence: manner and way are read where two sigma of the track leave
no doubt, and are unsure otherwise.

Source: the 250 kt limit below flight level 100 is ICAO Annex 11, airspace classes D to G.
"""

import math

from bartizan.arrays import Floats
from bartizan.decide.doctrine import DecidePlan
from bartizan.decide.identification import Conformance, IdentificationPlan, Manner, Origin
from bartizan.decide.zones import ZoneRule, is_in_zone
from bartizan.kernel import kernel
from bartizan.sense.horizon import EARTH_RADIUS_M
from bartizan.tracking.motion import is_ballistic
from bartizan.tracking.tracks import Tracks
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.vectors import Vector, added, cross, divided, dot, vector

ORIGIN_STEP_S = 20.0  # of the course extrapolated back


@kernel
def manner_of(plan: IdentificationPlan, tracks: Tracks, row: int, height_m: float) -> int:
    """Return the `Manner` in which a track surely flies, or UNSURE."""
    x, y, z, vx, vy, vz = tracks.mean[row]
    speed_m_s, doubt = math.sqrt(vx * vx + vy * vy + vz * vz), doubt_m_s(tracks, row)
    if speed_m_s - doubt > plan.civil_speed_max_m_s:
        if is_ballistic(x, y, z, vx, vy, vz):
            return Manner.FALLING.value
        return Manner.SUPERSONIC.value
    if speed_m_s + doubt < plan.low_speed_max_m_s:
        return Manner.SLOW.value
    if speed_m_s - doubt < plan.low_speed_max_m_s:
        return Manner.UNSURE.value
    aside_m = doubt_m(tracks, row)
    if height_m + aside_m < plan.low_m:
        return Manner.LOW_FAST.value
    is_jet = height_m - aside_m > plan.low_m and speed_m_s + doubt < plan.civil_speed_max_m_s
    return Manner.JET.value if is_jet else Manner.UNSURE.value


@kernel
def doubt_m(tracks: Tracks, row: int) -> float:
    """Return two sigma of a track's position, along the axis on which it is known worst."""
    variance = max(tracks.covariance[row, 0, 0], tracks.covariance[row, 1, 1])
    return 2.0 * math.sqrt(max(variance, tracks.covariance[row, 2, 2]))


@kernel
def doubt_m_s(tracks: Tracks, row: int) -> float:
    """Return two sigma of a track's velocity, along the axis on which it is known worst."""
    variance = tracks.covariance[row, 3, 3]
    variance = max(variance, tracks.covariance[row, 4, 4], tracks.covariance[row, 5, 5])
    return 2.0 * math.sqrt(variance)


@kernel
def conformance_of(
    plan: DecidePlan,
    tracks: Tracks,
    row: int,
    place: Vector,
    miss_m: float,
    to_go_s: float,
) -> int:
    """Return the `Conformance` of a track, or UNSURE.

    Parameters
    ----------
    place
        Latitude, longitude [rad] and height [m] of the track.
    miss_m, to_go_s
        How near it passes the asset it comes nearest to, and when; infinity: it is behind.
    """
    doubt = doubt_m_s(tracks, row)
    lat, lon, height_m = place
    position, velocity = tracks.mean[row, :3], tracks.mean[row, 3:]
    if is_on_airway(plan, position, velocity, doubt, height_m, doubt_m(tracks, row)):
        return Conformance.ON_AIRWAY.value
    t_s = tracks.time_s[row]
    if is_in_zone(plan.zones, ZoneRule.SAFE_CORRIDOR.value, lat, lon, height_m, t_s):
        return Conformance.IN_CORRIDOR.value
    if to_go_s == math.inf:
        return Conformance.ASIDE.value
    aside_m = doubt * to_go_s
    if miss_m + aside_m < plan.identification.inbound_miss_m:
        return Conformance.INBOUND.value
    if miss_m - aside_m > plan.identification.inbound_miss_m:
        return Conformance.ASIDE.value
    return Conformance.UNSURE.value


@kernel
def origin_of(plan: DecidePlan, tracks: Tracks, row: int) -> int:
    """Return the `Origin` that the present course of a track leads back to.

    Assumes: it flew straight on its great circle, at its height.
    """
    identification, zones = plan.identification, plan.zones
    x, y, z, vx, vy, vz = tracks.mean[row]
    n_step = int(identification.origin_time_s / ORIGIN_STEP_S)
    radius_m = math.sqrt(x * x + y * y + z * z)
    for k in range(n_step + 1):
        back_s = k * ORIGIN_STEP_S
        there = (x - back_s * vx, y - back_s * vy, z - back_s * vz)
        # Back on the sphere that it flies on: a straight line would climb.
        there = divided(there, math.sqrt(dot(there, there)) / radius_m)
        if zones.rule.shape[0] > 0:
            lat, lon, height_m = geodetic_from_ecef(there[0], there[1], there[2])
            t_s = tracks.time_s[row] - back_s
            if is_in_zone(zones, ZoneRule.HOSTILE_ORIGIN.value, lat, lon, height_m, t_s):
                return Origin.HOSTILE.value
            if is_in_zone(zones, ZoneRule.CIVIL_ORIGIN.value, lat, lon, height_m, t_s):
                return Origin.CIVIL.value
        if _is_at_end(identification, divided(there, radius_m)):
            return Origin.CIVIL.value
    return Origin.ELSEWHERE.value


@kernel
def _is_at_end(plan: IdentificationPlan, n: Vector) -> bool:
    """Tell whether a place (unit normal) is where a published airway begins or ends."""
    nearest = math.cos(plan.origin_radius_m / EARTH_RADIUS_M)
    for end in range(plan.airway_end.shape[0]):
        if dot(vector(plan.airway_end[end]), n) > nearest:
            return True
    return False


@kernel
def is_on_airway(
    plan: DecidePlan,
    position: Floats,
    velocity: Floats,
    aside_m_s: float,
    height_m: float,
    aside_m: float,
) -> bool:
    """Tell whether a state (ECEF, (3,) each) may keep to a published airway, in either sense.

    Its velocity may be wrong by ``aside_m_s`` and its height by ``aside_m``: one bad look in a
    bend is no evidence.
    """
    most_m = plan.identification.airway_half_height_m + aside_m
    half_width_m = plan.identification.airway_half_width_m
    place, course = vector(position), vector(velocity)
    n = divided(place, math.sqrt(dot(place, place)))
    level = added(course, -dot(course, n), n)
    speed = max(math.sqrt(dot(level, level)), 1e-9)
    widest = plan.identification.airway_course_rad + math.atan2(aside_m_s, speed)
    along = math.cos(min(widest, 0.5 * math.pi))
    for leg in range(plan.airway_from.shape[0]):
        if abs(height_m - plan.airway_height_m[leg]) > most_m:
            continue
        a, b = vector(plan.airway_from[leg]), vector(plan.airway_to[leg])
        axis = cross(a, b)
        axis = divided(axis, max(math.sqrt(dot(axis, axis)), 1e-12))
        if abs(dot(axis, n)) * EARTH_RADIUS_M > half_width_m:
            continue
        margin = half_width_m / EARTH_RADIUS_M
        length = math.acos(min(1.0, max(-1.0, dot(a, b))))
        if math.acos(min(1.0, max(-1.0, dot(a, n)))) > length + margin:
            continue
        if math.acos(min(1.0, max(-1.0, dot(b, n)))) > length + margin:
            continue
        if abs(dot(cross(axis, n), level)) / speed > along:
            return True
    return False
