"""One replication, all stages: bundled scenarios by name, and a full sky."""

from typing import Any

import pytest
from benchmarks.sky import civil_sky

from bartizan.catalogue import resolve
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.plan import Plan
from bartizan.simulate.replicate import replicate

BUNDLED = ["coastal-raid", "three-hundred", "duel-32v50"]
SENSING = pytest.mark.parametrize("perfect", [False, True], ids=["radar", "perfect"])


def plan_of(scenario: str | dict[str, Any], perfect: bool) -> Plan:
    loaded = load(scenario)
    plan, faults = lower(loaded, resolve(pins=loaded.figures), perfect)
    assert not faults
    return plan


def measured(benchmark: Any, plan: Plan, record: str) -> dict[str, Any]:
    """Time a few replications after one that is not counted; return the last one's measures."""
    timed = benchmark.pedantic(
        replicate, (plan, 1, record), rounds=5, iterations=1, warmup_rounds=1
    )
    benchmark.extra_info["times real time"] = plan.duration_s / benchmark.stats.stats.min
    return dict(timed.measures)


@pytest.mark.parametrize("record", ["none", "full"])
@SENSING
@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_scenario(benchmark, name, perfect, record):
    plan = plan_of(name, perfect)
    threats = measured(benchmark, plan, record)["threats"]["total"]
    assert threats["launched"] == (plan.world.side == 0).sum()


@SENSING
def test_three_thousand_civil_aircraft(benchmark, perfect):
    measures = measured(benchmark, plan_of(civil_sky(3000), perfect), "none")
    assert measures["civil"]["present"] == 3000
    assert measures["peak"]["tracks"] > 2900
