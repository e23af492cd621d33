"""Slow twins of `bartizan.engage`: roots by scipy, places by the twins of world and decide."""

import math

import numpy as np
from scipy.optimize import brentq

from bartizan.decide.orders import Report
from bartizan.engage.flyouts import Outcome
from bartizan.events import EventKind
from bartizan.rng import Purpose
from bartizan.tracking.tracks import TrackStatus
from bartizan.world.truth import Phase, Side
from tests.naive.decide import flight_time_s, flown, height_sigma, is_ballistic, is_in_envelope
from tests.naive.rng import draw
from tests.naive.world import position


def at(mean, track_s, time_s):
    """State (6,) of a track at a time not before its own."""
    return flown(mean, [time_s - track_s])[0]


def lateness_s(force, unit, kind, mean, track_s, launch_s, time_s):
    range_m = np.linalg.norm(at(mean, track_s, time_s)[:3] - force.unit_position_ecef_m[unit])
    return launch_s + float(flight_time_s(force, kind, range_m)) - time_s


def intercept_time_s(force, unit, kind, mean, track_s, launch_s):
    """The first root of lateness, looked for every 2 s; nan: none within 400 s."""

    def late(time_s):
        return lateness_s(force, unit, kind, mean, track_s, launch_s, time_s)

    times_s = np.arange(launch_s, launch_s + 400.0 + 1e-9, 2.0)
    places = flown(mean, times_s - track_s)[:, :3]
    range_m = np.linalg.norm(places - force.unit_position_ecef_m[unit], axis=1)
    is_late = launch_s + flight_time_s(force, kind, range_m) > times_s
    for time_s, is_late_then in zip(times_s[1:], is_late[1:], strict=True):
        if not is_late_then and np.isfinite(late(time_s)):
            return brentq(late, time_s - 2.0, time_s, xtol=1e-9)
    return math.nan


# ---- launch


def launch(force, tracks, orders, magazines, flyouts, strikes, t1_s):
    """Launch what is due; return what is to be logged: (time, kind, subject, object)."""
    logged = []
    while True:
        waiting = np.flatnonzero(
            orders.alive & (orders.launched < orders.rounds) & (orders.due_s <= t1_s)
        ).tolist()
        if not waiting:
            return logged
        slot = min(waiting, key=lambda each: (orders.due_s[each], orders.serial[each]))
        u, kind, time_s = orders.unit[slot], orders.interceptor[slot], orders.due_s[slot]
        if magazines.next_launch_s[u] > time_s:
            orders.due_s[slot] = magazines.next_launch_s[u]
            continue
        meeting_s = meeting(force, tracks, orders, magazines, slot, time_s)
        free = np.flatnonzero(~flyouts.alive)
        if meeting_s is not None and len(free) == 0:
            flyouts.lost[0] += 1
        if meeting_s is None or len(free) == 0:
            logged.append((time_s, EventKind.WITHDRAWN, orders.track_id[slot], u))
            give_up(orders, slot, time_s)
            continue
        logged += fire(force, orders, magazines, flyouts, slot, free[0], time_s, meeting_s)
        strikes.rounds_fired[u, kind] += 1
        if np.isnan(strikes.first_launch_s[0]):
            strikes.first_launch_s[0] = time_s
        if orders.launched[slot] == 1:
            strikes.order_target[slot] = -1
            strikes.order_shot[slot] = 0


def meeting(force, tracks, orders, magazines, slot, time_s):
    """When a round launched now would meet the track; None: it must not be launched."""
    row, u, kind = orders.track_row[slot], orders.unit[slot], orders.interceptor[slot]
    is_there = tracks.alive[row] and tracks.track_id[row] == orders.track_id[slot]
    if not is_there or tracks.status[row] == TrackStatus.TENTATIVE:
        return None
    if magazines.rounds[u, kind] == 0:
        return None
    mean, track_s = tracks.mean[row], tracks.time_s[row]
    found_s = intercept_time_s(force, u, kind, mean, track_s, time_s)
    seen = is_ballistic(mean) or tracks.seen_s[row, force.sensor_guides].max() > time_s - 20.0
    sigma_m = height_sigma(tracks, row, time_s - track_s), bool(seen)
    met = at(mean, track_s, found_s) if not math.isnan(found_s) else None
    if met is None or not is_in_envelope(force, u, kind, met, sigma_m):
        return None
    return found_s


