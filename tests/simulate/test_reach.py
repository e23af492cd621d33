"""How far out threats were at times of their own."""

import math

import numpy as np
import pytest

from bartizan.simulate.reach import mean_range_m
from bartizan.world.motion import position_velocity
from tests.simulate.small import plan_of, small

pytestmark = pytest.mark.kernels


def test_the_mean_range_is_that_of_numpy_and_nan_of_none() -> None:
    plan = plan_of(small())
    n, aims = len(plan.world.aim_asset), plan.assets.position_ecef_m
    time_s = np.linspace(5.0, 60.0, n)
    time_s[1] = np.nan
    who = plan.world.aim_asset >= 0
    rows = [row for row in np.flatnonzero(who) if not math.isnan(time_s[row])]
    ranges_m = [
        np.linalg.norm(np.array(position_velocity(plan.world, row, time_s[row])[:3])
                       - aims[plan.world.aim_asset[row]])
        for row in rows
    ]  # fmt: skip
    assert len(rows) == 2
    assert mean_range_m(plan.world, aims, who, time_s) == pytest.approx(np.mean(ranges_m))
    assert math.isnan(mean_range_m(plan.world, aims, ~who, time_s))
