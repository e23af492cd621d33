"""Allocators in closed loop: what a better plan now does to the battle as a whole."""

import numpy as np
import pytest

from bartizan.catalogue import resolve
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.replicate import replicate

SEEDS = range(1, 201)
Z_95 = 1.96
TOLERATED = 0.01  # of the value at stake


def leaked_values(allocator: str) -> tuple[np.ndarray, float]:
    """Return the value of the aims of all leakers by seed, and that of all aims."""
    scenario = load("coastal-raid", (f"doctrine.overrides.allocator={allocator}",))
    plan, faults = lower(scenario, resolve(pins=scenario.figures), False)
    assert faults == []
    value = dict(zip(plan.names.assets, plan.assets.value, strict=True))
    leaked = [
        sum(value[leaker["asset"]] for leaker in replicate(plan, k, "none").measures["leakers"])
        for k in SEEDS
    ]
    aims = plan.world.aim_asset
    return np.array(leaked), float(plan.assets.value[aims[aims >= 0]].sum())


@pytest.mark.proof
def test_flow_leaks_no_more_value_than_greedy() -> None:
    flow, at_stake = leaked_values("min-cost-flow")
    greedy, _ = leaked_values("greedy")
    more = flow - greedy
    upper = more.mean() + Z_95 * more.std(ddof=1) / np.sqrt(len(more))
    assert upper < TOLERATED * at_stake
