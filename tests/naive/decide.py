"""Slow twins of `bartizan.decide`: geodesy by pyproj, falls integrated, fine searches."""

import itertools
import math

import numpy as np
import pyproj
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.stats import chi2, multivariate_normal

from bartizan.decide.doctrine import RulesOfEngagement
from bartizan.decide.identification import Conformance, Manner, Origin
from bartizan.decide.orders import Report
from bartizan.decide.picture import Identity, Link
from bartizan.decide.zones import ZoneRule
from bartizan.rng import Purpose
from bartizan.tracking.tracks import TrackStatus
from tests.naive.rng import draw, normals
from tests.naive.tracking.places import extrapolated

SPHERE_M = 6_371_008.8
GRAVITATION = 3.986004418e14
GEODETIC = pyproj.Transformer.from_crs("EPSG:4978", "EPSG:4979", always_xy=True)
ECEF = pyproj.Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
GEOD = pyproj.Geod(ellps="WGS84")
GATE, KEEP = (chi2.isf(share, 3) for share in (1e-4, 1e-7))


def unit(vector):
    return vector / np.linalg.norm(vector)


def angle(a, b):
    return math.atan2(np.linalg.norm(np.cross(a, b)), a @ b)


def height_m(position):
    return GEODETIC.transform(*position)[2]


def enu_axes(lon_deg, lat_deg):
    """East, north and up of a place, as rows."""
    lon, lat = math.radians(lon_deg), math.radians(lat_deg)
    up = np.array([math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)])
    east = np.array([-math.sin(lon), math.cos(lon), 0.0])
    return np.array([east, np.cross(up, east), up])


# ---- where a track will be


def is_ballistic(mean):
    speed = np.linalg.norm(mean[3:])
    steepness = unit(mean[:3]) @ mean[3:] / max(speed, 1e-9)
    return speed >= 700.0 and (abs(steepness) > 0.5 or height_m(mean[:3]) > 20e3)


def fallen(mean, times_s):
    """States (n, 6) by the two-body equation at times ever farther from 0; nan: deep down."""

    def rate(_, s):
        return np.concatenate([s[3:], -GRAVITATION * s[:3] / np.linalg.norm(s[:3]) ** 3])

    def depth(_, s):
        return np.linalg.norm(s[:3]) - 6.3e6

    depth.terminal = True
    if len(times_s) == 0:
        return np.empty((0, 6))
    span = (0.0, float(times_s[-1]) or 1e-6)
    how = {"method": "DOP853", "rtol": 1e-10, "atol": 1e-4, "events": depth}
    reached = solve_ivp(rate, span, mean, t_eval=times_s, **how).y
    states = np.full((len(times_s), 6), math.nan)
    if len(reached):
        states[: reached.shape[1]] = reached.T
    return states


def cruised(mean, times_s):
    """States (n, 6) on a geodesic at constant ground speed and rate of climb.

    Below a height h the foot moves slower, by R / (R + h).
    """
    lon, lat, height = GEODETIC.transform(*mean[:3])
    east, north, climb = enu_axes(lon, lat) @ mean[3:]
    speed, course = math.hypot(east, north), math.degrees(math.atan2(east, north))
    radius = GEOD.inv(lon, lat, *GEOD.fwd(lon, lat, course, 1000.0)[:2])[2] / 1000.0 * SPHERE_M
    foot_m = speed * radius / (radius + height) * times_s
    n = len(times_s)
    lons, lats, back = GEOD.fwd([lon] * n, [lat] * n, [course] * n, foot_m)
    points = np.column_stack(ECEF.transform(lons, lats, height + climb * times_s))
    onward = np.radians(np.asarray(back) + 180.0)
    local = np.column_stack(
        [speed * np.sin(onward), speed * np.cos(onward), 0 * onward + climb]
    )
    turns = [enu_axes(*place).T for place in zip(lons, lats, strict=True)]
    return np.column_stack([points, [turn @ v for turn, v in zip(turns, local, strict=True)]])


def flown(mean, times_s):
    """States (n, 6) of a track some rising times after its own, or before it."""
    mean, times_s = np.asarray(mean, dtype=float), np.asarray(times_s, dtype=float)
    if not is_ballistic(mean):
        return cruised(mean, times_s)
    is_past = times_s < 0.0
    before = fallen(mean, times_s[is_past][::-1])[::-1]
    return np.vstack([before, fallen(mean, times_s[~is_past])])


# ---- when a fire unit can meet it


def intercept_time(offset_m, velocity_m_s, speed_m_s: float, launch_s: float) -> float:
    """First time at which a constant-speed round from the origin meets a straight path."""
    # |offset + velocity t| = speed (t - launch)
    a = velocity_m_s @ velocity_m_s - speed_m_s**2
    b = 2.0 * (offset_m @ velocity_m_s + speed_m_s**2 * launch_s)
    c = offset_m @ offset_m - (speed_m_s * launch_s) ** 2
    roots = np.roots([a, b, c])
    real = [float(r.real) for r in roots if abs(r.imag) < 1e-9 and r.real >= launch_s]
    return min(real, default=math.nan)


def flight_time_s(force, kind, range_m):
    reach = force.interceptor_range_max_m[kind]
    near, far = force.interceptor_speed_near_m_s[kind], force.interceptor_speed_far_m_s[kind]
    return range_m / np.interp(range_m, [0.0, reach], [near, far])


def horizon_m(height):
    """Along the ground, over an Earth of 4/3 of its radius."""
    radius = SPHERE_M * 4.0 / 3.0
    return radius * math.acos(radius / (radius + max(height, 0.0)))


def seen_at(height, sigma_m):
    """Four sigma lower, if given; who was not seen and may be low is."""
    sigma_m, is_known = (sigma_m, True) if np.isscalar(sigma_m) else sigma_m
    lower = height - 4.0 * sigma_m
    return max(lower if is_known or lower >= 3048.0 else -math.inf, min(height, 30.0))


