"""Rules of engagement: whether a track may be shot at, and whether somebody has decided to.

- weapons-hold: nobody, but in self-defence.
- weapons-tight: who is identified as hostile.
- weapons-free: beside that, who comes nearer and is identified as neither civil nor friendly.

Self-defence: what surely comes at an asset or a unit and is near. A no-fire zone stands above
all of them; in a safe corridor weapons-free is weapons-tight.

Source: the three states of weapons control are those of JP 3-01, Countering Air and Missile
Threats, 2018, ch. III.
"""

import math

from bartizan.decide.doctrine import DecidePlan, RulesOfEngagement
from bartizan.decide.picture import Identity, Picture
from bartizan.decide.zones import ZoneRule, is_in_zone
from bartizan.kernel import kernel
from bartizan.rng import Purpose, normals
from bartizan.sense.horizon import EARTH_RADIUS_M
from bartizan.tracking.motion import predicted
from bartizan.tracking.tracks import Tracks
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.vectors import added, divided, dot, vector


@kernel
def is_engageable(
    plan: DecidePlan,
    tracks: Tracks,
    row: int,
    picture: Picture,
    miss_m: float,
    now_s: float,
    key: int,
) -> bool:
    """Tell whether a track may be shot at now.

    Parameters
    ----------
    miss_m
        How near it passes the asset that `picture` has it come nearest to.
    key
        Of the run: the time that a crew takes to decide is drawn, once a track.
    """
    if not _is_allowed(plan, tracks, row, picture, miss_m, now_s):
        return False
    median_s = plan.rules_of.decision_median_s
    if median_s <= 0.0:
        return True
    if math.isnan(picture.decided_s[row]):
        z = normals(key, Purpose.DECISION, tracks.track_id[row], 0, 0)[0]
        picture.decided_s[row] = now_s + median_s * math.exp(plan.rules_of.decision_spread * z)
    return bool(now_s >= picture.decided_s[row])


@kernel
def _is_allowed(
    plan: DecidePlan, tracks: Tracks, row: int, picture: Picture, miss_m: float, now_s: float
) -> bool:
    """Tell whether the rules allow shots at a track, whoever has to decide them."""
    by_rule = _by_rule(plan, tracks, row, picture)
    if not by_rule and not _in_self_defence(plan, tracks, row, picture, miss_m, now_s):
        return False
    if plan.zones.rule.shape[0] == 0:
        return True
    x, y, z, _, _, _ = predicted(tracks, row, now_s)
    lat, lon, height_m = geodetic_from_ecef(x, y, z)
    if is_in_zone(plan.zones, ZoneRule.NO_FIRE.value, lat, lon, height_m, now_s):
        return False
    if picture.identity[row] == Identity.HOSTILE:
        return True
    # An unknown that is fair game elsewhere is not, where own aircraft fly.
    is_in = is_in_zone(plan.zones, ZoneRule.SAFE_CORRIDOR.value, lat, lon, height_m, now_s)
    return not is_in or _in_self_defence(plan, tracks, row, picture, miss_m, now_s)


@kernel
def _by_rule(plan: DecidePlan, tracks: Tracks, row: int, picture: Picture) -> bool:
    """Tell whether the weapons control state allows shots at a track."""
    rules, posterior = plan.rules_of, picture.posterior[row]
    if plan.rules == RulesOfEngagement.WEAPONS_HOLD:
        return False
    identity = picture.identity[row]
    if identity == Identity.HOSTILE:
        was: bool = picture.engageable[row]
        least = plan.identification.revoke if was else rules.engage_tight
        return bool(posterior[Identity.HOSTILE] >= least)
    if identity != Identity.UNKNOWN or plan.rules != RulesOfEngagement.WEAPONS_FREE:
        return False
    asked = tracks.iff_silent[row] + tracks.iff_civil[row] + tracks.iff_friend[row]
    if tracks.hits[row] < plan.identification.hits_min or asked < rules.asked_min:
        return False
    stranger = posterior[Identity.HOSTILE] + posterior[Identity.UNKNOWN]
    return bool(stranger >= rules.engage_free and picture.time_to_go_s[row] < math.inf)


@kernel
def _in_self_defence(
    plan: DecidePlan, tracks: Tracks, row: int, picture: Picture, miss_m: float, now_s: float
) -> bool:
    """Tell whether a track surely comes at an asset or a unit, and is near."""
    rules = plan.rules_of
    if not rules.self_defence or tracks.hits[row] < plan.identification.hits_min:
        return False
    if picture.posterior[row, Identity.HOSTILE] < rules.engage_self_defence:
        return False
    is_soon = picture.time_to_go_s[row] <= rules.self_defence_time_s
    if is_soon and miss_m < rules.self_defence_miss_m:
        return True
    return _comes_at_unit(plan, tracks, row, now_s)


@kernel
def _comes_at_unit(plan: DecidePlan, tracks: Tracks, row: int, now_s: float) -> bool:
    """Tell whether a track passes a unit of the defence so near and so soon."""
    rules = plan.rules_of
    x, y, z, vx, vy, vz = predicted(tracks, row, now_s)
    place, velocity = (x, y, z), (vx, vy, vz)
    n = divided(place, math.sqrt(dot(place, place)))
    level = added(velocity, -dot(velocity, n), n)
    speed = max(math.sqrt(dot(level, level)), 1.0)
    for unit in range(rules.own_site_ecef_m.shape[0]):
        site = vector(rules.own_site_ecef_m[unit])
        a = divided(site, math.sqrt(dot(site, site)))
        along_m = EARTH_RADIUS_M * dot(a, level) / speed
        far = max(0.0, 1.0 - dot(a, n) ** 2)
        across_m = math.sqrt(max(0.0, EARTH_RADIUS_M**2 * far - along_m**2))
        is_soon = 0.0 < along_m <= rules.self_defence_time_s * speed
        if is_soon and across_m < rules.self_defence_miss_m:
            return True
    return False
