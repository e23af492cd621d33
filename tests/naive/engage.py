"""Slow and obviously correct twins of the kernels of engage."""

import numpy as np

from bartizan.world.truth import Phase


def object_in_basket(world, targets, aim_ecef_m, basket_m: float, time_s: float) -> int:
    """The flying object nearest to a point, if within the basket; else -1."""
    from bartizan.world.motion import position_velocity

    distances = {
        i: float(np.linalg.norm(np.array(position_velocity(world, i, time_s)[:3]) - aim_ecef_m))
        for i in range(len(world.target_id))
        if targets.phase[i] == Phase.FLYING and world.start_s[i] <= time_s < world.end_s[i]
    }
    inside = {i: d for i, d in distances.items() if d <= basket_m}
    return min(inside, key=inside.__getitem__, default=-1)
