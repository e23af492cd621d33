"""Ticks of half a second and of a second are the same, within two per cent of the raid."""

import numpy as np
import pytest

from bartizan.scenario.load import load
from bartizan.simulate.replicate import replicate
from tests.simulate.golden import counts_of
from tests.simulate.small import plan_of, small

SHARE = 0.02
# A magazine that lasts, so that every count may vary.
AMPLE = small(
    duration="9 min",
    defence__battery__overrides={"launchers": 24, "92n6e.channels": 20, "engagements": 20},
    raid={
        "cruise": {
            "threat": "cruise-missile",
            "count": 40,
            "from": {"bearing": "270 deg", "range": "45 km"},
            "target": "post",
            "altitude": "100 m",
            "spread": "30 km",
            "every": "3 s",
        },
        "fall": {
            "threat": "srbm",
            "count": 10,
            "from": {"bearing": "280 deg", "range": "220 km"},
            "target": "post",
            "every": "6 s",
        },
    },
)
# Sized by the standard deviations of the differences, with room to spare.
SCENARIOS = {"coastal-raid": ("coastal-raid", 60), "ample": (AMPLE, 60)}


def paired(document, n: int) -> tuple[dict[str, np.ndarray], int]:
    """Differences of each count, half a second less a second, of n seeds; size of the raid."""
    counts = []
    for tick_s in (0.5, 1.0):
        plan = plan_of(load(document, [f"tick={tick_s} s"]).document)
        found = [counts_of(replicate(plan, seed, "none").measures) for seed in range(n)]
        counts.append(found)
    names = counts[0][0]
    differences = {
        name: np.array([a[name] - b[name] for a, b in zip(*counts, strict=True)])
        for name in names
    }
    return differences, sum(group.count for group in load(document).raid.values())


@pytest.mark.proof
@pytest.mark.parametrize("name", SCENARIOS)
def test_half_a_second_and_a_second_are_equivalent(name: str) -> None:
    document, n = SCENARIOS[name]
    differences, n_threat = paired(document, n)
    intervals = {}
    for count, difference in differences.items():
        error = 1.96 * difference.std(ddof=1) / np.sqrt(n)
        low, high = difference.mean() - error, difference.mean() + error
        intervals[count] = (round(float(low), 3), round(float(high), 3))
    allowed = SHARE * n_threat
    wide = {k: v for k, v in intervals.items() if not -allowed <= v[0] <= v[1] <= allowed}
    print(name, n, "seeds, allowed", allowed, intervals)
    assert not wide