def is_in_envelope(force, fire_unit, kind, state, sigma_m=0.0):
    """Whether the fire unit may meet a target in that state (6,), be it four sigma lower."""
    site = force.unit_position_ecef_m[fire_unit]
    range_m, height = np.linalg.norm(state[:3] - site), height_m(state[:3])
    reach = min(force.interceptor_range_max_m[kind], force.unit_guidance_range_m[fire_unit])
    return bool(
        force.interceptor_range_min_m[kind] <= range_m <= reach
        and force.interceptor_altitude_min_m[kind] <= max(height, 30.0)
        and height <= force.interceptor_altitude_max_m[kind]
        and np.linalg.norm(state[3:]) <= force.interceptor_target_speed_max_m_s[kind]
        and SPHERE_M * angle(site, state[:3])
        <= horizon_m(force.unit_antenna_height_m[fire_unit])
        + horizon_m(seen_at(height, sigma_m))
    )


def feasible_window(force, fire_unit, kind, times_s, states, ready_s, sigma_m=0.0):
    """First launch, first intercept and last launch of the first run of feasible times."""
    site = force.unit_position_ecef_m[fire_unit]
    run = []
    for time_s, state in zip(times_s, states, strict=True):
        range_m = np.linalg.norm(state[:3] - site)
        launch_s = time_s - float(flight_time_s(force, kind, range_m))
        if launch_s >= ready_s and is_in_envelope(force, fire_unit, kind, state, sigma_m):
            run.append((launch_s, time_s))
        elif run:
            return run[0][0], run[0][1], max(run[0][0], run[-1][0])
    return (run[0][0], run[0][1], math.inf) if run else (math.nan, math.nan, math.nan)


def height_sigma(tracks, row, age_s):
    """One sigma of how high a track is now."""
    F = np.eye(6) + age_s * np.eye(6, k=3)
    up = unit(tracks.mean[row, :3])
    return math.sqrt(up @ (F @ tracks.covariance[row] @ F.T)[:3, :3] @ up)


def find_options(plan, force, magazines, tracks, picture, rows, now_s):
    """What each unit can do with each type: {(threat, unit, type): window, probability}.

    The path is looked at every 2 s and at its end, and the start of a window every 10 ms.
    """
    found = {}
    for threat, row in enumerate(rows):
        mean, age_s = tracks.mean[row], now_s - tracks.time_s[row]
        seen = tracks.seen_s[row, force.sensor_guides].max() > now_s - 20.0
        F = np.eye(6) + age_s * np.eye(6, k=3)
        variance = np.trace((F @ tracks.covariance[row] @ F.T)[:3, :3]) / 3.0
        if not seen and math.sqrt(variance) > 150.0:
            continue
        sigma_m = height_sigma(tracks, row, age_s), bool(seen or is_ballistic(mean))
        steps = np.arange(0.0, plan.commit_horizon_s + 1e-9, 2.0)
        to_go_s = max(picture.time_to_go_s[row], 0.0)
        is_cut = to_go_s < steps[-1]
        if is_cut:
            steps = np.append(steps[steps < to_go_s], to_go_s)
        states = flown(mean, age_s + steps)
        below = [k for k, state in enumerate(states) if height_m(state[:3]) < -200.0]
        if below:
            steps, states, is_cut = steps[: below[0]], states[: below[0]], True
        for u, kind in np.argwhere(force.unit_fires).tolist():
            reaction_s = force.unit_reaction_s[u] if picture.rounds_spent[row] == 0 else 0.0
            ready_s = max(now_s + reaction_s, magazines.next_launch_s[u])
            window = feasible_window(force, u, kind, now_s + steps, states, ready_s, sigma_m)
            if math.isnan(window[0]):
                continue
            fine = np.arange(max(window[1] - now_s - 2.0, 0.0), window[1] - now_s, 0.01)
            fine = np.append(fine, window[1] - now_s)
            start = feasible_window(
                force, u, kind, now_s + fine, flown(mean, age_s + fine), ready_s, sigma_m
            )
            last_s = window[2]
            if math.isinf(last_s) and is_cut:
                range_m = np.linalg.norm(states[-1][:3] - force.unit_position_ecef_m[u])
                last_s = now_s + steps[-1] - float(flight_time_s(force, kind, range_m))
            if start[0] <= ready_s + plan.planning_period_s:
                expected = force.expected_kill[kind, int(is_ballistic(mean))]
                found[threat, u, kind] = start[0], start[1], last_s, expected
    return found


def take_stock(force, magazines, orders, net):
    """Rounds (u, t), channels (u,), engagements (s,) left, and the link that ends a look."""
    alive = np.flatnonzero(orders.alive)
    units, kinds = orders.unit[alive], orders.interceptor[alive]
    rounds, engagements = magazines.rounds.copy(), force.system_engagements.copy()
    np.subtract.at(rounds, (units, kinds), orders.rounds[alive] - orders.launched[alive])
    np.subtract.at(engagements, force.unit_system[units], 1)
    channels = force.unit_channels - magazines.channels_busy
    free = (force.unit_net == net) & (channels > 0) & (engagements[force.unit_system] > 0)
    if np.any(rounds[free] > 0):
        return rounds, channels, engagements, 5
    return rounds, channels, engagements, int(Link.CHANNEL if any(free) else Link.FEASIBLE)


def list_threats(force, rounds_max, tracks, picture, rows, link_end):
    """Those of ``rows`` to decide on, the best first, and how many are beyond capacity."""
    confirmed = [
        row for row in rows if tracks.alive[row] and tracks.status[row] != TrackStatus.TENTATIVE
    ]
    confirmed.sort(key=lambda row: (-picture.value[row], tracks.track_id[row]))
    capacity = force.system_tracks.sum() or len(confirmed)
    unwanted = picture.barred | picture.reported_killed | (picture.orders_alive > 0)
    is_wanted = picture.engageable & ~unwanted & (picture.track_id == tracks.track_id)
    is_wanted &= (picture.rounds_spent < rounds_max) & (picture.link < link_end)
    wanted = [row for row in confirmed[:capacity] if is_wanted[row]]
    return wanted, max(len(confirmed) - capacity, 0)


