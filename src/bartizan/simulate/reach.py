"""How far out the defence saw and shot, and what its nets made of each other's tracks."""

import math
from typing import Any

from bartizan.arrays import Bools, Floats
from bartizan.kernel import kernel
from bartizan.simulate.plan import Plan
from bartizan.simulate.state import State
from bartizan.world.motion import position_velocity
from bartizan.world.truth import Phase, Side, WorldPlan


def reach_measures(plan: Plan, state: State) -> dict[str, float | None]:
    """Return how far from its aim the mean threat was first tracked, and first shot at.

    By the first net, whose air picture the fire units have; of those that were. And when the
    first round of all was launched.
    """
    hostile = (plan.world.side == Side.HOSTILE) & (state.targets.phase != Phase.PENDING)
    tracked_s, launch_s = state.funnel.first_tracked_s[0], state.funnel.first_launch_s
    world, aims_ecef_m = plan.world, plan.assets.position_ecef_m
    return {
        "first_tracked_m": _known(mean_range_m(world, aims_ecef_m, hostile, tracked_s)),
        "first_shot_m": _known(mean_range_m(world, aims_ecef_m, hostile, launch_s)),
        "first_shot_s": _known(float(state.strikes.first_launch_s[0])),
    }


@kernel
def mean_range_m(world: WorldPlan, aims_ecef_m: Floats, who: Bools, time_s: Floats) -> float:
    """Return the mean distance of some objects to their aims, each at a time of its own.

    Parameters
    ----------
    world, aims_ecef_m
        The objects, and the (a, 3) places of the assets.
    who, time_s
        (n,) which of them, and when; nan leaves one out.

    Returns
    -------
    float
        [m]; nan of none.
    """
    total_m, n = 0.0, 0
    for row in range(who.shape[0]):
        asset = world.aim_asset[row]
        if not who[row] or asset < 0 or math.isnan(time_s[row]):
            continue
        x, y, z, _, _, _ = position_velocity(world, row, time_s[row])
        aim = aims_ecef_m[asset]
        total_m += math.sqrt((x - aim[0]) ** 2 + (y - aim[1]) ** 2 + (z - aim[2]) ** 2)
        n += 1
    return total_m / n if n else math.nan


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def net_measures(plan: Plan, state: State) -> dict[str, Any]:
    """Return the nets, what their links carried, and the rounds fired at what was dead."""
    f = state.forwarded
    links = {
        name: {
            "messages": int(f.messages[row]),
            "mean_age_s": float(f.age_s[row] / f.ages[row]) if f.ages[row] else None,
            "renumbered": int(f.renumbered[row]),
        }
        for row, name in enumerate(plan.names.links)
    }
    return {
        "names": list(plan.names.nets),
        "links": links,
        "overkill": int(state.strikes.overkill[0]),
    }
