"""Outcome: rounds meet what is there, threats arrive, assets are damaged.

The intercept point comes from the track. The round takes the true object nearest to it within
the interceptor's acquisition basket, whoever that is; a civil aircraft is counted. Effects are
probabilities; there is no seeker, guidance or warhead in here.
"""

import math

from bartizan.arrays import Floats
from bartizan.decide.orders import Orders, Report
from bartizan.decide.path import predict
from bartizan.decide.window import LOWEST_FLIGHT_M, flight_time_s, is_in_envelope
from bartizan.engage.chaff import has_cloud_in_basket
from bartizan.engage.flyouts import Flyouts, Outcome, Strikes
from bartizan.engage.intercept import corrected_s
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import Assets, AssetsPlan, ForcePlan
from bartizan.world.geodesy import geodetic_from_ecef
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Side, Targets, WorldPlan


@kernel
def guide(
    force: ForcePlan, tracks: Tracks, orders: Orders, flyouts: Flyouts, t0_s: float
) -> None:
    """Correct the intercept of every round in the air by its track, if that still lives."""
    for row in range(flyouts.alive.shape[0]):
        if not flyouts.alive[row]:
            continue
        slot = flyouts.order[row]  # it may go on against another track of the same object
        flyouts.track_row[row] = orders.track_row[slot]
        flyouts.track_id[row] = orders.track_id[slot]
        track = flyouts.track_row[row]
        if not tracks.alive[track] or tracks.track_id[track] != flyouts.track_id[row]:
            continue
        mean, track_s = tracks.mean[track], tracks.time_s[track]
        unit, kind = flyouts.unit[row], flyouts.interceptor[row]
        intercept_s = corrected_s(
            force, unit, kind, mean, track_s, flyouts.launch_s[row], flyouts.intercept_s[row]
        )
        reach_s = flight_time_s(force, kind, force.interceptor_range_max_m[kind])
        latest_s = flyouts.launch_s[row] + reach_s  # what is not met by then is out of reach
        flyouts.intercept_s[row] = max(min(intercept_s, latest_s), t0_s)
        x, y, z, vx, vy, vz = predict(
            mean[0], mean[1], mean[2], mean[3], mean[4], mean[5],
            flyouts.intercept_s[row] - track_s,
        )  # fmt: skip
        flyouts.aim_ecef_m[row, 0] = x
        flyouts.aim_ecef_m[row, 1] = y
        flyouts.aim_ecef_m[row, 2] = z
        flyouts.aim_speed_m_s[row] = math.sqrt(vx * vx + vy * vy + vz * vz)
        covariance = tracks.covariance[track]
        variance = (covariance[0, 0] + covariance[1, 1] + covariance[2, 2]) / 3.0
        flyouts.aim_sigma_m[row] = math.sqrt(max(0.0, variance))