# ---- what may be spent, and how far each threat came


def is_for(fire, picture, rows):
    """For whom (m, u) a unit may shoot: for all that heads for no asset but its own."""
    aim = picture.aim_asset[rows]
    allowed = np.ones((len(rows), len(fire.salvo)), dtype=bool)
    allowed[aim >= 0] = fire.protects[:, aim[aim >= 0]].T
    return allowed


def offer(fire, picture, rows, options, now_s):
    """What a round kills (m, u, t), less for waiting; and for whom kept rounds are (m, u)."""
    allowed = is_for(fire, picture, rows)
    probability = np.where(allowed[:, :, None], options.kill_probability, 0.0)
    probability[probability < fire.kill_probability_min[:, None]] = 0.0
    horizon_s = fire.commit_horizon_s[:, None]
    probability[options.intercept_s > now_s + horizon_s] = 0.0
    soonest_s = np.nanmin(options.intercept_s, initial=np.inf)
    waited = np.clip(np.nan_to_num(options.intercept_s - soonest_s) / horizon_s, 0.0, 1.0)
    aim = picture.aim_asset[rows]
    matters = (aim >= 0) & fire.takes_kept[np.maximum(aim, 0)]
    is_near = picture.time_to_go_s[rows][:, None] <= fire.leaker_s
    came_through = picture.rounds_spent[rows] > 0
    return (
        probability * (1.0 - fire.sooner_share[:, None] * waited),
        is_near | (came_through | matters)[:, None],
    )


def limit(fire, force, rounds, picture, rows, options, probability):
    """Most rounds (m, u, t): a salvo, and the last rounds where nobody looks again."""
    spent = picture.rounds_spent[rows]
    can_fire = is_for(fire, picture, rows)[:, :, None] & (rounds > 0)
    can_fire &= ~np.isnan(options.last_launch_s)
    last_s = np.where(can_fire, options.last_launch_s, -np.inf).max(axis=(1, 2))
    has_look = options.intercept_s + force.unit_assessment_s[:, None] <= last_s[:, None, None]
    salvo = np.where(spent[:, None] == 0, fire.salvo, fire.salvo_later)[:, :, None]
    meets = probability > 0.0
    left = rounds[meets.any(axis=0)].sum()
    is_short = left < fire.last_rounds_from * meets.any(axis=(1, 2)).sum()
    most = salvo + np.where(has_look | is_short[:, None], 0, fire.last_rounds[:, None])
    spare = np.maximum(fire.rounds_max - spent[:, None], 0)
    return np.minimum(most, spare[:, :, None])


def spend(choice, shots):
    """Rounds, common rounds, channels and engagements that an answer leaves."""
    is_common = ~choice.takes_kept[:, :, None]
    orders = (shots > 0).sum(axis=(0, 2))
    systems = range(len(choice.engagements))
    return (
        np.maximum(choice.rounds, 0) - shots.sum(axis=0),
        np.maximum(choice.rounds - choice.kept, 0) - (shots * is_common).sum(axis=0),
        np.maximum(choice.channels, 0) - orders,
        np.maximum(choice.engagements, 0)
        - np.array([orders[choice.unit_system == s].sum() for s in systems]),
    )


def mark_links(choice, shots, link):
    """Links (m,) of the threats, raised for those that an answer leaves without an order."""
    rounds, common, channels, engagements = spend(choice, shots)
    feasible = choice.kill_probability > 0.0
    is_free = (channels > 0) & (engagements[choice.unit_system] > 0)
    has_channel = feasible & is_free[:, None]
    has_round = has_channel & (np.where(choice.takes_kept[:, :, None], rounds, common) > 0)
    found = np.full(len(shots), int(Link.NOBODY))
    found[feasible.any(axis=(1, 2))] = Link.FEASIBLE
    found[has_channel.any(axis=(1, 2)) & ~has_round.any(axis=(1, 2))] = Link.CHANNEL
    found[(shots > 0).any(axis=(1, 2))] = Link.NOBODY
    return np.maximum(link, found)


# ---- whom a track threatens, and who it is


def closest_approach(site, position, velocity):
    """Distance on a sphere of a site from the great circle flown; from the track if behind."""
    n = unit(position)
    level = velocity - (velocity @ n) * n
    t = unit(level)
    a = unit(site)
    ahead = math.atan2(a @ t, a @ n)
    if ahead <= 0.0:
        return SPHERE_M * angle(a, n), math.inf
    across = abs(math.asin(np.clip(a @ np.cross(n, t), -1, 1)))
    return SPHERE_M * across, SPHERE_M * ahead / np.linalg.norm(level)


def impact(mean):
    """Longitude, latitude [deg] and time where a fall meets the ground."""

    def place(time_s):
        return GEODETIC.transform(*fallen(mean, np.array([time_s]))[0][:3])

    times_s = np.arange(0.0, 1200.0, 4.0)
    heights_m = [GEODETIC.transform(*state[:3])[2] for state in fallen(mean, times_s)]
    down_s = times_s[np.flatnonzero(np.array(heights_m) <= 0.0)[0]]
    if down_s > 0.0:
        down_s = brentq(lambda time_s: place(time_s)[2], down_s - 4.0, down_s)
    lon, lat, _ = place(down_s)
    return lon, lat, down_s