def give_up(orders, slot, time_s):
    """Cut the order down to what it launched; if that is nothing, it is over."""
    orders.rounds[slot] = orders.launched[slot]
    if orders.launched[slot] == 0:
        orders.report[slot], orders.report_s[slot] = Report.WITHDRAWN, time_s


def fire(force, orders, magazines, flyouts, slot, row, time_s, meeting_s):
    u, kind = orders.unit[slot], orders.interceptor[slot]
    serial = int(flyouts.next_serial[0])
    written = {
        "alive": True, "serial": serial, "order": slot, "track_row": orders.track_row[slot],
        "track_id": orders.track_id[slot], "unit": u, "interceptor": kind, "launch_s": time_s,
        "intercept_s": meeting_s, "outcome": Outcome.FLYING, "resolved_s": math.nan,
        "target": -1,
    }  # fmt: skip
    for name, value in written.items():
        getattr(flyouts, name)[row] = value
    flyouts.next_serial[0] += 1
    orders.launched[slot] += 1
    orders.due_s[slot] = time_s + force.unit_launch_interval_s[u]
    magazines.next_launch_s[u] = time_s + force.unit_launch_interval_s[u]
    magazines.rounds[u, kind] -= 1
    logged = [(time_s, EventKind.LAUNCH, serial, orders.track_id[slot])]
    if magazines.rounds[u, kind] == 0:
        logged.append((time_s, EventKind.MAGAZINE_EMPTY, u, kind))
    return logged


# ---- outcome


def guide(force, tracks, flyouts, t0_s):
    """Aim every round at where its track will be when it gets there, if that still lives."""
    for row in np.flatnonzero(flyouts.alive).tolist():
        track = flyouts.track_row[row]
        if not tracks.alive[track] or tracks.track_id[track] != flyouts.track_id[row]:
            continue
        u, kind = flyouts.unit[row], flyouts.interceptor[row]
        mean, track_s = tracks.mean[track], tracks.time_s[track]
        launch_s = flyouts.launch_s[row]
        reach_m = force.interceptor_range_max_m[kind]
        latest_s = launch_s + float(flight_time_s(force, kind, reach_m))
        found_s = intercept_time_s(force, u, kind, mean, track_s, launch_s)
        time_s = max(min(found_s, latest_s), t0_s)
        aim = at(mean, track_s, time_s)
        flyouts.intercept_s[row], flyouts.aim_ecef_m[row] = time_s, aim[:3]
        flyouts.aim_speed_m_s[row] = np.linalg.norm(aim[3:])
        flyouts.aim_sigma_m[row] = math.sqrt(np.diag(tracks.covariance[track])[:3].mean())


def object_in_basket(world, targets, phase, aim_ecef_m, basket_m: float, time_s: float) -> int:
    """The object of a phase nearest to a point, if within the basket; else -1."""
    distances = {
        i: float(np.linalg.norm(position(world, i, time_s) - aim_ecef_m))
        for i in range(len(world.target_id))
        if targets.phase[i] == phase and world.start_s[i] <= time_s < world.end_s[i]
    }
    inside = {i: d for i, d in distances.items() if d <= basket_m}
    return min(inside, key=inside.__getitem__, default=-1)


def has_cloud_in_basket(chaff, targets, aim_ecef_m, basket_m, time_s):
    def is_there(b):
        carrier, release_s = chaff.carrier[b], chaff.release_s[b]
        died = targets.phase[carrier] in (Phase.KILLED, Phase.LEFT)
        if died and targets.ended_s[carrier] <= release_s:
            return False
        age_s = time_s - release_s
        place = chaff.release_ecef_m[b] + age_s * chaff.drift_ecef_m_s[b]
        is_near = np.linalg.norm(place - aim_ecef_m) <= basket_m
        return age_s >= 0 and time_s <= chaff.end_s[b] and is_near

    return any(is_there(b) for b in range(len(chaff.cloud_id)))