@kernel
def resolve(
    world: WorldPlan,
    force: ForcePlan,
    assets_plan: AssetsPlan,
    targets: Targets,
    assets: Assets,
    tracks: Tracks,
    orders: Orders,
    flyouts: Flyouts,
    strikes: Strikes,
    events: Events,
    key: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Bring every intercept and every arrival of (t0, t1] to its end, in order of time."""
    guide(force, tracks, orders, flyouts, t0_s)
    while True:
        row = _next_due(flyouts, t1_s)
        if row < 0:
            break
        met = _meet(world, force, targets, flyouts, row, strikes, events, key, t1_s)
        _tally(orders, flyouts, row, met, strikes)
    _report(world, force, targets, orders, strikes, key)
    _arrive(world, assets_plan, targets, assets, events, key, t1_s)


@kernel
def _next_due(flyouts: Flyouts, t1_s: float) -> int:
    """Return the round with the earliest intercept by ``t1_s``; -1: none."""
    first = -1
    for row in range(flyouts.alive.shape[0]):
        if not flyouts.alive[row] or flyouts.intercept_s[row] > t1_s:
            continue
        if first < 0 or flyouts.intercept_s[row] < flyouts.intercept_s[first]:
            first = row
    return first


@kernel
def object_in_basket(
    world: WorldPlan,
    targets: Targets,
    phase: int,
    aim_ecef_m: Floats,
    basket_m: float,
    time_s: float,
    t1_s: float,
) -> tuple[int, float]:
    """Return the true object nearest to a point within a basket at a time, and its distance.

    Of the objects in ``phase`` at ``t1_s``, the end of the tick. What was killed counts where
    it would be, had it flown on. -1 and the basket's radius where there is none.
    """
    nearest, nearest_m = -1, basket_m
    for target in range(world.target_id.shape[0]):
        if targets.phase[target] != phase:
            continue
        if time_s < world.start_s[target] or time_s >= world.end_s[target]:
            continue
        if phase == Phase.FLYING and _is_far(
            targets, target, aim_ecef_m, basket_m, t1_s - time_s
        ):
            continue
        x, y, z, _, _, _ = position_velocity(world, target, time_s)
        distance_m = math.sqrt(
            (x - aim_ecef_m[0]) ** 2 + (y - aim_ecef_m[1]) ** 2 + (z - aim_ecef_m[2]) ** 2
        )
        if distance_m <= nearest_m:
            nearest, nearest_m = target, distance_m
    return nearest, nearest_m


@kernel
def _is_far(
    targets: Targets, target: int, aim_ecef_m: Floats, basket_m: float, ago_s: float
) -> bool:
    """Tell whether an object surely was outside the basket ``ago_s`` before the tick's end.

    Where it is now is known; where it was costs trigonometry. Twice its speed and a kilometre
    a second cover any turn, climb or weave since.
    """
    here, velocity = targets.position_ecef_m[target], targets.velocity_ecef_m_s[target]
    speed_m_s = math.sqrt(velocity[0] ** 2 + velocity[1] ** 2 + velocity[2] ** 2)
    reach_m = basket_m + (2.0 * speed_m_s + 1000.0) * ago_s
    away_m2 = (
        (here[0] - aim_ecef_m[0]) ** 2
        + (here[1] - aim_ecef_m[1]) ** 2
        + (here[2] - aim_ecef_m[2]) ** 2
    )
    return bool(away_m2 > reach_m * reach_m)


@kernel
def track_quality(sigma_m: float, basket_m: float) -> float:
    """Return the factor on the kill probability of a track's position error, in (0, 1].

    Assumes: the terminal phase gives away what the handover error costs; 1 for a perfect
    track, 1/2 where one sigma fills the basket.
    """
    return basket_m * basket_m / (basket_m * basket_m + sigma_m * sigma_m)


@kernel
def _meet(
    world: WorldPlan,
    force: ForcePlan,
    targets: Targets,
    flyouts: Flyouts,
    row: int,
    strikes: Strikes,
    events: Events,
    key: int,
    t1_s: float,
) -> int:
    """Decide what a round at its intercept point does.

    Returns the object that it met, flying or dead before; -1: none.
    """
    unit, kind, time_s = flyouts.unit[row], flyouts.interceptor[row], flyouts.intercept_s[row]
    aim = flyouts.aim_ecef_m[row]
    basket_m = force.interceptor_basket_m[kind]
    flyouts.alive[row] = False
    flyouts.resolved_s[row] = time_s
    serial = flyouts.serial[row]
    height_m = geodetic_from_ecef(aim[0], aim[1], aim[2])[2]
    # who is tracked where none flies is a little higher
    seen_m, speed_m_s = max(height_m, LOWEST_FLIGHT_M), flyouts.aim_speed_m_s[row]
    if not is_in_envelope(
        force, unit, kind, aim[0], aim[1], aim[2], height_m, seen_m, speed_m_s
    ):
        flyouts.outcome[row] = Outcome.OUTSIDE
        log(events, time_s, EventKind.MISS, serial, -1, math.nan, Outcome.OUTSIDE)
        return -1
    target, distance_m = object_in_basket(
        world, targets, Phase.FLYING, aim, basket_m, time_s, t1_s
    )
    flyouts.target[row] = target
    if target < 0:
        flyouts.outcome[row] = Outcome.EMPTY
        log(events, time_s, EventKind.MISS, serial, -1, math.nan, Outcome.EMPTY)
        dead, _ = object_in_basket(world, targets, Phase.KILLED, aim, basket_m, time_s, t1_s)
        if dead >= 0:
            strikes.shots[dead] += 1
            strikes.overkill[0] += 1
        elif has_cloud_in_basket(world.chaff, targets, aim, basket_m, time_s):
            strikes.at_chaff[0] += 1
        return dead
    strikes.met_class[kind, world.kind[target]] += 1
    probability = force.kill_probability[kind, world.kind[target]]
    probability *= track_quality(flyouts.aim_sigma_m[row], basket_m)
    shot = strikes.shots[target]
    strikes.shots[target] += 1
    drawn = draw(key, Purpose.KILL, world.target_id[target], force.unit_id[unit], shot)
    if drawn < probability:
        flyouts.outcome[row] = Outcome.KILL
        strikes.killed_class[kind, world.kind[target]] += 1
        targets.phase[target] = Phase.KILLED
        targets.ended_s[target] = time_s
        log(events, time_s, EventKind.KILL, serial, target, distance_m)
    else:
        flyouts.outcome[row] = Outcome.MISS
        log(events, time_s, EventKind.MISS, serial, target, distance_m, Outcome.MISS)
    return target


@kernel
def _tally(orders: Orders, flyouts: Flyouts, row: int, met: int, strikes: Strikes) -> None:
    """Count a round that is over for its order, and the object ``met`` (-1: none)."""
    slot = flyouts.order[row]
    orders.resolved[slot] += 1
    strikes.order_over_s[slot] = flyouts.resolved_s[row]
    if met >= 0:
        strikes.order_target[slot] = met
        strikes.order_shot[slot] = strikes.shots[met]


@kernel
def _report(
    world: WorldPlan,
    force: ForcePlan,
    targets: Targets,
    orders: Orders,
    strikes: Strikes,
    key: int,
) -> None:
    """Draw what the kill assessment will say of each order whose rounds are all over.

    It looks at the object that the last round met. Who is dead by then may be reported alive,
    and the other way round, each with its own probability.
    """
    for slot in range(orders.alive.shape[0]):
        if not orders.alive[slot] or orders.report_s[slot] < math.inf:
            continue
        if orders.launched[slot] == 0 or orders.resolved[slot] < orders.rounds[slot]:
            continue
        unit, target = orders.unit[slot], strikes.order_target[slot]
        who = world.target_id[target] if target >= 0 else orders.serial[slot]
        shot = strikes.order_shot[slot]
        drawn = draw(key, Purpose.ASSESSMENT, who, force.unit_id[unit], shot)
        if target >= 0 and targets.phase[target] == Phase.KILLED:
            is_kill = drawn >= force.unit_kill_unseen_probability[unit]
        else:
            is_kill = drawn < force.unit_miss_as_kill_probability[unit]
        orders.report[slot] = Report.KILL if is_kill else Report.MISS
        orders.report_s[slot] = strikes.order_over_s[slot] + force.unit_assessment_s[unit]


@kernel
def _arrive(
    world: WorldPlan,
    assets_plan: AssetsPlan,
    targets: Targets,
    assets: Assets,
    events: Events,
    key: int,
    t1_s: float,
) -> None:
    """Let every threat that reached its aim or release point leak, and damage its asset."""
    while True:
        target = _next_arrival(world, targets, t1_s)
        if target < 0:
            break
        time_s = world.end_s[target]
        targets.phase[target] = Phase.LEAKED
        targets.ended_s[target] = time_s
        asset = world.aim_asset[target]
        if asset < 0:
            continue
        asset_id = assets_plan.asset_id[asset]
        drawn = draw(key, Purpose.DAMAGE, world.target_id[target], asset_id, 0)
        if drawn >= world.damage_probability[target]:
            continue
        assets.hits[asset] += 1
        hits = assets.hits[asset]
        log(events, time_s, EventKind.DAMAGE, asset, target, float(hits))
        if hits == assets_plan.hits_to_destroy[asset]:
            assets.destroyed_s[asset] = time_s


@kernel
def _next_arrival(world: WorldPlan, targets: Targets, t1_s: float) -> int:
    """Return the threat in flight that arrives first, if by ``t1_s``; -1: none."""
    first = -1
    for target in range(world.target_id.shape[0]):
        if world.side[target] != Side.HOSTILE or targets.phase[target] != Phase.FLYING:
            continue
        if world.end_s[target] > t1_s:
            continue
        if first < 0 or world.end_s[target] < world.end_s[first]:
            first = target
    return first