def evaluate(assets, mean, age_s):
    """The nearest asset to the track's path: asset, miss [m], time to go [s] and value."""
    if len(assets.value) == 0:
        return -1, math.inf, math.inf, 0.0
    if is_ballistic(mean):
        lon, lat, down_s = impact(mean)
        feet = [GEODETIC.transform(*site)[:2] for site in assets.position_ecef_m]
        passes = [(GEOD.inv(lon, lat, *foot)[2], down_s) for foot in feet]
    else:
        sites = assets.position_ecef_m
        passes = [closest_approach(site, mean[:3], mean[3:]) for site in sites]
    asset = int(np.argmin([miss_m for miss_m, _ in passes]))
    miss_m, to_go_s = passes[asset]
    to_go_s = max(0.0, to_go_s - age_s)
    share = 1.0 if miss_m < 30e3 else 0.3
    return asset, miss_m, to_go_s, share * assets.value[asset] / (1.0 + to_go_s / 120.0)


def is_on_airway(plan, position, velocity, aside_m_s, aside_m):
    """Near the leg, between its ends, and near its course, errors allowed for."""
    n, moved = unit(position), unit(position + velocity)
    level_m_s = np.linalg.norm(velocity - n * (n @ velocity))
    own = plan.identification
    widest = min(own.airway_course_rad + math.atan(aside_m_s / level_m_s), math.pi / 2)
    legs = zip(plan.airway_from, plan.airway_to, plan.airway_height_m, strict=True)
    for a, b, level_m in legs:
        if abs(height_m(position) - level_m) > own.airway_half_height_m + aside_m:
            continue
        axis, margin = unit(np.cross(a, b)), own.airway_half_width_m / SPHERE_M
        beside = abs(math.asin(axis @ n))
        is_between = max(angle(a, n), angle(b, n)) <= angle(a, b) + margin
        course = np.cross(axis, n) @ unit(moved - n)
        if beside <= margin and is_between and math.acos(min(abs(course), 1.0)) < widest:
            return True
    return False


def is_in_zone(zones, rule, position, time_s):
    """Inside a polygon of that rule by the winding angle of its corners, and its bounds."""
    lon, lat, height = GEODETIC.transform(*position)
    east = math.remainder(math.radians(lon) - zones.reference_lon_rad, 2.0 * math.pi)
    here = complex(east, math.radians(lat))
    for zone in np.flatnonzero(zones.rule == rule).tolist():
        if not zones.floor_m[zone] <= height <= zones.ceiling_m[zone]:
            continue
        if not zones.begin_s[zone] <= time_s < zones.end_s[zone]:
            continue
        corners = slice(*zones.corner_first[zone : zone + 2])
        rays = zones.corner_east_rad[corners] + 1j * zones.corner_lat_rad[corners] - here
        if abs(np.angle(np.roll(rays, -1) / rays).sum()) > math.pi:
            return True
    return False


def two_sigma(tracks, row):
    """Of the position [m] and of the velocity [m/s], along their worst axes."""
    variance = np.diag(tracks.covariance[row])
    return 2.0 * math.sqrt(variance[:3].max()), 2.0 * math.sqrt(variance[3:].max())


def manner_of(own, tracks, row):
    """What two sigma leave no doubt of."""
    mean, (aside_m, doubt) = tracks.mean[row], two_sigma(tracks, row)
    speed, height, limit = np.linalg.norm(mean[3:]), height_m(mean[:3]), own.low_speed_max_m_s
    is_fast = speed - doubt >= limit
    if speed - doubt > own.civil_speed_max_m_s:
        return Manner.FALLING if is_ballistic(mean) else Manner.SUPERSONIC
    if speed + doubt < limit:
        return Manner.SLOW
    if is_fast and height + aside_m < own.low_m:
        return Manner.LOW_FAST
    if is_fast and height - aside_m > own.low_m and speed + doubt < own.civil_speed_max_m_s:
        return Manner.JET
    return Manner.UNSURE


def conformance_of(plan, tracks, row, miss_m, to_go_s):
    mean, (aside_m, doubt) = tracks.mean[row], two_sigma(tracks, row)
    if is_on_airway(plan, mean[:3], mean[3:], doubt, aside_m):
        return Conformance.ON_AIRWAY
    if is_in_zone(plan.zones, ZoneRule.SAFE_CORRIDOR, mean[:3], tracks.time_s[row]):
        return Conformance.IN_CORRIDOR
    limit_m = plan.identification.inbound_miss_m
    if math.isinf(to_go_s) or miss_m - doubt * to_go_s > limit_m:
        return Conformance.ASIDE
    return Conformance.INBOUND if miss_m + doubt * to_go_s < limit_m else Conformance.UNSURE


def origin_of(plan, tracks, row):
    own, mean = plan.identification, tracks.mean[row]
    for back_s in np.arange(0.0, own.origin_time_s + 1e-9, 20.0):
        there = unit(mean[:3] - back_s * mean[3:])
        place, time_s = there * np.linalg.norm(mean[:3]), tracks.time_s[row] - back_s
        if is_in_zone(plan.zones, ZoneRule.HOSTILE_ORIGIN, place, time_s):
            return Origin.HOSTILE
        is_civil = is_in_zone(plan.zones, ZoneRule.CIVIL_ORIGIN, place, time_s)
        near = [SPHERE_M * angle(end, there) for end in own.airway_end]
        if is_civil or min(near, default=math.inf) < own.origin_radius_m:
            return Origin.CIVIL
    return Origin.ELSEWHERE


def replies_given(own, silent, civil, friend):
    """Likelihood (4,) of the replies by identity, relative: a sum over the equipment."""
    logs = own.log_reply @ [silent, civil, friend]
    return own.equipment @ np.exp(logs - logs.max())


