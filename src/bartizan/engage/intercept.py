"""Predicted intercept: where and when a round launched at a time meets a track.

The intercept time solves ``launch + flight_time(range(t)) = t`` on the predicted path. The
first root is bracketed by steps and bisected; in flight it is corrected by one Newton step a
tick.
"""

import math

from bartizan.arrays import Floats
from bartizan.decide.path import predict
from bartizan.decide.window import flight_time_s, slant_range_m
from bartizan.kernel import kernel
from bartizan.world.force import ForcePlan

STEP_S = 2.0
HORIZON_S = 400.0
BISECTIONS = 30
NEWTON_STEP_S = 0.05


@kernel
def lateness_s(
    force: ForcePlan, unit: int, interceptor: int, mean: Floats, track_s: float,
    launch_s: float, time_s: float,
) -> float:  # fmt: skip
    """Return by how much a round is late at the track's place at ``time_s`` [s]."""
    x, y, z, _, _, _ = predict(
        mean[0], mean[1], mean[2], mean[3], mean[4], mean[5], time_s - track_s
    )
    range_m = slant_range_m(force, unit, x, y, z)
    return launch_s + flight_time_s(force, interceptor, range_m) - time_s


@kernel
def intercept_time_s(
    force: ForcePlan, unit: int, interceptor: int, mean: Floats, track_s: float, launch_s: float
) -> float:
    """Return the first time a round launched at ``launch_s`` meets the track; nan: never."""
    low_s = launch_s
    while low_s < launch_s + HORIZON_S:
        high_s = low_s + STEP_S
        if lateness_s(force, unit, interceptor, mean, track_s, launch_s, high_s) <= 0.0:
            for _ in range(BISECTIONS):
                middle_s = 0.5 * (low_s + high_s)
                late_s = lateness_s(force, unit, interceptor, mean, track_s, launch_s, middle_s)
                if late_s > 0.0:
                    low_s = middle_s
                else:
                    high_s = middle_s
            return high_s
        low_s = high_s
    return math.nan


@kernel
def corrected_s(
    force: ForcePlan, unit: int, interceptor: int, mean: Floats, track_s: float,
    launch_s: float, intercept_s: float,
) -> float:  # fmt: skip
    """Return the intercept time after one Newton step from the last one."""
    late_s = lateness_s(force, unit, interceptor, mean, track_s, launch_s, intercept_s)
    later_s = lateness_s(
        force, unit, interceptor, mean, track_s, launch_s, intercept_s + NEWTON_STEP_S
    )
    slope = (later_s - late_s) / NEWTON_STEP_S
    if slope > -0.05:
        return intercept_s  # the track outruns the round: keep the last solution
    return intercept_s - late_s / slope
