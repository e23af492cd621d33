"""One replication of a bundled scenario, all stages; nothing recorded, and everything."""

import pytest

from bartizan.catalogue import resolve
from bartizan.scenario import load
from bartizan.simulate.lower import lower
from bartizan.simulate.replicate import replicate


@pytest.mark.parametrize("record", ["none", "full"])
@pytest.mark.parametrize("perfect", [False, True], ids=["radar", "perfect"])
def test_coastal_raid(benchmark, record, perfect):
    scenario = load("coastal-raid")
    plan, _ = lower(scenario, resolve(pins=scenario.figures), perfect)
    found = benchmark.pedantic(
        replicate, (plan, 1, record), rounds=5, iterations=1, warmup_rounds=1
    )
    assert found.measures["threats"]["total"]["launched"] == 60