def held(picture, row, name, now, time_s, hold_s):
    """What counts now: the manner or way known, until another has lasted."""
    conduct = picture.conduct
    known = getattr(conduct, name)[row]
    other, since_s = getattr(conduct, f"next_{name}"), getattr(conduct, f"next_{name}_s")
    if now in (-1, known):
        other[row] = -1
        return known
    if known < 0:
        return now
    if other[row] != now:
        other[row], since_s[row] = now, time_s
    return now if time_s - since_s[row] >= hold_s else known


def gather(plan, tracks, row, picture, miss_m):
    """Bring conduct and posterior up to date, once for each new plot."""
    own, conduct = plan.identification, picture.conduct
    replies = [int(n[row]) for n in (tracks.iff_silent, tracks.iff_civil, tracks.iff_friend)]
    told, age_s = picture.told_log_odds[row], tracks.time_s[row] - conduct.time_s[row]
    period_s = 4.0 if picture.identity[row] == Identity.UNKNOWN else 12.0
    is_new = tracks.hits[row] != conduct.hits[row] and not age_s < period_s
    if not is_new and np.all(told == conduct.told[row]):
        return
    is_new = tracks.hits[row] != conduct.hits[row]
    if sum(replies) < conduct.asked[row]:
        forget_conduct(conduct, row)
    conduct.asked[row], conduct.hits[row] = sum(replies), tracks.hits[row]
    if is_new and tracks.hits[row] >= own.hits_min:
        time_s = tracks.time_s[row]
        since_s = max(0.0, np.nan_to_num(time_s - conduct.time_s[row]))
        conduct.time_s[row] = time_s
        ways = {
            "manner": manner_of(own, tracks, row),
            "conformance": conformance_of(plan, tracks, row, miss_m, picture.time_to_go_s[row]),
        }
        likelihood = np.ones(4)
        for name, way in ways.items():
            before = getattr(conduct, name)[row]
            now = held(picture, row, name, int(way), time_s, own.hold_s)
            stay = math.exp(-since_s / getattr(own, f"{name}_time_s"))
            if now >= 0:
                share = getattr(own, name)[:, now]
                likelihood *= stay * (now == before) + (1.0 - stay * (now == before)) * share
            getattr(conduct, name)[row] = now
        if conduct.origin[row] < 0:
            origin = conduct.origin[row] = origin_of(plan, tracks, row)
            share = own.origin[:, origin]
            if conduct.conformance[row] == Conformance.ON_AIRWAY and origin != Origin.HOSTILE:
                share = 1.0 - own.origin[:, Origin.HOSTILE]
            likelihood *= share
        weight = conduct.weight[row] * likelihood
        conduct.weight[row] = np.maximum(weight / weight.sum(), 1e-9)
    conduct.told[row] = told
    total = own.prior * conduct.weight[row] * replies_given(own, *replies) * np.exp(told)
    picture.posterior[row] = total / total.sum()


def comes_at(site, position, velocity, rules):
    miss_m, to_go_s = closest_approach(site, position, velocity)
    return miss_m < rules.self_defence_miss_m and to_go_s <= rules.self_defence_time_s


def is_allowed(plan, tracks, row, picture, miss_m, now_s):
    """What the rules of engagement say, whoever has to decide."""
    rules, posterior, own = plan.rules_of, picture.posterior[row], plan.identification
    identity, hostile = picture.identity[row], posterior[Identity.HOSTILE]
    least = own.revoke if picture.engageable[row] else rules.engage_tight
    asked = tracks.iff_silent[row] + tracks.iff_civil[row] + tracks.iff_friend[row]
    mean = tracks.mean[row]
    now = flown(mean, [now_s - tracks.time_s[row]])[0]
    by_name = identity == Identity.HOSTILE and hostile >= least
    is_stranger = (
        identity == Identity.UNKNOWN
        and tracks.hits[row] >= own.hits_min
        and asked >= rules.asked_min
        and hostile + posterior[Identity.UNKNOWN] >= rules.engage_free
        and picture.time_to_go_s[row] < math.inf
    )
    is_coming = (
        miss_m < rules.self_defence_miss_m
        and picture.time_to_go_s[row] <= rules.self_defence_time_s
    ) or any(comes_at(site, now[:3], now[3:], rules) for site in rules.own_site_ecef_m)
    in_self_defence = (
        rules.self_defence
        and tracks.hits[row] >= own.hits_min
        and hostile >= rules.engage_self_defence
        and is_coming
    )
    if is_in_zone(plan.zones, ZoneRule.NO_FIRE, now[:3], now_s):
        return False
    in_corridor = is_in_zone(plan.zones, ZoneRule.SAFE_CORRIDOR, now[:3], now_s)
    by_rule = {
        RulesOfEngagement.WEAPONS_HOLD: False,
        RulesOfEngagement.WEAPONS_TIGHT: by_name,
        RulesOfEngagement.WEAPONS_FREE: by_name or (is_stranger and not in_corridor),
    }
    return bool(by_rule[RulesOfEngagement(plan.rules)] or in_self_defence)


def declared(plan, picture, row):
    own, posterior = plan.identification, picture.posterior[row]
    sure = np.flatnonzero(posterior >= own.declare)
    before = picture.identity[row]
    if len(sure):
        return int(sure[0])
    stands = before != Identity.UNKNOWN and posterior[before] >= own.revoke
    return int(before) if stands else int(Identity.UNKNOWN)


def identify(plan, assets, tracks, picture, now_s):
    """Bring the picture up to date; return what is to be logged: (track id, identity)."""
    logged = []
    for row in confirmed(tracks):
        if picture.track_id[row] != tracks.track_id[row]:
            forget(picture, row)
            picture.posterior[row] = plan.identification.prior
            picture.track_id[row] = tracks.track_id[row]
        before, was_engageable = picture.identity[row], picture.engageable[row]
        asset, miss_m, to_go_s, value = evaluate(
            assets, tracks.mean[row], now_s - tracks.time_s[row]
        )
        picture.aim_asset[row], picture.time_to_go_s[row] = asset, to_go_s
        picture.value[row] = value
        gather(plan, tracks, row, picture, miss_m)
        picture.identity[row] = declared(plan, picture, row)
        picture.engageable[row] = is_allowed(plan, tracks, row, picture, miss_m, now_s)
        if picture.identity[row] != before:
            picture.identified_s[row] = now_s
            logged.append((int(tracks.track_id[row]), int(picture.identity[row])))
        if picture.engageable[row] and not was_engageable:
            picture.replan[0] = True
            picture.link[row] = max(picture.link[row], Link.ENGAGEABLE)
    return logged