def track_quality(sigma_m, basket_m):
    return 1.0 / (1.0 + (sigma_m / basket_m) ** 2)


def resolve(
    world,
    force,
    assets_plan,
    targets,
    assets,
    tracks,
    orders,
    flyouts,
    strikes,
    key,
    t0_s,
    t1_s,
):
    """End what is due; return what is to be logged: (time, kind, subject, object)."""
    guide(force, tracks, flyouts, t0_s)
    logged = []
    due = np.flatnonzero(flyouts.alive & (flyouts.intercept_s <= t1_s)).tolist()
    for row in sorted(due, key=lambda row: flyouts.intercept_s[row]):
        event, met = meet(world, force, targets, flyouts, strikes, key, row)
        logged.append(event)
        tally(orders, flyouts, strikes, row, met)
    over = orders.alive & (orders.launched > 0) & (orders.resolved == orders.rounds)
    for slot in np.flatnonzero(over & np.isinf(orders.report_s)).tolist():
        report(world, force, targets, orders, strikes, key, slot)
    return logged + arrive(world, assets_plan, targets, assets, key, t1_s)


def meet(world, force, targets, flyouts, strikes, key, row):
    """Return what is to be logged, and the object met, flying or dead (-1: none)."""
    u, kind, time_s = flyouts.unit[row], flyouts.interceptor[row], flyouts.intercept_s[row]
    aim, basket_m = flyouts.aim_ecef_m[row], float(force.interceptor_basket_m[kind])
    flyouts.alive[row], flyouts.resolved_s[row] = False, time_s
    # only its length counts in the envelope
    state = np.concatenate([aim, [flyouts.aim_speed_m_s[row], 0.0, 0.0]])
    if not is_in_envelope(force, u, kind, state):
        flyouts.outcome[row] = Outcome.OUTSIDE
        return (time_s, EventKind.MISS, flyouts.serial[row], -1), -1
    target = object_in_basket(world, targets, Phase.FLYING, aim, basket_m, time_s)
    flyouts.target[row] = target
    if target < 0:
        flyouts.outcome[row] = Outcome.EMPTY
        dead = object_in_basket(world, targets, Phase.KILLED, aim, basket_m, time_s)
        strikes.shots[dead] += dead >= 0
        strikes.overkill[0] += dead >= 0
        is_at_chaff = has_cloud_in_basket(world.chaff, targets, aim, basket_m, time_s)
        strikes.at_chaff[0] += dead < 0 and is_at_chaff
        return (time_s, EventKind.MISS, flyouts.serial[row], -1), dead
    strikes.met_class[kind, world.kind[target]] += 1
    shot = int(strikes.shots[target])
    strikes.shots[target] += 1
    names = int(world.target_id[target]), int(force.unit_id[u]), shot
    chance = force.kill_probability[kind, world.kind[target]]
    chance = chance * track_quality(flyouts.aim_sigma_m[row], basket_m)
    if draw(key, Purpose.KILL, *names) >= chance:
        flyouts.outcome[row] = Outcome.MISS
        return (time_s, EventKind.MISS, flyouts.serial[row], target), target
    flyouts.outcome[row] = Outcome.KILL
    strikes.killed_class[kind, world.kind[target]] += 1
    targets.phase[target], targets.ended_s[target] = Phase.KILLED, time_s
    return (time_s, EventKind.KILL, flyouts.serial[row], target), target


def tally(orders, flyouts, strikes, row, met):
    """Count the round for its order."""
    slot = flyouts.order[row]
    orders.resolved[slot] += 1
    strikes.order_over_s[slot] = flyouts.resolved_s[row]
    if met >= 0:
        strikes.order_target[slot], strikes.order_shot[slot] = met, strikes.shots[met]


