"""Identification: hostile needs positive evidence; silence alone never suffices.

A track is taken for civil or friend by its answers. It is taken for hostile only if it never
answered *and* does what no civil aircraft there does: it flies faster than civil aircraft can
(as all that falls does); it is low and faster than the civil speed limit; or, silent to several
interrogations, it is surely off the published airways and inbound to a defended asset.

Source: the 250 kt limit below flight level 100 is ICAO Annex 11, airspace classes D to G.
Assumes: thresholds below; interrogations independent.
"""

import math

from bartizan.arrays import Floats
from bartizan.decide.doctrine import DecidePlan, RulesOfEngagement
from bartizan.decide.picture import Identity, Link, Picture, start_row
from bartizan.decide.threat import evaluate
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.sense.horizon import EARTH_RADIUS_M
from bartizan.tracking.tracks import Tracks, TrackStatus
from bartizan.world.force import AssetsPlan
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.vectors import added, cross, divided, dot, vector

HITS_MIN = 4  # plots before kinematics count as evidence
ANSWERS_SHARE = 0.25  # a stray answer taken from a neighbour does not clear a silent track
CIVIL_SPEED_MAX_M_S = 350.0  # assumed: faster than any airliner over ground
LOW_M = 3048.0  # flight level 100
LOW_SPEED_MAX_M_S = 129.0  # 250 kt
SILENT_MIN = 3  # unanswered interrogations, beside hostile kinematics
SILENT_INBOUND_MIN = 5  # the same, beside nothing but an inbound course
INBOUND_MISS_M = 8_000.0  # assumed: inbound passes an asset at most so far off
ALONG_AIRWAY_RAD = 0.35  # 20 degrees: so far the course of who follows an airway may differ


@kernel
def identify(
    plan: DecidePlan,
    assets: AssetsPlan,
    tracks: Tracks,
    picture: Picture,
    events: Events,
    now_s: float,
) -> None:
    """Bring identity, engageability and threat value of every confirmed track up to date."""
    for row in range(tracks.alive.shape[0]):
        if not tracks.alive[row] or tracks.status[row] == TrackStatus.TENTATIVE:
            continue
        if picture.track_id[row] != tracks.track_id[row]:
            start_row(picture, row, tracks.track_id[row])
        miss_m = evaluate(assets, tracks, row, now_s, picture)
        before = picture.identity[row]
        identity = _identity(plan, tracks, row, picture, miss_m)
        was_engageable = picture.engageable[row]
        picture.identity[row] = identity
        picture.engageable[row] = _is_engageable(plan, tracks, row, identity, picture)
        if identity != before:
            picture.identified_s[row] = now_s
            log(events, now_s, EventKind.IDENTIFIED, tracks.track_id[row], -1, 0.0, identity)
        if picture.engageable[row] and not was_engageable:
            picture.replan[0] = True
            picture.link[row] = max(picture.link[row], Link.ENGAGEABLE.value)


@kernel
def _identity(
    plan: DecidePlan, tracks: Tracks, row: int, picture: Picture, miss_m: float
) -> int:
    """Return the identity that replies and kinematics of a track support now."""
    civil, friend = tracks.iff_civil[row], tracks.iff_friend[row]
    answered = civil + friend
    if answered > 0 and answered >= ANSWERS_SHARE * (answered + tracks.iff_silent[row]):
        return Identity.FRIEND.value if friend >= civil else Identity.CIVIL.value
    if picture.identity[row] == Identity.HOSTILE:
        return Identity.HOSTILE.value  # no later evidence but an answer clears it
    if picture.told_identity[row] != Identity.UNKNOWN:
        return int(picture.told_identity[row])
    if tracks.hits[row] < HITS_MIN:
        return Identity.UNKNOWN.value
    if has_hostile_kinematics(tracks, row) and tracks.iff_silent[row] >= SILENT_MIN:
        return Identity.HOSTILE.value
    inbound = miss_m < INBOUND_MISS_M and picture.time_to_go_s[row] < math.inf
    if (
        tracks.iff_silent[row] >= SILENT_INBOUND_MIN
        and inbound
        and not is_on_airway(
            plan, tracks.mean[row, :3], tracks.mean[row, 3:], doubt_m_s(tracks, row)
        )
    ):
        return Identity.HOSTILE.value
    return Identity.UNKNOWN.value


@kernel
def has_hostile_kinematics(tracks: Tracks, row: int) -> bool:
    """Tell whether a track surely (two sigma) flies as no civil aircraft does."""
    x, y, z, vx, vy, vz = tracks.mean[row]
    speed_m_s = math.sqrt(vx * vx + vy * vy + vz * vz)
    surely_m_s = speed_m_s - doubt_m_s(tracks, row)
    if surely_m_s > CIVIL_SPEED_MAX_M_S:
        return True
    height_m = geodetic_from_ecef(x, y, z)[2]
    sigma_m = math.sqrt(
        max(
            tracks.covariance[row, 0, 0],
            tracks.covariance[row, 1, 1],
            tracks.covariance[row, 2, 2],
        )
    )
    is_low: bool = height_m + 2.0 * sigma_m < LOW_M
    return is_low and surely_m_s > LOW_SPEED_MAX_M_S


@kernel
def doubt_m_s(tracks: Tracks, row: int) -> float:
    """Return two sigma of a track's velocity, along the axis on which it is known worst."""
    variance = tracks.covariance[row, 3, 3]
    variance = max(variance, tracks.covariance[row, 4, 4], tracks.covariance[row, 5, 5])
    return 2.0 * math.sqrt(variance)


@kernel
def is_on_airway(
    plan: DecidePlan, position: Floats, velocity: Floats, aside_m_s: float
) -> bool:
    """Tell whether a state (ECEF, (3,) each) may keep to a published airway, in either sense.

    Its velocity may be wrong by ``aside_m_s``: one bad look in a bend is no evidence.
    """
    place, course = vector(position), vector(velocity)
    n = divided(place, math.sqrt(dot(place, place)))
    level = added(course, -dot(course, n), n)
    speed = max(math.sqrt(dot(level, level)), 1e-9)
    along = math.cos(min(ALONG_AIRWAY_RAD + math.atan2(aside_m_s, speed), 0.5 * math.pi))
    for leg in range(plan.airway_from.shape[0]):
        a, b = vector(plan.airway_from[leg]), vector(plan.airway_to[leg])
        axis = cross(a, b)
        axis = divided(axis, max(math.sqrt(dot(axis, axis)), 1e-12))
        if abs(dot(axis, n)) * EARTH_RADIUS_M > plan.airway_half_width_m:
            continue
        margin = plan.airway_half_width_m / EARTH_RADIUS_M
        length = math.acos(min(1.0, max(-1.0, dot(a, b))))
        if math.acos(min(1.0, max(-1.0, dot(a, n)))) > length + margin:
            continue
        if math.acos(min(1.0, max(-1.0, dot(b, n)))) > length + margin:
            continue
        if abs(dot(cross(axis, n), level)) / speed > along:
            return True
    return False


@kernel
def _is_engageable(
    plan: DecidePlan, tracks: Tracks, row: int, identity: int, picture: Picture
) -> bool:
    """Tell whether the rules of engagement allow shots at a track."""
    if identity == Identity.HOSTILE:
        return True
    if identity != Identity.UNKNOWN or plan.rules != RulesOfEngagement.WEAPONS_FREE:
        return False
    is_known: bool = tracks.hits[row] >= HITS_MIN and tracks.iff_silent[row] >= SILENT_MIN
    return is_known and picture.time_to_go_s[row] < math.inf