def forget(picture, row):
    """A track of which nothing is known yet."""
    picture.identity[row], picture.link[row] = Identity.UNKNOWN, Link.NOBODY
    picture.identified_s[row] = picture.decided_s[row] = math.nan
    picture.killed_s[row] = -math.inf
    for column in (picture.engageable, picture.reported_killed):
        column[row] = False
    for column in (picture.rounds_spent, picture.orders_alive):
        column[row] = 0
    picture.told_log_odds[row] = picture.conduct.told[row] = 0.0
    forget_conduct(picture.conduct, row)


def forget_conduct(conduct, row):
    conduct.weight[row], conduct.asked[row], conduct.time_s[row] = 1.0, 0, math.nan
    for name in ("manner", "conformance", "origin", "next_manner", "next_conformance", "hits"):
        getattr(conduct, name)[row] = -1


def confirmed(tracks) -> list[int]:
    """Rows of tracks that are not tentative."""
    is_sure = tracks.status != TrackStatus.TENTATIVE
    return np.flatnonzero(tracks.alive & is_sure).tolist()


# ---- what came of the shots


def hear(orders, picture, magazines, now_s):
    """End the orders whose report is there; return what is to be logged, row by row."""
    ended = np.flatnonzero(orders.alive & (orders.report_s <= now_s)).tolist()
    logged = [
        (orders.report_s[k], orders.track_id[k], orders.unit[k], orders.report[k])
        for k in ended
    ]
    for row in range(len(picture.track_id)):
        mine = [
            k for k in ended
            if orders.track_row[k] == row and orders.track_id[k] == picture.track_id[row]
        ]  # fmt: skip
        picture.orders_alive[row] -= len(mine)
        picture.rounds_spent[row] += sum(orders.launched[k] for k in mine)
        kills_s = [orders.report_s[k] for k in mine if orders.report[k] == Report.KILL]
        picture.reported_killed[row] |= len(kills_s) > 0
        picture.killed_s[row] = max([picture.killed_s[row], *kills_s])
    for k in ended:
        magazines.channels_busy[orders.unit[k]] -= 1
    orders.alive[ended] = False
    orders.report_s[ended] = math.inf
    picture.replan[0] |= len(ended) > 0
    return logged


def reassess(plan, tracks, picture):
    """Who was reported killed, and seen some time after that, is a threat again."""
    since_s = tracks.last_hit_s - picture.killed_s
    is_same = tracks.alive & (tracks.track_id == picture.track_id)
    lives = picture.reported_killed & is_same & (since_s > plan.reassess_s)
    picture.reported_killed[lives] = False
    picture.replan[0] |= lives.any()


# ---- what nets tell each other


def rows_of(rows, net):
    """Rows of a net: of its own tracker, and of what links forward to it."""
    first = net * (rows.n_own + rows.n_forwarded)
    own = list(range(first, first + rows.n_own))
    return own, list(range(first + rows.n_own, first + rows.n_own + rows.n_forwarded))


def send(plan, rows, tracks, picture, prior, mail, key, now_s):
    sure = confirmed(tracks)
    for link in np.flatnonzero(mail.next_send_s <= now_s).tolist():
        n = int(mail.n_sent[link])
        slot, link_id = n % mail.size.shape[1], int(plan.link_id[link])
        mail.next_send_s[link] += plan.interval_s[link]
        mail.n_sent[link] += 1
        numbers = tracks.track_id.tolist()
        kept = [
            row
            for row in rows_of(rows, plan.source[link])[0]
            if row in sure
            and draw(key, Purpose.LINK, link_id, numbers[row], n) >= plan.loss[link]
        ]
        mail.sent_s[link, slot], mail.size[link, slot] = now_s, len(kept)
        for k, row in enumerate(kept):
            at, track_id = (link, slot, k), int(tracks.track_id[row])
            error = normals(key, Purpose.LINK_NOISE, link_id, track_id, n)[:3]
            spread_m2 = plan.sigma_m[link] ** 2
            mail.track_id[at], mail.time_s[at] = track_id, tracks.time_s[row]
            mail.mean[at] = tracks.mean[row]
            mail.mean[at][:3] += plan.sigma_m[link] * np.array(error)
            mail.covariance[at] = tracks.covariance[row] + np.diag([spread_m2] * 3 + [0] * 3)
            is_known = picture.track_id[row] == track_id
            tells = plan.tells_identity[link] and is_known
            likelier = np.maximum(picture.posterior[row], 1e-12) / np.maximum(prior, 1e-12)
            mail.hits[at] = 1 if tells else tracks.hits[row]
            mail.log_odds[at] = np.log(likelier) if tells else 0.0
            is_engaged = picture.orders_alive[row] or picture.reported_killed[row]
            mail.engaged[at] = plan.tells_engagements[link] and is_known and is_engaged