def report(world, force, targets, orders, strikes, key, slot):
    """Draw what will be said of an order whose rounds are over, and when."""
    u, met = int(orders.unit[slot]), int(strikes.order_target[slot])
    who = world.target_id[met] if met >= 0 else orders.serial[slot]
    shot = strikes.order_shot[slot]
    drawn = draw(key, Purpose.ASSESSMENT, int(who), int(force.unit_id[u]), int(shot))
    was_killed = met >= 0 and targets.phase[met] == Phase.KILLED
    is_wrong = drawn < (
        force.unit_kill_unseen_probability[u]
        if was_killed
        else force.unit_miss_as_kill_probability[u]
    )
    says_kill = bool(was_killed) != bool(is_wrong)
    orders.report[slot] = Report.KILL if says_kill else Report.MISS
    orders.report_s[slot] = strikes.order_over_s[slot] + force.unit_assessment_s[u]


def arrive(world, assets_plan, targets, assets, key, t1_s):
    """Let threats leak in order of time; every hit counts one, and the last needed is fatal."""
    is_due = (world.side == Side.HOSTILE) & (targets.phase == Phase.FLYING)
    due = np.flatnonzero(is_due & (world.end_s <= t1_s)).tolist()
    logged = []
    for target in sorted(due, key=lambda target: world.end_s[target]):
        time_s, asset = world.end_s[target], int(world.aim_asset[target])
        targets.phase[target], targets.ended_s[target] = Phase.LEAKED, time_s
        if asset < 0:
            continue
        names = int(world.target_id[target]), int(assets_plan.asset_id[asset]), 0
        if draw(key, Purpose.DAMAGE, *names) < world.damage_probability[target]:
            assets.hits[asset] += 1
            logged.append((time_s, EventKind.DAMAGE, asset, target))
            if assets.hits[asset] == assets_plan.hits_to_destroy[asset]:
                assets.destroyed_s[asset] = time_s
    return logged


def suppress(force, plan, assets, magazines):
    """Silence the blocks whose row of the assets is destroyed; return rows and rounds lost."""
    told = []
    for asset, block in enumerate(plan.block):
        if block >= 0 and assets.destroyed_s[asset] == assets.destroyed_s[asset]:
            its = force.unit_system == block
            assets.silent_s[block] = assets.destroyed_s[asset]
            assets.rounds_lost[asset] = magazines.rounds[its].sum()
            magazines.rounds[its] = 0
            told.append((asset, assets.rounds_lost[asset]))
    return told


def turn_away(world, force, targets, tracks, flyouts, strikes, key, t0_s, t1_s):
    """Decide for each object that is shot at in the tick; return who turned away, and when."""
    told = []
    for i, chance in enumerate(world.turn_away_probability):
        if targets.phase[i] != Phase.FLYING:
            continue
        gives_up = draw(key, Purpose.TURN_AWAY, int(world.target_id[i]), 0, 0) < chance
        if gives_up and np.isinf(strikes.leaves_s[i]):
            shots = [
                flyouts.launch_s[row]
                for row in np.flatnonzero(
                    (flyouts.launch_s > t0_s) & (flyouts.launch_s <= t1_s)
                )
                if shot_at(world, force, targets, tracks, flyouts, row) == i
            ]
            if shots:
                strikes.leaves_s[i] = min(shots) + 20
                told.append((min(shots), i))
        if strikes.leaves_s[i] <= t1_s:
            targets.phase[i], targets.ended_s[i] = Phase.LEFT, strikes.leaves_s[i]
    return told


def shot_at(world, force, targets, tracks, flyouts, row):
    track, launch_s = flyouts.track_row[row], flyouts.launch_s[row]
    ahead_s = launch_s - tracks.time_s[track]
    place = at(tracks.mean[track], 0.0, ahead_s)[:3]
    basket_m = float(force.interceptor_basket_m[flyouts.interceptor[row]])
    return object_in_basket(world, targets, Phase.FLYING, place, basket_m, launch_s)
