"""Turn away: some give up when a round is launched at them.

Assumes: whoever would give up does so at the first round that is launched at a track of his,
which he notices at once; he flies on as planned while he turns, and then is gone.
"""

import math

from bartizan.decide.path import predict
from bartizan.engage.flyouts import Flyouts, Strikes
from bartizan.engage.outcome import object_in_basket
from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw
from bartizan.tracking.tracks import Tracks
from bartizan.world.force import ForcePlan
from bartizan.world.truth import Phase, Targets, WorldPlan

TURN_S = 20.0  # assumed: half a turn at 3 g and 250 m/s takes as long with the decision


@kernel
def turn_away(
    world: WorldPlan,
    force: ForcePlan,
    targets: Targets,
    tracks: Tracks,
    flyouts: Flyouts,
    strikes: Strikes,
    events: Events,
    key: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Let objects that are shot at in the tick (t0, t1] give up, and those leave that did."""
    for target in range(world.target_id.shape[0]):
        if world.turn_away_probability[target] <= 0.0:
            continue
        if targets.phase[target] != Phase.FLYING:
            continue
        if math.isinf(strikes.leaves_s[target]):
            _decide(
                world, force, targets, tracks, flyouts, strikes, events, target, key, t0_s, t1_s
            )
        if strikes.leaves_s[target] <= t1_s:
            targets.phase[target] = Phase.LEFT
            targets.ended_s[target] = strikes.leaves_s[target]


@kernel
def _decide(
    world: WorldPlan,
    force: ForcePlan,
    targets: Targets,
    tracks: Tracks,
    flyouts: Flyouts,
    strikes: Strikes,
    events: Events,
    target: int,
    key: int,
    t0_s: float,
    t1_s: float,
) -> None:
    """Note when an object leaves, if a round is launched at it and it gives up."""
    drawn = draw(key, Purpose.TURN_AWAY, world.target_id[target], 0, 0)
    if drawn >= world.turn_away_probability[target]:
        return
    for row in range(flyouts.alive.shape[0]):
        launch_s, track = flyouts.launch_s[row], flyouts.track_row[row]
        if not (t0_s < launch_s <= t1_s) or launch_s + TURN_S >= strikes.leaves_s[target]:
            continue
        mean = tracks.mean[track]
        x, y, z, _, _, _ = predict(
            mean[0], mean[1], mean[2], mean[3], mean[4], mean[5],
            launch_s - tracks.time_s[track],
        )  # fmt: skip
        place = strikes.place_ecef_m
        place[0], place[1], place[2] = x, y, z
        basket_m = force.interceptor_basket_m[flyouts.interceptor[row]]
        near, _ = object_in_basket(
            world, targets, Phase.FLYING, place, basket_m, launch_s, t1_s
        )
        if near == target:
            strikes.leaves_s[target] = launch_s + TURN_S
    if not math.isinf(strikes.leaves_s[target]):
        first_s = strikes.leaves_s[target] - TURN_S
        log(events, first_s, EventKind.TURNED_AWAY, target, -1)