def receive(decide, plan, rows, mail, forwarded, tracks, picture, orders, cues, now_s):
    for link in range(len(plan.link_id)):
        depth, late_s = mail.size.shape[1], plan.latency_s[link]
        for n in range(int(mail.n_delivered[link]), int(mail.n_sent[link])):
            if mail.sent_s[link, n % depth] + late_s > now_s:
                break
            mail.n_delivered[link] += 1
            messages = [(link, n % depth, k) for k in range(int(mail.size[link, n % depth]))]
            found = [
                row_for(decide, plan, rows, mail, forwarded, tracks, picture, message)
                for message in messages
            ]
            taken = [pair for pair in zip(messages, found, strict=True) if pair[1] is not None]
            for message, row in taken:
                take(mail, forwarded, tracks, message, row)
            for message, row in taken:
                correlate(decide, plan, rows, forwarded, tracks, picture, orders, row, now_s)
                tell(mail, forwarded, picture, message, row)
    points = [
        point
        for row in np.flatnonzero(tracks.alive & (forwarded.link >= 0)).tolist()
        if (point := keep(plan, forwarded, tracks, picture, orders, row, now_s))
    ]
    cues.size[0] = len(points)
    for k, (net, place, radius_m, gain) in enumerate(points):
        cues.net[k], cues.radius_m[k], cues.gain[k] = net, radius_m, gain
        cues.position_ecef_m[k] = place


def row_for(decide, plan, rows, mail, forwarded, tracks, picture, message):
    """The row of a number of a link; a free one if it is new; None: no room."""
    link, number = message[0], mail.track_id[message]
    mine = rows_of(rows, plan.to[link])[1]
    for row in mine:
        is_it = forwarded.link[row] == link and forwarded.source_id[row] == number
        if tracks.alive[row] and is_it:
            return row
    row = next((row for row in mine if not tracks.alive[row]), None)
    if row is None:
        tracks.lost[0] += 1
        return None
    tracks.alive[row], tracks.status[row] = True, TrackStatus.CONFIRMED
    tracks.track_id[row] = tracks.next_id[0]
    tracks.next_id[0] += 1
    tracks.first_s[row] = tracks.confirmed_s[row] = mail.time_s[message]
    tracks.misses[row], tracks.existence[row] = 0, 1.0
    for column in (tracks.iff_silent, tracks.iff_civil, tracks.iff_friend):
        column[row] = 0
    forwarded.link[row], forwarded.source_id[row], forwarded.own_row[row] = link, number, -1
    begin_row(decide, picture, row, tracks.track_id[row])
    return row


def begin_row(decide, picture, row, track_id):
    forget(picture, row)
    picture.track_id[row], picture.aim_asset[row] = track_id, -1
    picture.posterior[row] = decide.identification.prior
    picture.time_to_go_s[row], picture.value[row] = math.inf, 0.0
    picture.told_engaged[row] = picture.barred[row] = False
    picture.reaction_share[row] = 1.0


def take(mail, forwarded, tracks, message, row):
    tracks.mean[row], tracks.covariance[row] = mail.mean[message], mail.covariance[message]
    tracks.time_s[row] = tracks.last_hit_s[row] = mail.time_s[message]
    tracks.hits[row] = mail.hits[message]
    forwarded.heard_s[row] = mail.sent_s[message[:2]]
    forwarded.messages[message[0]] += 1


def tell(mail, forwarded, picture, message, row):
    for at in {row, int(forwarded.own_row[row])} - {-1}:
        picture.told_engaged[at] = mail.engaged[message]
        picture.told_log_odds[at] = mail.log_odds[message]


def own_of(forwarded, tracks, row):
    """The living own track that a forwarded one is taken for; None: none."""
    own = int(forwarded.own_row[row])
    is_it = own >= 0 and tracks.alive[own] and tracks.track_id[own] == forwarded.own_id[row]
    return own if is_it else None


def state_now(tracks, row, now_s):
    """State (6,) and covariance (6, 6) of a track that may have turned since its last plot."""
    late_s = now_s - tracks.time_s[row]
    F = np.eye(6) + late_s * np.eye(6, k=3)
    powers = np.array([[late_s**3 / 3.0, late_s**2 / 2.0], [late_s**2 / 2.0, late_s]])
    turned = 10.0 * np.kron(powers, np.eye(3))
    spread = F @ tracks.covariance[row] @ F.T + turned
    return extrapolated(tracks.mean[row], late_s), spread


def apart(tracks, row, own, now_s):
    """Mahalanobis distance squared of positions, and ln of the density of the difference."""
    (a, A), (b, B) = (state_now(tracks, each, now_s) for each in (row, own))
    off, spread = a - b, A + B
    if np.linalg.norm(off[:3]) > 5000.0:
        return math.inf, -math.inf
    spread[3:, 3:] += 80.0**2 * np.eye(3)
    likely = multivariate_normal.logpdf(off, cov=spread)
    return off[:3] @ np.linalg.solve(spread[:3, :3], off[:3]), likely


def correlate(decide, plan, rows, forwarded, tracks, picture, orders, row, now_s):
    own = own_of(forwarded, tracks, row)
    if own is not None:
        if apart(tracks, row, own, now_s)[0] <= KEEP:
            return
        part(forwarded, tracks, picture, orders, row)
    link = forwarded.link[row]
    holders = {
        own_of(forwarded, tracks, other): other
        for other in rows_of(rows, plan.to[link])[1]
        if other != row and tracks.alive[other] and forwarded.link[other] == link
    }
    found = []
    for own in sorted(set(rows_of(rows, plan.to[link])[0]) & set(confirmed(tracks))):
        away, likely = apart(tracks, row, own, now_s)
        holder = holders.get(own)
        is_free = holder is None or forwarded.heard_s[holder] < forwarded.heard_s[row]
        if away <= GATE and is_free:
            found.append((likely, -own))
    if not found:
        tracks.status[row] = TrackStatus.CONFIRMED
        return
    own = -max(found)[1]
    if (holder := holders.get(own)) is not None:
        forwarded.own_row[holder] = -1
        forwarded.renumbered[link] += 1
    forwarded.own_row[row], forwarded.own_id[row] = own, tracks.track_id[own]
    tracks.status[row] = TrackStatus.TENTATIVE
    if picture.track_id[own] != tracks.track_id[own]:
        begin_row(decide, picture, own, tracks.track_id[own])
    hand_over(tracks, picture, orders, row, own)


