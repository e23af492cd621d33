"""Move: set every flying object where it is at the end of a tick."""

from bartizan.kernel import kernel
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Side, Targets, WorldPlan


@kernel
def move(plan: WorldPlan, targets: Targets, t1_s: float) -> None:
    """Launch what is due, move what flies, and let civil objects leave at their route's end.

    A hostile object that has arrived waits at its end position: whether it leaked is decided
    when its arrival is resolved, later in the tick. Ended objects stay where they ended.
    """
    for i in range(targets.phase.shape[0]):
        if targets.phase[i] == Phase.PENDING and plan.start_s[i] <= t1_s:
            targets.phase[i] = Phase.FLYING
        if targets.phase[i] != Phase.FLYING:
            continue
        x, y, z, vx, vy, vz = position_velocity(plan, i, t1_s)
        targets.position_ecef_m[i, 0] = x
        targets.position_ecef_m[i, 1] = y
        targets.position_ecef_m[i, 2] = z
        targets.velocity_ecef_m_s[i, 0] = vx
        targets.velocity_ecef_m_s[i, 1] = vy
        targets.velocity_ecef_m_s[i, 2] = vz
        if plan.side[i] != Side.HOSTILE and plan.end_s[i] <= t1_s:
            targets.phase[i] = Phase.LEFT
            targets.ended_s[i] = plan.end_s[i]
