"""Perfect sensing: one exact position report of every flying object at the end of each tick.

Assumes: nothing hides, nothing is missed and every reporter tells its side truly; the stated
error of 1 m only keeps the tracker's filter regular.
"""

from bartizan.events import EventKind, Events, log
from bartizan.kernel import kernel
from bartizan.rng import Purpose, draw4
from bartizan.sense.looks import Looks
from bartizan.sense.plots import IffReply, Plots, add_report
from bartizan.world.truth import Phase, Side, Targets, WorldPlan

REPORT_SIGMA_M = 1.0
_HALF_ADDRESS = 2.0**31


@kernel
def report_all(
    world: WorldPlan,
    targets: Targets,
    looks: Looks,
    plots: Plots,
    events: Events,
    key: int,
    t1_s: float,
) -> None:
    """Append a report of every flying object at ``t1_s``, by sensor 0."""
    for i in range(world.target_id.shape[0]):
        if targets.phase[i] != Phase.FLYING:
            continue
        position = targets.position_ecef_m[i]
        address = report_address(key, world.target_id[i])
        reply = _true_reply(world.side[i])
        if add_report(plots, t1_s, 0, position, REPORT_SIGMA_M, address, reply):
            _note_report(looks, events, i, t1_s)


@kernel
def report_address(key: int, target_id: int) -> int:
    """Return the address in [0, 2**62) that an object reports under throughout a run."""
    u0, u1, _, _ = draw4(key, Purpose.ADDRESS, target_id, 0, 0)
    return int(u0 * _HALF_ADDRESS) * int(_HALF_ADDRESS) + int(u1 * _HALF_ADDRESS)


@kernel
def _true_reply(side: int) -> int:
    if side == Side.CIVIL:
        return IffReply.CIVIL.value
    if side == Side.FRIEND:
        return IffReply.FRIEND.value
    return IffReply.SILENT.value


@kernel
def _note_report(looks: Looks, events: Events, i: int, time_s: float) -> None:
    """Note in the looks that object i was seen."""
    if looks.look[i, 0] == 0:
        looks.first_detected_s[i] = time_s
        log(events, time_s, EventKind.DETECTION_WON, i, 0)
    looks.look[i, 0] += 1
    looks.misses[i, 0] = 0
    looks.last_detected_s[i] = time_s
    looks.detected_in_tick[i] = True
    looks.ever_covered[i] = True
    looks.ever_above_horizon[i] = True