def part(forwarded, tracks, picture, orders, row):
    own = int(forwarded.own_row[row])
    if own_of(forwarded, tracks, row) is not None:
        picture.told_log_odds[own] = 0.0
        picture.barred[own], picture.reaction_share[own] = False, 1.0
    elif picture.track_id[own] == forwarded.own_id[row]:
        hand_over(tracks, picture, orders, own, row)
    forwarded.own_row[row], tracks.status[row] = -1, TrackStatus.CONFIRMED


def hand_over(tracks, picture, orders, row, to):
    mine = orders.alive & (orders.track_row == row) & (orders.track_id == picture.track_id[row])
    orders.track_row[mine], orders.track_id[mine] = to, tracks.track_id[to]
    for column in (picture.orders_alive, picture.rounds_spent):
        column[to] += column[row]
        column[row] = 0
    for column in (picture.reported_killed, picture.killed_s, picture.link):
        column[to] = max(column[to], column[row])


def keep(plan, forwarded, tracks, picture, orders, row, now_s):
    """Let a forwarded track age; return where it points radars: (net, place, radius, gain)."""
    link, age_s = int(forwarded.link[row]), now_s - forwarded.heard_s[row]
    forwarded.age_s[link] += age_s
    forwarded.ages[link] += 1
    own = own_of(forwarded, tracks, row)
    is_over = age_s > max(plan.latency_s[link] + 3.0 * plan.interval_s[link], 20.0)
    if forwarded.own_row[row] >= 0 and (own is None or is_over):
        part(forwarded, tracks, picture, orders, row)
    if is_over:
        tracks.alive[row], forwarded.link[row] = False, -1
        return None
    if own is not None:
        picture.barred[own] = picture.told_engaged[own]
        picture.reaction_share[own] = plan.cued_reaction[link]
        return None
    late_s, P = now_s - tracks.time_s[row], tracks.covariance[row]
    F = np.hstack([np.eye(3), late_s * np.eye(3)])
    sigma_m = math.sqrt(np.trace(F @ P @ F.T) / 3.0)
    is_bad = sigma_m > plan.engage_sigma_max_m[link]
    picture.barred[row] = picture.told_engaged[row] or is_bad
    picture.reaction_share[row] = plan.cued_reaction[link]
    radius_m, gain = max(3.0 * sigma_m, 1e3), plan.cue_gain[link]
    if gain <= 1.0 or radius_m > 10e3:
        return None
    place = extrapolated(tracks.mean[row], late_s)[:3]
    return plan.to[link], place, radius_m, gain


# ---- allocation, by every answer and every gain


def worth(choice, shots):
    """What an answer gains, threat by threat, less what its rounds are worth kept."""
    total = 0.0
    for threat, value in enumerate(choice.value):
        survival = np.prod((1.0 - choice.kill_probability[threat]) ** shots[threat])
        total += value * (1.0 - survival) - (choice.cost * shots[threat]).sum()
    return total


def keeps_rules(choice, shots):
    is_common = ~choice.takes_kept[:, :, None]
    common = np.maximum(choice.rounds - choice.kept, 0)
    orders = (shots > 0).sum(axis=(0, 2))
    systems = range(len(choice.engagements))
    at_once = shots.sum(axis=(1, 2))
    return bool(
        (shots[choice.kill_probability <= 0.0] == 0).all()
        and (shots.sum(axis=0) <= choice.rounds).all()
        and ((shots * is_common).sum(axis=0) <= common).all()
        and (orders <= choice.channels).all()
        and all(orders[choice.unit_system == s].sum() <= choice.engagements[s] for s in systems)
        and all(at_once[cell[0]] <= choice.most[tuple(cell)] for cell in np.argwhere(shots > 0))
    )


def optimum(choice, most=2):
    """The greatest worth of all answers, with at most ``most`` rounds from a cell."""
    cells = np.argwhere(choice.kill_probability > 0.0).tolist()
    best = 0.0
    for rounds in itertools.product(range(most + 1), repeat=len(cells)):
        shots = np.zeros(choice.kill_probability.shape, dtype=np.int64)
        for cell, n in zip(cells, rounds, strict=True):
            shots[tuple(cell)] = n
        if keeps_rules(choice, shots):
            best = max(best, worth(choice, shots))
    return best


def best_addition(choice, shots, threats):
    """(gain, threat, unit, type) of the further round that gains most, the first of equals."""
    best = (1e-9,)
    for threat, unit, kind in itertools.product(threats, *map(range, shots.shape[1:])):
        if choice.kill_probability[threat, unit, kind] > 0.0:
            more = shots.copy()
            more[threat, unit, kind] += 1
            gain = worth(choice, more) - worth(choice, shots)
            if gain > best[0] + 1e-9 and keeps_rules(choice, more):
                best = gain, threat, unit, kind
    return best


def add_rounds(choice, shots, threats=None):
    """Add the round that gains most until none gains."""
    shots = shots.copy()
    threats = range(len(shots)) if threats is None else threats
    while len(best := best_addition(choice, shots, threats)) > 1:
        shots[best[1:]] += 1
    return shots


def serve(choice, order):
    shots = np.zeros(choice.kill_probability.shape, dtype=np.int64)
    for threat in order:
        shots = add_rounds(choice, shots, [threat])
    return shots


def group_units(like, system, ready_s):
    """The group of each unit, and the first unit of each group."""
    marks = list(zip(like, system, ready_s, strict=True))
    kinds = list(dict.fromkeys(marks))
    return [kinds.index(mark) for mark in marks], [marks.index(kind) for kind in kinds]


def pool(group, column):
    """What the units of each group have together."""
    return [column[np.array(group) == each].sum(axis=0) for each in sorted(set(group))]
